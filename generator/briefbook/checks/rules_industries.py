"""The rules of industries: their codes, and what kind of source each part rests on."""

from __future__ import annotations

from briefbook.checks.rule import Rule

INDUSTRIES: tuple[Rule, ...] = (
    Rule(
        "isic", "A code is not in ISIC Rev. 4.",
        "The code says what belongs to the industry, and official figures are found by it.",
        "Take the code that the hint proposes: a letter, or two to four digits.",
        "isic: 8594", "isic: 8549",
    ),
    Rule(
        "source-kind", "A part of a brief rests on no source of the kind that knows such things.",
        "A definition is at home in encyclopedias, on industry and official sites and in "
        "classifications (`other`); market figures in industry, research and financial reports; "
        "pains in media, industry and research reports, interviews and own visits; benchmarks in "
        "rankings, financial and industry reports; the value chain on industry sites and in "
        "industry reports. An `article` counts everywhere if `quotes` names its original.",
        "Add one source of such a kind to the part. Records with `sample: yes` need none.",
        "market: {size: [{period: 2020, value: 257.3 bn CNY, source: forum-post}]}",
        "market: {size: [{period: 2020, value: 257.3 bn CNY, source: industry-report}]}",
        severity="warning",
    ),
)  # fmt: skip

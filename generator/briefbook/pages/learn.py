"""`/questions/` and `/fields/`: the question kits, and every field of the model."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.model.book import LANGUAGES
from briefbook.model.words import Question
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.reference import reference


def pages(site: Site) -> Iterator[Page]:
    """Pages to look things up in, rather than to read of one record."""
    yield _questions(site)
    yield _fields(site)


STAGES = ("before", "during", "after")
STEPS = ("business", "strategy", "problem")


def _questions(site: Site) -> Page:
    here = Here(site, "/questions/")
    t = site.words
    kits = site.content.questions.value
    stages: list[dict[str, Any]] = [
        {
            "id": stage,
            "title": t(f"questions.{stage}"),
            "steps": [
                {"title": t(f"questions.{step}"), "rows": _asked(getattr(kit, step))}
                for step in STEPS
                if getattr(kit, step)
            ],
        }
        for stage in STAGES
        if (kit := getattr(kits, stage))
    ]
    return Page(
        address=here.base,
        template="questions.html",
        title=t("questions.title"),
        kind="questions",
        section="/methods/",
        toc=tuple((stage["id"], stage["title"]) for stage in stages),
        filters=(("kind", t("kind.questions")),),
        foot=here.foot("questions.yml"),
        edit="questions.yml",
        data={"title": t("questions.title"), "lede": t("questions.lede"), "stages": stages},
    )


def _asked(questions: tuple[Question, ...]) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "texts": [
                {"lang": language, "text": getattr(one, language)}
                for language in LANGUAGES
                if getattr(one, language)
            ],
            "field": one.answer_goes_to,
            "because": one.because,
        }
        for one in questions
    ]


def _fields(site: Site) -> Page:
    here = Here(site, "/fields/")
    t = site.words
    kinds = reference()
    return Page(
        address=here.base,
        template="fields.html",
        title=t("fields.title"),
        kind="fields",
        section="/methods/",
        searchable=False,
        toc=tuple((one.kind, t(f"kind.{one.kind}")) for one in kinds),
        data={
            "title": t("fields.title"),
            "lede": t("fields.lede"),
            "kinds": [
                {
                    "id": one.kind,
                    "label": t(f"kind.{one.kind}"),
                    "fields": one.fields,
                    "place": one.place,
                }
                for one in kinds
            ],
        },
    )

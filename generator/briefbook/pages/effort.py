"""What is invested against what comes in, as data for the pages of strategies and classes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from briefbook.analyse.investment import LEAST, ClassEffort
from briefbook.analyse.results import Class
from briefbook.analyse.standing import LETTERS
from briefbook.charts.effort import MOST_DOTS, Dot, Effort, Strip, effort_svg
from briefbook.pages.here import MOST, Here

WIDE, NARROW = 900.0, 350.0
FIRST = 5
"""Accounts named on the overview; the page of the class has more."""


def class_address(letter: Class) -> str:
    """The page of a class."""
    return f"/classes/{letter}/"


def class_filter(here: Here, letter: Class) -> str:
    """The table of all accounts of a class."""
    return here.to("/accounts/") + f"?class={letter.upper()}"


def attention(here: Here) -> list[dict[str, Any]]:
    """What a manager reads first: effort that goes to D, and effort that is missing at C."""
    return [to_d(here, FIRST), none_at_c(here, FIRST)]


def to_d(here: Here, most: int = MOST) -> dict[str, Any]:
    """Class D above the middle of class C."""
    t, found = here.t, here.site.results.investment
    middle, ids = found.classes["c"].median, found.to_d
    number = len(ids)
    if number:
        text = t("effort.to-d", n=number)
    elif middle is None and found.classes["d"].ratios:
        text = t("effort.to-d.no-median")
    else:
        text = t("effort.to-d.none")
    return {
        "id": "to-d",
        "title": text,
        "bad": number > 0,
        "note": t("effort.to-d.note", share=t.share(middle)) if middle is not None else None,
        "rows": rows(here, ids[:most]),
        "asks": True,
        "more": more(here, "d", number, most),
    }


def none_at_c(here: Here, most: int = MOST) -> dict[str, Any]:
    """Class C with nothing put in."""
    t, ids = here.t, here.site.results.investment.none_at_c
    return {
        "id": "none-at-c",
        "title": t("effort.none-at-c", n=len(ids)) if ids else t("effort.none-at-c.none"),
        "bad": bool(ids),
        "note": t("effort.none-at-c.note") if ids else None,
        "rows": rows(here, ids[:most]),
        "asks": False,
        "more": more(here, "c", len(ids), most),
    }


def more(here: Here, letter: Class, number: int, most: int) -> dict[str, str] | None:
    """The way to more of them: from the overview to the class, from there to the table."""
    if number <= most:
        return None
    page = here.to(class_address(letter)) if most < MOST else class_filter(here, letter)
    return {"href": page, "label": here.t("more", n=number - most)}


def rows(here: Here, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Accounts with what they bring, what is left and what is put in; nothing unknown is zero."""
    found = here.site.results.investment.accounts
    return [_row(here, id) for id in ids if id in found]


def _row(here: Here, id: str) -> dict[str, Any]:
    t, one = here.t, here.site.results.investment.accounts[id]
    return {
        **here.account(id),
        "contribution": _millions(here, one.contribution),
        "left": _millions(here, one.left),
        "money": _millions(here, one.money),
        "days": t("effort.days", n=one.days) if one.days is not None else None,
        "ratio": t.share(one.ratio) if one.ratio is not None else None,
        "why": None if one.ratio is not None else _why(here, one.known, idle=one.idle),
        "outlier": {"kind": "warn", "label": t(f"effort.outlier.{one.outlier}")}
        if one.outlier
        else None,
        "owner": here.member(here.site.content.accounts[id].value.owner),
    }


def _why(here: Here, known: bool, *, idle: bool) -> str:
    if idle:
        return here.t("effort.idle")
    return here.t("effort.no-ratio" if known else "effort.not-written")


def _millions(here: Here, amount: Decimal | None) -> str | None:
    return here.t.millions(amount) if amount is not None else None


def class_rows(here: Here) -> list[dict[str, Any]]:
    """A row for each class: what it brings, what is left, what is put in, and against what."""
    found = here.site.results.investment.classes
    return [_class_row(here, found[letter]) for letter in LETTERS]


def _class_row(here: Here, one: ClassEffort) -> dict[str, Any]:
    t = here.t
    return {
        "letter": one.letter.upper(),
        "label": t(f"class.{one.letter}"),
        "note": t(f"class.{one.letter}.do"),
        "page": here.to(class_address(one.letter)),
        "count": len(one.accounts),
        "href": class_filter(here, one.letter),
        "contribution": t.millions(one.contribution),
        "left": t.millions(one.left),
        "money": t.millions(one.money),
        "days": t("effort.days", n=one.days) if one.days else None,
        "unknown": t("effort.unwritten", n=one.unknown) if one.unknown else None,
        "ratio": t.share(one.ratio, 1) if one.ratio is not None else None,
        "median": t.share(one.median, 1) if one.median is not None else None,
        "outliers": outlier_count(here, one),
    }


def outlier_count(here: Here, one: ClassEffort) -> str:
    """How many are outliers, or why none can be."""
    if one.fences is None:
        return here.t("effort.too-few", n=one.ratios, least=LEAST)
    return here.t("effort.outliers.n", n=len(one.outliers))


def chart(here: Here, letters: Sequence[Class], prefix: str) -> dict[str, Any] | None:
    """The strips for wide pages and for phones; None where no account has a ratio."""
    found = here.site.results.investment
    shown = [found.classes[letter] for letter in letters if found.classes[letter].ratios]
    if not shown:
        return None
    t, number = here.t, sum(one.ratios for one in shown)
    view = Effort(
        prefix=prefix,
        title=t("effort.chart"),
        desc=t.clauses(_said(here, one) for one in shown),
        strips=tuple(_strip(here, one) for one in shown),
        beyond=t("effort.beyond"),
        percent=lambda share: t.share(Decimal(str(share)), 1),
    )
    return {
        "wide": effort_svg(view, WIDE, "wide"),
        "narrow": effort_svg(view, NARROW, "narrow"),
        "note": t("effort.chart.note" if number <= MOST_DOTS else "effort.chart.counted"),
    }


def _said(here: Here, one: ClassEffort) -> str:
    return here.t(
        "effort.strip", n=one.ratios, median=here.t.share(one.median or Decimal(0), 1),
    )  # fmt: skip


def _strip(here: Here, one: ClassEffort) -> Strip:
    found = here.site.results.investment.accounts
    outside = frozenset(one.outliers)
    dots = [
        Dot(float(ratio), here.site.content.accounts[id].name, id in outside)
        for id in one.accounts
        if (ratio := found[id].ratio) is not None
    ]
    half = one.quartiles and (float(one.quartiles[0]), float(one.quartiles[2]))
    median = float(one.median) if one.median is not None else None
    return Strip(one.letter.upper(), _said(here, one), tuple(dots), median, half or None)

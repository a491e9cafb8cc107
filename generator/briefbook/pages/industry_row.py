"""An industry in, its figures as a row of a table that compares industries out."""

from __future__ import annotations

from typing import Any

from briefbook.analyse.industries import RollUp, Size
from briefbook.analyse.market import Verdict
from briefbook.analyse.money import in_book
from briefbook.pages.brief_parts import latest_size, seen
from briefbook.pages.here import Here
from briefbook.pages.market_draw import growth


def row(here: Here, id: str) -> dict[str, Any]:
    """Size, growth, verdict, pains, accounts, revenue and state; all with the industries below."""
    site = here.site
    record, rolled = site.content.industries[id], site.results.industries[id]
    latest = site.results.markets[id].latest
    verdict = site.results.markets[id].verdict
    return {
        "name": record.name,
        "names": [one for one in record.value.names.values() if one != record.name],
        "href": here.record("industry", id),
        "depth": min(len(site.results.tree.path[id]) - 1, 3),
        "size": size(here, id),
        "size_sort": _in_book(here, rolled.size),
        "growth": growth(here, latest) if latest else None,
        "growth_sort": str(latest.growth) if latest and latest.growth is not None else "",
        "verdict": _verdict(here, verdict) if verdict else None,
        "verdict_sort": (verdict.direction or "") if verdict else "",
        "pains": rolled.pains,
        "unanswered": rolled.unanswered,
        "accounts": len(rolled.accounts),
        "revenue": here.t.millions(rolled.brought) if rolled.brought is not None else None,
        "revenue_sort": str(rolled.brought) if rolled.brought is not None else "",
        "ready": site.results.ready.industries[id].ready,
        "leaf": site.results.tree.leaf(id),
    }


def size(here: Here, id: str) -> dict[str, Any] | None:
    """The latest size; that of a parent may be the sum of those below, and says so."""
    record, rolled = here.site.content.industries[id], here.site.results.industries[id]
    found, written = rolled.size, latest_size(record.value)
    if found is None:
        return None
    if found.of or written is None:
        note = here.t("industries.size-sum", n=len(found.of), period=found.period)
        return {**here.fact_text(found.value, (), record, "market", found.last), "note": note}
    fact = here.fact_text(written.value, written.source, record, "market", seen(written))
    return {**fact, "as_of": here.when(written.period)}


def summed_size(here: Here, id: str) -> dict[str, Any] | None:
    """The head's fact of a parent without a size of its own; None where a size is written."""
    rolled, below = here.site.results.industries[id], here.site.results.tree.children.get(id, ())
    if not below or here.site.results.markets[id].latest:
        return None
    label, found = {"label": here.t("industry.size")}, size(here, id)
    if found is None:
        return {**label, "missing": here.t("not-known"), "note": no_size(here, rolled)}
    state = {"kind": "stale", "label": found["stale"]} if found["stale"] else None
    return {**label, "value": found["text"], "note": found["note"], "state": state}


def no_size(here: Here, rolled: RollUp) -> str:
    """Why a parent has no size: some below have none, or theirs cannot be added up."""
    if not rolled.lacking:
        return here.t("industries.size-differs")
    names = [here.site.content.industries[one].name for one in rolled.lacking[:3]]
    more = len(rolled.lacking) - len(names)
    listed = here.t.listed([*names, here.t("more", n=more)] if more else names)
    return here.t("industries.size-lacking", names=listed)


def derived(here: Here, id: str) -> list[dict[str, Any]]:
    """What the JSON of a parent says of the industries below it."""
    below = here.site.results.tree.children.get(id, ())
    if not below:
        return []
    rolled = here.site.results.industries[id]
    numbers: dict[str, Any] = {
        "accounts": len(rolled.accounts),
        "known": rolled.known,
        "pains": rolled.pains,
        "unanswered": rolled.unanswered,
    }
    if rolled.brought is not None:
        numbers |= {"brought": str(rolled.brought), "year": rolled.year}
    if rolled.size:
        numbers |= {"size": str(rolled.size.value.number), "currency": rolled.size.value.unit,
                    "period": rolled.size.period}  # fmt: skip
    names = [here.site.content.industries[one].name for one in below]
    sentence = here.t("industries.below", names=here.t.listed(names))
    return [{"name": "below", "rule": "industry-tree", "value": list(below), "numbers": numbers,
             "sentence": sentence}]  # fmt: skip


def _in_book(here: Here, found: Size | None) -> str:
    amount = in_book(found.value, here.site.content.book.value) if found else None
    return str(amount) if amount is not None else ""


def _verdict(here: Here, verdict: Verdict) -> dict[str, str]:
    note = here.t(f"word.{verdict.level}")
    said = here.t("industries.reported", text=note) if verdict.reported else note
    return {
        "text": here.t(f"industries.verdict.{verdict.direction or 'none'}"),
        "note": here.t.remarks((f"CR{verdict.n}", said)),
    }

"""A long table's address and length in, the addresses of its pages and the way between them out."""

from __future__ import annotations

from typing import Any

from briefbook.pages.chain_read import MOST_ROWS
from briefbook.pages.here import Here, Site
from briefbook.pages.seen import shared


@shared
def by_contribution(site: Site) -> list[str]:
    """All accounts, those that bring most first."""
    return Here(site, "/").in_order(site.content.accounts)


def firsts(count: int, size: int = MOST_ROWS) -> range:
    """The first row of each page; a table without rows has one page too."""
    return range(0, max(count, 1), size)


def sheet(base: str, first: int, size: int = MOST_ROWS) -> str:
    """The address of the page that begins with a row, counted from 0; `size` rows are a page."""
    return f"{base}page/{first // size + 1}/" if first else base


def pager(
    here: Here, base: str, first: int, count: int, size: int = MOST_ROWS
) -> dict[str, Any] | None:
    """Which rows a page holds, and the pages before and behind it; None for a single page."""
    if count <= size:
        return None
    t, last = here.t, min(first + size, count)
    before = here.to(sheet(base, first - size, size)) if first else None
    after = here.to(sheet(base, last, size)) if last < count else None
    return {
        "text": t("table.rows", first=first + 1, last=last, n=count),
        "before": {"href": before, "label": t("table.before")} if before else None,
        "after": {"href": after, "label": t("table.after")} if after else None,
    }

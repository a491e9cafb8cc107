"""`/data/`: every table as CSV and JSON, with the JSON Schema and what each column says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.pages.data_rows import MONEY, TABLES, Kind
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.table_csv import ENDINGS, VERSION, Column, Table

BASE = "/data/"


def pages(site: Site) -> Iterator[Page]:
    """The one page; the tables stand beside it, each written by itself."""
    here, t = Here(site, BASE), site.words
    rows = [_row(here, table(site, name), kind) for name, kind in TABLES.items()]
    yield Page(
        address=BASE,
        template="data.html",
        title=t("data.title"),
        kind="data",
        section="/quality/",
        searchable=False,
        toc=tuple((one["id"], one["title"]) for one in rows),
        data={
            "title": t("data.title"),
            "sample": site.sample,
            "lede": t("data.lede", n=len(rows)),
            "version": VERSION,
            "tables": rows,
        },
        foot=here.foot(None),
    )


def table(site: Site, name: str) -> Table:
    """A table by name."""
    kind = TABLES[name]
    made = tuple(_column(site, *one) for one in kind.columns)
    return Table(name, site.results.today, made, lambda: kind.rows(site))


def _column(site: Site, name: str, type: Any, unit: str = "") -> Column:
    t, book = site.words, site.content.book.value
    said = book.currency if unit == MONEY else t(f"column.unit.{unit}") if unit else ""
    return Column(name, type, said, t(f"column.{name}"))


def _row(here: Here, table: Table, kind: Kind) -> dict[str, Any]:
    t = here.t
    return {
        "id": f"table-{table.name}",
        "title": t(f"data.{table.name}"),
        "note": t("data.rows", n=kind.count(here.site)),
        "what": t(f"data.{table.name}.what"),
        "files": [
            {"href": f"{table.name}.{ending}", "label": t(f"data.{ending}")} for ending in ENDINGS
        ],
        "columns": [
            {"name": one.name, "type": t(f"column.type.{one.type}"), "unit": one.unit,
             "help": one.help}
            for one in table.columns
        ],
    }  # fmt: skip

"""`/accounts/<id>/people/` and `research/`: what the playbook tells in short, in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.load import Record
from briefbook.model import Account
from briefbook.pages import playbook_head
from briefbook.pages.account_research import research
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.people import decision_chain

PARTS = (
    ("people", "account.people", decision_chain),
    ("research", "field.research", research),
)


def pages(site: Site, record: Record[Account]) -> Iterator[Page]:
    """A page for each part of which anything is known."""
    for name, title, told in PARTS:
        here = Here(site, f"/accounts/{record.id}/{name}/")
        made = told(here, record)
        if made:
            yield _page(here, record, name, site.words(title), made)


def _page(here: Here, record: Record[Account], name: str, title: str, made: dict[str, Any]) -> Page:
    t, account = here.t, record.value
    letter = here.site.results.letters[record.id]
    return Page(
        address=here.base,
        template=f"account_{name}.html",
        title=t.mark.label.join((title, record.name)),
        kind=f"account-{name}",
        section="/accounts/",
        within=title,
        filters=(("kind", title), *playbook_head.filters(here, record)),
        foot=here.foot(record.file, 1),
        edit=record.file,
        data={
            "title": record.name,
            "lang": account.language,
            "letter": letter and letter.upper(),
            "trail": [
                {"href": here.to("/accounts/"), "label": t("accounts.title")},
                {"href": here.record("account", record.id), "label": record.name},
            ],
            "sample": t("sample.record") if account.sample else None,
            name: made,
        },
    )

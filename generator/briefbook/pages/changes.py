"""`/changes/`: what changed lately, who moved between classes, what lies still, and a feed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from briefbook.history.story import Event, Story
from briefbook.pages.changes_classes import classes, flow, periods
from briefbook.pages.changes_reviews import reviews
from briefbook.pages.here import Here, Site
from briefbook.pages.history import event
from briefbook.pages.page import Page

MOST_QUIET = 50
LATELY = 5
RECORDS = 4
"""Records of a commit that are seen at once."""
FEED = "changes.atom"
_NOT_XML = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))


def pages(site: Site) -> Iterator[Page]:
    """The page of changes; none without git."""
    if site.story is None:
        return
    here, t, story = Here(site, "/changes/"), site.words, site.story
    commits = [_commit(here, some) for some in story.recent]
    by_day = classes(story)
    yield Page(
        address=here.base,
        template="changes.html",
        title=t("changes.title"),
        kind="changes",
        section="/strategy/",
        searchable=False,
        foot={**here.foot(None), "extra": [{"href": FEED, "label": t("changes.feed")}]},
        files={FEED: feed(here, story)},
        data={
            "title": t("changes.title"),
            "sample": site.sample,
            "shallow": t("history.shallow") if story.shallow else None,
            "feed": FEED,
            "commits": commits,
            "flow": flow(here, by_day),
            "periods": periods(here, by_day),
            "reviews": reviews(here, story),
            "quiet": _quiet(here, story),
            "known": _known(here, story),
        },
    )


def _commit(here: Here, some: Sequence[Event]) -> dict[str, Any]:
    first, more = some[0], len(some) - RECORDS
    told = [{**event(here, one), "href": _href(here, one)} for one in some]
    return {
        "day": here.t.day(first.day),
        "author": first.author or here.t("history.someone"),
        "reason": first.reason,
        "records": told[:RECORDS],
        "rest": told[RECORDS:],
        "more": here.t("more", n=more) if more > 0 else None,
        "untold": _untold(here, first),
    }


def _untold(here: Here, first: Event) -> str | None:
    """That a commit changed more files than are told of it."""
    n = here.site.story.untold.get(first.commit, 0) if here.site.story else 0
    return here.t("changes.untold", n=n) if n else None


def lately(here: Here) -> list[dict[str, Any]]:
    """The newest changes of records, one line each; none without git."""
    recent = here.site.story.recent if here.site.story else ()
    found = [one for some in recent for one in some][:LATELY]
    return [
        {"day": here.t.near(one.day, here.site.results.today), "href": _href(here, one),
         **{key: event(here, one)[key] for key in ("name", "what")}}
        for one in found
    ]  # fmt: skip


def _href(here: Here, one: Event) -> str | None:
    there = here.site.content.of(one.changed.kind)
    return here.record(one.changed.kind, one.changed.id) if one.changed.id in there else None


def _quiet(here: Here, story: Story) -> dict[str, Any]:
    """Accounts that nobody changed for a quarter, by class, the longest first."""
    today = here.site.results.today
    since = _three_months_before(today)
    found = [
        (here.site.results.letters[id] or "~", last.day, id)
        for id, record in here.site.content.accounts.items()
        if (last := story.last.get(record.file)) and last.day < since
    ]
    shown = sorted(found)[:MOST_QUIET]
    return {
        "count": len(found),
        "more": here.t("more", n=len(found) - MOST_QUIET) if len(found) > MOST_QUIET else None,
        "rows": [{**here.account(id), "day": here.t.day(day)} for _, day, id in shown],
    }


def _three_months_before(today: date) -> date:
    year, month = divmod(today.year * 12 + today.month - 4, 12)
    return date(year, month + 1, min(today.day, 28))


def _known(here: Here, story: Story) -> list[dict[str, Any]]:
    """Who changed how many accounts in the last year, with the most of their changes first."""
    accounts: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    for id, names in story.known.items():
        for name, n in names:
            if id in here.site.content.accounts:
                accounts[name].append((n, id))
    rows = sorted(accounts.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [
        {"name": name or here.t("history.someone"), "count": len(some),
         "accounts": [here.account(id) for _, id in sorted(some, key=_most)[:3]]}
        for name, some in rows
    ]  # fmt: skip


def _most(pair: tuple[int, str]) -> tuple[int, str]:
    return -pair[0], pair[1]


def feed(here: Here, story: Story) -> str:
    """An Atom feed of the newest commits (RFC 4287); addresses are those of `site:`, if known."""
    name, site = here.site.content.book.value.name, here.site.content.book.value.site
    base = (site or "").rstrip("/")
    newest = max((some[0].day for some in story.recent), default=here.site.results.today)
    head = [
        f"<id>{_xml(base)}/changes/</id>" if base else "<id>urn:briefbook:changes</id>",
        f"<title>{_xml(name)}: {_xml(here.t('changes.title'))}</title>",
        f"<updated>{newest.isoformat()}T00:00:00Z</updated>",
    ]
    if base:
        head.append(f'<link rel="self" href="{_xml(base)}/changes/{FEED}"/>')
        head.append(f'<link href="{_xml(base)}/changes/"/>')
    entries = [_entry(here, some, base) for some in story.recent]
    body = "\n".join(head + entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom">\n{body}\n</feed>\n'
    )


def _entry(here: Here, some: Sequence[Event], base: str) -> str:
    first = some[0]
    lines = [f"{one.changed.name}: {event(here, one)['what']}" for one in some]
    lines += [untold] if (untold := _untold(here, first)) else []
    link = f'<link href="{_xml(base)}/changes/"/>' if base else ""
    return (
        f"<entry><id>urn:briefbook:commit:{first.commit}</id>"
        f"<title>{_xml(first.reason or lines[0])}</title>"
        f"<updated>{first.day.isoformat()}T00:00:00Z</updated>"
        f"<author><name>{_xml(first.author or here.t('history.someone'))}</name></author>{link}"
        f'<content type="text">{_xml(chr(10).join(lines))}</content></entry>'
    )


def _xml(text: str) -> str:
    """Text as it may stand in XML, between quotes too."""
    plain = text.translate(_NOT_XML).encode("utf-8", "replace").decode("utf-8")
    return escape(plain, {'"': "&quot;"})

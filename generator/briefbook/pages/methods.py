"""`/methods/`: the pages of methods in the order of the path, with examples drawn from the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup

from briefbook.analyse.terms import Names, names
from briefbook.blocks import block, is_block
from briefbook.load import Content, Guide
from briefbook.pages.examples import drawn
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.reading import minutes
from briefbook.pages.seen import shared
from briefbook.prose import headings, pieces

BASE = "/methods/"
PATH: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("industry", ("six-parts", "fifteen-minutes", "market-concentration")),
    ("business", ("business-model", "dupont")),
    ("people", ("look-listen-ask-feel", "three-questions", "decision-chain")),
    ("deal", ("bant",)),
    ("effort", ("ideal-customer", "nine-box", "five-strategies")),
    ("plan", ("account-plan",)),
)
"""The methods that the seeds teach, in the order in which one needs them."""
METHODS = tuple(id for _, ids in PATH for id in ids)


def pages(site: Site) -> Iterator[Page]:
    """The list of all."""
    yield _methods(site)


def of(site: Site, id: str) -> Iterator[Page]:
    """The page of a method, or one of the team's own: each shows examples of its own records."""
    yield _method(site, site.content.guides[id], _terms(site))


def ids(site: Site) -> Iterator[str]:
    """All pages of prose, in order."""
    return (one.id for one in in_order(site.content))


def in_order(content: Content) -> tuple[Guide, ...]:
    """All pages of prose: methods in the order of the path, then the team's own."""
    own = (id for id in content.guides if id not in METHODS)
    return tuple(content.guides[id] for id in (*METHODS, *own) if id in content.guides)


def reading_minutes(guide: Guide) -> int:
    """Minutes that a page of prose takes to read (rule 20), whatever it draws."""
    return minutes(guide.text)


def listed(here: Here, guide: Guide) -> dict[str, str]:
    """A row for a page of prose: title, link, minutes in words."""
    return {
        "href": here.record("page", guide.id),
        "title": guide.title,
        "minutes": here.t("minutes", n=reading_minutes(guide)),
    }


def _methods(site: Site) -> Page:
    here = Here(site, BASE)
    t, guides = site.words, site.content.guides
    groups = [(name, [guides[id] for id in ids if id in guides]) for name, ids in PATH]
    groups.append(("own", [one for one in in_order(site.content) if one.id not in METHODS]))
    return Page(
        address=BASE,
        template="methods.html",
        title=t("methods.title"),
        kind="methods",
        section=BASE,
        searchable=False,
        foot=here.foot("pages/"),
        toc=tuple((name, t(f"methods.group.{name}")) for name, found in groups if found),
        data={
            "title": t("methods.title"),
            "lede": t("methods.lede"),
            "groups": [
                {
                    "id": name,
                    "title": t(f"methods.group.{name}"),
                    "guides": [listed(here, one) for one in found],
                }
                for name, found in groups
                if found
            ],
            "more": [
                {"href": here.to(f"/{name}/"), "title": t(f"{name}.title")}
                for name in ("quiz", "questions", "glossary", "sources", "capabilities", "fields")
            ],
        },
    )


def _method(site: Site, guide: Guide, terms: Names) -> Page:
    here = Here(site, f"/methods/{guide.id}/")
    t = site.words
    return Page(
        address=here.base,
        template="method.html",
        title=guide.title,
        kind="method",
        section=BASE,
        toc=headings(guide.text),
        edit=guide.file,
        description=t("method.description", name=guide.title),
        filters=(("kind", t("kind.method")),),
        foot=here.foot(guide.file, 1),
        data={
            "title": guide.title,
            "parts": _parts(here, guide),
            "terms": _named(here, guide, terms),
            "trail": _trail(here, guide),
            "minutes": t("minutes", n=reading_minutes(guide)),
            "turn": _turn(here, guide),
        },
    )


def _parts(here: Here, guide: Guide) -> list[dict[str, Any]]:
    """Prose as HTML and drawn blocks, in the order of the page."""
    found = pieces(guide.text, here.resolve, is_block)
    return [
        {"block": None, "html": one} if isinstance(one, Markup) else drawn(here, block(one), number)
        for number, one in enumerate(found)
    ]


def _trail(here: Here, guide: Guide) -> list[dict[str, str]]:
    group = next((name for name, ids in PATH if guide.id in ids), "own")
    base = here.to(BASE)
    return [
        {"href": base, "label": here.t("methods.title")},
        {"href": f"{base}#{group}", "label": here.t(f"methods.group.{group}")},
    ]


def _turn(here: Here, guide: Guide) -> list[dict[str, str]]:
    """The method before and the one after."""
    order = in_order(here.site.content)
    at = order.index(guide)
    around = (("prev", order[at - 1 : at]), ("next", order[at + 1 : at + 2]))
    return [
        {**listed(here, one), "rel": rel, "label": here.t(f"methods.{rel}")}
        for rel, found in around
        for one in found
    ]


@shared
def _terms(site: Site) -> Names:
    """What finds the terms of the glossary that are no everyday words, once for all pages."""
    of = site.content.glossary.value.of
    languages = dict.fromkeys((site.content.book.value.language, "en"))
    return names({id: one for id, one in of.items() if not one.everyday}, languages)


def _named(here: Here, guide: Guide, terms: Names) -> list[dict[str, str]]:
    """The terms that the page names, each with its place in the glossary."""
    of = here.site.content.glossary.value.of
    found = dict.fromkeys(terms.named(guide.text))
    return [{"href": here.to(f"/glossary/#{id}"), "name": _name(here, of[id])} for id in found]


def _name(here: Here, term: Any) -> str:
    order = (here.t.reads, "en", "vi", "zh")
    return next((text for each in order if (text := getattr(term, each))), "")

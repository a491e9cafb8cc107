"""The glossary: each term in three languages, what it means, and where it is used."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from briefbook.analyse.terms import LANGUAGES, Named, Names, Use, fold, names, spellings, uses
from briefbook.model.words import Term
from briefbook.pages.explain import notes_json
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.reference import reference
from briefbook.spelling import alphabetical, initial
from briefbook.words import catalogue

MOST = 6
"""Records that are named for a term; how many more there are is said."""
FEW = 3
PLACES: Mapping[str, tuple[str, str]] = {
    **{one: (f"/{one}/", f"{one}.title") for one in (
        "accounts", "industries", "companies", "strategy", "classes", "customers", "plans", "team",
        "quality", "capabilities", "sources",
    )},
    **dict.fromkeys(
        ("account", "people", "daily", "plan", "bant", "finance", "argument", "process", "call"),
        ("/accounts/", "accounts.title"),
    ),
    **dict.fromkeys(("industry", "market", "chain"), ("/industries/", "industries.title")),
}  # fmt: skip
"""Where the words of a family of messages are read: address, and key of its title."""


def pages(site: Site, named: Named) -> Iterator[Page]:
    """One page with all terms; `named` tells which of them records name."""
    here = Here(site, "/glossary/")
    t = site.words
    groups = _groups(here, named)
    yield Page(
        address=here.base,
        template="glossary.html",
        title=t("glossary.title"),
        kind="glossary",
        section="/methods/",
        filters=(("kind", t("kind.glossary")),),
        edit="glossary.yml",
        description=t("glossary.lede"),
        foot=here.foot("glossary.yml"),
        files={"terms.json": notes_json(site.content, t)},
        data={
            "title": t("glossary.title"),
            "lede": t("glossary.lede"),
            "trail": [{"href": here.to("/methods/"), "label": t("methods.title")}],
            "count": t("glossary.count", n=sum(len(one["rows"]) for one in groups)),
            "groups": groups,
        },
    )


def _groups(here: Here, named: Named) -> list[dict[str, Any]]:
    """Terms by the first letter of their name in the language of the site."""
    content = here.site.content
    terms = content.glossary.value.of
    language = content.book.value.language
    titles = {id: _titles(id, one, language) for id, one in terms.items()}
    used, fields, places = uses(content, named), _fields(here, terms), _places(here, terms)
    letters: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for id in sorted(terms, key=lambda id: alphabetical(titles[id][0]["text"])):
        row = _row(here, id, terms[id], titles[id])
        row["uses"] = list(_used(here, used[id], fields[id], places[id]))
        letters[initial(titles[id][0]["text"])].append(row)
    order = sorted(letters, key=lambda one: (one == "#", one))
    return [{"letter": one, "id": f"letter_{one.lower().strip('#')}", "rows": letters[one]}
            for one in order]  # fmt: skip


def _titles(id: str, term: Term, language: str) -> list[dict[str, Any]]:
    """The names of a term, that of the site's language first; its id where it has none."""
    known = _told(term, language)
    return known or [{"lang": None, "text": term.short or id}]


def _told(texts: Any, language: str) -> list[dict[str, Any]]:
    """What is written in each language, the site's own first."""
    order = (language, *(one for one in LANGUAGES if one != language))
    return [{"lang": one, "text": text} for one in order if (text := getattr(texts, one, None))]


def _row(here: Here, id: str, term: Term, titles: list[dict[str, Any]]) -> dict[str, Any]:
    language = here.site.content.book.value.language
    told = [{**one, "text": here.prose(one["text"])} for one in _told(term.definition, language)]
    own = told[0] if told and told[0]["lang"] == language else None
    return {
        "id": id,
        "name": titles[0],
        "names": titles[1:],
        "short": term.short,
        "also": _also(term),
        "definition": own,
        "definitions": told[1:] if own else told,
        "not": _told(term.not_, language),
    }


def _also(term: Term) -> list[dict[str, str]]:
    """Other names in all languages, each once."""
    texts = {each: one for one in reversed(LANGUAGES) if term.also
             for each in getattr(term.also, one)}  # fmt: skip
    return [{"lang": lang, "text": text} for text, lang in texts.items()]


def _used(
    here: Here, use: Use, fields: list[str], places: list[dict[str, str]]
) -> Iterator[dict[str, Any]]:
    """Where a term is used: methods, pages of the site, fields of files, records."""
    t, content = here.t, here.site.content
    if use.guides:
        yield {
            "label": t("glossary.methods"),
            "links": [
                {"href": here.record("page", id), "text": content.guides[id].title}
                for id in use.guides[:MOST]
            ],
            "more": _more(here, len(use.guides)),
        }
    if places:
        yield {"label": t("glossary.pages"), "links": places, "more": None}
    if fields:
        yield {
            "label": t("glossary.fields"),
            "links": [{"href": here.to(f"/fields/#{one.partition(' ')[0]}"), "text": one,
                       "code": True} for one in fields[:FEW]],
            "more": _more(here, len(fields), FEW),
        }  # fmt: skip
    if use.records:
        yield {
            "label": t("glossary.records"),
            "links": [_record(here, *one) for one in use.records[:MOST]],
            "more": _more(here, len(use.records)),
        }


def _more(here: Here, count: int, most: int = MOST) -> str | None:
    return here.t("glossary.more", n=count - most) if count > most else None


def _record(here: Here, kind: str, id: str) -> dict[str, Any]:
    record = here.site.content.of(kind)[id]
    lang = getattr(record.value, "language", None)
    return {"href": here.record(kind, id), "text": record.name, "lang": lang}


def _named(here: Here, terms: Mapping[str, Term]) -> dict[str, list[str]]:
    """Ids of terms by every name, folded, in the language of the interface."""
    found: dict[str, list[str]] = defaultdict(list)
    for id, term in terms.items():
        for name in spellings(term, here.t.reads):
            found[fold(name)].append(id)
    return found


def _fields(here: Here, terms: Mapping[str, Term]) -> dict[str, list[str]]:
    """Kind and path of the fields whose label is a name of the term."""
    named = _named(here, terms)
    found: dict[str, list[str]] = {id: [] for id in terms}
    for kind in reference():
        for field in kind.fields:
            name = field.path.rpartition(".")[2].removesuffix("[]")
            label = here.t(f"field.{name}") if here.t.has(f"field.{name}") else name
            for id in named.get(fold(label), ()):
                found[id].append(f"{kind.kind} {field.path}")
    return found


def _places(here: Here, terms: Mapping[str, Term]) -> dict[str, list[dict[str, str]]]:
    """The pages of the site whose own words name the term most."""
    of = names(terms, (here.t.reads,))
    counts: dict[str, Counter[tuple[str, str]]] = {id: Counter() for id in terms}
    for key in catalogue("en"):
        place = PLACES.get(key.partition(".")[0])
        if place:
            for id in _said(here.t.raw(key), of, terms):
                counts[id][place] += 1
    return {
        id: [{"href": here.to(address), "text": here.t(title)}
             for (address, title), _ in one.most_common(FEW)]
        for id, one in counts.items()
    }  # fmt: skip


def _said(text: str, of: Names, terms: Mapping[str, Term]) -> set[str]:
    """The terms that a message names; an everyday word only where it is all of the message."""
    return {id for id in of.named(text) if not terms[id].everyday or id == of.id(text)}

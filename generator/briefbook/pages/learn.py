"""Methods, glossary, sources, field reference, and the page for what is not there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefbook.load import Guide
from briefbook.model.book import LANGUAGES
from briefbook.model.words import Question
from briefbook.pages.here import Here, Site
from briefbook.pages.page import Page
from briefbook.pages.reading import minutes
from briefbook.prose import headings, prose
from briefbook.reference import reference


def pages(site: Site) -> Iterator[Page]:
    """Pages that explain, rather than tell of one record."""
    yield _methods(site)
    for guide in site.content.guides.values():
        yield _method(site, guide)
    yield _glossary(site)
    yield _questions(site)
    yield _fields(site)


def _methods(site: Site) -> Page:
    here = Here(site, "/methods/")
    t = site.words
    guides = site.content.guides.values()
    return Page(
        address=here.base,
        template="methods.html",
        title=t("methods.title"),
        kind="methods",
        section="/methods/",
        searchable=False,
        foot=here.foot("pages/"),
        data={
            "title": t("methods.title"),
            "lede": t("methods.lede"),
            "guides": [
                {
                    "href": here.record("page", one.id),
                    "title": one.title,
                    "minutes": t("minutes", n=minutes(one.text)),
                }
                for one in guides
            ],
            "more": [
                {"href": here.to(f"/{name}/"), "title": t(f"{name}.title")}
                for name in ("questions", "glossary", "sources", "capabilities", "fields")
            ],
        },
    )


def _method(site: Site, guide: Guide) -> Page:
    here = Here(site, f"/methods/{guide.id}/")
    t = site.words
    return Page(
        address=here.base,
        template="method.html",
        title=guide.title,
        kind="method",
        section="/methods/",
        toc=headings(guide.text),
        edit=guide.file,
        description=t("method.description", name=guide.title),
        filters=(("kind", t("kind.method")),),
        foot=here.foot(guide.file, 1),
        data={
            "title": guide.title,
            "body": prose(guide.text, here.resolve),
            "trail": [{"href": here.to("/methods/"), "label": t("methods.title")}],
            "minutes": t("minutes", n=minutes(guide.text)),
        },
    )


def _glossary(site: Site) -> Page:
    here = Here(site, "/glossary/")
    t = site.words
    language = site.content.book.value.language
    rows = []
    for id, term in site.content.glossary.value.of.items():
        definition = term.definition
        texts = (
            (getattr(definition, one) for one in (language, "en", "vi", "zh")) if definition else ()
        )
        text = next((one for one in texts if one), None)
        rows.append(
            {
                "id": id,
                "short": term.short,
                "names": [
                    {"lang": one, "text": getattr(term, one)}
                    for one in ("en", "vi", "zh")
                    if getattr(term, one)
                ],
                "definition": here.prose(text),
                "not": [
                    {"lang": one, "text": getattr(term.not_, one)}
                    for one in ("en", "vi", "zh")
                    if term.not_ and getattr(term.not_, one)
                ],
            }
        )
    return Page(
        address=here.base,
        template="glossary.html",
        title=t("glossary.title"),
        kind="glossary",
        section="/methods/",
        filters=(("kind", t("kind.glossary")),),
        edit="glossary.yml",
        foot=here.foot("glossary.yml"),
        data={"title": t("glossary.title"), "lede": t("glossary.lede"), "rows": rows},
    )


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

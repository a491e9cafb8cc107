"""A question of the quiz in, what readers see of it out: answers in words, reasons, and links."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from briefbook.analyse.answers import Told
from briefbook.analyse.quiz import Asked
from briefbook.analyse.quiz_results import drawn
from briefbook.model.words import InLanguages
from briefbook.pages import model
from briefbook.pages.call_fit import shortened
from briefbook.pages.fact_label import anchor, label
from briefbook.pages.here import Here
from briefbook.pages.portfolio import class_sentence, fit_sentence
from briefbook.quantity import Quantity

LONGEST = 170
"""Characters of an answer; what is longer ends with a sentence or a word."""
_ANCHORS = {
    "class": "class", "fitting-strategy": "strategy", "next-tactic": "tactics",
    "next-review": "plan", "next-action": "plan", "decides": "people", "weakest-link": "model",
}  # fmt: skip
"""Where an account's page shows a result."""
_PLACES = {"source": "/sources/#{}", "class": "/classes/{}/", "member": "/team/{}/",
           "term": "/glossary/#{}"}  # fmt: skip


def text(here: Here, told: Told) -> str:
    """An answer as readers see it."""
    t, value = here.t, told.value
    if isinstance(value, Quantity):
        return here.quantity(value)
    if isinstance(value, date):
        return t.day(value)
    if told.form == "class":
        return t(f"class.{value}")
    if told.form == "link":
        return t(f"model.link.{value}")
    if told.form == "choice" and t.has(f"word.{value}"):
        return t(f"word.{value}")
    return shortened(value, LONGEST)


def question(here: Here, asked: Asked, number: int) -> dict[str, Any]:
    """All that the page shows of a question; `key` changes when anything of it does."""
    right = text(here, asked.answer)
    options = _options(here, asked, right)
    ask, lang = _ask(here, asked)
    told = [right, *(one["text"] for one in options)]
    return {
        "id": f"q-{asked.id.replace('/', '-')}" if asked.item is None else f"w-{asked.id}",
        "key": f"{drawn(asked.id, ask, *told):016x}",
        "number": number,
        "kind": asked.kind,
        "about": asked.record,
        "ask": ask,
        "lang": lang,
        "options": options,
        "right": next(str(at) for at, one in enumerate(options, 1) if one["text"] == right),
        "answer": right,
        "because": list(_because(here, asked)),
        "link": _link(here, asked),
    }


def _options(here: Here, asked: Asked, right: str) -> list[dict[str, str]]:
    """Every answer in words; what reads like another one in this language stands once."""
    shown = dict.fromkeys(right if one is asked.answer else text(here, one)
                          for one in asked.options)  # fmt: skip
    return [{"value": str(at), "text": one} for at, one in enumerate(shown, 1)]


def spoken(here: Here, texts: InLanguages | None) -> tuple[str, str | None]:
    """A text in the reader's language, else the first that it has; the language if another one."""
    ours = here.site.content.book.value.language
    for one in (ours, "en", "vi", "zh"):
        if texts and (said := getattr(texts, one)):
            return said, None if one == ours else one
    return "", None


def _ask(here: Here, asked: Asked) -> tuple[str, str | None]:
    if asked.item:
        said, lang = spoken(here, asked.item.ask)
        return said or asked.id, lang
    kind, _, id = asked.record.partition("/")
    about = text(here, asked.about) if asked.about else ""
    return here.t(f"quiz.ask.{asked.kind}", name=_name(here, kind, id), about=about), None


def _name(here: Here, kind: str, id: str) -> str:
    return str(here.site.content.of(kind)[id].name)


def _because(here: Here, asked: Asked) -> Any:
    """The reason as written, then what the rule says of a result today."""
    said, lang = spoken(here, asked.item.because if asked.item else None)
    if said:
        yield {"text": said, "lang": lang}
    if asked.result in REASONS:
        _, _, id = asked.record.partition("/")
        yield {"text": REASONS[asked.result](here, id, asked), "lang": None}


def _tactic(here: Here, id: str, asked: Asked) -> str:
    uses = here.site.content.accounts[id].value.tactics
    place = f"{asked.answer.id}/{asked.answer.path[-1]}"
    due = next(one.due.date for one in uses if one.tactic == place and one.due)
    return here.t("quiz.why.next-tactic", day=here.t.day(due),
                  strategy=here.strategy(asked.answer.id))  # fmt: skip


def _review(here: Here, id: str, _: Asked) -> str:
    plan, day = here.site.results.plans[id], here.site.content.accounts[id].value.plan
    held = sum(1 for one in plan.reviews if one.review)
    assert day is not None
    year = here.year(str(day.year))
    if not held:
        return here.t("quiz.why.first-review", year=year)
    return here.t("quiz.why.next-review", year=year, n=held)


def _action(here: Here, id: str, asked: Asked) -> str:
    plan = here.site.content.accounts[id].value.plan
    one = plan.actions[str(asked.answer.path[-1])] if plan else None
    assert one is not None
    assert one.due is not None
    who = here.member(one.owner) or here.t("not-known")
    return here.t("quiz.why.next-action", day=here.t.day(one.due.date), who=who)


def _decides(here: Here, id: str, asked: Asked) -> str:
    people = here.site.content.accounts[id].value.people
    one = people[str(asked.answer.path[-1])]
    roles = here.t.listed([here.t(f"word.{role}") for role in one.roles])
    if not (one.name and one.title):  # the answer is the title itself, or there is none
        return here.t("quiz.why.roles", roles=roles)
    return here.t("quiz.why.decides", title=one.title, roles=roles)


def _pain(here: Here, id: str, asked: Asked) -> str:
    one = here.site.content.industries[id].value.pains[str(asked.answer.path[-1])]
    names = [here.capability(each) for each in one.answered_by]
    ours = (here.t("quiz.why.answered", names=here.t.listed(names)) if names
            else here.t("quiz.why.unanswered"))  # fmt: skip
    return f"{here.t('quiz.why.worst-pain', level=here.t(f'level.{one.severity}'))} {ours}"


def _answered(here: Here, id: str, asked: Asked) -> str:
    key = str(asked.about.path[-1]) if asked.about else ""
    one = here.site.content.industries[id].value.pains[key]
    names = here.t.listed([here.capability(each) for each in one.answered_by])
    said = here.t("quiz.why.answered", names=names)
    return f"{said} {shortened(one.answer)}" if one.answer else said


def _lesson(here: Here, id: str, asked: Asked) -> str:
    return here.t("quiz.why.lesson", about=text(here, asked.about) if asked.about else "",
                  name=_name(here, "industry", id))  # fmt: skip


REASONS: Mapping[str, Callable[[Here, str, Asked], str]] = {
    "class": lambda here, id, _: class_sentence(here, here.site.results.standings[id]),
    "fitting-strategy": lambda here, id, _: fit_sentence(here, id),
    "next-tactic": _tactic, "next-review": _review, "next-action": _action,
    "decides": _decides, "worst-pain": _pain, "pain-answer": _answered, "lesson": _lesson,
    "weakest-link": lambda here, id, _: str((model.weakest(here, id) or {})["sentence"]),
}  # fmt: skip
"""Why the right answer of a result is right."""


def _link(here: Here, asked: Asked) -> dict[str, str]:
    """The place where the answer stands."""
    kind, _, id = asked.record.partition("/")
    answer = asked.answer
    if kind in _PLACES:
        return {"href": here.to(_PLACES[kind].format(id)), "label": text(here, answer)}
    if kind in {"page", "capability"}:
        return {"href": here.record(kind, id), "label": text(here, answer)}
    record = here.site.content.of(kind)[id]
    if asked.result and kind == "account":
        return {"href": here.record(kind, id, _ANCHORS[asked.result]), "label": record.name}
    place = answer if (answer.kind, answer.id) == (kind, id) or not asked.about else asked.about
    path = place.path if (place.kind, place.id) == (kind, id) else ()
    named = label(here, record, path) if path else ""
    told = record.name if named in {"", record.name} else f"{record.name} › {named}"
    return {"href": here.record(kind, id, anchor(record, path)), "label": told}

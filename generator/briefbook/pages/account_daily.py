"""An account in, daily life with it out: contract, use, health, signs, talks and value."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from briefbook.analyse.money import in_book
from briefbook.analyse.signs import Sign, notice_by
from briefbook.load import Record
from briefbook.model import Account
from briefbook.model.account import Contact, Need, Use
from briefbook.pages.here import MOST, Here
from briefbook.pages.people_chart import called

RATINGS = {"green": "good", "amber": "warn", "red": "bad"}
"""The kind of chip for a rating that somebody gave."""


def daily(here: Here, record: Record[Account]) -> dict[str, Any]:
    """Everything of the section; parts that the file lacks are None or empty."""
    account = record.value
    return {
        "contract": _contract(here, account),
        "uses": [_use(here, id, one) for id, one in account.uses.items()],
        "health": _health(here, account),
        "signs": [sign_row(here, one) for one in here.site.results.signs.get(record.id, ())],
        "risks": [
            {
                "risk": here.prose(one.risk),
                "likelihood": one.likelihood,
                "likelihood_label": here.t(f"word.{one.likelihood}") if one.likelihood else None,
                "answer": here.prose(one.answer),
                "owner": here.member(one.owner),
            }
            for one in account.risks
        ],
        "contacts": talks(here, record, account.contacts),
        "satisfaction": _satisfaction(here, record),
        "value": _value(here, record),
        "promised": [_promised(here, record, one) for one in account.needs.values() if _pays(one)],
    }


def sign_row(here: Here, sign: Sign) -> dict[str, str]:
    """A warning sign as a sentence with its numbers, and the part of the page it speaks of."""
    t, book = here.t, here.site.content.book.value
    shown: dict[str, Any] = dict(sign.why.numbers)
    for name in ("day", "until", "since"):
        if name in shown:
            shown[name] = t.day(shown[name])
    if sign.kind == "falling":
        shown |= {"now": t.amount(shown["now"], book.currency), "year": here.year(shown["year"]),
                  "before": t.amount(shown["before"], book.currency)}  # fmt: skip
    if sign.kind == "satisfaction":
        shown |= {"now": t.share(shown["now"]), "before": t.share(shown["before"])}
    if "role" in shown:
        key = f"word.{shown['role']}"
        shown["role"] = t(key) if t.has(key) else shown["role"]
    if "every" in shown:
        shown["every"] = here.written(shown["every"])
    if "letter" in shown:
        shown["letter"] = shown["letter"].upper()
    return {"text": t(f"sign.{sign.kind}", **shown), "href": f"#{sign.part}"}


def _contract(here: Here, account: Account) -> list[dict[str, Any]] | None:
    one = account.contract
    if one is None:
        return None
    t, today = here.t, here.site.results.today
    notice = notice_by(account)
    ended = one.until and one.until.date < today
    passed = notice and notice < today
    return [
        _row(here, "from", t.day(one.from_.date) if one.from_ else None),
        _row(here, "until", t.day(one.until.date) if one.until else None,
             ("bad", t("contract.ended")) if ended else None),
        _row(here, "recurring", here.quantity(one.recurring) if one.recurring else None),
        _row(here, "notice", here.quantity(one.notice) if one.notice else None),
        {
            "label": t("contract.notice-by"),
            "value": t.day(notice) if notice else None,
            "state": {"kind": "neutral", "label": t("contract.notice-passed")}
            if passed and not ended
            else None,
        },
        _row(here, "payment", one.payment),
        *([_row(here, "note", here.prose(one.note))] if one.note else []),
    ]  # fmt: skip


def _row(
    here: Here, field: str, value: Any, state: tuple[str, str] | None = None
) -> dict[str, Any]:
    kind = {"kind": state[0], "label": state[1]} if state else None
    return {"label": here.t(f"field.{field}"), "value": value, "state": kind}


def _use(here: Here, id: str, one: Use) -> dict[str, Any]:
    day = one.as_of.date if one.as_of else None
    return {
        "name": here.capability(id),
        "href": here.record("capability", id),
        "since": here.t.month(one.since.date) if one.since else None,
        "seats": here.quantity(one.seats) if one.seats else None,
        "active": here.quantity(one.active) if one.active else None,
        "part": float(one.active.number) if one.active else None,
        **here.age(day, "other"),
        "note": here.prose(one.note),
    }


def _health(here: Here, account: Account) -> dict[str, Any] | None:
    one = account.health
    if one is None:
        return None
    return {
        "kind": RATINGS[one.is_],
        "label": here.t(f"word.{one.is_}"),
        "because": here.prose(one.because),
        "date": here.t.day(one.date.date) if one.date else None,
    }


def talks(here: Here, record: Record[Account], contacts: Iterable[Contact]) -> dict[str, Any]:
    """Talks, the latest first, with what was promised and kept."""
    rows = [
        _talk(here, record, one)
        for one in sorted(contacts, key=lambda one: one.date.date, reverse=True)
    ]
    return {"rows": rows[:MOST], "rest": rows[MOST:], "more": here.t("more", n=len(rows) - MOST)}


def _talk(here: Here, record: Record[Account], one: Contact) -> dict[str, Any]:
    t = here.t
    return {
        "date": t.day(one.date.date),
        "how": t(f"word.{one.how}") if one.how else None,
        "with": [_person(here, record, id) for id in one.with_],
        "who": here.member(one.who),
        "what": here.prose(one.what),
        "promise": promise(here, one),
    }


def _person(here: Here, record: Record[Account], id: str) -> dict[str, str]:
    return {"href": here.person(record.id, id), "name": called(record.value, id)}


def promise(here: Here, one: Contact) -> dict[str, Any] | None:
    """What was promised in a talk: kept, open, or overdue."""
    t, given = here.t, one.promised
    if given is None:
        return None
    kept = given.done not in {None, "no"}
    late = not kept and given.by and given.by.date < here.site.results.today
    kind, label = ("good", "promise.kept") if kept else ("neutral", "promise.open")
    if late:
        kind, label = "bad", "promise.late"
    return {
        "what": here.prose(given.what),
        "by": t("promise.by", date=t.day(given.by.date)) if given.by else None,
        "kind": kind,
        "label": t(label),
        "done": here.when(given.done) if given.done and kept and given.done != "yes" else None,
        "open": not kept,
    }


def _satisfaction(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    scores = sorted(record.value.satisfaction, key=lambda one: one.date.date)
    if not scores:
        return None
    return {
        "values": [float(Decimal(one.score) / one.of) for one in scores],
        "rows": [
            {
                "date": here.t.day(one.date.date),
                "score": here.t("satisfaction.score", score=one.score, of=one.of),
                "who": _person(here, record, one.who) if one.who else None,
                "because": here.prose(one.because),
            }
            for one in reversed(scores)
        ],
    }


def _value(here: Here, record: Record[Account]) -> dict[str, Any] | None:
    """Contribution and investment by year, the potential, and what was bought."""
    value = record.value.value_to_us
    if value is None:
        return None
    years = sorted({*value.contribution, *value.investment}, key=_year)
    return {
        "years": [_spent(here, record, year) for year in years],
        "values": [_known(here, record, year) for year in years],
        "potential": here.fact(value.potential, record, "other"),
        "purchases": [
            {
                "period": here.when(one.period),
                "what": one.what,
                "times": one.times,
                "value": here.quantity(one.value) if one.value else None,
            }
            for one in value.purchases
        ],
    }


def _year(key: str) -> str:
    return key.removeprefix("FY")


def _known(here: Here, record: Record[Account], year: str) -> float | None:
    fact = record.value.value_to_us.contribution.get(year) if record.value.value_to_us else None
    amount = in_book(fact.value, here.site.content.book.value) if fact else None
    return None if amount is None else float(amount)


def _spent(here: Here, record: Record[Account], year: str) -> dict[str, Any]:
    value = record.value.value_to_us
    assert value is not None
    book = here.site.content.book.value
    fact, spent = value.contribution.get(year), value.investment.get(year)
    brought = in_book(fact.value, book) if fact else None
    money = in_book(spent.money, book) if spent and spent.money else None
    share = money / brought if money is not None and brought else None
    return {
        "year": year,
        "brought": here.fact(fact, record, "other"),
        "money": here.quantity(spent.money) if spent and spent.money else None,
        "days": here.t("value.days", n=spent.days) if spent and spent.days is not None else None,
        "ratio": here.t.share(share) if share is not None else None,
    }


def _pays(need: Need) -> bool:
    return bool(need.return_ or need.achieved)


def _promised(here: Here, record: Record[Account], need: Need) -> dict[str, Any]:
    """What a need should return beside what was reached in fact."""
    t, returned, reached = here.t, need.return_, need.achieved
    certain = returned.certainty if returned else None
    day = reached.date.date if reached and reached.date else None
    return {
        "need": here.prose(need.need),
        "size": here.quantity(returned.size) if returned and returned.size else None,
        "certainty": t(f"word.{certain}") if certain else None,
        "time": returned.time if returned else None,
        "reached": {
            "text": here.quantity(reached.value),
            "source": here.sources(reached.source, record),
            "note": None,
            **here.age(day, "other"),
        }
        if reached and reached.value
        else None,
    }

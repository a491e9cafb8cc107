"""Chance and people in, made-up opportunities and the plan whose figures follow from them out."""

from __future__ import annotations

from random import Random
from typing import Any

from briefbook.demo.people import Team
from briefbook.demo.phrases import Voice
from briefbook.demo.setting import CAPABILITIES
from briefbook.demo.text import Flow

_IDS = tuple(CAPABILITIES)
_STAGES = ("signed", "captured", "incubating", "lost")


def capabilities(draw: Random) -> tuple[str, ...]:
    """One or two of what we offer."""
    return tuple(draw.sample(_IDS, draw.randint(1, 2)))


def day(draw: Random, year: int, first: int, last: int) -> str:
    """A day between two months."""
    return f"{year}-{draw.randint(first, last):02}-{draw.randint(1, 28):02}"


def opportunities(
    draw: Random, voice: Voice, team: Team, needs: tuple[str, ...], rivals: tuple[str, ...]
) -> dict[str, dict[str, Any]]:
    """One to three deals, by id."""
    first = draw.randrange(4)
    count = draw.choice((1, 1, 2, 3))
    return {
        f"deal-{turn + 1}": _deal(draw, voice, team, _STAGES[(first + turn) % 4],
                                  needs[turn % len(needs)], draw.choice(rivals))
        for turn in range(count)
    }  # fmt: skip


def _deal(
    draw: Random, voice: Voice, team: Team, stage: str, need: str, rival: str
) -> dict[str, Any]:
    offers = capabilities(draw)
    value = draw.randint(4, 60) / 10
    made: dict[str, Any] = {
        "name": " and ".join(CAPABILITIES[offer] for offer in offers),
        "stage": stage,
        "value": f"{value} m CNY",
        "opened": day(draw, 2026, 1, 3),
        **_dates(draw, voice, stage, value),
        "answers": (need,),
        "offers": offers,
        "competitors": (f"company/{rival}",),
    }
    if stage in {"captured", "incubating"}:
        made["next_step"] = voice.say("action")
        made["bant"] = _bant(draw, voice, team, value)
    return made


def _dates(draw: Random, voice: Voice, stage: str, value: float) -> dict[str, Any]:
    captured = day(draw, 2026, 4, 5)
    if stage == "incubating":
        return {"expected": "2027-Q1"}
    if stage == "captured":
        return {"captured": captured, "expected": "2026-Q4"}
    if stage == "lost":
        return {"captured": captured, "lost": day(draw, 2026, 6, 9), "because": voice.say("risk")}
    paid = [Flow(date=day(draw, 2026, 8, 9), amount=f"{value / 2:.2f} m CNY")]
    return {"captured": captured, "signed": day(draw, 2026, 6, 7),
            "because": voice.say("countered"), "received": paid}  # fmt: skip


def _bant(draw: Random, voice: Voice, team: Team, value: float) -> dict[str, Any]:
    verdicts = ("yes", "partly", "unknown")
    return {
        "budget": Flow(verdict="yes", amount=f"{value * 1.2:.2f} m CNY",
                       evidence=voice.say("contact"), date="2026-09-15", source="own-visit"),
        "authority": Flow(verdict=draw.choice(verdicts), who=team.someone(),
                          evidence=voice.say("behaviour")),
        "need": Flow(verdict="yes", evidence=voice.say("finding")),
        "timeline": Flow(verdict=draw.choice(verdicts), decides_by="2027-02",
                         evidence=voice.say("decided")),
    }  # fmt: skip


def plan(
    draw: Random, voice: Voice, owner: str, found: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """The plan of the year; what its reviews report is what the opportunities say."""
    say, (first, second) = voice.say, voice.two("action")
    return {
        "year": "2026",
        "priorities": {"short": [say("need")], "medium": [say("goal")], "long": [say("heads")]},
        "targets": {
            "year": Flow(incubate="4", capture="3", sign="6 m CNY", receive="4 m CNY"),
            "q1": Flow(incubate="2"), "q2": Flow(capture="2"), "q3": Flow(sign="3 m CNY"),
            "q4": Flow(receive="2 m CNY"),
        },
        "actions": {
            "a1": Flow(what=first, owner=owner, due="2026-12-01", status="open"),
            "a2": Flow(what=second, owner=owner, due="2026-08-01", status="done",
                       done=day(draw, 2026, 7, 7)),
        },
        "reviews": [
            {"date": f"2026-{3 * quarter + 1:02}-01",
             "rating": draw.choice(("green", "amber", "red")),
             "summary": say("summary"), "decided": [say("decided")],
             "actual": _actual(quarter, found)}
            for quarter in (1, 2, 3)
        ],
    }  # fmt: skip


def _actual(quarter: int, found: dict[str, dict[str, Any]]) -> Flow:
    """The four counters of a quarter, from the dates of the opportunities."""
    deals = found.values()
    signed = sum(_amount(deal["value"]) for deal in deals if _within(deal.get("signed"), quarter))
    paid = sum(
        _amount(one["amount"]) for deal in deals for one in deal.get("received", ())
        if _within(one["date"], quarter)
    )  # fmt: skip
    return Flow(
        incubate=str(sum(_within(deal["opened"], quarter) for deal in deals)),
        capture=str(sum(_within(deal.get("captured"), quarter) for deal in deals)),
        sign=f"{signed:.2f} m CNY", receive=f"{paid:.2f} m CNY",
    )  # fmt: skip


def _within(date: str | None, quarter: int) -> bool:
    return date is not None and (int(date[5:7]) + 2) // 3 == quarter


def _amount(text: str) -> float:
    return float(text.split(maxsplit=1)[0])

"""A setting and an index in, one made-up account out, from twenty lines to some hundreds."""

from __future__ import annotations

from random import Random
from typing import Any

from briefbook.demo import deals, money, names, people
from briefbook.demo.phrases import Voice
from briefbook.demo.setting import NODES, PAINS, PARTNER, RIVALS, Setting
from briefbook.demo.text import Flow, document

# Contribution and potential that fall into each of the nine cells of the demo's own thresholds.
_CELLS = (
    (20, 35, "a"), (12, 20, "b"), (6, 8, "b"),
    (6, 36, "c"), (6, 20, "c"), (3, 5, "d"),
    (1, 40, "c"), (1, 15, "c"), (1, 1.8, "d"),
)  # fmt: skip
_LIFECYCLES = {"a": ("stable", "decline"), "b": ("stable", "decline"),
               "c": ("acquire", "improve"), "d": ("stable", "decline")}  # fmt: skip
_STRATEGY = {"stable": "retain", "decline": "win-back", "acquire": "acquire", "improve": "promote"}
_FOUND = {"look": "annual-report", "listen": "trade-press", "ask": "own-visit", "feel": "own-visit"}
_COUNTRY = {"en": "SG", "vi": "VN", "zh": "CN"}


def file(world: Setting, index: int) -> tuple[str, bytes]:
    """Path and content of one account."""
    id, name = names.account(index, world.seed)
    data = _Account(world, index).data(name)
    return f"accounts/{id}.yml", document("account", data)


class _Account:
    """What the parts of one account share while it is made up."""

    def __init__(self, world: Setting, index: int) -> None:
        self.world, self.index = world, index
        self.draw: Random = world.draw("account", index)
        self.language = names.language(index)
        self.voice = Voice(self.language, self.draw)
        self.owner = world.owner(index)
        self.leaf = world.leaf(index)
        now, potential, self.grade = _CELLS[index % 9]
        scale = self.draw.uniform(0.91, 1.09)
        self.contribution, self.potential = now * scale, potential * scale
        self.lifecycle = self.draw.choice(_LIFECYCLES[self.grade])
        self.team = people.Team(self.language, self.draw)
        self.planned = self.grade == "a" or (self.grade == "c" and potential - now > 20)

    def data(self, name: str) -> dict[str, Any]:
        """All fields in the order of the model; one account in eight is but a beginning."""
        if self.index % 8 == 7:
            return self._head(name) | {"people": self.team.first(3)}
        return {
            **self._head(name), **self._standing(), **self._contract(), **self._talks(),
            **self._value(), **self._business(), "people": self.team.people(),
            "influences": self.team.influences(), **self._research(), **self._deals(),
            "sources": self._sources(),
        }  # fmt: skip

    def _head(self, name: str) -> dict[str, Any]:
        made = {
            "name": name,
            "sample": "yes",
            "industry": self.leaf.id,
            **({"stands_at": (self.draw.choice(NODES[:5]),)} if self.leaf.chain else {}),
            "owner": self.owner,
            "language": self.language,
            "crm_id": f"demo-{self.index}",
            "customer_since": f"{self.draw.randint(2016, 2024)}-{self.draw.randint(1, 12):02}-01",
            "lifecycle": self.lifecycle,
        }
        if self.index % 10 == 7:
            made["parent"] = self.world.account(self.index - 1)
            made["aliases"] = (f"{name} group",)
        return made

    def _standing(self) -> dict[str, Any]:
        say = self.voice.say
        made: dict[str, Any] = {}
        if self.index % 9 == 7:
            self.planned = True
            made["important"] = {"because": say("reinforce")}
        if self.index % 13 == 5:
            made["difficult"] = {"because": say("risk")}
        if self.grade == "a" and self.index % 40 < 9 and self.index < 360:  # the book's cap
            made["focus"] = {"because": say("goal")}
        made["in_short"] = {
            "earns": Flow(value=say("earns"), source="annual-report"),
            "heads_for": say("heads"),
            "should_reinforce": say("reinforce"),
        }
        return made | {"profile": self._profile()}

    def _profile(self) -> dict[str, Any]:
        draw = self.draw
        size = draw.choice(("small", "medium", "large"))
        low, high = {"small": (30, 199), "medium": (200, 999), "large": (1000, 9000)}[size]
        self.revenue = draw.uniform(40, 1200)
        return {
            "type": draw.choice(("B2B", "B2C", "B2B2C")),
            "size": size,
            "employees": Flow(value=str(draw.randint(low, high)), source="annual-report",
                              as_of="2025-12-31"),
            "country": _COUNTRY[self.language],
            "region": draw.choice(("North", "South", "East", "West")),
            "annual_revenue": money.m(self.revenue),
            "market_position": draw.choice(("leader", "challenger", "new-entrant")),
            "growth": f"{draw.randint(-5, 30)}%",
            "founded": str(draw.randint(1970, 2015)),
            "extra": Flow(branches=str(draw.randint(3, 240))),
        }  # fmt: skip

    def _contract(self) -> dict[str, Any]:
        draw, say = self.draw, self.voice.say
        start = draw.randint(2024, 2026)
        seats = draw.randint(10, 300)
        return {
            "contract": {
                "from": f"{start}-04-01", "until": f"{start + 2}-03-31",
                "recurring": f"{money.m(self.contribution)} a year", "notice": "90 days",
                "payment": "30 days after invoice", "note": say("promise"),
            },
            "uses": {
                capability: Flow(since=f"{start}-04-01", seats=str(seats),
                                 active=f"{draw.randint(20, 95)}%", as_of="2026-09-30",
                                 note="All branches")
                for capability in deals.capabilities(draw)
            },
            "health": {"is": draw.choice(("green", "amber", "red")), "because": say("health"),
                       "date": deals.day(draw, 2026, 7, 9)},
            "risks": [Flow(risk=say("risk"), likelihood=draw.choice(("low", "medium", "high")),
                           answer=say("countered"), owner=self.owner)],
        }  # fmt: skip

    def _talks(self) -> dict[str, Any]:
        draw, say = self.draw, self.voice.say
        talks: list[dict[str, Any]] = [
            {"date": deals.day(draw, 2026, month, month), "with": (self.team.someone(),),
             "how": draw.choice(("visit", "call", "video", "event")), "what": say("contact"),
             "who": self.owner}
            for month in sorted(draw.sample(range(1, 10), draw.randint(1, 3)), reverse=True)
        ]  # fmt: skip
        talks[0]["promised"] = Flow(what=say("promise"), by="2026-11-30", done="no")
        return {
            "contacts": talks,
            "satisfaction": [
                Flow(date=f"2026-0{month}-01", score=str(draw.randint(4, 10)), of="10",
                     who=self.team.someone(), because=say("health"))
                for month in (4, 7)
            ],
        }  # fmt: skip

    def _value(self) -> dict[str, Any]:
        earlier = self.contribution * self.draw.uniform(0.6, 1.2)
        spent = self.contribution * self.draw.uniform(0.02, 0.2)
        return {
            "value_to_us": {
                "contribution": Flow({"2024": _two(earlier), "2025": _two(self.contribution)}),
                "potential": _two(self.potential),
                "investment": {
                    "2025": Flow(money=_two(spent), days=str(self.draw.randint(5, 120)))
                },
                "purchases": [Flow(period="2025", what="Seats", times=str(self.draw.randint(1, 6)),
                                   value=_two(self.contribution))],
            }
        }  # fmt: skip

    def _business(self) -> dict[str, Any]:
        draw, say = self.draw, self.voice.say
        made: dict[str, Any] = {
            "process": [
                Flow(step=step, who=self.voice.title(turn), pain=say("pain"), tool="Spreadsheet",
                     answered_by=deals.capabilities(draw)[:1])
                for turn, step in enumerate(self.voice.two("step"), 4)
            ],
            "business_model": money.business_model(draw, say("earns"), "annual-report"),
            "goals": [Flow(period="2026", goal=goal, measure="Counted in December",
                           source="annual-report")
                      for goal in self.voice.two("goal")],
        }  # fmt: skip
        if self.index % 4 == 1:
            made["shifts"] = [{
                "date": "2026-03", "from": "number of buyers", "to": "orders a member",
                "implication": say("diagnosis"), "our_offer": say("answer"),
                "source": "annual-report",
            }]  # fmt: skip
        if self.index % 5 < 2:
            peers = draw.sample(self.world.peers, 2)
            made["finance"] = money.finance(draw, self.revenue, tuple(peers), "annual-report")
        return made

    def _research(self) -> dict[str, Any]:
        draw, say = self.draw, self.voice.say
        needs = {f"need-{turn}": need for turn, need in enumerate(self.voice.two("need"), 1)}
        if self.index % 3 == 2:
            del needs["need-2"]
        self.needs = tuple(needs)
        methods = draw.sample(tuple(_FOUND), len(needs))
        return {
            "research": {
                f"finding-{turn}": {
                    "method": method, "date": deals.day(draw, 2026, 2, 8), "source": _FOUND[method],
                    "from": Flow(who=self.voice.title(turn), side="customer", stance="official",
                                 expertise="knows the branches"),
                    "finding": say("finding"), "diagnosis": say("diagnosis"),
                    "leads_to": (f"need-{turn}",),
                    "confidential": "yes" if draw.random() < 0.1 else "no",
                }
                for turn, method in enumerate(methods, 1)
            },
            "signals": [Flow(date=deals.day(draw, 2026, 1, 9), channel="forum",
                             polarity=draw.choice(("positive", "neutral", "negative")),
                             group=draw.choice(("can-pay", "considering", "experienced")),
                             what=say("signal"), source="open-forum")],
            "needs": {id: self._need(turn, needs[id]) for turn, id in enumerate(needs)},
        }  # fmt: skip

    def _need(self, turn: int, need: str) -> dict[str, Any]:
        draw, say = self.draw, self.voice.say
        met = draw.choice(("yes", "partly", "no"))
        made: dict[str, Any] = {
            "party": "customer" if turn == 0 else "members", "need": need,
            "lever": draw.choice(("raise-revenue", "cut-cost")),
            "return": Flow(size=f"{_two(self.revenue / 100)} a year", certainty="medium",
                           time="within two quarters"),
            "pain": PAINS[(self.index + turn) % 3], "answered_by": deals.capabilities(draw),
            "answer": say("answer"), "met": met,
        }  # fmt: skip
        if met == "yes":
            made["achieved"] = Flow(
                value=f"{draw.randint(5, 40)}%", date="2026-06", source="own-visit"
            )
        return made

    def _deals(self) -> dict[str, Any]:
        draw, say = self.draw, self.voice.say
        found = deals.opportunities(draw, self.voice, self.team, self.needs, RIVALS)
        strategy = "static" if self.grade == "d" else _STRATEGY[self.lifecycle]
        chosen: Any = strategy
        if self.index % 17 == 3:
            strategy = "retain"
            chosen = Flow({"is": strategy, "because": say("decided")})
        tactics = draw.sample(self.world.tactics[strategy], 2)
        made = {
            "opportunities": found,
            "strategy": chosen,
            "tactics": [
                Flow(tactic=f"{strategy}/{tactic}", owner=self.owner, due="2026-12-15",
                     status=draw.choice(("open", "doing", "done")), outcome=say("summary"))
                for tactic in tactics
            ],
        }  # fmt: skip
        if self.planned:
            made["plan"] = deals.plan(draw, self.voice, self.owner, found)
        return made

    def _sources(self) -> dict[str, Any]:
        return {
            "annual-report": Flow(title="Invented annual report 2025", kind="financial-report",
                                  credibility="medium", published="2026-03-31",
                                  publisher=PARTNER.replace("-", " ").title()),
        }  # fmt: skip


def _two(amount: float) -> str:
    return f"{amount:.2f} m CNY"

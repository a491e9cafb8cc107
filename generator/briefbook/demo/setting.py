"""How many accounts and which seed in, what all made-up files share out: who, what, where, when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from briefbook.demo import names
from briefbook.scaffold.starter import starter_files
from briefbook.source import read

PER_LEAF = 40
CAPABILITIES = {
    "member-marketing": "Member marketing", "behaviour-analytics": "Behaviour analytics",
    "store-dashboard": "Store dashboard", "stock-sync": "Stock sync",
    "campaign-automation": "Campaign automation", "service-desk": "Service desk",
    "data-integration": "Data integration", "sales-pipeline": "Sales pipeline",
}  # fmt: skip
SECTORS = {
    "retail": "grocery fashion furniture electronics pharmacy sports toys books",
    "finance": "banking insurance leasing payments brokerage lending funds pensions",
    "education": "languages tutoring arts coding test-training nursing driving crafts",
    "food": "noodles coffee bakery catering canteens seafood desserts teahouses",
    "logistics": "couriers warehousing cold-storage road-freight sea-freight air-freight moving",
    "health": "clinics dental optics fitness care-homes laboratories pets spas",
    "industry": "packaging machinery textiles ceramics plastics paper metalwork furniture-parts",
    "services": "cleaning security staffing repair printing events travel hotels",
}
_SEGMENTS = (
    "", "online", "wholesale", "premium", "low-price", "small-town", "corporate", "rural",
    "seasonal", "franchise", "export", "public-sector", "membership", "family", "student",
    "metropolitan",
)  # fmt: skip
PAINS = ("repeat-orders", "stock-accuracy", "staff-turnover")
NODES = ("makers", "importers", "providers", "platforms", "carriers", "households")
RIVALS = ("rival-one", "rival-two")
PARTNER = "partner-works"


@dataclass(frozen=True, slots=True)
class Leaf:
    """An industry that accounts belong to."""

    id: str
    name: str
    sector: str
    chain: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What every file of a made-up project may refer to."""

    seed: int
    accounts: int
    leaves: tuple[Leaf, ...]
    team: tuple[str, ...]
    peers: tuple[str, ...]
    tactics: dict[str, tuple[str, ...]]

    def draw(self, *place: str | int) -> Random:
        """Chance of its own for each file, so that files do not depend on their order."""
        name = "/".join(map(str, (self.seed, *place)))
        return Random(name)  # noqa: S311  # made-up figures, no secrets

    def leaf(self, account: int) -> Leaf:
        """The industry of an account."""
        return self.leaves[account // PER_LEAF]

    def owner(self, account: int) -> str:
        """Who of us looks after an account."""
        return self.team[account // PER_LEAF]

    def account(self, index: int) -> str:
        """The id of an account."""
        return names.account(index, self.seed)[0]


def setting(accounts: int, seed: int) -> Setting:
    """The shared world of a project: one industry and one CSM for each 40 accounts."""
    groups = max(1, -(-accounts // PER_LEAF))
    return Setting(
        seed=seed, accounts=accounts,
        leaves=tuple(map(_leaf, range(groups))),
        team=tuple(names.member(index)[0] for index in range(groups)),
        peers=tuple(f"{sector}-{place}" for sector in SECTORS for place in ("leader", "follower")),
        tactics=_tactics(),
    )  # fmt: skip


def _leaf(index: int) -> Leaf:
    sectors = tuple(SECTORS)
    turn, place = divmod(index, len(sectors))
    sector = sectors[place]
    trades = SECTORS[sector].split()
    turn, trade = divmod(turn, len(trades))
    turn, segment = divmod(turn, len(_SEGMENTS))
    words = [_SEGMENTS[segment], trades[trade], str(turn + 1) if turn else ""]
    id = "-".join(filter(None, words)) + ("-trade" if trades[trade] in SECTORS else "")
    return Leaf(id, id.replace("-", " ").capitalize(), sector, chain=index % 5 != 4)


def _tactics() -> dict[str, tuple[str, ...]]:
    """Tactics by strategy, read from the strategies that the project gets."""
    found = {}
    for path, raw in starter_files().items():
        if name := re.fullmatch(r"strategies/(.+)\.yml", path):
            tree, _ = read(raw, path)
            found[name[1]] = tuple(tree.data["tactics"]) if tree else ()
    return found

"""Research, needs and opportunities of an account in, the chain from fact to offer out (row 40)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from briefbook.model import Account

Kind = Literal["fact", "diagnosis", "need", "opportunity", "offer"]
KINDS: tuple[Kind, ...] = ("fact", "diagnosis", "need", "opportunity", "offer")
METHODS = ("look", "listen", "ask", "feel")
"""望闻问切 (DingTalk, l. 14): look, listen, ask, feel."""
Node = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Link:
    """One step of an argument, and the sources that stand behind it."""

    source: Node
    target: Node
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Argument:
    """The whole argument; `dead` are facts and needs from which nothing follows."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]
    dead: tuple[Node, ...]


def argument(account: Account) -> Argument:
    """Facts lead to diagnoses, needs, opportunities and offers; confidential entries stay out."""
    links = (*_from_facts(account), *_from_needs(account))
    used = {end for link in links for end in (link.source, link.target)}
    found = [id for id, one in account.research.items() if not one.confidential]
    starts: tuple[Node, ...] = (
        *(("fact", id) for id in found),
        *(("need", id) for id in account.needs),
    )
    followed = {link.source for link in links}
    dead = tuple(node for node in starts if node not in followed)
    return Argument(_in_order(account, {*starts, *used}), links, dead)


def _in_order(account: Account, nodes: Collection[Node]) -> tuple[Node, ...]:
    """Kind by kind, in the order of the file; offers where they are first named."""
    offers = dict.fromkeys((
        *(offer for need in account.needs.values() for offer in need.answered_by),
        *(offer for deal in account.opportunities.values() for offer in deal.offers),
    ))  # fmt: skip
    of: Mapping[Kind, Iterable[str]] = {
        "fact": account.research, "diagnosis": account.research, "need": account.needs,
        "opportunity": account.opportunities, "offer": offers,
    }  # fmt: skip
    return tuple((kind, id) for kind in KINDS for id in of[kind] if (kind, id) in nodes)


def _from_facts(account: Account) -> tuple[Link, ...]:
    links: list[Link] = []
    for id, one in account.research.items():
        if one.confidential:
            continue
        before: Node = ("fact", id)
        if one.diagnosis:
            links.append(Link(before, ("diagnosis", id), one.source))
            before = ("diagnosis", id)
        links += [
            Link(before, ("need", need), one.source)
            for need in one.leads_to
            if need in account.needs
        ]
    return tuple(links)


def _from_needs(account: Account) -> tuple[Link, ...]:
    links: list[Link] = []
    answered = set()
    for id, deal in account.opportunities.items():
        letter = deal.bant.need if deal.bant else None
        for need in deal.answers:
            if need in account.needs:
                answered.add(need)
                cited = letter.source if letter else ()
                links.append(Link(("need", need), ("opportunity", id), cited))
        links += [Link(("opportunity", id), ("offer", offer), ()) for offer in deal.offers]
    for id, need_ in account.needs.items():
        if id not in answered:
            links += [Link(("need", id), ("offer", offer), ()) for offer in need_.answered_by]
    return tuple(links)


def coverage(account: Account) -> dict[str, int]:
    """Entries by method, confidential ones counted too."""
    found = dict.fromkeys(METHODS, 0)
    for one in account.research.values():
        found[one.method] += 1
    return found

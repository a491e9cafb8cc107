"""A number of accounts in, all that is measured of a project of that size out, as rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.browsing import Seen, browsed
from tests.bench.ours import EDITS, Project, checked, searched, served
from tests.bench.peers import Hugo, Mkdocs, alone, hugo_version, pagefind
from tests.bench.plan import Total, equal, total
from tests.bench.profiling import Profile, profiled
from tests.bench.runs import Cost, Costs, Peak
from tests.bench.table import Row, against, at_most, missing
from tests.bench.weights import Weight, heaviest, heavy, table, typical
from tests.browser import NoBrowser

PARTS = ("hugo", "mkdocs", "serve", "memory", "browser", "profile")
"""What can be left out. Without Hugo there is no peer: what is measured is ours alone."""
NAMES = {
    "classes/": "nine-box page", "strategy/": "strategy page", "team/": "team page",
    "plans/": "plan page",
}  # fmt: skip
COMPARED = {
    "pages": "pages", "html": "bytes of HTML", "elements": "elements",
    "searched": "pages searched", "text": "bytes of text searched",
}  # fmt: skip
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """How often each thing is measured, and which parts of the bench are left out."""

    rounds: int
    without: frozenset[str] = frozenset()


@dataclass
class Measured:
    """What came out, by name; None where it was left out or cannot be had here."""

    accounts: int
    costs: Costs = field(default_factory=Costs)
    equal: tuple[Total, Total] | None = None
    version: str = ""
    mkdocs: tuple[int, int] | None = None
    peak: Peak | None = None
    seen: Seen | None = None
    weights: dict[str, Weight] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)

    @property
    def peer(self) -> Cost | None:
        """P: Hugo and Pagefind over its pages."""
        made, found = self.costs.median("hugo"), self.costs.median("hugo search")
        return made + found if made and found else None


def measure(accounts: int, folder: Path, asked: Asked, tell: Tell) -> Measured:
    """Measure everything of one size; peers and we take turns, so that both meet the same load."""
    found = Measured(accounts)
    tell("making the project, and peers that are its equals")
    project = Project(folder / "project", accounts)
    project.cold()
    hugo = None
    if "hugo" not in asked.without:
        hugo = Hugo(folder / "hugo", project.site, project.content)
        found.equal, found.version = (total(hugo.wanted), hugo.made), hugo_version(hugo.program)
    plain = alone(folder / "alone", project.site)
    _weigh(found, project.site)
    for number in range(asked.rounds):
        tell(f"round {number + 1} of {asked.rounds}")
        _round(found.costs, project, hugo, plain, folder / "checked")
    if hugo and "mkdocs" not in asked.without:
        _mkdocs(found, Mkdocs(folder / "mkdocs", project.content, hugo.plan), asked.rounds, tell)
    _rest(found, project, asked, tell)
    return found


def _round(costs: Costs, project: Project, hugo: Hugo | None, plain: Path, copy: Path) -> None:
    """One run of everything that is measured as a ratio to P."""
    if hugo:
        costs.add("hugo", hugo.build())
        costs.add("hugo search", hugo.search())
    costs.add("cold", project.cold())
    costs.add("alone", pagefind(plain))
    costs.add("own search", searched(plain))
    costs.add("same", project.again())
    for what in EDITS:
        for name, cost in zip(("page", "search"), project.edited(what), strict=True):
            costs.add(f"edit {what} {name}", cost)
    for name, cost in zip(("cold", "same"), checked(project, copy), strict=True):
        costs.add(f"check {name}", cost)


def _mkdocs(found: Measured, peer: Mkdocs, rounds: int, tell: Tell) -> None:
    for number in range(rounds):
        tell(f"MkDocs and Material, {number + 1} of {rounds}")
        found.costs.add("mkdocs", peer.build())
    found.mkdocs = peer.pages()


def _rest(found: Measured, project: Project, asked: Asked, tell: Tell) -> None:
    """What is no ratio to a peer, and what takes a while."""
    if "serve" not in asked.without:
        tell("serve")
        for what, cost in served(project, asked.rounds):
            found.costs.add(f"serve {what}", cost)
    if "memory" not in asked.without:
        tell("memory")
        found.peak = project.memory()
    if "browser" not in asked.without:
        tell("a browser")
        project.cold()
        try:
            found.seen = browsed(project.site, found.weights["account"].address)
        except NoBrowser as problem:
            tell(str(problem))
    if "profile" not in asked.without:
        _profile(found, project, tell)


def _profile(found: Measured, project: Project, tell: Tell) -> None:
    tell("profiles")
    project.forget()
    found.profiles["cold build"] = profiled(project.folder, "build")
    found.profiles["nothing changed"] = profiled(project.folder, "build")
    project.edit("name")
    found.profiles["one account changed"] = profiled(project.folder, "build")
    project.forget()
    found.profiles["check, cold"] = profiled(project.folder, "check")


def _weigh(found: Measured, site: Path) -> None:
    found.weights = {"account": typical(site), "heavy": heavy(site), "table": table(site),
                     **heaviest(site)}  # fmt: skip


def rows(found: Measured) -> Iterator[Row]:
    """The lines of the table."""
    costs, peer = found.costs, found.peer
    if peer:
        yield Row("P: Hugo, and Pagefind over its pages", f"{peer.wall:.2f} s ({peer.cpu:.2f})")
    for what, name in (("  Hugo", "hugo"), ("  Pagefind over Hugo's pages", "hugo search"),
                       ("Pagefind alone, over our whole pages", "alone"),
                       ("  as we run it, over what it reads of them", "own search")):  # fmt: skip
        yield against(what, costs.median(name), peer)
    yield against("cold build with search", costs.median("cold"), peer, 1.0)
    yield against("  the same, against MkDocs + Material", costs.median("cold"),
                  costs.median("mkdocs"), 0.2 if costs.median("mkdocs") else None)  # fmt: skip
    for what, name, most in (
        ("nothing changed", "same", 0.15),
        ("a sentence of one account changed: pages", "edit sentence page", 0.2),
        ("  search follows", "edit sentence search", 0.7),
        ("  serve: from saving to the page", "serve sentence", 0.15),
        ("the name of one account changed: pages", "edit name page", 0.2),
        ("  search follows", "edit name search", 0.7),
        ("  serve: from saving to the page", "serve name", 0.15),
        ("check, cold", "check cold", 0.4),
        ("check, nothing changed", "check same", 0.1),
    ):
        yield against(what, costs.median(name), peer, most)
    yield from _memory(found.peak)
    yield from _weights(found)


def _memory(found: Peak | None) -> Iterator[Row]:
    if found is None or not found.own:
        yield missing("memory of our processes together", "1000 MB")
        return
    yield at_most("memory of our processes together", found.own, 1000, "MB")
    yield Row("  Pagefind's beside it", f"{found.pagefind:.0f} MB")


def _weights(found: Measured) -> Iterator[Row]:
    page, heaviest_ = found.weights["account"], found.weights["heavy"]
    yield at_most("account page, HTML (the middle one)", page.html / 1000, 60, "kB")
    yield at_most("  compressed", page.packed / 1000, 12, "kB")
    yield Row("  of twenty the heaviest", f"{heaviest_.html / 1000:.0f} kB")
    yield from _browsed(found.seen)
    yield at_most("accounts table, HTML", found.weights["table"].html / 1000, 300, "kB")
    yield at_most("  sort in the browser", found.seen.sort if found.seen else None, 100, "ms")
    yield at_most("  filter in the browser", found.seen.filter if found.seen else None, 100, "ms")
    for below, name in NAMES.items():
        if one := found.weights.get(below):
            yield at_most(f"{name}, the heaviest", one.html / 1000, 500, "kB", f"/{one.address}")


def _browsed(seen: Seen | None) -> Iterator[Row]:
    if seen is None:
        yield missing("first view and first search result")
        return
    requests = f"{seen.view.requests} requests"
    yield at_most("  first view, compressed, in all", seen.view.bytes / 1000, 250, "kB", requests)
    yield at_most("first search result", seen.first.bytes / 1000, 400, "kB")
    yield at_most("  in how many requests", seen.first.requests, 20, "requests")
    yield at_most("  a later one", seen.later.bytes / 1000, 60, "kB")


def equality(found: Measured) -> Iterator[str]:
    """What ours and Hugo's pages come to, so that a reader sees that they are equals."""
    if found.equal is None:
        return
    ours, theirs = found.equal
    yield f"Equals, ours and {found.version}'s: " + (
        "within 10 %" if equal(ours, theirs) else "NOT within 10 %"
    )
    for name, what in COMPARED.items():
        one, two = getattr(ours, name), getattr(theirs, name)
        yield f"  {what:<24} {one:>14,} {two:>14,}  {two / max(1, one):.3f}"
    if found.mkdocs:
        yield f"  MkDocs makes {found.mkdocs[0]:,} pages of {found.mkdocs[1]:,} bytes of HTML."


def times(found: Measured) -> Iterator[str]:
    """Where the time goes."""
    for name, one in found.profiles.items():
        yield f"{name}: {one.seconds:.1f} s in one process under cProfile, by part of the program"
        parts = [f"{part} {share:.1%}" for part, share in one.shares.items() if share >= 0.002]
        yield "  " + ", ".join(parts)
        for function, time in one.functions:
            yield f"  {time / one.seconds:6.1%} below {function}"

"""Files and a day in, content with its results and every problem out; of the past, what fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from briefbook.analyse.portfolio import Results, analyse
from briefbook.checks import check_content, check_results
from briefbook.checks.policy import countable
from briefbook.executors import Beside, Workers
from briefbook.files import Files
from briefbook.findings import FOUND, Findings, Noted
from briefbook.load import TOP, Content, Record, empty, load
from briefbook.memory import Calls, Memory
from briefbook.model import Book
from briefbook.model.types import Frozen
from briefbook.problem import Place, Problem, error, failed, ordered
from briefbook.settings import Past, Settings
from briefbook.trees import MANY, Trees
from briefbook.words import Words

STOPS_ANALYSIS = frozenset({"fiscal-year"})
"""Rules without which results cannot be computed."""
Read = Callable[[str], None]
Tick = Callable[[str, int], None]
"""Told of each step (a word) and how much of it is done."""


@dataclass(frozen=True, slots=True)
class Examined:
    """What files say: no content without a book, no results where an error forbids them.

    `skipped` are the errors of files that were left out; they are not among `problems`.
    """

    content: Content | None
    results: Results | None
    problems: tuple[Problem, ...]
    skipped: tuple[Problem, ...] = ()


def examined(
    settings: Settings,
    tick: Tick = lambda *_: None,
    known: Memory | None = None,
    workers: Workers | None = None,
    beside: Beside = nullcontext,
) -> Examined:
    """Content, results and all problems of what a build is asked for; `known` from the last one.

    Many files of which nothing is known are read by `workers`, and checked `beside` the analysis.
    """
    seen = 0

    def read(_: str) -> None:
        nonlocal seen
        seen += 1
        tick("read", seen)

    if past := settings.past:
        return examine_past(past, settings.today, read)
    if settings.content.is_symlink():
        here = Place(settings.content.name)
        wrong = error("symbolic-link", here, "The content is a symbolic link.")
        return Examined(None, None, (wrong,))
    # Whoever knows what the records are needs no trees to make them of.
    files = known.files if known else None
    with Trees() if files else Trees(settings.trees, settings.engine, workers) as trees:
        content, problems = load(settings.content, read, files, trees)
    found = None
    if settings.trees and known is None:
        found = Findings(settings.trees.with_name(FOUND), settings.engine, settings.today)
        if content and len(content.digests) > MANY and found.anew(content) and countable(content):
            return _at_once(content, problems, found, beside)
    return _examined(content, settings.today, problems, known, found)


def examine(source: Path | Files, today: date, known: Memory | None = None) -> Examined:
    """Content, results and all problems of files as they are; `known` from the last time."""
    content, problems = load(source, known=known.files if known else None)
    return _examined(content, today, problems, known)


def _examined(
    content: Content | None,
    today: date,
    problems: Sequence[Problem],
    known: Memory | None,
    found: Findings | None = None,
) -> Examined:
    if content is None:
        return Examined(None, None, ordered(problems))
    if known is None:
        made = _judged(content, today, problems, found or Calls())
        if made.results and found:
            found.write()
        return made
    made = _judged(known.settled(content), today, problems, known)
    if made.results:
        known.forget()
    return made


def _at_once(
    content: Content, problems: Iterable[Problem], calls: Findings, beside: Beside
) -> Examined:
    """As `_judged`, of content that can be analysed whatever else is wrong with it."""
    with beside(partial(_checked, content, calls)) as checked:
        results = analyse(content, calls.today, calls)
        found, noted = checked()
    calls.take(noted)
    late = check_results(content, results, calls)
    calls.write()
    return Examined(content, results, ordered([*problems, *found, *late]))


def _checked(content: Content, calls: Findings) -> tuple[Sequence[Problem], Noted]:
    return check_content(content, calls), calls.noted


def _judged(content: Content, today: date, problems: Iterable[Problem], calls: Calls) -> Examined:
    found = [*problems, *check_content(content, calls)]
    if failed(problem for problem in found if problem.rule in STOPS_ANALYSIS):
        return Examined(content, None, ordered(found))
    results = analyse(content, today, calls)
    return Examined(content, results, ordered([*found, *check_results(content, results, calls)]))


def examine_past(past: Past, today: date, read: Read = lambda _: None) -> Examined:
    """As much of older files as fits today's model and rules; the rest is in `skipped`.

    A file with an error is left out, and so is one that refers to it, until nothing is wrong:
    what is shown belongs together. Whom and what the book of the day named stays known.
    """
    content, problems = load(past.files, read)
    if content is None:
        return Examined(None, None, ordered(problems))
    content = _knowing(content, past.book)
    skipped = [one for one in problems if one.severity == "error"]
    while True:
        # What refers to a file that is left out is wrong here; sources may be missing anywhere.
        whole = replace(content, broken=content.broken & {("sources", "")})
        made = _judged(whole, today, (), Calls())
        bad = [one for one in made.problems if one.severity == "error"]
        smaller = without(whole, {one.place.file for one in bad})
        if not bad or smaller is None:
            kept = tuple(one for one in made.problems if smaller is None or one not in bad)
            return replace(made, problems=kept, skipped=ordered(skipped))
        skipped += bad
        content = smaller


def without(content: Content, files: Set[str]) -> Content | None:
    """Content without the records of some files; None if none of them can be left out."""

    def less(records: Mapping[str, Record[Any]]) -> Mapping[str, Any]:
        return Frozen({id: one for id, one in records.items() if one.file not in files})

    kinds = ("industries", "companies", "accounts", "strategies", "guides")
    parts: dict[str, Any] = {name: less(getattr(content, name)) for name in kinds}
    for kind, model in TOP.items():
        if kind != "book" and getattr(content, kind).file in files:
            parts[kind] = empty(kind, model)
    made = replace(content, **parts)
    same = all(len(getattr(made, name)) == len(getattr(content, name)) for name in kinds)
    return None if same and len(parts) == len(kinds) else made


def _knowing(content: Content, then: Book | None) -> Content:
    if then is None:
        return content
    now = content.book.value
    known = now.model_copy(
        update={
            "team": Frozen({**then.team, **now.team}),
            "capabilities": Frozen({**then.capabilities, **now.capabilities}),
        }
    )
    return replace(content, book=replace(content.book, value=known))


def past_label(past: Past | None, skipped: Iterable[Problem], words: Words) -> str:
    """What every page says of a site that shows another day."""
    if past is None:
        return ""
    said = words("frame.past", day=words.day(past.day), commit=past.commit[:10])
    files = len({one.place.file for one in skipped})
    return f"{said} {words('frame.past.skipped', n=files)}" if files else said

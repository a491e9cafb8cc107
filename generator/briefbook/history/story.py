"""A repository and today's content in, the past of its records out: one pass over git."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice

from briefbook.analyse.due import review_days
from briefbook.history.difference import Changed
from briefbook.history.discreet import discreet
from briefbook.history.git import GitError, Repository, open_repository
from briefbook.history.log import Logged, Touched, log, settled
from briefbook.history.measures import Courses, blob_on, courses
from briefbook.history.past import Place, Reader, record_of
from briefbook.history.reviews import Owed, Versions, owed
from briefbook.history.tree import blobs
from briefbook.history.where import Where
from briefbook.load import Content

EACH = 12
"""Changes that are told of one account, the newest ones."""
COMMITS = 30
"""Commits that are told of the whole content."""
QUARTERS = 8
_ADDRESS = re.compile(r"[^\s<>]+@[^\s<>]+")


@dataclass(frozen=True, slots=True)
class Last:
    """The last change of a file, and why, in the words of its commit."""

    day: date
    author: str
    reason: str


@dataclass(frozen=True, slots=True)
class Event:
    """What one commit changed in one record, and why, in its own words."""

    commit: str
    day: date
    author: str
    reason: str
    changed: Changed


@dataclass(frozen=True, slots=True)
class Story:
    """What git remembers; of a shallow clone only what is exact.

    Records are named by kind and id, files as seen from the content folder. `trails` hold the ends
    of the last quarters and today, oldest first; `known` counts changes by author, most first.
    `owed` are the reviews that plans asked for, `courses` what became of people's measures.
    `untold` counts, by commit, the files of a recent one that nobody looked into.
    """

    shallow: bool = False
    last: Mapping[str, Last] = field(default_factory=dict)
    events: Mapping[tuple[str, str], tuple[Event, ...]] = field(default_factory=dict)
    recent: tuple[tuple[Event, ...], ...] = ()
    untold: Mapping[str, int] = field(default_factory=dict)
    trails: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    known: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    owed: tuple[Owed, ...] = ()
    courses: Mapping[str, Courses] = field(default_factory=dict)


def story(where: Where, content: Content, today: date) -> Story | None:
    """The past of the content, seen from a commit; None without git or a commit."""
    try:
        repository = open_repository(where.root)
        head = repository.commit(where.ref).id
        folder = repository.inside + "content/"
        logged = log(repository, head, folder)
        merges = [one.id for one in logged if len(one.parents) > 1]
        settlements = settled(repository, merges, folder)
        chain = frozenset(repository.run("rev-list", "--first-parent", head, "--").decode().split())
    except GitError:
        return None
    with blobs(where.root) as source, Reader(source, content, where.cache, where.engine) as reader:
        return _Teller(repository, folder, logged, settlements, chain, reader, content).story(today)


@dataclass(slots=True)
class _Teller:
    repository: Repository
    folder: str
    logged: Sequence[Logged]
    settlements: Mapping[str, tuple[Touched, ...]]
    chain: frozenset[str]
    reader: Reader
    content: Content

    def story(self, today: date) -> Story:
        past, versions = list(self._followed()), self._accounts()
        days, since = _quarter_ends(self.content, today), self._since()
        recent, untold = self._recent(past)
        return Story(
            shallow=self.repository.shallow,
            last=self._last(past),
            events=self._events(past, versions, days, since),
            recent=recent,
            untold=untold,
            trails=self._trails(versions, days),
            known=self._known(past, today),
            owed=self._owed(versions, today, since),
            courses=courses(versions, self.reader, self.content, days),
        )

    def _owed(self, versions: Versions, today: date, since: date) -> tuple[Owed, ...]:
        return owed(versions, self.reader, self.content.book.value, today, since)

    def _exact(self, commit: Logged) -> bool:
        """Where a clone ends, a commit seems to have made everything."""
        return not (self.repository.shallow and not commit.parents)

    def _since(self) -> date:
        """From which day on all is known."""
        ends = (one.day for one in self.logged if not self._exact(one))
        return max(ends, default=date.min)

    def _followed(self) -> Iterator[tuple[Logged, Touched, str]]:
        """Each change of a file by whoever made it, newest first, with the file's name of today."""
        now: dict[str, str] = {}
        for commit in self.logged:
            if not self._exact(commit):
                continue
            before: dict[str, str] = {}
            for one in self._made(commit):
                name = now.get(one.new or one.old, one.new or one.old)
                if one.old and one.new and one.old != one.new:
                    before[one.old] = name
                yield commit, one, name.removeprefix(self.folder)
            now.update(before)

    def _made(self, commit: Logged) -> Sequence[Touched]:
        """What the author of a commit changed: of a merge how a conflict was settled, if it was."""
        if len(commit.parents) < 2:
            return commit.touched
        found = self.settlements.get(commit.id, ())
        return [one for one in found if self.reader.changed(one, self.folder, commit.day)]

    def _last(self, past: Sequence[tuple[Logged, Touched, str]]) -> Mapping[str, Last]:
        found: dict[str, Last] = {}
        for commit, _, name in past:
            found.setdefault(name, Last(commit.day, author(commit.author), reason(commit)))
        return found

    def _events(
        self, past: Sequence[tuple[Logged, Touched, str]], versions: Versions,
        days: Sequence[date], since: date,
    ) -> Mapping[tuple[str, str], tuple[Event, ...]]:  # fmt: skip
        """The newest changes of each account. All else of it is asked in the same turn.

        So each version is parsed once, and those of one account are all that memory holds.
        """
        found = {}
        for record, some in _by_account(past).items():
            each = (event for one in some for event in self._event(*one))
            found[record] = tuple(islice(each, EACH))
            if record[1] in versions:
                mine = {record[1]: versions[record[1]]}
                self._trails(mine, days)
                self._owed(mine, days[-1], since)
                courses(mine, self.reader, self.content, days)
        return {record: events for record, events in found.items() if events}

    def _event(self, commit: Logged, one: Touched, name: str) -> list[Event]:
        changed = self.reader.changed(one, self.folder, commit.day)
        if changed is None:
            return []
        now = self.content.accounts.get((record_of(name) or ("", ""))[1])
        changed = discreet(changed, now.value if now else None)
        return [Event(commit.id, commit.day, author(commit.author), reason(commit), changed)]

    def _recent(
        self, past: Sequence[tuple[Logged, Touched, str]]
    ) -> tuple[tuple[tuple[Event, ...], ...], Mapping[str, int]]:
        """The newest commits that changed records, each with the first of what it changed.

        With them the number of files of each that come after these.
        """
        groups: dict[str, list[Event]] = {}
        untold: Counter[str] = Counter()
        for commit, one, name in past:
            if commit.id not in groups and len(groups) == COMMITS:
                break
            group = groups.get(commit.id, [])
            if record_of(name) and len(group) < EACH:
                group += self._event(commit, one, name)
            elif record_of(name):
                untold[commit.id] += 1
            if group:
                groups[commit.id] = group
        return tuple(tuple(events) for events in groups.values()), untold

    def _trails(self, versions: Versions, days: Sequence[date]) -> Mapping[str, tuple[Place, ...]]:
        trails: defaultdict[str, list[Place]] = defaultdict(list)
        for id, some in versions.items():
            for day in days:
                blob = blob_on(some, day)
                place = self.reader.place(blob, day) if blob else None
                if place:
                    trails[id].append(place)
        return {id: tuple(places) for id, places in trails.items()}

    def _accounts(self) -> Versions:
        """The versions of each account of today."""
        named = ((record_of(name), some) for name, some in self._versions().items())
        return {
            record[1]: some
            for record, some in named
            if record and record[0] == "account" and record[1] in self.content.accounts
        }

    def _versions(self) -> Mapping[str, list[tuple[date, str]]]:
        """Blobs of each file on the branch by day, oldest first, under its name of today."""
        found: dict[str, list[tuple[date, str]]] = {}
        for commit in reversed([one for one in self.logged if one.id in self.chain]):
            gone = {one.old: found.pop(one.old, []) for one in commit.touched if one.old != one.new}
            for one in commit.touched:
                if one.new:
                    past = gone.get(one.old, []) if one.old != one.new else found.get(one.new, [])
                    found[one.new] = [*past, (commit.day, one.new_blob)]
        return {name.removeprefix(self.folder): versions for name, versions in found.items()}

    def _known(
        self, past: Sequence[tuple[Logged, Touched, str]], today: date
    ) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """Who changed each account in the last year, and in how many commits."""
        since = today - timedelta(days=365)
        counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for commit, _, name in past:
            record = record_of(name)
            if record and record[0] == "account" and since <= commit.day <= today:
                counts[record[1]][author(commit.author)] += 1
        return {
            id: tuple(sorted(count.items(), key=lambda pair: (-pair[1], pair[0])))
            for id, count in counts.items()
        }


def _by_account(
    past: Sequence[tuple[Logged, Touched, str]],
) -> Mapping[tuple[str, str], Sequence[tuple[Logged, Touched, str]]]:
    found: defaultdict[tuple[str, str], list[tuple[Logged, Touched, str]]] = defaultdict(list)
    for commit, one, name in past:
        record = record_of(name)
        if record and record[0] == "account":
            found[record].append((commit, one, name))
    return found


def _quarter_ends(content: Content, today: date) -> tuple[date, ...]:
    """The ends of the last quarters of the fiscal year, and today."""
    years = range(today.year - QUARTERS // 4 - 1, today.year + 2)
    ends = set()
    for year in years:
        *begun, last = review_days(content.book.value, year)
        ends |= {last, *(day - timedelta(days=1) for day in begun)}
    return (*sorted(day for day in ends if day < today)[-QUARTERS:], today)


def author(name: str) -> str:
    """A name as written in git; "" where nothing but an address of e-mail stands there."""
    return said(name) if _ADDRESS.sub("", name).strip() else ""


def reason(commit: Logged) -> str:
    """Why somebody changed something: a `Reason:` line, else the subject."""
    return said(next(iter(commit.trailer("reason")), commit.subject))


def said(words: str) -> str:
    """What somebody wrote in git, on one line, as it is seen, and without addresses of e-mail."""
    seen = "".join(sign for sign in words if sign.isprintable() or sign.isspace())
    return " ".join(_ADDRESS.sub("…", seen).split())

"""Two states of the content files in, what changed in each record and what follows from it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from briefbook.files import Files, Some
from briefbook.history.compare import Edit, Step, edits
from briefbook.history.consequences import Consequence, consequences, state
from briefbook.history.git import Change
from briefbook.load import TOP, Content, load
from briefbook.model import FOLDERS, Book
from briefbook.problem import Problem

Status = Literal["added", "removed", "renamed", "changed", "affected", "unreadable"]
_ALWAYS = ("book.yml", "sources.yml")
RULING = ("book.yml", "strategies/")
"""What is said here counts for every account."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One file of two states; `old_file` is "" where it was not there.

    `affected` are accounts whose own file is the same. `unreadable` ones fit the model on neither
    or only on one side, so that nothing can be said of what changed in them.
    """

    kind: str
    id: str
    name: str
    file: str
    old_file: str
    status: Status
    edits: tuple[Edit, ...] = ()
    consequences: tuple[Consequence, ...] = ()

    @property
    def files(self) -> tuple[str, ...]:
        """Its names on both sides."""
        return tuple(dict.fromkeys(name for name in (self.old_file, self.file) if name))


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed between two states; `content` is the new one as far as it was read.

    `rules` is the book that judges the change: the old one, so that nobody lifts a rule by the way.
    """

    changed: tuple[Changed, ...]
    content: Content | None
    rules: Book | None
    problems: tuple[Problem, ...]

    @property
    def asks(self) -> bool:
        """Whether the book asks anything of commits."""
        return self.rules is not None and self.rules.review is not None


def difference(old: Files | None, new: Files, changes: Sequence[Change], today: date) -> Difference:
    """The changes in meaning between two states; names are seen from the content folder.

    Read are the files that changed, the book, the sources and the strategies; all accounts only
    where the book or a strategy changed, since these count for all. Both states are judged on the
    same day.
    """
    before = _read(old, [one.old for one in changes], changes) if old else None
    after, problems = _load(new, [one.new for one in changes], changes)
    found = [one for change in changes if (one := _changed(change, before, after, today))]
    found += _affected(before, after, {one.file for one in found}, today)
    told = {one.new for one in changes}
    order = sorted(found, key=lambda one: (_RANK[one.kind], one.name.casefold(), one.file))
    judge = before or after
    return Difference(
        changed=tuple(order),
        content=after,
        rules=judge.book.value if judge else None,
        problems=tuple(one for one in problems if one.place.file in told),
    )


_RANK = {
    kind: rank
    for rank, kind in enumerate(("account", *(k for k in FOLDERS if k != "account"), *TOP,
                                 "sources", "page"))
}  # fmt: skip


def _read(files: Files, names: Sequence[str | None], changes: Sequence[Change]) -> Content | None:
    return _load(files, names, changes)[0]


def _load(
    files: Files, names: Sequence[str | None], changes: Sequence[Change]
) -> tuple[Content | None, tuple[Problem, ...]]:
    wanted = {name for name in names if name} | set(_ALWAYS) | _folder(files, "strategies")
    if any(name.startswith(RULING) for one in changes for name in (one.old, one.new) if name):
        wanted |= _folder(files, "accounts")
    return load(Some(files, wanted))


def _folder(files: Files, folder: str) -> set[str]:
    try:
        return {f"{folder}/{one.name}" for one in files.entries(folder)}
    except OSError:
        return set()


def _changed(
    change: Change, before: Content | None, after: Content | None, today: date
) -> Changed | None:
    known = _known(change.new or change.old or "")
    if known is None:
        return None
    kind, id = known
    old, new = _found(before, change.old), _found(after, change.new)
    if (change.old and old is None) or (change.new and new is None):
        # Its neighbour may be at fault: without a book nothing is read at all.
        name = new[0] if new else old[0] if old else id
        return Changed(kind, id, name, change.new or "", change.old or "", "unreadable")
    status = _status(change)
    found = tuple(_edits(kind, old, new))
    if status == "changed" and not found:
        return None
    name = new[0] if new else old[0] if old else id
    made = Changed(kind, id, name, change.new or "", change.old or "", status, found)
    return _followed(made, before, after, today)


def _status(change: Change) -> Status:
    if change.old is None:
        return "added"
    if change.new is None:
        return "removed"
    return "changed" if change.old == change.new else "renamed"


_Value = tuple[str, Any]
"""What it is called, and what it holds."""


def _known(file: str) -> tuple[str, str] | None:
    folder, _, base = file.rpartition("/")
    stem, _, ending = base.rpartition(".")
    kind = next((kind for kind, (name, _) in FOLDERS.items() if name == folder), None)
    if kind and ending == "yml":
        return kind, stem
    if folder == "pages" and ending == "md":
        return "page", stem
    return (stem, "") if file in {f"{name}.yml" for name in (*TOP, "sources")} else None


def _found(content: Content | None, file: str | None) -> _Value | None:
    """The value of a file, if it is there and fits."""
    known = _known(file) if file else None
    if content is None or known is None:
        return None
    kind, id = known
    if (kind, id) in content.broken:
        return None
    if kind == "page":
        page = content.guides.get(id)
        return (page.title, page) if page else None
    if kind == "sources":
        return "sources.yml", content.sources
    if kind in TOP:
        return f"{kind}.yml", getattr(content, kind).value
    record = content.of(kind).get(id)
    return (record.name, record.value) if record else None


def _edits(kind: str, old: _Value | None, new: _Value | None) -> Iterator[Edit]:
    if old is None or new is None:
        return
    if kind != "page":
        yield from edits(old[1], new[1])
        return
    if old[0] != new[0]:
        yield Edit((Step("title"),), old[0], new[0])
    if old[1].text != new[1].text:
        yield Edit((Step("text"),), None, None)


def _followed(made: Changed, before: Content | None, after: Content | None, today: date) -> Changed:
    if made.kind != "account" or before is None or after is None:
        return made
    if made.status not in {"changed", "renamed", "affected"}:
        return made
    old = before.accounts[_known(made.old_file or made.file)[1]]  # type: ignore[index]
    new = after.accounts[made.id]
    follows = consequences(state(old, before, today), state(new, after, today))
    parts = (made.kind, made.id, made.name, made.file, made.old_file, made.status, made.edits)
    return Changed(*parts, follows)


def _affected(
    before: Content | None, after: Content | None, told: set[str], today: date
) -> Iterator[Changed]:
    """Accounts whose file is the same, but not what follows from it."""
    if before is None or after is None:
        return
    for id, record in after.accounts.items():
        if record.file not in told and id in before.accounts:
            made = Changed("account", id, record.name, record.file, record.file, "affected")
            followed = _followed(made, before, after, today)
            if followed.consequences:
                yield followed

"""Content files in, a Book of frozen records and every problem of their shape out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from briefbook.blocks import blocks
from briefbook.files import Files, Folder
from briefbook.model import (
    FOLDERS,
    Account,
    Book,
    Company,
    Glossary,
    Industry,
    Part,
    Questions,
    Quiz,
    Redirects,
    Source,
    Strategy,
)
from briefbook.model.types import Frozen
from briefbook.problem import Place, Problem, error
from briefbook.shape import shape, shape_sources
from briefbook.source import INDUSTRY, ORDINARY, Packed, Tree, limits_of, pack, read, read_text
from briefbook.trees import Trees
from briefbook.walk import Walked, refuse, walk

Model = TypeVar("Model", bound=Part)
TOP: dict[str, type[Part]] = {
    "book": Book,
    "glossary": Glossary,
    "questions": Questions,
    "quiz": Quiz,
    "redirects": Redirects,
}
"""Kinds that are one file at the top of the content."""


@dataclass(frozen=True, slots=True)
class Record(Generic[Model]):
    """One file: its kind, id, place in the content folder, value, and where each part stands."""

    kind: str
    id: str
    file: str
    value: Model
    packed: Packed = field(compare=False)  # there are several ways to pack the same tree

    @property
    def tree(self) -> Tree:
        """The file as written."""
        return self.packed.tree

    def written(self, name: str) -> Any:
        """A field as it was written, None where it was not."""
        return self.tree.data.get(name)

    @property
    def name(self) -> str:
        """What readers call it."""
        return str(getattr(self.value, "name", self.id))


@dataclass(frozen=True, slots=True)
class Guide:
    """A page of prose: title from its first heading, the rest as CommonMark."""

    id: str
    file: str
    title: str
    text: str
    first_line: int


@dataclass(frozen=True, slots=True)
class Content:
    """All records by kind and id; what failed its shape is absent and named in `broken`.

    `quoted` is the text of those files that a page shows lines of.
    """

    book: Record[Book]
    industries: Mapping[str, Record[Industry]]
    companies: Mapping[str, Record[Company]]
    accounts: Mapping[str, Record[Account]]
    strategies: Mapping[str, Record[Strategy]]
    sources: Mapping[str, Source]
    sources_tree: Tree | None
    glossary: Record[Glossary]
    questions: Record[Questions]
    quiz: Record[Quiz]
    redirects: Record[Redirects]
    guides: Mapping[str, Guide]
    broken: frozenset[tuple[str, str]]
    digests: Mapping[str, str] = field(default_factory=Frozen)
    """SHA-256 of each file that was read, by its name."""
    quoted: Mapping[str, str] = field(default_factory=Frozen)

    def records(self) -> Iterator[Record[Any]]:
        """Every record with a file of its own, in a fixed order."""
        for records in (self.industries, self.companies, self.accounts, self.strategies):
            yield from records.values()

    def record(self, kind: str, id: str) -> Record[Any] | None:
        """A record of a kind, or the file at the top that is the kind where there is no id."""
        if kind in TOP and not id:
            found: Record[Any] = getattr(self, kind)
            return found
        return self.of(kind).get(id) if kind in FOLDERS else None

    def of(self, kind: str) -> Mapping[str, Record[Any]]:
        """Records of a kind by id."""
        return {
            "industry": self.industries,
            "company": self.companies,
            "account": self.accounts,
            "strategy": self.strategies,
        }[kind]  # type: ignore[return-value]


Known = dict[str, tuple[str, Record[Any] | None, tuple[Problem, ...]]]
"""What files said when they were last read: SHA-256, record, problems, by their names."""


@dataclass(slots=True)
class _Found(Walked):
    """What the walk over the folder and the reading of its files have gathered."""

    records: dict[str, dict[str, Record[Any]]] = field(
        default_factory=lambda: {kind: {} for kind in FOLDERS}
    )
    top: dict[str, Record[Any]] = field(default_factory=dict)
    guides: dict[str, Guide] = field(default_factory=dict)
    sources: Mapping[str, Source] = field(default_factory=Frozen)
    sources_tree: Tree | None = None
    digests: dict[str, str] = field(default_factory=dict)
    known: Known = field(default_factory=dict)
    trees: Trees = field(default_factory=Trees)


def load(
    source: Path | Files,
    tick: Callable[[str], None] = lambda _: None,
    known: Known | None = None,
    trees: Trees | None = None,
) -> tuple[Content | None, tuple[Problem, ...]]:
    """Content of a folder or other files, as far as it goes, and all problems of shape.

    `tick` is told of each file read. There is no content without a book.yml that reads. `known`
    remembers what files said, for the next time; files of the same bytes are not understood twice.
    `trees` do so for other processes: such files are shaped again, but not parsed.
    """
    found = _Found(Folder(source) if isinstance(source, Path) else source)
    found.known = known if known is not None else {}
    found.trees = trees or Trees()
    walk(found, frozenset(TOP))
    found.trees.ahead(found.source, [name for name in found.files if name.endswith(".yml")])
    for name in found.files:
        tick(name)
        if name.startswith("pages/"):
            _guide(found, name)
        elif name == "sources.yml":
            _sources(found, name)
        else:
            _record(found, name)
    if "book" in found.top:
        return _content(found), tuple(found.problems)
    _no_book(found)
    return None, tuple(found.problems)


def load_book(source: Files) -> Book | None:
    """The book of some files, if it reads."""
    found = _Found(source)
    _record(found, "book.yml")
    return found.top["book"].value if "book" in found.top else None


def _sources(found: _Found, name: str) -> None:
    raw = _bytes(found, name, ORDINARY.size)
    said, bad = (None, ()) if raw is None else _said(found, raw, name)
    found.problems += bad
    if said:
        found.sources_tree = said[1]
        found.sources, bad = shape_sources(said[1])
        found.problems += bad
    if not found.sources:
        found.broken.add(("sources", ""))


def _record(found: _Found, name: str) -> None:
    parent, _, base = name.rpartition("/")
    stem = base.removesuffix(".yml")
    kind, model = _kind(parent, stem)
    raw, record = _bytes(found, name, limits_of(name).size), None
    if raw is not None:
        digest, record, bad = found.known.get(name, ("", None, ()))
        if digest != found.digests[name]:
            record, bad = _understood(found, raw, kind, model, name)
            found.known[name] = (found.digests[name], record, bad)
        found.problems += bad
    if record is None:
        found.broken.add((kind, stem if parent else ""))
    elif parent:
        found.records[kind][stem] = record
    else:
        found.top[kind] = record


def _understood(
    found: _Found, raw: bytes, kind: str, model: type[Part], name: str
) -> tuple[Record[Any] | None, tuple[Problem, ...]]:
    said, problems = _said(found, raw, name)
    if said is None:
        return None, problems
    packed, tree = said
    value, bad = shape(kind, model, tree)
    id = name.rpartition("/")[2].removesuffix(".yml") if "/" in name else kind
    return (Record(kind, id, name, value, packed) if value is not None else None), bad


def _said(
    found: _Found, raw: bytes, name: str
) -> tuple[tuple[Packed, Tree] | None, tuple[Problem, ...]]:
    """What a file says, as it was kept or as it is read: in little memory, and as a tree."""
    digest = found.digests[name]
    if kept := found.trees.of(name, digest):
        return kept, ()
    tree, problems = read(raw, name, limits_of(name))
    if tree is None:
        return None, problems
    return (found.trees.add(pack(tree), digest), tree), ()


def _content(found: _Found) -> Content:
    records, top = found.records, found.top
    return Content(
        book=top["book"],
        sources=Frozen(found.sources),
        sources_tree=found.sources_tree,
        industries=Frozen(records["industry"]),
        companies=Frozen(records["company"]),
        accounts=Frozen(records["account"]),
        strategies=Frozen(records["strategy"]),
        glossary=top.get("glossary") or empty("glossary", Glossary),
        questions=top.get("questions") or empty("questions", Questions),
        quiz=top.get("quiz") or empty("quiz", Quiz),
        redirects=top.get("redirects") or empty("redirects", Redirects),
        guides=Frozen(found.guides),
        broken=frozenset(found.broken),
        digests=Frozen(found.digests),
        quoted=Frozen(_quoted(found)),
    )


def _quoted(found: _Found) -> dict[str, str]:
    """The text of the files that pages ask to show lines of; no other text is kept."""
    asked = {
        one.quoted[:2]
        for guide in found.guides.values()
        for one in blocks(guide.text)
        if one.word.text == "yaml-of"
    }
    texts: dict[str, str] = {}
    for kind, id in sorted(asked):
        if record := found.records.get(kind, {}).get(id) if id else found.top.get(kind):
            raw = _bytes(found, record.file, INDUSTRY.size)
            text = raw and read_text(raw, record.file, INDUSTRY)[0]
            texts |= {record.file: text} if text else {}
    return texts


def _no_book(found: _Found) -> None:
    told = any(
        problem.rule == "no-content" or problem.place.file.startswith("book.")
        for problem in found.problems
    )
    if not told:
        refuse(
            found,
            "book.yml",
            "no-book",
            "There is no book.yml.",
            "Run `briefbook init` or write `name: Our company`.",
        )


def _kind(parent: str, stem: str) -> tuple[str, type[Part]]:
    for kind, (folder, model) in FOLDERS.items():
        if parent == folder:
            return kind, model
    return stem, TOP[stem]


@cache
def empty(kind: str, model: type[Model]) -> Record[Model]:
    """What stands for a file at the top that is not there."""
    tree, _ = read(b"{}", f"{kind}.yml")
    assert tree is not None
    return Record(kind, kind, f"{kind}.yml", model.model_validate({}), pack(tree))


def _bytes(found: _Found, file: str, limit: int) -> bytes | None:
    try:
        raw = found.source.read(file, limit)
    except OSError as bad:
        refuse(
            found,
            file,
            "unreadable",
            f"The file cannot be read: {bad.strerror}.",
            "Check its permissions.",
        )
        return None
    found.digests[file] = hashlib.sha256(raw).hexdigest()
    return raw


def _guide(found: _Found, file: str) -> None:
    stem = file.removeprefix("pages/").removesuffix(".md")
    raw = _bytes(found, file, ORDINARY.size)
    text, bad = (None, ()) if raw is None else read_text(raw, file)
    found.problems += bad
    lines = (text or "").split("\n")
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    title = lines[first].removeprefix("# ").strip() if lines[first].startswith("# ") else ""
    if title:
        rest = "\n".join(lines[first + 1 :])
        found.guides[stem] = Guide(stem, file, title, rest, first + 2)
        return
    found.broken.add(("page", stem))
    if text is not None:
        hint = "Front matter does not exist here." if lines[first].startswith("---") else ""
        found.problems.append(
            error(
                "page-title",
                Place(file, first + 1, 1),
                "A page begins with its title.",
                f"Write `# Title` on the first line. {hint}".strip(),
            )
        )

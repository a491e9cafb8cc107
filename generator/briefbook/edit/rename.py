"""A record, its new id and all content in, every file that changes for it out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefbook.edit.change import Path, changed, removed, retold
from briefbook.edit.files import Change, Changes, content_files, read
from briefbook.edit.known import EACH, Known, Steps, known
from briefbook.edit.problem import EditError
from briefbook.edit.records import PAGE, file_of, kind_of, limits
from briefbook.files import Files
from briefbook.model.types import ID, RESERVED
from briefbook.source import Tree
from briefbook.source import read as read_tree

REDIRECTS = "redirects.yml"
_HEAD = """\
# yaml-language-server: $schema=../.schema/redirects.json
# Records that have another id now: their old addresses lead on. `briefbook rename` keeps this.
"""
_SNIPPET = re.compile(
    r"^ {0,3}(?P<fence>`{3,}|~{3,}) *ya?ml\b[^\n]*\n(?P<lines>.*?)(?:^ {0,3}(?P=fence)|\Z)",
    re.MULTILINE | re.DOTALL,
)
"""YAML that a page quotes."""
QUIZ = ("answer", "others")
"""Fields of a quiz that name a fact as `kind/id#...`."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """All that a new id changes, and in how many places it was referred to."""

    changes: Changes
    references: int


def rename(source: Files, kind: str, old: str, new: str) -> Renamed:
    """The record under its new id, every reference to it rewritten, its old address led on.

    Raises `EditError`; whether the content still holds together is for `check` to say.
    """
    before, after = file_of(kind, old), file_of(kind, new)
    names = content_files(source)
    _refuse(names, new, before, after)
    name = _Name(kind, old, new)
    changes: dict[str, Change] = {}
    count = 0
    for file in names:
        raw = read(source, file)
        made, found = (raw, 0) if old.encode() not in raw else name.rewritten(raw, file)
        count += found
        if file == before:
            changes[before], changes[after] = Change(raw, None), Change(None, made)
        elif made != raw:
            changes[file] = Change(raw, made)
    known_ = read(source, REDIRECTS) if REDIRECTS in names else None
    now = changes[REDIRECTS].after if REDIRECTS in changes else known_
    changes[REDIRECTS] = Change(known_, _redirected(now, kind, old, new))
    return Renamed(changes, count)


def _refuse(names: tuple[str, ...], new: str, before: str, after: str) -> None:
    if before not in names:
        raise EditError(f"There is no record {before}.")
    if not re.fullmatch(ID, new) or "\n" in new or new in RESERVED:
        raise EditError(
            f"`{new}` cannot be an id. Use a-z, 0-9 and hyphens, at most 63 characters, "
            "and no name that the site or a file system keeps for itself."
        )
    if after in names:
        raise EditError(f"{after} is here already.")


@dataclass(frozen=True, slots=True)
class _Name:
    """The id of a record before and after."""

    kind: str
    old: str
    new: str

    def rewritten(self, raw: bytes, file: str) -> tuple[bytes, int]:
        """A file with every reference to the record under its new id, and how many there are."""
        if kind_of(file) == PAGE:
            text = raw.decode("utf-8")
            made, links = self._in_prose(text)
            made, quoted = self._in_snippets(made)
            return made.encode(), links + quoted
        tree, problems = read_tree(raw, file, limits(file))
        if tree is None:
            raise EditError(f"{problems[0]}")
        wanted = dict(self._texts(kind_of(file), tree.data, (), ()))
        if not wanted:
            return raw, 0
        text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        made = retold(text.replace("\r\n", "\n"), wanted, self._in_raw)
        self._hold(made, file, tree, wanted)
        return (made.replace("\n", "\r\n") if "\r\n" in text else made).encode(), len(wanted)

    def _texts(self, kind: str, data: Any, path: Path, steps: Steps) -> Iterator[tuple[Path, str]]:
        """Paths of texts that refer to the record, with what they are to say."""
        here = known(kind, steps) or Known()
        if isinstance(data, str):
            made = self._text(kind, here, steps, data)
            if made != data:
                yield path, made
        elif isinstance(data, list):
            for number, one in enumerate(data):
                yield from self._texts(kind, one, (*path, number), (*steps, EACH))
        else:
            for key, one in data.items():
                yield from self._texts(kind, one, (*path, key), (*steps, here.step(key)))

    def _text(self, kind: str, here: Known, steps: Steps, text: str) -> str:
        if here.refers_to == self.kind:
            return self.new if text == self.old else text
        if here.refers_to == "record" or (kind == "quiz" and steps[1:2] and steps[1] in QUIZ):
            return self._swapped(text, f"{self.kind}/")
        if (here.refers_to, self.kind) in {("chain-node", "industry"), ("tactic", "strategy")}:
            return self._swapped(text, "")
        return self._in_prose(text)[0] if here.type == "prose" else text

    def _swapped(self, text: str, prefix: str) -> str:
        """`prefix` and the old id at the beginning of a text, with the new id."""
        found = re.match(rf"{re.escape(prefix + self.old)}(?=$|[/#])", text)
        return f"{prefix}{self.new}{text[found.end() :]}" if found else text

    def _in_prose(self, text: str) -> tuple[str, int]:
        pattern = rf"(ref:{self.kind}/){re.escape(self.old)}(?![a-z0-9-])"
        return re.subn(pattern, rf"\g<1>{self.new}", text)

    def _in_snippets(self, text: str) -> tuple[str, int]:
        """References by kind and id in the YAML that a page quotes; an id alone may be anything."""
        wanted = rf"(?<![\w./-]){re.escape(f'{self.kind}/{self.old}')}(?![\w/-]|\.\w)"
        count = 0

        def told(found: re.Match[str]) -> str:
            nonlocal count
            made, here = re.subn(wanted, f"{self.kind}/{self.new}", found["lines"])
            count += here
            start, end = found.start("lines") - found.start(), found.end("lines") - found.start()
            return found[0][:start] + made + found[0][end:]

        return _SNIPPET.sub(told, text), count

    def _in_raw(self, raw: str) -> str:
        """A text as it stands in the file, of which it is known that it refers to the record."""
        made, count = self._in_prose(raw)
        if count:
            return made
        pattern = rf"(?<![a-z0-9-]){re.escape(self.old)}(?![a-z0-9-])"
        return re.sub(pattern, self.new, raw, count=1)

    def _hold(self, made: str, file: str, tree: Tree, wanted: dict[Path, str]) -> None:
        after, _ = read_tree(made.encode(), file, limits(file))
        data = _with(tree.data, wanted)
        if after is None or after.data != data:
            raise EditError(f"A reference in {file} cannot be rewritten. Change it by hand.")


def _with(data: Any, wanted: dict[Path, str], path: Path = ()) -> Any:
    if isinstance(data, str):
        return wanted.get(path, data)
    if isinstance(data, list):
        return [_with(one, wanted, (*path, number)) for number, one in enumerate(data)]
    return {key: _with(one, wanted, (*path, key)) for key, one in data.items()}


def _redirected(raw: bytes | None, kind: str, old: str, new: str) -> bytes:
    """redirects.yml with the old id leading to the new one, and none leading away from it."""
    if raw is None:
        return f"{_HEAD}{kind}:\n  {old}: {new}\n".encode()
    text = raw.decode("utf-8")
    tree, _ = read_tree(raw, REDIRECTS)
    made = changed(text, "redirects", {(kind, old): new})
    if tree and new in tree.data.get(kind, {}):
        made = removed(made, (kind, new))
    return made.encode()

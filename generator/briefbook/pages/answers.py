"""A site and what somebody reads of it in, SHA-256 of the answers out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, is_dataclass
from typing import Any

from briefbook.load import Guide, Record
from briefbook.memory import Calls
from briefbook.pages.gists import GISTS
from briefbook.pages.here import Site
from briefbook.pages.seen import KEYS, RECORDS, Read, entry_of, value

OWN = frozenset({
    "results.business", "results.complete", "results.dues_of", "results.facts_of", "results.fits",
    "results.important", "results.people", "results.plans", "results.quality.accounts",
    "results.ready.accounts", "results.ready.next", "results.signs", "results.source_uses",
    "results.standings", "results.years",
})  # fmt: skip
"""What these say of an account follows from its file, from files of no account, and from the day.

Their keys are its id, or hold it behind the word for accounts.
"""
SHARED = ("accounts/", "pages/")
"""Where the names of files begin that others than their own account follow from, or none."""
SAME = {"results.facts": "results.facts_of"}
"""What says all that another says, which is asked for its entries as well."""
WIDE = 32
"""Letters of a digest in a row."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Fields of all records of a table, of each file as one row of digests in their order."""

    names: tuple[str, ...] = ()
    of: dict[str, str] = field(default_factory=dict)

    def add(self, record: Record[Any]) -> None:
        """Take in a record."""
        if record.file not in self.of:
            said = (_digest(repr(record.written(name)))[:WIDE] for name in self.names)
            self.of[record.file] = "".join(said)

    def column(self, name: str, records: Mapping[str, Record[Any]]) -> str:
        """What all records say in a field."""
        at = self.names.index(name) * WIDE
        return repr([(id, self.of[one.file][at : at + WIDE]) for id, one in records.items()])


@dataclass(frozen=True, slots=True)
class Told:
    """SHA-256 of the files that a site was made from, and rows of those tables that were read."""

    files: Mapping[str, str] = field(default_factory=dict)
    rows: Mapping[str, Rows] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Answers:
    """What a site says to those who read of it, each thing in short and found once."""

    site: Site
    calls: Calls = field(default_factory=Calls)
    found: dict[Read, str] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)

    def of(self, read: Read) -> str:
        """SHA-256 over the answer to one read; a gist is told as it is."""
        if read not in self.found:
            said = self._said(read)
            self.found[read] = said if _is_gist(read) else _digest(said)
        return self.found[read]

    def other(self, said: Mapping[Read, str], then: Told) -> set[Read]:
        """Those of some reads whose answers were others, when files said so.

        What must be as it was is not looked at: a record of the same file, and what follows from
        one file where no file that many follow from is another.
        """
        files, content = self.site.content.digests, self.site.content
        same = {name for name, digest in then.files.items() if files.get(name) == digest}
        records = {
            (path, id)
            for path in RECORDS
            for id, one in value(self.site, path).items()
            if one.file in same
        }
        others = then.files.keys() | files.keys()
        alone = all(one in same for one in others if not one.startswith(SHARED))
        own = {id for id, one in content.accounts.items() if alone and one.file in same}
        for path, rows in then.rows.items():
            some = {file: row for file, row in rows.of.items() if file in same}
            self.rows[path] = Rows(rows.names, some)
        for read, answer in said.items():
            gist = _is_gist(read)
            if read[:2] in records or ((gist or read[0] in OWN) and _account(read) in own):
                self.found[read] = answer
                if gist and answer:
                    self.site.shared[read] = json.loads(answer)
        return {read for read, answer in said.items() if self.of(read) != answer}

    def told(self, reads: Iterable[Read]) -> Told:
        """What must be known to find, at another time, what of some reads is as it was."""
        columns = [read for read in reads if len(read) > 1 and read[0].endswith(KEYS)]
        rows = {
            path: self._rows(path, {name for table, name in columns if table == path + KEYS})
            for path in sorted(RECORDS)
        }
        return Told(self.site.content.digests, rows)

    def _rows(self, path: str, names: Set[str]) -> Rows:
        """Rows with at least these fields; each file is opened once."""
        known = self.rows.get(path)
        if known is None or not names <= {*known.names}:
            known = self.rows[path] = Rows(tuple(sorted(names)))
        for record in (value(self.site, path) or {}).values():
            known.add(record)
        return known

    def _said(self, read: Read) -> str:
        """All of a value, for one that differs must not pass as the same; "" where none is."""
        path, *entry = SAME.get(read[0], read[0]), *read[1:]
        there = value(self.site, path)
        if path.endswith(KEYS):
            return self._column(path, entry[0]) if entry else repr(tuple(there or ()))
        if path in RECORDS and entry:
            return self._field(there.get(entry[0]), *entry[1:])
        if _is_gist(read):
            return json.dumps(there[entry[0]]) if entry[0] in there else ""
        key = entry[0] if len(entry) == 1 else tuple(entry)
        if entry and isinstance(there, Mapping):
            return self._text(there[key]) if key in there else ""
        if entry and isinstance(there, Set):
            return str(key in there)
        if isinstance(there, Mapping) and not is_dataclass(there):
            return self._table(path, there)
        return self._text(there)

    def _table(self, path: str, table: Mapping[Any, Any]) -> str:
        """Most of its entries are asked for one by one as well."""
        entries = {key: entry_of(path, key) for key in table}
        return repr([
            (key, self.of(read) if len(read) > 1 else self._text(table[key]))
            for key, read in entries.items()
        ])  # fmt: skip

    def _field(self, record: Record[Any] | None, name: str | None = None) -> str:
        """A field is told as it was written: what it says follows from that."""
        if record is None:
            return ""
        if name is None:
            return self._text(record)
        return repr(record.written(name)) if name else record.id

    def _column(self, path: str, name: str) -> str:
        """A field of all records of a table."""
        path = path.removesuffix(KEYS)
        return self._rows(path, {name}).column(name, value(self.site, path) or {})

    def _text(self, of: Any) -> str:
        if isinstance(of, (Record, Guide)):
            return self.site.content.digests.get(of.file, "")
        return self.calls.of(_printed, of)


def _is_gist(read: Read) -> bool:
    """Whether a read is one of `GISTS` of one account."""
    return len(read) == 2 and read[0] in GISTS


def _account(read: Read) -> str:
    """The id of the account that a read of `OWN` is about."""
    return "/".join(read[1:]).removeprefix("account/").partition("/")[0]


def _printed(of: Any) -> str:
    return _digest(repr(sorted(of) if isinstance(of, Set) else of))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

"""A site and an account in; what the account's own pages may see of the site out, and its digest.

Pages of one account see its own record and results, all that is not an account (book, industries,
companies, methods, glossary), and of other accounts those that it shares most with, that it names,
that name it, or that texts of the others name. Nothing else reaches them, so they need not be made
again while the digest of just that is the same.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, NoReturn, TypeVar

from briefbook.analyse.portfolio import Results
from briefbook.history.story import Story
from briefbook.load import Record
from briefbook.pages.here import Site

Key = TypeVar("Key")
Value = TypeVar("Value")
_NAMED = re.compile(r"account/([a-z0-9][a-z0-9-]*)")
_OF_ACCOUNTS = frozenset(
    "standings fits dues_of years plans signs complete people facts_of business neighbours "
    "mentions source_uses accounts_in".split()
)
"""Results with an entry for each account; only those of accounts that are seen are there."""
_OF_REST = frozenset("today tree markets chains stands".split())
"""Results that no account takes part in, or that tell where industries and companies stand."""
_FOLDER = "accounts/"


class _Within(Mapping[Key, Value]):
    """A mapping without the entries of accounts that are not seen."""

    def __init__(self, of: Mapping[Key, Value], hidden: Callable[[Any], bool]) -> None:
        self.of, self.hidden = of, hidden

    def __getitem__(self, key: Key) -> Value:
        if self.hidden(key):
            raise KeyError(key)
        return self.of[key]

    def __iter__(self) -> Iterator[Key]:
        return (key for key in self.of if not self.hidden(key))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Closed:
    """What stands in the place of a result of the whole portfolio."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> NoReturn:
        raise LookupError(f"Pages of one account cannot see `{self._name}` of all: add it to seen.")


@dataclass(frozen=True, slots=True)
class Views:
    """What each account may see; `shared` digests all that every one of them sees."""

    site: Site
    named: frozenset[str]
    shared: str

    def of(self, id: str) -> Site:
        """The site as pages of the account see it."""
        seen = self._seen(id)
        accounts = self.site.content.accounts

        def hidden(key: Any) -> bool:
            first = key[-1] if isinstance(key, tuple) and key[0] == "account" else key
            first = first[0] if isinstance(first, tuple) else first
            name = str(first).removeprefix("account/")
            return not name or (name in accounts and name not in seen)

        content = replace(self.site.content, accounts=_Within(accounts, hidden))
        results, story = _results(self.site.results, id, hidden), self.site.story
        return replace(
            self.site, content=content, results=results,
            story=story and _story(story, self.site.content.accounts[id].file, id),
        )  # fmt: skip

    def digest(self, id: str) -> str:
        """SHA-256 over all that the account's pages may see, besides settings and engine."""
        content, results = self.site.content, self.site.results
        record = content.accounts[id]
        told = [
            self.shared,
            sorted((one, content.digests[content.accounts[one].file]) for one in self._seen(id)),
            results.accounts_in.get(record.value.industry, ()),
            repr(results.neighbours.get(id)),
            repr(results.mentions.get(f"account/{id}")),
            repr(self.site.story and _story(self.site.story, record.file, id)),
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def _seen(self, id: str) -> frozenset[str]:
        results, accounts = self.site.results, self.site.content.accounts
        near = {one.account for one in results.neighbours.get(id, ())}
        naming = {
            one.by[1] for one in results.mentions.get(f"account/{id}", ()) if one.by[0] == "account"
        }
        own = named_in(accounts[id].tree.data, accounts)
        return frozenset({id, *near, *naming, *own, *self.named})


def views(site: Site) -> Views:
    """What accounts may see of a site."""
    content = site.content
    accounts = content.accounts
    others: list[Record[Any]] = [
        content.book, content.glossary, content.questions, content.quiz, content.redirects,
        *content.industries.values(), *content.companies.values(), *content.strategies.values(),
    ]  # fmt: skip
    named: set[str] = set()
    for record in others:
        named |= named_in(record.tree.data, accounts)
    for guide in content.guides.values():
        named |= named_in(guide.text, accounts)
    files = sorted(one for one in content.digests.items() if not one[0].startswith(_FOLDER))
    shared = hashlib.sha256(json.dumps(files).encode()).hexdigest()
    return Views(site, frozenset(named), shared)


def named_in(node: Any, accounts: Mapping[str, Any]) -> set[str]:
    """Accounts that texts of a tree name, by their id alone or within a sentence."""
    return {id for text in _texts(node) for id in _ids(text) if id in accounts}


def _ids(text: str) -> Iterable[str]:
    return (text, *_NAMED.findall(text)) if "account/" in text else (text,)


def _texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, Mapping):
        for key, value in node.items():
            yield str(key)
            yield from _texts(value)
    elif isinstance(node, (list, tuple)):
        for value in node:
            yield from _texts(value)


def _results(results: Results, id: str, hidden: Callable[[Any], bool]) -> Results:
    ready = results.ready
    made: dict[str, Any] = {
        "important": results.important & {id},
        "ready": replace(
            ready, accounts=_Within(ready.accounts, hidden), next=_Within(ready.next, hidden)
        ),
    }
    for name in (one.name for one in fields(Results)):
        if name in _OF_ACCOUNTS:
            made[name] = _Within(getattr(results, name), hidden)
        elif name not in _OF_REST and name not in made:
            made[name] = _Closed(name)
    return replace(results, **made)


def _story(story: Story, file: str, id: str) -> Story:
    """Of the past, what concerns one account."""
    of = ("account", id)
    return replace(
        story,
        last={file: story.last[file]} if file in story.last else {},
        events={of: story.events[of]} if of in story.events else {},
        recent=(),
        untold={},
        trails={id: story.trails[id]} if id in story.trails else {},
        known={id: story.known[id]} if id in story.known else {},
        owed=(),
        courses={id: story.courses[id]} if id in story.courses else {},
    )

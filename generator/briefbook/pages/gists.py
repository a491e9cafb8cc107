"""A site and an account in, what is little beside all that it follows from out.

Minutes of texts are one of these. A part that asks has read that little and nothing else, and is
kept while it is the same, whatever it follows from.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import Any, TypeVar, cast

from briefbook.pages.here import Site

Value = TypeVar("Value")
GISTS: dict[str, Callable[[Site, str], Any]] = {}
"""How each is found, by the path that stands for it in reads."""


def gist(find: Callable[[Site, str], Value]) -> Callable[[Site, str], Value]:
    """Find it once, unseen: what it follows from is not noted of the part that asks.

    It is what JSON can hold, and follows from the file of the account, from files of no account,
    and from the day.
    """
    path = f"gists.{find.__name__}"
    GISTS[path] = find

    @wraps(find)
    def found(site: Site, id: str) -> Value:
        seen: Any = site
        made = gist_of(site, path, id) if isinstance(seen, Site) else seen.gist(path, id)
        return cast("Value", made)

    return found


def gist_of(site: Site, path: str, id: str) -> Any:
    """What is found of an account, once."""
    if (path, id) not in site.shared:
        site.shared[path, id] = GISTS[path](site, id)
    return site.shared[path, id]


class Gists(Mapping[str, Any]):
    """What is found of each account."""

    def __init__(self, site: Site, path: str) -> None:
        self._site, self._path = site, path

    def __getitem__(self, id: str) -> Any:
        if id not in self._site.content.accounts:
            raise KeyError(id)
        return gist_of(self._site, self._path, id)

    def __iter__(self) -> Iterator[str]:
        return iter(self._site.content.accounts)

    def __len__(self) -> int:
        return len(self._site.content.accounts)

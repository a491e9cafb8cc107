"""A difference and its commits in, what the book asks for and nobody wrote out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefbook.history.consequences import CLASS, LOWERED, OWNER
from briefbook.history.difference import RULING, Changed
from briefbook.history.log import Logged
from briefbook.model import Book
from briefbook.model.book import Asked

_FIELDS = {CLASS: "class_change", LOWERED: "target_lowered", OWNER: "owner_changed"}


@dataclass(frozen=True, slots=True)
class Missing:
    """What a change lacks: a reason, or a review by one of some members."""

    changed: Changed
    rule: str
    reason: bool
    reviewers: tuple[str, ...]


def missing(
    changed: Iterable[Changed], book: Book, commits: Sequence[Logged], folder: str
) -> tuple[Missing, ...]:
    """What the book's rules ask for and the commits that made a change do not say."""
    return tuple(
        lack
        for one in changed
        for rule in dict.fromkeys(follow.rule for follow in one.consequences)
        if (asked := _asked(book, rule))
        and (lack := _lack(one, rule, asked, book, commits, folder))
    )


def _asked(book: Book, rule: str) -> Asked | None:
    return getattr(book.review, _FIELDS[rule]) if book.review and rule in _FIELDS else None


def _lack(
    changed: Changed, rule: str, asked: Asked, book: Book, commits: Sequence[Logged], folder: str
) -> Missing | None:
    mine = [one for one in commits if _made(one, changed, folder)]
    no_reason = asked.reason and not any(one.body or one.trailer("reason") for one in mine)
    reviewed = not asked.reviewer or bool(set(asked.reviewer) & set(_reviewers(mine, book)))
    if reviewed and not no_reason:
        return None
    return Missing(changed, rule, no_reason, () if reviewed else asked.reviewer)


def _made(commit: Logged, changed: Changed, folder: str) -> bool:
    """Whether a commit touched the record, or what rules it where its own file is the same."""
    names = {
        name.removeprefix(folder) for one in commit.touched for name in (one.old, one.new) if name
    }
    if changed.status == "affected":
        return any(name.startswith(RULING) for name in names)
    return bool(names & set(changed.files))


def _reviewers(commits: Sequence[Logged], book: Book) -> Iterator[str]:
    """Members named by `Reviewed-by:` as id, name or handle; authors do not review themselves."""
    authors = {commit.author.casefold() for commit in commits}
    for value in (value for one in commits for value in one.trailer("reviewed-by")):
        who = re.sub(r"\s*<[^>]*>\s*$", "", value).strip().casefold()
        for id, member in book.team.items():
            known = {id, member.name.casefold(), (member.handle or "").casefold()} - {""}
            if who in known and not authors & known:
                yield id

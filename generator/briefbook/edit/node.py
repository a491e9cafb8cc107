"""A text, map or list of a file as it stands there: what all of `edit` speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Sort = Literal["text", "map", "list"]
BLOCK_TEXT = ("|", ">")


@dataclass(frozen=True, slots=True)
class Node:
    """A text, map or list from `start` up to `end` in the whole text, without what comes after.

    `style` is the sign a text begins with, empty for plain; `flow` says whether it is in brackets.
    """

    sort: Sort
    start: int
    end: int
    value: str = ""
    style: str = ""
    flow: bool = False
    pairs: tuple[tuple[Node, Node], ...] = ()
    items: tuple[Node, ...] = ()

    @property
    def data(self) -> Any:
        """What the reader makes of it: text, lists and mappings."""
        if self.sort == "text":
            return self.value
        if self.sort == "list":
            return [item.data for item in self.items]
        return {key.value: value.data for key, value in self.pairs}

    def get(self, name: str) -> Node | None:
        """The value of a key of a map."""
        return next((value for key, value in self.pairs if key.value == name), None)

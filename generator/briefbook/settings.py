"""What a build is asked for, as values; it names folders and opens none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from briefbook.history.where import Where

if TYPE_CHECKING:
    from briefbook.files import Files
    from briefbook.model import Book


@dataclass(frozen=True, slots=True)
class Past:
    """Content of another day: where it is read, which commit and day it is.

    `book` is that of the day, where another one is used.
    """

    files: Files
    commit: str
    day: date
    book: Book | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build needs to know besides the content; `today` is the date of the build.

    `folder` is the content's place in its repository; `engine` names all code that shapes a page;
    `past` is where content comes from, if not from its folder; `history` is where git remembers
    it, `shallow` whether git has only a part of it; `trees` is the file that keeps what files said
    from one run to the next.
    """

    content: Path
    theme: Path
    today: date
    commit: str = ""
    folder: str = "content/"
    engine: str = ""
    past: Past | None = None
    history: Where | None = None
    shallow: bool = False
    trees: Path | None = None

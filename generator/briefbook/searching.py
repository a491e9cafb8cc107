"""Pages of a site in, the search of them out: beside them, or in the release that follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from briefbook.examine import Tick
from briefbook.load import Content
from briefbook.prepare import Prepared
from briefbook.publish import Release
from briefbook.search import FOLDER, Index, check_index, proves
from briefbook.work import Piece


def searched_pages(pieces: Iterable[Piece], sums: Mapping[str, str]) -> dict[str, str]:
    """Sums of the pages that search covers, by file."""
    return {name: sums[name] for one in pieces for name in one.searched}


def without_search(sums: Mapping[str, str]) -> dict[str, str]:
    """The files of a site but those that its search brought."""
    return {name: sum for name, sum in sums.items() if not name.startswith(f"{FOLDER}/")}


def add_search(
    prepared: Prepared,
    searched: Mapping[str, str],
    site: Path,
    tick: Tick,
    make: Callable[..., Index],
    into: Path | None = None,
) -> None:
    """Index the pages of a site, there or `into` another folder, and see that it knows them."""
    tick("search", 1)
    check_index(make(site, searched, into=into), len(searched))
    proves(into or site, sample_words(prepared.site.content))


def follow(
    fresh: Release, made: Path, names: Iterable[str], search: Callable[[Path], None]
) -> None:
    """Fill a release with files of the last one, and the search of its pages.

    None is linked before search is there: if it is broken off, the last release is still untouched.
    """
    # Under a name that the next build clears up if this one is killed.
    with TemporaryDirectory(".tmp", dir=made.parent) as apart:
        search(Path(apart))
        fresh.keep(made, names)
        Path(apart, FOLDER).rename(fresh.staging / FOLDER)


def sample_words(content: Content) -> dict[str, str]:
    """A word of each language that names of the content are written in."""
    found: dict[str, str] = {}
    names = [record.name for record in content.records() if record.kind in {"account", "industry"}]
    for name in names:
        for word in name.split():
            if all("\u4e00" <= char <= "\u9fff" for char in word):
                found.setdefault("zh", word)
            elif any(
                char in "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
                for char in word.lower()
            ):
                found.setdefault("vi", word)
            elif word.isascii() and word.isalpha() and len(word) > 3:
                found.setdefault("en", word)
    return found

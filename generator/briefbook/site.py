"""A content folder in, a published site out: the pipeline, read aloud."""

from __future__ import annotations

import hashlib
import html
import json
import posixpath
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from briefbook import __version__
from briefbook.analyse.portfolio import Results
from briefbook.cache import Kept, file_of, keep, kept
from briefbook.examine import Examined, Past, examine, examine_past, past_label
from briefbook.headers import foreign_scripts, header_files, script_hash
from briefbook.history.story import Where, story
from briefbook.links import Forge
from briefbook.load import Content
from briefbook.pages.all import pages
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.pages.render import Renderer, anchors, targets
from briefbook.pages.table_csv import ENDINGS, Table
from briefbook.problem import ContentError, Place, Problem, error, failed
from briefbook.publish import check_target, release, unplanned, write_manifest
from briefbook.search import check_index, index, proves
from briefbook.words import Words, spoken

Tick = Callable[[str, int], None]
"""Told of each step (a word) and how much of it is done."""


class SiteError(Exception):
    """The site that was built is not the site that was planned."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a build needs to know besides the content; `today` is the date of the build.

    `folder` is the content's place in its repository; `engine` names all code that shapes a page;
    `past` is where content comes from, if not from its folder; `history` is where git remembers it.
    """

    content: Path
    theme: Path
    today: date
    commit: str = ""
    folder: str = "content/"
    engine: str = ""
    past: Past | None = None
    history: Where | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page with its body, ready for a frame."""

    page: Page
    body: str
    digest: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """Everything about the site before a frame is drawn around its pages."""

    site: Site
    pages: tuple[Page, ...]
    digests: Mapping[str, str]
    renderer: Renderer
    problems: tuple[Problem, ...]
    built: str
    settings: Settings
    skipped: tuple[Problem, ...] = ()
    label: str = ""

    @property
    def name(self) -> str:
        """What the site is called."""
        return self.site.content.book.value.name

    def rendered(self, tick: Tick, without: Mapping[str, Kept]) -> Sequence[Rendered]:
        """The pages that must be made, with their bodies."""
        wanted = [page for page in self.pages if page.address not in without]
        made = []
        for number, page in enumerate(wanted, 1):
            tick("render", number)
            made.append(Rendered(page, self.renderer.html(page), self.digests[page.address]))
        return made


@dataclass(slots=True)
class Frame:
    """What draws header, tabs and foot around page bodies, and how often scripts stand in it."""

    draw: Callable[[Prepared, Sequence[Rendered], Path], None]
    blank: Callable[[Prepared, Path], Sequence[str]] = field(default=lambda *_: ())


def check(
    settings: Settings, tick: Tick = lambda *_: None
) -> tuple[Content | None, Results | None, tuple[Problem, ...]]:
    """Content, results and all problems; results are None where an error forbids them."""
    found = _examined(settings, tick)
    return found.content, found.results, found.problems


def _examined(settings: Settings, tick: Tick) -> Examined:
    seen = 0

    def read(_: str) -> None:
        nonlocal seen
        seen += 1
        tick("read", seen)

    if past := settings.past:
        return examine_past(past, settings.today, read)
    if settings.content.is_symlink():
        here = Place(settings.content.name)
        wrong = error("symbolic-link", here, "The content is a symbolic link.")
        return Examined(None, None, (wrong,))
    return examine(settings.content, settings.today, read)


def prepare(settings: Settings, tick: Tick = lambda *_: None) -> Prepared:
    """Read, check, analyse, and plan every page; raises `ContentError` with all problems."""
    found = _examined(settings, tick)
    content, results = found.content, found.results
    if content is None or results is None or failed(found.problems):
        raise ContentError((*found.problems, *found.skipped))
    book = content.book.value
    words = Words(spoken(book.language))
    forge = Forge(book.repository, book.branch, settings.folder) if book.repository else None
    past = story(settings.history, content, settings.today) if settings.history else None
    site = Site(content, results, words, forge, past)
    renderer = Renderer(settings.theme, words)
    planned = tuple(pages(site))
    built = words.day(settings.today)
    label = past_label(settings.past, found.skipped, words)
    frame = json.dumps(
        [__version__, settings.engine, built, book.name, book.language, book.site, label]
    )
    digests = {page.address: renderer.digest(page, frame) for page in planned}
    if len(digests) < len(planned):
        raise SiteError("Two pages have the same address.")
    return Prepared(
        site, planned, digests, renderer, found.problems, built, settings, found.skipped, label
    )


def build(
    settings: Settings,
    out: Path,
    cache: Path,
    frame: Frame,
    *,
    copy: bool = False,
    tick: Tick = lambda *_: None,
    homes: Sequence[Path] = (),
) -> Prepared:
    """Build the site of a content folder and publish it at `out`, whole or not at all.

    Raises `ContentError`, `SiteError`, `search.SearchError`, `publish.BusyError`,
    `publish.RefusedTargetError`, or `OSError`; the published site is untouched then.
    """
    check_target(out, settings.content, cache, homes)
    prepared = prepare(settings, tick)
    with release(out, cache, copy=copy) as fresh:
        finish(prepared, fresh.staging, fresh.previous, frame, tick)
        tick("publish", 1)
        fresh.commit()
    return prepared


def finish(
    prepared: Prepared,
    staging: Path,
    previous: Path | None,
    frame: Frame,
    tick: Tick = lambda *_: None,
) -> None:
    """Fill a staging folder: pages, data, headers, search, manifest, checked against the plan."""
    reused = kept(previous, prepared.digests)
    made = prepared.rendered(tick, reused.pages)
    if not reused.frame:
        frame.draw(prepared, made, staging)
    keep((*reused.pages.values(), *reused.frame), staging)
    names = _write_data(prepared, staging)
    hashes = sorted({script_hash(one) for one in frame.blank(prepared, staging)})
    for name, data in header_files(hashes).items():
        (staging / name).write_bytes(data)
        names.add(name)
    tick("check", 1)
    _check_files(prepared, staging, names)
    if reused.index:  # the very pages that were checked and indexed before
        keep(reused.index, staging)
        sums = reused.sums
    else:
        sums = reused.sums | _check_pages(prepared, staging, hashes)
        tick("search", 1)
        _search(prepared, staging)
    write_manifest(
        staging,
        {
            "version": __version__,
            "built": prepared.settings.today.isoformat(),
            "commit": prepared.settings.commit,
            "pages": json.dumps(dict(prepared.digests), sort_keys=True),
        },
        sums,
    )


def _write_data(prepared: Prepared, staging: Path) -> set[str]:
    names = set()
    for page in prepared.pages:
        for file, text in page.files.items():
            name = posixpath.normpath(file_of(page.address).removesuffix("index.html") + file)
            (staging / name).write_text(text, "utf-8", newline="")
            names.add(name)
        for table in page.tables:
            names |= _write_table(table, file_of(page.address).removesuffix("index.html"), staging)
        if page.json is not None:
            name = file_of(page.address).removesuffix("html") + "json"
            text = json.dumps(page.json, ensure_ascii=False, indent=1, sort_keys=True)
            (staging / name).write_text(text + "\n", "utf-8")
            names.add(name)
    return names


def _write_table(table: Table, folder: str, staging: Path) -> set[str]:
    """Write the files of a table, each row as it is made: none is ever whole in memory."""
    names = {ending: f"{folder}{table.name}.{ending}" for ending in ENDINGS}
    with ExitStack() as closing:
        streams = {
            ending: closing.enter_context((staging / name).open("w", encoding="utf-8", newline=""))
            for ending, name in names.items()
        }
        for ending, text in table.files():
            streams[ending].write(text)
    return set(names.values())


def _check_files(prepared: Prepared, staging: Path, names: set[str]) -> None:
    """Everything planned is there and nothing else; the theme's own files stand under assets/."""
    planned = {file_of(page.address) for page in prepared.pages} | names | {"404.html"}
    extra = [
        name
        for name in unplanned(staging, planned)
        if not name.startswith("assets/") or name.endswith((".yml", ".yaml", ".map"))
    ]
    absent = sorted(name for name in planned if not (staging / name).is_file())
    if extra or absent:
        raise SiteError(
            f"Files that nobody planned: {extra or 'none'}; missing: {absent or 'none'}"
        )


def _check_pages(prepared: Prepared, staging: Path, hashes: Sequence[str]) -> dict[str, str]:
    """Every internal link, anchor and asset leads somewhere; no script but those of templates.

    The SHA-256 of each page by its file comes back, so that no page is read twice.
    """
    bodies, sums = {}, {}
    for page in prepared.pages:
        raw = (staging / file_of(page.address)).read_bytes()
        bodies[page.address] = raw.decode("utf-8")
        sums[file_of(page.address)] = hashlib.sha256(raw).hexdigest()
    ids = {address: anchors(body) for address, body in bodies.items()}
    wrong = []
    for address, body in bodies.items():
        wrong += [f"{address}: script {one[:60]!r}" for one in foreign_scripts(body, hashes)]
        for target in set(targets(body)):
            if not _leads(html.unescape(target), address, ids, staging):
                wrong.append(f"{address}: {target}")
    if wrong:
        raise SiteError("Dead links or foreign scripts:\n" + "\n".join(sorted(wrong)[:50]))
    return sums


def _leads(target: str, address: str, ids: Mapping[str, frozenset[str]], staging: Path) -> bool:
    if target.startswith(("http://", "https://", "data:")):
        return True
    path, _, anchor = target.partition("#")
    path = path.partition("?")[0]
    full = posixpath.normpath(posixpath.join(address, path)) if path else address
    folder = full if full.endswith("/") else full + "/"
    if folder in ids:
        return not anchor or anchor in ids[folder]
    return (staging / full.lstrip("/")).is_file()


def _search(prepared: Prepared, staging: Path) -> None:
    made = index(staging)
    check_index(made, sum(1 for page in prepared.pages if page.searchable))
    proves(staging, sample_words(prepared.site.content))


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

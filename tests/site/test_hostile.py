"""Hostile text: refused with its place, or shown as typed; nothing of it becomes markup or runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser import Visitor
from tests.conftest import MakeOnce, Serve
from tests.site import hostile
from tests.site.hostile import CORPORA, OWN, Slot, folded
from tests.site.project import Project
from tests.site.reader import Document

FROM_PROSE = frozenset(
    "a blockquote br code del em h2 h3 h4 hr li ol p pre s strong table tbody td th thead tr "
    "ul".split()
)
ALIVE = """() => ({
  pwned: window.pwned,
  marked: [...document.documentElement.attributes].map(one => one.name).join(' '),
  handlers: [...document.querySelectorAll('*')].flatMap(one =>
    [...one.attributes].map(each => each.name).filter(name => name.startsWith('on'))),
  schemes: [...document.querySelectorAll('[href], [src]')].map(one => (one.href?.baseVal ?? one.href
    ?? one.src) + '').filter(url => !/^https?:/.test(url) && !url.startsWith('#')
    && !/^[./?]/.test(url)),
  tags: [...new Set([...document.querySelectorAll('article *')].map(one => one.localName))],
  text: document.querySelector('article').textContent,
})"""


@dataclass(frozen=True)
class Held:
    """A built project of hostile strings: what is in it, and what was refused."""

    project: Project
    slots: tuple[Slot, ...]
    refused: tuple[tuple[str, str, int, int], ...]


def build(root: Path, step: int, start: int = 0) -> None:
    """Build the project and keep what the tests want to know beside it."""
    made = hostile.plan(hostile.corpus(step, start))
    slots, refused = hostile.settle(root, made)
    told = [(slot.text, one.rule, one.place.line, one.place.column) for slot, one in refused]
    kept = [(slot.file, slot.line, slot.text, slot.pages) for slot in slots]
    (root / "held.json").write_text(json.dumps({"kept": kept, "refused": told}), "utf-8")


def held(root: Path) -> Held:
    """The project that `build` left in a folder."""
    read = json.loads((root / "held.json").read_text("utf-8"))
    slots = tuple(Slot(file, line, text, tuple(on)) for file, line, text, on in read["kept"])
    return Held(Project(root), slots, tuple(tuple(one) for one in read["refused"]))


@pytest.fixture(scope="module")
def site(make_once: MakeOnce) -> Held:
    """The naughty strings, a share of the payloads, and our own in every kind of place."""
    return held(make_once("site-hostile", lambda root: build(root, 13)))


def test_what_is_refused_is_refused_with_its_place(site: Held) -> None:
    """Few strings are refused, for a character that cannot be seen or as a name of two terms."""
    assert {rule for _, rule, _, _ in site.refused} <= {
        "forbidden-character", "invisible-character", "stacked-marks", "too-long", "term-twice",
    }  # fmt: skip
    assert all(line > 0 and column > 0 for _, _, line, column in site.refused)
    assert 0 < len(site.refused) < len(site.slots) / 20
    assert not any(own in text for text, *_ in site.refused for own in OWN)


def not_shown(site: Held) -> Iterator[str]:
    """Strings that a page which should hold them does not show."""
    texts = {
        address: folded(" ".join(one.text for one in page.texts))
        for address, page in site.project.pages.items()
    }
    for slot in site.slots:
        for address in slot.pages:
            if folded(slot.text) not in texts[address]:
                yield f"{address}: {slot.text}"


def test_every_string_is_shown_as_typed(site: Held) -> None:
    """Names, titles, table cells, labels of diagrams, lists: character by character."""
    assert len(site.slots) > 1000
    assert list(not_shown(site)) == []


def shape(page: Document) -> tuple[set[str], set[str]]:
    """Tags with their attributes, and the sources of scripts."""
    names = {f"{one.tag} {name}" for one in page.elements for name in (*one.attributes, "")}
    return names, {one["src"].rpartition("/")[2] for one in page.named("script")}


def test_no_element_or_attribute_comes_from_data(site: Held, small: Project) -> None:
    """Each kind of page is made of the elements that the same kind has with harmless content."""
    harmless: dict[str, set[str]] = {}
    scripts: set[str] = set()
    for page in small.pages.values():
        names, sources = shape(page)
        harmless.setdefault(page.kind, set()).update(names)
        scripts |= sources
    # The button that unfolds a facet stands only where a facet is long.
    everywhere = set.union(*harmless.values(), {"button data-bb-more"})
    everywhere |= {f"{tag} " for tag in FROM_PROSE}
    for address, page in site.project.pages.items():
        names, sources = shape(page)
        assert names <= everywhere, (address, names - everywhere)
        assert sources <= scripts, address
        titles = [one for one in page.named("title") if one.around[-1].tag == "head"]
        assert len(titles) == 1, address


def test_links_lead_to_the_web_or_the_site(site: Held) -> None:
    """No address of another scheme, whatever the text says."""
    for address, page in site.project.pages.items():
        for _, target in page.links:
            scheme = target.partition(":")[0].lower() if ":" in target else ""
            relative = target.startswith((".", "/", "#", "?")) or "/" in scheme or not scheme
            assert relative or scheme in {"http", "https", "data"}, (address, target)


def strings(value: object) -> Iterator[str]:
    """All texts in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)


def test_data_holds_the_strings(site: Held) -> None:
    """The JSON beside a record holds its strings, as typed."""
    folders = {"accounts": "accounts", "companies": "companies", "industries": "industries"}
    checked = 0
    for slot in site.slots:
        folder, _, name = slot.file.partition("/")
        if folder in folders and "aliases" not in slot.line:
            data = json.loads(site.project.read(f"{folder}/{name.removesuffix('.yml')}/index.json"))
            assert folded(slot.text) in {folded(one) for one in strings(data)}, slot
            checked += 1
    assert checked > 200


def test_nothing_runs_in_the_browser(site: Held, serve_site: Serve, page: Visitor) -> None:
    """Pages full of payloads: no script ran, no handler, no strange scheme, the text as typed."""
    home = serve_site(site.project.site)
    opened = page(home)
    opened.on("dialog", lambda dialog: page.errors.append(f"dialog: {dialog.message}"))
    busy = [
        "glossary/",
        "capabilities/",
        "sources/",
        "accounts/a0/people/",
        "industries/i1/",
        "accounts/",
    ]
    busy += [f"accounts/n{number}/" for number in range(len(OWN))]
    busy += [f"industries/h{number}/" for number in range(0, len(OWN), 3)]
    busy += ["strategy/", "companies/", "industries/", ""]
    for address in busy:
        opened.goto(home + address)
        alive = opened.evaluate(ALIVE)
        assert alive["pwned"] is None, address
        assert alive["handlers"] == [], address
        assert alive["schemes"] == [], address
        assert not any(tag in alive["tags"] for tag in ("script", "img", "iframe", "style")), (
            address
        )
        text = folded(alive["text"])
        for slot in site.slots:
            if address in slot.pages:
                assert folded(slot.text) in text, (address, slot.text)


def test_titles_are_text(site: Held, serve_site: Serve, page: Visitor) -> None:
    """The browser's title is the name as typed: the escaped script is not brought back to life."""
    home = serve_site(site.project.site)
    opened = page(home)
    names = {slot.pages[0]: slot.text for slot in site.slots if slot.line.startswith("name: ")}
    assert len(names) >= 4 * len(OWN)
    for address, name in names.items():
        opened.goto(home + address, wait_until="domcontentloaded")
        assert folded(opened.title()).startswith(folded(name)), address
        assert opened.evaluate("window.pwned") is None


def test_search_shows_strings_as_typed(site: Held, serve_site: Serve, page: Visitor) -> None:
    """Titles, excerpts and facets of search results are text, even where they look like markup."""
    opened = page(serve_site(site.project.site))
    opened.keyboard.press("/")
    for query in ("window pwned", "script", "onmouseover", "foreignObject", "img src"):
        opened.locator(".bb-search-input").fill(query)
        expect(opened.locator(".bb-search-list a").first).to_be_visible()
        opened.wait_for_timeout(200)
        inside = opened.evaluate(
            "[...new Set([...document.querySelectorAll('.bb-search-body *')]"
            ".map(one => one.localName))]"
        )
        assert not {"script", "img", "svg", "style", "iframe", "title"} & set(inside) - {"svg"}
        assert opened.evaluate("window.pwned") is None
    opened.locator(".bb-search-input").fill("foreignObject")
    title = opened.locator(".bb-search-title", has_text="]]><foreignObject><script>")
    expect(title.first).to_be_visible()


PROSE = (
    *OWN,
    "[a](javascript:window.pwned=1)", "[a](  javascript:window.pwned=1)", "<javascript:alert(1)>",
    "[a](java&#115;cript:window.pwned=1)", "[a](vbscript:x)",
    "[a](data:text/html,<script>1</script>)",
    "[a](\\x01javascript:window.pwned=1)", "![a](https://a.example/x.png)", "![a](x){onerror=1}",
    "[a]: javascript:window.pwned=1\n\n[a]", "<a href='javascript:window.pwned=1'>a</a>",
    "<img src=x onerror=window.pwned=1>", "# h {onclick=window.pwned=1}", "<style>*{}</style>",
    "[a](https://e.example/\" onclick=\"window.pwned=1)", "[a](//a.example/x)",
    "[a](/%0ajavascript:1)",
    "<https://e.example/?\"onmouseover=window.pwned=1>",
    "```\n</code><script>window.pwned=1</script>\n```",
    "`</code><script>window.pwned=1</script>`",
    "| a |\n| --- |\n| <script>window.pwned=1</script> |",
)  # fmt: skip


def write_prose(root: Path) -> None:
    """Every prose vector, and every example of CommonMark, as prose of a small project."""
    examples = json.loads((CORPORA / "commonmark/commonmark.json").read_text("utf-8"))
    texts = [*PROSE, *(one["markdown"] for one in examples if "(#fragment" not in one["markdown"])]
    made = hostile.Hostile()
    for text in texts:
        made.slots.append(
            Slot(
                "book.yml", f"  k{len(made.slots)}: {{name: K, what: {json.dumps(text)}}}", text, ()
            )
        )
    slots, refused = hostile.settle(root, made)
    # CommonMark's own examples link to /url and the like: such links are refused with their place.
    assert len(slots) + len(refused) == len(texts) > 600
    assert len(slots) > 500
    assert len([one for _, one in refused if one.rule != "prose-link"]) < 30


def test_prose_runs_nothing(
    make_once: MakeOnce, small: Project, serve_site: Serve, page: Visitor
) -> None:
    """Markdown becomes the few elements that prose may have, with addresses of the web only."""
    project = Project(make_once("site-prose", write_prose))
    told = {at: one for at, one in project.pages.items() if one.kind == "capability"}
    assert len(told) > 500
    inside = [
        one
        for document in told.values()
        for one in document.elements
        if any("bb-lede" in a["class"] for a in one.around)
    ]
    assert {one.tag for one in inside} <= FROM_PROSE
    assert {"a", "em", "code", "li", "blockquote"} <= {one.tag for one in inside}
    assert {name for one in inside for name in one.attributes} <= {"href", "id", "start", "title"}
    assert all(
        one["href"].startswith(("http://", "https://", "#")) for one in inside if one.tag == "a"
    )
    site = serve_site(project.site)
    opened = page(site)
    for address in [*told][::25]:
        opened.goto(site + address)
        alive = opened.evaluate(ALIVE)
        assert (alive["pwned"], alive["handlers"], alive["schemes"]) == (None, [], [])


@pytest.mark.soak
@pytest.mark.parametrize("start", range(5))
def test_every_payload(tmp_path: Path, small: Project, start: int) -> None:
    """All payloads, a fifth at a time: shown as typed or refused."""
    build(tmp_path, 5, start)
    site = held(tmp_path)
    assert list(not_shown(site)) == []
    test_no_element_or_attribute_comes_from_data(site, small)

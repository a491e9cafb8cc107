"""A built site: everything leads somewhere, and nothing is there that nobody planned."""

import json
import posixpath
import re
from itertools import pairwise
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest

from tests.browser import Visitor
from tests.conftest import Serve
from tests.site.project import Project
from tests.site.reader import Document

ENDINGS = frozenset(".html .atom .ics .csv .json .css .js .svg .woff2 .txt .png .conf".split())
TOP = frozenset("_headers nginx-headers.conf 404.html index.html index.json build.json".split())
KINDS = frozenset(
    "404 home accounts account industries industry companies company strategies strategy methods "
    "customers method glossary questions quiz sources capabilities capability fields value-chain "
    "chain-node pains facts source call handover classes class plans owed team member quality "
    "account-people account-research data start start-member".split()
)
PLANNED = re.compile(
    r"[a-z0-9/-]+/(?:index\.(?:html|json)|[a-z]+\.csv)"
    r"|data/[a-z-]+\.(?:json|schema\.json)|(?:calendar|team/[a-z0-9-]+)\.ics"
    r"|changes/changes\.atom|glossary/terms\.json"
)
LONG = frozenset({"quality-list", "deals"})
"""Kinds that only a project with long lists has."""
PAST = frozenset({"changes", "moved"})
"""Kinds that only a project in a repository, or with records that were renamed, has."""


@pytest.fixture(scope="module", params=["small", "sample", "past"])
def project(request: pytest.FixtureRequest) -> Project:
    """The small project, the repository's own, and one that git remembers."""
    found: Project = request.getfixturevalue(request.param)
    return found


def leads(project: Project, address: str, target: str) -> bool:
    """Whether a relative target, seen from a page, is a page, an id on it, or a file."""
    parts = urlsplit(target)
    full = posixpath.normpath(posixpath.join("/", address, unquote(parts.path) or "."))
    name = "404.html" if address == "404.html" and not parts.path else full.strip("/")
    folder = "" if name in {"", "."} else name if name == "404.html" else f"{name}/"
    if folder in project.pages:
        return not parts.fragment or unquote(parts.fragment) in project.pages[folder].ids
    return not parts.fragment and name in project.files


def test_every_link_leads_somewhere(project: Project) -> None:
    """Links, anchors, pictures, styles and scripts of every page; other hosts are named in full."""
    dead = {
        f"{address}: {target}"
        for address, page in project.pages.items()
        for element, target in page.links
        if not (element.tag == "a" and target.startswith(("https://", "http://")))
        if not leads(project, address, target)
    }
    assert dead == set()


def test_all_kinds_of_pages_are_there(project: Project) -> None:
    """The site has every kind of page; no test below can pass for want of one."""
    assert set(project.kinds) >= KINDS
    assert set(project.kinds) <= KINDS | LONG | PAST
    if (project.root / ".git").exists():
        assert set(project.kinds) >= PAST


def test_ids_are_unique(project: Project) -> None:
    """No id stands twice on a page."""
    twice = {
        f"{address}: {id}"
        for address, page in project.pages.items()
        for id in page.ids
        if page.ids.count(id) > 1
    }
    assert twice == set()


def test_ids_that_are_named_exist(project: Project) -> None:
    """`aria-labelledby`, `aria-controls` and the like name elements of the same page."""
    names = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "list")
    dangling = {
        f"{address}: {name}={id}"
        for address, page in project.pages.items()
        for element in page.elements
        for name in names
        for id in element[name].split()
        if id not in page.ids
    }
    assert dangling == set()


def levels(page: Document) -> list[int]:
    """Levels of the page's headings, in order."""
    return [level for level, _ in page.headings]


def test_headings_go_step_by_step(project: Project) -> None:
    """One h1, which comes first, none empty, no level skipped on the way down."""
    for address, page in project.pages.items():
        found = levels(page)
        assert found.count(1) == 1, address
        assert found[0] == 1, address
        assert all(text for _, text in page.headings), address
        steps = [two - one for one, two in pairwise(found)]
        assert max(steps, default=0) <= 1, (address, page.headings)


def test_every_page_says_its_language_and_title(project: Project) -> None:
    """`lang` on the root, a title of its own, a width for phones."""
    titles: dict[str, str] = {}
    for address, page in project.pages.items():
        assert next(page.named("html"))["lang"] == "en", address
        head = [one for one in page.named("title") if not any(a.tag == "svg" for a in one.around)]
        (title,) = head
        assert page.text(title).strip(), address
        titles.setdefault(page.text(title), address)
        assert any(one["name"] == "viewport" for one in page.named("meta")), address
    assert len(titles) == len(project.pages), "two pages share a title"


def test_tables_have_heads(project: Project) -> None:
    """Each row of a body says what it is about, and each head cell names its scope."""
    for address, page in project.pages.items():
        for cell in page.named("th"):
            inside_prose = any("bb-prose" in one["class"] for one in cell.around)
            assert inside_prose or cell["scope"] in {"row", "col", "rowgroup", "colgroup"}, address


def test_nothing_unplanned_is_published(project: Project) -> None:
    """Pages, their data, the theme, headers and the manifest; no source, map or leftover."""
    strange = [
        name
        for name in project.files
        if PurePosixPath(name).suffix not in ENDINGS and name not in TOP
    ]
    assert strange == []
    assert [name for name in project.files if name.endswith((".yml", ".yaml", ".md", ".map"))] == []
    outside = {
        name
        for name in project.files
        if not name.startswith("assets/") and name not in TOP
        if not re.fullmatch(PLANNED, name)
    }
    assert outside == set()


def test_data_beside_records(project: Project) -> None:
    """Every account, industry, company and strategy has its JSON, with derived values explained."""
    kinds = {"account", "industry", "company", "strategy"}
    records = [address for address, page in project.pages.items() if page.kind in kinds]
    assert records
    for address in records:
        data = json.loads(project.read(f"{address}index.json"))
        assert data["authored"]["name"]
        for value in data["derived"]:
            assert {"name", "rule", "value", "numbers", "sentence"} <= set(value), address


def test_pages_carry_nothing_inline(project: Project) -> None:
    """No style attribute, no handler, no script of its own: the policy would stop them."""
    for address, page in project.pages.items():
        for one in page.elements:
            assert "style" not in one.attributes, (address, one)
            assert not any(name.startswith("on") for name in one.attributes), (address, one)
            assert one.tag not in {"style", "iframe", "object", "embed", "base"}, (address, one)
            kept = one.tag != "script" or one["src"] or one["type"] == "application/json"
            assert kept or one["id"] == "__config", (address, one)


def test_pages_open_without_a_complaint(small: Project, serve_site: Serve, page: Visitor) -> None:
    """One page of each kind, in both schemes: no console message, no request to another host."""
    home = serve_site(small.site)
    for opened in (page(home), page(home, scheme="dark", width=390)):
        for address in small.kinds.values():
            opened.goto(home + address)


def test_a_missing_page_finds_its_way(small: Project, serve_site: Serve, page: Visitor) -> None:
    """The 404 page, at any depth, has its styles and a way home."""
    home = serve_site(small.site)
    lost = page(home + "accounts/no-such/")
    assert len(page.errors) == 1  # the missing page itself
    page.errors.clear()
    assert lost.locator("h1").inner_text()
    lost.locator("article a").click()
    assert lost.url == home

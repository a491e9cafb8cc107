"""The pipeline: what is built is what was planned, for the smallest project too, or nothing is."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from briefbook.cache import file_of
from briefbook.headers import script_hash
from briefbook.load import load
from briefbook.pages.all import pages as planned
from briefbook.pages.here import Site
from briefbook.pages.page import Page
from briefbook.publish import MANIFEST, verify
from briefbook.scaffold import starter_files
from briefbook.shells.frame import theme_folder
from briefbook.site import Frame, Prepared, Rendered, Settings, SiteError, build, sample_words
from tests.shells.project import SMALL, TODAY, pages, project, rebuilt

STARTER = {name: raw.decode() for name, raw in starter_files().items()}
BOOK = {"book.yml": "name: X\n"}
SPARSE: dict[str, Mapping[str, str]] = {
    "a book": BOOK,
    "a company": {**BOOK, "companies/b.yml": "name: B\n"},
    "an industry": {**BOOK, "industries/a.yml": "name: A\n"},
    "an account": {
        **BOOK, "industries/a.yml": "name: A\n", "accounts/b.yml": "name: B\nindustry: a\n",
    },
    "a strategy": {**BOOK, "strategies/static.yml": STARTER["strategies/static.yml"]},
    "a page": {**BOOK, "pages/a.md": "# A\n"},
    "no glossary": {k: v for k, v in STARTER.items() if k != "glossary.yml"},
    "no questions": {k: v for k, v in STARTER.items() if k != "questions.yml"},
    "no pages": {k: v for k, v in STARTER.items() if not k.startswith("pages/")},
}  # fmt: skip


def plain(prepared: Prepared, made: Sequence[Rendered], staging: Path) -> None:
    """A frame of almost nothing, in the place of MkDocs."""
    for one in made:
        path = staging / file_of(one.page.address)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"<html><body>{one.body}</body></html>", "utf-8")
    (staging / "404.html").write_text("<html><body>Nothing</body></html>", "utf-8")


def made(folder: Path, draw: Callable[..., None] = plain) -> Prepared:
    """Build the small project in that frame."""
    settings = Settings(project(folder) / "content", theme_folder(), TODAY)
    return build(settings, folder / "site", folder / ".cache", Frame(draw))


@pytest.mark.parametrize("name", SPARSE)
def test_a_project_of_almost_nothing_is_a_site(tmp_path: Path, name: str) -> None:
    """Every link of it leads somewhere: the build itself sees to that."""
    rebuilt(project(tmp_path, SPARSE[name]))
    assert verify(tmp_path / "site") == ()


def test_every_page_and_its_data_are_there(tmp_path: Path) -> None:
    """Beside each record's page its index.json; the manifest says when and of what."""
    prepared = made(tmp_path)
    names = set(pages(tmp_path / "site"))
    for page in prepared.pages:
        assert file_of(page.address) in names
        data = file_of(page.address).removesuffix("html") + "json"
        assert (data in names) == (page.json is not None)
    assert "accounts/lantern-fresh/index.json" in names
    assert {"_headers", "nginx-headers.conf", "404.html"} <= names
    assert json.loads((tmp_path / "site" / MANIFEST).read_text("utf-8"))["built"] == str(TODAY)


def with_file(name: str, text: str) -> Callable[..., None]:
    """The frame, and a file that it should not have written so."""

    def draw(prepared: Prepared, made: Sequence[Rendered], staging: Path) -> None:
        plain(prepared, made, staging)
        path = staging / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(text)

    return draw


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("secret.txt", "x", "nobody planned.*secret.txt"),
        ("assets/accounts.yml", "x", "nobody planned.*accounts.yml"),
        ("assets/app.js.map", "x", "nobody planned.*app.js.map"),
        ("sitemap.xml", "x", "nobody planned.*sitemap.xml"),
        ("index.html", '<a href="nowhere/">', r"/: nowhere/"),
        ("index.html", '<a href="accounts/#nothing">', r"/: accounts/#nothing"),
        ("index.html", '<img src="assets/none.png">', r"/: assets/none.png"),
        ("index.html", '<a href="../../etc/passwd">', r"/: \.\./\.\./etc/passwd"),
        ("index.html", '<a href="javascript:x">', r"/: javascript:x"),
        ("index.html", "<script>steal()</script>", "/: script 'steal"),
        ("index.html", '<script src="https://a.example/x.js"></script>', "/: script 'https"),
    ],
)
def test_a_site_that_is_not_as_planned_is_not_published(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    """Whoever is to blame: the theme, the engine, or we."""
    with pytest.raises(SiteError, match=said):
        made(tmp_path, with_file(name, text))
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("name", ["404.html", "accounts/lantern-fresh/index.html"])
def test_a_page_that_was_not_written_stops_the_build(tmp_path: Path, name: str) -> None:
    """A missing page is as bad as a wrong one."""

    def draw(prepared: Prepared, made: Sequence[Rendered], staging: Path) -> None:
        plain(prepared, made, staging)
        (staging / name).unlink()

    with pytest.raises(SiteError, match=f"missing.*{name}"):
        made(tmp_path, draw)
    assert not (tmp_path / "site").exists()


def test_two_pages_of_one_address_stop_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one would be written over the other."""

    def twice(given: Site) -> list[Page]:
        return [*planned(given), *planned(given)]

    monkeypatch.setattr("briefbook.site.pages", twice)
    with pytest.raises(SiteError, match="same address"):
        made(tmp_path)


def test_scripts_of_the_frame_are_named_in_the_headers(tmp_path: Path) -> None:
    """Those that stand in the page without content, and no others."""
    script = "document.body.hidden = false"
    settings = Settings(project(tmp_path) / "content", theme_folder(), TODAY)
    frame = Frame(with_file("index.html", f"<script>{script}</script>"), lambda *_: [script])
    build(settings, tmp_path / "site", tmp_path / ".cache", frame)
    for name in ("_headers", "nginx-headers.conf"):
        assert script_hash(script) in (tmp_path / "site" / name).read_text("utf-8")


def test_other_code_keeps_nothing(tmp_path: Path) -> None:
    """Another version of anything that shapes pages makes them all again."""
    drawn: list[int] = []

    def draw(prepared: Prepared, made: Sequence[Rendered], staging: Path) -> None:
        drawn.append(len(made))
        plain(prepared, made, staging)

    settings = Settings(project(tmp_path) / "content", theme_folder(), TODAY, engine="one")
    for engine in ("one", "one", "two"):
        given = replace(settings, engine=engine)
        build(given, tmp_path / "site", tmp_path / ".cache", Frame(draw))
    assert len(drawn) == 2
    assert drawn[0] == drawn[1]


def test_steps_are_told_as_they_come(tmp_path: Path) -> None:
    """What the progress bar shows."""
    told: list[tuple[str, int]] = []
    settings = Settings(project(tmp_path) / "content", theme_folder(), TODAY)
    build(settings, tmp_path / "site", tmp_path / ".cache", Frame(plain),
          tick=lambda step, done: told.append((step, done)))  # fmt: skip
    steps = list(dict.fromkeys(step for step, _ in told))
    assert steps == ["read", "render", "check", "search", "publish"]
    assert ("read", len(SMALL)) in told


def test_each_language_of_the_content_has_a_sample_word(tmp_path: Path) -> None:
    """With which the build proves that the index finds it."""
    content, problems = load(project(tmp_path) / "content")
    assert content
    assert not problems
    assert sample_words(content) == {"en": "Retail", "vi": "Điện", "zh": "一味小馆"}

"""A site without its pages in; the frames for them out, by MkDocs with Material's templates."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from briefbook.frames import SLOTS, Framed, Outline, outlines, slot
from briefbook.prepare import Prepared, Rendered
from briefbook.words import Words
from briefbook.work import file_of

SECTIONS = (
    ("home", "./"), ("accounts", "accounts/"), ("industries", "industries/"),
    ("companies", "companies/"), ("strategy", "strategy/"), ("plans", "plans/"),
    ("customers", "customers/"), ("team", "team/"), ("methods", "methods/"),
    ("quality", "quality/"), ("start", "start/"),
)  # fmt: skip
LABELS = (
    "nav.home frame.built frame.sections frame.menu frame.close frame.scheme "
    "404.title 404.text 404.home search.title search.open search.placeholder search.close "
    "search.hint search.filters search.clear search.none search.start search.one search.many "
    "search.more search.loading search.failed search.facet.kind search.facet.industry "
    "search.facet.class search.facet.owner search.facet.region"
).split()


@dataclass(frozen=True, slots=True)
class Drawn:
    """What MkDocs draws a frame around: where it stands, its title, and HTML."""

    address: str
    section: str
    title: str
    head: str
    contents: str
    body: str


class Tight(Extension):
    """Templates without the space that indents them: a third of a frame was nothing else."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """The source of a template, each line from its first letter on."""
        return re.sub(r"\n\s+", "\n", source)


def tighten(environment: Environment) -> None:
    """Draw frames with no empty lines, and none indented."""
    environment.trim_blocks = True
    environment.add_extension(Tight)


class FramePage(MkDocsPage):
    """A page that is HTML already: MkDocs only puts its frame around it."""

    def __init__(self, made: Drawn, file: File, config: MkDocsConfig) -> None:
        super().__init__(made.title, file, config)
        self.made = made

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing is read: the page is in hand."""
        made = self.made
        self.markdown = ""
        self.meta = {
            "title": made.title, "head": made.head, "contents": made.contents,
            "section": made.section.strip("/") + "/" if made.section else "", "hide": ["toc"],
        }  # fmt: skip

    def render(self, config: MkDocsConfig, files: Any) -> None:
        """Nothing is rendered: the body is in hand. The theme's "skip" link leads to it."""
        self.content = self.made.body
        self.toc = TableOfContents([AnchorLink("", "bb-content", 2)])
        self.present_anchor_ids = set()
        self.links_to_anchors = {}


def page_file(config: MkDocsConfig, made: Drawn) -> File:
    """The file that MkDocs believes the page to come from."""
    name = f"{made.address.strip('/')}/index.md".lstrip("/")
    return File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)


def unwanted(name: str) -> bool:
    """Files of the engine that no page of ours asks for: source maps, its search, its sitemap."""
    ours = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
    return name.endswith(".map") or name.startswith(ours) or name == "sitemap.xml"


def tabs(words: Words) -> list[tuple[str, str]]:
    """Title and address of each section."""
    return [(words(f"nav.{name}"), url) for name, url in SECTIONS]


def dress(config: MkDocsConfig, prepared: Prepared) -> None:
    """Name, words and look of the site."""
    words = prepared.site.words
    config.site_name = prepared.name
    # Only the 404 page, which may stand at any depth, links by the address of the whole site.
    config.site_url = prepared.site.content.book.value.site or ""
    labels = {key: words.raw(key) for key in LABELS}
    config.extra.update(generator=False, built=prepared.built, labels=labels, past=prepared.label)
    theme = config.theme
    if str(prepared.settings.theme) not in theme.dirs:
        theme.dirs.insert(0, str(prepared.settings.theme))
    theme["language"] = words.language if words.language in {"en", "vi", "zh"} else "en"
    theme["font"] = False
    theme["features"] = ["navigation.tabs", "toc.follow"]
    theme["palette"] = [
        {"media": f"(prefers-color-scheme: {media})", "scheme": scheme, "primary": "custom",
         "accent": "custom",
         "toggle": {"icon": icon, "name": words(f"frame.{media}")}}
        for media, scheme, icon in (("light", "default", "night"), ("dark", "slate", "sunny"))
    ]  # fmt: skip
    # No sitemap: the site is for a team, not for search engines, and knows no host of its own.
    theme.static_templates = {"404.html", "assets/briefbook/search.html"}


def drawn(made: Rendered) -> Drawn:
    """A page as it is."""
    page = made.page
    return Drawn(page.address, page.section, page.title, made.head, made.contents, made.body)


def draw(prepared: Prepared, staging: Path) -> Mapping[Outline, Framed]:
    """Draw the frame of every outline, and put the theme's files and the 404 page into a folder."""
    wanted = tuple(outlines(f"/{url}".replace("/./", "/") for _, url in SECTIONS))
    config = load_config(
        config_file=str(resources("briefbook") / "shells" / "mkdocs.yml"),
        docs_dir=str(resources("briefbook") / "shells" / "docs"), site_dir=str(staging),
    )  # fmt: skip
    slots = [Drawn(one.address, one.section, *map(slot, SLOTS)) for one in wanted]
    # MkDocs knows its plugins by their base class only.
    setattr(config.plugins["briefbook"], "given", (prepared, slots))  # noqa: B010
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()
    frames = {}
    for one in wanted:
        file = staging / file_of(one.address)
        frames[one] = Framed.of(file.read_text("utf-8"))
        file.unlink()
    for folder in staging.glob("bb-slot-*"):
        shutil.rmtree(folder)
    return frames

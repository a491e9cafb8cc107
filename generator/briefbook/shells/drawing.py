"""Prepared pages in, a folder of framed HTML out, by MkDocs with Material's templates."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files as resources
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import AnchorLink, TableOfContents

from briefbook.site import Prepared, Rendered

SECTIONS = (
    ("home", "./"), ("accounts", "accounts/"), ("industries", "industries/"),
    ("companies", "companies/"), ("strategy", "strategy/"), ("plans", "plans/"),
    ("customers", "customers/"), ("team", "team/"), ("methods", "methods/"),
    ("quality", "quality/"),
)  # fmt: skip
LABELS = (
    "nav.home frame.built frame.sections frame.contents frame.menu frame.close frame.scheme "
    "404.title 404.text 404.home search.title search.open search.placeholder search.close "
    "search.hint search.filters search.clear search.none search.start search.one search.many "
    "search.more search.loading search.failed search.facet.kind search.facet.industry "
    "search.facet.class search.facet.owner search.facet.region"
).split()


class FramePage(MkDocsPage):
    """A page that is HTML already: MkDocs only puts its frame around it."""

    def __init__(self, made: Rendered, file: File, config: MkDocsConfig) -> None:
        super().__init__(made.page.title, file, config)
        self.made = made

    def read_source(self, config: MkDocsConfig) -> None:
        """Nothing is read: the page is in hand."""
        page = self.made.page
        self.markdown = ""
        self.meta = {
            "title": page.title, "description": page.description,
            "section": page.section.strip("/") + "/" if page.section else "",
            "hide": [] if page.toc else ["toc"],
        }  # fmt: skip

    def render(self, config: MkDocsConfig, files: Any) -> None:
        """Nothing is rendered: the body and its contents are in hand."""
        self.content = self.made.body
        self.toc = TableOfContents([AnchorLink(title, id, 2) for id, title in self.made.page.toc])
        self.present_anchor_ids = set()
        self.links_to_anchors = {}


def page_file(config: MkDocsConfig, made: Rendered) -> File:
    """The file that MkDocs believes the page to come from."""
    name = f"{made.page.address.strip('/')}/index.md".lstrip("/")
    return File.generated(config, name, content="", inclusion=InclusionLevel.NOT_IN_NAV)


def unwanted(name: str) -> bool:
    """Files of the engine that no page of ours asks for: source maps, its search, its sitemap."""
    ours = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
    return name.endswith(".map") or name.startswith(ours) or name == "sitemap.xml"


def tabs(prepared: Prepared) -> list[tuple[str, str]]:
    """Title and address of each section that has a page."""
    planned = {page.address for page in prepared.pages}
    return [
        (prepared.site.words(f"nav.{name}"), url)
        for name, url in SECTIONS
        if f"/{url}".replace("/./", "/") in planned
    ]


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
         "toggle": {"icon": f"material/weather-{icon}", "name": words(f"frame.{media}")}}
        for media, scheme, icon in (("light", "default", "night"), ("dark", "slate", "sunny"))
    ]  # fmt: skip
    # No sitemap: the site is for a team, not for search engines, and knows no host of its own.
    theme.static_templates = {"404.html"}


def draw(prepared: Prepared, made: Sequence[Rendered], staging: Path) -> None:
    """Frame the pages into a folder."""
    config = load_config(
        config_file=str(resources("briefbook") / "shells" / "mkdocs.yml"),
        docs_dir=str(resources("briefbook") / "shells" / "docs"), site_dir=str(staging),
    )  # fmt: skip
    # MkDocs knows its plugins by their base class only.
    setattr(config.plugins["briefbook"], "given", (prepared, made))  # noqa: B010
    config.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(config)
    finally:
        config.plugins.on_shutdown()

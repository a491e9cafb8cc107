"""Pages or slots in, MkDocs' frame around them out; under MkDocs itself pages are made here."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.base import Config
from mkdocs.config.config_options import Type
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation

from briefbook.prepare import Prepared, prepare
from briefbook.publish import Release, check_target, release
from briefbook.shells.drawing import (
    Drawn,
    FramePage,
    drawn,
    dress,
    page_file,
    tabs,
    tighten,
    unwanted,
)
from briefbook.shells.frame import settings
from briefbook.shells.mkdocs_errors import log, stop_if_strict, told
from briefbook.site import complete
from briefbook.work import written


class Settings(Config):  # type: ignore[no-untyped-call]  # MkDocs types it not
    """What mkdocs.yml may say."""

    content = Type(str, default="content")


class BriefbookPlugin(BasePlugin[Settings]):  # type: ignore[no-untyped-call]  # nor this
    """Hands pages to MkDocs; from the command line they are given, under MkDocs they are made."""

    given: tuple[Prepared, Sequence[Drawn]] | None = None
    serving = False

    def on_startup(self, *, command: str, **_: Any) -> None:
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        self.stack = ExitStack()
        self.fresh: Release | None = None
        with told():
            self.made = self.given or self._make(config)
        dress(config, self.made[0])
        return config

    def _make(self, config: MkDocsConfig) -> tuple[Prepared, Sequence[Drawn]]:
        root = Path(config.config_file_path or "mkdocs.yml").parent
        out, content, cache = Path(config.site_dir), root / self.config.content, root / ".cache"
        if not self.serving:
            check_target(out, content, cache, [Path.home()])
        wanted = settings(root, content)
        prepared = prepare(replace(wanted, trees=None) if self.serving else wanted)
        for problem in prepared.problems:
            log.warning("%s", problem)
        if not self.serving:
            self.fresh = self.stack.enter_context(release(out, cache))
            config.site_dir = str(self.fresh.staging)
        return prepared, [drawn(prepared.rendered(page)) for page in prepared.pages]

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        for file in [file for file in files if unwanted(file.src_uri)]:
            files.remove(file)
        for one in self.made[1]:
            file = page_file(config, one)
            file.page = FramePage(one, file, config)
            files.append(file)
        return files

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        return Navigation([Link(*one) for one in tabs(self.made[0].site.words)], [])

    def on_env(self, env: Environment, **_: Any) -> None:
        tighten(env)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.given is None:
            staging = Path(config.site_dir)
            with told():
                complete(self.made[0], staging, [written(self.made[0], staging)])
                if self.fresh:
                    stop_if_strict()
                    self.fresh.commit()
                    config.site_dir = str(self.fresh.out)  # for what comes after, as gh-deploy
        self.stack.close()

    def on_build_error(self, *, error: Exception, **_: Any) -> None:
        getattr(self, "stack", ExitStack()).close()

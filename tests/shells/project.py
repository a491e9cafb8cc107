"""Files of a small project in, the project, its builds and what the command says of it out."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from briefbook.problem import Problem
from briefbook.publish import MANIFEST
from briefbook.settings import Settings
from briefbook.shells.frame import TREES, draw, theme_folder
from briefbook.site import build
from tests.browser import REPO

EPOCH = 1_780_000_000
"""Seconds; every build of these tests has this date."""
TODAY = date(2026, 5, 28)
PATIENCE = 120

SMALL: Mapping[str, str] = {
    "book.yml": """\
name: Northstar CRM
team:
  mai: {name: Mai Trần}
""",
    "industries/retail.yml": "name: Retail\n",
    "industries/e-commerce.yml": "name: E-commerce\nparent: retail\n",
    "accounts/lantern-fresh.yml": """\
name: Lantern Fresh
industry: e-commerce
lifecycle: improve
in_short:
  earns: Margin on fresh goods and fees from merchants
value_to_us:
  contribution: {2025: 10 m CNY}
  potential: 50 m CNY
""",
    "accounts/truong-dien-luc.yml": "name: Điện lực Trường An\nindustry: e-commerce\n",
    "accounts/yiwei-bistro.yml": "name: 一味小馆\nindustry: e-commerce\n",
    "pages/nine-box.md": "# Nine-box\n\nSee [Lantern](ref:account/lantern-fresh).\n",
}


def project(folder: Path, files: Mapping[str, str | bytes] = SMALL) -> Path:
    """A folder with this content."""
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def rebuilt(folder: Path, today: date = TODAY) -> tuple[Problem, ...]:
    """Build in this process, as the command would, into `site`."""
    cache = folder / ".cache"
    wanted = Settings(folder / "content", theme_folder(), today, engine="test", trees=cache / TREES)
    return build(wanted, folder / "site", cache, draw).problems


def tree(site: Path) -> dict[str, bytes]:
    """Every file of a site with its bytes."""
    top = site.resolve()
    return {
        path.relative_to(top).as_posix(): path.read_bytes()
        for path in sorted(top.rglob("*"))
        if path.is_file()
    }


def pages(site: Path) -> dict[str, bytes]:
    """The site without what it says of its own making."""
    return {name: raw for name, raw in tree(site).items() if name != MANIFEST}


def leftovers(folder: Path) -> list[str]:
    """What a build has left in a project besides whole releases and their list."""
    store = folder / ".cache" / "site"
    inside = [path.name for path in store.iterdir()] if store.is_dir() else []
    beside = [path.name for path in folder.iterdir() if path.name.startswith(".site.")]
    return sorted(name for name in (*inside, *beside) if name.endswith((".tmp", "-new", "-old")))


def environment(**more: str) -> dict[str, str]:
    """The environment of a command: this checkout's package, and a fixed date."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GITHUB_")}
    found = os.pathsep.join([str(REPO / "generator"), str(REPO)])
    return {**kept, "PYTHONPATH": found, "SOURCE_DATE_EPOCH": str(EPOCH), **more}


@dataclass(frozen=True, slots=True)
class Said:
    """What a command wrote, and how it ended."""

    code: int
    out: str
    err: str


def command(
    *arguments: str | Path, cwd: Path, within: Callable[[], object] | None = None, **more: str
) -> Said:
    """Run the real command in a process of its own; it never shows a traceback."""
    process = start(*arguments, cwd=cwd, within=within, **more)
    out, err = process.communicate(timeout=PATIENCE)
    assert "Traceback" not in out + err, err
    return Said(process.returncode, out, err)


def start(
    *arguments: str | Path, cwd: Path, within: Callable[[], object] | None = None, **more: str
) -> subprocess.Popen[str]:
    """Start the command, as leader of a group of its own; `within` is called in its process."""
    return subprocess.Popen(
        [sys.executable, "-m", "briefbook", *map(str, arguments)],
        cwd=cwd,
        preexec_fn=within,  # noqa: PLW1509 - it sets a limit or a mask and starts no thread
        env=environment(**more),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def kill(process: subprocess.Popen[Any], number: int = signal.SIGKILL) -> None:
    """Send a signal to a command and to the programs that it runs, as a terminal does."""
    if process.poll() is None:
        os.killpg(process.pid, number)
    process.communicate(timeout=PATIENCE)

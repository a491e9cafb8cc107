"""This machine in, the path of a browser that starts in `.cache/browser` out, installed if need be.

Run as `python -m tests.tools.browser`; `make test` does.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.browser import REMEMBERED, NoBrowser, candidates


def main() -> int:
    """Find a browser, else install one, and write down where it is."""
    try:
        path = _working() or _from_debian() or _from_playwright()
    except NoBrowser as problem:
        print(problem, file=sys.stderr)
        return 1
    if path is None:
        print(
            "The tests read the site in a real browser, and none could be found or installed.\n"
            "Install Chromium or Chrome, or set BRIEFBOOK_BROWSER to the path of one.",
            file=sys.stderr,
        )
        return 1
    REMEMBERED.parent.mkdir(exist_ok=True)
    REMEMBERED.write_text(f"{path}\n", "utf-8")
    return 0


def _working() -> Path | None:
    """The first browser that starts: a package may be a stub that only names another one."""
    return next((path for path in candidates() if _starts(path)), None)


def _starts(path: Path) -> bool:
    try:
        version = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return version.returncode == 0


def _from_debian() -> Path | None:
    """Debian's own package, where we may install it; Ubuntu's of that name needs a daemon."""
    command = _as_root()
    if command is None or not shutil.which("apt-get") or not _is_debian():
        return None
    print("No Chromium or Chrome here: installing Debian's package chromium.", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        done = subprocess.run([*command, "apt-get", "-qq", *step], env=quiet, check=False)
        if done.returncode:
            return None
    return _working()


def _as_root() -> list[str] | None:
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if not sudo:
        return None
    asked = subprocess.run([sudo, "--non-interactive", "true"], capture_output=True, check=False)
    return [sudo, "--non-interactive"] if asked.returncode == 0 else None


def _is_debian() -> bool:
    release = Path("/etc/os-release")
    lines = release.read_text("utf-8").splitlines() if release.is_file() else []
    return "ID=debian" in lines


def _from_playwright() -> Path | None:
    """Playwright's own download."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    if not path.is_file():
        print("No Chromium or Chrome here: asking Playwright for its own.", flush=True)
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        if subprocess.run(command, check=False).returncode:
            return None
    return path if _starts(path) else None


if __name__ == "__main__":
    sys.exit(main())

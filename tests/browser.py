"""A browser on this machine in, pages opened in it out, with all that went wrong on them."""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

REPO = Path(__file__).resolve().parent.parent
REMEMBERED = REPO / ".cache" / "browser"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ARGUMENTS = (
    "--no-sandbox",  # a container has no user namespaces; the pages are ours
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # nothing leaves the machine
)
Scheme = Literal["light", "dark"]


class NoBrowser(Exception):  # noqa: N818 - reads as what it is where it is raised
    """There is no Chromium or Chrome here that could be started."""


def candidates() -> tuple[Path, ...]:
    """The browser that the user names, else the one the last set-up found, then all installed."""
    named = os.environ.get("BRIEFBOOK_BROWSER")
    if named:
        if not Path(named).is_file():
            raise NoBrowser(f"BRIEFBOOK_BROWSER names {named}, and there is no such file.")
        return (Path(named),)
    found = [_remembered(), *map(shutil.which, NAMES), *APPLICATIONS]
    return tuple(Path(path) for path in found if path and Path(path).is_file())


def _remembered() -> str | None:
    return REMEMBERED.read_text("utf-8").strip() if REMEMBERED.is_file() else None


def launch(playwright: Playwright) -> Browser:
    """Start the browser, or say how to get one: a test never skips for want of it."""
    found = candidates()
    if not found:
        raise NoBrowser("No Chromium or Chrome found. `make test` installs one.")
    return playwright.chromium.launch(executable_path=found[0], args=list(ARGUMENTS))


@dataclass
class Visitor:
    """Opens pages, and keeps the errors and the requests of all of them in order.

    A test that provokes an error reads `errors` and clears it: what is left fails the test.
    """

    browser: Browser
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    contexts: list[BrowserContext] = field(default_factory=list)

    def __call__(
        self,
        url: str,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Scheme = "light",
        locale: str = "en-GB",
        scripts: bool = True,
    ) -> Page:
        """A loaded page in a context of its own, without animations."""
        context = self.browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            locale=locale,
            java_script_enabled=scripts,
            reduced_motion="reduce",
        )
        self.contexts.append(context)
        page = context.new_page()
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self.requests.append(request.url))
        page.goto(url)
        return page

    def close(self) -> None:
        """Close every page and forget it."""
        for context in self.contexts:
            context.close()
        self.contexts.clear()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":  # a violated policy is reported as one
            self.errors.append(f"{message.location.get('url', '')}: {message.text}")


def foreign(requests: Iterable[str]) -> tuple[str, ...]:
    """The requests that were meant for another host."""
    return tuple(url for url in requests if urlsplit(url).hostname not in {None, "127.0.0.1"})

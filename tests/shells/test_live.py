"""`briefbook serve` as a process: it follows edits, shows what is wrong, and stops when told."""

import json
import re
import signal
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from briefbook.publish import verify
from tests.shells.project import PATIENCE, SMALL, kill, leftovers, project, start

NAME = "accounts/lantern-fresh.yml"
PAGE = "accounts/lantern-fresh/"


class Served:
    """A project and the address at which it is served."""

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url = folder, url

    def get(self, path: str) -> str:
        """What a browser gets."""
        with urllib.request.urlopen(self.url + path, timeout=10) as answer:
            text: str = answer.read().decode()
            return text

    def problems(self) -> dict[str, Any]:
        """What the page shows of the last build."""
        said: dict[str, Any] = json.loads(self.get("__briefbook/problems.json"))
        return said

    def edit(self, text: str) -> None:
        """Save the file of an account."""
        project(self.folder, {NAME: text})

    def shows(self, title: str) -> bool:
        """Whether the account's page comes to have this title."""
        return self._comes(lambda: f"<title>{title}" in self.get(PAGE))

    def says(self, *, ok: bool) -> bool:
        """Whether the last build comes to have gone well, or badly."""
        return self._comes(lambda: self.problems()["ok"] == ok)

    def _comes(self, true: Any) -> bool:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if true():
                return True
            time.sleep(0.05)
        return False


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """The small project, served on a free port; it must stop in good order."""
    process = start("serve", "--port", "0", cwd=project(tmp_path), PYTHONUNBUFFERED="1")
    assert process.stdout
    try:
        found = re.match(r"Serving on (http://127\.0\.0\.1:\d+/) ", process.stdout.readline())
        assert found
        assert process.stdout.readline() == "Built\n"
        yield Served(tmp_path, found[1])
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, err
        assert out.endswith("Stopped\n")
        assert "Traceback" not in out + err
    finally:
        kill(process)
    assert leftovers(tmp_path) == []


def test_edits_errors_and_repairs_are_followed(served: Served) -> None:
    """Good, good, broken with the last good page still there, good again."""
    text = SMALL[NAME]
    assert served.shows("Lantern Fresh")
    assert served.problems() == {"ok": True, "problems": []}

    served.edit(text.replace("Lantern Fresh", "Lantern Two"))
    assert served.shows("Lantern Two")

    served.edit(text.replace("industry:", "industri:"))
    assert served.says(ok=False)
    (one, *_) = served.problems()["problems"]
    assert (one["file"], one["rule"]) == (NAME, "unknown-field")
    assert "<title>Lantern Two" in served.get(PAGE)

    served.edit(text.replace("Lantern Fresh", "Lantern Three"))
    assert served.says(ok=True)
    assert served.shows("Lantern Three")
    assert verify(served.folder / "site") == ()


def test_a_project_that_is_broken_from_the_start_is_served_and_repaired(tmp_path: Path) -> None:
    """There is no site yet, only what is wrong."""
    process = start(
        "serve", "--port", "0", cwd=project(tmp_path, {**SMALL, NAME: "nope: 1\n"}),
        PYTHONUNBUFFERED="1",
    )  # fmt: skip
    assert process.stdout
    try:
        found = re.match(r"Serving on (\S+) ", process.stdout.readline())
        assert found
        served = Served(tmp_path, found[1])
        assert served.says(ok=False)
        served.edit(SMALL[NAME])
        assert served.says(ok=True)
        assert served.shows("Lantern Fresh")
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=PATIENCE)
        assert process.returncode == 0
    finally:
        kill(process)


def test_a_port_that_is_taken_is_said(served: Served) -> None:
    """In a line."""
    port = re.findall(r"\d+", served.url)[-1]
    process = start("serve", "--port", port, cwd=served.folder)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert "Address already in use" in err
    assert "Traceback" not in err

"""`briefbook verify`: a site that is as it was built passes, any other is told file by file."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.shells.project import rebuilt
from tests.shells.warm import command


def test_a_site_passes_as_link_and_as_folder(copy: Path) -> None:
    """The link to a release, a plain copy of it anywhere, and the release itself."""
    shutil.copytree(copy / "site", copy / "plain")
    for site in ([], ["site"], ["plain"], [str((copy / "site").resolve())]):
        said = command("verify", *site, cwd=copy)
        assert said.code == 0, said.err
        assert "files are as built on 2026-05-28 by briefbook" in said.out
        assert said.err == "Checking...\n"


def test_what_differs_is_told_in_text_and_json(copy: Path) -> None:
    """Changed, missing and added files, those of the search index and the assets among them."""
    site = (copy / "site").resolve()
    index = next(site.glob("pagefind/index/*.pf_index"))
    index.write_bytes(index.read_bytes() + b"x")
    (site / "accounts/index.html").unlink()
    (site / "assets/extra.js").write_text("alert(1)")
    names = (index.relative_to(site).as_posix(), "accounts/index.html", "assets/extra.js")
    said = command("verify", cwd=copy)
    assert said.code == 1
    assert set(said.out.splitlines()) == {
        f"{names[0]}: changed", f"{names[1]}: missing", f"{names[2]}: not in the manifest",
    }  # fmt: skip
    assert said.err.endswith("3 files differ: 1 missing, 1 not in the manifest, 1 changed.\n")
    told = json.loads(command("verify", "--format", "json", cwd=copy).out)
    assert told["build"]["built"] == "2026-05-28"
    assert {one["file"]: one["problem"] for one in told["differences"]} == {
        names[0]: "changed", names[1]: "missing", names[2]: "not in the manifest",
    }  # fmt: skip
    rebuilt(copy)
    assert command("verify", cwd=copy).code == 0


def _gone(site: Path) -> None:
    (site / "build.json").unlink()


def _outside(site: Path) -> None:
    record = json.loads((site / "build.json").read_text("utf-8"))
    record["files"]["../../../content/book.yml"] = "0" * 64
    (site / "build.json").write_text(json.dumps(record), "utf-8")


def _nonsense(site: Path) -> None:
    (site / "build.json").write_text("[1, 2", "utf-8")


@pytest.mark.parametrize("harm", [_gone, _outside, _nonsense])
def test_a_site_without_a_manifest_of_ours_is_wrong_usage(
    copy: Path, harm: Callable[[Path], None]
) -> None:
    """One line and exit 2, as for a folder that is not there."""
    harm((copy / "site").resolve())
    for site in ("site", "nowhere"):
        said = command("verify", site, cwd=copy)
        assert (said.code, said.out) == (2, "")
        assert said.err.startswith("briefbook: ")
        assert said.err.count("\n") == 1

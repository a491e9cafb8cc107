"""README, CONTRIBUTING and Makefile hold what they say: commands, targets, links, examples."""

import re
import subprocess
from pathlib import Path

import pytest

from briefbook.model import FOLDERS, Account
from briefbook.shape import shape
from briefbook.source import read
from tests.browser import REPO

DOCUMENTS = tuple(REPO / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md"))
PROMISED = {"site", "serve", "test", "check", "bench", "soak", "golden"}
README = DOCUMENTS[0].read_text("utf-8")


def _targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):.*## ", (REPO / "Makefile").read_text("utf-8"), re.M))


def test_bare_make_lists_every_target() -> None:
    """`make` alone lists what the project promises, each with its sentence."""
    listed = subprocess.run(["make"], cwd=REPO, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^ *make ([a-z]+) +\S", listed, re.M)) == _targets()
    assert _targets() >= PROMISED


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_documents_name_targets_that_exist(document: Path) -> None:
    """Every `make target` in a code span or block is a target."""
    text = document.read_text("utf-8")
    named = re.findall(r"(?:`|^)make ([a-z]+)", text, re.M)
    assert set(named) <= _targets()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_of_documents_lead_somewhere(document: Path) -> None:
    """Every link and picture that is no web address is a file of the repository."""
    links = re.findall(r"\]\(([^)\s]+)\)", document.read_text("utf-8"))
    inside = [link for link in links if not link.startswith("https://")]
    assert not [link for link in inside if not (REPO / link).is_file()]


def test_first_screen_has_both_commands() -> None:
    """Whoever opens the README sees how to build and how to test without scrolling."""
    first = "\n".join(README.splitlines()[:14])
    assert "make site" in first
    assert "make test" in first


def test_commands_are_documented() -> None:
    """The README's table names every command of the program, and no other."""
    from briefbook.shells.cli import group as main

    table = re.findall(r"^\| `briefbook ([a-z]+)", README, re.M)
    assert sorted(table) == sorted(main.commands)


def test_folders_of_content_are_documented() -> None:
    """The README shows every folder that holds records."""
    assert not [folder for folder, _ in FOLDERS.values() if f"  {folder}/*.yml  " not in README]


def test_the_example_account_is_one() -> None:
    """The account that the README shows is read without a problem."""
    examples = re.findall(r"^```yaml\n(name: .*?)^```", README, re.M | re.S)
    assert len(examples) == 1
    example = examples[0]
    tree, problems = read(example.encode(), "accounts/lantern-fresh.yml")
    assert tree is not None, problems
    assert shape("account", Account, tree)[1] == ()


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """What the host runs is what people run."""
    lines = (REPO / ".ci/run").read_text("utf-8").splitlines()
    assert lines[-1] == "exec make test"

"""What every test may ask for: the repository, a browser, a served site, golden files."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, configuration, settings
from jinja2 import Environment
from playwright.sync_api import Browser, sync_playwright

from tests.browser import REPO, Visitor, foreign, launch
from tests.compiled import once
from tests.server import serving
from tests.shells.project import project, rebuilt

Serve = Callable[..., str]
Golden = Callable[[Path, str], None]
MakeOnce = Callable[[str, Callable[[Path], None]], Path]

configuration.set_hypothesis_home_dir(REPO / ".cache" / "hypothesis")
settings.register_profile(
    "quick",
    deadline=None,  # a busy machine is no failure
    derandomize=True,  # the same run on every machine
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak", settings.get_profile("quick"), derandomize=False, max_examples=3000
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """The two flags behind `make golden` and `make soak`."""
    parser.addoption("--golden", action="store_true", help="write the golden files anew")
    parser.addoption("--soak", action="store_true", help="run the long tests, and only them")


def pytest_configure(config: pytest.Config) -> None:
    """The long runs try more examples."""
    settings.load_profile("soak" if config.getoption("--soak") else "quick")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests, or all others; with --golden, what has no golden file."""
    soak, golden = bool(config.getoption("--soak")), bool(config.getoption("--golden"))

    def chosen(item: pytest.Item) -> bool:
        if golden and "golden" not in getattr(item, "fixturenames", ()):
            return False
        return soak == (item.get_closest_marker("soak") is not None)

    left_out = [item for item in items if not chosen(item)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if chosen(item)]


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    """All builds of a process share the code of templates that are the same."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Environment, "compile", once(Environment.compile))
        yield


@pytest.fixture(scope="session")
def repo() -> Path:
    """The root of the repository."""
    return REPO


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium or Chrome for all tests of a process; without one they fail."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Visitor]:
    """`page(url, width=390, scheme="dark")` opens a page; no page may err or leave the machine."""
    visitor = Visitor(browser)
    yield visitor
    visitor.close()
    assert not visitor.errors
    assert not foreign(visitor.requests)


@pytest.fixture(scope="session")
def serve_site() -> Iterator[Serve]:
    """`serve_site(folder)` is the address of the folder, served with its own `_headers` file."""
    with ExitStack() as running:
        yield lambda folder, prefix="/": running.enter_context(serving(folder, prefix))


@pytest.fixture(scope="session")
def make_once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> MakeOnce:
    """`make_once(name, make)` is a folder that `make` filled, once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def once(name: str, make: Callable[[Path], None]) -> Path:
        folder, done = shared / name, shared / f"{name}.done"
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a failed attempt left
                folder.mkdir()
                make(folder)
                done.touch()
        return folder

    return once


@pytest.fixture(scope="session")
def built(make_once: MakeOnce) -> Path:
    """The small project with its site, to be copied before it is changed."""

    def make(folder: Path) -> None:
        rebuilt(project(folder))

    return make_once("small-built", make)


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Path:
    """A copy of it with its releases: the link to the site is relative, so it holds."""
    return Path(shutil.copytree(built, tmp_path / "copy", symlinks=True))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    """`golden(path, text)` holds the text against the file, or writes the file with --golden."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8", newline="\n")
        assert path.is_file(), f"{path} is missing: `make golden` writes it"
        assert text == path.read_text("utf-8")

    return compare

"""Parts made by other processes are those made here."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

from briefbook import site as pipeline
from briefbook.audit import SiteError
from briefbook.cache import remember
from briefbook.executors import Inline, Workers, inline
from briefbook.frames import DEEPEST, Framed, Outline, head_lines, outline, outlines, slot
from briefbook.pages.seen import Read
from briefbook.prepare import prepare
from briefbook.settings import Settings
from briefbook.shells.beside import beside
from briefbook.shells.frame import draw, theme_folder
from briefbook.shells.workers import WorkersError, cluster, processes
from briefbook.site import build
from briefbook.work import Piece, absolute, read_frames, write_frames
from tests.shells.project import TODAY, project, tree


def spawned() -> AbstractContextManager[Executor]:
    """Processes that share nothing with this one, as those of another machine."""
    return ProcessPoolExecutor(2, get_context("spawn"))


@pytest.mark.parametrize("pool", [processes(2), spawned], ids=["forked", "spawned"])
def test_other_processes_make_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: Workers
) -> None:
    """Forked ones, which find the content in their memory, and others, which read it.

    So do those that are renewed in between.
    """
    monkeypatch.setattr(pipeline, "FEW", 0)
    monkeypatch.setattr(pipeline, "WAVE", 2)
    sites = []
    for name, ways in (("here", inline), ("there", pool)):
        settings = Settings(project(tmp_path / name) / "content", theme_folder(), TODAY)
        build(settings, tmp_path / name / "site", tmp_path / name / ".cache", draw, workers=ways)
        sites.append(tree(tmp_path / name / "site"))
    assert sites[0] == sites[1]


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a cluster of two workers on this machine."""
    from distributed import LocalCluster

    made = LocalCluster(  # type: ignore[no-untyped-call]
        n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None,
        silence_logs=logging.ERROR,
    )  # fmt: skip
    with made:
        yield made.scheduler_address


def test_a_cluster_makes_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scheduler: str
) -> None:
    """Workers that could as well run on other machines."""
    monkeypatch.setattr(pipeline, "FEW", 0)
    sites = []
    for name, ways in (("here", inline), ("there", cluster(scheduler))):
        settings = Settings(project(tmp_path / name) / "content", theme_folder(), TODAY)
        build(settings, tmp_path / name / "site", tmp_path / name / ".cache", draw, workers=ways)
        sites.append(tree(tmp_path / name / "site"))
    assert sites[0] == sites[1]


def test_a_cluster_that_is_not_there_is_told() -> None:
    """In a sentence."""
    with pytest.raises(WorkersError, match="nowhere"), cluster("nowhere")():
        pass


def test_a_worker_that_is_ended_is_told() -> None:
    """In a sentence as well: a machine without memory ends the process that takes most."""
    with pytest.raises(WorkersError, match="--jobs 1"), processes(2)() as pool:
        list(pool.map(os._exit, [1]))


def process(_: int) -> int:
    """The number of the process at work."""
    return os.getpid()


@pytest.mark.skipif(sys.platform != "linux", reason="Processes are forked on Linux only.")
def test_forked_processes_are_renewed() -> None:
    """What they have copied goes with them."""
    with processes(2)() as pool:
        first, second = ({*pool.map(process, range(8))} for _ in range(2))
    assert first
    assert second
    assert first.isdisjoint({*second, os.getpid()})


def test_all_parts_are_made_once_whatever_the_waves(tmp_path: Path) -> None:
    """Each wave has its share of the accounts, and one job of what reads nearly everything.

    Of plenty of parts waves are half as long.
    """
    settings = Settings(project(tmp_path) / "content", theme_folder(), TODAY)
    prepared = prepare(settings)
    numbers = [*range(len(prepared.parts))]
    accounts = {one for one in numbers if prepared.parts[one].name.startswith("account/")}
    assert len(accounts) > 1
    plenty = pipeline.PLENTY
    for most, many, count in ((1, plenty, len(accounts)), (len(accounts), plenty, 1),
                              (2, 0, len(accounts)), (2 * len(accounts), 0, 1)):  # fmt: skip
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipeline, "WAVE", most)
            patch.setattr(pipeline, "PLENTY", many)
            found = [*pipeline.waves(prepared, numbers)]
        assert len(found) == count
        assert sorted(one for wave in found for job in wave for one in job) == numbers
        others = [[job for job in wave if accounts.isdisjoint(job)] for wave in found]
        assert all(len(jobs) == 1 for jobs in others) == (count > 1)


@pytest.mark.skipif(sys.platform != "linux", reason="Processes are forked on Linux only.")
def test_another_process_writes_the_same_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What parts were made from is written down beside the build, or by it where they are many."""
    here, records = list[int](), list[bytes]()

    def written(*given: Any) -> str:
        here.append(len(records))
        return remember(*given)

    monkeypatch.setattr(pipeline, "remember", written)
    for number, most in enumerate((pipeline.PLENTY, 0)):
        monkeypatch.setattr(pipeline, "PLENTY", most)
        root = project(tmp_path / str(number))
        settings = Settings(root / "content", theme_folder(), TODAY)
        build(settings, root / "site", root / ".cache", draw, beside=beside)
        records.append((root / ".cache" / "parts.json").read_bytes())
    assert records[0] == records[1]
    assert here == [1]


def test_a_record_that_is_of_use_stays_until_a_release_is_published(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a build that failed, no more is made again than before it."""
    root = project(tmp_path)
    settings = Settings(root / "content", theme_folder(), TODAY)
    build(settings, root / "site", root / ".cache", draw)
    record = (root / ".cache" / "parts.json").read_bytes()
    account = next((root / "content" / "accounts").iterdir())
    account.write_text(account.read_text("utf-8").replace("name: ", "name: New ", 1), "utf-8")
    monkeypatch.setattr(pipeline, "add_search", _fail)
    with pytest.raises(SiteError):
        build(settings, root / "site", root / ".cache", draw, beside=_at_once)
    assert (root / ".cache" / "parts.json").read_bytes() == record


@contextmanager
def _at_once(work: Callable[[], Any]) -> Iterator[Callable[[], Any]]:
    """Stands in for a process that is done before anything else goes on."""
    result = work()
    yield lambda: result


def _fail(*_: object) -> None:
    raise SiteError("no")


def test_texts_of_pieces_from_elsewhere_are_held_once() -> None:
    """And the pieces say what they said."""
    texts = [("/".join(["", "a", "b#c"]), ".".join("ab")) for _ in range(2)]
    assert texts[0][0] is not texts[1][0]
    made = [Piece("a", (), {}, (link,), {}, reads=((name, "c"),)) for link, name in texts]
    known: dict[Read, Read] = {}
    first, second = (one.lean(known) for one in made)
    assert [first, second] == made
    assert first.reads[0] is second.reads[0]
    assert next(iter(first.links)) is next(iter(second.links))


@pytest.mark.parametrize("link", ["no/", "#no"])
def test_what_goes_wrong_in_a_worker_is_told_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: str
) -> None:
    """A link to another part as well as one to the page itself; and nothing is published."""
    monkeypatch.setattr(pipeline, "FEW", 0)
    monkeypatch.setattr("briefbook.pages.render.Renderer.html", lambda *_: f'<a href="{link}">')
    settings = Settings(project(tmp_path) / "content", theme_folder(), TODAY)
    with pytest.raises(SiteError, match=link):
        build(settings, tmp_path / "site", tmp_path / ".cache", draw, workers=processes(2))
    assert not (tmp_path / "site").exists()


def test_an_executor_in_this_process_gives_results_and_errors() -> None:
    """As any other does."""
    assert list(Inline().map(abs, [-1, 2])) == [1, 2]
    with pytest.raises(ZeroDivisionError):
        Inline().submit(divmod, 1, 0).result()


@pytest.mark.parametrize(
    ("target", "leads"),
    [
        ("../b/#c", "/a/b#c"),
        ("./", "/a/x"),
        ("#c", "/a/x#c"),
        ("../../", ""),
        ("index.json", "/a/x/index.json"),
        ("../?class=c", "/a"),
        ("https://a.example/", ""),
        ("data:image/png;base64,x", ""),
        ("../../../etc", "/etc"),
    ],
)
def test_a_link_is_told_as_an_address_of_the_site(target: str, leads: str) -> None:
    """With its anchor, without a query, and nothing where it leaves the site."""
    assert absolute(target, "/a/x/") == leads


def test_frames_are_written_and_read() -> None:
    """For processes that did not draw them."""
    frames = {one: Framed.of(f"{one}{slot('body')}") for one in outlines(["/", "/accounts/"])}
    assert read_frames(write_frames(frames)) == frames


def test_a_frame_holds_the_words_of_a_page() -> None:
    """Its title is escaped; the rest is HTML."""
    frame = Framed.of(f"<title>{slot('title')} · X</title>{slot('head')}<p>{slot('body')}")
    words = {"title": "A & <B>", "head": "<meta>", "contents": "", "body": "<b>b</b>"}
    assert frame.around(words) == "<title>A &amp; &lt;B&gt; · X</title><meta><p><b>b</b>"


def test_every_address_has_an_outline() -> None:
    """Home, the page of a tab, and pages below one or beside."""
    assert outline("/", "") == Outline("", 0, landing=True)
    assert outline("/accounts/", "/accounts/") == Outline("/accounts/", 1, landing=True)
    assert outline("/glossary/", "/methods/") == Outline("/methods/", 1, landing=False)
    known = set(outlines(["/", "/accounts/"]))
    assert len({one.address for one in known}) == len(known) == 2 * (DEEPEST + 1)


def test_the_head_of_a_page_names_it_and_its_address() -> None:
    """The address only where the site knows its own."""
    assert head_lines('a "b"', "/x/", None) == '<meta name="description" content="a &#34;b&#34;">\n'
    assert 'href="https://a.example/x/"' in head_lines("", "/x/", "https://a.example")

"""Releases: whole or not at all, never over something that is not ours."""

import errno
import hashlib
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from briefbook import publish
from briefbook.publish import disk, manifest


def fill(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def build(project: Path, text: str, *, copy: bool = False, out: str = "site") -> Path:
    with publish.release(project / out, project / ".cache", copy=copy) as made:
        fill(made.staging, {"index.html": text, "a/index.html": text})
        publish.write_manifest(made.staging, {"version": "1"})
        return made.commit()


def releases(project: Path) -> list[str]:
    return sorted(path.name for path in (project / ".cache" / "site").iterdir() if path.is_dir())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with content and nothing built yet."""
    fill(tmp_path, {"content/settings.yml": "language: en\n"})
    return tmp_path


def test_a_release_is_shown_by_a_relative_link(project: Path) -> None:
    """The whole project may move, and the link still holds."""
    build(project, "one")
    assert not (project / "site").readlink().is_absolute()
    moved = project.rename(project.with_name("moved"))
    assert (moved / "site" / "a" / "index.html").read_text("utf-8") == "one"


def test_names_come_from_number_and_content(project: Path) -> None:
    """Equal content differs in its number only; no clock is asked."""
    first, second, third = (build(project, text).name for text in ("one", "one", "two"))
    assert (first[:7], second[:7], third[:7]) == ("000001-", "000002-", "000003-")
    assert first[7:] == second[7:] != third[7:]


def test_the_last_three_releases_stay(project: Path) -> None:
    """Older ones go, but for those that another link still shows."""
    build(project, "kept", out="other")
    for number in range(5):
        build(project, str(number))
    assert [name[:6] for name in releases(project)] == ["000001", "000004", "000005", "000006"]
    assert (project / "other" / "index.html").read_text("utf-8") == "kept"


@pytest.mark.parametrize("said", ["", "null", "[7]", '{"a": 1}', '["\\u0000"]', "[" * 100_000])
def test_a_damaged_list_of_links_is_made_anew(project: Path, said: str) -> None:
    """The build goes on, and what it shows stays known."""
    build(project, "one")
    (project / ".cache" / "site" / "links.json").write_text(said, "utf-8")
    build(project, "two")
    assert (project / "site" / "index.html").read_text("utf-8") == "two"
    links = json.loads((project / ".cache" / "site" / "links.json").read_text("utf-8"))
    assert links == [str(project / "site")]


def test_the_published_release_is_the_previous_one(project: Path) -> None:
    """What the next build may link its unchanged files to."""
    with publish.release(project / "site", project / ".cache") as made:
        assert made.previous is None
    first = build(project, "one")
    build(project, "two", out="other")
    with publish.release(project / "site", project / ".cache") as made:
        assert made.previous == first


@pytest.mark.parametrize("copy", [False, True])
def test_a_failed_build_changes_nothing(project: Path, *, copy: bool) -> None:
    """An exception in the middle leaves the old site and no staging folder."""
    build(project, "old", copy=copy)
    before = releases(project)
    with (
        pytest.raises(KeyboardInterrupt),
        publish.release(project / "site", project / ".cache", copy=copy) as made,
    ):
        fill(made.staging, {"index.html": "new"})
        raise KeyboardInterrupt
    assert (project / "site" / "index.html").read_text("utf-8") == "old"
    assert releases(project) == before


def test_nothing_is_published_without_a_manifest(project: Path) -> None:
    """A build that forgot it has not finished."""
    with (
        pytest.raises(FileNotFoundError, match=r"build\.json"),
        publish.release(project / "site", project / ".cache") as made,
    ):
        made.commit()
    assert not (project / "site").exists()


def test_a_copy_is_a_folder_of_its_own(project: Path) -> None:
    """It has no links, is replaced as a whole, and the cache may go."""
    build(project, "one", copy=True)
    release = build(project, "two", copy=True)
    site = project / "site"
    assert not site.is_symlink()
    assert publish.verify(site) == ()
    assert (site / "index.html").read_text("utf-8") == "two"
    assert (site / "index.html").stat().st_ino != (release / "index.html").stat().st_ino
    assert sorted(path.name for path in project.iterdir()) == [".cache", "content", "site"]


def test_link_and_copy_may_take_turns(project: Path) -> None:
    """Both were made by us, so each may replace the other."""
    for copy in (False, True, False):
        build(project, str(copy), copy=copy)
        assert (project / "site").is_symlink() is not copy
        assert (project / "site" / "index.html").read_text("utf-8") == str(copy)


@pytest.mark.parametrize("missing_call", ["renameat2", "syncfs"])
def test_systems_without_the_fast_calls(
    project: Path, monkeypatch: pytest.MonkeyPatch, missing_call: str
) -> None:
    """Two renames and one fsync a file do the same."""
    present = disk._call  # noqa: SLF001 - there is no other way to take a system call away
    monkeypatch.setattr(disk, "_call", lambda name: None if name == missing_call else present(name))
    build(project, "one", copy=True)
    build(project, "two", copy=True)
    assert publish.verify(project / "site") == ()
    assert (project / "site" / "index.html").read_text("utf-8") == "two"
    assert sorted(path.name for path in project.iterdir()) == [".cache", "content", "site"]


def test_a_switch_killed_between_two_renames_is_repaired(project: Path) -> None:
    """Where folders cannot be exchanged, the next build brings the old one back first."""
    build(project, "one", copy=True)
    (project / "site").rename(disk.aside(project / "site"))
    with publish.release(project / "site", project / ".cache", copy=True):
        assert (project / "site" / "index.html").read_text("utf-8") == "one"


def test_leftovers_of_killed_builds_go(project: Path) -> None:
    """Staging folders, half removed releases and the link that was not yet in its place."""
    build(project, "one")
    fill(project, {".cache/site/000002.tmp/x": "", ".cache/site/000000-abc.tmp/build.json": "{}"})
    disk.beside(project / "site").symlink_to("nowhere")
    build(project, "two")
    assert [name[:7] for name in releases(project)] == ["000001-", "000002-"]
    assert not disk.beside(project / "site").is_symlink()


def test_the_disk_holds_all_before_the_name_is_final(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Power may fail at any moment: flush, then rename, then switch."""
    order: list[str] = []
    real_flush, real_switch = disk.flush, disk.switch

    def flush(folder: Path) -> None:
        order.append(f"flush {folder.suffix}")
        real_flush(folder)

    def switch(fresh: Path, out: Path) -> None:
        order.append(f"switch to {(fresh.parent / fresh.readlink()).suffix or 'release'}")
        real_switch(fresh, out)

    monkeypatch.setattr("briefbook.publish.flush", flush)
    monkeypatch.setattr("briefbook.publish.switch", switch)
    build(project, "one")
    assert order == ["flush .tmp", "switch to release"]


# Two builds, kills, full disks


def test_one_build_at_a_time(project: Path) -> None:
    """The second is told; the lock goes with the first."""
    with (
        publish.release(project / "site", project / ".cache"),
        pytest.raises(publish.BusyError, match="lock"),
        publish.release(project / "site", project / ".cache"),
    ):
        pass
    build(project, "after")


ENDLESS = """
import sys
from pathlib import Path
from briefbook import publish

project, copy = Path(sys.argv[1]), sys.argv[2] == "True"
for number in range(10**6):
    with publish.release(project / "site", project / ".cache", copy=copy) as made:
        for name in range(40):
            (made.staging / f"{name}.html").write_text(f"{number} {name}" * 200)
        publish.write_manifest(made.staging, {"number": str(number)})
        made.commit()
    print(number, flush=True)
"""


@pytest.mark.parametrize("copy", [False, True])
def test_killed_builds_leave_the_old_or_the_new_site(project: Path, *, copy: bool) -> None:
    """Killed at five moments, in writing, flushing, switching or removing: never a mixture."""
    build(project, "first", copy=copy)
    for delay in (1, 4, 9, 17, 30):
        with subprocess.Popen(
            [sys.executable, "-c", ENDLESS, str(project), str(copy)],
            stdout=subprocess.PIPE,
            env={"PYTHONPATH": os.pathsep.join(sys.path)},
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline()  # it has published at least once
            threading.Event().wait(delay / 1000)
            child.send_signal(signal.SIGKILL)
        assert child.returncode == -signal.SIGKILL
        assert publish.verify(project / "site") == ()
        assert (project / "site").is_symlink() is not copy
    build(project, "last", copy=copy)
    assert not [name for name in releases(project) if name.endswith(".tmp")]
    assert sorted(path.name for path in project.iterdir()) == [".cache", "content", "site"]


LIMITED = """
import resource, sys
from pathlib import Path
from briefbook import publish

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
project = Path(sys.argv[1])
try:
    with publish.release(project / "site", project / ".cache", copy=sys.argv[2] == "True") as made:
        (made.staging / "small.html").write_text("new")
        publish.write_manifest(made.staging, {"padding": "x" * 5000})
        made.commit()
except OSError as problem:
    sys.exit(f"{problem.errno} {problem.filename}")
"""


@pytest.mark.parametrize("copy", [False, True])
def test_a_full_disk_leaves_the_site(project: Path, *, copy: bool) -> None:
    """The error names the file that could not be written."""
    build(project, "old", copy=copy)
    before = releases(project)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(project), str(copy), "1000"],
        env={"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr.startswith(f"{errno.EFBIG} ")
    assert done.stderr.rstrip().endswith("build.json")
    assert publish.verify(project / "site") == ()
    assert (project / "site" / "index.html").read_text("utf-8") == "old"
    assert releases(project) == before


def test_a_disk_that_fills_while_copying_leaves_the_site(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The release is whole in the cache by then, but the folder beside the site is not."""
    build(project, "old", copy=True)

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("briefbook.publish.disk.shutil.copyfile", full)
    with pytest.raises(OSError, match=r"No space left.*index\.html"):
        build(project, "new", copy=True)
    assert publish.verify(project / "site") == ()
    assert (project / "site" / "index.html").read_text("utf-8") == "old"
    assert sorted(path.name for path in project.iterdir()) == [".cache", "content", "site"]


def test_a_cache_that_is_a_file_is_an_error_of_the_system(project: Path) -> None:
    """And nothing is published."""
    fill(project, {".cache": ""})
    with pytest.raises(OSError, match=r"\.cache"):
        build(project, "new")
    assert not (project / "site").exists()


def test_limits_are_those_of_this_process() -> None:
    """The full disk above was the child's."""
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


# Targets


@pytest.mark.parametrize(
    ("out", "why"),
    [
        ("/", "root"),
        ("home", "home folder"),
        ("project", "holds the content"),
        (".", "holds the content"),
        ("project/content", "holds the content"),
        ("project/content/site", "inside the content"),
        ("project/content/../content/x", "inside the content"),
        ("project/.cache", "cache"),
        ("project/.cache/site/x", "cache"),
        ("project/.git/site", "git"),
        ("clone", "git"),
        ("folder", "no build has made"),
        ("file", "is a file"),
        ("link-to-folder", "none of ours"),
        ("link-to-nowhere", "none of ours"),
        ("link-to-content", "none of ours"),
        ("link-to-itself", "none of ours"),
    ],
)
def test_refused_targets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, out: str, why: str
) -> None:
    """Refused before a byte is written or removed."""
    fill(tmp_path, {"project/content/x.yml": "", "folder/x": "", "file": "", "clone/.git/HEAD": ""})
    (tmp_path / "home").mkdir()
    (tmp_path / "link-to-folder").symlink_to("folder")
    (tmp_path / "link-to-nowhere").symlink_to("nowhere")
    (tmp_path / "link-to-content").symlink_to("project/content")
    (tmp_path / "link-to-itself").symlink_to("link-to-itself")
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(publish.RefusedTargetError, match=why):
        publish.check_target(
            Path(out), Path("project/content"), Path("project/.cache"), homes=[tmp_path / "home"]
        )
    assert sorted(tmp_path.rglob("*")) == before


def test_a_users_own_home_is_known(project: Path) -> None:
    """From the system's list of users, whatever the environment says."""
    with pytest.raises(publish.RefusedTargetError, match="home folder"):
        publish.check_target(Path("/root"), project / "content", project / ".cache")


@pytest.mark.parametrize("copy", [False, True])
def test_our_own_site_is_no_refused_target(project: Path, *, copy: bool) -> None:
    """Nor is a place where nothing stands, nor an empty folder."""
    (project / "empty").mkdir()
    build(project, "one", copy=copy)
    for out in ("site", "new/deep/site", "empty"):
        publish.check_target(project / out, project / "content", project / ".cache")
        build(project, "two", copy=copy, out=out)
        assert (project / out / "index.html").read_text("utf-8") == "two"


def test_a_copy_with_other_files_in_it_is_refused(project: Path) -> None:
    """A CNAME or a .git that people put there would be lost."""
    build(project, "one", copy=True)
    fill(project / "site", {"CNAME": "briefs.example"})
    with pytest.raises(publish.RefusedTargetError, match="CNAME"):
        publish.check_target(project / "site", project / "content", project / ".cache")
    with pytest.raises(publish.RefusedTargetError, match="CNAME"):
        build(project, "two", copy=True)
    assert (project / "site" / "CNAME").exists()


def test_a_target_that_changes_during_the_build_is_refused(project: Path) -> None:
    """What was checked at the start is checked again at the switch."""
    with (
        pytest.raises(publish.RefusedTargetError, match="no build has made"),
        publish.release(project / "site", project / ".cache", copy=True) as made,
    ):
        fill(project, {"site/mine.txt": "precious"})
        publish.write_manifest(made.staging, {})
        made.commit()
    assert (project / "site" / "mine.txt").read_text("utf-8") == "precious"


# The manifest


def test_the_manifest_names_every_file(project: Path) -> None:
    """Sorted, with what the caller knows of the build, and equal for equal files."""
    first = (build(project, "one") / "build.json").read_bytes()
    assert first == (build(project, "one") / "build.json").read_bytes()
    record = json.loads(first)
    assert record["version"] == "1"
    assert list(record["files"]) == ["a/index.html", "index.html"]
    assert list(record) == sorted(record)


def test_verify_tells_every_difference(project: Path) -> None:
    """Changed, missing, added, and a link in the place of a file."""
    site = build(project, "one")
    fill(site, {"index.html": "other", "extra.html": ""})
    (site / "a" / "index.html").unlink()
    assert told(project / "site") == [
        "a/index.html: missing",
        "extra.html: not in the manifest",
        "index.html: changed",
    ]
    (site / "a" / "index.html").symlink_to(project / "content" / "settings.yml")
    assert "a/index.html: changed" in told(site)


def told(site: Path) -> list[str]:
    """The differences of a site, as people read them."""
    return [str(one) for one in publish.verify(site)]


def test_verify_follows_no_link_and_waits_for_no_pipe(project: Path) -> None:
    """Neither a file, a folder nor a pipe passes for what was built, whatever it would give."""
    site = build(project, "one")
    (site / "a").rename(project / "elsewhere")
    (site / "a").symlink_to(project / "elsewhere")
    (site / "index.html").unlink()
    os.mkfifo(site / "index.html")
    assert told(site) == [
        "a/index.html: missing", "a: not in the manifest", "index.html: changed",
    ]  # fmt: skip
    (site / "index.html").unlink()
    (site / "index.html").mkdir()
    assert "index.html: missing" in told(site)


def test_verify_tells_of_both_releases_that_share_a_file(project: Path) -> None:
    """Unchanged files are hard links: who edits one changes every release that has it."""
    first = build(project, "one")
    with publish.release(project / "site", project / ".cache") as made:
        for name in ("index.html", "a/index.html"):
            (made.staging / name).parent.mkdir(exist_ok=True)
            (made.staging / name).hardlink_to(first / name)
        publish.write_manifest(made.staging, {})
        made.commit()
    with (project / "site" / "index.html").open("a") as file:
        file.write("more")
    assert told(first) == told(project / "site") == ["index.html: changed"]


def test_names_that_are_no_text_are_told_escaped(project: Path) -> None:
    """Whoever put the file there may have named it so that a terminal obeys."""
    site = build(project, "one")
    Path(os.fsdecode(os.fsencode(site) + b"/\xff\x1b[31m\n")).touch()
    (one,) = told(site)
    assert one == "\\udcff\\u001b[31m\\n: not in the manifest"


SUM = "0" * 64
SITE = '{"format": "briefbook-site/1", "files": %s}'


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (None, "has no build.json"),
        ("", "no JSON object"),
        ("[]", "no JSON object"),
        ("[" * 9**5, "no JSON object"),
        ('{"x": ' + "9" * 5000 + "}", "no JSON object"),
        ("{}", "`format` is not"),
        ('{"format": "briefbook-site/1"}', "no `files`"),
        (SITE % '["a"]', "no `files`"),
        (SITE % '{"a": 5}', "the sum of `a`"),
        (SITE % '{"a": "xyz"}', "the sum of `a`"),
        (SITE % f'{{"../content/book.yml": "{SUM}"}}', "no name of a file of the site"),
        (SITE % f'{{"a/../../x": "{SUM}"}}', "no name of a file of the site"),
        (SITE % f'{{"/etc/hostname": "{SUM}"}}', "no name of a file of the site"),
        (SITE % f'{{"./a": "{SUM}"}}', "no name of a file of the site"),
        (SITE % f'{{"a//b": "{SUM}"}}', "no name of a file of the site"),
        (SITE % f'{{"": "{SUM}"}}', "no name of a file of the site"),
        (SITE % f'{{"a\\u0000": "{SUM}"}}', "no name of a file of the site"),
        (SITE % f'{{"build.json": "{SUM}"}}', "no name of a file of the site"),
        (SITE % '{}, "commit": [1]', "are texts"),
    ],
)  # fmt: skip
def test_a_manifest_that_no_build_has_written(tmp_path: Path, text: str | None, why: str) -> None:
    """One error that says why; nothing that it names is read."""
    if text is not None:
        fill(tmp_path, {"build.json": text})
    with pytest.raises(publish.ManifestError, match=why):
        publish.verify(tmp_path)


def test_a_manifest_that_is_huge_or_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refused before it is read into memory; a link or a pipe is not even opened for long."""
    fill(tmp_path, {"build.json": SITE % "{}"})
    assert publish.verify(tmp_path) == ()
    monkeypatch.setattr("briefbook.publish.manifest.MOST_BYTES", 20)
    with pytest.raises(publish.ManifestError, match="larger than"):
        publish.verify(tmp_path)
    monkeypatch.undo()
    (tmp_path / "build.json").rename(tmp_path / "real")
    (tmp_path / "build.json").symlink_to("real")
    with pytest.raises(publish.ManifestError, match="cannot be read"):
        publish.verify(tmp_path)
    (tmp_path / "build.json").unlink()
    os.mkfifo(tmp_path / "build.json")
    with pytest.raises(publish.ManifestError, match="no plain file"):
        publish.verify(tmp_path)


def test_sums_that_are_known_are_not_made_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file is read twice for its digest."""
    fill(project / "s", {"index.html": "one", "a": "two"})
    read: list[str] = []
    real = manifest._digest  # noqa: SLF001 - which files are read is not seen from outside

    def digest(path: Path) -> str:
        read.append(path.name)
        return real(path)

    monkeypatch.setattr(manifest, "_digest", digest)
    known = hashlib.sha256(b"one").hexdigest()
    publish.write_manifest(project / "s", {}, {"index.html": known})
    assert read == ["a"]
    assert publish.verify(project / "s") == ()


def test_a_linked_manifest_of_the_last_release_is_not_written_through(project: Path) -> None:
    """Files of older releases are linked, so writing into one would change both."""
    first = build(project, "one")
    with publish.release(project / "site", project / ".cache") as made:
        for name in ("index.html", "build.json"):
            (made.staging / name).hardlink_to(first / name)
        publish.write_manifest(made.staging, {"version": "2"})
        made.commit()
    assert publish.verify(first) == ()
    assert publish.verify(project / "site") == ()


def rebuild(project: Path, files: dict[str, str], kept: list[str]) -> Path:
    """A release with files kept from the one before it."""
    with publish.release(project / "site", project / ".cache") as made:
        assert made.previous
        made.keep(made.previous, kept)
        assert sorted(publish.files(made.staging)) == sorted(kept)
        fill(made.staging, files)
        publish.write_manifest(made.staging, {})
        return made.commit()


def test_a_release_that_goes_lends_its_folders_to_the_one_that_comes(project: Path) -> None:
    """What is not wanted of it is gone, and no other release is written into."""
    pages = {f"{name}/index.html": name for name in "abc"}
    rebuild_all = {**pages, "old/deep/x.html": "x", "d": "a file"}
    with publish.release(project / "site", project / ".cache") as made:
        fill(made.staging, rebuild_all)
        publish.write_manifest(made.staging, {})
        folder = made.commit().stat().st_ino
    rebuild(project, {"c/index.html": "2"}, ["a/index.html", "b/index.html", "d"])
    third = rebuild(project, {"c/index.html": "3"}, ["a/index.html", "b/index.html"])
    new = {"c/index.html": "4", "d/index.html": "a folder now"}
    last = rebuild(project, new, ["a/index.html", "b/index.html"])
    assert (last.stat().st_ino, last.name[:6]) == (folder, "000004")
    assert not (last / "old").exists()
    assert (last / "a/index.html").samefile(third / "a/index.html")
    assert [name[:6] for name in releases(project)] == ["000002", "000003", "000004"]
    for name in releases(project):
        assert publish.verify(project / ".cache" / "site" / name) == (), name


def test_a_release_that_is_shown_elsewhere_lends_nothing(project: Path) -> None:
    """Nor does the one that files are kept from."""
    shown = build(project, "one", out="elsewhere")
    for text in "2345":
        rebuild(project, {"index.html": text}, ["a/index.html"])
    assert publish.verify(project / "elsewhere") == ()
    assert shown.is_dir()


def test_a_release_with_little_in_common_lends_nothing(project: Path) -> None:
    """To clear it would take longer than to begin with nothing."""
    for text in "123":
        build(project, text)
    old = {path.stat().st_ino for path in (project / ".cache" / "site").iterdir()}
    made = rebuild(project, {"index.html": "4"}, ["a/index.html"])
    assert publish.verify(made) == ()
    assert made.stat().st_ino not in old
    assert len(releases(project)) == 3


def test_a_release_that_cannot_be_moved_lends_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new one is made all the same."""
    build(project, "1")
    for text in "23":
        rebuild(project, {"index.html": text}, ["a/index.html"])

    def refuse(*_: object) -> Path:
        raise PermissionError(errno.EACCES, "not yours")

    with publish.release(project / "site", project / ".cache") as made, monkeypatch.context() as at:
        assert made.previous
        at.setattr(Path, "rename", refuse)
        made.keep(made.previous, ["a/index.html"])
        assert list(publish.files(made.staging)) == ["a/index.html"]
    assert len(releases(project)) == 3

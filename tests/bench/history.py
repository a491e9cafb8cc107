"""Numbers of accounts and commits in, a table out: what history and `diff` cost beside a build.

Run as `python -m tests.bench.history 1000 3000`; `make bench` does so with fewer of both. Shares
are of a cold build without git. Seconds are those of the processor, so that a busy machine changes
little. LIMITS are those of the project; past one the exit code is 1.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefbook.history.story import story
from briefbook.history.where import Where
from briefbook.load import load

END = 1_767_225_600
"""Seconds: the date of all builds, and of the last commit."""
SPAN = 3 * 365 * 86_400
PULL_REQUEST = 10
AUTHORS = ("Mai Tran", "Linh Vo", "Priya Nair", "Wei Chen", "Ana Silva")
LIMITS = {"first": 0.5, "more": 0.5, "afterwards": 0.05, "diff": 0.1}
HEAD = ("accounts", "commits", "cold s", "first s", "afterwards s", "build more s", "diff s")
ROW = "{:>8}  {:>7}  {:>7}  {:>13}  {:>13}  {:>13}  {:>13}"


@dataclass(frozen=True, slots=True)
class Found:
    """Seconds: a cold build without git, the pass over git with and without what it has kept.

    `more` is what a cold build takes longer with git, pages included, when nothing is kept.
    """

    cold: float
    first: float
    afterwards: float
    more: float
    diff: float

    def past_limits(self) -> list[str]:
        """Which costs are above their share of a cold build."""
        return [name for name, most in LIMITS.items() if getattr(self, name) / self.cold > most]


def main(arguments: list[str]) -> int:
    """Measure one project."""
    accounts, commits = map(int, arguments or ["300", "900"])
    with tempfile.TemporaryDirectory() as folder:
        found = measured(Path(folder) / "project", accounts, commits)
    costs = (found.first, found.afterwards, found.more, found.diff)
    shares = (f"{one:.2f} ({one / found.cold:.3f})" for one in costs)
    print(ROW.format(*HEAD))
    print(ROW.format(accounts, commits, f"{found.cold:.1f}", *shares))
    late = found.past_limits()
    print(f"past its limit: {', '.join(late)}" if late else "all within their limits")
    return 1 if late else 0


def measured(project: Path, accounts: int, commits: int) -> Found:
    """Make a project with a past and time what git adds."""
    _command("demo", str(project), "--accounts", str(accounts))
    _git(project, "init", "-q", "-b", "main")
    texts = sorted((project / "content/accounts").glob("*.yml"))
    _import(project, _stream(project, texts, commits))
    _git(project, "reset", "-q", "--hard", "main")
    (project / ".git").rename(project / "put-aside")
    cold = _cold(project)
    (project / "put-aside").rename(project / ".git")
    more = _cold(project) - cold
    (project / ".cache/history.json").unlink()
    first, afterwards = _story(project), _story(project)
    diff = _command("-C", str(project), "diff", "main..pull-request")
    return Found(cold, first, afterwards, more, diff)


def _cold(project: Path) -> float:
    (project / "site").unlink(missing_ok=True)
    shutil.rmtree(project / ".cache", ignore_errors=True)
    return _command("-C", str(project), "build")


def _story(project: Path) -> float:
    """The whole pass over git, as a build asks for it."""
    content, _ = load(project / "content")
    assert content is not None
    where = Where(project, "main", project / ".cache/history.json", "bench")
    started = _processor()
    told = story(where, content, datetime.fromtimestamp(END, UTC).date())
    taken = _processor() - started
    assert told is not None
    assert told.recent
    return taken


def _stream(project: Path, files: list[Path], commits: int) -> Iterator[bytes]:
    """Words for `git fast-import`: all files, then one account a commit, then a pull request."""
    texts = {file: file.read_text("utf-8") for file in files}
    everything = [one for one in sorted(project.rglob("*")) if one.is_file() and _ours(one)]
    yield _commit("main", END - SPAN, "Start", [(one, one.read_bytes()) for one in everything],
                  project)  # fmt: skip
    for number in range(1, commits):
        file = files[number * 7 % len(files)]
        texts[file] = _edited(texts[file], number)
        when = END - SPAN + SPAN * number // commits
        changed = [(file, texts[file].encode())]
        yield _commit("main", when, f"Change {number}", changed, project)
    some = [(file, _edited(texts[file], commits).encode()) for file in files[:PULL_REQUEST]]
    yield b"reset refs/heads/pull-request\nfrom refs/heads/main\n\n"
    yield _commit("pull-request", END, "A pull request", some, project)


def _ours(file: Path) -> bool:
    return not {".git", ".cache"} & set(file.parts)


def _edited(text: str, number: int) -> str:
    """Another potential and another influence of the first person: a class may follow."""
    potential = f"potential: {number % 90 + 5} m CNY"
    influence = f"influence: {('low', 'medium', 'high')[number % 3]}"
    text = re.sub(r"potential: [^\n{]+", potential, text, count=1)
    return re.sub(r"influence: \w+", influence, text, count=1)


def _commit(
    branch: str, when: int, message: str, files: list[tuple[Path, bytes]], project: Path
) -> bytes:
    who = f"{AUTHORS[when % len(AUTHORS)]} <someone@example.com> {when} +0000"
    head = f"commit refs/heads/{branch}\nauthor {who}\ncommitter {who}\n"
    parts = [head.encode(), _data(message.encode())]
    for file, raw in files:
        name = file.relative_to(project).as_posix()
        parts += [f"M 100644 inline {name}\n".encode(), _data(raw)]
    return b"".join(parts)


def _data(raw: bytes) -> bytes:
    return b"data %d\n%b\n" % (len(raw), raw)


def _import(project: Path, stream: Iterator[bytes]) -> None:
    with subprocess.Popen(["git", "fast-import", "--quiet"], cwd=project,
                          stdin=subprocess.PIPE) as process:  # fmt: skip
        assert process.stdin is not None
        process.stdin.writelines(stream)
        process.stdin.close()
    if process.returncode:
        raise SystemExit("git fast-import failed")


def _git(project: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=project, check=True)


def _command(*arguments: str) -> float:
    """Seconds of one command, the start of Python and what it starts included."""
    started = _processor()
    done = subprocess.run(
        [sys.executable, "-m", "briefbook", *arguments], check=False, capture_output=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(END)},
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {done.stderr.decode(errors='replace')[-2000:]}")
    return _processor() - started


def _processor() -> float:
    """Seconds that this process and those that it has waited for took so far."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

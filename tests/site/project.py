"""A folder of content in, its built site out, with what a page of the site consists of."""

from __future__ import annotations

import functools
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from textwrap import dedent

from briefbook.demo import write_demo
from briefbook.prepare import Prepared
from briefbook.shells.frame import draw, settings
from briefbook.site import build
from tests.browser import REPO
from tests.repository import repository
from tests.site.reader import Document, document

TODAY = date(2026, 11, 22)

INDUSTRY = """\
    name: Learning online
    sample: yes
    definition: Courses that people take at home. Their 供应链 begins with authors.
    pains:
      repurchase:
        pain: Learners finish one course and do not begin another
        severity: high
        answered_by: [member-marketing]
    value_chain:
      stages: [content, learner]
      nodes:
        authors: {stage: content, name: Authors}
        learners: {stage: learner, name: Learners}
      flows:
        - {from: authors, to: learners, what: Lessons, pain: Few finish, severity: high}
    keywords: [đào tạo trực tuyến, 在线教育]
    """
ACCOUNTS = {
    "hung-phat": """\
        name: Ngân hàng Hưng Phát
        sample: yes
        industry: learning
        owner: an
        language: vi
        lifecycle: acquire
        profile: {country: VN, region: Miền Bắc}
        in_short: {earns: Lãi vay của khách hàng cá nhân}
        value_to_us: {contribution: {2025: 12 m CNY}, potential: 60 m CNY}
        """,
    "dien-luc": """\
        name: Trường Điện Lực Online
        sample: yes
        industry: learning
        owner: an
        language: vi
        lifecycle: improve
        profile: {country: VN, region: Miền Nam}
        in_short: {heads_for: Mở thêm lớp cho thợ điện}
        """,
    "yunshan": """\
        name: 云杉教育
        sample: yes
        industry: learning
        owner: an
        language: zh
        lifecycle: stable
        profile: {country: CN, region: 华东}
        in_short: {earns: 线上课程的学费}
        value_to_us: {contribution: {2025: 1 m CNY}, potential: 5 m CNY}
        """,
    "nothing-known": """\
        name: Quiet Harbour Kindergartens
        sample: yes
        industry: learning
        """,
}
MEMBER = "team:\n  an: {name: An Nguyễn, role: CSM, country: VN, team: learning}\n"


@dataclass(frozen=True)
class Project:
    """A project whose site is built; pages are read once."""

    root: Path

    @property
    def site(self) -> Path:
        """The published folder."""
        return self.root / "site"

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file of the site but the search index, by its path."""
        paths = (path for path in self.site.rglob("*") if path.is_file())
        names = (path.relative_to(self.site).as_posix() for path in paths)
        return tuple(sorted(name for name in names if not name.startswith("pagefind/")))

    @cached_property
    def pages(self) -> Mapping[str, Document]:
        """Every page by its address below the site, "" being the home page."""
        return {
            name.removesuffix("index.html"): document(self.read(name))
            for name in self.files
            if name.endswith(".html") and not name.startswith("assets/")
        }

    def read(self, name: str) -> str:
        """The text of a file of the site."""
        return (self.site / name).read_text("utf-8")

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The address of the richest page of each kind."""
        best: dict[str, str] = {}
        for address, page in self.pages.items():
            kind = page.kind
            if kind not in best or page.size > self.pages[best[kind]].size:
                best[kind] = address
        return best


def make(root: Path) -> Prepared:
    """Build `root/content` to `root/site` as the shells do, on a fixed day."""
    given = replace(settings(root, root / "content"), today=TODAY, commit="")
    return build(given, root / "site", root / ".cache", draw)


def small(root: Path) -> None:
    """A project in three languages: every field of the demo, and some accounts of our own."""
    write_small(root)
    make(root)


def write_small(root: Path) -> None:
    """The content of the small project."""
    shutil.rmtree(root)
    write_demo(root, 5, 1)
    content = root / "content"
    book = content / "book.yml"
    book.write_text(book.read_text("utf-8").replace("team:\n", MEMBER, 1), "utf-8")
    for name, text in written():
        (content / name).write_text(dedent(text), "utf-8")


def written() -> Iterator[tuple[str, str]]:
    """The files that the small project adds to the demo."""
    yield "industries/learning.yml", INDUSTRY
    for id, text in ACCOUNTS.items():
        yield f"accounts/{id}.yml", text


COMMITS = (
    ("2025-02-05", "First notes"),
    ("2025-05-14", "What the visits told"),
    ("2025-11-03", "Counted anew"),
    ("2026-02-11", "A plan for the year"),
    ("2026-08-20", "After the talks"),
    ("2026-10-05", "Before the last quarter"),
)
"""Days and subjects of the past; after them stands what is there today."""
ERASED = "  p99: {name: Somebody Erased, title: Head of parking, relation: {now: 1, target: 2}}\n"
AUTHORS = ("Mai Trần", "林薇")


def past(root: Path) -> None:
    """The small project in a repository that remembers two years; one account has another id."""
    write_small(root)
    content = root / "content"
    (content / "accounts/yunshan.yml").rename(content / "accounts/cloud-fir.yml")
    (content / "redirects.yml").write_text("account: {yunshan: cloud-fir}\n", "utf-8")
    names = sorted(one.relative_to(root).as_posix() for one in content.rglob("*") if one.is_file())
    today = {name: (root / name).read_text("utf-8") for name in names}
    shutil.rmtree(content)
    made = repository(root)
    for number, (day, subject) in enumerate(COMMITS):
        files = {
            name.replace("cloud-fir", "yunshan"): then(name, text, number)
            for name, text in today.items()
        }
        author = AUTHORS[number % 2]
        made.commit({name: text for name, text in files.items() if text is not None}, subject,
                    day=day, author=author)  # fmt: skip
    made.git("mv", "content/accounts/yunshan.yml", "content/accounts/cloud-fir.yml")
    made.commit(today, "As it stands", day="2026-11-20", author=AUTHORS[0])
    make(root)


def then(name: str, text: str, number: int) -> str | None:
    """What a file held after one of the earlier commits; None where it was not there."""
    if not name.startswith("content/accounts/"):
        return None if name.endswith("redirects.yml") else text
    if "nothing-known" in name:
        return text if number > 1 else None
    left = len(COMMITS) - number
    if "cloud-fir" not in name:
        text = re.sub(r"now: (\d)", lambda at: f"now: {max(int(at[1]) - left // 2, 0)}", text)
    text = re.sub(r"potential: (\d+)", lambda at: f"potential: {int(at[1]) * (7 - left)}", text)
    if COMMITS[number][0] < "2026":
        text = text.replace("  year: 2026\n", "  year: 2025\n")
        text = text.replace("    - date: 2026-", "    - date: 2025-")
    held = functools.partial(_held, day=COMMITS[number][0])
    text = re.sub(r"    - date: ([\d-]+)\n(?:      .*\n)*", held, text)
    text = re.sub(r"  reviews:\n(?!    - )", "", text)
    if number < 3:
        text = text.replace("\npeople:\n", "\npeople:\n" + ERASED)
    return text


def _held(review: re.Match[str], day: str) -> str:
    """A review of a plan is written after it was held."""
    return review[0] if review[1] <= day else ""


def sample(root: Path) -> None:
    """The repository's own content."""
    sample_content(root)
    make(root)


def sample_content(root: Path) -> None:
    """The repository's own content, not built."""
    shutil.copytree(REPO / "content", root / "content")

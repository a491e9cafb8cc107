"""The package's own files and the shared content in, the content of a new project out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from briefbook.model import FOLDERS

_PACKAGE = Path(__file__).parent.parent
OWN = _PACKAGE / "starter"
_SHARED = (
    "glossary.yml", "questions.yml", "sources.yml", "strategies", "pages",
    "industries/education.yml", "industries/online-education.yml",
)  # fmt: skip


@cache
def starter_files() -> Mapping[str, bytes]:
    """The content that a new project begins with, by path: our own files and shared ones.

    Strategies, glossary, questions and methods are those of this project's own content. A wheel
    carries them as `_content`; in a checkout they are read where people edit them.
    """
    files = {f"{part}.yml": (OWN / f"{part}.yml").read_bytes() for part in _OWN}
    packaged = _PACKAGE / "_content"
    shared = packaged if packaged.is_dir() else _PACKAGE.parents[1] / "content"
    for part in _SHARED:
        found = [shared / part] if "." in part else sorted((shared / part).glob("[a-z0-9]*.[my]*"))
        files |= {str(path.relative_to(shared).as_posix()): path.read_bytes() for path in found}
    known = {_reference(path) for path in files} | _sources(files["sources.yml"])
    return {
        path: without_absent(raw.decode(), known).encode() if path.startswith("pages/") else raw
        for path, raw in sorted(files.items())
    }


_OWN = ("book", "accounts/example-school", "companies/example-courses")


def _reference(path: str) -> str:
    folder, _, file = path.rpartition("/")
    kind = next((kind for kind, (name, _) in FOLDERS.items() if name == folder), "page")
    return f"{kind}/{file.rpartition('.')[0]}"


def _sources(raw: bytes) -> set[str]:
    """The sources of the registry, as links name them."""
    return {f"source/{id}" for id in re.findall(r"(?m)^([a-z0-9-]+):", raw.decode())}


_LINK = re.compile(
    r"\[([^\]]*)\]\(ref:((?:account|industry|company|page|strategy|source)/[a-z0-9-]+)[^)]*\)"
)
_BLOCK = re.compile(
    r"```(?P<word>example|yaml-of) (?P<rest>[^\n]*?) ?"
    r"ref:(?P<record>[a-z]+/[a-z0-9-]+)[^\n]*\n```\n\n?"
)
_TOP_LINES = re.compile(r"```yaml-of (?![^\n]*ref:)[^\n]*\n```\n\n?")
"""Lines of a file at the top, which a project may be without."""
_BULLET = re.compile(r"(\s*([-*]|[0-9]+\.) +)?")
_SENTENCE = re.compile(r"(?<=[.?!]) (?=[A-Z\[])")


def without_absent(text: str, known: set[str]) -> str:
    """A page without what it says of records that are not there.

    The name of a public company or a source stays, as text; a sentence about another absent record
    goes. An example of one is left to the site to choose, so that it shows what the project has.
    """
    lines = []
    for line in _with_examples(text, known).split("\n"):
        mark = _BULLET.match(line)[0]  # type: ignore[index]  # it matches every line
        sentences = _SENTENCE.split(line[len(mark) :])
        kept = [one for one in sentences if not _about_absent(one, known)]
        if kept:
            lines.append(mark + _LINK.sub(lambda link: _unlinked(link, known), " ".join(kept)))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines))


def _with_examples(text: str, known: set[str]) -> str:
    """A page that shows no lines of absent records, and each kind of their examples once."""
    seen = {found["rest"] for found in _BLOCK.finditer(text) if found["record"] in known}

    def kept(found: re.Match[str]) -> str:
        if found["record"] in known:
            return found[0]
        if found["word"] != "example" or found["rest"] in seen:
            return ""
        seen.add(found["rest"])
        return f"```example {found['rest']}\n```\n\n"

    return _BLOCK.sub(kept, _TOP_LINES.sub("", text))


def _about_absent(sentence: str, known: set[str]) -> bool:
    links = (link[2] for link in _LINK.finditer(sentence))
    return any(not link.startswith(("company/", "source/")) and link not in known for link in links)


def _unlinked(link: re.Match[str], known: set[str]) -> str:
    return link[0] if link[2] in known else link[1]

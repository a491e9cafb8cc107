"""Hostile strings in, a project with each in a plain field out, and the pages that show it."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefbook.examine import examined
from briefbook.problem import Problem, failed
from briefbook.shells.frame import settings
from tests.browser import REPO
from tests.site.project import TODAY, make

CORPORA = REPO / "tests" / "corpora"
OWN = (
    "</title><script>window.pwned=1</script>",
    "&lt;/title&gt;&lt;script&gt;window.pwned=1&lt;/script&gt;",
    '"><img src=x onerror=window.pwned=1>',
    "'><svg/onload=window.pwned=1>",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "]]><foreignObject><script>window.pwned=1</script>",
    "--><script>window.pwned=1</script><!--",
    "</text></svg><script>window.pwned=1</script>",
    "</style><style>body{display:none}</style>",
    "javascript:window.pwned=1",
    "[x](javascript:window.pwned=1) ![x](//a.example/x) *a* `b` <b>c</b>",
    "&amp; &#60; &nbsp; %3Cscript%3E \\u003cscript\\u003e",
    '" onmouseover="window.pwned=1" x="',
    "=HYPERLINK(1) {name} %s %(x)s {0}",
    '--8<-- ".git/config"',
    "<svg data-pagefind-ignore></div></article><div data-pagefind-body></svg>",
    "Null",
)
LIMITS = {"book.yml": 2000, "glossary.yml": 2000, "sources.yml": 150, "accounts/a0.yml": 70}
Line = Callable[[str, str], str]


def folded(text: str) -> str:
    """Text as a reader sees it: composed, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def corpus(step: int, start: int = 0) -> tuple[str, ...]:
    """The naughty strings, and every so many-th script payload."""
    naughty = json.loads((CORPORA / "blns/blns.json").read_text("utf-8"))
    raw = (CORPORA / "payloadbox-xss/xss-payload-list.txt").read_bytes()
    payloads = raw.decode("utf-8", "replace").split("\n")[start::step]
    return tuple(one for one in dict.fromkeys((*naughty, *payloads)) if one.strip())


@dataclass(frozen=True)
class Slot:
    """One string in one field: the file and its line, and the pages that show it."""

    file: str
    line: str
    text: str
    pages: tuple[str, ...]


@dataclass
class Hostile:
    """A project being filled; each string gets a number, so that each is one of its kind."""

    slots: list[Slot] = field(default_factory=list)

    def put(self, file: str, line: str, text: str, *pages: str) -> None:
        """Write a string into a line, where `%s` stands for it and `%d` for its number."""
        shown = f"{text} ~{len(self.slots)}~"
        numbered = line.replace("%d", str(len(self.slots)))
        written = numbered.replace("%s", json.dumps(shown, ensure_ascii=False))
        self.slots.append(Slot(file, written, shown, pages))


HEADS = {
    "book.yml": "language: en\ncapabilities:\n",
    "industries/i1.yml": "name: Chains\nvalue_chain:\n  stages: [a, b]\n  nodes:\n",
    "accounts/a0.yml": "name: People\nsample: yes\nindustry: i0\npeople:\n",
}


def plan(strings: Iterable[str]) -> Hostile:
    """Our own strings in every kind of place, and all others spread over tables and lists."""
    made = Hostile()
    for number, text in enumerate(OWN):
        _everywhere(made, number, text)
    for number, text in enumerate(strings):
        _one_of(made, number, text)
    return made


def _everywhere(made: Hostile, number: int, text: str) -> None:
    account, company = f"accounts/n{number}.yml", f"companies/c{number}.yml"
    page = f"accounts/n{number}/"
    made.put(account, "name: %s", text, page, "accounts/")
    made.put(account, "sample: yes\nindustry: i0\naliases: [%s]", text, page)
    made.put(account, "profile:\n  region: %s", text, page)
    made.put(account, "  country: %s", text, page)
    made.put(account, "people:\n  p: {name: %s}", text, page)
    made.put(account, "opportunities:\n  o: {name: %s}", text, page)
    made.put(account, "sources:\n  s: {kind: media, title: %s}", text, page)
    made.put(company, "name: %s", text, f"companies/c{number}/", "companies/")
    made.put(company, "ticker: %s", text, f"companies/c{number}/")
    strategy = f"strategies/s{number}.yml"
    made.put(strategy, "name: %s", text, f"strategy/s{number}/", "strategy/")
    made.put(strategy, "demands: [%s]", text, f"strategy/s{number}/")
    made.put(strategy, "tactics:\n  t: {name: %s}", text, f"strategy/s{number}/")
    brief = f"industries/h{number}.yml"
    made.put(brief, "name: %s", text, f"industries/h{number}/", "industries/")
    made.put(brief, "keywords: [%s]", text, f"industries/h{number}/")
    made.put(brief, "questions: [%s]", text, f"industries/h{number}/")
    made.put(brief, "pains:\n  p: {pain: %s}", text, f"industries/h{number}/")
    nodes = "  nodes:\n    x: {stage: a, name: %s}\n    y: {stage: b, name: Y}"
    made.put(brief, f"value_chain:\n  stages: [a, b]\n{nodes}", text, f"industries/h{number}/")
    flow = "  flows:\n    - {from: x, to: y, what: %s}"
    made.put(brief, flow, text, f"industries/h{number}/")
    made.put(brief, "    - {from: y, to: x, pain: %s}", text, f"industries/h{number}/")
    made.put("sources.yml", "q%d: {kind: media, title: %s, url: https://example.com/}", text)


def _one_of(made: Hostile, number: int, text: str) -> None:
    places: tuple[tuple[str, str, str], ...] = (
        ("glossary.yml", "g%d: {en: %s}", "glossary/"),
        ("book.yml", "  c%d: {name: %s}", "capabilities/"),
        ("accounts/a0.yml", "  p%d: {title: %s}", "accounts/a0/people/"),
        ("industries/i1.yml", "    n%d: {stage: a, name: %s}", "industries/i1/"),
        ("sources.yml", "s%d: {kind: media, title: %s}", "sources/"),
    )
    file, line, page = places[number % len(places)]
    if sum(one.file == file for one in made.slots) >= LIMITS.get(file, 40):
        file, line, page = places[number % 2]
    made.put(file, line, text, page)


def write(root: Path, slots: Iterable[Slot]) -> Mapping[tuple[str, int], Slot]:
    """Write the files of a project; the slot of every line that holds one."""
    texts = {"book.yml": "name: Hostile\n" + HEADS["book.yml"], "industries/i0.yml": "name: Leaf\n"}
    at: dict[tuple[str, int], Slot] = {}
    for slot in slots:
        texts[slot.file] = texts.get(slot.file, HEADS.get(slot.file, "")) + slot.line + "\n"
        at[slot.file, texts[slot.file].count("\n")] = slot
    shutil.rmtree(root / "content", ignore_errors=True)
    for name, text in texts.items():
        (root / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "content" / name).write_text(text, "utf-8", newline="\n")
    return at


def settle(root: Path, made: Hostile) -> tuple[list[Slot], list[tuple[Slot, Problem]]]:
    """What the checks take, and what they refuse, each with its problem; then build the rest."""
    kept, refused = list(made.slots), list[tuple[Slot, Problem]]()
    for _ in range(30):  # the reader tells one forbidden character of a file at a time
        at = write(root, kept)
        given = replace(settings(root, root / "content"), today=TODAY)
        problems = [one for one in examined(given).problems if one.severity == "error"]
        if not failed(problems):
            make(root)
            return kept, refused
        bad = {(one.place.file, one.place.line): one for one in problems}
        assert set(bad) <= set(at), [str(one) for key, one in bad.items() if key not in at]
        refused += [(at[key], one) for key, one in bad.items()]
        out = {at[key] for key in bad}
        kept = [one for one in kept if one not in out]
    raise AssertionError(refused[-5:])

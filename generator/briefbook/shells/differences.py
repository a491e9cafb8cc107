"""A difference in, what people and programs read of it out."""

from __future__ import annotations

import json
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefbook.history.difference import Difference
from briefbook.history.gate import Missing
from briefbook.pages.change_words import Telling, plain
from briefbook.problem import escape
from briefbook.shells.report import report
from briefbook.words import Words

FORMATS = ("text", "markdown", "json")
_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in string.punctuation})


@dataclass(frozen=True, slots=True)
class Told:
    """All that a difference has to say."""

    found: Difference
    missing: tuple[Missing, ...]
    words: Words
    folder: str

    @property
    def telling(self) -> Telling:
        """Its words."""
        return Telling(self.words, self.found.content)


def told(what: Told, format: str) -> str:
    """The difference in one of FORMATS."""
    return _WRITERS[format](what)


def _text(what: Told) -> str:
    telling, lines = what.telling, []
    for one in what.found.changed:
        lines.append(telling.headline(one))
        lines += [f"  {line}" for line in telling.edits(one)]
    lines += [line for one in what.missing for line in telling.missing(one)]
    problems = report(what.found.problems, "text")
    if not lines:
        lines = [what.words("change.nothing")]
    return "\n".join([*map(escape, lines), *([problems] if problems else [])])


def _markdown(what: Told) -> str:
    """For the page of a pull request: structure is ours, every sign of the content is an entity."""
    telling, t = what.telling, what.words
    lines = [f"### {_safe(t('change.total', n=len(what.found.changed)))}", ""]
    for one in what.found.changed:
        lines.append(f"- **{_safe(telling.headline(one))}**")
        lines += [f"  - {_safe(line)}" for line in telling.edits(one)]
    lacking = [line for one in what.missing for line in telling.missing(one)]
    lines += _section(t("change.gate.title"), lacking)
    lines += _section(t("change.broken.title"), [str(one) for one in what.found.problems])
    if not what.found.changed:
        lines.append(_safe(t("change.nothing")))
    return "\n".join(lines)


def _section(title: str, items: Sequence[str]) -> list[str]:
    return ["", f"### {_safe(title)}", "", *(f"- {_safe(one)}" for one in items)] if items else []


def _safe(text: str) -> str:
    return escape(text).translate(_SIGNS)


def _json(what: Told) -> str:
    telling = what.telling
    rows = [{**plain(one), "sentence": telling.headline(one)} for one in what.found.changed]
    lacks = [
        {"kind": one.changed.kind, "id": one.changed.id, "rule": one.rule, "reason": one.reason,
         "reviewers": one.reviewers, "sentences": telling.missing(one)}
        for one in what.missing
    ]  # fmt: skip
    problems = json.loads(report(what.found.problems, "json", what.folder))["problems"]
    made = {"version": 1, "records": rows, "missing": lacks, "problems": problems}
    return json.dumps(made, ensure_ascii=False, indent=1)


_WRITERS: dict[str, Callable[[Told], str]] = {
    "text": _text, "markdown": _markdown, "json": _json,
}  # fmt: skip

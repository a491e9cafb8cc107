"""The quiz in, a problem for each answer that leads nowhere or cannot be told apart out."""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from briefbook.analyse.answers import CLASSES, Lacking, Told, closed, split, told
from briefbook.analyse.portfolio import Results
from briefbook.analyse.quiz import NotAsked, result_of, written
from briefbook.analyse.quiz_results import REFERABLE, Known
from briefbook.checks.files import File, Path
from briefbook.checks.references import QUIZ_ONLY, is_answer
from briefbook.load import Content
from briefbook.model import FOLDERS
from briefbook.problem import Place, Problem, error, warning
from briefbook.quantity import shorten

References = Sequence[tuple[Path, str]]


def quiz_answers(content: Content, file: File) -> Iterator[Problem]:
    """Right and wrong answers of each question, as far as the files alone tell."""
    for id, references in _items(file).items():
        lacking = False
        read: list[tuple[Path, str, Told | None]] = []
        for path, reference in references:
            made = None if result_of(reference) else told(content, reference)
            if isinstance(made, Lacking) or not _known(content, reference):
                lacking = True
                if isinstance(made, Lacking):
                    yield from _lacking(content, reference, made, file.place(path))
            else:
                read.append((path, reference, made))
        if not lacking:
            yield from _alike(file, read)
            yield from _few(file, id, read)


def _items(file: File) -> Mapping[str, References]:
    """Path and text of the answers by question, the right one first."""
    found: defaultdict[str, list[tuple[Path, str]]] = defaultdict(list)
    for value in file.values if file.kind == "quiz" else ():
        if is_answer(file, value):
            right = value.steps[1] == "answer"
            some = found[str(value.path[0])]
            some.insert(0 if right else len(some), (value.path, value.text))
    return found


def _known(content: Content, reference: str) -> bool:
    kind, id, _ = split(reference)
    return kind not in FOLDERS or id in content.of(kind)


def _lacking(content: Content, reference: str, what: Lacking, place: Place) -> Iterator[Problem]:
    """What a reference lacks; a record that is not there is told by `unknown-reference` already."""
    if what.reason == "record" and reference.startswith(QUIZ_ONLY):
        near = _near(what.name, _ids(content, what.of))
        yield error("unknown-reference", place, f"There is no {what.of} `{shorten(what.name)}`.",
                    f"{near}{_where(content, what.of)}")  # fmt: skip
    elif what.reason == "field":
        yield error("quiz-fact", place, f"There is no `{shorten(what.name)}` in {what.of}.",
                    _instead(reference, what))  # fmt: skip
    elif what.reason == "section":
        yield error("quiz-fact", place, f"`{shorten(what.name)}` of {what.of} is no single fact.",
                    f"Name one below it: {_some(what.known)}.")  # fmt: skip
    elif what.reason == "confidential":
        yield error("quiz-fact", place, f"`{shorten(what.name)}` of {what.of} is confidential.",
                    "Ask for something that may be shown to all.")  # fmt: skip


def _instead(reference: str, what: Lacking) -> str:
    kind, _, path = split(reference)
    results = sorted(REFERABLE.get(kind, ())) if "." not in path else []
    near = _near(what.name, (*what.known, *results))
    computed = f" Results are {', '.join(results)}." if results else ""
    return f"{near}There is {_some(what.known)}.{computed}" if what.known else (
        f"Write {kind}/{split(reference)[1]} alone.")  # fmt: skip


def _near(name: str, ids: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, sorted(ids), 1, 0.6)
    return f"Did you mean `{near[0]}`? " if near else ""


def _some(names: Sequence[str], most: int = 8) -> str:
    return ", ".join(names[:most]) + (", …" if len(names) > most else "")


def _ids(content: Content, kind: str) -> Sequence[str]:
    book = content.book.value
    return tuple({"capability": book.capabilities, "member": book.team}.get(kind, CLASSES))


def _where(content: Content, kind: str) -> str:
    letters = f"the nine-box: {', '.join(CLASSES)}"
    return f"Defined in {letters if kind == 'class' else content.book.file}."


def _alike(file: File, read: Sequence[tuple[Path, str, Told | None]]) -> Iterator[Problem]:
    """A wrong answer that reads like the right one, or like another wrong one."""
    seen: dict[str, str] = {}
    for path, reference, made in read:
        key = made.same if made else f"result {reference}"
        if key in seen:
            same = seen[key] == reference
            what = "stands twice" if same else f"reads like `{shorten(seen[key])}`"
            yield error("quiz-same", file.place(path), f"`{shorten(reference)}` {what}.",
                        "Take a wrong answer that says something else.")  # fmt: skip
        seen.setdefault(key, reference)


def _few(file: File, id: str, read: Sequence[tuple[Path, str, Told | None]]) -> Iterator[Problem]:
    """A question without a wrong answer, where none follows from the right one."""
    path, reference, made = read[0] if read else ((id,), "", None)
    if len(read) == 1 and not result_of(reference) and not (made and closed(made)):
        yield error("quiz-options", file.place(path), "The question has only one answer.",
                    "Add `others:` with one to three references to wrong answers.")  # fmt: skip


def quiz_today(content: Content, results: Results) -> Iterator[Problem]:
    """Questions that are left out today: the day alone may change a result, so nothing fails."""
    for one in written(Known(content, results)):
        if isinstance(one, NotAsked):
            yield _not_asked(content, one)


def _not_asked(content: Content, one: NotAsked) -> Problem:
    tree, item = content.quiz.tree, content.quiz.value.of[one.id]
    if one.why == "clash":
        several = isinstance(tree.data[one.id]["others"], list)
        path: Path = (one.id, "others", one.at) if several else (one.id, "others")
        return warning(
            "quiz-not-asked", tree.place(path),
            f"`{shorten(item.others[one.at])}` is right today, so nobody is asked.",
            "Leave `others` out: the wrong answers then follow from the result.",
        )  # fmt: skip
    what = "is not known" if one.why == "unknown" else "has no wrong answer"
    return warning("quiz-not-asked", tree.place((one.id, "answer")),
                   f"`{shorten(item.answer)}` {what} today, so nobody is asked.",
                   "Complete the record, or ask for something else.")  # fmt: skip

"""The blocks of pages in, a problem for each that cannot be drawn out."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from typing import Any

from briefbook.analyse.examples import EXAMPLES
from briefbook.analyse.facts import is_confidential
from briefbook.analyse.portfolio import Results
from briefbook.blocks import REFERENCE, WORDS, Block, Word, blocks
from briefbook.checks.references import LINKED, linked
from briefbook.excerpt import known, lines_of, numbers
from briefbook.load import TOP, Content, Guide, Record
from briefbook.model import FOLDERS
from briefbook.model.schema import KINDS
from briefbook.problem import Place, Problem, error
from briefbook.reference import reference, way

_FIELD_KINDS = (*KINDS, "sources")


def unknown_blocks(content: Content, guide: Guide) -> Iterator[Problem]:
    """Blocks that say something we cannot draw, or of a record that is not there."""
    seen: dict[tuple[str, ...], int] = {}
    for one in blocks(guide.text):
        found = list(_wrong(guide, one)) or list(_absent(content, guide, one))
        yield from found
        said = (one.word.text, *(word.text for word in one.rest))
        if not found and said in seen:
            yield _bad(guide, one, one.word, f"This block stands on line {seen[said]} already.",
                       "Keep one of the two.")  # fmt: skip
        seen.setdefault(said, guide.first_line + one.line)


def _wrong(guide: Guide, one: Block) -> Iterator[Problem]:
    if one.word.text not in WORDS:
        yield _bad(
            guide, one, one.word, f"`{one.word.text}` is no block.", _near(one.word.text, WORDS)
        )
    elif one.inner:
        yield _bad(guide, one, one.word, "A block stands within a list or a quotation.",
                   "Begin its line without spaces or signs before it.")  # fmt: skip
    elif one.content.strip():
        yield _bad(guide, one, one.word, "A block holds text of its own.",
                   "What it shows is drawn: close it on the next line.")  # fmt: skip
    elif one.word.text == "example":
        yield from _wrong_example(guide, one)
    elif one.word.text == "fields":
        yield from _wrong_fields(guide, one)
    else:
        yield from _wrong_yaml(guide, one)


def _wrong_example(guide: Guide, one: Block) -> Iterator[Problem]:
    name, *more = one.names or (one.word,)
    if name.text not in EXAMPLES:
        said = f"`{name.text}` is no example." if one.names else "An example has no name."
        yield _bad(guide, one, name, said, _near(name.text, EXAMPLES))
        return
    kinds = EXAMPLES[name.text].kinds
    for extra in (*more, *one.references[1:]):
        yield _bad(guide, one, extra, f"`{extra.text}` is one word too many.",
                   f"Write `example {name.text} ref:{kinds[0]}/some-id`.")  # fmt: skip
    if one.target and one.target[2] and not EXAMPLES[name.text].anchor:
        yield _bad(guide, one, one.references[0], f"`{name.text}` is of a record as a whole.",
                   f"Remove `#{one.target[2]}`.")  # fmt: skip
    elif one.target and one.target[0] in LINKED and one.target[0] not in kinds:
        yield _bad(guide, one, one.references[0], f"`{name.text}` is no example of this kind.",
                   f"Name {' or '.join(f'`ref:{kind}/some-id`' for kind in kinds)}.")  # fmt: skip


def _wrong_fields(guide: Guide, one: Block) -> Iterator[Problem]:
    kind, *paths = one.names or (one.word,)
    if kind.text not in _FIELD_KINDS:
        said = f"`{kind.text}` is no kind of file." if one.names else "No kind of file is named."
        yield _bad(guide, one, kind, said, _near(kind.text, _FIELD_KINDS))
    elif not paths:
        yield _bad(guide, one, kind, "No field is named.", "Write `fields account lifecycle`.")
    for path in paths if kind.text in _FIELD_KINDS else ():
        held = way(kind.text, path.text)
        if not held or any(field.many == "list" for field in held[:-1]):
            near = difflib.get_close_matches(path.text, _paths(kind.text), 1, 0.6)
            meant = f"Did you mean `{near[0]}`? " if near else ""
            yield _bad(guide, one, path, f"A file of kind {kind.text} has no field `{path.text}`.",
                       f"{meant}The page /fields/ lists them. Name a list as a whole.")  # fmt: skip
    for extra in one.references:
        yield _bad(guide, one, extra, f"`{extra.text}` does not belong here.",
                   "Lines of a record are shown by `yaml-of`.")  # fmt: skip


def _paths(kind: str) -> list[str]:
    """Every field that can be named: what stands within a list cannot."""
    found = next(one for one in reference() if one.kind == kind)
    return [one.path for one in found.fields if "[]" not in one.path]


def _wrong_yaml(guide: Guide, one: Block) -> Iterator[Problem]:
    kind, _, fields = one.quoted
    known_kind = kind in FOLDERS if one.target else kind in TOP
    if len(one.references) > 1 or not fields or not known_kind:
        yield _bad(guide, one, one.word, "It takes one record, or one file, and fields to show.",
                   "Write `yaml-of ref:account/some-id goals` or `yaml-of book goal`.")  # fmt: skip


def _absent(content: Content, guide: Guide, one: Block) -> Iterator[Problem]:
    """References of blocks lead where links do."""
    for word in one.references:
        target, place = word.text.removeprefix(REFERENCE), _place(guide, one, word)
        yield from linked(content, None, target, place)


def blocks_without_data(content: Content, results: Results) -> Iterator[Problem]:
    """Examples of records that lack what is drawn, and lines that a file does not have."""
    for guide in content.guides.values():
        for one in blocks(guide.text):
            if one.word.text == "yaml-of":
                yield from _lines(content, guide, one)
            elif one.target and (record := content.record(*one.target[:2])):
                yield from _lacking(content, results, guide, one, record)


def _lacking(
    content: Content, results: Results, guide: Guide, one: Block, record: Record[Any]
) -> Iterator[Problem]:
    where = one.references[0]
    if one.word.text == "example" and (name := one.names[:1]) and name[0].text in EXAMPLES:
        example = EXAMPLES[name[0].text]
        anchor = where.text.partition("#")[2]
        if record.kind in example.kinds and not example.has(content, results, record, anchor):
            message, hint = _gone(record, anchor.removeprefix(example.anchor)) or (
                f"{where.text.removeprefix(REFERENCE)} lacks what `{name[0].text}` draws.",
                f"It takes {example.needs}: write it, or name another record.",
            )
            yield error("block-data", _place(guide, one, where), message, hint)


def _gone(record: Record[Any], id: str) -> tuple[str, str] | None:
    """Message and hint where the part that an anchor names is not in the file at all."""
    there = getattr(record.value, "opportunities", {})
    if not id or id in there:
        return None
    return f"There is no opportunity `{id}` in {record.file}.", _near(id, there)


def _lines(content: Content, guide: Guide, one: Block) -> Iterator[Problem]:
    kind, id, fields = one.quoted
    record = content.record(kind, id)
    if record is None:
        return
    for field in fields:
        if not known(record.tree, field.text):
            yield error("block-data", _place(guide, one, field),
                        f"{record.file} does not write `{field.text}`.",
                        "Name a field of the file, with dots for one within another.")  # fmt: skip
        elif _shows_hidden(content, record, field.text):
            yield error("block-data", _place(guide, one, field),
                        f"`{field.text}` of {record.file} is confidential, in whole or in part.",
                        "Name entries that may be shown, one by one.")  # fmt: skip


def _shows_hidden(content: Content, record: Record[Any], field: str) -> bool:
    """Whether a line of a confidential entry is among those that would be shown."""
    text = content.quoted.get(record.file, "")
    hidden = set(_hidden(record.tree.data, record.tree.marks))
    return not hidden.isdisjoint(numbers(text, record.tree, [field])) if hidden else False


def _hidden(node: Any, marks: Any) -> Iterator[int]:
    if isinstance(node, dict) and is_confidential(node):
        yield from lines_of(marks)
    elif isinstance(node, (dict, list)):
        for key, child in node.items() if isinstance(node, dict) else enumerate(node):
            yield from _hidden(child, marks.children[key])


def _place(guide: Guide, one: Block, word: Word) -> Place:
    return Place(guide.file, guide.first_line + one.line, word.column)


def _bad(guide: Guide, one: Block, word: Word, message: str, hint: str) -> Problem:
    return error("page-block", _place(guide, one, word), message, hint)


def _near(text: str, names: Collection[str]) -> str:
    near = difflib.get_close_matches(text, sorted(names), 1, 0.6)
    meant = f"Did you mean `{near[0]}`? " if near else ""
    return f"{meant}There are {', '.join(names)}."

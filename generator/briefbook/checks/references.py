"""A file's references in, an `unknown-reference` for each that leads nowhere out."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from briefbook.checks.chain import elsewhere, groups
from briefbook.checks.files import File, Value
from briefbook.load import Content, Guide, Record
from briefbook.model import FOLDERS, Industry
from briefbook.problem import Place, Problem, error
from briefbook.prose import links
from briefbook.quantity import shorten

LINKED = (*sorted(FOLDERS), "page", "source", "term")
"""What a link in prose may lead to."""
QUIZ_ONLY = ("capability/", "member/", "class/")
"""What beside it an answer of the quiz may be; `checks/quiz.py` follows these."""


@dataclass(frozen=True, slots=True)
class Nowhere:
    """A reference that leads to nothing: what it should be, which ids there are, and where."""

    what: str
    ids: Collection[str]
    where: str


Follow = Callable[[Content, File, str], Nowhere | None]
"""None where a reference leads to a record, or to a file that has its own problems."""


def unknown_references(content: Content, file: File) -> Iterator[Problem]:
    """References of fields and keys; a file that failed its shape is not told a second time."""
    for value in file.values:
        if value.refers_to and (nowhere := FOLLOW[value.refers_to](content, file, value.text)):
            yield _unknown(value.text, nowhere, file.place(value.path, key=value.key))


def _unknown(text: str, nowhere: Nowhere, place: Place) -> Problem:
    near = difflib.get_close_matches(text, sorted(nowhere.ids), 1, 0.6)
    meant = f"Did you mean `{near[0]}`? " if near else ""
    none = "" if nowhere.ids else " None is defined there yet."
    return error("unknown-reference", place, f"There is no {nowhere.what} `{text}`.",
                 f"{meant}Defined in {nowhere.where}.{none}")  # fmt: skip


def unknown_links(content: Content, file: File) -> Iterator[Problem]:
    """Links in the prose of a file, and the facts that a quiz names."""
    for value in file.values if "[" in file.text or file.kind == "quiz" else ():
        if value.type == "prose" and "[" in value.text:
            for target, _ in links(value.text):
                yield from _target(content, file, target, file.place(value.path))
        elif is_answer(file, value) and not value.text.startswith(QUIZ_ONLY):
            yield from linked(content, file, value.text, file.place(value.path))


def is_answer(file: File, value: Value) -> bool:
    """Whether a value is the right or a wrong answer of a quiz."""
    return file.kind == "quiz" and value.steps[1:2] in {("answer",), ("others",)}


def unknown_page_links(content: Content, guide: Guide) -> Iterator[Problem]:
    """Links of a page of prose."""
    lines = guide.text.split("\n")
    for target, line in links(guide.text):
        column = max(lines[line].find(target), 0) + 1
        place = Place(guide.file, guide.first_line + line, column)
        yield from _target(content, None, target, place)


def _target(content: Content, file: File | None, href: str, place: Place) -> Iterator[Problem]:
    """What a link of prose leads to: a record by `ref:`, or a web address; else nowhere."""
    if href.startswith("ref:"):
        yield from linked(content, file, href.removeprefix("ref:"), place)
    elif not href.startswith(("http://", "https://")):
        yield error("prose-link", place, f"`{shorten(href)}` leads nowhere from here.",
                    "Write `ref:account/some-id` for a record, or a web address.")  # fmt: skip


def linked(content: Content, file: File | None, target: str, place: Place) -> Iterator[Problem]:
    """A problem where `kind/id`, with or without an anchor, leads to nothing."""
    kind, _, id = target.partition("#")[0].partition("/")
    nowhere: Nowhere | None
    if kind in FOLDERS:
        nowhere = _record(content, kind, id)
    elif kind == "page":
        nowhere = _page(content, id)
    elif kind == "source":
        nowhere = _source(content, file, id)
    elif kind == "term":
        nowhere = _term(content, id)
    else:
        yield error("unknown-reference", place, f"`{target}` does not say where it leads.",
                    f"Write one of {', '.join(f'{one}/...' for one in LINKED)}.")  # fmt: skip
        return
    if nowhere:
        yield _unknown(id, nowhere, place)


def _among(text: str, ids: Collection[str], what: str, where: str) -> Nowhere | None:
    return None if text in ids else Nowhere(what, ids, where)


def _record(content: Content, kind: str, id: str) -> Nowhere | None:
    """Records are many: their ids are gathered only where one is missing."""
    if (kind, id) in content.broken:
        return None
    return _among(id, content.of(kind), kind, f"{FOLDERS[kind][0]}/")


def _record_of(kind: str) -> Follow:
    return lambda content, _, text: _record(content, kind, text)


def _page(content: Content, id: str) -> Nowhere | None:
    return None if ("page", id) in content.broken else _among(id, content.guides, "page", "pages/")


def _term(content: Content, id: str) -> Nowhere | None:
    glossary = content.glossary
    if ("glossary", "") in content.broken:
        return None
    return _among(id, glossary.value.of, "term", glossary.file)


def _guide(content: Content, _: File, text: str) -> Nowhere | None:
    return _page(content, text)


def _source(content: Content, file: File | None, text: str) -> Nowhere | None:
    local = getattr(file.value, "sources", {}) if file else {}
    if text in local or text in content.sources or ("sources", "") in content.broken:
        return None
    where = f"`sources:` of {file.tree.file} or sources.yml" if file else "sources.yml"
    return Nowhere("source", {*local, *content.sources}, where)


def _capability(content: Content, _: File, text: str) -> Nowhere | None:
    book = content.book
    return _among(text, book.value.capabilities, "capability", book.file)


def _member(content: Content, _: File, text: str) -> Nowhere | None:
    return _among(text, content.book.value.team, "member of the team", content.book.file)


def _stage(_: Content, file: File, text: str) -> Nowhere | None:
    where = f"`value_chain: stages:` of {file.tree.file}"
    return _among(text, file.value.value_chain.stages, "stage", where)


def _own_node(content: Content, file: File, text: str) -> Nowhere | None:
    industry = content.industries.get(file.id if file.kind == "industry" else file.value.industry)
    if industry is None or text in groups(industry):
        return None
    if file.kind == "account" and elsewhere(content, text):
        return None  # `foreign-node` tells where it is
    return Nowhere("node", groups(industry), _chain(industry))


def _chain(industry: Record[Industry]) -> str:
    return f"`value_chain: nodes:` of {industry.file}"


def _chain_node(content: Content, _: File, text: str) -> Nowhere | None:
    id, _mark, node = text.partition("/")
    if ("industry", id) in content.broken:
        return None
    industry = content.industries.get(id)
    if industry and (node in groups(industry) or not groups(industry)):
        return None  # without any node, `no-chain` tells it
    some = [industry] if industry else content.industries.values()
    ids = [f"{one.id}/{each}" for one in some for each in groups(one)]
    return Nowhere("node", ids, _chain(industry) if industry else "industries/")


def _person(_: Content, file: File, text: str) -> Nowhere | None:
    return _among(text, file.value.people, "person", f"`people:` of {file.tree.file}")


def _need(_: Content, file: File, text: str) -> Nowhere | None:
    return _among(text, file.value.needs, "need", f"`needs:` of {file.tree.file}")


def _pain(content: Content, file: File, text: str) -> Nowhere | None:
    industry = content.industries.get(file.value.industry)
    if industry is None:
        return None
    return _among(text, industry.value.pains, "pain", f"`pains:` of {industry.file}")


def _tactic(content: Content, _: File, text: str) -> Nowhere | None:
    id, _mark, tactic = text.partition("/")
    if ("strategy", id) in content.broken:
        return None
    strategy = content.strategies.get(id)
    if strategy and tactic in strategy.value.tactics:
        return None
    some = [strategy] if strategy else content.strategies.values()
    ids = [f"{one.id}/{each}" for one in some for each in one.value.tactics]
    return Nowhere("tactic", ids, f"`tactics:` of {strategy.file}" if strategy else "strategies/")


def _either(content: Content, _: File, text: str) -> Nowhere | None:
    """A company or an account, with the kind in front."""
    kind, _mark, id = text.partition("/")
    kinds = ("company", "account")
    if kind in kinds and _record(content, kind, id) is None:
        return None
    ids = [f"{one}/{each}" for one in kinds for each in content.of(one)]
    return Nowhere("record", ids, "companies/ or accounts/, as company/... or account/...")


FOLLOW: Mapping[str, Follow] = {
    **{kind: _record_of(kind) for kind in FOLDERS},
    "capability": _capability, "member": _member, "source": _source, "stage": _stage,
    "node": _own_node, "chain-node": _chain_node, "person": _person, "need": _need, "pain": _pain,
    "tactic": _tactic, "record": _either, "page": _guide,
}  # fmt: skip
"""How each kind of reference is followed."""

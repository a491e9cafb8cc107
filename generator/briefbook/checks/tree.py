"""Records in, loops where a tree is meant and accounts on industries that are no leaf out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefbook.analyse.tree import parent_loops
from briefbook.checks.files import File, Path
from briefbook.load import Content
from briefbook.problem import Place, Problem, error, warning


def industry_loops(content: Content) -> Iterator[Problem]:
    """Industries that stand above themselves."""
    parents = {id: record.value.parent for id, record in content.industries.items()}
    for loop in parent_loops(parents):
        place = content.industries[loop[0]].tree.place(("parent",))
        yield _loop("industry-loop", "stands above itself", loop, place, "parent")


def account_loops(content: Content) -> Iterator[Problem]:
    """Accounts that stand above themselves."""
    parents = {id: record.value.parent for id, record in content.accounts.items()}
    for loop in parent_loops(parents):
        place = content.accounts[loop[0]].tree.place(("parent",))
        yield _loop("parent-loop", "stands above itself", loop, place, "parent")


def reporting_loops(_: Content, file: File) -> Iterator[Problem]:
    """People of an account who report to themselves in the end."""
    if file.kind != "account":
        return
    above = {id: person.reports_to for id, person in file.value.people.items()}
    if not any(above.values()):
        return
    for loop in parent_loops(above):
        place = file.place(("people", loop[0], "reports_to"))
        yield _loop("reports-loop", "reports to itself in the end", loop, place, "reports_to")


def _loop(rule: str, what: str, loop: tuple[str, ...], place: Place, field: str) -> Problem:
    way = " > ".join((*loop, loop[0]))
    return error(rule, place, f"`{loop[0]}` {what}: {way}.",
                 f"Change or remove one `{field}` of the loop.")  # fmt: skip


def industries_not_leaves(content: Content) -> Iterator[Problem]:
    """Accounts on an industry that is divided further."""
    below: dict[str, list[str]] = {}
    for id, record in content.industries.items():
        if record.value.parent:
            below.setdefault(record.value.parent, []).append(id)
    for account in content.accounts.values():
        if finer := below.get(account.value.industry):
            yield warning("industry-not-leaf", account.tree.place(("industry",)),
                          f"`{account.value.industry}` is divided further.",
                          f"Use {' or '.join(sorted(finer))}.")  # fmt: skip


def two_sources(content: Content, file: File) -> Iterator[Problem]:
    """Ids of sources that a file and sources.yml both define."""
    local: Mapping[str, object] = {} if file.kind == "sources" else _sources(file)
    for id in local:
        if id in content.sources and content.sources_tree:
            line = content.sources_tree.place((id,), key=True).line
            path: Path = ("sources", id)
            yield error("two-sources", file.place(path, key=True),
                        f"The source `{id}` is also defined in sources.yml, line {line}.",
                        "Give it another id here, or use the one of sources.yml.")  # fmt: skip


def _sources(file: File) -> Mapping[str, object]:
    return getattr(file.value, "sources", {})

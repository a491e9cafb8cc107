"""Value chains, and who stands in them, in; what contradicts itself or leads past them out."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from briefbook.checks.files import File, Path
from briefbook.load import Content, Record
from briefbook.model import Industry
from briefbook.model.industry import ValueChain
from briefbook.problem import Problem, error, warning
from briefbook.quantity import shorten

_NAMED = 5
"""Ids that a hint names at most."""


def groups(industry: Record[Industry] | None) -> Collection[str]:
    """Ids of the groups of an industry's chain."""
    chain = industry.value.value_chain if industry else None
    return chain.nodes if chain else ()


def elsewhere(content: Content, node: str) -> tuple[str, ...]:
    """Industries whose chain has a group of this id."""
    return tuple(sorted(id for id, one in content.industries.items() if node in groups(one)))


def flows_twice(_: Content, file: File) -> Iterator[Problem]:
    """Flows that say the same as one before them."""
    seen: dict[tuple[str, str, str], int] = {}
    for at, flow in enumerate(chain.flows if (chain := _chain(file)) else ()):
        said = (flow.from_, flow.to, " ".join((flow.what or "").split()).casefold())
        first = seen.setdefault(said, at)
        if first != at:
            line = file.place(_flow(first)).line
            yield warning("flow-twice", file.place(_flow(at)),
                          f"The same flow from `{flow.from_}` to `{flow.to}` is in line {line}.",
                          "Join the two, or say in `what` what else flows.")  # fmt: skip


def nodes_alone(_: Content, file: File) -> Iterator[Problem]:
    """Groups that no flow touches, in a chain that has flows, all of them between its groups."""
    chain = _chain(file)
    touched = {end for flow in chain.flows for end in (flow.from_, flow.to)} if chain else set()
    whole = chain and touched and touched <= chain.nodes.keys()
    for node in chain.nodes if chain and whole else ():
        if node not in touched:
            yield warning("node-alone", file.place(("value_chain", "nodes", node), key=True),
                          f"No flow comes from `{node}` or goes to it.",
                          "Add its flow to `value_chain: flows:`, or remove it.")  # fmt: skip


def stages_empty(_: Content, file: File) -> Iterator[Problem]:
    """Stages at which no group stands, in a chain that has groups, all of them at some stage."""
    chain = _chain(file)
    taken = {node.stage for node in chain.nodes.values()} if chain else set()
    whole = chain and taken and taken <= set(chain.stages)
    for at, stage in enumerate(chain.stages if chain and whole else ()):
        if stage not in taken:
            yield warning("stage-empty", file.place(("value_chain", "stages", at)),
                          f"No group stands at the stage `{stage}`.",
                          "Add a group with this `stage`, or remove the stage.")  # fmt: skip


def stage_names_unknown(_: Content, file: File) -> Iterator[Problem]:
    """Names of stages that the chain does not have."""
    chain = _chain(file)
    for stage in chain.stage_names if chain else ():
        if chain and stage not in chain.stages:
            yield error("unknown-reference",
                        file.place(("value_chain", "stage_names", stage), key=True),
                        f"There is no stage `{stage}`.",
                        f"Defined in `value_chain: stages:` of {file.tree.file}.")  # fmt: skip


def chains_set_aside(_: Content, file: File) -> Iterator[Problem]:
    """Chains that do not apply, and yet have groups."""
    chain = file.value.value_chain if file.kind == "industry" else None
    if chain and chain.applies is False and chain.nodes:
        yield warning("chain-set-aside", file.place(("value_chain", "applies")),
                      "The chain does not apply and yet has groups, which no page shows.",
                      "Remove `applies: no`, or remove `nodes` and `flows`.")  # fmt: skip


def foreign_nodes(content: Content, file: File) -> Iterator[Problem]:
    """Accounts that stand at a group of another industry's chain."""
    if file.kind != "account":
        return
    own = content.industries.get(file.value.industry)
    for at, node in enumerate(file.value.stands_at if own else ()):
        if own and node not in groups(own) and (others := elsewhere(content, node)):
            yield error("foreign-node", file.place(("stands_at", at)),
                        f"`{node}` is a group of {_some(others)}, and the account belongs to "
                        f"{own.id}.",
                        _choose(own))  # fmt: skip


def chains_missing(content: Content, file: File) -> Iterator[Problem]:
    """Companies that stand in an industry without a chain."""
    for at, text in enumerate(file.value.stands_at if file.kind == "company" else ()):
        id = text.partition("/")[0]
        industry = content.industries.get(id)
        if industry and not groups(industry):
            yield error("no-chain", file.place(("stands_at", at)),
                        f"The industry `{id}` has no value chain.",
                        f"Write `value_chain: nodes:` in {industry.file}, or name a group of "
                        "another industry.")  # fmt: skip


def _chain(file: File) -> ValueChain | None:
    """The chain of an industry, if it applies."""
    chain: ValueChain | None = file.value.value_chain if file.kind == "industry" else None
    return chain if chain and chain.applies is not False else None


def _flow(at: int) -> Path:
    return ("value_chain", "flows", at)


def _some(ids: Collection[str]) -> str:
    """The first of some ids, and how many more there are."""
    named = ", ".join(sorted(ids)[:_NAMED])
    return f"{named} and {len(ids) - _NAMED} more" if len(ids) > _NAMED else named


def _choose(industry: Record[Industry]) -> str:
    if own := groups(industry):
        return f"Groups of {industry.id}: {shorten(_some(own), 200)}."
    return f"{industry.file} has no `value_chain: nodes:` yet."

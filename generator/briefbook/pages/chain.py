"""An industry's value chain as a drawing for wide and narrow screens, with the same as tables."""

from __future__ import annotations

from typing import Any

from briefbook.analyse import chain as analysis
from briefbook.charts.chain import chain_svg
from briefbook.charts.chain_narrow import chain_svg_narrow
from briefbook.charts.chain_view import (
    Account,
    ChainFlow,
    ChainView,
    ChainWords,
    Company,
    Group,
    Stage,
)
from briefbook.load import Record
from briefbook.model import Industry
from briefbook.pages.here import Here


def value_chain(here: Here, record: Record[Industry]) -> dict[str, Any] | None:
    """Drawings and tables of the chain, or why there is none."""
    chain = record.value.value_chain
    if chain and chain.applies is False:
        return {"applies": False, "because": chain.because}
    if chain is None or not chain.nodes:
        return None
    nodes = [analysis.ChainNode(id, one.stage, one.name) for id, one in chain.nodes.items()]
    flows = [
        analysis.Flow(one.from_, one.to, one.what or "", one.pain, one.opportunity)
        for one in chain.flows
    ]
    result = analysis.study(nodes, flows, chain.stages)
    view = _view(here, record, result.back)
    words = _words(here, record, len(nodes), len(flows))
    names = {id: one.name for id, one in chain.nodes.items()}
    return {
        "applies": True,
        "note": here.t(
            "chain.note",
            groups=here.t("chain.groups", n=len(nodes)),
            flows=here.t("chain.flows", n=len(flows)),
        ),
        "wide": chain_svg(view, words),
        "narrow": chain_svg_narrow(view, words),
        "flows": _table(here, record, view, names),
        "groups": _groups(here, record),
        "cycles": [[names[id] for id in (*one.shortest, one.shortest[0])] for one in result.cycles],
        "source": here.sources(chain.source, record),
    }


def _view(here: Here, record: Record[Industry], back: tuple[int, ...]) -> ChainView:
    chain = record.value.value_chain
    assert chain is not None
    numbers = iter(range(1, len(chain.flows) + 1))
    return ChainView(
        prefix=f"chain-{record.id}",
        stages=tuple(Stage(id, chain.stage_names.get(id, _title(id))) for id in chain.stages),
        groups=tuple(
            Group(
                id=id,
                name=one.name,
                stage=one.stage,
                companies=tuple(_company(here, each) for each in one.companies),
                accounts=tuple(_account(here, each) for each in _ours(here, record.id, id)),
                ours=bool(_ours(here, record.id, id)),
            )
            for id, one in chain.nodes.items()
        ),
        flows=tuple(
            ChainFlow(
                one.from_, one.to, one.what or "", next(numbers) if one.pain else None, at in back
            )
            for at, one in enumerate(chain.flows)
        ),
    )


def _title(id: str) -> str:
    return id.replace("-", " ").capitalize()


def _ours(here: Here, industry: str, node: str) -> tuple[str, ...]:
    return tuple(
        one["id"] for one in here.accounts(here.site.results.at_node.get((industry, node), ()))
    )


def _company(here: Here, id: str) -> Company:
    companies = here.site.content.companies
    if id in companies:
        return Company(companies[id].name, here.record("company", id))
    return Company(id)


def _account(here: Here, id: str) -> Account:
    account = here.account(id)
    return Account(account["name"], account["href"], account["letter"])


def _words(here: Here, record: Record[Industry], groups: int, flows: int) -> ChainWords:
    t = here.t
    return ChainWords(
        title=t("chain.title", name=record.name),
        desc=t("chain.desc", groups=t("chain.groups", n=groups), flows=t("chain.flows", n=flows)),
        no_account=t("chain.no-account"),
        no_stage=t("chain.no-stage"),
        account=lambda name, letter: t("chain.account", name=name, letter=letter),
        more=lambda n: t("more", n=n),
        groups=lambda n: t("chain.groups", n=n),
        flows=lambda n: t("chain.flows", n=n),
    )


def _table(
    here: Here, record: Record[Industry], view: ChainView, names: dict[str, str]
) -> list[dict[str, Any]]:
    chain = record.value.value_chain
    assert chain is not None
    return [
        {
            "number": drawn.pain,
            "from": names.get(one.from_, one.from_),
            "to": names.get(one.to, one.to),
            "what": one.what,
            "pain": one.pain,
            "severity": one.severity,
            "severity_label": here.t(f"word.{one.severity}") if one.severity else None,
            "opportunity": one.opportunity,
            "back": drawn.back,
            "answers": [here.capability(each) for each in one.answered_by],
        }
        for one, drawn in zip(chain.flows, view.flows, strict=True)
    ]


def _groups(here: Here, record: Record[Industry]) -> list[dict[str, Any]]:
    chain = record.value.value_chain
    assert chain is not None
    return [
        {
            "name": one.name,
            "stage": chain.stage_names.get(one.stage, _title(one.stage)),
            "companies": [_company(here, each) for each in one.companies],
            "accounts": [here.account(each) for each in _ours(here, record.id, id)],
        }
        for id, one in chain.nodes.items()
    ]

"""An industry in, the paths that its brief shows out; the rest stands in the generic part."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.model import Industry
from briefbook.model.industry import ValueChain
from briefbook.pages.model import shown as of_model
from briefbook.pages.other import fact
from briefbook.pages.sources import SHOWN as OF_SOURCES

EVIDENCE = "value what period source checked note".split()
CHAIN = (
    *"applies source nodes.*.stage nodes.*.name nodes.*.what nodes.*.companies".split(),
    *(f"flows.*.{name}" for name in "from to what pain severity opportunity answered_by".split()),
    "flows.*.source",
    *fact("flows.*.value"),
)
SIZE = "period value growth source checked note".split()
RATIO = "period n share trend source checked note".split()
ALWAYS = (
    *"name sample parent names aliases isic purpose definition our_focus".split(),
    *"questions keywords".split(),
    *(f"market.size.*.{name}" for name in SIZE),
    *(f"market.concentration.*.{name}" for name in RATIO),
    *(f"pains.*.{name}" for name in "pain detail severity answered_by answer".split()),
    *(f"pains.*.evidence.{name}" for name in EVIDENCE),
    *(f"pains.*.more_evidence.*.{name}" for name in EVIDENCE),
    *(f"benchmarks.*.{name}" for name in ("rank", "company", "lesson", "source")),
    *fact("benchmarks.*.proof"),
    "solutions",
    *OF_SOURCES,
)


def shown(industry: Industry) -> frozenset[str]:
    """Paths as `pages.other` reads them: what every brief shows, and what this one does."""
    return frozenset(
        (
            *ALWAYS,
            *_names(industry),
            *_chain(industry.value_chain),
            *of_model(industry.business_model),
        )
    )


def _names(industry: Industry) -> Iterator[str]:
    if industry.definition:
        yield "definition_source"
    for at, one in enumerate(industry.benchmarks):
        if one.company is None:
            yield f"benchmarks.{at}.account"


def _chain(chain: ValueChain | None) -> Iterator[str]:
    """A stage is drawn with its nodes; one without any, and its name, would be lost."""
    if chain and chain.applies is False:
        yield from ("value_chain.applies", "value_chain.because")
    elif chain and chain.nodes:
        drawn = {node.stage for node in chain.nodes.values()}
        yield from (f"value_chain.{name}" for name in CHAIN)
        yield from (f"value_chain.stages.{at}" for at, id in enumerate(chain.stages) if id in drawn)
        yield from (f"value_chain.stage_names.{id}" for id in drawn)

"""Strategies and accounts in, what contradicts a class, a strategy or its tactics out."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.analyse.portfolio import Results
from briefbook.load import Content
from briefbook.problem import Problem, warning


def unusual_lifecycles(content: Content, results: Results) -> Iterator[Problem]:
    """A lifecycle for which no strategy of the class is meant (rule 6)."""
    for id, fit in results.fits.items():
        if fit.unusual and not fit.exception:
            account = content.accounts[id]
            yield warning("lifecycle-unusual", account.tree.place(("lifecycle",)),
                          f"Class {_class(results, id)} with the lifecycle "
                          f"`{account.value.lifecycle}` is unusual; the strategy goes by the class "
                          "alone.", "Check both, or write the strategy as an exception with "
                          "`because:`.")  # fmt: skip


def misfits(content: Content, results: Results) -> Iterator[Problem]:
    """A strategy that is not meant for the account's class, and no reason for it."""
    for id, fit in results.fits.items():
        if fit.fits is False and not fit.exception:
            yield warning("strategy-misfit", content.accounts[id].tree.place(("strategy",)),
                          f"`{fit.used}` is not meant for class {_class(results, id)}.",
                          f"Use {' or '.join(fit.fitting)}, or write "
                          f"`strategy: {{is: {fit.used}, because: ...}}`.")  # fmt: skip


def _class(results: Results, id: str) -> str:
    return (results.standings[id].letter or "").upper()


def incomplete_strategies(content: Content) -> Iterator[Problem]:
    """A strategy that no class asks for, or that says nothing about what to do."""
    for record in content.strategies.values():
        place = record.tree.place(("name",), key=True)
        if record.value.fits is None or not record.value.fits.classes:
            yield warning("strategy-incomplete", place,
                          f"No class asks for the strategy `{record.id}`.",
                          "Add `fits: {classes: [...]}`.")  # fmt: skip
        if not record.value.tactics:
            yield warning("strategy-incomplete", place,
                          f"The strategy `{record.id}` has no tactics.",
                          "Add at least one under `tactics:`.")  # fmt: skip


def tactics_elsewhere(content: Content) -> Iterator[Problem]:
    """A tactic still to be done that belongs to another strategy than the one in use.

    What is done or dropped is history: an account may have had that strategy then.
    """
    for record in content.accounts.values():
        chosen = record.value.strategy
        if chosen is None or chosen.is_ not in content.strategies:
            continue  # an unknown reference is told as such, here and below
        for at, one in enumerate(record.value.tactics):
            strategy, _, tactic = one.tactic.partition("/")
            known = content.strategies.get(strategy)
            if known is None or tactic not in known.value.tactics:
                continue
            if strategy != chosen.is_ and one.status not in {"done", "dropped"}:
                yield warning("tactic-elsewhere", record.tree.place(("tactics", at, "tactic")),
                              f"`{one.tactic}` is a tactic of another strategy than "
                              f"`{chosen.is_}`.",
                              f"Use a tactic of `{chosen.is_}`, change the strategy, or say that "
                              "it is done or dropped.")  # fmt: skip

"""Results of the portfolio in, accounts whose lifecycle or strategy contradicts their class out."""

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

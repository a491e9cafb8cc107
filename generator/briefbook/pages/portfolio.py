"""The totals by class, and why an account stands where it does in sentences."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any

from briefbook.analyse.glance import mean_complete
from briefbook.analyse.results import Standing
from briefbook.analyse.standing import LETTERS
from briefbook.pages.here import Here


def classes(here: Here) -> list[dict[str, Any]]:
    """A row for each class: accounts, contribution, potential, completeness; then all together."""
    t, results = here.t, here.site.results
    groups: dict[str | None, list[str]] = {letter: [] for letter in (*LETTERS, None)}
    for id, place in results.standings.items():
        groups[place.letter].append(id)
    unknown = groups.pop(None)
    scale = max((_sum(here, ids, "potential") for ids in groups.values()), default=Decimal(0))
    rows = [_class(here, letter, ids, float(scale)) for letter, ids in groups.items()]
    classed = [id for ids in groups.values() for id in ids]
    total = {**_class(here, None, classed, 0.0), "label": t("class.all"), "note": None,
             "href": here.to("/accounts/"), "total": True}  # fmt: skip
    if not unknown:
        return [*rows, total]
    none = {**_class(here, None, unknown, 0.0), "share": None, "note": t("class.none.do")}
    return [*rows, total, none]


def _class(here: Here, letter: str | None, ids: list[str], scale: float) -> dict[str, Any]:
    t = here.t
    contribution, potential = (_sum(here, ids, name) for name in ("contribution", "potential"))
    complete = mean_complete(here.site.results, ids)
    return {
        "letter": letter and letter.upper(),
        "label": t(f"class.{letter or 'none'}"),
        "note": t(f"class.{letter}.do") if letter else None,
        "count": len(ids),
        "href": here.to("/accounts/") + f"?class={letter.upper() if letter else '-'}",
        "contribution": t.millions(contribution),
        "potential": t.millions(potential),
        "share": t.share(contribution / potential) if potential else None,
        "part": float(contribution),
        "whole": float(potential),
        "scale": scale,
        "complete": t.share(complete) if complete is not None else None,
        "filled": float(complete or 0),
        "sums": {"contribution": str(contribution), "potential": str(potential)},
        "total": False,
    }


def _sum(here: Here, ids: list[str], name: str) -> Decimal:
    """Contributions or potentials, as far as they are known."""
    found = (getattr(here.site.results.standings[id], name) for id in ids)
    return sum((one for one in found if one is not None), Decimal(0))


def class_sentence(here: Here, place: Standing) -> str:
    """Why the class is what it is, in one sentence."""
    t = here.t
    if place.letter is None:
        return t("why.class.missing", what=t.listed([t(f"missing.{one}") for one in place.missing]))
    assert place.contribution is not None
    assert place.absolute
    assert place.level
    assert place.potential is not None
    values = {
        "year": here.year(place.year),
        "contribution": _exact(here, place.contribution),
        "potential": _exact(here, place.potential),
        "absolute": t(f"level.{place.absolute}"),
        "level": t(f"level.{place.level}"),
        "potential_level": t(f"level.{place.potential_level}"),
        "letter": place.letter.upper(),
        "share": _share(here, place),
    }
    key = "why.class.lowered" if place.level != place.absolute else "why.class"
    if place.share is None:
        key = "why.class.no-share"
    return t(key, **values)


def _exact(here: Here, amount: Decimal, rounding: str = ROUND_HALF_UP) -> str:
    """An amount to the unit, so that 4,999,999 beside a threshold of 5 m is not called 5 m."""
    amount, currency = amount.to_integral_value(rounding), here.site.content.book.value.currency
    if here.t.amount(amount, digits=3) == here.t.amount(amount, digits=9):
        return here.t.amount(amount, currency, digits=3)
    return f"{here.t.number(amount)} {currency}"


def _share(here: Here, place: Standing) -> str:
    """The share of the potential, with decimals where it would be rounded up to the limit."""
    if place.share is None:
        return ""
    limit = here.site.content.book.value.nine_box.relative_share.number
    for digits in (0, 2, 4):
        shown = place.share.quantize(Decimal(1).scaleb(-digits - 2), ROUND_HALF_UP)
        if (shown * 100 >= limit) == (place.share * 100 >= limit):
            break
    return here.t.share(shown, digits)


def move_sentence(here: Here, place: Standing) -> str:
    """What would move the class: the smallest change of contribution, and of potential."""
    t, parts = here.t, []
    for name, move in (("contribution", place.by_contribution), ("potential", place.by_potential)):
        if move:
            way = "up" if move.up else "down"
            amount = _exact(here, move.amount, ROUND_CEILING if move.up else ROUND_FLOOR)
            parts.append(t(f"move.{name}.{way}", amount=amount, letter=move.letter.upper()))
    if not parts:
        return t("move.none") if place.letter else ""
    return t.sentences(parts)


def fit_sentence(here: Here, id: str) -> str:
    """Why a strategy fits or does not."""
    t, fit = here.t, here.site.results.fits[id]
    account = here.site.content.accounts[id].value
    strategies = here.site.content.strategies
    exception = account.strategy.because if account.strategy else None
    written = f" {t('why.strategy.exception', because=exception)}" if exception else ""
    if not fit.fitting:
        return t("why.strategy.no-class") + written
    names = t.listed([strategies[one].name for one in fit.fitting], either=True)
    values = {
        "letter": str(fit.why.numbers["letter"]).upper(),
        "fitting": names,
        "first": strategies[fit.first].name if fit.first else "",
        "lifecycle": t(f"word.{account.lifecycle}") if account.lifecycle else t("unknown"),
    }
    key = "why.strategy.one" if len(fit.fitting) == 1 else "why.strategy"
    sentence = t("why.strategy.unusual" if fit.unusual else key, **values)
    if fit.fits is False:
        sentence += " " + t("why.strategy.misfit")
    return sentence + written

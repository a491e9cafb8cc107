"""Whom the book wants to serve in, what contradicts it or lacks a reason out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from briefbook.analyse.customers import measured, sort_key
from briefbook.analyse.money import in_book
from briefbook.analyse.portfolio import Results
from briefbook.analyse.profile_fit import tier_by_employees
from briefbook.load import Content
from briefbook.problem import Problem, error, warning

_FIELD = {
    "speed": ("has a signed deal with the days `opened` and `signed`", "opportunities"),
    "profit": ("has a contribution of a full year", "value_to_us.contribution"),
    "loyalty": ("says since when it is a customer", "customer_since"),
}


def goal_without_field(content: Content, results: Results) -> Iterator[Problem]:
    """A goal that was chosen although no account has what it ranks by."""
    book = content.book
    if "goal" not in book.tree.data or not content.accounts:
        return
    goal = book.value.goal
    for id, record in content.accounts.items():
        paid = results.standings[id].contribution
        one = measured(id, record.value, paid, results.today)
        if sort_key(one, goal) is not None:
            return
    what, field = _FIELD[goal]
    yield warning("goal-field", book.tree.place(("goal",)),
                  f"No account {what}, and the goal `{goal}` ranks by that.",
                  f"Write `{field}` in the accounts, or choose another goal.")  # fmt: skip


def unexplained_choices(content: Content) -> Iterator[Problem]:
    """An aim, or a profile changed by hand, without a reason."""
    book = content.book
    tiers, hand = book.value.tiers, book.value.ideal_customer
    if tiers.aim and not tiers.because:
        yield warning("no-because", book.tree.place(("tiers", "aim")),
                      f"`tiers: aim: {tiers.aim}` has no reason.",
                      "Add `because:` to `tiers`.")  # fmt: skip
    if hand and not hand.because:
        yield warning("no-because", book.tree.place(("ideal_customer",), key=True),
                      "`ideal_customer` changes the profile without a reason.",
                      "Add `because:` to `ideal_customer`.")  # fmt: skip


def ideal_ranges(content: Content) -> Iterator[Problem]:
    """A range of the ideal customer that ends before it begins."""
    book, hand = content.book, content.book.value.ideal_customer
    if hand is None:
        return
    bounds: list[tuple[str, Decimal | None, Decimal | None]] = []
    if revenue := hand.annual_revenue:
        low, high = (in_book(one, book.value) if one else None
                     for one in (revenue.from_, revenue.to))  # fmt: skip
        bounds.append(("annual_revenue", low, high))
    if growth := hand.growth:
        low, high = (one.number if one else None for one in (growth.from_, growth.to))
        bounds.append(("growth", low, high))
    for name, low, high in bounds:
        if low is not None and high is not None and low > high:
            yield error("range-order", book.tree.place(("ideal_customer", name, "to")),
                        f"`{name}` ends before it begins.",
                        "Exchange `from` and `to`.")  # fmt: skip


def sizes_that_differ(content: Content) -> Iterator[Problem]:
    """A size that the number of employees beside it contradicts."""
    tiers = content.book.value.tiers.customer_size
    for record in content.accounts.values():
        profile = record.value.profile
        if profile is None or profile.size is None or profile.employees is None:
            continue
        tier = tier_by_employees(profile.employees.value, tiers)
        if tier != profile.size:
            yield warning("size-differs", record.tree.place(("profile", "size")),
                          f"`{profile.size}` beside {profile.employees.value.text} employees, "
                          f"which the book calls {tier}.",
                          f"Write `size: {tier}`, or correct `employees`.")  # fmt: skip


def crowded_focus(content: Content) -> Iterator[Problem]:
    """More accounts on the focus list than can be served well."""
    book = content.book
    chosen = [record for record in content.accounts.values() if record.value.focus]
    cap = book.value.focus_cap
    if len(chosen) <= cap:
        return
    written = "focus_cap" in book.tree.data
    place = book.tree.place(("focus_cap",)) if written else chosen[cap].tree.place(("focus",))
    yield warning("focus-cap", place,
                  f"{len(chosen)} accounts are on the focus list, and `focus_cap` is {cap}.",
                  "Take `focus` from some accounts, or raise `focus_cap` in book.yml.")  # fmt: skip

"""Files in, figures of business models and of companies that cannot be, and loose roles, out."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.checks.files import File, Path
from briefbook.load import Content
from briefbook.problem import Problem, error, warning
from briefbook.quantity import Quantity, shorten

_COMPARED = frozenset({"account", "company", "industry"})
_RATES = ("conversion_rate", "repurchase_rate")
_SECTIONS = ("their_customers", "their_marketing", "unmet", "experience")
_HIGHEST = 100


def impossible_rates(_: Content, file: File) -> Iterator[Problem]:
    """Rates of a business model that are no share of its customers."""
    for name in _RATES:
        rate = _of_model(file, name)
        if rate and not 0 <= rate.number <= _HIGHEST:
            yield error("model-rate", file.place(_model_value(file, name)),
                        f"`{name}` is {shorten(rate.text)}, and a share lies between 0 and 100%.",
                        "Write the share of customers in percent.")  # fmt: skip


def negative_costs(_: Content, file: File) -> Iterator[Problem]:
    """Customers that cost less than nothing."""
    cost = _of_model(file, "cost_per_customer")
    if cost and cost.number < 0:
        yield error("model-cost", file.place(_model_value(file, "cost_per_customer")),
                    f"`cost_per_customer` is below zero: {shorten(cost.text)}.",
                    "Write what a new customer costs, without a minus.")  # fmt: skip


def _of_model(file: File, name: str) -> Quantity | None:
    model = getattr(file.value, "business_model", None) if file.kind in _COMPARED else None
    fact = getattr(model, name, None)
    return fact.value if fact else None


def _model_value(file: File, name: str) -> Path:
    written = file.tree.data["business_model"][name]
    return ("business_model", name, "value") if "value" in written else ("business_model", name)


def impossible_inventories(_: Content, file: File) -> Iterator[Problem]:
    """Days of stock from which no turns follow: zero, or fewer."""
    if file.kind not in _COMPARED:
        return
    for path, days in _inventories(file):
        if days.number <= 0:
            yield error("inventory-days", file.place(path),
                        f"Inventory days must be more than zero: {shorten(days.text)}.",
                        "Leave the field out where there is no stock.")  # fmt: skip


def _inventories(file: File) -> Iterator[tuple[Path, Quantity]]:
    finance = getattr(file.value, "finance", None)
    statements = finance.statements if finance else ()
    for at, one in enumerate(statements):
        if one.inventory_days:
            yield ("finance", "statements", at, "inventory_days"), one.inventory_days.value
    mean = finance.industry_mean if finance else None
    if mean and mean.inventory_days:
        yield ("finance", "industry_mean", "inventory_days"), mean.inventory_days.value


def benchmarks_of_nobody(_: Content, file: File) -> Iterator[Problem]:
    """Benchmarks that name no company, or two."""
    if file.kind != "industry":
        return
    for at, one in enumerate(file.value.benchmarks):
        if one.company and one.account:
            yield error("benchmark-name", file.place(("benchmarks", at, "account"), key=True),
                        f"The benchmark names both `{one.company}` and `{one.account}`.",
                        "Keep one, and write a second entry for the other.")  # fmt: skip
        elif not one.company and not one.account:
            yield error("benchmark-name", file.place(("benchmarks", at)),
                        "The benchmark names nobody.",
                        "Add `company:` with the id of a company, or `account:`.")  # fmt: skip


def ranks_used_twice(_: Content, file: File) -> Iterator[Problem]:
    """Two benchmarks of one industry at the same rank."""
    if file.kind != "industry":
        return
    seen: dict[int, str] = {}
    for at, one in enumerate(file.value.benchmarks):
        name = one.company or one.account or ""
        if one.rank and one.rank in seen:
            yield warning("benchmark-rank", file.place(("benchmarks", at, "rank")),
                          f"`{seen[one.rank]}` has rank {one.rank} already.",
                          "Give it another rank, or leave the rank out.")  # fmt: skip
        elif one.rank:
            seen[one.rank] = name


def loose_competitors(_: Content, file: File) -> Iterator[Problem]:
    """Companies whose role and whose sections about a competitor do not go together."""
    if file.kind != "company":
        return
    part, role = file.value.competitor, "competitor" in file.value.roles
    if part and not role:
        yield warning("competitor-role", file.place(("competitor",), key=True),
                      "The file tells of a competitor, but its `roles` do not say so.",
                      "Add `competitor` to `roles`.")  # fmt: skip
    if role and not any(getattr(part, name, None) for name in _SECTIONS):
        at = file.value.roles.index("competitor")
        yield warning("competitor-role", file.place(("roles", at)),
                      "A competitor of which nothing is told.",
                      "Add `competitor:` with at least one of its four sections.")  # fmt: skip

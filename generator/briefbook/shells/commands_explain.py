"""`briefbook explain`: the id of a rule in, what it wants and why out."""

from __future__ import annotations

import click

from briefbook.shells.cli import group


@group.command()
@click.argument("rule", required=False)
def explain(rule: str | None) -> None:
    """Say what a rule wants and why; without RULE, list all rules."""
    from briefbook.checks.rules import RULES

    if rule is None:
        for one in RULES.values():
            click.echo(f"{one.id:<22} {one.severity:<8} {one.summary}")
        return
    if rule not in RULES:
        import difflib

        near = difflib.get_close_matches(rule, RULES, 1, 0.5)
        hint = f" Did you mean `{near[0]}`?" if near else ""
        raise click.UsageError(f"`{rule}` is no rule.{hint}")
    one = RULES[rule]
    click.echo(
        f"{one.id} ({one.severity})\n\n{one.summary}\n\nWhy: {one.why}\nWhat to do: {one.fix}"
    )
    click.echo(f"\nInstead of\n{_indented(one.bad)}\nwrite\n{_indented(one.good)}")


def _indented(text: str) -> str:
    return "\n".join(f"  {line}" for line in text.splitlines())

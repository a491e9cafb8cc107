"""A function that compiles templates in, the same out, which compiles each only once a process.

A build of a small project spends two thirds of its time on the code of some hundred templates,
which is the same in every build. All else that a build does is done again.
"""

from __future__ import annotations

from collections.abc import Callable
from types import CodeType
from typing import Any

from jinja2 import Environment

Compile = Callable[..., CodeType | str]
SETTINGS = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string",
    "comment_start_string", "comment_end_string", "line_statement_prefix", "line_comment_prefix",
    "trim_blocks", "lstrip_blocks", "newline_sequence", "keep_trailing_newline", "optimized",
    "undefined", "finalize", "autoescape", "sandboxed", "is_async",
)  # fmt: skip
"""All that an environment says of the code of a template, beside its extensions and filters."""


def once(compile_: Compile) -> Compile:
    """Compiles a template anew only where its text, its name or its environment are others."""
    made: dict[Any, CodeType | str] = {}

    def compiled(environment: Environment, *arguments: Any, **named: Any) -> CodeType | str:
        # What is called while it compiles, of constants, are filters, tests and words.
        words = ("t", environment.globals.get("t"))
        called = (*environment.filters.items(), *environment.tests.items(), words)
        key = (
            type(environment), tuple(getattr(environment, one) for one in SETTINGS),
            tuple(environment.extensions), frozenset(called), arguments, tuple(named.items()),
        )  # fmt: skip
        if key not in made:
            made[key] = compile_(environment, *arguments, **named)
        return made[key]

    return compiled

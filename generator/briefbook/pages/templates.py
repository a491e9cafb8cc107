"""A folder of templates in, the environment that fills them out: Jinja's, with less work a word.

A page is some thousands of words that are escaped, looked up and handed from macro to macro. Jinja
asks each time what may be told beforehand here: everything is escaped, data are dictionaries, and
nothing that a template calls wants to know of the template.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup

from briefbook.escaped import escaped


def macro(whole: Macro, body: Callable[..., str]) -> Callable[..., str]:
    """A macro that takes what stands in its place at once, and leaves all else to Jinja's."""
    if whole.caller or whole.catch_kwargs or whole.catch_varargs:
        return whole
    most = len(whole.arguments)

    def made(*args: Any, **kwargs: Any) -> str:
        short = most - len(args)
        if kwargs or short < 0:
            return whole(*args, **kwargs)
        return Markup(body(*args, *(missing,) * short))  # noqa: S704 - a macro escapes its words

    return made


class _Code(CodeGenerator):
    """Python for a template, which asks its environment for `escaped` and `macro`."""

    def _output_child_pre(self, node: Any, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escaped(")

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        self.write("environment.macro(")
        super().macro_def(macro_ref, frame)
        self.write(", macro)")


class _Context(Context):
    """The names that a template sees."""

    def call(
        self,
        obj: Callable[..., Any],
        /,
        *args: Any,
        _block_vars: object = None,
        _loop_vars: object = None,
        **kwargs: Any,
    ) -> Any:
        return obj(*args, **kwargs)


class Templates(Environment):
    """The templates of a folder; what one of them misses is an error."""

    code_generator_class = _Code
    context_class = _Context

    def __init__(self, folder: Path) -> None:
        super().__init__(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            optimized=False,  # to look for what could be computed beforehand takes longer
            auto_reload=False,
        )
        self.escaped = escaped
        self.macro = macro

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What stands under a key, else what any other object has of that name."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)

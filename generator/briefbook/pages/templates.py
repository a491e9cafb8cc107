"""A folder of templates in, the environment that fills them out: Jinja's, with less work a word.

A page is some thousands of words that are escaped, looked up and handed from macro to macro. Jinja
asks each time what may be told beforehand here: everything is escaped, data are dictionaries,
nothing that a template calls wants to know of the template, and the words of all pages are of one
language, so that those of a template are text like the rest of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache
from keyword import iskeyword
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame, MacroRef
from jinja2.parser import Parser
from jinja2.runtime import Macro
from jinja2.utils import missing
from markupsafe import Markup

from briefbook.escaped import escaped, marked
from briefbook.words import Words

Codes = Mapping[str, bytes]
"""Python for templates as Jinja packs it, by names that it gives them, for words of a language."""
_PLAIN = frozenset({str, Markup, int, bool, type(None)})
"""Types of which two values that are equal are also written alike."""


def macro(whole: Macro, body: Callable[..., str]) -> Callable[..., str]:
    """A macro that takes what stands in its place at once, and leaves all else to Jinja's.

    What it says of some texts it says whenever they come again, as signs and labels do all the
    time; no macro of ours counts, or says what changes.
    """
    if whole.caller or whole.catch_kwargs or whole.catch_varargs:
        return whole
    most = len(whole.arguments)

    def made(*args: Any) -> Markup:
        return marked(body(*args, *(missing,) * (most - len(args))))

    again = lru_cache(maxsize=1 << 7, typed=True)(made) if most and whole.name else made

    def called(*args: Any, **kwargs: Any) -> str:
        if kwargs or len(args) > most:
            return whole(*args, **kwargs)
        return again(*args) if _PLAIN.issuperset(map(type, args)) else made(*args)

    return called


class _Parser(Parser):
    """Reads a template, and puts words where it asks `t` for a message by name."""

    def parse_call(self, node: nodes.Expr) -> Any:
        call = super().parse_call(node)
        words: Any = self.environment.globals.get("t")
        match call:
            case nodes.Call(
                node=nodes.Name(name="t"), args=[nodes.Const(value=str(key))],
                kwargs=[], dyn_args=None, dyn_kwargs=None,
            ) if words:  # fmt: skip
                return nodes.Const(words(key), lineno=call.lineno)
        return call


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

    def visit_CondExpr(self, node: nodes.CondExpr, frame: Frame) -> None:  # noqa: N802
        """Nothing else is an empty text: what Jinja makes of it instead is written as one."""
        other = node.expr2 or nodes.Const("", lineno=node.lineno)
        super().visit_CondExpr(nodes.CondExpr(node.test, node.expr1, other), frame)

    def visit_Call(  # noqa: N802 (the name of its visitor)
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        if node.dyn_args or node.dyn_kwargs or any(iskeyword(one.key) for one in node.kwargs):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for arg in (*node.args, *node.kwargs):
            self.visit(arg, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")


class _Known(BytecodeCache):
    """Hands Python for templates to Jinja, which sees that it is of their text, and takes it in."""

    def __init__(self, codes: Codes) -> None:
        self.codes = dict(codes)

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.codes:
            bucket.bytecode_from_string(self.codes[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.codes[bucket.key] = bucket.bytecode_to_string()


class Templates(Environment):
    """The templates of a folder; what one of them misses is an error."""

    code_generator_class = _Code

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

    def take(self, codes: Codes) -> None:
        """Compile no template whose code is among these, which were made with the same words."""
        self.bytecode_cache = _Known(codes)

    def ready(self) -> None:
        """Compile every template now."""
        for name in self.list_templates(extensions=("html",)):
            self.get_template(name)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Ours as they are: they are copied for each page, which Jinja's chain of them slows."""
        return {**self.globals, **d} if d else self.globals

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        return _Parser(self, source, name, filename).parse()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """What stands under a key, else what any other object has of that name."""
        if type(obj) is dict:
            try:
                return obj[attribute]
            except KeyError:
                pass
        return super().getattr(obj, attribute)


def compiled(folder: Path, words: Words) -> Codes:
    """The code of every template of a folder, to be handed to another process of this very code."""
    made, known = Templates(folder), _Known({})
    made.globals["t"], made.bytecode_cache = words, known
    made.ready()
    return known.codes

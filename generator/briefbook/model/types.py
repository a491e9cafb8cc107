"""The types of fields: each reads text, keeps it frozen, and tells editors what it accepts."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from briefbook import quantity
from briefbook.quantity import Day, Period, Quantity, QuantityError, shorten

ID = r"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$"
RESERVED = frozenset(
    "index 404 assets search sitemap tags page pains data pagefind con prn aux nul "
    "com1 com2 com3 com4 lpt1 lpt2 lpt3".split()
)
_ID = re.compile(ID)
Value = TypeVar("Value")


class Part(BaseModel):
    """A mapping with known fields and no others; frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)

    @model_validator(mode="before")
    @classmethod
    def _mapping(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return data
        quoted = f"`{shorten(data)}`" if isinstance(data, str) and data else "nothing"
        got = "a list" if isinstance(data, list) else quoted
        raise PydanticCustomError(
            "shape",
            "Expected fields, found {got}.",
            {"got": got, "hint": "Write `field: value` lines, indented below."},
        )


def given(help: str, example: str, **more: Any) -> Any:
    """A field that may be missing, with its help and an example as one would write it."""
    more.setdefault("default", None)
    return Field(description=help, examples=[example], **more)


def needed(help: str, example: str, **more: Any) -> Any:
    """A field without which the record is none."""
    return Field(description=help, examples=[example], **more)


def problem(rule: str, message: str, hint: str = "") -> PydanticCustomError:
    """What a type says to a value that it refuses."""
    # The texts are data: braces in them must not be read as a template.
    return PydanticCustomError(rule, "{text}", {"text": message, "hint": hint})


def _text_only(value: Any) -> str:
    if not isinstance(value, str):
        got = "a list" if isinstance(value, list) else "fields"
        raise problem("shape", f"Expected text, found {got}.", "Write one value on the line.")
    if text := value.strip():
        return sys.intern(text)  # names and sentences stand in many places
    raise problem("empty-value", "The value is empty.", "Fill it in, or remove the line.")


def _shared(read: Callable[[Any], Value]) -> Callable[[Any], Value]:
    """The same value for the same text: accounts share days, amounts, ids and words.

    That is most of what is read, so a text that is known must cost next to nothing.
    """
    known: dict[str, Value] = {}

    def shared(value: Any) -> Value:
        if type(value) is not str:
            return read(value)
        if (found := known.get(value)) is not None:
            return found
        if len(known) >= KNOWN:
            known.clear()
        return known.setdefault(value, read(value))

    return shared


KNOWN = 1 << 14
"""Texts that a type remembers the values of."""


@_shared
def _line(value: Any) -> str:
    text = " ".join(_text_only(value).split())
    if len(text) > 400:
        raise problem(
            "too-long",
            f"{len(text)} characters; 400 is the limit of this field.",
            "Say it shorter, or use a longer field such as `detail`.",
        )
    return sys.intern(text)


def _reads(parse: Callable[[str], Any]) -> Callable[[Any], Any]:
    @_shared
    def read(value: Any) -> Any:
        if isinstance(value, (Quantity, Day, Period)):
            return value
        try:
            return parse(" ".join(_text_only(value).split()))
        except QuantityError as bad:
            raise problem(bad.rule, bad.message, bad.hint) from None

    return read


@_shared
def _id(value: Any) -> str:
    text = _text_only(value)
    if value != text or not _ID.fullmatch(text):
        raise problem(
            "id",
            f"`{shorten(text)}` is not an id.",
            "Use a-z, 0-9 and hyphens, at most 63 characters.",
        )
    return text


def _url(value: Any) -> str:
    text = _text_only(value)
    try:
        parts = urlsplit(text)
        ok = parts.scheme in {"http", "https"} and bool(parts.hostname) and text.isprintable()
        ok = ok and " " not in text and "\\" not in text and "@" not in parts.netloc
    except ValueError:
        ok = False
    if not ok:
        raise problem(
            "url",
            f"`{shorten(text)}` is not a web address.",
            "Write https://host/path without a user name.",
        )
    return text


@dataclass(frozen=True, slots=True)
class OneOf:
    """Takes one of some words."""

    words: tuple[str, ...]

    def __call__(self, value: Any) -> str:
        """The word, or a problem with the nearest one."""
        text = _text_only(value)
        if text not in self.words:
            near = difflib.get_close_matches(text.lower(), self.words, 1, 0.5)
            hint = f"Did you mean `{near[0]}`? " if near else ""
            raise problem(
                "choice",
                f"`{shorten(text)}` is none of the words for this field.",
                f"{hint}Use {', '.join(self.words)}.",
            )
        return sys.intern(text)

    def __get_pydantic_core_schema__(self, _: Any, __: Any) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(_shared(self))

    def __get_pydantic_json_schema__(self, _: Any, __: Any) -> JsonSchemaValue:
        return {"enum": list(self.words), "x-type": "choice"}


def choice(*words: str) -> Any:
    """A field that takes one of some words."""
    return Annotated[str, OneOf(words)]


_ANY = ["string", "number", "boolean", "null"]
_NUM = r"[-+\u2212]?([1-9][0-9]{0,2}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?"
_PER = r"( +an? +(day|week|month|quarter|year))?"
_QUAL = r"((about|over|under|at least|at most) +|~ *)?"


_MONTH = r"\d{4}-(0[1-9]|1[0-2])"
_DAY = (
    r"\d{4}-((0[13578]|1[02])-(0[1-9]|[12]\d|3[01])|(0[469]|11)-(0[1-9]|[12]\d|30)"
    r"|02-(0[1-9]|[12]\d))"
)
_CURRENCY = "(" + "|".join(sorted(quantity.CURRENCIES)) + ")"


def _schema(label: str, pattern: str, *types: str, **more: Any) -> WithJsonSchema:
    kinds = ["string", *types] if types else "string"
    return WithJsonSchema({"type": kinds, "pattern": pattern, "x-type": label, **more})


def _plain(value: Any) -> str:
    return str(value.text)


_written = PlainSerializer(_plain, return_type=str)

Line = Annotated[
    str, PlainValidator(_line), WithJsonSchema({"type": _ANY, "maxLength": 400, "x-type": "line"})
]
Prose = Annotated[
    str, PlainValidator(_text_only), WithJsonSchema({"type": _ANY, "x-type": "prose"})
]
Id = Annotated[
    str,
    PlainValidator(_id),
    WithJsonSchema({"type": ["string", "integer"], "pattern": ID, "x-type": "id"}),
]
Url = Annotated[
    str, PlainValidator(_url), _schema("url", r"^https?://[^\s\\@/?#]+([/?#][^\s\\]*)?$")
]
Money = Annotated[
    Quantity, PlainValidator(_reads(quantity.money)), _written,
    _schema("money", rf"^{_QUAL}{_NUM} *(k|m|bn|tn)? +{_CURRENCY}{_PER}$"),
]  # fmt: skip
Share = Annotated[
    Quantity, PlainValidator(_reads(quantity.share)), _written,
    _schema("share", rf"^{_QUAL}{_NUM} *%{_PER}$"),
]  # fmt: skip
Points = Annotated[
    Quantity, PlainValidator(_reads(quantity.points)), _written,
    _schema("points", rf"^{_NUM} +points?{_PER}$"),
]  # fmt: skip
Duration = Annotated[
    Quantity, PlainValidator(_reads(quantity.duration)), _written,
    _schema("duration", rf"^{_QUAL}{_NUM} +(minute|hour|day|week|month|quarter|year)s?$"),
]  # fmt: skip
Count = Annotated[
    Quantity, PlainValidator(_reads(quantity.count)), _written,
    _schema("count", rf"^{_QUAL}{_NUM}( *(k|m|bn|tn))?( +[^0-9].*)?$", "number"),
]  # fmt: skip
Measure = Annotated[
    Quantity,
    PlainValidator(_reads(quantity.measure)),
    _written,
    WithJsonSchema({"type": _ANY, "x-type": "measure"}),
]
OneDay = Annotated[
    Day, PlainValidator(_reads(quantity.day)), _written, _schema("day", rf"^{_DAY}$")
]
When = Annotated[
    Day, PlainValidator(_reads(quantity.when)), _written,
    _schema("when", rf"^((FY ?)?\d{{4}}(-?Q[1-4])?|{_DAY}|{_MONTH}(\.\.{_MONTH})?)$", "integer",
            minimum=1000, maximum=9999),
]  # fmt: skip
Span = Annotated[
    Period, PlainValidator(_reads(quantity.period)), _written,
    _schema("period", rf"^((FY ?)?\d{{4}}(-?Q[1-4])?|{_MONTH}(\.\.{_MONTH})?)$", "integer",
            minimum=1900, maximum=2200),
]  # fmt: skip


def _whole(low: int, high: int) -> Callable[[Any], int]:
    @_shared
    def read(value: Any) -> int:
        if isinstance(value, int):
            return value
        text = _text_only(value)
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            raise problem(
                "number",
                f"`{shorten(text)}` is no whole number from {low} to {high}.",
                f"Write a number such as {low}.",
            )
        return int(text)

    return read


def whole(low: int, high: int) -> Any:
    """A whole number within bounds."""
    return Annotated[
        int, PlainValidator(_whole(low, high)),
        WithJsonSchema({"type": ["integer", "string"], "minimum": low, "maximum": high,
                        "pattern": "^[0-9]{1,9}$", "x-type": "whole"}),
    ]  # fmt: skip


def _decimal_number(value: Any) -> Any:
    text = _text_only(value)
    if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,12})?", text):
        raise problem("number", f"`{shorten(text)}` is not a positive number.", "Write 7.1.")
    return quantity.number(text)


Number = Annotated[
    Decimal, PlainValidator(_decimal_number),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": ["number", "string"], "minimum": 0,
                    "pattern": r"^[0-9]{1,12}(\.[0-9]{1,12})?$", "x-type": "number"}),
]  # fmt: skip


class Frozen(dict[str, Any]):
    """A map that nobody changes; a dict, so that templates and JSON take it as it is."""

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> Any:
        raise TypeError("a record does not change")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse

    def __deepcopy__(self, _: Any) -> Frozen:
        return self

    def __reduce__(self) -> tuple[type[Frozen], tuple[dict[str, Any]]]:
        # A copy for another process is not filled entry by entry: that is refused.
        return Frozen, (dict(self),)


def _list(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return value
    raise problem("shape", "Expected a list.", "Write one `- item` a line.")


def _table(value: Any) -> Any:
    if isinstance(value, (dict, Mapping)):
        return value
    raise problem("shape", "Expected a map by id.", "Write `some-id:` and its fields below.")


Many = Annotated[tuple[Value, ...], BeforeValidator(_list)]
ById = Annotated[
    Mapping[Id, Value],
    BeforeValidator(_table),
    AfterValidator(Frozen),
]


@_shared
def _year(value: Any) -> str:
    text = _text_only(value)
    if not re.fullmatch(YEAR, text):
        raise problem("period", f"`{shorten(text)}` is not a year.", "Write 2025 or FY2025.")
    return text


YEAR = r"^(FY)?(19|20|21)[0-9]{2}$"
Year = Annotated[str, PlainValidator(_year), WithJsonSchema({"type": "string", "pattern": YEAR})]


def _by_year(table: dict[str, Any]) -> Frozen:
    years = [key.removeprefix("FY") for key in table]
    twice = next((year for year in years if years.count(year) > 1), None)
    if twice:
        raise problem("duplicate-key", f"The year {twice} stands here twice, as FY{twice} too.",
                      "Keep one of the two.")  # fmt: skip
    return Frozen(table)


ByYear = Annotated[
    Mapping[Year, Value], BeforeValidator(_table), AfterValidator(_by_year),
]  # fmt: skip


def _reference(kind: str) -> Callable[[Any], str]:
    @_shared
    def read(value: Any) -> str:
        text = _text_only(value)
        parts = text.split("/") if kind in PATHS else [text]
        if value != text or len(parts) > 2 or not all(_ID.fullmatch(part) for part in parts):
            raise problem("id", f"`{shorten(text)}` is not an id.",
                          "Use a-z, 0-9 and hyphens, at most 63 characters.")  # fmt: skip
        return text

    return read


def ref(kind: str) -> Any:
    """The id of something else; `kind` says of what, and checks follow it (see `references`)."""
    pattern = ID if kind not in PATHS else f"{ID[:-1]}(/{ID[1:-1]})?$"
    told = WithJsonSchema({"type": ["string", "integer"], "pattern": pattern, "x-ref": kind})
    return Annotated[str, PlainValidator(_reference(kind)), told]


PATHS = frozenset({"record", "tactic", "chain-node"})
"""Kinds of reference that are written as two ids with a slash."""


def _one_or_many(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return value
    return [_text_only(value)]


def _one_or_many_schema(name: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [name, {"type": "array", "items": name, "minItems": 1}]})


Sources = Annotated[
    tuple[Annotated[str, PlainValidator(_reference("source"))], ...],
    BeforeValidator(_one_or_many),
    _one_or_many_schema({"type": ["string", "integer"], "pattern": ID, "x-ref": "source"}),
]
EMPTY: Mapping[str, Any] = Frozen()


class Shorthand(Part):
    """A mapping of which one field may be written alone, without its name."""

    short_for: ClassVar[str] = "value"

    @model_validator(mode="before")
    @classmethod
    def _mapping(cls, data: Any) -> Any:
        return data if isinstance(data, dict) else {cls.short_for: data}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        long = handler.resolve_ref_schema(handler(core))
        short = dict(long["properties"][cls.short_for])
        short.pop("description", None)
        short.pop("examples", None)
        return {"anyOf": [short, dict(long)]}


class Fact(Shorthand, Generic[Value]):
    """A value with its evidence; a plain value is the short form of `{value: ...}`."""

    value: Value = needed("What is known", "3200")
    source: Sources = given("Id of the source, or a list of ids", "annual-report", default=())
    as_of: When | None = given("The day that the value holds for", "2025-12-31")
    checked: OneDay | None = given("When somebody last confirmed it", "2026-09-01")
    note: Line | None = given("A remark for readers", "before the merger")


class Because(Part):
    """A statement that stands only with its reason."""

    because: Prose = needed("The reason", "The founder sits on our advisory board")


HowMuch = Annotated[str, OneOf(("low", "medium", "high"))]


@_shared
def _flag(value: Any) -> bool:
    text = _text_only(value)
    if text not in {"yes", "no"}:
        raise problem("choice", f"`{shorten(text)}` is neither yes nor no.", "Write yes or no.")
    return text == "yes"


Flag = Annotated[
    bool, PlainValidator(_flag), WithJsonSchema({"enum": ["yes", "no"], "x-type": "flag"}),
    PlainSerializer(lambda flag: "yes" if flag else "no", return_type=str),
]  # fmt: skip

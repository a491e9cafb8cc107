"""Templates: what Jinja makes of them, though with less work."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from briefbook.escaped import escaped
from briefbook.pages.templates import Templates, compiled
from briefbook.words import Words

MACROS = """{% macro link(text, href=None, cls="a") %}<a{% if href %} href="{{ href }}"{% endif %}
 class="{{ cls }}">{{ text }}</a>{% endmacro %}
{% macro box() %}<p>{{ caller() }}</p>{% endmacro %}
{% macro all() %}{{ varargs | length }}{{ kwargs.x }}{% endmacro %}
{% macro twice(each) %}{{ each(1) }}{{ each(2) }}{% endmacro %}
"""


ALIKE = (1, True, 1.0, Decimal("1.0"), Decimal("1.00"), "<b>", Markup("<b>"), [1], [True], None)
"""Some are equal to others, and are written otherwise."""


class Html(str):
    """A text that says itself what it is in HTML."""

    __slots__ = ()

    def __html__(self) -> str:
        return "<i>&</i>"


def made(text: str, **data: Any) -> str:
    """What a template says."""
    return Templates(Path()).from_string(MACROS + text).render(**data).strip()


@pytest.mark.parametrize(
    "value",
    ["", "plain", "<b>", 'a "quote"', "it's", "a & b", "a > b", "&amp;", Markup("<b>"), Html("<u>"),
     7, -1, 2.5, True, None, ("<",), b"<"],
)  # fmt: skip
def test_a_value_is_escaped_as_ever(value: object) -> None:
    """As `escape` does it, of whatever kind the value is."""
    assert escaped(value) == escape(value)
    assert made("{{ v }}", v=value) == escape(value).strip()


def test_no_character_is_left_out() -> None:
    """Each that `escape` replaces is replaced, alone and within a text."""
    for char in map(chr, range(0x3000)):
        assert escaped(f"a{char}b") == escape(f"a{char}b")


@pytest.mark.parametrize(
    "text",
    [
        "{{ link('<b>') }}",
        "{{ link('<b>', '\"') }}",
        "{{ link('x', cls='<') }}",
        "{{ link(text='x', href='y') }}",
        "{% call box() %}{{ v }}{% endcall %}",
        "{{ all(1, 2, x=3) }}",
        "{{ all(1, class=2, x=3) }}",
        "{{ link(*('<b>', '<')) }}",
        "{{ link(**{'text': '<', 'cls': 'b'}) }}",
        "{% call box(*()) %}{{ v }}{% endcall %}",
        "{% for one in (1, 2) %}{{ link(one, cls=loop.index) }}{% endfor %}",
        "{% for one in [[v, [[v, []]]]] recursive %}{{ one[0] }}{{ loop(one[1]) }}{% endfor %}",
        "{{ twice(link) }}",
        "{% for one in alike %}{{ link(one) }}{{ link(one, one) }}{% endfor %}",
        "{% set x %}{{ v }}{% endset %}{{ x }}{{ x ~ v }}",
        "{% autoescape false %}{{ v }}{% endautoescape %}",
        "{{ v if v }}{{ v if not v }}{{ link(v, v if not v) }}{{ 'none' if not (v if not v) }}",
        "{{ data.a.b.v }}{{ data.a.b.v.real is defined }}{{ data.b | default('<') }}",
        "{% for one in (data,) if one.a.b.v %}{{ one.a.b.v.lower() }}{% endfor %}",
    ],
)
def test_a_template_says_what_it_says_with_jinja(text: str) -> None:
    """Macros, those that call back, loops and what is set: to the letter."""
    plain = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    data = {"v": "<b>&", "alike": ALIKE, "data": {"a": {"b": {"v": "<"}}}}
    assert made(text, **data) == plain.from_string(MACROS + text).render(data).strip()


def said(key: str, /, **values: str) -> str:
    """A message with marks in it, and what is filled in."""
    return {"a.b": "<a & 'b'>", "n": "n"}[key] + "".join(values.values())


@pytest.mark.parametrize(
    "text",
    [
        '{{ t("a.b") }}',
        "<p>{{ t('a.b') }}{{ v }}</p>",
        '{{ link(t("a.b"), t("n")) }}',
        '{{ t("a.b") ~ v }}',
        '{{ t("a.b") if v else t("n") }}',
        '{{ t("a.b", x=v) }}',
        '{{ t("a" ~ ".b") }}',
        '{{ t("a.b", **{"x": v}) }}',
        '{{ t("n").upper() }}',
        "{% call box() %}{{ t('a.b') }}{% endcall %}",
    ],
)
def test_words_are_put_in_beforehand(text: str) -> None:
    """A message stands on the page as when the template asks for it each time, escaped once."""
    plain = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    templates = Templates(Path())
    plain.globals["t"] = templates.globals["t"] = said
    filled = templates.from_string(MACROS + text).render(v="<b>")
    assert filled.strip() == plain.from_string(MACROS + text).render(v="<b>").strip()


def test_a_message_is_asked_for_once() -> None:
    """And by whoever compiles: a page that is made later asks no more."""
    asked: list[str] = []

    def heard(key: str) -> str:
        asked.append(key)
        return key

    templates = Templates(Path())
    templates.globals["t"] = heard
    template = templates.from_string('{% for _ in range(3) %}{{ t("n") }}{% endfor %}')
    assert asked == ["n"]
    assert template.render() + template.render() == "nnnnnn"
    assert asked == ["n"]


def test_what_another_process_has_compiled_is_not_compiled_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says the same, with the words that it was compiled with."""
    (tmp_path / "x.html").write_text(MACROS + "{{ link(v) }}{{ t('nav.home') }}", "utf-8")
    codes = compiled(tmp_path, Words("vi"))
    usual = Templates(tmp_path)
    usual.globals["t"] = Words("vi")
    wanted = usual.get_template("x.html").render(v="<b>")
    taking = Templates(tmp_path)
    taking.take(codes)
    monkeypatch.setattr(Templates, "compile", None)
    assert taking.get_template("x.html").render(v="<b>") == wanted


def test_a_template_that_has_changed_since_is_compiled(tmp_path: Path) -> None:
    """Code is of the text that it was made of, and of no other."""
    file = tmp_path / "x.html"
    file.write_text("then", "utf-8")
    codes = compiled(tmp_path, Words("en"))
    file.write_text("now", "utf-8")
    templates = Templates(tmp_path)
    templates.take(codes)
    assert templates.get_template("x.html").render() == "now"


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("{{ link() }}", UndefinedError), ("{{ link(1, 2, 3, 4) }}", TypeError),
     ("{{ link(1, of=2) }}", TypeError), ("{{ box() }}", UndefinedError),
     ("{{ nobody() }}", UndefinedError), ("{{ d.nobody }}", UndefinedError)],
)  # fmt: skip
def test_a_wrong_call_is_an_error(text: str, wrong: type[Exception]) -> None:
    """Too little, too much, or of nobody: as with Jinja."""
    with pytest.raises(wrong):
        made(text, d={})


def test_a_key_comes_before_what_a_dictionary_can_do() -> None:
    """So data may have keys such as `items`; without the key it is the method."""
    assert made("{{ d.items }}", d={"items": 3}) == "3"
    assert made("{{ d.items() | list | length }}", d={"a": 1}) == "1"

"""The builder of SVG: what comes from outside stays text, and nothing else can be made."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from briefbook.charts.svg import element, is_safe, link, number, path, together


def test_text_and_attributes_are_escaped() -> None:
    """Neither a child nor an attribute can open a tag or end a quote."""
    made = element("text", "<b>&'\"", class_='x" onload="y')
    assert made == ('<text class="x&#34; onload=&#34;y">&lt;b&gt;&amp;&#39;&#34;</text>')
    assert isinstance(made, Markup)


def test_what_xml_cannot_hold_is_left_out() -> None:
    """Control characters, half characters and changes of direction vanish; line ends stay."""
    assert element("title", "a\x00\x0b\x1f\x7f\u202e\ud800\ufffe\nb") == "<title>a\nb</title>"


@pytest.mark.parametrize(
    "span", ["\x00\x08", "\x0b\x0c", "\x0e\x1f", "\x7f\x9f", "\u202a\u202e", "\u2066\u2069",
             "\ud800\udfff", "\ufffe\uffff"],
)  # fmt: skip
def test_each_of_them_vanishes(span: str) -> None:
    """Wherever it stands, even alone."""
    for char in map(chr, range(ord(span[0]), ord(span[1]) + 1)):
        assert element("title", char) == "<title></title>"
        assert element("rect", class_=f"a{char}<") == '<rect class="a&lt;"/>'


def test_parts_stand_together() -> None:
    """Markup as it is, all else as text."""
    assert together([Markup("<b>"), "<", ""], " ") == "<b> &lt; "
    assert isinstance(together([]), Markup)


@pytest.mark.parametrize("tag", ["script", "style", "foreignObject", "image", "use", "a onclick"])
def test_no_other_element(tag: str) -> None:
    """Only the few elements of our diagrams can be made."""
    with pytest.raises(ValueError, match="not an element"):
        element(tag)


@pytest.mark.parametrize("name", ["style", "onclick", "onload", "xlink_href", "fill", "srcdoc"])
def test_no_other_attribute(name: str) -> None:
    """No style, no event, and colours by classes only."""
    with pytest.raises(ValueError, match="not an attribute"):
        element("rect", **{name: "x"})


def test_names_of_attributes() -> None:
    """Python's names stand for SVG's; None leaves an attribute out."""
    made = element("text", class_="a", text_anchor="end", aria_hidden="true", lang=None, x=1)
    assert made == '<text class="a" text-anchor="end" aria-hidden="true" x="1"></text>'
    assert element("rect", x=1) == '<rect x="1"/>'


@pytest.mark.parametrize(
    ("value", "text"),
    [(1, "1"), (1.0, "1"), (0.126, "0.13"), (-0.001, "0"), (1234.5, "1234.5"), (100.0, "100")],
)
def test_coordinates_have_two_decimals(value: float, text: str) -> None:
    """No more, no trailing noughts, no minus nought."""
    assert number(value) == text
    assert path("M", value, "h", 2) == f"M{text}h2"


def test_paths_are_short() -> None:
    """A space stands only where two numbers would else run together."""
    assert path("M", 1, -2.5, "h", 3, 4, "z") == "M1-2.5h3 4z"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_no_coordinate(value: float) -> None:
    """What is no number never reaches the page."""
    with pytest.raises(ValueError, match="no coordinate"):
        element("rect", x=value)


@pytest.mark.parametrize(
    "href", ["/a/", "a/#b", "#x", "https://x.example/?a=b", "mailto:a@b.example"]
)
def test_safe_addresses(href: str) -> None:
    """Relative ones, the web, mail."""
    assert is_safe(href)


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", " JaVaScript:x", "java\x00script:x", "data:text/html,x", "http://[x"],
)
def test_other_addresses_make_no_link(href: str) -> None:
    """Their text stays, the link does not."""
    assert link(href, element("text", "name")) == "<text>name</text>"


def test_link() -> None:
    """A link holds its children."""
    assert link("/a/", "x", aria_label="y") == '<a href="/a/" aria-label="y">x</a>'

"""Blocks of pages: what a fence asks for, which lines a field has, and links that move along."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from briefbook.blocks import blocks, is_block
from briefbook.excerpt import excerpt, known
from briefbook.model import FOLDERS
from briefbook.pages.elsewhere import elsewhere
from briefbook.prose import Fence, fences, pieces
from briefbook.reference import way
from briefbook.scaffold import commented
from briefbook.shape import shape
from tests.samples import tree

YAML = """\
name: Some  # a remark
goals:
- {period: 2026, goal: More}
- period: 2027
  goal: Less
value_to_us:
  # in our currency
  contribution: {2025: 10 m CNY,
    2024: 6 m CNY}

  potential:
    value: 50 m CNY
    note: >-
      Two lines

      of text
# of the end
strategy: promote
uses: {a: {since: 2025}, b: {since: 2026}}
"""


def nowhere(_: str) -> None:
    """Where references lead that nobody follows here."""


def test_a_fence_says_word_names_and_record_with_columns() -> None:
    """Columns count from 1, lines from 0; a reference may have an anchor."""
    text = (
        "Text\n\n```example bant  ref:account/a#opportunity-b\n```\n\n~~~fields account people\n~~~"
    )
    one, other = blocks(text)
    assert (one.word.text, one.word.column, one.line) == ("example", 4, 2)
    assert [(word.text, word.column) for word in one.names] == [("bant", 12)]
    assert one.target == ("account", "a", "opportunity-b")
    assert one.references[0].column == 18
    assert (other.word.text, other.target, other.line) == ("fields", None, 5)
    assert [word.text for word in other.names] == ["account", "people"]


def test_code_is_no_block_and_several_words_are() -> None:
    """A language is one word; a fence of several is meant for us, even if misspelt."""
    assert not list(blocks("```yaml\na: b\n```\n\n```\nx\n```\n\n    example bant"))
    assert [one.word.text for one in blocks("```exmaple bant\n```")] == ["exmaple"]
    assert is_block(Fence("example", "", 0, False))
    assert not is_block(Fence("exmaple bant", "", 0, False))


def test_yaml_of_names_a_record_or_a_file_at_the_top() -> None:
    """With a reference all names are fields; without one the first is the kind."""
    one, other = blocks(
        "```yaml-of ref:account/a goals plan.year\n```\n\n```yaml-of book goal\n```"
    )
    kind, id, fields = one.quoted
    assert (kind, id, [word.text for word in fields]) == ("account", "a", ["goals", "plan.year"])
    kind, id, fields = other.quoted
    assert (kind, id, [word.text for word in fields]) == ("book", "", ["goal"])


def test_pieces_are_prose_and_fences_in_order() -> None:
    """Headings keep one numbering, other code stays code, and what is ours is cut out."""
    text = "## A\n\n```example x\n```\n\n## B\n\n```yaml\na: <b>\n```\n\n> ```example y\n> ```"
    first, cut, last = pieces(text, nowhere, is_block)
    assert first == '<h2 id="part-1">A</h2>\n'
    assert isinstance(cut, Fence)
    assert cut.info == "example x"
    assert isinstance(last, Markup)
    assert '<h2 id="part-2">B</h2>' in last
    assert "a: &lt;b&gt;" in last
    assert [fence.inner for fence in fences(text)] == [False, False, True]


def test_pieces_are_as_safe_as_prose() -> None:
    """Raw HTML stays text around a block as anywhere."""
    made = pieces("<script>x</script>\n\n```example x\n```\n\n[a](javascript:x)", nowhere, is_block)
    html = "".join(str(one) for one in made if isinstance(one, Markup))
    assert "<script" not in html
    assert "href" not in html


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        (["name"], "name: Some  # a remark"),
        (["goals"], "goals:\n- {period: 2026, goal: More}\n- period: 2027\n  goal: Less"),
        (
            ["value_to_us.contribution"],
            "value_to_us:\n  contribution: {2025: 10 m CNY,\n    2024: 6 m CNY}",
        ),
        (
            ["value_to_us.potential.note"],
            "value_to_us:\n  potential:\n    note: >-\n      Two lines\n\n      of text",
        ),
        (["strategy", "name"], "name: Some  # a remark\nstrategy: promote"),
        (["uses.b"], "uses: {a: {since: 2025}, b: {since: 2026}}"),
    ],
)
def test_an_excerpt_is_the_lines_of_a_field(fields: list[str], lines: str) -> None:
    """In the order of the file, below the keys that hold them; within braces the whole line."""
    assert excerpt(YAML, tree(YAML), fields) == lines


def test_an_excerpt_keeps_remarks_within_and_none_after() -> None:
    """What stands between the lines of a field belongs to it, what follows to the next."""
    made = excerpt(YAML, tree(YAML), ["value_to_us"])
    assert "# in our currency" in made
    assert made.endswith("of text")


def test_a_field_is_known_by_its_path() -> None:
    """Only keys that the file writes; a text has nothing below it."""
    made = tree(YAML)
    assert known(made, "value_to_us.potential.note")
    assert not known(made, "value_to_us.investment")
    assert not known(made, "name.first")
    assert not known(made, "goals.0")


def test_links_and_ids_hold_on_another_page() -> None:
    """An anchor of the record's page leads there, ids of a drawing and their uses get a mark."""
    svg = Markup(
        '<svg aria-labelledby="t d" fill="url(#g)"><title id="t">#</title><desc id="d"></desc>'
        '<g id="g"/><a href="#person-x">x</a><use href="#g"/></svg>'
    )
    data = {"rows": [{"href": "#need-a", "svg": svg, "n": 1, "none": None}], "href": "../b/#c"}
    made = elsewhere(data, "../../accounts/a/", "-e2")
    assert made["href"] == "../b/#c"
    row = made["rows"][0]
    assert (row["href"], row["n"], row["none"]) == ("../../accounts/a/#need-a", 1, None)
    assert str(row["svg"]) == (
        '<svg aria-labelledby="t-e2 d-e2" fill="url(#g-e2)"><title id="t-e2">#</title>'
        '<desc id="d-e2"></desc><g id="g-e2"/><a href="../../accounts/a/#person-x">x</a>'
        '<use href="#g-e2"/></svg>'
    )
    assert isinstance(row["svg"], Markup)


def test_way_follows_the_paths_of_the_reference() -> None:
    """Ids, years and lists may be written as /fields/ does, or left out."""
    for path in ("opportunities.<id>.bant.need", "opportunities.bant.need"):
        assert [one.name for one in way("account", path)] == ["opportunities", "bant", "need"]
    assert [one.name for one in way("glossary", "en")] == ["en"]
    assert way("account", "opportunities.bnt") == ()
    assert way("account", "name.first") == ()


@pytest.mark.parametrize(
    ("kind", "paths"),
    [
        ("account", ["value_to_us", "lifecycle"]),
        ("account", ["people.<id>.relation", "people.<id>.price", "influences"]),
        ("account", ["opportunities.<id>.bant"]),
        ("company", ["finance.statements", "finance.peers"]),
        ("industry", ["market.concentration", "pains"]),
    ],
)
def test_commented_fields_are_yaml_of_the_model(kind: str, paths: list[str]) -> None:
    """What a page tells people to write has the shape that is asked for, each field once."""
    text = commented(kind, paths)
    made = tree(f"name: Some\nindustry: retail\n{text}\n" if kind == "account" else
                f"name: Some\n{text}\n", f"{FOLDERS[kind][0]}/some.yml")  # fmt: skip
    wrong = [one for one in shape(kind, FOLDERS[kind][1], made)[1] if one.rule != "missing-field"]
    assert not wrong
    assert all(known(made, ".".join(path.split(".")[:1])) for path in paths)
    assert all("#" in line for line in text.split("\n") if paths[0].split(".")[-1] in line)

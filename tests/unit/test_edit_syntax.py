"""Where the parts of a text stand: what the reader tells and what ruamel.yaml tells agree."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from briefbook.demo import demo_files
from briefbook.demo.setting import setting
from briefbook.edit.files import content_files
from briefbook.edit.node import Node
from briefbook.edit.places import UnsureError, located
from briefbook.edit.syntax import parse, parsed
from briefbook.files import Folder
from tests.browser import REPO
from tests.properties.test_reading import TREES, shallow
from tests.samples import written

CONTENT = REPO / "content"
FILES = [
    *((name, (CONTENT / name).read_bytes()) for name in content_files(Folder(CONTENT))),
    *demo_files(setting(5, 1)),
]
YAML = [(name, raw.decode()) for name, raw in FILES if name.endswith(".yml")]


@pytest.mark.parametrize("text", [text for _, text in YAML], ids=[name for name, _ in YAML])
def test_both_find_the_same_parts(text: str) -> None:
    """In every file of the sample and of a demo, and none of them is unusual."""
    assert located(text) == parsed(text)


@settings(max_examples=60, deadline=None)
@given(TREES.filter(shallow))
def test_both_find_the_same_parts_of_any_tree(data: dict[str, Any]) -> None:
    """Keys and texts of any characters."""
    text = written(data)
    assert _spans(located(text)) == _spans(parsed(text))


def _spans(node: Node) -> Any:
    return (node.start, node.end, node.data) if node.sort == "text" else [
        *map(_spans, node.items),
        *((_spans(key), _spans(value)) for key, value in node.pairs),
    ]  # fmt: skip


TEXTS = (
    "a: b\nc: one\n   two\n\n   three # d\ne: 'f\n  g' # h\n",
    "a: |\n  b\n   c\n\n# d\ne: >- # f\n    g\n\n    h\n",
    "a:\n  b: |-\n    c\n   # less\n  d: e\n",
    "a: [b, {c: d}, 'e'] # f\ng: [\n  h, # i\n  j,\n]\nk: {}\nl: []\n",
    "a:\n- b\n-  c: d\n   e: f\n- - g\n  - h\n",
    'a: "b \\" # c"\n"d": e # f\n\'g\': h\n',
    "a: x#y\nb: x'y\nc: a: b\n".replace("c: a: b\n", ""),
    "{a: b, c: [d]}\n",
    "# only above\n\na: b\n# below",
)


@pytest.mark.parametrize("text", TEXTS)
def test_both_agree_on_what_people_write(text: str) -> None:
    """Over lines, with comments, in brackets, with indents of all kinds."""
    assert located(text) == parsed(text)


@pytest.mark.parametrize(
    "text", ["a: |+\n  b\n\n", "a: |2\n   b\n", "a: [b: c]\n", "a: e\u0301\n", "a: &x b\n"]
)
def test_what_is_unusual_is_left_to_the_parser(text: str) -> None:
    """Rather than told wrongly."""
    with pytest.raises(UnsureError):
        located(text)
    assert parse(text).root == parsed(text)

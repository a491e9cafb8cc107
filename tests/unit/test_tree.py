"""The tree of industries: parents in; children, ways down and loops out."""

from __future__ import annotations

from briefbook.analyse.tree import IndustryTree, industry_tree, parent_loops
from briefbook.load import Record
from briefbook.model import Industry
from tests.small import content, html, record, site


def tree(**parents: str | None) -> IndustryTree:
    """The tree of industries that are called like their ids."""
    made: dict[str, Record[Industry]] = {}
    for id, parent in parents.items():
        above = {"parent": parent} if parent else {}
        made[id] = record("industry", id, {"name": id, **above})
    return industry_tree(made)


def test_children_stand_by_name_below_their_parent() -> None:
    """In order of name whatever the case, with the way from the root down."""
    found = tree(z="finance", finance=None, B="finance", a="finance", deep="a")
    assert found.roots == ("finance",)
    assert found.children["finance"] == ("a", "B", "z")
    assert found.path["deep"] == ("finance", "a", "deep")
    assert found.under("finance") == ("finance", "a", "deep", "B", "z")
    assert found.under("a") == ("a", "deep")
    assert (found.leaf("a"), found.leaf("z")) == (False, True)
    assert not found.loops


def test_a_loop_is_told_once_and_its_members_become_roots() -> None:
    """From its smallest id on; what hangs below a loop stays below."""
    found = tree(c="a", a="b", b="c", below="b", alone=None)
    assert found.loops == (("a", "b", "c"),)
    assert found.roots == ("a", "alone", "b", "c")
    assert found.path["below"] == ("b", "below")


def test_an_industry_may_not_stand_below_itself() -> None:
    """A loop of one."""
    found = tree(self="self", other="self")
    assert found.loops == (("self",),)
    assert found.under("self") == ("self", "other")


def test_a_child_of_nobody_is_a_root() -> None:
    """The parent is no industry of this book."""
    found = tree(orphan="nowhere")
    assert found.roots == ("orphan",)
    assert found.path["orphan"] == ("orphan",)


def test_several_loops_are_in_order() -> None:
    """Each once, in the order of their smallest ids; a mere chain is none."""
    parents = {"d": "c", "c": "d", "b": "a", "a": "b", "x": "y", "y": None}
    assert parent_loops(parents) == (("a", "b"), ("c", "d"))


def test_depth_has_no_limit() -> None:
    """Two thousand industries, each below the one before."""
    parents = {f"i{n:04}": f"i{n - 1:04}" if n else None for n in range(2000)}
    found = tree(**parents)
    last = "i1999"
    assert found.path[last] == tuple(parents)
    assert found.under("i0000") == tuple(parents)


def test_the_index_indents_by_depth() -> None:
    """Each industry stands below its parent, one step further in."""
    files = {
        "industries/a.yml": "name: Aaa\n",
        "industries/b.yml": "name: Bbb\nparent: a\n",
        "industries/c.yml": "name: Ccc\nparent: b\n",
        "industries/d.yml": "name: Ddd\n",
    }
    made = html(site(content(files)), "/industries/")
    places = [made.index(f">{name}</a>") for name in ("Aaa", "Bbb", "Ccc", "Ddd")]
    assert places == sorted(places)

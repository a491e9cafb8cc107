"""What pages of one account may see, and that nothing else reaches them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from briefbook.analyse.portfolio import Results
from briefbook.pages import seen
from briefbook.pages.all import parts
from briefbook.pages.seen import named_in, views
from tests.browser import REPO
from tests.small import content, site

BOOK = "name: X\ncapabilities: {crm: {name: CRM}}\n"
FILES = {
    "book.yml": BOOK,
    "industries/retail.yml": "name: Retail\n",
    "industries/bank.yml": "name: Bank\nin_short: See [F](ref:account/f).\n",
    "accounts/a.yml": "name: A\nindustry: retail\nparent: c\n",
    "accounts/b.yml": "name: B\nindustry: retail\n",
    "accounts/c.yml": "name: C\nindustry: bank\n",
    "accounts/d.yml": "name: D\nindustry: bank\n",
    "pages/x.md": "# X\n\nSee [D](ref:account/d).\n",
}


def test_an_account_sees_itself_its_neighbours_and_whom_texts_name() -> None:
    """A's neighbour is B, its parent C; a method names D."""
    files = {**FILES, "industries/bank.yml": "name: Bank\n"}
    view = views(site(content({**files, "accounts/e.yml": "name: E\nindustry: bank\n"})))
    of_a = view.of("a").content.accounts
    assert set(of_a) == {"a", "b", "c", "d"}
    assert len(of_a) == 4
    assert "e" not in of_a
    assert of_a.get("e") is None
    assert of_a["b"].name == "B"


def test_results_of_the_whole_portfolio_are_closed() -> None:
    """A page that reads them says which one, instead of being right until it is kept."""
    files = {**FILES, "industries/bank.yml": "name: Bank\n"}
    of_a = views(site(content(files))).of("a")
    with pytest.raises(LookupError, match="customers"):
        _ = of_a.results.customers.ranked
    assert "a" in of_a.results.standings
    assert of_a.results.important <= {"a"}


def test_every_result_is_open_by_account_open_to_all_or_closed() -> None:
    """A new one is closed until somebody says what it depends on."""
    names = {one.name for one in fields(Results)}
    open_ = seen._OF_ACCOUNTS | seen._OF_REST  # noqa: SLF001 - the table is what is tested
    assert open_ <= names
    assert not seen._OF_ACCOUNTS & seen._OF_REST  # noqa: SLF001


@pytest.mark.parametrize(
    ("node", "found"),
    [
        ({"parent": "a"}, {"a"}),
        ({"x": [{"y": "See [A](ref:account/a#people) and account/b."}]}, {"a", "b"}),
        ({"a": "a key counts too"}, {"a"}),
        ({"x": "apple", "y": ["account/none"]}, set()),
    ],
)
def test_names_in_texts_are_found(node: object, found: set[str]) -> None:
    """An id alone, or in a reference."""
    assert named_in(node, {"a": 1, "b": 2}) == found


def test_a_digest_changes_with_what_is_seen_and_with_nothing_else() -> None:
    """D sees no B; A does."""
    files = {**FILES, "industries/bank.yml": "name: Bank\n"}
    digests = []
    for name in ("B", "Bee"):
        changed = {**files, "accounts/b.yml": f"name: {name}\nindustry: retail\n"}
        view = views(site(content(changed)))
        digests.append({id: view.digest(id) for id in "abcd"})
    before, after = digests
    assert {id for id in "abcd" if before[id] != after[id]} == {"a", "b"}


def test_the_sample_content_is_made_of_parts_with_a_digest_for_each_account() -> None:
    """Twice the same."""
    from briefbook.load import load

    found, _ = load(REPO / "content")
    assert found is not None
    of = site(found, date(2026, 11, 22))
    made = [{part.name: part.digest() for part in parts(of) if part.digest} for _ in range(2)]
    assert made[0] == made[1]
    assert len(made[0]) == len(found.accounts) == len(set(made[0].values()))

"""What the bench computes from what it measured; how long anything takes is no test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.peers import is_account, markdown
from tests.bench.plan import (
    Measure,
    Planned,
    Record,
    Shown,
    Total,
    corrected,
    equal,
    fitted,
    frame,
    size,
)
from tests.bench.profiling import IMPORT, OUTSIDE, Function, stage, summed
from tests.bench.runs import Cost, Costs, FailedError, parsed, pss, run, until
from tests.bench.table import against, at_most, growth, lines, missing, summary
from tests.bench.weights import packed

P = Cost(2.0, 3.0)


def test_medians_are_taken_apart() -> None:
    """The clock's and the processors' medians may come from different runs."""
    costs = Costs()
    for wall, cpu in ((1.0, 9.0), (5.0, 2.0), (3.0, 4.0)):
        costs.add("cold", Cost(wall, cpu))
    assert costs.median("cold") == Cost(3.0, 4.0)
    assert costs.median("never") is None
    assert Cost(1.0, 2.0) + Cost(0.5, 0.25) == Cost(1.5, 2.25)


def test_a_process_may_have_any_name() -> None:
    """Brackets and spaces in a name move no column; times of children it has waited for count."""
    rest = "S 7 1 1 0 -1 4194304 1 2 3 4 150 50 30 20 20 0 1 0 99"
    found = parsed(f"42 (a (b) c) {rest}", ticks=100)
    assert (found.id, found.parent, found.name, found.cpu) == (42, 7, "a (b) c", 2.5)


def test_memory_is_the_proportional_share() -> None:
    """`Pss:` in kilobytes; of a process that has gone, nothing."""
    assert pss("00400000-7ff [rollup]\nRss:  4096 kB\nPss:  2048 kB\nPss_Dirty: 1 kB\n") == 2.0
    assert pss("") == 0.0


def test_a_command_that_fails_is_told_with_its_words(tmp_path: Path) -> None:
    """Its last words are in the error."""
    with pytest.raises(FailedError, match="no luck"):
        run(["sh", "-c", "echo no luck >&2; exit 3"], tmp_path)


def test_what_is_there_before_the_end_is_seen_before_the_end(tmp_path: Path) -> None:
    """Two costs: until the file stands there, and until the command has ended."""
    made = tmp_path / "made"
    first, whole = until(["sh", "-c", "touch made; sleep 0.3"], tmp_path, made.exists)
    assert 0 < first.wall < whole.wall
    with pytest.raises(FailedError, match="is not there"):
        until(["true"], tmp_path, lambda: False)


RECORD = Record("accounts", "one", ((100, 4), (300, 10), (50, 2)))
BARE = (1000, 20)


def test_a_page_of_a_peer_has_as_much_of_everything() -> None:
    """Text to the nearest key; elements and bytes of markup exactly."""
    page = Shown("/accounts/one/", "One", 9000, 560, 100, True)
    made = fitted(page, RECORD, BARE, Measure())
    assert (made.times, made.rest) == (1, 1)
    values, text = 20, 550
    assert 2 * values + made.marks * values + made.left + 20 == 100
    markup = values * (24 + made.weight + 7 * made.marks) + 7 * made.left + made.filler
    assert 1000 + text + markup == 9000


def test_a_page_lighter_than_its_text_has_no_markup_to_spare() -> None:
    """Nothing becomes negative."""
    made = fitted(Shown("/a/", "A", 1200, 5000, 5, False), RECORD, BARE, Measure())
    assert (made.weight, made.filler, made.marks, made.left) == (0, 0, 0, 0)


def test_a_measure_is_corrected_by_what_came_out() -> None:
    """Half of what is wanted doubles it; what came out right stays."""
    wanted, made = Total(2, 1000, 80, 1, 500), Total(2, 500, 80, 1, 400)
    assert corrected(Measure(html=1.5), wanted, made) == Measure(3.0, 1.0, 1.25)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Total(10, 1090, 110, 5, 455), True),
        (Total(11, 1000, 100, 5, 500), False),
        (Total(10, 1101, 100, 5, 500), False),
        (Total(10, 1000, 100, 4, 500), False),
        (Total(10, 1000, 100, 5, 440), False),
    ],
)
def test_equals_are_within_a_tenth(other: Total, expected: bool) -> None:
    """As many pages; bytes, elements and text within 10 %."""
    assert equal(Total(10, 1000, 100, 5, 500), other) is expected


def test_a_record_is_counted_as_it_is_shown() -> None:
    """Keys and values are text; what has no name of its own is its value."""
    assert size("use", {"seats": 200, "notes": ["a", "b"]}) == (3 + 9 + 5 + 2 + 2, 3)


def test_a_frame_is_what_stands_around_the_article() -> None:
    """The article and its marks are the page's own."""
    assert frame('<main><article class="x">\nA\n</article></main>') == ("<main>", "</main>")
    with pytest.raises(ValueError, match="no article"):
        frame("<main></main>")


def test_markdown_repeats_the_record() -> None:
    """All keys `times` over, then the first ones again; a list below a key is a list."""
    page = Planned("/a/", "A", "accounts", "a", 1, 1, 0, 0, 0, 0, True)
    made = markdown(page, {"name": "Lan", "goals": [{"goal": "grow"}, "stay"]})
    goals = "## goals\n\n- **goal** grow\n- stay\n"
    assert made == f"# A\n\n{goals}\n## name\n\n- Lan\n\n{goals}"


def test_a_ratio_is_judged_by_the_clock_and_the_other_is_told() -> None:
    """Where the two disagree, the line says so."""
    row = against("cold", Cost(1.0, 6.0), P, 1.0)
    assert (row.ratio, row.by_cpu, row.ok, row.note) == (
        "0.50",
        "2.00",
        True,
        "by cpu the other way",
    )
    assert against("cold", Cost(2.2, 9.0), P, 1.0).said == "NOT KEPT"
    assert against("cold", None, P, 1.0).ok is None


def test_growth_is_per_account() -> None:
    """Ten times the accounts at twelve times the cost grows by a fifth; one size does not grow."""
    row = growth([(10_000, Cost(120.0, 100.0)), (1_000, Cost(10.0, 10.0))], 1.15)
    assert row is not None
    assert (row.ratio, row.by_cpu, row.ok) == ("1.20", "1.00", False)
    assert growth([(1_000, Cost(10.0, 10.0))], 1.15) is None


def test_the_table_says_what_is_not_kept() -> None:
    """What nobody measured is judged by nobody."""
    rows = [at_most("page", 61.2, 60, "kB"), at_most("sort", 20, 100, "ms"), missing("memory")]
    assert summary(rows) == "1 of 2 figures are kept.\n  not kept: page"
    head, page, sort, _ = lines(rows)
    assert page.endswith("NOT KEPT")
    # Figures stand right-aligned below the head of their column.
    ends = {line.index(word) + len(word)
            for line, word in ((head, "ours"), (page, "61.2 kB"), (sort, "20 ms"))}  # fmt: skip
    assert len(ends) == 1


def test_only_what_is_not_compressed_yet_is_compressed() -> None:
    """A page shrinks; a font and an index of the search are sent as they are."""
    raw = b"same " * 400
    assert len(packed(raw, ".html")) < len(raw)
    assert packed(raw, ".woff2") == packed(raw, ".pf_index") == raw


def test_only_pages_of_accounts_are_account_pages() -> None:
    """Neither the table above them nor the pages below them."""
    found = [is_account(one) for one in ("/accounts/", "/accounts/a/", "accounts/a/call/", "/a/b/")]
    assert found == [False, True, False, False]


BRIEFBOOK = "/somewhere/briefbook/generator/briefbook/"


def test_stages_are_those_of_the_pipeline() -> None:
    """By package and, where it says so, by module; a library belongs to none."""
    assert stage(f"{BRIEFBOOK}pages/render.py") == "render"
    assert stage(f"{BRIEFBOOK}pages/team.py") == "pages"
    assert stage(f"{BRIEFBOOK}source.py", "read") == "read"
    assert stage(f"{BRIEFBOOK}model/account.py", "<module>") == IMPORT
    assert stage("/somewhere/briefbook/theme/briefbook/team.html") == "render"
    assert stage("/lib/site-packages/jinja2/runtime.py") == stage("~") == ""


def test_time_of_a_library_is_that_of_who_calls_it() -> None:
    """Shared by how long each caller had it work, through any number of libraries."""
    team: Function = (f"{BRIEFBOOK}pages/team.py", 1, "page")
    read: Function = (f"{BRIEFBOOK}source.py", 1, "read")
    outer, inner, lone = (("lib.py", line, "f") for line in (1, 2, 3))
    stats = {
        team: (1, 1, 1.0, 5.0, {}),
        read: (1, 1, 2.0, 4.0, {}),
        outer: (4, 4, 0.0, 4.0, {team: (1, 1, 0.0, 3.0), read: (3, 3, 0.0, 1.0)}),
        inner: (1, 1, 4.0, 4.0, {outer: (1, 1, 4.0, 4.0)}),
        lone: (1, 1, 1.0, 1.0, {}),
    }
    found = summed(stats)
    assert found.seconds == 8.0
    assert found.shares == {"pages": 0.5, "read": 0.375, OUTSIDE: 0.125}
    assert found.functions[0] == ("pages.team.page", 5.0)

"""The drawn decision chain: described, safe, legible, and the same as what is written."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from briefbook.charts.organisation import WIDTH, arranged, organisation_svg
from briefbook.charts.organisation_box import content
from briefbook.charts.organisation_narrow import WIDTH as NARROW
from briefbook.charts.organisation_narrow import organisation_svg_narrow
from briefbook.charts.organisation_view import (
    MOST,
    MOST_FULL,
    MOST_INFLUENCES,
    Influence,
    Mark,
    OrganisationWords,
    People,
    Person,
    drawable,
)

WORDS = OrganisationWords(
    title="Who decides",
    desc="All of them",
    apart="place not known",
    steps=lambda n, more: f"{n} below{' or more' if more else ''}",
)
MARKS = (
    Mark("relation", 1, 3, "1 → 3"),
    Mark("solution", 4, 4, "4"),
    Mark("price", None, None, "not known"),
)


def person(at: int, above: int | None = 0, **more: object) -> Person:
    """Somebody with a name and three measures."""
    boss = None if above is None or not at else f"p{above}"
    given = {"title": "Head", "marks": MARKS, "overall": Mark("overall", 2.5, 3.5, "2.5 → 3.5")}
    return Person(f"p{at}", f"Name {at}", boss, **{**given, **more})  # type: ignore[arg-type]


def view(*people: Person, influences: tuple[Influence, ...] = ()) -> People:
    """These people, on a scale of five."""
    return People("people-x", people, influences, 5)


def texts(svg: str) -> list[str]:
    """All that is written in a drawing."""
    return [one.text or "" for one in ET.fromstring(svg).iter("text")]  # noqa: S314 (our own)


@pytest.mark.parametrize("draw", [organisation_svg, organisation_svg_narrow])
def test_drawing_is_named_and_described(draw: object) -> None:
    """Title and description stand first and are what the drawing is labelled by."""
    root = ET.fromstring(draw(view(person(0)), WORDS))  # type: ignore[operator]  # noqa: S314
    first, second = list(root)[:2]
    assert (first.tag, first.text) == ("title", "Who decides")
    assert (second.tag, second.text) == ("desc", "All of them")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{first.get('id')} {second.get('id')}"


def test_box_says_all_that_is_known() -> None:
    """Name, title, department, roles, stance, measures, what is old; whoever left is marked."""
    one = person(0, department="finance", roles="decision maker", notes="neutral", decides=True,
                 warning="stale since May 2026")  # fmt: skip
    svg = organisation_svg(view(one), WORDS)
    said = texts(svg)
    for text in ("Name 0", "Head", "finance", "decision maker", "neutral", "1 → 3", "not known"):
        assert text in said
    assert "stale since May 2026" in " ".join(said)
    assert "bb-org-person--decides" in svg
    gone = organisation_svg(view(person(0, left="left Jun 2026", decides=True)), WORDS)
    assert "bb-org-person--left" in gone
    assert "bb-org-person--decides" not in gone
    assert "left Jun 2026" in texts(gone)


def test_hostile_names_stay_text() -> None:
    """Nothing of a name becomes markup."""
    one = Person("p0", "<script>alert(1)</script>", title='"><img src=x onerror=y>')
    for svg in (organisation_svg(view(one), WORDS), organisation_svg_narrow(view(one), WORDS)):
        assert "<script" not in svg
        assert "<img" not in svg
        assert "<script>alert(1)</script>" in "".join(texts(svg))


def test_influence_is_a_numbered_line_or_words() -> None:
    """Wide: a dashed line with the number of the list; on a phone the words in the box."""
    edges = (Influence(7, "p1", "p2", "advises Name 2", "high"),)
    people = view(person(0), person(1), person(2), influences=edges)
    wide, narrow = organisation_svg(people, WORDS), organisation_svg_narrow(people, WORDS)
    assert "bb-org-influence--high" in wide
    assert "7" in texts(wide)
    assert "advises Name 2" not in texts(wide)
    assert "advises Name 2" in texts(narrow)
    assert "bb-org-number" not in narrow


def test_influence_on_oneself_or_on_nobody_is_not_drawn() -> None:
    """Such edges are told as problems; the drawing does without them."""
    edges = (Influence(1, "p0", "p0", "x", ""), Influence(2, "p0", "p9", "x", ""))
    assert drawable(view(person(0), influences=edges)).influences == ()


def test_strongest_influences_are_drawn() -> None:
    """Beyond 24 lines the weaker ones stand in the list alone."""
    edges = tuple(
        Influence(at, "p1", "p0", "x", "low" if at <= 20 else "high") for at in range(1, 41)
    )
    drawn = drawable(view(person(0), person(1), influences=edges)).influences
    assert len(drawn) == MOST_INFLUENCES
    assert [one.number for one in drawn] == [1, 2, 3, 4, *range(21, 41)]


def test_many_people_have_one_measure_each() -> None:
    """Up to forty people each measure has its line; beyond, the overall closeness alone."""
    few = drawable(view(*(person(at) for at in range(MOST_FULL))))
    many = drawable(view(*(person(at) for at in range(MOST_FULL + 1))))
    assert all(one.marks == MARKS for one in few.people)
    assert all(one.marks == (one.overall,) for one in many.people)


def test_beyond_150_the_top_and_people_with_roles_are_drawn() -> None:
    """And everybody between them, so that no line ends in nothing."""
    people = [person(at, max(at - 1, 0) if at < 400 else 0) for at in range(600)]
    people[120] = person(120, 119, roles="buyer", key=True)
    people[599] = person(599, 0, roles="user", key=True)
    drawn = drawable(view(*people)).people
    ids = [one.id for one in drawn]
    assert len(ids) == MOST
    assert {"p0", "p119", "p120", "p599"} <= set(ids)
    assert all(one.above is None or one.above in ids for one in drawn)
    assert ids == sorted(ids, key=lambda id: int(id[1:]))
    assert drawable(view(*people[:MOST])).people != drawn


def test_text_stays_in_its_box() -> None:
    """Boxes grow with what they hold, in any language."""
    long = Person("p0", "Nguyễn Thị Minh Khai " * 4, title="采购部经理" * 12, marks=MARKS)
    held = content(long, 130)
    assert held.height > content(Person("p0", "Bo", marks=MARKS), 130).height
    assert held.height >= 16 * sum(len(row.lines) for row in held.rows)


def test_widths_are_those_of_the_page() -> None:
    """938 px at most on a wide page, 358 px on a phone."""
    people = view(*(person(at, (at - 1) // 3) for at in range(80)))
    assert arranged(people).width <= WIDTH
    assert f'width="{NARROW:.0f}"' in organisation_svg_narrow(people, WORDS)


def test_missing_measures_are_shown_as_missing() -> None:
    """A dashed line and words, never a point at zero."""
    unknown = person(0, marks=(Mark("price", None, None, "not known"),))
    svg = organisation_svg(view(unknown), WORDS)
    assert "bb-dumbbell-none" in svg
    assert "bb-dumbbell-now" not in svg
    zero = organisation_svg(view(person(0, marks=(Mark("price", 0, 0, "0"),))), WORDS)
    assert "bb-dumbbell-now" in zero

"""Calendars: reminders in, files that a public iCalendar library reads out."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from briefbook.load import load
from briefbook.pages.calendar import OCTETS, calendars, folded, text
from briefbook.pages.here import Here
from tests.browser import REPO
from tests.independent import team as independent
from tests.small import TODAY, content, page, site

BOOK = """\
name: Northstar CRM
{site}team:
  mai: {{name: Mai Tran}}
  tuan: {{name: Tuan Le}}
"""
VALUE = "value_to_us: {contribution: {2025: 6 m CNY}, potential: 20 m CNY}\n"
PLAN = "plan: {year: 2026, actions: {a1: {what: Meet the CFO, due: 2026-12-01}}}\n"


def files(account: str, *, address: str = "", name: str = "Lantern Fresh") -> dict[str, str]:
    """A book with one account of class C that Mai looks after."""
    where = f"site: {address}\n" if address else ""
    return {
        "book.yml": BOOK.format(site=where),
        "industries/retail.yml": "name: Retail\n",
        "accounts/lantern.yml": f"name: {name}\nindustry: retail\nowner: mai\n{VALUE}{account}",
    }


def made(found: Mapping[str, str], today: date = TODAY) -> dict[str, str]:
    """Text of the calendars by address."""
    return calendars(Here(site(content(found), today), "/team/"))


def events(of: str) -> list[Any]:
    """The entries of a file, read by a library that is not ours."""
    return list(Calendar.from_ical(of).walk("VEVENT"))


def days(of: str) -> list[tuple[str, date]]:
    """Title and day of each entry."""
    return [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in events(of)]


def test_an_account_reminds_of_all_that_is_to_come() -> None:
    """Reviews not held, open actions and promises, contract and notice, the next talk by class."""
    account = (
        "contract: {until: 2027-03-31, notice: 90 days}\n"
        "contacts: [{date: 2026-11-10, promised: {what: Send it, by: 2026-11-30}}]\n"
        "plan: {year: 2026, actions: {a1: {what: Meet, due: 2026-12-01}, a2: {what: Wait},"
        " a3: {what: Old, due: 2026-08-01, status: done}, a4: {what: Not, due: 2026-12-01,"
        " status: dropped}}, reviews: [{date: 2026-04-01}, {date: 2026-07-02}]}\n"
    )
    assert days(made(files(account))["/calendar.ics"]) == [
        ("Review: Lantern Fresh", date(2026, 10, 1)),
        ("Promised to Lantern Fresh: Send it", date(2026, 11, 30)),
        ("Lantern Fresh: Meet", date(2026, 12, 1)),
        ("Next talk: Lantern Fresh", date(2026, 12, 1)),
        ("Last day to give notice: Lantern Fresh", date(2026, 12, 31)),
        ("Review: Lantern Fresh", date(2026, 12, 31)),
        ("Contract ends: Lantern Fresh", date(2027, 3, 31)),
    ]


def test_reviews_follow_the_fiscal_year() -> None:
    """Rule 8: a year from 1 April that ends in 2027 is reviewed on 1 Jul, 1 Oct, 1 Jan, 31 Mar."""
    found = files("plan: {year: 2027}\n")
    found["book.yml"] += "fiscal_year_starts: 04-01\n"
    assert [day for _, day in days(made(found)["/calendar.ics"])] == [
        date(2026, 7, 1), date(2026, 10, 1), date(2027, 1, 1), date(2027, 3, 31),
    ]  # fmt: skip


@pytest.mark.parametrize(("name", "after"), [("a", 14), ("b", 30), ("c", 21), ("d", 90)])
def test_talks_follow_the_rhythm_of_the_class(name: str, after: int) -> None:
    """Rule 19: the last talk and as many days as the class allows; a talk to come is no talk."""
    value = {"a": "20 m CNY}, potential: 40", "b": "20 m CNY}, potential: 20",
             "c": "1 m CNY}, potential: 20", "d": "1 m CNY}, potential: 5"}[name]  # fmt: skip
    found = files("contacts: [{date: 2026-11-02}, {date: 2026-10-01}, {date: 2026-12-24}]\n")
    found["accounts/lantern.yml"] = found["accounts/lantern.yml"].replace(
        "6 m CNY}, potential: 20", value
    )
    talk = ("Next talk: Lantern Fresh", date(2026, 11, 2) + timedelta(days=after))
    assert days(made(found)["/calendar.ics"]) == [talk]


def test_a_customer_nobody_talked_with_counts_from_its_first_day() -> None:
    """And one of which neither is known has no talk to remind of, as one without a class."""
    since = "customer_since: 2026-11-01\n"
    assert [day for _, day in days(made(files(since))["/calendar.ics"])] == [date(2026, 11, 22)]
    assert days(made(files(""))["/calendar.ics"]) == []
    unknown = files(since)
    unknown["accounts/lantern.yml"] = unknown["accounts/lantern.yml"].replace(VALUE, "")
    assert days(made(unknown)["/calendar.ics"]) == []


def test_each_member_gets_what_they_are_in_charge_of() -> None:
    """An action of Tuan on an account of Mai stands in Tuan's file; all stands in the team's."""
    plan = "plan: {year: 2026, actions: {a1: {what: Meet, owner: tuan, due: 2026-12-01}}}\n"
    found = made(files(plan))
    assert set(found) == {"/calendar.ics", "/team/mai.ics", "/team/tuan.ics"}
    assert [title for title, _ in days(found["/team/tuan.ics"])] == ["Lantern Fresh: Meet"]
    assert "Meet" not in found["/team/mai.ics"]
    mine = [one["UID"] for name in ("mai", "tuan") for one in events(found[f"/team/{name}.ics"])]
    assert sorted(mine) == sorted(one["UID"] for one in events(found["/calendar.ics"]))


def test_uids_stay_when_days_move() -> None:
    """SHA-256 of account, kind and path: whoever subscribed sees the entry move."""
    talk = "contacts: [{{date: 2026-11-10, promised: {{what: {0}, by: {1}}}}}]\n"
    before = files(talk.format("Send it", "2026-11-30") + PLAN)
    after = files(
        # A talk is written above the others; what is promised is said better and due later.
        (talk.format("Send all of it", "2026-12-09") + PLAN.replace("12-01", "12-24"))
        .replace("[{date", "[{date: 2026-11-20}, {date")
    )  # fmt: skip
    one, two = (
        {str(each["UID"]): each["DTSTART"].dt for each in events(made(some)["/calendar.ics"])}
        for some in (before, after)
    )
    assert one.keys() == two.keys()
    assert len(one) == 7
    action = hashlib.sha256(b"lantern\naction\nplan/2026/actions/a1").hexdigest()
    assert (one[action], two[action]) == (date(2026, 12, 1), date(2026, 12, 24))
    assert all("2026" not in uid for uid in one)


def test_equal_input_gives_equal_bytes() -> None:
    """The stamp is the day of the build, and nothing else asks the clock."""
    found = files(PLAN)
    assert made(found) == made(found)
    later = made(found, TODAY + timedelta(days=1))
    strip = [line for line in later["/calendar.ics"].splitlines() if "DTSTAMP" not in line]
    same = [line for line in made(found)["/calendar.ics"].splitlines() if "DTSTAMP" not in line]
    assert strip == same
    assert "DTSTAMP:20261122T000000Z\r\n" in made(found)["/calendar.ics"]


def test_entries_are_whole_days_that_block_nobody() -> None:
    """From the day to the next, without time zone, person or address."""
    entry = next(one for one in events(made(files(PLAN))["/calendar.ics"]) if "Meet" in
                 str(one["SUMMARY"]))  # fmt: skip
    assert (entry["DTSTART"].dt, entry["DTEND"].dt) == (date(2026, 12, 1), date(2026, 12, 2))
    assert entry["TRANSP"] == "TRANSPARENT"
    assert not {"ORGANIZER", "ATTENDEE", "CONTACT"} & set(entry)
    assert str(entry["DESCRIPTION"]) == "Class C\nMai Tran"


@pytest.mark.parametrize(
    ("where", "url"),
    [("", None), ("https://example.com/books/", "https://example.com/books/accounts/lantern/"),
     ("https://example.com", "https://example.com/accounts/lantern/")],
)  # fmt: skip
def test_links_need_the_address_of_the_site(where: str, url: str | None) -> None:
    """A link from a calendar cannot be relative, so without the site's address there is none."""
    entry = events(made(files(PLAN, address=where))["/calendar.ics"])[0]
    assert entry.get("URL") == url


def test_a_calendar_without_entries_is_one_still() -> None:
    """RFC 5545 asks for at least one component; what was subscribed to may become empty."""
    found = Calendar.from_ical(made(files(""))["/team/tuan.ics"])
    assert [one.name for one in found.subcomponents] == ["VTIMEZONE"]


@pytest.mark.parametrize(
    "name",
    ["Müller; Söhne, \\Co\\", "A:B=\"C\" 'D'", "BEGIN:VEVENT", "\\n\\, END:VCALENDAR",
     "海岳商城" * 30, "Ngân hàng " * 12 + "Hưng Phát", "\u202eabc\u2028def\u0085", "🧑‍🤝‍🧑" * 20,
     "x" * 300],
)  # fmt: skip
def test_names_come_back_as_they_were(name: str) -> None:
    """Whatever a name holds, the public parser reads it, and no line is longer than it may be."""
    found = files(PLAN)
    of = site(content(found))
    record = of.content.accounts["lantern"]
    object.__setattr__(record.value, "name", name)
    file = calendars(Here(of, "/team/"))["/calendar.ics"]
    titles = [str(one["SUMMARY"]) for one in events(file)]
    assert f"{name}: Meet the CFO" in titles
    assert len(titles) == 5
    assert all(len(line) <= OCTETS for line in file.encode().split(b"\r\n"))


@given(st.text(max_size=300))
def test_any_text_survives_folding_and_escaping(value: str) -> None:
    """But for control characters, which are no text, and the kind of line ends."""
    line = folded("SUMMARY:" + text(value))
    assert all(len(one) <= OCTETS for one in line.encode().split(b"\r\n"))
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in plain if char in "\n\t" or not (char < " " or char == "\x7f"))
    read = line.removesuffix("\r\n").replace("\r\n ", "").removeprefix("SUMMARY:")
    shown, at = "", 0
    while at < len(read):
        pair = read[at] == "\\"
        shown += {"n": "\n"}.get(read[at + 1], read[at + 1]) if pair else read[at]
        at += 1 + pair
    assert shown == kept


def test_a_long_task_is_cut_in_the_title_only() -> None:
    """The whole of it stands in the description."""
    task = "Ask the finance chief " + "and the board " * 20
    plan = f"plan: {{year: 2026, actions: {{a1: {{what: {task.strip()}, due: 2026-12-01}}}}}}\n"
    entry = next(one for one in events(made(files(plan))["/calendar.ics"])
                 if "finance" in str(one["SUMMARY"]))  # fmt: skip
    assert len(str(entry["SUMMARY"])) < 140
    assert str(entry["DESCRIPTION"]).startswith(task.strip())


def test_days_beyond_the_calendar_are_left_out() -> None:
    """A contract for ever has an end, but no day behind it to end the entry on."""
    contract = "contract: {until: 9999-12-31, notice: 900000 months}\n"
    assert days(made(files(contract))["/calendar.ics"]) == []


def test_an_action_promised_for_the_same_day_comes_once() -> None:
    """As in the due list."""
    account = PLAN + (
        "contacts: [{date: 2026-11-10, promised: {what: Meet the CFO, by: 2026-12-01}}]\n"
    )
    titles = [title for title, _ in days(made(files(account))["/calendar.ics"])]
    assert sum("Meet" in title for title in titles) == 1


def test_the_files_stand_beside_the_team() -> None:
    """`/team/` brings them: the team's own at the root, a member's beside the member's page."""
    assert set(page(site(content(files(PLAN))), "/team/").files) == {
        "../calendar.ics", "mai.ics", "tuan.ics",
    }  # fmt: skip


def test_the_sample_calendar_is_what_an_independent_script_finds() -> None:
    """Kind and day of every entry of every account, from the YAML alone."""
    read, _ = load(REPO / "content")
    assert read is not None
    of = site(read)
    told: dict[str, list[tuple[str, str]]] = {id: [] for id in read.accounts}
    for one in of.results.reminders:
        told[one.account].append((one.kind, one.day.isoformat()))
    other = independent.compute(REPO / "content", TODAY)["calendar"]
    assert {id: sorted(some) for id, some in told.items()} == other
    assert len(of.results.reminders) > 60
    read_back = events(calendars(Here(of, "/team/"))["/calendar.ics"])
    assert [one["DTSTART"].dt for one in read_back] == [one.day for one in of.results.reminders]
    assert len({one["UID"] for one in read_back}) == len(read_back)

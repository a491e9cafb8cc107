"""Reminders in, iCalendar files of the team and of each member out (RFC 5545).

All entries are whole days without addressees. The same content, version and date of build give the
same bytes; an entry keeps its UID when its day moves, so that whoever subscribed sees it move.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from briefbook import __version__
from briefbook.analyse.reminders import Reminder
from briefbook.links import address
from briefbook.pages.here import Here, Site
from briefbook.quantity import shorten

OCTETS = 75
"""Longest line of a file without its end (RFC 5545, 3.1)."""
MOST_TITLE = 120
"""Characters of what is to be done in a title; the whole of it stands in the description."""
WHOLE_TEAM = "/calendar.ics"
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
# A calendar needs at least one component, and nothing may be left to do.
_EMPTY = (
    "BEGIN:VTIMEZONE", "TZID:UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000",
    "TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


def member_file(id: str) -> str:
    """The site address of a member's calendar."""
    return f"/team/{id}.ics"


def calendars(here: Here) -> dict[str, str]:
    """Text by site address: all reminders, then those of each member."""
    site, t = here.site, here.t
    name = site.content.book.value.name
    stamp = f"{_day(site.results.today)}T000000Z"
    events: list[str] = []
    of: defaultdict[str, list[str]] = defaultdict(list)
    for one in site.results.reminders:
        made = _lines(_event(here, one, stamp))
        events.append(made)
        of[one.owner].append(made)
    found = {WHOLE_TEAM: _calendar(t("calendar.team", name=name), events)}
    for id, member in site.content.book.value.team.items():
        title = t("calendar.member", member=member.name, name=name)
        found[member_file(id)] = _calendar(title, of[id])
    return found


def text(value: str) -> str:
    """A text as a value: escaped, one kind of line end, nothing that is no text."""
    plain = value.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROLS.sub("", plain).translate(_ESCAPED)


def folded(line: str) -> str:
    """A content line with its end, folded before it is too long, never inside a character."""
    if len(line) <= OCTETS and line.isascii():  # as most are
        return line + "\r\n"
    data = line.encode()
    parts, first, room = [], 0, OCTETS
    while len(data) - first > room:
        end = first + room
        while data[end] & 0xC0 == 0x80:  # the middle of a character
            end -= 1
        parts.append(data[first:end])
        first, room = end, OCTETS - 1  # the blank that a folded line begins with
    return b"\r\n ".join([*parts, data[first:]]).decode() + "\r\n"


def uid(one: Reminder) -> str:
    """SHA-256 of what the entry is; not of its day, nor of its words."""
    return hashlib.sha256(f"{one.account}\n{one.kind}\n{one.path}".encode()).hexdigest()


def _lines(lines: Iterable[str]) -> str:
    return "".join(map(folded, lines))


def _calendar(title: str, events: list[str]) -> str:
    head = (
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Briefbook//Briefbook {__version__}//EN",
        "CALSCALE:GREGORIAN", "METHOD:PUBLISH", f"NAME:{text(title)}",
        f"X-WR-CALNAME:{text(title)}", "REFRESH-INTERVAL;VALUE=DURATION:P1D",
        "X-PUBLISHED-TTL:P1D",
    )  # fmt: skip
    return "".join([_lines(head), *(events or [_lines(_EMPTY)]), _lines(("END:VCALENDAR",))])


def _event(here: Here, one: Reminder, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(one)}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{_day(one.day)}"
    yield f"DTEND;VALUE=DATE:{_day(one.day + timedelta(days=1))}"
    yield f"SUMMARY:{text(_title(here, one))}"
    yield f"DESCRIPTION:{text(_about(here, one))}"
    if url := _url(here.site, one.account):
        yield f"URL:{url}"
    yield "TRANSP:TRANSPARENT"  # a reminder keeps nobody busy
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _title(here: Here, one: Reminder) -> str:
    account = here.site.content.accounts[one.account].name
    return here.t(f"calendar.{one.kind}", account=account, what=shorten(one.what, MOST_TITLE))


def _about(here: Here, one: Reminder) -> str:
    """The whole of what is to be done, the account's class and rhythm, and who is in charge."""
    t, site = here.t, here.site
    letter = site.results.letters[one.account]
    said = [one.what] if len(one.what) > MOST_TITLE or "\n" in one.what else []
    if one.kind == "talk" and letter:
        every = here.quantity(getattr(site.content.book.value.contact_every, letter))
        said.append(t("calendar.rhythm", letter=letter.upper(), every=every))
    else:
        said.append(t("calendar.class", letter=letter.upper()) if letter else t("class.none"))
    said.append(here.member(one.owner) or t("team.nobody"))
    return "\n".join(said)


def _url(site: Site, account: str) -> str | None:
    """The account's page, where the book says where the site stands."""
    home = site.content.book.value.site
    return home.rstrip("/") + address("account", account) if home else None

"""A group of a value chain and the room for it in, the lines of its box and the drawn box out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from briefbook.charts.chain_view import Account, ChainWords, Company, Group
from briefbook.charts.svg import element, link, path, together
from briefbook.charts.text import SLACK, width, wrap

Kind = Literal["name", "note", "none", "company", "account"]

NAME, TEXT = 13, 12
_STRONG = 600
# The strong cut of another sans is wider still.
_STRONG_SLACK = 1.12
_LEFT, _RIGHT, _TOP = 12.0, 5.0, 8.0
_LINE = 18.0
_TAP = 24.0
_SIGN = 20.0
_BADGE = 16.0
_RADIUS = 6.0


@dataclass(frozen=True, slots=True)
class Row:
    """Lines of text that belong together: a name, a company or several, an account."""

    kind: Kind
    lines: tuple[str, ...]
    companies: tuple[Company, ...] = ()
    account: Account | None = None
    is_first: bool = True
    height: float = _LINE


@dataclass(frozen=True, slots=True)
class Content:
    """What a box holds, and the height in px that it needs."""

    rows: tuple[Row, ...]
    height: float


def content(group: Group, wide: float, words: ChainWords, *, taps: bool = False) -> Content:
    """The rows of a group's box `wide` px wide; `taps` gives links the height a finger needs."""
    room = (wide - _LEFT - _RIGHT) / SLACK
    link_height = _TAP if taps else _LINE
    rows = [Row("name", wrap(group.name, (wide - _LEFT) / _STRONG_SLACK, NAME, _STRONG))]
    rows.extend(Row("note", wrap(note, room, TEXT)) for note in group.notes)
    rows.extend(_company_rows(group.companies, room - _SIGN, link_height))
    rows.extend(
        Row("account", wrap(account.name, room - _SIGN, TEXT), account=account, height=link_height)
        for account in group.accounts
    )
    if not group.accounts and not group.ours and words.no_account:
        rows.append(Row("none", wrap(words.no_account, room, TEXT)))
    if group.rest:
        rows.append(Row("note", wrap(group.rest, room, TEXT)))
    height = 2 * _TOP + sum(row.height + (len(row.lines) - 1) * _LINE for row in rows)
    return Content(tuple(rows), height)


def _company_rows(companies: tuple[Company, ...], room: float, height: float) -> Iterator[Row]:
    """Companies one after the other, as many to a line as fit."""
    line: list[Company] = []
    first = True
    for company in companies:
        if line and width(_listed([*line, company]), TEXT) > room:
            yield _company_row(line, room, height, first)
            line, first = [], False
        line.append(company)
    if line:
        yield _company_row(line, room, height, first)


def _company_row(line: list[Company], room: float, height: float, first: bool) -> Row:
    tall = height if any(company.href for company in line) else _LINE
    return Row("company", wrap(_listed(line), room, TEXT), tuple(line), None, first, tall)


def _listed(companies: list[Company]) -> str:
    return ", ".join(company.name for company in companies)


def drawn(
    group: Group, held: Content, x: float, y: float, wide: float, high: float, words: ChainWords
) -> Markup:
    """The box with its upper left corner at `x`, `y`, its text from the top."""
    css = "bb-chain-node bb-chain-node--focus" if group.focus else "bb-chain-node"
    parts = [element("rect", class_="bb-chain-box", x=x, y=y, width=wide, height=high, rx=_RADIUS)]
    if group.ours or group.accounts:
        parts.append(_edge(x, y, high))
    top = y + _TOP
    for row in held.rows:
        # The baseline of the first line; the line is as high as a finger needs, if it is a link.
        base = top + row.height / 2 + 4.2
        parts.append(_row(row, group, x + _LEFT, base, words))
        top += row.height + (len(row.lines) - 1) * _LINE
    return element("g", *parts, class_=css)


def _edge(x: float, y: float, high: float) -> Markup:
    """The 4 px edge of a box in which we stand, round where the box is."""
    r = _RADIUS
    d = path(
        "M", x + 4, y + 0.5, "H", x + r, "A", r, r, 0, 0, 0, x, y + r,
        "V", y + high - r, "A", r, r, 0, 0, 0, x + r, y + high, "H", x + 4, "Z",
    )  # fmt: skip
    return element("path", class_="bb-chain-ours", d=d)


def _row(row: Row, group: Group, x: float, base: float, words: ChainWords) -> Markup:
    if row.kind == "name":
        return link(group.href, _lines(row.lines, x, base, "bb-chain-name"))
    if row.kind == "account" and row.account is not None:
        return _account(row.account, row.lines, x, base, words)
    if row.kind == "company":
        return _companies(row, x, base)
    css = "bb-chain-none" if row.kind == "none" else "bb-chain-note"
    return _lines(row.lines, x, base, css)


def _lines(lines: tuple[str, ...], x: float, base: float, css: str) -> Markup:
    texts = (
        element("text", line, class_=css, x=x, y=base + at * _LINE) for at, line in enumerate(lines)
    )
    return together(texts, " ")  # so that what is read aloud has its words apart


def _account(
    account: Account, lines: tuple[str, ...], x: float, base: float, words: ChainWords
) -> Markup:
    text = _lines(lines, x + _SIGN, base, "bb-chain-account")
    if not account.letter:
        return badge("", x, base - 12.2) + link(account.href, text)
    letter = account.letter
    label = words.account(" ".join(lines), letter)  # a label begins with what is seen
    return badge(letter, x, base - 12.2) + link(account.href, text, aria_label=label)


def badge(letter: str, x: float, y: float) -> Markup:
    """The class of an account as a square with its letter, dashed and empty while it has none.

    The link beside it says the class in words.
    """
    kind = letter.lower() if letter.lower() in {"a", "b", "c", "d"} else "none"
    square = element("rect", x=x, y=y, width=_BADGE, height=_BADGE, rx=3)
    sign = element("text", letter, x=x + _BADGE / 2, y=y + 12.4, text_anchor="middle")
    css = f"bb-chain-badge bb-chain-badge--{kind}"
    return element("g", square, sign, class_=css, aria_hidden="true")


def _companies(row: Row, x: float, base: float) -> Markup:
    ring = element("circle", class_="bb-chain-ring", cx=x + 5, cy=base - 4.2, r=4)
    if len(row.companies) == 1:
        text = _lines(row.lines, x + _SIGN, base, "bb-chain-company")
        inner = link(row.companies[0].href, text)
    else:
        names: list[str] = []
        for company in row.companies:
            names += [", "] if names else []
            names.append(link(company.href, element("tspan", company.name)))
        inner = element("text", *names, class_="bb-chain-company", x=x + _SIGN, y=base)
    return ring + inner if row.is_first else inner

"""The factors of a return on equity in; their tree as SVG out, for a wide page and for a phone."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from briefbook.charts.strip import Strip, strip
from briefbook.charts.svg import Attribute, element, path, together
from briefbook.charts.text import SLACK, width, wrap

WIDE, NARROW = 938.0, 358.0
_LINE = 16.0
_BIG = 22.0
_GAP = 18.0


@dataclass(frozen=True, slots=True)
class Factor:
    """One box of the tree; `value` is None where `missing` says why.

    `before` is the value of the year before in words; `inputs` are label and amount; `values` are
    those of all years, the earliest first, None where there is none.
    """

    name: str
    meaning: str
    value: str | None
    missing: str
    before: str
    inputs: tuple[tuple[str, str], ...]
    values: tuple[float | None, ...]
    strip: Strip | None
    verdict: str


@dataclass(frozen=True, slots=True)
class DupontView:
    """The product, its three factors, and what a screen reader hears of the drawing."""

    prefix: str
    title: str
    desc: str
    product: Factor
    factors: tuple[Factor, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the parts of a factor's row stand in px; equal `top`s put them side by side."""

    name: tuple[float, float]
    value: tuple[float, float]
    strip: tuple[float, float]
    inputs: tuple[float, float]
    stacked: bool


_SIDE_BY_SIDE = _Columns((222, 134), (372, 96), (490, 236), (752, 186), stacked=False)
_STACKED = _Columns((20, 196), (232, 126), (20, 322), (20, 322), stacked=True)


def dupont_svg(view: DupontView) -> Markup:
    """The tree from left to right, 938 px wide: the product, a bracket, a row for each factor."""
    rows, middles, height = _rows(view, _SIDE_BY_SIDE, 0.0, rules=True)
    head, tall = _product(view.product, (0.0, 168.0), 0.0)
    shift = max((height - tall) / 2, 0.0)
    height = max(height, tall)
    bracket = _bracket(middles, height)
    body = element("g", head, transform=f"translate(0 {shift:.1f})") + bracket + rows
    return _svg(view, body, WIDE, height, "wide")


def dupont_svg_narrow(view: DupontView) -> Markup:
    """The same for a phone, 358 px wide: the product above, the factors one below the other."""
    head, top = _product(view.product, (0.0, NARROW), 0.0)
    rows, middles, height = _rows(view, _STACKED, top + 10, rules=False)
    spine = path("M", 4.5, top + 4, "V", height - _GAP)
    twigs = "".join(f" {path('M', 4.5, middle, 'H', 14)}" for middle in middles)
    body = head + element("path", class_="bb-dupont-bracket", d=spine + twigs) + rows
    return _svg(view, body, NARROW, height, "narrow")


def _svg(view: DupontView, body: Markup, wide: float, height: float, form: str) -> Markup:
    prefix = f"{view.prefix}-{form}"
    return element(
        "svg",
        element("title", view.title, id=f"{prefix}-title"),
        element("desc", view.desc, id=f"{prefix}-desc"),
        body,
        class_=f"bb-diagram bb-dupont bb-{form}",
        role="img",
        aria_labelledby=f"{prefix}-title {prefix}-desc",
        viewBox=f"0 0 {wide:.0f} {height:.0f}",
        width=round(wide),
        height=round(height),
    )


def _product(one: Factor, at: tuple[float, float], top: float) -> tuple[Markup, float]:
    """The box of the product and where it ends."""
    pen = _Pen(at[0], at[1], top)
    pen.write(one.name, "bb-text-name", 13, 600)
    pen.value(one)
    pen.write(one.before, "bb-text-note")
    pen.write(one.verdict, "bb-text-note")
    pen.space(6)
    for label, amount in one.inputs:
        pen.pair(label, amount, min(at[1], 168.0))
    return together(pen.drawn), pen.y + 4


def _rows(
    view: DupontView, at: _Columns, top: float, *, rules: bool
) -> tuple[Markup, tuple[float, ...], float]:
    """The factors' rows, the height at which the bracket meets each, and where they end."""
    parts, middles, y = [], [], top
    for place, factor in enumerate(view.factors):
        if rules and place:
            line = path("M", at.name[0] - 12, y, "H", WIDE)
            parts.append(element("path", class_="bb-dupont-rule", d=line))
        drawn, bottom = _stack(factor, at, y + 12) if at.stacked else _beside(factor, at, y + 12)
        parts.append(drawn)
        middles.append(y + 26 if at.stacked else (y + bottom + 12) / 2)
        y = bottom + (_GAP if at.stacked else 12)
    return together(parts), tuple(middles), y


def _beside(one: Factor, at: _Columns, top: float) -> tuple[Markup, float]:
    """A factor in four columns; the highest of them sets the height."""
    name, value = _Pen(*at.name, top), _Pen(*at.value, top)
    inputs, beside = _Pen(*at.inputs, top + 6), _Pen(*at.strip, top)
    name.write(f"× {one.name}" if one.name else "", "bb-text-name", 13, 600)
    name.write(one.meaning, "bb-text-note")
    value.value(one)
    value.write(one.before, "bb-text-note")
    for label, amount in one.inputs:
        inputs.pair(label, amount, at.inputs[1])
    beside.strip(one)
    beside.write(one.verdict, "bb-text-note")
    pens = (name, value, beside, inputs)
    parts = [part for pen in pens for part in pen.drawn]
    return together(parts), max(pen.y for pen in pens)


def _stack(one: Factor, at: _Columns, top: float) -> tuple[Markup, float]:
    """A factor for a phone: name and value in one line, the rest below."""
    name, value = _Pen(*at.name, top), _Pen(*at.value, top)
    name.write(f"× {one.name}", "bb-text-name", 13, 600)
    name.write(one.meaning, "bb-text-note")
    value.value(one)
    value.write(one.before, "bb-text-note")
    below = _Pen(*at.strip, max(name.y, value.y) + 6)
    below.strip(one)
    below.write(one.verdict, "bb-text-note")
    below.space(4)
    for label, amount in one.inputs:
        below.pair(label, amount, 250.0)
    return together([*name.drawn, *value.drawn, *below.drawn]), below.y


class _Pen:
    """Writes one part below the other; `y` is where the next begins."""

    def __init__(self, x: float, room: float, top: float) -> None:
        self.x, self.room, self.y = x, room, top
        self.drawn: list[Markup] = []

    def space(self, height: float) -> None:
        """Leave some room."""
        self.y += height

    def write(self, text: str, css: str, size: float = 12, weight: int = 400) -> None:
        """Lines of text as wide as the column."""
        for line in wrap(text, self.room / SLACK, size, weight):
            self.y += _LINE
            self._text(line, css, self.x, self.y - 4)

    def value(self, one: Factor) -> None:
        """The figure with the line of its years, or why there is none."""
        if one.value is None:
            self.write(one.missing, "bb-text-note")
            return
        big = width(one.value, _BIG, 650) * SLACK <= self.room
        self.y += _BIG + 4 if big else _LINE
        self._text(one.value, "bb-dupont-big" if big else "bb-text-strong", self.x, self.y - 6)
        if sum(value is not None for value in one.values) > 1:
            self.y += 20
            self.drawn.append(_spark(one.values, self.x, self.y - 16))

    def pair(self, label: str, amount: str, room: float) -> None:
        """A label and its amount at the right, below it if both do not fit."""
        if (width(label, 12) + width(amount, 12, 600)) * SLACK + 10 > room:
            self.write(label, "bb-text-note")
            label = ""
        self.y += _LINE
        self._text(label, "", self.x, self.y - 4)
        self._text(amount, "bb-text-strong", self.x + room, self.y - 4, text_anchor="end")

    def strip(self, one: Factor) -> None:
        """The line on which the own value stands among those of others."""
        if one.strip:
            drawn, height = strip(one.strip, self.x, self.y, self.room)
            self.drawn.append(drawn)
            self.y += height

    def _text(self, text: str, css: str, x: float, y: float, **more: Attribute) -> None:
        if text:
            self.drawn.append(element("text", text, class_=css or None, x=x, y=y, **more))


def _bracket(middles: tuple[float, ...], height: float) -> Markup:
    """From the product to its factors."""
    if not middles:
        return Markup("")
    first, last = middles[0], middles[-1]
    d = path("M", 210, first, "H", 198, "Q", 192, first, 192, first + 6, "V", last - 6,
             "Q", 192, last, 198, last, "H", 210)  # fmt: skip
    d += "".join(" " + path("M", 192, middle, "H", 210) for middle in middles[1:-1])
    d += " " + path("M", 178, height / 2, "H", 192)
    return element("path", class_="bb-dupont-bracket", d=d)


def _spark(values: tuple[float | None, ...], x: float, y: float) -> Markup:
    """The years as a line from zero, 76 by 14 px; a gap stays a gap."""
    known = [value for value in values if value is not None]
    low, high = min(*known, 0.0), max(*known, 0.0)
    span = (high - low) or 1.0
    step = 70 / max(len(values) - 1, 1)
    commands: list[str | float] = []
    drawing, end = False, (x, y)
    for at, value in enumerate(values):
        if value is not None:
            end = (x + 3 + at * step, y + 12 - (value - low) / span * 10)
            commands += ["L" if drawing else "M", *end]
        drawing = value is not None
    return element(
        "g",
        element("path", class_="bb-dupont-line", d=path(*commands)),
        element("circle", class_="bb-point-now", cx=end[0], cy=end[1], r=2.4),
        aria_hidden="true",
    )

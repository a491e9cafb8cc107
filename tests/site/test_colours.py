"""The colours of the theme: every pair that is read together has its contrast, in both schemes."""

import re

import pytest

from tests.browser import REPO

TOKENS = REPO / "theme" / "assets" / "briefbook" / "tokens.css"
SCHEMES = ("default", "slate")
TEXT = """
    ink/bg ink/surface ink/surface-2 ink-2/bg ink-2/surface ink-2/surface-2
    ink-3/bg ink-3/surface ink-3/surface-2 ink-3/cell-a ink-3/cell-b ink-3/cell-c ink-3/cell-d
    accent/bg accent/surface accent/accent-soft accent/cell-a accent/cell-b accent/cell-c
    accent/cell-d on-accent/accent on-a/a on-b/b on-c/c on-d/d
    good/good-soft warn/warn-soft bad/bad-soft bad/bg bad/cell-a bad/cell-b bad/cell-c bad/cell-d
    ink/bad-soft ink/warn-soft ink/good-soft ink/accent-soft warn/bg good/bg
""".split()
MARKS = """
    line-strong/bg line-strong/surface mark/bg mark/mark-soft b-mark/bg b-mark/cell-b a/cell-a
    c/cell-c a/bg c/bg accent/bg bad/bg
""".split()
MEASURED = {  # light, dark: what the design says of the pairs that matter most
    "ink/bg": (17.4, 15.1), "ink/surface-2": (15.0, 11.8), "ink-2/surface-2": (7.7, 7.9),
    "ink-3/bg": (5.9, 7.1), "ink-3/surface-2": (5.1, 5.5), "ink-3/cell-a": (5.1, 5.9),
    "ink-3/cell-c": (5.2, 6.1), "accent/bg": (7.5, 9.1), "accent/accent-soft": (6.5, 7.1),
    "accent/cell-a": (6.5, 7.7), "on-accent/accent": (7.5, 9.3), "on-a/a": (9.5, 10.1),
    "on-b/b": (8.0, 8.2), "on-c/c": (7.1, 9.6), "on-d/d": (8.9, 10.1),
    "good/good-soft": (6.1, 7.9), "warn/warn-soft": (6.3, 8.1), "bad/bad-soft": (5.8, 7.7),
    "bad/bg": (6.7, 9.0), "bad/cell-c": (5.9, 7.7), "line-strong/bg": (3.3, 4.1),
    "line-strong/surface": (3.1, 3.8), "mark/bg": (4.7, 5.9), "mark/mark-soft": (3.2, 3.3),
    "b-mark/bg": (3.7, 5.1), "b-mark/cell-b": (3.4, 4.7), "a/cell-a": (8.2, 8.3),
    "c/cell-c": (6.3, 8.6),
}  # fmt: skip


def tokens(scheme: str) -> dict[str, str]:
    """The colours of a scheme by name."""
    text = TOKENS.read_text("utf-8").partition("@media print")[0]
    (block,) = re.findall(
        rf'^\[data-md-color-scheme="{scheme}"\] {{(.*?)^}}', text, re.DOTALL | re.MULTILINE
    )
    return dict(re.findall(r"--bb-([\w-]+): #([0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance of a colour (WCAG 2.2)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(pair: str, scheme: str) -> float:
    """Contrast of `text/ground` in a scheme (WCAG 2.2)."""
    colours = tokens(scheme)
    dark, light = sorted(luminance(colours[name]) for name in pair.split("/"))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_text_is_legible(scheme: str) -> None:
    """Text has a contrast of at least 4.5 to each ground it stands on."""
    low = {pair: round(contrast(pair, scheme), 2) for pair in TEXT if contrast(pair, scheme) < 4.5}
    assert low == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_marks_are_seen(scheme: str) -> None:
    """Marks and borders that carry meaning have at least 3."""
    low = {pair: round(contrast(pair, scheme), 2) for pair in MARKS if contrast(pair, scheme) < 3}
    assert low == {}


@pytest.mark.parametrize("pair", MEASURED)
def test_contrast_is_as_designed(pair: str) -> None:
    """A change of a colour that moves a measured pair is seen here."""
    found = [contrast(pair, scheme) for scheme in SCHEMES]
    assert found == pytest.approx(MEASURED[pair], abs=0.06)


def test_both_schemes_name_the_same_colours() -> None:
    """No colour falls through to the other scheme, and no other style sheet names one."""
    assert set(tokens("default")) == set(tokens("slate"))
    for sheet in sorted(TOKENS.parent.glob("*.css")):
        if sheet != TOKENS:
            rules = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
            assert re.findall(r"#[0-9a-f]{3,8}\b(?=[^{]*})|\brgba?\(|\bhsla?\(", rules) == [], sheet


@pytest.mark.parametrize("name", ["tokens", "frame", "briefbook", "diagram"])
def test_every_block_of_a_style_sheet_is_closed(name: str) -> None:
    """A brace that is lost would hide all that follows behind a condition that nobody meant."""
    text = (TOKENS.parent / f"{name}.css").read_text("utf-8")
    depth = 0
    for number, line in enumerate(re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines()):
        assert depth == 0 or not line.startswith("@media"), (number, line)
        depth += line.count("{") - line.count("}")
    assert depth == 0

"""A content folder and a seed in, the same folder after an edit as people make them out."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from briefbook.examine import examine
from briefbook.problem import failed
from tests.shells.project import TODAY

Edit = Callable[[Path, random.Random], Path]
"""Changes something below a folder; the file that is another now comes back."""


def renamed(content: Path, rng: random.Random) -> Path:
    """Any record, or something within one, has another name."""
    return _replaced(content, rng, "**/*.yml", r"^ *(?:name|pain): [^\"{\n]+$", r"\g<0> again")


def named_by_others(content: Path, rng: random.Random) -> Path:
    """An account that an industry, a company or a strategy names has another name."""
    others = "".join(
        path.read_text("utf-8") for kind in ("industries", "companies", "strategies")
        for path in sorted((content / kind).glob("*.yml"))
    )  # fmt: skip
    named = [one.name for one in (content / "accounts").iterdir() if one.stem in others]
    one = rng.choice(sorted(named)) if named else "*.yml"
    return _replaced(content, rng, f"accounts/{one}", r"^name: .*$", r"\g<0> again")


def counted(content: Path, rng: random.Random) -> Path:
    """A number of some record is a little larger."""
    return _replaced(content, rng, "**/*.yml", r": \d+(?= m )", lambda one: f"{one[0]}1")


def classed(content: Path, rng: random.Random) -> Path:
    """An account brings ten times as much, or may."""
    way = r"(?<=: )\d+(?:\.\d+)?(?= m )"
    return _replaced(content, rng, "accounts/*.yml", way, lambda one: f"{float(one[0]) * 10:.2f}")


def told(content: Path, rng: random.Random) -> Path:
    """An account says another sentence, which names a term of the glossary."""
    names = re.findall(r"\ben: ([\w ]+)", (content / "glossary.yml").read_text("utf-8"))
    said = f"More of {rng.choice(names)}"
    return _replaced(content, rng, "accounts/*.yml", r"(?<=heads_for: )\w.*$", lambda _: said)


def moved(content: Path, rng: random.Random) -> Path:
    """An account belongs to another industry, and stands nowhere in its chain."""
    industries = sorted(one.stem for one in (content / "industries").glob("*.yml"))
    path = _replaced(content, rng, "accounts/*.yml", r"^industry: .*$",
                     lambda _: f"industry: {rng.choice(industries)}")  # fmt: skip
    text = re.sub(r"^stands_at: .*\n", "", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    return path


def added(content: Path, rng: random.Random) -> Path:
    """There is one account more, much like another."""
    like = _any(content, rng, "accounts/*.yml")
    path = like.with_name(f"{like.stem[:40]}-{rng.randrange(10_000)}.yml")
    text = re.sub(r"^(name: .*)$", rf"\1 {path.stem[-4:]}", like.read_text("utf-8"), count=1,
                  flags=re.MULTILINE)  # fmt: skip
    path.write_text(text, "utf-8")
    return path


def removed(content: Path, rng: random.Random) -> Path:
    """There is one account less."""
    path = _any(content, rng, "accounts/*.yml")
    path.unlink()
    return path


EDITS: tuple[Edit, ...] = (
    renamed, named_by_others, counted, classed, told, moved, added, removed,
)  # fmt: skip


def edited(content: Path, seed: int) -> str:
    """Edit some file so that the content still has no error; what was done comes back."""
    rng = random.Random(seed)
    while True:
        before = {path: path.read_bytes() for path in content.rglob("*.yml")}
        edit = rng.choice(EDITS)
        path = edit(content, rng)
        same = before.get(path) == (path.read_bytes() if path.exists() else None)
        if not same and not failed(examine(content, TODAY).problems):
            return f"{seed}: {path.name} {edit.__name__}"
        if path in before:
            path.write_bytes(before[path])
        else:
            path.unlink()


def _any(content: Path, rng: random.Random, pattern: str) -> Path:
    return rng.choice(sorted(content.glob(pattern)))


def _replaced(
    content: Path,
    rng: random.Random,
    pattern: str,
    way: str,
    to: str | Callable[[re.Match[str]], str],
) -> Path:
    """Replace one of the places of some file that a pattern finds, if there are any."""
    path = _any(content, rng, pattern)
    text = path.read_text("utf-8")
    if found := list(re.finditer(way, text, re.MULTILINE)):
        one = rng.choice(found)
        fresh = one.expand(to) if isinstance(to, str) else to(one)
        path.write_text(text[: one.start()] + fresh + text[one.end() :], "utf-8")
    return path

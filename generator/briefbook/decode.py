"""Bytes of a content file in, clean text out: UTF-8, NFC, no character that hides or misleads."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from briefbook.problem import Place, Problem, error


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may cost: bytes, nodes and levels of nesting."""

    size: int = 256_000
    nodes: int = 20_000
    depth: int = 12


ORDINARY = Limits()
INDUSTRY = Limits(size=2_000_000, nodes=100_000)


class RefusedError(Exception):
    """One problem ended the reading of this file."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


# Characters that no reader sees, or that turn the direction of what follows. Those beyond the
# first plane stand apart: a class that holds both costs thirty times as much as one of 16 bits.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069"
    "\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_BEYOND = re.compile("[\U00010000-\U0010ffff]")
_FORBIDDEN_BEYOND = re.compile(
    "[\U000e0000-\U000e007f"
    + "".join(chr(plane * 0x10000 + last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f"
    "\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0]"
)
_CONFLICT_SIGNS = ("<" * 7, ">" * 7, "|" * 7)
_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7})( |$)", re.MULTILINE)


def decode(raw: bytes, file: str, limits: Limits = ORDINARY) -> str:
    """UTF-8 bytes as NFC text with plain line ends; raises at the first bad place."""
    if len(raw) > limits.size:
        raise RefusedError(
            error(
                "file-too-large", Place(file),
                f"The file has more than {limits.size:,} bytes.",
                "Split the record or shorten its texts.",
            )
        )  # fmt: skip
    _refuse_other_files(raw, file)
    text = _plain_lines(_utf8(raw, file))
    conflict = _CONFLICT.search(text) if any(sign in text for sign in _CONFLICT_SIGNS) else None
    if conflict:
        raise RefusedError(
            error(
                "conflict-marker",
                Place(file, text.count("\n", 0, conflict.start()) + 1, 1),
                "A git merge conflict is left in the file.",
                "Keep one side and remove the marker lines.",
            )
        )
    _refuse_characters(text, file)
    return unicodedata.normalize("NFC", text)


def _refuse_other_files(raw: bytes, file: str) -> None:
    """What is plainly something else gets a message that says so."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError(
            error("not-utf8", Place(file, 1, 1), "The file is UTF-16, not UTF-8.",
                  "Save it as UTF-8.")
        )  # fmt: skip
    if raw.startswith(b"version https://git-lfs"):
        raise RefusedError(
            error("lfs-pointer", Place(file, 1, 1), "This is a Git LFS pointer, not the file.",
                  "Run `git lfs pull`, or keep content out of LFS.")
        )  # fmt: skip


def _utf8(raw: bytes, file: str) -> str:
    body = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as bad:
        before = _plain_lines(body[: bad.start].decode("utf-8")).split("\n")
        offset = len(raw) - len(body) + bad.start
        raise RefusedError(
            error(
                "not-utf8", Place(file, len(before), len(before[-1]) + 1),
                f"Byte {offset} (0x{raw[offset]:02x}) is not UTF-8.", "Save the file as UTF-8.",
            )
        ) from None  # fmt: skip


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _refuse_characters(text: str, file: str) -> None:
    for found, rule, what, hint in (
        (
            _forbidden(text),
            "forbidden-character",
            "is a control or direction character",
            "Delete it; it cannot be seen.",
        ),
        (_INVISIBLE.search(text), "invisible-character", "cannot be seen", "Delete it."),
    ):
        if found:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise RefusedError(
                error(rule, Place(file, line, column), f"U+{ord(found.group()):04X} {what}.", hint)
            )


def unseen(text: str) -> bool:
    """Whether a text holds a character that is refused."""
    return bool(_forbidden(text) or _INVISIBLE.search(text))


def _forbidden(text: str) -> re.Match[str] | None:
    found = _FORBIDDEN.search(text)
    return found or (_FORBIDDEN_BEYOND.search(text) if _BEYOND.search(text) else None)

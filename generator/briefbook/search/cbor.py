"""Numbers, texts and lists in, their bytes in CBOR out, and the way back.

These are the shapes of CBOR (RFC 8949) that small files of Pagefind are made of: numbers up to
32 bits, negative numbers, text, arrays.
"""

from __future__ import annotations

from typing import Any

LIST = 4
"""The kind of a list, whose size is the number of its values."""


def decode(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at a place, and where it ends; raises ValueError or IndexError."""
    kind, size, at = read_head(data, at)
    if kind == 0:
        return size, at
    if kind == 1:
        return -1 - size, at
    if kind == 3:
        return data[at : at + size].decode("utf-8"), at + size
    if kind == LIST:
        return _items(data, at, size)
    raise ValueError(f"a form of CBOR that is not known here ({kind})")


def read_head(data: bytes, at: int) -> tuple[int, int, int]:
    """The kind of the value that begins at a place, its size, and where its content begins."""
    kind, size = data[at] >> 5, data[at] & 31
    at += 1
    if size > 23:
        width = 1 << (size - 24)
        size = int.from_bytes(data[at : at + width], "big")
        at += width
    return kind, size, at


def _items(data: bytes, at: int, count: int) -> tuple[list[Any], int]:
    items = []
    for _ in range(count):
        item, at = decode(data, at)
        items.append(item)
    return items, at


def encode(value: object) -> bytes:
    """The bytes of a value."""
    if isinstance(value, int):
        return head(0, value) if value >= 0 else head(1, -1 - value)
    if isinstance(value, str):
        text = value.encode("utf-8")
        return head(3, len(text)) + text
    if isinstance(value, list):
        return head(LIST, len(value)) + b"".join(map(encode, value))
    raise TypeError(f"no CBOR form for {type(value).__name__}")


def head(kind: int, size: int) -> bytes:
    """How a value of a kind and size begins."""
    if size < 24:
        return bytes([kind << 5 | size])
    for code, width in ((24, 1), (25, 2), (26, 4), (27, 8)):
        if size < 1 << (8 * width):
            return bytes([kind << 5 | code]) + size.to_bytes(width, "big")
    raise ValueError(f"{size} is too large")

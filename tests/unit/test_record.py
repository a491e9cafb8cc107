"""What is written down comes back as it was, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from briefbook.record import DOUBTS, ROWS, ours, read_record, write_record


@pytest.mark.parametrize("count", [0, 1, ROWS - 1, ROWS, ROWS + 1, 3 * ROWS])
def test_rows_come_back_however_many(tmp_path: Path, count: int) -> None:
    """Of a list and of an iterator, in order, with all that stands beside them."""
    rows = [[number, f"line\n{number}"] for number in range(count)]
    known = {"word": "Bán", "of": {"x": [1]}, "rows": rows}
    digest = write_record(tmp_path / "a", known)
    assert digest == write_record(tmp_path / "b", {**known, "rows": iter(rows)})
    assert read_record(tmp_path / "a", digest) == known
    assert read_record(tmp_path / "b") == known


@pytest.mark.parametrize("line", [0, 1, 2, -1])
def test_a_line_that_is_missing_is_noticed(tmp_path: Path, line: int) -> None:
    """Nothing is known then, not even what stands before it."""
    path = tmp_path / "record"
    write_record(path, {"word": "x", "rows": list(range(3 * ROWS))})
    lines = path.read_bytes().splitlines(keepends=True)
    del lines[line]
    path.write_bytes(b"".join(lines))
    with pytest.raises(DOUBTS):
        read_record(path)


def test_another_record_is_not_taken_for_the_one_that_is_wanted(tmp_path: Path) -> None:
    """Even if it is whole."""
    path = tmp_path / "record"
    digest = write_record(path, {"word": "x"})
    write_record(path, {"word": "y"})
    with pytest.raises(ValueError, match="record"):
        read_record(path, digest)


@pytest.mark.parametrize("name", ["record", "record.tmp"])
def test_a_record_takes_the_place_of_a_folder(tmp_path: Path, name: str) -> None:
    """Which somebody has put there; no run fails for it."""
    (tmp_path / name).mkdir()
    (tmp_path / name / "file").touch()
    write_record(tmp_path / "record", {"word": "x"})
    assert read_record(tmp_path / "record") == {"word": "x"}


def test_nobody_waits_for_a_pipe(tmp_path: Path) -> None:
    """It would be for ever: no run writes into what stands in the place of its record."""
    os.mkfifo(tmp_path / "record")
    assert not ours(tmp_path / "record")
    with pytest.raises(DOUBTS):
        read_record(tmp_path / "record")
    write_record(tmp_path / "record", {"word": "x"})
    assert read_record(tmp_path / "record") == {"word": "x"}

"""A folder, a number of accounts and a seed in, a synthetic but believable project out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from briefbook.demo import account, industry, shared
from briefbook.demo.setting import Setting, setting
from briefbook.scaffold.files import ScaffoldError
from briefbook.scaffold.schemas import write_schemas


def write_demo(
    folder: Path, accounts: int, seed: int = 0, tick: Callable[[str], None] = lambda _: None
) -> None:
    """Writes `content/` and `.schema/` into an empty or new folder; `tick` is told of each file.

    Same number and seed: same bytes. Raises `ScaffoldError` where something lies already.
    """
    content = folder / "content"
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise ScaffoldError(f"{folder} is not an empty folder.")
    try:
        for part in ("industries", "companies", "accounts", "strategies", "pages"):
            (content / part).mkdir(parents=True)
        for name, raw in demo_files(setting(accounts, seed)):
            (content / name).write_bytes(raw)
            tick(name)
    except OSError as bad:
        raise ScaffoldError(f"{folder} cannot be written: {bad.strerror}.") from None
    write_schemas(folder)


def demo_files(world: Setting) -> Iterator[tuple[str, bytes]]:
    """Path and content of every file below `content/`."""
    made = (account.file(world, index) for index in range(world.accounts))
    return chain(shared.files(world), industry.files(world), made)

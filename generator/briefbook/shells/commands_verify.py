"""`briefbook verify`: a built site in, how it differs from what its build said of it out."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click

from briefbook.problem import escape
from briefbook.publish import Differs, Manifest, compare, read_manifest
from briefbook.shells.cli import ERR, ERRORS, group, progress


@group.command()
@click.argument("site", type=click.Path(path_type=Path), default="site")
@click.option("--format", "format", type=click.Choice(("text", "json")), default="text",
              help="How to say it.")  # fmt: skip
@click.pass_obj
def verify(folder: Path, site: Path, format: str) -> None:
    """Check that a built site is as it was built: nothing missing, changed or added.

    SITE is a folder with the build.json of its build, `site` if not given; it names the commit,
    the version, the date and the SHA-256 of every file. Exit codes: 0 the site is as built,
    1 it differs, 2 there is no build.json, or none that a build has written.
    """
    top = (folder / site).resolve() if (folder / site).is_symlink() else folder / site
    manifest = read_manifest(top)
    with progress(len(manifest.files)) as tick:
        found = compare(top, manifest, tick)
    click.echo(_json(manifest, found) if format == "json" else _text(manifest, found))
    if found:
        ERR.print(_summary(found))
        raise click.exceptions.Exit(ERRORS)


def _text(manifest: Manifest, found: Sequence[Differs]) -> str:
    if found:
        return "\n".join(map(str, found))
    commit = f" from commit {manifest.commit[:10]}" if manifest.commit else ""
    said = f"{len(manifest.files):,} files are as built{commit} on {manifest.built} by briefbook"
    return escape(f"{said} {manifest.version}.")


def _json(manifest: Manifest, found: Sequence[Differs]) -> str:
    said = {
        "version": 1,
        "build": {"version": manifest.version, "built": manifest.built, "commit": manifest.commit},
        "files": len(manifest.files),
        "differences": [{"file": one.name, "problem": one.how} for one in found],
    }
    return json.dumps(said, ensure_ascii=False, indent=1)


def _summary(found: Sequence[Differs]) -> str:
    kinds = Counter(one.how for one in found)
    files = "1 file differs" if len(found) == 1 else f"{len(found):,} files differ"
    return f"{files}: {', '.join(f'{count:,} {how}' for how, count in kinds.items())}."

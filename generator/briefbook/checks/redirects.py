"""Redirects in, those that stand in the way of a record of today out."""

from __future__ import annotations

from collections.abc import Iterator

from briefbook.load import Content
from briefbook.model.redirects import Redirects
from briefbook.model.types import RESERVED
from briefbook.problem import Problem, error


def redirects_taken(content: Content) -> Iterator[Problem]:
    """An address leads on or shows a record, not both."""
    record = content.redirects
    for kind in Redirects.model_fields:
        known = content.guides if kind == "page" else content.of(kind)
        for old in record.value.of(kind):
            if old in known or old in RESERVED or (kind, old) in content.broken:
                what = "The site keeps" if old in RESERVED else "There is a record"
                yield error("redirect-taken", record.tree.place((kind, old), key=True),
                            f"{what} `{kind}/{old}`, so this address cannot lead on.",
                            "Remove this line.")  # fmt: skip

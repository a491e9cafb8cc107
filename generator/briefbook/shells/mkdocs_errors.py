"""What is expected to go wrong in, a line that MkDocs can say and the end of its build out."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from mkdocs.exceptions import PluginError
from mkdocs.utils import CountHandler

from briefbook.audit import SiteError
from briefbook.problem import ContentError
from briefbook.publish import BusyError, RefusedTargetError
from briefbook.search import SearchError
from briefbook.shells.frame import DateError
from briefbook.shells.report import summary

log = logging.getLogger("briefbook")  # not below "mkdocs", whose strict mode is about the site


@contextmanager
def told() -> Iterator[None]:
    """Let MkDocs say in a line what is expected to go wrong."""
    try:
        yield
    except ContentError as bad:
        for problem in bad.problems:
            log.log(getattr(logging, problem.severity.upper()), "%s", problem)
        raise PluginError(f"{summary(bad.problems)} Nothing was published.") from None
    except (BusyError, DateError, OSError, RefusedTargetError, SearchError, SiteError) as bad:
        raise PluginError(f"{bad} Nothing was published.") from None


def stop_if_strict() -> None:
    """MkDocs counts its warnings only in strict mode, and looks at them when all is published."""
    for handler in logging.getLogger("mkdocs").handlers:
        if isinstance(handler, CountHandler) and handler.get_counts():
            raise PluginError("There were warnings, and this is strict. Nothing was published.")

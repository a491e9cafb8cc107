"""What cannot be done to a text, as an exception with one sentence."""

from __future__ import annotations


class EditError(Exception):
    """A change cannot be made; the message says why and what to do, and nothing was written."""

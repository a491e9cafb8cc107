"""Importing this builds a site, so that all that is forked from here has done so already."""

import tempfile
from pathlib import Path

from jinja2 import Environment

import briefbook.shells.cli
import briefbook.shells.commands_ci
import briefbook.shells.commands_edit
import briefbook.shells.commands_explain
import briefbook.shells.commands_git
import briefbook.shells.commands_import
import briefbook.shells.commands_verify
import briefbook.shells.publishing  # noqa: F401 - imported for the commands that are forked
from tests.compiled import once
from tests.shells.project import project, rebuilt

setattr(Environment, "compile", once(Environment.compile))  # noqa: B010 - see tests/compiled.py

with tempfile.TemporaryDirectory() as folder:
    rebuilt(project(Path(folder)))

"""The built projects that the tests of this folder share."""

import pytest

from tests.conftest import MakeOnce, Serve
from tests.site import project as projects
from tests.site.project import Project


@pytest.fixture(scope="session")
def small(make_once: MakeOnce) -> Project:
    """A small project in three languages."""
    return Project(make_once("site-small", projects.small))


@pytest.fixture(scope="session")
def sample(make_once: MakeOnce) -> Project:
    """The repository's own content."""
    return Project(make_once("site-sample", projects.sample))


@pytest.fixture(scope="session")
def past(make_once: MakeOnce) -> Project:
    """A project whose repository remembers two years."""
    return Project(make_once("site-past", projects.past))


@pytest.fixture(scope="session")
def home(small: Project, serve_site: Serve) -> str:
    """The address of the small project's site."""
    return serve_site(small.site)

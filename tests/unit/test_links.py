"""Links: where each page is, the way from one to another, and to the place that keeps the file."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest

from briefbook.links import Forge, address, relative

PAGES = ("/", "/accounts/", "/accounts/lantern-fresh/", "/methods/", "/methods/nine-box/")


@pytest.mark.parametrize("base", PAGES)
@pytest.mark.parametrize("target", [*PAGES, *(f"{page}#part-1" for page in PAGES)])
@pytest.mark.parametrize("site", ["https://x.example", "https://x.example/some/where"])
def test_every_page_finds_every_other(base: str, target: str, site: str) -> None:
    """A browser that follows the way arrives, wherever the site is served."""
    way = relative(target, base)
    assert not way.startswith("/")
    assert urljoin(f"{site}{base}", way) == f"{site}{target}"


@pytest.mark.parametrize(
    ("target", "base", "way"),
    [("/accounts/a/", "/accounts/a/", "./"), ("/accounts/a/#x", "/accounts/a/", "#x"),
     ("#x", "/accounts/a/", "#x"), ("/", "/", "./"), ("/accounts/", "/", "accounts/"),
     ("/", "/accounts/a/", "../../"), ("/accounts/b/", "/accounts/a/", "../b/"),
     ("/accounts/", "/accounts/a/", "../"), ("/assets/x.css", "/accounts/a/", "../../assets/x.css"),
     ("/strategy/promote/#annual-budget", "/accounts/a/",
      "../../strategy/promote/#annual-budget")],
)  # fmt: skip
def test_the_way_is_short(target: str, base: str, way: str) -> None:
    """The same page is here, an anchor on it is the anchor alone; files are no folders."""
    assert relative(target, base) == way


def test_records_have_addresses_by_kind() -> None:
    """As the navigation calls them, and as seen from one page."""
    assert address("account", "a") == "/accounts/a/"
    assert address("industry", "a") == "/industries/a/"
    assert address("company", "a") == "/companies/a/"
    assert address("strategy", "a") == "/strategy/a/"
    assert address("page", "a") == "/methods/a/"
    here, retail = "/accounts/a/", address("industry", "retail")
    assert relative("/accounts/", here) == "../"
    assert relative(retail, here) == "../../industries/retail/"
    assert relative(f"{retail}#pain-x", here) == "../../industries/retail/#pain-x"


@pytest.mark.parametrize(
    ("repository", "edit", "history"),
    [
        ("https://github.com/acme/books", "/edit/main/content/accounts/a.yml#L7",
         "/commits/main/content/accounts/a.yml"),
        ("https://git.acme.example/gitlab/books", "/edit/main/content/accounts/a.yml#L7",
         "/commits/main/content/accounts/a.yml"),
        ("https://gitlab.com/acme/books", "/-/edit/main/content/accounts/a.yml#L7",
         "/-/commits/main/content/accounts/a.yml"),
        ("https://gitea.acme.example/acme/books", "/_edit/main/content/accounts/a.yml",
         "/commits/branch/main/content/accounts/a.yml"),
        ("https://codeberg.org/acme/books", "/_edit/main/content/accounts/a.yml",
         "/commits/branch/main/content/accounts/a.yml"),
        ("https://bitbucket.org/acme/books", "/src/main/content/accounts/a.yml?mode=edit",
         "/history-node/main/content/accounts/a.yml"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("ending", ["", "/", ".git", ".git/"])
def test_each_forge_has_its_own_ways(repository: str, edit: str, history: str, ending: str) -> None:
    """By its host, not by what the repository is called."""
    forge = Forge(repository + ending, "main", "content/")
    assert forge.edit("accounts/a.yml", 7) == repository + edit
    assert forge.edit("accounts/a.yml") == repository + edit.removesuffix("#L7")
    assert forge.history("accounts/a.yml") == repository + history


def test_a_branch_may_be_called_anything() -> None:
    """What an address reserves is written otherwise; a slash is not."""
    forge = Forge("https://github.com/acme/books", "team/what? #1", "")
    assert (
        forge.edit("book.yml") == "https://github.com/acme/books/edit/team/what%3F%20%231/book.yml"
    )


def test_a_book_may_say_what_its_host_runs() -> None:
    """Where the name of the host tells nothing, as with one of a company's own."""
    forge = Forge("https://git.acme.example/acme/books", "main", "content/", "gitea")
    assert forge.edit("accounts/a.yml", 7).endswith("/books/_edit/main/content/accounts/a.yml")
    assert forge.history("a.yml").endswith("/books/commits/branch/main/content/a.yml")

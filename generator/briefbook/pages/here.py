"""What every page module needs: the content, its results, the words, and links from one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from markupsafe import Markup

from briefbook.analyse.facts import fresh_until
from briefbook.analyse.portfolio import Results
from briefbook.history.story import Story
from briefbook.links import Forge, address, relative
from briefbook.load import Content, Record
from briefbook.model.book import NineBox
from briefbook.model.parts import Source
from briefbook.model.types import Fact
from briefbook.pages.written import quantity, when, written
from briefbook.prose import prose
from briefbook.quantity import Day, Period, Quantity
from briefbook.words import Words

MOST = 12
"""Rule 22: other records listed on a page."""
_THRESHOLDS = NineBox.model_construct()
"""Those of the project, for a book that says nothing."""


@dataclass(frozen=True)
class Site:
    """Everything that pages are made from; nothing else reaches them."""

    content: Content
    results: Results
    words: Words
    forge: Forge | None
    story: Story | None = None
    shared: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)
    """What many of them need and is found once; see `seen.shared`."""

    @property
    def sample(self) -> str | None:
        """The sentence that says that content is invented, if some of it is."""
        invented = any(record.value.sample for record in self.content.accounts.values())
        return self.words("sample.site") if invented else None


@dataclass(frozen=True)
class Here:
    """The site as seen from the page at `base`."""

    site: Site
    base: str

    @cached_property
    def t(self) -> Words:
        """The words of the reader's language."""
        return self.site.words

    def to(self, target: str) -> str:
        """The way to a site address."""
        return relative(target, self.base)

    def record(self, kind: str, id: str, anchor: str = "") -> str:
        """The way to a record's page."""
        return self.to(address(kind, id) + (f"#{anchor}" if anchor else ""))

    def person(self, account: str, id: str) -> str:
        """The way to someone in the table of an account's people."""
        return self.to(f"{address('account', account)}people/#person-{id}")

    def resolve(self, reference: str) -> str | None:
        """The way to `kind/id#anchor`, or None."""
        target, _, anchor = reference.partition("#")
        kind, _, id = target.partition("/")
        if kind == "source":
            return self.to(f"/sources/#{id}")
        if kind == "term" and id in self.site.content.glossary.value.of:
            return self.to(f"/glossary/#{id}")
        if kind == "page" and id in self.site.content.guides:
            return self.record(kind, id)
        if kind == "capability" and id in self.site.content.book.value.capabilities:
            return self.record(kind, id)
        if kind in {"industry", "company", "account", "strategy"} and id in self.site.content.of(
            kind
        ):
            return self.record(kind, id, anchor)
        return None

    def prose(self, text: str | None) -> Markup | None:
        """Prose as HTML, its headings below those of the page."""
        return prose(text, self.resolve, heading=3) if text else None

    def account(self, id: str) -> dict[str, Any]:
        """Name, link and class of an account."""
        record = self.site.content.accounts[id]
        letter = self.site.results.letters[id]
        return {
            "id": id,
            "name": record.name,
            "href": self.record("account", id),
            "letter": letter and letter.upper(),
            "lang": record.value.language,
        }

    def in_order(self, ids: Iterable[str]) -> list[str]:
        """Accounts by contribution, the largest first."""
        brought = self.site.results.contributions
        return sorted(ids, key=lambda id: (-(brought[id] or Decimal(-1)), id))

    def accounts(self, ids: Iterable[str], most: int | None = None) -> tuple[dict[str, Any], ...]:
        """The first `most` of some accounts by contribution; of the others no name is read."""
        return tuple(self.account(id) for id in self.in_order(ids)[:most])

    def capability(self, id: str) -> str:
        """The name of something that we offer."""
        offered = self.site.content.book.value.capabilities
        return offered[id].name if id in offered else id

    @property
    def thresholds(self) -> str:
        """Whether the thresholds of the nine-box are the project's or the book's own."""
        own = self.site.content.book.value.nine_box
        return self.t("default.own" if own != _THRESHOLDS else "default.project")

    def member(self, id: str | None) -> str | None:
        """The name of one of our team."""
        team = self.site.content.book.value.team
        return team[id].name if id and id in team else id

    def strategy(self, id: str) -> str:
        """The name of a strategy."""
        strategies = self.site.content.strategies
        return strategies[id].name if id in strategies else id

    def industry(self, id: str | None) -> dict[str, str] | None:
        """Name and link of an industry."""
        industries = self.site.content.industries
        if id is None or id not in industries:
            return None
        return {"name": industries[id].name, "href": self.record("industry", id)}

    def amount(self, value: Quantity | Decimal | None) -> str | None:
        """Money in words: as written for quantities, with the book's currency for amounts."""
        if value is None:
            return None
        if isinstance(value, Quantity):
            return self.quantity(value)
        return self.t.amount(value, self.site.content.book.value.currency)

    def quantity(self, value: Quantity) -> str:
        """A quantity in the reader's language, with its qualifier and its period."""
        return quantity(self.t, value)

    def written(self, text: str) -> str:
        """Text of the content; where it is money, a share or a time, in the reader's language."""
        return written(self.t, text)

    def when(self, value: Day | Period | str) -> str:
        """A day or months in the reader's language; a year or a quarter as it was written."""
        return when(self.t, value)

    def year(self, label: str) -> str:
        """The label of one of the book's years: FY2026 where it does not begin in January."""
        fiscal = self.site.content.book.value.fiscal_year_starts != "01-01"
        return self.t(f"year.{'fiscal' if fiscal else 'calendar'}", year=label) if label else label

    def sources(self, ids: Iterable[str], record: Record[Any] | None) -> dict[str, str] | None:
        """Label and link of the first of some sources."""
        for id in ids:
            source, href = self.source(id, record)
            if source:
                return {"label": source.publisher or source.title, "href": href}
        return None

    def source(self, id: str, record: Record[Any] | None) -> tuple[Source | None, str]:
        """A source by id, the record's own first, and where it is listed."""
        local: Mapping[str, Source] = getattr(record.value, "sources", {}) if record else {}
        if record and id in local:
            return local[id], self.record(record.kind, record.id, f"source-{id}")
        return self.site.content.sources.get(id), self.to(f"/sources/#{id}")

    def fact(
        self, fact: Fact[Any] | None, record: Record[Any], kind: str, text: str | None = None
    ) -> dict[str, Any] | None:
        """What the `fact` part shows: value, source, date, and since when it is stale."""
        if fact is None:
            return None
        value = fact.value
        shown = text or (self.quantity(value) if isinstance(value, Quantity) else str(value))
        holds, seen = fact.as_of and fact.as_of.date, fact.checked and fact.checked.date
        day = seen or holds or self.published(fact.source, record)
        return {
            "text": shown,
            "source": self.sources(fact.source, record),
            "note": fact.note,
            **self.age(day, kind),
            **({"as_of": self.t.month(holds) if holds else None} if seen else {}),
            "checked": self.t("fact.checked", date=self.t.month(seen)) if seen else None,
        }

    def fact_text(
        self, value: Quantity, sources: Iterable[str], record: Record[Any], kind: str, day: Any
    ) -> dict[str, Any]:
        """The same for a quantity whose source and period stand beside it."""
        return {
            "text": self.quantity(value),
            "source": self.sources(sources, record),
            "note": None,
            **self.age(day, kind),
        }

    def published(self, ids: Iterable[str], record: Record[Any]) -> Any:
        """The last day on which one of the sources was published, if known."""
        days = [
            source.published.date
            for source, _ in (self.source(id, record) for id in ids)
            if source and source.published
        ]
        return max(days, default=None)

    def age(self, day: Any, kind: str) -> dict[str, Any]:
        """`as_of` and `stale` of a fact of this kind."""
        if day is None:
            return {"as_of": None, "stale": None}
        until = fresh_until(day, kind, self.site.content.book.value)
        stale = until < self.site.results.today
        return {
            "as_of": self.t.month(day),
            "stale": self.t("stale.since", date=self.t.month(until)) if stale else None,
        }

    def last_change(self, file: str | None) -> str | None:
        """When a file was last changed, by whom and why, as far as git tells."""
        last = self.site.story.last.get(file or "") if self.site.story else None
        if last is None:
            return None
        who = last.author or self.t("history.someone")
        key = "foot.last-why" if last.reason else "foot.last"
        return self.t(key, day=self.t.day(last.day), author=who, why=last.reason)

    def foot(self, file: str | None, line: int = 0, json: bool = False) -> dict[str, Any]:
        """The foot of a page: edit, history, JSON."""
        forge = self.site.forge
        links: dict[str, Any] = {"label": self.t("foot.label")}
        if forge and file:
            links["edit"] = {
                "href": forge.edit(file, line),
                "label": self.t("foot.edit", file=file),
            }
            links["history"] = {"href": forge.history(file), "label": self.t("foot.history")}
        elif file:
            links["change"] = self.t("foot.file", file=file)
        if changed := self.last_change(file):
            links["change"] = " · ".join(filter(None, (links.get("change"), changed)))
        if json:
            links["json"] = {"href": "index.json", "label": "JSON"}
        return links

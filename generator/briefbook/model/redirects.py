"""redirects.yml: records that have another id now, so that their old addresses lead on."""

from __future__ import annotations

from briefbook.model.types import EMPTY, ById, Part, given, ref


class Redirects(Part):
    """Old ids and the ids of today, by kind; `briefbook rename` keeps it."""

    industry: ById[ref("industry")] = given("Industries", "{e-learning: online-education}",
                                            default=EMPTY)  # fmt: skip
    company: ById[ref("company")] = given("Companies", "{jingdong: jd}", default=EMPTY)
    account: ById[ref("account")] = given("Accounts", "{lantern: lantern-fresh}", default=EMPTY)
    strategy: ById[ref("strategy")] = given("Strategies", "{keep: retain}", default=EMPTY)
    page: ById[ref("page")] = given("Guides and methods", "{ninebox: nine-box}", default=EMPTY)

    def of(self, kind: str) -> dict[str, str]:
        """New id by old id of a kind of record."""
        return dict(getattr(self, kind))

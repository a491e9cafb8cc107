"""book.yml: our company, and every number that is policy rather than fact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import ConfigDict, Field, PlainValidator, WithJsonSchema, model_validator

from briefbook.model.types import (
    EMPTY,
    ById,
    Count,
    Duration,
    Flag,
    Frozen,
    Line,
    Many,
    Money,
    Number,
    OneDay,
    Part,
    Points,
    Prose,
    Share,
    Url,
    choice,
    given,
    needed,
    problem,
    ref,
    whole,
)
from briefbook.quantity import CURRENCIES, count, duration, money, points, share, shorten

CURRENCY = choice(*sorted(CURRENCIES))
LANGUAGES = ("en", "vi", "zh")
HOSTS = ("github", "gitlab", "gitea", "bitbucket")
"""Software that hosts repositories, each with addresses of its own."""
POSITIONS = ("leader", "challenger", "new-entrant")
"""Positions in a market (seed: TMS, l. 34); an account's profile takes the same words."""


class Capability(Part):
    """Something that our product does for customers."""

    name: Line = needed("Name", "Member marketing")
    what: Prose | None = given("What it does", "Keeps and re-activates members")


def _handle(value: object) -> str:
    if not isinstance(value, str):
        raise problem("shape", "Expected text, found something else.", "Write mai-tran.")
    if not re.fullmatch(HANDLE, value):
        raise problem("id", f"`{shorten(value)}` is no name at a host.", "Write it as mai-tran.")
    return f"@{value.removeprefix('@')}"


HANDLE = r"@?[A-Za-z0-9][A-Za-z0-9_.-]{0,62}(/[A-Za-z0-9][A-Za-z0-9_.-]{0,99})*"
"""A user, or a team as company/team; its @ may be left out. Never an address of e-mail."""
Handle = Annotated[
    str, PlainValidator(_handle),
    WithJsonSchema({"type": "string", "pattern": f"^{HANDLE}$", "x-type": "line"}),
]  # fmt: skip


class Member(Part):
    """One of our team."""

    name: Line = needed("Name", "Mai Tran")
    role: Line | None = given("Role", "CSM")
    country: Line | None = given("Country", "VN")
    team: Line | None = given("Team", "Retail")
    handle: Handle | None = given("Name at the host of the repository", "mai-tran")


class Thresholds(Part):
    """From which amount a level begins; the amount itself belongs to it."""

    medium: Money = needed("Medium begins here", "5 m CNY")
    high: Money = needed("High begins here", "10 m CNY")


class NineBox(Part):
    """Rules 1 to 3: thresholds of contribution and potential (seed: Yang Jun, CRM30, l. 15)."""

    contribution: Thresholds = given(
        "Contribution of the latest full year", "{medium: 5 m CNY, high: 10 m CNY}",
        default=Thresholds.model_construct(medium=money("5 m CNY"), high=money("10 m CNY")),
    )  # fmt: skip
    potential: Thresholds = given(
        "Largest revenue that the account could bring in a year",
        "{medium: 10 m CNY, high: 30 m CNY}",
        default=Thresholds.model_construct(medium=money("10 m CNY"), high=money("30 m CNY")),
    )
    relative_share: Share = given(
        "Below this share of the potential the level drops by one", "50%", default=share("50%")
    )


class CountTiers(Part):
    """Tiers by number of employees."""

    medium: Count = needed("Medium begins here", "200 employees")
    large: Count = needed("Large begins here", "1000 employees")


class RevenueTiers(Part):
    """Tiers by what the account brings in a year."""

    medium: Money = needed("Medium begins here", "2 m CNY")
    large: Money = needed("Large begins here", "8 m CNY")


class Tiers(Part):
    """Three groups of customers, by their size and by their revenue (seed: TMS, l. 12 to 17)."""

    customer_size: CountTiers = given(
        "By employees", "{medium: 200, large: 1000}",
        default=CountTiers.model_construct(
            medium=count("200 employees"), large=count("1000 employees")
        ),
    )  # fmt: skip
    revenue: RevenueTiers = given(
        "By revenue", "{medium: 2 m CNY, large: 8 m CNY}",
        default=RevenueTiers.model_construct(medium=money("2 m CNY"), large=money("8 m CNY")),
    )  # fmt: skip
    aim: choice("small", "medium", "large") | None = given(
        "The tier to aim at where none differs clearly", "large"
    )
    because: Prose | None = given("Why this tier", "Steady profit")


class ContactEvery(Part):
    """How long an account may go without a talk, by class."""

    a: Duration = given("Class A", "14 days", default=duration("14 days"))
    b: Duration = given("Class B", "30 days", default=duration("30 days"))
    c: Duration = given("Class C", "21 days", default=duration("21 days"))
    d: Duration = given("Class D", "90 days", default=duration("90 days"))


class FreshFor(Part):
    """How long a fact stays fresh, by its kind."""

    market: Duration = given("Market facts", "24 months", default=duration("24 months"))
    pain: Duration = given("Evidence of pains", "24 months", default=duration("24 months"))
    finance: Duration = given("Financial figures", "15 months", default=duration("15 months"))
    person: Duration = given("People", "6 months", default=duration("6 months"))
    research: Duration = given("Research entries", "12 months", default=duration("12 months"))
    other: Duration = given("All else", "18 months", default=duration("18 months"))


class Concentration(Part):
    """Rule 12: when a concentration ratio is rising, low or high."""

    rising: Points = given(
        "From this slope it is rising", "1 point a year", default=points("1 point a year")
    )
    low: Share = given("Below it is low", "30%", default=share("30%"))
    high: Share = given("Above it is high", "60%", default=share("60%"))


class Weights(Part):
    """Weights of the three measures of closeness."""

    relation: Share = given("Relation", "40%", default=share("40%"))
    solution: Share = given("Recognition of the solution", "35%", default=share("35%"))
    price: Share = given("Acceptance of the price", "25%", default=share("25%"))


class Closeness(Part):
    """Rule 11: scale and weights of closeness."""

    scale: whole(1, 10) = given("Highest mark", "5", default=5)
    weights: Weights = given("Weights", "{relation: 40%}", default=Weights.model_construct())


class Personal(Part):
    """Whether gender, age and the like may be kept; off unless there is a reason."""

    allowed: Flag = given("yes or no", "no", default=False)
    because: Prose | None = given("Why, if yes", "Agreed with the works council")


class RevenueRange(Part):
    """An amount from one bound to another; both belong to it."""

    from_: Money | None = given("From", "100 m CNY", alias="from")
    to: Money | None = given("To", "2 bn CNY")


class GrowthRange(Part):
    """A growth from one bound to another; both belong to it."""

    from_: Share | None = given("From", "5%", alias="from")
    to: Share | None = given("To", "40%")


class IdealCustomer(Part):
    """Hand edits over the ideal customer that is computed; each field replaces what was drawn."""

    because: Prose | None = given("Why the profile was changed by hand", "New market")
    industry: Many[ref("industry")] = given("Industries", "[retail]", default=())
    type: Line | None = given("Customer type", "B2B")
    size: choice("small", "medium", "large") | None = given("Size", "large")
    country: Line | None = given("Country", "VN")
    region: Line | None = given("Region", "South")
    annual_revenue: RevenueRange | None = given(
        "Revenue of a year", "{from: 100 m CNY, to: 2 bn CNY}"
    )
    market_position: choice(*POSITIONS) | None = given("Position in its market", "challenger")
    growth: GrowthRange | None = given("Growth of revenue", "{from: 5%, to: 40%}")


class Rates(Part):
    """One unit of each currency in the book's currency, beside the day of the rates."""

    model_config = ConfigDict(
        extra="allow",
        frozen=True,
        json_schema_extra={"propertyNames": {"enum": ["as_of", *sorted(CURRENCIES)]}},
    )
    __pydantic_extra__: dict[str, Number] = Field(init=False)

    as_of: OneDay | None = given("The day of the rates", "2026-06-30")

    @model_validator(mode="after")
    def _currencies(self) -> Rates:
        for code in self.of:
            if code not in CURRENCIES:
                raise problem(
                    "currency",
                    f"`{code}` is no ISO 4217 currency.",
                    "Write three capital letters such as USD.",
                )
        return self

    @property
    def of(self) -> Mapping[str, Decimal]:
        """Rate by currency."""
        return Frozen(self.__pydantic_extra__ or {})


class Asked(Part):
    """What a change of some sort must carry in its commits."""

    reason: Flag = given("Whether a written reason is asked for", "yes", default=False)
    reviewer: Many[ref("member")] = given("One of these must review it", "[mai]", default=())


class ReviewRules(Part):
    """Changes that ask for more than a correct file; `briefbook diff --gate` looks for it."""

    class_change: Asked | None = given("An account changes its class", "{reason: yes}")
    target_lowered: Asked | None = given("A target of a plan is lowered", "{reason: yes}")
    owner_changed: Asked | None = given("An account gets another owner", "{reviewer: [mai]}")


class Book(Part):
    """Our company and its rules."""

    name: Line = needed("Name of our company", "Northstar CRM")
    sample: Flag = given("Whether the content is invented", "yes", default=False)
    language: choice(*LANGUAGES) = given("Language of the site", "en", default="en")
    repository: Url | None = given(
        "Where this content is kept", "https://github.com/example/playbooks"
    )
    site: Url | None = given(
        "Where the site is published; only the 404 page below a sub-path needs it",
        "https://example.com/playbooks/",
    )
    host: choice(*HOSTS) | None = given(
        "What software its host runs, where the name does not tell", "gitea"
    )
    branch: Line = given("Branch that edits start from", "main", default="main")
    currency: CURRENCY = given("Currency of totals", "CNY", default="CNY")
    rates: Rates | None = given("Exchange rates", "{as_of: 2026-06-30, USD: 7.1}")
    fiscal_year_starts: Line = given("First day of the fiscal year", "01-01", default="01-01")
    goal: choice("speed", "profit", "loyalty") = given(
        "Ranks whom to serve", "profit", default="profit"
    )
    capabilities: ById[Capability] = given(
        "What we offer", "{member-marketing: {name: Member marketing}}", default=EMPTY
    )
    team: ById[Member] = given("Who looks after accounts", "{mai: {name: Mai Tran}}", default=EMPTY)
    nine_box: NineBox = given(
        "Thresholds of the nine-box", "{relative_share: 50%}", default=NineBox.model_construct()
    )
    important_gap: Money = given(
        "A class C account this far below its potential is important", "20 m CNY",
        default=money("20 m CNY"),
    )  # fmt: skip
    tiers: Tiers = given("Customer tiers", "{aim: large}", default=Tiers.model_construct())
    focus_cap: whole(1, 1000) = given("Most accounts on the focus list", "10", default=10)
    contact_every: ContactEvery = given(
        "Contact rhythm by class", "{a: 14 days}", default=ContactEvery.model_construct()
    )
    fresh_for: FreshFor = given(
        "When facts go stale", "{market: 24 months}", default=FreshFor.model_construct()
    )
    concentration: Concentration = given(
        "Verdict on market concentration", "{low: 30%}", default=Concentration.model_construct()
    )
    closeness: Closeness = given(
        "How closeness is computed", "{scale: 5}", default=Closeness.model_construct()
    )
    must_have_roles: Many[Line] = given(
        "Roles that an account needs", "[decision-maker, champion, sponsor]",
        default=("decision-maker", "champion", "sponsor"),
    )  # fmt: skip
    personal_attributes: Personal = given(
        "Personal data of people", "{allowed: no}", default=Personal.model_construct()
    )
    review: ReviewRules | None = given("What some changes need", "{class_change: {reason: yes}}")
    ideal_customer: IdealCustomer | None = given("Hand edits", "{size: large}")

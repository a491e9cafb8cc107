"""Parts that several kinds of record share: sources, finance, business model, strategy."""

from __future__ import annotations

from briefbook.model.types import (
    EMPTY,
    ById,
    Count,
    Duration,
    Fact,
    Flag,
    Line,
    Many,
    Measure,
    Money,
    Part,
    Prose,
    Share,
    Sources,
    Span,
    Url,
    When,
    choice,
    given,
    needed,
    ref,
)

SOURCE_KINDS = (
    "encyclopedia", "industry-report", "media", "ranking", "industry-site", "financial-report",
    "research-report", "prospectus", "official-site", "interview", "own-visit", "article", "other",
)  # fmt: skip


class Source(Part):
    """Where facts come from."""

    title: Line = needed("Title as one would cite it", "Annual report 2025")
    kind: choice(*SOURCE_KINDS) = needed("What sort of source it is", "financial-report")
    publisher: Line | None = given("Who published it", "NetEase News")
    credibility: choice("low", "medium", "high") | None = given("How far to trust it", "medium")
    url: Url | None = given("Where it can be read", "https://example.com/report")
    published: When | None = given("When it was published", "2022-06")
    from_executive: Flag | None = given("Whether an executive speaks in it", "no")
    quotes: Line | None = given("What it quotes, if it is second-hand", "an industry report")
    licence: Line | None = given("Licence of the data", "ODC-PDDL-1.0")
    note: Prose | None = given("A remark for readers", "Figures are the author's own")


class Statement(Part):
    """Figures of one fiscal year; money in any currency of the book's rates."""

    period: Span = needed("The fiscal year", "FY2026")
    revenue: Fact[Money] | None = given("Revenue", "900 m CNY")
    cost_of_revenue: Fact[Money] | None = given("Cost of revenue", "700 m CNY")
    net_income: Fact[Money] | None = given("Net income; a loss is negative", "13.5 m CNY")
    total_assets: Fact[Money] | None = given("Total assets at the year's end", "480 m CNY")
    average_assets: Fact[Money] | None = given("Average total assets", "470 m CNY")
    equity: Fact[Money] | None = given("Equity at the year's end", "192 m CNY")
    average_equity: Fact[Money] | None = given("Average equity", "190 m CNY")
    reported_roe: Fact[Share] | None = given("Return on equity as reported", "7.0%")
    inventory_days: Fact[Duration] | None = given("Days that stock lies on average", "31.2 days")
    cash: Fact[Money] | None = given("Cash and equivalents", "74 m CNY")
    operating_cash_flow: Fact[Money] | None = given("Cash from operations", "40 m CNY")
    source: Sources = given("Source of the whole statement", "annual-report", default=())
    note: Line | None = given("A remark for readers", "Not audited")


class Segment(Part):
    """One line of business within a year; its share is of its parent."""

    name: Line = needed("Name of the segment", "Advertising")
    share: Fact[Share] | None = given("Share of its parent", "over 70%")
    value: Fact[Money] | None = given("Value", "420 m CNY")
    growth: Fact[Share] | None = given("Growth over the year before", "3%")
    what: Line | None = given("What it consists of", "Search and display advertising")
    parts: ById[Segment] = given(
        "Its own parts", "{advertising: {name: Advertising, share: over 70%}}", default=EMPTY
    )


class Segments(Part):
    """How a total of one year splits."""

    period: Span = needed("The fiscal year", "FY2026")
    of: choice("revenue", "gross-profit", "profit", "cost", "other") = given(
        "What is split", "revenue", default="revenue"
    )
    source: Sources = given("Source of the split", "annual-report", default=())
    parts: ById[Segment] = given(
        "The segments by id", "{cloud: {name: Cloud, share: 11%}}", default=EMPTY
    )


class Finance(Part):
    """Statements, segments and whom to compare with."""

    year_starts: Line | None = given("First day of the fiscal year", "04-01")
    statements: Many[Statement] = given(
        "One entry a year", "[{period: FY2026, revenue: 900 m CNY}]", default=()
    )
    segments: Many[Segments] = given(
        "One entry a year", "[{period: FY2026, of: revenue}]", default=()
    )
    industry_mean: Statement | None = given(
        "The industry's mean", "{period: 2025, inventory_days: 60 days}"
    )
    peers: Many[ref("record")] = given("Whom to compare with", "[company/jd]", default=())


class BusinessModel(Part):
    """Three questions, three links, three metrics."""

    applies: Flag | None = given("`no`, with `because` alone, where the part makes no sense", "no")
    because: Prose | None = given("Why it applies, or does not", "Funded by the state")
    from_where: Prose | None = given("Where customers come from", "Free courses")
    earns_with: Prose | None = given("Which products make money", "Full-price courses")
    keeps_earning_by: Prose | None = given("How it keeps earning", "The next course")
    cost_per_customer: Fact[Money] | None = given("Acquisition cost of a customer", "120 CNY")
    conversion_rate: Fact[Share] | None = given("Share that buys", "6%")
    repurchase_rate: Fact[Share] | None = given("Share that buys again", "31%")
    strengths: Many[Line] = given("What is strong", "[Low price]", default=())
    weaknesses: Many[Line] = given("What is weak", "[Few return]", default=())
    source: Sources = given("Source of the part", "maowen", default=())


class Evidence(Part):
    """What shows that a statement holds."""

    value: Measure = needed("The figure or observation", "-5.1%")
    what: Line | None = given("What the figure is of", "Revenue of the whole industry")
    period: Span | None = given("The time it holds for", "2022-01..2022-04")
    source: Sources = given("Where it comes from", "netease-2022", default=())
    checked: When | None = given("When somebody last confirmed it", "2026-09-01")
    note: Line | None = given("A remark for readers", "April alone")


class Tactic(Part):
    """One way of carrying a strategy out."""

    name: Line = needed("Name of the tactic", "Know needs and the annual budget")
    what: Prose | None = given("What is done", "Ask for the budget before it closes")
    when: Line | None = given("When it helps", "Before the budget round")


class FromPerson(Part):
    """Who stands behind a finding, and how biased."""

    who: Line | None = given("Who said it", "annual report")
    side: choice("customer", "competitor", "supplier", "user", "own-peer", "public") | None = given(
        "On which side the source stands", "customer"
    )
    stance: Line | None = given("How biased", "official")
    expertise: Line | None = given("How well it can know", "runs the warehouse")


class Goal(Part):
    """A goal that a company has stated for a period."""

    period: Span = needed("For which period", "2026")
    goal: Prose = needed("What it wants", "Open 40 stores")
    measure: Line | None = given("How it is measured", "Stores opened")
    source: Sources = given("Where it says so", "annual-report", default=())


class Shift(Part):
    """A change of strategy, what it implies and what we offer."""

    date: When = needed("When it became known", "2026-04")
    from_: Line = needed("What counted before", "number of buyers", alias="from")
    to: Line = needed("What counts now", "days active")
    implication: Prose | None = given("What follows for the customer", "Formats change")
    our_offer: Prose | None = given("What we offer", "Member marketing")
    source: Sources = given("Where it says so", "annual-report", default=())


class Profile(Part):
    """The eight fields of a customer profile, and more."""

    type: Line | None = given("Customer type", "B2B")
    size: choice("small", "medium", "large") | None = given("Size of the company", "large")
    employees: Fact[Count] | None = given("Number of employees", "3200")
    country: Line | None = given("Country", "VN")
    region: Line | None = given("Region", "South")
    annual_revenue: Fact[Money] | None = given("Revenue of a year", "900 m CNY")
    market_position: choice("leader", "challenger", "new-entrant") | None = given(
        "Position in its market", "challenger"
    )
    growth: Fact[Share] | None = given("Growth of revenue", "18%")
    founded: When | None = given("When it was founded", "2008")
    extra: ById[Line] = given("Further fields of your team", "{stores: 140}", default=EMPTY)

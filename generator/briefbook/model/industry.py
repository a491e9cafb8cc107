"""industries/*.yml: the six-part brief of an industry."""

from __future__ import annotations

from briefbook.model.parts import BusinessModel, Evidence, Source
from briefbook.model.types import (
    EMPTY,
    ById,
    Fact,
    Flag,
    HowMuch,
    Id,
    Line,
    Many,
    Measure,
    Money,
    OneDay,
    Part,
    Prose,
    Share,
    Sources,
    Span,
    choice,
    given,
    needed,
    ref,
    whole,
)


class Size(Part):
    """Market size of one period."""

    period: Span = needed("The year", "2020")
    value: Money = needed("Market size", "257.3 bn CNY")
    growth: Share | None = given("Growth over the year before", "35.5%")
    source: Sources = given("Source", "maowen", default=())
    checked: OneDay | None = given("When somebody last confirmed it", "2026-09-01")
    note: Line | None = given("A remark for readers", "estimate")


class Ratio(Part):
    """Concentration ratio: combined share of the n largest companies."""

    period: Span = needed("The year", "2020")
    n: whole(1, 100) = needed("How many of the largest", "5")
    share: Share = needed("Their combined share", "15.2%")
    trend: choice("rising", "unchanged", "falling") | None = given(
        "Reported trend, used where no slope can be computed", "rising"
    )
    source: Sources = given("Source", "maowen", default=())
    note: Line | None = given("A remark for readers", "estimate")


class Market(Part):
    """Size and concentration over the years."""

    size: Many[Size] = given(
        "One entry a year", "[{period: 2020, value: 257.3 bn CNY}]", default=()
    )
    concentration: Many[Ratio] = given(
        "One entry a year and n", "[{period: 2020, n: 5, share: 15.2%}]", default=()
    )


class Pain(Part):
    """A need that the whole industry shares, its evidence and our answer."""

    pain: Line = needed("The pain in one line", "Each new learner costs more")
    detail: Prose | None = given("More about it", "Advertising prices rise")
    severity: HowMuch | None = given("low, medium or high", "high")
    evidence: Evidence | None = given("What shows it", "{value: -5.1%}")
    more_evidence: Many[Evidence] = given("Further evidence", "[{value: -22.7%}]", default=())
    answered_by: Many[ref("capability")] = given(
        "Our capabilities", "[member-marketing]", default=()
    )
    answer: Prose | None = given("Our answer in words", "Keep the members you have")
    source: Sources = given("Source", "maowen", default=())


class Benchmark(Part):
    """A company that the industry looks up to."""

    company: ref("company") | None = given("Id of a public company", "jd")
    account: ref("account") | None = given("Id of an account of ours", "lantern-fresh")
    rank: whole(1, 1000) | None = given("Rank", "1")
    lesson: Prose | None = given("What can be borrowed", "Stock near the customer")
    proof: Fact[Measure] | None = given("What shows it", "31.2 days")
    source: Sources = given("Source", "dingtalk", default=())


class Node(Part):
    """A group of companies at a stage of the chain."""

    stage: ref("stage") = needed("Stage", "platform")
    name: Line = needed("Name", "Course platforms")
    what: Prose | None = given("What it does", "Sells courses")
    companies: Many[ref("company")] = given("Public companies here", "[jd]", default=())


class Flow(Part):
    """What goes from one node to another, with its pain and our opportunity."""

    from_: ref("node") = needed("Node", "authors", alias="from")
    to: ref("node") = needed("Node", "platforms")
    what: Line | None = given("What flows", "courses")
    pain: Line | None = given("What hurts here", "Late payment")
    severity: HowMuch | None = given("How bad", "medium")
    opportunity: Line | None = given("What we could do", "Data integration")
    answered_by: Many[ref("capability")] = given("Our capabilities", "[stock-sync]", default=())
    value: Fact[Measure] | None = given("How much flows", "3 bn CNY a year")
    source: Sources = given("Source", "maowen", default=())


class ValueChain(Part):
    """Who supplies whom."""

    applies: Flag | None = given("`no` where the part makes no sense", "no")
    because: Prose | None = given("Why it does not apply", "Our product does not touch it")
    stages: Many[Id] = given("Stages from source to user", "[content, platform]", default=())
    stage_names: ById[Line] = given("Names of stages", "{platform: Platforms}", default=EMPTY)
    nodes: ById[Node] = given(
        "Groups by id", "{authors: {stage: content, name: Course authors}}", default=EMPTY
    )
    flows: Many[Flow] = given("Flows", "[{from: authors, to: platforms}]", default=())
    source: Sources = given("Source of the chain", "maowen", default=())


class Solution(Part):
    """What one capability does for this industry (requirement 2)."""

    what: Prose | None = given("What it does here", "Shows the funnel by channel")
    because: Prose | None = given("Why it matters here", "Channels are many")


class Industry(Part):
    """What to know before talking with a customer of this industry."""

    name: Line = needed("Name", "Online education")
    sample: Flag = given("Whether the content is invented", "yes", default=False)
    parent: ref("industry") | None = given("Industry above", "education")
    aliases: Many[Line] = given("Other names, any language", "[在线教育]", default=())
    names: ById[Line] = given("Name in other languages", "{vi: Giáo dục trực tuyến}", default=EMPTY)
    isic: Line | None = given("ISIC Rev. 4 code", "8549")
    purpose: Prose | None = given("What the brief is for", "Talk with schools")
    definition: Prose | None = given("What belongs to it", "Courses taught online")
    definition_source: Sources = given("Where the definition is from", "maowen", default=())
    our_focus: Prose | None = given("What we look at, and why", "Where learners come from")
    market: Market | None = given(
        "Size and concentration", "{size: [{period: 2020, value: 257.3 bn CNY}]}"
    )
    pains: ById[Pain] = given(
        "Pains by id", "{acquisition-cost: {pain: Each new learner costs more}}", default=EMPTY
    )
    benchmarks: Many[Benchmark] = given(
        "Companies to learn from", "[{company: jd, rank: 1}]", default=()
    )
    value_chain: ValueChain | None = given("Who supplies whom", "{stages: [content, platform]}")
    business_model: BusinessModel | None = given("How it earns", "{from_where: Free courses}")
    solutions: ById[Solution] = given(
        "What our capabilities do here",
        "{stock-sync: {what: Shows stock in offers}}",
        default=EMPTY,
        json_schema_extra={"x-keys": "capability"},
    )
    questions: Many[Line] = given("Questions to ask", "[How many return?]", default=())
    keywords: Many[Line] = given("Words to search with", "[repurchase]", default=())
    methods: ById[Prose] = given(
        "Further analyses, e.g. pest",
        "{pest: Rules on courses for children are strict}",
        default=EMPTY,
    )
    sources: ById[Source] = given(
        "Sources of this file",
        "{maowen: {title: How to know an industry fast, kind: article}}",
        default=EMPTY,
    )

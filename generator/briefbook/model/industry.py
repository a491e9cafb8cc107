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

    period: Span = needed("The year", "2025")
    value: Money = needed("Market size", "12.4 bn CNY")
    growth: Share | None = given("Growth over the year before", "6.9%")
    source: Sources = given("Id of an industry report under `sources`", "trade-report", default=())
    checked: OneDay | None = given("When somebody last confirmed it", "2026-09-01")
    note: Line | None = given("A remark for readers", "First figures")


class Ratio(Part):
    """Concentration ratio: combined share of the n largest companies."""

    period: Span = needed("The year", "2025")
    n: whole(1, 100) = needed("How many of the largest", "5")
    share: Share = needed("Their combined share", "18.2%")
    trend: choice("rising", "unchanged", "falling") | None = given(
        "Reported trend, used where no slope can be computed", "rising"
    )
    source: Sources = given("Id of an industry report under `sources`", "trade-report", default=())
    checked: OneDay | None = given("When somebody last confirmed it", "2026-09-01")
    note: Line | None = given("A remark for readers", "First figures")


class Market(Part):
    """Size and concentration over the years."""

    size: Many[Size] = given(
        "One entry a year; two years give growth",
        "[{period: 2025, value: 12.4 bn CNY}, {period: 2024, value: 11.6 bn CNY}]",
        default=(),
    )
    concentration: Many[Ratio] = given(
        "One entry a year and n; five years of the same n give a verdict",
        "[{period: 2025, n: 5, share: 18.2%}, "
        "{period: 2024, n: 5, share: 16.9%, source: trade-report, checked: 2026-09-01}]",
        default=(),
    )


class Pain(Part):
    """A need that the whole industry shares, its evidence and our answer."""

    pain: Line = needed("The pain in one line", "Learners stop after a level")
    detail: Prose | None = given("More about it", "The next level begins weeks later")
    severity: HowMuch | None = given("low, medium or high", "high")
    evidence: Evidence | None = given(
        "What shows it",
        "{value: 62%, what: Learners who stop after a level, period: 2025, source: trade-news, "
        "note: Of 400 who were asked}",
    )
    more_evidence: Many[Evidence] = given(
        "Further evidence",
        "[{value: 3 weeks, what: Wait for the next level, period: 2025, source: trade-report}]",
        default=(),
    )
    answered_by: Many[ref("capability")] = given(
        "Capabilities of book.yml; none is a gap", "[learning-journeys]", default=()
    )
    answer: Prose | None = given("Our answer in words", "Offer the next level before the last week")
    source: Sources = given("Id of a medium under `sources`", "trade-news", default=())


class Benchmark(Part):
    """A company that the industry looks up to."""

    company: ref("company") | None = given("Id of a company", "example-courses")
    account: ref("account") | None = given(
        "Instead of `company`, an account of ours", "example-school"
    )
    rank: whole(1, 1000) | None = given("Rank", "1")
    lesson: Prose | None = given("What can be borrowed", "Ask after the third lesson")
    proof: Fact[Measure] | None = given("What shows it", "71%")
    source: Sources = given("Id of a ranking under `sources`", "trade-ranking", default=())


class Node(Part):
    """A group of companies at a stage of the chain."""

    stage: ref("stage") = needed("One of the stages", "content")
    name: Line = needed("Name", "Publishers")
    what: Prose | None = given("What it does", "Makes books and exercises")
    companies: Many[ref("company")] = given("Companies here", "[example-courses]", default=())


class Flow(Part):
    """What goes from one node to another, with its pain and our opportunity."""

    from_: ref("node") = needed("Id of a node", "publishers", alias="from")
    to: ref("node") = needed("Id of a node", "schools")
    what: Line | None = given("What flows", "Books")
    pain: Line | None = given("What hurts here", "Books arrive after the first lesson")
    severity: HowMuch | None = given("How bad", "medium")
    opportunity: Line | None = given("What we could do", "Lessons that need no book")
    answered_by: Many[ref("capability")] = given(
        "Capabilities of book.yml", "[learning-journeys]", default=()
    )
    value: Fact[Measure] | None = given("How much flows", "3 bn CNY a year")
    source: Sources = given("Id of an industry site under `sources`", "trade-site", default=())


class ValueChain(Part):
    """Who supplies whom."""

    applies: Flag | None = given("`no`, with `because` alone, where the part makes no sense", "yes")
    because: Prose | None = given("Why it applies, or does not", "Our product works with schools")
    stages: Many[Id] = given("From source to user", "[content, school, learner]", default=())
    stage_names: ById[Line] = given(
        "Names of stages",
        "{content: Content, school: Schools, learner: Learners}",
        default=EMPTY,
    )
    nodes: ById[Node] = given(
        "Groups by id",
        "{publishers: {stage: content, name: Publishers}, "
        "schools: {stage: school, name: Language schools}, "
        "learners: {stage: learner, name: Learners}}",
        default=EMPTY,
    )
    flows: Many[Flow] = given(
        "Flows",
        "[{from: publishers, to: schools, what: Books}, "
        "{from: schools, to: learners, what: Lessons}]",
        default=(),
    )
    source: Sources = given("Source of the chain", "trade-site", default=())


class Solution(Part):
    """What one capability does for this industry (requirement 2)."""

    what: Prose | None = given("What it does here", "Leads from one level to the next")
    because: Prose | None = given("Why it matters here", "Most learners stop after a level")


class Industry(Part):
    """What to know before talking with a customer of this industry."""

    name: Line = needed("Name", "Language schools")
    sample: Flag = given("yes if the content is invented", "no", default=False)
    parent: ref("industry") | None = given("Industry above", "education")
    aliases: Many[Line] = given(
        "Other names, any language", "[language training, trung tâm ngoại ngữ]", default=()
    )
    names: ById[Line] = given(
        "Name in other languages", "{vi: Trường ngoại ngữ, zh: 语言培训}", default=EMPTY
    )
    isic: Line | None = given("ISIC Rev. 4 code", "8549")
    purpose: Prose | None = given("What the brief is for", "Talk with schools about learners")
    definition: Prose | None = given("What belongs to it", "Language courses for adults")
    definition_source: Sources = given(
        "Id of an encyclopedia under `sources`", "trade-encyclopedia", default=()
    )
    our_focus: Prose | None = given("What we look at, and why", "Why learners stop after a level")
    market: Market | None = given(
        "Size and concentration",
        "{size: [{period: 2025, value: 12.4 bn CNY}, "
        "{period: 2024, value: 11.6 bn CNY, source: trade-report, checked: 2026-09-01}]}",
    )
    pains: ById[Pain] = given(
        "Pains by id", "{few-return: {pain: Learners stop after a level}}", default=EMPTY
    )
    benchmarks: Many[Benchmark] = given(
        "Companies to learn from, and accounts of ours",
        "[{company: example-courses, rank: 1}, "
        "{account: example-school, rank: 2, lesson: Ask after each level, source: trade-ranking}]",
        default=(),
    )
    value_chain: ValueChain | None = given(
        "Who supplies whom", "{stages: [content, school, learner]}"
    )
    business_model: BusinessModel | None = given(
        "How it earns",
        "{applies: yes, because: Schools sell to learners, from_where: Trial lessons, "
        "earns_with: Courses by the level, keeps_earning_by: The next level, source: trade-report}",
    )
    solutions: ById[Solution] = given(
        "What our capabilities do here",
        "{learning-journeys: {what: Leads from one level to the next}}",
        default=EMPTY,
        json_schema_extra={"x-keys": "capability"},
    )
    questions: Many[Line] = given("Questions to ask", "[How many return?]", default=())
    keywords: Many[Line] = given("Words to search with", "[next level]", default=())
    methods: ById[Prose] = given(
        "Further analyses, e.g. pest",
        "{pest: Rules on courses for adults are mild}",
        default=EMPTY,
    )
    sources: ById[Source] = given(
        "Sources of this file; each part wants one of its kind",
        "{trade-encyclopedia: {title: Language school, kind: encyclopedia, "
        "publisher: Encyclopedia of trades, published: 2026-01, note: Third edition}, "
        "trade-report: {title: Language schools 2025, kind: industry-report, published: 2026-05}, "
        "trade-news: {title: Why learners stop, kind: media, published: 2026-05}, "
        "trade-ranking: {title: Twenty schools compared, kind: ranking, published: 2026-03}, "
        "trade-site: {title: Who supplies schools, kind: industry-site, published: 2026-02}}",
        default=EMPTY,
    )

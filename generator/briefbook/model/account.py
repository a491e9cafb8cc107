"""accounts/*.yml: everything about one account, in the order of need."""

from __future__ import annotations

from typing import Annotated, ClassVar

from briefbook.model.parts import BusinessModel, Finance, FromPerson, Goal, Profile, Shift, Source
from briefbook.model.people import Influence, Person
from briefbook.model.strategy import LIFECYCLES
from briefbook.model.types import (
    EMPTY,
    Because,
    ById,
    ByYear,
    Count,
    Duration,
    Fact,
    Flag,
    HowMuch,
    Line,
    Many,
    Measure,
    Money,
    OneDay,
    OneOf,
    Part,
    Prose,
    Share,
    Shorthand,
    Sources,
    Span,
    When,
    choice,
    given,
    needed,
    ref,
    whole,
)

RATING = Annotated[str, OneOf(("green", "amber", "red"))]
STATUS = Annotated[str, OneOf(("open", "doing", "done", "dropped"))]


class InShort(Part):
    """Three answers (DingTalk, l. 13): how it earns, where it heads, what to reinforce."""

    earns: Fact[Prose] | None = given("How it earns", "Margin on fresh goods")
    heads_for: Fact[Prose] | None = given("Where it wants to go", "Second-tier cities")
    should_reinforce: Fact[Prose] | None = given("What to reinforce", "Repeat purchase")


class Contract(Part):
    """What is signed, and until when."""

    from_: OneDay | None = given("First day", "2025-04-01", alias="from")
    until: OneDay | None = given("Last day", "2027-03-31")
    recurring: Money | None = given("Value of a year", "8 m CNY a year")
    notice: Duration | None = given("Notice", "90 days")
    payment: Line | None = given("Payment terms", "30 days after invoice")
    note: Prose | None = given("A remark", "Price fixed until 2026")


class Use(Part):
    """A capability in use and how well it is adopted."""

    since: When | None = given("Since when", "2025-04-01")
    seats: Count | None = given("Seats", "120")
    active: Share | None = given("Share of seats in use", "64%")
    as_of: When | None = given("The day of these figures", "2026-10-01")
    note: Prose | None = given("A remark", "Stores only")


class Health(Part):
    """Health as the owner judges it; computed signs stand beside it."""

    is_: RATING = needed("green, amber or red", "amber", alias="is")
    because: Prose | None = given("Why", "Pilot is late")
    date: OneDay | None = given("When it was judged", "2026-10-05")


class Risk(Part):
    """What could go wrong, and our answer."""

    risk: Prose = needed("The risk", "Budget moves to 2027")
    likelihood: HowMuch | None = given("low, medium or high", "medium")
    answer: Prose | None = given("What we do", "Meet the CFO")
    owner: ref("member") | None = given("Who", "mai")


class Promise(Part):
    """Something promised in a talk."""

    what: Prose = needed("What", "Send the analysis")
    by: OneDay | None = given("Until when", "2026-11-30")
    done: Line | None = given("`no`, `yes` or the day it was done", "no")


class Contact(Part):
    """One talk or visit."""

    date: OneDay = needed("When", "2026-10-05")
    with_: Many[ref("person")] = given("People", "[coo]", default=(), alias="with")
    how: choice("visit", "call", "video", "mail", "event", "other") | None = given("How", "visit")
    what: Prose | None = given("What was said", "Talked about the budget")
    who: ref("member") | None = given("Who of us", "mai")
    promised: Promise | None = given("What was promised", "{what: Send the analysis}")


class Satisfaction(Part):
    """A score that somebody gave."""

    date: OneDay = needed("When", "2026-07-01")
    score: whole(0, 100) = needed("Score", "8")
    of: whole(1, 100) = given("Highest score", "10", default=10)
    who: ref("person") | None = given("Who gave it", "coo")
    because: Prose | None = given("Why", "Fast answers")


class Spent(Part):
    """What we put into the account in a year."""

    money: Money | None = given("Money", "1.4 m CNY")
    days: whole(0, 100000) | None = given("Working days", "60")


class Purchase(Part):
    """What the account bought in a period, and how often."""

    period: Span = needed("When", "2025")
    what: Line | None = given("What", "Seats")
    times: whole(0, 1000000) | None = given("How often", "3")
    value: Money | None = given("For how much", "1 m CNY")


class ValueToUs(Part):
    """Contribution, potential and investment."""

    contribution: ByYear[Fact[Money]] = given(
        "What it brought us, by year", "{2025: 10 m CNY}", default=EMPTY
    )
    potential: Fact[Money] | None = given("Largest revenue it could bring a year", "50 m CNY")
    investment: ByYear[Spent] = given("What we spent, by year", "{2025: {days: 60}}", default=EMPTY)
    purchases: Many[Purchase] = given("What it bought", "[{period: 2025, what: Seats}]", default=())


class Step(Part):
    """One step of the customer's business process."""

    step: Line = needed("The step", "Picking")
    who: Line | None = given("Who does it", "Store staff")
    pain: Prose | None = given("What hurts", "Stock counts lag")
    tool: Line | None = given("With what", "Paper lists")
    answered_by: Many[ref("capability")] = given(
        "Where we fit: capabilities", "[stock-sync]", default=()
    )


class Finding(Part):
    """One piece of research: look, listen, ask or feel (望闻问切)."""

    method: choice("look", "listen", "ask", "feel") = needed("How it was found", "look")
    date: OneDay | None = given("When", "2026-08-02")
    source: Sources = given("Source", "annual-report", default=())
    from_: FromPerson | None = given("Who stands behind it", "{side: customer}", alias="from")
    finding: Prose = needed("What was found", "31% of guests return")
    diagnosis: Prose | None = given("What it means", "The second order is missing")
    leads_to: Many[ref("need")] = given("Needs that follow", "[repurchase]", default=())
    confidential: Flag = given("yes: counted, never shown", "no", default=False)


class Signal(Part):
    """Something said in public."""

    date: When = needed("When", "2026-08-02")
    channel: Line | None = given("Where", "forum")
    polarity: choice("positive", "neutral", "negative") | None = given("Tone", "negative")
    group: choice("can-pay", "considering", "experienced") | None = given(
        "Which of the three groups", "considering"
    )
    what: Prose | None = given("What was said", "Slow support")
    source: Sources = given("Source", "forum", default=())


class Return(Part):
    """Size, certainty and time of the return that a customer expects."""

    size: Measure | None = given("How much", "2 m CNY a year")
    certainty: HowMuch | None = given("How certain", "medium")
    time: Line | None = given("When", "within two quarters")


class Achieved(Part):
    """What was reached in fact."""

    value: Measure | None = given("How much", "1.2 m CNY")
    date: When | None = given("When", "2026-09-30")
    source: Sources = given("Source", "coo", default=())


class Need(Part):
    """What one party needs, our answer, and whether it is met."""

    party: Line = given("Customer, or one of its own customers", "customer", default="customer")
    need: Prose = needed("The need", "Guests order again")
    lever: choice("raise-revenue", "cut-cost") | None = given("Lever", "raise-revenue")
    return_: Return | None = given("What it is worth", "{certainty: medium}", alias="return")
    pain: ref("pain") | None = given("Pain of the industry", "footfall")
    answered_by: Many[ref("capability")] = given(
        "Our capabilities", "[member-marketing]", default=()
    )
    answer: Prose | None = given("Our answer in words", "Second-order offers")
    met: choice("yes", "partly", "no") | None = given("Whether it is met", "partly")
    achieved: Achieved | None = given("What was reached", "{value: 31%}")


class Letter(Part):
    """One letter of BANT with its evidence."""

    verdict: choice("yes", "partly", "no", "unknown") | None = given("Verdict", "yes")
    amount: Money | None = given("Budget", "3.5 m CNY")
    who: ref("person") | None = given("Who", "coo")
    decides_by: When | None = given("Until when they decide", "2027-02")
    evidence: Prose | None = given("What shows it", "Said so in the review")
    date: OneDay | None = given("When", "2026-10-01")
    source: Sources = given("Source", "coo-talk", default=())


class Bant(Part):
    """Budget, authority, need, timeline."""

    budget: Letter | None = given("Budget", "{verdict: yes}")
    authority: Letter | None = given("Authority", "{verdict: partly}")
    need: Letter | None = given("Need", "{verdict: yes}")
    timeline: Letter | None = given("Timeline", "{decides_by: 2027-02}")


class Receipt(Part):
    """Money that came in."""

    date: OneDay = needed("When", "2026-06-30")
    amount: Money = needed("How much", "1 m CNY")


class Opportunity(Part):
    """A deal, from incubating to signed or lost."""

    name: Line = needed("Name", "CRM for members")
    stage: choice("incubating", "captured", "signed", "lost") | None = given("Stage", "captured")
    value: Money | None = given("Value", "3 m CNY")
    opened: OneDay | None = given("When it was opened", "2026-05-11")
    captured: OneDay | None = given("When it was captured", "2026-07-01")
    expected: When | None = given("When it should be signed", "2027-Q1")
    signed: OneDay | None = given("When it was signed", "2026-05-18")
    lost: OneDay | None = given("When it was lost", "2026-03-01")
    because: Prose | None = given("Why it was won or lost", "No need")
    received: Many[Receipt] = given("Payments", "[{date: 2026-06-30, amount: 1 m CNY}]", default=())
    answers: Many[ref("need")] = given("Needs that it answers", "[repurchase]", default=())
    offers: Many[ref("capability")] = given("Our capabilities", "[member-marketing]", default=())
    competitors: Many[ref("record")] = given("Who else bids", "[company/rival]", default=())
    next_step: Prose | None = given("What comes next", "Ask the CFO")
    bant: Bant | None = given("Budget, authority, need, timeline", "{budget: {verdict: yes}}")


class Chosen(Shorthand):
    """The strategy in use; the reason makes it a written exception."""

    short_for: ClassVar[str] = "is"

    is_: ref("strategy") = needed("Id of a strategy", "retain", alias="is")
    because: Prose | None = given("Why another one than the class gives", "Agreed with the board")


class TacticUse(Part):
    """A tactic in use here."""

    tactic: ref("tactic") = needed("strategy/tactic", "promote/annual-budget")
    owner: ref("member") | None = given("Who", "mai")
    due: OneDay | None = given("Until when", "2026-12-15")
    status: STATUS | None = given("open, doing, done or dropped", "doing")
    outcome: Prose | None = given("What came of it", "Budget known")


class Priorities(Part):
    """Three horizons."""

    short: Many[Line] = given("This quarter", "[Sign before Tet]", default=())
    medium: Many[Line] = given("Next year", "[All stores]", default=())
    long: Many[Line] = given("Beyond", "[Class A]", default=())


class Counters(Part):
    """Four counters: to incubate, to capture, to sign, to receive."""

    incubate: whole(0, 100000) | None = given("Opportunities to incubate", "4")
    capture: whole(0, 100000) | None = given("Opportunities to capture", "2")
    sign: Money | None = given("Contract value to sign", "6 m CNY")
    receive: Money | None = given("Payment to receive", "5 m CNY")


class Targets(Part):
    """Targets of the year and, if set, of its quarters."""

    year: Counters | None = given("The year", "{incubate: 4}")
    q1: Counters | None = given("First quarter", "{incubate: 1}")
    q2: Counters | None = given("Second quarter", "{incubate: 1}")
    q3: Counters | None = given("Third quarter", "{incubate: 1}")
    q4: Counters | None = given("Fourth quarter", "{incubate: 1}")


class Action(Part):
    """Something to do."""

    what: Prose = needed("What", "Meet the CFO")
    owner: ref("member") | None = given("Who", "mai")
    due: OneDay | None = given("Until when", "2026-12-01")
    status: STATUS | None = given("open, doing, done or dropped", "open")
    done: OneDay | None = given("When it was done", "2026-11-20")


class Review(Part):
    """A review of the plan, every three months."""

    date: OneDay = needed("When", "2026-07-01")
    rating: RATING | None = given("green, amber or red", "amber")
    summary: Prose | None = given("In short", "CFO not met")
    decided: Many[Line] = given("What was decided", "[Move to autumn]", default=())
    actual: Counters | None = given("What was reached", "{incubate: 2}")


class Plan(Part):
    """The plan of one fiscal year."""

    year: whole(1990, 2200) = needed("Fiscal year", "2026")
    priorities: Priorities | None = given("Three horizons", "{short: [Sign before Tet]}")
    targets: Targets | None = given("Targets", "{year: {incubate: 4}}")
    actions: ById[Action] = given("Actions by id", "{a1: {what: Meet the CFO}}", default=EMPTY)
    reviews: Many[Review] = given("Reviews", "[{date: 2026-07-01, rating: amber}]", default=())


class Account(Part):
    """One account."""

    name: Line = needed("Name", "Lantern Fresh")
    sample: Flag = given("Whether it is invented", "yes", default=False)
    industry: ref("industry") = needed("Industry, a leaf of the tree", "instant-retail")
    stands_at: Many[ref("node")] = given("Nodes of the industry's chain", "[platforms]", default=())
    owner: ref("member") | None = given("Who of our team", "mai")
    language: choice("en", "vi", "zh") | None = given("Language of its people", "vi")
    crm_id: Line | None = given("Id in the CRM", "0015g00000")
    aliases: Many[Line] = given("Other names", "[Lantern]", default=())
    parent: ref("account") | None = given("Account above", "lantern-group")
    customer_since: When | None = given("Customer since", "2023-04-01")
    lifecycle: choice(*LIFECYCLES) | None = given("Stage of the lifecycle", "improve")
    important: Because | None = given(
        "Why it is important", "{because: It opens the whole chain to us}"
    )
    difficult: Because | None = given(
        "Why it is difficult", "{because: Five departments must agree}"
    )
    focus: Because | None = given(
        "Why it is on the focus list", "{because: Its budget round is in November}"
    )
    in_short: InShort | None = given("Three answers", "{earns: Margin on fresh goods}")
    profile: Profile | None = given("Profile", "{type: B2B}")
    contract: Contract | None = given("Contract", "{until: 2027-03-31}")
    uses: ById[Use] = given(
        "Capabilities in use",
        "{member-marketing: {seats: 120}}",
        default=EMPTY,
        json_schema_extra={"x-keys": "capability"},
    )
    health: Health | None = given("Health", "{is: amber, because: Pilot is late}")
    risks: Many[Risk] = given("Risks", "[{risk: Budget moves to 2027}]", default=())
    contacts: Many[Contact] = given(
        "Talks and visits", "[{date: 2026-10-05, how: visit}]", default=()
    )
    satisfaction: Many[Satisfaction] = given("Scores", "[{date: 2026-07-01, score: 8}]", default=())
    value_to_us: ValueToUs | None = given("Contribution and potential", "{potential: 50 m CNY}")
    process: Many[Step] = given("Its business process", "[{step: Picking}]", default=())
    business_model: BusinessModel | None = given("How it earns", "{from_where: Free courses}")
    goals: Many[Goal] = given("Stated goals", "[{period: 2026, goal: Open 40 stores}]", default=())
    shifts: Many[Shift] = given(
        "Changes of strategy",
        "[{date: 2026-04, from: number of buyers, to: days active}]",
        default=(),
    )
    finance: Finance | None = given("Figures", "{peers: [company/jd]}")
    people: ById[Person] = given(
        "People by id", "{coo: {title: Chief operating officer}}", default=EMPTY
    )
    influences: Many[Influence] = given(
        "Who influences whom", "[{from: ops-lead, to: coo}]", default=()
    )
    research: ById[Finding] = given(
        "Research by id", "{returns: {method: look, finding: 31% of guests return}}", default=EMPTY
    )
    signals: Many[Signal] = given(
        "What is said in public", "[{date: 2026-08-02, polarity: negative}]", default=()
    )
    needs: ById[Need] = given(
        "Needs by id", "{repurchase: {need: Guests order again}}", default=EMPTY
    )
    opportunities: ById[Opportunity] = given(
        "Deals by id", "{crm-rollout: {name: CRM for members}}", default=EMPTY
    )
    strategy: Chosen | None = given("Strategy in use", "promote")
    tactics: Many[TacticUse] = given(
        "Tactics in use", "[{tactic: promote/annual-budget}]", default=()
    )
    plan: Plan | None = given("Plan of the year", "{year: 2026}")
    sources: ById[Source] = given(
        "Sources of this file",
        "{annual-report: {title: Annual report 2025, kind: financial-report}}",
        default=EMPTY,
    )

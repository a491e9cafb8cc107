"""Content and results in, every problem of their meaning out; each rule is one function."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, NamedTuple

from briefbook.analyse.portfolio import Results
from briefbook.analyse.results import FactUse
from briefbook.checks.account import (
    contract_dates,
    counters_that_differ,
    deals,
    future_dates,
    out_of_range,
    own_peers,
    plan_dates,
    verdicts_without_evidence,
)
from briefbook.checks.blocks import blocks_without_data, unknown_blocks
from briefbook.checks.business import (
    benchmarks_of_nobody,
    impossible_inventories,
    impossible_rates,
    loose_competitors,
    negative_costs,
    ranks_used_twice,
)
from briefbook.checks.chain import (
    chains_missing,
    chains_set_aside,
    flows_twice,
    foreign_nodes,
    nodes_alone,
    stage_names_unknown,
    stages_empty,
)
from briefbook.checks.customers import (
    crowded_focus,
    goal_without_field,
    ideal_ranges,
    sizes_that_differ,
    unexplained_choices,
)
from briefbook.checks.evidence import figures_without_source, pains_without_evidence, stale_facts
from briefbook.checks.files import Closed, File, files, opened
from briefbook.checks.finance import (
    averages_alone,
    impossible_figures,
    incomes_above_revenue,
    repeated_periods,
    reported_returns,
    segment_sums,
    unfit_peers,
)
from briefbook.checks.glossary import (
    terms_of_one_name,
    terms_undefined,
    wrong_names,
    wrong_names_in_page,
)
from briefbook.checks.industries import sources_of_other_kinds, unknown_codes
from briefbook.checks.market import (
    duplicate_periods,
    growth_against_sizes,
    impossible_sizes,
    ratios_that_fall,
    rising_at_nothing,
    sizes_without_rate,
)
from briefbook.checks.names import (
    confusable_names,
    deceptive_names,
    duplicate_names,
    stacked_marks,
)
from briefbook.checks.people import (
    bosses_who_left,
    future_days,
    influences_on_oneself,
    measures_out_of_scale,
    several_tops,
    unknown_roles,
    weights_not_whole,
)
from briefbook.checks.personal import personal_attributes, personal_data, personal_data_in_page
from briefbook.checks.policy import (
    fiscal_years,
    reasons_missing,
    thresholds_out_of_order,
    unrated_defaults,
    unrated_money,
)
from briefbook.checks.quiz import quiz_answers, quiz_today
from briefbook.checks.redirects import redirects_taken
from briefbook.checks.references import unknown_links, unknown_page_links, unknown_references
from briefbook.checks.strategy import (
    incomplete_strategies,
    misfits,
    tactics_elsewhere,
    unusual_lifecycles,
)
from briefbook.checks.tree import (
    account_loops,
    industries_not_leaves,
    industry_loops,
    reporting_loops,
    two_sources,
)
from briefbook.load import Content, Guide, Record
from briefbook.memory import Calls
from briefbook.model import Account
from briefbook.problem import Problem, ordered


class Dated(NamedTuple):
    """A record with its facts and a day: with the shared sources and the book they follow."""

    record: Record[Any]
    facts: tuple[FactUse, ...]
    today: date

    @property
    def file(self) -> str:
        """The name of the file."""
        return self.record.file


FileCheck = Callable[[Content, File], Iterator[Problem]]
PageCheck = Callable[[Content, Guide], Iterator[Problem]]
ContentCheck = Callable[[Content], Iterator[Problem]]
AccountCheck = Callable[[Record[Account], date], Iterator[Problem]]
ResultCheck = Callable[[Content, Results], Iterator[Problem]]

FILE_CHECKS: tuple[FileCheck, ...] = (
    unknown_references,
    unknown_links,
    reporting_loops,
    two_sources,
    deceptive_names,
    stacked_marks,
    personal_data,
    personal_attributes,
    pains_without_evidence,
    figures_without_source,
    unrated_money,
    fiscal_years,
    reasons_missing,
    segment_sums,
    reported_returns,
    repeated_periods,
    impossible_figures,
    incomes_above_revenue,
    averages_alone,
    unfit_peers,
    contract_dates,
    plan_dates,
    deals,
    verdicts_without_evidence,
    own_peers,
    out_of_range,
    influences_on_oneself,
    measures_out_of_scale,
    unknown_roles,
    weights_not_whole,
    impossible_sizes,
    duplicate_periods,
    ratios_that_fall,
    growth_against_sizes,
    sizes_without_rate,
    impossible_rates,
    negative_costs,
    impossible_inventories,
    benchmarks_of_nobody,
    ranks_used_twice,
    loose_competitors,
    flows_twice,
    nodes_alone,
    stages_empty,
    stage_names_unknown,
    chains_set_aside,
    foreign_nodes,
    chains_missing,
    unknown_codes,
    sources_of_other_kinds,
    wrong_names,
    quiz_answers,
)
PAGE_CHECKS: tuple[PageCheck, ...] = (
    unknown_page_links,
    unknown_blocks,
    personal_data_in_page,
    wrong_names_in_page,
)
CONTENT_CHECKS: tuple[ContentCheck, ...] = (
    industry_loops,
    account_loops,
    industries_not_leaves,
    duplicate_names,
    confusable_names,
    unrated_defaults,
    thresholds_out_of_order,
    unexplained_choices,
    ideal_ranges,
    sizes_that_differ,
    crowded_focus,
    rising_at_nothing,
    redirects_taken,
    incomplete_strategies,
    tactics_elsewhere,
    terms_undefined,
    terms_of_one_name,
)
ACCOUNT_CHECKS: tuple[AccountCheck, ...] = (
    future_dates,
    several_tops,
    future_days,
    bosses_who_left,
)
RESULT_CHECKS: tuple[ResultCheck, ...] = (
    unusual_lifecycles,
    misfits,
    goal_without_field,
    counters_that_differ,
    blocks_without_data,
    quiz_today,
)


def check_content(content: Content, calls: Calls | None = None) -> tuple[Problem, ...]:
    """What can be told before anything is analysed; analysis needs content without errors here."""
    return ordered(_content(content, calls or Calls()))


def _content(content: Content, calls: Calls) -> Iterator[Problem]:
    for found in calls.each(_in_file, content, files(content)):
        yield from found
    for found in calls.each(_in_page, content, content.guides.values()):
        yield from found
    for on_content in CONTENT_CHECKS:
        yield from on_content(content)


def _in_file(content: Content, closed: Closed) -> tuple[Problem, ...]:
    file = opened(closed)
    return tuple(problem for on_file in FILE_CHECKS for problem in on_file(content, file))


def _in_page(content: Content, guide: Guide) -> tuple[Problem, ...]:
    return tuple(problem for on_page in PAGE_CHECKS for problem in on_page(content, guide))


def check_results(
    content: Content, results: Results, calls: Calls | None = None
) -> tuple[Problem, ...]:
    """What only the results and the day tell: stale facts, and strategies that do not fit."""
    return ordered(_results(content, results, calls or Calls()))


def _results(content: Content, results: Results, calls: Calls) -> Iterator[Problem]:
    days = (
        Dated(one, results.facts_of.get((one.kind, one.id), ()), results.today)
        for one in content.records()
    )
    for found in calls.each(_on_day, content, days):
        yield from found
    for on_results in RESULT_CHECKS:
        yield from on_results(content, results)


def _on_day(content: Content, one: Dated) -> tuple[Problem, ...]:
    """All of a file while it is open."""
    checks = ACCOUNT_CHECKS if one.record.kind == "account" else ()
    stale = stale_facts(one.record, one.facts, content.book.value.fresh_for)
    return *stale, *(found for on_day in checks for found in on_day(one.record, one.today))


def check(content: Content, results: Results) -> tuple[Problem, ...]:
    """Every problem of meaning, in the order of places."""
    return ordered((*check_content(content), *check_results(content, results)))

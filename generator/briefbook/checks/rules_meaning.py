"""The rules of meaning: what must hold between records, and what is worth a second look."""

from __future__ import annotations

from briefbook.checks.rule import Rule

MEANING: tuple[Rule, ...] = (
    Rule(
        "unknown-reference", "A reference leads to nothing.",
        "The link would be dead, and the record would be missing from lists that go by it.",
        "Take the id that the hint proposes, or write the record that is meant.",
        "owner: mia", "owner: mai",
    ),
    Rule(
        "redirect-taken", "An old address in redirects.yml is that of a record of today.",
        "An address either shows a record or leads on to another one.",
        "Remove the line from redirects.yml, or give the record another id.",
        "# redirects.yml, beside accounts/lantern.yml\naccount: {lantern: lantern-fresh}",
        "account: {lantern-old: lantern-fresh}",
    ),
    Rule(
        "prose-link", "A link in prose is neither a record nor a web address.",
        "Pages move and files are not published; a link by `ref:` is checked and follows.",
        "Write `[text](ref:account/some-id)`, or the whole https:// address.",
        "[the account](/accounts/lantern-fresh/)", "[the account](ref:account/lantern-fresh)",
    ),
    Rule(
        "industry-loop", "An industry stands above itself.",
        "Industries form a tree: each page shows the way from the top down to it.",
        "Change or remove one `parent` of the loop.",
        "# retail.yml\nparent: e-commerce\n# e-commerce.yml\nparent: retail",
        "# e-commerce.yml\nparent: retail",
    ),
    Rule(
        "parent-loop", "An account stands above itself.",
        "Groups of companies form a tree.",
        "Change or remove one `parent` of the loop.",
        "# a.yml\nparent: b\n# b.yml\nparent: a", "# b.yml\nparent: a",
    ),
    Rule(
        "reports-loop", "A person reports to themselves in the end.",
        "Reporting lines form a tree; the distance from the top is counted along them. For other "
        "influence there is `influences`.",
        "Change or remove one `reports_to` of the loop.",
        "people:\n  coo: {reports_to: cto}\n  cto: {reports_to: coo}",
        "people:\n  coo: {}\n  cto: {reports_to: coo}",
    ),
    Rule(
        "industry-not-leaf", "An account belongs to an industry that is divided further.",
        "The brief of the finer industry says more, and benchmarks compare like with like.",
        "Use one of the industries below it.",
        "industry: retail", "industry: instant-retail", severity="warning",
    ),
    Rule(
        "two-sources", "A file and sources.yml define the same source.",
        "A figure could come from either, and nobody could tell from which.",
        "Give it another id in the file, or delete it there and use that of sources.yml.",
        "sources:\n  maowen: {...}  # also in sources.yml", "sources:\n  own-visit: {...}",
    ),
    Rule(
        "duplicate-name", "Two records of a kind share a name or another name.",
        "Readers and search cannot tell them apart; often one is a copy of the other.",
        "Add what tells the two apart, or join the files.",
        "# a.yml\nname: Lantern Fresh\n# b.yml\nname: Lantern fresh",
        "# b.yml\nname: Lantern Fresh South", severity="warning",
    ),
    Rule(
        "confusable-name", "A name looks like another one, or mixes letters that look alike.",
        "A Cyrillic А is not a Latin A: search misses the name, and one may pose as the other.",
        "Type the name anew in one script.",
        "name: Lаntern  # the second letter is Cyrillic", "name: Lantern", severity="warning",
    ),
    Rule(
        "stacked-marks", "Marks pile up on one letter.",
        "They cover the lines around. No language needs more than four on a letter.",
        "Delete the marks.",
        'name: "Z\\u0300\\u0301\\u0302\\u0303\\u0304\\u0300"', "name: Z", severity="warning",
    ),
    Rule(
        "personal-data", "A text looks like an e-mail address, a phone or an identity number.",
        "Git keeps everything for ever and gives it to everybody who may read the content.",
        "Keep contact details in the CRM and refer to it with `crm_id`. If it was committed, it "
        "must be removed from the history too.",
        "note: Call 090 123 4567", "note: Call in the morning",
    ),
    Rule(
        "personal-attribute", "Gender, age or personality is kept of a person.",
        "Such data wants a legal ground, so it is off until the book says otherwise.",
        "Remove `personal`, or allow it in book.yml with `allowed: yes` and `because`.",
        "coo: {title: COO, personal: {age: 45}}", "coo: {title: COO}",
    ),
    Rule(
        "no-evidence", "Nothing shows that a pain is real.",
        "A customer asks how we know. A pain with a figure opens the talk, one without closes it.",
        "Add `evidence` with value, period and source.",
        "footfall: {pain: Fewer guests}",
        "footfall: {pain: Fewer guests, evidence: {value: -5.1%, source: netease-2022}}",
        severity="warning",
    ),
    Rule(
        "no-source", "A figure has no source.",
        "Nobody can check it or bring it up to date.",
        "Add `source` with the id of a source. Records with `sample: yes` need none.",
        "- {period: 2020, value: 257.3 bn CNY}",
        "- {period: 2020, value: 257.3 bn CNY, source: maowen}", severity="warning",
    ),
    Rule(
        "stale-fact", "A fact is older than the book allows.",
        "`fresh_for` in book.yml says how long each kind of fact stays fresh.",
        "Replace it, or confirm it: `checked:` (for people `verified:`) with the day.",
        "- {period: 2020, value: 257.3 bn CNY, source: maowen}",
        "- {period: 2020, value: 257.3 bn CNY, source: maowen, checked: 2026-09-01}",
        severity="warning",
    ),
    Rule(
        "lifecycle-unusual", "Class and lifecycle of an account seldom go together.",
        "Strategies are meant for a class and for stages of the lifecycle; none is meant for both.",
        "Check contribution, potential and lifecycle. A strategy with `because` stands as it is.",
        "lifecycle: acquire  # of an account of class A", "lifecycle: stable", severity="warning",
    ),
    Rule(
        "strategy-misfit", "The strategy in use is not meant for the account's class.",
        "Effort goes where it brings little, or is missing where it brings much.",
        "Use one that fits, or write down why not.",
        "strategy: retain  # class C",
        "strategy: {is: retain, because: The group decides for all its companies}",
        severity="warning",
    ),
    Rule(
        "no-rate", "An amount is in a currency for which the book has no rate.",
        "It cannot be compared or added, and the account would get no class.",
        "Add the rate to `rates` in book.yml: one unit in the book's currency.",
        "potential: 3 m EUR", "rates: {as_of: 2026-06-30, EUR: 7.8}  # book.yml",
    ),
    Rule(
        "book-threshold", "A level begins above the next higher one.",
        "No account could ever reach the level between.",
        "Exchange or change the two values.",
        "contribution: {medium: 10 m CNY, high: 5 m CNY}",
        "contribution: {medium: 5 m CNY, high: 10 m CNY}",
    ),
    Rule(
        "fiscal-year", "The first day of the fiscal year is no day of the calendar.",
        "Plans, reviews and statements are counted from it.",
        "Write month and day.",
        "fiscal_year_starts: 02-31", "fiscal_year_starts: 04-01",
    ),
    Rule(
        "no-because", "Something is set aside or allowed without a reason.",
        "The next reader cannot tell a decision from an oversight.",
        "Add `because`.",
        "value_chain: {applies: no}",
        "value_chain: {applies: no, because: Our product does not touch it}", severity="warning",
    ),
)  # fmt: skip

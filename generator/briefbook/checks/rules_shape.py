"""The rules of shape: which fields a record has, and how their values are written."""

from __future__ import annotations

from briefbook.checks.rule import Rule

SHAPE: tuple[Rule, ...] = (
    Rule(
        "missing-field", "A field without which the record is none is missing.",
        "Only what identifies a record is required, so that it can be listed and linked.",
        "Add the field; the hint shows an example.",
        "name: Lantern Fresh", "name: Lantern Fresh\nindustry: instant-retail",
    ),
    Rule(
        "unknown-field", "No field of this name is known here.",
        "Usually it is misspelt or indented under the wrong field, and would not be shown.",
        "Take the name that the hint proposes, or look it up in the field reference of the site.",
        "lifecyle: improve", "lifecycle: improve",
    ),
    Rule(
        "shape", "Text, a list or fields stand where another of the three is meant.",
        "What is referenced is a map by id, everything else that repeats is a list.",
        "Write `- ` before each entry of a list, and `id:` above the fields of a map.",
        "aliases: Lantern", "aliases: [Lantern]",
    ),
    Rule(
        "empty-value", "A field has no value.",
        "Empty and forgotten look the same; a field that is not there is shown as missing.",
        "Fill it in, or remove the line.",
        "owner:", "owner: mai",
    ),
    Rule(
        "too-long", "A value is longer than a line of this kind may be.",
        "Short fields stand in tables and titles, where a long text breaks the page.",
        "Say it shorter, or use the longer field beside it such as `detail` or `what`.",
        "name: Lantern Fresh, which was founded when ...", "name: Lantern Fresh",
    ),
    Rule(
        "id", "Something is not an id.",
        "Ids are file names and addresses of pages on every system, so they are kept simple.",
        "Use a-z, 0-9 and hyphens, at most 63 characters; a few names are kept for the site.",
        "accounts/Lantern_Fresh.yml", "accounts/lantern-fresh.yml",
    ),
    Rule(
        "url", "Something is not a web address.",
        "Other addresses could run a program or show a password.",
        "Write https://host/path without a user name.",
        "url: example.com/report", "url: https://example.com/report",
    ),
    Rule(
        "choice", "A word is none of those that the field takes.",
        "Lists, colours and rules go by these words.",
        "Take one of the words in the hint.",
        "lifecycle: growing", "lifecycle: improve",
    ),
    Rule(
        "number", "Something is not a number, or out of its bounds.",
        "Years, marks and ranks are counted with.",
        "Write digits only, within the bounds of the message.",
        "relation: {now: three}", "relation: {now: 3}",
    ),
    Rule(
        "quantity", "An amount, share, duration or count is not written as one.",
        "Quantities are compared and added, so number and unit must be clear.",
        "Write `257.3 bn CNY`, `35.5%`, `31.2 days`, `200 employees`, with about, over, under, "
        "at least or at most before it where it is not exact.",
        "potential: fifty million", "potential: 50 m CNY",
    ),
    Rule(
        "quantity-sign", "An amount begins with > or <.",
        "YAML keeps > for itself, so the sign is lost where it is not quoted.",
        "Write the word: over, under, at least, at most.",
        'share: ">70%"', "share: over 70%",
    ),
    Rule(
        "quantity-scale", "An amount uses a scale word of one language.",
        "Readers of three languages take it for different numbers.",
        "Write k, m, bn or tn; the hint has the converted amount.",
        "potential: 5 tỷ VND", "potential: 5 bn VND",
    ),
    Rule(
        "decimal-comma", "A number has a decimal comma.",
        "Commas separate thousands here; 1,234 would be read a thousand times too large.",
        "Write a decimal point.",
        "potential: 5,5 m CNY", "potential: 5.5 m CNY",
    ),
    Rule(
        "currency", "A currency is not known.",
        "Amounts are converted by the rates of the book, which go by ISO 4217 codes.",
        "Write the three-letter code such as CNY, VND or USD.",
        "potential: 5 m RMB", "potential: 5 m CNY",
    ),
    Rule(
        "date", "A date is not one, or not a day of the calendar.",
        "Dates decide what is due and what is stale.",
        "Write year-month-day such as 2026-11-22.",
        "due: 31/12/2026", "due: 2026-12-31",
    ),
    Rule(
        "period", "A period is not written as one.",
        "Figures are put in order by their period.",
        "Write 2020, FY2022 (the year that ends in 2022), 2026-Q3 or 2022-01..2022-04.",
        "period: last year", "period: 2025",
    ),
)  # fmt: skip

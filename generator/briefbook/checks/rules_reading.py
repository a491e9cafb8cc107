"""The rules of reading: what files may lie in the content folder, and what may stand in them."""

from __future__ import annotations

from briefbook.checks.rule import Rule

READING: tuple[Rule, ...] = (
    Rule(
        "no-content", "There is no content folder.",
        "Everything is read from one folder; without it there is nothing to show.",
        "Make one with `briefbook init`, or name the folder with -C.",
        "briefbook -C wrong-folder check", "briefbook -C my-playbooks check",
    ),
    Rule(
        "no-book", "There is no book.yml.",
        "It names our company and holds every number that is a decision; all else is read by it.",
        "Write book.yml with at least a name.",
        "content/\n  accounts/", "content/\n  book.yml\n  accounts/",
    ),
    Rule(
        "unreadable", "A file or folder cannot be read.",
        "A page would silently be missing.",
        "Give yourself the right to read it; put a plain file where something else lies.",
        "-w------- accounts/a.yml", "-rw-r--r-- accounts/a.yml",
    ),
    Rule(
        "symbolic-link", "A symbolic link lies in the content.",
        "It could bring in files from anywhere on the machine that builds the site.",
        "Put the file itself here.",
        "accounts/a.yml -> ../../a.yml", "accounts/a.yml",
    ),
    Rule(
        "unexpected-file", "A file or folder lies where nothing of its name is read.",
        "Usually its name is misspelt, and its content would be missed without a word.",
        "Rename it, move it to its folder, or move it out of the content.",
        "account/lantern-fresh.yaml", "accounts/lantern-fresh.yml",
    ),
    Rule(
        "page-title", "A page of prose does not begin with its title.",
        "The first heading is the page's name in lists and search. Front matter is not read.",
        "Begin the file with `# ` and the title.",
        "---\ntitle: How we prepare\n---", "# How we prepare",
    ),
    Rule(
        "page-block", "A page asks to draw something that is not known.",
        "A misspelt block would leave a hole where readers look for the example.",
        "Write `example`, `fields` or `yaml-of` with names that exist, on a line of its own.",
        "```example nine-bx ref:account/lantern-fresh",
        "```example nine-box ref:account/lantern-fresh",
    ),
    Rule(
        "block-data", "A page asks to draw what the record does not have.",
        "An example that shows nothing teaches nothing, and a confidential line must not be shown.",
        "Write what is missing into the record, or name another record.",
        "```example bant ref:account/without-deals", "```example bant ref:account/lantern-fresh",
    ),
    Rule(
        "file-too-large", "A file is larger than its limit.",
        "256 kB hold hundreds of pages of text (2 MB for an industry); more is a mistake or harm.",
        "Split the record or shorten its texts.",
        "accounts/all-of-them.yml (3 MB)", "accounts/lantern-fresh.yml (12 kB)",
    ),
    Rule(
        "too-many-values", "A file holds more values than its limit.",
        "20,000 values (100,000 for an industry) keep a build fast for everybody.",
        "Split the record.",
        "signals: [...]  # 30,000 entries", "signals: [...]  # those of this year",
    ),
    Rule(
        "too-deep", "Values are nested more than twelve levels deep.",
        "No record needs it, and nesting without end breaks parsers.",
        "Flatten the structure.",
        "a: {b: {c: {d: ...}}}", "a: text",
    ),
    Rule(
        "not-utf8", "A file is not UTF-8.",
        "Vietnamese and Chinese turn into other letters when a file is read as what it is not.",
        "Save the file as UTF-8; every editor can.",
        "name: C\\xf4ng ty  # Windows-1258", "name: Công ty",
    ),
    Rule(
        "lfs-pointer", "A Git LFS pointer stands in place of the file.",
        "The text itself was not fetched.",
        "Run `git lfs pull`, or keep content out of LFS.",
        "version https://git-lfs.github.com/spec/v1", "name: Lantern Fresh",
    ),
    Rule(
        "conflict-marker", "A git merge conflict is left in the file.",
        "Two versions stand one after the other, and nobody has chosen.",
        "Keep one side and remove the three marker lines.",
        "<<<<<<< HEAD\nowner: mai\n=======\nowner: lin\n>>>>>>> branch", "owner: mai",
    ),
    Rule(
        "forbidden-character", "A control or direction character stands in a text.",
        "It cannot be seen, and it can make a text read otherwise than it is written.",
        "Delete it. The place says where; retype the word if you cannot find it.",
        'name: "Lantern\\u202e Fresh"', "name: Lantern Fresh",
    ),
    Rule(
        "invisible-character", "A character that cannot be seen stands in a text.",
        "Two names that look the same would differ, and search would miss one of them.",
        "Delete it. It often comes along when text is copied from a web page.",
        'name: "Lan\\u200btern Fresh"', "name: Lantern Fresh",
    ),
    Rule(
        "yaml-syntax", "The file is not YAML.",
        "Nothing after the mistake can be read with certainty.",
        "Look at the place and at the line above: a quote or bracket that is not closed, a tab, "
        "text with a colon and a space that wants quotes.",
        "name: Lantern: Fresh", 'name: "Lantern: Fresh"',
    ),
    Rule(
        "empty-file", "A file holds nothing.",
        "It would be a record without a name.",
        "Write at least the fields that are needed, or delete the file.",
        "# only a comment", "name: Lantern Fresh\nindustry: instant-retail",
    ),
    Rule(
        "not-a-mapping", "A file does not hold `field: value` lines.",
        "A record is a set of fields; a list or a lone text has none.",
        "Begin with `name: ...`.",
        "- Lantern Fresh", "name: Lantern Fresh",
    ),
    Rule(
        "many-documents", "A second YAML document begins in the file.",
        "One file holds one record, so that its id is the file's name.",
        "Remove the line `---`, or move what follows to a file of its own.",
        "name: A\n---\nname: B", "name: A",
    ),
    Rule(
        "yaml-anchor", "A YAML anchor (&) names a place.",
        "Anchors serve aliases, which are not allowed.",
        "Remove it, or quote the text if it begins with &.",
        "name: &n Lantern Fresh", "name: Lantern Fresh",
    ),
    Rule(
        "yaml-alias", "A YAML alias (*) refers to another place.",
        "A reader of one line must not look elsewhere, and few bytes could stand for millions.",
        "Write the value out, or quote the text if it begins with *.",
        "name: *n", "name: Lantern Fresh",
    ),
    Rule(
        "yaml-merge", "A YAML merge key (<<) stands in the file.",
        "What a record holds would no longer be seen in the record.",
        "Write the values out.",
        "<<: *common", "language: vi",
    ),
    Rule(
        "yaml-tag", "A YAML tag (!) stands in the file.",
        "Tags make programs out of data; all values here are plain text.",
        "Remove it, or quote the text if it begins with !.",
        "name: !!str Lantern Fresh", "name: Lantern Fresh",
    ),
    Rule(
        "key-not-text", "A key is a list or a mapping.",
        "Fields have names, and names are text.",
        "Write `field: value`.",
        "? [name, industry]\n: Lantern Fresh", "name: Lantern Fresh",
    ),
    Rule(
        "unsafe-key", "A key is empty or a name that programs keep for themselves.",
        "Scripts that read the data of the site would stumble over it.",
        "Rename it.",
        "__proto__: {}", "prototypes: {}",
    ),
    Rule(
        "duplicate-key", "The same field stands twice in one mapping.",
        "Only one of the two would count, and nobody could tell which.",
        "Keep one of the two.",
        "owner: mai\nowner: lin", "owner: lin",
    ),
    Rule(
        "flow-comma", "A comma within braces has cut a text in two.",
        "In `{...}` a comma ends the value before it; what follows becomes a field without value.",
        "Quote the text, or write the fields on lines of their own.",
        "{what: Offers, by message}", '{what: "Offers, by message"}',
    ),
)  # fmt: skip

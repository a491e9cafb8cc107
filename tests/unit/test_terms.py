"""Terms: the glossary and some text in, the terms that it names, and where, out."""

from __future__ import annotations

import time

import pytest

from briefbook.analyse import terms
from briefbook.analyse.terms import Use, names, spellings, uses
from briefbook.model.words import Glossary
from briefbook.spelling import initial
from tests.small import content

GLOSSARY = {
    "pain-point": {"en": "Pain point", "zh": "痛点", "also": {"en": ["pain"]}},
    "pain-level": {"en": "Pain level"},
    "roe": {
        "en": "Return on equity",
        "vi": "Lợi nhuận trên vốn",
        "short": "ROE",
        "zh": "净资产收益率",
    },
    "crn": {"en": "Concentration ratio", "short": "CRn", "also": {"en": ["CR5"]}},
    "plan": {"en": "Account plan", "zh": "客户规划"},
    "key-plan": {"zh": "大客户规划"},
    "odd": {"en": "A*b (c)"},
}
TERMS = Glossary.model_validate(GLOSSARY).of


def named(text: str, *languages: str) -> list[str]:
    """What a text names, in the order of its words."""
    return list(names(TERMS, languages or ("en", "vi", "zh")).named(text))


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Two Pain points, one pain", ["pain-point", "pain-point"]),
        ("the pain level", ["pain-level"]),  # the longest name wins
        ("pain\nlevel", ["pain-level"]),  # prose breaks its lines
        ("pain, level", ["pain-point"]),
        ("painful campaign, Spain", []),
        ("a pain-free day", []),
        ("ROE, roe and Roe", ["roe"]),  # a short form is written as it is
        ("CR5, CR10", ["crn"]),
        ("lợi nhuận trên vốn", ["roe"]),
        ("用ROE衡量痛点", ["roe", "pain-point"]),  # Chinese parts no words
        ("写大客户规划", ["key-plan"]),
        ("写客户规划", ["plan"]),
        ("A*b (c), aab c", ["odd"]),  # a name is no pattern
        ("", []),
    ],
)
def test_names_are_found_as_words(text: str, ids: list[str]) -> None:
    """Whole, in the singular or plural, small or large at their beginning."""
    assert named(text) == ids


def test_only_the_languages_that_are_asked_for_are_found() -> None:
    """A page in English explains no Chinese word, but short forms are everybody's."""
    assert named("痛点 and return on equity (ROE)", "en") == ["roe", "roe"]
    assert named("痛点 and return on equity (ROE)", "zh") == ["pain-point", "roe"]
    assert list(names({}, ("en",)).named("anything")) == []


def test_spellings_begin_with_the_proper_name() -> None:
    """Then the short form and others, as far as there are any."""
    assert spellings(TERMS["crn"], "en") == ("Concentration ratio", "CRn", "CR5")
    assert spellings(TERMS["key-plan"], "vi") == ()


def test_uses_name_pages_and_records() -> None:
    """Everyday words count where a page of methods marks them, never in plain prose."""
    found = content(
        {
            "glossary.yml": (
                "pain-point: {en: Pain point}\n"
                "need: {en: Need, everyday: yes}\n"
                "nobody: {en: Never said}\n"
            ),
            "pages/one.md": "# One\n\nA pain point and a need.\n",
            "pages/two.md": "# Two\n\n- **Need**: a need.\n",
            "pages/three.md": "# Three\n\n| x | need |\n|---|---|\n| 1 | 2 |\n",
            "pages/four.md": "# Four\n\n[Needs](ref:page/two) of pain points\n",
            "industries/retail.yml": "name: Retail\ndefinition: Every pain point is a need here\n",
            "companies/pain-point.yml": "name: Pain point\n",
        }
    )
    of = terms.prose_names(found.glossary.value.of)
    assert uses(found, terms.named(found.records(), of)) == {
        "pain-point": Use(("four", "one"), (("industry", "retail"),)),
        "need": Use(("four", "three", "two")),
        "nobody": Use(),
    }


def test_many_terms_cost_as_little_as_few() -> None:
    """One pass over a text, whatever the number of terms."""
    many = {f"t{n}": {"en": f"word{n} of term{n}"} for n in range(2000)}
    of = names(Glossary.model_validate(many).of, ("en",))
    text = "word of term, words and terms, not one of them " * 4000
    start = time.process_time()
    assert list(of.named(f"{text} word7 of term7")) == ["t7"]
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("name", "letter"),
    [("Closeness", "C"), ("điểm đau", "D"), ("Ưu tiên", "U"), ("痛点", "T"), ("客户", "K"),
     ("九宫格", "J"), ("市场集中度", "S"), ("望闻问切", "W"), ("啊", "A"), ("座", "Z"),
     ("亲密度", "Q"), ("4P", "#"), ("龘", "#"), ("한", "#"), ("", "#")],
)  # fmt: skip
def test_index_letter_follows_the_sound(name: str, letter: str) -> None:
    """Marks do not count, Chinese goes by pinyin, and the rest stands under #."""
    assert initial(name) == letter

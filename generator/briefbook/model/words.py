"""glossary.yml, questions.yml and quiz.yml: words in three languages."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import ConfigDict, Field

from briefbook.model.types import Flag, Frozen, Id, Line, Many, Part, Prose, given, needed


class InLanguages(Part):
    """One text in the languages of the site; English is the fallback."""

    en: Line | None = given("English", "Concentration ratio")
    vi: Line | None = given("Vietnamese", "Mức độ tập trung thị trường")
    zh: Line | None = given("Chinese", "市场集中度")


class Spellings(Part):
    """Other names and forms of a term in each language."""

    en: Many[Line] = given("English", "[CR5, CR10]", default=())
    vi: Many[Line] = given("Vietnamese", "[tỷ lệ tập trung]", default=())
    zh: Many[Line] = given("Chinese", "[行业集中度]", default=())


class Term(InLanguages):
    """A term of the field with its names, its definition and what it is not called."""

    short: Line | None = given("Abbreviation", "CRn")
    also: Spellings | None = given("Other names and forms of it", "{en: [CR5, CR10]}")
    everyday: Flag | None = given(
        "Also an everyday word, so explained only where it stands alone, as a label does", "yes"
    )
    definition: InLanguages | None = given("What it means", "{en: Combined share of the largest}")
    not_: InLanguages | None = given(
        "Wrong or misleading names", "{vi: nồng độ thị trường}", alias="not"
    )


class Question(InLanguages):
    """An open question, when to ask it and where its answer belongs."""

    id: Id = needed("The id", "introduce")
    when_missing: Line | None = given("Asked while this field is empty", "in_short.earns")
    answer_goes_to: Line | None = given("The field that the answer fills", "in_short.earns")
    because: Prose | None = given("Why one asks", "Opens the talk")


class Kit(Part):
    """Questions of one stage, in three steps."""

    business: Many[Question] = given(
        "First step: the business",
        "[{id: introduce, en: Please introduce your business.}]",
        default=(),
    )
    strategy: Many[Question] = given(
        "Second step: strategy",
        "[{id: aims, en: Where do you want to be in three years?}]",
        default=(),
    )
    problem: Many[Question] = given(
        "Third step: problems", "[{id: improve, en: What still needs improvement?}]", default=()
    )


class Phrases(Part):
    """Search phrases; `{industry}` stands for the name."""

    en: Many[Line] = given("English", '["{industry} difficulties"]', default=())
    vi: Many[Line] = given("Vietnamese", '["khó khăn ngành {industry}"]', default=())
    zh: Many[Line] = given("Chinese", '["{industry} 困境"]', default=())


class Questions(Part):
    """Question kits by stage: ask the business, the motive, the satisfaction (DingTalk, l. 68)."""

    before: Kit | None = given(
        "Before the sale", "{business: [{id: introduce, en: Please introduce your business.}]}"
    )
    during: Kit | None = given(
        "During the sale", "{strategy: [{id: motive, en: What made you look for a change?}]}"
    )
    after: Kit | None = given(
        "After the sale", "{problem: [{id: satisfied, en: What do you miss in what we built?}]}"
    )
    search_phrases: Phrases | None = given(
        "What to type into a search engine", '{en: ["{industry} difficulties"]}'
    )


class QuizItem(Part):
    """A question for learners whose answer is a fact of the content."""

    ask: InLanguages = needed("The question", "{en: Which pain does food service name first?}")
    answer: Line = needed(
        "Reference to a record, to a fact, or to a result such as `account/some-id#class`",
        "industry/food-service#pains.footfall",
    )
    others: Many[Line] = given(
        "Wrong answers, references too; without them those follow from a class, choice or result",
        "[industry/food-service#pains.repeat-visits]",
        default=(),
    )
    because: InLanguages | None = given("The reason", "{en: Its evidence is the strongest}")


class _Open(Part):
    """A file that is one map by id."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Glossary(_Open):
    """Terms by id."""

    __pydantic_extra__: dict[Id, Term] = Field(init=False)

    @property
    def of(self) -> Mapping[str, Term]:
        """Terms by id, as written."""
        return Frozen(self.__pydantic_extra__ or {})


class Quiz(_Open):
    """Quiz items by id."""

    __pydantic_extra__: dict[Id, QuizItem] = Field(init=False)

    @property
    def of(self) -> Mapping[str, QuizItem]:
        """Items by id, as written."""
        return Frozen(self.__pydantic_extra__ or {})

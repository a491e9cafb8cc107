"""The field reference has every field of the model once, with its help and a valid example."""

from collections.abc import Iterator
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter

from briefbook.model import Part
from briefbook.model.schema import KINDS, at, schema
from briefbook.model.types import Fact
from briefbook.reference import FieldReference, reference, tree
from briefbook.source import read

ROWS = {kind.kind: {row.path: row for row in kind.fields} for kind in reference()}


def models() -> Iterator[type[Part]]:
    """All parts of records that the package defines."""
    found = [*Part.__subclasses__()]
    while found:
        model = found.pop()
        found += model.__subclasses__()
        if model.__module__.startswith("briefbook.") and not issubclass(model, Fact):
            yield model


FIELDS = sorted(
    ((model, name) for model in set(models()) for name in model.model_fields),
    key=lambda one: (one[0].__module__, one[0].__qualname__, one[1]),
)


@pytest.mark.filterwarnings("ignore:The 'alias' attribute")
@pytest.mark.parametrize(("model", "name"), FIELDS, ids=lambda one: getattr(one, "__name__", one))
def test_example_is_valid_on_one_line(model: type[Part], name: str) -> None:
    """`field: example` is YAML and has the field's shape, as hints and templates promise."""
    field = model.model_fields[name]
    assert field.description
    assert field.examples
    parsed, problems = read(f"field: {field.examples[0]}".encode(), "example.yml")
    assert parsed, problems
    adapter: Any = TypeAdapter
    adapter(Annotated[field.annotation, field]).validate_python(parsed.data["field"])


@pytest.mark.parametrize("kind", [*KINDS, "sources"])
def test_rows_follow_the_schema(kind: str) -> None:
    """Each path leads to a field of the schema, and each top-level field has a row."""
    for row in ROWS[kind].values():
        steps = row.path.replace("[]", ".<0>").split(".")
        path = tuple(_step(step) for step in steps)
        node = at(schema(kind), path)
        if "<currency>" not in row.path:
            assert node is not None, row.path
            assert row.help == node["description"]
    prefix = "<id>." if kind in {"glossary", "quiz", "sources"} else ""
    assert {prefix + field.name for field in tree(kind)} <= set(ROWS[kind])
    assert prefix or set(schema(kind)["properties"]) <= set(ROWS[kind])


def _step(step: str) -> str | int:
    return 0 if step == "<0>" else {"<id>": "some-id", "<year>": "2025"}.get(step, step)


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("account", "name", ("line", True, False, "")),
        ("account", "value_to_us.contribution", ("money by year", False, True, "")),
        ("account", "finance.segments[].parts.<id>.share", ("share", False, True, "")),
        ("account", "contacts[].with", ("list of reference", False, False, "person")),
        ("account", "strategy.is", ("reference", True, False, "strategy")),
        ("account", "people.<id>.relation.now", ("whole", False, False, "")),
        ("industry", "value_chain.nodes.<id>.stage", ("reference", True, False, "stage")),
        ("book", "rates.<currency>", ("number", False, False, "")),
        ("sources", "<id>.title", ("line", True, False, "")),
        ("questions", "before.business[].when_missing", ("line", False, False, "")),
    ],
)
def test_row(kind: str, path: str, expected: tuple[str, bool, bool, str]) -> None:
    """A row says type, whether it is required, whether it takes evidence, and what it refers to."""
    row: FieldReference = ROWS[kind][path]
    assert (row.type, row.required, row.fact, row.refers_to) == expected


def test_choices_are_listed() -> None:
    """A field of fixed words lists them."""
    assert ROWS["account"]["health.is"].choices == ("green", "amber", "red")


def test_what_holds_itself_is_shown_once() -> None:
    """Segments may have segments; the reference stops at the first."""
    paths = ROWS["account"]
    assert "finance.segments[].parts.<id>.parts" in paths
    assert not any("parts.<id>.parts." in path for path in paths)

"""Two persons joined by another language's "and", adjectives with the capital of a sentence, and names that are shouted."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Article, EntityType, Form
from kg.resolve.coreference import resolve


def persons(text: str) -> list[str]:
    found = Annotator().annotate(Article("a", text)).mentions
    return [m.span.of(text) for m in found if m.type is EntityType.PERSON and m.form is Form.NAME]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bank heads Karl Wenders und Peter Sommer met.", ["Karl Wenders", "Peter Sommer"]),
        ("Anne Petit et Louis Grand agreed on Monday.", ["Anne Petit", "Louis Grand"]),
        ("Carlos Mora y Elena Vidal said it rained.", ["Carlos Mora", "Elena Vidal"]),
        ("Paola Riva e Marco Berti said it rained.", ["Paola Riva", "Marco Berti"]),
        ("Lars Holm og Anna Friis said it rained.", ["Lars Holm", "Anna Friis"]),
        ("Sven Berg och Ulla Lind said it rained.", ["Sven Berg", "Ulla Lind"]),
        ("The writer José Ortega y Gasset died.", ["José Ortega y Gasset"]),
        ("Karl von und zu Kelm said it rained.", ["Karl von und zu Kelm"]),
    ],
)
def test_an_and_of_another_language_stands_between_two(text: str, expected: list[str]) -> None:
    assert persons(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stubborn Mario Rossi refused to leave.", ["Mario Rossi"]),
        ("Derelict Anna Holm sank on Monday.", ["Anna Holm"]),
        ("Tearful Rosa Lim said it was late.", ["Rosa Lim"]),
        ("Frank Peter Lund said it was late.", ["Frank Peter Lund"]),
    ],
)
def test_an_adjective_that_opens_a_sentence_is_no_name(text: str, expected: list[str]) -> None:
    assert persons(text) == expected


def speakers(text: str) -> list[str | None]:
    resolved = resolve(Annotator().annotate(Article("a", text)))
    names = {r.key: r.name for r in resolved.references}
    return [names.get(s.speaker or "") for s in resolved.statements if s.kind.value != "author"]


def test_a_name_in_capitals_is_its_bearers() -> None:
    assert speakers("Oskar Lundvik spoke at noon. LUNDVIK said the plan was good.") == ["Oskar Lundvik"]


def test_a_label_stays_with_whom_it_was_of_before() -> None:
    text = (
        "Running mates meet\n\nOskar Lundvik was asked about it.\n\nJANE TAPPE: What is the plan?\n\n"
        "LUNDVIK: We will build it.\n\nTAPPE: And Karen Lundvik?\n\nGOV. LUNDVIK: She agrees."
    )
    assert speakers(text)[1::2] == ["Oskar Lundvik", "Oskar Lundvik"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Valeska Paris, a nurse, has told her story.\n\nParis was born in Rome. Paris left the ship in 2007.", {"person"}),
        ("Ann Paris flew to Rome on Monday. In Paris, the police held 12 people. Paris said that it would pay.", {"city"}),
        ("The meeting was in Rome. Paris said that it would pay. Ann Paris, a nurse, was there.", {"city"}),
    ],
)  # fmt: skip
def test_a_family_name_that_is_also_a_citys_is_the_persons_where_nothing_is_told_to_be_in_it(
    text: str, kinds: set[str]
) -> None:
    found = Annotator().annotate(Article("a", text)).mentions
    assert {m.type.value for m in found if m.name == "Paris"} == kinds

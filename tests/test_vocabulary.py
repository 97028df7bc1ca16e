"""The words of the ontology in code: values of closed lists, versions, and files that are not there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from kg import vocabulary as v
from kg.errors import OntologyError
from kg.model import Certainty, Comparator, EntityType, Form, Identity, Kind, Stance, Tense, Verdict

LISTS: tuple[type[StrEnum], ...] = (
    EntityType, Stance, Kind, Certainty, Comparator, Tense, Form, Verdict, Identity, v.Dating
)  # fmt: skip


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_vocabulary_every_value_comes_back_from_its_concept(kind: type[StrEnum]) -> None:
    for value in kind:
        assert v.of_concept(v.concept(value), kind) is value  # type: ignore[arg-type,type-var]


def test_vocabulary_concepts_of_different_lists_differ() -> None:
    concepts = [v.concept(value) for kind in LISTS for value in kind]  # type: ignore[arg-type]
    assert len(set(concepts)) == len(concepts)


def test_vocabulary_concept_of_another_list_is_one_sentence() -> None:
    with pytest.raises(
        OntologyError, match=r"names the stance .*kind-direct, which this version of kg does not know\.$"
    ):
        v.of_concept(v.concept(Kind.DIRECT), Stance)


def test_vocabulary_every_type_of_entity_has_the_class_of_its_family() -> None:
    assert set(v.CLASS_OF) == {kind.family for kind in EntityType}
    assert len(set(v.CLASS_OF.values())) == len(v.CLASS_OF)


@pytest.mark.parametrize(
    ("version", "other", "newer"),
    [
        ("0.1.0", True, False),
        (v.VERSION, False, False),
        (v.VERSION.rsplit(".", 1)[0] + ".99", False, False),
        ("0.99.0", True, True),
        ("10.0.0", True, True),
    ],
)
def test_vocabulary_other_version_is_told_by_the_first_two_numbers(version: str, other: bool, newer: bool) -> None:
    assert v.other(v.version_iri(version)) == (version if other else None)
    assert v.newer(version) == newer


@pytest.mark.parametrize("iri", ["http://example.org/ns/99.0.0", f"{v.ONTOLOGY}/next", v.ONTOLOGY, f"{v.ONTOLOGY}/"])
def test_vocabulary_what_names_no_version_is_no_other(iri: str) -> None:
    assert v.other(iri) is None


def test_vocabulary_file_that_is_not_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(v, "shipped", lambda folder: tmp_path)
    with pytest.raises(OntologyError, match=r"comes without the ontology file kg\.ttl; the installation is incomplete"):
        v.ontology("kg.ttl")

"""The words of the ontology in code: values of closed lists, versions, and files that are not there."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import pytest

from kg import vocabulary as v
from kg.errors import OntologyError
from kg.model import Certainty, Comparator, EntityType, Form, Identity, Kind, Stance, Tense, Verdict

LISTS: tuple[type[StrEnum], ...] = (Stance, Kind, Certainty, Comparator, Tense, Form, Verdict, Identity)


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


def test_vocabulary_every_type_of_entity_has_a_class_of_its_own() -> None:
    assert set(v.CLASS_OF) == set(EntityType)
    assert len(set(v.CLASS_OF.values())) == len(EntityType)


@pytest.mark.parametrize(
    ("version", "newer"),
    [
        ("0.1.0", False),
        (v.VERSION, False),
        (v.VERSION.rsplit(".", 1)[0] + ".99", False),
        ("0.99.0", True),
        ("10.0.0", True),
    ],
)
def test_vocabulary_newer_is_told_by_the_first_two_numbers(version: str, newer: bool) -> None:
    assert v.newer(v.version_iri(version)) == (version if newer else None)


@pytest.mark.parametrize("iri", ["http://example.org/ns/99.0.0", f"{v.ONTOLOGY}/next", v.ONTOLOGY, f"{v.ONTOLOGY}/"])
def test_vocabulary_what_names_no_version_is_not_newer(iri: str) -> None:
    assert v.newer(iri) is None


def test_vocabulary_file_that_is_not_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(v, "shipped", lambda folder: tmp_path)
    with pytest.raises(OntologyError, match=r"comes without the ontology file kg\.ttl; the installation is incomplete"):
        v.ontology("kg.ttl")

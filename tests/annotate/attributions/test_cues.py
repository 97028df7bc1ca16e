"""The lexicon of cues."""

from __future__ import annotations

import pytest
from said import triples

from kg.annotate.attributions import cues
from kg.model import Stance


@pytest.mark.parametrize(
    ("words", "stance"),
    [
        ("said", Stance.SAID),
        ("has repeatedly denied", Stance.DENIED),
        ("called for", Stance.DEMANDED),
        ("calling", Stance.ASSESSED),
        ("plans", Stance.PLANNED),
        ("worried", Stance.FEARED),
        ("thought", Stance.BELIEVED),
        ("has shown", Stance.ASSESSED),
        ("had foreseen", Stance.ESTIMATED),
        ("according to an estimate by", Stance.SAID),
        (":", Stance.SAID),
        ("'s pledge", Stance.PROMISED),
        ("sailed", None),
        ("", None),
    ],
)
def test_cues_stance_of_words(words: str, stance: Stance | None) -> None:
    assert cues.stance_of(words) == stance


def test_cues_every_row_is_whole() -> None:
    assert all(set(cue.frames) <= set("cqigmopaw") and cue.frames for cue in cues.verbs().values())
    assert len(cues.verbs()) > 250


@pytest.mark.parametrize(
    "text",
    [
        "Analysts at Douro Capital estimate that the bank lost 1.4 billion euros on loans.",  # tagged as a noun
        "A copper company, Kitwe Metals, hopes that the dispute will be settled soon.",  # lemma “hop”
    ],
)
def test_cues_misread_verbs_are_found(text: str) -> None:
    assert len(triples(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Passengers can say that they were late.",  # only possible
        "Tell them that the port is closed.",  # nobody speaks
        "The ship was built to show that steel can float.",  # a purpose
    ],
)
def test_cues_nobody_has_said_it(text: str) -> None:
    assert triples(text) == []

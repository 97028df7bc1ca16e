"""Confidence: ordered by what makes an attribution sure or doubtful."""

from __future__ import annotations

from said import annotate

from kg.annotate.attributions import confidence


def sure(text: str, nth: int = 0) -> float:
    return annotate(text)[nth].confidence


def test_confidence_every_pattern_has_a_share() -> None:
    assert all(0 < share < 1 for share in confidence.SHARES.values())
    assert list(confidence.RANK) == list(confidence.SHARES)


def test_confidence_named_speaker_is_surer_than_a_vague_pronoun() -> None:
    assert sure("Maria Silva said that the ferry had sunk.") > sure("It said that the ferry had sunk.")


def test_confidence_nobody_is_less_sure_than_somebody() -> None:
    assert sure("The mayor said that the ferry had sunk.") > sure("It is said that the ferry had sunk.")


def test_confidence_relay_is_less_sure_than_what_it_lies_in() -> None:
    text = "The mayor said that the divers have reported that the hull is broken."
    assert sure(text, 0) > sure(text, 1)


def test_confidence_reported_clause_is_surer_than_a_plan() -> None:
    assert sure("The mayor said that the port will close.") > sure("The mayor plans to close the whole port.")

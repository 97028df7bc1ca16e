"""The table of clues to what a name names."""

from __future__ import annotations

import pytest

from kg.annotate.names import clues, mentions, spans
from kg.annotate.names.placed import Placed
from kg.annotate.parse.parsing import load, parse
from kg.annotate.parse.words import Passage
from kg.english.paragraphs.blocks import split
from kg.model import EntityType


def shown(text: str, name: str) -> set[str]:
    """The names of the clues that the occurrence of ``name`` in ``text`` shows."""
    passages = [Passage(piece) for piece in parse(load(), text, split(text))]
    placed = [Placed(p, n) for p in passages for n in spans.find(p) if isinstance(n, spans.Name)]
    item = next(item for item in placed if item.text == name)
    return {clue.name for clue in clues.CLUES if clue.test(item)}


def test_each_clue_has_a_name_of_its_own_and_says_something() -> None:
    assert len({clue.name for clue in clues.CLUES}) == len(clues.CLUES)
    assert all(clue.weights and all(clue.weights.values()) for clue in clues.CLUES)


@pytest.mark.parametrize(
    ("text", "name", "some"),
    [
        ("Rain fell for hours in Varnholt, which lies low.", "Varnholt", {"in", "which"}),
        ("Nobody in the town had met Maria Ruiz, 47, before.", "Maria Ruiz", {"given name with another", "age"}),
        ("Rain fell. In Varnholt, twelve people died.", "Varnholt", {"in", "In …,"}),
        ("It opened two centres, HBTV Africa and HBTV Kenya, in May.", "HBTV Africa", {"branch: UNICEF Kenya"}),
        ("Nobody met Tom Holm, D-Va., as he left.", "D-Va.", {"party and state: (D-Ohio"}),
        ("Members of the Harbour Board met on the river Tamsa.", "Tamsa", {"the river …"}),
        ("It was reported by the daily Morgenpost on Monday.", "Morgenpost", {"the daily …"}),
        ("She sat with her nephew Tolmin in the hall.", "Tolmin", {"relative before"}),
    ],
)
def test_a_clue_is_shown(text: str, name: str, some: set[str]) -> None:
    assert some <= shown(text, name)


def test_a_family_name_stays_its_bearers_where_it_looks_like_a_place() -> None:
    text = "President Tamo Mbota took a bribe.\n\nThe firm had paid 30 million crowns to Mbota.\n\nMbota denied it."
    passages = [Passage(piece) for piece in parse(load(), text, split(text))]
    found, _ = mentions.find(passages)
    assert {m.type for m in found if m.name.endswith("Mbota")} == {EntityType.PERSON}

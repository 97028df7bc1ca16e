"""Which titles sit in a government, and how bodies belong to their country."""

from __future__ import annotations

import pytest

from kg.model import EntityType
from kg.rdf.state import ministerial, tie
from kg.vocabulary import Property


@pytest.mark.parametrize(
    "title",
    ["prime minister", "deputy prime minister", "foreign minister", "minister of ports", "Minister for Health", "premier", "vice-premier", "chancellor"],
)  # fmt: skip
def test_state_ministers_of_all_kinds_sit_in_the_government(title: str) -> None:
    assert ministerial(title)


@pytest.mark.parametrize(
    "title",
    ["president", "ambassador", "adviser to the prime minister", "spokesman for the minister", "administrator", "shadow foreign minister", "ministerial aide"],
)  # fmt: skip
def test_state_others_need_not(title: str) -> None:
    assert not ministerial(title)


def test_state_ties_of_bodies() -> None:
    assert tie(EntityType.GOVERNMENT) is Property.GOVERNMENT_OF
    assert tie(EntityType.MINISTRY) is Property.MINISTRY_OF
    assert tie(EntityType.NEWS_ORGANISATION) is None

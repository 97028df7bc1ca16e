"""Datelines: no part of what is said, and their city a place."""

from __future__ import annotations

import pytest
from said import triples

from kg.annotate import Annotator
from kg.annotate.parse import datelines
from kg.model import Article, EntityType


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KORHOGO, Ivory Coast (AP) — Rain fell.", "KORHOGO, Ivory Coast (AP) — "),
        ("NAIROBI -- Rain fell.", "NAIROBI -- "),
        ("Tarija, 12 June 2018 — Rain fell.", "Tarija, 12 June 2018 — "),
        ("PORT MORESBY, March 3 (Reuters) - Rain fell.", "PORT MORESBY, March 3 (Reuters) - "),
        ("Lima – “Rain fell,” she said.", "Lima – "),
        ("Lima, 3 March 2021. – Rain fell.", "Lima, 3 March 2021. – "),
        ("MARDANA, March 3. /NORDA/. Rain fell.", "MARDANA, March 3. /NORDA/. "),
        ("MARDANA, 3 March /NORDA/. Rain fell.", "MARDANA, 3 March /NORDA/. "),
        ("Accra, 3 March 2024. Rain fell.", "Accra, 3 March 2024. "),
        ("The mill closed on March 3. Rain fell.", ""),
        ("Accra had rain on 3 March. Rain fell.", ""),
        ("Rain — Much of it — fell.", ""),
        ("Ana Ruiz — who flew to Lima — said so.", ""),
        ("BREAKING — Rain fell.", ""),
        ("NATO — The alliance met.", ""),
        ("Lima-based firms met.", ""),
    ],
)
def test_dateline_is_told_from_a_sentence(text: str, expected: str) -> None:
    assert text[: datelines.length(text)] == expected


@pytest.mark.parametrize("city", ["KORHOGO", "Tarija, 12 June 2018", "MBALE, Uganda (AFP)"])
def test_dateline_is_no_part_of_a_content_and_its_city_is_a_place(city: str) -> None:
    text = (
        "Rain Floods Hundreds Of Homes In The South\n\n"
        f"{city} — Many roads are closed, the transport minister, Rosa Lim, said on Tuesday."
    )
    assert triples(text) == [("the transport minister, Rosa Lim", "said", "Many roads are closed")]
    annotation = Annotator().annotate(Article("a", text))
    place = next(m for m in annotation.mentions if m.span.start == text.index(city))
    assert place.type.family is EntityType.PLACE

"""The day of saying: from the speaker's own clause, never from the content, the event or another sentence. Published on 2024-03-05, a Tuesday."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Article

MONDAY, FRIDAY = "2024-03-04", "2024-03-01"

CASES: list[tuple[str, list[str | None]]] = [
    # in the clause of the cue
    ("“We wait,” Mayor Ada Brix said on Monday.", [MONDAY]),
    ("Ada Brix on Friday said that the dam held.", [FRIDAY]),
    ("Ada Brix, at Friday's debate, said that the dam held.", [FRIDAY]),
    ("The government said Friday 19 people were hurt.", [FRIDAY]),
    ("The ministry said last week it had no plan.", ["2024-02-26/2024-03-03"]),
    ("On Monday, the mayor of Trebin said that the dam held.", [MONDAY]),
    ("At a forum with farmers in Trebin on Friday, Ada Brix said that the dam held.", [FRIDAY]),
    ("At a rally Friday in Port Selby, Ada Brix said that the dam held.", [FRIDAY]),
    ("Ada Brix said at a Friday evening rally that the dam held.", [FRIDAY]),
    ("Ada Brix told lenders in an interview with Radio Trebin on Friday that the dam held.", [FRIDAY]),
    ("The government Monday changed its account of last week's crackdown, saying that 100 people were hurt.", [MONDAY]),
    ("In February last year, Ada Brix denied that the dam leaked.", ["2023-02"]),
    ("The dam broke in 1999; the following year, Ada Brix said that it would not be built again.", ["2000"]),
    ("In a speech on Friday, Ada Brix thanked the firemen, and she said that the dam held.", [FRIDAY, FRIDAY]),
    # in what speaks, or where it was said
    ("A March 1 statement from the rights group Zapovednik said that officers had beaten men.", [FRIDAY]),
    ("A letter published on Friday said that the dam leaked.", [FRIDAY]),
    ("In an interview on Friday, Ada Brix said that the dam held. “It will not break,” she said in the interview.", [FRIDAY, FRIDAY]),
    ("In a speech in Trebin in September 2023, Ada Brix was heckled. Brix said that the dam held.", ["2023-09"]),
    # of the event, the content, another sentence
    ("“Only bandits died,” Oral Denbek told reporters, a statement that witnesses of Friday's violence denied.", [None, None]),
    ("Fire chief Dora Lent said that barns burned in February. Mayor Ulf Rand said that the boats sank.", [None, None]),
    ("The storm hit the coast in 2019. Mayor Ada Brix said that the dam held.", [None]),
    ("Otto Kranz was born in 1950. He said the harbour was closed.", [None]),
    ("The vaccine will arrive in May, the minister said.", [None]),
    ("“It shook,” said Ro Fernand on the city's page, referring to the February 27 earthquake.", [None, None]),
    ("Ada Brix, mayor since 2019, said that the dam held.", [None]),
    ("“It shook,” said Ada Brix, who came to Trebin in 2019.", [None]),
    ("After the attack on Friday, Ada Brix said that the dam held.", [None]),
    ("The floods were the worst since 1982. A woman drowned, officials told the agency.", [None]),
    ("Ada Brix denied that the dam broke, a claim made by Ro Fernand in council on Monday.", [None]),
    ("Ada Brix, who arrived late on Saturday, ordered the town to close the dam.", [None]),
    # never after publication
    ("Ada Brix said on March 9 that the dam held.", [None]),
]  # fmt: skip


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.mark.parametrize(("text", "days"), CASES, ids=[text[:50] for text, _ in CASES])
def test_the_day_is_that_of_the_speakers_own_clause(annotator: Annotator, text: str, days: list[str | None]) -> None:
    found = annotator.annotate(Article("a", text, published="2024-03-05")).attributions
    assert [a.said_on for a in found] == days

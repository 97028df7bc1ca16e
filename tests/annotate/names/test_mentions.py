"""Named mentions in sentences about many countries: where they begin and end, and what they name."""

from __future__ import annotations

import pytest

from kg.annotate.names import mentions
from kg.annotate.parse.parsing import load, parse
from kg.annotate.parse.words import Passage
from kg.english.paragraphs.blocks import split
from kg.model import EntityType, Form, Mention


def find(text: str) -> list[Mention]:
    passages = [Passage(piece) for piece in parse(load(), text, split(text))]
    return mentions.find(passages)[0]


def named(text: str) -> set[tuple[str, str]]:
    return {(m.span.of(text), m.type.family.value) for m in find(text) if m.form is Form.NAME}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "President Ana Torres of Chile met Kofi Mensah in Accra on Monday.",
            {("Ana Torres", "person"), ("Chile", "place"), ("Kofi Mensah", "person"), ("Accra", "place")},
            id="titles-stay-out",
        ),
        pytest.param(
            "The palace was built under Edward IV and burnt under Henry I, a historian said.",
            {("Edward IV", "person"), ("Henry I", "person")},
            id="numerals",
        ),
        pytest.param(
            "The museum honours Alfred the Great and Margaret of Austria.",
            {("Alfred the Great", "person"), ("Margaret of Austria", "person")},
            id="bynames",
        ),
        pytest.param(
            "A street in Lima was named after Thomas Wills, Jr. last year.",
            {("Lima", "place"), ("Thomas Wills, Jr.", "person")},
            id="junior",
        ),
        pytest.param(
            "The engine was the work of the Scotsman James Baird.",
            {("James Baird", "person")},
            id="nationality-noun-before-a-person",
        ),
        pytest.param(
            "Nairobi's Sunday Standard asked the mayor. On Sunday Standard Chartered Bank asked him too.",
            {("Nairobi", "place"), ("Sunday Standard", "organisation"), ("Standard Chartered Bank", "organisation")},
            id="weekday-of-a-paper",
        ),
        pytest.param(
            "The panel heard Chairwoman Rep. Ana Ruiz. Conservative Sen. Mary Boyle scolded her.",
            {("Ana Ruiz", "person"), ("Mary Boyle", "person")},
            id="forms-of-address-behind-an-office-or-a-party",
        ),
        pytest.param(
            "The critics met Torres on Monday. Injecting Torres’s debts into the vote is new, they told Torres.",
            {("Torres", "person")},
            id="word-with-the-sentence's-capital-before-a-name",
        ),
        pytest.param(
            "Northern Ireland and Northern Mali have little in common, Mary Boyle said.",
            {("Northern Ireland", "place"), ("Northern Mali", "place"), ("Mary Boyle", "person")},
            id="direction-inside-a-sentence",
        ),
        pytest.param(
            "Northern Mali saw no rain at all in the summer months.",
            {("Mali", "place")},
            id="direction-with-the-sentence's-capital",
        ),
        pytest.param(
            "Officials from the Ministry of Labour and Social Protection met Ann Lee in Riga.",
            {
                ("Ministry of Labour and Social Protection", "organisation"),
                ("Ann Lee", "person"),
                ("Riga", "place"),
            },
            id="and-inside-a-ministry",
        ),
        pytest.param(
            "The Treaty of Verdun and the Cold War were taught in every school of Ghana.",
            {("Ghana", "place")},
            id="agreements-and-wars-are-no-actors",
        ),
        pytest.param(
            "Critics loved the film Marrakesh Nights, directed by Ousmane Traore.",
            {("Ousmane Traore", "person")},
            id="works-are-left-out",
        ),
        pytest.param(
            "The Swedish and Kenyan teams met a group of Danes.",
            set(),
            id="demonyms-are-no-names",
        ),
    ],
)
def test_mentions_named(text: str, expected: set[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_mentions_demonym_leads_to_its_country() -> None:
    text = "Kenyan farmers and two Danes wrote to the Peruvian parliament."
    found = {(m.span.of(text), m.name, m.form) for m in find(text) if m.form is Form.DEMONYM}
    assert {("Kenyan", "Kenya", Form.DEMONYM), ("Danes", "Denmark", Form.DEMONYM)} <= found


def test_mentions_ministry_has_its_country() -> None:
    text = "The Kenyan Interior Ministry denied it. Brazil's Health Ministry did not answer."
    found = {(m.name, m.country) for m in find(text) if m.type is EntityType.MINISTRY}
    assert found == {("Interior Ministry", "Kenya"), ("Health Ministry", "Brazil")}


def test_mentions_family_name_takes_the_full_name_s_type() -> None:
    text = "Lesego Molefe leads the miners of Botswana.\n\nOn Friday Molefe called the strike a success for all."
    assert ("Molefe", "person") in named(text)


def test_mentions_records_hold_names_by_family_and_no_demonyms() -> None:
    text = "The Ghanaian writer Ama Boateng left Ghana. Boateng moved to Canada with the Red Cross."
    passages = [Passage(piece) for piece in parse(load(), text, split(text))]
    records = mentions.to_records(*mentions.find(passages))
    assert [(r["type"], r["kind"], r["name"]) for r in records] == [
        ("person", "person", "Ama Boateng"),
        ("place", "country", "Ghana"),
        ("place", "country", "Canada"),
        ("organisation", "organisation", "Red Cross"),
    ]
    spans = records[0]["mentions"]
    assert isinstance(spans, list)
    assert [text[start:end] for start, end in spans] == ["Ama Boateng", "Boateng"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Textile Union of Peruvian Mine Workers (TUPM) met in Lima.",
            {("Textile Union of Peruvian Mine Workers", "organisation"), ("TUPM", "organisation"), ("Lima", "place")},
        ),
        (
            "The Kilimo Tuber, which describes itself as peaceful, was outlawed years ago in Kenya.",
            {("Kilimo Tuber", "organisation"), ("Kenya", "place")},
        ),
    ],
)
def test_mentions_of_bodies_by_their_members_and_by_which(text: str, expected: set[tuple[str, str]]) -> None:
    assert named(text) == expected


def test_mentions_headline_keeps_the_head_of_a_body_s_name() -> None:
    text = (
        "Kenyan Harbour Service Now Speaks Of More Than 400\n\n"
        "The Harbour Committee said that 400 boats had been lost. The Kenyan Harbour said it was open."
    )
    assert ("Kenyan Harbour Service", "organisation") in named(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The Tehreek-i-Nizam Velmora (TNV) denied any part in the attack.",
            {"Tehreek-i-Nizam Velmora": "organisation"},
        ),
        ("Police held members of Hizb-ut-Tahrir in the city on Monday.", {"Hizb-ut-Tahrir": "movement"}),
        ("Velmora's government said 40 sailors may have drowned in the storm.", {"Velmora": "place"}),
        ("The deputy chairman of Velmora's State Security Board spoke on Tuesday.", {"Velmora": "place"}),
        (
            "The report stands on the Foreign and Commonwealth Office's website.",
            {"Foreign and Commonwealth Office": "ministry"},
        ),
        ("It was felt in cities such as Valparaíso, Viña del Mar and Talca on Monday.", {"Viña del Mar": "place"}),
        ("The islands are located in the Indian ocean and are low.", {"Indian ocean": "region"}),
        ("The air force flies top-of-the-line U.S.-made aircraft in the north.", {"U.S.": "country"}),
        (
            "The Northern Union for Nurses with Families (NUNF) met in Oslo on Monday.",
            {"Northern Union for Nurses with Families": "organisation"},
        ),
    ],
)
def test_mentions_kinds_of_names_that_were_cut_or_mistaken(text: str, expected: dict[str, str]) -> None:
    found = {m.span.of(text): m.type.value for m in find(text)}
    assert expected.items() <= found.items()


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        (
            "The programme includes Walk For Tarno, Run Up the Hill, and Climb Up Kilimanjaro this year.",
            {"Kilimanjaro", "Climb", "Walk"},
        ),
        ("He met the press aboard Air Force One on Monday.", {"Air Force", "Air Force One"}),
        ("Sales of Patriot anti-missile systems to Kuwait were approved.", {"Patriot"}),
        ("They help children in HIV/AIDS stricken countries of the region.", {"HIV/AIDS"}),
        ("Deputy Commissioner (DC) Ada Melnik spoke to the crowd.", {"DC"}),
    ],
)
def test_mentions_campaigns_vehicles_weapons_and_letters_of_offices_are_none(text: str, absent: set[str]) -> None:
    assert not absent & {m.span.of(text) for m in find(text)}

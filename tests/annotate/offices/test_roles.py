"""Offices of persons in sentences of our own about many countries, and bodies that are parts of others."""

from __future__ import annotations

import pytest

from kg.annotate.names import mentions
from kg.annotate.offices import roles
from kg.annotate.parse.parsing import load, parse
from kg.annotate.parse.words import Passage
from kg.english.paragraphs.blocks import split
from kg.model import Relation, RelationKind, Role


def find(text: str) -> tuple[list[Role], list[Relation]]:
    passages = [Passage(piece) for piece in parse(load(), text, split(text))]
    found, aliases = mentions.find(passages)
    offices, parts = roles.find(passages, found)
    return offices, [*aliases, *parts]


def offices(text: str) -> set[tuple[str, str, str | None, str]]:
    return {
        (r.holder.of(text), r.title, r.organisation.of(text) if r.organisation else None, r.tense.value)
        for r in find(text)[0]
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jens Holm, the former deputy chairman of Norway's intelligence service, the Coast Committee (CC), was there.",
            ("Jens Holm", "deputy chairman", "Coast Committee", "former"),
        ),
        (
            "Energy and Mines Minister Jens Holm said that it would run.",
            ("Jens Holm", "energy and mines minister", None, "current"),
        ),
        (
            "Norway's Agriculture, Forestry and Fisheries Minister Jens Holm resigned.",
            ("Jens Holm", "agriculture, forestry and fisheries minister", "Norway", "current"),
        ),
        (
            "The Minister of Energy and Mines, Jens Holm, said so.",
            ("Jens Holm", "minister of energy and mines", None, "current"),
        ),
        ("Power Minister Jens Holm urged calm.", ("Jens Holm", "power minister", None, "current")),
        ("Jens Holm, the BBC's Africa editor, said so.", ("Jens Holm", "editor", "BBC", "current")),
        ("“They knew,” said Jens Holm, an Africa researcher.", ("Jens Holm", "researcher", None, "current")),
        (
            "Human Rights Watch warned of it. Jens Holm, a researcher at the group, said so.",
            ("Jens Holm", "researcher", "Human Rights Watch", "current"),
        ),
        ("The then-minister Olga Petrova signed it in Riga.", ("Olga Petrova", "minister", None, "former")),
        ("Acting Mayor Luis Ortega denied the claim.", ("Luis Ortega", "mayor", None, "acting")),
        ("Ex-president Carlos Mena of Ecuador was there.", ("Carlos Mena", "president", "Ecuador", "former")),
        (
            "Newly appointed Health Minister Kofi Mensah said that he was proud.",
            ("Kofi Mensah", "health minister", None, "current"),
        ),
        ("Outgoing Prime Minister Anna Novak thanked them.", ("Anna Novak", "prime minister", None, "current")),
        ("President-elect Joao Silva arrived in Lisbon.", ("Joao Silva", "president-elect", None, "designate")),
        (
            "Mary Otieno, a spokeswoman for the Kenya Red Cross, said help was near.",
            ("Mary Otieno", "spokeswoman", "Kenya Red Cross", "current"),
        ),
        (
            "The deputy prime minister of Peru, Juan Rojas, said so.",
            ("Juan Rojas", "deputy prime minister", "Peru", "current"),
        ),
        (
            "The Ghanaian foreign minister, Ama Boateng, said on Friday that talks had failed.",
            ("Ama Boateng", "foreign minister", "Ghanaian", "current"),
        ),
        (
            "Harbour Board spokesman Erik Lund said no ship had sunk.",
            ("Erik Lund", "spokesman", "Harbour Board", "current"),
        ),
        (
            "Former U.S. Secretary of State Alice Brown said that it was wrong.",
            ("Alice Brown", "secretary of state", "U.S.", "former"),
        ),
        ("Mayor of Bogota Pedro Gil said so.", ("Pedro Gil", "mayor", "Bogota", "current")),
        ("Harbour Bank CEO Wang Wei said profits fell.", ("Wang Wei", "CEO", "Harbour Bank", "current")),
        (
            "Erik Lund, 45, a former adviser to President Paul Biya, was arrested in Douala.",
            ("Erik Lund", "adviser", None, "former"),
        ),
        ("Maria Sanz, Spain's ambassador to Morocco, left Rabat.", ("Maria Sanz", "ambassador", "Spain", "current")),
        (
            "Tom Reed, the World Bank's chief economist for Africa, said growth would slow.",
            ("Tom Reed", "chief economist", "World Bank", "current"),
        ),
        (
            "Professor Nadia Haddad of the University of Tunis said the vote was fair.",
            ("Nadia Haddad", "professor", "University of Tunis", "current"),
        ),
        (
            "Hugo Lund, chairman and chief executive of Harbour Bank, said profits fell.",
            ("Hugo Lund", "chief executive", "Harbour Bank", "current"),
        ),
        ("Wang Wei, who heads the Harbour Bank, said so.", ("Wang Wei", "head", "Harbour Bank", "current")),
        (
            "Omar Saleh was fired as head of Jordan's Border Guard in May.",
            ("Omar Saleh", "head", "Border Guard", "former"),
        ),
        (
            "Omar Saleh will become chairman of the Harbour Bank next month.",
            ("Omar Saleh", "chairman", "Harbour Bank", "designate"),
        ),
        (
            "Omar Saleh, until last year the head of the Border Guard, spoke.",
            ("Omar Saleh", "head", "Border Guard", "former"),
        ),
        ("Jose Ruiz, 34, a taxi driver in Oaxaca, said so.", ("Jose Ruiz", "taxi driver", "Oaxaca", "current")),
        (
            "Ann Lee, editor-in-chief of the Daily Herald, called it a scandal.",
            ("Ann Lee", "editor-in-chief", "Daily Herald", "current"),
        ),
    ],
)
def test_roles_office(text: str, expected: tuple[str, str, str | None, str]) -> None:
    assert expected in offices(text)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("Lena Berg, who served as finance minister until 2014, said the debt had grown.", None, "2014"),
        ("Tariq Hamid was Iraq's deputy prime minister from 1979 to 2003.", "1979", "2003"),
        ("Lucy Mwangi was appointed director of the Nairobi Museum in March 2012.", "2012-03", None),
        ("Omar Saleh has been chairman of the Harbour Bank since May 4, 2016.", "2016-05-04", None),
        ("Wang Wei, who headed the Harbour Bank between 2001 and 2009, said so.", "2001", "2009"),
        ("Wang Wei, head of the Harbour Bank, said that 2014 was bad.", None, None),
    ],
)
def test_roles_dates_of_an_office(text: str, since: str | None, until: str | None) -> None:
    (role,) = find(text)[0]
    assert (role.since, role.until) == (since, until)
    assert role.tense.value == ("former" if until else "current")


@pytest.mark.parametrize(
    "text",
    [
        "Paul Kato met the head of the Harbour Bank in Kampala.",
        "Analysts and officials in Kampala met Paul Kato.",
        "Paul Kato of the Workers' Party said so.",
    ],
)
def test_roles_none_where_the_text_gives_none(text: str) -> None:
    assert offices(text) == set()


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        (
            "Kofi Mensah, the head of the Interior Ministry's Department for Border Control, said that 12 were held.",
            "Department for Border Control",
            "Interior Ministry",
        ),
        (
            "Rosa Diaz heads the Department for Border Control of the Interior Ministry.",
            "Department for Border Control",
            "Interior Ministry",
        ),
        (
            "Peter Ford, a correspondent for the Harbour Post's Kenyan service, saw it.",
            "Kenyan service",
            "Harbour Post",
        ),
    ],
)
def test_roles_parts_of_bodies(text: str, part: str, whole: str) -> None:
    found = {(r.subject.of(text), r.object.of(text)) for r in find(text)[1] if r.kind is RelationKind.PART_OF}
    assert (part, whole) in found


def test_roles_byline_names_the_author_and_the_editor() -> None:
    text = "The port has closed, officials said.\n\n(Reporting by Ann Lee in Lima; Editing by Omar Diaz)"
    assert {("Ann Lee", "author", None, "current"), ("Omar Diaz", "editor", None, "current")} <= offices(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kenyan Water Cabinet Secretary Joseph Otieno left.",
            ("Joseph Otieno", "water cabinet secretary", "Kenyan", "current"),
        ),
        ("Mining Minister Rosa Lim left.", ("Rosa Lim", "mining minister", None, "current")),
        (
            "The Harbour Board (HB) warned of storms. Its secretary-general, Awa Kone, said that two boats were missing.",
            ("Awa Kone", "secretary-general", "Harbour Board", "current"),
        ),
        (
            'The Weather Agency in Lima warned of storms. "Stay at home," its acting director, Rosa Lim, said.',
            ("Rosa Lim", "director", "Weather Agency", "acting"),
        ),
    ],
)
def test_office_whose_title_or_body_stands_elsewhere(text: str, expected: tuple[str, str, str | None, str]) -> None:
    assert offices(text) == {expected}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DSP (city) Omar Dalvi said the blast targeted a van.", {("Omar Dalvi", "DSP (city)", None, "current")}),
        ("SP Cantt Farid Kamar said police were patrolling.", {("Farid Kamar", "SP Cantt", None, "current")}),
        (
            "Superintendent of Police (Operations) Farid Kamar said two men were held.",
            {("Farid Kamar", "superintendent of police (operations)", None, "current")},
        ),
        ("Deputy Commissioner (DC) Ada Melnik spoke.", {("Ada Melnik", "deputy commissioner", None, "current")}),
        (
            "“It was the troops,” said Ada Melnik, 33, an ethnic Russian trader who resells goods.",
            {("Ada Melnik", "trader", None, "current")},
        ),
    ],
)
def test_roles_ranks_with_their_beat_and_peoples_that_are_no_states(
    text: str, expected: set[tuple[str, str, str | None, str]]
) -> None:
    assert offices(text) == expected

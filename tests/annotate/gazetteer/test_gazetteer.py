"""A user's own list of names: what a file may be, what is said of bad rows, and what is found in sentences of our own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.annotate import Annotator
from kg.annotate.gazetteer import Gazetteer, load
from kg.errors import UsageError
from kg.model import Article, EntityType, Form

HEADER = "name,aliases,type,office,body,from,until,wikidata\n"


def written(tmp_path: Path, text: str | bytes, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def listed(tmp_path: Path, rows: str) -> Gazetteer:
    return load(written(tmp_path, HEADER + rows))


def found(list_of_names: Gazetteer, text: str) -> list[tuple[str, str]]:
    """The words of the text that are a name of the list, and whose."""
    annotation = Annotator(known=list_of_names).annotate(Article("a", text))
    return [(m.span.of(text), list_of_names.entry(m.listed).name) for m in annotation.mentions if m.listed]


# ── files ──


def test_gazetteer_csv_has_its_columns(tmp_path: Path) -> None:
    names = listed(
        tmp_path, "Omar Dalvi,Abu Seif; The Lion | Dalvi Bey,person,spokesman,Fire Control Squad,2019,2022-06,Q42\n"
    )
    entry = names.entry("Q42")
    assert (entry.name, entry.aliases) == ("Omar Dalvi", ("Abu Seif", "The Lion", "Dalvi Bey"))
    assert (entry.type, entry.item, entry.source) == (EntityType.PERSON, "Q42", "people.csv, line 2")
    (office,) = entry.offices
    assert (office.title, office.since, office.until) == ("spokesman", "2019", "2022-06")
    assert office.body is not None
    assert names.entry(office.body).name == "Fire Control Squad"
    assert not names.problems
    assert not names.notes


def test_gazetteer_json_lines_and_csv_say_the_same(tmp_path: Path) -> None:
    row = {"name": "Omar Dalvi", "aliases": ["Abu Seif"], "type": "person", "wikidata": "Q42"}
    lines = load(written(tmp_path, json.dumps(row) + "\n", "people.jsonl"))
    table = listed(tmp_path, "Omar Dalvi,Abu Seif,person,,,,,http://www.wikidata.org/entity/Q42\n")
    assert lines.entry("Q42").aliases == table.entry("Q42").aliases == ("Abu Seif",)


def test_gazetteer_semicolons_and_other_words_for_columns(tmp_path: Path) -> None:
    names = load(written(tmp_path, "Full Name;Kind;Position;QID;Colour\nOmar Dalvi;human;mayor;Q42;red\n"))
    assert names.entry("Q42").offices[0].title == "mayor"
    assert names.notes == (
        "people.csv: These columns are not used: “Colour”; kg knows name, aliases, type, office, body, from, until, wikidata.",
    )


FTM = [
    {"id": "p1", "schema": "Person", "properties": {"name": ["Omar Dalvi"], "alias": ["Abu Seif"], "weakAlias": ["Lion"], "wikidataId": ["Q42"]}},
    {"id": "o1", "schema": "PublicBody", "properties": {"name": ["Velmora Health Ministry"]}},
    {"id": "b1", "schema": "Company", "properties": {"name": ["Acmet"]}},
    {"id": "s1", "schema": "Position", "properties": {"name": ["minister, Velmora Health Ministry"], "organization": ["o1"]}},
    {"id": "c1", "schema": "Occupancy", "properties": {"holder": ["p1"], "post": ["s1"], "startDate": ["2019-01-01"], "endDate": ["2022"]}},
    {"id": "d1", "schema": "Directorship", "properties": {"director": ["p1"], "organization": ["b1"], "role": ["chairman"]}},
    {"id": "a1", "schema": "Address", "properties": {"full": ["Harbour Road 1"]}},
]  # fmt: skip


def test_gazetteer_entities_of_followthemoney(tmp_path: Path) -> None:
    names = load(written(tmp_path, "".join(json.dumps(e) + "\n" for e in reversed(FTM)), "people.ftm.json"))
    entry = names.entry("Q42")
    assert (entry.aliases, entry.weak) == (("Abu Seif",), ("Lion",))
    told = {(o.title, names.entry(o.body or "").name, o.since, o.until) for o in entry.offices}
    assert told == {
        ("minister", "Velmora Health Ministry", "2019-01-01", "2022"), ("chairman", "Acmet", None, None)
    }  # fmt: skip
    assert [names.entry(o.body or "").type for o in entry.offices if o.title == "minister"] == [EntityType.MINISTRY]
    assert names.notes == ("people.ftm.json: Entities that are no people, bodies or offices are not used: 1 Address.",)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "It is empty."),
        (b"\n \n", "It is empty."),
        ("nåme,type\n".encode("utf-16"), "It is not text in UTF-8."),
        (b"id,label\n1,Omar Dalvi\n", "Line 1 names the columns, and “name” is none of them"),
        (b'[{"name": "Omar Dalvi"}]\n', "It is one JSON array; write one JSON object a line"),
        (b"name,type\n,person\n", "holds no name that can be used: line 2: it has no name."),
    ],
)
def test_gazetteer_what_is_no_list_is_one_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(UsageError) as error:
        load(written(tmp_path, content))
    assert reason in str(error.value)
    assert "people.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_gazetteer_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nobody\.csv cannot be used: The file cannot be read"):
        load(tmp_path / "nobody.csv")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (b"Omar Dalvi,,person,mayor,Dolna,2015,2012,", "the office begins on 2015 and ends before that, on 2012."),
        (b"Omar Dalvi,,person,mayor,Dolna,2015-02-30,,", "“2015-02-30” is no date; write 2015-04-21, 2015-04 or 2015."),
        (b"Omar Dalvi,,wizard,,,,,", "the type “wizard” is none that kg knows: person, organisation"),
        (b"Qqq,,,,,,,", "it does not say of which type “Qqq” is"),
        (b"X,,person,,,,,", "“X” is no name that can be looked for: it has one letter."),
        (b"--,,person,,,,,", "it has no letter."),
        (b"Omar Dalvi,,person,,,,,42", "“42” is no item of Wikidata"),
        (b"Omar \xff Dalvi,,person,,,,,", "it is not text in UTF-8."),
        (b"Omar\x1b[31m Dalvi,,person,,,,,", "holds characters that no name has."),
        (b"x" * 300 + b",,person,,,,,", "its name has 300 characters; a name has at most 200."),
        (b"Omar Dalvi,,person,,,,,,,more", "it has 10 cells, and the first line names 8 columns."),
        (b'"' + b"x" * 200_000 + b'",,person,,,,,', "it is no row of CSV: field larger than field limit (131072)."),
    ],
)  # fmt: skip
def test_gazetteer_a_bad_row_is_left_out_with_its_line(tmp_path: Path, row: bytes, reason: str) -> None:
    names = load(written(tmp_path, HEADER.encode() + row + b"\nAda Melnik,,person,,,,,Q7\n"))
    (problem,) = names.problems
    assert problem.where == "people.csv, line 2"
    assert reason in problem.reason
    assert "\n" not in problem.reason
    assert "\x1b" not in problem.reason
    assert names.entry("Q7").name == "Ada Melnik"


def test_gazetteer_a_bad_alias_leaves_its_row(tmp_path: Path) -> None:
    names = listed(tmp_path, "Omar Dalvi,O;Abu Seif,person,,,,,Q42\n")
    assert names.entry("Q42").aliases == ("Abu Seif",)
    assert [p.reason for p in names.problems] == [
        "an alias is not used: “O” is no name that can be looked for: it has one letter."
    ]


def test_gazetteer_of_many_bad_rows_the_number_is_told(tmp_path: Path) -> None:
    names = listed(tmp_path, "X,,person,,,,,\n" * 30 + "Ada Melnik,,person,,,,,\n")
    assert len(names.problems) == 21
    assert names.problems[-1].reason == "10 further rows cannot be used."


def test_gazetteer_lines_of_a_quoted_cell_are_counted(tmp_path: Path) -> None:
    names = listed(tmp_path, '"Omar\nDalvi",,person,,,,,Q42\nX,,person,,,,,\n')
    assert names.entry("Q42").name == "Omar Dalvi"
    assert [p.where for p in names.problems] == ["people.csv, line 4"]


def test_gazetteer_rows_of_one_item_are_one(tmp_path: Path) -> None:
    names = listed(
        tmp_path,
        "Omar Dalvi,,person,mayor,Dolna,2010,2014,Q42\nO. Dalvi,,person,governor,Tarno,2015,,Q42\nDalvi Ltd,,company,,,,,Q42\n",
    )
    assert names.entry("Q42").aliases == ("O. Dalvi",)
    assert [o.title for o in names.entry("Q42").offices] == ["mayor", "governor"]
    assert [(p.where, p.reason) for p in names.problems] == [
        ("people.csv, line 4", "Q42 is of the type organisation here, and of the type person in people.csv, line 2.")
    ]


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "} DROP GRAPH <x> {", "Robert'); DELETE", "a\u202eb c", "=HYPERLINK(1)"]
)
def test_gazetteer_hostile_names_harm_nothing(tmp_path: Path, hostile: str) -> None:
    names = listed(
        tmp_path, f'"{hostile}","{hostile} 2",person,"{hostile}","{hostile}",,,\nAda Melnik,,person,,,,,Q7\n'
    )
    assert found(names, "Ada Melnik left the town on Monday.") == [("Ada Melnik", "Ada Melnik")]


# ── in texts ──


def test_gazetteer_decides_type_and_extent(tmp_path: Path) -> None:
    names = listed(tmp_path, "Rise and Shine Velmora,,movement,,,,,\nPaladin Marsh,,place,,,,,\n")
    text = "On Monday Rise and Shine Velmora met. Paladin Marsh was calm."
    annotation = Annotator(known=names).annotate(Article("a", text))
    told = [(m.span.of(text), m.type) for m in annotation.mentions if m.form is Form.NAME]
    assert told == [("Rise and Shine Velmora", EntityType.MOVEMENT), ("Paladin Marsh", EntityType.PLACE)]


@pytest.mark.parametrize(
    ("alias", "text", "expected"),
    [
        ("IS", "Fighters of IS left. What it is nobody knows.", ["IS"]),
        ("WHO", "Who said so? The WHO did.", ["WHO"]),
        ("Bloom", "Bloom is expected in May. The flowers bloom. In Tarno Bloom met the mayor.", ["Bloom"]),
        ("May", "It was in May that May resigned.", []),
        ("red falcon", "The Red Falcon attacked. A red falcon flew.", ["Red Falcon"]),
        ("Hizb ut-Velmor", "Members of Hizb-ut-Velmor met HIZB UT-VELMOR.", ["Hizb-ut-Velmor", "HIZB UT-VELMOR"]),
        ("Lion of Tarno", "The Lion. Of Tarno nobody spoke; the Lion of Tarno did.", ["Lion of Tarno"]),
        ("Falcon", "The Falcon Insurance Company closed. Police met Falcon’s men.", ["Falcon"]),
        ("Red Falcon", "The Red Falcons played. The Red Falcon-led group left.", ["Red Falcon"]),
    ],
)
def test_gazetteer_case_and_bounds_of_words(tmp_path: Path, alias: str, text: str, expected: list[str]) -> None:
    names = listed(tmp_path, f"Society of Ports,{alias},organisation,,,,,\n")
    assert [words for words, _ in found(names, text)] == expected


def test_gazetteer_the_longest_name_counts(tmp_path: Path) -> None:
    names = listed(tmp_path, "Tarno,,city,,,,,\nTarno Harbour Union,,organisation,,,,,\n")
    assert found(names, "The Tarno Harbour Union met in Tarno.") == [
        ("Tarno Harbour Union", "Tarno Harbour Union"), ("Tarno", "Tarno")
    ]  # fmt: skip


def test_gazetteer_a_longer_name_of_the_text_stays(tmp_path: Path) -> None:
    names = listed(tmp_path, "Ada Melnik,,person,,,,,\n")
    assert found(names, "The Ada Melnik Foundation gave money. Deputy Ada Melnik spoke.") == [("Ada Melnik",) * 2]


def test_gazetteer_shared_names_tie_nothing_and_are_told(tmp_path: Path) -> None:
    names = listed(tmp_path, "Omar Dalvi,Abu Seif,person,,,,,Q1\nIvo Tarn,Abu Seif,person,,,,,Q2\n")
    assert names.notes == (
        "The name “abu seif” is shared by Omar Dalvi (people.csv, line 2) and Ivo Tarn (people.csv, line 3); it ties nothing.",
    )
    assert found(names, "Abu Seif met Ivo Tarn.") == [("Ivo Tarn", "Ivo Tarn")]


def test_gazetteer_weak_aliases_need_a_full_name_beside_them(tmp_path: Path) -> None:
    names = load(written(tmp_path, json.dumps(FTM[0]) + "\n", "people.jsonl"))
    assert found(names, "Police met Lion on Monday.") == []
    assert found(names, "Police met Lion on Monday. Omar Dalvi left.") == [
        ("Lion", "Omar Dalvi"), ("Omar Dalvi", "Omar Dalvi")
    ]  # fmt: skip


def test_gazetteer_headline_words_need_the_text(tmp_path: Path) -> None:
    names = listed(tmp_path, "Shell,,company,,,,,\n")
    headline = "Fishermen Find Old Shell On Beach Near Harbour\n\n"
    assert found(names, headline + "They looked at it on Monday and went home.") == []
    assert len(found(names, headline + "They gave it to Shell on Monday and went home.")) == 2


def test_gazetteer_reads_linearly(tmp_path: Path) -> None:
    """Twenty thousand names cost a text no more than a few."""
    many = "".join(f"Omar Dalvi{n},,person,,,,,\n" for n in range(20_000))
    names = listed(tmp_path, many + "Omar Dalvi,,person,,,,,\n")
    assert found(names, "Omar Dalvi left the town on Monday.") == [("Omar Dalvi", "Omar Dalvi")]
    assert len(names) == 20_001

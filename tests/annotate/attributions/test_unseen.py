"""Kinds of sentence that articles of agencies and papers not seen before showed: who is given what."""

from __future__ import annotations

import pytest

from tests.said import annotate, triples


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Critics accused him of selling out the coast.",
            ("Critics", "accused", "him of selling out the coast"),
            id="accused-somebody-of",
        ),
        pytest.param(
            "Ada Brix dismissed as “an insult” the 8 per cent rise tabled by the Treasury.",
            ("Ada Brix", "dismissed", "as “an insult” the 8 per cent rise tabled by the Treasury"),
            id="judgement-before-its-object",
        ),
        pytest.param(
            "The United Front dismissed the claim as “the desperate act of an outgoing administration”.",
            ("The United Front", "dismissed", "the claim as “the desperate act of an outgoing administration”"),
            id="dismissed-a-claim-as",
        ),
        pytest.param(
            "As the hydrologist Salma Idri has argued in these pages, the lake will lose a fifth of its water.",
            ("the hydrologist Salma Idri", "has argued", "the lake will lose a fifth of its water"),
            id="as-somebody-has-argued",
        ),
        pytest.param(
            "The mayor told supporters gathered in front of the town hall that the result was historic.",
            ("The mayor", "told", "that the result was historic"),
            id="hearers-with-a-verb",
        ),
        pytest.param(
            "Another union leader said a builder like Fintar, a maker of ships, might prove a viable investor.",
            (
                "Another union leader",
                "said",
                "a builder like Fintar, a maker of ships, might prove a viable investor",
            ),
            id="subject-taken-for-an-object",
        ),
        pytest.param(
            "Marvonia has lost 9,400 trees, the ministry informed the parliament on Monday.",
            ("the ministry", "informed", "Marvonia has lost 9,400 trees"),
            id="content-before-a-cue-with-its-hearer",
        ),
        pytest.param(
            "Police have confirmed the first death: a sailor found in a car.",
            ("Police", "have confirmed", "the first death: a sailor found in a car"),
            id="confirmed-a-finding",
        ),
        pytest.param(
            "Trees were felled on 40 slopes, the ministry of water, forests and mines said.",
            ("the ministry of water, forests and mines", "said", "Trees were felled on 40 slopes"),
            id="ministry-of-several-things",
        ),
        pytest.param(
            "The petition went on to say that the court was wrong.",
            ("The petition", "to say", "that the court was wrong"),
            id="went-on-to-say",
        ),
    ],
)
def test_who_is_given_what(text: str, expected: tuple[str, str, str]) -> None:
    found = triples(text)
    assert len(found) == 1
    assert (found[0][0], found[0][2]) == (expected[0], expected[2])
    assert expected[1].split()[-1] in found[0][1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Does he know how many of his voters will be drowned?", id="question"),
        pytest.param("The search ended with 41 people confirmed dead.", id="participle"),
    ],
)
def test_what_nobody_says(text: str) -> None:
    assert triples(text) == []


def test_a_content_does_not_end_with_a_conjunction() -> None:
    text = "Rosa Lim confirmed that six had died but denied that the strike was the cause."
    assert all(not content.endswith("but") for _, _, content in triples(text))


def test_counting_before_an_announcement_tells_nothing() -> None:
    found = triples("The board announced after counting 96 per cent of ballots that the Greens had won.")
    assert [cue for _, cue, _ in found] == ["announced"]


def test_behind_a_semicolon_another_speaks() -> None:
    text = "Its director, Andrés Pozo, warned that drivers would be dismissed; by noon, 37 had received letters, he told Radio Norte."
    contents = [content for _, _, content in triples(text)]
    assert "by noon, 37 had received letters" in contents


def test_a_condition_of_anonymity_is_no_topic() -> None:
    found = triples("A senior diplomat, who spoke on condition of anonymity, said that the talks had nearly collapsed.")
    assert [content for _, _, content in found] == ["that the talks had nearly collapsed"]


def test_a_lone_quotation_with_a_verb_of_telling_inside() -> None:
    text = "Ada Brix said the ministry had found all contacts. “The district has confirmed four cases. We know of no more.”"
    assert any(content.startswith("“The district") and source == "Ada Brix" for source, _, content in triples(text))


def test_what_is_given_out_is_read_once() -> None:
    for text in ("The 33 announced by the minister are wrong.", "A package announced by the ministry will help."):
        found = [a for a in annotate(text) if a.cue_lemma == "announce"]
        assert len(found) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The lobby Tirm has complained that the lira is dear; its chairman, Ege Tan, told a fair that 14 firms had shut.",
            [("The lobby Tirm", "that the lira is dear"), ("its chairman, Ege Tan", "that 14 firms had shut")],
        ),
        (
            "Odd Lien promised to reclaim 1,500 hectares; so far 220 have been cleared, according to the Forest Office.",
            [("Odd Lien", "to reclaim 1,500 hectares"), ("the Forest Office", "so far 220 have been cleared")],
        ),
        (
            "Odd Lien said that the mine would close; he promised that the workers would be paid.",
            [("Odd Lien", "that the mine would close"), ("he", "that the workers would be paid")],
        ),
    ],
)
def test_a_semicolon_ends_what_one_says_where_another_speaks(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(source, content) for source, _, content in triples(text)] == expected

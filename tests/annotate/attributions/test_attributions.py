"""Who said what, form by form. Each case is one linguistic construction, in our own words."""

from __future__ import annotations

import pytest
from said import annotate, triples

from kg.model import Certainty, Kind, Stance


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The harbour master said that the ferry had sunk.",
            ("The harbour master", "said", "that the ferry had sunk"),
            id="that-clause",
        ),
        pytest.param(
            "Maria Silva said the ferry had sunk.",
            ("Maria Silva", "said", "the ferry had sunk"),
            id="zero-complementiser",
        ),
        pytest.param(
            '"The ferry has sunk," Maria Silva said on Monday.',
            ("Maria Silva", "said", '"The ferry has sunk,"'),
            id="quotation-before",
        ),
        pytest.param(
            "“The ferry has sunk,” said Maria Silva, the harbour master.",
            ("Maria Silva, the harbour master", "said", "“The ferry has sunk,”"),
            id="inverted",
        ),
        pytest.param(
            'Maria Silva told reporters in Lisbon: "The ferry has sunk."',
            ("Maria Silva", "told", '"The ferry has sunk."'),
            id="quotation-after-colon",
        ),
        pytest.param(
            'His predecessor, Gil Ochoa, disagreed: "This time there are films."',
            ("His predecessor, Gil Ochoa", "disagreed", '"This time there are films."'),
            id="any-verb-before-a-colon",
        ),
        pytest.param(
            'Her lawyer shrugged: "We will see."',
            ("Her lawyer", "shrugged", '"We will see."'),
            id="a-person-before-a-colon",
        ),
        pytest.param(
            "The blockade cost exporters about $12 million a day, the trade ministry said.",
            ("the trade ministry", "said", "The blockade cost exporters about $12 million a day"),
            id="a-verb-that-looks-like-a-noun",
        ),
        pytest.param(
            '"The ferry," Maria Silva said, "has sunk."',
            ("Maria Silva", "said", '"The ferry," … "has sunk."'),
            id="split-quotation",
        ),
        pytest.param(
            "Ten ferries have been lost since May, the harbour master of Lisbon, Maria Silva, said on Friday.",
            ("the harbour master of Lisbon, Maria Silva", "said", "Ten ferries have been lost since May"),
            id="lost-subject-before-apposition",
        ),
        pytest.param(
            "According to Maria Silva, the harbour master, the ferry had sunk.",
            ("Maria Silva, the harbour master", "According to", "the ferry had sunk"),
            id="according-to-first",
        ),
        pytest.param(
            "The ferry had sunk, according to Maria Silva, the spokeswoman for the port.",
            ("Maria Silva, the spokeswoman for the port", "according to", "The ferry had sunk"),
            id="according-to-last",
        ),
        pytest.param(
            "The bodies of the 14 said to have drowned were found, according to an estimate by the Coast Guard.",
            ("the Coast Guard", "according to an estimate by", None),
            id="estimate-by",
        ),
        pytest.param(
            "The port authority denied that the ferry had sunk.",
            ("The port authority", "denied", "that the ferry had sunk"),
            id="denial",
        ),
        pytest.param(
            "The minister spoke for an hour, blaming the ferry company, a firm that runs ten boats.",
            ("The minister", "blaming", "the ferry company"),
            id="blame-without-the-writers-apposition",
        ),
        pytest.param(
            "The minister drew a grim picture of the ferries, blaming the company.",
            ("The minister", "blaming", "a grim picture of the ferries … the company"),
            id="blame-with-what-it-is-for",
        ),
        pytest.param(
            "The number is up from the 14 said to have drowned, according to an estimate by the Coast Guard.",
            ("the Coast Guard", "according to an estimate by", "the 14 said to have drowned"),
            id="estimate-of-a-phrase",
        ),
        pytest.param(
            "The coast guard has information that the ferry had sunk.",
            ("The coast guard", "has information", "that the ferry had sunk"),
            id="have-information",
        ),
        pytest.param(
            "The port authority has given the figure of 14 drowned sailors.",
            ("The port authority", "has given", "the figure of 14 drowned sailors"),
            id="given-figure",
        ),
        pytest.param(
            "The union is concerned that the ferry is too old.",
            ("The union", "is concerned", "that the ferry is too old"),
            id="adjective",
        ),
        pytest.param(
            '"We do not know the cause," the mayor said, adding that divers would return.',
            ("the mayor", "adding", "that divers would return"),
            id="participle-behind-a-quotation",
        ),
        pytest.param(
            "Selling the ferries “would be a grave mistake for us all,” Maria Silva said.",
            ("Maria Silva", "said", "Selling the ferries “would be a grave mistake for us all,”"),
            id="quotation-in-the-middle-of-a-clause",
        ),
        pytest.param(
            "The mayor said that “nobody will be left behind on the island” during the storm.",
            ("The mayor", "said", "that “nobody will be left behind on the island” during the storm"),
            id="quotation-inside-a-that-clause",
        ),
        pytest.param(
            "The company declined to comment on the sinking.",
            ("The company", "declined", "to comment on the sinking"),
            id="no-comment",
        ),
        pytest.param(
            "The mayor would not say how many sailors were missing.",
            ("The mayor", "would not say", "how many sailors were missing"),
            id="would-not-say",
        ),
        pytest.param(
            "The company did not respond to a request for comment.",
            ("The company", "did not respond", "to a request for comment"),
            id="no-response",
        ),
        pytest.param(
            "The owner could not be reached for comment.",
            ("The owner", "could not be reached", "for comment"),
            id="not-reached",
        ),
        pytest.param(
            "Villagers fear that the dam will burst.",
            ("Villagers", "fear", "that the dam will burst"),
            id="fear",
        ),
        pytest.param(
            "The owners hope that the ferry can be repaired.",
            ("The owners", "hope", "that the ferry can be repaired"),
            id="hope",
        ),
        pytest.param(
            "The mayor plans to close the port.",
            ("The mayor", "plans", "to close the port"),
            id="plan",
        ),
        pytest.param(
            "The mayor believes the crew was asleep.",
            ("The mayor", "believes", "the crew was asleep"),
            id="belief",
        ),
        pytest.param(
            "The captain is believed to have fled the island.",
            ("", "is believed", "The captain … to have fled the island"),
            id="passive-infinitive",
        ),
        pytest.param(
            "It is said that the ferry was full.",
            ("", "is said", "that the ferry was full"),
            id="impersonal-passive",
        ),
        pytest.param(
            "The claim that the ferry was full was made by the coast guard.",
            ("the coast guard", "claim", "that the ferry was full"),
            id="nominal-passive",
        ),
        pytest.param(
            "Rescuers put the number of dead at 45.",
            ("Rescuers", "put", "the number of dead at 45"),
            id="number-put-at",
        ),
        pytest.param(
            "Asked whether she would resign, the mayor said she would not.",
            ("", "Asked", "whether she would resign"),
            id="asked-without-asker",
        ),
        pytest.param(
            "According to the Coast Guard more than 40 sailors were on board.",
            ("the Coast Guard", "According to", "more than 40 sailors were on board"),
            id="according-to-without-comma",
        ),
        pytest.param(
            "The ferry had sunk, according to Maria Silva, who runs the port of Lisbon and two others, and nobody was saved.",
            ("Maria Silva, who runs the port of Lisbon and two others", "according to", "The ferry had sunk"),
            id="according-to-long-apposition",
        ),
        pytest.param(
            "The mayor thanked the crew for their help.",
            ("The mayor", "thanked", "the crew for their help"),
            id="judgment",
        ),
        pytest.param(
            "“She told me, ‘I will not leave the boat,’” Joel Cruz said.",
            ("Joel Cruz", "said", "“She told me, ‘I will not leave the boat,’”"),
            id="nested-marks",
        ),
        pytest.param(
            "The mayor said «we are leaving the island tomorrow».",
            ("The mayor", "said", "«we are leaving the island tomorrow»"),
            id="guillemets",
        ),
        pytest.param(
            "Joel Cruz said: “I have lost my boat and my house.",
            ("Joel Cruz", "said", "“I have lost my boat and my house."),
            id="unclosed",
        ),
        pytest.param(
            "The company refused to name the dead.",
            ("The company", "refused", "to name the dead"),
            id="refusal",
        ),
    ],
)
def test_attributions_form(text: str, expected: tuple[str, str, str | None]) -> None:
    source, cue, content = expected
    found = [t for t in triples(text) if t[1] == cue]
    assert found, triples(text)
    assert found[0][0] == source
    if content is not None:
        assert found[0][2] == content


@pytest.mark.parametrize(
    "text",
    [
        "The harbour was rebuilt after the storm and opened in May.",
        "Passengers who can show that they paid are let through.",
        '"I think we know what it means to wait," nobody wrote below.\n\nThe port is calm.',
        "The mayor's house stands beside the statement of the fallen.",
    ],
)
def test_attributions_nothing_is_said(text: str) -> None:
    assert [t for t in triples(text) if t[1] not in ("wrote",)] == []


def test_a_denial_does_not_deny_the_words_behind_its_colon() -> None:
    text = 'The mayor denied that the bridge was unsafe: "It will stand for a century."'
    stances = {a.content[0].of(text): a.stance for a in annotate(text)}
    assert stances == {"that the bridge was unsafe": Stance.DENIED, '"It will stand for a century."': Stance.SAID}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The governor spoke of 42 dead and the operator of 38.",
            [("The governor", "42 dead"), ("the operator", "38")],
        ),
        ("Police counted 3,000 and organisers 12,000.", [("Police", "3,000"), ("organisers", "12,000")]),
        (
            "The ministry put the toll at 42 and the union at 50.",
            [("The ministry", "the toll at 42"), ("the union", "50")],
        ),
    ],
)
def test_a_second_speaker_whose_verb_is_left_out(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(source, content) for source, _, content in triples(text)] == expected


def test_attributions_relay_is_nested() -> None:
    text = "The mayor noted that the police have information that smugglers use the port."
    outer, inner = annotate(text)
    assert (outer.parent, inner.parent) == (None, 0)
    assert inner.source[0].of(text) == "the police"


def test_attributions_relative_clause_speaks_for_its_noun() -> None:
    text = "The court banned the group, which says it is peaceful."
    assert ("which", "says", "it is peaceful") in triples(text)


def test_attributions_running_quotation_over_paragraphs() -> None:
    text = "“We have waited for a long time,” Maria Silva said. “We are tired.\n\n“Now we want our money.”"
    (only,) = [a for a in annotate(text) if a.kind is Kind.DIRECT]
    assert [s.of(text) for s in only.content] == [
        "“We have waited for a long time,”",
        "“We are tired.",
        "“Now we want our money.”",
    ]


def test_attributions_second_speaker_keeps_the_own_quotation() -> None:
    text = '"The boat is safe and ready," Silva said.\n\n"It is a very old wreck," Costa said.'
    assert [(t[0], t[2]) for t in triples(text)] == [
        ("Silva", '"The boat is safe and ready,"'),
        ("Costa", '"It is a very old wreck,"'),
    ]


def test_attributions_kind_follows_the_quotation_marks() -> None:
    text = "Silva said that the boat was “an old and leaking wreck” of the company."
    assert [a.kind for a in annotate(text)] == [Kind.MIXED]
    distance = 'The mayor said that the "official" number was too low.'
    assert [a.kind for a in annotate(distance)] == [Kind.INDIRECT]


def test_attributions_stance_certainty_and_negation() -> None:
    (warned,) = annotate("The mayor warned that the bridge might collapse.")
    assert (warned.stance, warned.certainty) == (Stance.WARNED, Certainty.HEDGED)
    (silent,) = annotate("The mayor did not say that the bridge is safe.")
    assert silent.negated


def test_attributions_spans_hold_in_messy_text() -> None:
    text = '\u200f🙂 “Ok\u00a0then,” Silva said — “we — go”…\r\n\r\nHE SAID: NO!!! <b>"x"</b>'
    for a in annotate(text):
        for span in (*a.source, *a.cue, *a.content):
            assert span.of(text).strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "“The dam is safe,” its director, Rosa Lim, was quoted as saying by The Lake Herald newspaper.",
            ("its director, Rosa Lim", "was quoted as saying", "“The dam is safe,”"),
            id="quoted-as-saying-by",
        ),
        pytest.param(
            "A study by the port of Dakar, published last year, says about half of the 900 sailors in the town work at night.",
            (
                "A study by the port of Dakar, published last year",
                "says",
                "about half of the 900 sailors in the town work at night",
            ),
            id="count-read-as-object",
        ),
        pytest.param(
            "The mayor promised an inquiry.", ("The mayor", "promised", "an inquiry"), id="promise-with-a-noun"
        ),
    ],
)
def test_what_the_parser_hides(text: str, expected: tuple[str, str, str]) -> None:
    assert triples(text) == [expected]


def test_one_who_asked_not_to_be_named_speaks_once() -> None:
    assert triples("Two sailors who asked not to be named said that the ship was old.") == [
        ("Two sailors who asked not to be named", "said", "that the ship was old")
    ]

"""What cannot speak is no source: things, another's words, "let's", occasions; and where the one who speaks stands."""

from __future__ import annotations

import pytest

from tests.said import triples


def sources(text: str) -> list[tuple[str, str]]:
    return [(source, cue) for source, cue, _ in triples(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "That fear is shared by the fishermen, with Amara Diallo, head of the union of Saint-Louis, telling Norda that "
            "the catch had halved.",
            ("Amara Diallo, head of the union of Saint-Louis", "telling"),
            id="with-a-name-telling",
        ),
        pytest.param(
            "Ana Ruiz said the way in which the gas was stored was “wholly careless,” adding that the firm had been warned.",
            ("Ana Ruiz", "adding"),
            id="adding-behind-a-quotation",
        ),
        pytest.param(
            "Joel Cruz, a guide in Cusco, said, “The king has told us not to leave the valley that feeds us,” referring to an "
            "old tale of the town.",
            ("Joel Cruz, a guide in Cusco", "referring to"),
            id="referring-behind-a-quotation",
        ),
        pytest.param(
            "They are using the fair as a chance to meet buyers and explain how the pump works.",
            ("They", "explain"),
            id="chance-to-explain",
        ),
        pytest.param(
            "“They drove us to the edge of the pit” to save the price of a bus and your bonus, she said.",
            ("she", "said"),
            id="content-behind-the-closing-mark",
        ),
        pytest.param(
            "That is why the gang had planned to “punish” Sithole, the ranger said.",
            ("the ranger", "said"),
            id="object-behind-the-closing-mark",
        ),
        pytest.param(
            "Popular singer and radio host Kemal Aydin noted that Turkey had waited for years.",
            ("Popular singer and radio host Kemal Aydin", "noted"),
            id="two-trades",
        ),
        pytest.param(
            "The port authority and NORDA did not respond to requests for comment.",
            ("The port authority and NORDA", "did not respond"),
            id="two-bodies",
        ),
        pytest.param(
            "These miners, Okello explained in the hearing, were well paid.",
            ("Okello", "explained"),
            id="subject-of-the-content",
        ),
        pytest.param(
            "Many fishermen of the Baltic share these fears, but the Latvian port wants to grow.",
            ("the Latvian port", "wants"),
            id="behind-but",
        ),
        pytest.param(
            "Looking ahead to the future of the navy and the nation, Sithole explained why the base was closed.",
            ("Sithole", "explained"),
            id="opening-phrase",
        ),
        pytest.param(
            "According to economist Tull, that is due to the fact that Uganda, the poorest of the three, has no port.",
            ("economist Tull", "According to"),
            id="clause-behind-according",
        ),
        pytest.param(
            "This would be, according to Rao, different from the terms of other states.",
            ("Rao", "according to"),
            id="predicate-behind-according",
        ),
    ],
)
def test_who_speaks(text: str, expected: tuple[str, str]) -> None:
    assert expected in sources(text)


def test_words_between_a_closing_mark_and_the_comma_are_told() -> None:
    text = "“They drove us to the edge of the pit” to save the price of a bus and your bonus, she said."
    content = "“They drove us to the edge of the pit” to save the price of a bus and your bonus"
    assert triples(text) == [("she", "said", content)]


@pytest.mark.parametrize(
    ("text", "cue"),
    [
        pytest.param("Let's say you win a house in Malmö.", "say", id="lets-say"),
        pytest.param("Let’s focus on understanding how the Danish tax works.", "understanding", id="lets-focus"),
        pytest.param("“Tell that to the nurse who has paid her taxes,” Mr. Rao said.", "Tell", id="imperative"),
        pytest.param("The coming weeks will tell what the plan of Peru is.", "will tell", id="time"),
        pytest.param("The gas crisis has highlighted that Latvia needs a port.", "has highlighted", id="crisis"),
        pytest.param(
            "“What could his motives have been for going there alone?” Called “The Quiet Man,” the film has no answer.",
            "Called",
            id="words-of-another",
        ),
        pytest.param(
            "The report says the courts of Malta have no business deciding what readers may know.",
            "deciding",
            id="no-business",
        ),
        pytest.param("According to her wishes, she was buried in Bergen.", "According to", id="wishes"),
        pytest.param("She keeps saying, “Don't you do it,” until shots are heard.", "are heard", id="until"),
        pytest.param(
            "Payment falls due only if the bird was determined to have been a gull of the north.",
            "was determined",
            id="found-to-have",
        ),
        pytest.param(
            "A lesson from Rosa Lim: “Be the one who asks.”",
            ":",
            id="lesson",
        ),
    ],
)
def test_nobody_says_it(text: str, cue: str) -> None:
    assert cue not in [found for _, found in sources(text)]


def test_whoever_spoke_at_a_conference_announces() -> None:
    text = "“We will build it,” Rosa Lim said at a news conference announcing that the port of Cebu would grow."
    assert ("Rosa Lim", "announcing") in sources(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Kenya “demands that the bridge be closed in May,” Norda said.", "Kenya", id="leads-in"),
        pytest.param("Both sides said they would meet in Oslo.", "Both sides", id="sides"),
        pytest.param(
            "Critics and the opposition said that the law was weak.", "Critics and the opposition", id="bodies"
        ),
        pytest.param("A petition asking that the dam be closed reached Quito.", "A petition", id="paper"),
        pytest.param("The community said it would sue the mine.", "The community", id="community"),
        pytest.param(
            "The deputy head of the port, Rosa Lim, said it was safe.",
            "The deputy head of the port, Rosa Lim",
            id="title",
        ),
    ],
)
def test_bodies_papers_and_people_go_on_speaking(text: str, expected: str) -> None:
    assert expected in [source for source, _ in sources(text)]

"""Whom a speaker's pronoun goes back to: never a group for one person, a thing, words of a quotation, or the other gender."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Article, Kind
from kg.resolve.coreference import resolve


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def speaker(annotator: Annotator, text: str, words: str) -> str | None:
    resolved = resolve(annotator.annotate(Article("a", text, published="2024-03-05")))
    names = {r.key: r.name for r in resolved.references}
    told = [s for s in resolved.statements if s.kind is not Kind.AUTHOR and words in s.content]
    return names.get(told[-1].speaker or "")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            "Some are criticising the plan.\n\nNew harbour director Kwame Asante is hopeful: “A port without queues is near,” he said.",
            "without queues",
            "Kwame Asante",
            id="some",
        ),
        pytest.param(
            "The mayor of Accra, Kwame Asante, met farmers. Many people said the price was too low. “It will rise,” he said.",
            "will rise",
            "Kwame Asante",
            id="many-people",
        ),
        pytest.param(
            "The writer Rosa Lim spoke in Manila. The opposition said the book was bad. “I wrote it alone,” she said.",
            "wrote it alone",
            "Rosa Lim",
            id="opposition",
        ),
        pytest.param(
            "The minister Ana Ruiz spoke in Quito. A survey said 40 percent of voters agree. “It is enough,” she said.",
            "is enough",
            "Ana Ruiz",
            id="survey",
        ),
        pytest.param(
            "Elena Petrova, a nurse from Varna, welcomed the law. Boris Ivanov said it was late. “It helps us all,” she said.",
            "helps us all",
            "Elena Petrova",
            id="she-is-no-boris",
        ),
        pytest.param(
            "Mr. Kovac met the owners of the mill. Mrs. Horvat said it was lost. “I will buy it,” he said.",
            "buy it",
            "Kovac",
            id="he-is-no-mrs",
        ),
        pytest.param(
            "The teacher Rosa Lim moved to Cebu. My father said it was too far. “I like the sea,” she said.",
            "like the sea",
            "Rosa Lim",
            id="she-is-no-father",
        ),
    ],
)
def test_one_person(annotator: Annotator, text: str, words: str, expected: str) -> None:
    assert speaker(annotator, text, words) == expected


def test_the_title_behind_a_comma_is_that_of_whoever_says_it(annotator: Annotator) -> None:
    text = "A ranger saw the men. They had threatened Peter Sithole, the ranger said. “He was afraid,” the ranger said."
    assert speaker(annotator, text, "was afraid") == "the ranger"


def test_no_group_has_said_it(annotator: Annotator) -> None:
    text = "No group has claimed that it set the fire in Tirana. The police said it was arson."
    resolved = resolve(annotator.annotate(Article("a", text)))
    assert [s.cue for s in resolved.statements if s.kind is not Kind.AUTHOR] == ["said"]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        pytest.param(
            'Eva Berg talked of threats, such as the young man at the door who told her, "You will be gone in a week."',
            "You will be gone",
            "the young man at the door",
            id="who-behind-a-place",
        ),
        pytest.param(
            "Eva Berg left. The five men from another Lund club who demanded that the hall be closed did not return.",
            "the hall be closed",
            "The five men from another Lund club",
            id="who-behind-where-they-are-from",
        ),
        pytest.param(
            "Eva Berg opened it. There is interest from people around the world who want to visit the hall.",
            "to visit the hall",
            "people",
            id="people-who",
        ),
        pytest.param(
            "She criticised German government policy and that of the city government in Lund, which wants to close the school.",
            "to close the school",
            "city government",
            id="which-behind-a-body-without-a-name",
        ),
    ],
)
def test_a_relative_pronoun_goes_back_over_a_place(annotator: Annotator, text: str, words: str, expected: str) -> None:
    assert speaker(annotator, text, words) == expected


@pytest.mark.parametrize(
    ("lead", "expected"),
    [
        pytest.param("Binta Zubar, a young woman from Tarn, lives alone.", "Ade Ibram", id="described-as-a-woman"),
        pytest.param("Binta Zubar lost her husband in May.", "Ade Ibram", id="has-a-husband"),
        pytest.param("Binta Zubar, a lawyer of the queen, lives alone.", "Binta Zubar", id="lawyer-of-a-woman"),
    ],
)
def test_he_is_nobody_who_is_told_to_be_a_woman(annotator: Annotator, lead: str, expected: str) -> None:
    text = f"Ade Ibram came to Tarn. {lead} “It is terrible to watch how the town is destroyed,” he said."
    assert speaker(annotator, text, "terrible") == expected


def test_who_says_i_in_an_interview_is_not_the_writer(annotator: Annotator) -> None:
    text = "Tom Lund heads the team.\n\nTom Lund: It is new to science.\n\nWhy there? Well, I think it is a big luck."
    assert speaker(annotator, text, "a big luck") is None

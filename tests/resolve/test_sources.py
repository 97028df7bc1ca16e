"""Who a source phrase is; annotations are built by hand, stories of several countries."""

from __future__ import annotations

import pytest

from kg.model import (
    Annotation,
    Article,
    Attribution,
    EntityType,
    Form,
    Kind,
    Mention,
    Resolved,
    Role,
    Span,
    Stance,
    Tense,
)
from kg.resolve.coreference import resolve


def story(text: str, sources: list[str], mentions: list[Mention] = [], roles: list[Role] = []) -> Resolved:  # noqa: B006
    """The text resolved, with an attribution for each of ``sources`` in order; cue "said", content the word before the stop."""
    found, at = [], 0
    for source in sources:
        start = text.index(source, at)
        cue = text.index("said", start)
        stop = text.index(".", cue)
        found.append(
            Attribution(
                (Span(start, start + len(source)),),
                (Span(cue, cue + 4),),
                (Span(cue + 5, stop),),
                Kind.INDIRECT,
                Stance.SAID,
                "say",
            )
        )
        at = stop
    sentences, start = [], 0
    for part in text.split(". "):
        sentences.append(Span(start, min(len(text), start + len(part) + 1)))
        start += len(part) + 2
    return resolve(
        Annotation(
            Article("a", text),
            sentences=tuple(sentences),
            mentions=tuple(mentions),
            roles=tuple(roles),
            attributions=tuple(found),
        )
    )


def speakers(resolved: Resolved) -> list[tuple[str, str]]:
    names = {r.key: r.name for r in resolved.references}
    return [(names[s.speaker], s.reason) for s in resolved.statements if s.speaker]


def name(text: str, words: str, kind: EntityType = EntityType.PERSON, nth: int = 0) -> Mention:
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Mention(Span(start, start + len(words)), kind, Form.NAME, words)


def office(text: str, holder: str, title: str) -> Role:
    start, end = text.index(title), text.index(holder)
    return Role(
        Span(end, end + len(holder)),
        title,
        Span(start, start + len(title)),
        None,
        Tense.CURRENT,
        Span(start, end + len(holder)),
    )


def test_sources_role_and_pronoun() -> None:
    text = "The mayor of Tema, Akosua Boateng, said it rained. The mayor said it stopped. She said it was over."
    resolved = story(
        text, ["The mayor of Tema, Akosua Boateng", "The mayor", "She"], [name(text, "Akosua Boateng")],
        [office(text, "Akosua Boateng", "mayor")],
    )  # fmt: skip
    assert speakers(resolved) == [
        ("Akosua Boateng", "named"),
        ("Akosua Boateng", "role reference: “The mayor” is Akosua Boateng, mayor"),
        ("Akosua Boateng", "“she” refers to the last person who spoke or was named"),
    ]


def test_sources_pronoun_agrees_with_the_title() -> None:
    text = "The spokesman, Rui Reis, said it rained. The chairwoman, Ana Melo, said it stopped. He said it was over."
    resolved = story(
        text, ["The spokesman, Rui Reis", "The chairwoman, Ana Melo", "He"], [name(text, "Rui Reis"), name(text, "Ana Melo")],
        [office(text, "Rui Reis", "spokesman"), office(text, "Ana Melo", "chairwoman")],
    )  # fmt: skip
    assert [who for who, _ in speakers(resolved)] == ["Rui Reis", "Ana Melo", "Rui Reis"]


@pytest.mark.parametrize(
    ("text", "sources", "names"),
    [
        pytest.param(
            "The court's chairwoman, Mutale Nkandu, said it rained. The court's chairwoman said it stopped.",
            ["The court's chairwoman, Mutale Nkandu", "The court's chairwoman"],
            ["Mutale Nkandu", "Mutale Nkandu"],
            id="description-comes-back",
        ),
        pytest.param(
            "His predecessor, Henrique Vilar, said it rained. Vilar said it stopped.",
            ["His predecessor, Henrique Vilar", "Vilar"],
            ["Henrique Vilar", "Henrique Vilar"],
            id="shorter-name",
        ),
        pytest.param(
            "The owner, Visayan Star Lines, said it rained. The company said it stopped.",
            ["The owner, Visayan Star Lines", "The company"],
            ["Visayan Star Lines", "Visayan Star Lines"],
            id="firm",
        ),
        pytest.param(
            "The Chamber of Commerce said it rained.",
            ["The Chamber of Commerce"],
            ["Chamber of Commerce"],
            id="capitals",
        ),
        pytest.param("Some farmers said it rained.", ["Some farmers"], ["Some farmers"], id="unnamed"),
    ],
)
def test_sources_that_no_mention_names(text: str, sources: list[str], names: list[str]) -> None:
    assert [who for who, _ in speakers(story(text, sources))] == names


def test_sources_unnamed_are_not_joined() -> None:
    text = "An official said it rained. An official said it stopped."
    resolved = story(text, ["An official", "An official"])
    assert len({s.speaker for s in resolved.statements}) == 2


def test_sources_group_speaks_on() -> None:
    text = "Observers from Accra said it rained. They said it stopped."
    resolved = story(text, ["Observers from Accra", "They"])
    assert speakers(resolved)[1] == ("Observers from Accra", "“they” refers to the group that spoke last")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a Costa Rican paper", "Costa Rican paper"),
        ("Kenyan and Danish envoys", "Kenyan and Danish envoys"),
        ("the New York landlord", "the New York landlord"),
        ("the Ruiz campaign", "Ruiz campaign"),
    ],
    ids=["nationality", "two-nationalities", "city", "campaign"],
)
def test_what_only_tells_where_somebody_is_from_is_no_name(source: str, expected: str) -> None:
    text = f"On Friday {source} said that rain falls."
    assert [who for who, _ in speakers(story(text, [source]))] == [expected]


def test_place_that_no_list_knows_is_no_speaker_before_a_noun() -> None:
    text = "On Friday a North Fork judge said that rain falls."
    place = name(text, "North Fork", EntityType.PLACE)
    assert [who for who, _ in speakers(story(text, ["a North Fork judge"], [place]))] == ["a North Fork judge"]

"""Paragraphs and what they are."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.english.paragraphs.blocks import headline, split
from kg.model import BlockKind

PAGE = """Skip to content

Sections

Harbour Strike Enters Its Third Week

Harbour workers in Porto Novo
Harbour workers in Porto Novo

The strike cost 12 million dollars, the port authority said.

"We will not give in," a union leader said.

-- Lena Berg

About The Desk

The desk covers ports and shipping, and it reports on labour.
"""


def kinds(text: str) -> list[tuple[str, str]]:
    return [(b.kind.value, b.span.of(text).split("\n")[0]) for b in split(text)]


def test_blocks_page_furniture_caption_and_blurb_are_not_prose() -> None:
    assert kinds(PAGE) == [
        ("furniture", "Skip to content"),
        ("furniture", "Sections"),
        ("headline", "Harbour Strike Enters Its Third Week"),
        ("caption", "Harbour workers in Porto Novo"),
        ("caption", "Harbour workers in Porto Novo"),
        ("prose", "The strike cost 12 million dollars, the port authority said."),
        ("prose", '"We will not give in," a union leader said.'),
        ("byline", "-- Lena Berg"),
        ("furniture", "About The Desk"),
        ("furniture", "The desk covers ports and shipping, and it reports on labour."),
    ]


def test_blocks_wrapped_lines_are_one_paragraph() -> None:
    text = "The minister said that the harbour would be closed for\nat least two more weeks.\nShe gave no reason."
    assert [b.span.of(text)[:12] for b in split(text)] == ["The minister", "She gave no "]


def test_blocks_colon_before_quotation_stays_prose() -> None:
    text = "The talks have failed.\n\nThe minister put it in one line:\n\n“It is over.”"
    assert {b.kind for b in split(text)} == {BlockKind.PROSE}


@pytest.mark.parametrize("text", ["", "   \n \n", "\u2028"])
def test_blocks_empty_text_has_none(text: str) -> None:
    assert split(text) == ()


@given(st.text(max_size=300))
def test_blocks_are_ordered_and_never_overlap(text: str) -> None:
    blocks = split(text)
    assert all(a.span.end <= b.span.start for a, b in pairwise(blocks))
    assert all(b.span.of(text).strip() for b in blocks)


def kind_of(text: str, start: str) -> str:
    return next(b.kind.value for b in split(text) if b.span.of(text).startswith(start))


@pytest.mark.parametrize(
    "byline",
    [
        "By Ann Lee",
        "BY ANN LEE",
        "By Ann Lee and Kofi Mensah in Accra",
        "By Ann Lee, Harbour News",
        "By Ann Lee | Staff Writer",
        "Story by Ann Lee",
        "Ann Lee, BBC News",
        "By Nguyễn Văn An for Reuters",
    ],
)
def test_blocks_bylines_of_many_styles(byline: str) -> None:
    text = f"Harbour Strike Enters Its Third Week\n\n{byline}\n\nThe strike cost a lot, the port authority said.\n"
    assert kind_of(text, byline) == "byline"


@pytest.mark.parametrize("line", ["By the river", "By Friday the port was empty again", "- lower taxes for all"])
def test_blocks_what_only_looks_like_a_byline(line: str) -> None:
    text = (
        f"Harbour Strike Enters Its Third Week\n\nThe strike cost a lot, the port said.\n\n{line}\n\nIt ended, he said."
    )
    assert kind_of(text, line) != "byline"


def test_blocks_agency_sign_off_is_a_byline() -> None:
    text = "The port has closed, officials said.\n\n(Reporting by Ann Lee in Lima; Editing by Omar Diaz)"
    assert kinds(text)[-1][0] == "byline"


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our newsletter to get the news every morning.",
        "Follow us on Twitter",
        "Read more: Why the port matters",
        "Home > World > Africa > Ghana",
        "Monday, 3 May 2021, 10:40 GMT",
        "<div class='ad'></div>",
        "© 2021 The Harbour News",
        "5 min read",
    ],
)
def test_blocks_page_furniture_wherever_it_stands(line: str) -> None:
    text = (
        f"{line}\n\nHarbour Strike Enters Its Third Week\n\nThe strike cost a lot, the port authority said.\n\n{line}\n"
    )
    assert [kind for kind, _ in kinds(text)] == ["furniture", "headline", "prose", "furniture"]
    assert headline(text) == "Harbour Strike Enters Its Third Week"


@pytest.mark.parametrize(
    "sentence",
    [
        "Loading ships in Durban took days, officials said.",
        "Download speeds fell in Lagos, the regulator said.",
        "Share prices rose in Seoul, brokers said.",
    ],
)
def test_blocks_prose_that_starts_like_furniture(sentence: str) -> None:
    assert kinds(sentence)[0][0] == "prose"


def test_blocks_credits_are_captions() -> None:
    text = "Port Opens Again After Long Strike\n\nA crane in Durban (Photo: Harbour News)\n\nThe port opened, it said."
    assert [kind for kind, _ in kinds(text)] == ["headline", "caption", "prose"]


def test_blocks_caption_printed_twice_with_a_full_stop() -> None:
    text = (
        "The port has opened.\n\nA crane lifts a box in Durban.\nA crane lifts a box in Durban.\n\nIt opened, he said."
    )
    assert [kind for kind, _ in kinds(text)] == ["prose", "caption", "caption", "prose"]


def test_blocks_question_at_the_top_is_the_headline() -> None:
    text = "Will The Harbour Strike End?\n\nThe strike may end this week, the port authority of Dakar said."
    assert headline(text) == "Will The Harbour Strike End?"


def test_blocks_long_lines_are_paragraphs_of_their_own() -> None:
    lead = "The ministry of transport said that the harbour of Mombasa would stay closed until the end of the next week"
    text = f"Harbour of Mombasa will stay closed for at least another week\n{lead}, and longer.\nIt gave no reason."
    assert [kind for kind, _ in kinds(text)] == ["headline", "prose", "prose"]


def test_blocks_related_lists_are_furniture() -> None:
    text = (
        "The port has opened, it said.\n\nRelated Stories\n\nWhy the port of Dakar matters to all of us\n\nIt is big."
    )
    assert kind_of(text, "Why the port") == "furniture"


def test_blocks_text_without_a_headline_has_none() -> None:
    assert headline("The port has opened, officials in Dakar said.") is None


def test_blocks_work_grows_with_length_only() -> None:
    """Ten times the paragraphs give ten times the blocks, each the same as before."""
    page = "The port has opened, it said.\n\nShare this\n\n"
    assert [k for k, _ in kinds(page * 200)] == [k for k, _ in kinds(page * 20)] * 10


@pytest.mark.parametrize("width", [60, 90, 110, 130, 160, 200])
def test_blocks_lines_broken_at_any_width_lose_nothing(width: int) -> None:
    import textwrap

    bodies = (
        "At least 40 people died in the floods that followed a week of rain in the north, said Rosa Quispe, the governor of "
        "Loreto, on Sunday evening after a flight over the valley, while engineers of the army were still at work on a second "
        "bridge that is to bring water, tents and medicine to eleven villages which no lorry has reached since the river rose "
        "over its banks and took with it the road, two schools and most of the harvest of a year that had begun well",
        "Ministers of three neighbouring provinces have promised boats and drinking water for those who wait on the roofs of "
        "their houses, and the mayor of Nauta asked all who own a radio to leave it switched on during the night because the "
        "dam above the town, built forty years ago and repaired twice, will be opened as soon as the engineers give the word.",
    )  # fmt: skip
    text = "\n\n".join(textwrap.fill(body, width) for body in bodies)
    found = [b for b in split(text) if b.kind is BlockKind.PROSE]
    assert [" ".join(b.span.of(text).split()) for b in found] == list(bodies)


def test_blocks_paragraphs_of_one_line_each_stay_apart() -> None:
    lines = ["The governor of Loreto said on Sunday that at least forty people had died in the floods of the last three days.",
             "Boats came late, said the mayor, since the only road to the harbour lies under two metres of brown water,",
             "Schools stay closed until Monday, the ministry of education said in a statement that it sent to all newspapers.",
             "Rain is expected to end before the weekend."]  # fmt: skip
    assert len([b for b in split("\n".join(lines)) if b.kind is BlockKind.PROSE]) >= 3

"""Live pages: each post has its day, which its statements and its dates follow."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.english.paragraphs.blocks import split
from kg.english.paragraphs.posts import posts
from kg.model import Article, Resolved
from kg.resolve.coreference import resolve

NEWEST_FIRST = (
    "Bridge collapse in Selby: live updates\n\n15 May 2022, 06:30\n\nThe toll has risen to 41, the Rescue Service said.\n\n"
    "14 May 2022, 22:10\n\nInterior Minister Tomas Kerr said that 22 people had died. “We will find out why,” he said on Friday.\n\n"
    "14 May 2022, 21:05\n\nPolice said that nine people were hurt on Saturday evening.\n"
)


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def said(annotator: Annotator, text: str, published: str | None = "2022-05-14") -> dict[str, str | None]:
    found: Resolved = resolve(annotator.annotate(Article("a", text, published=published)))
    return {s.content: s.said_on for s in found.statements if s.kind.value != "author"}


def test_the_day_of_saying_is_that_of_the_post(annotator: Annotator) -> None:
    assert said(annotator, NEWEST_FIRST) == {
        "The toll has risen to 41": "2022-05-15",
        "that 22 people had died": "2022-05-14",
        "“We will find out why,”": "2022-05-13",
        "that nine people were hurt on Saturday evening": "2022-05-14",
    }


def test_figures_of_a_later_day_are_of_that_day(annotator: Annotator) -> None:
    figures = annotator.annotate(Article("a", NEWEST_FIRST, published="2022-05-14")).figures
    assert {f.value: f.as_of for f in figures if f.salient} == {41: "2022-05-15", 22: None, 9: None}


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("10.32am: It rained.\n\n11.05am – It stopped.", ["2022-05-14", "2022-05-14"]),
        ("23:50 GMT\n\nIt rained.\n\n00:15 GMT\n\nIt stopped.", ["2022-05-14", "2022-05-15"]),
        (
            "00:15\n\nIt stopped.\n\n23:50\n\nIt rained.\n\n23:10\n\nIt began.",
            ["2022-05-15", "2022-05-14", "2022-05-14"],
        ),
        ("Friday, 13 May 2022\n\n9:15 It began.\n\n9:40 It went on.", ["2022-05-13", "2022-05-13"]),
        ("[14:05] It began.\n\n[14:20] It went on.", ["2022-05-14", "2022-05-14"]),
        ("Posted at 14:05 13 May\n\nIt began.\n\nPosted at 14:20 13 May\n\nIt went on.", ["2022-05-13", "2022-05-13"]),
        ("10:32 It rained, and that was all that happened.", []),  # one time makes no live page
        ("12.50 crowns for bread.\n\n13.20 crowns for milk.", []),
        ("7 people died.\n\n9 people were hurt.", []),
        ("At 10:32 it rained.\n\nAt 11:05 it stopped.", []),
    ],
)
def test_posts_are_known_by_their_times(text: str, days: list[str]) -> None:
    assert [post.day for post in posts(text, split(text), "2022-05-14")] == days


def test_posts_without_a_day_of_publication_have_none() -> None:
    text = "10.32am: It rained.\n\n11.05am: It stopped."
    assert [(post.day, post.minute) for post in posts(text, split(text))] == [(None, 632), (None, 665)]


def test_the_time_is_no_part_of_what_is_said(annotator: Annotator) -> None:
    text = "10.32am: The bridge is closed, police said.\n\n11.05am: It is open again, police said."
    assert said(annotator, text) == {"The bridge is closed": "2022-05-14", "It is open again": "2022-05-14"}


def test_an_article_without_posts_tells_no_day(annotator: Annotator) -> None:
    assert said(annotator, "The bridge is closed, police said.\n\nIt is open, they said.") == {
        "The bridge is closed": None,
        "It is open": None,
    }

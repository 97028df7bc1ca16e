"""Date expressions and their EDTF values, with and without a publication date."""

from __future__ import annotations

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.annotate.dates import resolved
from kg.annotate.parse.parsing import load, parse
from kg.english.calendar import resolve, valid
from kg.english.paragraphs.blocks import split


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def find(nlp: Language, text: str, *, published: str | None = "2019-08-14") -> list[tuple[str, str]]:
    return [(d.span.of(text), d.edtf) for d in resolved.find(parse(nlp, text, split(text)), published=published)]


# 14 August 2019 was a Wednesday.
@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("2019-03-02", "2019-03-02"),
        ("2 March 2018", "2018-03-02"),
        ("March 2nd, 2018", "2018-03-02"),
        ("the 2nd of March", "2019-03-02"),
        ("March 2", "2019-03-02"),
        ("Sept. 3", "2019-09-03"),  # within two months ahead
        ("December 3", "2018-12-03"),
        ("February", "2019-02"),
        ("last February", "2019-02"),
        ("last August", "2018-08"),
        ("next August", "2020-08"),
        ("earlier this month", "2019-08"),
        ("this month", "2019-08"),
        ("last month", "2019-07"),
        ("next month", "2019-09"),
        ("this year", "2019"),
        ("last year", "2018"),
        ("earlier this year", "2019"),
        ("two years ago", "2017"),
        ("three months ago", "2019-05"),
        ("two weeks ago", "2019-07-29/2019-08-04"),
        ("last week", "2019-08-05/2019-08-11"),
        ("last weekend", "2019-08-10/2019-08-11"),
        ("10 days ago", "2019-08-04"),
        ("yesterday", "2019-08-13"),
        ("today", "2019-08-14"),
        ("tomorrow", "2019-08-15"),
        ("Monday", "2019-08-12"),
        ("Wednesday", "2019-08-14"),
        ("Thursday", "2019-08-08"),
        ("next Thursday", "2019-08-15"),
        ("early 2017", "2017"),
        ("the 1990s", "199X"),
        ("2011-2014", "2011/2014"),
        ("2014-15", "2014/2015"),
        ("April 3-5", "2019-04-03/2019-04-05"),
        ("3–5 April 2018", "2018-04-03/2018-04-05"),
        ("January to March 2018", "2018-01/2018-03"),
        ("the summer of 2017", "2017-22"),
        ("last winter", "2019-24"),
        ("last autumn", "2018-23"),
        ("the first quarter of 2018", "2018-01/2018-03"),
        ("the second half of last year", "2018-07/2018-12"),
        ("21/04/2015", "2015-04-21"),
    ],
)
def test_dates_resolve_against_publication(words: str, edtf: str) -> None:
    assert resolve(words, published="2019-08-14") == edtf
    assert parse_edtf(edtf) is not None


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("April 21", "XXXX-04-21"),
        ("February", "XXXX-02"),
        ("last February", "XXXX-02"),
        ("2 March 2018", "2018-03-02"),
        ("2014", "2014"),
        ("this month", None),
        ("last year", None),
        ("Monday", None),
        ("two weeks ago", None),
        ("last summer", None),
    ],
)
def test_dates_without_publication_stay_partial(words: str, edtf: str | None) -> None:
    assert resolve(words, published=None) == edtf
    assert edtf is None or parse_edtf(edtf) is not None


def test_dates_are_no_finer_than_the_publication_date() -> None:
    assert resolve("Monday", published="2019-08") is None
    assert resolve("yesterday", published="2019") is None
    assert resolve("last month", published="2019") is None
    assert resolve("last month", published="2019-01") == "2018-12"
    assert resolve("last year", published="2019") == "2018"
    assert resolve("March", published="2019") == "2019-03"


@pytest.mark.parametrize("words", ["February 30", "April 31", "31 June 2018", "7/8/2021", "nonsense", ""])
def test_dates_that_are_none_or_open_to_doubt(words: str) -> None:
    assert resolve(words, published="2019-08-14") is None


def test_dates_of_a_leap_day() -> None:
    assert resolve("February 29", published=None) == "XXXX-02-29"
    assert resolve("29 February 2019", published=None) is None


def test_dates_to_come_are_the_next_ones(nlp: Language) -> None:
    assert find(nlp, "Ghana will vote in December.") == [("December", "2019-12")]
    assert find(nlp, "Ghana voted in December.") == [("December", "2018-12")]
    assert find(nlp, "Ghana will vote in March.") == [("March", "2020-03")]
    assert find(nlp, "Ghana will vote, the court said on April 2.") == [("April 2", "2019-04-02")]
    assert find(nlp, "The court said on April 2 that Ghana will vote.") == [("April 2", "2019-04-02")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The mayor of Quito said on April 2 that rents fell.", [("April 2", "2019-04-02")]),
        ("The ferry sank in March and again last week.", [("March", "2019-03"), ("last week", "2019-08-05/2019-08-11")]),
        ("Between 2011 and 2014 the lake shrank.", [("2011 and 2014", "2011/2014")]),
        ("Peru's output has doubled since early 2016.", [("2016", "2016/2019-08-14")]),
        ("The drought of the late 1980s ended.", [("1980s", "198X")]),
        ("On Monday, MONDAY it was.", [("Monday", "2019-08-12"), ("MONDAY", "2019-08-12")]),
        ("She arrived a week ago from Oslo.", [("a week ago", "2019-08-05/2019-08-11")]),
        ("It began in 1994 and ended in December of that year.", [("1994", "1994"), ("December of that year", "1994-12")]),
        ("Nobody knew it that year.", []),
        ("The union hopes to close the talks in December.", [("December", "2019-12")]),
    ],
)  # fmt: skip
def test_dates_are_found_with_exact_spans(nlp: Language, text: str, found: list[tuple[str, str]]) -> None:
    assert find(nlp, text) == found


@pytest.mark.parametrize(
    "text",
    [
        "They may march to the palace.",
        "May they rest in peace.",
        "The strike lasted three weeks and two days.",
        "More than 2000 people marched in Quito.",
        "The boy is 12 years old.",
        "The sun set over the mar and the dec.",
        "She paid 2,015 euros for 1980 bricks.",
        "The second half of the match was dull.",
    ],
)
def test_dates_are_not_seen_in_other_words(nlp: Language, text: str) -> None:
    assert find(nlp, text) == []


_WORDS = st.sampled_from(
    "April 21 21st of 2015 in on last this next Monday month year week ago two 30 31 February - – / to early mid late 1990s Q3 summer "
    "quarter first half , . may March yesterday 2014-15 2015-13-45 99/99/2015".split(" ")
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(_WORDS | st.text(max_size=4), max_size=16),
    st.sampled_from([None, "2015", "2015-04", "2015-04-21", "2016-02-29", "XXXX-04", "nonsense"]),
)
def test_dates_of_any_text_are_edtf_with_exact_spans(nlp: Language, words: list[str], published: str | None) -> None:
    text = " ".join(words)
    for piece in [parse(nlp, text, split(text))]:
        for d in resolved.find(piece, published=published):
            assert 0 <= d.span.start < d.span.end <= len(text)
            assert valid(d.edtf) == d.edtf
            assert parse_edtf(d.edtf) is not None

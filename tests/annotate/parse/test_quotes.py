"""Quotation marks of all kinds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.annotate.parse.quotes import find
from kg.english.paragraphs.blocks import split


def quoted(text: str) -> list[str]:
    return [q.inner.of(text) for q in find(text, split(text))]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ('The mayor said "we are closed" on Monday.', ["we are closed"]),
        ("The mayor said “we are ‘closed’ for now” on Monday.", ["we are ‘closed’ for now"]),
        ("Le maire a dit «nous fermons le port» hier soir.", ["nous fermons le port"]),
        ("The mayor said ''we are closed'' on Monday.", ["we are closed"]),
        ("The mayors' union isn't closed, it's open all week.", []),
        ("She called it 'a bad day for us' and left the room.", ["a bad day for us"]),
    ],
)
def test_quotes_marks(text: str, inner: list[str]) -> None:
    assert quoted(text) == inner


def test_quotes_unclosed_paragraph_runs_to_its_end() -> None:
    text = "“We have waited long enough, he said.\n\n“Now we go home.”"
    first, second = find(text, split(text))
    assert (first.closed, second.closed) == (False, True)
    assert first.inner.of(text).endswith("he said.")


def test_quotes_go_on_without_a_new_opening_mark() -> None:
    text = '"We have waited long enough.\n\nNow we go home," he said.'
    assert quoted(text) == ["We have waited long enough.", "Now we go home,"]


def test_quotes_short_quote_is_no_speech() -> None:
    text = 'The "official" number is lower than the one that the union gave.'
    assert [q.speech for q in find(text, split(text))] == [False]


@given(st.text(alphabet="ab \n.,\"'“”‘’«»", max_size=120))
def test_quotes_offsets_always_lie_in_the_text(text: str) -> None:
    for quote in find(text, split(text)):
        assert quote.span.contains(quote.inner)
        assert quote.span.end <= len(text)

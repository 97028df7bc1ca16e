"""No regular expression of kg grows faster than the text: none exponentially, none with the square."""

from __future__ import annotations

import re

import pytest

from tests import growth

SHORT, RANKED, LONG = 40, 800, 4_000  # characters
STOP = 0.25  # seconds of processor time; the slowest pattern takes a thousandth of it for a short text
FLOOR = 0.04  # seconds for a long text, below which nothing is told from noise
FACTOR = 8.5  # at four times the length: 4 is linear, 16 the square, and a busy machine blurs each

# Never given a text of strangers that is longer than a line of a message: why.
EXEMPT = {
    "kg.store": "the message of the parser, which names a line and a column",
    "kg.view.modules": "the page's own scripts, line by line",
    "kg.reason.hermit": "what HermiT prints of valid IRIs",
}


def _ids(one: growth.Used) -> str:
    return f"{one.where} {one.method}"


ALL = [one for one in growth.used() if one.where.split(":")[0].rsplit("._", 1)[0] not in EXEMPT]


def test_patterns_are_found() -> None:
    """In tables, in functions that keep what they make, and written where they are used."""
    places = {one.where for one in growth.used()}
    assert len(growth.used()) > 200
    assert "kg.english.paragraphs.blocks._CREDIT" in places
    assert "kg.query.ask.names._DATES" in places
    assert "kg.annotate.figures.bounds._before" in places
    assert any(place.startswith("kg.annotate.figures.totals:") for place in places)


@pytest.mark.parametrize(
    ("pattern", "method"),
    [(r"(?:a|b|\d{1,4}|[\s,])+", "fullmatch"), (r"(?:\s*<[^<>]{1,300}>\s*)+", "fullmatch"), (r"(a*)*b", "search")],
)
def test_growth_that_is_exponential_is_seen(pattern: str, method: str) -> None:
    one = growth.Used("here", re.compile(pattern), method)
    assert growth.worst(one, SHORT, most=STOP, count=1)[0][0] == float("inf")


@pytest.mark.parametrize(("pattern", "method"), [(r"\s+x", "search"), (r"\s*,?\s+of", "match"), (r".*a.*b", "match")])
def test_growth_with_the_square_is_seen(pattern: str, method: str) -> None:
    one = growth.Used("here", re.compile(pattern), method)
    assert any(_grows(one) is not None for _ in range(5)), "a busy machine may hide it once, not five times"


@pytest.mark.parametrize("one", ALL, ids=_ids)
def test_patterns_grow_no_faster_than_the_text(one: growth.Used) -> None:
    time, recipe = growth.worst(one, SHORT, most=STOP, count=1)[0]
    assert time < STOP, f"{one.pattern.pattern!r} takes for ever on {recipe}"
    # A busy machine may show it once and again where there is none; what is there shows each time.
    found = [_grows(one)]
    while found[-1] is not None and len(found) < 5:
        found.append(_grows(one))
    assert found[-1] is None, found[-1]


def _grows(one: growth.Used) -> str | None:
    """What is wrong with a pattern, by the texts that took it longest when they were short."""
    for _, recipe in growth.worst(one, RANKED, most=STOP, count=5):
        if growth.took(one, recipe, 4 * LONG, most=20 * STOP) < FLOOR:
            continue
        # The best of some tries: a busy machine makes things slower, never faster.
        once = min(growth.took(one, recipe, LONG, most=20 * STOP) for _ in range(5))
        longer = min(growth.took(one, recipe, 4 * LONG, most=20 * STOP) for _ in range(3))
        if longer > FLOOR and longer > FACTOR * once:
            return f"{one.pattern.pattern!r} takes {longer / max(once, 1e-9):.1f} times as long on four times {recipe}"
    return None

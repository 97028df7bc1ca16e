"""Looking things up by place."""

from hypothesis import given
from hypothesis import strategies as st

from kg.model import Span
from kg.nearby import Nearby

spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 9_000), st.integers(1, 3_000))


@given(st.lists(spans, max_size=20), spans)
def test_nearby_finds_all_that_touch_in_order(held: list[Span], place: Span) -> None:
    found = Nearby(((span,), i) for i, span in enumerate(held)).at(place)
    assert found == sorted(set(found))
    assert {i for i, span in enumerate(held) if span.overlaps(place)} <= set(found)


def test_nearby_item_with_two_places_comes_once() -> None:
    both = Nearby([((Span(0, 10), Span(2_500, 2_600)), "a"), ((Span(5, 6),), "b")])
    assert both.at(Span(0, 5_000)) == ["a", "b"]

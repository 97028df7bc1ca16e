"""Figures that come, go and change one article at a time give the comparisons of all of them at once."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import replace
from unittest.mock import patch

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import compare
from kg.model import Claim, Comparison
from kg.store.upkeep.index import Index
from kg.store.upkeep.series import Lines
from tests.compare.conftest import claim

figures = st.builds(
    lambda value, speaker, day, places, author, article: claim(
        value, speaker_name=speaker, said_on=day, places=places, author=author, article=f"a{article}"
    ),
    st.sampled_from([3, 4, 9]),
    st.sampled_from(["Ana Tormes", "Rui Vale", "Ore Dahl", "an unnamed source"]),
    st.sampled_from([None, "2020", "2020-04", "2020-04-16", "2020-04-17", "2020-05-30", "2020-09"]),
    st.sampled_from([(), ("Peru",), ("Peru",), ("Chile", "Peru")]),
    st.sampled_from([False, False, True]),
    st.integers(0, 5),
)


class Held:
    """An index of figures with the comparisons that were told of each, as the pipeline keeps them."""

    def __init__(self) -> None:
        self.index = Index(sqlite3.connect(":memory:"))
        self.told: dict[str, list[Comparison]] = {}
        self.compared = 0

    def put(self, articles: dict[str, list[Claim]]) -> None:
        lines = Lines(self.index)
        for article, found in articles.items():
            lines.replace(article, found)
        touched = lines.finish()
        self.compared = len(touched)
        for figure in touched:
            self.told[figure] = lines.compare(figure)[0]

    def all(self) -> list[Comparison]:
        return sorted((c for found in self.told.values() for c in found), key=lambda c: (c.left, c.right))


def at_once(held: list[Claim]) -> list[Comparison]:
    groups = defaultdict(list)
    for one in held:
        groups[compare.block(one)].append(one)
    return sorted((c for members in groups.values() for c in compare.among(members)), key=lambda c: (c.left, c.right))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(figures, min_size=4, max_size=24), st.integers(1, 4), st.data())
def test_lines_in_any_pieces_are_the_group_as_a_whole(made: list[Claim], nearest: int, data: st.DataObject) -> None:
    with patch.object(compare, "NEAREST", nearest):
        articles: dict[str, list[Claim]] = defaultdict(list)
        for one in made:
            articles[one.article].append(one)
        held, now = Held(), dict[str, list[Claim]]()
        for _ in range(data.draw(st.integers(1, 5))):
            change: dict[str, list[Claim]] = {}
            for article in data.draw(st.lists(st.sampled_from(sorted(articles)), min_size=1, max_size=3, unique=True)):
                some = data.draw(st.lists(st.sampled_from(articles[article]), unique_by=lambda c: c.figure))
                moved = data.draw(st.sampled_from([None, "2020-04-18", "2021"]))
                change[article] = [replace(c, said_on=moved) for c in some] if moved else some
            held.put(change)
            now |= change
            assert held.all() == at_once([c for found in now.values() for c in found])


def test_lines_one_more_figure_touches_its_neighbours_only() -> None:
    touched = []
    for size in (100, 600):
        held = Held()
        days = [f"{2000 + i // 336}-{i // 28 % 12 + 1:02}-{i % 28 + 1:02}" for i in range(size)]
        held.put({f"a{i}": [claim(i + 1, said_on=d, article=f"a{i}")] for i, d in enumerate(days)})
        held.put({"new": [claim(5000, said_on=days[50], article="new")]})
        touched.append(held.compared)
        held.put({"new": []})
        touched.append(held.compared)
    assert touched == [compare.NEAREST + 1] * 4


def test_lines_places_have_neighbours_of_their_own() -> None:
    """Figures of another place, however many, do not stand between two of one place."""
    left, right = (claim(n, said_on=f"2020-04-{n:02}", speaker_name=f"s{n}", places=("Chile",)) for n in (3, 9))
    between = [claim(30 + i, said_on="2020-04-05", speaker_name=f"p{i}") for i in range(3 * compare.NEAREST)]
    found = [c for c in compare.among([left, *between, right]) if {c.left, c.right} == {left.figure, right.figure}]
    assert len(found) == 1

from __future__ import annotations

from kg.view import select
from kg.view.data import ViewData


def test_select_confident_leaves_the_surer_statements_and_what_they_tell_of(flood: ViewData) -> None:
    sure = select.confident(flood, 0.85)
    assert {one.id for one in sure.statements} == {"s1", "s3", "s4", "s5", "s6", "s7", "s8"}
    assert "e/red-cross" not in {node.id for node in sure.nodes}
    assert "e/report" not in {node.id for node in sure.nodes}
    assert [pair.id for pair in sure.comparisons] == ["c2"]
    assert all(
        link.statements or link.comparisons or link.kind in ("part_of", "holds_office_in") for link in sure.links
    )


def test_select_confident_of_nothing_below_is_the_same_data(flood: ViewData) -> None:
    assert select.confident(flood, 0.1) is flood


def test_select_top_keeps_the_best_tied_actors_and_what_is_between_them(flood: ViewData) -> None:
    part = select.top(flood, 4)
    ids = {node.id for node in part.nodes}
    assert ids == {"e/ministry", "e/manabi", "e/chone", "e/paredes"}
    assert all({link.source, link.target} <= ids for link in part.links)
    assert {one.speaker for one in part.statements} <= ids
    assert select.top(flood, 100) == select.top(flood, len(flood.nodes))

from __future__ import annotations

from dataclasses import replace

from kg.model import Verdict
from kg.view.data import Affair, Figure, Statement, TimeLine, ViewData
from kg.view.drawing.lanes import MOST_OF_ONE, lanes


def _said(key: str, *figures: Figure) -> Statement:
    return Statement(key, None, "", "x", "a", figures=figures)


def test_lanes_gather_figures_of_one_population_whatever_the_case() -> None:
    homes = Figure("120 homes", value=120, low=120, high=120, population="homes", event="destroy")
    more = replace(homes, text="130 homes", value=130, low=130, high=130, population="Homes ")
    cattle = replace(homes, population="cattle")
    (lane,) = lanes(ViewData(statements=(_said("s1", homes), _said("s2", cattle, more))))
    assert lane.label == "Homes destroyed"
    assert lane.points == (("s1", 0), ("s2", 1))
    assert lane.pairs == ()


def test_lanes_of_different_words_join_where_a_comparison_ties_them(flood: ViewData) -> None:
    (lane,) = lanes(flood)
    assert lane.label == "Homes lost in Manabí"
    assert set(lane.points) == {("s1", 0), ("s2", 0), ("s7", 0)}
    assert lane.pairs == ("c1", "c2")
    other = tuple(
        replace(
            statement,
            figures=tuple(
                replace(figure, population="houses") if statement.id == "s7" else figure for figure in statement.figures
            ),
        )
        for statement in flood.statements
    )
    pairs = tuple(
        replace(pair, right_figure=replace(pair.right_figure, population="houses")) for pair in flood.comparisons
    )
    (joined,) = lanes(replace(flood, statements=other, comparisons=pairs))
    assert set(joined.points) == set(lane.points)
    apart = tuple(replace(pair, verdict=Verdict.NOT_COMPARABLE) for pair in pairs)
    (left,) = lanes(replace(flood, statements=other, comparisons=apart))
    assert set(left.points) == {("s1", 0), ("s2", 0)}


def test_lanes_leave_out_what_stands_alone_and_what_has_no_number() -> None:
    vague = Figure("dozens", population="homes")
    one = Figure("3 boats", value=3, low=3, high=3, population="boats")
    assert lanes(ViewData(statements=(_said("s1", vague, one), _said("s2", vague)))) == ()


def test_lanes_put_the_most_disputed_first(flood: ViewData) -> None:
    boats = Figure("3 boats", value=3, low=3, high=3, population="boats")
    many = tuple(_said(f"b{at}", boats) for at in range(9))
    found = lanes(replace(flood, statements=(*many, *flood.statements)))
    assert [lane.label for lane in found] == ["Homes lost in Manabí", "Boats"]


def test_lanes_are_those_of_the_comparison_where_it_brings_them(flood: ViewData) -> None:
    statements = tuple(
        replace(one, figures=tuple(replace(figure, id=f"f-{one.id}") for figure in one.figures))
        for one in flood.statements
    )
    pairs = tuple(
        replace(pair, left_figure=replace(pair.left_figure, id=f"f-{pair.left}"), right_figure=replace(pair.right_figure, id=f"f-{pair.right}"))
        for pair in flood.comparisons
    )  # fmt: skip
    line = TimeLine(
        "homes lost in Manabí", (("s1", "f-s1"), ("s7", "f-s7"), ("s9", "f-s9")), "More than 120, then 180."
    )
    (lane,) = lanes(replace(flood, statements=statements, comparisons=pairs, timelines=(line,)))
    assert (lane.label, lane.story) == ("homes lost in Manabí", "More than 120, then 180.")
    assert lane.points == (("s1", 0), ("s7", 0)), "a figure that the page does not know is left out"
    assert lane.pairs == ("c2",)


def test_lanes_of_affairs_come_first_and_stand_once(flood: ViewData) -> None:
    homes = TimeLine("Homes destroyed", (("s1", ""), ("s2", ""), ("s7", "")), "Lost: more than 120, then 180.")
    missing = TimeLine("Missing", (("s4", ""),))
    nothing = TimeLine("Nothing", (("unknown", ""),))
    affair = Affair("affair", "Flood", "flood", ("a1",), (missing, nothing, homes))
    found = lanes(replace(flood, affairs=(affair,), timelines=(replace(homes, title="again"),)))
    assert [(lane.label, lane.affair, len(lane.points)) for lane in found] == [
        ("Homes destroyed", "affair", 3),
        ("Missing", "affair", 1),
    ]
    assert found[0].pairs == ("c1", "c2")
    many = replace(affair, lines=tuple(replace(homes, title=f"{at}") for at in range(99)))
    assert len(lanes(replace(flood, affairs=(many,)))) == MOST_OF_ONE

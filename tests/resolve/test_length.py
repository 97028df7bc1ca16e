"""The work of resolving an article grows with its length and no faster; counted in steps of the interpreter, not in time."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from kg.annotate import Annotator
from kg.model import Annotation, Article, EntityType, Form, Mention, Span
from kg.resolve.chains import build
from kg.resolve.coreference import resolve
from kg.resolve.mention_order import FARTHEST, Trail

_BENCH = Path(__file__).parents[1] / "bench" / "length.py"


def _maker() -> Any:
    spec = importlib.util.spec_from_file_location("length", _BENCH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def steps(work: Callable[[], object], rooms: tuple[str, ...] = ("kg.resolve", "kg.nearby")) -> int:
    """How many steps the interpreter does in ``rooms``."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if event == "call" and not frame.f_globals.get("__name__", "").startswith(rooms):
            return None
        frame.f_trace_opcodes = True
        count += event == "opcode"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def test_resolving_twice_the_text_takes_twice_the_steps() -> None:
    make, annotator = _maker().article, Annotator()
    short, long = (annotator.annotate(make(characters)) for characters in (12_000, 24_000))

    def work(annotation: Annotation) -> int:
        return steps(lambda: resolve(annotation))

    growth = work(long) / work(short)
    assert 1.5 < growth < 2.6, f"{growth:.2f} times the steps for 2 times the text"


def test_trail_looks_back_no_further_than_its_bound() -> None:
    town = Mention(Span(0, 2), EntityType.PLACE, Form.NAME, "Ys")
    text = "Ys " * (FARTHEST + 50)
    make = _maker().article(100)
    annotation = Annotation(
        article=type(make)(id="a", text=text),
        mentions=tuple(Mention(Span(3 * i, 3 * i + 2), town.type, town.form, town.name) for i in range(FARTHEST + 50)),
    )
    trail = Trail(build(annotation))
    seen = list(trail.back(EntityType.PLACE, len(text)))
    assert len(seen) == FARTHEST
    assert seen[0][0] == Span(len(text) - 3, len(text) - 1)
    assert list(trail.back(EntityType.PERSON, len(text))) == []


@pytest.mark.parametrize(("offset", "since", "expected"), [(8, -1, [6, 3, 0]), (7, -1, [3, 0]), (8, 2, [6, 3])])
def test_trail_gives_the_mentions_between_two_places_the_last_first(
    offset: int, since: int, expected: list[int]
) -> None:
    annotation = Annotation(
        article=_maker().article(100),
        mentions=tuple(Mention(Span(i, i + 2), EntityType.PLACE, Form.NAME, "Ys") for i in (0, 3, 6)),
    )
    trail = Trail(build(annotation))
    assert [span.start for span, _, _ in trail.back(EntityType.PLACE, offset, since=since)] == expected


@pytest.mark.parametrize(("unit", "most"), [(":", 3_000), (": ", 3_000), ("- ", 3_000), ("Ana: ", 12_000)])
def test_a_paragraph_that_repeats_itself_takes_a_bounded_number_of_steps(unit: str, most: int) -> None:
    annotator = Annotator(any_language=True)

    def work(characters: int) -> float:
        article = Article("a", f"The minister{unit * (characters // len(unit))} Ana Ruiz said that 12 people had died.")
        return steps(lambda: annotator.annotate(article), ("kg.annotate", "kg.english")) / characters

    work(100)  # loads what is loaded once
    assert work(4_000) < most  # a character; a row of colons took 35,000

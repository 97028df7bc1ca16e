"""What a figure measures: the one dataclass that every shape of a figure is, from the text to the page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from kg.model.spans import Span

CARRIED = "place from the "
"""How the mark of a figure begins that tells from how far its place was carried: "place from the dateline"."""


class Comparator(StrEnum):
    """How a figure bounds the quantity."""

    EQUAL = "="
    ABOUT = "~"
    MORE = ">"
    AT_LEAST = "≥"
    AT_MOST = "≤"
    LESS = "<"


Where = TypeVar("Where", Span, str)
"""How a measure points to what else the text names: by spans in the text, later by words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Generic[Where]):
    """What a figure measures: all that it carries unchanged from the text to the graph, the comparison and the page. Every
    shape of a figure is a measure with what its stage adds; how each field is written in RDF is in
    :data:`kg.vocabulary.MEASURE`.

    ``low`` and ``high`` bound the quantity (``None`` is open). ``population`` is the readable description of what is counted
    ("Kyrgyz citizens"), ``concepts`` its content words, ``event`` what they did or suffered ("joined", "killed"; a lemma with
    its particle). ``change`` is ``"up"`` or ``"down"`` for a stated movement ("rose by 5 percent"). ``whose`` is who has, does
    or runs what is counted ("the hospital in Osh"), ``scenes`` where or in what it befell them, in common nouns ("the school",
    "the fire"). ``places``, ``whose`` and ``scenes`` are spans in an annotation; once they are resolved, places are keys of
    references within an article and names across articles, ``whose`` and ``scenes`` words.
    """

    value: float | None = None
    low: float | None = None
    high: float | None = None
    comparator: Comparator = Comparator.EQUAL
    unit: str = ""
    population: str = ""
    event: str = ""
    places: tuple[Where, ...] = ()
    as_of: str | None = None
    change: str | None = None
    unofficial: bool = False
    concepts: tuple[str, ...] = ()
    whose: Where | None = None
    scenes: tuple[Where, ...] = ()
    per: str = ""  # what a rate is counted per: "day", "100,000 inhabitants"
    marks: tuple[
        str, ...
    ] = ()  # what else the text tells of the figure: "addition", "forecast", "place from the dateline"


def measured(figure: Measure[Any]) -> dict[str, Any]:
    """The fields of a figure that belong to its measure, by name.

    >>> measured(Measure(value=330, unit="people"))["unit"]
    'people'
    """
    return {name: getattr(figure, name) for name in Measure.__dataclass_fields__}

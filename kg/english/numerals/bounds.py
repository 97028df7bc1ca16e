"""What a figure allows as numbers: "about 200" is anything from 180 to 220, "more than 330" has no upper end."""

from __future__ import annotations

from typing import Any

from kg.model import Comparator, Measure

TOLERANCE = 0.1
"""How far "around" reaches on each side, as a share of the value."""

Bounds = tuple[float | None, float | None]


def around(low: float, high: float) -> tuple[float, float]:
    """The numbers that "around ``low`` to ``high``" may mean.

    >>> around(200, 200)
    (180.0, 220.0)
    """
    return low - abs(low) * TOLERANCE, high + abs(high) * TOLERANCE


def bounds(figure: Measure[Any]) -> Bounds:
    """The least and the most that a figure allows; ``None`` is open. Of "more than 330" the least is not allowed itself, which
    its comparator says.

    >>> bounds(Measure(value=200, low=200, high=200, comparator=Comparator.ABOUT))
    (180.0, 220.0)
    >>> bounds(Measure(value=330, low=330, comparator=Comparator.MORE))
    (330, None)
    """
    if figure.comparator is not Comparator.ABOUT:
        return figure.low, figure.high
    low, high = (around(end, end) if end is not None else (None, None) for end in (figure.low, figure.high))
    return low[0], high[1]


def stated(low: float | None, high: float | None, value: float | None, comparator: Comparator) -> Bounds:
    """The ends that the text gives, from the bounds that :func:`bounds` made of them.

    >>> stated(27.0, 44.0, None, Comparator.ABOUT)
    (30.0, 40.0)
    """
    if comparator is not Comparator.ABOUT:
        return low, high
    if value is not None:
        return (None if low is None else value), (None if high is None else value)
    return _before(low, -1), _before(high, 1)


def _before(end: float | None, side: int) -> float | None:
    if end is None:
        return None
    share = 1 + side * TOLERANCE if end >= 0 else 1 - side * TOLERANCE
    return round(end / share, 9)

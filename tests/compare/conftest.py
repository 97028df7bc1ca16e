"""Claims made by hand."""

from __future__ import annotations

from itertools import count
from typing import Any

from kg.model import Claim, Comparator

_number = count(1)


def claim(value: float | None, comparator: str = "=", **fields: Any) -> Claim:
    """A figure of a statement of its own; bounds follow from value and comparator."""
    n = next(_number)
    kind = Comparator(comparator)
    low = None if kind in (Comparator.LESS, Comparator.AT_MOST) else value
    high = None if kind in (Comparator.MORE, Comparator.AT_LEAST) else value
    words = {"=": "", "~": "around ", ">": "more than ", "≥": "at least ", "≤": "up to ", "<": "fewer than "}[
        comparator
    ]
    given: dict[str, Any] = {
        "statement": f"s{n:04}", "figure": f"f{n:04}", "article": f"a{n:04}", "speaker": None, "speaker_name": "an unnamed source",
        "said_on": None, "published": None, "value": value, "low": low, "high": high, "comparator": kind,
        "text": f"{words}{value:,.10g}" if value is not None else "", "unit": "people", "population": "people", "event": "kill",
        "places": ("Peru",),
    }  # fmt: skip
    given |= fields
    if "speaker" not in fields and given["speaker_name"] != "an unnamed source":
        given["speaker"] = given["speaker_name"]
    return Claim(**given)

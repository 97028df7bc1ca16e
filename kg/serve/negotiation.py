"""Which of the media types that there are somebody would rather have (RFC 9110, 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WEIGHT = re.compile(r"(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_RANGE = re.compile(r"(?:\*/\*|[\w!#$&^.+-]+/(?:\*|[\w!#$&^.+-]+))")


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered type of the highest weight, the first of equals; ``None`` where ``accept`` excludes them all.

    Who says nothing, or nothing that can be read, gets the first.

    >>> best("text/turtle;q=0.5, application/*", ["text/turtle", "application/ld+json"])
    'application/ld+json'
    >>> best("image/png", ["text/turtle"]) is None
    True
    """
    ranges = _ranges(accept)
    if not ranges:
        return offered[0]
    weights = {kind: _weight(kind, ranges) for kind in offered}
    chosen = max(offered, key=lambda kind: weights[kind])
    return chosen if weights[chosen] > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    """Each range with its weight; parameters of a type tell nothing here."""
    found: dict[str, float] = {}
    for part in accept.split(","):
        name, *settings = (piece.strip().lower() for piece in part.split(";"))
        weight = next((setting[2:].strip() for setting in settings if setting.startswith("q=")), "1")
        if _RANGE.fullmatch(name) and _WEIGHT.fullmatch(weight):
            found[name] = float(weight)
    return found


def _weight(kind: str, ranges: dict[str, float]) -> float:
    """That of the range which names the type most closely."""
    for name in (kind, f"{kind.partition('/')[0]}/*", "*/*"):
        if name in ranges:
            return ranges[name]
    return 0.0

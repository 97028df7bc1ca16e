"""Pull quotes: words of an article that are printed a second time, large, between its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence

_PARTS = re.compile(r"[.!?;:,…]+|[\"“”„«»]|\s[-–—]+\s")
_WORD = re.compile(r"\w+")
_FEWEST, _MOST = 5, 60  # words
_OFTEN = 8  # what is printed more often is no pull quote, and looking through all would take long


def repeated(bodies: Sequence[str], candidates: Sequence[int], first: int) -> set[int]:
    """Which of the ``candidates`` (indices) only say again, word for word, what another and longer one says; before the block
    ``first``, where headlines stand, only those in quotation marks.

    >>> bodies = ["“It is rising, and nobody helps,” said Ada Brix.", "“It is rising, and nobody helps”", "She left."]
    >>> repeated(bodies, [0, 1, 2], 0)
    {1}
    """
    where: dict[str, list[int]] = {}
    parts = {i: _said(bodies[i]) for i in candidates}
    for i in candidates:
        for part in parts[i]:
            where.setdefault(part, []).append(i)
    found: set[int] = set()
    for i in candidates:
        own = parts[i]
        size = sum(len(part.split()) for part in own)
        if not _FEWEST <= size <= _MOST or (i < first and bodies[i][:1] not in '"“„«'):
            continue
        if len(where[own[0]]) > _OFTEN:
            continue
        others = set(where[own[0]]) - {i} - found
        for part in own[1:]:
            others &= set(where[part])
        if any(_holds(parts[j], own, earlier=j < i) for j in others):
            found.add(i)
    return found


def _said(body: str) -> list[str]:
    found = (" ".join(_WORD.findall(part.casefold())) for part in _PARTS.split(body))
    return [part for part in found if part]


def _holds(whole: Sequence[str], part: Sequence[str], *, earlier: bool) -> bool:
    """Whether the parts stand one behind another in the whole, which has more of them, or the same and is the earlier."""
    if len(whole) < len(part) or (len(whole) == len(part) and not earlier):
        return False
    return any(list(whole[at : at + len(part)]) == list(part) for at in range(len(whole) - len(part) + 1))

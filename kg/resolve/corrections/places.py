"""Where characters that somebody pointed at stand now: at their place, else where they are quoted in the same company."""

from __future__ import annotations

from kg.model import Passage, Span

_MOST = 2000  # places of one quotation that are looked at
_LONG = 24  # characters that stand nowhere by chance
_COMPANY = 6  # characters beside a shorter quotation that must be as they were


def find(text: str, passage: Passage) -> Span | None:
    """The characters of ``passage`` in ``text``; ``None`` where they are not there, or a short quotation stands in other company.

    >>> find("On Monday 40 boats sank. 40 men swam.", Passage(25, 27, "40", "boats sank. ", " men swam."))
    Span(start=25, end=27)
    >>> find("It was said: 40 boats sank. 40 men swam.", Passage(25, 27, "40", "boats sank. ", " men swam."))
    Span(start=28, end=30)
    """
    quote = passage.quote
    if not quote:
        return None
    best: tuple[int, int, int] | None = None
    at = text.find(quote)
    for _ in range(_MOST):
        if at < 0:
            break
        rank = (_company(text, passage, at), -abs(at - passage.start), at)
        best = rank if best is None or rank > best else best
        at = text.find(quote, at + 1)
    if best is None:
        return None
    company, _, start = best
    known = min(len(passage.prefix) + len(passage.suffix), _COMPANY)
    if len(quote) < _LONG and company < known and start != passage.start:
        return None
    return Span(start, start + len(quote))


def _company(text: str, passage: Passage, at: int) -> int:
    """How many characters before and behind a place are as they were."""
    end = at + len(passage.quote)
    return _same(text[:at][::-1], passage.prefix[::-1]) + _same(text[end:], passage.suffix)


def _same(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))

"""Figures that lean on others of the article: parts and their totals, numbers whose noun was left out, figures restated.

"339 people, of whom 50 were women": the part points to its total and happened where and when the total did. "… detained 44
people; eight have been convicted": the noun is that of the figure before. "Around 30 of the nationals who have joined": a
definite group is the one told of before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.figures.events import event_nouns
from kg.annotate.figures.tallies import Lean, described
from kg.annotate.parse.parsing import Parsed
from kg.english import places
from kg.english.lists import alternation, listed
from kg.model import Comparator, Figure

_BACK, _FAR = 8, 60  # how many figures back a total in the paragraph, and one told of before, can lie
_PART = re.compile(
    rf",? (?:of|among) (?:{alternation(listed('figure_words', 'of_which'))})\b|\bincluding\b|\bamong (?:them|whom)\b|"
    rf"\b(?:of|among) th(?:em|ese|ose)\b|\bof the (?:{alternation(listed('figure_words', 'victim'))})\b",
    re.IGNORECASE,
)
_PARTITIVE = re.compile(r"(?:\s*,)?\s+of\s+(?:the|those|these|its|their)\s", re.IGNORECASE)
_PRONOUN = re.compile(r"\s+of\s+(?:them|these|those|whom)\b", re.IGNORECASE)
_WHOLE = re.compile(
    rf"\s+out\s+of\s+|\s+of\s+(?:{alternation(listed('figure_words', 'whole'))}|[\w ]{{0,30}}['’]s)\s+", re.IGNORECASE
)
_RELATIVE = re.compile(r"\s+[\w\s-]{0,36}?\b(?:who|that|which|whom)\b")
_OF_THE = re.compile(
    rf"(?:^|[.!?]\s|\n|[\"“])(?:out\s+)?(?:of|among)\s+(?:(?:{alternation(listed('figure_words', 'of_the'))})\s*)?$",
    re.IGNORECASE,
)
_AGAIN = re.compile(rf"\b(?:{alternation(listed('figure_words', 'again'))})\s+$")
_RESTATED = re.compile(rf"\b(?:{alternation(listed('figure_words', 'restated'))})\s+(?:[\w\"“”]+\s+)?$")
_SERIES = re.compile(r"[^.;!?]{0,40}\s(?:and|,)\s[^.;!?]{0,12}|,\s*(?:and\s+)?")
_STATES = frozenset(listed("figure_words", "state"))
_SUMS = frozenset(listed("tally_words", "sum"))


def link(figures: Sequence[Figure], parsed: Sequence[Parsed], leans: Sequence[Lean | None]) -> list[Figure]:
    """The figures with totals set and with what they take over from others; the order stays. ``leans`` tells of each figure how it
    leans on others: one that somebody gives, or that is held against another, is a number of its own and no part.
    """
    out: list[Figure] = []
    text = _Reader(parsed)
    for i, figure in enumerate(figures):
        lean = leans[i]
        total = _total(out, figure, text, i, elided=lean is None or lean.kind == "subject")
        if total is not None:
            out.append(_part(figure, out[total], total))
            continue
        antecedent = _antecedent(out, figure, text)
        if antecedent is not None:
            between = text.between(figure.block, out[antecedent].span.end, figure.span.start)
            near = between is not None and not re.search(r"[.!?;]\s", between)
            figure = _elided(figure, out[antecedent], near=near)
        out.append(figure)
    return _leading_wholes(out, text)


def _leading_wholes(figures: list[Figure], text: _Reader) -> list[Figure]:
    """ "half of the 44 people", "3,000 of the city's 10,000 residents": the whole stands behind its part."""
    out = list(figures)
    for i in range(len(out) - 1):
        part, whole = out[i], out[i + 1]
        between = text.between(part.block, part.span.end, whole.span.start) if part.block == whole.block else None
        if part.total is None and between is not None and _WHOLE.fullmatch(between) and _holds(whole, part):
            if part.event == whole.event and not _RELATIVE.match(text.after(whole, 48)):
                out[i + 1] = replace(whole, event="", places=())  # the verb tells of the part alone
            out[i] = replace(
                part,
                total=i + 1,
                population=part.population or whole.population,
                unit=part.unit or whole.unit,
                salient=True,
            )
    return out


class _Reader:
    """The text between two places of one paragraph."""

    def __init__(self, parsed: Sequence[Parsed]) -> None:
        self._pieces: dict[int, list[tuple[int, str]]] = {}
        for piece in parsed:
            self._pieces.setdefault(piece.index, []).append((piece.offset, piece.text))

    def between(self, block: int, start: int, end: int) -> str | None:
        """Characters ``start`` to ``end`` of the article, or ``None`` where they are not in one paragraph."""
        for offset, text in self._pieces.get(block, ()):
            if offset <= start <= end <= offset + len(text):
                return text[start - offset : end - offset]
        return None

    def after(self, figure: Figure, size: int = 16) -> str:
        for offset, text in self._pieces.get(figure.block, ()):
            if offset <= figure.span.end <= offset + len(text):
                return text[figure.span.end - offset :][:size]
        return ""

    def lead(self, figure: Figure, size: int = 24) -> str:
        for offset, text in self._pieces.get(figure.block, ()):
            at = figure.span.start - offset
            if 0 <= at <= len(text):
                return text[max(0, at - size) : at].lower()
        return ""


# ── parts ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _part(figure: Figure, whole: Figure, total: int) -> Figure:
    where = figure.places or (whole.places if figure.event != "return" else ())
    return replace(
        figure, total=total, event=figure.event or whole.event, places=where, salient=True,
        unit=figure.unit or whole.unit, population=figure.population or whole.population, as_of=figure.as_of or whole.as_of,
    )  # fmt: skip


def _total(before: Sequence[Figure], own: Figure, text: _Reader, i: int, *, elided: bool) -> int | None:
    """The index of the figure that ``own`` is a part of; ``elided``: a number with a verb alone may be."""
    pronoun = _PRONOUN.match(text.after(own)) is not None
    for j in range(i - 1, max(-1, i - 1 - _BACK), -1):
        whole = before[j]
        if whole.block != own.block:
            break
        between = text.between(own.block, whole.span.end, own.span.start)
        if between is None:
            break
        leading = j == i - 1 and "." not in between and _OF_THE.search(text.lead(whole)) is not None
        bare = not own.population
        since = text.between(own.block, before[-1].span.end, own.span.start) or ""
        marked = _PART.search(since) is not None and not re.search(r"[.!?;]\s.*[.!?;]\s", between)
        verb_alone = elided and bare and own.event and re.search(r"[;.]\s", between) and whole.unit == "people"
        if (marked or verb_alone or pronoun or leading) and _holds(whole, own):
            return j if whole.total is None or not marked else whole.total
        same = own.unit in ("", "people", whole.unit)
        if whole.total is not None and same and _SERIES.fullmatch(between) and _holds(before[whole.total], own):
            return whole.total
    if pronoun or _PARTITIVE.match(text.after(own)):
        return _told_before(before, own, pronoun=pronoun)
    return None


def _holds(whole: Figure, part: Figure) -> bool:
    """Whether ``part`` can be a part of ``whole``: smaller, a share, or of the same people."""
    if whole.unit in ("percent",) or _size(whole) is None:
        return False
    if _is_share(part):
        return True
    units = part.unit == whole.unit or not part.unit or (whole.unit == "people") == (part.unit == "people")
    size, limit = _size(part), _size(whole)
    return units and size is not None and limit is not None and size < limit


def _is_share(figure: Figure) -> bool:
    return figure.unit == "percent" or (figure.value is not None and 0 < figure.value < 1)


def _size(figure: Figure) -> float | None:
    return figure.value if figure.value is not None else figure.low if figure.low is not None else figure.high


def _told_before(before: Sequence[Figure], own: Figure, *, pronoun: bool) -> int | None:
    """The figure of an earlier paragraph that a definite group ("of the nationals who have joined", "of them") goes back to:
    the same event, no other nation, and enough of them."""
    for j in range(len(before) - 1, max(-1, len(before) - 1 - _FAR), -1):
        whole = before[j]
        if whole.total is not None or whole.unit != "people" or not _holds(whole, own):
            continue
        if pronoun:
            return j if own.block - whole.block <= 1 else None
        if own.unit == "people" and own.event and own.event == whole.event and _same_nation(own, whole):
            return j
    return None


def _same_nation(a: Figure, b: Figure) -> bool:
    """Whether the nationality words of two figures, if both have any, share a country."""
    mine, yours = (
        {nation.name for w in (*f.concepts, *f.population.split()) if (nation := places.nationality(w)) is not None}
        for f in (a, b)
    )
    return not mine or not yours or bool(mine & yours)


# ── nouns left out ─────────────────────────────────────────────────────────────────────────────────────────────────


def _antecedent(before: Sequence[Figure], own: Figure, text: _Reader) -> int | None:
    """The figure whose noun a number without one takes over: "the 22 said to have been killed", "the figure of 40 dead"."""
    state = own.population.lower() in _STATES
    bare = not own.unit and not own.population
    again = _AGAIN.search(text.lead(own)) is not None
    more = bare and (again or re.match(r"\s+(?:more|others)\b", text.after(own)) is not None)
    if not more and (own.unit != "people" or (own.population and not state) or not (state or own.event)):
        return None
    restated = _RESTATED.search(text.lead(own)) is not None
    if restated:
        for j in range(len(before) - 1, max(-1, len(before) - 1 - _FAR), -1):
            if (
                before[j].value == own.value
                and before[j].unit == "people"
                and _named(before[j])
                and _kin(before[j], own)
            ):
                return j
    for j in range(len(before) - 1, max(-1, len(before) - 1 - _FAR), -1):
        other = before[j]
        if (
            other.unit == "percent"
            or not _named(other)
            or (other.unit != "people" and not (again and j == len(before) - 1))
        ):
            continue
        if other.block != own.block and not (own.block - other.block == 1 and restated):
            return None
        return None if state and _more(own, other) else j
    return None


def _more(own: Figure, other: Figure) -> bool:
    """Whether more are dead than there were of a kind that died: "Two miners died, police said. The hospital counted four dead"."""
    return _kin(own, other) and own.value is not None and other.value is not None and own.value > other.value


def _named(figure: Figure) -> bool:
    words = figure.population.lower().split()
    return bool(words) and words[-1] not in _STATES and words[-1] not in _SUMS


def _kin(a: Figure, b: Figure) -> bool:
    deaths = {"die", "kill"} | {verb for verb in event_nouns().values() if verb == "die"}
    return a.event == b.event or (a.event in deaths and b.event in deaths) or not a.event or not b.event


def _elided(own: Figure, antecedent: Figure, *, near: bool) -> Figure:
    """The noun of the antecedent; its place and date too where both stand in one sentence ("In Mali 40 died and 12 were hurt")."""
    same = (
        own.value is not None
        and own.value == antecedent.value
        and own.comparator in (Comparator.EQUAL, antecedent.comparator)
    )
    share = same or near
    return replace(
        own, population=described(antecedent, own.event), unit=own.unit or antecedent.unit, salient=True,
        event=own.event or antecedent.event, places=own.places or (antecedent.places if share else ()),
        as_of=own.as_of or (antecedent.as_of if near else None),
    )  # fmt: skip

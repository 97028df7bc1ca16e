"""Where it happened: the place of a figure, from its clause, its sentence, the paragraph before it, the dateline, the headline.

The nearest that names one decides. A place that is not the clause's own is carried: how far is marked on the figure, since what is
carried is likely and not told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate.figures.counted import is_people
from kg.annotate.parse import datelines
from kg.annotate.parse.parsing import Parsed
from kg.annotate.parse.quantities import Quantity, sentence, text_of
from kg.english.events import events
from kg.english.lists import listed
from kg.english.places import nationality
from kg.model import CARRIED, BlockKind, EntityType, Figure, Form, Mention, Span

_IN = frozenset(listed("figure_words", "place"))
_WITHIN = _IN - frozenset(listed("place_words", "towards"))
_LEAVING = frozenset(listed("figure_words", "leaving"))
_STOPS = frozenset(listed("figure_words", "breaks"))
_NEW_SUBJECT = frozenset(listed("figure_words", "new_subject"))
_COMPASS = frozenset(listed("place_words", "compass"))
_KINDS = frozenset(listed("place_words", "kind"))
_TAKEN = frozenset(listed("place_words", "taken"))
_NOWHERE = frozenset(listed("place_words", "everywhere"))
_AFTER = frozenset(listed("place_words", "not_the_place"))
_MOVING = frozenset(listed("place_words", "moving"))
_WORDS = frozenset({"the", "of", "and", "'s", "’s", "s"})

_THINGS = frozenset(listed("place_words", "thing"))
_HAPPENING = frozenset(listed("place_words", "happening"))
_HAVING = frozenset(listed("place_words", "having"))
_ASIDE = re.compile(r"^,\s+(?:an?|another|the|which|where)\b")
_BESIDE, _FAR = 8, 60  # tokens


def mark(far: str) -> str:
    """The mark of a figure whose place was carried from there: "place from the dateline"."""
    return f"{CARRIED}{far}"


def places(
    piece: Parsed, q: Quantity, mentions: Sequence[Mention], verb: Token | None, others: Sequence[Quantity]
) -> tuple[Span, ...]:
    """Names of places where it happened or that it led to: behind "in", "to", "at" in the same clause, or in front of it.

    A place behind "from" is where somebody came from and no place of the event.
    """
    doc, start = piece.doc, piece.offset
    own = sentence(doc, q.first)
    later = next((o.last for o in others if o.first > q.last), own.end)
    limit = next((t.idx for t in doc[q.last + 1 : own.end] if _ends_clause(doc, t, later, verb)), own.end_char)
    named = [
        m for m in sorted(mentions, key=lambda m: m.span)
        if _is_place(m) and own.start_char <= m.span.start - start < own.end_char
    ]  # fmt: skip
    out: list[Span] = []
    for m in named:
        at = m.span.start - start
        if not doc[q.last].idx < at < limit:
            continue
        if out and any(out[-1].end - start <= doc[o.first].idx < at for o in others):
            break  # "12,400 in Velmora and 1,350 in Tarno"
        if _in_brackets(doc, q, at):
            continue  # "100,000 workers (half of whom work in Arland)"
        if out and not _in_series(piece, m, out[-1].end) and _ASIDE.search(text_of(doc)[out[-1].end - start : at]):
            break  # "in Parkabad, another city in the Ferro Valley"
        if _stands_in(piece, m, verb) or (out and _in_series(piece, m, out[-1].end)):
            out.append(m.span)
    if len(out) > 1 and any(t.lower_ == "respectively" for t in own):
        series = sorted(
            o.first for o in {*others, q} if own.start <= o.first and doc[o.first].idx < out[0].start - start
        )
        if len(series) >= len(out) and q.first in series[-len(out) :]:
            return (out[series[-len(out) :].index(q.first)],)
    return tuple(out or (m.span for m in named if _in_front(piece, q, m, verb)))


def _in_brackets(doc: Doc, q: Quantity, at: int) -> bool:
    """Whether a bracket that opens behind a number is still open at a character: what it tells is an aside."""
    between = text_of(doc)[q.end : at]
    return between.count("(") > between.count(")")


def _is_place(m: Mention) -> bool:
    return m.type.family is EntityType.PLACE and m.form is Form.NAME


def _in_series(piece: Parsed, m: Mention, end: int) -> bool:
    """Whether a name stands right behind one that ends at ``end``: "Osh and Andora", "Osh, Andora"."""
    at = m.span.start - piece.offset
    before = piece.text[max(0, at - 6) : at].split()
    return m.span.start - end < 6 and (before[-1:] in (["and"], ["or"]) or piece.text[max(0, at - 2) : at] == ", ")


def _stands_in(piece: Parsed, m: Mention, verb: Token | None, among: frozenset[str] = _IN) -> bool:
    """Whether a name stands behind a preposition of place, with "the eastern city of" and such words between."""
    tokens = piece.tokens(m.span)
    if tokens is None:
        return False
    doc, i = piece.doc, tokens.start - 1
    if _is_landmark(doc, tokens.end):
        return False
    kind = False
    while i >= 0 and (doc[i].lower_ in _WORDS or doc[i].lower_ in _COMPASS or doc[i].lower_ in _KINDS):
        kind = kind or doc[i].lower_ in _KINDS
        i -= 1
    if i < 0:
        return False
    word = doc[i].lower_
    if word in among or (word in ("on", "off") and (kind or _is_land_in_water(m))):
        return doc[i + 1].lower_ not in ("of", "and")
    if word == "for":
        return verb is not None and verb.lemma_.lower() in _LEAVING
    return word == "from" and i > 0 and doc[i - 1].lower_ in _TAKEN


def _is_land_in_water(m: Mention) -> bool:
    return m.name.split()[-1] in ("Island", "Islands", "Isle", "Peninsula") or m.name.split()[0] in ("Isle", "Mount")


def _is_landmark(doc: Doc, end: int) -> bool:
    """ "near the Tajikistan border", "US-managed": the name says of something else where it lies or whose it is."""
    after = doc[end] if end < len(doc) else None
    return after is not None and (after.lower_ in _AFTER or after.text == "-")


def _in_front(piece: Parsed, q: Quantity, m: Mention, verb: Token | None) -> bool:
    """ "In Mali, 40 people died": a place before the number that belongs to the clause of the event."""
    tokens = piece.tokens(m.span)
    if tokens is None or verb is None or not tokens.end <= q.first:
        return False
    prep = tokens.root.head
    return prep.lower_ in _IN and prep.head.i == verb.i


def _ends_clause(doc: Doc, t: Token, later: int, verb: Token | None) -> bool:
    """A semicolon, a comma before a new subject, or the verb of a later number: its places are that number's."""
    if t.text == ";" or (t.i > later and t.tag_ in ("VBD", "VBZ", "VBP") and (verb is None or t.i > verb.i)):
        return True
    following = doc[t.i + 1] if t.i + 1 < len(doc) else None
    return (
        t.text == ","
        and following is not None
        and (following.lower_ in _STOPS or following.lower_ in _NEW_SUBJECT or following.pos_ == "PRON")
    )


# ── carried ────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Counted:
    """A figure of the article with where it stands: its piece, its quantity, and those around it."""

    piece: Parsed
    q: Quantity
    others: Sequence[Quantity]


class Carrier:
    """Finds the places of figures whose clause names none. Made once an article."""

    def __init__(self, parsed: Sequence[Parsed], mentions: Sequence[Mention], published: str | None) -> None:
        self._published = published
        self._own: dict[int, list[Mention]] = {}
        named = sorted((m for m in mentions if m.type.family is EntityType.PLACE), key=lambda m: m.span)
        self._sorted = named
        self._parsed = parsed
        self._starts = [m.span.start for m in named]
        self._article: tuple[str, tuple[Span, ...]] | None = None

    def place(self, figure: Figure, at: Counted) -> Figure:
        """The figure with the nearest place that is told around it, and the mark of how far that was carried."""
        if figure.places or not figure.salient:
            return figure
        own = sentence(at.piece.doc, at.q.first)
        if figure.event.split(" ")[0] in _MOVING or any(t.lower_ in _NOWHERE for t in own):
            return figure
        for far, found in self._around(figure, at, own.start, own.end):
            if found:
                return replace(figure, places=found, marks=(*figure.marks, mark(far)))
        return figure

    def _around(self, figure: Figure, at: Counted, first: int, last: int) -> Iterator[tuple[str, tuple[Span, ...]]]:
        yield "sentence", self._in_sentence(at, first, last)
        if not _happens(figure) or self._is_past(figure):
            return
        yield "paragraph", self._in_paragraph(at, first)
        yield self._of_article()

    def _near(self, piece: Parsed) -> list[Mention]:
        if piece.offset not in self._own:
            end = piece.offset + len(piece.text)
            self._own[piece.offset] = [m for m in self._sorted if piece.offset <= m.span.start < end]
        return self._own[piece.offset]

    def _in_sentence(self, at: Counted, first: int, last: int) -> tuple[Span, ...]:
        """The nearest name before the number that says where, else the first behind it."""
        later = min((o.first for o in at.others if o.first > at.q.last), default=last)
        before: list[Mention] = []
        behind: list[Mention] = []
        for m in self._near(at.piece):
            tokens = at.piece.tokens(m.span)
            if tokens is None or not first <= tokens.start < last or not self._says_where(at, m, tokens.root):
                continue
            if tokens.start < at.q.first:
                before.append(m)
            elif tokens.start < later and not _parted(at.piece.doc, at.q.last, tokens.start):
                behind.append(m)
        behind = [m for m in behind if not _in_brackets(at.piece.doc, at.q, m.span.start - at.piece.offset)]
        chosen = before[-1] if before else behind[0] if behind else None
        return (chosen.span,) if chosen is not None else ()

    def _says_where(self, at: Counted, m: Mention, root: Token) -> bool:
        """Whether a name of the sentence says where the counted is: behind a preposition, as what has or is it, as what a thing of
        the clause is in.
        """
        doc = at.piece.doc
        if m.form is Form.DEMONYM:
            return _narrows_a_thing(doc, root)
        if m.form is not Form.NAME or _is_landmark(doc, root.i + 1):
            return False
        head = root.head
        if root.dep_ == "pobj" and head.head.lemma_.lower() in ("locate", "situate"):
            return False  # "the islands are located in the ocean": that is where they lie
        if _stands_in(at.piece, m, None, _WITHIN):
            return at.q.unit is None or _governs(head.head, doc[at.q.last])
        if root.dep_ in ("nsubj", "nsubjpass"):
            return head.lemma_.lower() in _HAVING and not m.acts and _governs(head, doc[at.q.last])
        if root.dep_ == "poss":
            return head.lemma_.lower() in _KINDS | _THINGS
        if root.dep_ in ("dobj", "appos"):
            return (
                root.i < at.q.first
                and at.q.first - root.i < _BESIDE
                and (root.dep_ == "appos" or at.q.unit is not None)
            )
        above = head.head if root.dep_ == "pobj" and head.lower_ == "of" else None
        return (
            above is not None
            and above.pos_ == "NOUN"
            and not is_people(above)
            and above.dep_ in ("nsubj", "nsubjpass", "pobj")
            and _governs(above.head, doc[at.q.last])
        )

    def _in_paragraph(self, at: Counted, first: int) -> tuple[Span, ...]:
        """The name nearest before the sentence, in its paragraph, that stands behind a preposition of place; none where that
        sentence tells of several places.
        """
        found: list[tuple[int, Mention]] = []
        for m in reversed(self._near(at.piece)):
            tokens = at.piece.tokens(m.span)
            if tokens is None or tokens.end > first or m.form is not Form.NAME:
                continue
            if first - tokens.end > _FAR:
                break
            if _stands_in(at.piece, m, None, _WITHIN):
                start = sentence(at.piece.doc, tokens.start).start
                if found and found[0][0] != start:
                    break
                found.append((start, m))
        named = {m.name for _, m in found}
        return (found[0][1].span,) if len(named) == 1 else ()

    def _of_article(self) -> tuple[str, tuple[Span, ...]]:
        """The city of the dateline; in an article that has none, the first place that its headline or its first sentence names."""
        if self._article is None:
            self._article = self._dateline() or self._headline() or ("headline", ())
        return self._article

    def _dateline(self) -> tuple[str, tuple[Span, ...]] | None:
        for piece in self._parsed[:6]:
            if datelines.is_one(piece.text):
                found = next((m for m in self._near(piece) if m.form is Form.NAME), None)
                return ("dateline", (found.span,)) if found is not None else None
        return None

    def _headline(self) -> tuple[str, tuple[Span, ...]] | None:
        for piece in self._parsed[:2]:
            prose = piece.block.kind is BlockKind.PROSE
            last = sentence(piece.doc, 0).end if prose and len(piece.doc) else len(piece.doc)
            found = [m for m in self._near(piece) if self._heads(piece, m, last)]
            if found and not (prose and len({m.name for m in found}) > 1):
                return "headline", (found[0].span,)
        return None

    @staticmethod
    def _heads(piece: Parsed, m: Mention, last: int) -> bool:
        """Whether a name before the token ``last`` says what place an article is about."""
        tokens = piece.tokens(m.span)
        if tokens is None or tokens.start >= last:
            return False
        if m.form is Form.DEMONYM:
            return _narrows_a_thing(piece.doc, tokens.root)
        subject = tokens.root.dep_ in ("nsubj", "nsubjpass", "poss") and tokens.start < 2
        return m.form is Form.NAME and (subject or _stands_in(piece, m, None, _WITHIN))

    def _is_past(self, figure: Figure) -> bool:
        """Whether a figure is of another year than the article: "in 2009 a blast killed 20"."""
        return bool(figure.as_of and self._published and figure.as_of[:4] != self._published[:4])


def _happens(figure: Figure) -> bool:
    """Whether what befell the counted happens at a place, as deaths, arrests and votes do; sums and journeys do not."""
    event = figure.event.split(" ")[0]
    if not event or figure.unit_text or figure.per:
        return False
    if figure.unit == "percent":
        return event in ("vote", "attend")
    return event in _HAPPENING or (event in events() and events()[event].group in _HAPPENING)


def _narrows_a_thing(doc: Doc, root: Token) -> bool:
    """Whether a nationality word stands before a thing or a happening: "the Irish referendum", "39 Irish constituencies"."""
    head = root.head
    if root.i and doc[root.i - 1].text == "-":
        return False  # "African-American votes"
    if head.pos_ != "NOUN" or head.i <= root.i or nationality(root.text) is None:
        return False
    return not is_people(head) and head.lemma_.lower() in _KINDS | _THINGS


def _governs(verb: Token, token: Token) -> bool:
    """Whether a verb stands above a token in the parse."""
    for _ in range(12):
        if token.i == verb.i:
            return True
        if token.head.i == token.i:
            return False
        token = token.head
    return False


def _parted(doc: Doc, last: int, until: int) -> bool:
    """Whether another clause lies between a number and a place behind it."""
    return any(t.text == ";" or t.lower_ in _STOPS for t in doc[last + 1 : until])

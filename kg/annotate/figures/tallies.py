"""What a number without a noun counts: read from the frame it stands in, else taken over from a figure told before.

"The number of injured stood at 912" counts injured; "organisers claimed 80,000" counts what the figure before counted, here people
who joined a march; "19 are still missing" counts the same as the figure before, and something else befell them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token

from kg.annotate.figures import counted, events
from kg.annotate.parse.clauses import TENSED
from kg.annotate.parse.quantities import Quantity
from kg.annotate.parse.tallies import Frame, before_bound, closes
from kg.english import events as english
from kg.english.lists import classed, listed
from kg.model import Comparator, Figure

_SUMS = frozenset(listed("tally_words", "sum"))
_CROWDS = frozenset(listed("tally_words", "crowd"))
_MEASURES = frozenset(listed("tally_words", "measure"))
_SERIES = 120  # characters between two numbers of one series
_ACCOUNTS = frozenset(listed("tally_words", "account"))
_TOLLS = frozenset(listed("tally_words", "toll"))
_CONTRAST = frozenset(listed("tally_words", "contrast"))
_BOUNDS = frozenset(listed("tally_words", "bound")) | frozenset(listed("tally_words", "adverb"))
_STATES = frozenset(listed("figure_words", "state"))
_HOLDING = frozenset(listed("tally_words", "holding"))
_MORE = frozenset({"more", "fewer", "less", "others"})
_ROOM = frozenset(listed("tally_words", "room"))
_NOMINAL = frozenset({"NOUN", "PROPN", "DET", "ADP", "PRON", "PART"})
_ACCOUNTED = ("measure", "given", "owner")
_SHARES = frozenset(("%", "percent", "cent", "points", "point"))
_GAP = 7  # tokens of a subject whose verb is left out
_POINTING = frozenset({"that", "those"})
_BLOCKS_BACK, _FIGURES_BACK = 3, 12


@dataclass(frozen=True, slots=True)
class Matter:
    """What the frame says is counted: its ``noun``, what befell it as a word of the text or as a lemma, and the frame's bound."""

    noun: Token | None = None
    verb: Token | None = None
    event: str = ""
    bound: Comparator | None = None


def matter(frame: Frame) -> Matter:
    """What a frame says of its number; without a noun where the frame points back to what was told before."""
    head = frame.measure
    if head is None:
        return Matter()
    lemma = head.lemma_.lower()
    if lemma in _SUMS or head.lower_ in _POINTING:
        noun = complement(head) or _compound(head)
        if noun is not None:
            return Matter(noun, _befell(noun), bound=frame.bound)
        return Matter(head, head, bound=frame.bound) if lemma in _TOLLS else Matter(bound=frame.bound)
    if lemma in _MEASURES:
        return Matter(head, bound=frame.bound)
    if lemma in _CROWDS:
        return Matter(head, event="attend", bound=frame.bound)
    if lemma in events.event_nouns() or head.lower_ in events.event_nouns() or head.lower_ in _STATES:
        return Matter(head, head, bound=frame.bound)
    counts = head.tag_ in ("NNS", "NNPS") or (head.pos_ == "NOUN" and frame.frame == "sets")
    return Matter(head, _befell(head), bound=frame.bound) if counts else Matter(bound=frame.bound)


def complement(head: Token) -> Token | None:
    """What a number is of: "the number [of people] who were underground", "that [of the missing]"."""
    doc = head.doc
    of = doc[head.i + 1] if head.i + 1 < len(doc) else None
    if of is None or of.lower_ not in ("of", "for"):
        return None
    for token in doc[of.i + 1 : of.i + 9]:
        follows = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if token.lower_ in _STATES or token.lower_ in _POINTING or (token.pos_ in ("NOUN", "PROPN")):
            joined = follows is not None and (
                follows.pos_ in ("NOUN", "PROPN") or follows.lower_ in _STATES or follows.tag_ == "POS"
            )
            if not joined or token.lower_ in _POINTING:
                return token
        elif token.pos_ in ("VERB", "AUX", "ADP", "PUNCT", "PRON") and token.tag_ not in ("VBN", "VBG", "POS"):
            return None
    return None


def _compound(head: Token) -> Token | None:
    """ "the casualty figure", "the death toll": the word before that names what befell people."""
    before = head.doc[head.i - 1] if head.i else None
    if before is None or before.lemma_.lower() not in events.event_nouns():
        return None
    return head if head.lemma_.lower() in _TOLLS else before


def _befell(noun: Token) -> Token | None:
    """The verb or noun that tells what befell the counted: "people [killed] by", "homes [destroyed]", "[deaths]"."""
    if noun.lemma_.lower() in events.event_nouns() or noun.lower_ in events.event_nouns():
        return noun
    behind = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    participle = behind is not None and behind.tag_ == "VBN" and behind.head.i != noun.i
    return events.clause_on(noun) or (behind if participle else None)  # "the number of people [killed] when it sank"


# ── leaning on a figure before ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Lean:
    """How a number without a noun leans on another: ``kind``, how many paragraphs back the other may stand, and whether the
    number has its own event.
    """

    kind: str
    back: int
    own: bool = False


def leaning(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """How a bare number leans on a figure before it, or ``None`` for one that does not."""
    if doc[q.first].lower_ == "one" and q.last + 1 < len(doc) and doc[q.last + 1].lower_ == "of":
        return None
    return next((found for way in _WAYS if (found := way(doc, q, frame)) is not None), None)


def _measured(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "the figure was 276", "it stood at 11", "Ostrander's total is 560"."""
    if frame is None or frame.measure is None or not closes(doc, q.last):
        return None
    head = frame.measure
    if head.lemma_.lower() in _SUMS and any(c.tag_ == "PRP$" for c in head.children):
        return None  # "later revised its figure to 37": whatever they gave before, and not what was told last
    if head.lemma_.lower() in _SUMS or head.lower_ in ("it", "this", "they", *_POINTING):
        return Lean("measure", _BLOCKS_BACK)
    return Lean("object", 1) if head.pos_ in ("PRON", "PROPN") else None  # "she needs those to reach 991"


def _given(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "organisers claimed 80,000", "the company had mentioned 800"."""
    if frame is None or frame.frame != "gives" or not closes(doc, q.last):
        return None
    return Lean("given", _BLOCKS_BACK)


def suffers(doc: Doc, q: Quantity, frame: Frame | None) -> bool:
    """Whether a bare number is what befell something right behind it: "100 hospitalised", "24 were hurt"; not "of magnitude 6.8
    shook the town".
    """
    after = events.behind(doc, q)
    if frame is not None and frame.frame == "of":
        return False
    return after is not None and after.tag_ in (*TENSED, "VBN") and after.pos_ in ("VERB", "AUX")


def _suffering(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "300 had been moved", "19 are still missing": the number is the subject of what follows."""
    after = events.behind(doc, q)
    if after is None or not (after.tag_ in (*TENSED, "VBN") or (after.pos_ == "ADV" and _tensed(doc, after.i + 1))):
        return None
    before = doc[q.first - 1] if q.first else None
    if before is not None and before.pos_ in ("NOUN", "PROPN", "ADP", "ADJ") and before.lower_ not in _BOUNDS:
        return (
            Lean("subject", 1, own=True) if before.lemma_.lower() in _ACCOUNTS else None
        )  # "by her count 19 are missing"
    return Lean("subject", 1, own=True)


def _tensed(doc: Doc, i: int) -> bool:
    return i < len(doc) and doc[i].tag_ in TENSED


def _owned(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "the union's 12,000", "the 33 announced by the minister"."""
    before = doc[q.first - 1] if q.first else None
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if before is None or after is None:
        return None
    if before.tag_ == "POS" and closes(doc, q.last):
        return Lean("owner", _BLOCKS_BACK)
    if before.lower_ == "the" and (after.tag_ in ("VBN", "VBD") or after.tag_ == "PRP"):
        return Lean("owner", _BLOCKS_BACK)
    return None


def _contrasted(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "149, not 154", "against 3,400 in the official count", "up from 31"."""
    i = q.first - 1
    if i >= 0 and doc[i].lower_ not in _CONTRAST:
        i = before_bound(doc, i, 0)
    before = doc[i] if i >= 0 else None
    if before is None or not closes(doc, q.last):
        return None
    word = before.lower_
    earlier = doc[i - 1].lower_ if i else ""
    if word in _CONTRAST or (word in ("to", "with", "of", "by") and earlier in (*_CONTRAST, "up", "down")):
        return Lean("contrast", 0)
    return None


def _held(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "Ostrander has 560", "the plant will lose 1,900": the object of a verb, with nothing behind it."""
    i = before_bound(doc, q.first - 1, 0)
    if i < 0 or doc[i].pos_ not in ("VERB", "AUX") or not closes(doc, q.last):
        return None
    lemma = doc[i].lemma_.lower()
    if frame is not None or not (lemma in _HOLDING or lemma in classed("people", "verb") or lemma in english.events()):
        return None
    return Lean("object", 1, own=lemma != "have")


def _differing(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "three more than it gave this morning", "two more died", "ahead by 95"."""
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if after is not None and after.lower_ in _MORE:
        return Lean("difference", 1, own=True)
    before = doc[before_bound(doc, q.first - 1, 0)] if q.first else None
    return Lean("object", 1) if before is not None and before.lower_ == "by" and closes(doc, q.last) else None


def _roomy(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "licensed to carry 120", "room for 150": as many people as were told of, or more."""
    before = doc[q.first - 1] if q.first else None
    if before is None or not closes(doc, q.last):
        return None
    earlier = doc[q.first - 2].lemma_.lower() if q.first > 1 else ""
    if before.lemma_.lower() in _ROOM or (before.lower_ in ("for", "of") and earlier in _ROOM):
        return Lean("capacity", _BLOCKS_BACK)
    return None


def _gapped(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "Whitlock has 402 delegates and Ostrander 371": the verb and the noun of the clause before are left out."""
    if not closes(doc, q.last):
        return None
    i = q.first - 1
    while i > 0 and q.first - i < _GAP and (doc[i].pos_ in _NOMINAL or doc[i].lower_ == "one") and not _is_time(doc[i]):
        i -= 1
    joined = doc[i].lower_ in ("and", "while", "but") or doc[i].text in ",;" if i >= 0 else False
    earlier = any(t.like_num for t in doc[max(0, i - _GAP * 2) : max(0, i)])
    return Lean("gap", 0) if joined and i < q.first - 1 and earlier else None


def _is_time(token: Token) -> bool:
    return token.ent_type_ in ("DATE", "TIME")


def _serial(doc: Doc, q: Quantity, frame: Frame | None) -> Lean | None:
    """ "gave 120,000 and 11,000", "58 to 44"."""
    before = doc[q.first - 1] if q.first else None
    if before is None or before.lower_ not in ("and", "or", "to", ",") or _is_called(doc, q):
        return None  # "His debut album, 17, came out"
    moved = any(t.lemma_.lower() in counted.moving() for t in doc[max(0, q.first - 8) : q.first])
    if before.lower_ == "to" and moved and doc[q.first - 2].lower_ in _SHARES:
        return None  # "fell 2% to 92.4", which is no share; "leads by 52.1 percent to 47.9"
    return Lean("series", 0) if closes(doc, q.last) else None


def _is_called(doc: Doc, q: Quantity) -> bool:
    """ "His debut album, 17, came out": the name of a thing; "Ana Ruiz, 178,121;" is what she has."""
    return q.first > 1 and doc[q.last].dep_ == "appos" and doc[q.first - 2].pos_ == "NOUN"


_WAYS: tuple[Callable[[Doc, Quantity, Frame | None], Lean | None], ...] = (
    _differing, _roomy, _suffering, _measured, _given, _owned, _contrasted, _held, _gapped, _serial,
)  # fmt: skip


def inherit(figures: Sequence[Figure], leans: Sequence[Lean | None]) -> list[Figure]:
    """The figures, those that lean on one before with what is counted there, and what befell it where they have none."""
    out: list[Figure] = []
    for figure, lean in zip(figures, leans, strict=True):
        if lean is not None and not figure.population and figure.unit in ("", "people") and figure.total is None:
            figure = _taken_over(out, figure, lean)
        out.append(figure)
    return out


def described(other: Figure, event: str) -> str:
    """How those that another figure counts are described where ``event`` befell them: of deaths and tolls, people elsewhere."""
    head = other.population.lower().split()[-1] if other.population else ""
    befell = head in _TOLLS or events.event_nouns().get(head) or events.event_nouns().get(head.removesuffix("s"))
    return "people" if befell and head not in _STATES and event and event != other.event else other.population


def _taken_over(before: Sequence[Figure], own: Figure, lean: Lean) -> Figure:
    for j in range(len(before) - 1, max(-1, len(before) - 1 - _FIGURES_BACK), -1):
        other = before[j]
        if own.block - other.block > lean.back or (lean.kind == "series" and own.span.start - other.span.end > _SERIES):
            break
        if any(part.total == j for part in before) and lean.kind in _ACCOUNTED:
            continue  # "destroyed 34 of the 288 reserves. The ministry's own tally is 44"
        between = before[j + 1 :]
        if not _can_serve(other, own, lean, adjacent=not any(f.salient for f in between)):
            continue
        event = own.event if lean.own and own.event else other.event
        shared = lean.kind in ("measure", "given", "owner", "contrast", "series")
        return replace(
            own, population=described(other, event), unit=other.unit, unit_text=other.unit_text, event=event, salient=True,
            places=own.places or (other.places if shared else ()), per=own.per or (other.per if lean.kind != "subject" else ""),
        )  # fmt: skip
    return own


def _can_serve(other: Figure, own: Figure, lean: Lean, *, adjacent: bool) -> bool:
    """Whether a figure tells what ``own`` counts: a count of things or people, or right beside it a share or an amount."""
    if not other.salient or not (other.population or other.unit) or (own.unit == "people" and other.unit != "people"):
        return False
    if other.unit_text or other.unit in ("percent",):
        return adjacent and lean.kind in ("contrast", "series", "gap")
    if lean.kind == "capacity":
        return other.unit == "people"
    if lean.own and lean.kind == "subject" and other.unit != "people":
        return adjacent
    return True

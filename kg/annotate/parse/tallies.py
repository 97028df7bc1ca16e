"""The frames by which agencies give numbers: "puts the toll at 40", "the number of injured rose to 912", "claimed 80,000"."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg.annotate.parse import clauses
from kg.annotate.parse.quantities import sentence
from kg.english.lists import entries, listed, records
from kg.model import Comparator, Stance

_BOUNDS = frozenset(listed("tally_words", "bound"))
_ADVERBS = frozenset(listed("tally_words", "adverb"))
_SUMS = frozenset(listed("tally_words", "sum"))
_CROWDS = frozenset(listed("tally_words", "crowd"))
_MEASURES = frozenset(listed("tally_words", "measure"))
_MANY = frozenset({"many", "much", "high", "low", "few"})
_UP_TO = frozenset({"own", "add", "face", "live", "stand"})  # verbs whose "up to" is no bound
_ENDS = frozenset('.,;:)!?”"—–')
_REACH = 22  # tokens between a verb and its number; a measure with a clause of its own has some
_NOTHING = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: what stands between the verb and its number, with the bound that this tells, and the stance."""

    frame: str
    before: dict[str, Comparator | None]
    stance: Stance | None


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that holds a number: its ``verb``, the head of the ``measure`` that it is a number of (``None`` where the verb
    gives the number itself), and the bound that the verb tells.
    """

    frame: str
    verb: Token
    measure: Token | None
    bound: Comparator | None
    stance: Stance | None


@cache
def table() -> dict[str, tuple[Row, ...]]:
    """The rows of a verb's lemma, in their order."""
    found: dict[str, tuple[Row, ...]] = {}
    for record in records("tallies"):
        before: dict[str, Comparator | None] = {}
        for cell in entries(record["before"]):
            word, _, bound = cell.partition(":")
            before["" if word == _NOTHING else word] = Comparator(bound) if bound else None
        row = Row(record["frame"], before, Stance(record["stance"]) if record["stance"] else None)
        found[record["lemma"]] = (*found.get(record["lemma"], ()), row)
    return found


def around(doc: Doc, number: int) -> Frame | None:
    """The frame that the number that begins with the token ``number`` stands in, or ``None``. Read off the words before it: nothing
    but a preposition, the words of a bound and adverbs stand between a verb, or a verb with its measure, and its number.
    """
    first = sentence(doc, number).start
    i = before_bound(doc, number - 1, first)
    if i < first:
        return None
    word = doc[i].lower_
    if word == ":":
        return _labelled(doc, i, first)
    head = doc[i - 1] if word == "of" and i > first else doc[i]
    apart = head.i < i or i < number - 1  # "a toll of 22", "a figure as high as 39"
    if head.pos_ in ("NOUN", "PROPN") and (_names_number(head) if apart else head.lemma_.lower() in _MEASURES):
        return Frame("of", head, head, None, None)
    found = _verb(doc, i, first)
    if found is not None:
        return _framed(found, "")
    if doc[i].pos_ not in ("ADP", "PART", "SCONJ", "ADV"):
        return None
    i = before_bound(doc, i - 1, first)
    pointed = _pointed(doc, i, first)
    nearest: Frame | None = None
    for k in range(i, max(first, i - _REACH) - 1, -1):
        token = doc[k]
        if token.text in ";:" or (token.text == "," and k < i - 1 and token.nbor().pos_ in ("PRON", "CCONJ")):
            break
        verb = _verb(doc, k, first)
        framed = _framed(verb, word, through=i, pointed=pointed) if verb is not None else None
        if framed is not None and (nearest is None or (framed.frame == "sets" and framed.stance is not None)):
            if framed.verb.dep_ != "acl":
                return framed
            nearest = framed  # "puts the number of fish left at 3,000": the verb that sets it stands further off
    return nearest


def _labelled(doc: Doc, colon: int, first: int) -> Frame | None:
    """ "New cases: 375", "Cumulative deaths since October: 262": the noun of a label, before a preposition if it has one."""
    first = max([first, *(t.i + 1 for t in doc[first:colon] if t.text in ".;")])
    stop = next((t.i for t in doc[first:colon] if t.pos_ in ("ADP", "SCONJ") or t.text == "("), colon)
    head = doc[stop - 1] if stop > first else None
    if head is None or head.pos_ not in ("NOUN", "PROPN") or any(t.pos_ in ("VERB", "AUX") for t in doc[first:stop]):
        return None
    return Frame("of", head, head, None, None)


def _names_number(noun: Token) -> bool:
    """Whether "NOUN of N" gives the number of something: "a toll of 22", "a magnitude of 4.3", "a turnout of 24,000"."""
    lemma = noun.lemma_.lower()
    return lemma in _SUMS or lemma in _CROWDS or lemma in _MEASURES


def closes(doc: Doc, last: int) -> bool:
    """Whether nothing that could be counted follows the number that ends with the token ``last``: the end of a clause, a
    preposition, a conjunction, an adverb.
    """
    after = doc[last + 1] if last + 1 < len(doc) else None
    if after is None or after.text in _ENDS or after.is_space:
        return True
    return after.pos_ in ("ADP", "CCONJ", "SCONJ", "ADV", "PUNCT", "DET") or after.ent_type_ in ("DATE", "TIME")


def before_bound(doc: Doc, i: int, first: int) -> int:
    """The token before the words of a bound that end at ``i``: of "rose to at least" and "put at up to about" the preposition."""
    while i >= first and _bounds(doc, i, first):
        i -= 1
    return i


def _bounds(doc: Doc, i: int, first: int) -> bool:
    """Whether a token belongs to the words of a bound: "at" before "least", "as" beside "many", "estimated" behind "an"."""
    word = doc[i].lower_
    before = doc[i - 1].lower_ if i > first else ""
    after = doc[i + 1].lower_ if i + 1 < len(doc) else ""
    match word:
        case "at":
            return after in ("least", "most")
        case "to":
            return before == "up" and (i < 2 or doc[i - 2].lemma_.lower() not in _UP_TO)
        case "up":
            return before not in _UP_TO and doc[i - 1].lemma_.lower() not in _UP_TO if i > first else True
        case "as":
            return after in _MANY or before in _MANY
        case "estimated":
            return before in ("an", "the", "some") or before in _BOUNDS
    return word in _BOUNDS or word in _ADVERBS


def _verb(doc: Doc, i: int, first: int) -> Token | None:
    token = doc[i]
    if i < first or (token.pos_ not in ("VERB", "AUX") and token.tag_[:2] != "VB"):
        return None
    return token if token.lemma_.lower() in table() else None


def _pointed(doc: Doc, i: int, first: int) -> Token | None:
    """ "… and [that] of the missing had fallen to 20": a pronoun for a number, nearer than the verb of the first."""
    for k in range(i, max(first, i - _REACH) - 1, -1):
        if doc[k].lower_ in ("that", "those") and k + 1 < len(doc) and doc[k + 1].lower_ == "of":
            return doc[k]
        if doc[k].text in ";:":
            return None
    return None


def _framed(verb: Token, preposition: str, *, through: int = -1, pointed: Token | None = None) -> Frame | None:
    """The frame of a verb whose number stands behind ``preposition``; its measure lies between the verb and ``through``, or is
    the verb's subject.
    """
    for row in table()[verb.lemma_.lower()]:
        if preposition not in row.before:
            continue
        bound = row.before[preposition]
        inner = _measure_behind(verb, through) if through > verb.i else None
        if inner is not None and pointed is not None and pointed.i > verb.i:
            inner = pointed
        if row.frame == "sets":
            measure = inner if inner is not None else _subject(verb) if _suffers(verb) else None
            if measure is not None:
                return Frame("sets", verb, measure, bound, row.stance)
        elif row.frame == "stands" and inner is None:
            measure = _subject(verb)
            if measure is not None:
                return Frame("stands", verb, measure, bound, None)
        elif row.frame == "gives" and (inner is None or inner.pos_ == "PRON"):
            return Frame("gives", verb, None, bound, row.stance)
    return None


def _suffers(verb: Token) -> bool:
    return verb.tag_ in ("VBN", "VBD") and (
        clauses.passive(verb) or clauses.asked(verb) or verb.dep_ in ("acl", "conj")
    )


def _measure_behind(verb: Token, through: int) -> Token | None:
    """The head of the first noun phrase between a verb and the preposition of its number."""
    for token in verb.doc[verb.i + 1 : through + 1]:
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ not in (
            "compound",
            "poss",
            "nmod",
            "npadvmod",
            "amod",
        ):
            return token
        if token.pos_ in ("VERB", "AUX", "ADP", "SCONJ"):
            return None
    return None


def _opening_number(verb: Token, first: int) -> Token | None:
    """ "[The number] of people killed when the ferry sank off Tarn rose to 31", where the parse takes "killed" for the verb."""
    words = [t for t in verb.doc[first : first + 3] if t.pos_ not in ("DET", "ADJ")]
    head = words[0] if words else None
    of = head is not None and head.i + 1 < verb.i and head.nbor().lower_ == "of"
    taken = head is not None and head.head.tag_ == "VBN" and head.head.i < verb.i
    own = any(c.dep_ in clauses.SUBJECTS for c in verb.children)
    return head if of and taken and not own and head is not None and head.lemma_.lower() in _SUMS else None


def _subject(verb: Token) -> Token | None:
    """The subject of a verb; where the parse has lost it, the head of the noun phrase right before it."""
    first = sentence(verb.doc, verb.i).start
    if (number := _opening_number(verb, first)) is not None:
        return number
    found = clauses.subject(verb)
    if found is not None:
        return found if found.tag_ not in clauses.RELATIVES or verb.dep_ != "relcl" else verb.head
    relative = next(
        (t.i for t in reversed(verb.doc[max(first, verb.i - 5) : verb.i]) if t.lower_ in ("that", "which")), 0
    )
    if relative > first and verb.doc[relative - 1].pos_ == "NOUN":
        return verb.doc[relative - 1]  # "a count that on Wednesday stood at 1,149"
    i = verb.i - 1
    while i >= first and (verb.doc[i].pos_ in ("AUX", "ADV") or verb.doc[i].tag_ == "MD"):
        i -= 1
    return verb.doc[i] if i >= first and verb.doc[i].pos_ in ("NOUN", "PROPN") else None

"""What happened to the counted, and as of when: event and date of a figure, from its own clause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from spacy.tokens import Doc, Token

from kg.annotate.figures.counted import is_people
from kg.annotate.parse import clauses, units
from kg.annotate.parse.parsing import Parsed
from kg.annotate.parse.quantities import Quantity, sentence, text_of
from kg.english.events import events
from kg.english.lists import classed, entries, listed, records, rows
from kg.model import DateMention

# Verbs that carry a figure but say nothing of those it counts.
_LIGHT = frozenset(listed("figure_words", "light"))
_LEADS = frozenset(listed("figure_words", "since"))
_SAME = {"perish": "die"}  # one thing under a rarer verb
_NONE = "-"
_WINDOW = 9  # tokens from a light verb to what stands with it
_OF = frozenset(listed("figure_words", "of_time"))
_ASIDE = re.compile(
    r"\b(?:(?:including|among them|among whom|of whom|of which)\s+(?:\w+\s+){0,3}|worth\s+(?:[a-z]+\s+){0,3}|,\s+or\s+(?:[a-z]+\s+){0,2}"
    r"|(?:at|for)\s+an?\s+(?:[a-z]+\s+){0,2}(?:price|cost|value)\s+of\s+(?:[a-z]+\s+){0,2})(?:[A-Z]{0,3}[$€£¥])?$",
    re.IGNORECASE,
)
_BEFORE_DATE = frozenset(listed("figure_words", "before_date"))


@cache
def event_nouns() -> dict[str, str]:
    return {row[0]: row[1] for row in rows("event_nouns")}


def event(doc: Doc, q: Quantity, noun: Token | None) -> Token | None:
    """What the counted did or suffered: the verb that governs them, or of a clause on them, or a noun like "deaths"."""
    if noun is not None and _is_predicate(
        doc, q, noun
    ):  # "30 of the nationals who joined are women": what they did is between
        return _clause_between(doc, q.last, noun.i)
    node = noun if noun is not None else doc[q.last]
    if (part := _of_part(doc, q)) is not None:
        return part
    if noun is not None and (noun.lemma_.lower() in event_nouns() or noun.lower_ in event_nouns()):
        return noun
    if noun is not None and q.unit is not None and noun.lemma_.lower() in _movements():
        return noun  # "a 25 per cent increase"
    head = node.head
    if _does_harm(node, head):
        return None
    if node.dep_ in ("dobj", "nsubj", "nsubjpass", "obj") and head.pos_ == "VERB":
        if _tells(head):
            return head
        if node.dep_ != "dobj":  # "are said to have perished", "appear to have suffered injuries"
            below = _below(head)
            if below is not None:
                return below
    on = clause_on(node)
    if on is not None:
        return on
    follows = behind(doc, q)
    if noun is None and q.unit is None and follows is not None and follows.tag_ in ("VBN", "VBD", "VBP", "VBZ"):
        for t in doc[follows.i : follows.i + 7]:
            if t.text in ",;.":
                break
            if t.pos_ == "VERB" and _tells(t):
                return t
    return _climb(node)


def _does_harm(counted: Token, verb: Token) -> bool:
    """ "Two gunmen wounded three officers": what befell others did not befell those who did it."""
    told = events().get(verb.lemma_.lower())
    suffered = told is not None and told.voice == "passive" and verb.pos_ == "VERB"
    return suffered and counted.dep_ == "nsubj" and any(c.dep_ == "dobj" for c in verb.children)


def _of_part(doc: Doc, q: Quantity) -> Token | None:
    """ "half of the people [arrested] have been [released]": the part was released."""
    whole = doc[q.last + 1] if q.last + 1 < len(doc) else None
    anchor = doc[q.last]
    told = anchor.dep_ in ("nsubj", "nsubjpass", "dobj") and anchor.head.pos_ == "VERB"
    if whole is None or whole.lower_ != "of" or not told:
        return None
    if _tells(anchor.head):
        return anchor.head
    return _below(anchor.head) if anchor.dep_ != "dobj" else None  # "dozens of migrants are feared to have drowned"


def _below(verb: Token) -> Token | None:
    """What a verb that says little governs: "are said to have [perished]"."""
    return next((v for c in verb.children if c.dep_ == "xcomp" for v in _down(c) if _tells(v)), None)


@cache
def _movements() -> frozenset[str]:
    return classed("changes", "up") | classed("changes", "down")


@cache
def _light() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Complements, as words in a row, and the event that each tells, by the lemma of the verb."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in records("light_events"):
        for verb in entries(row["verbs"]):
            found.setdefault(verb, []).append((tuple(row["complement"].split()), row["event"]))
    return {verb: tuple(sorted(pairs, key=lambda pair: -len(pair[0]))) for verb, pairs in found.items()}


def light(doc: Doc, q: Quantity, noun: Token | None, verb: Token | None) -> str:
    """What befell the counted where a light verb tells it with a complement: "left 40 people [dead]", "have gone [missing]",
    "[lost] their [lives]", "20 still [in hospital]"; "" where none does.
    """
    node = noun if noun is not None and noun.i > q.first else doc[q.last]
    above = node.head if node.dep_ in ("nsubj", "nsubjpass", "dobj", "attr", "oprd", "nummod", "nmod") else node
    for candidate in dict.fromkeys(
        t for t in (verb, above, above.head, doc[q.last].head, node.head.head) if t is not None
    ):
        if candidate.pos_ not in ("VERB", "AUX") or candidate.lemma_.lower() not in _light():
            continue
        first = max(candidate.i, node.i if candidate.i < node.i and candidate is not verb else candidate.i) + 1
        if (
            candidate.lemma_.lower() == "lose"
            and any(c.dep_ == "auxpass" for c in candidate.children)
            and is_people(node)
        ):
            return "die"  # "2,800 soldiers had been lost"
        told = _complement(doc, first, _light()[candidate.lemma_.lower()])
        if told:
            return told
    first = node.i + 1
    while first < len(doc) and doc[first].pos_ == "ADV":
        first += 1
    if first < len(doc) and _does_harm(node, doc[first]):
        return ""
    return next((event for words, event in _light()[_NONE] if _reads(doc, first, words)), "")


def _complement(doc: Doc, first: int, pairs: Sequence[tuple[tuple[str, ...], str]]) -> str:
    for i in range(first, min(first + _WINDOW, len(doc))):
        if doc[i].text in ",;:." or doc[i].like_num:
            break
        for words, told in pairs:
            if _reads(doc, i, words) and not _modifies(doc, i + len(words) - 1):
                return told
    return ""


def _reads(doc: Doc, i: int, words: Sequence[str]) -> bool:
    return i + len(words) <= len(doc) and all(
        w in (doc[i + k].lower_, doc[i + k].lemma_.lower()) for k, w in enumerate(words)
    )


def _modifies(doc: Doc, i: int) -> bool:
    """Whether a word stands before a noun and tells of that: "the missing children"."""
    return i + 1 < len(doc) and doc[i].pos_ in ("ADJ", "VERB") and doc[i + 1].pos_ in ("NOUN", "PROPN")


def lemma(token: Token | None) -> str:
    """An event as it is stored: a verb's lemma with its particle, the verb of a noun."""
    if token is None:
        return ""
    noun = event_nouns().get(token.lower_) or event_nouns().get(token.lemma_.lower())
    if noun is not None and token.pos_ != "VERB":
        return noun
    particle = next((c.lower_ for c in token.children if c.dep_ == "prt" or _takes_part(token, c)), "")
    told = f"{token.lemma_.lower()} {particle}".strip()
    return _SAME.get(told, told)


def behind(doc: Doc, q: Quantity) -> Token | None:
    """The token behind a number and what it is counted per."""
    rate = units.rate(text_of(doc), q.whole_end)
    first = q.last + 1
    while rate is not None and first < len(doc) and doc[first].idx < rate[1]:
        first += 1
    return doc[first] if first < len(doc) else None


def _tells(verb: Token) -> bool:
    if any(ch.isdigit() for ch in verb.text):
        return False  # "Rs12.6", which the tagger does not know
    return verb.lemma_.lower() not in _LIGHT or any(_takes_part(verb, c) for c in verb.children)


def _takes_part(verb: Token, thing: Token) -> bool:
    return verb.lemma_ == "take" and thing.lower_ == "part" and thing.dep_ == "dobj"


def clause_on(noun: Token) -> Token | None:
    """The verb of a clause on a noun: "citizens [who joined]", "the 22 [said to have been killed]"."""
    for child in noun.rights:
        if child.dep_ in ("relcl", "acl") and not _opens_bracket(noun, child):
            for verb in _down(child):
                if _tells(verb):
                    return verb
    return None


def _opens_bracket(noun: Token, verb: Token) -> bool:
    """Whether a clause stands in brackets behind a noun: "its workers (half of whom live abroad)"."""
    between = [t.text for t in noun.doc[noun.i + 1 : verb.i]]
    return between.count("(") > between.count(")")


def _down(verb: Token) -> Iterator[Token]:
    """A verb and the verbs that it governs, outside in: "said to have been killed" gives said, killed."""
    if verb.pos_ == "VERB":
        yield verb
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.i > verb.i:
            yield from _down(child)


def _is_predicate(doc: Doc, q: Quantity, noun: Token) -> bool:
    return noun.i > q.last and any(t.lemma_ == "be" and t.pos_ == "AUX" for t in doc[max(q.last, noun.i - 4) : noun.i])


def _clause_between(doc: Doc, start: int, end: int) -> Token | None:
    return next((t for t in doc[start + 1 : end] if t.pos_ == "VERB" and _tells(t)), None)


def _climb(node: Token) -> Token | None:
    for _ in range(6):
        if node.head.i == node.i or node.dep_ in ("ccomp", "advcl", "parataxis"):
            return None
        node = node.head
        if node.pos_ == "VERB" and _tells(node):
            return node
        if node.pos_ == "NOUN" and node.lemma_.lower() in event_nouns():
            return node
        on = clause_on(node) if node.pos_ in ("NOUN", "PROPN") else None
        if on is not None and not any(d.pos_ == "NUM" and d.i > on.i for d in node.subtree):
            return on
    return None


# ── when ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_of(
    piece: Parsed,
    q: Quantity,
    dates: Sequence[DateMention],
    others: Sequence[Quantity],
    verb: Token | None,
    published: str | None,
) -> str | None:
    """The date that the figure's clause gives: "in February", "by June 3", "last year"; a date of saying is none. "Since" a date is
    the stretch from there to the publication.

    A date belongs to the number nearest before it; one in front of the clause to all numbers of the clause that have none.
    """
    doc, offset = piece.doc, piece.offset
    own = sentence(doc, q.first)
    # A part or a value told of in passing has no date of its own: "17 people, among them four children, drowned on Tuesday",
    # "816 tonnes worth 2 million euros in 2012".
    others = [o for o in others if not _ASIDE.search(text_of(doc)[max(0, o.start - 40) : o.start])]
    before: str | None = None
    for d in dates:
        start = d.span.start - offset
        if not own.start_char <= start < own.end_char:
            continue
        if not _dates(piece, d, verb) or _of_another_clause(piece, d, q):
            continue
        if start > q.end:
            if not any(q.end < o.start < start for o in others):
                return _period(piece, d, published)
        elif not any(own.start_char <= o.start and o.end < start for o in others):
            before = _period(piece, d, published)
    return before


def _of_another_clause(piece: Parsed, d: DateMention, q: Quantity) -> bool:
    """Whether a date is told of what the number has no part in: "was licensed for 32 and had its inspection in March", "a truce
    until May after the quake, which killed 3,700".
    """
    tokens = piece.tokens(d.span)
    if tokens is None or not len(tokens):
        return False
    number, date = piece.doc[q.first], tokens[0]
    if date.i > q.last:
        own = next((t for t in date.ancestors if t.pos_ in ("VERB", "AUX") and t.i > q.last), None)
        apart = own is not None and any(c.dep_ in clauses.SUBJECTS and c.i > q.last for c in own.children)
        beside = own is not None and own.dep_ in ("conj", "ccomp")
        return apart and beside and own is not None and not own.is_ancestor(number)
    if date.i == 0 or piece.doc[date.i - 1].lower_ != "until":
        return False
    relative = next((t for t in number.ancestors if t.dep_ == "relcl"), None)
    return relative is not None and date.i < relative.left_edge.i


def _period(piece: Parsed, d: DateMention, published: str | None) -> str:
    """The date, or the stretch from it to ``published`` where "since" stands before it."""
    text, at = piece.text, d.span.start - piece.offset
    since = re.search(r"\bsince\s+(?:the\s+|early\s+|late\s+|mid-?\s*)?$", text[max(0, at - 20) : at], re.IGNORECASE)
    whole = re.fullmatch(r"\d{4}(?:-\d\d){0,2}", d.edtf)
    if since is None or whole is None or published is None or len(published) != 10 or published <= d.edtf:
        return d.edtf
    return f"{d.edtf}/{published}"


def _dates(piece: Parsed, d: DateMention, verb: Token | None) -> bool:
    """Whether a date says when the counted happened: behind "in", "by", "since"; otherwise only where it is tied to the event."""
    text, at = piece.text, d.span.start - piece.offset
    lead = text[max(0, at - 20) : at].lower().split()
    while lead and lead[-1] in _BEFORE_DATE:
        lead.pop()
    if lead and lead[-1] in _LEADS:
        return True
    if len(lead) > 1 and lead[-1] == "of" and lead[-2] in _OF:
        return True
    tokens = piece.tokens(d.span)
    if tokens is None or verb is None:
        return False
    node = tokens.root
    if node.head.lower_ in ("on", "at", "between"):
        node = node.head
    return node.head.i == verb.i and node.dep_ in ("npadvmod", "prep", "advmod", "tmod", "pobj")

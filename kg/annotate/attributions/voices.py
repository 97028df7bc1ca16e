"""What can speak: a proposal whose source cannot be whoever says it is left out, or gets the one who can.

A statement without a source is worth more than one with a wrong source: words inside somebody else's quotation, things that have no
voice ("that belief"), "us" of "let's", and the occasion at which something was said ("a press conference announcing that …") say
nothing.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.speakers import TEXTS
from kg.annotate.parse import clauses
from kg.annotate.parse.quotes import Quote
from kg.english import kinds, titles
from kg.english.lists import listed
from kg.model import Span, cover

_MARKUP = re.compile(r"[^\w“\"‘'«([$€£#@]+(?=\w)")
_MARKS = re.compile(r"[“”„\"«»]")
_SENTENCES = re.compile(r"[.!?]\s+[A-Z]")
_NEAR = 12  # characters of auxiliaries and adverbs before a cue
_CLOSED = re.compile(r"[)\]]")
_US = frozenset(("'s", "’s", "us"))
_LAYOUT = frozenset(("turn", "colon", "dash", "credit", "introduced"))
_ANSWERS = frozenset(("so", "yes", "no", "not"))
_AT = ("at", "in", "during", "after", "before")
_MEETINGS = frozenset(listed("source_words", "meeting"))
_PERSONAL = frozenset(listed("source_words", "personal"))


def fit(c: Candidate, passage: Passage) -> Candidate | None:
    """The candidate with a source that can speak, or ``None`` where its source cannot and nobody else does."""
    if not c.direct and _is_bare_adverb(c, passage):
        return None
    if not c.source or c.pattern in _LAYOUT:
        return None if c.pattern in ("colon", "dash") and _is_titled(c, passage) else c
    c = _without_markup(c, passage)
    phrase = passage.parsed.tokens(cover(c.source))
    verb = passage.doc[c.head]
    if phrase is None or _is_let(verb, phrase) or _crosses_marks(c, passage):
        return None
    c = _inside_marks(c, passage)
    noun = _head(phrase)
    if _describes(verb, noun) and noun.lemma_.lower() in _MEETINGS:
        return _of_whom(c, passage, noun) if c.lemma != "discuss" else None
    if _behind_meeting(verb):
        return None  # "took photos at a seminar discussing the war"
    if verb.tag_ == "VBG" and (somebody := _before(noun)) is not None:
        return replace(c, source=(passage.parsed.of(passage.doc[somebody.left_edge.i : somebody.i + 1]),))
    return None if not c.direct and _is_thing(noun) else c


def _is_bare_adverb(c: Candidate, passage: Passage) -> bool:
    """Whether nothing is told but when or how: "was [first] published by the press"."""
    tokens = passage.parsed.tokens(c.content[0]) if len(c.content) == 1 else None
    return tokens is not None and len(tokens) == 1 and tokens[0].pos_ == "ADV" and tokens[0].lower_ not in _ANSWERS


def _is_titled(c: Candidate, passage: Passage) -> bool:
    """Whether a thing stands before a colon: "A lesson from NAME: “Be early.”" """
    phrase = passage.parsed.tokens(cover(c.source)) if c.source else None
    return phrase is not None and _is_thing(_head(phrase))


def _head(phrase: TokenSpan) -> Token:
    """The noun of a phrase, also where it ends with words that hang elsewhere."""
    outer = (t for t in phrase if t.head.i == t.i or not phrase.start <= t.head.i < phrase.end)
    return next((t for t in outer if t.pos_ in ("NOUN", "PROPN", "PRON")), phrase.root)


def _is_let(verb: Token, phrase: TokenSpan) -> bool:
    """Whether nobody has said it: "let's say you win", "let us assume that"."""
    verbs = (verb, verb.head)
    let = any(v.head.lemma_.lower() == "let" or v.lemma_.lower() == "let" for v in verbs)
    return phrase.text.lower() in _US or (let and any(c.lower_ in _US for v in verbs for c in v.children))


def _without_markup(c: Candidate, passage: Passage) -> Candidate:
    """The source without what a page has left before it (">Rivers said"), or a bracket that it does not close."""
    words = _words(c.source[0], passage)
    lead = _MARKUP.match(words)
    opened = words[0] in "([" and _CLOSED.search(words) is None
    cut = lead.end() if lead is not None else int(opened)
    if not cut:
        return c
    first = Span(c.source[0].start + cut, c.source[0].end)
    return replace(c, source=(first, *c.source[1:]))


def _words(span: Span, passage: Passage) -> str:
    offset = passage.parsed.offset
    return passage.parsed.text[max(0, span.start - offset) : max(0, span.end - offset)]


def _crosses_marks(c: Candidate, passage: Passage) -> bool:
    """Whether source and cue are parted by the marks of somebody's speech: a source in what is quoted has no cue outside it, nor
    has a cue in it a source outside. What is nothing but a quotation is a name: "“The Long Way Down to the River” tells …".
    """
    for quote in passage.quotes:
        if not quote.speech or not _is_sound(quote, passage):
            continue
        cue = any(quote.inner.contains(s) for s in c.cue)
        if cue and any(not quote.span.overlaps(s) and not _leads_in(s, quote, c, passage) for s in c.source):
            return True
        if not cue and any(_is_part(s, quote) for s in c.source):
            return True
    return False


def _inside_marks(c: Candidate, passage: Passage) -> Candidate:
    """What is told inside a quotation ends with it: "“The king has told us to stay,” referring to an old tale"."""
    for quote in passage.quotes:
        if quote.speech and _is_sound(quote, passage) and all(quote.inner.contains(s) for s in c.cue):
            cut = tuple(replace(s, end=min(s.end, quote.inner.end)) for s in c.content if s.start < quote.inner.end)
            return replace(c, content=cut) if cut and cut != c.content else c
    return c


def _is_sound(quote: Quote, passage: Passage) -> bool:
    """Whether its marks are a pair: a page in straight marks that has lost one is quoted and unquoted the wrong way round."""
    inner = _words(quote.inner, passage)
    breaks_off = bool(inner) and inner[-1].isalnum() and _SENTENCES.search(inner) is not None
    return inner == inner.strip() and bool(inner) and not breaks_off and _MARKS.search(inner) is None


def _leads_in(source: Span, quote: Quote, c: Candidate, passage: Passage) -> bool:
    """Whether a quotation goes on with what its subject does: "The council “demands that the bridge be closed”, the paper said"."""
    verb = passage.doc[c.head]
    return (
        0 <= quote.span.start - source.end <= 2
        and verb.tag_ in clauses.TENSED
        and c.cue[0].start - quote.inner.start < _NEAR
    )


def _is_part(source: Span, quote: Quote) -> bool:
    """Whether a source is a part of what is quoted, or reaches into it, and not all of it."""
    return source.overlaps(quote.inner) and not source.contains(Span(quote.inner.start, quote.inner.end - 1))


def _describes(verb: Token, noun: Token) -> bool:
    """Whether the cue is a participle behind the noun: "a press conference announcing that"."""
    return verb.tag_ == "VBG" and verb.dep_ in ("acl", "relcl") and verb.head.i == noun.i


def _behind_meeting(verb: Token) -> bool:
    """Whether the cue is a participle right behind an occasion that it is of, and not of whoever the parse has for it."""
    before = verb.doc[verb.i - 1] if verb.i else None
    return verb.tag_ == "VBG" and before is not None and before.pos_ == "NOUN" and before.lemma_.lower() in _MEETINGS


def _before(noun: Token) -> Token | None:
    """The person whom a thing before the cue is told of: "[a man] kneeling before a flag saying “…”"; a sign or a letter speaks itself."""
    if noun.pos_ != "NOUN" or titles.is_person(noun.text) or kinds.has_head(noun.text) or noun.lower_ in TEXTS:
        return None
    acts = (t for t in noun.doc[max(0, noun.i - _NEAR) : noun.i] if t.tag_ == "VBG" and t.dep_ == "acl")
    return next((t.head for t in acts if titles.is_person(t.head.text)), None)


def _of_whom(c: Candidate, passage: Passage, noun: Token) -> Candidate | None:
    """Whoever spoke at the occasion: the subject of the verb that it belongs to, where that is somebody."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in _AT:
        return None
    main = noun.head.head
    if main.pos_ not in ("VERB", "AUX"):
        return None
    subject = clauses.subject(main)
    if subject is None or subject.i > noun.i or not _is_somebody(subject):
        return None
    return replace(c, source=(passage.parsed.of(clauses.noun_phrase(subject, barrier=main)),))


def _is_somebody(token: Token) -> bool:
    return token.lower_ in _PERSONAL or token.ent_type_ in ("PERSON", "ORG") or titles.is_person(token.text)


def _is_thing(noun: Token) -> bool:
    return noun.pos_ == "NOUN" and noun.ent_type_ not in ("PERSON", "ORG", "GPE") and kinds.is_thing(noun.text)

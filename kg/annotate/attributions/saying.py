"""The day of saying: a date in the speaker's own clause, or of the occasion that the clause names again; never one of what is told.

A date is the cue's where it stands right behind cue, source and hearer, before the source, or in the phrase that opens
the sentence. What happened on a day ("Friday's violence"), began or ended there ("since May") and what stands inside the
content is not when it was said, and nothing is said after it was published.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.parse import clauses
from kg.annotate.parse.clauses import TENSED
from kg.english.calendar import WEEKDAYS, earliest
from kg.english.lists import alternation, listed
from kg.model import DateMention, Span, cover
from kg.nearby import Nearby

_OCCASIONS = frozenset(listed("attribution_words", "occasion"))
_SPEAKING = frozenset(listed("attribution_words", "speaking"))
_GIVEN = frozenset(listed("attribution_words", "given"))
# What a date before or behind a cue may be tied with; others ("after", "since", "about") tie it to what happened.
_BINDING = frozenset(listed("attribution_words", "binding"))
_PERIODS = frozenset(listed("attribution_words", "period"))
_DAY_PARTS = frozenset(listed("attribution_words", "day_part"))
_DEFINITE = frozenset(listed("attribution_words", "definite"))
_PERSONAL = frozenset(["he", "she", "it", "they"])
_BOUNDS = frozenset(["since", "until", "before", "after", "following"])
_POSSESSIVES = ("'s", "’s", "'", "’")
_BEFORE_DAY = re.compile(rf"(?:(?:{alternation(listed('attribution_words', 'before_day'))})\b\s*)*", re.IGNORECASE)
_AFTER_DAY = re.compile(r",?\s+(?=\S)")
_ON = re.compile(r"(?:,|\s){1,4}on\s{1,4}(?:(?:late|early)\s{1,4})?$", re.IGNORECASE)
_WHO = re.compile(r",\s+(?:who|which)\s")
_SPACE = re.compile(r"(?:,|\s){1,9}$")
_BARE = re.compile(rf"(?:{alternation((*WEEKDAYS, 'yesterday', 'today'))})")
_LONGEST_GAP = 30  # tokens between a cue and its date, source and hearer aside
_LONGEST_PHRASE = 8  # tokens between an occasion and its date


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something at which or in which was spoken, with its date: "a speech in Oslo in May"; ``opens``: it opens its sentence."""

    noun: str
    edtf: str
    at: int  # character
    index: int  # of the block
    sentence: tuple[int, int]  # tokens
    opens: bool


class Days:
    """The dates of one article as days of saying; ``published`` is EDTF or ``None``."""

    def __init__(self, passages: Sequence[Passage], dates: Iterable[DateMention], published: str | None) -> None:
        self._published = published
        self._dates = Nearby(((d.span,), d) for d in dates)
        self._occasions: list[Occasion] = []
        for passage in passages:
            self._occasions.extend(self._occasions_of(passage))

    def apart(self, c: Candidate, passage: Passage) -> Candidate:
        """The candidate without a day that the parse took into its source or its content: "the following year, NAME said",
        "NAME on Friday said", "said on Friday the dam held".
        """
        source = tuple(self._untimed(s, c.cue[0], passage) for s in c.source)
        content = c.content
        if c.pattern == "clause" and content and content[0].start >= c.cue[-1].end:
            content = (self._behind_day(content[0], c.cue[-1].end, passage), *content[1:])
        return c if (source, content) == (c.source, c.content) else replace(c, source=source, content=content)

    def _untimed(self, source: Span, cue: Span, passage: Passage) -> Span:
        text, offset = passage.parsed.text, passage.parsed.offset
        for d in self._dates.at(source):
            if not source.contains(d.span):
                continue
            behind = _AFTER_DAY.match(text, d.span.end - offset, source.end - offset)
            if _BEFORE_DAY.fullmatch(text[source.start - offset : d.span.start - offset]) and behind:
                return Span(behind.end() + offset, source.end)
            if d.span.end != source.end or not 0 <= cue.start - source.end <= 2:
                continue
            front = text[source.start - offset : d.span.start - offset]
            if _WHO.search(front):
                continue  # "NAME, who arrived on Saturday, ordered"
            before = _ON.search(front) or (
                _SPACE.search(front) if _BARE.fullmatch(text[d.span.start - offset : d.span.end - offset]) else None
            )
            if before and before.start():
                return Span(source.start, source.start + before.start())
        return source

    def _behind_day(self, content: Span, cue_end: int, passage: Passage) -> Span:
        """The content behind a day that opens it: after "said on Friday" the day is that of saying."""
        text, offset = passage.parsed.text, passage.parsed.offset
        for d in self._dates.at(content):
            front = text[cue_end - offset : d.span.start - offset]
            if d.span.start < content.start or front.strip().lower() not in ("", "on") or not self._possible(d.edtf):
                continue
            rest = passage.parsed.tokens(Span(d.span.end, content.end)) if d.span.end < content.end else None
            while rest is not None and len(rest) and rest[0].is_space:
                rest = rest[1:]
            opens = (
                rest is not None and len(rest) > 1 and rest[0].pos_ in ("DET", "PRON", "NOUN", "PROPN", "NUM", "ADJ")
            )
            if opens and rest is not None and any(t.tag_ in TENSED for t in rest):
                return Span(passage.parsed.of(rest).start, content.end)
        return content

    def of(self, c: Candidate, passage: Passage, contents: Nearby[Candidate]) -> str | None:
        """The date (EDTF) on which the statement was made, as far as its own clause tells; ``contents`` are all candidates
        of the article by their contents.
        """
        cue = passage.parsed.tokens(c.cue[0])
        if cue is None or not len(cue) or c.pattern in ("colon", "dash", "credit", "turn"):
            return None
        found = self._own(c, passage, cue, contents) or self._again(c, passage, cue)
        return found if found is not None and self._possible(found) else None

    def _possible(self, edtf: str) -> bool:
        return self._published is None or edtf.startswith("XXXX") or earliest(edtf) <= self._published

    def _in(self, passage: Passage, first: int, last: int) -> list[tuple[TokenSpan, DateMention]]:
        """The dates between two tokens, with the tokens that each covers."""
        whole = passage.parsed.of(passage.doc[first : last + 1])
        found = ((passage.parsed.tokens(d.span), d) for d in self._dates.at(whole) if whole.contains(d.span))
        return [(_with_part(tokens), d) for tokens, d in found if tokens is not None and len(tokens)]

    def _own(self, c: Candidate, passage: Passage, cue: TokenSpan, contents: Nearby[Candidate]) -> str | None:
        verb = passage.doc[c.head]
        first, last = passage.sentence(verb)
        dates = [
            (tokens, d)
            for tokens, d in self._in(passage, first, last)
            if not any(s.overlaps(d.span) for s in c.content)
            and not _of_a_thing(passage, tokens)
            and not _told_by_another(d.span, c, contents)
        ]
        if not dates:
            return None
        source = [t.i for s in c.source for t in passage.parsed.tokens(s) or ()]
        content = frozenset(t.i for s in c.content for t in passage.parsed.tokens(s) or ())
        for step, anchor in enumerate(_anchors(verb)):
            subject = source
            if step:
                head = clauses.subject(anchor)
                subject = [t.i for t in clauses.noun_phrase(head, barrier=anchor)] if head is not None else source
            words = cue if step == 0 else clauses.cue_words(anchor, [])
            for tokens, d in dates:
                if _is_when(passage, tokens, words, frozenset(subject), content, first):
                    return d.edtf
        if (when := _whose_when(verb)) is not None:
            for tokens, d in dates:
                if tokens.end == when:
                    return d.edtf
        if _is_pronoun(passage, source):  # "In a speech today, X thanked Y, and he said …"
            for tokens, d in dates:
                if _opens(passage, first, tokens) and tokens.end <= cue.start:
                    return d.edtf
        return None

    def _again(self, c: Candidate, passage: Passage, cue: TokenSpan) -> str | None:
        """The date of the occasion that the cue's clause names again ("during the interview"), that speaks itself ("the
        letter also said"), or that opened the sentence before, whose speaker goes on.
        """
        verb = passage.doc[c.head]
        before = [o for o in self._occasions if o.at < c.cue[0].start]
        if not before:
            return None
        inside = frozenset(t.i for s in c.content for t in passage.parsed.tokens(s) or ())
        first, last = passage.sentence(verb)
        for token in passage.doc[first : last + 1]:
            noun = token.lemma_.lower()
            if noun not in _OCCASIONS or token.i in inside or not _definite(token):
                continue
            if not (_between_quiet(passage, cue, token, inside) or _speaks(passage, c, token)):
                continue
            known = next((o for o in reversed(before) if o.noun == noun), None)
            if known is not None:
                return known.edtf
        here = before[-1]
        goes_on = here.opens and here.index == c.index and here.sentence[1] + 1 == first
        return here.edtf if goes_on and self._speaker_named(c, passage, here) else None

    def _speaker_named(self, c: Candidate, passage: Passage, occasion: Occasion) -> bool:
        """Whether the sentence of the occasion names the one who speaks now, in the past tense."""
        if passage.doc[c.head].tag_ not in ("VBD", "VBN") or not c.source:
            return False
        names = {t.text for t in passage.parsed.tokens(c.source[0]) or () if t.pos_ == "PROPN"}
        first, last = occasion.sentence
        return bool(names & {t.text for t in passage.doc[first : last + 1] if t.dep_ in clauses.SUBJECTS})

    def _occasions_of(self, passage: Passage) -> Iterable[Occasion]:
        if not len(passage.doc):
            return
        for tokens, d in self._in(passage, 0, len(passage.doc) - 1):
            noun = _occasion(passage, tokens)
            if noun is None or not self._possible(d.edtf) or passage.quote_at(tokens.start) is not None:
                continue
            bounds = passage.sentence(tokens[0])
            spoken = noun.lemma_.lower()
            yield Occasion(
                spoken, d.edtf, d.span.start, passage.parsed.index, bounds, _opens(passage, bounds[0], tokens)
            )


def _told_by_another(date: Span, c: Candidate, contents: Nearby[Candidate]) -> bool:
    """Whether the date is a part of what another statement tells, and the cue is not."""
    for other in contents.at(date):
        inside = any(s.contains(date) for s in other.content)
        if inside and not any(s.contains(c.cue[0]) for s in other.content):
            return True
    return False


def _with_part(date: TokenSpan) -> TokenSpan:
    """ "Friday evening"."""
    doc, end = date.doc, date.end
    while end < len(doc) and doc[end].lower_ in _DAY_PARTS:
        end += 1
    return doc[date.start : end]


def _anchors(verb: Token) -> list[Token]:
    """The cue and the verbs whose subject it shares, outwards: "X changed its account on Monday, saying that …"."""
    found = [verb]
    while len(found) < 5:
        node = found[-1]
        if node.pos_ in ("NOUN", "ADP") and node.head.i != node.i:  # "notified them on Monday of its intention to …"
            node = node.head
            while node.pos_ in ("NOUN", "ADP") and node.head.i != node.i:
                node = node.head
            if node.pos_ not in ("VERB", "AUX") or clauses.passive(node):
                break
            found.append(node)
            continue
        own = any(c.dep_ in clauses.SUBJECTS for c in node.children)
        shares = node.dep_ in ("conj", "xcomp", "dep") or (node.dep_ == "advcl" and node.tag_ == "VBG")
        if own or not shares or node.head.i == node.i or node.head.pos_ not in ("VERB", "AUX"):
            break
        found.append(node.head)
    return found


def _whose_when(verb: Token) -> int | None:
    """ "… again last week, when NAME revealed that …": where the "when" of the cue's clause stands, without its comma."""
    for child in verb.children:
        if child.lower_ == "when" and child.i < verb.i:
            return child.i - 1 if child.i and verb.doc[child.i - 1].text == "," else child.i
    return None


def _is_when(
    passage: Passage, date: TokenSpan, cue: TokenSpan, source: frozenset[int], content: frozenset[int], first: int
) -> bool:
    """Whether a date is that of the cue's own clause."""
    doc = passage.doc
    if passage.quote_at(date.start) is not None and passage.quote_at(cue.start) is None:
        return False
    if set(range(date.start, date.end)) & source:
        return _in_source(passage, date, cue, source)
    if _of_an_aside(cue, date, content):
        return False
    if date.start >= cue.end:  # "said NAME on Tuesday"
        gap = [t for t in doc[cue.end : date.start] if t.i not in content]
        return len(gap) - len(source) <= _LONGEST_GAP and _quiet([t for t in gap if t.i not in source])
    if source and max(source) < date.start:  # "NAME on Tuesday said", "NAME, at Monday's debate, said"
        return _is_phrase(doc[max(source) + 1 : date.start]) and _is_rest(passage, date, cue.start, content)
    opening = _opens(passage, first, date) or _opens_clause(passage, date)
    return opening and _is_rest(passage, date, min([i for i in source if i >= date.end] or [cue.start]), content)


def _of_an_aside(cue: TokenSpan, date: TokenSpan, content: frozenset[int]) -> bool:
    """Whether the date is told of what a noun behind the content says of it: "denied that he was paid, a claim made by B on Monday"."""
    doc, told = date.doc, [i for i in content if cue.end <= i < date.start]
    behind = max(told, default=date.start) + 1
    return behind + 1 < date.start and doc[behind].text == "," and doc[behind + 1].pos_ == "DET"


def _in_source(passage: Passage, date: TokenSpan, cue: TokenSpan, source: frozenset[int]) -> bool:
    """ "NAME on Friday said", taken into the source by the parse; "a letter published on Monday said", which has its date."""
    doc = passage.doc
    if any(doc[i].tag_ in clauses.RELATIVES for i in source if i < date.start):
        return False  # what the speaker did then
    if max(source) < date.end and max(source) < cue.start and cue.start - date.end <= 1:
        before = doc[date.start - 1].lower_ if date.start else ""
        if before == "on" or (before != "'s" and doc[date.start].pos_ == "PROPN" and len(date) == 1):
            return True
    return _occasion(passage, date) is not None


def _quiet(gap: Sequence[Token]) -> bool:
    """Whether only a speaker, a hearer and a setting stand in the gap: no clause, no event, no second quotation."""
    for token in gap:
        if token.tag_ in TENSED or token.tag_ in clauses.RELATIVES or token.text in ";:":
            return False
        untensed = token.tag_ in ("VBG", "VBN", "VB") and token.pos_ == "VERB"
        if untensed and token.lower_ not in _SPEAKING | _GIVEN:
            return False
        if token.pos_ in ("ADP", "SCONJ") and token.dep_ != "prt" and token.lower_ not in _BINDING:
            return False
    return True


def _of_a_thing(passage: Passage, date: TokenSpan) -> bool:
    """Whether the date is that of something that is no occasion of speech, or bounds a period: "Friday's violence", "the
    May elections", "since 2011", "the attack of June 3".
    """
    doc = passage.doc
    after = doc[date.end] if date.end < len(doc) else None
    before = doc[date.start - 1] if date.start else None
    if before is not None and before.lower_ in _PERIODS:
        return True
    if after is not None and after.text in _POSSESSIVES:
        return _noun_from(date.end + 1, date) is None
    head = date.root.head
    if (
        date.root.dep_ in ("compound", "nmod", "amod", "nummod")
        and head.i >= date.end
        and head.pos_ in ("NOUN", "PROPN")
    ):
        return head.lemma_.lower() not in _OCCASIONS
    if before is not None and before.lower_ == "of" and date.start > 1:
        return doc[date.start - 2].lemma_.lower() not in _OCCASIONS
    return False


def _noun_from(i: int, date: TokenSpan) -> Token | None:
    """The occasion that a possessive or attributive date belongs to: "Monday's televised briefing"."""
    doc = date.doc
    for token in doc[i : i + 5]:
        if token.lemma_.lower() in _OCCASIONS:
            return token
        if token.pos_ not in ("ADJ", "NOUN", "PROPN", "ADV", "VERB") and token.text not in ("-", *_POSSESSIVES):
            return None
    return None


def _occasion(passage: Passage, date: TokenSpan) -> Token | None:
    """The speech, interview, letter … that the date is of: before it in one phrase, or right behind it."""
    doc = passage.doc
    after = date.end + 1 if date.end < len(doc) and doc[date.end].text in _POSSESSIVES else date.end
    if (found := _noun_from(after, date)) is not None:
        return found
    if date.start and doc[date.start - 1].lower_ in _PERIODS:
        return None
    for i in range(date.start - 1, max(-1, date.start - 1 - _LONGEST_PHRASE), -1):
        token = doc[i]
        if token.lemma_.lower() in _OCCASIONS and token.pos_ == "NOUN":
            return token
        if token.tag_ in TENSED or token.text in '.,;:“”"' or token.lower_ in _BOUNDS:
            return None
    return None


def _is_rest(passage: Passage, date: TokenSpan, end: int, content: frozenset[int]) -> bool:
    """Whether only what belongs to the date stands between it and token ``end``: "Monday's debate", "Friday in Coral Bay"."""
    rest = [t for t in passage.doc[date.end : end] if t.i not in content]
    spoken = _occasion(passage, date) is not None
    return _quiet(rest) and (spoken or not any(t.pos_ in ("NOUN", "PRON") for t in rest))


def _opens(passage: Passage, first: int, date: TokenSpan) -> bool:
    """Whether the phrase that opens the sentence is one of time, or of an occasion with its time: "In a speech on Monday, …"."""
    doc = passage.doc
    while first < date.start and (doc[first].pos_ in ("CCONJ", "SPACE") or doc[first].is_punct):
        first += 1
    return _is_phrase(doc[first : date.start])


def _opens_clause(passage: Passage, date: TokenSpan) -> bool:
    """The same for a clause behind "and", "but", "while" or a semicolon: "…, but on Monday it said …"."""
    doc = passage.doc
    start = date.start
    while start > 0 and date.start - start < _LONGEST_PHRASE:
        if doc[start - 1].pos_ in ("CCONJ", "SCONJ") and doc[start - 1].lower_ not in _BINDING:
            return _is_phrase(doc[start : date.start])
        if doc[start - 1].text in (";", ",", "—", "–"):
            return _is_phrase(doc[start : date.start])
        start -= 1
    return False


def _is_phrase(words: TokenSpan) -> bool:
    """Whether words before a date belong to it: a preposition, an occasion with its place."""
    while len(words) and (words[0].text == "," or words[0].is_space):
        words = words[1:]
    if not len(words):
        return True
    if words[0].pos_ not in ("ADP", "ADV", "SCONJ") and words[0].lower_ not in _SPEAKING:
        return False
    spoken = next((t.i for t in words if t.lemma_.lower() in _OCCASIONS or t.lower_ in _SPEAKING), words.end)
    front = (t for t in words if t.i < spoken and t.dep_ not in ("amod", "compound") and t.lower_ not in _DEFINITE)
    if any(t.pos_ in ("NOUN", "VERB", "PRON") for t in front):
        return False
    return _quiet(list(words))


def _is_pronoun(passage: Passage, source: Sequence[int]) -> bool:
    return len(source) == 1 and passage.doc[source[0]].lower_ in _PERSONAL


def _definite(noun: Token) -> bool:
    return any(c.lower_ in _DEFINITE for c in noun.children if c.i < noun.i)


def _between_quiet(passage: Passage, cue: TokenSpan, noun: Token, content: frozenset[int]) -> bool:
    """Whether the occasion stands behind the cue in its clause: "he said during the interview"."""
    gap = [t for t in passage.doc[cue.end : noun.i] if t.i not in content]
    return noun.i >= cue.end and len(gap) <= _LONGEST_PHRASE and _quiet(gap)


def _speaks(passage: Passage, c: Candidate, noun: Token) -> bool:
    """Whether the occasion is what speaks, as the head of the source: "the letter also said"."""
    if not c.source:
        return False
    source = passage.parsed.tokens(cover(c.source))
    return source is not None and source.root.i == noun.i

"""Quotations and the cue that gives them to a speaker: before, behind, or between two of them."""

from __future__ import annotations

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import MARKS, Candidate, Passage
from kg.annotate.attributions.cues import Cue
from kg.annotate.attributions.speakers import TEXTS, recipient, source_of, spans_of, without_adverbs
from kg.annotate.parse import clauses
from kg.annotate.parse.clauses import TENSED
from kg.english.lists import listed
from kg.model import Span

_CIRCUMSTANCES = frozenset(listed("function_words", "circumstance"))

_TELLS = frozenset(listed("attribution_words", "told"))
# Between a cue and its quotation stand at most a recipient, a time and a place.
_REACH = 16
_LONGEST_GAP = 40  # tokens between a quotation and the cue behind it


def find(passage: Passage, verb: Token, cue: Cue, extra: list[Token]) -> Candidate | None:
    """``"Q," SOURCE CUE``, ``"Q," CUE SOURCE``, ``SOURCE CUE: "Q"``, and both sides at once."""
    happens = clauses.passive(verb) and clauses.agent(verb) is None
    if not _may_tell(passage, verb, cue, happens=happens):
        return None
    doc, ranges = passage.doc, passage.ranges
    words = clauses.cue_words(verb, extra)
    before = [n for n, (a, b) in enumerate(ranges) if b < verb.i]
    after = [n for n, (a, b) in enumerate(ranges) if a > verb.i]
    content: list[int] = []
    source: TokenSpan | None = None
    if before and _leads_to(passage, before[-1], words):
        start, last = ranges[before[-1]][1] + 1, passage.sentence(verb)[1]
        source = source_of(passage, verb, limit=(start, last))
        if source is None and not happens:
            source = _beside(passage, doc[start : words.start], words, last)
        content.append(before[-1])
    leads = bool(after) and not (happens and _is_closed(passage, after[0]))
    if leads and _follows(passage, after[0], words, alone=not content):
        content.append(after[0])
    if not content:
        return None
    if source is None:
        source = source_of(passage, verb)
    if source is None and _depth_pronoun(verb):
        return None
    return Candidate(
        "quotation",
        spans_of(passage, source),
        (passage.parsed.of(words),),
        tuple(_whole(passage, n) if n in before else passage.quotes[n].span for n in content),
        cue.stance,
        cue.lemma,
        passage.parsed.index,
        verb.i,
        direct=True,
        negated=cues.negated(verb),
        recipient=recipient(passage, verb),
    )


def _may_tell(passage: Passage, verb: Token, cue: Cue, *, happens: bool) -> bool:
    """Whether a verb can bring a quotation: of its kind, and where it stands."""
    inside = passage.quote_at(verb.i)
    deep = inside is not None and _depth(passage, verb.i, inside)
    marked = happens and any(c.dep_ == "mark" for c in verb.children)  # "“…,” until shots are heard"
    written = cue.lemma != "read" or _is_text(verb)
    return written and not (deep or marked or ("q" not in cue.frames and "c" not in cue.frames))


def _is_text(verb: Token) -> bool:
    """Whether a text "reads" what is quoted, and not somebody in it: "“Closed until May,” the notice read"."""
    subject = clauses.subject(verb)
    return subject is not None and (subject.lower_ in TEXTS or subject.lower_ == "it")


def _leads_to(passage: Passage, n: int, words: TokenSpan) -> bool:
    """Whether the quotation is speech that goes on to the cue behind it."""
    gap = passage.doc[passage.ranges[n][1] + 1 : words.start]
    near = _speech(passage, n) and _quiet(gap) and len(gap) <= _LONGEST_GAP and not _other_cue(gap)
    return (
        near
        and _ends_like_speech(passage, n)
        and not _sentence_over(passage, n)
        and not _sentence_since(passage, n, words)
    )


def _other_cue(gap: TokenSpan) -> bool:
    """Whether somebody else's cue stands between: "“Q,” said NAME, while OTHER insisted …"."""
    return any(
        t.tag_ in TENSED and (hit := cues.of_verb(t)) is not None and "q" in hit[0].frames and t.dep_ != "relcl"
        for t in gap
    )


def _follows(passage: Passage, n: int, words: TokenSpan, *, alone: bool) -> bool:
    """Whether the quotation is speech that the cue before it leads to; ``alone`` where none stands before the cue."""
    gap = passage.doc[words.end : passage.ranges[n][0]]
    if not _speech(passage, n) or len(gap) > _REACH or not _quiet(gap) or _clause_between(gap) or _taken(passage, n):
        return False
    if gap and gap[-1].text == "." and passage.quotes[n].breaks_off(passage.parsed.text, passage.parsed.offset):
        return False  # a heading in quotation marks
    if gap and gap[-1].text == "." and any(t.dep_ == "dobj" for t in gap) and gap[0].head.lemma_.lower() not in _TELLS:
        return False  # the cue has said what it says: "promised them help. "It was quick," …"
    if gap and gap[-1].text in (",", ":", "—", "–", "."):
        return True
    return (not gap and not alone) or (len(gap) <= 2 and not _starts_midway(passage, n))


def _is_closed(passage: Passage, n: int) -> bool:
    """Whether a full stop stands before a quotation: what happens without a doer ("are not heard any more.") leads to none."""
    first = passage.ranges[n][0]
    return first > 0 and passage.doc[first - 1].text == "."


def _beside(passage: Passage, gap: TokenSpan, words: TokenSpan, last: int) -> TokenSpan | None:
    """The noun phrase between a quotation and its cue, or right behind the cue, where the parse has no subject."""
    doc = passage.doc
    if any(t.pos_ in ("PROPN", "NOUN", "PRON") for t in gap):
        return without_adverbs(clauses.trim(doc, gap.start, gap.end - 1))
    end = words.end
    while (
        end <= last
        and doc[end].text not in '.;:"“”'
        and doc[end].tag_ not in TENSED
        and doc[end].lower_ not in _CIRCUMSTANCES
    ):
        end += 1
    phrase = doc[words.end : end]
    return clauses.trim(doc, phrase.start, phrase.end - 1) if any(t.pos_ in ("PROPN", "PRON") for t in phrase) else None


def _depth(passage: Passage, index: int, inside: int) -> bool:
    """Whether the token lies well inside a quotation, so that it belongs to the quoted speaker's own words."""
    a, b = passage.ranges[inside]
    return a <= index <= b


def _depth_pronoun(verb: Token) -> bool:
    return verb.dep_ in ("relcl", "acl") and not any(c.dep_ == "nsubj" for c in verb.children)


def _speech(passage: Passage, n: int) -> bool:
    quote = passage.quotes[n]
    return quote.speech or (quote.words >= 1 and _ends_like_speech(passage, n) and passage.parsed.text[:1] in "\"“'‘„«")


def _last_word(passage: Passage, n: int) -> Token | None:
    """The last token inside a quotation: its closing punctuation, if it has any."""
    last = passage.ranges[n][1]
    return next((passage.doc[i] for i in range(last, max(last - 3, -1), -1) if passage.doc[i].text not in MARKS), None)


def _ends_like_speech(passage: Passage, n: int) -> bool:
    """American and British typesetting both leave punctuation beside the closing mark of reported speech."""
    last = passage.ranges[n][1]
    doc = passage.doc
    inner = _last_word(passage, n)
    follows = doc[last + 1].text if last + 1 < len(doc) else ""
    return (inner is not None and inner.text[-1] in ",.?!…—–-") or follows in (",", "—", "–")


def _sentence_over(passage: Passage, n: int) -> bool:
    """Whether the quotation ends with a full stop, so that what follows is a sentence of its own."""
    last, doc = passage.ranges[n][1], passage.doc
    inner = _last_word(passage, n)
    return (
        inner is not None
        and inner.text in (".", "...", "…")
        and last + 1 < len(doc)
        and doc[last + 1].text not in (",", "—", "–")
        and (doc[last + 1].text[:1].isupper() or doc[last + 1].text in "([")
    )


def _sentence_since(passage: Passage, n: int, words: TokenSpan) -> bool:
    """Whether a sentence with a clause of its own follows a question: "“Who pays?” Perhaps nobody now thinks …", "“Go!” NAME said that"."""
    doc, start = passage.doc, passage.ranges[n][1] + 1
    inner = _last_word(passage, n)
    if inner is None or inner.text not in ("?", "!", ".") or start >= len(doc) or doc[start].text in (",", "—", "–"):
        return False
    that = words.end < len(doc) and doc[words.end].lower_ == "that" and doc[words.end].dep_ == "mark"
    return that or any(t.tag_ in TENSED and t.dep_ != "relcl" for t in doc[start : words.start])


def _taken(passage: Passage, n: int) -> bool:
    """Whether the quotation ends with the comma that leads to a cue behind it ("…," she said)."""
    last, doc = passage.ranges[n][1], passage.doc
    inner = _last_word(passage, n)
    return (
        inner is not None
        and inner.text == ","
        and any(t.lemma_.lower() in cues.verbs() and t.tag_[:2] == "VB" for t in doc[last + 1 : last + 12])
    )


def _starts_midway(passage: Passage, n: int) -> bool:
    inner = passage.quotes[n].inner
    first = passage.parsed.text[inner.start - passage.parsed.offset :].lstrip("[(…. ")[:1]
    return first.islower()


def _quiet(gap: TokenSpan) -> bool:
    """No sentence ends in the gap and no other quotation stands there."""
    return not any(
        (t.text in MARKS and t.text != "'" and not _of_byname(gap, t))
        or (t.text in ".!?" and t.dep_ == "punct" and t.i < gap.end - 1)
        for t in gap
    )


def _of_byname(gap: TokenSpan, mark: Token) -> bool:
    """Whether a mark holds what somebody is called, inside the name: "Mateo “Teo” Arvalo"."""
    near = gap.doc[max(gap.start, mark.i - 3) : min(gap.end, mark.i + 4)]
    return sum(t.text in MARKS for t in near) == 2 and all(t.text in MARKS or t.pos_ == "PROPN" for t in near)


def _clause_between(gap: TokenSpan) -> bool:
    """Whether a clause begins in the gap: the quotation is only a part of an indirect content."""
    return any(t.tag_ in TENSED or (t.lower_ in ("that", "whether") and t.dep_ in ("mark", "dobj")) for t in gap)


def _whole(passage: Passage, n: int) -> Span:
    """The quotation with the words of its clause before it ("Taxing gains “is a mistake,” she said")."""
    span = passage.quotes[n].span
    first = passage.ranges[n][0]
    if not _starts_midway(passage, n):
        return span
    begin = passage.sentence(passage.doc[first])[0]
    while begin < first and (passage.doc[begin].pos_ == "CCONJ" or passage.doc[begin].is_space):
        begin += 1
    if begin >= first or any(passage.quote_at(i) is not None for i in range(begin, first)):
        return span
    return Span(passage.parsed.of(passage.doc[begin]).start, span.end)

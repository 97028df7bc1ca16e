"""Reporting verbs: quotations, clauses, and content that stands before the verb or around it."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate import clauses, cues
from kg.annotate.candidates import Candidate, Passage
from kg.annotate.cues import Cue
from kg.model import Spans

# Between a cue and its quotation stand at most a recipient, a time and a place.
_REACH = 16
# Quotation marks as the tokeniser leaves them.
MARKS = frozenset({'"', "“", "”", "'", "‘", "’", "''", "``", "«", "»"})
_TENSED = ("VBD", "VBZ", "VBP", "MD")
_RELATIVES = ("WP", "WDT", "WP$")


def find(passage: Passage) -> Iterator[Candidate]:
    """One candidate for each reporting verb whose content is a quotation or a clause, and the plans of its subject."""
    for token in passage.doc:
        hit = cues.of_verb(token)
        if hit is None:
            continue
        cue, extra = hit
        if own_words(passage, token) or cues.purpose(token):
            continue
        if cues.unreal(token) and not _is_quoting(passage, token):
            continue
        candidate = _quoted(passage, token, cue, extra) or _clausal(passage, token, cue, extra)
        if candidate is not None:
            yield candidate


def source_of(passage: Passage, verb: Token, *, limit: tuple[int, int] | None = None) -> TokenSpan | None:
    """The whole noun phrase of the one who speaks, or ``None``: the subject, or the agent of a passive."""
    if clauses.passive(verb):
        head = clauses.agent(verb)
        return clauses.noun_phrase(head) if head is not None else None
    head = clauses.subject(verb)
    if head is None or (head.lower_ in ("there", "it") and any(c.dep_ == "expl" for c in verb.children)):
        return None
    own = head.head.i == verb.i
    phrase = clauses.noun_phrase(head, barrier=_branch(head, verb))
    if limit is not None and own:
        phrase = _between(phrase, limit)
    return phrase if len(phrase) else None


def own_words(passage: Passage, verb: Token) -> bool:
    """Whether a quoted speaker marks an own thought ("I think", "as we said", "you know"): no second source speaks."""
    head = clauses.subject(verb)
    return head is not None and head.lower_ in ("i", "we", "you") and passage.quote_at(verb.i) is not None


def _branch(head: Token, verb: Token) -> Token:
    """The verb, or its ancestor that is a child of ``head`` ("a report saying that …"): the phrase stops before it."""
    node = verb
    while node.head.i not in (head.i, node.i):
        node = node.head
    return node if node.head.i == head.i else (head.head if head.head.pos_ in ("VERB", "AUX") else verb)


def _between(phrase: TokenSpan, limit: tuple[int, int]) -> TokenSpan:
    """The phrase cut to the token range ``limit``, inclusive."""
    first, last = max(phrase.start, limit[0]), min(phrase.end - 1, limit[1])
    return phrase.doc[first : last + 1] if first <= last else phrase.doc[0:0]


def _is_quoting(passage: Passage, verb: Token) -> bool:
    return any(b + 1 == verb.i or a - verb.i in (1, 2) for a, b in passage.ranges)


# ── quotations ─────────────────────────────────────────────────────────────────────────────────────────────────


def _quoted(passage: Passage, verb: Token, cue: Cue, extra: list[Token]) -> Candidate | None:
    """``"Q," SOURCE CUE``, ``"Q," CUE SOURCE``, ``SOURCE CUE: "Q"``, and both sides at once."""
    if "q" not in cue.frames and "c" not in cue.frames:
        return None
    doc, ranges = passage.doc, passage.ranges
    inside = passage.quote_at(verb.i)
    if inside is not None and _depth(passage, verb.i, inside):
        return None
    words = clauses.cue_words(verb, extra)
    before = [n for n, (a, b) in enumerate(ranges) if b < verb.i]
    after = [n for n, (a, b) in enumerate(ranges) if a > verb.i]
    content: list[int] = []
    limit: tuple[int, int] = (0, len(doc) - 1)
    source: TokenSpan | None = None
    if before and _speech(passage, before[-1]):
        n = before[-1]
        gap = doc[ranges[n][1] + 1 : words.start]
        if _quiet(gap) and len(gap) <= 40 and _ends_like_speech(passage, n) and not _sentence_over(passage, n):
            limit = (ranges[n][1] + 1, passage.sentence(verb)[1])
            source = source_of(passage, verb, limit=limit) or _beside(passage, gap, words, limit[1])
            content.append(n)
    if after and _speech(passage, after[0]):
        n = after[0]
        gap = doc[words.end : ranges[n][0]]
        near = (
            not gap or gap[-1].text in (",", ":", "—", "–", ".") or (len(gap) <= 2 and not _starts_midway(passage, n))
        )
        free = len(gap) <= _REACH and _quiet(gap) and not _clause_between(gap) and not _taken(passage, n)
        if free and near and (content or gap or not _starts_midway(passage, n)):
            content.append(n)
    if not content:
        return None
    if source is None:
        source = source_of(passage, verb)
    if source is None and _depth_pronoun(verb):
        return None
    return Candidate(
        "quotation",
        _spans(passage, source),
        (passage.parsed.of(words),),
        tuple(passage.quotes[n].span for n in content),
        cue.stance,
        cue.lemma,
        passage.parsed.index,
        verb.i,
        direct=True,
        negated=cues.negated(verb),
        recipient=_recipient(passage, verb),
    )


def _beside(passage: Passage, gap: TokenSpan, words: TokenSpan, last: int) -> TokenSpan | None:
    """The noun phrase between a quotation and its cue, or right behind the cue, where the parse has no subject."""
    doc = passage.doc
    if any(t.pos_ in ("PROPN", "NOUN", "PRON") for t in gap):
        return _without_adverbs(clauses.trim(doc, gap.start, gap.end - 1))
    end = words.end
    while (
        end <= last
        and doc[end].text not in '.;:"“”'
        and doc[end].tag_ not in _TENSED
        and doc[end].lower_ not in ("in", "on", "at", "after", "during", "when", "as")
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
    return quote.speech or (
        quote.words >= 1 and _ends_like_speech(passage, n) and passage.parsed.doc.text[:1] in "\"“'‘"
    )


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
        and doc[last + 1].text[:1].isupper()
    )


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
    first = passage.parsed.doc.text[inner.start - passage.parsed.offset :].lstrip("[(…. ")[:1]
    return first.islower()


def _quiet(gap: TokenSpan) -> bool:
    """No sentence ends in the gap and no other quotation stands there."""
    return not any(
        (t.text in MARKS and t.text != "'") or (t.text in ".!?" and t.dep_ == "punct" and t.i < gap.end - 1)
        for t in gap
    )


def _clause_between(gap: TokenSpan) -> bool:
    return any(t.tag_ in _TENSED for t in gap)


# ── clauses ────────────────────────────────────────────────────────────────────────────────────────────────────


def _clausal(passage: Passage, verb: Token, cue: Cue, extra: list[Token]) -> Candidate | None:
    doc = passage.doc
    words = clauses.cue_words(verb, extra)
    first, last = passage.sentence(verb)
    if (
        verb.lemma_.lower() in ("say", "think", "report", "allege")
        and words.end <= last
        and doc[words.end].lower_ == "to"
    ):
        return None  # "said to be": a passive that lacks its auxiliary, in headlines and after nouns
    parts = [c for c in verb.children if c.dep_ == "ccomp"]
    right = [c for c in parts if c.i > verb.i]
    content: Spans = ()
    source: TokenSpan | None = None
    pattern = ""
    if "c" in cue.frames or "q" in cue.frames:
        if right:
            begin, end = clauses.edges(right[0], stop=frozenset({verb.i}))
            begin = max(begin, words.end)
            mark = next((i for i in range(words.end, begin) if doc[i].lower_ == "that"), None)
            begin = mark if mark is not None else begin
            begin = _pull_left(passage, verb, words.end, begin)
            end = cut(passage, begin, max(end, right[0].i))
            content, pattern = passage.spans((begin, end)), "clause"
        elif ("q" in cue.frames or parts) and _parenthetical(verb, cue):
            found = _before(passage, verb, words, first, last)
            if found is not None:
                content, source, pattern = found
        if not content and "c" in cue.frames:
            that = _that_after(passage, words.end, last)
            if that is not None:
                content, pattern = passage.spans((that, cut(passage, that, last))), "clause"
    if not content:
        return None
    source = source or source_of(passage, verb)
    if source is not None and clauses.passive(verb) and clauses.agent(verb) is None:
        source = None
    if (
        source is None
        and not clauses.passive(verb)
        and pattern == "clause"
        and verb.dep_ not in ("ROOT", "advcl", "conj", "relcl", "ccomp")
    ):
        return None
    return Candidate(
        pattern,
        _spans(passage, source),
        (passage.parsed.of(words),),
        content,
        cue.stance,
        cue.lemma,
        passage.parsed.index,
        verb.i,
        negated=cues.negated(verb),
        recipient=_recipient(passage, verb),
    )


def _pull_left(passage: Passage, verb: Token, start: int, begin: int) -> int:
    """The clause begins right after the cue when only adverbs, or a lost subject, stand between."""
    doc = passage.doc
    gap = doc[start:begin]
    own = {
        i
        for c in verb.children
        if c.dep_ in ("dobj", "dative", "npadvmod", "prep", "advmod", "agent", "tmod", "prt")
        for i in [t.i for t in c.subtree]
    }
    if gap and not any(t.i in own for t in gap) and not any(t.text in ",:;" for t in gap):
        return start
    return begin


def _that_after(passage: Passage, start: int, last: int) -> int | None:
    """ "that" within a short reach of the cue, with a tensed verb behind it: a clause hung elsewhere."""
    doc = passage.doc
    for i in range(start, min(start + 10, last)):
        if (
            doc[i].lower_ == "that"
            and doc[i].tag_ in ("IN", "WDT")
            and any(t.tag_ in _TENSED for t in doc[i + 1 : last + 1])
        ):
            return i
        if doc[i].tag_ in _TENSED or doc[i].text in ',;:."“':
            return None
    return None


def cut(passage: Passage, begin: int, end: int) -> int:
    """The last token of a content that starts at ``begin``: before ", adding that", ", according to", ", he said"."""
    doc = passage.doc
    for i in range(begin + 2, end):
        if doc[i].text != "," or passage.quote_at(i) is not None:
            continue
        after = doc[i + 1]
        if after.lower_ == "according" or (after.tag_ == "VBG" and after.lemma_.lower() in cues.verbs()):
            return i - 1
    while end > begin and doc[end].text in ".,;:":
        end -= 1
    return end


def _parenthetical(verb: Token, cue: Cue) -> bool:
    """Whether the cue can stand behind or inside its content: a main verb without an object of its own."""
    if verb.dep_ in ("relcl", "acl", "pcomp", "xcomp") or (
        verb.tag_ in ("VB", "VBG", "VBN") and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    ):
        return False
    if any(c.dep_ == "mark" or c.tag_ in ("WDT", "WP", "WRB") for c in verb.children if c.i < verb.i):
        return False
    return not any(
        c.i > verb.i and (c.dep_ in ("xcomp", "ccomp", "oprd") or (c.dep_ == "dobj" and cue.lemma != "tell"))
        for c in verb.children
    )


def _before(
    passage: Passage, verb: Token, words: TokenSpan, first: int, last: int
) -> tuple[Spans, TokenSpan | None, str] | None:
    """Content before the cue ("Prices rose, SOURCE said") or around it ("Prices, SOURCE said, rose")."""
    doc = passage.doc
    source = source_of(passage, verb)
    inverted = source is not None and source.start > verb.i
    if inverted and source is not None:
        group_start, group_end = words.start, source.end - 1
    else:
        run = _segments(passage, first, words.start)
        if run is None:
            return None
        group_start, group_end = run, words.end - 1
        source = _without_adverbs(clauses.trim(doc, run, words.start - 1))
    if (
        group_start - first < 2
        or source is None
        or not len(source)
        or source[0].tag_ in _RELATIVES
        or source[-1].tag_ in _RELATIVES
    ):
        return None
    comma = doc[group_start - 1]
    if comma.text not in (",", "—", "–", "-", "--") and comma.text not in MARKS:
        return None
    tail = group_end + 1
    while tail <= last and doc[tail].text not in (",", ";", ".") and doc[tail].head.i in range(group_start, tail + 1):
        tail += 1
    rest = (tail + 1, last) if tail <= last and doc[tail].text == "," else None
    begin = first
    while begin < group_start and (doc[begin].pos_ == "CCONJ" or doc[begin].is_space):
        begin += 1
    spans = passage.spans((begin, group_start - 1))
    if (
        rest is not None
        and rest[1] - rest[0] > 2
        and not _own_clause(doc[rest[0] : rest[1] + 1], doc[begin:group_start])
    ):
        spans += passage.spans((rest[0], cut(passage, rest[0], rest[1])))
    if not any(t.tag_ in (*_TENSED, "VBN", "VBG") for s in spans for t in passage.parsed.tokens(s) or ()):
        return None
    return spans, source, "preposed"


def _own_clause(rest: TokenSpan, front: TokenSpan) -> bool:
    """What follows a cue in mid-sentence goes on with the content, unless it is a participle or conjunct of the cue."""
    if rest[0].tag_ == "VBG" or rest[0].lower_ in (
        "adding",
        "and",
        "but",
        "while",
        "which",
        "who",
        "after",
        "before",
        "when",
        "as",
    ):
        return True
    return any(t.tag_ in _TENSED for t in front) and rest[0].tag_ not in _TENSED


def _without_adverbs(phrase: TokenSpan) -> TokenSpan:
    end = phrase.end
    while end > phrase.start + 1 and phrase.doc[end - 1].pos_ in ("ADV", "AUX"):
        end -= 1
    return phrase.doc[phrase.start : end]


def _segments(passage: Passage, first: int, end: int) -> int | None:
    """Where the source begins: the noun phrases between commas right before the cue.

    A name may have a description before it ("the deputy head of X, NAME,") or behind it.
    """
    doc = passage.doc
    stop = end - 1
    while stop > first and (doc[stop].text == "," or doc[stop].pos_ in ("ADV", "AUX") or doc[stop].dep_ == "neg"):
        stop -= 1
    starts: list[tuple[int, int]] = []
    right = stop
    i = stop
    depth = 0
    while i >= first:
        text = doc[i].text
        if text in ")]":
            depth += 1
        elif text in "([":
            depth -= 1
        at_quote = text in MARKS and text != "'"
        if depth <= 0 and (text in (",", "—", "–", ";") or at_quote):
            if right >= i + 1:
                starts.append((i + 1, right))
            right = i - 1
            if text == ";" or at_quote or len(starts) >= 4:
                break
        i -= 1
    if not starts:
        return None
    best = starts[0][0]
    if not _nominal(doc[starts[0][0] : starts[0][1] + 1]):
        return None
    for left, right in starts[1:]:
        upper, lower = doc[left : right + 1], doc[best : stop + 1]
        if not _nominal(upper) or left == first:
            break
        if _described(upper) != _described(lower[: max(1, len(lower))]) or _relative(lower):
            best = left
            if _named(upper):
                break
        else:
            break
    return best


def _nominal(segment: TokenSpan) -> bool:
    """Whether a segment is one noun phrase: no tensed verb but in a relative clause."""
    if not len(segment):
        return False
    relative = next((t.i for t in segment if t.tag_ in _RELATIVES), segment.end)
    return (
        not any(t.tag_ in _TENSED and t.i < relative for t in segment)
        and any(t.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for t in segment)
        and (segment[0].pos_ not in ("ADP", "SCONJ", "VERB", "CCONJ", "ADV") or segment[0].tag_ in _RELATIVES)
    )


def _described(segment: TokenSpan) -> bool:
    return (
        segment[0].pos_ in ("DET", "PRON")
        or segment[0].lower_ in ("a", "an", "the", "its", "his", "her", "their")
        or (segment[0].pos_ in ("NOUN", "ADJ") and not segment[0].is_title)
    )


def _named(segment: TokenSpan) -> bool:
    return all(t.pos_ == "PROPN" or t.is_title for t in segment)


def _relative(segment: TokenSpan) -> bool:
    return segment[0].tag_ in _RELATIVES or segment[0].tag_ == "VBG"


def _recipient(passage: Passage, verb: Token) -> Spans:
    """Whom it was told to: the object of "tell", "to" or "with" after another verb of saying."""
    for child in verb.children:
        if child.dep_ in ("dobj", "dative") and verb.lemma_.lower() in (
            "tell",
            "inform",
            "notify",
            "advise",
            "assure",
            "remind",
            "warn",
            "brief",
            "ask",
        ):
            noun = next((g for g in child.children if g.dep_ == "pobj"), child) if child.pos_ == "ADP" else child
            return _spans(passage, clauses.noun_phrase(noun))
        if child.dep_ in ("prep", "dative") and child.lower_ == "to" and child.i > verb.i:
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.i - verb.i < 6:
                    return _spans(passage, clauses.noun_phrase(noun))
    return ()


def _spans(passage: Passage, phrase: TokenSpan | None) -> Spans:
    return (passage.parsed.of(phrase),) if phrase is not None and len(phrase) else ()

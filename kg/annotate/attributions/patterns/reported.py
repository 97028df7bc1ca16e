"""Reporting verbs: one candidate for each verb whose content is a quotation or a clause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.cues import Cue
from kg.annotate.attributions.extents import conjoined, cut, pull_left, that_after, through_quotation
from kg.annotate.attributions.patterns import preposed, quoted
from kg.annotate.attributions.speakers import ANSWERS, neighbour, own_words, recipient, source_of, spans_of
from kg.annotate.parse import clauses
from kg.annotate.parse.clauses import TENSED
from kg.english.lists import listed
from kg.model import Spans, Stance

_TOLD = frozenset(listed("attribution_words", "told"))
_REACH = 5  # tokens from "what" to the cue: "what the army says is"


def find(passage: Passage) -> Iterator[Candidate]:
    """One candidate for each reporting verb whose content is a quotation or a clause, and the plans of its subject."""
    for token in passage.doc:
        hit = cues.of_verb(token)
        if hit is None:
            continue
        cue, extra = hit
        if (
            extra
            and [t.lower_ for t in passage.doc[extra[-1].i + 1 : extra[-1].i + 2]] == ["to"]
            and cue.lemma == "go on"
        ):
            continue  # "went on to say", whose cue is the saying
        if own_words(passage, token) or cues.purpose(token) or _is_question(passage, token):
            continue
        if cues.unreal(token) and not _is_quoting(passage, token):
            continue
        # Both readings are proposed: a quotation before the cue may belong to another cue ("…," he said, adding that …).
        for candidate in (quoted.find(passage, token, cue, extra), _clausal(passage, token, cue, extra)):
            if candidate is not None:
                yield candidate


def _is_question(passage: Passage, verb: Token) -> bool:
    """ "Does he know how many will drown?": asked, and told by nobody."""
    subject = clauses.subject(verb)
    if verb.dep_ != "ROOT" or subject is None or passage.quote_at(verb.i) is not None:
        return False
    asks = any(c.dep_ in ("aux", "auxpass") and c.i < subject.i for c in verb.children)
    return asks and passage.doc[passage.sentence(verb)[1]].text == "?"


def _is_quoting(passage: Passage, verb: Token) -> bool:
    return any(b + 1 == verb.i or a - verb.i in (1, 2) for a, b in passage.ranges)


def _clausal(passage: Passage, verb: Token, cue: Cue, extra: list[Token]) -> Candidate | None:
    words = clauses.cue_words(verb, extra)
    first, last = _bounds(passage, verb, words)
    infinitive = words.end <= last and passage.doc[words.end].lower_ == "to"
    if verb.lemma_.lower() in ("say", "think", "report", "allege") and infinitive:
        return None  # "said to be": a passive that lacks its auxiliary, in headlines and after nouns
    content, source, pattern = _content(passage, verb, cue, words, first, last)
    if "q" in cue.frames and (turned := _turned(passage, verb, words, first, last)) is not None:
        content, source, pattern = turned
    if not content and "c" in cue.frames:
        content, pattern = _as_told(passage, verb, last), "preposed"
    if not content:
        return None
    content = _without_copula(passage, verb, content)
    if cue.stance is Stance.DENIED:
        content = _without_own_words(passage, content)
    source = source or source_of(passage, verb) or neighbour(passage, verb, words)
    if source is not None and clauses.passive(verb) and clauses.agent(verb) is None:
        source = None
    if source is None and not clauses.passive(verb) and not clauses.asked(verb):
        return None  # an imperative, or a subject that the parse has lost
    return Candidate(
        pattern,
        spans_of(passage, source),
        (passage.parsed.of(words),),
        content,
        cue.stance,
        cue.lemma,
        passage.parsed.index,
        verb.i,
        negated=cues.negated(verb),
        recipient=recipient(passage, verb),
    )


def _turned(
    passage: Passage, verb: Token, words: TokenSpan, first: int, last: int
) -> tuple[Spans, TokenSpan, str] | None:
    """ "And, says NAME, the mill will close": cue and name between commas, behind nothing but a small word."""
    doc = passage.doc
    end = words.end
    while end <= last and doc[end].pos_ == "PROPN":
        end += 1
    small = all(t.pos_ in ("CCONJ", "ADV", "INTJ", "PUNCT", "SPACE") for t in doc[first : words.start])
    apart = first < words.start and doc[words.start - 1].text == "," and end < last and doc[end].text == ","
    if end == words.end or not (small and apart) or not any(t.tag_ in TENSED for t in doc[end + 1 : last + 1]):
        return None
    content = passage.spans((end + 1, cut(passage, end + 1, last)))
    return (content, doc[words.end : end], "preposed") if content else None


def _without_copula(passage: Passage, verb: Token, content: Spans) -> Spans:
    """ "what the paper said was a ruse": what it is said to be."""
    tokens = passage.parsed.tokens(content[0])
    free = any(t.lower_ == "what" for t in passage.doc[max(0, verb.i - _REACH) : verb.i])
    if not free or tokens is None or len(tokens) < 2 or tokens[0].lemma_ != "be" or tokens.start != verb.i + 1:
        return content
    return (*passage.spans((tokens.start + 1, tokens.end - 1)), *content[1:])


def _without_own_words(passage: Passage, content: Spans) -> Spans:
    """What is denied, without the words behind a colon that say it is not so: "denied that it was unsafe: “It will stand.”"."""
    tokens = passage.parsed.tokens(content[-1])
    colon = next((t.i for t in tokens or () if t.text == ":" and passage.quote_at(t.i + 1) is not None), None)
    if tokens is None or colon is None or passage.quote_at(colon) is not None:
        return content
    return (*content[:-1], *passage.spans((tokens.start, colon - 1))) or content


def _bounds(passage: Passage, verb: Token, words: TokenSpan) -> tuple[int, int]:
    """First and last token of the sentence; "Asked whether …, the mayor said …": of the question, up to the answer's clause."""
    first, last = passage.sentence(verb)
    if clauses.asked(verb):
        commas = (i for i in range(words.end + 1, last) if passage.doc[i].text == "," and passage.quote_at(i) is None)
        last = next((i - 1 for i in commas), last)
    return first, last


def _content(
    passage: Passage, verb: Token, cue: Cue, words: TokenSpan, first: int, last: int
) -> tuple[Spans, TokenSpan | None, str]:
    """The clause that the verb reports, its source where the place of the clause tells it, and the pattern."""
    if not {"c", "q"} & set(cue.frames):
        return (), None, ""
    parts = [c for c in verb.children if c.dep_ == "ccomp"]
    right = _right(verb, parts)
    if right is not None and _of_degree(words, clauses.edges(right)[0]):
        return (), None, ""
    if right is not None and not _answered(passage, verb, words, clauses.edges(right)[0]):
        if content := _clause(passage, verb, words, right):
            return content, None, "clause"
    elif ("q" in cue.frames or parts) and _parenthetical(verb, cue):
        found = preposed.find(passage, verb, words, first, last)
        if found is not None:
            return found
    content = ()
    if (counted := _count_after(verb, words)) is not None:
        content = passage.spans((words.end, cut(passage, words.end, max(counted, last))))
    that = that_after(passage, words.end, last) if not content and "c" in cue.frames else None
    if that is not None and not _answered(passage, verb, words, that) and not _of_degree(words, that):
        content = passage.spans((that, through_quotation(passage, that, cut(passage, that, last))))
    return content, None, "clause"


def _answered(passage: Passage, verb: Token, words: TokenSpan, that: int) -> bool:
    """ "responded to the accusation that A", "to reports on Monday that A": what A is was said by somebody else."""
    doc = passage.doc
    told = any(t.lemma_.lower() in cues.nouns() for t in doc[words.end + 1 : that])
    return verb.lemma_.lower() in ANSWERS and doc[words.end].lower_ == "to" and told


def _of_degree(words: TokenSpan, that: int) -> bool:
    """ "tells so many stories that nobody listens": what comes of it, and nothing that is told."""
    between = words.doc[words.end : that]
    often = any(t.lower_ in ("times", "often") for t in between)  # "has said so many times that"
    return not often and any(t.lower_ in ("so", "such") and t.i + 1 < that for t in between)


def _as_told(passage: Passage, verb: Token, last: int) -> Spans:
    """ "As NAME has argued in these pages, the lake will dry up": the main clause behind the comma."""
    main = verb.head
    if verb.dep_ != "advcl" or main.i < verb.i or not any(c.lower_ == "as" and c.dep_ == "mark" for c in verb.children):
        return ()
    if any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in verb.children) or verb.tag_ == "VBG":
        return ()
    start, end = clauses.edges(verb)[1] + 1, min(clauses.edges(main)[1], last)
    if start > end or passage.doc[start].text != ",":
        return ()
    return passage.spans((start + 1, cut(passage, start + 1, end)))


def _right(verb: Token, parts: Sequence[Token]) -> Token | None:
    """The clause behind the cue; of two, the one with "that" where the first is of the hearers: "told supporters gathered in the
    square that …".
    """
    behind = [c for c in parts if c.i > verb.i]
    if len(behind) > 1 and verb.lemma_.lower() in _TOLD and not any(c.dep_ == "mark" for c in behind[0].children):
        return next((c for c in behind[1:] if any(m.lower_ == "that" for m in c.children)), behind[0])
    return behind[0] if behind else None


def _clause(passage: Passage, verb: Token, words: TokenSpan, head: Token) -> Spans:
    """The clause of ``head`` behind the cue, with its "that" and what the parse has left between the two."""
    begin, end = clauses.edges(head, stop=frozenset({verb.i}))
    begin = max(begin, words.end)
    if _lost_subject(verb, words, head):
        begin = words.end
    begin = next((i for i in range(words.end, begin) if passage.doc[i].lower_ == "that"), begin)
    if verb.lemma_.lower() not in _TOLD or passage.doc[begin].lower_ != "that":
        begin = pull_left(passage, verb, words.end, begin)
    begin = _behind_hearers(passage, verb, words, begin, end)
    end = conjoined(passage, verb, begin, max(end, head.i))
    end = through_quotation(passage, begin, cut(passage, begin, end))
    return passage.spans((begin, end))


def _behind_hearers(passage: Passage, verb: Token, words: TokenSpan, begin: int, end: int) -> int:
    """Where the content begins where the parse took the hearers with what they do for a clause of it: at "that"."""
    doc = passage.doc
    if verb.lemma_.lower() not in _TOLD or begin != words.end or doc[begin].tag_ not in ("NNS", "NNPS"):
        return begin
    that = next((i for i in range(begin, end) if doc[i].lower_ == "that" and doc[i].dep_ == "mark"), begin)
    told = doc[begin:that]
    return begin if any(cues.of_verb(t) is not None for t in told) or not any(t.pos_ == "VERB" for t in told) else that


def _lost_subject(verb: Token, words: TokenSpan, head: Token) -> bool:
    """ "said a holding like Fintar, a builder of ships, might invest": the parse took the subject for what is said."""
    thing = next((c for c in verb.children if c.dep_ == "dobj" and words.end <= c.i < head.i), None)
    if thing is None or verb.lemma_.lower() != "say" or any(c.dep_ in clauses.SUBJECTS for c in head.children):
        return False
    return clauses.edges(thing)[0] == words.end


def _count_after(verb: Token, words: TokenSpan) -> int | None:
    """ "The report says about half of the miners work without insurance": where the clause has a verb that may be a noun,
    the parser takes its subject for what is said. The last token of that subject, if it is a count right behind the cue.
    """
    if verb.lemma_.lower() != "say" or verb.tag_ not in clauses.TENSED:
        return None
    for child in verb.children:
        if child.dep_ == "dobj" and (child.like_num or child.ent_type_ == "CARDINAL" or child.lower_ == "half"):
            first, end = clauses.edges(child)
            return end if first == words.end else None
    return None


def _parenthetical(verb: Token, cue: Cue) -> bool:
    """Whether the cue can stand behind or inside its content: a main verb without an object of its own."""
    if verb.dep_ in ("relcl", "acl", "pcomp", "xcomp") or (
        verb.tag_ in ("VB", "VBG", "VBN") and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    ):
        return False
    if any(c.dep_ == "mark" or c.tag_ in ("WDT", "WP", "WRB") for c in verb.children if c.i < verb.i):
        return False
    apart = verb.i + 1 < len(verb.doc) and verb.nbor().text == ","  # what the content goes on with
    return not any(
        c.i > verb.i
        and (c.dep_ in ("xcomp", "ccomp", "oprd") or (c.dep_ == "dobj" and cue.lemma not in _TOLD and not apart))
        for c in verb.children
    )

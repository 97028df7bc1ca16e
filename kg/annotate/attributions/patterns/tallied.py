"""Numbers that somebody gives: "police put the turnout at 24,000", "the ministry's count stood at 11", "19 by her count".

The frames are those of :mod:`kg.annotate.parse.tallies`; here they tell whose number it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.extents import cut, gap_at
from kg.annotate.attributions.speakers import own_words, source_of
from kg.annotate.parse import clauses, tallies
from kg.annotate.parse.tallies import Frame
from kg.english import kinds
from kg.english.lists import classed, listed
from kg.model import Spans, Stance

_ACTORS = frozenset(listed("function_words", "actor")) - {"it", "you", "others", "some", "many"}
_ACCOUNTS = frozenset(listed("tally_words", "account"))
_COUNTERS = frozenset(listed("tally_words", "counter"))
_COUNTING = frozenset(listed("tally_words", "counting"))
_KEEPING = frozenset(listed("tally_words", "keeping"))
_SUMS = (
    frozenset(listed("tally_words", "sum"))
    | frozenset(listed("tally_words", "crowd"))
    | frozenset(listed("tally_words", "measure"))
)
# What a place or a team does too, without telling it: "the city recorded 40 cases".
_WEAK = frozenset(listed("tally_words", "registering"))
_BREAKS = frozenset(listed("tally_words", "break"))
_GIVEN_OUT = frozenset(listed("attribution_words", "given_out"))
_LONGEST_NOUN = 12  # tokens of a noun with what hangs on it
_REACH = 40  # tokens of content behind a cue


def find(passage: Passage) -> Iterator[Candidate]:
    """Frames around numbers, counts that are somebody's own, and the accounts by which numbers are given."""
    doc = passage.doc
    yield from _left_out(passage)
    seen: set[int] = set()
    for token in doc:
        if not token.like_num or token.tag_ != "CD" or _in_date(token) or passage.quote_at(token.i) is not None:
            continue
        if token.i and doc[token.i - 1].like_num:
            continue
        yield from _owned(passage, token)
        frame = tallies.around(doc, token.i) or _behind_words(doc, token.i)
        if frame is None or frame.verb.i in seen:
            continue
        seen.add(frame.verb.i)
        yield from _framed(passage, frame, token)
    yield from _by_account(passage)
    yield from _given_out(passage)


def _in_date(token: Token) -> bool:
    """Whether a number is a part of a date: "15 March"."""
    beside = [t for t in (token.doc[max(0, token.i - 1) : token.i + 2]) if t.i != token.i]
    return token.ent_type_ in ("DATE", "TIME") and any(t.ent_type_ == token.ent_type_ for t in beside)


def _behind_words(doc: Doc, number: int) -> Frame | None:
    """ "reported a further 11 deaths", "documented the deaths of 31": a verb of giving with a few words before its number."""
    for i in range(number - 1, max(-1, number - 5), -1):
        token = doc[i]
        if token.lemma_.lower() in tallies.table() and token.pos_ == "VERB":
            row = next(
                (r for r in tallies.table()[token.lemma_.lower()] if r.frame == "gives" and "" in r.before), None
            )
            return Frame("gives", token, None, None, row.stance) if row is not None else None
        if token.lower_ != "of" and token.pos_ not in ("DET", "ADJ", "ADV", "NOUN", "PROPN"):
            return None
    return None


def _framed(passage: Passage, frame: Frame, number: Token) -> Iterator[Candidate]:
    if frame.frame in ("stands", "of") and frame.measure is not None:
        yield from _account_stands(passage, frame, number)
        return
    verb = frame.verb
    if verb.dep_ == "pcomp":
        return  # "announced after counting 96 per cent of the ballots"
    if frame.stance is None or cues.unreal(verb) or cues.purpose(verb) or own_words(passage, verb):
        return
    if frame.frame == "sets" and not _is_count(frame):
        return
    source, content = _source(passage, verb), _content(passage, frame, number)
    if source is None or not content or not _tells(source, verb):
        return
    handed = verb.lemma_.lower() == "give" and any(
        t.pos_ in ("PROPN", "PRON") for t in passage.doc[verb.i + 1 : number.i]
    )
    if handed and source.root.lemma_.lower() not in _COUNTERS:
        return  # "gave its partner 13 percent of its shares"
    sources, contents = _respectively(passage, source, content, number)
    pattern = "bare figure" if frame.frame == "gives" and tallies.closes(passage.doc, number.i) else "figure"
    cue = passage.parsed.of(clauses.cue_words(verb, []))
    for who, what, words in zip(
        sources, contents, (cue, *passage.spans((_last_word(passage, number),) * 2)), strict=False
    ):
        yield Candidate(
            pattern, (passage.parsed.of(who),), (words,), what, frame.stance, verb.lemma_.lower(), passage.parsed.index,
            verb.i if words == cue else _last_word(passage, number), negated=cues.negated(verb),
        )  # fmt: skip


def _is_count(frame: Frame) -> bool:
    """Whether what is set at a number is a count of something: not "cut its workforce to 5,000"."""
    measure = frame.measure
    if measure is None:
        return False
    return (
        frame.verb.lemma_.lower() in _COUNTING or measure.lemma_.lower() in _SUMS or measure.lower_ in ("that", "those")
    )


def _source(passage: Passage, verb: Token) -> TokenSpan | None:
    """Who gives the number: the subject, or who a passive names behind "by"."""
    found = source_of(passage, verb)
    if found is None and verb.dep_ == "relcl" and any(c.tag_ in clauses.RELATIVES for c in verb.children):
        return clauses.noun_phrase(verb.head, barrier=verb)
    if found is not None and found.root.tag_ in clauses.RELATIVES and verb.dep_ == "relcl":
        whose = next((t for t in found.root.lefts if t.lower_ == "whose"), None)
        return found if whose is not None else clauses.noun_phrase(verb.head, barrier=verb)
    return found


def _left_out(passage: Passage) -> Iterator[Candidate]:
    """The number that a second speaker gives without a verb: "The governor spoke of 42 and [the operator] [of] 38"."""
    for token in passage.doc[:-2]:
        gap = gap_at(passage, token.i)
        if gap is None or passage.quote_at(token.i) is not None:
            continue
        first, last = passage.sentence(token)
        verb = next((t for t in reversed(passage.doc[first : token.i]) if t.tag_ in clauses.TENSED), None)
        if verb is None or passage.quote_at(verb.i) is not None:
            continue
        hit = cues.of_verb(verb)
        rows = tallies.table().get(verb.lemma_.lower(), ())
        stance = hit[0].stance if hit is not None else next((r.stance for r in rows if r.stance is not None), None)
        holder = passage.doc[gap.source[0] : gap.source[1] + 1]
        if stance is None or not _tells(holder, verb):
            continue
        begin = max(gap.cue[1], gap.source[1]) + 1
        content = passage.spans((begin, cut(passage, begin, last)))
        yield Candidate(
            "figure", passage.spans(gap.source), passage.spans(gap.cue), content, stance, verb.lemma_.lower(), passage.parsed.index,
            gap.cue[1],
        )  # fmt: skip


def _tells(source: TokenSpan, verb: Token) -> bool:
    """Whether the phrase is one who tells numbers: a person, a body, a document; of the verbs of registering no place or team."""
    root = source.root
    lemma = root.lemma_.lower()
    if any(t.i > root.i and t.like_num for t in source) and root.pos_ == "NOUN" and lemma not in _COUNTERS:
        return False
    if root.pos_ == "PRON":
        return root.lower_ in _ACTORS or (root.lower_ == "it" and verb.lemma_.lower() not in _WEAK)
    if root.pos_ == "PROPN":
        return verb.lemma_.lower() not in _WEAK or root.ent_type_ in ("ORG", "PERSON") or lemma in _COUNTERS
    return root.pos_ == "NOUN" and (
        lemma in _COUNTERS
        or lemma in classed("people", "noun")
        or kinds.of_name(source.text.removeprefix("the ")) is not None
    )


def _content(passage: Passage, frame: Frame, number: Token) -> Spans:
    """From the measure, or from the number with its bound, to the end of the clause."""
    doc, verb = passage.doc, frame.verb
    _, last = passage.sentence(verb)
    if number.i < verb.i:
        return ()
    start = verb.i + 1
    if frame.measure is not None and frame.measure.i < verb.i:  # "turnout there was put at 38 per cent"
        left, right = clauses.edges(frame.measure)
        right = min(right, verb.i - 1)
        while right > left and doc[right].pos_ in ("AUX", "ADV"):
            right -= 1
        agent = clauses.agent(verb)
        stop = _end(passage, number.i, last)
        if agent is None or agent.i < number.i:
            return passage.spans((left, right), (start, stop))
        behind = clauses.edges(agent)[1] + 1
        rest = ((behind, last),) if behind < last and any(t.like_num for t in doc[behind : last + 1]) else ()
        return passage.spans((left, right), (start, clauses.edges(agent.head)[0] - 1), *rest)
    while start < number.i and doc[start].lower_ in ("of", "to", "on", "with") and frame.measure is None:
        start += 1
    while start < number.i and doc[start].pos_ == "PRON":
        start += 1
    return passage.spans((start, cut(passage, start, _end(passage, number.i, last))))


def _end(passage: Passage, number: int, last: int) -> int:
    """The last token of the clause of a number: before a semicolon, a clause of its own, or a relative clause of the writer's."""
    doc = passage.doc
    for i in range(number + 1, min(last, number + _REACH) + 1):
        token = doc[i]
        if token.text in (";", "—", "–", "”") or (token.is_sent_start and passage.quote_at(i) is None):
            return i - 1
        if token.lower_ in _BREAKS and not any(t.like_num for t in doc[i + 1 : i + 4] if token.lower_ == "against"):
            return i - 1
        if token.text == "," and i + 2 < len(doc) and _opens_clause(doc, i + 1):
            return i - 1
        if token.lower_ in ("and", "but") and i + 1 <= last and _has_cue(doc, i + 1):
            return i - 1
    return min(last, number + _REACH)


def _opens_clause(doc: Doc, i: int) -> bool:
    """ ", she said", ", and the army", ", said Ana Ruiz": a subject with its verb, or a verb of telling."""
    token = doc[i]
    if token.pos_ == "PRON" or token.lower_ in _BREAKS:
        return True
    for t in doc[i : i + 9]:
        if t.text in ",;" or t.like_num:
            break
        if t.tag_ in clauses.TENSED:
            return True
    return token.pos_ in ("VERB", "AUX") and token.tag_ != "VBG" and token.tag_ != "VBN"


def _has_cue(doc: Doc, i: int) -> bool:
    return doc[i].tag_ in clauses.TENSED and doc[i].lemma_.lower() in cues.verbs()


def _respectively(
    passage: Passage, source: TokenSpan, content: Spans, number: Token
) -> tuple[tuple[TokenSpan, ...], tuple[Spans, ...]]:
    """The sources and contents of "the Security Ministry and the Disaster Center reported tolls of 381 and 309, respectively"."""
    doc = passage.doc
    second = next((c for c in source.root.children if c.dep_ == "conj"), None)
    other = next((t for t in doc[number.i + 1 : number.i + 6] if t.like_num), None)
    if second is None or other is None or doc[_last_word(passage, number)].lower_ != "respectively":
        return (source,), (content,)
    left, right = clauses.edges(second)
    split = next((t.i for t in doc[source.start : left] if t.dep_ == "cc"), left)
    start = passage.parsed.tokens(content[0])
    first = passage.spans((start.start if start is not None else number.i, number.i))
    return (doc[source.start : split], doc[left : right + 1]), (first, passage.spans((other.i, other.i)))


def _last_word(passage: Passage, number: Token) -> int:
    """The token of "respectively" behind a number, else the number's own."""
    return next((t.i for t in passage.doc[number.i : number.i + 14] if t.lower_ == "respectively"), number.i)


def _account_stands(passage: Passage, frame: Frame, number: Token) -> Iterator[Candidate]:
    """ "the Red Cross's estimate is 60", "its own count stood at 548", "has been keeping a count that stood at 1,149"."""
    noun = frame.measure
    if noun is None or noun.lemma_.lower() not in _ACCOUNTS:
        return
    holder = _keeper(passage, noun)
    if holder is None:
        return
    verb = frame.verb
    _, last = passage.sentence(verb)
    if frame.frame == "of":
        source_verb = noun.head if noun.dep_ in ("dobj", "attr") else None
        if source_verb is None or not _keeps(source_verb) or cues.unreal(source_verb):
            return
        cue, start = passage.parsed.of(clauses.cue_words(source_verb, [])), source_verb.i + 1
        head = source_verb.i
    else:
        cue, start, head = (
            passage.parsed.of(passage.doc[noun.i : max(verb.i, noun.i) + 1]),
            max(verb.i, noun.i) + 1,
            noun.i,
        )
    content = passage.spans((start, cut(passage, start, _end(passage, number.i, last))))
    if not content:
        return
    holders, contents = _respectively(passage, holder, content, number)
    for who, what, words in zip(
        holders, contents, (cue, *passage.spans((_last_word(passage, number),) * 2)), strict=False
    ):
        yield Candidate(
            "figure", (passage.parsed.of(who),), (words,), what, Stance.SAID, noun.lemma_.lower(), passage.parsed.index,
            head if words == cue else _last_word(passage, number),
        )  # fmt: skip


def _keeper(passage: Passage, noun: Token) -> TokenSpan | None:
    """Whose count it is: its possessor, or the subject of the verb of keeping it."""
    for child in noun.children:
        if child.dep_ == "poss" and child.i < noun.i:
            span = clauses.trim(noun.doc, *clauses.edges(child, leave=frozenset({"case"})))
            return span if child.lower_ in _ACTORS | {"its", "their", "her", "his"} or _tells(span, noun) else None
    verb = noun.head
    if noun.dep_ in ("dobj", "attr") and _keeps(verb):
        found = source_of(passage, verb)
        return found if found is not None and _tells(found, verb) else None
    return None


def _keeps(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    return verb.pos_ == "VERB" and (
        lemma in _KEEPING or any(r.frame == "gives" for r in tallies.table().get(lemma, ()))
    )


def _owned(passage: Passage, number: Token) -> Iterator[Candidate]:
    """ "slightly below the union's 12,000": a bare number that is somebody's."""
    doc = passage.doc
    mark = doc[number.i - 1] if number.i else None
    after = doc[number.i + 1] if number.i + 1 < len(doc) else None
    if (
        mark is None
        or mark.tag_ != "POS"
        or not (after is None or (after.is_punct and after.text != "-") or after.pos_ in ("ADP", "CCONJ"))
    ):
        return
    if after is not None and after.lower_ == "of":
        return
    owner = mark.head
    if owner.i >= mark.i or owner.pos_ not in ("NOUN", "PROPN"):
        return
    left, _ = clauses.edges(owner, leave=frozenset({"case"}))
    span = doc[left : mark.i]
    if len(span) and len(span) < 8 and _tells(span, mark):
        yield Candidate(
            "bare figure", (passage.parsed.of(span),), (passage.parsed.of(mark),), passage.spans((number.i, number.i)), Stance.SAID,
            "account", passage.parsed.index, mark.i,
        )  # fmt: skip


def _by_account(passage: Passage) -> Iterator[Candidate]:
    """ "By her count 19 are still missing", "402 delegates in the Norpress count", "by 6,200 by the company's"."""
    doc = passage.doc
    begun = -1
    for token in doc:
        if token.lower_ not in ("by", "in", "on") or passage.quote_at(token.i) is not None:
            continue
        noun = next(
            (t for t in doc[token.i + 1 : token.i + 8] if t.lemma_.lower() in _ACCOUNTS or t.text in ",.;"), None
        )
        elided = _elided_account(doc, token.i) if begun >= 0 else None
        if elided is None and (noun is None or noun.text in ",.;" or noun.pos_ not in ("NOUN", "PROPN")):
            continue
        end = elided if elided is not None else noun.i if noun is not None else token.i
        holder = _account_holder(doc, token.i + 1, end, passage)
        if holder is None or any(t.like_num for t in doc[token.i + 1 : end + 1]):
            continue
        first, last = passage.sentence(token)
        opening = all(t.is_punct or t.pos_ in ("CCONJ", "ADV", "SCONJ", "SPACE") for t in doc[first : token.i])
        start, stop = (end + 1, _end(passage, end + 1, last)) if opening else (max(first, begun + 1), token.i - 1)
        if not any(t.like_num for t in doc[start : stop + 1]):
            continue
        begun = end
        cue = ((token.i, token.i),) if holder.start == token.i + 1 else ((token.i, holder.start - 1),)
        yield Candidate(
            "figure", (passage.parsed.of(holder),), passage.spans(*cue), passage.spans((start, stop)), Stance.SAID, "by account",
            passage.parsed.index, token.i,
        )  # fmt: skip


def _elided_account(doc: Doc, i: int) -> int | None:
    """The mark of possession of "by the company's" with the noun left out."""
    for t in doc[i + 1 : i + 6]:
        if t.tag_ == "POS":
            return t.i if tallies.closes(doc, t.i) else None
        if t.pos_ not in ("DET", "NOUN", "PROPN", "ADJ"):
            return None
    return None


def _account_holder(doc: Doc, start: int, end: int, passage: Passage) -> TokenSpan | None:
    """Who the count between two tokens is of: what stands before its mark of possession, a name or a pronoun before its noun."""
    mark = next((t.i for t in doc[start : end + 1] if t.tag_ == "POS"), None)
    if mark is not None:
        return doc[start:mark]
    if doc[start].tag_ == "PRP$":
        return doc[start : start + 1]
    name = doc[start + 1 if doc[start].pos_ == "DET" else start : end]
    return name if len(name) and all(t.pos_ == "PROPN" for t in name) else None


def _given_out(passage: Passage) -> Iterator[Candidate]:
    """A participle behind what was given out, and who gave it: "the 33 announced by the minister", "31 deaths reported by police",
    "a package for the coast announced by the ministry last week".
    """
    for verb in passage.doc:
        if verb.tag_ not in ("VBN", "VBD") or passage.quote_at(verb.i) is not None:
            continue
        rows = tallies.table().get(verb.lemma_.lower(), ())
        stance = next((r.stance for r in rows if r.stance), None)
        counted = _counted_out(passage, verb) if stance is not None else None
        if counted is not None and stance is not None:
            source, content = counted
            yield _given(passage, "figure", verb, source, content, stance)
        elif (thing := _thing_out(passage, verb)) and (agent := clauses.agent(verb)) is not None:
            told = cues.verbs().get(verb.lemma_.lower())
            if told is not None:
                yield _given(passage, "passive", verb, clauses.noun_phrase(agent), thing, told.stance)


def _given(passage: Passage, pattern: str, verb: Token, source: TokenSpan, content: Spans, stance: Stance) -> Candidate:
    words = passage.spans((verb.i, verb.i))
    lemma, index = verb.lemma_.lower(), passage.parsed.index
    return Candidate(pattern, (passage.parsed.of(source),), words, content, stance, lemma, index, verb.i)


def _counted_out(passage: Passage, verb: Token) -> tuple[TokenSpan, Spans] | None:
    """The source and the number with what it counts before the participle."""
    doc = passage.doc
    by = next((t for t in doc[verb.i + 1 : verb.i + 9] if t.lower_ == "by" or t.text in ",.;"), None)
    number = next((t for t in reversed(doc[max(0, verb.i - 6) : verb.i]) if t.like_num), None)
    if by is None or by.lower_ != "by" or number is None or by.i + 1 >= len(doc):
        return None
    between = doc[number.i + 1 : verb.i]
    if any(t.pos_ not in ("NOUN", "ADJ", "PROPN", "AUX") for t in between):
        return None
    agent = next((c for c in by.children if c.dep_ == "pobj"), None)
    source = clauses.noun_phrase(agent) if agent is not None else None
    if source is None or not _tells(source, verb):
        return None
    start = number.i - 1 if doc[number.i - 1].lower_ == "the" and number.i else number.i
    end = verb.i - 1 if not any(t.pos_ == "AUX" for t in between) else between[0].i
    return source, passage.spans((start, end))


def _thing_out(passage: Passage, verb: Token) -> Spans:
    """The noun before the participle, with what hangs on it: "a package for Chile and Peru announced by …"."""
    noun = verb.head
    while noun.dep_ in ("pobj", "conj") and noun.head.lower_ != "of" and noun.i - noun.head.head.i < _LONGEST_NOUN:
        noun = noun.head.head if noun.dep_ == "pobj" else noun.head
        if noun.pos_ not in ("NOUN", "PROPN"):
            return ()
    if verb.dep_ != "acl" or verb.tag_ != "VBN" or verb.lemma_.lower() not in _GIVEN_OUT:
        return ()
    left = clauses.edges(noun, stop=frozenset({verb.i}))[0]
    return passage.spans((left, verb.i - 1)) if left < verb.i and noun.i < verb.i else ()

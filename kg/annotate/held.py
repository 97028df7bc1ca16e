"""Attributions without a reporting clause: "according to", nouns and adjectives that hold a claim, plans, judgements.

The kinds follow PolNeAR (Newell, Margolin and Ruths 2018), which counts beliefs, plans and attitudes of an actor too.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate import clauses, cues
from kg.annotate.candidates import Candidate, Passage
from kg.annotate.reported import cut, own_words, source_of
from kg.model import Spans, Stance

_TENSED = ("VBD", "VBZ", "VBP", "MD")
_GIVING = frozenset({"give", "put", "cite", "provide", "release", "publish", "quote", "issue", "present"})
_COUNTS = frozenset(
    {"figure", "number", "toll", "total", "count", "estimate", "tally", "percentage", "share", "cost", "amount"}
)
_HOLDING = frozenset(
    {
        "have",
        "hold",
        "possess",
        "receive",
        "get",
        "give",
        "make",
        "express",
        "voice",
        "issue",
        "release",
        "repeat",
        "reach",
        "offer",
        "see",
        "find",
    }
)


# ── according to ───────────────────────────────────────────────────────────────────────────────────────────────


def according(passage: Passage) -> Iterator[Candidate]:
    """ "According to SOURCE, CONTENT", "CONTENT, according to SOURCE" and the same in mid-sentence."""
    doc = passage.doc
    for token in doc[:-2]:
        if token.lower_ != "according" or token.nbor().lower_ != "to":
            continue
        first, last = passage.sentence(token)
        start, end = token.i + 2, _source_end(passage, token.i + 2, last)
        if end < start:
            continue
        source = clauses.trim(doc, start, end)
        inner = _estimate_by(source)
        begin = token.i
        opening = all(t.is_punct or t.pos_ in ("CCONJ", "ADV", "SCONJ") for t in doc[first:begin])
        if opening:
            content = passage.spans((end + 1, cut(passage, end + 1, last))) if end < last else ()
        else:
            content = passage.spans((first, begin - 1))
            if end + 1 < last and doc[end + 1].text == "," and not _another(doc[end + 2 : last + 1]):
                content += passage.spans((end + 2, last))
        if not content:
            continue
        reportative = None if opening else _reportative(passage, first, begin)
        if reportative is not None:
            content = reportative
        stance = cues.nouns().get(source.root.lemma_.lower(), Stance.SAID) if inner is not None else Stance.SAID
        holder = inner if inner is not None else source
        cue_end = holder.start - 1 if inner is not None else token.i + 1
        yield Candidate(
            "according",
            (passage.parsed.of(holder),),
            passage.spans((token.i, cue_end)),
            content,
            stance,
            "according to",
            passage.parsed.index,
            token.i,
        )


def _another(rest: TokenSpan) -> bool:
    """Whether what follows is a clause of its own rather than the rest of the content."""
    return rest[0].lower_ in ("and", "but", "while", "who", "which", "although", "though") if len(rest) else True


def _source_end(passage: Passage, start: int, last: int) -> int:
    """The source runs to the comma that is followed by a clause; appositions between commas belong to it."""
    doc = passage.doc
    i = start
    end = start - 1
    while i <= last:
        if doc[i].text in (".", ";", "—", "–", ":", "?", "!", "“", "”") or (
            doc[i].text == '"' and passage.quote_at(i) is None
        ):
            break
        if doc[i].text == ",":
            stop = next((j for j in range(i + 1, last + 1) if doc[j].text in ",.;—–"), last + 1)
            segment = doc[i + 1 : stop]
            follows = stop <= last and doc[stop].text == ","
            apposition = (
                len(segment) > 0
                and not any(
                    t.tag_ in _TENSED and not any(r.tag_ in ("WP", "WDT", "WP$") for r in doc[i + 1 : t.i])
                    for t in segment
                )
                and segment[0].pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
            )
            at_end = stop > last or doc[stop].text in ".;"
            if not apposition or not (follows or at_end):
                break
            end = stop - 1
            i = stop
            continue
        end = i
        i += 1
    return end


def _estimate_by(source: TokenSpan) -> TokenSpan | None:
    """ "an estimate by SOURCE", "a report from SOURCE", "SOURCE's figures": the one behind the document."""
    root = source.root
    if root.lemma_.lower() not in (*cues.nouns(), "figure", "data", "datum", "number", "count"):
        return None
    for child in root.children:
        if child.lower_ in ("by", "from") and child.dep_ in ("prep", "agent"):
            noun = next((g for g in child.children if g.dep_ == "pobj"), None)
            if noun is not None:
                left, right = clauses.edges(noun)
                time = next(
                    (t.i for t in source.doc[noun.i + 1 : right + 1] if t.lower_ in ("in", "on", "last", "this")),
                    right + 1,
                )
                return source.doc[left : min(right + 1, time, source.end)]
    return None


def _reportative(passage: Passage, first: int, begin: int) -> Spans | None:
    """ "the 22 said to have been killed, according to …": an evidential attaches to the nearest reporting passive
    without a source of its own, so that its content is that phrase and not the whole sentence.
    """
    doc = passage.doc
    for token in reversed(doc[first:begin]):
        if token.tag_ in ("VBN", "VBD") and token.lemma_.lower() in (
            "say",
            "believe",
            "think",
            "report",
            "estimate",
            "know",
            "allege",
            "claim",
        ):
            if token.i + 1 < begin and doc[token.i + 1].lower_ == "to" and token.i > first:
                left = token.i - 1
                while (
                    left > first
                    and doc[left - 1].pos_ in ("DET", "NUM", "ADJ", "NOUN", "PROPN")
                    and doc[left].pos_ != "DET"
                ):
                    left -= 1
                if doc[token.i - 1].pos_ in ("NUM", "NOUN", "PROPN", "PRON") and doc[left].dep_ not in (
                    "nsubj",
                    "ROOT",
                ):
                    return passage.spans((left, token.i - 1), (token.i + 1, begin - 1))
            return None
    return None


# ── nouns and adjectives ───────────────────────────────────────────────────────────────────────────────────────


def nominal(passage: Passage) -> Iterator[Candidate]:
    """ "the claim that …", "their decision to …", "SOURCE has information that …", "SOURCE is concerned that …"."""
    doc = passage.doc
    table = cues.nouns()
    for token in doc:
        lemma = token.lemma_.lower()
        if token.pos_ == "NOUN" and lemma in table:
            holder, verb = _holder(token)
            content = _noun_content(passage, token)
            if holder is None or content is None:
                continue
            first = verb.i if verb is not None and verb.i < token.i else token.i
            words = doc[first : token.i + 1]
            if any(t in words for t in holder) or len(words) > 6:
                words = doc[token.i : token.i + 1]
            if verb is not None and cues.unreal(verb):
                continue
            yield Candidate(
                "noun",
                (passage.parsed.of(holder),),
                (passage.parsed.of(words),),
                content,
                table[lemma],
                lemma,
                passage.parsed.index,
                token.i,
                negated=verb is not None and cues.negated(verb),
            )


def adjective(passage: Passage) -> Iterator[Candidate]:
    """ "SOURCE is concerned that …"."""
    doc = passage.doc
    table = cues.adjectives()
    for token in doc:
        stance = table.get(token.lower_)
        if stance is None or token.dep_ not in ("acomp", "attr", "ROOT", "ccomp", "conj", "relcl", "advcl"):
            continue
        verb = token.head if token.dep_ in ("acomp", "attr") else token
        if not any(
            t.lemma_ in ("be", "remain", "become", "feel", "seem", "grow") for t in doc[max(0, token.i - 4) : token.i]
        ):
            continue
        follow = token.i + 1
        if follow >= len(doc) or doc[follow].lower_ not in ("that", "to", "about"):
            continue
        if doc[follow].lower_ == "to" and stance not in (Stance.PLANNED, Stance.REFUSED):
            continue
        source = source_of(passage, verb)
        if source is None or source.start > token.i:
            continue
        _, last = passage.sentence(token)
        end = _clause_end(passage, token, follow, last)
        start = max(source.end, verb.i if verb.i < token.i else source.end)
        yield Candidate(
            "adjective",
            (passage.parsed.of(source),),
            passage.spans((start, token.i)),
            passage.spans((follow, end)),
            stance,
            token.lower_,
            passage.parsed.index,
            token.i,
            negated=cues.negated(verb),
        )


def _clause_end(passage: Passage, token: Token, start: int, last: int) -> int:
    _, right = clauses.edges(token)
    right = max(right, start)
    if passage.doc[start].lower_ == "that":
        stop = next(
            (
                i
                for i in range(start, last)
                if passage.doc[i].text in ",;" and passage.doc[i + 1].lower_ in ("according", "but", "and")
            ),
            last,
        )
        right = max(right, stop - (1 if stop < last else 0))
    return cut(passage, start, min(right, last))


def _holder(noun: Token) -> tuple[TokenSpan | None, Token | None]:
    """The actor behind a noun: its possessor, its agent, or the subject of the verb that has it as object."""
    for child in noun.children:
        if child.dep_ == "poss":
            return clauses.trim(noun.doc, *clauses.edges(child, leave=frozenset({"case"}))), None
        if child.dep_ in ("prep", "agent") and child.lower_ in ("by", "from", "of", "among") and child.i > noun.i:
            for item in child.children:
                if item.dep_ == "pobj" and (
                    item.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or child.lower_ in ("by", "from")
                ):
                    return clauses.noun_phrase(item), None
    verb = noun.head
    if noun.dep_ in ("dobj", "attr") and verb.lemma_.lower() in _HOLDING:
        head = clauses.subject(verb)
        if head is not None:
            return clauses.noun_phrase(head, barrier=verb), verb
    return None, None


def _noun_content(passage: Passage, noun: Token) -> Spans | None:
    for child in noun.children:
        if child.i > noun.i and child.dep_ in ("acl", "ccomp", "relcl"):
            left, right = clauses.edges(child)
            opens = passage.doc[max(left, noun.i + 1)]
            if opens.lower_ in ("that", "to") and not (
                child.dep_ == "relcl"
                and any(c.tag_ == "WDT" and c.dep_ in ("nsubj", "nsubjpass") for c in child.children)
            ):
                return passage.spans((max(left, noun.i + 1), cut(passage, max(left, noun.i + 1), right)))
    return None


# ── plans, judgements, figures ─────────────────────────────────────────────────────────────────────────────────


def frames(passage: Passage) -> Iterator[Candidate]:
    """Infinitives ("plans to …"), objects ("praised X"), prepositions ("called for X") and given figures."""
    for token in passage.doc:
        figure = _given_figure(passage, token)
        if figure is not None:
            yield figure
            continue
        hit = cues.of_verb(token)
        if (
            hit is None
            or token.tag_[:2] != "VB"
            or cues.unreal(token)
            or cues.purpose(token)
            or own_words(passage, token)
        ):
            continue
        cue, extra = hit
        content: Spans = ()
        pattern = ""
        if "i" in cue.frames:
            content, pattern = _infinitive(passage, token), "infinitive"
        if not content and "p" in cue.frames and extra:
            content, pattern = _prepositional(passage, token, extra[-1]), "preposition"
        if not content and ("o" in cue.frames or "a" in cue.frames):
            content, pattern = _object(passage, token, whole="a" in cue.frames), "object"
        if not content and clauses.passive(token) and ("c" in cue.frames or "i" in cue.frames):
            content, pattern = _passive_infinitive(passage, token), "passive"
        if not content:
            continue
        source = None if pattern == "passive" else source_of(passage, token)
        if pattern == "passive":
            by = clauses.agent(token)
            source = clauses.noun_phrase(by) if by is not None else None
        elif source is None or not _actor(source):
            continue
        yield Candidate(
            pattern,
            (passage.parsed.of(source),) if source is not None else (),
            (passage.parsed.of(clauses.cue_words(token, extra)),),
            content,
            cue.stance,
            cue.lemma,
            passage.parsed.index,
            token.i,
            negated=cues.negated(token),
        )


def _actor(source: TokenSpan) -> bool:
    """Whether the phrase can hold an attitude: a person, a body, a group, a pronoun for one."""
    root = source.root
    if root.pos_ == "PRON":
        return root.lower_ in (
            "he",
            "she",
            "they",
            "we",
            "i",
            "who",
            "which",
            "that",
            "it",
            "you",
            "others",
            "some",
            "many",
            "everyone",
        )
    return root.pos_ in ("PROPN", "NOUN")


def _infinitive(passage: Passage, verb: Token) -> Spans:
    for child in verb.children:
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and child.i > verb.i
            and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
        ):
            left, right = clauses.edges(child)
            left = max(left, verb.i + 1)
            right = cut(passage, left, right)
            return passage.spans((left, right))
    return ()


def _prepositional(passage: Passage, verb: Token, preposition: Token) -> Spans:
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            left, right = clauses.edges(child)
            if left > preposition.i:
                right = max([right, *_complements(verb, right)])
                return passage.spans((left, cut(passage, left, right)))
    return ()


def _complements(verb: Token, after: int) -> list[int]:
    """Right edges of what else the verb takes after its object: "praised her for …", "called on him to resign"."""
    return [
        clauses.edges(c)[1]
        for c in verb.children
        if c.i > after
        and (
            c.dep_ == "xcomp"
            or (c.dep_ == "prep" and not any(g.ent_type_ in ("DATE", "TIME") for g in c.subtree))
            or (c.dep_ in ("advcl", "ccomp") and any(g.lower_ == "to" for g in c.children))
        )
    ]


def _object(passage: Passage, verb: Token, *, whole: bool) -> Spans:
    """The object without a non-restrictive apposition or relative clause, which is the writer's; with ``whole`` its
    predicate too ("called it a crime").
    """
    parts = [c for c in verb.children if c.dep_ in ("dobj", "oprd") and c.i > verb.i]
    if whole:
        parts += [
            c
            for c in verb.children
            if c.i > verb.i and (c.dep_ in ("ccomp", "xcomp") or (c.dep_ == "prep" and c.lower_ in ("as", "to")))
        ]
        if len(parts) < 2 and not any(c.dep_ in ("ccomp", "oprd") for c in parts):
            return ()
    if not parts:
        return ()
    left = min(clauses.edges(c)[0] for c in parts)
    right = max(clauses.edges(c)[1] for c in parts)
    left = max(left, verb.i + 1)
    right = max([right, *_complements(verb, right)])
    if not whole:
        head = parts[0]
        comma = next(
            (
                i
                for i in range(head.i + 1, right)
                if passage.doc[i].text == "," and passage.doc[i + 1].tag_ in ("DT", "WDT", "WP", "WRB")
            ),
            None,
        )
        right = comma - 1 if comma is not None else right
    return passage.spans((left, cut(passage, left, right)))


def _passive_infinitive(passage: Passage, verb: Token) -> Spans:
    """ "X is said to have fled": the subject and the infinitive together are the content."""
    tail = _infinitive(passage, verb)
    head = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj")), None)
    if not tail or head is None:
        return ()
    phrase = clauses.noun_phrase(head, barrier=verb)
    return (passage.parsed.of(phrase), *tail)


def _given_figure(passage: Passage, verb: Token) -> Candidate | None:
    """ "SOURCE has given the figure of 330", "put the number at 20": the noun phrase with its number is the content."""
    if verb.lemma_.lower() not in _GIVING or verb.pos_ != "VERB" or cues.unreal(verb):
        return None
    for child in verb.children:
        if child.dep_ != "dobj" or child.lemma_.lower() not in _COUNTS:
            continue
        left, right = clauses.edges(child)
        at = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("at", "as") and c.i > child.i]
        right = max([right, *[clauses.edges(c)[1] for c in at]])
        if not any(t.like_num for t in passage.doc[left : right + 1]):
            return None
        source = source_of(passage, verb)
        if source is None:
            return None
        return Candidate(
            "figure",
            (passage.parsed.of(source),),
            (passage.parsed.of(clauses.cue_words(verb, [])),),
            passage.spans((left, cut(passage, left, right))),
            Stance.SAID,
            f"{verb.lemma_.lower()} {child.lemma_.lower()}",
            passage.parsed.index,
            verb.i,
            negated=cues.negated(verb),
        )
    return None

"""A cue inside a relative clause: "which they say killed ten", "some of whom, he says, are worse", "which, according to SOURCE, …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.extents import cut
from kg.annotate.parse import clauses
from kg.annotate.parse.clauses import TENSED
from kg.model import Stance

_RELATIVES = frozenset(["which", "who", "whom"])
_ACCORDING = "according to"
_LONGEST_SOURCE = 9  # tokens


def find(passage: Passage) -> Iterator[Candidate]:
    """One candidate for each relative pronoun with a cue between it and its verb; the content is the clause without the cue."""
    for token in passage.doc[:-3]:
        if token.lower_ in _RELATIVES and token.tag_ in clauses.RELATIVES and passage.quote_at(token.i) is None:
            found = _told(passage, token)
            if found is not None:
                yield found


class _Parts(NamedTuple):
    """First and last token of the source and of the cue, where the clause goes on, and what the cue is."""

    source: tuple[int, int]
    cue: tuple[int, int]
    rest: int
    lemma: str
    stance: Stance
    head: int


def _told(passage: Passage, pronoun: Token) -> Candidate | None:
    doc = passage.doc
    last = passage.sentence(pronoun)[1]
    parts = _parts(passage, pronoun, last)
    if parts is None:
        return None
    rest = parts.rest + (parts.rest <= last and doc[parts.rest].text == ",")
    given = parts.lemma == _ACCORDING
    if rest >= last or (not given and doc[rest].tag_ not in (*TENSED, "VBN")):
        return None
    phrase = clauses.trim(doc, *parts.source)
    if not len(phrase) or any(t.pos_ in ("VERB", "AUX", "SCONJ") or t.text in '“”"' for t in phrase):
        return None
    if not any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in phrase):
        return None
    some = pronoun.i > 1 and doc[pronoun.i - 1].lower_ == "of"  # "some of whom"
    content = passage.spans((pronoun.i - 2 if some else pronoun.i, pronoun.i), (rest, cut(passage, rest, last)))
    words = passage.spans(parts.cue)
    if len(content) < 2 or not words:
        return None
    source = (passage.parsed.of(phrase),)
    index = passage.parsed.index
    return Candidate("relative", source, words, content, parts.stance, parts.lemma, index, parts.head)


def _parts(passage: Passage, pronoun: Token, last: int) -> _Parts | None:
    doc = passage.doc
    start = pronoun.i + 1 + (doc[pronoun.i + 1].text == ",")
    end = next((i for i in range(start, min(start + _LONGEST_SOURCE + 3, last)) if doc[i].tag_ in TENSED), None)
    if end is None:
        return None
    if start + 1 < last and doc[start].lower_ == "according" and doc[start + 1].lower_ == "to":
        name = next((e for e in doc.ents if start + 2 <= e.start <= start + 3), None)
        end = name.end if name is not None and name.end < end else end
        return _Parts((start + 2, end - 1), (start, start + 1), end, _ACCORDING, Stance.SAID, start)
    hit = cues.of_verb(doc[end])
    if hit is None or "c" not in hit[0].frames or end == start or cues.negated(doc[end]):
        return None
    return _Parts((start, end - 1), (end, end), end + 1, hit[0].lemma, hit[0].stance, end)

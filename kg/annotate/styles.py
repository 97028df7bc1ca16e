"""Attribution by layout: "NAME: words" and "words — NAME"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.annotate.candidates import Candidate, Passage
from kg.model import BlockKind, Stance

_DASHES = ("—", "–", "―", "--", "-")
_LONGEST_NAME = 8


def find(passage: Passage) -> Iterator[Candidate]:
    """A short name and a colon before a sentence or quotation; a quotation followed by a dash and a name."""
    doc = passage.doc
    for token in doc:
        if token.text == ":" and token.i:
            candidate = _colon(passage, token)
        elif token.text in _DASHES and any(b + 1 == token.i for _, b in passage.ranges):
            candidate = _dash(passage, token)
        else:
            continue
        if candidate is not None:
            yield candidate


def _colon(passage: Passage, token: Token) -> Candidate | None:
    doc = passage.doc
    start = token.sent.start
    name, rest = doc[start : token.i], doc[token.i + 1 :]
    if not 0 < len(name) <= _LONGEST_NAME or len(rest) < 3:
        return None
    if name[-1].pos_ not in ("PROPN", "NOUN") or any(t.pos_ in ("VERB", "AUX", "PUNCT", "NUM") for t in name):
        return None
    quotation = passage.quote_at(token.i + 1)
    person = any(e.label_ == "PERSON" and e.end == token.i for e in doc.ents)
    # A transcript sets the speaker in capitals, a headline puts the source first: "Poll: prices worry voters".
    transcript = start == 0 and all(t.is_upper for t in name if t.is_alpha) and len(name.text) > 2
    headline = start == 0 and passage.parsed.block.kind is BlockKind.HEADLINE and len(name) <= 3
    if quotation is None and not (person or transcript or headline):
        return None
    last = passage.ranges[quotation][1] if quotation is not None else passage.sentence(rest[0])[1]
    if transcript or headline:
        last = len(doc) - 1
    source, content = passage.span(start, token.i - 1), passage.span(token.i + 1, last)
    if source is None or content is None:
        return None
    return Candidate(
        "colon", (source,), (passage.parsed.of(token),), (content,), Stance.SAID, ":", passage.parsed.index, token.i,
        direct=quotation is not None,
    )  # fmt: skip


def _dash(passage: Passage, token: Token) -> Candidate | None:
    doc = passage.doc
    end = next((t.i for t in doc[token.i + 1 :] if "\n" in t.text or t.text in ".;"), len(doc))
    name = doc[token.i + 1 : end]
    if (
        not 0 < len(name) <= _LONGEST_NAME
        or not any(t.is_title for t in name)
        or any(t.pos_ in ("VERB", "AUX") for t in name)
    ):
        return None
    n = next(n for n, (_, b) in enumerate(passage.ranges) if b + 1 == token.i)
    source = passage.span(name.start, end - 1)
    if source is None or not passage.quotes[n].speech:
        return None
    return Candidate(
        "dash", (source,), (passage.parsed.of(token),), (passage.quotes[n].span,), Stance.SAID, "—", passage.parsed.index, token.i,
        direct=True,
    )  # fmt: skip

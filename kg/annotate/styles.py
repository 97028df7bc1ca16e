"""Attribution by layout: "NAME: words" and "words — NAME"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.candidates import Candidate, Passage
from kg.model import Stance

_DASHES = ("—", "–", "―", "--", "-")
_LONGEST_NAME = 8


def find(passage: Passage) -> Iterator[Candidate]:
    """A short name and a colon before a sentence or quotation; a quotation followed by a dash and a name."""
    doc = passage.doc
    for token in doc:
        if token.text == ":" and token.i > 0:
            start = token.sent.start
            name = doc[start : token.i]
            rest = doc[token.i + 1 :]
            quoted = passage.quote_at(token.i + 1) is not None if len(rest) else False
            if (
                not 0 < len(name) <= _LONGEST_NAME
                or len(rest) < 3
                or any(t.pos_ in ("VERB", "AUX", "PUNCT", "NUM") for t in name)
            ):
                continue
            # Without quotation marks only a speaker known as a person is safe: "Weather: rain" has the same shape.
            if name[-1].pos_ != "PROPN" or not (
                quoted or any(e.label_ == "PERSON" and e.end == token.i for e in doc.ents)
            ):
                continue
            last = (
                passage.ranges[n][1]
                if (n := passage.quote_at(token.i + 1)) is not None
                else passage.sentence(rest[0])[1]
            )
            source, content = passage.span(start, token.i - 1), passage.span(token.i + 1, last)
            if source and content:
                yield Candidate(
                    "colon",
                    (source,),
                    (passage.parsed.of(token),),
                    (content,),
                    Stance.SAID,
                    ":",
                    passage.parsed.index,
                    token.i,
                    direct=quoted,
                )
        elif token.text in _DASHES and any(b + 1 == token.i for _, b in passage.ranges) and token.i + 1 < len(doc):
            name = doc[token.i + 1 :]
            if len(name) <= 14 and name[0].pos_ == "PROPN" and not any(t.pos_ in ("VERB", "AUX") for t in name):
                n = next(n for n, (_, b) in enumerate(passage.ranges) if b + 1 == token.i)
                source = passage.span(token.i + 1, len(doc) - 1)
                if source and passage.quotes[n].speech:
                    yield Candidate(
                        "dash",
                        (source,),
                        (passage.parsed.of(token),),
                        (passage.quotes[n].span,),
                        Stance.SAID,
                        "—",
                        passage.parsed.index,
                        token.i,
                        direct=True,
                    )

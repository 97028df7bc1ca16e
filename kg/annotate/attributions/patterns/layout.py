"""Attribution by layout: "NAME: words", "words — NAME", "words: NAME" in headlines, and the credit line of a picture."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions.candidates import MARKS, Candidate, Passage
from kg.english.lists import alternation, classed, listed
from kg.model import BlockKind, Span, Stance

_LONGEST_NAME = 8
_LONGEST_HEADLINE = 25
# "— Ana Ruiz, nurse" behind a quotation, up to the end of the line.
_SIGNED = re.compile(r"\s*(?P<dash>—|–|―|--|-)\s*(?P<name>[^\n;]{2,80}?)\s*(?:(?<!\b[A-Z])\.|\n|$)")
# "Image: Ana Ruiz." at the end of a caption.
_CREDIT = re.compile(
    r"(?P<caption>\S.{2,}?)(?<!\s)\s+\(?(?P<cue>(?:" + alternation(listed("attribution_words", "credit")) + r")"
    r"(?:\s+(?:credit|courtesy))?)\s?:\s?(?P<source>[^.:\n]{2,60}?)\)?\.?$",
    re.DOTALL,
)


def find(passage: Passage) -> Iterator[Candidate]:
    """Speakers that only the layout tells: before a colon, behind a dash, at the end of a headline, in a credit."""
    credit = _credit(passage)
    if credit is not None:
        yield credit
        return
    yield from _colons(passage)
    yield from _signed(passage)


def _colons(passage: Passage) -> Iterator[Candidate]:
    """Every colon in turn; where its sentence begins is carried along, so that a row of colons costs no more."""
    doc = passage.doc
    last = max((t.i for t in doc if not (t.is_punct or t.is_space)), default=-1)
    start, bare = 0, True
    for token in doc:
        if token.is_sent_start:
            start, bare = token.i, True
        if token.text == ":" and token.i:
            candidate = _colon(passage, token, start) or _trailing(passage, token, last)
            if candidate is not None:
                yield candidate
        if bare and token.text in MARKS:
            start = token.i + 1  # marks that open a sentence are no part of a name
        else:
            bare = False


def is_headline(passage: Passage) -> bool:
    """A headline by its block, or the first paragraph where it is as short as one."""
    return passage.parsed.block.kind is BlockKind.HEADLINE or (
        passage.parsed.index == 0 and len(passage.doc) <= _LONGEST_HEADLINE
    )


def _colon(passage: Passage, token: Token, start: int) -> Candidate | None:
    """``start``: the first token of the sentence that is no mark."""
    doc = passage.doc
    name, rest = doc[start : token.i], doc[token.i + 1 :]
    if not 0 < len(name) <= _LONGEST_NAME or len(rest) < 3 or not _names(name):
        return None
    opens = all(t.text in MARKS for t in doc[:start])
    quotation = passage.quote_at(token.i + 1)
    person = any(e.label_ == "PERSON" and e.end == token.i for e in doc.ents)
    # A transcript sets the speaker in capitals, a headline puts the source first: "Poll: prices worry voters".
    transcript = opens and all(t.is_upper for t in name if t.is_alpha) and len(name.text) > 2
    headline = (
        opens and is_headline(passage) and len(name) <= 4 and name.text.lower() not in classed("rubrics", "rubric")
    )
    if quotation is None and not (person or transcript or headline):
        return None
    last = len(doc) - 1
    if not (transcript or headline):
        last = passage.ranges[quotation][1] if quotation is not None else passage.sentence(rest[0])[1]
    source, content = passage.span(start, token.i - 1), passage.span(token.i + 1, last)
    if source is None or content is None:
        return None
    return _candidate(
        "colon", passage, source, passage.parsed.of(token), content, token.i, direct=quotation is not None
    )


def _names(name: TokenSpan) -> bool:
    return name[-1].pos_ in ("PROPN", "NOUN") and not any(t.pos_ in ("VERB", "AUX", "PUNCT", "NUM") for t in name)


def _trailing(passage: Passage, token: Token, last: int) -> Candidate | None:
    """ "Prices to rise again: minister", as headlines have it; ``last``: the last token that is no mark."""
    doc = passage.doc
    if not 0 < last - token.i <= 4 or not is_headline(passage):
        return None
    name, front = doc[token.i + 1 : last + 1], doc[: token.i]
    if not _names(name):
        return None
    if len(front) < 4 or not any(t.pos_ in ("VERB", "AUX") for t in front):
        return None
    source, content = passage.span(name.start, name.end - 1), passage.span(0, token.i - 1)
    if source is None or content is None:
        return None
    return _candidate("colon", passage, source, passage.parsed.of(token), content, token.i)


def _signed(passage: Passage) -> Iterator[Candidate]:
    """A quotation, a dash and a name: "“We are open.” — Ana Ruiz"."""
    text, offset = passage.parsed.text, passage.parsed.offset
    for quote in passage.quotes:
        match = _SIGNED.match(text, quote.span.end - offset)
        if match is None or not quote.speech:
            continue
        name = passage.parsed.tokens(passage.parsed.span(*match.span("name")))
        if (
            name is None
            or not 0 < len(name) <= _LONGEST_NAME
            or not match["name"][0].isupper()
            or any(t.pos_ in ("VERB", "AUX") for t in name)
        ):
            continue
        source, cue = passage.parsed.span(*match.span("name")), passage.parsed.span(*match.span("dash"))
        yield _candidate("dash", passage, source, cue, quote.span, name.start - 1, direct=True)


def _credit(passage: Passage) -> Candidate | None:
    """The credit line of a picture gives the picture that the caption tells of to its maker; nothing is said."""
    match = _CREDIT.match(passage.parsed.text)
    if match is None or len(passage.doc) > 60:
        return None
    span = passage.parsed.span
    caption = Span(span(*match.span("caption")).start, span(*match.span("caption")).end)
    source, cue = span(*match.span("source")), span(*match.span("cue"))
    return _candidate("credit", passage, source, cue, caption, len(passage.doc) - 1)


def _candidate(
    pattern: str, passage: Passage, source: Span, cue: Span, content: Span, head: int, *, direct: bool = False
) -> Candidate:
    lemma = {"colon": ":", "dash": "—", "credit": "credit"}[pattern]
    return Candidate(pattern, (source,), (cue,), (content,), Stance.SAID, lemma, passage.parsed.index, head, direct)

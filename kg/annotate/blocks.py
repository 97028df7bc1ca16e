"""Paragraphs of an article and what each is: headline, prose, caption, byline or furniture of the page."""

from __future__ import annotations

import re

from kg.model import Block, BlockKind, Span

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_BYLINE = re.compile(
    r"^(?:--|—|–|-)\s*\w+(?:[ \-'’.]+\w+){0,5}\.?$|^By\s+[A-Z][\w'’.-]*(?:\s+(?:and\s+)?[A-Z][\w'’.-]*){1,7}$"
)
_SIGNATURE = re.compile(r"^(?:--|—|–)\s*[A-Z]")
_COPYRIGHT = re.compile(r"^(?:©|\(c\)|copyright\b|all rights reserved)", re.IGNORECASE)
_ABOUT = re.compile(
    r"^(?:about (?:this|the) \w+|related (?:articles?|stories|topics)|read (?:more|also|next)|latest posts?|"
    r"most (?:read|popular)|more (?:on|from) .{1,40}|share(?: this)?|see also|editors?['’] picks?)\s*:?\s*$",
    re.IGNORECASE,
)


def split(text: str) -> tuple[Block, ...]:
    """The blocks of ``text`` in order; white space between them belongs to none.

    A block is a run of lines without an empty line between; lines that are repeated, or that each end as a sentence
    does, are blocks of their own (a page copied from a browser has no empty lines). What a block is follows from its
    place, its punctuation and its neighbours, never from a site's wording alone:

    * prose: ends as a sentence does, or is long;
    * headline: the last unpunctuated lines with at least four words before the first prose;
    * caption: an unpunctuated line that is repeated;
    * byline: a name after dashes or "By"; a signature after dashes ends the article;
    * furniture: everything else short and unpunctuated, and all that follows the signature.

    >>> text = "Menu\\n\\nPrices Rise Again In April\\n\\nPrices rose, the bank said.\\n\\n-- Ann Lee\\n\\nAbout us."
    >>> [b.kind.value for b in split(text)]
    ['furniture', 'headline', 'prose', 'byline', 'furniture']
    """
    spans = list(_paragraphs(text))
    kinds: list[BlockKind | None] = [None] * len(spans)
    seen: dict[str, int] = {}
    ended = False
    for i, span in enumerate(spans):
        body = span.of(text)
        words = len(body.split())
        if ended or _COPYRIGHT.match(body) or (_ABOUT.match(body) and words < 8):
            kinds[i] = BlockKind.FURNITURE
        elif _BYLINE.match(body) and words < 9:
            kinds[i] = BlockKind.BYLINE
            ended = bool(_SIGNATURE.match(body)) and any(k is BlockKind.PROSE for k in kinds[:i])
        elif (_SENTENCE_END.search(body) and words > 3) or words >= 25:
            kinds[i] = BlockKind.PROSE
        elif body in seen:
            kinds[i] = kinds[seen[body]] = BlockKind.CAPTION
        seen.setdefault(body, i)
    first = next((i for i, k in enumerate(kinds) if k is BlockKind.PROSE), len(spans))
    headline = next((i for i in range(first) if kinds[i] is None and len(spans[i].of(text).split()) >= 4), None)
    for i, span in enumerate(spans):
        if kinds[i] is None:
            body = span.of(text)
            quoted = body[:1] in "\"“‘«'" or body.rstrip().endswith((",", ":", ";", '"', "”"))
            if i == headline:
                kinds[i] = BlockKind.HEADLINE
            elif i > first and (quoted or len(body.split()) >= 6):
                kinds[i] = BlockKind.PROSE
            else:
                kinds[i] = BlockKind.FURNITURE
    return tuple(Block(span, kind) for span, kind in zip(spans, kinds, strict=True) if kind is not None)


def _paragraphs(text: str) -> list[Span]:
    """Runs of lines; a single line break parts two paragraphs when the upper one is whole or the line is repeated."""
    lines = [
        Span(m.start() + len(m[0]) - len(m[0].lstrip()), m.start() + len(m[0].rstrip()))
        for m in re.finditer(r"[^\n\r\u2028\u2029]+", text)
        if m[0].strip()
    ]
    out: list[Span] = []
    for line in lines:
        gap = text[out[-1].end : line.start] if out else "\n\n"
        blank = len(re.findall(r"\r\n|\n|\r|\u2028|\u2029", gap)) > 1 or "\u2029" in gap
        if blank or _whole(out[-1].of(text)) or line.of(text) == out[-1].of(text):
            out.append(line)
        else:
            out[-1] = Span(out[-1].start, line.end)
    return out


def _whole(body: str) -> bool:
    """Whether a paragraph may end here: a wrapped line in mid-sentence may not."""
    return bool(_SENTENCE_END.search(body)) or len(body.split()) < 9

"""Whose numbers a table gives: by a line that names its source, by its title, by the sentence that leads to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.annotate.forms.tables import Grid
from kg.english.lists import alternation, listed
from kg.model import Attribution, Block, BlockKind, Kind, Span, Stance, cover

_CREDITED = re.compile(
    r"(?P<cue>\b(?:sources?|data)\s*:)\s*(?:the )?(?P<who>[^\W\d_][^,;:.()|\n\t]{1,80})", re.IGNORECASE
)
_ACCORDING = re.compile(r"(?P<cue>\baccording to)\s+(?P<who>[^,;:.()|\n\t]{2,80})", re.IGNORECASE)
_GIVES = re.compile(
    rf"(?:On [A-Z][\w ]{{2,20}},? )?(?P<who>(?:[A-Z][\w.&'’-]*|the|of|for|and|in|[a-z]+)(?:\s(?:[\w.&'’-]+)){{0,7}}?)"
    rf"\s(?:has |have |had |on [A-Z]\w+ )?(?P<cue>{alternation(listed('table_words', 'giving'))})\b"
    rf"[^.:]{{0,80}}?\b(?:{alternation(listed('table_words', 'given'))})\b"
)
_LEADS = re.compile(r":\s*$|\b(?:below|as follows|following|table)\b", re.IGNORECASE)
_LAST_SENTENCE = re.compile(r"(?:.*[.!?][”\"’)]*\s+)?(?=\S)", re.DOTALL)
_SURE = 0.8


def tell(found: Sequence[Grid], said: Sequence[Attribution], text: str, blocks: Sequence[Block]) -> list[Attribution]:
    """The attributions, with the numbers of each table whose source is told as what that source says. The order stays; new
    ones come last.
    """
    out = list(said)
    for grid in found:
        rows = Span((*grid.table.heads, *grid.table.rows)[0].span.start, grid.table.span.end)
        named = _named(grid, text, blocks)
        if named is not None:
            out.append(_attribution(*named, rows))
            continue
        lead = _lead(grid, text, blocks)
        if lead is None:
            continue
        own = [i for i, a in enumerate(out) if a.parent is None and not a.headline and lead.contains(cover(a.cue))]
        if own and _LEADS.search(lead.of(text)):
            out[own[-1]] = replace(out[own[-1]], content=(*out[own[-1]].content, rows))
        elif not own and (match := _GIVES.match(lead.of(text))) is not None:
            out.append(_attribution(_span(match, "who", lead.start), _span(match, "cue", lead.start), rows))
    return out


def _named(grid: Grid, text: str, blocks: Sequence[Block]) -> tuple[Span, Span] | None:
    """The source and its cue in the title, or in the line behind the table."""
    title = grid.table.title
    behind = blocks[grid.block + 1].span if grid.block + 1 < len(blocks) else None
    credit = behind is not None and blocks[grid.block + 1].kind is not BlockKind.PROSE
    for span in (title, behind if credit else None):
        if span is None:
            continue
        match = _CREDITED.search(span.of(text)) or _ACCORDING.search(span.of(text))
        if match is not None:
            return _span(match, "who", span.start), _span(match, "cue", span.start)
    return None


def _lead(grid: Grid, text: str, blocks: Sequence[Block]) -> Span | None:
    """The last sentence of the paragraph before a table, over a title that stands alone."""
    for block in reversed(blocks[max(0, grid.block - 2) : grid.block]):
        if block.kind in (BlockKind.PROSE, BlockKind.HEADLINE):
            start = _LAST_SENTENCE.match(block.span.of(text))
            return Span(block.span.start + (start.end() if start else 0), block.span.end)
        if block.kind is BlockKind.TABLE:
            return None
    return None


def _span(match: re.Match[str], name: str, offset: int) -> Span:
    words = match[name].rstrip()
    return Span(offset + match.start(name), offset + match.start(name) + len(words))


def _attribution(source: Span, cue: Span, rows: Span) -> Attribution:
    return Attribution(
        source=(source,),
        cue=(cue,),
        content=(rows,),
        kind=Kind.INDIRECT,
        stance=Stance.SAID,
        cue_lemma="give",
        confidence=_SURE,
    )

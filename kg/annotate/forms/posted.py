"""Posts of a network in the middle of an article: the paragraph above "— NAME (@name) DAY" is what that name wrote."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.english.calendar import resolve
from kg.english.paragraphs.bylines import HANDLE
from kg.model import Attribution, Block, BlockKind, Kind, Span, Stance
from kg.nearby import Nearby

_SURE = 0.8


def tell(said: Sequence[Attribution], text: str, blocks: Sequence[Block], published: str | None) -> list[Attribution]:
    """The attributions, with each post that stands in the article as what its writer said. The order stays; new ones come last."""
    out = list(said)
    if "(@" not in text:
        return out
    cues = Nearby((a.cue, a) for a in said)
    for above, block in pairwise(blocks):
        match = HANDLE.fullmatch(block.span.of(text)) if block.kind is BlockKind.CAPTION else None
        if match is None or above.kind is not BlockKind.PROSE:
            continue
        if any(above.span.contains(cue) for a in cues.at(above.span) for cue in a.cue):
            continue  # what stands above the signature tells of another
        start = block.span.start
        who, handle = (Span(start + match.start(name), start + match.end(name)) for name in ("who", "handle"))
        day = resolve(match["day"], published=published) if match["day"] else None
        out.append(
            Attribution(
                source=(who,), cue=(handle,), content=(above.span,), kind=Kind.DIRECT, stance=Stance.SAID, cue_lemma="post",
                said_on=day if day is not None and len(day) == len("2019-09-20") else None, confidence=_SURE,
            )
        )  # fmt: skip
    return out

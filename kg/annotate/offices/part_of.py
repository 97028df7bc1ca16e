"""Which body is a part of which: "the Ministry's Department for …", "the Department of the Ministry"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.annotate.parse.words import Passage
from kg.english.lists import alternation, listed
from kg.model import EntityType, Form, Mention, Relation, RelationKind, Span

_OWNER = re.compile(r"['’]s?\s+")
_OF = re.compile(
    r",?\s+(?:of|at|within|inside|under|(?:a|an|the)\s+(?:[\w-]+\s+)?(?:"
    + alternation(listed("body_words", "part"))
    + r")"
    r"\s+(?:of|within|under|in))\s+(?:the\s+)?(?:[A-Z]\w+\s+)?"
)
_REACH = 3  # bodies further on


def find(passage: Passage, own: Sequence[Mention]) -> list[Relation]:
    """The parts that the passage tells, by the words between two bodies."""
    text, offset = passage.parsed.text, passage.parsed.offset
    bodies = [m for m in own if m.type.family is EntityType.ORGANISATION and m.form is Form.NAME]
    out: list[Relation] = []
    for i, left in enumerate(bodies):
        for right in bodies[i + 1 : i + 1 + _REACH]:
            between = text[left.span.end - offset : right.span.start - offset]
            if _OWNER.fullmatch(between):
                part, whole = right, left
            elif _OF.fullmatch(between):
                part, whole = left, right
            else:
                continue
            evidence = Span(left.span.start, right.span.end)
            out.append(Relation(RelationKind.PART_OF, part.span, whole.span, evidence))
    return out

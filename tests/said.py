"""What the annotator finds in a text, as plain tuples; shared by the tests of the forms of attribution."""

from __future__ import annotations

from kg.annotate.attributions import attributions
from kg.annotate.parse.parsing import load, parse
from kg.english.paragraphs.blocks import split
from kg.model import Attribution, Spans

Triple = tuple[str, str, str]


def annotate(text: str) -> list[Attribution]:
    """All attributions of a text."""
    blocks = split(text)
    return attributions.find(parse(load(), text, blocks), text=text, blocks=blocks)


def triples(text: str) -> list[Triple]:
    """Source, cue and content of all attributions of a text; parts of one span are joined by " … "."""

    def joined(spans: Spans) -> str:
        return " … ".join(s.of(text) for s in spans)

    return [(joined(a.source), joined(a.cue), joined(a.content)) for a in annotate(text)]

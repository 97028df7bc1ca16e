"""What the annotator finds in a text, as plain tuples."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kg.annotate import attributions
from kg.annotate.blocks import split
from kg.annotate.parsing import load, parse
from kg.model import Attribution, Spans

Triples = Callable[[str], list[tuple[str, str, str]]]


@pytest.fixture(scope="session")
def annotate() -> Callable[[str], list[Attribution]]:
    """All attributions of a text."""

    def found(text: str) -> list[Attribution]:
        blocks = split(text)
        return attributions.find(parse(load(), text, blocks), text=text, blocks=blocks)

    return found


@pytest.fixture(scope="session")
def triples(annotate: Callable[[str], list[Attribution]]) -> Triples:
    """Source, cue and content of all attributions of a text; parts of one span are joined by " … "."""

    def found(text: str) -> list[tuple[str, str, str]]:
        def joined(spans: Spans) -> str:
            return " … ".join(s.of(text) for s in spans)

        return [(joined(a.source), joined(a.cue), joined(a.content)) for a in annotate(text)]

    return found

"""Whatever the text, annotation ends without an error and every span lies where it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.annotate import Annotator
from kg.model import Annotation, Article, Span

PIECES = [
    "Ann Lee, the head of the Kenyan Harbour Board (KHB), said on Monday that 12 ships had sunk.",
    "THE MINISTER SAID THAT NOTHING WAS LOST IN MOMBASA",
    "<p>The port of <b>Dakar</b>&nbsp;has opened.</p>",
    "\u200f\u202bThe mayor of Haifa\u202c said “no” 🚢🇰🇪 twice.",
    "\ufeff",
    "\u00ad\u200b",
    "-- Ann Lee",
    '"It is over,"',
    "By Kofi Mensah",
    "(",
    ")))) ((((",
    "e\u0301e\u0301 Éé",
    "İstanbul'da",
    "\t \t",
    "A" * 300,
    "X. Y. Z.",
    "Mr.",
    "the Treaty of",
    "I I I II III",
]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def spans(done: Annotation) -> Iterator[Span]:
    yield from (b.span for b in done.blocks)
    yield from done.sentences
    yield from (m.span for m in done.mentions)
    yield from (d.span for d in done.dates)
    for role in done.roles:
        yield from (role.holder, role.title_span, role.evidence)
    for relation in done.relations:
        yield from (relation.subject, relation.object, relation.evidence)
    for figure in done.figures:
        yield from (figure.span, figure.number)
    for said in done.attributions:
        yield from (*said.source, *said.cue, *said.content)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=40), max_size=6), st.sampled_from(["\n\n", "\n", " ", ""]))
@settings(max_examples=60, deadline=None)
def test_annotator_spans_lie_in_any_text(pieces: list[str], joint: str) -> None:
    text = joint.join(pieces)
    done = Annotator().annotate(Article("a", text))
    assert all(0 <= s.start < s.end <= len(text) for s in spans(done))
    names = [m.span for m in done.mentions]
    assert names == sorted(names)


@pytest.mark.parametrize("text", ["", "\n\n", "By Ann Lee", "Menu", "©", "\u2028", "<br/>"])
def test_annotator_text_without_prose(annotator: Annotator, text: str) -> None:
    assert annotator.annotate(Article("a", text)).attributions == ()


def test_annotator_marks_and_tags_do_not_move_offsets(annotator: Annotator) -> None:
    text = "\u202bThe mayor of Haifa\u202c 🚢 met <b>Ama Boateng</b> of&nbsp;Ghana on Monday."
    found = {m.span.of(text) for m in annotator.annotate(Article("a", text)).mentions}
    assert {"Haifa", "Ama Boateng", "Ghana"} <= found


def test_annotator_long_line_is_annotated_to_its_end(annotator: Annotator) -> None:
    text = " ".join(["The port of Dakar has opened, Ama Boateng said."] * 700)
    assert len(text) > 20_000
    done = annotator.annotate(Article("a", text))
    assert max(m.span.end for m in done.mentions) > len(text) - 40

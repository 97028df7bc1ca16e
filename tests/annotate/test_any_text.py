"""Whatever the text, nothing breaks and every span lies in it, in order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.annotate import Annotator
from kg.model import Article
from kg.resolve.coreference import resolve

# Pieces that news pages are made of, whole and broken: cues, marks of all kinds, emoji, direction marks, remains of HTML.
_PIECES = [
    "Ana Ruiz", "the mayor", "SHE", "Some officials", "he", "said", "SAID", "told reporters that", "according to", "was quoted as",
    "denied", "declined to comment", "plans to", "12 boats sank", "about 3 percent", "on April 21", ":", ": ", "—", " – ", "― ", ",",
    ".", "?", "!", "…", "“", "”", '"', "'", "‘", "’", "«", "»", "„", "``", "''", "(", ")", "[", "]", "\n", "\n\n", "\r\n\r\n",
    "\u2028", " ", " ", " ", "\t", "\u00a0", "\u200f", "\u202e", "\u200b", "\ufeff", "🙂", "👩‍👩‍👧", "e\u0301", "é", "İ", "ﬁ", "中文", "Москва",
    "<b>", "&nbsp;", "</p>", "https://x.example/a?b=1", "Image: Ana Ruiz.", "\x00", "\ud83d",
]  # fmt: skip

texts = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=30).map("".join)
_ANNOTATOR = Annotator(any_language=True)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.one_of(texts, texts.map(str.upper), st.text(max_size=80)))
def test_any_text_spans_are_exact_and_ordered(text: str) -> None:
    annotation = _ANNOTATOR.annotate(Article("a", text))
    for a in annotation.attributions:
        assert a.cue
        assert a.content
        for spans in (a.source, a.cue, a.content):
            assert list(spans) == sorted(spans)
            assert all(left.end <= right.start for left, right in pairwise(spans))
            assert all(s.end <= len(text) and s.of(text).strip() for s in spans)
        assert a.parent is None or a.parent < len(annotation.attributions)
        assert 0 <= a.confidence <= 1
    starts = [min(s.start for s in (*a.cue, *a.content)) for a in annotation.attributions]
    assert starts == sorted(starts)
    for statement in resolve(annotation).statements:
        assert statement.evidence.end <= len(text)
        assert all(
            statement.evidence.start <= s.start < s.end <= statement.evidence.end for s in statement.content_spans
        )


@settings(max_examples=20, deadline=None)
@given(texts)
def test_any_text_gives_the_same_twice(text: str) -> None:
    assert _ANNOTATOR.annotate(Article("a", text)) == _ANNOTATOR.annotate(Article("a", text))

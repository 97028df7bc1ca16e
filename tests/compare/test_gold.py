"""The verdicts on the gold set."""

from __future__ import annotations

import pytest

from kg import compare

from .gold import VERDICTS, accuracy, judged, pairs


def test_gold_set_is_large_and_holds_all_verdicts() -> None:
    found = pairs()
    assert len(found) >= 120
    assert len({p.id for p in found}) == len(found)
    assert {p.verdict for p in found} == set(VERDICTS)
    assert all(p.left.text in p.sentences[0] and p.right.text in p.sentences[1] for p in found)


@pytest.mark.parametrize("split", ["dev", "test"])
def test_gold_verdicts(split: str) -> None:
    assert accuracy(judged([p for p in pairs() if p.split == split])) >= 0.9


def test_gold_reasons_name_both_speakers_and_figures() -> None:
    for pair in pairs():
        reason = compare.pair(pair.left, pair.right).reason
        for claim in (pair.left, pair.right):
            assert claim.speaker_name.lower() in reason.lower()
            assert claim.text.lower() in reason.lower()
        assert reason[0].isupper()
        assert reason.endswith(".")
        assert "  " not in reason

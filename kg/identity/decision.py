"""What a rule says of two profiles."""

from __future__ import annotations

from typing import NamedTuple

from kg.model import Identity


class Decision(NamedTuple):
    """A verdict, the reason in words, and how sure the rule is, from 0 to 1."""

    verdict: Identity
    reason: str
    confidence: float

    @property
    def same(self) -> bool:
        return self.verdict is Identity.SAME


def same(reason: str, confidence: float) -> Decision:
    return Decision(Identity.SAME, reason, confidence)


def unsure(reason: str, confidence: float = 0.5) -> Decision:
    return Decision(Identity.UNSURE, reason, confidence)


def not_same(reason: str, confidence: float = 0.9) -> Decision:
    return Decision(Identity.NOT_SAME, reason, confidence)

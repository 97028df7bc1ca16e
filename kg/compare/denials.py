"""Statements without figures that oppose one another: a denial of what another says, opposite claims about one actor."""

from __future__ import annotations

from collections.abc import Iterable

from kg.model import Assertion, Comparison


def denials(assertions: Iterable[Assertion]) -> list[Comparison]:
    return []

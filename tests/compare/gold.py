"""The gold set of ours: pairs of statements, each as a claim, with the verdict that a reader gives."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg import compare
from kg.model import Claim, Comparator, Stance, digest

PATH = Path(__file__).parents[1] / "data" / "comparison" / "pairs.jsonl"
VERDICTS = ("contradicts", "agrees", "revises", "compatible", "not_comparable")


@dataclass(frozen=True)
class Pair:
    """Two statements of the gold set: their claims, their sentences, and the verdict."""

    id: str
    left: Claim
    right: Claim
    sentences: tuple[str, str]
    verdict: str

    @property
    def split(self) -> str:
        """``dev`` or ``test``, by the hash of the pair's id."""
        return "test" if int(digest(self.id), 16) % 2 else "dev"


def pairs() -> list[Pair]:
    """All pairs in the order of the file."""
    read = [json.loads(line) for line in PATH.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [
        Pair(
            item["id"], _claim(item["left"], f"{item['id']}/left"), _claim(item["right"], f"{item['id']}/right"),
            (item["left"]["sentence"], item["right"]["sentence"]), item["verdict"],
        )
        for item in read
    ]  # fmt: skip


def _claim(side: dict[str, Any], key: str) -> Claim:
    stance = side.get("stance")
    return Claim(
        statement=f"statement {key}", figure=f"figure {key}", article=f"article {key}", speaker=side["speaker"],
        speaker_name=side["speaker"], said_on=side["said_on"], published=side["said_on"], value=side["value"], low=side["low"],
        high=side["high"], comparator=Comparator(side["comparator"]), text=side["text"], unit=side["unit"],
        population=side["population"], event=side["event"], places=tuple(side["places"]), as_of=side.get("as_of"),
        unofficial=side.get("unofficial", False), change=side.get("change"), stance=Stance(stance) if stance else None,
    )  # fmt: skip


def judged(found: list[Pair]) -> Counter[tuple[str, str]]:
    """How often each verdict (first) was judged as each verdict (second)."""
    return Counter((p.verdict, str(compare.pair(p.left, p.right).verdict)) for p in found)


def accuracy(counts: Counter[tuple[str, str]]) -> float:
    """The share of pairs judged as the reader does."""
    return sum(n for (gold, mine), n in counts.items() if gold == mine) / max(1, sum(counts.values()))

"""The gold pairs of identity, and what kg says of them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.model import EntityType, Form, Identity, Link, OfficeHeld, Reference, Span, Tense
from kg.store.upkeep.at_once import identify

GOLD = Path(__file__).parent / "data" / "identity" / "pairs.tsv"
_TYPES = {
    "person": EntityType.PERSON, "org": EntityType.ORGANISATION, "ministry": EntityType.MINISTRY, "security": EntityType.SECURITY_SERVICE,
    "gov": EntityType.GOVERNMENT, "movement": EntityType.MOVEMENT, "news": EntityType.NEWS_ORGANISATION, "country": EntityType.COUNTRY,
    "city": EntityType.CITY, "region": EntityType.REGION,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Actor:
    """One side: names (the readable one first), type, country, and offices as "title @ body @ country"."""

    names: tuple[str, ...]
    type: EntityType
    country: str | None
    offices: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    left: Actor
    right: Actor
    label: Identity
    why: str

    @property
    def is_test(self) -> bool:
        """One pair of three, by a hash of its names, is kept back for the test."""
        text = "/".join((*self.left.names, *self.right.names))
        return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 3 == 0


def read() -> list[Pair]:
    with GOLD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Pair(_actor(row, "left"), _actor(row, "right"), Identity(row["label"]), row["why"]) for row in rows]


def _actor(row: dict[str, str], side: str) -> Actor:
    offices = []
    for text in row[f"{side}_office"].split(";"):
        if text.strip():
            title, body, country = (part.strip() for part in text.split("@"))
            offices.append((title, body, country))
    names = tuple(row[side].split("|"))
    return Actor(names, _TYPES[row[f"{side}_type"]], row[f"{side}_country"] or None, tuple(offices))


def verdict(pair: Pair) -> Identity:
    """What kg says of a pair: one entity is same, an unsure judgement unsure, all else not the same."""
    left, right = _article("left", pair.left), _article("right", pair.right)
    found = identify([*left[0], *right[0]], [*left[1], *right[1]])
    ends = {("left", "it"), ("right", "it")}
    if any(ends <= set(entity.references) for entity in found.entities):
        return Identity.SAME
    said = {j.verdict for j in found.judgements if {j.left, j.right} == ends}
    return Identity.UNSURE if Identity.UNSURE in said else Identity.NOT_SAME


def _article(name: str, actor: Actor) -> tuple[list[Reference], list[OfficeHeld]]:
    """An article that says of the actor what the pair says."""
    named = (Link(Span(0, 5), Form.NAME, "named"),)
    described = (Link(Span(0, 5), Form.NOMINAL, "named"),) if actor.type is EntityType.GOVERNMENT else named
    references = [Reference("it", name, actor.type, actor.names[0], actor.names[1:], actor.country, mentions=described)]
    held = []
    for i, (title, body, country) in enumerate(actor.offices):
        kind = EntityType.COUNTRY if body in ("", country) else EntityType.ORGANISATION
        if "Ministry" in body:
            kind = EntityType.MINISTRY
        if body or country:
            references.append(Reference(f"body{i}", name, kind, body or country, (), country or None, mentions=named))
        tense = Tense.FORMER if title.startswith("former ") else Tense.CURRENT
        at = f"body{i}" if body or country else None
        held.append(OfficeHeld(f"office{i}", name, "it", title.removeprefix("former "), at, tense, Span(0, 5)))
    return references, held


@dataclass(frozen=True, slots=True)
class Score:
    """How well "same" is found."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(found: Iterable[tuple[Pair, bool]]) -> Score:
    """Precision and recall of "same" over pairs and whether each was judged the same."""
    pairs = list(found)
    right = sum(same and pair.label is Identity.SAME for pair, same in pairs)
    said = sum(same for _, same in pairs)
    gold = sum(pair.label is Identity.SAME for pair, _ in pairs)
    return Score(right / said if said else 0.0, right / gold if gold else 0.0)

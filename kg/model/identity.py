"""Who is who across articles: judgements on references, the entities that they make, and how these are tied."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.annotation import EntityType
from kg.model.identifiers import digest


class Identity(StrEnum):
    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"


ALIKE_RULE = "rule: alike"
"""Who judges that two references of one kind and name, with nothing to tell them apart, are the same."""

ALIKE_REASON = "both articles give it the same name, and say nothing that tells the two apart"

ALIKE = 0.97
"""How sure it is that two references with the same profile are the same."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether two references are the same entity, by which rule or person, and why. It can be withdrawn.

    ``by`` begins with ``rule:`` for a rule, else it names a person, whose judgement no rule overrides; ``at`` is when a
    person decided (ISO 8601, UTC). A rule's judgement has no time: it follows from the articles alone.
    """

    left: tuple[str, str]  # (article id, reference key)
    right: tuple[str, str]
    verdict: Identity
    by: str
    reason: str
    confidence: float = 1.0
    at: str | None = None

    @property
    def person(self) -> bool:
        return not self.by.startswith("rule:")

    @property
    def id(self) -> str:
        """A short hash of the two references, who judged, and when."""
        return digest(*self.left, *self.right, self.by, self.at or "")[:12]


@dataclass(frozen=True, slots=True)
class CountJudgement:
    """Whether two figures count the same, as a person judged, with why and when (ISO 8601, UTC). No rule overrides it.

    ``left`` and ``right`` are the IRIs of the figures without the base of their store, the lesser one first.
    """

    left: str
    right: str
    verdict: Identity
    by: str
    reason: str
    at: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.left, self.right

    @property
    def id(self) -> str:
        """A short hash of the two figures, who judged, and when."""
        return digest(self.left, self.right, self.by, self.at)[:12]


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place or unnamed source across articles: the references judged to be the same.

    ``id`` is a readable slug, or ``country/`` and the code of ISO 3166-1, under which the country is known in every store.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    country: str | None = None  # id of the country entity
    part_of: str | None = None  # id of the entity that it is part of
    references: tuple[tuple[str, str], ...] = ()  # (article id, reference key)
    codes: tuple[str, ...] = ()  # of a country, in ISO 3166-1: alpha-2 and alpha-3
    item: str | None = None  # what it is in Wikidata


class LinkKind(StrEnum):
    """How two entities are tied in the network: what a plain reader would draw between them."""

    SAID_ABOUT = "said_about"  # the speaker of a statement → an entity that it is about
    DISAGREES_WITH = "disagrees_with"  # the speakers of two figures that contradict each other
    HOLDS_OFFICE_IN = "holds_office_in"  # a person → the body of the office
    PART_OF = "part_of"  # a body → the body that it belongs to; a place → the country that it lies in
    RELAYED_BY = "relayed_by"  # the speaker of a relayed statement → the speaker who relays it
    REVISES = "revises"  # only in the picture: the speakers of two figures of which the later revises the earlier
    AGREES_WITH = "agrees_with"  # only in the picture: the speakers of two figures that agree
    IN_ANSWER = "in_answer"  # only in the picture of an answer: two cells of a row, or the ends of a triple

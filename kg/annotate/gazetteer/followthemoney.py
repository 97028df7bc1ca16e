"""Entities of FollowTheMoney as rows of a list: people, bodies, and the offices that tie them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from kg.annotate.gazetteer.rows import Row
from kg.english import kinds, lists
from kg.model import EntityType

# Entities that tie a person to a body: the properties of person, body and title.
_TIES = {
    "Directorship": ("director", "organization", "role"),
    "Membership": ("member", "organization", "role"),
    "Employment": ("employee", "employer", "role"),
}


@dataclass(frozen=True, slots=True)
class _Entity:
    where: str
    schema: str
    told: Mapping[str, list[str]]

    def first(self, *names: str) -> str:
        return next((value for name in names for value in self.told.get(name, ())), "")


class Entities:
    """Collects the entities of a file, which may name one another in any order, and gives their rows in the order of the file."""

    def __init__(self) -> None:
        self._entities: dict[str, _Entity] = {}
        self._other: Counter[str] = Counter()
        self.notes: list[str] = []

    def add(self, number: int, value: Mapping[str, Any]) -> str | None:
        """Take one entity; the reason, a sentence, where it is none."""
        properties = value.get("properties")
        if not isinstance(properties, dict) or not isinstance(value.get("id"), str):
            return "it has a schema, but no id and properties as entities of FollowTheMoney have."
        told = {
            str(name): [v for v in values if isinstance(v, str)]
            for name, values in properties.items()
            if isinstance(values, list)
        }
        self._entities[value["id"]] = _Entity(f"line {number}", str(value["schema"]), told)
        return None

    def rows(self) -> Iterator[Row]:
        """The rows of people and bodies; each office is a further row of its holder."""
        for entity in self._entities.values():
            if entity.schema in _schemata():
                yield self._named(entity)
        for entity in self._entities.values():
            if entity.schema in ("Occupancy", *_TIES):
                row = self._office(entity)
                if row is not None:
                    yield row
            elif entity.schema not in _schemata() and entity.schema != "Position":
                self._other[entity.schema] += 1
        if self._other:
            told = ", ".join(f"{n} {schema}" for schema, n in sorted(self._other.items()))
            self.notes.append(f"Entities that are no people, bodies or offices are not used: {told}.")

    def _named(self, entity: _Entity) -> Row:
        names = entity.told.get("name", [])
        name = entity.first("name")
        kind = _schemata()[entity.schema] or (kinds.of_name(name) or EntityType.ORGANISATION).value
        office = entity.first("position") if kind == EntityType.PERSON else ""
        return Row(
            entity.where, name, [*names[1:], *entity.told.get("alias", ())], list(entity.told.get("weakAlias", ())), kind, office,
            item=entity.first("wikidataId"),
        )  # fmt: skip

    def _office(self, entity: _Entity) -> Row | None:
        """The office as a row of who holds it; ``None`` where holder or title are not in the file."""
        if entity.schema == "Occupancy":
            post = self._entities.get(entity.first("post"))
            who, title = entity.first("holder"), post.first("name") if post is not None else ""
            body = post.first("organization") if post is not None else ""
        else:
            of, to, role = _TIES[entity.schema]
            who, body, title = entity.first(of), entity.first(to), entity.first(role)
        holder, house = self._entities.get(who), self._entities.get(body)
        if holder is None or not title or _schemata().get(holder.schema) != EntityType.PERSON:
            return None
        named = house.first("name") if house is not None else ""
        if named:
            title = title.removesuffix(f", {named}")  # as kg itself writes positions
        since, until = entity.first("startDate"), entity.first("endDate")
        if not until and entity.first("status") == "ended":
            return None  # an office that ended some day says nothing of a date
        row = self._named(holder)
        return replace(row, where=entity.where, office=title, body=named, since=since[:10], until=until[:10])


@cache
def _schemata() -> dict[str, str]:
    """Schemata of what has a name → the type, empty where the words of the name tell it."""
    return {
        schema: row["name"].strip("-")
        for row in lists.records("listed")
        if row["kind"] == "schema"
        for schema in lists.entries(row["words"])
    }

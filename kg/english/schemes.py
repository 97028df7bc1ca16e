"""Events and units as concepts with names of their own, made from the lists of words: what was killed, died."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from kg.english.events import Event, events
from kg.english.lists import entries, records, rows


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept of a scheme: its ``name`` in IRIs, its label, the words that say it, and the name of the wider one."""

    name: str
    label: str
    words: tuple[str, ...]
    definition: str
    example: str
    broader: str = ""


@cache
def event_concepts() -> dict[str, Concept]:
    """The concepts of events by the class of :mod:`kg.english.events` that they stand for."""
    told = {row["class"]: row for row in records("event_classes")}
    members: dict[str, list[Event]] = {}
    for event in events().values():
        members.setdefault(event.group, []).append(event)

    def name(group: str) -> str:
        return told[group]["name"] if group in told else group

    return {
        group: Concept(
            name(group),
            name(group),
            tuple(sorted(event.lemma for event in found)),
            f"What the counted did or suffered where the text has: {', '.join(sorted(event.lemma for event in found))}.",
            f"40 {_VOICES[found[0].voice]}{found[0].participle}",
            name(told[group]["broader"]) if group in told and told[group]["broader"] else "",
        )
        for group, found in sorted(members.items(), key=lambda pair: name(pair[0]))
    }


_VOICES = {"passive": "were ", "active": "have ", "progressive": "have ", "state": "are "}


@cache
def unit_concepts() -> dict[str, Concept]:
    """The concepts of units by the canonical name of the unit, or the code of the currency."""
    found = [
        Concept(unit, unit, entries(forms), f"A unit of {kind}.", f"40 {entries(forms)[-1]}")
        for unit, kind, forms in rows("units")
    ]
    found += [
        Concept(
            code.lower(), code, (*entries(signs), *entries(words)), "A currency, by its code in ISO 4217.", f"{code} 40"
        )
        for code, signs, words in rows("currencies")
    ]
    return {concept.label: concept for concept in sorted(found, key=lambda concept: concept.name)}


def event_name(lemma: str) -> str | None:
    """The name of the concept of an event (a lemma); ``None`` for one that is in no class.

    >>> event_name("kill"), event_name("die"), event_name("juggle")
    ('die', 'die', None)
    """
    event = events().get(lemma.lower())
    return event_concepts()[event.group].name if event is not None else None


def event_line(name: str) -> tuple[Concept, ...]:
    """The concept of an event by its name, and those above it.

    >>> [concept.name for concept in event_line("drown")]
    ['drown', 'die']
    """
    by_name = {concept.name: concept for concept in event_concepts().values()}
    out: list[Concept] = []
    while name in by_name and by_name[name] not in out:
        out.append(by_name[name])
        name = out[-1].broader
    return tuple(out)


def unit_name(unit: str) -> str | None:
    """The name of the concept of a unit; ``None`` for what is counted in pieces.

    >>> unit_name("percent"), unit_name("EUR"), unit_name("people")
    ('percent', 'eur', None)
    """
    concept = unit_concepts().get(unit)
    return concept.name if concept is not None else None


__all__ = ["Concept", "event_concepts", "event_line", "event_name", "unit_concepts", "unit_name"]

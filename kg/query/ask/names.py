"""Finds in a question what the graph knows by name: actors, each by its IRI, offices, dates and numbers."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from kg.english import places
from kg.english.calendar import NUMBER_OF
from kg.model import EntityType
from kg.query.ask.words import COUNTING, FILLERS, LIGHT, TYPES, canonical

CLOSE = 85
"""How alike, out of 100, a misspelt name and a name of the graph must be."""

_MONTH = "|".join(NUMBER_OF)
_DATES = (
    (re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)? (?:of )?({_MONTH}),? (\d{{4}})\b", re.I), (3, 2, 1)),
    (re.compile(rf"\b({_MONTH}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})\b", re.I), (3, 1, 2)),
    (re.compile(rf"\b({_MONTH}),? (?:of )?(\d{{4}})\b", re.I), (2, 1, 0)),
)
_ISO = re.compile(r"\b(?:19|20)\d\d(?:-\d\d){0,2}\b")
_WORD = re.compile(r"\d{1,3}(?:,\d{3})+|[^\W_]+(?:[-/][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the graph. ``family`` is person, body, place or country; ``loose`` where its name is no proper one."""

    iri: str
    name: str
    family: str
    country: str = ""
    loose: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of the question: a plain ``word``, or an ``office``, ``when``, ``number`` or ``actor`` with what it is.

    ``actors`` are those that it may be; several where the question does not tell which.
    """

    kind: str
    text: str
    value: str = ""
    actors: tuple[Actor, ...] = ()

    @property
    def family(self) -> str:
        """The family of the actors, where they have the same."""
        families = {actor.family for actor in self.actors}
        return families.pop() if len(families) == 1 else ""

    @property
    def given(self) -> str | list[str]:
        """The value of a parameter: IRIs of actors, the text of all else."""
        if not self.actors:
            return self.value
        iris = [actor.iri for actor in self.actors]
        return iris[0] if len(iris) == 1 else iris

    @property
    def doubtful(self) -> bool:
        """Whether it may be one of several actors that have proper names."""
        return len(self.actors) > 1 and not all(actor.loose for actor in self.actors)

    def fits(self, kind: str) -> bool:
        """Whether it can stand for a slot of this kind."""
        if kind == "number":
            return self.kind == kind or (self.kind == "when" and self.value.isdigit())
        if kind == "speaker":
            return self.kind in ("actor", "office")
        if kind == "person":
            return self.kind == "actor" and self.family == kind
        if kind == "place":
            return self.kind == "actor" and self.family in ("place", "country")
        if kind == "body":
            return self.kind == "actor" and self.family in ("body", "country")
        return self.kind == kind


def fold(text: str) -> str:
    """Lower case without accents."""
    return unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode() or text.casefold()


class Names:
    """The actors and offices of a graph, by name, alias and distinctive part of a name."""

    def __init__(
        self, entities: Iterable[Mapping[str, object]], titles: Iterable[str], reserved: frozenset[str]
    ) -> None:
        """``reserved`` are words of questions: no single word of a name may take one from a question."""
        whole: dict[tuple[str, ...], dict[str, Actor]] = defaultdict(dict)
        parts: dict[str, dict[str, Actor]] = defaultdict(dict)
        for row in sorted(entities, key=lambda row: (str(row["name"]), str(row["entity"]))):
            actor = _actor(row)
            for form in (actor.name, *str(row["aliases"] or "").split(" | ")):
                words = _folded(form)
                if len(words) == 1 and (words[0] in reserved or not words[0]) and not _initials(form):
                    continue
                if words:
                    whole[tuple(words) if not _initials(form) else (form,)][actor.iri] = actor
            if row["type"] != EntityType.UNNAMED:
                for part in _folded(actor.name):
                    if len(part) > 3 and part not in reserved:
                        parts[part][actor.iri] = actor
        self._whole = {key: tuple(found.values()) for key, found in whole.items()}
        self._parts = dict(parts)
        self._titles = {tuple(_folded(title)): title for title in sorted(titles)}
        self._longest = max(map(len, [*self._whole, *self._titles]), default=1)

    def find(
        self, question: str, *, reserved: frozenset[str], parts: bool = True, counted: bool = False
    ) -> list[Found]:
        """The question as stretches, in order: dates, actors and offices where there are any, words elsewhere.

        Without ``parts`` only whole names and aliases are actors: “Kyrgyz citizens” are then no “Kyrgyz government”. With
        ``counted`` what stands behind “how many” is counted and no actor: not the “many people” who said something, nor the
        police of “how many police officers”.
        """
        out: list[Found] = []
        for piece, date in _split_dates(re.sub(r"['’]s\b", " ", question)):
            out += [Found("when", piece, date)] if date else self._names(piece, reserved, parts, counted)
        return _by_country(out)

    def _names(self, text: str, reserved: frozenset[str], parts: bool, counted: bool) -> list[Found]:
        words = _WORD.findall(text)
        out: list[Found] = []
        at = 0
        while at < len(words):
            if counted and (run := _counted(words, at)):
                out += [Found("word", word) for word in words[at : at + run]]
                at += run
                continue
            length, found = self._longest_at(words, at, reserved, parts)
            kind = [fold(word) for word in words[at : at + 2]]
            # “Security services” are no “Security Service”.
            if length <= len(kind) == 2 and " ".join(kind) in TYPES and tuple(kind) not in self._whole:
                out += [Found("word", word) for word in words[at : at + 2]]
                at += 2
                continue
            out.append(found)
            at += length
        return out

    def _longest_at(self, words: list[str], at: int, reserved: frozenset[str], parts: bool) -> tuple[int, Found]:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            surface = words[at : at + length]
            text = " ".join(surface)
            key = tuple(fold(word) for word in surface)
            if length == 1 and (text,) in self._whole:  # initials are names only in capitals: IS is, “is” is not
                return 1, Found("actor", text, text, self._whole[text,])
            if key in self._whole and not (length == 1 and key[0] in reserved):
                return length, Found("actor", text, text, self._whole[key])
            singular = (*key[:-1], key[-1].removesuffix("s"))
            for title in (key, singular):
                if title in self._titles:
                    return length, Found("office", text, self._titles[title])
        word = words[at]
        length = 1
        part = self._part(fold(word), reserved) if parts else None
        if part is None:
            digits = word.replace(",", "")
            return 1, Found("number", word, digits) if digits.isdigit() else Found("word", word)
        # “Medetbekov” alone, or with a first name that is spelt in another way.
        names = self._parts[part]
        while at + length < len(words):
            further = self._part(fold(words[at + length]), reserved)
            common = {iri: a for iri, a in names.items() if further and iri in self._parts[further]}
            if not common:
                break
            names, length = common, length + 1
        text = " ".join(words[at : at + length])
        return length, Found("actor", text, part, tuple(names.values()))

    def _part(self, word: str, reserved: frozenset[str]) -> str | None:
        """The part of a name that ``word`` is, or is a misspelling of."""
        if word in self._parts:
            return word
        if len(word) < 5 or word in reserved or not word.isalpha():
            return None
        near = [(fuzz.ratio(word, part), part) for part in self._parts if part[0] == word[0] and len(part) > 4]
        best = max(near, default=(0.0, ""))
        return best[1] if best[0] >= CLOSE else None


def _counted(words: Sequence[str], at: int) -> int:
    """How many words belong together at a place where a question asks for a number: “how many”, and what is counted."""
    if " ".join(fold(word) for word in words[at : at + 2]) not in COUNTING:
        return 0
    behind = (i for i, word in enumerate(words[at + 2 :], 2) if fold(word) in FILLERS or canonical(fold(word)) in LIGHT)
    return next(behind, len(words) - at)


def _split_dates(text: str) -> list[tuple[str, str]]:
    """Pieces of the text, each with the EDTF date that it is, or an empty string."""
    found: list[tuple[int, int, str]] = []
    for pattern, (year, month, day) in _DATES:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end, _ in found):
                continue
            value = f"{match[year]}-{NUMBER_OF[match[month].lower()]:02}"
            found.append((match.start(), match.end(), f"{value}-{int(match[day]):02}" if day else value))
    for match in _ISO.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), match[0]))
    out, last = [], 0
    for start, end, value in sorted(found):
        out += [(text[last:start], ""), (text[start:end], value)]
        last = end
    return [*out, (text[last:], "")]


def _folded(text: str) -> list[str]:
    return [fold(word) for word in _WORD.findall(re.sub(r"['’]s\b", " ", text)) if fold(word) not in ("the", "a", "an")]


def _actor(row: Mapping[str, object]) -> Actor:
    kind = EntityType(str(row["type"]))
    return Actor(
        str(row["entity"]), str(row["name"]), _family(kind), str(row.get("country_name") or ""),
        kind in (EntityType.UNNAMED, EntityType.DOCUMENT),
    )  # fmt: skip


def _by_country(found: list[Found]) -> list[Found]:
    """Of several bodies of one name the one of the country that stands beside it: “of Kyrgyzstan”, “the Kyrgyz …”."""
    out = list(found)
    for at, item in enumerate(found):
        if not item.doubtful:
            continue
        for near in (at - 1, at + 1, at + 2):
            if not 0 <= near < len(found) or (near == at + 2 and fold(found[at + 1].text) not in ("of", "in")):
                continue
            lands = _lands(found[near])
            actors = tuple(actor for actor in item.actors if actor.country in lands)
            if len(actors) == 1:
                out[at] = replace(item, actors=actors)
                out[near] = Found("word", "the")  # it has said what it had to say
                break
    return out


def _lands(item: Found) -> frozenset[str]:
    """The countries that a word of a question may name."""
    place = places.nationality(item.text) or places.find(item.text)
    return frozenset(actor.name for actor in item.actors) | ({place.name} if place else frozenset())


def _initials(form: str) -> bool:
    return form.isalpha() and form.isupper() and len(form) < 4


def _family(type_: EntityType) -> str:
    if type_ is EntityType.COUNTRY:
        return "country"
    return {EntityType.ORGANISATION: "body", EntityType.PERSON: "person", EntityType.PLACE: "place"}.get(
        type_.family, ""
    )

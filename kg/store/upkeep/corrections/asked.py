"""What somebody asks to be corrected, understood: the thing, the characters that find it again, and what holds of it now."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from kg.errors import UsageError, shown
from kg.model import Correction, CorrectionKind, Form, Passage, Resolved, Span, Statement, instant, moment
from kg.rdf import corrections as written
from kg.rdf import minting as m
from kg.resolve.corrections import things
from kg.resolve.corrections.applying import Corrected, Fate, apply
from kg.store import Store
from kg.store.upkeep.corrections import applied
from kg.vocabulary import Property

TOGETHER: Final = (CorrectionKind.TYPE, CorrectionKind.NAME)
"""What is corrected of an entity: one decision on each of its references."""

_LONGEST, _LONGEST_NAME = 10_000, 200  # characters that a person writes
_ROLES: Final = {
    CorrectionKind.SPEAKER: "speaker",
    CorrectionKind.CUE: "cue",
    CorrectionKind.CONTENT: "content",
    CorrectionKind.OFFICE: "body",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks to be corrected."""

    thing: str
    kind: str
    value: str | Mapping[str, Any]
    span: tuple[int, int] | None
    quote: str
    part: str
    by: str
    why: str
    at: str | None

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else json.dumps(dict(self.value), ensure_ascii=False)


def understood(store: Store, asked: Asked) -> list[Correction]:
    """The corrections that are asked for: one, or one for each reference of an entity."""
    try:
        kind = CorrectionKind(asked.kind)
    except ValueError as error:
        words = ", ".join((*(k.value for k in CorrectionKind if k is not CorrectionKind.UNDO), "merge", "split"))
        raise UsageError(f"“{shown(asked.kind)}” is nothing that can be corrected; use {words}.") from error
    if kind is CorrectionKind.UNDO:
        raise UsageError("A correction is undone by its id.")
    if max(len(asked.text), len(asked.why)) > _LONGEST or len(asked.by) > _LONGEST_NAME:
        raise UsageError(f"A correction has {_LONGEST:,} characters at most, and a name {_LONGEST_NAME}.")
    if m.entity_id(asked.thing):
        if kind not in TOGETHER:
            raise UsageError(
                f"“{kind.value}” is nothing that can be corrected of an entity; name a statement, figure or office."
            )
        meant = store.subjects(Property.REFERS_TO, m.node(store.current(asked.thing)))
        made = [
            _Article(store, iri).correction(kind, replace(asked, thing=iri)) for iri in meant if _has_place(store, iri)
        ]
        if not made:
            raise UsageError(f"No characters of a stored article mean {shown(asked.thing)}.")
        return [replace(one, at=made[-1].at) for one in made]
    return [_Article(store, asked.thing).correction(kind, asked)]


def _has_place(store: Store, iri: str) -> bool:
    return bool(store.objects(iri, Property.MENTION))


class _Article:
    """The article of a thing, as the machine read it and as it stands, for somebody who points at something in it."""

    def __init__(self, store: Store, iri: str) -> None:
        self._store = store
        self.article = m.article_id(iri) if iri.startswith(store.base) else ""
        read = applied.machine(store, self.article) if self.article else None
        if read is None:
            what = f"The article {self.article}" if self.article else shown(iri)
            raise UsageError(f"{what} is not in the store; nothing was corrected.")
        self.read: Resolved = read
        self.text = read.article.text
        self.decided = applied.decided(store, self.article)
        self.now: Corrected = apply(read, self.decided)
        self.local = written.local(iri)

    def correction(self, kind: CorrectionKind, asked: Asked) -> Correction:
        """What is asked for as a correction. Raises ``UsageError`` where it cannot be."""
        add = kind is CorrectionKind.ADD
        if add != (self.local == ""):
            raise UsageError(
                "A missed statement is added to its article; all else is corrected of a statement, figure, office or name."
            )
        thing, passage = ("", self._marked(asked)) if add else self._place(kind, asked)
        marked, value = self._values(kind, thing, asked)
        article = self.read.article
        return written.written(
            Correction(
                article=article.id, passage=passage, kind=kind, by=asked.by, at=time_of(asked.at, self.decided), thing=thing,
                part=asked.part, value=value, marked=tuple(sorted(marked.items())), why=asked.why, url=article.url or "",
            )
        )  # fmt: skip

    def _marked(self, asked: Asked) -> Passage:
        """The characters that are marked. Raises ``UsageError`` where there are none, or others than somebody saw."""
        if asked.span is None:
            raise UsageError(f"Mark the characters of the {asked.kind if asked.kind != 'add' else 'content'}.")
        start, end = asked.span
        if not 0 <= start < end <= len(self.text) or not self.text[start:end].strip():
            raise UsageError(f"The article {self.article} has no characters {start} to {end}; nothing was corrected.")
        found = self.text[start:end]
        if asked.quote and asked.quote != found:
            raise UsageError(
                f"The characters {start} to {end} of {self.article} are “{shown(found)}” and not “{shown(asked.quote)}”: the text has "
                "changed; nothing was corrected."
            )
        return Passage.of(self.text, Span(start, end))

    def _place(self, kind: CorrectionKind, asked: Asked) -> tuple[str, Passage]:
        """The thing as the machine called it, and the characters that it is found by."""
        thing = self.now.revised.get(self.local, ("", ()))[0] or self.local
        what, _, key = thing.partition("/")
        for one in self.decided:  # what somebody added is found by what was marked then
            if one.kind is CorrectionKind.ADD and self.now.fates.get(one.id, Fate()).thing == self.local:
                return thing, one.passage
        for resolved in (self.read, self.now.resolved):
            spans = dict(things.in_article(resolved).get(what, ())).get(key)
            if spans:
                return thing, Passage.of(self.text, spans[0])
            if spans is not None:
                raise UsageError("No characters of the article show it, so that it cannot be corrected here.")
        raise UsageError(f"{shown(asked.thing)} is not in the store; nothing was corrected.")

    def _values(self, kind: CorrectionKind, thing: str, asked: Asked) -> tuple[dict[str, Passage], str]:
        """The characters and the text that are given as the value."""
        if kind is CorrectionKind.ADD:
            return self._missed(asked)
        role = _ROLES.get(kind)
        if kind is CorrectionKind.FIGURE:
            role = {"place": "place", "add": "number"}.get(asked.part)
        named = kind is CorrectionKind.SPEAKER or asked.part in ("place", "body")
        if asked.span is not None and role is not None:
            passage = self._marked(asked)
            return {role: passage}, asked.text or (passage.quote if named else "")
        if role in ("cue", "content") and asked.text.strip():
            return {str(role): self._words(asked.text.strip(), thing)}, ""
        if named and asked.text:
            name, place = self._somebody(asked.text, thing)
            return ({str(role): place} if place is not None else {}), name
        return {}, asked.text

    def _words(self, words: str, thing: str) -> Passage:
        """Words of the article, where they stand nearest to the thing."""
        near = next((self._spot(r, thing) for r in (self.read, self.now.resolved) if self._spot(r, thing)), None)
        at = near.start if near is not None else 0
        places = [found.start() for found in re.finditer(re.escape(words), self.text)]
        if not places:
            raise UsageError(f"The words “{shown(words)}” are not in the article; write them as they stand there.")
        start = min(places, key=lambda place: (abs(place - at), place))
        return Passage.of(self.text, Span(start, start + len(words)))

    def _spot(self, resolved: Resolved, thing: str) -> Span | None:
        what, _, key = thing.partition("/")
        return next(iter(dict(things.in_article(resolved).get(what, ())).get(key, ())), None)

    def _somebody(self, name: str, thing: str) -> tuple[str, Passage | None]:
        """Somebody whom the article names, by name or by IRI: the name, and the characters that mean them, those beside the statement first."""
        refs = self.now.resolved.references
        if m.entity_id(name):
            keys = {iri.rsplit("/", 1)[1] for iri in self._store.subjects(Property.REFERS_TO, m.node(self._store.current(name)))
                    if m.article_id(iri) == self.article}  # fmt: skip
            found = [
                r for r in refs if written.thing(self.article, f"reference/{r.key}").value.rsplit("/", 1)[1] in keys
            ]
        elif written.local(name).startswith("reference/"):
            found = [r for r in refs if r.key == written.local(name).partition("/")[2]]
        else:
            wanted = name.casefold().strip()
            found = [r for r in refs if r.name.casefold() == wanted] or [
                r for r in refs if wanted in {a.casefold() for a in r.aliases}
            ]
        if not found:
            place = self.text.find(name)
            if place < 0:
                raise UsageError(f"The article names no “{shown(name)}”; mark the characters that mean them.")
            return name, Passage.of(self.text, Span(place, place + len(name)))
        spans = things.mentions(found[0])
        told = next((s for s in self.now.resolved.statements if f"statement/{s.key}" in (thing, self.local)), None)
        beside = [s for s in spans if told is not None and _beside(told, s)]
        named = [link.span for link in found[0].mentions if link.form is Form.NAME]
        best = next(iter((*beside, *named, *spans)), None)
        return found[0].name, Passage.of(self.text, best) if best is not None else None

    def _missed(self, asked: Asked) -> tuple[dict[str, Passage], str]:
        """Speaker and cue of a statement that was missed, and what else is told of it."""
        try:
            told = json.loads(asked.text or "{}")
        except (ValueError, RecursionError) as error:
            raise UsageError("A missed statement is told of as JSON: speaker, cue, kind.") from error
        if not isinstance(told, dict) or not set(told) <= {"speaker", "cue", "kind"}:
            raise UsageError("A missed statement is told of by its speaker, cue and kind.")
        marked: dict[str, Passage] = {}
        value = {"kind": str(told.get("kind") or "indirect")}
        for role in ("speaker", "cue"):
            given = told.get(role)
            if isinstance(given, list | tuple) and len(given) == 2 and all(type(n) is int for n in given):
                marked[role] = self._marked(replace(asked, span=(given[0], given[1]), quote=""))
            elif isinstance(given, str) and given and role == "speaker":
                value["speaker"], place = self._somebody(given, "")
                if place is not None:
                    marked[role] = place
            elif given not in (None, ""):
                raise UsageError(f"The {role} of a missed statement is marked by its first and last character.")
        return marked, json.dumps(value, ensure_ascii=False, sort_keys=True)


def _beside(told: Statement, span: Span) -> bool:
    return told.evidence.contains(span) and not any(span.overlaps(s) for s in told.content_spans)


def time_of(at: str | None, before: Iterable[Correction]) -> str:
    """The time of a decision: the one that is given, else now, and after all decisions before it."""
    if at is not None:
        if moment(at).year == 1:
            raise UsageError(f"“{shown(at)}” is no time; write it as 2020-03-02T14:05:00Z.")
        return instant(moment(at))
    last = max((moment(c.at) for c in before), default=datetime.now(UTC))
    now = max(datetime.now(UTC), last + timedelta(microseconds=1))
    return instant(now)


__all__ = ["TOGETHER", "Asked", "time_of", "understood"]

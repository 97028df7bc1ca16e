"""Persons' corrections of what was read: made, undone, listed, and set aside for a look at what the machine read.

Each correction is a decision with who, when and why, in the graph of decisions, which no rebuild touches. Its article is made anew from
what the machine read and all that was decided on it, so that the order in which things happened leaves no trace. Two who say something
else of the same are both on record, and the later one holds.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from kg import rdf, review
from kg.errors import BusyError, UsageError, shown
from kg.model import (
    Correction,
    CorrectionKind,
    Form,
    Identity,
    Judgement,
    Passage,
    Resolved,
    Span,
    Statement,
    holding,
    instant,
    moment,
    record,
)
from kg.pipeline import integrate
from kg.rdf import corrections as written
from kg.rdf import minting as m
from kg.resolve.corrections import things
from kg.resolve.corrections.applying import Corrected, Fate, apply
from kg.resolve.corrections.figures import PARTS, ROLES
from kg.store import Store
from kg.store.upkeep import corrections as upkeep
from kg.vocabulary import Class, Outside, Property

Changed = TypeVar("Changed")

PATIENCE = 10.0
"""So many seconds another process may take with the store before a decision is refused."""

_STEP = 0.1
_ROLES = {
    CorrectionKind.SPEAKER: "speaker", CorrectionKind.CUE: "cue", CorrectionKind.CONTENT: "content", CorrectionKind.OFFICE: "body",
}  # fmt: skip
_TOGETHER = (CorrectionKind.TYPE, CorrectionKind.NAME)  # of an entity: one decision on all of its references
FIGURE_PARTS = (*PARTS, "place", "remove")
"""What can be corrected of a figure."""
OFFICE_PARTS = ("title", "body", "tense", "remove")
"""What can be corrected of an office."""


@dataclass(frozen=True, slots=True)
class Made:
    """What a decision did: the corrections or judgements on record, the IRI of the thing now ("" where it is gone), what
    a reader should know, and whether it is ``new`` and no second sending of the same.
    """

    decisions: tuple[Correction, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    thing: str = ""
    notes: list[str] | tuple[str, ...] = ()
    new: bool = True


@dataclass(frozen=True, slots=True)
class Recorded:
    """A correction with its state: ``holds``, ``overruled``, ``undone`` or ``orphan``; the state in words; the IRI that it holds on."""

    correction: Correction
    state: str
    sentence: str
    thing: str = ""


# ── making ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def correct(
    store: Store, thing: str, kind: str, value: str | Mapping[str, Any] = "", *, span: tuple[int, int] | None = None, quote: str = "",
    part: str = "", by: str, why: str = "", at: str | None = None,
) -> Made:  # fmt: skip
    """Correct one thing (its IRI: a statement, figure, office, reference, entity, or the article of a missed statement).

    ``kind`` is one of :class:`kg.model.CorrectionKind` but undo, or ``merge`` and ``split``, which are judgements on identity.
    ``value`` is what holds, as text; ``span`` the characters of the article that it is, and ``quote`` what was seen there,
    which is checked. The same sent twice is one. Raises ``UsageError`` for what cannot be meant, before anything changes.
    """
    if not by.strip() or by.startswith("rule:"):
        raise UsageError(f"“{shown(by)}” is no name of a person; say who decides.")
    asked = _Asked(thing, kind, value, span, quote, part, " ".join(by.split()), why.strip(), at)

    def change() -> Made:
        with store.transaction():
            if kind in ("merge", "split"):
                return _judged(store, asked)
            return _record(store, _understood(store, asked))

    return patiently(change)


def undo(store: Store, name: str, *, by: str, why: str = "", at: str | None = None) -> Made:
    """Undo the decision of this id: what held before it holds again. An undo is a decision too and can be undone itself. Of a type or
    name that was given to an entity, all its references are meant. Raises ``UsageError`` where no decision that holds has the id.
    """

    def change() -> Made:
        with store.transaction():
            known = {c.id: c for c in written.corrections(store, base=store.base)}
            one = known.get(name)
            if one is None:
                done = review.undo(store, name, at=at)
                return Made((), (done.judgement,), "", done.notes)
            if one.id in _undone(known.values()):
                raise UsageError(
                    f"The correction {name} was undone already; “kg review --statements --list” shows all."
                )
            act = (one.by, one.at, one.kind, one.value)
            same = [c for c in known.values() if c.kind in _TOGETHER and (c.by, c.at, c.kind, c.value) == act]
            when = _when(at, known.values())
            undoing = [
                replace(
                    c, kind=CorrectionKind.UNDO, by=by.strip(), at=when, part="", value=c.id, marked=(), why=why.strip()
                )
                for c in same or [one]
            ]
            return _written(store, undoing)

    return patiently(change)


def patiently(change: Callable[[], Changed]) -> Changed:
    """Do a change, and wait a while where another process is changing the store."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return change()
        except BusyError:
            if time.monotonic() > until:
                raise
            time.sleep(_STEP)


@dataclass(frozen=True, slots=True)
class _Asked:
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


def _understood(store: Store, asked: _Asked) -> list[Correction]:
    """The corrections that are asked for: one, or one for each reference of an entity."""
    try:
        kind = CorrectionKind(asked.kind)
    except ValueError as error:
        words = ", ".join((*(k.value for k in CorrectionKind if k is not CorrectionKind.UNDO), "merge", "split"))
        raise UsageError(f"“{shown(asked.kind)}” is nothing that can be corrected; use {words}.") from error
    if kind is CorrectionKind.UNDO:
        raise UsageError("A correction is undone by its id.")
    if m.entity_id(asked.thing):
        if kind not in _TOGETHER:
            raise UsageError(
                f"“{kind.value}” is nothing that can be corrected of an entity; name a statement, figure or office."
            )
        meant = store.subjects(Property.REFERS_TO, m.node(store.current(asked.thing)))
        made = [
            _Reading(store, iri).correction(kind, replace(asked, thing=iri)) for iri in meant if _has_place(store, iri)
        ]
        if not made:
            raise UsageError(f"No characters of a stored article mean {shown(asked.thing)}.")
        return [replace(one, at=made[-1].at) for one in made]
    return [_Reading(store, asked.thing).correction(kind, asked)]


def _has_place(store: Store, iri: str) -> bool:
    return bool(store.objects(iri, Property.MENTION))


class _Reading:
    """The article of a thing, as the machine read it and as it stands, for somebody who points at something in it."""

    def __init__(self, store: Store, iri: str) -> None:
        self._store = store
        self.article = m.article_id(iri) if iri.startswith(store.base) else ""
        read = upkeep.machine(store, self.article) if self.article else None
        if read is None:
            what = f"The article {self.article}" if self.article else shown(iri)
            raise UsageError(f"{what} is not in the store; nothing was corrected.")
        self.read: Resolved = read
        self.text = read.article.text
        self.decided = upkeep.decided(store, self.article)
        self.now: Corrected = apply(read, self.decided)
        self.local = written.local(iri)

    def correction(self, kind: CorrectionKind, asked: _Asked) -> Correction:
        """What is asked for as a correction. Raises ``UsageError`` where it cannot be."""
        add = kind is CorrectionKind.ADD
        if add != (self.local == ""):
            raise UsageError(
                "A missed statement is added to its article; all else is corrected of a statement, figure, office or name."
            )
        thing, passage = ("", self._marked(asked)) if add else self._place(kind, asked)
        marked, value = self._values(kind, thing, asked)
        article = self.read.article
        return Correction(
            article=article.id, passage=passage, kind=kind, by=asked.by, at=_when(asked.at, self.decided), thing=thing, part=asked.part,
            value=value, marked=tuple(sorted(marked.items())), why=asked.why, url=article.url or "",
        )  # fmt: skip

    def _marked(self, asked: _Asked) -> Passage:
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

    def _place(self, kind: CorrectionKind, asked: _Asked) -> tuple[str, Passage]:
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

    def _values(self, kind: CorrectionKind, thing: str, asked: _Asked) -> tuple[dict[str, Passage], str]:
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
        if named and asked.text:
            name, place = self._somebody(asked.text, thing)
            return ({str(role): place} if place is not None else {}), name
        return {}, asked.text

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

    def _missed(self, asked: _Asked) -> tuple[dict[str, Passage], str]:
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


def _when(at: str | None, before: Iterable[Correction]) -> str:
    """The time of a decision: the one that is given, else now, and after all decisions before it."""
    if at is not None:
        if moment(at).year == 1:
            raise UsageError(f"“{shown(at)}” is no time; write it as 2020-03-02T14:05:00Z.")
        return instant(moment(at))
    last = max((moment(c.at) for c in before), default=datetime.now(UTC))
    now = max(datetime.now(UTC), last + timedelta(microseconds=1))
    return instant(now)


def _record(store: Store, made: list[Correction]) -> Made:
    """Put corrections on record, unless the very same hold already. Raises ``UsageError`` where one cannot be applied."""
    first = made[0]
    held = upkeep.outcome(store, first.article)
    for one in holding(upkeep.decided(store, first.article)) if held is not None else ():
        fate = held.fates[one.id]  # type: ignore[union-attr]
        if one.says_as(first) and one.by == first.by and not fate.overruled and not fate.trouble:
            return Made((one,), (), _iri(store, first.article, fate.thing), (), new=False)
    for one in made:
        read = upkeep.machine(store, one.article)
        if read is None:
            continue
        tried = apply(read, [*upkeep.decided(store, one.article), one]).fates[one.id]
        if tried.trouble:
            raise UsageError(f"{tried.trouble} Nothing was corrected.")
    return _written(store, made)


def _written(store: Store, made: list[Correction]) -> Made:
    """Write decisions, and all that follows from them."""
    for one in made:
        store.add(written.correction_quads(one))
    notes = follow(store, {a for one in made for a in _articles(store, one)})
    done = upkeep.outcome(store, next(iter(_articles(store, made[0])), ""))
    fate = (
        done.fates.get(made[0].value if made[0].kind is CorrectionKind.UNDO else made[0].id)
        if done is not None
        else None
    )
    thing = fate.thing if fate is not None else made[0].thing if made[0].kind is CorrectionKind.UNDO else ""
    return Made(tuple(made), (), _iri(store, made[0].article, thing), notes)


def follow(store: Store, articles: Iterable[str]) -> list[str]:
    """Bring articles, and all that follows from them, up to date with what was decided. Returns what a reader should know."""
    with store.transaction():
        changed = [a for a in sorted(set(articles)) if upkeep.correct(store, a)]
        return integrate(store, added=changed, removed=changed) if changed else []


def _articles(store: Store, one: Correction) -> list[str]:
    """The stored articles that a correction is about: its own, or the version under its address now."""
    found = [one.article]
    if one.url:
        found += [m.article_id(iri) for iri in store.subjects(Property.URL, m.string(one.url))]
    return [a for a in dict.fromkeys(found) if a and store.holds(m.article(a, store.base), Class.ARTICLE)]


def _iri(store: Store, article: str, local: str) -> str:
    return written.thing(article, local, store.base).value if local else ""


# ── merge and split: judgements on identity ────────────────────────────────────────────────────────────────────────


def _judged(store: Store, asked: _Asked) -> Made:
    one = _references(store, asked.thing)
    if asked.kind == "merge":
        other = _references(store, asked.text)
        pairs, said = [(one[0], other[0])], Identity.SAME
    else:
        iri = asked.thing
        if not written.local(iri).startswith("reference/"):
            raise UsageError("Split off a reference: name whom one article means.")
        mine = (m.article_id(iri), one[0][1])
        others = [p for _, e in rdf.meanings(store, [mine]) for p in rdf.entity_seen(store, e).references if p != mine]
        if not others:
            raise UsageError("Nobody else is taken for the same, so that there is nothing to split.")
        pairs, said = [(mine, other) for other in others], Identity.NOT_SAME
    made = [review.verdict(pair, said, by=asked.by, reason=asked.why, at=asked.at) for pair in pairs]
    notes = review.decide(store, made)
    known = {frozenset((j.left, j.right)): j for j in rdf.decisions(store)}
    now = dict(rdf.meanings(store, [one[0]])).get(one[0], "")
    return Made((), tuple(known[frozenset(pair)] for pair in pairs if frozenset(pair) in known), now, notes)


def _references(store: Store, iri: str) -> list[tuple[str, str]]:
    """The references (article, key) of an entity, or the one that an IRI names."""
    if written.local(iri).startswith("reference/"):
        article, key = m.article_id(iri), written.local(iri).partition("/")[2]
        found = [
            (r.article, r.key)
            for r in _resolved(store, article).references
            if iri.endswith(f"/{r.key}") or r.key == key
        ]
    elif m.entity_id(iri):
        found = sorted(rdf.entity_seen(store, store.current(iri)).references)
    else:
        found = []
    if not found:
        raise UsageError(f"{shown(iri)} is nobody in the store; name an entity by its IRI.")
    return found


def _resolved(store: Store, article: str) -> Resolved:
    done = upkeep.outcome(store, article)
    if done is None:
        raise UsageError(f"The article {article} is not in the store; nothing was corrected.")
    return done.resolved


# ── looking ────────────────────────────────────────────────────────────────────────────────────────────────────────


def recorded(store: Store, article: str | None = None) -> list[Recorded]:
    """The corrections of all articles, or of one (its id or IRI), also those that do not hold, in the order of their time."""
    if article is None:
        found = written.corrections(store, base=store.base)
    else:
        found = upkeep.decided(store, rdf.article_id(article, store.base))
    fates: dict[str, tuple[str, Fate]] = {}
    for name in sorted({a for one in found for a in _articles(store, one)}):
        done = upkeep.outcome(store, name)
        fates |= {c: (name, fate) for c, fate in done.fates.items()} if done is not None else {}
    known = {c.id: c for c in found}
    ends = _undone(found)
    return [_state(store, one, fates.get(one.id), ends.get(one.id), known) for one in found]


def _undone(found: Iterable[Correction]) -> dict[str, Correction]:
    """What was undone (its id), by which undo that holds."""
    given = list(found)
    undone: dict[str, Correction] = {}
    held = {c.id for c in holding(given)}
    undos = [c for c in given if c.kind is CorrectionKind.UNDO]
    for one in undos:
        others = [u for u in undos if u.value == one.id]
        if not any(o.id not in undone for o in others) and one.value not in held:
            undone[one.value] = one
    return undone


def _state(
    store: Store,
    one: Correction,
    fate: tuple[str, Fate] | None,
    end: Correction | None,
    known: Mapping[str, Correction],
) -> Recorded:
    if end is not None:
        return Recorded(one, "undone", f"undone by {end.by} on {end.at[:10]} ({end.id})")
    if one.kind is CorrectionKind.UNDO:
        return Recorded(one, "holds", f"undoes {one.value}")
    if fate is None:
        return Recorded(one, "orphan", f"has no effect: the article {one.article} is not in the store")
    article, found = fate
    if found.trouble:
        return Recorded(one, "orphan", f"has no effect: {found.trouble}")
    thing = _iri(store, article, found.thing)
    if found.overruled:
        later = known.get(found.overruled)
        who = f"{later.by} on {later.at[:10]}" if later is not None else "a later one"
        return Recorded(one, "overruled", f"overruled by {who} ({found.overruled})", thing)
    return Recorded(one, "holds", "holds", thing)


def orphans(store: Store) -> list[Recorded]:
    """The corrections whose article is gone, or whose characters are."""
    return [one for one in recorded(store) if one.state == "orphan"]


def of(store: Store, thing: str) -> list[Recorded]:
    """What was decided on one thing (its IRI, the machine's or that of what it became), in the order of time."""
    before = next(iter(store.objects(thing, Outside.WAS_REVISION_OF)), None)
    names = {thing, str(getattr(before, "value", thing))}
    about = {c.id for iri in names for c in _about(store, iri)}
    article = m.article_id(thing)
    return [r for r in recorded(store, article) if r.correction.id in about or (r.thing and r.thing in names)]


def _about(store: Store, iri: str) -> list[Correction]:
    found = set(store.subjects(Property.CORRECTS, m.node(iri)))
    return [c for c in upkeep.decided(store, m.article_id(iri)) if written.correction(c.id, store.base).value in found]


def machine(store: Store, thing: str) -> dict[str, Any] | None:
    """What the machine read of a statement, figure, office or reference (its IRI, or that of what it became), by field; the speaker and
    all others by name. ``None`` where the machine read nothing there.
    """
    before = next(iter(store.objects(thing, Outside.WAS_REVISION_OF)), None)
    iri = str(getattr(before, "value", thing))
    read = upkeep.machine(store, m.article_id(iri)) if m.article_id(iri) else None
    if read is None:
        return None
    what, _, key = written.local(iri).partition("/")
    names = {r.key: r.name for r in read.references}
    all_of: dict[str, Iterable[Any]] = {
        "statement": read.statements, "office": read.offices, "reference": read.references,
        "figure": (f for s in read.statements for f in s.figures),
    }  # fmt: skip
    found = next((one for one in all_of.get(what, ()) if one.key == key), None)
    if found is None:
        return None
    told = record(found)
    offices = {o.key: o.title for o in read.offices}
    for name in ("speaker", "venue", "person", "organisation", "part_of"):
        if told.get(name) in names:
            told[name] = names[told[name]]
    for name in ("recipients", "about", "places"):
        if name in told:
            told[name] = tuple(names.get(k, k) for k in told[name])
    if "office" in told:
        told["office"] = offices.get(told["office"], "")
    if "figures" in told:
        told["figures"] = tuple(_iri(store, read.article.id, f"figure/{f.key}") for f in told["figures"])
    return told


__all__ = [
    "FIGURE_PARTS",
    "OFFICE_PARTS",
    "ROLES",
    "Made",
    "Recorded",
    "correct",
    "follow",
    "machine",
    "of",
    "orphans",
    "patiently",
    "recorded",
    "undo",
]

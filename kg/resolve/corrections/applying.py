"""Corrections → the statements of an article as they are corrected, and what became of each correction.

Each is found again by the characters that it was made on. They are applied in the order of their time, so that of two that say
something else of the same the later one holds; one whose characters are gone changes nothing and says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from kg.errors import UsageError
from kg.model import (
    Certainty,
    Correction,
    CorrectionKind,
    EntityType,
    Kind,
    OfficeHeld,
    Resolved,
    Span,
    Stance,
    Statement,
    Tense,
    digest,
    holding,
    slug,
    text_of,
)
from kg.resolve.corrections import figures, places, stances
from kg.resolve.corrections.desk import Desk

REVISED: Final = "-r"
"""The end of the key of what was corrected, behind the key that the machine gave."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a correction: the ``thing`` that it holds on now ("statement/ab12-r"), "" where that is gone; the
    ``trouble`` why it holds on nothing; and the id of a later one that says something else of the same.
    """

    thing: str = ""
    trouble: str = ""
    overruled: str = ""


@dataclass(frozen=True, slots=True)
class Corrected:
    """An article with what persons corrected. ``revised`` leads from what is now ("statement/ab12-r") to what the machine
    read ("statement/ab12", or "" for what it missed) and the ids of the corrections; ``rejected`` from what is not any
    more to the ids.
    """

    resolved: Resolved
    fates: Mapping[str, Fate] = field(default_factory=dict)
    revised: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    rejected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


Choice = TypeVar("Choice", Kind, Stance, Tense, EntityType)


class Trouble(Exception):
    """Why a correction holds on nothing: a sentence."""


def apply(resolved: Resolved, corrections: Iterable[Correction]) -> Corrected:
    """``resolved`` with the corrections that nobody has undone."""
    desk = Desk(resolved)
    done: list[tuple[Correction, str]] = []  # with the key of the thing, "statement/ab12"
    troubles: dict[str, str] = {}
    for one in holding(corrections):
        try:
            done.append((one, _apply(desk, one)))
        except (Trouble, UsageError) as error:
            troubles[one.id] = str(error)
    return _finished(desk, done, troubles)


def target(desk: Desk, one: Correction) -> tuple[str, str]:
    """What a correction is about: its kind of thing, and the key. Raises :class:`Trouble` where it is not there."""
    what = one.thing.partition("/")[0]
    if what not in desk.stands:
        raise Trouble(f"“{_cut(one.thing)}” is nothing that can be corrected.")
    key = desk.key(what, one.passage, one.thing)
    if key is not None:
        return what, key
    here = (
        "stand no more in the text"
        if places.find(desk.text, one.passage) is None
        else f"are read as no {what} any more"
    )
    raise Trouble(f"The characters “{_cut(one.quote)}” {here}.")


def _apply(desk: Desk, one: Correction) -> str:
    if one.kind is CorrectionKind.ADD:
        return f"statement/{_add(desk, one)}"
    what, key = target(desk, one)
    if what == "statement" and one.kind is CorrectionKind.FIGURE:
        return f"figure/{_missed(desk, one, key)}"
    if what == "statement" and one.kind is CorrectionKind.OFFICE:
        return _held(desk, one, key)
    change = _CHANGES.get((what, one.kind))
    if change is None:
        raise Trouble(f"“{one.kind.value}” is nothing that can be corrected of a {what}.")
    change(desk, one, key)
    return f"{what}/{key}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _choice(kind: type[Choice], value: str) -> Choice:
    """The value of a closed list that a person names."""
    try:
        return kind(value.strip().lower())
    except ValueError as error:
        raise Trouble(f"“{_cut(value)}” is none of {', '.join(one.value for one in kind)}.") from error


def marked(desk: Desk, one: Correction, role: str) -> Span | None:
    """The characters that a correction marks as ``role``; ``None`` where it marks none."""
    passage = dict(one.marked).get(role)
    if passage is None:
        return None
    span = places.find(desk.text, passage)
    if span is None:
        raise Trouble(f"The characters “{_cut(passage.quote)}” stand no more in the text.")
    return span


# ── statements ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _confirm(desk: Desk, one: Correction, key: str) -> None:
    if desk.rejected.get(key):
        del desk.rejected[key]


def _reject(desk: Desk, one: Correction, key: str) -> None:
    desk.rejected[key] = one.id


def _speaker(desk: Desk, one: Correction, key: str) -> None:
    span = marked(desk, one, "speaker")
    if span is not None:
        who: str | None = desk.meant(span, one.by)
    else:
        who = _by_name(desk, one.value)
    told = desk.statements[key]
    source = told.source_spans
    if who is None:
        source = ()
    elif span is not None and _beside(desk, told, span):
        source = (span,)
    kind = Kind.INDIRECT if told.kind is Kind.AUTHOR and who != told.speaker else told.kind
    desk.say(
        key,
        speaker=who,
        source_spans=source,
        kind=kind,
        office=desk.office(who, (source or told.content_spans)[0].start),
        about=desk.actors(told.content_spans, who),
        evidence=desk.evidence(source, told.cue_spans, told.content_spans),
        reason=f"corrected by {one.by}",
    )


def _by_name(desk: Desk, name: str) -> str | None:
    if not name:
        return None
    key = desk.named(name)
    if key is None:
        raise Trouble(f"The article names no “{_cut(name)}”; mark the characters.")
    return key


def _beside(desk: Desk, told: Statement, span: Span) -> bool:
    """Whether characters stand in the sentences of a statement, outside of its content: they are its source, not whom the source
    means.
    """
    inside = desk.evidence(told.content_spans, told.cue_spans).contains(span)
    return inside and not any(span.overlaps(s) for s in (*told.content_spans, *told.cue_spans))


def _cue(desk: Desk, one: Correction, key: str) -> None:
    span = marked(desk, one, "cue")
    told = desk.statements[key]
    spans = (span,) if span is not None else ()
    cue = text_of(spans, desk.text)
    desk.say(
        key,
        cue=cue,
        cue_spans=spans,
        stance=stances.of(cue) or told.stance,
        evidence=desk.evidence(told.source_spans, spans, told.content_spans),
    )


def _content(desk: Desk, one: Correction, key: str) -> None:
    span = marked(desk, one, "content")
    if span is None:
        raise Trouble("A statement has a content; mark its characters, or reject it.")
    desk.tell(key, (span,), one.id)


def _kind(desk: Desk, one: Correction, key: str) -> None:
    kind = _choice(Kind, one.value)
    told = desk.statements[key]
    if kind is not Kind.AUTHOR:
        desk.say(key, kind=kind)
        return
    own = [s.speaker for s in desk.read.statements if s.kind is Kind.AUTHOR and s.speaker in desk.references]
    spans = {"cue": "", "cue_spans": (), "source_spans": (), "office": None}  # what an article says itself has no cue
    who = own[0] if own else told.speaker
    desk.say(key, kind=kind, speaker=who, about=desk.actors(told.content_spans, who), **spans)


def _stance(desk: Desk, one: Correction, key: str) -> None:
    desk.say(key, stance=_choice(Stance, one.value))


def _said_on(desk: Desk, one: Correction, key: str) -> None:
    desk.say(key, said_on=figures.day(one.value))


def _add(desk: Desk, one: Correction) -> str:
    """A statement that was missed; where the machine reads it after all, that one with what is different."""
    span = places.find(desk.text, one.passage)
    if span is None:
        raise Trouble(f"The characters “{_cut(one.quote)}” stand no more in the text.")
    source, cue = marked(desk, one, "speaker"), marked(desk, one, "cue")
    told = _told(one.value)
    who = desk.meant(source, one.by) if source is not None else _by_name(desk, told.get("speaker", ""))
    if (
        told.get("speaker")
        and source is not None
        and not desk.evidence((span,), (cue,) if cue else ()).contains(source)
    ):
        source = None  # somebody named elsewhere, who is meant
    words = text_of((cue,), desk.text) if cue is not None else ""
    key = _same(desk, span, cue)
    if key is None:
        key = digest("added", span.start, span.end, source, cue, who)
        desk.added.add(key)
        desk.stands["statement"].append((key, [span]))
        desk.statements[key] = Statement(
            key=key, article=desk.read.article.id, speaker=who, office=None, cue="", stance=Stance.SAID, kind=Kind.INDIRECT,
            certainty=Certainty.FIRM, negated=False, content="", source_spans=(), cue_spans=(), content_spans=(span,),
            evidence=span, within=_around(desk, [s for s in (span, source, cue) if s is not None]),
        )  # fmt: skip
    desk.say(
        key,
        speaker=who,
        cue=words,
        cue_spans=(cue,) if cue is not None else (),
        source_spans=(source,) if source is not None else (),
        kind=_choice(Kind, told.get("kind") or Kind.INDIRECT.value),
        stance=stances.of(words) or Stance.SAID,
        office=desk.office(who, (source or span).start),
        reason=f"added by {one.by}",
    )
    desk.tell(key, (span,), one.id)
    return key


def _told(value: str) -> dict[str, str]:
    """What is said of a statement that was missed: its kind, and its speaker by name where no characters are marked."""
    try:
        told = json.loads(value or "{}")
    except (ValueError, RecursionError) as error:
        raise Trouble(f"“{_cut(value)}” does not tell what a missed statement is.") from error
    return {name: str(part or "") for name, part in told.items()} if isinstance(told, dict) else {}


def _same(desk: Desk, content: Span, cue: Span | None) -> str | None:
    """The statement that the machine read with just this content and cue."""
    for key, one in desk.statements.items():
        cued = cue is None or not one.cue_spans or any(cue.overlaps(s) for s in one.cue_spans)
        if one.content_spans == (content,) and cued and (one.kind is not Kind.AUTHOR or one.cue_spans):
            return key
    return None


def _around(desk: Desk, spans: list[Span]) -> str | None:
    """The smallest statement in whose content all of ``spans`` stand."""
    found = [
        (s.end - s.start, key)
        for key, one in desk.statements.items()
        if one.kind is not Kind.AUTHOR
        for s in one.content_spans
        if all(s.contains(span) for span in spans) and s != spans[0]
    ]
    return min(found)[1] if found else None


# ── figures, offices, references ───────────────────────────────────────────────────────────────────────────────────


def _figure(desk: Desk, one: Correction, key: str) -> None:
    known = desk.figures.get(key)
    if known is None:
        raise Trouble(f"The figure “{_cut(one.quote)}” was taken away.")
    if one.part == "remove":
        del desk.figures[key]
    elif one.part == "place":
        span = marked(desk, one, "place")
        desk.figures[key] = figures.placed(
            known, desk.meant(span, one.by) if span is not None else _by_name(desk, one.value)
        )
    elif one.part in figures.PARTS:
        desk.figures[key] = figures.PARTS[one.part](known, one.value)
    else:
        raise Trouble(f"A figure has no part “{_cut(one.part)}”.")


def _missed(desk: Desk, one: Correction, statement: str) -> str:
    """A figure that was missed in a statement."""
    span = marked(desk, one, "number")
    if one.part != "add" or span is None:
        raise Trouble("A figure that was missed is added by marking its number.")
    made = figures.new(desk.text, span, one.value)
    if made.key not in desk.figures:
        desk.figures[made.key] = made
        desk.added.add(f"figure/{made.key}")
        desk.stands["figure"].append((made.key, [span]))
    if made.key not in desk.gives[statement]:
        desk.gives[statement].append(made.key)
    return made.key


def _held(desk: Desk, one: Correction, statement: str) -> str:
    """The office that a speaker held: another one of theirs, a new one, none; or a part of the one that is there."""
    told = desk.statements[statement]
    if told.speaker is None:
        raise Trouble("The statement has no speaker who could hold an office.")
    if one.part not in ("", "title"):
        if told.office is None:
            raise Trouble("The speaker holds no office in this statement.")
        _office(desk, one, told.office)
        return f"office/{told.office}"
    if not one.value:
        desk.say(statement, office=None)
        return f"statement/{statement}"
    title = " ".join(one.value.split())
    own = [o.key for o in desk.offices.values() if o.person == told.speaker and o.title.casefold() == title.casefold()]
    key = min(own) if own else f"{told.speaker}-{slug(title)}"
    if not own:
        where = desk.text.casefold().find(title.casefold())
        evidence = Span(where, where + len(title)) if where >= 0 and len(title) else told.evidence
        desk.offices[key] = OfficeHeld(key, desk.read.article.id, told.speaker, title, None, Tense.CURRENT, evidence)
        desk.added.add(f"office/{key}")
        desk.stands["office"].append((key, [evidence]))
    desk.say(statement, office=key)
    return f"statement/{statement}"


def _office(desk: Desk, one: Correction, key: str) -> None:
    known = desk.offices.get(key)
    if known is None:
        raise Trouble("The office was taken away.")
    if one.part == "remove":
        del desk.offices[key]
    elif one.part == "body":
        span = marked(desk, one, "body")
        body = desk.meant(span, one.by) if span is not None else _by_name(desk, one.value)
        desk.offices[key] = replace(known, organisation=body)
    elif one.part == "tense":
        desk.offices[key] = replace(known, tense=_choice(Tense, one.value))
    else:
        desk.offices[key] = replace(known, title=" ".join(one.value.split()))


def _type(desk: Desk, one: Correction, key: str) -> None:
    desk.references[key] = replace(desk.references[key], type=_choice(EntityType, one.value))


def _name(desk: Desk, one: Correction, key: str) -> None:
    known = desk.references[key]
    name = " ".join(one.value.split())
    others = tuple(a for a in known.aliases if a not in (name, known.name))
    desk.references[key] = replace(known, name=name, aliases=others)


_CHANGES: Final[dict[tuple[str, CorrectionKind], Callable[[Desk, Correction, str], None]]] = {
    ("statement", CorrectionKind.CONFIRM): _confirm,
    ("statement", CorrectionKind.REJECT): _reject,
    ("statement", CorrectionKind.SPEAKER): _speaker,
    ("statement", CorrectionKind.CUE): _cue,
    ("statement", CorrectionKind.CONTENT): _content,
    ("statement", CorrectionKind.KIND): _kind,
    ("statement", CorrectionKind.STANCE): _stance,
    ("statement", CorrectionKind.DAY): _said_on,
    ("figure", CorrectionKind.FIGURE): _figure,
    ("office", CorrectionKind.OFFICE): _office,
    ("reference", CorrectionKind.TYPE): _type,
    ("reference", CorrectionKind.NAME): _name,
}


# ── the whole ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _finished(desk: Desk, done: list[tuple[Correction, str]], troubles: Mapping[str, str]) -> Corrected:
    """The article with its things under their keys: what is another than the machine read has a key of its own."""
    keys = _Keys(desk)
    statements = tuple(keys.statement(key) for key in desk.statements if key not in desk.rejected)
    resolved = replace(
        desk.read,
        references=tuple(r for _, r in sorted(desk.references.items())),
        offices=tuple(keys.office(o) for _, o in sorted(desk.offices.items())),
        statements=statements,
    )
    by: dict[str, list[str]] = {}
    for one, thing in done:
        by.setdefault(thing, []).append(one.id)
    revised = {now: (before, tuple(by.get(old, ()))) for old, (now, before) in keys.revised.items()}
    rejected = {
        f"statement/{key}": tuple(dict.fromkeys((*by.get(f"statement/{key}", ()), name)))
        for key, name in desk.rejected.items()
        if key not in desk.added
    }
    fates = {name: Fate(trouble=why) for name, why in troubles.items()}
    fates |= {one.id: Fate(keys.now(thing), "", _later(one, thing, done)) for one, thing in done}
    return Corrected(resolved, fates, revised, rejected)


_VERDICTS = (CorrectionKind.CONFIRM, CorrectionKind.REJECT)


def _later(one: Correction, thing: str, done: list[tuple[Correction, str]]) -> str:
    """The id of the last later correction of the same of the same thing, where it says something else."""
    same = [c for c, other in done if other == thing and _matter(c) == _matter(one)]
    last = same[-1]
    return "" if last.id == one.id or last.says_as(one) else last.id


def _matter(one: Correction) -> tuple[object, ...]:
    return ("verdict",) if one.kind in _VERDICTS else (one.kind, one.part, one.thing.partition("/")[0])


class _Keys:
    """The keys that things have in the end. A thing is revised where it is another than the machine read."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        read = desk.read
        self.revised: dict[
            str, tuple[str, str]
        ] = {}  # old "figure/1-2" → now, and what the machine read ("" for nothing)
        self._compare("figure", {f.key: f for s in read.statements for f in s.figures}, desk.figures)
        self._compare("office", {o.key: o for o in read.offices}, desk.offices)
        left = {key: one for key, one in desk.statements.items() if key not in desk.rejected}
        self._compare("statement", {s.key: replace(s, figures=()) for s in read.statements}, left)
        self._there: dict[str, Mapping[str, object]] = {
            "figure": desk.figures, "office": desk.offices, "reference": desk.references, "statement": left,
        }  # fmt: skip

    def _compare(self, what: str, read: Mapping[str, object], now: Mapping[str, object]) -> None:
        for key, one in now.items():
            if key not in read:
                self.revised[f"{what}/{key}"] = (f"{what}/{key}", "")
            elif read[key] != one:
                self.revised[f"{what}/{key}"] = (f"{what}/{key}{REVISED}", f"{what}/{key}")

    def now(self, thing: str) -> str:
        """What a thing is in the end; "" where it is gone."""
        what, _, key = thing.partition("/")
        return self.revised.get(thing, (thing, ""))[0] if key in self._there[what] else ""

    def _key(self, what: str, key: str) -> str:
        return self.now(f"{what}/{key}").partition("/")[2]

    def statement(self, key: str) -> Statement:
        told = self._desk.statements[key]
        held = [self._desk.figures[f] for f in self._desk.gives[key] if f in self._desk.figures]
        given = tuple(
            replace(
                f,
                key=self._key("figure", f.key),
                total=(self._key("figure", f.total) or None) if f.total is not None else None,
            )
            for f in held
        )
        return replace(
            told,
            key=self._key("statement", key),
            office=(self._key("office", told.office) or None) if told.office is not None else None,
            within=self._within(told.within),
            figures=given,
        )

    def _within(self, key: str | None) -> str | None:
        """The statement around one, or around that, where that is no statement any more."""
        seen: set[str] = set()
        while key is not None and key not in seen and key in self._desk.statements:
            if key not in self._desk.rejected:
                return self._key("statement", key)
            seen.add(key)
            key = self._desk.statements[key].within
        return None

    def office(self, held: OfficeHeld) -> OfficeHeld:
        return replace(held, key=self._key("office", held.key))


__all__ = ["REVISED", "Corrected", "Fate", "Trouble", "apply", "marked", "target"]

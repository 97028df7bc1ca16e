"""Persons' corrections of what was read: made, undone, listed, and set aside for a look at what the machine read.

Each correction is a decision with who, when and why, in the graph of decisions, which no rebuild touches. Its article is made anew from
what the machine read and all that was decided on it, so that the order in which things happened leaves no trace. Two who say something
else of the same are both on record, and the later one holds.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from kg import rdf, review, untrusted
from kg.errors import KgError, UsageError, shown
from kg.export import doubts as doubtful
from kg.export import save
from kg.export.doubts import doubt, doubts, ranked
from kg.model import (
    Correction,
    CorrectionKind,
    Identity,
    Judgement,
    Resolved,
    holding,
    record,
)
from kg.pipeline import integrate
from kg.query import spreadsheet_plain
from kg.rdf import corrections as written
from kg.rdf import minting as m
from kg.resolve.corrections.applying import Corrected, Fate, apply
from kg.resolve.corrections.figures import PARTS, ROLES
from kg.store import Store
from kg.store.copies import scratch
from kg.store.locks import patiently
from kg.store.upkeep import corrections as upkeep
from kg.store.upkeep.corrections import files as decisions
from kg.store.upkeep.corrections.asked import TOGETHER, Asked, time_of, understood
from kg.vocabulary import Graph, Outside, Property

Changed = TypeVar("Changed")

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
    asked = Asked(thing, kind, value, span, quote, part, " ".join(by.split()), why.strip(), at)

    def change() -> Made:
        with store.transaction():
            if kind in ("merge", "split"):
                return _judged(store, asked)
            return _record(store, understood(store, asked))

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
            same = [c for c in known.values() if c.kind in TOGETHER and (c.by, c.at, c.kind, c.value) == act]
            when = time_of(at, known.values())
            undoing = [
                replace(
                    c, kind=CorrectionKind.UNDO, by=by.strip(), at=when, part="", value=c.id, marked=(), why=why.strip()
                )
                for c in same or [one]
            ]
            return _written(store, undoing)

    return patiently(change)


def _record(store: Store, made: list[Correction]) -> Made:
    """Put corrections on record, unless the very same hold already. Raises ``UsageError`` where one cannot be applied."""
    fresh = _fresh(store, made)
    if fresh:
        return _written(store, fresh)
    one, fate = _already(store, made[0]) or (made[0], Fate())
    return Made((one,), (), _iri(store, made[0].article, fate.thing), (), new=False)


def _fresh(store: Store, made: list[Correction]) -> list[Correction]:
    """The corrections of ``made``, or none where the first is on record: who sends a form twice has decided once. Raises ``UsageError``
    where one cannot be applied.
    """
    if _already(store, made[0]) is not None:
        return []
    for one in made:
        read = upkeep.machine(store, one.article)
        if read is None:
            continue
        tried = apply(read, [*upkeep.decided(store, one.article), one]).fates[one.id]
        if tried.trouble:
            raise UsageError(f"{tried.trouble} Nothing was corrected.")
    return made


def _already(store: Store, made: Correction) -> tuple[Correction, Fate] | None:
    """The decision of the same person that says the same and holds, with what became of it."""
    held = upkeep.outcome(store, made.article)
    for one in holding(upkeep.decided(store, made.article)) if held is not None else ():
        fate = held.fates[one.id]  # type: ignore[union-attr]
        if one.says_as(made) and one.by == made.by and not fate.overruled and not fate.trouble:
            return one, fate
    return None


def _written(store: Store, made: list[Correction]) -> Made:
    """Write decisions, and all that follows from them."""
    for one in made:
        store.add(written.correction_quads(one))
    first = made[0]
    articles = {a for one in made for a in upkeep.articles(store, one)}
    notes = follow(store, articles)
    name = next(iter(upkeep.articles(store, first)), "")
    done = upkeep.outcome(store, name) if name else None
    return Made(tuple(made), (), _iri(store, name, _now(done, first)) if done is not None else "", notes)


def _now(done: Corrected, one: Correction) -> str:
    """What the thing of a correction is now; "" where it is gone, as a rejected statement is, and one whose adding was undone."""
    known = done.fates.get(one.value if one.kind is CorrectionKind.UNDO else one.id)
    if known is not None:
        return known.thing
    if one.thing in done.rejected or not one.thing:
        return ""
    return next((now for now, (before, _) in done.revised.items() if before == one.thing), one.thing)


def follow(store: Store, articles: Iterable[str]) -> list[str]:
    """Bring articles, and all that follows from them, up to date with what was decided. Returns what a reader should know."""
    with store.transaction():
        changed = [a for a in sorted(set(articles)) if upkeep.correct(store, a)]
        return integrate(store, added=changed, removed=changed) if changed else []


def _iri(store: Store, article: str, local: str) -> str:
    return written.thing(article, local, store.base).value if local else ""


# ── merge and split: judgements on identity ────────────────────────────────────────────────────────────────────────


def _judged(store: Store, asked: Asked) -> Made:
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
    for name in sorted({a for one in found for a in upkeep.articles(store, one)}):
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


# ── as the machine read it ─────────────────────────────────────────────────────────────────────────────────────────


@contextlib.contextmanager
def as_extracted(store: Store) -> Iterator[Store]:
    """The store as the machine read it, without anything that persons decided: a copy that costs what was decided, and that is gone
    with the block. The store itself where nobody decided anything.
    """
    decided = [q for q in store.quads(Graph.DECISIONS) if q.predicate.value != Outside.EXACT_MATCH]
    if not decided:
        yield store
        return
    with scratch(store) as other:
        articles = [m.extracted_article(iri) for iri in other.column(Property.SUPERSEDED)]
        with other.transaction():
            other.apply(remove=decided)
            changed = [a for a in sorted(articles) if a and upkeep.correct(other, a)]
            integrate(other, added=changed, removed=changed)
        yield other


# ── files ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def write_csv(store: Store, path: str | Path, *, limit: int | None = None) -> int:
    """Write the decisions on record and the most doubtful statements to a CSV file, to be filled in and read back (:func:`take`). Returns the
    number of rows.
    """
    decided = [(one.correction, one.sentence) for one in recorded(store)]
    data, rows = doubtful.table(store, decided, limit=limit)
    save(path, data)
    return rows


def take(store: Store, path: str | Path, *, by: str) -> tuple[int, list[str]]:
    """Take the decisions of a file over: a CSV file of :func:`write_csv`, with what was filled in, or any graph file, such as the export
    of another store. Returns how many are new, and what a reader should know: a row that cannot be used is one sentence, and
    the others are taken. One transaction.
    """

    def change() -> tuple[int, list[str]]:
        with store.transaction():
            if Path(path).suffix.lower() in (".csv", ".tsv", ""):
                return _from_csv(store, path, " ".join(by.split()))
            return _from_graph(store, path)

    return patiently(change)


def _from_graph(store: Store, path: str | Path) -> tuple[int, list[str]]:
    with Store.load(path) as other:
        found, judged = written.corrections(other, base=other.base), rdf.decisions(other)
    known = {j.id for j in rdf.decisions(store, withdrawn=True)}
    fresh = [j for j in judged if j.id not in known]
    new, notes = _took(store, found)
    return new + len(fresh), [*notes, *(review.decide(store, fresh) if fresh else ())]


def _from_csv(store: Store, path: str | Path, by: str) -> tuple[int, list[str]]:
    taken: list[Correction] = []
    notes: list[str] = []
    touched: set[str] = set()
    new = 0
    for number, row in enumerate(untrusted.rows(path, decisions.NEEDED, "kg review --statements --csv"), 2):
        row = {name: spreadsheet_plain(value) for name, value in row.items()}
        if not row["decision"].strip():
            continue
        try:
            if row.get("id"):
                taken.append(decisions.correction(row))
                continue
            made = _fresh(store, _filled_in(store, row, by))
        except KgError as error:
            notes.append(f"Row {number}: {str(error)[:1].upper()}{str(error)[1:].rstrip('.')}.")
            continue
        store.add(q for one in made for q in written.correction_quads(one))
        touched |= {a for one in made for a in upkeep.articles(store, one)}
        new += bool(made)
    known, told = _took(store, taken)
    return new + known, [*notes, *told, *follow(store, touched)]


def _filled_in(store: Store, row: Mapping[str, str], by: str) -> list[Correction]:
    """What a person filled in on the row of a statement or a figure."""
    said, value = " ".join(row["decision"].lower().split()), row["value"].strip()
    thing = written.thing(row["article"], row["thing"], store.base).value
    part = row.get("part", "")
    if row["thing"].startswith("figure/") and said in FIGURE_PARTS:
        said, part = CorrectionKind.FIGURE.value, said
    elif said.partition(" ")[0] == CorrectionKind.OFFICE and said.partition(" ")[2] in OFFICE_PARTS:
        said, _, part = said.partition(" ")
    who = " ".join(row.get("by", "").split()) or by
    return understood(store, Asked(thing, said, value, None, "", part, who, row.get("why", "").strip(), None))


def _took(store: Store, found: Iterable[Correction]) -> tuple[int, list[str]]:
    """Take decisions over as they were made: how many are new, and what does not hold here."""
    known = {c.id for c in written.corrections(store, base=store.base)}
    new = [c for one in found if (c := written.written(one)).id not in known]
    store.add(q for one in new for q in written.correction_quads(one))
    notes = follow(store, {a for one in new for a in upkeep.articles(store, one)})
    ids = {c.id for c in new}
    lost = [r for r in recorded(store) if r.correction.id in ids and r.state == "orphan"] if new else []
    return len(new), [*notes, *(f"{r.correction.id} is kept and {r.sentence.rstrip('.')}." for r in lost)]


__all__ = [
    "FIGURE_PARTS",
    "OFFICE_PARTS",
    "ROLES",
    "Made",
    "Recorded",
    "as_extracted",
    "correct",
    "doubt",
    "doubts",
    "follow",
    "machine",
    "of",
    "orphans",
    "patiently",
    "ranked",
    "recorded",
    "take",
    "undo",
    "write_csv",
]

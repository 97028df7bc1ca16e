"""Persons' judgements on identity: the queue of unsure pairs with their contexts, decisions, withdrawal, CSV both ways.

Decisions live in a named graph of their own, which no rebuild touches. A later decision on the same two references takes
the place of an earlier one, which stays on record as withdrawn.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from kg import rdf, untrusted
from kg import vocabulary as v
from kg.errors import ReadError, UsageError
from kg.export import cell, save
from kg.model import Identity, Judgement
from kg.pipeline import integrate
from kg.query import spreadsheet_plain
from kg.rdf import minting as m
from kg.store import Store
from kg.vocabulary import Graph, Outside

CONTEXT = 2
"""So many sentences are shown of each side."""

_SHOWN = 60  # characters of what somebody wrote and nobody can use


@dataclass(frozen=True, slots=True)
class Side:
    """One of two references as a person needs to see it: name, type, offices, and sentences that mention it."""

    article: str
    key: str
    name: str
    type: str
    title: str
    date: str
    offices: tuple[str, ...]
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A pair that the rules are unsure of: the judgement of the rule and both sides."""

    judgement: Judgement
    left: Side
    right: Side


@dataclass(frozen=True, slots=True)
class Recorded:
    """A judgement with its state: holds, is withdrawn, or is about something that is gone."""

    judgement: Judgement
    withdrawn: str | None
    gone: tuple[str, ...]  # what it is about that is not in the store

    @property
    def sentence(self) -> str:
        """The state in words."""
        if self.withdrawn:
            return f"withdrawn on {self.withdrawn[:10]}"
        if self.gone:
            return f"has no effect: {' and '.join(self.gone)} {'is' if len(self.gone) == 1 else 'are'} not in the store"
        return "holds"


def queue(store: Store, *, limit: int | None = None) -> list[Question]:
    """The unsure pairs that are still two entities, and the pairs that a rule takes for one and other evidence keeps apart;
    those that the rules are least sure to part first.
    """
    apart = [replace(j, reason=f"{j.reason}, but what else is known keeps them apart") for j in rdf.kept_apart(store)]
    found = [*apart, *(j for j in rdf.judgements(store, Identity.UNSURE) if not j.person)]
    meant = dict(rdf.meanings(store, {p for j in found for p in (j.left, j.right)}))
    open_ = [j for j in found if meant.get(j.left) != meant.get(j.right)]
    open_.sort(key=lambda j: (-j.confidence, j.left, j.right))
    return [Question(j, side(store, j.left), side(store, j.right)) for j in open_[:limit]]


def side(store: Store, pair: tuple[str, str]) -> Side:
    """What the store knows of one reference. Raises ``UsageError`` where it is gone."""
    told = rdf.reference_context(store, pair)
    if told is None:
        raise UsageError(f"“{pair[1]}” of {pair[0]} is not in the store.")
    sentences = dict.fromkeys(_sentence(told.text, start, end) for start, end in told.mentions)
    return Side(*pair, told.name, told.type, told.title, told.date, told.offices, tuple(sentences)[:CONTEXT])


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a mention, on one line; a long one is cut at words."""
    before = [match.end() for match in re.finditer(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n+", text[:start])]
    after = re.search(r"[.!?][”\"]?(?=\s|$)|\n", text[end:])
    first, last = before[-1] if before else 0, end + after.end() if after else len(text)
    if last - first > 400:
        first, last = max(first, start - 180), min(last, end + 180)
    return " ".join(text[first:last].split())


# ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def decide(store: Store, judgements: Sequence[Judgement]) -> list[str]:
    """Record judgements of persons and bring the entities up to date. Returns what a reader should know."""
    for judgement in judgements:
        if not judgement.person or not judgement.by.strip():
            raise UsageError(f"“{judgement.by}” is no name of a person; say who decides with --by.")
        if judgement.left == judgement.right:
            raise UsageError(f"“{judgement.left[1]}” of {judgement.left[0]} is the same reference on both sides.")
    with store.transaction():
        return _decide(store, judgements)


def _decide(store: Store, judgements: Sequence[Judgement]) -> list[str]:
    notes = []
    for judgement in judgements:
        for gone in _gone(store, judgement):
            notes.append(f"{gone} is not in the store; the judgement is kept and holds when it comes back.")
        pair = {judgement.left, judgement.right}
        for other in rdf.decisions(store):
            if {other.left, other.right} == pair:
                _take_back(store, other, judgement.at or now())
        store.add(rdf.judgement_quads(judgement))
    return [*notes, *integrate(store)]


def verdict(
    pair: tuple[tuple[str, str], tuple[str, str]], said: Identity, *, by: str, reason: str = "", at: str | None = None
) -> Judgement:
    """A judgement of a person on two references, now unless ``at`` says when."""
    left, right = sorted(pair)
    return Judgement(left, right, said, by.strip(), reason.strip() or "a person's judgement", 1.0, at or now())


def now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def recorded(store: Store, *, rules: bool = False) -> list[Recorded]:
    """The judgements of persons, also those taken back, in the order of their time; with ``rules`` those of rules too."""
    ends = rdf.withdrawals(store)
    found = list(rdf.decisions(store, withdrawn=True))
    if rules:
        found += [j for j in rdf.judgements(store) if not j.person]
    return [Recorded(j, ends.get(j.id), tuple(_gone(store, j)) if j.person else ()) for j in found]


def withdraw(store: Store, name: str, *, by: str, reason: str = "", at: str | None = None) -> list[str]:
    """Take back the judgement with this id: one of a person ends; one of a rule is set aside by a person's "unsure".

    Returns what a reader should know. Raises ``UsageError`` where no judgement that holds has this id.
    """
    when = at or now()
    held = {j.id: j for j in rdf.decisions(store)}
    if name in held:
        with store.transaction():
            _take_back(store, held[name], when)
            return integrate(store)
    rule = next((j for j in rdf.judgements(store) if j.id == name and not j.person), None)
    if rule is None:
        gone = any(j.id == name for j in rdf.decisions(store, withdrawn=True))
        what = "was withdrawn already" if gone else "is not in the store"
        raise UsageError(f"The judgement {name} {what}; “kg review --list” shows all.")
    why = reason or f"withdrew “{rule.reason}”"
    notes = decide(store, [verdict((rule.left, rule.right), Identity.UNSURE, by=by, reason=why, at=when)])
    meant = dict(rdf.meanings(store, {rule.left, rule.right}))
    if rule.verdict is Identity.SAME and meant.get(rule.left) == meant.get(rule.right):
        notes.append("The two are still one entity by other judgements; judge them “not same” to part them.")
    return notes


def _take_back(store: Store, judgement: Judgement, when: str) -> None:
    store.add(rdf.judgement_quads(judgement, withdrawn=when))


def _gone(store: Store, judgement: Judgement) -> list[str]:
    sides = (judgement.left, judgement.right)
    return [f"“{key}” of {article}" for article, key in sides if rdf.name_of(store, (article, key)) is None]


# ── CSV ────────────────────────────────────────────────────────────────────────────────────────────────────────────

COLUMNS = (
    "decision", "note", "left_name", "left_offices", "left_context", "right_name", "right_offices", "right_context", "rule_reason", "confidence",
    "left_article", "left_key", "right_article", "right_key", "decided_by", "decided_at",
)  # fmt: skip
_SAID = {
    "same": Identity.SAME, "s": Identity.SAME, "yes": Identity.SAME, "not same": Identity.NOT_SAME, "not_same": Identity.NOT_SAME,
    "not": Identity.NOT_SAME, "n": Identity.NOT_SAME, "no": Identity.NOT_SAME, "unsure": Identity.UNSURE, "u": Identity.UNSURE,
}  # fmt: skip


def write_csv(store: Store, path: str | Path) -> int:
    """Write the decisions that hold and the queue to a CSV file, to be filled in ("decision": same, not same, unsure) and
    read back. Returns the number of rows.
    """
    rows: list[list[object]] = []
    for judgement in rdf.decisions(store):
        if not _gone(store, judgement):
            question = Question(judgement, side(store, judgement.left), side(store, judgement.right))
            rows.append(_row(question, judgement.verdict.value.replace("_", " "), judgement.reason))
    rows += [_row(question, "", "") for question in queue(store)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([[cell(value) for value in row] for row in rows])
    save(path, text.getvalue().encode("utf-8-sig"))
    return len(rows)


def _row(question: Question, decision: str, note: str) -> list[object]:
    j, left, right = question.judgement, question.left, question.right
    return [
        decision, note, left.name, "; ".join(left.offices), " … ".join(left.sentences), right.name, "; ".join(right.offices),
        " … ".join(right.sentences), "" if j.person else j.reason, j.confidence, left.article, left.key, right.article, right.key,
        j.by if j.person else "", j.at or "",
    ]  # fmt: skip


def read_csv(store: Store, path: str | Path, *, by: str) -> tuple[int, list[str]]:
    """Take the decisions of a CSV file over. Returns how many are new, and what a reader should know: each row that
    cannot be used is one sentence, and the others are taken.
    """
    listed = _rows(path)
    held = {frozenset((j.left, j.right)): j for j in rdf.decisions(store)}
    new: dict[frozenset[tuple[str, str]], Judgement] = {}
    notes: list[str] = []
    for number, row in enumerate(listed, 2):
        given = {
            k: spreadsheet_plain(value) for k, value in row.items() if isinstance(k, str) and isinstance(value, str)
        }
        word = given.get("decision", "").strip().casefold()
        if not word:
            continue
        said = _SAID.get(word)
        pair = ((given["left_article"], given["left_key"]), (given["right_article"], given["right_key"]))
        if said is None:
            notes.append(f"Row {number}: “{_cut(given['decision'])}” is no decision; write same, not same or unsure.")
        elif pair[0] == pair[1] or not all(p[0] and p[1] for p in pair):
            notes.append(f"Row {number} does not name two references.")
        elif (known := held.get(frozenset(pair))) is None or known.verdict is not said:
            who = given.get("decided_by", "").strip() or by
            at = _instant(given.get("decided_at"))
            judgement = verdict(pair, said, by=who, reason=given.get("note", ""), at=at)
            if judgement.person:
                new[frozenset(pair)] = judgement
            else:
                notes.append(f"Row {number}: “{_cut(who)}” is no name of a person.")
    if new:
        notes += decide(store, list(new.values()))
    return len(new), notes


def _rows(path: str | Path) -> list[dict[str, str]]:
    """The rows of a CSV file of decisions; :class:`UsageError` where it cannot be read or lacks a column."""
    try:
        text = untrusted.text(path)
    except ReadError as error:
        raise UsageError(f"{path} cannot be read as a CSV file in UTF-8: {error}") from error
    rows = csv.DictReader(io.StringIO(text, newline=""), restval="")
    before = csv.field_size_limit(untrusted.LARGEST)
    try:
        columns, listed = rows.fieldnames or (), list(rows)
    except csv.Error as error:
        raise UsageError(f"{path} cannot be read as a CSV file, from line {rows.line_num} on: {error}.") from error
    finally:
        csv.field_size_limit(before)
    missing = {"decision", "left_article", "left_key", "right_article", "right_key"} - set(columns)
    if missing:
        raise UsageError(f"{path} has no column {', '.join(sorted(missing))}; make the file with “kg review --csv”.")
    return listed


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _instant(value: str | None) -> str | None:
    return value if value and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", value) else None


# ── links to Wikidata ──────────────────────────────────────────────────────────────────────────────────────────────


def link(store: Store, path: str | Path) -> tuple[int, list[str]]:
    """Take links to Wikidata from a TSV file (entity name or IRI, Q-number; ``#`` begins a comment) into the graph as
    ``skos:exactMatch``. Returns how many are in the graph now, and a sentence for each line that cannot be used.
    """
    try:
        lines = untrusted.text(path).splitlines()
    except ReadError as error:
        raise UsageError(f"{path} cannot be read as a text file in UTF-8: {error}") from error
    known = rdf.entity_names(store)
    iris = {iri for found in known.values() for iri in found}
    quads, notes = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.partition("\t")
        item = re.fullmatch(
            r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d*)", rest.split("\t")[0].strip()
        )
        found = {store.current(name.strip())} & iris or known.get(name.strip(), set())
        if item is None:
            notes.append(f"Line {number}: “{_cut(rest.strip())}” is no item of Wikidata; write a Q-number after a tab.")
        elif len(found) != 1:
            what = "no entity has" if not found else f"{len(found)} entities have; name one by its IRI"
            notes.append(f"Line {number}: “{_cut(name.strip())}” is a name that {what}.")
        else:
            target = m.node(f"{v.WIKIDATA}{item[1]}")
            quads.append(m.quad(m.node(next(iter(found))), Outside.EXACT_MATCH, target, Graph.DECISIONS))
    store.add(quads)
    return len(set(quads)), notes

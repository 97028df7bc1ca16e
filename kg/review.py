"""Persons' judgements on identity: what is asked, in what order, decisions, undoing, evidence against them, CSV both ways.

Questions are about two entities, never about two references: one answer settles all pairs between them, and what follows
from answers that hold is not asked. Decisions live in a named graph of their own, which no rebuild touches: rows with who,
when and why, which are never erased. A later decision on the same two references takes the place of an earlier one, which
stays on record as withdrawn; so does one that is undone.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kg import rdf, untrusted
from kg import vocabulary as v
from kg.errors import ReadError, UsageError
from kg.export import cell, save
from kg.identity import rules
from kg.identity.decision import Decision
from kg.identity.profiles import profiles
from kg.identity.unlike import unlike
from kg.model import Identity, Judgement, Reference
from kg.pipeline import integrate
from kg.query import spreadsheet_plain
from kg.rdf import Weight
from kg.rdf import minting as m
from kg.store import Store
from kg.store.upkeep.article import Local, reader
from kg.vocabulary import Graph, Outside

CONTEXT = 2
"""So many sentences are shown of each side."""

_SELDOM = 0.5  # so sure is a rule at most of names that are seldom one actor's
_SHOWN = 60  # characters of what somebody wrote and nobody can use

Pair = tuple[str, str]
"""A reference: article id and key."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two references as a person needs to see it: name, type, offices, and sentences that mention it; and the
    entity that it means: its name, its other names, and in how many articles it is named.
    """

    article: str
    key: str
    name: str
    type: str
    title: str
    date: str
    offices: tuple[str, ...]
    sentences: tuple[str, ...]
    entity: str = ""
    aliases: tuple[str, ...] = ()
    articles: int = 1


@dataclass(frozen=True, slots=True)
class Pending:
    """Two entities (their IRIs) that may be one: the judgements that say so, the surest first, and what would move to the
    greater of them if they are.
    """

    entities: tuple[str, str]
    judgements: tuple[Judgement, ...]
    moves: Weight

    @property
    def changes(self) -> str:
        """What a "same" changes, in words.

        >>> Pending(("a", "b"), (), Weight(2, 1)).changes, Pending(("a", "b"), (), Weight()).changes
        ('2 statements and 1 comparison', 'nothing but the name')
        """
        counted = (
            (self.moves.statements, "statement"),
            (self.moves.comparisons, "comparison"),
            (self.moves.links, "link"),
        )
        parts = [f"{n} {what}{'s' if n != 1 else ''}" for n, what in counted if n]
        if not parts:
            return "nothing but the name"
        return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


@dataclass(frozen=True, slots=True)
class Question:
    """Two entities that may be one: the surest judgement, both of its sides, and all that hangs on the answer."""

    judgement: Judgement
    left: Side
    right: Side
    pending: Pending


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


# ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def pending(store: Store) -> list[Pending]:
    """The pairs of entities that wait for a person: unsure ones, and those that a rule takes for one and other evidence keeps
    apart. First come those of which an answer changes most, then those that a rule is least sure to part; last those whose
    full names are unlike, which are seldom one. Bodies and places of two countries are no question.

    A pair between which any person has judged is not asked again, whatever else becomes of either: same and same, same
    and not the same are followed by what they mean together.
    """
    apart = [replace(j, reason=f"{j.reason}, but what else is known keeps them apart") for j in rdf.kept_apart(store)]
    found = [*apart, *(j for j in rdf.judgements(store, Identity.UNSURE) if not j.person)]
    said = rdf.decisions(store)
    meant = dict(rdf.meanings(store, {p for j in [*found, *said] for p in (j.left, j.right)}))
    settled = {_between(j, meant) for j in said}
    between: dict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for judgement in found:
        entities = _between(judgement, meant)
        if entities is not None and entities not in settled:
            between[entities].append(judgement)
    every = {iri for entities in between for iri in entities}
    weights = {iri: rdf.entity_weight(store, iri) for iri in every}
    kinds = {iri: rdf.entity_kind(store, iri) for iri in every}
    out: list[tuple[bool, Pending]] = []
    for entities, judgements in between.items():
        (kind, name, land), (_, other, abroad) = (kinds[iri] for iri in entities)
        if land and abroad and land != abroad:
            continue
        judgements.sort(key=lambda j: (-j.confidence, j.left, j.right))
        moves = min((weights[iri] for iri in entities), key=lambda w: (w.total, w))
        doubtful = judgements[0].confidence <= _SELDOM and unlike(kind.family, name, other)
        out.append((doubtful, Pending(entities, tuple(judgements), moves)))
    return [one for _, one in sorted(out, key=lambda found: (found[0], _rank(found[1])))]


def _between(judgement: Judgement, meant: Mapping[Pair, str]) -> tuple[str, str] | None:
    """The two entities that a judgement is about; ``None`` where they are one or one is gone."""
    left, right = meant.get(judgement.left), meant.get(judgement.right)
    if left is None or right is None or left == right:
        return None
    return min(left, right), max(left, right)


def _rank(one: Pending) -> tuple[int, float, Pair, Pair]:
    first = one.judgements[0]
    return -one.moves.total, -first.confidence, first.left, first.right


def queue(store: Store, *, limit: int | None = None) -> list[Question]:
    """The questions that wait for a person, each about two entities, in the order of :func:`pending`."""
    return [question(store, one) for one in pending(store)[:limit]]


def question(store: Store, one: Pending) -> Question:
    """What a person needs to see to answer. Raises ``UsageError`` where it is about something that is gone."""
    first = one.judgements[0]
    return Question(first, side(store, first.left), side(store, first.right), one)


def side(store: Store, pair: Pair) -> Side:
    """What the store knows of one reference. Raises ``UsageError`` where it is gone."""
    told = rdf.reference_context(store, pair)
    if told is None:
        raise UsageError(f"“{pair[1]}” of {pair[0]} is not in the store.")
    sentences = dict.fromkeys(_sentence(told.text, start, end) for start, end in told.mentions)
    own = Side(*pair, told.name, told.type, told.title, told.date, told.offices, tuple(sentences)[:CONTEXT])
    for _, iri in rdf.meanings(store, [pair]):
        seen = rdf.entity_seen(store, iri)
        return replace(own, entity=seen.name, aliases=seen.aliases, articles=seen.articles)
    return own


def _sentence(text: str, start: int, end: int) -> str:
    """The sentence around a mention, on one line; a long one is cut at words."""
    before = [match.end() for match in re.finditer(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])|\n+", text[:start])]
    after = re.search(r"[.!?][”\"]?(?=\s|$)|\n", text[end:])
    first, last = before[-1] if before else 0, end + after.end() if after else len(text)
    if last - first > 400:
        first, last = max(first, start - 180), min(last, end + 180)
    return " ".join(text[first:last].split())


# ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def answer(
    store: Store, asked: Pending, said: Identity, *, by: str, reason: str = "", at: str | None = None
) -> list[str]:
    """Record a person's answer to a question. Returns what a reader should know; where somebody else has answered it
    meanwhile, that is told and nothing is recorded.
    """
    first = asked.judgements[0]
    with store.transaction():
        decisions = rdf.decisions(store)
        meant = dict(rdf.meanings(store, {p for j in [first, *decisions] for p in (j.left, j.right)}))
        between = _between(first, meant)
        if between is None and {first.left, first.right} <= meant.keys():
            return ["The two have become one meanwhile, by another answer or a new article. Your answer was not taken."]
        for other in decisions:
            if between is not None and _between(other, meant) == between:
                word = other.verdict.value.replace("_", " ")
                return [f"{other.by} has answered this meanwhile: {word}. Your answer was not taken."]
        return decide(store, [verdict((first.left, first.right), said, by=by, reason=reason, at=at)])


def decide(store: Store, judgements: Sequence[Judgement]) -> list[str]:
    """Record judgements of persons and bring the entities up to date. Returns what a reader should know: what a judgement is
    about that is gone, and what speaks against it, although it holds.
    """
    for judgement in judgements:
        if not judgement.person or not judgement.by.strip():
            raise UsageError(f"“{judgement.by}” is no name of a person; say who decides with --by.")
        if judgement.left == judgement.right:
            raise UsageError(f"“{judgement.left[1]}” of {judgement.left[0]} is the same reference on both sides.")
    with store.transaction():
        return _decide(store, judgements)


def _decide(store: Store, judgements: Sequence[Judgement]) -> list[str]:
    notes = []
    made = []
    taken = {j.id for j in rdf.decisions(store, withdrawn=True)}
    for judgement in (_of_its_own(j, taken) for j in judgements):
        for gone in _gone(store, judgement):
            notes.append(f"{gone} is not in the store; the judgement is kept and holds when it comes back.")
        pair = {judgement.left, judgement.right}
        for other in rdf.decisions(store):
            if {other.left, other.right} == pair:
                _take_back(store, other, judgement.at or now())
        store.add(rdf.judgement_quads(judgement))
        made.append(judgement)
    return [*notes, *integrate(store), *_against(store, made)]


def _of_its_own(judgement: Judgement, taken: set[str]) -> Judgement:
    """The judgement a second later where one is on record with all that its id tells, so that each has a row of its own."""
    while judgement.id in taken:
        at = datetime.fromisoformat(judgement.at or now()) + timedelta(seconds=1)
        judgement = replace(judgement, at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
    taken.add(judgement.id)
    return judgement


def verdict(pair: tuple[Pair, Pair], said: Identity, *, by: str, reason: str = "", at: str | None = None) -> Judgement:
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


@dataclass(frozen=True, slots=True)
class Undone:
    """What was undone, the earlier decision that holds again, and what a reader should know."""

    judgement: Judgement
    restored: Judgement | None
    notes: tuple[str, ...]


def undo(store: Store, name: str | None = None, *, by: str | None = None, at: str | None = None) -> Undone:
    """Undo a person's decision as if it had not been made: that of this id, else the last one that holds, of ``by`` where that is
    given. It stays on record as withdrawn, and the decision whose place it took holds again.

    Raises ``UsageError`` where there is no such decision.
    """
    with store.transaction():
        held = [j for j in rdf.decisions(store) if (j.id == name if name else by in (None, j.by))]
        if not held:
            whose = f"with the id {name}" if name else f"of {by}" if by else "of a person"
            raise UsageError(f"There is no decision {whose} that holds; “kg review --list” shows all.")
        last = held[-1]
        ends = rdf.withdrawals(store)
        pair = {last.left, last.right}
        before = [
            j
            for j in rdf.decisions(store, withdrawn=True)
            if {j.left, j.right} == pair and j.id != last.id and ends.get(j.id) == last.at
        ]
        _take_back(store, last, at or now())
        restored = before[-1] if before else None
        if restored is not None:
            mark = set(rdf.judgement_quads(restored, withdrawn=last.at)) - set(rdf.judgement_quads(restored))
            store.apply(remove=mark)
        return Undone(last, restored, tuple(integrate(store)))


def _take_back(store: Store, judgement: Judgement, when: str) -> None:
    store.add(rdf.judgement_quads(judgement, withdrawn=when))


def _gone(store: Store, judgement: Judgement) -> list[str]:
    sides = (judgement.left, judgement.right)
    return [f"“{key}” of {article}" for article, key in sides if rdf.name_of(store, (article, key)) is None]


# ── evidence against a person's word ───────────────────────────────────────────────────────────────────────────────


def contradictions(store: Store) -> list[str]:
    """A sentence for each decision that holds although evidence, or another person, speaks against it."""
    return list(_against(store, rdf.decisions(store), overruled=True))


def kept_apart(store: Store) -> list[str]:
    """A sentence for each tie at which a group was broken: a rule takes two for one actor and what else is known for two. The weakest
    ties come first.
    """
    found = sorted(rdf.kept_apart(store), key=lambda j: (j.confidence, j.left, j.right))
    meant = dict(rdf.meanings(store, {p for j in found for p in (j.left, j.right)}))
    out = []
    for j in found:
        left, right = (f"“{rdf.name_of(store, pair)}” in {pair[0]}" for pair in (j.left, j.right))
        (kind, name, _), (_, other, _) = (rdf.entity_kind(store, meant[pair]) for pair in (j.left, j.right))
        why = (
            f"“{name}” and “{other}” are unlike full names"
            if unlike(kind.family, name, other)
            else "other evidence is stronger"
        )
        out.append(f"Kept apart: {left} and {right}, although {j.reason} (a tie of {j.confidence:.2f}): {why}.")
    return out


def _against(store: Store, judgements: Iterable[Judgement], *, overruled: bool = False) -> Iterator[str]:
    local = reader(store)
    for judgement in judgements:
        if _gone(store, judgement):
            continue
        left, right = (f"“{rdf.name_of(store, pair)}” in {pair[0]}" for pair in (judgement.left, judgement.right))
        told = f"{judgement.by} judged {left} and {right} {judgement.verdict.value.replace('_', ' ')}"
        meant = dict(rdf.meanings(store, {judgement.left, judgement.right}))
        entities = _between(judgement, meant)
        if judgement.verdict is Identity.SAME and entities is not None:
            if overruled:  # told by what brings the entities up to date, too
                yield f"{told}, which other persons' judgements rule out."
            continue
        why = _evidence(store, judgement, local, entities)
        if why is not None:
            yield f"{told}, although {why}. The person's word holds."


def _evidence(
    store: Store, judgement: Judgement, local: Callable[[str], Local], entities: tuple[str, str] | None
) -> str | None:
    """What the rules and the articles say against a decision; ``None`` where nothing does."""
    found = _rule(judgement, local)
    if judgement.verdict is Identity.SAME:
        if found is not None and found.verdict is Identity.NOT_SAME:
            return found.reason
        return _standing_as_two(store, judgement, local)
    if judgement.verdict is Identity.NOT_SAME and entities is not None and found is not None and found.same:
        (kind, name, _), (_, other, _) = (rdf.entity_kind(store, iri) for iri in entities)
        return None if unlike(kind.family, name, other) else found.reason
    return None


def _rule(judgement: Judgement, local: Callable[[str], Local]) -> Decision | None:
    """What the rules would say of the two references."""
    known = {}
    for article in {judgement.left[0], judgement.right[0]}:
        known.update(profiles(list(rdf.references(local(article))), list(rdf.offices(local(article)))))
    left, right = known.get(judgement.left), known.get(judgement.right)
    return rules.decide(left, right) if left is not None and right is not None else None


def _standing_as_two(store: Store, judgement: Judgement, local: Callable[[str], Local]) -> str | None:
    """An article that names both as two actors, where their names differ."""
    (_, iri), *_ = rdf.meanings(store, [judgement.left])
    mine, yours = (_names(local, pair) for pair in (judgement.left, judgement.right))
    if mine & yours:
        return None
    beside: dict[str, list[Pair]] = defaultdict(list)
    for pair in rdf.entity_seen(store, iri).references:
        beside[pair[0]].append(pair)
    for article in sorted(a for a, pairs in beside.items() if len(pairs) > 1):
        called = [_names(local, pair) for pair in beside[article]]
        if any(n & mine for n in called) and any(n & yours for n in called):
            return f"{article} names both as two"
    return None


def _names(local: Callable[[str], Local], pair: Pair) -> set[str]:
    found: Collection[Reference] = [r for r in rdf.references(local(pair[0])) if r.key == pair[1]]
    return {name for r in found for name in (r.name, *r.aliases)}


# ── CSV ────────────────────────────────────────────────────────────────────────────────────────────────────────────

COLUMNS = (
    "decision", "note", "left_name", "left_offices", "left_context", "right_name", "right_offices", "right_context", "rule_reason", "confidence",
    "left_article", "left_key", "right_article", "right_key", "decided_by", "decided_at", "changes", "pairs",
)  # fmt: skip
SAID = {
    "same": Identity.SAME, "s": Identity.SAME, "yes": Identity.SAME, "not same": Identity.NOT_SAME, "not_same": Identity.NOT_SAME,
    "not": Identity.NOT_SAME, "n": Identity.NOT_SAME, "no": Identity.NOT_SAME, "unsure": Identity.UNSURE, "u": Identity.UNSURE,
}  # fmt: skip


def write_csv(store: Store, path: str | Path) -> int:
    """Write the decisions that hold and the queue to a CSV file, to be filled in ("decision": same, not same, unsure) and
    read back. Returns the number of rows.
    """
    rows: list[list[object]] = []
    for j in rdf.decisions(store):
        if not _gone(store, j):
            sides = side(store, j.left), side(store, j.right)
            rows.append([*_row(j, *sides, j.verdict.value.replace("_", " "), j.reason), "", ""])
    rows += [[*_row(q.judgement, q.left, q.right), q.pending.changes, len(q.pending.judgements)] for q in queue(store)]
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([[cell(value) for value in row] for row in rows])
    save(path, text.getvalue().encode("utf-8-sig"))
    return len(rows)


def _row(j: Judgement, left: Side, right: Side, decision: str = "", note: str = "") -> list[object]:
    return [
        decision, note, left.name, "; ".join(left.offices), " … ".join(left.sentences), right.name, "; ".join(right.offices),
        " … ".join(right.sentences), "" if j.person else j.reason, j.confidence, left.article, left.key, right.article, right.key,
        j.by if j.person else "", j.at or "",
    ]  # fmt: skip


def read_csv(store: Store, path: str | Path, *, by: str) -> tuple[int, list[str]]:
    """Take the decisions of a CSV file over. Returns how many are new, and what a reader should know: each row that
    cannot be used is one sentence, and the others are taken.
    """
    listed = untrusted.rows(
        path, {"decision", "left_article", "left_key", "right_article", "right_key"}, "kg review --csv"
    )
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
        said = SAID.get(word)
        pair = ((given["left_article"], given["left_key"]), (given["right_article"], given["right_key"]))
        if said is None:
            notes.append(f"Row {number}: “{cut(given['decision'])}” is no decision; write same, not same or unsure.")
        elif pair[0] == pair[1] or not all(p[0] and p[1] for p in pair):
            notes.append(f"Row {number} does not name two references.")
        elif (known := held.get(frozenset(pair))) is None or known.verdict is not said:
            who = given.get("decided_by", "").strip() or by
            at = instant(given.get("decided_at"))
            judgement = verdict(pair, said, by=who, reason=given.get("note", ""), at=at)
            if judgement.person:
                new[frozenset(pair)] = judgement
            else:
                notes.append(f"Row {number}: “{cut(who)}” is no name of a person.")
    if new:
        notes += decide(store, list(new.values()))
    return len(new), notes


def cut(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def instant(value: str | None) -> str | None:
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
            notes.append(f"Line {number}: “{cut(rest.strip())}” is no item of Wikidata; write a Q-number after a tab.")
        elif len(found) != 1:
            what = "no entity has" if not found else f"{len(found)} entities have; name one by its IRI"
            notes.append(f"Line {number}: “{cut(name.strip())}” is a name that {what}.")
        else:
            target = m.node(f"{v.WIKIDATA}{item[1]}")
            quads.append(m.quad(m.node(next(iter(found))), Outside.EXACT_MATCH, target, Graph.DECISIONS))
    store.add(quads)
    return len(set(quads)), notes

"""Persons' judgements on figures: which pairs are asked about, in what order, decisions, undoing, evidence against them, CSV both ways.

Two figures of one affair that nearly fill one slot, of which one thing is not known (whose, where, when), are not compared: silence comes
before a wrong contradiction. They wait here with that reason. A person's "same" compares them whatever the rules say; "not same" is
silence for good. Decisions are kept beside those on identity, in the graph that no rebuild touches, and are never erased.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from kg import compare, rdf, review, untrusted
from kg.errors import UsageError
from kg.export import cell, save
from kg.model import Claim, CountJudgement, Doubt, Identity, Verdict
from kg.pipeline import integrate
from kg.query import spreadsheet_plain
from kg.query.timelines.placing import claims
from kg.rdf import minting as m
from kg.store import Store
from kg.store.upkeep.series import doubts
from kg.vocabulary import Property

_FIRST = (Verdict.CONTRADICTS, Verdict.REVISES, Verdict.AGREES)

Pair = tuple[str, str]
"""The IRIs of two figures without the base of their store, the lesser one first."""


@dataclass(frozen=True, slots=True)
class Question:
    """Two figures that may count the same, the earlier one left: what nobody knows, what is told if they do, and how many more pairs
    wait of the same two numbers of the same two sources.
    """

    pair: Pair
    doubt: Doubt
    left: Claim
    right: Claim
    alike: int = 0

    @property
    def changes(self) -> str:
        """What a "same" changes, in words."""
        told = {
            "contradicts": "they contradict",
            "revises": "the later one revises the earlier",
            "agrees": "they agree",
        }
        return told[self.doubt.verdict.value]


def pending(store: Store) -> list[Question]:
    """The pairs of figures that wait for a person. First come those of which an answer tells most: contradictions before revisions
    before agreements, and among these what more pairs say in the same numbers of the same sources, then what
    is nearest.
    """
    said = {j.pair for j in rdf.count_decisions(store)}
    found = [(_pair(d.left, d.right), d, left, right) for d, left, right in doubts(store)]
    number: dict[object, int] = {}
    for _, _, left, right in found:
        number[_kind(left, right)] = number.get(_kind(left, right), 0) + 1
    asked = [Question(p, d, a, b, number[_kind(a, b)] - 1) for p, d, a, b in found if p not in said]
    return sorted(asked, key=lambda q: (_FIRST.index(q.doubt.verdict), -q.alike, _apart(q), q.pair))


def _apart(one: Question) -> float:
    """How many times one number is the other: the nearer two are, the likelier they count the same."""
    numbers = sorted(abs(c.value or c.low or c.high or 1.0) or 1.0 for c in (one.left, one.right))
    return numbers[-1] / numbers[0]


def _kind(left: Claim, right: Claim) -> object:
    return frozenset((c.speaker or c.speaker_name, c.value, c.low, c.high) for c in (left, right))


def _pair(a: str, b: str) -> Pair:
    one, other = sorted(m.local(figure) or figure for figure in (a, b))
    return one, other


# ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def judgement(pair: Pair, said: Identity, *, by: str, reason: str = "", at: str | None = None) -> CountJudgement:
    """A judgement of a person on two figures, now unless ``at`` says when."""
    left, right = sorted(pair)
    return CountJudgement(left, right, said, by.strip(), reason.strip() or "a person's judgement", at or review.now())


def decide(store: Store, judgements: Sequence[CountJudgement]) -> list[str]:
    """Record judgements of persons and bring the comparisons up to date. Returns what a reader should know: what a judgement is about that
    is gone, and what speaks against it, although it holds. A later judgement on the same two figures takes the place of an earlier one.
    """
    for one in judgements:
        if not one.by or one.by.startswith("rule:"):
            raise UsageError(f"“{one.by}” is no name of a person; say who decides with --by.")
        if one.left == one.right:
            raise UsageError(f"{one.left} is the same figure on both sides.")
    notes: list[str] = []
    made: list[CountJudgement] = []
    with store.transaction():
        taken = {j.id for j in rdf.count_decisions(store, withdrawn=True)}
        for one in judgements:
            while one.id in taken:  # a second later, so that each has a row of its own
                at = datetime.fromisoformat(one.at) + timedelta(seconds=1)
                one = replace(one, at=at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
            taken.add(one.id)
            made.append(one)
            notes += [
                f"{gone} is not in the store; the judgement is kept and holds when it comes back."
                for gone in _gone(store, one)
            ]
            for other in rdf.count_decisions(store):
                if other.pair == one.pair:
                    store.add(rdf.count_judgement_quads(other, withdrawn=one.at))
            store.add(rdf.count_judgement_quads(one))
        return [*notes, *integrate(store), *_against(store, made)]


@dataclass(frozen=True, slots=True)
class Recorded:
    """A judgement on two figures with both in words and its state: holds, is withdrawn, or is about something that is gone."""

    judgement: CountJudgement
    left: str
    right: str
    sentence: str


def recorded(store: Store) -> list[Recorded]:
    """The judgements of persons on figures, also those taken back, in the order of their time."""
    ends = rdf.count_withdrawals(store)
    out = []
    for one in rdf.count_decisions(store, withdrawn=True):
        gone = _gone(store, one)
        state = (
            f"withdrawn on {ends[one.id][:10]}"
            if one.id in ends
            else "has no effect: a figure is gone"
            if gone
            else "holds"
        )
        left, right = (_words(store, figure) for figure in one.pair)
        out.append(Recorded(one, left, right, state))
    return out


def undo(store: Store, name: str | None = None, *, by: str | None = None, at: str | None = None) -> CountJudgement:
    """Undo a person's decision on figures: that of this id, else the last one that holds, of ``by`` where that is given. It stays on record as
    withdrawn, and the decision whose place it took holds again. Raises ``UsageError`` where there is no such decision.
    """
    with store.transaction():
        held = [j for j in rdf.count_decisions(store) if (j.id == name if name else by in (None, j.by))]
        if not held:
            whose = f"with the id {name}" if name else f"of {by}" if by else "of a person"
            raise UsageError(
                f"There is no decision on figures {whose} that holds; “kg review --figures --list” shows all."
            )
        last, ends = held[-1], rdf.count_withdrawals(store)
        replaced = [
            j for j in rdf.count_decisions(store, withdrawn=True) if j.pair == last.pair and ends.get(j.id) == last.at
        ]
        store.add(rdf.count_judgement_quads(last, withdrawn=at or review.now()))
        for one in replaced[-1:]:
            mark = set(rdf.count_judgement_quads(one, withdrawn=last.at)) - set(rdf.count_judgement_quads(one))
            store.apply(remove=mark)
        integrate(store)
        return last


def _gone(store: Store, one: CountJudgement) -> list[str]:
    return [f"The figure {figure}" for figure in one.pair if not store.told(f"{store.base}{figure}")]


def _words(store: Store, figure: str) -> str:
    told = store.told(f"{store.base}{figure}")
    return next(iter(told.get(Property.WORDING, ())), figure)


# ── evidence against a person's word ───────────────────────────────────────────────────────────────────────────────


def contradictions(store: Store) -> list[str]:
    """A sentence for each decision on figures that holds although the rules say otherwise."""
    return _against(store, rdf.count_decisions(store))


def _against(store: Store, judgements: Sequence[CountJudgement]) -> list[str]:
    judgements = [j for j in judgements if j.verdict is not Identity.UNSURE and not _gone(store, j)]
    articles = {
        m.article(m.article_id(f"{store.base}{figure}"), store.base).value for j in judgements for figure in j.pair
    }
    known: Mapping[str, Claim] = {m.local(c.figure): c for c in claims(store, articles=articles)} if articles else {}
    out = []
    for one in judgements:
        sides = [known[figure] for figure in one.pair if figure in known]
        if len(sides) != len(one.pair):
            continue
        left, right = sides
        why = compare.difference(left, right)
        told = f"{one.by} judged that “{left.text}” in {left.article} and “{right.text}” in {right.article}"
        if one.verdict is Identity.SAME and why is not None and not isinstance(why, compare.Unsure):
            out.append(f"{told} count the same, although {why}. The person's word holds.")
        elif one.verdict is Identity.NOT_SAME and why is None:
            out.append(
                f"{told} do not count the same, although both fill one slot of one affair. The person's word holds."
            )
    return out


# ── CSV ────────────────────────────────────────────────────────────────────────────────────────────────────────────

COLUMNS = (
    "decision", "note", "left_figure_text", "left_said_by", "left_date", "left_context", "right_figure_text", "right_said_by", "right_date",
    "right_context", "not_known", "changes", "alike", "left_figure", "right_figure", "decided_by", "decided_at",
)  # fmt: skip


def write_csv(store: Store, path: str | Path) -> int:
    """Write the decisions that hold and the queue to a CSV file, to be filled in ("decision": same, not same, unsure) and read
    back. Returns the number of rows.
    """
    rows: list[list[object]] = []
    for j in rdf.count_decisions(store):
        sides = [x for figure in j.pair for x in (_words(store, figure), "", "", "")]
        rows.append([j.verdict.value.replace("_", " "), j.reason, *sides, "", "", "", *j.pair, j.by, j.at])
    for q in pending(store):
        sides = [
            x
            for c in (q.left, q.right)
            for x in (c.text, c.speaker_name, c.said_on or c.published or "", c.sentence or c.content)
        ]
        rows.append(
            [
                "",
                "",
                *sides,
                q.doubt.reason,
                q.changes,
                q.alike,
                m.local(q.left.figure),
                m.local(q.right.figure),
                "",
                "",
            ]
        )
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([[cell(value) for value in row] for row in rows])
    save(path, text.getvalue().encode("utf-8-sig"))
    return len(rows)


def read_csv(store: Store, path: str | Path, *, by: str) -> tuple[int, list[str]]:
    """Take the decisions of a CSV file over. Returns how many are new, and what a reader should know: each row that cannot be used is
    one sentence, and the others are taken.
    """
    held = {j.pair: j for j in rdf.count_decisions(store)}
    new: dict[Pair, CountJudgement] = {}
    notes: list[str] = []
    for number, row in enumerate(
        untrusted.rows(path, {"decision", "left_figure", "right_figure"}, "kg review --figures --csv"), 2
    ):
        given = {
            k: spreadsheet_plain(value) for k, value in row.items() if isinstance(k, str) and isinstance(value, str)
        }
        word = given.get("decision", "").strip().casefold()
        said = review.SAID.get(word)
        pair = _pair(given["left_figure"].strip(), given["right_figure"].strip())
        who = given.get("decided_by", "").strip() or by
        if not word:
            continue
        if said is None:
            notes.append(
                f"Row {number}: “{review.cut(given['decision'])}” is no decision; write same, not same or unsure."
            )
        elif not all("/figure/" in figure for figure in pair) or pair[0] == pair[1]:
            notes.append(f"Row {number} does not name two figures.")
        elif who.startswith("rule:"):
            notes.append(f"Row {number}: “{review.cut(who)}” is no name of a person.")
        elif pair not in held or held[pair].verdict is not said:
            new[pair] = judgement(
                pair, said, by=who, reason=given.get("note", ""), at=review.instant(given.get("decided_at"))
            )
    if new:
        notes += decide(store, list(new.values()))
    return len(new), notes

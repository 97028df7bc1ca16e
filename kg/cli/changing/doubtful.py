"""``kg review --figures``: pairs of figures of which one thing is not known."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.cli.printing.console import count, err, out
from kg.cli.printing.console import notes as tell_notes
from kg.model import Claim, Identity
from kg.store import Store

if TYPE_CHECKING:
    from kg.doubts import Question

_KEYS = {"s": Identity.SAME, "n": Identity.NOT_SAME, "u": Identity.UNSURE}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line: who decides, whose decisions are undone, files to write and to read, and the rest."""

    who: str
    by: str | None
    csv_out: str | None
    csv_in: str | None
    listed: bool
    undone: bool
    named: str | None
    limit: int | None


def run(store: Store, wanted: Wanted) -> None:
    """Do what was asked for."""
    from kg import doubts

    if wanted.csv_out:
        rows = doubts.write_csv(store, wanted.csv_out)
        out.print(f"{wanted.csv_out}: {count(rows, 'pair')} of figures.")
    elif wanted.csv_in:
        new, notes = doubts.read_csv(store, wanted.csv_in, by=wanted.who)
        tell_notes(notes)
        out.print(f"{count(new, 'new decision')}.")
        if notes:
            raise SystemExit(1)
    elif wanted.undone:
        last = doubts.undo(store, wanted.named, by=wanted.by)
        out.print(f"Undone: {last.verdict.value.replace('_', ' ')}, as {last.by} said ({last.id}).")
    elif wanted.listed:
        _list(store)
    else:
        _ask(store, wanted)


def tell(store: Store) -> None:
    """Say that pairs of figures wait, where some do."""
    from kg import doubts

    waiting = len(doubts.pending(store))
    if waiting:
        err.print(f"{count(waiting, 'pair')} of figures in doubt; “kg review --figures” asks about them.")


def _list(store: Store) -> None:
    from kg import doubts

    table = Table("id", "left", "right", "verdict", "by", "at", "state", "reason", box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    found = doubts.recorded(store)
    for r in found:
        j = r.judgement
        table.add_row(j.id, r.left, r.right, j.verdict.value.replace("_", " "), j.by, j.at[:10], r.sentence, j.reason)
    if found:
        out.print(table)
    err.print(count(len(found), "judgement"))


def _ask(store: Store, wanted: Wanted) -> None:
    """Questions one after the other, until there are none or somebody quits; each answer is kept at once."""
    from kg import doubts

    skipped: set[tuple[str, str]] = set()
    asked = made = 0
    while waiting := [q for q in doubts.pending(store) if q.pair not in skipped]:
        if wanted.limit and asked >= wanted.limit:
            break
        one = waiting[0]
        out.print(_shown(one, asked + 1, asked + len(waiting)))
        key = _key()
        if key == "q":
            break
        asked += 1
        skipped.add(one.pair)
        if key in _KEYS:
            why = f"on “{one.doubt.reason}”"
            tell_notes(doubts.decide(store, [doubts.judgement(one.pair, _KEYS[key], by=wanted.who, reason=why)]))
            made += 1
        store.refresh()
    if not asked and not waiting:
        out.print("No pair of figures is in doubt.")
        return
    out.print(f"{count(made, 'decision')}; {count(len(doubts.pending(store)), 'pair')} left.")


def _shown(question: Question, number: int, of: int) -> RenderableType:
    title = f"{number} of {of}: {question.doubt.reason}"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", expand=True, pad_edge=False)
    sides = (question.left, question.right)
    for one in sides:
        table.add_column(Text(one.text, style="bold"), ratio=1, overflow="fold")
    table.add_row(*(Text(_told(one)) for one in sides))
    more = f" {count(question.alike, 'more pair')} of the same numbers wait." if question.alike else ""
    return Group(table, Text(f"  If they count the same: {question.changes}.{more}\n"))


def _told(one: Claim) -> str:
    when = one.said_on or one.published or "no date"
    return f"{one.speaker_name}, {when}\n{one.article}\n\n{' '.join((one.sentence or one.content).split())}"


def _key() -> str:
    while True:
        out.print("  [s]ame count  [n]ot the same  [u]nsure  s[k]ip  [q]uit")
        typed = click.getchar() if sys.stdin.isatty() else sys.stdin.readline() or "q"
        letter = typed.strip().lower()[:1]
        if letter and letter in "snukq":
            return letter

"""``kg review --statements``: what was read, the most doubtful first, to confirm, reject and correct."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.cli.printing.console import count, err, line, out, short
from kg.cli.printing.console import notes as tell_notes
from kg.errors import KgError, UsageError
from kg.export.doubts import Doubt, doubt, ranked
from kg.store import Store

if TYPE_CHECKING:
    from kg.corrections import Made, Recorded

_KEYS = "crsutkdofnb?q"
_ASKED = {"s": "speaker", "u": "cue", "t": "content", "k": "kind", "d": "day", "o": "office"}
_QUESTIONS = {
    "speaker": "Who said it? A name of the article; nothing where the text names nobody",
    "cue": "Which words say that it is said? As they stand there; nothing for none",
    "content": "Which words are what was said? As they stand there",
    "kind": "direct, indirect, mixed or author",
    "day": "When was it said? 2015-04-21; nothing for no day",
    "office": "Which office did the speaker hold? Nothing for none",
}
_HELP = (
    "c  confirm: it is right as it is\n"
    "r  reject: it is no statement\n"
    "s  speaker   u  cue   t  what was said   k  kind   d  day   o  office: change it\n"
    "f  figure: change a part of it, or say that it is none\n"
    "n  next: asked again the next time\n"
    "b  back: undo your last decision\n"
    "q  quit: every decision is kept already"
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of ``kg review --statements``."""

    who: str
    csv_out: str | None = None
    csv_in: str | None = None
    listed: bool = False
    orphans: bool = False
    undo: str | None = None
    correct: tuple[str, str, str] | None = None
    why: str = ""
    limit: int | None = None


def run(store: Store, wanted: Wanted) -> None:
    """Do what is asked: files, lists, one correction, an undoing, or questions one by one."""
    from kg import corrections

    if wanted.csv_out:
        rows = corrections.write_csv(store, wanted.csv_out, limit=wanted.limit)
        out.print(f"{wanted.csv_out}: {count(rows, 'row')}.")
    elif wanted.csv_in:
        new, notes = corrections.take(store, wanted.csv_in, by=wanted.who)
        tell_notes(notes)
        out.print(f"{count(new, 'new decision')}.")
        if notes:
            raise SystemExit(1)
    elif wanted.correct is not None:
        thing, said, value = wanted.correct
        kind, _, part = said.partition(" ")
        made = corrections.correct(store, thing, kind, value, part=part, by=wanted.who, why=wanted.why)
        tell_notes(made.notes)
        out.print(_told(made))
    elif wanted.undo is not None:
        _undo(store, wanted.undo, wanted.who, wanted.why)
    elif wanted.listed or wanted.orphans:
        _list(corrections.orphans(store) if wanted.orphans else corrections.recorded(store))
    else:
        _Dialogue(store, wanted.who, wanted.limit).run()


def _told(made: Made) -> str:
    names = " ".join([*(one.id for one in made.decisions), *(one.id for one in made.judgements)])
    if not made.new:
        return f"Decided already: {names}."
    return f"Decided: {names}.{f' It is {made.thing} now.' if made.thing else ''}"


def _undo(store: Store, name: str, who: str, why: str) -> None:
    from kg import corrections

    made = corrections.undo(store, name, by=who, why=why)
    tell_notes(made.notes)
    out.print(f"Undone: {name}.")


def _list(found: Sequence[Recorded]) -> None:
    table = Table("id", "what", "value", "of", "by", "at", "state", box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    for one in found:
        c = one.correction
        what = f"{c.kind.value} {c.part}".strip()
        table.add_row(c.id, what, short(c.value, 40), short(c.quote, 60), c.by, c.at[:10], one.sentence)
    if found:
        out.print(table)
    err.print(count(len(found), "correction"))


# ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────────


class _Dialogue:
    """Statements on one screen each. Each decision is a change of its own, so that nothing is lost and others may work meanwhile."""

    def __init__(self, store: Store, who: str, limit: int | None) -> None:
        self._store, self._who, self._limit = store, who, limit
        self._made: list[str] = []
        self._done: set[str] = set()  # statements that were looked at
        self._left: list[str] = ranked(store)

    def run(self) -> None:
        asked = 0
        while self._limit is None or asked < self._limit:
            if self._store.refresh():  # others decide too
                self._left = ranked(self._store)
            self._left = [iri for iri in self._left if iri not in self._done]
            if not self._left:
                out.print(
                    "That was the last one." if self._done else "There is no statement that nobody has looked at."
                )
                break
            self._done.add(self._left[0])
            asked += 1
            if not self._one(doubt(self._store, self._left[0]), asked, len(self._left) + asked - 1):
                break
        out.print(f"{count(len(self._made), 'decision')}.")

    def _one(self, found: Doubt, number: int, of: int) -> bool:
        """Ask about one statement until it is done with; whether to go on."""
        while True:
            if out.is_terminal:
                out.clear()
            out.print(_shown(found, number, of))
            key = _key()
            if key in "nq":
                return key == "n"
            try:
                if key in "cr":
                    self._decide(found.thing, "confirm" if key == "c" else "reject", "")
                    return True
                if key == "b":
                    self._back()
                elif key == "f":
                    self._figure(found)
                else:
                    what = _ASKED[key]
                    self._decide(found.thing, what, _answer(_QUESTIONS[what]))
            except KgError as error:
                err.print(f"kg: {line(error)}")
            found = self._again(found)

    def _decide(self, thing: str, kind: str, value: str, part: str = "") -> None:
        from kg import corrections

        made = corrections.correct(self._store, thing, kind, value, part=part, by=self._who)
        tell_notes(made.notes)
        if made.new:
            self._made.append(made.decisions[0].id)
        self._done.add(made.thing)
        out.print(f"  {_told(made)}\n")

    def _figure(self, found: Doubt) -> None:
        from kg.corrections import FIGURE_PARTS

        if not found.figures:
            raise UsageError("The statement has no figure.")
        chosen = found.figures[0]
        if len(found.figures) > 1:
            number = _answer(f"Which one, 1 to {len(found.figures)}?")
            if not number.isdecimal() or not 1 <= int(number) <= len(found.figures):
                raise UsageError(f"“{number[:20]}” is no number of a figure.")
            chosen = found.figures[int(number) - 1]
        part = _answer(f"Which part? {', '.join(FIGURE_PARTS)}")
        value = "" if part == "remove" else _answer(f"Its {part}?")
        self._decide(chosen.thing, "figure", value, part)

    def _back(self) -> None:
        from kg import corrections

        if not self._made:
            raise UsageError(
                "There is no decision of this session to undo; “kg review --statements --undo ID” undoes earlier ones."
            )
        name = self._made.pop()
        made = corrections.undo(self._store, name, by=self._who)
        self._done.discard(made.thing)
        self._left.append(made.thing)
        out.print(f"Undone: {name}.\n")

    def _again(self, found: Doubt) -> Doubt:
        """The statement as it is now."""
        from kg import corrections

        for one in reversed(corrections.recorded(self._store, found.article)):
            if one.correction.id in self._made[-1:] and one.thing and "/statement/" in one.thing:
                return doubt(self._store, one.thing)
        now = doubt(self._store, found.thing)
        return now if now.content else found


def _answer(question: str) -> str:
    """One line from who sits there."""
    out.print(f"  {question}:")
    return sys.stdin.readline().strip()


def _key() -> str:
    """One of the keys; where nobody sits at the keyboard, the first letter of the next line, and quit at the end."""
    while True:
        out.print(
            "  [c]onfirm [r]eject [s]peaker c[u]e [t]ext [k]ind [d]ay [o]ffice [f]igure [n]ext [b]ack [?] help [q]uit"
        )
        typed = click.getchar() if sys.stdin.isatty() else sys.stdin.readline() or "q"
        letter = typed.strip().lower()[:1]
        if letter == "?":
            out.print(_HELP)
        elif letter and letter in _KEYS:
            return letter


def _shown(found: Doubt, number: int, of: int) -> RenderableType:
    where = f"{found.title or found.article}{f' ({found.date})' if found.date else ''}"
    head = Text(f"{number} of {of}: certainty {found.confidence:g}, {where}\n", style="bold")
    table = Table(box=None, show_header=False, pad_edge=False)
    who = f"{found.speaker or 'nobody named'}{f', {found.office}' if found.office else ''} ({found.reason})"
    rows = [("sentence", found.sentence), ("speaker", who), ("cue", found.cue), ("content", found.content)]
    rows += [("kind", f"{found.kind}, {found.stance}"), ("day", found.day)]
    for i, figure in enumerate(found.figures, 1):
        parts = "; ".join(f"{name}: {value}" for name, value in figure.parts.items())
        rows.append((f"figure {i}", f"{figure.words} ({parts})"))
    for name, value in rows:
        if value:
            table.add_row(f"  {name}", Text(" ".join(value.split())))
    return Group(head, table, Text(""))

"""``kg review``."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Sequence
from typing import TypeVar

import click
from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from kg.cli.changing import doubtful, statements
from kg.cli.printing.console import MOST, count, err, open_store, out, store_option
from kg.cli.printing.console import notes as tell_notes
from kg.errors import UsageError
from kg.model import CorrectionKind, Identity, Judgement
from kg.review import Pending, Question, Recorded, Side
from kg.store import Store
from kg.store.locks import patiently

Changed = TypeVar("Changed")

_KEYS = {"s": Identity.SAME, "n": Identity.NOT_SAME, "u": Identity.UNSURE}
_WORDS = {Identity.SAME: "same", Identity.NOT_SAME: "not same", Identity.UNSURE: "unsure"}
_LAST = "the last one"


@click.command()
@store_option
@click.option("--by", help="Who decides; the default is the name of the account.")
@click.option("--csv", "csv_out", metavar="OUT", help="Write the queue and the decisions to a CSV file to fill in.")
@click.option("--read", "csv_in", metavar="CSV", help="Take the decisions of such a file over.")
@click.option("--links", metavar="TSV", help="Take links to Wikidata over: entity name or IRI, tab, Q-number.")
@click.option("--list", "listed", is_flag=True, help="List the judgements of persons.")
@click.option("--all", "everything", is_flag=True, help="With --list: those of the rules too.")
@click.option("--withdraw", metavar="ID", help="Take a judgement back, a person's or a rule's.")
@click.option(
    "--undo",
    is_flag=False,
    flag_value=_LAST,
    metavar="[ID]",
    help="Undo the last decision (with --by, that person's last), or the one with this id: what it replaced holds again.",
)
@click.option(
    "--figures", is_flag=True, help="Ask about pairs of figures that may count the same, and not about names."
)
@click.option("--limit", type=MOST, help="Ask at most so many questions.")
@click.option("--statements", "read", is_flag=True, help="Look at what was read, and correct it.")
@click.option(
    "--orphans", is_flag=True, help="With --statements: list the corrections whose article or characters are gone."
)
@click.option(
    "--correct",
    nargs=3,
    metavar="IRI KIND VALUE",
    help="With --statements: correct one thing; of a figure KIND is “figure value”, of an office “office body”.",
)
@click.option("--why", default="", help="With --statements: the reason of a correction.")
def review(
    store: str, by: str | None, csv_out: str | None, csv_in: str | None, links: str | None, listed: bool, everything: bool,
    withdraw: str | None, undo: str | None, figures: bool, limit: int | None, read: bool, orphans: bool, correct: tuple[str, str, str] | None,
    why: str,
) -> None:  # fmt: skip
    """Decide whether two names mean the same, or two figures count the same, where the rules are unsure.

    Each question is about two actors, with the sentences that they stand in; first come those of which an answer changes most, and
    what follows from an answer is not asked. Keys: s same, n not same, u unsure, k skip, b undo the last answer, ? help, q quit.
    Each answer is kept at once, with name and time; it survives rebuilds, and can be undone or withdrawn. Several people may
    answer at the same time.

    \b
    Example:
      kg review
      kg review --undo
      kg review --csv queue.csv      (fill in the column “decision”)
      kg review --read queue.csv
      kg review --list --all
      kg review --figures
      kg review --statements
      kg review --statements --correct IRI speaker "Ana Ruiz"
    """
    # long: what each option does, one beside the other
    from kg import review as judging

    who = by or _account()
    with open_store(store) as opened:
        if read or orphans or correct:
            name = withdraw or (_last_of(opened, by) if undo == _LAST else undo)
            wanted = (csv_out, csv_in, listed, orphans, name, correct, why, limit)
            statements.run(opened, statements.Wanted(who, *wanted))
        elif figures:
            named = withdraw or (None if undo == _LAST else undo)
            doubtful.run(
                opened, doubtful.Wanted(who, by, csv_out, csv_in, listed, bool(withdraw or undo), named, limit)
            )
        elif csv_out:
            rows = judging.write_csv(opened, csv_out)
            out.print(f"{csv_out}: {count(rows, 'pair')}.")
        elif csv_in:
            new, notes = judging.read_csv(opened, csv_in, by=who)
            tell_notes(notes)
            out.print(f"{count(new, 'new decision')}.")
            _end(notes)
        elif links:
            new, notes = judging.link(opened, links)
            tell_notes(notes)
            out.print(f"{count(new, 'link')} to Wikidata.")
            _end(notes)
        elif withdraw:
            tell_notes(judging.withdraw(opened, withdraw, by=who))
            out.print(f"Withdrawn: {withdraw}.")
        elif undo:
            _undo(opened, None if undo == _LAST else undo, by)
        elif listed:
            _list(opened, everything)
        else:
            _Dialogue(opened, who, limit).run()
            doubtful.tell(opened)


def _last_of(store: Store, by: str | None) -> str:
    """The id of the last correction that holds, of a person where one is named."""
    from kg import corrections

    found = [
        one
        for one in corrections.recorded(store)
        if one.state != "undone" and one.correction.kind is not CorrectionKind.UNDO
    ]
    held = [one.correction.id for one in found if by in (None, one.correction.by)]
    if not held:
        raise UsageError("There is no correction to undo; “kg review --statements --list” shows all.")
    return held[-1]


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no account has this number
        raise UsageError("Say who decides with --by.") from None


def _undo(store: Store, name: str | None, by: str | None) -> None:
    from kg import review as judging

    done = judging.undo(store, name, by=by)
    tell_notes(list(done.notes))
    out.print(f"Undone: {_sentence(store, done.judgement)}.")
    if done.restored is not None:
        out.print(f"What it had replaced holds again: {_sentence(store, done.restored)}.")


def _sentence(store: Store, judgement: Judgement) -> str:
    """A decision in words."""
    from kg import rdf

    left, right = (rdf.name_of(store, p) or p[1] for p in (judgement.left, judgement.right))
    return f"“{left}” and “{right}” {_WORDS[judgement.verdict]}, as {judgement.by} said ({judgement.id})"


def _end(notes: list[str]) -> None:
    if notes:
        raise SystemExit(1)


def _list(store: Store, everything: bool) -> None:
    from kg import review as judging

    found = judging.recorded(store, rules=everything)
    for first in range(0, len(found), _PORTION):
        out.print(_listed(store, found[first : first + _PORTION]))
    err.print(count(len(found), "judgement"))


_PORTION = 500  # judgements that are laid out as one table: rich holds all lines of one at once


def _listed(store: Store, found: Sequence[Recorded]) -> Table:
    from kg import rdf

    table = Table("id", "left", "right", "verdict", "by", "at", "state", "reason", box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    for r in found:
        left, right = (rdf.name_of(store, p) or p[1] for p in (r.judgement.left, r.judgement.right))
        at = (r.judgement.at or "")[:10]
        row = (
            r.judgement.id,
            left,
            right,
            _WORDS[r.judgement.verdict],
            r.judgement.by,
            at,
            r.sentence,
            r.judgement.reason,
        )
        table.add_row(*row)
    return table


# ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────────

_HELP = (
    "s  same: both are one actor; all pairs between them are answered\n"
    "n  not same: they are two, whatever a rule says later\n"
    "u  unsure: you cannot tell either; it is not asked again\n"
    "k  skip: asked again the next time\n"
    "b  back: undo your last answer\n"
    "q  quit: every answer is kept already"
)


class _Dialogue:
    """Questions on one screen each, until there are none or somebody quits. Each answer is a change of its own: who is called
    away, or whose line breaks, has lost nothing, and others may answer meanwhile.
    """

    def __init__(self, store: Store, who: str, limit: int | None) -> None:
        self._store, self._who, self._limit = store, who, limit
        self._made: list[str] = []  # ids of the answers, the last one at the end
        self._asked = 0
        self._skipped: set[tuple[str, str]] = set()

    def run(self) -> None:
        waiting = self._waiting()
        if not waiting:
            out.print("Nothing is unsure.")
            return
        while waiting and not (self._limit and self._asked >= self._limit):
            answer = self._ask(waiting[0], len(waiting))
            if answer == "q":
                break
            waiting = self._waiting()
        left = len(waiting) + len(self._skipped)
        out.print(f"{count(len(self._made), 'decision')}; {count(left, 'pair')} left.")

    def _waiting(self) -> list[Pending]:
        from kg import review as judging

        self._store.refresh()  # others answer too
        return [one for one in judging.pending(self._store) if one.entities not in self._skipped]

    def _ask(self, pending: Pending, left: int) -> str:
        """Show one question and do what the key says."""
        from kg import review as judging

        if out.is_terminal:
            out.clear()
        out.print(_shown(judging.question(self._store, pending), self._asked + 1, self._asked + left))
        answer = _key()
        if answer in _KEYS:
            self._decide(pending, _KEYS[answer], left)
        elif answer == "k":
            self._asked += 1
            self._skipped.add(pending.entities)
        elif answer == "b":
            self._back()
        return answer

    def _decide(self, pending: Pending, said: Identity, left: int) -> None:
        from kg import rdf
        from kg import review as judging

        why = f"on “{pending.judgements[0].reason}”"
        before = {j.id for j in rdf.decisions(self._store)}
        notes = patiently(lambda: judging.answer(self._store, pending, said, by=self._who, reason=why))
        made = [j.id for j in rdf.decisions(self._store) if j.id not in before and j.by == self._who]
        self._made += made
        self._asked += len(made)
        tell_notes(notes)
        if made:
            gone = left - 1 - len(self._waiting())
            more = f"; {count(gone, 'question')} more answered by it" if gone > 0 else ""
            out.print(f"  {_WORDS[said]}{more}\n")
        _pause(notes)

    def _back(self) -> None:
        from kg import review as judging

        if not self._made:
            tell_notes(["There is no answer of this session to undo; “kg review --undo” undoes earlier ones."])
            return
        name = self._made.pop()
        done = patiently(lambda: judging.undo(self._store, name))
        self._asked -= 1
        out.print(f"Undone: {_sentence(self._store, done.judgement)}.\n")


def _pause(notes: list[str]) -> None:
    """Let somebody at a terminal read what the next screen would wipe away."""
    if notes and out.is_terminal and sys.stdin.isatty():
        out.print("  (any key goes on)")
        click.getchar()


def _key() -> str:
    """One of the keys; where nobody sits at the keyboard, the first letter of the next line, and quit at the end."""
    while True:
        out.print("  [s]ame  [n]ot same  [u]nsure  s[k]ip  [b]ack  [?] help  [q]uit")
        typed = click.getchar() if sys.stdin.isatty() else sys.stdin.readline() or "q"
        letter = typed.strip().lower()[:1]
        if letter == "?":
            out.print(_HELP)
        elif letter and letter in "snukbq":
            return letter


def _shown(question: Question, number: int, of: int) -> RenderableType:
    title = f"{number} of {of}: {question.judgement.reason}"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", expand=True, pad_edge=False)
    for one in (question.left, question.right):
        table.add_column(Text(one.name, style="bold"), ratio=1, overflow="fold")
    table.add_row(*(Text(_told(one)) for one in (question.left, question.right)))
    pairs = len(question.pending.judgements)
    also = f" It answers {pairs} pairs of references." if pairs > 1 else ""
    return Group(table, Text(f"  If they are one: {question.pending.changes} of the other's.{also}\n"))


def _told(one: Side) -> str:
    offices = "\n".join(one.offices)
    known = f"{one.entity}, in {count(one.articles, 'article')}" if one.entity else ""
    others = [n for n in one.aliases if n != one.name][:_NAMES]
    also = f"also: {', '.join(others)}" if others else ""
    where = f"{one.title}{f' ({one.date})' if one.date else ''}"
    sentences = "\n\n".join(one.sentences) or "(not mentioned by name)"
    head = [part for part in (f"{one.type}  {offices}".strip(), known, also) if part]
    return "\n".join([*head, "", where, "", sentences])


_NAMES = 6  # other names that are shown

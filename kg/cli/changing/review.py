"""``kg review``."""

from __future__ import annotations

import getpass
import sys

import click
from rich import box
from rich.table import Table
from rich.text import Text

from kg.cli.printing.console import MOST, err, line, open_store, out, store_option
from kg.errors import UsageError
from kg.model import Identity
from kg.review import Question, Side
from kg.store import Store

_KEYS = {"s": Identity.SAME, "n": Identity.NOT_SAME, "u": Identity.UNSURE}
_WORDS = {Identity.SAME: "same", Identity.NOT_SAME: "not same", Identity.UNSURE: "unsure"}


@click.command()
@store_option
@click.option("--by", help="Who decides; the default is the name of the account.")
@click.option("--csv", "csv_out", metavar="OUT", help="Write the queue and the decisions to a CSV file to fill in.")
@click.option("--read", "csv_in", metavar="CSV", help="Take the decisions of such a file over.")
@click.option("--links", metavar="TSV", help="Take links to Wikidata over: entity name or IRI, tab, Q-number.")
@click.option("--list", "listed", is_flag=True, help="List the judgements of persons.")
@click.option("--all", "everything", is_flag=True, help="With --list: those of the rules too.")
@click.option("--withdraw", metavar="ID", help="Take a judgement back, a person's or a rule's.")
@click.option("--limit", type=MOST, help="Ask at most so many questions.")
def review(
    store: str, by: str | None, csv_out: str | None, csv_in: str | None, links: str | None, listed: bool, everything: bool,
    withdraw: str | None, limit: int | None,
) -> None:  # fmt: skip
    """Decide whether two names mean the same, where the rules are unsure.

    Both sides are shown with the sentences that they stand in. Keys: s same, n not same, u unsure, k skip, q quit.
    Decisions are kept with name and time, survive rebuilds, and can be withdrawn.

    \b
    Example:
      kg review
      kg review --csv queue.csv      (fill in the column “decision”)
      kg review --read queue.csv
      kg review --list --all
    """
    from kg import review as judging

    who = by or _account()
    with open_store(store) as opened:
        if csv_out:
            rows = judging.write_csv(opened, csv_out)
            out.print(f"{csv_out}: {_count(rows, 'pair')}.")
        elif csv_in:
            new, notes = judging.read_csv(opened, csv_in, by=who)
            _notes(notes)
            out.print(f"{_count(new, 'new decision')}.")
            _end(notes)
        elif links:
            new, notes = judging.link(opened, links)
            _notes(notes)
            out.print(f"{_count(new, 'link')} to Wikidata.")
            _end(notes)
        elif withdraw:
            _notes(judging.withdraw(opened, withdraw, by=who))
            out.print(f"Withdrawn: {withdraw}.")
        elif listed:
            _list(opened, everything)
        else:
            _ask(opened, who, limit)


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # no account has this number
        raise UsageError("Say who decides with --by.") from None


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'s' if n != 1 else ''}"


def _notes(notes: list[str]) -> None:
    for note in notes:
        err.print(f"note: {line(note)}")


def _end(notes: list[str]) -> None:
    if notes:
        raise SystemExit(1)


def _list(store: Store, everything: bool) -> None:
    from kg import rdf
    from kg import review as judging

    table = Table("id", "left", "right", "verdict", "by", "at", "state", "reason", box=None, pad_edge=False)
    table.columns[0].no_wrap = True
    found = judging.recorded(store, rules=everything)
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
    if found:
        out.print(table)
    err.print(_count(len(found), "judgement"))


# ── questions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _ask(store: Store, who: str, limit: int | None) -> None:
    from kg import review as judging

    questions = judging.queue(store, limit=limit)
    made = 0
    for number, question in enumerate(questions, 1):
        out.print(_shown(question, number, len(questions)))
        answer = _key()
        if answer == "q":
            break
        if answer in _KEYS:
            pair = (question.judgement.left, question.judgement.right)
            why = f"on “{question.judgement.reason}”"
            # Each by itself: who is called away after an hour has lost nothing.
            _notes(judging.decide(store, [judging.verdict(pair, _KEYS[answer], by=who, reason=why)]))
            made += 1
            out.print(f"  {_WORDS[_KEYS[answer]]}\n")
    left = len(questions) - made
    out.print(f"{_count(made, 'decision')}; {_count(left, 'pair')} left." if questions else "Nothing is unsure.")


def _key() -> str:
    """One of the keys; where nobody sits at the keyboard, the first letter of the next line, and quit at the end."""
    while True:
        out.print("  [s]ame  [n]ot same  [u]nsure  s[k]ip  [q]uit")
        typed = click.getchar() if sys.stdin.isatty() else sys.stdin.readline() or "q"
        letter = typed.strip().lower()[:1]
        if letter in ("s", "n", "u", "k", "q"):
            return letter


def _shown(question: Question, number: int, of: int) -> Table:
    title = f"{number} of {of}: {question.judgement.reason}"
    table = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", expand=True, pad_edge=False)
    for one in (question.left, question.right):
        table.add_column(Text(one.name, style="bold"), ratio=1, overflow="fold")
    table.add_row(*(Text(_told(one)) for one in (question.left, question.right)))
    return table


def _told(one: Side) -> str:
    offices = "\n".join(one.offices)
    where = f"{one.title}{f' ({one.date})' if one.date else ''}"
    sentences = "\n\n".join(one.sentences) or "(not mentioned by name)"
    return "\n".join(part for part in (f"{one.type}  {offices}".strip(), where, "", sentences) if part is not None)

"""``kg timeline``."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from kg.cli.printing.console import out, read_store, short, store_option
from kg.errors import QueryError, UsageError
from kg.store import Store


@click.command()
@click.option("--about", help="Only figures whose title holds these words: killed, “women Syria”.")
@click.option("--person", help="The offices of this person over time instead of figures.")
@click.option("--speaker", help="The statements of this actor over time instead of figures.")
@click.option("--office", help="Who held an office after whom, of the offices whose title and body hold these words.")
@click.option(
    "--fact", help="What has one answer at a time, as who did a deed or what is banned, of what holds these words."
)
@click.option(
    "--affair", help="All that is counted in the affairs whose label holds these words, or that have this IRI."
)
@click.option("--format", "format_", default="table", show_default=True, type=click.Choice(["table", "csv", "json"]))
@click.option("--out", "target", help="An SVG file to draw the figures into.")
@store_option
def timeline(about: str | None, format_: str, target: str | None, store: str, **other: str | None) -> None:
    """Tell how figures moved, which offices a person held, what an actor said, who held an office after whom, or what has
    one answer at a time, in order of time.

    \b
    Example:
      kg timeline --about killed --out timeline.svg
      kg timeline --person Mambetaliev
      kg timeline --speaker "Interior Ministry" --format csv
      kg timeline --office "interior minister"
      kg timeline --fact banned
      kg timeline --affair earthquake
    """
    from kg.export import chart, save
    from kg.query import timelines

    asked = {name: words for name, words in other.items() if words is not None}
    if len(asked) + (about is not None) > 1:
        raise UsageError("Give one of --about, --person, --speaker, --office, --fact and --affair.")
    if target is not None and asked:
        raise UsageError("Only figures are drawn; --out goes with --about or alone.")
    with read_store(store) as opened:
        for name, words in asked.items():
            _other(opened, name, words, format_)
            return
        lines = timelines.figures(opened, about)
    if not lines:
        what = f" about “{about}”" if about else ""
        raise QueryError(f"There are no two comparable figures{what} in this store.")
    if target is not None:
        title = f"Figures over time: {about}" if about else "Figures over time"
        out.print(str(save(Path(target), chart.svg(lines, title=title).encode())))
        return
    _figures(lines, format_)


def _other(opened: Store, name: str, words: str, format_: str) -> None:
    """Print the time lines of one kind other than figures."""
    from kg.query import timelines

    if name == "speaker":
        _print(timelines.statements(opened, words), format_)
    elif name == "person":
        rows = timelines.offices(opened, words)
        if not rows:
            raise QueryError(f"No office of anybody called “{words}” is in this store.")
        _print(rows, format_)
    elif name == "office":
        successions = timelines.successions(opened, words)
        if not successions:
            raise QueryError(f"No two holders of an office like “{words}” are in this store.")
        _lines(successions, "holders", [(line.story, "") for line in successions], format_)
    elif name == "affair":
        told = timelines.affairs(opened, words)
        if not told:
            raise QueryError(f"No affair like “{words}” is in this store; “kg query affairs” lists them.")
        _affairs(told, format_)
    else:
        questions = timelines.facts(opened, words)
        if not questions:
            raise QueryError(f"There are no two statements on a fact like “{words}” in this store.")
        _lines(questions, "answers", [(q.title, " in dispute" if q.disputed else "") for q in questions], format_)


def _lines(lines: Sequence[Any], members: str, heads: Sequence[tuple[str, str]], format_: str) -> None:
    """Lines with members: as JSON, as CSV of a row a member, or in words."""
    if format_ == "json":
        click.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1).encode())
        return
    if format_ == "csv":
        names = [f.name for f in fields(getattr(lines[0], members)[0])]
        _csv(
            ["title", *names],
            [
                [head, *asdict(m).values()]
                for (head, _), line in zip(heads, lines, strict=True)
                for m in getattr(line, members)
            ],
        )
        return
    for (head, mark), line in zip(heads, lines, strict=True):
        out.print(f"{head}{mark}")
        if members == "answers":
            table = Table("date", "answer", "speaker", box=None, pad_edge=False, show_header=False)
            for a in line.answers:
                table.add_row(f"  {a.at or ''}", short(a.answer, 60), short(a.speaker_name, 50))
            out.print(table)
        out.print()


def _affairs(told: Sequence[Any], format_: str) -> None:
    """Affairs with the time lines of what is counted in each."""
    if format_ == "json":
        click.echo(json.dumps([asdict(one) for one in told], ensure_ascii=False, indent=1).encode())
        return
    if format_ == "csv":
        rows = [(one.label, line.title, p) for one in told for line in one.lines for p in line.points]
        names = [f.name for f in fields(rows[0][2])] if rows else []
        _csv(["affair", "line", *names], [[label, title, *asdict(p).values()] for label, title, p in rows])
        return
    for one in told:
        out.print(f"{one.label}: {len(one.articles)} articles", style="bold")
        for line in one.lines:
            out.print(f"  {line.title}")
            out.print(_points(line.points, "    "))
        out.print()


def _points(points: Sequence[Any], indent: str) -> Table:
    table = Table("date", "figure", "speaker", "", box=None, pad_edge=False, show_header=False)
    for p in points:
        table.add_row(f"{indent}{p.at or ''}", p.text, short(p.speaker_name, 50), "unofficial" if p.unofficial else "")
    return table


def _figures(lines: Sequence[Any], format_: str) -> None:
    if format_ == "json":
        click.echo(json.dumps([asdict(line) for line in lines], ensure_ascii=False, indent=1).encode())
        return
    if format_ == "csv":
        _csv(
            ["title", *(f.name for f in fields(lines[0].points[0]))],
            [[line.title, *asdict(p).values()] for line in lines for p in line.points],
        )
        return
    for line in lines:
        out.print(f"{line.story}")
        out.print(_points(line.points, "  "))
        out.print()


def _print(rows: Sequence[Any], format_: str) -> None:
    names = [f.name for f in fields(rows[0])]
    if format_ == "json":
        click.echo(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1).encode())
    elif format_ == "csv":
        _csv(names, [list(asdict(row).values()) for row in rows])
    else:
        shown = [
            n
            for n in ("at", "first", "last", "person_name", "speaker_name", "role", "organisation", "tense", "content")
            if n in names
        ]
        table = Table(*shown, box=None, pad_edge=False)
        for row in rows:
            table.add_row(*(short(str(getattr(row, n) or ""), 80) for n in shown))
        out.print(table)


def _csv(names: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    from kg.export import cell

    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([[cell(value) for value in row] for row in rows])
    click.echo(text.getvalue().encode(), nl=False)

"""Tables in a text: lines of cells between bars, tabs or wide gaps, of which whole columns are numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.english.calendar import MONTHS, SHORT
from kg.english.lists import alternation
from kg.model import Span

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_MAYBE = re.compile(r"[|\t]|\S {2,}\S")
_RULE = re.compile(r"[\s|+:=_─━┼-]{3,}")
_GAP = re.compile(r"\t|\s{2,}")
_FEWEST_ROWS = 2
_MOST_CELLS = 40
_LONGEST_CELL = 120  # characters
_LONGEST_TITLE = 160
_PERIOD = re.compile(
    r"(?:(?:fy|q[1-4]|h[12]|first half|second half|first quarter|second quarter|third quarter|fourth quarter|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?)[\s,]*(?:of )?)?(?:\d{1,2}[\s,]+)?(?:fy\s?)?"
    r"(?:1[89]|20)\d\d(?:\s?[-–/]\s?(?:\d\d|(?:1[89]|20)\d\d))?",
    re.IGNORECASE,
)
_MONTH = re.compile(rf"\s?(?:{alternation((*MONTHS, *SHORT))})\b", re.IGNORECASE)
NUMBER = re.compile(
    r"(?P<bound>[~≈<>≤≥]|about|at least|more than|over|up to)?\s*"
    r"(?P<open>\()?(?P<before>[^\d\s(),.+−–-]{1,4}\s?)?(?P<sign>[-−–+])?(?P<sign_of>[^\d\s(),.+−–-]{1,4}\s?)?"
    r"(?P<number>\d{1,3}(?:[,\u00a0\u202f\u2009 ]\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
    r"(?P<close>\))?(?P<plus>\+)?(?P<behind>\s?%|\s?[^\W\d_]{1,12}(?:[ /][a-z]{1,10}){0,2})?\s*(?:[*†‡¹²³]+|\[\w{1,3}\])?"
)
"""A cell that is a number, with its bound, its sign and what stands around it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table and its cells, without the space around them; ``None`` for an empty cell."""

    span: Span
    cells: tuple[Span | None, ...]

    def words(self, text: str, column: int) -> str:
        """What stands in the cell of a column."""
        cell = self.cells[column]
        return cell.of(text) if cell is not None else ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its title, if a line right above is one, the heads of its columns (none where it has no row of heads),
    and its rows. ``span`` covers title, heads and rows.
    """

    span: Span
    title: Span | None
    heads: tuple[Row, ...]
    rows: tuple[Row, ...]


def find(text: str) -> tuple[Table, ...]:
    """The tables of a text in order: two rows or more of as many cells, of which a column is numbers.

    >>> text = "Deaths by region\\nRegion | Deaths\\nOsh | 1,240\\nNaryn | 31\\n\\nIt rained."
    >>> [(len(t.heads), [[r.words(text, i) for i in (0, 1)] for r in t.rows]) for t in find(text)]
    [(1, [['Osh', '1,240'], ['Naryn', '31']])]
    >>> find("Home | News | Sport\\nWorld | Europe | Asia")
    ()
    """
    if not _MAYBE.search(text):
        return ()
    found = (_table(text, run, above) for run, above in _runs(text))
    return tuple(table for table in found if table is not None)


def is_number(cell: str) -> bool:
    """Whether a cell is a number and nothing else.

    >>> [is_number(cell) for cell in ("1,240", "$3.4m", "(120)", "48.3%", "14 May", "Osh", "-")]
    [True, True, True, True, False, False, False]
    """
    match = NUMBER.fullmatch(cell)
    return match is not None and _MONTH.match(match["behind"] or "") is None


def is_period(cell: str) -> bool:
    """Whether a cell tells a year, or a part of one, and nothing else: "2023", "Q1 2023", "2022-23".

    >>> [is_period(cell) for cell in ("2023", "Q1 2023", "2,023", "FY2022", "14 May 2022", "Deaths 2023")]
    [True, True, False, True, False, False]
    """
    return _PERIOD.fullmatch(cell) is not None


def _runs(text: str) -> Iterator[tuple[list[Row], Span | None]]:
    """Lines of cells that follow one another, all parted alike, each run with the line right above it."""
    run: list[Row] = []
    kind, last = "", 0
    above: Span | None = None
    before: Span | None = None
    for match in _LINE.finditer(text):
        line = match[0]
        if run and _RULE.fullmatch(line) and line.strip():
            last = match.end()
            continue
        own, cells = _cells(line, match.start())
        close = not text[last : match.start()].strip() and text.count("\n", last, match.start()) <= 1
        if not line.strip():
            continue
        goes_on = bool(run) and own == kind and close and bool(cells)
        if run and not goes_on:
            yield run, above
            run = []
        span = _stripped(line, match.start())
        if cells and span is not None:
            if not run:
                kind, above = own, before
            run.append(Row(span, cells))
        before, last = span, match.end()
    if run:
        yield run, above


def _cells(line: str, start: int) -> tuple[str, tuple[Span | None, ...]]:
    """How a line is parted and its cells; none where it is no row."""
    if "|" in line:
        left = len(line) - len(line.lstrip().removeprefix("|"))
        right = len(line.rstrip().removesuffix("|"))
        parts, kind, ends = line[left:right].split("|"), "|", 1
    elif "\t" in line.strip():
        left = 0
        parts, kind, ends = line.rstrip("\r\n").split("\t"), "\t", 1
    elif re.search(r"\S {2,}\S", line):
        return _gapped(line, start)
    else:
        return "", ()
    if not 2 <= len(parts) <= _MOST_CELLS or max(map(len, parts)) > _LONGEST_CELL:
        return "", ()
    cells, at = [], start + left
    for part in parts:
        cells.append(_stripped(part, at))
        at += len(part) + ends
    return kind, tuple(cells)


def _gapped(line: str, start: int) -> tuple[str, tuple[Span | None, ...]]:
    cells: list[Span] = []
    at = len(line) - len(line.lstrip())
    for gap in _GAP.finditer(line.rstrip(), at):
        cells.append(Span(start + at, start + gap.start()))
        at = gap.end()
    cells.append(Span(start + at, start + len(line.rstrip())))
    fits = 2 <= len(cells) <= _MOST_CELLS and max(c.end - c.start for c in cells) <= _LONGEST_CELL
    return ("gap", tuple(cells)) if fits else ("", ())


def _stripped(part: str, at: int) -> Span | None:
    inner = part.strip()
    start = at + len(part) - len(part.lstrip())
    return Span(start, start + len(inner)) if inner else None


def _table(text: str, run: Sequence[Row], above: Span | None) -> Table | None:
    """The table of a run of lines, or ``None`` where no column of it is numbers."""
    lengths = [len(row.cells) for row in run]
    width = max(set(lengths), key=lambda n: (lengths.count(n), n))
    title = above
    while run and width > 1 and len(only := [c for c in run[0].cells if c is not None]) == 1:
        title, run = only[0], run[1:]
    rows = [padded for row in run if (padded := _padded(row, width)) is not None]
    heads = 0
    while heads < len(rows) and _is_head(text, rows[heads], rows[heads + 1 :]):
        heads += 1
    body = rows[heads:]
    if len(body) < (_FEWEST_ROWS if heads == 0 else 1) or heads > 2 or not _has_numbers(text, body, width):
        return None
    short = title is not None and title.end - title.start <= _LONGEST_TITLE
    near = short and title is not None and text.count("\n", title.end, run[0].span.start) == 1
    inside = title is not None and title is not above
    named = title if near or inside else None
    return Table(Span((named or rows[0].span).start, body[-1].span.end), named, tuple(rows[:heads]), tuple(body))


def _padded(row: Row, width: int) -> Row | None:
    """A row with as many cells as the table has columns: the heads above a column of labels may leave out its own."""
    missing = width - len(row.cells)
    if missing == 0:
        return row
    if missing == 1:
        return Row(row.span, (None, *row.cells))
    return None


def _is_head(text: str, row: Row, below: Sequence[Row]) -> bool:
    """Whether a row tells what stands below it: no numbers, or years above what are none."""
    cells = [c.of(text) for c in row.cells[1:] if c is not None]
    if not cells or not below:
        return False
    if all(is_period(cell) or not is_number(cell) for cell in cells):
        years = [i for i in range(1, len(row.cells)) if is_period(row.words(text, i))]
        return not years or not all(is_period(r.words(text, i)) for r in below for i in years)
    return False


def _has_numbers(text: str, body: Sequence[Row], width: int) -> bool:
    for i in range(1, width):
        cells = [row.words(text, i) for row in body]
        if 2 * sum(map(is_number, cells)) >= max(len(cells), 2):
            return True
    return False

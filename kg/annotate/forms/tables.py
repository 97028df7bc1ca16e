"""Tables → figures: each cell of numbers with what its column or its row counts, where, whose, and as of when.

Precision before recall: where neither heads nor labels nor title tell what is counted, and in tables of a league, nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.annotate.forms.cells import Hint, amount, hint
from kg.annotate.forms.measures import Counted, counted, titled
from kg.english.calendar import resolve
from kg.english.lists import alternation, classed, listed
from kg.english.paragraphs.tables import Row, Table, is_number, is_period
from kg.model import Block, BlockKind, Comparator, DateMention, EntityType, Figure, Form, Mention, Span

_TOTAL = re.compile(rf"(?:{alternation(listed('table_words', 'total'))})\b", re.IGNORECASE)
_PART = re.compile(rf"(?:[-–—•]\s*)?(?:{alternation(listed('table_words', 'part'))})\b[\s:]*", re.IGNORECASE)
_LEAGUE = frozenset(listed("table_words", "league"))
_RANK = frozenset(listed("table_words", "rank"))
_MONEY = frozenset(listed("table_words", "money"))
_TIME = frozenset(listed("table_words", "time"))
_PLACES = frozenset(listed("table_words", "place"))
_SIDES = frozenset(listed("table_words", "side"))
_CHANGE = re.compile(rf"(?<!\w)(?:{alternation(listed('table_words', 'change'))})(?!\w)", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d(?:\s?[-–/]\s?(?:\d\d(?:\d\d)?))?\b")
_PERIOD_LEAD = re.compile(r"^(?:fy)\s?", re.IGNORECASE)
_QUARTERS = {"q1": "first quarter of", "q2": "second quarter of", "q3": "third quarter of", "q4": "fourth quarter of", "h1": "first half of", "h2": "second half of"}  # fmt: skip
_IN_LEAGUE = 3
_LONGEST_NAME = 6  # words


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the article with the index of its block and of the column of its labels."""

    text: str
    table: Table
    block: int
    label: int

    def head(self, column: int) -> str:
        """The words above a column, from the upper row of heads to the lower."""
        return " ".join(dict.fromkeys(w for row in self.table.heads if (w := row.words(self.text, column))))

    def head_span(self, column: int) -> Span | None:
        return self.table.heads[-1].cells[column]

    def title(self) -> str:
        return self.table.title.of(self.text) if self.table.title is not None else ""

    def columns(self) -> Iterator[int]:
        """The columns of which at least half are numbers, and that are no years, ranks or changes."""
        for i in range(len(self.table.rows[0].cells)):
            cells = [c for row in self.table.rows if (c := row.words(self.text, i))]
            numbers = sum(map(is_number, cells))
            head = self.head(i).lower() if self.table.heads else ""
            core = head.strip(" .:")
            if i == self.label or not cells or 2 * numbers < len(cells):
                continue
            if core in _RANK or core in _TIME or _CHANGE.search(core):
                continue
            yield i


def grids(text: str, tables: Sequence[Table], blocks: Sequence[Block]) -> tuple[Grid, ...]:
    """The tables of an article that may tell figures."""
    index = {b.span: i for i, b in enumerate(blocks) if b.kind is BlockKind.TABLE}
    found = []
    for table in tables:
        heads = [c.of(text).lower().strip(".") for row in table.heads for c in row.cells if c is not None]
        league = sum(head in _LEAGUE for head in heads)
        if table.span in index and league < _IN_LEAGUE:
            found.append(Grid(text, table, index[table.span], _labels(text, table)))
    return tuple(found)


def _labels(text: str, table: Table) -> int:
    """The column of labels: the first of which most cells are words, or years in a series over time."""
    for i in range(len(table.rows[0].cells)):
        cells = [c for row in table.rows if (c := row.words(text, i))]
        head = table.heads[-1].words(text, i).lower().strip(" .") if table.heads else ""
        if head in _RANK:
            continue
        if cells and 2 * sum(is_number(c) and not is_period(c) for c in cells) < len(cells):
            return i
    return 0


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def named(found: Sequence[Grid], mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, with the labels of a column whose head says that they are places or sides, or of which most are places."""
    out = list(mentions)
    for grid in found:
        kind = _kind(grid, out)
        if kind is None:
            continue
        for row in grid.table.rows:
            label = row.cells[grid.label]
            words = label.of(grid.text) if label is not None else ""
            if label is None or not _is_name(words) or _TOTAL.match(words) or _PART.match(words):
                continue
            own = [m for m in out if label.contains(m.span)]
            if any(m.span == label and m.type.family is kind for m in own) or (own and kind is not EntityType.PLACE):
                continue
            if any(m.type.family is EntityType.PLACE and m.form is Form.NAME for m in own):
                continue
            out = [m for m in out if m not in own]
            out.append(Mention(label, kind, Form.NAME, " ".join(words.split()), block=grid.block))
    return sorted(out, key=lambda m: (m.span.start, m.span.end)) if found else out


def _kind(grid: Grid, mentions: Sequence[Mention]) -> EntityType | None:
    head = grid.head(grid.label).lower().split("/")[0].split(" (")[0].strip() if grid.table.heads else ""
    if head in _PLACES:
        return EntityType.PLACE
    if head in _SIDES and head not in ("candidate", "name"):
        return EntityType.ORGANISATION
    labels = [row.cells[grid.label] for row in grid.table.rows]
    places = {m.span for m in mentions if m.type.family is EntityType.PLACE}
    known = sum(label in places for label in labels)
    return EntityType.PLACE if known >= 2 and 2 * known > len(labels) else None


def _is_name(words: str) -> bool:
    parts = words.split()
    return 0 < len(parts) <= _LONGEST_NAME and parts[0][:1].isupper() and not any(c.isdigit() for c in words)


def lines(found: Sequence[Grid]) -> list[Span]:
    """The rows of the tables, as the sentences in which their figures stand."""
    return [row.span for grid in found for row in grid.table.rows]


# ── figures ────────────────────────────────────────────────────────────────────────────────────────────────────────


def find(
    found: Sequence[Grid],
    *,
    mentions: Sequence[Mention],
    dates: Sequence[DateMention],
    published: str | None,
    first: int,
) -> list[Figure]:
    """The figures of the tables in order; ``total`` indexes into the figures of the article, of which ``first`` come before."""
    out: list[Figure] = []
    for grid in found:
        inside = [m for m in mentions if grid.table.span.contains(m.span)]
        days = [d for d in dates if grid.table.span.contains(d.span)]
        reader = _Reader(grid, inside, _as_of(grid, days, published), published)
        out.extend(reader.figures(first + len(out)))
    return out


def _as_of(grid: Grid, days: Sequence[DateMention], published: str | None) -> str | None:
    """The date that the title tells, of all numbers below."""
    title = grid.table.title
    if title is None:
        return None
    own = [d.edtf for d in days if title.contains(d.span)]
    year = _YEAR.search(title.of(grid.text))
    return own[0] if own else _period(year[0], published) if year else None


def _period(words: str, published: str | None) -> str | None:
    """The EDTF value of a head or a label that is a period: "Q1 2023", "2022-23", "May 2021"."""
    clean = _PERIOD_LEAD.sub("", " ".join(words.split()))
    first, _, rest = clean.partition(" ")
    if first.lower() in _QUARTERS and rest:
        clean = f"the {_QUARTERS[first.lower()]} {rest}"
    return resolve(clean, published=published)


class _Reader:
    """Reads the figures of one table."""

    def __init__(self, grid: Grid, mentions: Sequence[Mention], as_of: str | None, published: str | None) -> None:
        self._grid, self._text, self._published, self._as_of = grid, grid.text, published, as_of
        self._mentions = sorted((m for m in mentions if m.form is Form.NAME), key=lambda m: m.span)
        self._title = titled(grid.title())
        head = grid.head(grid.label) if grid.table.heads else ""
        self._told = hint(grid.title()).over(hint(head)) if _tells_unit(grid.title()) or _tells_unit(head) else Hint()

    def figures(self, first: int) -> list[Figure]:
        grid = self._grid
        columns = list(grid.columns())
        heads = self._heads(columns) if grid.table.heads else dict.fromkeys(columns)
        by_column = any(found is not None for found in heads.values())
        labels = [None if by_column else self._counted(self._label(row)) for row in grid.table.rows]
        if not by_column and not any(labels) and self._title is None:
            return []
        out: list[Figure] = []
        for i in columns:
            if by_column and heads[i] is None and not (self._title and is_period(grid.head(i))):
                continue
            own = [(at, row, heads[i] or labels[at]) for at, row in enumerate(grid.table.rows)]
            if not by_column and not any(labels):
                own = [(at, row, None) for at, row in enumerate(grid.table.rows)]
            made = [(row, f) for _, row, what in own if (f := self._figure(row, i, what, by_column)) is not None]
            out.extend(self._linked(made, first + len(out), whole=by_column or not any(labels)))
        return out

    def _heads(self, columns: Sequence[int]) -> dict[int, Counted | None]:
        """What each column counts; a column of shares those of what the column before counts, or the title."""
        found: dict[int, Counted | None] = {}
        last: Counted | None = None
        for i in columns:
            what = counted(self._grid.head(i)) if self._grid.head(i) else None
            if what is not None and what.share:
                whole = last or self._title
                what = replace(whole, unit="percent", told=what.told) if whole is not None else None
            else:
                last = what or last
            found[i] = what
        return found

    def _label(self, row: Row) -> str:
        return row.words(self._text, self._grid.label)

    def _counted(self, words: str) -> Counted | None:
        part = _PART.match(words)
        found = counted(words[part.end() :] if part else words) if words else None
        return None if found is not None and found.share else found

    def _figure(self, row: Row, column: int, what: Counted | None, by_column: bool) -> Figure | None:
        """The figure of a cell; none where the cell is no number or nothing tells what it counts."""
        grid, cell, label = self._grid, row.cells[column], self._label(row)
        by_title = what is None
        if by_title and (self._title is None or not label or not grid.table.heads):
            return None
        what = what or self._title
        assert what is not None
        money = self._told.kind == "money" and what.population.split()[-1:] and what.population.split()[-1] in _MONEY
        told = (
            what.told.over(self._told)
            if money or what.unit in ("", what.told.unit)
            else Hint(factor=self._factor(what))
        )
        found = amount(cell.of(self._text), told) if cell is not None else None
        if cell is None or found is None or (not label and by_column):
            return None
        unit = found.hint.unit or what.unit
        if not unit or (unit == "people" and not float(found.value).is_integer()):
            return None
        head = grid.head(column) if grid.table.heads else ""
        figure = Figure(
            span=Span(cell.start + found.start, cell.start + found.end),
            number=Span(cell.start + found.digits[0], cell.start + found.digits[1]), value=found.value,
            low=None if found.comparator in (Comparator.LESS, Comparator.AT_MOST) else found.value,
            high=None if found.comparator in (Comparator.MORE, Comparator.AT_LEAST) else found.value,
            comparator=found.comparator, unit=unit, unit_text=found.hint.wording, population=what.population,
            event=what.event, as_of=self._when(head, label), per=what.per, block=grid.block,
            concepts=tuple(what.population.split()),
        )  # fmt: skip
        return self._placed(figure, row, column, by_column=by_column or (by_title and not is_period(label)))

    def _factor(self, what: Counted) -> float:
        return what.told.factor if what.told.factor != 1.0 else self._told.factor if not self._told.unit else 1.0

    def _when(self, head: str, label: str) -> str | None:
        for words in (head, label):
            year = _YEAR.search(words)
            if is_period(words.strip()) or (words is head and year is not None):
                return _period(words.strip() if is_period(words.strip()) else year[0], self._published)  # type: ignore[index]
        return self._as_of

    def _placed(self, figure: Figure, row: Row, column: int, *, by_column: bool) -> Figure:
        """The figure with the place or the side that its row (or, where rows say what is counted, its column) is about."""
        span = row.cells[self._grid.label] if by_column else None
        if not by_column and self._grid.table.heads and not is_period(self._grid.head(column)):
            span = self._grid.head_span(column)
        words = span.of(self._text) if span is not None else ""
        if span is None or not words or _TOTAL.match(words) or is_period(words):
            return replace(figure, places=self._of_title())
        part = _PART.match(words)
        inside = [m for m in self._mentions if span.contains(m.span)]
        if part is not None and not inside:
            rest = words[part.end() :].strip(" :")
            return replace(figure, population=rest.lower() or figure.population, places=self._of_title())
        places = tuple(m.span for m in inside if m.type.family is EntityType.PLACE)
        if places and places[0].start == span.start:
            return replace(figure, places=places[:1])
        if inside or _is_side(words):
            return replace(figure, whose=span, places=self._of_title())
        narrow = f"{figure.population} ({words.lower()})" if figure.population else words.lower()
        return replace(figure, population=narrow, places=self._of_title())

    def _of_title(self) -> tuple[Span, ...]:
        title = self._grid.table.title
        found = [
            m.span
            for m in self._mentions
            if title is not None and title.contains(m.span) and m.type.family is EntityType.PLACE
        ]
        return tuple(found[:1])

    def _linked(self, made: Sequence[tuple[Row, Figure]], first: int, *, whole: bool) -> list[Figure]:
        """The figures of a column, each tied to the total that it is a part of: the row of totals, or the row above for "of whom"."""
        figures = [f for _, f in made]
        labels = [self._label(row) for row, _ in made]
        totals = [at for at, words in enumerate(labels) if _TOTAL.match(words)] if whole else []
        total = totals[-1] if totals else None
        above: int | None = None
        for at, words in enumerate(labels):
            if _PART.match(words):
                if above is not None and _holds(figures[above], figures[at]):
                    event = figures[at].event or figures[above].event
                    figures[at] = replace(figures[at], total=first + above, event=event)
                continue
            above = at
            if total is not None and at != total and _holds(figures[total], figures[at]) and not _TOTAL.match(words):
                figures[at] = replace(figures[at], total=first + total)
        return figures


def _holds(whole: Figure, part: Figure) -> bool:
    counts = whole.unit == part.unit and whole.unit != "percent" and not whole.per
    return counts and whole.value is not None and part.value is not None and 0 <= part.value <= whole.value


def _tells_unit(words: str) -> bool:
    """Whether words tell in what numbers are given, in brackets, behind a comma or with "in"."""
    return bool(re.search(r"\(|,|\bin\b|[$€£%]", words, re.IGNORECASE)) and bool(hint(words))


def _is_side(words: str) -> bool:
    """Whether a label is the name of one who has what is counted, and no kind of people or things."""
    parts = [w for w in words.split() if len(w) > 3 or w.isupper()]
    known = {w.lower() for w in parts} & classed("people", "noun")
    return (
        bool(parts) and _is_name(words) and all(w[:1].isupper() for w in parts) and not known and len(words.split()) > 1
    )


__all__ = ["Grid", "find", "grids", "lines", "named"]

"""A file → a gazetteer: rows are checked one by one, rows of one actor put together, what cannot be used told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg import untrusted
from kg.annotate.gazetteer.gazetteer import Gazetteer
from kg.annotate.gazetteer.rows import Row, RowError, body_entry, check
from kg.annotate.gazetteer.tables import LONGEST_LINE, Tables
from kg.errors import ReadError, UsageError, expect
from kg.model import Listed, ListedOffice, ListSource, Problem

_TOLD = 20  # rows that cannot be used; of more only their number is told


def load(path: str | Path, *, name: str | None = None) -> Gazetteer:
    """The names of a file: CSV with the columns name, aliases, type, office, body, from, until, wikidata; JSON Lines with the
    same keys; or entities of FollowTheMoney. ``name`` is what the file is called where it is a copy.

    Rows that cannot be used are left out and listed in ``problems``. Raises ``UsageError`` where the file holds no list.
    """
    expect(path, str | Path, "A list of names is read from the path of a file")
    called = name or Path(path).name
    digest = hashlib.sha256()
    try:
        with untrusted.opened(path) as file:
            tables = Tables(_lines(untrusted.chunks(file), digest))
            building = _Building(called)
            for row in tables.rows():
                building.add(row)
    except ReadError as error:
        raise UsageError(f"The list of names {called} cannot be used: {error}") from error
    problems = sorted(
        [*tables.problems, *building.problems], key=lambda p: int(p.where.removeprefix("line ").partition(" ")[0])
    )
    if not building.entries:
        first = f": {problems[0].where}: {problems[0].reason}" if problems else "."
        raise UsageError(f"The list of names {called} holds no name that can be used{first}")
    listed = [replace(p, where=f"{called}, {p.where}") for p in problems[:_TOLD]]
    if len(problems) > _TOLD:
        listed.append(Problem(called, f"{len(problems) - _TOLD:,} further rows cannot be used."))
    found = building.housed()
    notes = [f"{called}: {note}" for note in tables.notes]
    return Gazetteer(found, ListSource(called, digest.hexdigest()), problems=tuple(listed), notes=tuple(notes))


def _lines(pieces: Iterator[bytes], digest: hashlib._Hash) -> Iterator[str]:
    def counted() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    for number, line in enumerate(untrusted.lines(counted(), most=LONGEST_LINE)):
        text = line.removeprefix(b"\xef\xbb\xbf") if number == 0 else line
        if b"\0" in text:
            yield "\udc00"  # as bytes that are no UTF-8: what follows in UTF-16 is none either
        else:
            yield text.decode("utf-8", "surrogateescape").removesuffix("\r") + "\n"


class _Building:
    """The entries so far, by id; rows of one id are one actor."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.entries: dict[str, Listed] = {}
        self._offices: dict[str, list[ListedOffice]] = {}
        self.problems: list[Problem] = []

    def add(self, row: Row) -> None:
        where = row.where
        try:
            found = check(row, self._file)
        except RowError as error:
            self.problems.append(Problem(where, str(error)))
            return
        self.problems += (Problem(where, reason) for reason in found.left)
        entry = found.entry
        known = self.entries.get(entry.id)
        if known is None:
            self.entries[entry.id] = entry
        elif known.type is not entry.type:
            self.problems.append(
                Problem(
                    where,
                    f"{entry.id} is of the type {entry.type.value} here, and of the type {known.type.value} in {known.source}.",
                )
            )
            return
        elif (known.name, known.aliases, known.weak) != (entry.name, entry.aliases, entry.weak):
            names = dict.fromkeys((*known.aliases, entry.name, *entry.aliases))
            names.pop(known.name, None)
            weak = dict.fromkeys((*known.weak, *entry.weak))
            self.entries[entry.id] = replace(known, aliases=tuple(names), weak=tuple(weak))
        if found.office is not None:
            offices = self._offices.setdefault(entry.id, [])
            if found.office not in offices:
                offices.append(found.office)

    def housed(self) -> list[Listed]:
        """All entries, the bodies of offices among them: those of the list by their name, the others as entries of their own."""
        by_name: dict[str, str | None] = {}
        wanted = {o.body.casefold() for held in self._offices.values() for o in held if o.body}
        for entry in self.entries.values():
            for name in (entry.name, *entry.aliases):
                folded = name.casefold()
                if folded in wanted and entry.type.value != "person":
                    by_name[folded] = entry.id if by_name.get(folded, entry.id) == entry.id else None
        for holder, held in self._offices.items():
            source = self.entries[holder].source
            offices = []
            for office in held:
                body = by_name.get(office.body.casefold()) if office.body else None
                if office.body and body is None and office.body.casefold() not in by_name:
                    made = body_entry(office.body, source)
                    if made is not None:
                        self.entries.setdefault(made.id, made)
                        by_name[office.body.casefold()] = body = made.id
                offices.append(replace(office, body=body))
            self.entries[holder] = replace(self.entries[holder], offices=tuple(offices))
        return list(self.entries.values())

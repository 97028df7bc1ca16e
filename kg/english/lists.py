"""The word lists under ``words/``: tab-separated, ``#`` begins a note, the first other line names the columns. Read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def _lines(name: str) -> tuple[tuple[str, ...], ...]:
    text = files("kg.english").joinpath("words").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line and not line.startswith("#"))


def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of the list ``words/{name}.tsv``, without its column names."""
    return _lines(name)[1:]


@cache
def records(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a list by its column names; cells that a row leaves out are empty."""
    columns, *found = _lines(name)
    return tuple(dict(zip(columns, (*row, *[""] * len(columns)), strict=False)) for row in found)


@cache
def classed(name: str, kind: str) -> frozenset[str]:
    """The words of one class in a list whose first two columns are word and class."""
    return frozenset(row[0] for row in rows(name) if row[1] == kind)


def entries(cell: str, *, by: str = "|") -> tuple[str, ...]:
    """The entries of one cell.

    >>> entries("Britain|Great Britain|")
    ('Britain', 'Great Britain')
    """
    return tuple(word for word in cell.split(by) if word)


@cache
def groups(name: str, key: str, value: str = "words") -> dict[str, frozenset[str]]:
    """The entries of a column by another, in lower case: ``{"office": {"minister", …}, …}``."""
    found: dict[str, set[str]] = {}
    for row in records(name):
        found.setdefault(row[key], set()).update(word.lower() for word in entries(row[value]))
    return {kind: frozenset(words) for kind, words in found.items()}


@cache
def listed(name: str, kind: str) -> tuple[str, ...]:
    """The words of one kind in a list with the columns kind and words, as they are written and in their order.

    >>> listed("office_words", "led")
    ('headed', 'led', 'chaired')
    """
    return tuple(word for row in records(name) if row["kind"] == kind for word in entries(row["words"]))


def alternation(words: Iterable[str]) -> str:
    """The words as alternatives of a regular expression, the longest first.

    >>> alternation(["ton", "oz.", "tonne"])
    'tonne|oz\\\\.|ton'
    """
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def longest_by_start(names: Iterable[str]) -> dict[str, int]:
    """How many words the longest of the names has, by the word that it starts with (a possessive's owner too).

    >>> longest_by_start(["Cox's Bazar", "Cape Town", "Cape of Good Hope"])
    {"Cox's": 2, 'Cox': 2, 'Cape': 4}
    """
    found: dict[str, int] = {}
    for name in names:
        parts = name.split()
        for first in dict.fromkeys((parts[0], parts[0].removesuffix("'s"))):
            found[first] = max(found.get(first, 0), len(parts))
    return found

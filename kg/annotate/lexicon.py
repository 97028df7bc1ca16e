"""Reading the word lists under ``data/``: tab-separated, a comment after ``#``, a first row of column names."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of one list, without comments and column names."""
    text = files("kg.annotate").joinpath("data").joinpath(name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(line.split("\t")) for line in lines[1:])


@cache
def words(name: str, kind: str) -> frozenset[str]:
    """The words of one class in a list of two columns, word and class."""
    return frozenset(row[0] for row in rows(name) if row[1] == kind)

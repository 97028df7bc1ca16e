"""The word lists under ``data``: read once, kept as they are asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table ``data/{name}.tsv`` by the column names of its first line; lines with ``#`` are notes."""
    text = files("kg.annotate").joinpath("data").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(dict(zip(lines[0], (*line, *[""] * len(lines[0])), strict=False)) for line in lines[1:])


def words(cell: str, *, by: str = "|") -> tuple[str, ...]:
    """The entries of one cell.

    >>> words("Britain|Great Britain|")
    ('Britain', 'Great Britain')
    """
    return tuple(word for word in cell.split(by) if word)


def plural(word: str) -> str:
    """The regular plural of an English noun, of the last word of a compound.

    >>> [plural(w) for w in ("official", "deputy", "boss", "spokesman")]
    ['officials', 'deputies', 'bosses', 'spokesmen']
    """
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


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


@cache
def groups(name: str, key: str, value: str = "words") -> dict[str, frozenset[str]]:
    """The table's words by their ``key``, in lower case: ``{"office": {"minister", …}, …}``."""
    found: dict[str, set[str]] = {}
    for row in rows(name):
        found.setdefault(row[key], set()).update(word.lower() for word in words(row[value]))
    return {kind: frozenset(entries) for kind, entries in found.items()}

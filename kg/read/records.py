"""JSON Lines and tables: one article a line or row, ``text`` kept as it is, so that offsets into it hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg import untrusted
from kg.errors import ReadError, fault
from kg.model import Article, Problem
from kg.read.decoding import decode
from kg.read.metadata import Given, article

# Of a line: an article of the greatest length with each character escaped, and as much beside it.
_LONGEST = 16_000_000
# Of a JSON file: each value takes up to 70 bytes of memory, and 64 million bytes of text may hold 30 million.
_MOST_VALUES = 5_000_000
_REMEMBERED = 1_000_000  # ids of a file; one that comes again later is in the store by then, and is left as it is


def records(pieces: Iterable[bytes], given: Given, *, where: str) -> Iterator[Article | Problem]:
    """Article by article, or the ``Problem`` of a line; a bad line never stops the others.

    A record has ``text``, perhaps ``id``, and metadata beside them or under ``meta`` or ``metadata``. ``pieces`` are the
    bytes of the file, cut anywhere. Lines end at ``\\n`` only: other line separators are allowed inside JSON strings.
    """
    lines = enumerate(untrusted.lines(pieces, most=_LONGEST), 1)
    yield from numbered(((number, _loaded(line)) for number, line in lines if line.strip()), given, where)


def json_file(raw: bytes, given: Given, *, where: str) -> Iterator[Article | Problem]:
    """A ``.json`` file: one record, a list of records, or JSON Lines under that ending."""
    if sum(map(raw.count, (b",", b"[", b"{"))) > _MOST_VALUES:
        raise ReadError(f"It holds more than {_MOST_VALUES:,} values; write one article a line into a .jsonl file.")
    try:
        whole = json.loads(decode(raw))
    except (ValueError, RecursionError):
        whole = None
    items = whole if isinstance(whole, list) else [whole] if isinstance(whole, dict) else None
    yield from records([raw], given, where=where) if items is None else numbered(enumerate(items, 1), given, where)


def table(raw: bytes, given: Given, *, where: str) -> Iterator[Article | Problem]:
    """A ``.csv`` or ``.tsv`` file with a line of heads: one article a row, ``text`` and the metadata in columns of their names.

    Raises ``ReadError`` where no column is ``text``.
    """
    whole = decode(raw)
    first = whole.lstrip("\ufeff").partition("\n")[0]
    mark = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(whole.lstrip("\ufeff"), newline=""), delimiter=mark)
    heads = [str(head).strip().lower() for head in rows.fieldnames or ()]
    if "text" not in heads:
        raise ReadError("It is a table without a column “text”; give the articles under that head, one a row.")
    rows.fieldnames = heads
    yield from numbered(((rows.line_num, row) for row in _told(rows)), given, where)


def _told(rows: Iterator[dict[str | Any, str | Any]]) -> Iterator[dict[str, str] | ReadError]:
    """The rows of a table, up to one that cannot be told from the next."""
    try:
        for row in rows:
            yield {k: v for k, v in row.items() if isinstance(k, str) and isinstance(v, str) and v.strip()}
    except csv.Error as error:
        yield ReadError(f"it cannot be read as a row of a table ({error}).")


def numbered(items: Iterable[tuple[int, object]], given: Given, where: str) -> Iterator[Article | Problem]:
    """The article of each numbered line that was loaded, or why there is none."""
    seen: dict[int, int] = {}  # by the hash of an id: of millions only so many are remembered
    for number, item in items:
        try:
            found = _article(item, given)
            if hash(found.id) in seen:
                raise ReadError(f"its id “{found.id}” is that of line {seen[hash(found.id)]}.")
        except ReadError as error:
            reason = str(error)[:1].lower() + str(error)[1:]
        except Exception as error:  # noqa: BLE001 - one line that kg stumbles over must not take the others with it
            reason = fault(error)
        else:
            if len(seen) >= _REMEMBERED:
                seen.clear()
            seen[hash(found.id)] = number
            yield found
            continue
        yield Problem(f"{where}:{number}", f"Line {number} was left out: {reason}")


def _loaded(line: bytes) -> object:
    """What stands in a line, or the ``ReadError`` that says why it cannot be told."""
    if len(line) > _LONGEST:
        return ReadError(f"it has more than {_LONGEST:,} bytes.")
    try:
        return json.loads(decode(line))
    except ReadError as error:
        return error
    except json.JSONDecodeError as error:
        return ReadError(f"it is not JSON ({error.msg} at character {error.pos + 1}).")
    except ValueError:  # Python refuses to read a number of thousands of digits
        return ReadError("a number in it has too many digits.")
    except RecursionError:
        return ReadError("its JSON is nested too deeply.")


def _article(record: object, given: Given) -> Article:
    if isinstance(record, ReadError):
        raise record
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ReadError("it has no “text”.")
    own: dict[str, object] = {}
    for name in ("meta", "metadata"):
        if isinstance(record.get(name), dict):
            own.update(record[name])
    own.update({k: v for k, v in record.items() if k not in ("meta", "metadata", "text")})
    return article(record["text"], own, given)

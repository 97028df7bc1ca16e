"""JSON Lines: one article a line, ``text`` kept as it is, so that offsets into it hold."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from kg.errors import ReadError
from kg.model import Article, Problem
from kg.read.decoding import decode
from kg.read.metadata import Given, article


def records(lines: Iterable[bytes], given: Given, *, where: str) -> Iterator[Article | Problem]:
    """Article by article, or the ``Problem`` of a line; a bad line never stops the others.

    A record has ``text``, perhaps ``id``, and metadata beside them or under ``meta`` or ``metadata``. ``lines`` end at
    ``\\n`` only: other line separators are allowed inside JSON strings.
    """
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            found = _record(line, given)
            if found.id in seen:
                raise ReadError(f"its id “{found.id}” is that of line {seen[found.id]}.")
        except ReadError as error:
            reason = str(error)[:1].lower() + str(error)[1:]
            yield Problem(f"{where}:{number}", f"Line {number} was left out: {reason}")
            continue
        seen[found.id] = number
        yield found


def json_file(raw: bytes, given: Given, *, where: str) -> Iterator[Article | Problem]:
    """A ``.json`` file: one record, a list of records, or JSON Lines under that ending."""
    try:
        whole = json.loads(decode(raw))
    except (json.JSONDecodeError, RecursionError):
        whole = None
    items = whole if isinstance(whole, list) else [whole] if isinstance(whole, dict) else None
    lines = raw.split(b"\n") if items is None else [json.dumps(item).encode() for item in items]
    yield from records(lines, given, where=where)


def _record(line: bytes, given: Given) -> Article:
    try:
        record = json.loads(decode(line))
    except json.JSONDecodeError as error:
        raise ReadError(f"it is not JSON ({error.msg} at character {error.pos + 1}).") from error
    except RecursionError as error:
        raise ReadError("its JSON is nested too deeply.") from error
    if not isinstance(record, dict) or not isinstance(record.get("text"), str):
        raise ReadError("it has no “text”.")
    own: dict[str, object] = {}
    for name in ("meta", "metadata"):
        if isinstance(record.get(name), dict):
            own.update(record[name])
    own.update({k: v for k, v in record.items() if k not in ("meta", "metadata", "text")})
    return article(record["text"], own, given)

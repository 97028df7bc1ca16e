"""A gold file → its documents, each checked, so that what is measured cannot fail at what a stranger wrote."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kg import untrusted
from kg.errors import ReadError, UsageError
from kg.evaluate.counts import Document
from kg.read import check_date
from kg.read.metadata import check_text

_HALF = re.compile("[\ud800-\udfff]")


def load(path: str | Path) -> list[Document]:
    """The documents of a gold file, JSON Lines with ``text`` and layers. Raises ``UsageError`` that names the line and what
    is wrong in it.
    """
    try:
        lines = untrusted.text(path).split("\n")
    except ReadError as error:
        raise UsageError(f"{path} cannot be read: {error}") from error
    found = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                found.append(_document(line))
            except ReadError as error:
                raise UsageError(f"{path} is not a gold file: line {number}: {error}") from error
    if not found:
        raise UsageError(f"{path} is not a gold file: it holds no document.")
    return found


def _document(line: str) -> Document:
    try:
        document = json.loads(line)
    except json.JSONDecodeError as error:
        raise ReadError(f"It is not JSON ({error.msg} at character {error.pos + 1}).") from error
    except (ValueError, RecursionError) as error:
        raise ReadError("Its JSON is nested too deeply, or a number in it has too many digits.") from error
    if not isinstance(document, dict) or not isinstance(document.get("text"), str):
        raise ReadError("It has no “text”.")
    check_text(document["text"])
    if _HALF.search(document["text"]):
        raise ReadError("Its “text” holds half a character.")
    for layer, check in _LAYERS.items():
        rows = document.get(layer)
        if rows is None:
            continue
        if not isinstance(rows, list) or not all(isinstance(row, dict) and check(row) for row in rows):
            raise ReadError(f"Its “{layer}” are not such as “kg annotate” prints.")
    if document.get("checked") is not None and not _spans(document["checked"]):
        raise ReadError("Its “checked” are no places of the text, each with its first and last character.")
    meta = document.get("meta")
    if isinstance(meta, dict) and meta.get("publication_date"):
        try:
            check_date(str(meta["publication_date"]))
        except UsageError as error:
            raise ReadError(str(error)) from error
    return {name: value for name, value in document.items() if value is not None}


def _attribution(row: dict[str, Any]) -> bool:
    return all(_spans(row.get(role)) for role in ("source", "cue", "content"))


def _entity(row: dict[str, Any]) -> bool:
    return isinstance(row.get("type"), str) and _spans(row.get("mentions"))


def _figure(row: dict[str, Any]) -> bool:
    value, concepts = row.get("value"), row.get("concepts", [])
    values = value if isinstance(value, list) and len(value) == 2 else [value]
    return (
        all(isinstance(v, int | float) and abs(v) < math.inf for v in values)
        and isinstance(row.get("unit") or "", str)
        and isinstance(concepts, list)
        and all(isinstance(concept, str) for concept in concepts)
    )


def _spans(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(span, list) and len(span) == 2 and all(isinstance(place, int) and place >= 0 for place in span)
        for span in value
    )


_LAYERS: dict[str, Callable[[dict[str, Any]], bool]] = {
    "attributions": _attribution,
    "entities": _entity,
    "figures": _figure,
}

"""A CSV file of decisions → its rows, and those of them that are decisions already as corrections."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from kg.errors import ReadError
from kg.model import Correction, CorrectionKind, Passage, instant, moment

_THING = re.compile(r"(?:(?:statement|figure|office|reference)/[^/]+)?")
NEEDED = ("decision", "value", "article", "thing")


def correction(row: Mapping[str, str]) -> Correction:
    """A decision as it was written; ``ReadError`` with what is wrong in the row."""
    try:
        marked = json.loads(row.get("marked") or "{}")
        places = tuple(sorted((str(role), _passage(place)) for role, place in marked.items()))
        kind = CorrectionKind(row["decision"].strip())
        passage = _passage(row)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReadError("it is no decision that kg has written") from error
    if not _THING.fullmatch(row["thing"]) or (
        row["thing"] == "" and kind not in (CorrectionKind.ADD, CorrectionKind.UNDO)
    ):
        raise ReadError("it does not say what is corrected")
    at, by = row.get("at", ""), " ".join(row.get("by", "").split())
    if moment(at).year == 1 or not by or by.startswith("rule:"):
        raise ReadError("it does not say who decided and when")
    return Correction(
        article=row["article"], passage=passage, kind=kind, by=by, at=instant(moment(at)), thing=row["thing"], part=row.get("part", ""),
        value=row["value"], marked=places, why=row.get("why", ""), url=row.get("url", ""),
    )  # fmt: skip


def _passage(told: Mapping[str, object]) -> Passage:
    start, end = int(str(told["start"])), int(str(told["end"]))
    if not 0 <= start < end:
        raise ValueError("a place needs 0 <= start < end")
    return Passage(start, end, *(str(told.get(name, "")) for name in ("quote", "prefix", "suffix")))


__all__ = ["NEEDED", "correction"]

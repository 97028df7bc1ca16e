"""Precision, recall and F1 of an annotator against gold annotations, layer by layer.

Attributions: exact spans and overlapping tokens of source, cue and content, and the "who said what" triple. Mentions: exact and
overlapping spans with type. Figures: the value, with its comparator, and with a word of what is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kg.annotate import Annotator
from kg.annotate.records import to_record
from kg.model import Article, EntityType

Document = Mapping[str, Any]
Score = tuple[float, float, float]

_TOKEN = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_EDGES = frozenset("\"'“”‘’`,.;:")
_FOLD = {
    "per": "person",
    "org": "organisation",
    "organization": "organisation",
    "loc": "place",
    "location": "place",
    "gpe": "place",
}


def scores(documents: Sequence[Document], annotator: Annotator) -> dict[str, Score]:
    """Precision, recall and F1 in percent for each layer that the documents carry."""
    made = [
        to_record(annotator.annotate(Article(str(d.get("id", i)), d["text"], published=_date(d))))
        for i, d in enumerate(documents)
    ]
    out: dict[str, Score] = {}
    if any(d.get("attributions") for d in documents):
        out.update(_attributions(documents, made))
    if any(d.get("entities") for d in documents):
        out["mentions exact"] = _micro(
            zip(map(_mentions, documents), map(_mentions, made), strict=True), lambda g, p: len(g & p)
        )
        out["mentions overlap"] = _micro(
            zip(map(_mentions, documents), map(_mentions, made), strict=True), _overlapping
        )
    if any(d.get("figures") for d in documents):
        pairs = [(d.get("figures", []), m["figures"]) for d, m in zip(documents, made, strict=True)]
        for name, agree in (
            ("value", _always),
            ("value and comparator", _same_change),
            ("value and counted", _same_counted),
        ):
            out[f"figures {name}"] = _micro(pairs, lambda g, p, agree=agree: _matched(g, p, agree))
    return out


def _date(document: Document) -> str | None:
    meta = document.get("meta")
    return str(meta["publication_date"]) if isinstance(meta, dict) and meta.get("publication_date") else None


def _micro(pairs: Iterable[tuple[Any, Any]], hits: Callable[..., int]) -> Score:
    right = gold = made = 0
    for g, p in pairs:
        right, gold, made = right + hits(g, p), gold + len(g), made + len(p)
    precision, recall = (right / made if made else 0.0), (right / gold if gold else 0.0)
    return (
        100 * precision,
        100 * recall,
        (200 * precision * recall / (precision + recall) if precision + recall else 0.0),
    )


# ── attributions ───────────────────────────────────────────────────────────────────────────────────────────────────


def _attributions(documents: Sequence[Document], made: Sequence[Document]) -> dict[str, Score]:
    pairs = [(_tokens(d, d["text"]), _tokens(m, d["text"])) for d, m in zip(documents, made, strict=True)]
    out: dict[str, Score] = {}
    for role in ("source", "cue", "content"):
        spans = [({a[role] for a in g if a[role]}, {a[role] for a in p if a[role]}) for g, p in pairs]
        out[f"{role} exact"] = _micro(spans, lambda g, p: len(g & p))
        flat = [(set().union(*g) if g else set(), set().union(*p) if p else set()) for g, p in spans]
        out[f"{role} overlap"] = _micro(flat, lambda g, p: len(g & p))
    out["who said what"] = _micro(pairs, _triples)
    return out


def _tokens(document: Document, text: str) -> list[dict[str, frozenset[int]]]:
    places = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]

    def covered(spans: Sequence[Sequence[int]]) -> frozenset[int]:
        found: set[int] = set()
        for start, end in spans:
            run = [i for i, (a, b) in enumerate(places) if a < end and b > start]
            while run and text[slice(*places[run[0]])] in _EDGES:
                run.pop(0)
            while run and text[slice(*places[run[-1]])] in _EDGES:
                run.pop()
            found.update(run)
        return frozenset(found)

    return [{role: covered(a[role]) for role in ("source", "cue", "content")} for a in document.get("attributions", [])]


def _triples(gold: Sequence[Mapping[str, frozenset[int]]], made: Sequence[Mapping[str, frozenset[int]]]) -> int:
    """Attributions whose cue and source overlap and whose contents share half of their tokens (F1), one to one."""
    found = []
    for i, g in enumerate(gold):
        for j, p in enumerate(made):
            shared = len(g["content"] & p["content"])
            f1 = (
                2 * shared / (len(g["content"]) + len(p["content"]))
                if shared
                else float(not g["content"] and not p["content"])
            )
            if f1 >= 0.5 and all(g[r] & p[r] or not (g[r] or p[r]) for r in ("cue", "source")):
                found.append((-f1, i, j))
    return _one_to_one(found)


def _one_to_one(found: Iterable[tuple[float, int, int]]) -> int:
    left: set[int] = set()
    right: set[int] = set()
    for _, i, j in sorted(found):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)


# ── mentions and figures ───────────────────────────────────────────────────────────────────────────────────────────


def _mentions(document: Document) -> set[tuple[int, int, str]]:
    out: set[tuple[int, int, str]] = set()
    for entity in document.get("entities", []):
        name = str(entity["type"]).lower()
        kind = _FOLD.get(name) or (EntityType(name).family.value if name in set(EntityType) else "")
        if kind in ("person", "organisation", "place"):
            out.update((start, end, kind) for start, end in entity["mentions"])
    return out


def _overlapping(gold: set[tuple[int, int, str]], made: set[tuple[int, int, str]]) -> int:
    g, p = sorted(gold), sorted(made)
    return _one_to_one(
        (max(x[0], y[0]) - min(x[1], y[1]), i, j)
        for i, x in enumerate(g)
        for j, y in enumerate(p)
        if x[2] == y[2] and min(x[1], y[1]) > max(x[0], y[0])
    )


def _matched(gold: Sequence[Document], made: Sequence[Document], agree: Callable[[Document, Document], bool]) -> int:
    return _one_to_one(
        (0.0, i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(made)
        if _same_value(g["value"], p["value"]) and agree(g, p)
    )


def _same_value(a: Any, b: Any) -> bool:
    left, right = (v if isinstance(v, list) else [v, v] for v in (a, b))
    return all(abs(x - y) <= 1e-5 * max(1.0, abs(x)) for x, y in zip(left, right, strict=True))


def _always(gold: Document, made: Document) -> bool:
    return True


def _same_change(gold: Document, made: Document) -> bool:
    return bool(gold.get("change", "=") == made.get("change", "="))


def _same_counted(gold: Document, made: Document) -> bool:
    mine, yours = (
        {w.lower().rstrip("s") for part in (f.get("unit") or "", *f.get("concepts", [])) for w in part.split()}
        for f in (gold, made)
    )
    return not mine or bool(mine & yours)

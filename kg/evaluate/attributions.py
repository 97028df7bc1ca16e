"""Source, cue and content against gold spans, and the "who said what" triple.

Tokens are runs of word characters or single other characters; spans lose quotation marks, commas and full stops at their edges.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import groupby

from kg.annotate.attributions.cues import stance_of
from kg.evaluate.counts import Count, Document, Score, one_to_one

_TOKEN = re.compile(r"\w+(?:['’]\w+)?|[^\w\s]")
_EDGES = frozenset("\"'“”‘’`,.;:")
_ROLES = ("source", "cue", "content")

Tokens = frozenset[int]
Attributed = Mapping[str, Tokens]


def score(documents: Sequence[Document], made: Sequence[Document]) -> dict[str, Score]:
    """Rows by name: "source exact" … "content token", "who said what", and "who said what, denied" by class of cue."""
    counts: dict[str, Count] = {}
    classes: dict[str, Count] = {}
    triple = Count()
    for document, mine in zip(documents, made, strict=True):
        text = document["text"]
        gold, own = _tokens(document, text), _tokens(mine, text)
        for role in _ROLES:
            mine_by, gold_by = _measured(own, role), _measured(gold, role)
            for name, g in gold_by.items():
                p = mine_by[name]
                counts.setdefault(f"{role} {name}", Count()).add(len(g & p), len(p), len(g))
        pairs = one_to_one(_agreeing(gold, own))
        triple.add(len(pairs), len(own), len(gold))
        right = set(pairs.values())
        for i, attribution in enumerate(document.get("attributions", [])):
            classes.setdefault(_class(attribution, text), Count()).add(0, 0, 1, int(i in pairs))
        for j, attribution in enumerate(mine.get("attributions", [])):
            classes.setdefault(_class(attribution, text), Count()).add(int(j in right), 1, 0, 0)
    out = {name: count.score for name, count in counts.items()}
    out["who said what"] = triple.score
    out.update({f"who said what, {name}": count.score for name, count in sorted(classes.items())})
    return out


def _measured(side: Sequence[Attributed], role: str) -> dict[str, set[object]]:
    """What is compared for one role, by measure."""
    whole = {a[role] for a in side if a[role]}
    runs = {run for span in whole for run in _runs(span)}
    starts = {first for first, _ in runs}
    return {
        "exact": set(whole),
        "fragment": set(runs),
        "begin": set(starts),
        "token": {t for span in whole for t in span},
    }


def _runs(tokens: Tokens) -> list[tuple[int, int]]:
    """First and last token of each contiguous fragment.

    >>> _runs(frozenset({3, 4, 5, 9}))
    [(3, 5), (9, 9)]
    """
    grouped = groupby(enumerate(sorted(tokens)), key=lambda pair: pair[1] - pair[0])
    members = [[token for _, token in run] for _, run in grouped]
    return [(run[0], run[-1]) for run in members]


def _tokens(document: Document, text: str) -> list[Attributed]:
    places = [(m.start(), m.end()) for m in _TOKEN.finditer(text)]
    starts, ends = [start for start, _ in places], [end for _, end in places]

    def covered(spans: Sequence[Sequence[int]]) -> Tokens:
        found: set[int] = set()
        for start, end in spans:
            run = list(range(bisect_right(ends, start), bisect_left(starts, end)))
            while run and text[slice(*places[run[0]])] in _EDGES:
                run.pop(0)
            while run and text[slice(*places[run[-1]])] in _EDGES:
                run.pop()
            found.update(run)
        return frozenset(found)

    return [{role: covered(a[role]) for role in _ROLES} for a in document.get("attributions", [])]


def _agreeing(gold: Sequence[Attributed], made: Sequence[Attributed]) -> list[tuple[float, int, int]]:
    """Pairs whose cue and source overlap and whose contents share half of their tokens (F1)."""
    found = []
    for i, g in enumerate(gold):
        for j, p in enumerate(made):
            shared = len(g["content"] & p["content"])
            size = len(g["content"]) + len(p["content"])
            f1 = 2 * shared / size if shared else float(not size)
            if f1 >= 0.5 and all(g[r] & p[r] or not (g[r] or p[r]) for r in ("cue", "source")):
                found.append((f1, i, j))
    return found


def _class(attribution: Document, text: str) -> str:
    stance = stance_of(" ".join(text[start:end] for start, end in attribution["cue"]))
    return stance.value if stance is not None else "other cues"

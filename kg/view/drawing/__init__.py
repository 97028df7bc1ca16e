"""How large each node is, where it stands and how each link bends: the same for whatever draws them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from kg.view.data import Link, ViewData
from kg.view.drawing import style
from kg.view.drawing.layout import Layout, layout

LABEL = 48
"""Characters of a name in the picture; the panel shows it whole."""

BEND = 0.22
"""How far each further link between the same two nodes bends, as a share of their distance."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """``placed`` and ``radii`` (pixels) by node; ``widths`` (pixels) and ``bends`` by position of the link.

    A bend is a share of the distance between the ends, positive to the left of the way from source to target.
    """

    placed: Layout
    radii: dict[str, float]
    labels: dict[str, str]
    widths: tuple[float, ...]
    bends: tuple[float, ...]


def prepare(data: ViewData) -> Drawing:
    """The drawing of ``data``: deterministic."""
    said = Counter(statement.speaker for statement in data.statements)
    radii = {node.id: round(min(22.0, 8.0 + 3.0 * said[node.id] ** 0.5), 1) for node in data.nodes}
    labels = {node.id: label(node.name) for node in data.nodes}
    weights = [(link.source, link.target, 1.0 + len(link.statements) ** 0.5) for link in data.links]
    return Drawing(
        placed=layout(list(labels), weights, labels=labels, radii=radii),
        radii=radii,
        labels=labels,
        widths=tuple(_width(link) for link in data.links),
        bends=_bends(data.links),
    )


def label(name: str) -> str:
    """A name for the picture: one line, cut where it is long.

    >>> label("Radio\\n Costa")
    'Radio Costa'
    """
    one_line = " ".join(name[: 10 * LABEL].split())
    return (one_line if len(one_line) <= LABEL else one_line[: LABEL - 1].rstrip() + "…") or "(no name)"


def _width(link: Link) -> float:
    more: float = max(0, len(link.statements) - 1) ** 0.5
    return round(min(style.TIES[link.kind].width + 0.5 * more, 5.0), 2)


def _bends(links: Sequence[Link]) -> tuple[float, ...]:
    """Links between the same two nodes fan out; the direction of a link must not fold two onto one another."""
    pairs = Counter(_pair(link) for link in links)
    seen: Counter[tuple[str, str]] = Counter()
    bends = []
    for link in links:
        pair = _pair(link)
        offset = (seen[pair] - (pairs[pair] - 1) / 2) * BEND
        seen[pair] += 1
        bends.append(round(offset if pair[0] == link.source else -offset, 3) + 0.0)
    return tuple(bends)


def _pair(link: Link) -> tuple[str, str]:
    return (link.source, link.target) if link.source <= link.target else (link.target, link.source)

"""How kinds of nodes and links look: one table for the picture, the legend and the style sheet.

Fills are of Okabe and Ito's colour-blind safe set (https://jfly.uni-koeln.de/color/), drawn with an outline because
some of them miss a contrast of 3:1 on white; every family also has a shape and every link a dash pattern of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Certainty, EntityType, Kind, LinkKind, Verdict


@dataclass(frozen=True, slots=True)
class Family:
    """How nodes of one family look and are called."""

    label: str
    plural: str
    shape: str
    colour: str


@dataclass(frozen=True, slots=True)
class Tie:
    """How links of one kind look and read: ``label`` in the legend, ``verb`` between two names, ``inverse`` from the
    other end."""

    label: str
    verb: str
    inverse: str
    light: str
    dark: str
    dashes: tuple[int, ...] = ()
    arrow: bool = True
    width: float = 1.6


FAMILIES: dict[EntityType, Family] = {
    EntityType.PERSON: Family("person", "people", "dot", "#0072B2"),
    EntityType.ORGANISATION: Family("organisation", "organisations", "square", "#D55E00"),
    EntityType.PLACE: Family("place", "places", "triangle", "#009E73"),
    EntityType.UNNAMED: Family("unnamed source", "unnamed sources", "diamond", "#CC79A7"),
    EntityType.DOCUMENT: Family("document", "documents", "hexagon", "#E69F00"),
}
"""By ``EntityType.family``."""

TIES: dict[LinkKind, Tie] = {
    LinkKind.DISAGREES_WITH: Tie(
        "contradicts", "contradicts", "contradicts", "#9c1c14", "#ff8a80", (7, 5), arrow=False, width=3.0
    ),
    LinkKind.REVISES: Tie("revises", "revises", "is revised by", "#54779c", "#9db6d3", (2, 3), arrow=False, width=2.4),
    LinkKind.AGREES_WITH: Tie(
        "agrees with", "agrees with", "agrees with", "#0f8a5f", "#66d19e", (14, 3), arrow=False, width=2.0
    ),
    LinkKind.SAID_ABOUT: Tie("spoke about", "spoke about", "was spoken about by", "#7d8798", "#7f8aa0", width=1.2),
    LinkKind.HOLDS_OFFICE_IN: Tie(
        "holds office in", "holds office in", "has in office", "#7a4b94", "#cfa3e8", (5, 2), width=1.3
    ),
    LinkKind.PART_OF: Tie("part of", "is part of", "has as a part", "#5f6b7a", "#a3adba", (2, 5), width=1.3),
    LinkKind.RELAYED_BY: Tie("relayed by", "is relayed by", "relays", "#8a4b08", "#e8b27a", (10, 4, 2, 4), width=1.4),
    LinkKind.IN_ANSWER: Tie(
        "in the answer", "stands in the answer with", "stands in the answer with", "#8a7400", "#e0c850", (1, 4)
    ),
}
"""Quiet for what is plain, strong for the three verdicts; each with dashes of its own, so that no two are one to anybody."""

VOICES: dict[Kind, str] = {
    Kind.DIRECT: "quoted",
    Kind.MIXED: "partly quoted",
    Kind.INDIRECT: "paraphrased",
    Kind.AUTHOR: "author's own voice",
}

FIRMNESS: dict[Certainty, str] = {Certainty.FIRM: "put firmly", Certainty.HEDGED: "hedged"}

VERDICTS: dict[Verdict, tuple[str, bool]] = {
    Verdict.CONTRADICTS: ("Contradict each other", True),
    Verdict.REVISES: ("One revises the other", False),
    Verdict.AGREES: ("Agree", False),
    Verdict.COMPATIBLE: ("Compatible", False),
    Verdict.NOT_COMPARABLE: ("Not comparable", False),
}
"""Heading of each verdict, in the order that the page lists them, and whether it counts as a disagreement."""


def variables() -> str:
    """The colours of links as CSS custom properties, for both themes."""
    light = "".join(f"--link-{kind}:{tie.light};" for kind, tie in TIES.items())
    dark = "".join(f"--link-{kind}:{tie.dark};" for kind, tie in TIES.items())
    strokes = "".join(
        f".stroke.{kind}{{stroke:var(--link-{kind});stroke-width:{tie.width}}}" for kind, tie in TIES.items()
    )
    return f':root{{{light}}}\n[data-theme="dark"]{{{dark}}}\n{strokes}\n'

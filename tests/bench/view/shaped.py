"""A graph shaped like a real store: stars, a few tight groups, and two fifths of the actors tied to nobody."""

from __future__ import annotations

import random

from kg.model import EntityType, LinkKind
from kg.view.data import Article, Link, Mark, Node, Piece, Statement, ViewData
from tests.bench.view.synthetic import CUES, FIRST, LAST, graph

ISOLATES = 0.4
HUBS = 0.02
OFFICES = "spokeswoman minister chairman director governor judge professor of the national agency for".split()


def shaped(count: int, *, seed: int = 3) -> ViewData:
    """``count`` actors: two fifths without a link, hubs with a long tail of leaves, the rest as in a synthetic graph."""
    draw = random.Random(seed)
    whole = graph(max(10, int(count * (1 - ISOLATES) * 0.4)), int(count * 0.5), seed=seed)
    nodes, links, said = list(whole.nodes), list(whole.links), list(whole.statements)
    article = Article("shaped", "Stars", "2020-05-05", "Paper 1")
    hubs = nodes[: max(2, int(count * HUBS))]
    leaves = int(count * (1 - ISOLATES)) - len(nodes)
    for at in range(leaves):
        hub = hubs[int(len(hubs) * draw.random() ** 2.5)]
        leaf = Node(f"https://w3id.org/kg-said/entity/leaf-{at}", _name(draw, at), draw.choice(_TYPES))
        nodes.append(leaf)
        said.append(_saying(len(said), hub, leaf, article, draw))
        links.append(Link(hub.id, leaf.id, LinkKind.SAID_ABOUT, statements=(said[-1].id,)))
    for at in range(count - len(nodes)):
        alone = Node(f"https://w3id.org/kg-said/entity/alone-{at}", _name(draw, at + leaves), draw.choice(_TYPES))
        nodes.append(alone)
        if draw.random() < 0.5:
            said.append(_saying(len(said), alone, None, article, draw))
    return ViewData(tuple(nodes), tuple(links), tuple(said), (), (*whole.articles, article))


_TYPES = [EntityType.PERSON] * 6 + [EntityType.ORGANISATION] * 5 + [EntityType.UNNAMED] * 4


def _name(draw: random.Random, at: int) -> str:
    if draw.random() < 0.4:
        return " ".join([draw.choice(OFFICES) for _ in range(draw.randrange(2, 5))] + [str(at)])
    return f"{draw.choice(FIRST)} {draw.choice(LAST)} {at}"


def _saying(number: int, speaker: Node, other: Node | None, article: Article, draw: random.Random) -> Statement:
    cue = draw.choice(CUES)
    content = f"{other.name if other else 'everything'} was seen in time"
    pieces = (Piece(speaker.name, Mark.SOURCE), Piece(f" {cue} that "), Piece(content, Mark.CONTENT), Piece("."))
    about = (other.id,) if other else ()
    return Statement(f"t{number}", speaker.id, speaker.name, content, article.id, cue=cue, about=about, evidence=pieces)

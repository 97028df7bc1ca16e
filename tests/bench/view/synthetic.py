"""Graphs of any size with communities, hubs and an evidence sentence behind every saying: for measuring only."""

from __future__ import annotations

import random

from kg.model import Comparator, EntityType, LinkKind
from kg.view.data import Article, Figure, Link, Mark, Node, Piece, Statement, ViewData

FIRST = "Anna Mariam Liam Olga José Wei Fatima Ivan Noor Tomás".split()
LAST = "Sato Vargas Rossi Novak Diallo Haddad Kim Okafor Petrov Silva".split()
COUNTED = "homes people tonnes schools workers euros soldiers trucks".split()
CUES = "said announced claimed reported estimated".split()
TYPES = (
    [EntityType.PERSON] * 8 + [EntityType.ORGANISATION] * 5 + [EntityType.CITY] * 3 + [EntityType.UNNAMED, EntityType.DOCUMENT]
)  # fmt: skip


def graph(count: int, ties: int, *, seed: int = 1) -> ViewData:
    """``count`` actors and ``ties`` links, four fifths of them sayings with a sentence; 15 % across communities."""
    draw = random.Random(seed)
    groups = max(2, int(count**0.5 / 1.5))
    group = [draw.randrange(groups) for _ in range(count)]
    members: dict[int, list[int]] = {}
    for at, one in enumerate(group):
        members.setdefault(one, []).append(at)
    names = [f"{draw.choice(FIRST)} {draw.choice(LAST)} {at}" for at in range(count)]
    nodes = tuple(Node(f"https://w3id.org/kg-said/entity/{at}", names[at], draw.choice(TYPES)) for at in range(count))
    articles = tuple(
        Article(f"a{at}", f"Article {at}", f"20{10 + at % 14}-{1 + at % 12:02}-{1 + at % 28:02}", f"Paper {at % 9}")
        for at in range(max(5, count // 20))
    )
    seen: set[tuple[int, int]] = set()
    links: list[Link] = []
    statements: list[Statement] = []
    while len(links) < ties:
        left = int(count * draw.random() ** 1.7)
        right = draw.choice(members[group[left]]) if draw.random() < 0.85 else draw.randrange(count)
        if left == right or (left, right) in seen:
            continue
        seen.add((left, right))
        kind = draw.choice([LinkKind.SAID_ABOUT] * 8 + [LinkKind.PART_OF, LinkKind.HOLDS_OFFICE_IN])
        told: tuple[str, ...] = ()
        if kind is LinkKind.SAID_ABOUT:
            statements.append(_saying(len(statements), nodes[left], nodes[right], draw.choice(articles), draw))
            told = (statements[-1].id,)
        links.append(Link(nodes[left].id, nodes[right].id, kind, statements=told))
    return ViewData(nodes, tuple(links), tuple(statements), (), articles)


def _saying(number: int, speaker: Node, other: Node, article: Article, draw: random.Random) -> Statement:
    value, counted, cue = draw.randrange(10, 9000), draw.choice(COUNTED), draw.choice(CUES)
    content = f"more than {value} {counted} near {other.name} were counted before the week was over"
    figure = Figure(f"more than {value}", value=value, low=value, comparator=Comparator.MORE, population=counted)
    return Statement(
        f"s{number}",
        speaker.id,
        speaker.name,
        content,
        article.id,
        cue=cue,
        stance="said",
        about=(other.id,),
        figures=(figure,) if draw.random() < 0.3 else (),
        evidence=(
            Piece(speaker.name, Mark.SOURCE),
            Piece(" "),
            Piece(cue, Mark.CUE),
            Piece(" that "),
            Piece(content, Mark.CONTENT),
            Piece("."),
        ),
        start=draw.randrange(4000),
        end=5000,
        confidence=round(draw.uniform(0.4, 1.0), 2),
    )

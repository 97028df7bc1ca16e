"""Times every named question on Oxigraph and on rdflib, over a graph of synthetic articles.

    python tests/bench/questions_engines.py 10 1000 [--runs 3] [--limit 20] [--only figures offices]

The runs of the two engines alternate, so that what else the machine does hits both; the figure is the median. A question that
rdflib has not answered after ``--limit`` seconds is stopped and counted with that time. Answers are compared row by row.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import time
from collections.abc import Callable, Iterator
from types import FrameType

import pyoxigraph as ox
import rdflib

from kg import query, rdf
from kg.model import (
    Article,
    Certainty,
    Comparator,
    Comparison,
    Entity,
    EntityType,
    Form,
    Kind,
    Link,
    OfficeHeld,
    Reference,
    Resolved,
    Span,
    Stance,
    StatedFigure,
    Statement,
    Tense,
    Verdict,
)
from kg.store import Store
from kg.vocabulary import DATA, Graph

_FIRST = "Ana Bo Carl Dana Emil Fatou Goran Hana Ivo Jana Kofi Lea Milo Nora Omar Petra Quin Rosa Sami Tara".split()
_LAST = (
    "Abay Brandt Castro Diallo Eriksen Farkas Garcia Horvat Ito Jansen Kaya Lopez Mensah Novak Okafor Petrov".split()
)
_EVENTS = ("die", "flee", "arrest", "protest")


def synthetic(count: int, *, seed: int = 7) -> Store:
    """A store of ``count`` articles: each with five actors, an office, four statements (one relayed) and two figures.

    One person in three articles is new; each article's figure is compared with that of the one before.
    """
    draw = random.Random(seed)
    store = Store.open()
    people = [f"{draw.choice(_FIRST)} {draw.choice(_LAST)}-{at}" for at in range(max(3, count // 3))]
    bodies = [f"Ministry of Affair {at}" for at in range(max(2, count // 50))]
    places = [f"Town {at}" for at in range(max(2, count // 50))]
    members: dict[tuple[EntityType, str], list[tuple[str, str]]] = {}
    for at in range(count):
        resolved = _article(
            f"n{at:05}", draw, draw.choice(people), draw.choice(people), draw.choice(bodies), draw.choice(places)
        )
        store.add([*rdf.article_quads(resolved), *rdf.provenance_quads(resolved.article.id, "synthetic")])
        for reference in resolved.references:
            members.setdefault((reference.type, reference.name), []).append((resolved.article.id, reference.key))
    entities = [
        Entity(f"e{at}", kind, name, references=tuple(references), part_of="e0" if kind is EntityType.PLACE and at else None)
        for at, ((kind, name), references) in enumerate(sorted(members.items(), key=lambda item: (item[0][0] != EntityType.COUNTRY, item[0])))
    ]  # fmt: skip
    store.replace_graph(
        Graph.ENTITIES, rdf.entity_quads(entities, (), offices=rdf.offices(store), links=rdf.links(store))
    )
    verdicts = (Verdict.CONTRADICTS, Verdict.AGREES, Verdict.REVISES, Verdict.COMPATIBLE)
    store.replace_graph(
        Graph.COMPARISONS,
        rdf.comparison_quads(_compared(at, verdicts[at % 4]) for at in range(1, count)),
    )
    return store


def _compared(at: int, verdict: Verdict) -> Comparison:
    left, right = (f"{DATA}article/n{n:05}" for n in (at - 1, at))
    reason = f"The figures of article {at - 1} and {at}: {verdict}."
    return Comparison(
        f"{left}/figure/f1", f"{right}/figure/f1", f"{left}/statement/s1", f"{right}/statement/s1", verdict, reason
    )


def _article(id: str, draw: random.Random, one: str, other: str, body: str, place: str) -> Resolved:
    number, event = draw.randrange(10, 900), draw.choice(_EVENTS)
    sentences = (
        f"{one}, head of the {body}, said more than {number} people had to {event} in {place}.",
        f"“It is under control,” {one} told {other}.",
        f"{other} said that witnesses had seen {number + 9} people.",
        f"Nobody from Landia may have known, {other} claimed.",
    )
    text = " ".join(sentences)
    starts = [text.index(sentence) for sentence in sentences]

    def at(words: str, sentence: int = 0) -> Span:
        start = text.index(words, starts[sentence])
        return Span(start, start + len(words))

    whole = [Span(start, start + len(sentence)) for start, sentence in zip(starts, sentences, strict=True)]

    def reference(key: str, kind: EntityType, name: str) -> Reference:
        return Reference(key, id, kind, name, mentions=(Link(at(name), Form.NAME, "synthetic"),))

    def figure(key: str, words: str, value: int, comparator: Comparator) -> StatedFigure:
        return StatedFigure(
            key, at(words), words, value=value, low=value, comparator=comparator, population="people", event=event, places=("place",)
        )  # fmt: skip

    first = figure("f1", f"more than {number} people", number, Comparator.MORE)
    second = figure("f2", f"{number + 9} people", number + 9, Comparator.EQUAL)

    def said(
        key: str, who: str, cue: str, content: str, nth: int, kind: Kind = Kind.INDIRECT, figures: tuple[StatedFigure, ...] = (),
        about: tuple[str, ...] = (), within: str | None = None, certainty: Certainty = Certainty.FIRM,
    ) -> Statement:  # fmt: skip
        return Statement(
            key, id, who, "o1" if who == "one" else None, cue, Stance.SAID, kind, certainty, False, content, (), (at(cue, nth),),
            (at(content, nth),), whole[nth], about=about, figures=figures, within=within, confidence=draw.choice((0.6, 0.8, 1.0)),
        )  # fmt: skip

    published = f"20{draw.randrange(10, 24)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
    publisher = f"Paper {draw.randrange(8)}"
    return Resolved(
        Article(id, text, title=f"What happened in {place}", published=published, publisher=publisher),
        (reference("one", EntityType.PERSON, one), *(() if one == other else (reference("other", EntityType.PERSON, other),)),
         reference("body", EntityType.MINISTRY, body), reference("place", EntityType.PLACE, place),
         reference("witnesses", EntityType.UNNAMED, "witnesses"), reference("land", EntityType.COUNTRY, "Landia")),
        (OfficeHeld("o1", id, "one", "head", "body", draw.choice((Tense.CURRENT, Tense.FORMER)), at(f"{one}, head of the {body}")),),
        (said("s1", "one", "said", f"more than {number} people had to {event} in {place}", 0, figures=(first,), about=("place",)),
         said("s2", "one", "told", "It is under control", 1, Kind.DIRECT),
         said("s3", "one" if one == other else "other", "said", f"that witnesses had seen {number + 9} people", 2, figures=(second,)),
         said("s4", "witnesses", "seen", f"{number + 9} people", 2, figures=(second,), within="s3"),
         said("s5", "one" if one == other else "other", "claimed", "Nobody from Landia may have known", 3, about=("land",),
              certainty=Certainty.HEDGED)),
        tuple(whole),
        "synthetic",
    )  # fmt: skip


VALUES = {
    "by": "Ana", "about": "Landia", "body": "Ministry of Affair 1", "since": "2020", "until": "2021", "words": "people", "where": "Town 1",
    "who": "Ana", "whose": "Ana", "title": "head", "name": "Landia", "one": "Town 1", "other": "Landia", "from": "Town 1",
}  # fmt: skip


def _timed(work: Callable[[], query.Rows], limit: float) -> tuple[float, query.Rows | None]:
    """Seconds and rows; rows are None when it took longer than ``limit``."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limit)
    begun = time.perf_counter()
    try:
        rows = work()
        return time.perf_counter() - begun, rows
    except (TimeoutError, query.engines.QueryError):
        return limit, None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def measure(store: Store, runs: int, limit: float, only: list[str]) -> Iterator[tuple[str, int, float, float, bool]]:
    """Name, rows, median seconds on Oxigraph and on rdflib, and whether rdflib ended, for each question."""
    graph = rdflib.Graph().parse(
        data=ox.serialize({quad.triple for quad in store.quads()}, format=ox.RdfFormat.N_TRIPLES), format="nt"
    )
    for name, asked in query.named().items():
        if only and name not in only:
            continue
        given = {p.name: VALUES[p.name] for p in asked.parameters if p.default is None}
        fast: list[float] = []
        slow: list[float] = []
        ended = True
        expected: query.Rows | None = None
        for _ in range(runs):
            seconds, expected = _timed(lambda a=asked, g=given: query.run(store, a, g), 600)  # type: ignore[misc]
            fast.append(seconds)
            if ended:
                seconds, found = _timed(lambda a=asked, g=given: query.run(graph, a, g), limit)  # type: ignore[misc]
                slow.append(seconds)
                ended = found is not None
                if found is not None and found != expected:
                    raise AssertionError(f"{name} differs between the engines")
        yield name, len(expected or ()), statistics.median(fast), statistics.median(slow), ended


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", nargs="*", default=[], help="names of questions; all when none is named")
    parser.add_argument("--limit", type=float, default=20.0)
    options = parser.parse_args()
    for size in options.sizes:
        store = synthetic(size)
        print(f"\n{size} articles, {len(store)} quads\n")
        print(f"{'question':30} {'rows':>6} {'Oxigraph':>10} {'rdflib':>11} {'ratio':>7}")
        ratios: list[float] = []
        for name, rows, fast, slow, ended in measure(store, options.runs, options.limit, options.only):
            ratios.append(slow / fast)
            mark = " " if ended else ">"
            print(
                f"{name:30} {rows:6} {fast * 1000:7.1f} ms {mark}{slow * 1000:7.0f} ms {mark}{slow / fast:6.0f}",
                flush=True,
            )
        print(f"{'median of the ratios':30} {'':6} {'':10} {'':11} {statistics.median(ratios):7.0f}")


if __name__ == "__main__":
    main()

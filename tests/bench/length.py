"""How annotating, resolving and writing quads grow with the length of one article.

    python tests/bench/length.py [--characters 125000 250000 500000 1000000] [--profile N]

The articles are made here: headline, then paragraphs of 200 to 400 characters with varied names, bodies, figures,
pronouns and quotations. Processor time is counted, not the clock. ``--profile N`` prints the N costliest calls.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import random
import time
from collections.abc import Callable
from typing import TypeVar

from kg.annotate import Annotator
from kg.model import Article
from kg.rdf.writing import article_quads
from kg.resolve.coreference import resolve

T = TypeVar("T")
_GIVEN = "Ann Grace Maria Peter Samuel Tomas Elena Victor Amina Joseph Ruth Daniel Lucia Henry Clara Martin".split()
_SYLLABLES = "ka mo ren dal vi so tar lin be gur no pol hat sim ory esk und ame".split()
_PLACES = "Mombasa Dakar Lima Tallinn Quito Accra Manila Porto Lusaka Riga Cebu Oslo".split()
_FIELDS = "Harbour Mining Forestry Transport Health Water Police Fisheries Energy Housing".split()
_KINDS = "Board Commission Agency Authority Institute Union".split()
_TITLES = ("the mayor of {place}", "a spokeswoman for the {body}", "director of the {body}", "a teacher in {place}")
_SENTENCES = (
    "{name}, {title}, said on {day} that {n} people had been hurt near {place}.",
    "“We have lost more than {n} houses,” {last} said. “Nobody has come to {place} yet.”",
    "The {body} put the number of dead at {n}, up from the {m} reported last week.",
    "He denied that the road to {place} would stay closed until May {d}.",
    "According to {name}, some ${n} million meant for the {body} has not been accounted for.",
    "She added that the {body} had warned {last} in February, but it refused to comment.",
    "They accused the government of ignoring {n} letters from {place}.",
    "A witness told reporters that {last} had left the office of the {body} before noon.",
    "Rain fell over {place} for the whole of the week, and the river rose by {d} metres.",
)


def article(characters: int, seed: int = 7) -> Article:
    """A made-up article of about so many characters; new names keep coming as it goes on."""
    rng = random.Random(seed)
    paragraphs = [f"Floods Near {rng.choice(_PLACES)} Leave Many Homeless, Officials Say"]
    length = 0
    people: list[tuple[str, str]] = []
    while length < characters:
        paragraph = ""
        while len(paragraph) < 200:
            if not people or rng.random() < 0.3:
                last = "".join(rng.sample(_SYLLABLES, 3)).capitalize()
                people.append((rng.choice(_GIVEN) + " " + last, last))
            name, last = rng.choice(people[-20:])
            place = rng.choice(_PLACES)
            body = f"{rng.choice(_PLACES)} {rng.choice(_FIELDS)} {rng.choice(_KINDS)}"
            sentence = rng.choice(_SENTENCES).format(
                name=name,
                last=last,
                place=place,
                body=body,
                title=rng.choice(_TITLES).format(place=place, body=body),
                day=rng.choice(("Monday", "Tuesday", "Friday")),
                n=rng.randint(2, 900),
                m=rng.randint(2, 900),
                d=rng.randint(2, 28),
            )
            paragraph += (" " if paragraph else "") + sentence
        paragraphs.append(paragraph)
        length += len(paragraph) + 2
    return Article(id=f"made-{characters}", text="\n\n".join(paragraphs))


def clock(work: Callable[[], T]) -> tuple[T, float]:
    """What the work returns and the seconds of processor time that it took."""
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def measure(annotator: Annotator, made: Article) -> dict[str, float]:
    """Seconds of processor time by stage, and what was found."""
    annotation, annotated = clock(lambda: annotator.annotate(made))
    resolved, tied = clock(lambda: resolve(annotation))
    quads, written = clock(lambda: list(article_quads(resolved)))
    return {
        "annotate": annotated,
        "resolve": tied,
        "quads": written,
        "statements": len(resolved.statements),
        "references": len(resolved.references),
        "facts": len(quads),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--characters", type=int, nargs="+", default=[125_000, 250_000, 500_000, 1_000_000])
    parser.add_argument("--profile", type=int, default=0)
    given = parser.parse_args()
    annotator = Annotator()
    measure(annotator, article(2_000))
    before: dict[str, float] = {}
    for characters in given.characters:
        profiler = cProfile.Profile()
        if given.profile:
            profiler.enable()
        found = measure(annotator, article(characters))
        profiler.disable()
        print(f"{characters:9,} characters  " + "  ".join(f"{k} {v:,.2f}" for k, v in found.items()))
        if before:
            print("  ratio              " + "  ".join(f"{k} {found[k] / before[k]:.2f}" for k in before))
        if given.profile:
            pstats.Stats(profiler).sort_stats("tottime").print_stats(given.profile)
        before = found


if __name__ == "__main__":
    main()

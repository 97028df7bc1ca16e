"""A store that holds another many times over, for tests of size: every article and what belongs to it under an IRI of its own.

    python tests/bench/copies.py STORE OUT [--copies 51] [--actors 10]

Nothing is read again: the N-Quads of the store are written out with other IRIs. ``--actors`` sets of actors are shared by the
copies, so that an actor has several times as many statements, as in a real store. The copies have the same dates and words, and the
index is not made: it is a store to look at, not to add to.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.store import Store


def copies(text: str, base: str, number: int, actors: int) -> Iterator[Iterator[ox.Quad]]:
    """The quads of each copy; the first is the store as it is."""
    own = re.compile(
        rf"<{re.escape(base)}(article|article-graph|extraction|comparison|affair|judgement|nanopub)/([^/>#]+)"
    )
    actor = re.compile(rf"<{re.escape(base)}entity/([^>]+)>")
    for at in range(number):
        copied = own.sub(rf"<{base}\1/\2-c{at}", text) if at else text
        copied = actor.sub(rf"<{base}entity/\1-c{at % actors}>", copied) if at % actors else copied
        yield ox.parse(copied.encode(), format=ox.RdfFormat.N_QUADS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("store")
    parser.add_argument("out", type=Path)
    parser.add_argument("--copies", type=int, default=51)
    parser.add_argument("--actors", type=int, default=10)
    given = parser.parse_args()
    with Store.open(given.store, read_only=True) as store:
        text, base = store.dump().decode(), store.base
    Store.open(given.out, base=base).close()
    Store.write_anew(given.out, copies(text, base, given.copies, given.actors))
    with Store.open(given.out) as made:
        made.optimize()  # as a build of that many does: quads that were put in in pieces are slow to read
        print(f"{given.out}: {len(made):,} quads")


if __name__ == "__main__":
    main()

"""Statements that deny one another are found in a store as among all at once, whatever comes and goes in whatever order."""

from __future__ import annotations

import random
import sqlite3
import sys
from collections.abc import Sequence

import pytest

from kg import compare
from kg.model import Assertion, Stance
from kg.store import Store
from kg.store.upkeep.denials import Opposed
from kg.store.upkeep.index import Index

_WORDS = ("shelled", "port", "bank", "safe", "unsafe", "won", "lost", "bombing", "involvement", "role", "not", "attack",
          "election", "closed", "open", "bridge", "killed", "officers", "convoy", "paid")  # fmt: skip
_ACTORS = ("Arland", "Red Front", "Tovo Bank")


def _made(rng: random.Random, number: int) -> Assertion:
    who = rng.choice(_ACTORS)
    words = rng.sample(_WORDS, rng.randint(2, 7))
    actors = tuple(sorted({who, *rng.sample(_ACTORS, rng.randint(0, 2))}))
    content = " ".join(["that", *rng.sample(_ACTORS, 1), *words])
    stance = rng.choice((Stance.SAID, Stance.SAID, Stance.DENIED, Stance.CLAIMED))
    day = rng.choice((f"20{rng.randint(18, 20)}-0{rng.randint(1, 9)}-12",) * 9 + ("2019", "2019-06", None))
    before = f"http://e.org/s/{number - number % 4:04}"
    return Assertion(
        f"http://e.org/s/{number:04}",
        f"a{number // 4}",
        who,
        who,
        day,
        None,
        content,
        stance,
        actors=actors,
        answers=before if number % 4 == 3 else None,
        answered=number % 4 == 0,
    )


def _told(db: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(db.execute("SELECT a, b FROM denial").fetchall())


def _oracle(stored: Sequence[Assertion]) -> set[tuple[str, str]]:
    return {(c.left_statement, c.right_statement) for c in compare.denials(stored)}


@pytest.mark.parametrize("seed", range(4))
def test_opposed_as_among_all_at_once(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    busy = (300, 20, 9, 5)[seed]
    monkeypatch.setattr(sys.modules["kg.compare.denials"], "BUSY", busy)  # the package has a function of its name
    monkeypatch.setattr(compare, "BUSY", busy)
    rng = random.Random(seed)
    by_article: dict[str, list[Assertion]] = {}
    for number in range(240):
        one = _made(rng, number)
        by_article.setdefault(one.article, []).append(one)
    found = 0
    with Store.open() as store:
        index = Index(store.side)
        index.clear()
        stored: dict[str, list[Assertion]] = {}
        left = rng.sample(sorted(by_article), len(by_article))
        while left or rng.random() < 0.8:
            opposed = Opposed(store, index)
            for article in [left.pop() for _ in range(min(len(left), rng.randint(1, 12)))]:
                stored[article] = by_article[article]
                opposed.learn(article, stored[article])
            if rng.random() < 0.4:
                gone = rng.choice(sorted(stored))
                opposed.learn(gone, ())
                del stored[gone]
            opposed.finish()
            expected = _oracle([a for of in stored.values() for a in of])
            assert _told(store.side) == expected
            found = max(found, len(expected))
        assert len(list(store.quads())) == 5 * len(expected) or not expected
    assert found >= 5


def test_what_a_statement_is_sharp_by_is_not_read_twice() -> None:
    rng = random.Random(7)
    seen = set()
    for number in range(300):
        one = _made(rng, number)
        read = compare.reading(one)
        assert read is not None
        assert compare.reading(one, sharp=read.sharp) == read
        seen.add((int(read.sharp), read.denies))
    assert len(seen) > 8


def test_what_an_actor_denied_is_found_however_much_is_told_of_it_in_other_years() -> None:
    told = [_one(n, f"{1990 + n // 20}-03-{n % 20 + 1:02}", "that Red Front shelled the port") for n in range(400)]
    denied = _one(400, "2009-04-02", "that Red Front shelled the port", Stance.DENIED, "Arland")
    with Store.open() as store:
        index = Index(store.side)
        index.clear()
        opposed = Opposed(store, index)
        for one in (*told, denied):
            opposed.learn(one.article, [one])
        opposed.finish()
        found = _told(store.side)
    assert found == _oracle([*told, denied])
    assert len(found) == 40  # those of two years; no key is busy in a period, though all of them are over the years


def _one(number: int, day: str, content: str, stance: Stance = Stance.SAID, who: str = "Tovo Bank") -> Assertion:
    actors = tuple(sorted((who, "Red Front")))
    return Assertion(f"http://e.org/s/{number:04}", f"a{number}", who, who, day, None, content, stance, actors=actors)

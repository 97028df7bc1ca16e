"""Which articles are about one affair, and that order, pieces and removal do not matter."""

from __future__ import annotations

import random
import sqlite3

import pytest

from kg.compare import affairs
from kg.model import Affair, Coverage, Covered, EntityType
from kg.store.upkeep.affairs import Affairs, affair_of
from kg.store.upkeep.index import Index


def covers(article: str, day: str | None, happenings: str = "quake", **names: str) -> Coverage:
    given = {kind: tuple(sorted(words.split(","))) for kind, words in names.items()}
    called = tuple(sorted({*given.get("actors", ()), *given.get("places", ())}))
    return Coverage(article, day, happenings=tuple(happenings.split()), names=called, **given)


def test_two_affairs_of_one_kind_on_one_day_in_different_places_stay_two() -> None:
    a = covers("a", "2020-05-01", actors="ana ruiz", places="osk,tarva", lands="peru")
    b = covers("b", "2020-05-01", places="osk", lands="peru")
    c = covers("c", "2020-05-01", actors="ivo dahl", places="mirn", lands="peru")
    assert affairs.tied(a, b)
    assert not affairs.tied(a, c)
    assert [found.articles for found in affairs.group([a, b, c])] in ([("a", "b"), ("c",)], [("c",), ("a", "b")])


def test_the_farther_the_days_the_more_must_be_shared() -> None:
    a = covers("a", "2020-05-01", actors="ana ruiz,ivo dahl", places="osk")
    assert affairs.tied(a, covers("b", "2020-05-08", places="osk"))
    assert not affairs.tied(a, covers("b", "2020-05-20", places="osk"))
    assert affairs.tied(a, covers("b", "2020-05-20", actors="ana ruiz", places="osk"))
    assert not affairs.tied(a, covers("b", "2020-07-20", actors="ana ruiz", places="osk"))
    assert not affairs.tied(a, covers("b", "2021-07-20", actors="ana ruiz,ivo dahl", places="osk"))


def test_an_article_without_a_date_or_a_place_joins_by_strong_evidence_alone() -> None:
    a = covers("a", "2020-05-01", actors="ana ruiz,harbour board,ivo dahl", places="osk")
    assert not affairs.tied(a, covers("b", None, actors="ana ruiz", places="osk"))
    assert affairs.tied(a, covers("b", None, actors="ana ruiz,harbour board,ivo dahl"))
    assert not affairs.tied(a, covers("b", "2020-05-01"))


def test_copies_are_one_affair_whatever_they_name() -> None:
    words = " ".join(f"word{i}" for i in range(80))
    a, b, c = (
        affairs.coverage(Covered(name, "2020-05-01", paper, "", text))
        for name, paper, text in (
            ("a", "Norpress", words),
            ("b", "Courier", f"{words} at last"),
            ("c", "Courier", words[::-1]),
        )
    )
    assert affairs.alike(a, b)
    assert affairs.tied(a, b)
    assert not affairs.alike(a, c)


def test_coverage_tells_what_happened_and_who_few_share() -> None:
    found = affairs.coverage(
        Covered(
            "a", "2020-05-01", "Norpress", "Quake in Peru", "The earthquake shook Osk. An aftershock followed.",
            (("Osk", EntityType.CITY), ("Peru", EntityType.COUNTRY), ("Ana Ruiz", EntityType.PERSON), ("Norpress", EntityType.ORGANISATION)),
        )
    )  # fmt: skip
    assert (found.happenings, found.actors, found.places, found.lands) == (
        ("quake",),
        ("ana ruiz",),
        ("osk",),
        ("peru",),
    )


def some(seed: int) -> list[Coverage]:
    """Articles of a few affairs, some of which hang together by one article alone."""
    luck = random.Random(seed)
    return [
        covers(
            f"a{n:02}", f"2020-05-{luck.randint(1, 28):02}", luck.choice(["quake", "storm"]),
            actors=",".join(f"p{luck.randint(0, 6)}" for _ in range(3)), places=f"x{luck.randint(0, 4)}",
        )
        for n in range(40)
    ]  # fmt: skip


def kept(index: Index) -> list[Affair]:
    ids = [one for (one,) in index.db.execute("SELECT DISTINCT id FROM affair ORDER BY id")]
    return [found for one in ids if (found := affair_of(index, one)) is not None]


@pytest.mark.parametrize("seed", range(6))
def test_any_order_any_pieces_and_removal_give_the_same_affairs(seed: int) -> None:
    articles = some(seed)
    luck = random.Random(seed + 100)
    luck.shuffle(articles)
    index = Index(sqlite3.connect(":memory:"))
    index.clear()
    there: dict[str, Coverage] = {}
    known: list[Affair] = []
    while articles or luck.random() < 0.8:
        change = Affairs(index)
        for _ in range(luck.randint(1, 5)):
            if articles and (luck.random() < 0.7 or not there):
                one = articles.pop()
                there[one.article] = one
                change.replace(one.article, one)
            elif there:
                gone = luck.choice(sorted(there))
                del there[gone]
                change.replace(gone, None)
        before = {article: found.id for found in known for article in found.articles}
        moved = change.finish()
        assert kept(index) == affairs.group(there.values())
        after = {article: found.id for found in kept(index) for article in found.articles}
        assert {a for a in after if before.get(a) != after[a]} <= moved
        assert {found.id for found in {*known} ^ {*kept(index)}} <= change.changed
        known = kept(index)


def test_an_article_more_does_not_rename_an_affair_often() -> None:
    index = Index(sqlite3.connect(":memory:"))
    index.clear()
    moved = 0
    for n in range(200):
        change = Affairs(index)
        change.replace(f"a{n:03}", covers(f"a{n:03}", f"2020-05-{1 + n % 28:02}", places="osk"))
        moved += len(change.finish())
    assert moved < 5 * 200

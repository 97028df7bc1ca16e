"""Which articles are about one affair, and that order, pieces and removal do not matter."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace

import pytest

from kg.compare import affairs
from kg.compare.affairs import Tie, grouping, ties
from kg.model import Affair, Coverage, Covered, EntityType
from kg.store.upkeep.affairs import Affairs, affair_of
from kg.store.upkeep.affairs import kept as keeping
from kg.store.upkeep.index import Index


def covers(article: str, day: str | None, happenings: str = "quake", **names: str) -> Coverage:
    given = {kind: tuple(sorted(set(words.split(",")))) for kind, words in names.items()}
    called = tuple(sorted({*given.get("actors", ()), *given.get("places", ())}))
    given["heads"] = tuple(head for head in given.get("heads", ()) if head not in called)
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


def test_the_title_of_who_comments_and_the_agency_that_all_cite_tie_no_articles() -> None:
    one, other = (
        affairs.coverage(Covered(name, day, "", "", text))
        for name, day, text in (
            ("a", "2021-05-03", "An attack in Kunar in Afghanistan hit a market. On Monday Secretary Ada Brix condemned the attack, as AFP said."),
            ("b", "2021-05-04", "An attack in Lyon in France hit a shop. On Tuesday Secretary Ada Brix condemned the attack, as AFP said."),
        )
    )  # fmt: skip
    assert set(one.names) & set(other.names) == {"brix"}
    assert not affairs.tied(one, other)


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


def test_a_name_that_most_articles_have_ties_nothing() -> None:
    everybody = "ulla brand,tom keller,harbour party"
    articles = [
        covers(f"a{n:02}", f"2020-05-{n % 28 + 1:02}", "vote", actors=f"{everybody},p{n},q{n}") for n in range(60)
    ]
    assert len(affairs.group(articles[:2])) == 1
    found = affairs.group(articles)
    assert max(len(one.articles) for one in found) == 1
    more = [*articles, covers("b1", "2020-05-14", "vote", actors=f"{everybody},ivo dahl,ana ruiz,osk bank")]
    more.append(covers("b2", "2020-05-16", "vote", actors=f"{everybody},ivo dahl,ana ruiz,osk bank"))
    assert [one.articles for one in affairs.group(more) if len(one.articles) > 1] == [("b1", "b2")]


def test_an_affair_that_many_articles_are_about_stays_one() -> None:
    articles = [
        covers(f"a{n:02}", f"2020-05-{n % 28 + 1:02}", actors=f"ana ruiz,ivo dahl,p{n}", places="osk", lands="peru")
        for n in range(60)
    ]
    assert len(affairs.group(articles)) == 1
    trial = [covers(f"a{n:02}", f"2020-05-{n % 28 + 1:02}", "trial", actors=f"a,b,c,d,e,p{n}") for n in range(60)]
    assert len(affairs.group(trial)) == 1


def test_two_groups_are_not_one_by_a_single_bridge() -> None:
    def some_of(name: str, day: str, actors: str) -> Coverage:
        return covers(name, day, "trial", actors=actors)

    left = [some_of(f"l{n}", "2020-05-01", "ana ruiz,ivo dahl,osk bank,per lund") for n in range(2)]
    right = [some_of(f"r{n}", "2020-05-06", "ulla brand,tom keller,mirn bank,eva holm") for n in range(2)]
    bridge = [some_of("l9", "2020-05-02", "ana ruiz,ivo dahl,osk bank,x,y"), some_of("r9", "2020-05-05", "ulla brand,tom keller,mirn bank,x,y")]  # fmt: skip
    assert affairs.tied(*bridge) is Tie.WEAK
    assert len(affairs.group(bridge)) == 1
    assert sorted(one.articles for one in affairs.group([*left, *bridge, *right])) == [
        ("l0", "l1", "l9"),
        ("r9", "r0", "r1"),
    ]
    third = some_of("m", "2020-05-04", "x,y,osk bank,mirn bank")
    assert len(affairs.group([*left, *bridge, *right, third])) == 1


def some(seed: int, number: int = 40) -> list[Coverage]:
    """Articles of a few affairs, some of which hang together by one article alone."""
    luck = random.Random(seed)
    return [
        covers(
            f"a{n:02}",
            luck.choice([None, "2020-05", *[f"2020-{luck.choice(['05', '06'])}-{luck.randint(1, 28):02}"] * 14]),
            luck.choice(["quake", "storm", "trial", "storm quake"]),
            actors=",".join(f"p{luck.randint(0, 5) ** 2 // 3}" for _ in range(luck.randint(1, 4))),
            places=f"x{luck.randint(0, 4)}", lands=luck.choice(["peru", "chile"]), heads=f"p{luck.randint(0, 7)}",
        )
        for n in range(number)
    ]  # fmt: skip


def kept(index: Index) -> list[Affair]:
    ids = [one for (one,) in index.db.execute("SELECT DISTINCT id FROM affair ORDER BY id")]
    return [found for one in ids if (found := affair_of(index, one)) is not None]


@pytest.mark.parametrize(("seed", "steps"), [(n, (8, 16, 32) if n % 2 else (2, 3, 5)) for n in range(8)])
def test_any_order_any_pieces_and_removal_give_the_same_affairs(
    seed: int, steps: tuple[int, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (ties, grouping, keeping):
        monkeypatch.setattr(module, "STEPS", steps)
    articles = some(seed, 40 if seed % 2 else 25)
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
                if luck.random() < 0.4:  # it is read anew and covers something else
                    there[gone] = replace(some(luck.randint(0, 99), 1)[0], article=gone)
                    change.replace(gone, there[gone])
                    continue
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


def test_affairs_that_part_are_gone_through_once() -> None:
    """Not once for each way from one article to another, of which there are more than anybody can go."""

    def half(name: str) -> list[Coverage]:
        return [
            covers(f"{name}{n:02}", f"2020-{1 + n // 14:02}-{1 + n % 14 * 2:02}", actors=f"p{name}{n // 4},p{name}{n // 4 + 1},p{name}{n // 4 + 2}", places=f"x{name}")
            for n in range(60)
        ]  # fmt: skip

    def bridge(actors: str, places: str) -> list[Coverage]:
        return [covers(f"c{n}", "2020-02-15", actors=actors, places=places) for n in range(3)]

    index = Index(sqlite3.connect(":memory:"))
    index.clear()
    change = Affairs(index)
    for one in [*half("a"), *half("b"), *bridge("pa7,pa8,pb7,pb8", "xa,xb")]:
        change.replace(one.article, one)
    change.finish()
    assert [len(one.articles) for one in kept(index)] == [123]
    asked: list[str] = []
    index.db.set_trace_callback(lambda text: asked.append(text) if "FROM tied" in text else None)
    change = Affairs(index)
    for one in bridge("pa7,pa8", "xa"):
        change.replace(one.article, one)
    change.finish()
    assert sorted(len(one.articles) for one in kept(index)) == [60, 63]
    assert len(asked) < 10 * 123

"""Which figures are compared, the verdicts, and that order does not matter."""

from __future__ import annotations

import random
import time
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.compare import NEAREST, WINDOW, compare, pair
from kg.model import Claim, Comparator, Stance, Verdict

from .conftest import claim


def verdict(a: Claim, b: Claim) -> Verdict:
    return pair(a, b).verdict


def test_compare_two_sources_within_days_contradict() -> None:
    a = claim(30, "~", population="women", speaker_name="Ana Tormes", said_on="2020-04-21")
    b = claim(50, population="women", speaker_name="Rui Vale", said_on="2020-04-16")
    [found] = compare([a, b])
    assert found.verdict is Verdict.CONTRADICTS
    assert (found.left, found.right) == (b.figure, a.figure)


def test_compare_a_figure_said_in_a_span_of_days() -> None:
    a = claim(30, speaker_name="Ana Tormes", said_on="2020-04-18/2020-04-24", published="2020-04-25")
    b = claim(30, speaker_name="Rui Vale", said_on="2020-04-25", published="2020-04-25")
    assert verdict(a, b) is Verdict.AGREES


def test_compare_one_source_later_revises() -> None:
    a = claim(22, speaker_name="Interior Ministry", said_on="2020-02")
    b = claim(40, "~", speaker_name="Interior Ministry", said_on="2020-04")
    assert verdict(a, b) is Verdict.REVISES
    assert verdict(b, a) is Verdict.REVISES


def test_compare_one_source_on_one_day_contradicts() -> None:
    a = claim(22, speaker_name="Interior Ministry", said_on="2020-02-03")
    assert verdict(a, claim(40, speaker_name="Interior Ministry", said_on="2020-02-03")) is Verdict.CONTRADICTS


def test_compare_a_speaker_of_a_body_is_that_body() -> None:
    a = claim(22, speaker_name="Interior Ministry", said_on="2020-02-03")
    b = claim(40, speaker_name="Rui Vale", bodies=("Interior Ministry",), said_on="2020-02-05")
    assert verdict(a, b) is Verdict.REVISES
    c = claim(60, speaker="x", speaker_name="a senior Interior Ministry official", said_on="2020-02-03")
    assert verdict(c, b) is Verdict.CONTRADICTS  # fewer dead, later, from another source
    assert verdict(c, replace(a, value=40, low=40, high=40, said_on="2020-02-05")) is Verdict.REVISES


def test_compare_window_ends_a_contradiction() -> None:
    a = claim(22, event="hire", speaker_name="Red Cross", said_on="2020-03-01")
    near = claim(40, event="hire", speaker_name="Rui Vale", said_on=f"2020-03-{1 + WINDOW:02}")
    far = replace(near, said_on=f"2020-03-{2 + WINDOW:02}")
    assert verdict(a, near) is Verdict.CONTRADICTS
    assert verdict(a, far) is Verdict.REVISES


def test_compare_open_interval_never_contradicts_a_larger_figure() -> None:
    a = claim(330, ">", speaker_name="Ana Tormes", said_on="2020-04-21")
    for value in (331, 339, 500, 9000):
        assert verdict(a, claim(value, speaker_name="Rui Vale", said_on="2020-04-20")) is Verdict.COMPATIBLE
    assert verdict(a, claim(300, speaker_name="Rui Vale", said_on="2020-04-21")) is Verdict.CONTRADICTS
    assert verdict(a, claim(300, speaker_name="Rui Vale", said_on="2020-04-22")) is Verdict.CONTRADICTS
    assert verdict(a, claim(300, speaker_name="Rui Vale", said_on="2020-04-20")) is Verdict.REVISES  # the toll rose


def test_compare_same_figure_agrees() -> None:
    a = claim(40, "~", speaker_name="Ana Tormes", said_on="2020-04-21")
    assert verdict(a, claim(40, speaker_name="Rui Vale", said_on="2020-06-20")) is Verdict.AGREES


def test_compare_leaves_alone_what_cannot_be_compared() -> None:
    a = claim(112, population="members", event="detain", places=("Turkey",), speaker_name="x", said_on="2020-04-20")
    others = [
        replace(a, figure="g1", statement="t1", population="citizens", value=60.0, low=60.0, high=60.0),
        replace(a, figure="g2", statement="t2", places=("Chile",), value=60.0, low=60.0, high=60.0),
        replace(a, figure="g3", statement="t3", event="release", value=60.0, low=60.0, high=60.0),
        replace(a, figure="g4", statement="t4", change="up", value=60.0, low=60.0, high=60.0),
        replace(a, figure="g5", statement="t5", stance=Stance.FEARED, value=60.0, low=60.0, high=60.0),
        replace(a, figure="g6", statement=a.statement, value=60.0, low=60.0, high=60.0),
    ]
    for other in others:
        assert verdict(a, other) is Verdict.NOT_COMPARABLE
        assert compare([a, other]) == []
        assert [c.verdict for c in compare([a, other], all_pairs=True)] == [Verdict.NOT_COMPARABLE]


def test_compare_unrelated_affairs_of_two_articles() -> None:
    a = claim(12, places=(), speaker_name="x", said_on="2020-04-20", context=("Lima", "Peru", "Rimac"))
    b = claim(15, places=(), speaker_name="y", said_on="2020-04-21", context=("Oslo", "Norway", "Statnett"))
    assert verdict(a, b) is Verdict.NOT_COMPARABLE
    assert verdict(a, replace(b, article=a.article)) is Verdict.REVISES


def test_compare_partitive_is_not_its_total() -> None:
    text = "around 30 of the citizens who have joined the rebels"
    part = claim(
        30,
        "~",
        event="join",
        population="citizens",
        content=f"{text} left again",
        speaker_name="x",
        said_on="2020-01-02",
    )
    whole = claim(330, event="join", population="citizens", speaker_name="y", said_on="2020-01-03")
    assert verdict(part, whole) is Verdict.NOT_COMPARABLE
    women = replace(part, content=f"{text} are women")
    assert verdict(women, replace(whole, population="women", value=50.0, low=50.0, high=50.0)) is Verdict.CONTRADICTS


def test_compare_checks_parts_against_their_total() -> None:
    whole = claim(40, statement="s", figure="w", speaker_name="x", said_on="2020-01-02")
    women = claim(25, statement="s", figure="p1", population="women", total="w", speaker_name="x", said_on="2020-01-02")
    children = claim(
        20, statement="s", figure="p2", population="children", total="w", speaker_name="x", said_on="2020-01-02"
    )
    [found] = compare([whole, women, children])
    assert found.verdict is Verdict.CONTRADICTS
    assert "add up to 45, more than 40" in found.reason
    [found] = compare([whole, replace(women, value=50.0, low=50.0, high=50.0)])
    assert "a part cannot be larger than its total" in found.reason
    assert compare([whole, women]) == []


def test_compare_drops_what_the_author_repeats() -> None:
    said = claim(40, "~", article="a", speaker_name="Rui Vale", said_on="2020-04-16", published="2020-04-20")
    author = claim(40, article="a", author=True, speaker_name="Ana Tormes", published="2020-04-20")
    other = claim(22, speaker_name="Red Cross", said_on="2020-04-17")
    assert {(c.left, c.right) for c in compare([said, author, other])} == {(said.figure, other.figure)}


def test_compare_counts_one_report_of_a_saying() -> None:
    a = claim(40, speaker_name="Rui Vale", said_on="2020-04")
    again = claim(40, speaker_name="Rui Vale", said_on="2020-04-16")
    other = claim(22, speaker_name="Red Cross", said_on="2020-04-17")
    assert len(compare([a, again, other])) == 1


def test_compare_is_linear_in_a_group() -> None:
    def line(n: int) -> list[Claim]:
        return [
            claim(i + 1, speaker_name=f"s{i % 7}", said_on=f"{2000 + i // 300}-{i % 12 + 1:02}-{i % 28 + 1:02}")
            for i in range(n)
        ]

    small, large = line(150), line(1500)
    compare(small)
    times = []
    for claims in (small, large):
        start = time.process_time()
        found = compare(claims)
        times.append(time.process_time() - start)
        assert len(found) <= NEAREST * len(claims)
    assert times[1] < 60 * times[0]


claims = st.builds(
    lambda value, comparator, speaker, month, event, population, places: claim(
        value, comparator, speaker_name=speaker, said_on=month, event=event, population=population, places=places
    ),
    st.integers(0, 100000),
    st.sampled_from([c.value for c in Comparator]),
    st.sampled_from(["Ana Tormes", "Rui Vale", "an unnamed source"]),
    st.sampled_from([None, "2020", "2020-04", "2020-04-16", "2020-09-01", "2021-13"]),
    st.sampled_from(["kill", "die", "go", "", "repair", "cost"]),
    st.sampled_from(["people", "women", "", "Chilean miners", "houses"]),
    st.sampled_from([(), ("Peru",), ("Chile", "Peru")]),
)


@settings(max_examples=150, deadline=None)
@given(claims, claims)
def test_pair_is_symmetric(a: Claim, b: Claim) -> None:
    assert pair(a, b) == pair(b, a)
    assert pair(a, b).reason.endswith(".")


@settings(max_examples=80, deadline=None)
@given(st.lists(claims, max_size=12), st.randoms())
def test_compare_is_free_of_order(given_: list[Claim], rng: random.Random) -> None:
    shuffled = list(given_)
    rng.shuffle(shuffled)
    assert compare(given_) == compare(shuffled)
    assert compare(given_, all_pairs=True) == compare(shuffled, all_pairs=True)


def test_compare_takes_an_authors_figure_for_the_one_that_others_quote() -> None:
    quoted = claim(22, speaker_name="Interior Ministry", said_on="2020-02")
    author = claim(22, author=True, speaker_name="Herald", as_of="2020-02", published="2020-09-09")
    later = claim(40, speaker_name="Rui Vale", said_on="2020-04-16")
    assert {(c.left, c.right) for c in compare([quoted, author, later])} == {(quoted.figure, later.figure)}


def test_compare_a_share_is_no_number() -> None:
    a = claim(9.9e6, "~", population="mothers", event="live", speaker_name="Rui Vale", said_on="2020-04-16")
    b = claim(
        1 / 3,
        text="nearly a third",
        population="mothers",
        event="live",
        speaker_name="Ana Tormes",
        said_on="2020-04-16",
    )
    assert compare([a, b]) == []
    assert verdict(a, b) is Verdict.NOT_COMPARABLE


def test_compare_takes_two_numbers_of_one_writer_for_two_things() -> None:
    own = claim(189, article="a", author=True, said_on="2012-05-23")
    quoted = claim(270, article="a", speaker_name="the minister", said_on="2012-05-23")
    elsewhere = claim(270, speaker_name="the minister", said_on="2012-05-23")
    assert compare([own, quoted]) == []
    assert [c.verdict for c in compare([own, elsewhere])] == [Verdict.CONTRADICTS]


def test_compare_one_source_at_times_unknown_to_each_other_is_left_alone() -> None:
    now = claim(40, article="a", speaker_name="Rui Vale", bodies=("Interior Ministry",))
    assert compare([claim(22, article="a", speaker_name="Interior Ministry", as_of="XXXX-02"), now]) == []
    [found] = compare([claim(22, article="a", speaker_name="Interior Ministry"), now])
    assert found.verdict is Verdict.CONTRADICTS


def test_compare_what_happened_ties_figures_of_one_place_and_week() -> None:
    """ "In the clashes in Osh", twice within two days; another week's clashes are others."""
    a = claim(169, event="kill", places=("Osh",), scenes=("the clashes in Osh",), speaker_name="Ana Tormes", context=("x", "y"), said_on="2021-06-08")  # fmt: skip
    b = claim(745, event="kill", places=("Osh",), scenes=("the clashes",), speaker_name="Rui Vale", context=("v", "w"), said_on="2021-06-08")  # fmt: skip
    a, b = replace(a, article="one"), replace(b, article="two")
    assert verdict(a, b) is Verdict.CONTRADICTS
    assert verdict(a, replace(b, said_on="2021-06-09")) is Verdict.REVISES
    assert verdict(a, replace(b, scenes=("some clashes",))) is Verdict.NOT_COMPARABLE
    assert verdict(a, replace(b, scenes=())) is Verdict.NOT_COMPARABLE


def test_compare_numbers_that_add_up_are_parts() -> None:
    told = "542 people were killed in Andora and 203 people died in Parkabad"
    whole = claim(745, event="kill", speaker_name="Ana Tormes", said_on="2021-06-08", places=())
    part = claim(542, event="kill", speaker_name="Rui Vale", said_on="2021-06-09", content=told, places=("Andora",))
    assert verdict(whole, part) is Verdict.NOT_COMPARABLE
    whole, part = replace(whole, article="one"), replace(part, article="one")
    assert "one of several that add up to the other" in pair(whole, part).reason
    other = pair(replace(whole, value=746, low=746, high=746), part)
    assert "add up" not in other.reason, other.reason

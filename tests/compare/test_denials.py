"""Denials, opposite claims, and what only looks like one."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from kg.compare import denials
from kg.model import Assertion, Stance, Verdict

_n = count(1)


def said(
    who: str, content: str, *actors: str, stance: Stance = Stance.SAID, on: str = "2020-03-02", **more: Any
) -> Assertion:
    n = next(_n)
    return Assertion(f"s{n:03}", f"a{n:03}", who, who, on, None, content, stance, actors=(who, *actors), **more)


DENIED = Stance.DENIED


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (said("Defence Ministry", "that Arland had shelled the port of Tovo", "Arland"),
         said("Arland", "that it had shelled the port", stance=DENIED)),
        (said("Defence Ministry", "that the Red Front carried out the bombing in Tovo", "Red Front"),
         said("Red Front", "any involvement in the bombing", stance=DENIED)),
        (said("Rui Vale", "that the minister took money from Arcoil", "Arcoil"),
         said("Arcoil", "that the minister did not take money from it")),
        (said("Rui Vale", "the bank is safe", "Tovo Bank"), said("Ana Tormes", "the bank is unsafe", "Tovo Bank")),
        (said("Election Commission", "that the Green Party won the election in Tovo", "Green Party"),
         said("Ana Tormes", "that the Green Party lost the election in Tovo", "Green Party")),
        (said("army", "that the strike on the hospital was an accident", "Arland"),
         said("Red Cross", "that the strike on the hospital was a deliberate attack", "Arland")),
    ],
)  # fmt: skip
def test_denials_found(one: Assertion, other: Assertion) -> None:
    for given in ([one, other], [other, one]):
        [found] = denials(given)
        assert found.verdict is Verdict.CONTRADICTS
        assert (found.left, found.right) == ("", "")
        assert {found.left_statement, found.right_statement} == {one.statement, other.statement}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # another actor
        (said("Defence Ministry", "that Arland had shelled the port of Tovo", "Arland"),
         said("Borland", "that it had shelled the port of Tovo", stance=DENIED)),
        # another deed
        (said("Defence Ministry", "that the Red Front carried out the bombing in Tovo", "Red Front"),
         said("Red Front", "any involvement in the kidnapping", stance=DENIED)),
        # denies it too
        (said("Rui Vale", "that the Red Front did not carry out the bombing", "Red Front"),
         said("Red Front", "carrying out the bombing", stance=DENIED)),
        # "did not say" says nothing of the content
        (said("Defence Ministry", "that the port had been shelled by Arland", "Arland"),
         said("Ana Tormes", "that the port had not been shelled by Arland", "Arland", negated=True)),
        # what was done to an actor and what it says it is
        (said("court", "that the Red Front was banned", "Red Front"), said("Red Front", "that it is a peaceful movement")),
    ],
)  # fmt: skip
def test_denials_not_found(one: Assertion, other: Assertion) -> None:
    assert denials([one, other]) == []


def test_denials_that_point_back_oppose_what_they_point_at() -> None:
    toll = said("Civil Guard", "40 people were killed in the strike", answered=True)
    other = said("Rui Vale", "the school was hit")
    denial = said("army", "that toll", stance=DENIED, answers=toll.statement)
    for given in ([toll, other, denial], [denial, other, toll]):
        [found] = denials(given)
        assert found.verdict is Verdict.CONTRADICTS
        assert {found.left_statement, found.right_statement} == {toll.statement, denial.statement}


def test_denials_of_long_ago_and_relays_are_left_alone() -> None:
    old = said("Defence Ministry", "that Arland had shelled the port of Tovo", "Arland", on="2015-01-01")
    assert denials([old, said("Arland", "that it had shelled the port", stance=DENIED)]) == []
    outer = said("Defence Ministry", "that Arland had shelled the port of Tovo", "Arland")
    assert denials([outer, said("Arland", "that it had shelled the port", stance=DENIED, within=outer.statement)]) == []


def test_denials_by_the_same_source_later_are_a_change_of_account() -> None:
    one = said("Arland", "that its ships had shelled the port", on="2020-03-02")
    other = said("Arland", "that its ships had shelled the port", stance=DENIED, on="2020-04-02")
    [found] = denials([one, other])
    assert found.verdict is Verdict.REVISES
    assert found.reason == (
        "Arland said on 2 March 2020 that its ships had shelled the port, and denied on 2 April that its ships had shelled the port: "
        "the same source has changed its account."
    )


def test_denials_reason_is_a_sentence() -> None:
    [found] = denials(
        [
            said("Interior Ministry", "that the Red Front carried out the bombing in Tovo", "Red Front"),
            said("Red Front", "any role in the bombing", stance=DENIED, on="2020-03-05"),
        ]
    )
    assert found.reason == (
        "The Interior Ministry said on 2 March 2020 that the Red Front carried out the bombing in Tovo, and the Red Front denied on 5 March "
        "any role in the bombing: the one affirms what the other denies."
    )


def test_denials_say_why_banned_and_peaceful_are_not_comparable() -> None:
    pair = [
        said("court", "that the Red Front was banned", "Red Front"),
        said("Red Front", "that it is a peaceful movement"),
    ]
    assert denials(pair) == []
    [found] = denials(pair, all_pairs=True)
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert (
        "“banned” tells what was done to the Red Front and “peaceful” what it is said to be, and both can hold"
        in found.reason
    )


def test_denials_stand_in_the_graph_without_figures() -> None:
    from kg.model import Comparison
    from kg.rdf import comparison_quads

    found = Comparison(
        "", "", "https://x.example/s1", "https://x.example/s2", Verdict.CONTRADICTS, "One denies the other."
    )
    quads = list(comparison_quads([found]))
    names = {q.predicate.value.rsplit("#")[-1] for q in quads}
    assert {"leftStatement", "rightStatement", "verdict", "reason"} <= names
    assert not names & {"left", "right"}


def test_denials_in_linear_time() -> None:
    import time

    def many(n: int) -> list[Assertion]:
        kinds = (Stance.SAID, DENIED)
        return [
            said(f"speaker {i % 50}", f"that town{i} was shelled by unit{i % 97}", f"unit{i % 97}", stance=kinds[i % 2])
            for i in range(n)
        ]

    times = []
    for n in (200, 1600):
        start = time.process_time()
        denials(many(n))
        times.append(time.process_time() - start)
    assert times[1] < 120 * times[0]

"""Two answers to one question: who did it, and what somebody is."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from kg.compare import denials
from kg.model import Assertion, Stance, Verdict

_n = count(1)


def said(
    who: str, content: str, *actors: str, stance: Stance = Stance.SAID, on: str | None = "2020-03-02", **more: Any
) -> Assertion:
    n = f"{next(_n):03}"
    more.setdefault("article", f"a{n}")
    return Assertion(
        statement=f"f{n}", speaker=who, speaker_name=who, said_on=on, published=None, content=content, stance=stance,
        actors=(who, *actors), **more,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "reason"),
    [
        (said("Lena Marek", "the Red Front for the bombing of the Tarva railway station on Monday", "Red Front", stance=Stance.BLAMED),
         said("Emil Horak", "that the Free Brigade carried out the Tarva station bombing", "Free Brigade"),
         "two answers to who is behind it, Red Front and Free Brigade"),
        (said("Lena Marek", "The Red Front was behind the bombing of the station", "Red Front", article="a"),
         said("Free Brigade", "responsibility for the bombing", stance=Stance.CLAIMED, article="a"),
         "two answers to who is behind it, Red Front and Free Brigade"),
        (said("army", "that the school had been shelled by the Dagan Front", "Dagan Front", article="a"),
         said("Ulla Brand", "the Norvik Brigade is responsible for the shelling of the school", "Norvik Brigade", article="a"), None),
        (said("Oskar Dahl", "that the raid on the bank in Osk was carried out by the Ravik Gang", "Ravik Gang"),
         said("police", "that the Pell Brothers committed the raid on the bank", "Pell Brothers"),
         "two answers to who is behind it, Ravik Gang and Pell Brothers"),
        (said("Ola Pire", "that the Red Front bombed the Osk bridge", "Red Front"),
         said("Rhys Pell", "that the bridge in Osk was bombed by the Free Brigade", "Free Brigade"),
         "two answers to who is behind it, Red Front and Free Brigade"),
        (said("Ola Pire", "that the Red Front bombed Osk", "Red Front"), said("Rhys Pell", "that the Free Brigade bombed Osk", "Free Brigade"), None),
        (said("Ola Pire", "that the Red Front bombed the bridge in Osk", "Red Front"),
         said("Rhys Pell", "that the Free Brigade bombed the school in Osk", "Free Brigade"), None),
        (said("Lena Marek", "the Red Front had been banned since 2019", "Red Front"),
         said("Ilan Kast", "that the Red Front was not banned in Orvia", "Red Front"),
         "Red Front cannot be both “banned” and “not banned” at one time"),
        (said("Emil Horak", "The Red Front is a banned organisation", "Red Front"),
         said("Nora Lis", "that the Red Front was a legal party", "Red Front"),
         "Red Front cannot be both “banned” and “legal” at one time"),
        (said("court", "that Dahl is in custody", "Dahl"), said("Ana Lind", "Dahl is at large", "Dahl"),
         "Dahl cannot be both “in custody” and “at large” at one time"),
        (said("army", "that the commander was dead", "Rui Vale"), said("Rui Vale", "that he was alive"), None),
        (said("ministry", "Rui Vale is dead", "Rui Vale"), said("Rui Vale", "that he is alive"),
         "Rui Vale cannot be both “dead” and “alive” at one time"),
    ],
)  # fmt: skip
def test_facts_two_answers(one: Assertion, other: Assertion, reason: str | None) -> None:
    for given in ([one, other], [other, one]):
        told = [c for c in denials(given) if c.verdict is Verdict.CONTRADICTS]
        assert (told[0].reason.split(": ", 1)[1] if told else None) == (f"{reason}." if reason else None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # one who ordered and one who did it
        (said("police", "that Dahl ordered the attack on the mayor of Osk", "Dahl"),
         said("court", "the Ravik Gang carried out the attack on the mayor of Osk", "Ravik Gang")),
        # another deed
        (said("police", "the Red Front carried out the bombing of the station in Osk", "Red Front"),
         said("army", "the Free Brigade carried out the bombing of the station in Tarva", "Free Brigade")),
        (said("police", "the Red Front carried out the attack", "Red Front"),
         said("army", "the Free Brigade carried out the attack", "Free Brigade")),
        # a country and its own army
        (said("police", "that Orvia was behind the attack on the port of Osk", "Orvia"),
         said("army", "that the Orvian Guard carried out the attack on the port of Osk", "Orvian Guard")),
        # long after
        (said("court", "Dahl is in custody", "Dahl"), said("police", "Dahl is free", "Dahl", on="2020-06-01")),
        (said("Lena Marek", "the Red Front was banned", "Red Front", on="2019-03-01"),
         said("Ilan Kast", "the Red Front is not banned", "Red Front")),
        # something else is banned
        (said("Lena Marek", "the Red Front was banned from the election", "Red Front"),
         said("Ilan Kast", "the Red Front is not banned", "Red Front")),
        # elsewhere
        (said("Lena Marek", "the Red Front was banned in Borland", "Red Front"),
         said("Ilan Kast", "the Red Front is not banned in Orvia", "Red Front")),
        # not firm
        (said("police", "the Red Front may have carried out the raid on the bank in Osk", "Red Front"),
         said("army", "the Free Brigade carried out the raid on the bank in Osk", "Free Brigade")),
        # nothing is told of the one
        (said("Ulla Brand", "neither Orvia nor the Red Front was behind the raid on the bank in Osk", "Red Front"),
         said("army", "the Free Brigade carried out the raid on the bank in Osk", "Free Brigade")),
        (said("Ulla Brand", "it would pay if the Red Front carried out the raid on the bank in Osk", "Red Front"),
         said("army", "the Free Brigade carried out the raid on the bank in Osk", "Free Brigade")),
        # who allows is not allowed
        (said("Ulla Brand", "that Orvia has allowed the talks to fail", "Orvia"), said("army", "that Orvia is banned", "Orvia")),
        # both deny
        (said("police", "the Red Front was not behind the raid on the bank in Osk", "Red Front"),
         said("army", "the Free Brigade carried out the raid on the bank in Osk", "Free Brigade")),
        # at unknown times
        (said("court", "Dahl is in custody", "Dahl", on=None), said("police", "Dahl is free", "Dahl", on=None)),
        # one speaker
        (said("court", "Dahl is in custody", "Dahl"), said("court", "Dahl is free", "Dahl")),
    ],
)  # fmt: skip
def test_facts_that_both_can_hold(one: Assertion, other: Assertion) -> None:
    for given in ([one, other], [other, one]):
        assert [c for c in denials(given) if c.verdict is Verdict.CONTRADICTS] == []

"""Numerals of every form, and what is none."""

from __future__ import annotations

import pytest

from kg.english.numerals.numbers import read


def values(text: str) -> list[float | tuple[float, float]]:
    return [n.low if n.low == n.high else (n.low, n.high) for n in read(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,250 tonnes and 3.5 litres", [1250, 3.5]),
        ("12,34,567 rupees", [1234567]),  # the Indian grouping
        ("10\u00a0000 voters", [10000]),  # a hard space, as in Nordic and French style
        ("a rate of .25", [0.25]),
        ("£2.7m for roads, a 37m mast", [2.7e6, 37]),  # a small m is millions with a currency sign only
        ("4.3M subscribers, 20K seats, 15bn", [4.3e6, 20e3, 15e9]),
        ("HK $5.4m, ₦8bn, RM23.50, PS21,700, Y=590", [5.4e6, 8e9, 23.5, 21700, 590]),
        ("two million", [2e6]),
        ("two hundred and twenty-three thousand", [223000]),
        ("twenty-one, ninety nine", [21, 99]),
        ("4 hundred million", [4e8]),
        ("two and a half million", [2.5e6]),
        ("a million and a hundred", [1e6, 100]),
        ("half a million, half a dozen", [5e5, 6]),
        ("three dozen", [36]),
        ("5 lakh, 2 crore", [5e5, 2e7]),
        ("fell to minus 387, minus-5, or -12", [-387, -5, -12]),
        ("a deficit of $-50.8bn", [-50.8e9]),
        ("3½ hours", [3.5]),
        ("2.5×10−3, 3 x 10^6", [0.0025, 3e6]),
        ("a now-18 month-old calf, sub-7 designs", [18, 7]),
        ("40min-45min", [40, 45]),
    ],
)
def test_numbers_reads_cardinals(text: str, expected: list[float]) -> None:
    assert values(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dozens of goats", [(12, 120)]),
        ("hundreds of thousands of Chadians", [(1e5, 1e6)]),
        ("tens of thousands", [(1e4, 1e5)]),
        ("several hundred farmers", [(200, 1000)]),
        ("a few thousand", [(2000, 10000)]),
        ("scores of villagers", [(20, 200)]),
        ("he scores twice and thousands cheer", [(1000, 10000)]),
    ],
)
def test_numbers_reads_orders_of_magnitude(text: str, expected: list[tuple[float, float]]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("half of them", [0.5]),
        ("half the voters", [0.5]),
        ("two-thirds of Peruvians", [2 / 3]),
        ("a two thirds majority", [2 / 3]),
        ("a third of the crop", [1 / 3]),
        ("three quarters of the herd", [0.75]),
        ("a quarter of a million", [250000]),
        ("one in three Bolivians", [1 / 3]),
        ("nine out of 10 Samoans", [0.9]),
        ("1/16 of a pint, 1⁄32 of a quart", [1 / 16, 1 / 32]),
    ],
)
def test_numbers_reads_fractions(text: str, expected: list[float]) -> None:
    assert values(text) == pytest.approx(expected)
    assert all(n.fraction or n.low > 1 for n in read(text))


@pytest.mark.parametrize(
    "text",
    [
        "the third man, a third party, the 22nd, twenty-first",  # ordinals
        "the first half of the match, the second half",
        "at 4:39, 10.45pm, 5am, 2:55 p.m.",  # clock times
        "on 7/8/2021",
        "version 2.5.3",
        "COVID-19, COVID -19, TA-35, A4, X9",  # names
        "the 1990s",
        "tens and scores",
        "#4 and @5",
    ],
)
def test_numbers_leaves_out(text: str) -> None:
    assert values(text) == []


def test_numbers_leaves_shares_of_time_alone() -> None:
    assert values("the second attack in two days, one in three weeks") == [2, 1, 3]


def test_numbers_spans_cover_sign_and_multiplier() -> None:
    text = "from -3 to US$13.6 million, minus-130"
    assert [text[n.start : n.end] for n in read(text)] == ["-3", "13.6 million", "minus-130"]

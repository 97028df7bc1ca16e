"""Kinds of number that articles of agencies and papers not seen before showed: what they measure, count and bound."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Article, Comparator, Figure


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def find(annotator: Annotator, text: str) -> dict[str, Figure]:
    found = annotator.annotate(Article("a", text, published="2024-03-05")).figures
    return {f.number.of(text): f for f in found}


@pytest.mark.parametrize(
    ("text", "number", "unit", "value"),
    [
        ("Profit rose to Dh1.86 billion.", "1.86 billion", "AED", 1.86e9),
        ("It cost N50 million.", "50 million", "NGN", 5e7),
        ("Each family gets Tk 5 lakh.", "5 lakh", "BDT", 5e5),
        ("The fine was R1,200.", "1,200", "ZAR", 1200),
        ("Profit was $700m, up from $650m a year earlier.", "650m", "USD", 6.5e8),
    ],
)
def test_sums_with_their_signs(annotator: Annotator, text: str, number: str, unit: str, value: float) -> None:
    figure = find(annotator, text)[number]
    assert (figure.unit, figure.value) == (unit, value)


def test_letters_that_are_no_currency(annotator: Annotator) -> None:
    assert find(annotator, "They met on the N24 near the R5 junction.") == {}


@pytest.mark.parametrize(
    ("text", "number", "measured"),
    [
        ("The bank would have to reduce its revenues by 250 million euros.", "250 million", "revenues"),
        ("The firm has set the goal of pre-tax profits at 17 million euros.", "17 million", "pre-tax profits"),
        ("It won a deal worth $22 billion.", "22 billion", "deal"),
        ("It reported a 14 per cent increase in its net profit to $186 million.", "186 million", "net profit"),
        ("Turnout was 48.9 per cent, down from 56 per cent in May.", "56", "Turnout"),
        ("The stock, which has gained 22 per cent, is dear.", "22", "stock"),
        ("Its economy is expected to grow 6 percent this year.", "6", "economy"),
        ("Net profit rose 45% in the third quarter to $26m from $18m.", "18m", "Net profit"),
        ("Shares of the maker gained more than 2 per cent before the market opened.", "2", "Shares"),
        ("He expects capital spending of between $25m and $30m.", "25m and $30m", "capital spending"),
    ],
)
def test_what_is_measured(annotator: Annotator, text: str, number: str, measured: str) -> None:
    found = find(annotator, text)
    figure = next((f for n, f in found.items() if n.startswith(number.split()[0])), None)
    assert figure is not None
    assert figure.population == measured


def test_an_offer_has_the_unit_of_the_demand(annotator: Annotator) -> None:
    found = find(annotator, "The union demands 25 per cent. The firm has offered 11.")
    assert found["11"].unit == "percent"


def test_by_a_share_to_a_number_is_no_range(annotator: Annotator) -> None:
    found = find(annotator, "Casualties soared by 24 percent to 4,853 in May.")
    assert [(f.low, f.high) for f in found.values()] == [(24, 24), (4853, 4853)]


@pytest.mark.parametrize(
    "text", ["Otto Kern died on Sunday. He was 91.", "It also helps that Kagano, 52, is an elegant figure."]
)
def test_ages_count_nobody(annotator: Annotator, text: str) -> None:
    assert [f for f in find(annotator, text).values() if f.salient] == []


@pytest.mark.parametrize(
    ("text", "number", "event"),
    [
        ("Some 320 migrants are feared to have drowned.", "320", "drown"),
        ("Dozens of migrants were feared to have drowned off the coast.", "Dozens", "drown"),
        ("By Saturday 40 bodies had been recovered.", "40", "recover"),
        ("In June 12 people died.", "12", "die"),
    ],
)
def test_what_befell_them(annotator: Annotator, text: str, number: str, event: str) -> None:
    assert find(annotator, text)[number].event == event


def test_handed_over_bounds_nothing(annotator: Annotator) -> None:
    found = find(annotator, "He had handed over $200,000. The fraud cost over $300,000.")
    assert [f.comparator for f in found.values()] == [Comparator.EQUAL, Comparator.MORE]


def test_of_whom_counts_the_noun_before(annotator: Annotator) -> None:
    found = find(annotator, "He sold out the coast's fishermen, some 40,000 of whom had to leave.")
    assert found["40,000"].population == "fishermen"


def test_corpses_are_no_corps(annotator: Annotator) -> None:
    assert find(annotator, "The hospital received 60 corpses.")["60"].unit == "corpse"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("Two guards stood there. Anna Berg, who is 55, left.", {"Two"}, id="age-behind-who"),
        pytest.param("Two men helped. Its one-year lease was extended for another two.", {"Two"}, id="years-left-out"),
        pytest.param("They found two skulls. Others are two, three or four million years old.", {"two"}, id="guesses"),
        pytest.param("It would bring trains and ships under one roof.", set(), id="under-one"),
        pytest.param("In all 800 people came. They did a 180 degree turn.", {"800"}, id="turn"),
        pytest.param("In all 800 people came. One of them was a floating house.", {"800"}, id="one-defined"),
        pytest.param("In all 800 people came. One of them died.", {"800", "One"}, id="one-that-died"),
        pytest.param("Hong Kong UTC +8 San Francisco UTC -7 | Nairobi UTC +3 London.", set(), id="time-zones"),
        pytest.param("Two, three or four people were hurt.", {"three or four"}, id="guess-of-people"),
    ],
)
def test_numbers_that_count_nothing_told_before(annotator: Annotator, text: str, numbers: set[str]) -> None:
    assert {n for n, f in find(annotator, text).items() if f.unit not in ("year", "time")} == numbers


def test_what_a_dash_parts_from_a_number_is_not_counted(annotator: Annotator) -> None:
    text = "She named it after the doctor Ibn Rusd, known as Aver (1126-1198), and the German polymath Johann Wolf von Berg – two people."
    assert find(annotator, text)["two"].population == "people"


@pytest.mark.parametrize("text", ["The lira weakened 1.2% to 36.6 per dollar.", "The rouble fell 2% to 92.4."])
def test_where_a_price_moved_to_is_no_share(annotator: Annotator, text: str) -> None:
    found = find(annotator, text)
    assert [f.unit for f in found.values()] == ["percent", ""]


def test_who_estimates_is_not_what_is_measured(annotator: Annotator) -> None:
    found = find(annotator, "Independent economists, however, estimate it at 79.5%. The union put the rate at 28.2%.")
    assert (found["79.5"].population, found["28.2"].population) == ("", "rate")


def test_a_tally_is_of_the_part_and_not_of_the_whole(annotator: Annotator) -> None:
    text = "A study found that mining had destroyed 34 of the country's 288 forest reserves. The ministry's own tally is 44."
    found = find(annotator, text)
    assert (found["44"].population, found["44"].event) == ("forest reserves", "destroy")


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("The firm said the bus was licensed for 32 and that its inspection had expired in January.", "32", None),
        (
            "It declared a truce until January 31 after the quake, which the junta says killed 3,700 people.",
            "3,700",
            None,
        ),
        ("Some 300 people drowned when a ferry sank in May 2014.", "300", "2014-05"),
        ("Gunmen attacked in November, killing 130 people.", "130", "2023-11"),
        ("The attack in Tarn in January, which killed 130 people, was the worst.", "130", "2024-01"),
    ],
)
def test_a_date_of_another_clause_is_not_that_of_a_figure(
    annotator: Annotator, text: str, number: str, day: str | None
) -> None:
    assert find(annotator, text)[number].as_of == day


@pytest.mark.parametrize(
    ("text", "populations"),
    [
        ("Police said two protesters died. The ministry gave a figure of four dead.", ("protesters", "dead")),
        ("A bus with 40 pilgrims fell. Police said there were 12 dead.", ("pilgrims", "pilgrims")),
    ],
)
def test_more_dead_than_of_a_kind_are_not_of_it(annotator: Annotator, text: str, populations: tuple[str, ...]) -> None:
    assert tuple(f.population for f in find(annotator, text).values()) == populations


@pytest.mark.parametrize(
    ("text", "number", "unit"),
    [
        ("Sri Lanka's president promised to raise it to 200,000 rupees a month.", "200,000", "LKR per month"),
        ("Pakistan paid 300 rupees.", "300", "PKR"),
        ("It cost 300 rupees.", "300", "INR"),
        ("Mexico paid 300 pesos, and Colombia 20,000 pesos.", "20,000", "COP"),
        ("Sweden will pay 300 million kronor.", "300 million", "SEK"),
        ("The Egyptian boxer weighs 236 pounds.", "236", "pound"),
        ("Uganda met Tanzania. On Monday 300 shillings were paid.", "300", "TZS"),
    ],
)
def test_a_currency_of_several_countries_is_the_named_ones(
    annotator: Annotator, text: str, number: str, unit: str
) -> None:
    assert find(annotator, text)[number].unit == unit


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Auditors found that €8.3 million was missing.", 8300000),
        ("Inflation was minus 4 percent in January.", -4),
        ("It reported growth of minus 2.1%.", -2.1),
        ("The index rose 3%, the lira fell minus 2.1%.", 2.1),
    ],
)
def test_values_as_they_are_written(annotator: Annotator, text: str, value: float) -> None:
    assert list(find(annotator, text).values())[-1].value == value


def test_a_number_of_what_is_left(annotator: Annotator) -> None:
    text = "The fund, a charity, puts the number of adult sturgeon left at fewer than 3,000."
    assert find(annotator, text)["3,000"].population == "adult sturgeon"


def test_a_number_whose_verb_the_parse_has_lost(annotator: Annotator) -> None:
    text = "The number of people killed when the Djarama sank off Bolama rose to 31 on Thursday after divers recovered more bodies."
    figure = find(annotator, text)["31"]
    assert (figure.population, figure.event, figure.salient) == ("people", "kill", True)

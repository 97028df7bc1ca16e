"""Figures of hand-built sentences: value, bound, unit, what is counted, event, place, date, total."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from kg.annotate import Annotator
from kg.annotate.dates import resolved
from kg.annotate.figures import figures
from kg.annotate.figures.figures import to_records
from kg.annotate.parse.parsing import load, parse
from kg.english.paragraphs.blocks import split
from kg.model import Article, Comparator, Figure

PUBLISHED = "2019-08-14"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load()


def find(annotator: Annotator, text: str, *, published: str | None = PUBLISHED) -> list[Figure]:
    return list(annotator.annotate(Article("a", text, published=published)).figures)


def one(annotator: Annotator, text: str) -> Figure:
    found = find(annotator, text)
    assert len(found) == 1, [f.span.of(text) for f in found]
    return found[0]


def places(figure: Figure, text: str) -> list[str]:
    return [p.of(text) for p in figure.places]


# ── bounds ─────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("words", "comparator"),
    [
        ("More than 40", Comparator.MORE),
        ("Over 40", Comparator.MORE),
        ("Well over 40", Comparator.MORE),
        ("At least 40", Comparator.AT_LEAST),
        ("No fewer than 40", Comparator.AT_LEAST),
        ("Up to 40", Comparator.AT_MOST),
        ("As many as 40", Comparator.AT_MOST),
        ("Fewer than 40", Comparator.LESS),
        ("Nearly 40", Comparator.LESS),
        ("About 40", Comparator.ABOUT),
        ("Somewhere around 40", Comparator.ABOUT),
        ("Roughly 40", Comparator.ABOUT),
        ("Some 40", Comparator.ABOUT),
        ("An estimated 40", Comparator.ABOUT),
        ("Exactly 40", Comparator.EQUAL),
        ("The 40", Comparator.EQUAL),
    ],
)
def test_figures_take_bounds_from_the_words_before(annotator: Annotator, words: str, comparator: Comparator) -> None:
    text = f"{words} fishermen drowned off Ghana."
    figure = one(annotator, text)
    assert (figure.value, figure.comparator) == (40, comparator)
    assert figure.number.of(text) == "40"
    bound = comparator is not Comparator.EQUAL
    assert figure.span.of(text) == (words if bound else "40")
    assert (figure.low is None) == (comparator in (Comparator.AT_MOST, Comparator.LESS))
    assert (figure.high is None) == (comparator in (Comparator.MORE, Comparator.AT_LEAST))


@pytest.mark.parametrize(
    ("words", "comparator"),
    [("40 or more", Comparator.AT_LEAST), ("40-plus", Comparator.AT_LEAST), ("40+", Comparator.AT_LEAST), ("40 or so", Comparator.ABOUT)],
)  # fmt: skip
def test_figures_take_bounds_from_the_words_behind(annotator: Annotator, words: str, comparator: Comparator) -> None:
    text = f"The navy of Peru lost {words} boats."
    figure = one(annotator, text)
    assert (figure.value, figure.comparator, figure.span.of(text)) == (40, comparator, words)


def test_figures_read_a_preposition_as_no_bound(annotator: Annotator) -> None:
    assert one(annotator, "The dispute turned around the 40 boats.").comparator is Comparator.EQUAL


# ── ranges and movements ───────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("words", ["Between 40 and 60", "40 to 60", "40-60", "40 – 60", "From 40 to 60", "40 or 60"])
def test_figures_join_ranges(annotator: Annotator, words: str) -> None:
    figure = one(annotator, f"{words} Danes have travelled to Libya.")
    assert (figure.low, figure.high, figure.value) == (40, 60, None)
    assert (figure.population, figure.unit) == ("Danes", "people")


def test_figures_share_unit_and_multiplier_over_a_range(annotator: Annotator) -> None:
    figure = one(annotator, "Chile will spend 3 to 5 billion euros on ports.")
    assert (figure.low, figure.high, figure.unit) == (3e9, 5e9, "EUR")
    figure = one(annotator, "Prices range from $200 to $4 million.")
    assert (figure.low, figure.high, figure.unit) == (200, 4e6, "USD")


def test_figures_keep_a_movement_as_two_figures_with_their_dates(annotator: Annotator) -> None:
    text = "The number of refugees in Malta rose from 200 in January to 300 in June."
    start, end = find(annotator, text)
    assert [(f.value, f.as_of, f.population) for f in (start, end)] == [
        (200, "2019-01", "refugees"),
        (300, "2019-06", "refugees"),
    ]
    assert end.moved_from == 0
    (record,) = to_records([start, end])
    assert record["value"] == [200, 300]  # the interchange format has both ends in one


def test_figures_of_extent_and_level_are_no_range(annotator: Annotator) -> None:
    extent, level = find(annotator, "The deficit of Fiji grew by $3 million to $40 million.")
    assert (extent.value, extent.change) == (3e6, "up")
    assert (level.value, level.change) == (4e7, None)


@pytest.mark.parametrize(
    "text",
    [
        "Uruguay beat Ghana 3-1.",
        "Peru 2 – 2 Chile was the last match.",
        "Mali lost 1-2 to Togo.",
        "The score at the end was 89-89.",
    ],
)
def test_figures_leave_scores_alone(annotator: Annotator, text: str) -> None:
    assert find(annotator, text) == []


def test_figures_of_a_revised_range_are_two_ranges(annotator: Annotator) -> None:
    found = find(annotator, "The bank lowered its outlook from 4 to 6 percent to 2 to 3 percent.")
    assert [(f.low, f.high, f.unit) for f in found] == [(4, 6, "percent"), (2, 3, "percent")]


# ── changes ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "change"),
    [
        ("Exports rose 3 percent.", "up"),
        ("Exports rose by 3 percent.", "up"),
        ("Exports were up 3 percent.", "up"),
        ("Exports have fallen nearly 3 percent.", "down"),
        ("Exports lost 3 percent.", "down"),
        ("Exports, down 3 percent, recovered.", "down"),
        ("Exports rose to 3 percent.", None),
        ("Exports stand at 3 percent.", None),
        ("Exports saw a 3 percent drop.", None),  # the drop is what is measured
        ("The army lost 3 soldiers.", None),  # things, not an extent
        ("The team gave up 3 points.", None),  # the particle is a part of the verb
    ],
)
def test_figures_tell_movements(annotator: Annotator, text: str, change: str | None) -> None:
    assert one(annotator, text).change == change


def test_figures_carry_a_movement_over_a_gap(annotator: Annotator) -> None:
    found = find(annotator, "Shares of Orion were down 2%, Vega by 3%.")
    assert [f.change for f in found] == ["down", "down"]


def test_figures_with_a_sign_are_movements(annotator: Annotator) -> None:
    found = find(annotator, "Orion +0.2%, Vega -0.5%")
    assert [(f.value, f.change) for f in found] == [(0.2, "up"), (0.5, "down")]


# ── units ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Ghana owes $2.5 billion.", 2.5e9, "USD"),
        ("Ghana owes US $2.5bn.", 2.5e9, "USD"),
        ("The fine was £1,000.", 1000, "GBP"),
        ("The fine was 1,200€.", 1200, "EUR"),
        ("The fine was 500 Australian dollars.", 500, "AUD"),
        ("It fetched 300 million Danish crowns.", 3e8, "DKK"),
        ("A bag of rice costs RM23.50.", 23.5, "MYR"),
        ("Petrol costs $1.20 per litre.", 1.2, "USD per litre"),
        ("The rent is $900 a month.", 900, "USD per month"),
        ("Turnout was 61 per cent.", 61, "percent"),
        ("Turnout in Lima was 61pc.", 61, "percent"),
        ("The margin was 2 percentage points.", 2, "percentage point"),
        ("The winds reached 90mph.", 90, "mile per hour"),
        ("The train does 300 kilometres per hour.", 300, "kilometre per hour"),
        ("The lake covers 40 square kilometres.", 40, "square kilometre"),
        ("The plant makes 500 MW.", 500, "megawatt"),
        ("The reef is 30 metres long.", 30, "metre"),
        ("It was 38°C in Oslo.", 38, "degree Celsius"),
        ("The melon weighed 12 pounds.", 12, "pound"),
        ("They were fined 12 pounds.", 12, "GBP"),
    ],
)
def test_figures_have_units(annotator: Annotator, text: str, value: float, unit: str) -> None:
    figure = one(annotator, text)
    assert (figure.value, figure.unit) == (pytest.approx(value), unit)


def test_figures_count_per_something(annotator: Annotator) -> None:
    figure = one(annotator, "Laboratories in Rwanda ran three thousand tests per day.")
    assert (figure.value, figure.unit, figure.population) == (3000, "test per day", "tests")


def test_figures_given_again_in_another_unit_keep_the_bound(annotator: Annotator) -> None:
    text = "The pipeline is more than 500 miles (800 km) long."
    miles, km = find(annotator, text)
    assert (miles.comparator, km.comparator) == (Comparator.MORE, Comparator.MORE)
    assert (km.value, km.unit, km.high) == (800, "kilometre", None)


def test_figures_given_again_behind_or_keep_the_way(annotator: Annotator) -> None:
    percent, money, level = find(annotator, "The stock fell 12 percent, or $3, to $22.")
    assert [f.change for f in (percent, money, level)] == ["down", "down", None]


def test_figures_read_over_some_years_as_a_period(annotator: Annotator) -> None:
    money, period = find(annotator, "The dam will cost $10bn over five years.")
    assert (money.value, period.comparator) == (1e10, Comparator.EQUAL)
    assert one(annotator, "The siege lasted over five years.").comparator is Comparator.MORE


def test_figures_record_units_as_written(annotator: Annotator) -> None:
    text = "Petrol costs $1.20 per litre and 40 lorries are idle; it fell to 35."
    records = to_records(find(annotator, text))
    assert [(r["unit"], r["normalized_unit"]) for r in records][:2] == [
        ("$ per litre", "USD per litre"),
        ("lorries", "lorry"),
    ]
    assert all(r["unit"] for r in records)


# ── what is counted ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "population", "unit"),
    [
        ("More than 40 Kenyan police officers died.", "Kenyan police officers", "people"),
        ("More than 330 Kenyans have joined the rebels.", "Kenyans", "people"),
        ("About 70 percent of Danes voted.", "Danes", "percent"),
        ("Half of the farmers left.", "farmers", "people"),
        ("Two-thirds of the villages burned.", "villages", "village"),
        ("Around 30 of the Malians who have joined the rebels are women.", "women", "people"),
        ("A dozen villages burned.", "villages", "village"),
        ("The number of victims reached 50.", "victims", "people"),
        ("Police seized 12 rifles.", "rifles", "rifle"),
        ("A 30-member panel met.", "member", "people"),
        ("Two pan-African observers resigned.", "pan-African observers", "people"),
        ("The number of seats rose from 9 to 10.", "seats", "seat"),
        ("Turnout in Lima was 61 per cent.", "Turnout", "percent"),
        ("They paid a fine of 5 million euros.", "fine", "EUR"),
    ],
)
def test_figures_say_what_they_count(annotator: Annotator, text: str, population: str, unit: str) -> None:
    figure = find(annotator, text)[0]
    assert (figure.population, figure.unit) == (population, unit)


@pytest.mark.parametrize(
    "text",
    [
        "The law of 2015 is old.",
        "In 1998 and 2003 the river froze.",
        "The 2019 festival opened in Riga.",
        "Emissions fell below 2005 levels.",
        "The court ruled by a 2-to-1 vote.",
        "She bought a 4K screen.",
        "It was day five of the trial.",
        "The Orion 12 Ultra has a new battery.",
        "He took flight 370 home.",
        "A category 4 hurricane hit Haiti.",
        "The Falcon 9 exploded.",
        "She lives at 575 Harbour Road.",
        "Shells hit posts 542 and 543.",
        "The deal was off after Round Two.",
        "The second attack came at 10.45pm.",
        "The team is in the bottom three.",
        "No one knows this one.",
        "Ana Ruiz, 45, resigned.",
        "They signed a five-year deal.",
        "The 90210 ZIP code is famous.",
    ],
)
def test_figures_leave_out_what_counts_nothing(annotator: Annotator, text: str) -> None:
    assert find(annotator, text) == []


def test_figures_keep_a_year_like_number_that_counts(annotator: Annotator) -> None:
    assert one(annotator, "More than 2000 people marched in Quito.").value == 2000
    assert one(annotator, "The flood in Chad destroyed 1800 homes.").value == 1800


def test_figures_of_no_interest_are_not_salient(annotator: Annotator) -> None:
    assert not one(annotator, "It was one of the best films.").salient
    assert not one(annotator, "The talks lasted three hours.").salient
    assert not one(annotator, "He was shot at 41 times.").salient
    assert one(annotator, "One person died in Oslo.").salient


# ── event, place, date ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("Chadian troops killed 12 militants.", "kill"),
        ("Twelve militants were killed.", "kill"),
        ("Officials counted 40 dead.", "die"),
        ("The police reported 30 arrests.", "arrest"),
        ("There were 19 deaths in Goma.", "die"),
        ("The 22 said to have been detained in Chad were freed.", "detain"),
        ("Around 30 of the Malians who have joined the rebels are women.", "join"),
    ],
)
def test_figures_have_events(annotator: Annotator, text: str, event: str) -> None:
    assert find(annotator, text)[0].event == event


def test_figures_take_the_destination_as_place(annotator: Annotator) -> None:
    text = "He said that 339 individuals had gone to Somalia from Norway."
    assert places(one(annotator, text), text) == ["Somalia"]


def test_figures_take_a_place_in_front_of_the_clause(annotator: Annotator) -> None:
    text = "In Mali, 40 people died and 12 were wounded."
    dead, hurt = find(annotator, text)
    assert places(dead, text) == places(hurt, text) == ["Mali"]
    assert (dead.event, hurt.event) == ("die", "wound")


def test_figures_leave_the_place_of_a_later_number_to_it(annotator: Annotator) -> None:
    text = "A dozen villages were burned and hundreds of people fled to Chad."
    villages, people = find(annotator, text)
    assert (places(villages, text), places(people, text)) == ([], ["Chad"])


@pytest.mark.parametrize(
    ("text", "as_of"),
    [
        ("In February, 40 people died in Peru.", "2019-02"),
        ("40 people have died in Peru since 2017.", "2017"),
        ("At least 15 people were killed on Monday in Lagos.", "2019-08-12"),
        ("Last year 15 people were killed in Lagos.", "2018"),
        ("So far 15 people have been killed in Lagos.", None),
        ("The mayor said on Monday that 15 people were killed in Lagos.", None),
    ],
)
def test_figures_have_the_date_of_their_clause_alone(annotator: Annotator, text: str, as_of: str | None) -> None:
    assert one(annotator, text).as_of == as_of


def test_figures_without_publication_date_stay_partial(annotator: Annotator) -> None:
    (figure,) = find(annotator, "In February, 40 people died in Peru.", published=None)
    assert figure.as_of == "XXXX-02"


# ── totals and nouns left out ──────────────────────────────────────────────────────────────────────────────────────


def test_figures_of_parts_point_to_their_total(annotator: Annotator) -> None:
    text = "The ministry said 339 people had gone to Somalia, of whom 50 were women and 20 were children."
    total, women, children = find(annotator, text)
    assert total.total is None
    for part, population in ((women, "women"), (children, "children")):
        assert (part.total, part.population, part.event) == (0, population, "go")
        assert places(part, text) == ["Somalia"]


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("Of the 120 detainees, 45 are minors.", 45, 120),
        ("More than half of the 44 people arrested have been released.", 0.5, 44),
        ("Around 3,000 of the city's 10,000 residents have fled to Jordan.", 3000, 10000),
        ("Norway counted 90 injured. Of them, 12 are children.", 12, 90),
        ("Seventeen people, among them four children, drowned in Malta.", 4, 17),
        ("The court sentenced 183 Egyptians to death, of whom 34 were tried in absentia.", 34, 183),
    ],
)  # fmt: skip
def test_figures_of_parts_in_other_words(annotator: Annotator, text: str, part: float, whole: float) -> None:
    found = find(annotator, text)
    (own,) = [f for f in found if f.value == part]
    assert own.total is not None
    assert found[own.total].value == whole


def test_figures_of_a_whole_do_not_share_the_verb_of_their_part(annotator: Annotator) -> None:
    part, whole = find(annotator, "Around 3,000 of the city's 10,000 residents have fled to Jordan.")
    assert (part.event, whole.event, whole.places) == ("flee", "", ())


def test_figures_of_the_returned_are_not_where_they_went(annotator: Annotator) -> None:
    text = "Some 1,200 Belgians have left for Libya; around 130 have returned."
    left, returned = find(annotator, text)
    assert (places(left, text), returned.places, returned.population, returned.total) == (["Libya"], (), "Belgians", 0)


def test_figures_of_a_toll_count_the_dead(annotator: Annotator) -> None:
    toll = one(annotator, "The death toll from the flood in Nepal rose to 8,019.")
    assert (toll.value, toll.unit, toll.event) == (8019, "people", "die")


def test_figures_beside_an_earlier_one_count_the_same(annotator: Annotator) -> None:
    found = find(annotator, "The ministry recorded 57 deaths in May, up from 41 in April.")
    assert [(f.value, f.population, f.as_of) for f in found] == [(57, "deaths", "2019-05"), (41, "deaths", "2019-04")]


def test_figures_behind_including_are_parts(annotator: Annotator) -> None:
    found = find(annotator, "The flood killed 90 people, including 12 children.")
    assert [f.total for f in found] == [None, 0]


def test_figures_of_other_things_are_no_parts(annotator: Annotator) -> None:
    found = find(annotator, "The army has 1,200 tanks, of which 300 are old, and 40 jets.")
    assert [f.total for f in found] == [None, 0, None]


def test_figures_with_their_noun_left_out_take_it_from_the_one_before(annotator: Annotator) -> None:
    detained, convicted = find(annotator, "Norway has detained 44 men; eight have been convicted of fraud.")
    assert (detained.event, convicted.event, convicted.population, convicted.total) == ("detain", "convict", "men", 0)


def test_figures_of_a_definite_group_are_part_of_the_one_told_of_before(annotator: Annotator) -> None:
    text = "More than 330 Kenyans have joined al-Shabaab in Somalia.\n\nAround 30 of the Kenyans who have joined al-Shabaab are women."
    total, women = find(annotator, text)
    assert (women.total, women.population, women.event) == (0, "women", "join")
    assert places(women, text) == places(total, text) == ["Somalia"]


def test_figures_of_a_definite_group_are_found_past_the_speaker(annotator: Annotator) -> None:
    text = "More than 330 Kenyan citizens have joined IS in Somalia.\n\nAround 30 of the Kenyan nationals who have joined IS are women, Otieno said."
    total, women = find(annotator, text)
    assert (women.total, women.population, women.places) == (0, "women", total.places)


def test_figures_restated_take_their_people_from_the_first_telling(annotator: Annotator) -> None:
    text = (
        "The police said that around 40 Chilean miners had died in Bolivia.\n\n"
        "The figure of 40 dead is up from the 25 said to have been killed in Bolivia in March."
    )
    first, again, before = find(annotator, text)
    assert first.population == again.population == before.population == "Chilean miners"
    assert (again.event, before.event, before.as_of) == ("die", "kill", "2019-03")


def test_figures_with_more_take_the_noun_of_the_one_before(annotator: Annotator) -> None:
    _, more = find(annotator, "On Friday the navy of Malta rescued 700 migrants and saved 200 more.")
    assert (more.value, more.population, more.unit, more.salient) == (200, "migrants", "people", True)


def test_figures_stand_in_headlines_too(annotator: Annotator) -> None:
    text = (
        "More Than 330 Kenyans Said To Be Fighting In Somalia\n\nThe government of Kenya published a report on Tuesday."
    )
    figure = find(annotator, text)[0]
    assert (figure.value, figure.comparator, figure.population) == (330, Comparator.MORE, "Kenyans")


# ── any text ───────────────────────────────────────────────────────────────────────────────────────────────────────

_WORDS = st.sampled_from(
    "40 60 1,200 3.5 half a dozen dozens hundreds of thousand million twenty-one $5 €3bn -7 +2% percent per km to from between and or "
    "about more than at least ( ) , . ; - – people women soldiers Kenya Chad were killed rose fell by in February 2015 who whom which "
    "are the ½ ١٢ ² 1/2 x 10 ^ 🙂 \u202e \u200b \n \n\n | # No. € a".split(" ")
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS | st.text(max_size=6), max_size=30), st.sampled_from([" ", "", "\u00a0"]))
def test_figures_of_any_text_have_exact_spans(nlp: Language, words: list[str], joint: str) -> None:
    text = joint.join(words)
    pieces = parse(nlp, text, split(text))
    found = figures.find(pieces, dates=resolved.find(pieces, published=PUBLISHED), published=PUBLISHED)
    for i, figure in enumerate(found):
        assert 0 <= figure.span.start <= figure.number.start < figure.number.end <= figure.span.end <= len(text)
        assert any(c.isalnum() for c in figure.number.of(text))
        assert figure.low is None or figure.high is None or figure.low <= figure.high
        assert figure.value is not None or figure.low is not None or figure.high is not None
        assert figure.total is None or (0 <= figure.total < len(found) and figure.total != i)
    assert [f.number.start for f in found] == sorted(f.number.start for f in found)
    assert len(to_records(found)) <= len(found)


@pytest.mark.parametrize("words", ["put the number of dead at 92", "placed the death toll at 92"])
def test_figures_set_at_a_number_count_what_the_object_counts(annotator: Annotator, words: str) -> None:
    figure = one(annotator, f"The Lake Council {words}.")
    assert (figure.value, figure.unit, figure.event, figure.salient) == (92, "people", "die", True)


# ── rates ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("The clinic treats 40 people a day.", "day"),
        ("The virus kills 300 people per month.", "month"),
        ("At least 40 people are killed every day.", "day"),
        ("Deaths reached 40 per week in May.", "week"),
        ("The field gives 3,500 barrels a day.", "day"),
        ("Oil sold at $58 per barrel.", "barrel"),
        ("The train does 300 kilometres per hour.", "hour"),
        ("Forty people drowned in the river.", ""),
        ("Forty people died a day after the attack.", ""),
        ("The attack killed 40 people a day after the vote.", ""),
        ("Forty people died a week into the siege.", ""),
        ("Revenue was $6 million a year earlier.", ""),
    ],
)
def test_figures_rates_are_per_something(annotator: Annotator, text: str, per: str) -> None:
    found = one(annotator, text)
    assert found.per == per
    assert to_records([found])[0]["per"] == per


def test_figures_rate_counts_per_so_many(annotator: Annotator) -> None:
    found = find(annotator, "The police recorded 12 deaths per 100,000 inhabitants.")
    assert (found[0].value, found[0].unit, found[0].per) == (12, "people", "100,000 inhabitants")


def test_figures_ends_of_a_movement_are_rates_both(annotator: Annotator) -> None:
    assert [f.per for f in find(annotator, "Arrivals rose from 20 to 30 a day.")] == ["day", "day"]

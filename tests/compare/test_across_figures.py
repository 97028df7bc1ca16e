"""Figures of several articles: which are brought together, and how they are judged. Names and events are invented."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kg import query, rdf
from kg.annotate import Annotator
from kg.compare import affairs, compare, pair, slot
from kg.model import Article, Claim, Covered, Verdict
from kg.pipeline import build, remove
from kg.store import Store

from .conftest import claim

Told = set[tuple[str, str, str]]
Telling = Callable[..., Told]


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.fixture
def told(annotator: Annotator) -> Telling:
    """What is told of articles, given as day and text: verdict, left figure, right figure."""

    def of(*articles: tuple[str | None, str]) -> Told:
        store = Store.open()
        build(
            [
                Article(f"a{n}", text, published=day, publisher=f"Paper {n}", language="en")
                for n, (day, text) in enumerate(articles)
            ],
            store=store,
            annotator=annotator,
        )
        rows = list(query.run(store, query.named()["comparisons"]))
        assert all("toll had died" not in str(r["reason"]) for r in rows)
        return {
            (str(r["verdict"]), str(r["left_figure"]), str(r["right_figure"]))
            for r in rows
            if r["verdict"] != "not_comparable" and r["left_figure"]
        }

    return of


def numbers(found: Told, verdict: str) -> set[frozenset[str]]:
    """The pairs of figures with a verdict, without "about" and the like."""
    return {frozenset((a.split()[-1], b.split()[-1])) for v, a, b in found if v == verdict}


def test_f1_a_toll_that_rises_is_revised(told: Telling) -> None:
    found = told(
        ("2021-05-03", "The death toll from the blast in Tarva rose to 12, the Rescue Service said on Monday."),
        ("2021-05-04", "The death toll from the blast in Tarva reached 19, the Rescue Service said on Tuesday."),
        ("2021-05-05", "Rescuers found more bodies, raising the death toll from the blast in Tarva to 31, the mayor, Ana Ruiz, said."),
    )  # fmt: skip
    assert {v for v, _, _ in found} == {"revises"}
    assert frozenset(("12", "19")) in numbers(found, "revises")
    assert frozenset(("19", "31")) in numbers(found, "revises")


def test_f2_police_and_organisers_contradict(told: Telling) -> None:
    found = told(
        ("2021-05-03", "Organisers said 40,000 people joined the march in Tarva on Monday, while police put the turnout at 9,000."),
        ("2021-05-04", "Police estimated the crowd at Monday's march in Tarva at 9,000."),
    )  # fmt: skip
    assert frozenset(("40,000", "9,000")) in numbers(found, "contradicts")
    assert not numbers(found, "revises")


def test_f3_the_missing_and_the_dead_are_two_lines(told: Telling) -> None:
    found = told(
        ("2021-05-03", "Thirty people were confirmed missing after the ferry sank off Tarva, the coast guard said. Three people were confirmed dead, it said."),
        ("2021-05-05", "The coast guard said 52 people were still missing after the ferry sank off Tarva. It said five people were confirmed dead."),
    )  # fmt: skip
    assert {v for v, _, _ in found} == {"revises"}
    assert frozenset(("Thirty", "52")) in numbers(found, "revises")
    assert not {frozenset(("Thirty", "five")), frozenset(("Three", "52"))} & numbers(found, "revises")


def test_f4_the_rescued_are_one_whatever_they_are_called(told: Telling) -> None:
    found = told(
        ("2021-05-03", "Sixty people were rescued from the Holm mine near Tarva after the blast, the operator, Tarva Coal, said."),
        ("2021-05-04", "The operator, Tarva Coal, said 88 miners were rescued from the Holm mine near Tarva."),
    )  # fmt: skip
    assert numbers(found, "revises") == {frozenset(("Sixty", "88"))}


def test_f5_the_dead_of_two_sides_are_no_one_count(told: Telling) -> None:
    found = told(
        ("2021-05-03", "Eight Chadian soldiers were killed in the border clash near Tarva, Chad's army said. It said 40 Sudanese soldiers were killed."),
        ("2021-05-04", "Five Sudanese soldiers were killed in the border clash near Tarva, Sudan's army said. It said 30 Chadian soldiers were killed."),
    )  # fmt: skip
    pairs = numbers(found, "contradicts") | numbers(found, "revises") | numbers(found, "compatible")
    assert pairs <= {frozenset(("Eight", "30")), frozenset(("40", "Five"))}


def test_losses_are_of_the_side_that_admits_them_and_of_the_enemy_the_other(told: Telling) -> None:
    found = told(
        ("2021-05-03", "Troops of Chad and Sudan fought a battle near Tarva. Sudan's army admitted the loss of four men. It repelled an attack by Chadian troops, killing 30 of them, the army said."),
        ("2021-05-03", "Troops of Chad and Sudan fought a battle near Tarva. Chad's Defence Ministry said that on its own side there were nine dead. A doctor said that the bodies of 14 men in Chadian uniform had been brought in."),
    )  # fmt: skip
    pairs = numbers(found, "contradicts")
    assert {frozenset(("nine", "14"))} <= pairs
    assert not {frozenset(("four", "nine")), frozenset(("four", "14")), frozenset(("four", "30"))} & pairs
    toll = "On our side, nine dead; on the enemy's side, 26 dead."
    given = {
        "event": "die",
        "population": "dead",
        "happenings": ("clash",),
        "context": ("Chad", "Sudan"),
        "sentence": toll,
    }
    speaking = {"speaker_name": "Ministry of Defence of Chad", "places": ()}
    assert slot(claim(9, text="nine", at=toll.index("nine"), **given, **speaking)).side == {"Chad"}
    assert slot(claim(26, text="26", at=toll.index("26"), **given, **speaking)).side == {"Sudan"}


def test_losses_told_of_two_in_one_sentence_are_not_the_first_one_s(told: Telling) -> None:
    found = told(
        ("2021-05-03", "Troops of Chad and Sudan fought a battle near Tarva. Sudan's army said 43 Chadian soldiers were killed."),
        ("2021-05-04", "Troops of Chad and Sudan fought a battle near Tarva. Chad has owned up to nine dead, Sudan to five."),
    )  # fmt: skip
    assert not {n for v, *pair in found for n in pair if n == "five"}


def test_f6_the_capital_and_its_suburb_are_one_place_of_one_collapse(told: Telling) -> None:
    found = told(
        ("2021-05-03", "The Orion Tower collapsed in the capital of Orvia on Monday. Sixteen people were killed when the Orion Tower collapsed in the capital, the Fire Service said."),
        ("2021-05-03", "The Orion Tower collapsed in the suburb of Tarva on Monday. Nine people were killed in Tarva when the Orion Tower collapsed, the mayor of Tarva, Ana Ruiz, said."),
    )  # fmt: skip
    assert numbers(found, "contradicts") == {frozenset(("Sixteen", "Nine"))}


def test_f10_a_dateline_says_nothing(annotator: Annotator) -> None:
    store = Store.open()
    text = "Storm kills six\n\nTARVA: Six people were killed when a storm hit the coast, an official said on Monday."
    build([Article("a", text, published="2021-05-03", language="en")], store=store, annotator=annotator)
    assert {str(r["speaker_name"]) for r in query.run(store, query.named()["figures"])} == {"an official"}


def test_an_addition_is_told_as_one(told: Telling) -> None:
    found = pair(
        claim(12, event="die", population="people"),
        claim(5, event="die", population="people", marks=("addition",), affair="x"),
    )
    assert "one figure is a count, the other an addition" in found.reason


def test_f7_what_is_expected_is_no_count(told: Telling) -> None:
    found = told(
        ("2021-05-03", "The agency anticipates another 100,000 refugees from Orvia will arrive in Tarva, its head, Ana Ruiz, said."),
        ("2021-05-04", "So far 93,000 refugees from Orvia have arrived in Tarva, the agency's head, Ana Ruiz, said."),
    )  # fmt: skip
    assert not found


def test_f8_seats_of_two_places_are_two(told: Telling) -> None:
    found = told(
        ("2021-05-03", "The Harbour Party won 47 of the 69 seats in the council of Tarva, Ana Ruiz said after the election."),
        ("2021-05-04", "The Hill Party won 144 of the 210 seats in the parliament of Orvia, Ivo Dahl said after the election."),
    )  # fmt: skip
    assert not found


def test_f9_two_storms_are_two(told: Telling) -> None:
    found = told(
        ("2021-05-03", "The storm in Tarva killed 12 people on Sunday, Ana Ruiz of the Rescue Service said. The storm of 2009 killed 200 people there, Ivo Dahl said."),
    )  # fmt: skip
    assert not found


def test_f11_two_candidates_are_two_and_what_is_needed_is_no_count(told: Telling) -> None:
    found = told(
        ("2028-02-23", "Ann Brandt has 503 delegates and Bob Keller has 370, the Harbour Party said after the primary. It takes 2,000 delegates to win the nomination, it said."),
        ("2028-03-16", "Ann Brandt has 723 delegates, the Harbour Party said after the primary. Bob Keller is far behind."),
    )  # fmt: skip
    pairs = {frozenset((a, b)) for _, a, b in found}
    assert pairs <= {frozenset(("503", "723"))}
    assert not numbers(found, "contradicts")


def test_f12_states_that_will_vote_are_not_those_that_have(told: Telling) -> None:
    found = told(
        ("2028-03-01", "Three states vote on Tuesday in the Harbour Party's primary, Ann Brandt said."),
        ("2028-03-08", "So far 15 states have voted in the Harbour Party's primary, Ann Brandt said."),
    )  # fmt: skip
    assert not found


def test_f13_an_article_in_two_versions_is_one_source(told: Telling) -> None:
    text = (
        "Tarva police said 30 people were injured in the crash of two buses. They were taken to the Holm hospital in the north. "
        "The road stayed closed until the evening, and drivers waited for hours. An inquiry will begin next week, the mayor said."
    )
    assert not told(("2021-05-03", text), ("2021-05-04", f"{text} More soon."))


def test_f14_a_standing_note_is_one_source(told: Telling) -> None:
    note = "Editor's note: Ana Ruiz has said that 20 people were killed in the Holm fire."
    found = told(
        ("2021-05-03", f"Ana Ruiz opened a school in Tarva.\n\n{note}"),
        ("2021-05-05", f"Ana Ruiz closed a bridge in Tarva.\n\n{note}"),
    )  # fmt: skip
    assert not numbers(found, "agrees")


def test_two_affairs_of_one_kind_on_one_day_stay_two(told: Telling) -> None:
    found = told(
        ("2021-05-03", "Four people were killed in a fire in Tarva, the mayor, Ana Ruiz, said on Monday."),
        ("2021-05-03", "Nine people were killed in a fire in Lodvik, the mayor, Ivo Dahl, said on Monday."),
    )  # fmt: skip
    assert not found


def test_an_article_without_a_date_or_a_place_contradicts_nobody(told: Telling) -> None:
    found = told(
        ("2021-05-03", "Four people were killed in a fire in Tarva, the mayor, Ana Ruiz, said."),
        (None, "Nine people were killed in the fire, officials said."),
    )
    assert not found


def test_a_later_lower_toll_of_another_source_contradicts_and_a_correction_revises(told: Telling) -> None:
    first = ("2021-05-03", "The Rescue Service said 31 people were killed in the blast in Tarva.")
    lower = ("2021-05-05", "A doctor, Ivo Dahl, said 19 people were killed in the blast in Tarva.")
    mended = ("2021-05-05", "Prosecutors lowered the number of people killed in the blast in Tarva to 29.")
    assert numbers(told(first, lower), "contradicts") == {frozenset(("31", "19"))}
    assert numbers(told(first, mended), "revises") == {frozenset(("31", "29"))}


STORY = (
    ("2021-05-03", "Four miners were killed in the blast in the Holm mine near Tarva, the operator, Tarva Coal, said on Monday."),
    ("2021-05-04", "The death toll from the blast in the Holm mine near Tarva rose to nine, the operator, Tarva Coal, said on Tuesday."),
    ("2021-05-05", "The miners' union said 14 people were killed in the blast in the Holm mine near Tarva."),
    ("2021-05-04", "Nine people were killed in a fire in Lodvik, the mayor, Ivo Dahl, said on Tuesday."),
    ("2021-05-08", "Prosecutors lowered the number of people killed in the blast in the Holm mine near Tarva to 13."),
)  # fmt: skip


def told_by(store: Store) -> set[tuple[str, ...]]:
    rows = query.run(store, query.named()["comparisons"])
    return {tuple(str(r[k]) for k in ("verdict", "left_figure", "right_figure", "reason")) for r in rows}


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4), (4, 3, 2, 1, 0), (2, 4, 0, 3, 1)])
def test_any_order_and_removal_tell_the_same(annotator: Annotator, order: tuple[int, ...]) -> None:
    articles = [
        Article(f"a{n}", text, published=day, publisher=f"Paper {n}", language="en")
        for n, (day, text) in enumerate(STORY)
    ]
    with Store.open() as whole, Store.open() as pieces, Store.open() as less:
        build(articles, store=whole, annotator=annotator)
        for n in order:
            build([articles[n]], store=pieces, annotator=annotator)
        assert told_by(whole)
        assert told_by(pieces) == told_by(whole)
        remove(["a1"], store=pieces)
        build([a for a in articles if a.id != "a1"], store=less, annotator=annotator)
        assert told_by(pieces) == told_by(less)


def test_a_thousand_copies_are_one_source() -> None:
    one = claim(12, speaker_name="Rescue Service", said_on="2021-05-03", affair="x", places=())
    copies = [replace(one, figure=f"f{n:04}x", statement=f"s{n:04}x", article=f"a{n:04}x") for n in range(1000)]
    later = claim(19, speaker_name="Rescue Service", said_on="2021-05-04", affair="x", places=())
    found = compare([*copies, later])
    assert [c.verdict for c in found] == [Verdict.REVISES]
    words = " ".join(f"word{i}" for i in range(60))
    covered = [affairs.coverage(Covered(f"a{n:04}", "2021-05-03", f"Paper {n}", "", words)) for n in range(300)]
    assert len(affairs.group(covered)) == 1


def test_a_depth_is_no_distance() -> None:
    given = {
        "unit": "kilometre",
        "event": "strike",
        "population": "quake",
        "affair": "x",
        "said_on": "2021-05-03",
        "places": (),
    }
    deep = claim(
        12, text="12 km", sentence="The quake struck at a depth of 12 km.", at=30, speaker_name="A Service", **given
    )
    far = claim(
        30, text="30 km", sentence="The quake struck 30 km north of Tarva.", at=17, speaker_name="B Service", **given
    )
    assert pair(deep, far).verdict is Verdict.NOT_COMPARABLE
    assert "depth" in pair(deep, far).reason


def test_distances_from_two_places_are_no_dispute_and_depths_are(told: Telling) -> None:
    found = told(
        ("2010-11-28", "The quake in Osk hit 32 kilometers south of Osk at a depth of 41 kilometers, the University of Tarva said."),
        ("2010-11-28", "The quake in Osk hit 60 kilometers north of Pell at a depth of 35 kilometers, the Borland Survey said."),
    )  # fmt: skip
    assert not {pair for pair in found if any("32" in figure or "60" in figure for figure in pair)}


def test_what_differs_in_scope_or_period_or_side_is_no_dispute(told: Telling) -> None:
    assert not told(
        ("2022-05-09", "140 people in Marvonia have died of cholera since October 2021, the prime minister said. In 2021 the Health Agency estimated 21,000 to 143,000 deaths worldwide each year. The previous outbreak killed 66 people between January and August 2020."),
    )  # fmt: skip
    sides = told(
        ("2022-05-09", "At least six soldiers have been killed in clashes, Selby says. One Marvonian serviceman was killed, the ministry's statement said, claiming that at least five Tolsian troops lost their lives."),
    )  # fmt: skip
    assert not numbers(sides, "contradicts") | numbers(sides, "revises")


def test_a_part_of_a_minister_s_toll_is_no_other_toll(told: Telling) -> None:
    found = told(
        ("2022-05-09", "Marvonia Interior minister, Tomas Kerr says 42 people died in the fire in Tarva. A report said 30 of them were miners. Tomas Kerr said the mine was closed."),
        ("2022-05-10", "Interior Minister Tomas Kerr said on Tuesday that 42 people died in the fire in Tarva."),
    )  # fmt: skip
    assert not numbers(found, "contradicts") | numbers(found, "revises")


def test_a_city_is_in_no_other_country_though_a_village_that_nobody_knows_may_be() -> None:
    def at(place: str, value: int, article: str, speaker: str) -> Claim:
        return claim(
            value, article=article, speaker=speaker, speaker_name=speaker, places=(place,), said_on="2021-05-03",
            affair="x", happenings=("blast",),
        )  # fmt: skip

    def verdict(place: str) -> Verdict | None:
        found = pair(at("Afghanistan", 89, "a", "the police"), at(place, 80, "b", "the mayor"))
        return found and found.verdict

    assert verdict("Paris") is Verdict.NOT_COMPARABLE
    assert verdict("Kabul") is Verdict.CONTRADICTS
    assert verdict("Ozbin") is Verdict.CONTRADICTS


def test_of_several_numbers_of_one_source_the_nearest_is_held_against_another_source() -> None:
    def shops(value: int, start: int, speaker: str, turns: tuple[int, ...] = ()) -> Claim:
        return claim(
            value, unit="things", population="shops", event="loot", article="a", speaker=speaker, speaker_name=speaker,
            said_on="2021-05-03", start=start, turns=turns,
        )  # fmt: skip

    first, second = shops(31, 10, "the police", (50,)), shops(42, 50, "the police", (10,))
    other = shops(35, 90, "the guild")
    assert (found := pair(first, other)) is not None
    assert found.verdict is Verdict.NOT_COMPARABLE
    assert (found := pair(second, other)) is not None
    assert found.verdict is Verdict.CONTRADICTS


def test_a_claim_knows_where_its_source_gives_other_numbers_of_the_same(annotator: Annotator) -> None:
    text = (
        "The Harbour Board said that 31 shops were looted. It rained. The Harbour Board said that 42 shops were looted."
    )
    store = Store.open()
    build([Article("a", text, published="2021-05-03", language="en")], store=store, annotator=annotator)
    found = {c.text: (c.start, c.turns) for c in rdf.claims(store)}
    assert found == {"31": (text.index("31"), (text.index("42"),)), "42": (text.index("42"), (text.index("31"),))}


def test_fewer_of_a_kind_may_be_among_all(told: Telling) -> None:
    """Protesters are not all who die at a protest; miners are all who die in a mine; more of a kind than of all cannot be."""
    riot = "Protesters and police clashed in Karuma on Monday. "
    found = told(
        (
            "2024-08-14",
            f"{riot}At least three people were killed in Karuma, the ombudsman said. Police said two protesters died in Karuma. "
            "The hospital in Karuma gave a figure of four dead, including a bus driver.",
        )
    )
    assert {(v, *sorted((a, b))) for v, a, b in found} >= {
        ("compatible", "At least three", "two"),
        ("compatible", "four", "two"),
    }
    assert not any(verdict == "contradicts" for verdict, *_ in found)
    more = told(
        ("2024-08-14", f"{riot}Police said three people died in Karuma. The union said nine protesters died in Karuma.")
    )
    assert ("contradicts", "three", "nine") in {(v, *sorted((a, b), reverse=True)) for v, a, b in more}
    mine = "A mine collapsed in Karuma on Monday. "
    miners = told(
        ("2024-08-14", f"{mine}The company said five miners died in Karuma. The union said nine people died in Karuma.")
    )
    assert any(verdict == "contradicts" for verdict, *_ in miners)


def test_who_later_raises_a_number_revises_it(told: Telling) -> None:
    found = told(
        (
            "2024-07-14",
            "At least nine passengers were killed and 22 others injured early on Sunday in Karuma when a bus fell into a ravine, "
            "authorities said.\n\nThe regional health directorate later raised the number of injured to 27.",
        )
    )
    assert ("revises", "22", "27") in found
    assert not any(verdict == "contradicts" for verdict, *_ in found)


def test_some_of_whom_are_not_held_against_all(told: Telling) -> None:
    text = (
        "Interior Minister Ramazon Rahim, in a press conference last month, put the number of Tajiks who had joined militants abroad at "
        "1,900, of whom 300 were believed dead. Independent researcher Edward Lamon, citing leaked police files, gave a lower figure of "
        "about 1,300.\n\nThe committee later revised its figure to 37."
    )
    found = told(("2024-05-06", text))
    assert {(a, b) for _, a, b in found} <= {("1,900", "about 1,300"), ("about 1,300", "1,900")}
    assert found


def test_a_second_speaker_without_a_verb_has_the_number(annotator: Annotator) -> None:
    store = Store.open()
    text = (
        "The toll of the blast at the Karuma mine has climbed to 45, the ministry said, while the governor spoke of 42 and the operator, "
        "Lake Mines, of 38. One worker remained missing, down from four on Saturday, according to the ministry."
    )
    build([Article("a", text, published="2024-05-05", language="en")], store=store, annotator=annotator)
    said = {str(r["value"]): r["speaker_name"] for r in query.run(store, query.find("figures"))}
    assert (said["42"], said["38"]) == ("the governor", "Lake Mines")
    reasons = [str(r["reason"]) for r in query.run(store, query.find("comparisons"))]
    assert not any("four worker " in reason for reason in reasons)

"""Errors that a reader of unmarked articles finds: what would put words or deeds on somebody who has nothing to do with them."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.model import Article, Kind, Resolved
from kg.resolve.coreference import resolve


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def read(annotator: Annotator, text: str) -> Resolved:
    return resolve(annotator.annotate(Article("a", text, published="2024-03-05")))


def said(resolved: Resolved) -> list[tuple[str | None, str]]:
    names = {r.key: r.name for r in resolved.references}
    return [(names.get(s.speaker or ""), s.content) for s in resolved.statements if s.kind is not Kind.AUTHOR]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Judges agreed to hear new testimony that allegedly incriminates the dealer.",
            [("Judges", "to hear new testimony that allegedly incriminates the dealer")],
            id="that-of-a-noun",
        ),
        pytest.param(
            "Omar Bashir pleaded guilty after agreeing to a plea deal that stipulated that he would serve one year.",
            [],
            id="that-of-a-deal",
        ),
        pytest.param(
            "Speaking on national television, investigator Pol Varga told a news conference that President Dem Kristov bore a heavy responsibility.",
            [("Pol Varga", "that President Dem Kristov bore a heavy responsibility")],
            id="speaking-on-television",
        ),
        pytest.param(
            "Co-chief Karl Winter responded to the accusation that banks have been looking after their interests by admitting that principles were ignored.",
            [("Karl Winter", "that principles were ignored")],
            id="an-accusation-answered",
        ),
        pytest.param(
            "Imports shrank by 12.7 percent in March, the customs agency announced, the biggest slump in a decade.",
            [("customs agency", "Imports shrank by 12.7 percent in March")],
            id="behind-the-announcement",
        ),
        pytest.param(
            "A dozen farmers were arrested for protesting outside director Paras Jain's office.",
            [],
            id="protest-outside",
        ),
        pytest.param(
            "Reservation refers to the policy of guaranteeing jobs for poor groups.", [], id="what-a-word-means"
        ),
        pytest.param(
            "A man has been fined after a final appeal by his lawyers who said he was ill was turned down.",
            [("his lawyers", "he was ill")],
            id="lawyers-who",
        ),
        pytest.param(
            "Ada Brix met lawyers who said the plan was dead. She met a farmer who says the river stinks.",
            [("lawyers", "the plan was dead"), ("a farmer", "the river stinks")],
            id="not-the-name-before-who",
        ),
        pytest.param(
            "The mayor met Tom Reck, who said the mill would stay.",
            [("Tom Reck", "the mill would stay")],
            id="the-name-before-who",
        ),
        pytest.param(
            "The Lake Tribunal heard lawyer Guido Metz, who said she did no wrong. The journalist's supporters, many of them young, are running a petition. They say Ana Hartwig did her job.",
            [("Guido Metz", "she did no wrong"), ("The journalist's supporters", "Ana Hartwig did her job")],
            id="they-are-supporters",
        ),
        pytest.param(
            "China's exports fell, the General Administration of Customs reported. The government in Beijing wants to protect jobs.",
            [("General Administration of Customs", "China's exports fell"), ("government", "to protect jobs")],
            id="an-agency-is-no-government",
        ),
        pytest.param(
            "The director Paras Jain has rejected all criticism. “There are people who benefit,” the 59-year-old told reporters.",
            [("Paras Jain", "all criticism"), ("Paras Jain", "“There are people who benefit,”")],
            id="the-59-year-old",
        ),
        pytest.param(
            "A court freed Omar Bashir on Monday. Bashir said he was glad. His father, Ahmed Said Bashir, had died in 2003. Bashir said he would go home.",
            [("Omar Bashir", "he was glad"), ("Omar Bashir", "he would go home")],
            id="the-father-has-the-name-too",
        ),
        pytest.param(
            "Omar Bashir was freed. Bashir said he was glad. A brother officer, Ahmed Said Bashir, came later.",
            [("Omar Bashir", "he was glad")],
            id="named-in-full-only-later",
        ),
        pytest.param(
            "The singer Tom Reck faced criticism from those who said his songs were bad.",
            [("those", "his songs were bad")],
            id="those-who",
        ),
        pytest.param(
            "A judge sentenced Robert Lund for the abduction of Hassan Nasr. The imam, also known as Abu Bakr, was flown to Egypt, where he claims he was tortured.",
            [("The imam", "he was tortured")],
            id="he-is-the-subject",
        ),
        pytest.param(
            "Prime Minister Ana Brack told parliament it showed a man kneeling before the black flag with a knife saying “I swear we will strike.”",
            [("Ana Brack", "it showed a man"), ("a man", "“I swear we will strike.”")],
            id="no-flag-speaks",
        ),
        pytest.param(
            "Party member Florian Pitt said the claims were “trumped up.” “In a way, Schultz is right,” he tweeted. The party's leader, Marie Penn, "
            "accused the minister of “mobilizing his friends.” “The president is bringing out the big guns.”",
            [
                ("Florian Pitt", "the claims"),
                ("Florian Pitt", "“In a way, Schultz is right,”"),
                ("Marie Penn", "the minister of"),
            ],
            id="another-spoke-between",
        ),
        pytest.param(
            "Minister Peter Dorn responded to reports on Thursday that the men came as refugees.",
            [],
            id="reports-answered",
        ),
        pytest.param(
            "In January, two men took photos of guests at a Lake University seminar discussing the 1915 war.",
            [],
            id="seminar",
        ),
        pytest.param(
            "The rapper sang of grief. Read more: Tom Reck calls slavery a choice Superstar Ana Brix tweeted “thanks”.",
            [],
            id="link",
        ),
    ],
)
def test_words_are_of_who_said_them(annotator: Annotator, text: str, expected: list[tuple[str | None, str]]) -> None:
    found = said(read(annotator, text))
    assert [who for who, _ in found] == [who for who, _ in expected]
    assert all(content.startswith(told) for (_, content), (_, told) in zip(found, expected, strict=True))


def offices(resolved: Resolved) -> list[tuple[str | None, str, str | None]]:
    names = {r.key: r.name for r in resolved.references}
    return [(names.get(o.person), o.title, names.get(o.organisation or "")) for o in resolved.offices]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The witness received a letter in which Said Mansour is named as a member of the outer circle of the Hamburg terrorist cell.",
            [],
            id="accused-of-a-cell",
        ),
        pytest.param(
            "Said Mansour is a member of the Harbour Board.", [("Said Mansour", "member", "Harbour Board")], id="board"
        ),
        pytest.param(
            "Green party politician Irene Mohl said it was late.", [("Irene Mohl", "politician", "Green")], id="party"
        ),
        pytest.param(
            "The European Parliament asked the Fraud Office to look into funds of the National Front party. The party's leader, Marie Penn, said it was false.",
            [("Marie Penn", "leader", "National Front")],
            id="the-partys-leader",
        ),
        pytest.param(
            "Naeem Ahmar, professor of International Relations at Karvan University, said it rained.",
            [("Naeem Ahmar", "professor", "Karvan University")],
            id="professor-at",
        ),
        pytest.param(
            "The head of the Ifo economic think tank in Munich, Clemens Funk, met us.",
            [("Clemens Funk", "head", None)],
            id="in-a-town",
        ),
        pytest.param(
            "Lake Bank heads Karl Wenders und Peter Sommer met us.", [("Karl Wenders", "head", "Lake Bank")], id="heads"
        ),
        pytest.param(
            "They saw jars of the 19th century doctor Rudolf Virkow.", [("Rudolf Virkow", "doctor", None)], id="century"
        ),
        pytest.param("He met his father, Ahmed Bashir, in Tarn.", [], id="father"),
    ],
)
def test_an_office_is_one(annotator: Annotator, text: str, expected: list[tuple[str | None, str, str | None]]) -> None:
    assert offices(read(annotator, text)) == expected


def figures(resolved: Resolved) -> list[tuple[str, str, list[str]]]:
    names = {r.key: r.name for r in resolved.references}
    return [(f.population, f.event, [names[p] for p in f.places]) for s in resolved.statements for f in s.figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "One gunman wounded three police officers.",
            [("gunman", "", []), ("police officers", "wound", [])],
            id="who-did-it",
        ),
        pytest.param("Three officers were wounded.", [("officers", "wound", [])], id="who-suffered-it"),
        pytest.param(
            "The papers implicate the state in the massacre of 8,000 men.", [("men", "kill", [])], id="massacre"
        ),
        pytest.param(
            "The bank pays its 9,000 workers (about half of whom work in Germany) well.",
            [("workers", "pay", []), ("workers", "work", ["Germany"])],
            id="in-brackets",
        ),
        pytest.param(
            "It could amount to 7.5 million euros. The party could win in local elections on March 22 and 29.",
            [("", "amount", [])],
            id="second-day",
        ),
        pytest.param(
            "Two suspects fled. His debut album, 17, came out in August.", [("suspects", "flee", [])], id="album"
        ),
        pytest.param(
            "Some 5,000 people had left for Syria. There were more than 1,600 leads on suspicious sums.",
            [("people", "leave", ["Syria"]), ("leads", "", [])],
            id="leads",
        ),
        pytest.param("Read more: Snow strands 900 tourists in Arland Trains were late.", [], id="link"),
        pytest.param("Growth is at its lowest in a quarter of a century.", [], id="quarter-of-a-century"),
    ],
)
def test_figures_count_who_suffered(
    annotator: Annotator, text: str, expected: list[tuple[str, str, list[str]]]
) -> None:
    assert figures(read(annotator, text)) == expected


def test_at_the_time_is_over(annotator: Annotator) -> None:
    resolved = read(annotator, "Italy's prime minister at the time, Silvio Bertoni, rejected the plan.")
    assert [o.tense.value for o in resolved.offices] == ["former"]


def test_the_office_of_an_office_is_a_body(annotator: Annotator) -> None:
    assert said(read(annotator, "The Office of the Attorney General confirmed it had begun.")) == [
        ("Office of the Attorney General", "it had begun")
    ]

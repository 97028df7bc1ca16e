"""A small graph made by hand through the model: an invented story of dead fish in a Norwegian fjord.

Five articles of two publishers (and one without), four people in office, a ministry with an authority below it, a movement,
unnamed sources, a relayed statement, figures that contradict, revise and agree. Every span is found in the text.
"""

from __future__ import annotations

from kg import rdf
from kg.model import (
    Affair,
    Article,
    Certainty,
    Comparator,
    Comparison,
    Entity,
    EntityType,
    Form,
    Identity,
    Judgement,
    Kind,
    Link,
    OfficeHeld,
    Reference,
    Resolved,
    Span,
    Stance,
    StatedFigure,
    Statement,
    Tense,
    Verdict,
)
from kg.store import Store
from kg.vocabulary import DATA, Graph


class _Article:
    """Collects the parts of one article; ``at`` finds words in its text."""

    def __init__(self, id: str, *sentences: str, title: str, published: str | None, publisher: str | None) -> None:
        self.text = " ".join(sentences)
        self.article = Article(id, self.text, title=title, published=published, publisher=publisher)
        self.sentences = tuple(self.at(sentence) for sentence in sentences)
        self.references: list[Reference] = []
        self.offices: list[OfficeHeld] = []
        self.statements: list[Statement] = []

    def at(self, words: str, sentence: int = 0) -> Span:
        """The first place of ``words``, no earlier than the given sentence."""
        start = self.text.index(words, self.sentences[sentence].start if sentence else 0)
        return Span(start, start + len(words))

    def reference(
        self, key: str, type: EntityType, name: str, *words: str, aliases: tuple[str, ...] = (), part_of: str | None = None
    ) -> None:  # fmt: skip
        mentions = tuple(
            Link(self.at(w), Form.NAME if w == name else Form.NOMINAL, "by hand") for w in words or (name,)
        )
        self.references.append(
            Reference(key, self.article.id, type, name, aliases=aliases, part_of=part_of, mentions=mentions)
        )

    def office(
        self, key: str, person: str, title: str, body: str | None, words: str, tense: Tense = Tense.CURRENT
    ) -> None:
        self.offices.append(OfficeHeld(key, self.article.id, person, title, body, tense, self.at(words)))

    def says(
        self, key: str, speaker: str | None, cue: str, content: str, *, within: int, office: str | None = None,
        stance: Stance = Stance.SAID, kind: Kind = Kind.INDIRECT, certainty: Certainty = Certainty.FIRM, about: tuple[str, ...] = (),
        said_on: str | None = None, recipients: tuple[str, ...] = (), figures: tuple[StatedFigure, ...] = (), relay: str | None = None,
        confidence: float = 1.0,
    ) -> None:  # fmt: skip
        """``within`` is the number of the sentence that is the evidence; ``relay`` the statement that relays this one."""
        named = next((r for r in self.references if r.key == speaker), None)
        self.statements.append(
            Statement(
                key,
                self.article.id,
                speaker,
                office,
                cue,
                stance,
                kind,
                certainty,
                False,
                content,
                (named.mentions[0].span,) if named else (),
                (self.at(cue, within),),
                (self.at(content, within),),
                self.sentences[within],
                said_on=said_on,
                recipients=recipients,
                about=about,
                figures=figures,
                within=relay,
                reason="by hand",
                confidence=confidence,
            )
        )

    def figure(
        self, key: str, words: str, value: float, comparator: Comparator = Comparator.EQUAL, *, population: str, event: str,
        places: tuple[str, ...] = (), as_of: str | None = None, low: float | None = None, high: float | None = None,
    ) -> StatedFigure:  # fmt: skip
        return StatedFigure(
            key, self.at(words), words, value=value, low=low, high=high, comparator=comparator, population=population, event=event, places=places,
            as_of=as_of,
        )  # fmt: skip

    def resolved(self) -> Resolved:
        return Resolved(
            self.article, tuple(self.references), tuple(self.offices), tuple(self.statements), self.sentences, "by hand"
        )


def articles() -> list[Resolved]:
    """The five articles, resolved within themselves."""
    return [_first(), _second(), _third(), _fourth(), _fifth()]


def _first() -> Resolved:
    a = _Article(
        "a1",
        "Fisheries minister Marit Haugland said on March 1 that more than 300 salmon had died in Kvitfjord.",
        "“The water is clean,” Haugland told Havposten.",
        "Two fishermen said the Coastal Authority may have known for weeks.",
        title="Salmon die in Kvitfjord",
        published="2021-03-02",
        publisher="Havposten",
    )
    a.reference("haugland", EntityType.PERSON, "Marit Haugland", "Marit Haugland", "Fisheries minister")
    a.reference("ministry", EntityType.MINISTRY, "Ministry of Fisheries", "Fisheries")
    a.reference("authority", EntityType.ORGANISATION, "Coastal Authority")
    a.reference("fjord", EntityType.PLACE, "Kvitfjord")
    a.reference("paper", EntityType.NEWS_ORGANISATION, "Havposten")
    a.reference("fishermen", EntityType.UNNAMED, "two fishermen", "Two fishermen")
    a.office("o1", "haugland", "minister", "ministry", "Fisheries minister Marit Haugland")
    dead = a.figure(
        "f1", "more than 300 salmon", 300, Comparator.MORE, population="salmon", event="die", places=("fjord",), low=300
    )
    a.says(
        "s1", "haugland", "said", "that more than 300 salmon had died in Kvitfjord", within=0, office="o1",
        said_on="2021-03-01", about=("fjord",), figures=(dead,),
    )  # fmt: skip
    a.says(
        "s2", "haugland", "told", "The water is clean", within=1, office="o1", kind=Kind.DIRECT, recipients=("paper",)
    )
    a.says(
        "s3", "fishermen", "said", "the Coastal Authority may have known for weeks", within=2, certainty=Certainty.HEDGED,
        about=("authority",), confidence=0.6,
    )  # fmt: skip
    return a.resolved()


def _second() -> Resolved:
    a = _Article(
        "a2",
        "Lars Eide, a former director of the Coastal Authority, which is part of the Ministry of Fisheries, claimed on March 8 "
        "that 500 salmon had died in Kvitfjord.",
        "He blamed Haugland for the silence.",
        "Fjordvern, a movement, denied that it had opened the nets.",
        title="A former director counts again",
        published="2021-03-09",
        publisher="Havposten",
    )
    a.reference("eide", EntityType.PERSON, "Lars Eide", "Lars Eide", "He")
    a.reference("ministry", EntityType.MINISTRY, "Ministry of Fisheries")
    a.reference("authority", EntityType.ORGANISATION, "Coastal Authority", part_of="ministry")
    a.reference("haugland", EntityType.PERSON, "Haugland")
    a.reference("fjord", EntityType.PLACE, "Kvitfjord")
    a.reference("fjordvern", EntityType.MOVEMENT, "Fjordvern")
    a.office(
        "o1", "eide", "director", "authority", "Lars Eide, a former director of the Coastal Authority", Tense.FORMER
    )
    dead = a.figure("f1", "500 salmon", 500, population="salmon", event="die", places=("fjord",), low=500, high=500)
    a.says(
        "s1", "eide", "claimed", "that 500 salmon had died in Kvitfjord", within=0, office="o1", stance=Stance.CLAIMED,
        said_on="2021-03-08", about=("fjord",), figures=(dead,), confidence=0.9,
    )  # fmt: skip
    a.says(
        "s2",
        "eide",
        "blamed",
        "Haugland for the silence",
        within=1,
        office="o1",
        stance=Stance.BLAMED,
        about=("haugland",),
    )
    a.says("s3", "fjordvern", "denied", "that it had opened the nets", within=2, stance=Stance.DENIED)
    return a.resolved()


def _third() -> Resolved:
    a = _Article(
        "a3",
        "Kari Moen, director of the Coastal Authority, said that divers had told her the dead salmon numbered around 510.",
        "40 people were evacuated from Kvitfjord.",
        "Eide, the former director, was wrong, Moen said.",
        title="Divers count the fish",
        published="2021-04",
        publisher="Nordlys Wire",
    )
    a.reference("moen", EntityType.PERSON, "Kari Moen", "Kari Moen", "her")
    a.reference("authority", EntityType.ORGANISATION, "Coastal Authority")
    a.reference("divers", EntityType.UNNAMED, "divers")
    a.reference("eide", EntityType.PERSON, "Eide")
    a.reference("fjord", EntityType.PLACE, "Kvitfjord")
    a.office("o1", "moen", "director", "authority", "Kari Moen, director of the Coastal Authority")
    a.office("o2", "eide", "director", None, "Eide, the former director", Tense.FORMER)
    dead = a.figure(
        "f1", "around 510", 510, Comparator.ABOUT, population="salmon", event="die", as_of="2021-03", low=510, high=510
    )
    away = a.figure("f2", "40 people", 40, population="people", event="evacuate", places=("fjord",), low=40, high=40)
    a.says(
        "s1", "moen", "said", "that divers had told her the dead salmon numbered around 510", within=0, office="o1",
        figures=(dead,),
    )  # fmt: skip
    a.says(
        "s2", "divers", "told", "the dead salmon numbered around 510", within=0, recipients=("moen",), figures=(dead,),
        relay="s1", confidence=0.8,
    )  # fmt: skip
    a.says("s3", None, "were", "40 people were evacuated from Kvitfjord", within=1, kind=Kind.AUTHOR, figures=(away,))
    a.says("s4", "moen", "said", "Eide, the former director, was wrong", within=2, office="o1", about=("eide",))
    return a.resolved()


def _fourth() -> Resolved:
    a = _Article(
        "a4",
        "Marit Haugland, by then Norway's former minister, admitted that “some 520 salmon” had died.",
        "The Coastal Authority (KA) said it would publish every count.",
        title="The minister's last word",
        published="2022-01-15",
        publisher="Nordlys Wire",
    )
    a.reference("haugland", EntityType.PERSON, "Marit Haugland")
    a.reference("norway", EntityType.COUNTRY, "Norway")
    a.reference("authority", EntityType.ORGANISATION, "Coastal Authority", aliases=("KA",))
    a.office("o1", "haugland", "minister", "norway", "Norway's former minister", Tense.FORMER)
    dead = a.figure("f1", "some 520 salmon", 520, Comparator.ABOUT, population="salmon", event="die", low=520, high=520)
    a.says(
        "s1",
        "haugland",
        "admitted",
        "“some 520 salmon” had died",
        within=0,
        office="o1",
        kind=Kind.MIXED,
        figures=(dead,),
    )
    a.says("s2", "authority", "said", "it would publish every count", within=1, stance=Stance.PROMISED)
    return a.resolved()


def _fifth() -> Resolved:
    a = _Article(
        "a5",
        "Fjordvern said the Ministry of Fisheries was hiding the truth.",
        title="A leaflet",
        published=None,
        publisher=None,
    )
    a.reference("fjordvern", EntityType.MOVEMENT, "Fjordvern")
    a.reference("ministry", EntityType.MINISTRY, "Ministry of Fisheries")
    a.says("s1", "fjordvern", "said", "the Ministry of Fisheries was hiding the truth", within=0, about=("ministry",))
    return a.resolved()


ENTITIES = (
    Entity("marit-haugland", EntityType.PERSON, "Marit Haugland", aliases=("Haugland",),
           references=(("a1", "haugland"), ("a2", "haugland"), ("a4", "haugland"))),
    Entity("lars-eide", EntityType.PERSON, "Lars Eide", aliases=("Eide",), references=(("a2", "eide"), ("a3", "eide"))),
    Entity("kari-moen", EntityType.PERSON, "Kari Moen", references=(("a3", "moen"),)),
    Entity("ministry-of-fisheries", EntityType.MINISTRY, "Ministry of Fisheries", country="norway",
           references=(("a1", "ministry"), ("a2", "ministry"), ("a5", "ministry"))),
    Entity("coastal-authority", EntityType.ORGANISATION, "Coastal Authority", aliases=("KA", "the Authority"),
           part_of="ministry-of-fisheries",
           references=(("a1", "authority"), ("a2", "authority"), ("a3", "authority"), ("a4", "authority"))),
    Entity("kvitfjord", EntityType.PLACE, "Kvitfjord", country="norway", part_of="norway",
           references=(("a1", "fjord"), ("a2", "fjord"), ("a3", "fjord"))),
    Entity("norway", EntityType.COUNTRY, "Norway", references=(("a4", "norway"),)),
    Entity("havposten", EntityType.NEWS_ORGANISATION, "Havposten", references=(("a1", "paper"),)),
    Entity("fjordvern", EntityType.MOVEMENT, "Fjordvern", references=(("a2", "fjordvern"), ("a5", "fjordvern"))),
    Entity("two-fishermen", EntityType.UNNAMED, "two fishermen", references=(("a1", "fishermen"),)),
    Entity("divers", EntityType.UNNAMED, "divers", references=(("a3", "divers"),)),
)  # fmt: skip

JUDGEMENTS = (
    Judgement(("a1", "haugland"), ("a4", "haugland"), Identity.SAME, "rule: same name", "The names are equal."),
    Judgement(("a1", "haugland"), ("a2", "haugland"), Identity.SAME, "rule: surname", "One surname, one office.", 0.8),
    Judgement(("a2", "eide"), ("a3", "eide"), Identity.UNSURE, "rule: surname", "Only the surname is given.", 0.5),
)


def _figure(article: str, key: str) -> str:
    return f"{DATA}article/{article}/figure/{key}"


def _statement(article: str, key: str) -> str:
    return f"{DATA}article/{article}/statement/{key}"


def _compared(
    left: str, left_statement: str, right: str, right_statement: str, verdict: Verdict, reason: str
) -> Comparison:
    return Comparison(
        _figure(left, "f1"), _figure(right, "f1"), _statement(left, left_statement), _statement(right, right_statement),
        verdict, reason,
    )  # fmt: skip


COMPARISONS = (
    _compared("a1", "s1", "a2", "s1", Verdict.CONTRADICTS, "300 and 500 cannot both hold."),
    _compared("a2", "s1", "a3", "s1", Verdict.COMPATIBLE, "500 lies within a tenth of around 510."),
    _compared("a1", "s1", "a4", "s1", Verdict.REVISES, "The minister raised the figure."),
)


AFFAIR = Affair("a2", ("a1", "a2", "a3"), "Salmon die in Kvitfjord", "2021-03-02", "2021-04", "poisoning")


def store() -> Store:
    """The whole story in a store in memory."""
    made = Store.open()
    resolved = articles()
    for article in resolved:
        made.add([*rdf.article_quads(article), *rdf.provenance_quads(article.article.id, article.extractor)])
    made.replace_graph(
        Graph.ENTITIES, rdf.entity_quads(ENTITIES, JUDGEMENTS, offices=rdf.offices(made), links=rdf.links(made))
    )
    made.replace_graph(Graph.COMPARISONS, [*rdf.comparison_quads(COMPARISONS), *rdf.affair_quads(AFFAIR)])
    return made

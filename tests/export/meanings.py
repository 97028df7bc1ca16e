"""A story in which each statement means something else than “somebody says that it is so”, made by hand through the model."""

from __future__ import annotations

from dataclasses import replace

from kg import rdf
from kg.model import Certainty, Comparator, Entity, EntityType, Kind, Resolved, Stance, Tense
from kg.store import Store
from kg.vocabulary import Graph
from tests import story


def store() -> Store:
    """Two articles, of which the later one calls an office of the earlier one a former one."""
    made = Store.open()
    for article in (_first(), _second()):
        made.add([*rdf.article_quads(article), *rdf.provenance_quads(article.article.id, article.extractor)])
    made.replace_graph(Graph.ENTITIES, rdf.entity_quads(ENTITIES, (), offices=rdf.offices(made), links=rdf.links(made)))
    return made


def _first() -> Resolved:
    a = story._Article(
        "m1",
        "Ana Reis, spokeswoman of the Harbour Ministry, denied that the Port Authority had lost 12 boats.",
        "The Harbour Ministry refused to publish the count.",
        "Jon Vik, a former director of the Port Authority, said that at least 40 people had died.",
        "Two pilots said that perhaps 20 to 30 crates were lost.",
        "The harbour report says that 90 people were hurt, an unofficial count.",
        "Vik said that a diver had told him that about 200 nets were gone.",
        "Reis did not say that the port was closed.",
        "“We shall rebuild,” Vik said.",
        "Reis denied that Liv Moe, head of the Port Authority, had said that the quay was unsafe.",
        "Seven ferries lay idle.",
        "Moe, who will be minister, hoped that Norway would pay.",
        title="The port after the storm",
        published="2020-05-04",
        publisher="Norden Wire",
    )
    a.reference("reis", EntityType.PERSON, "Ana Reis", "Ana Reis", "Reis")
    a.reference("ministry", EntityType.MINISTRY, "Harbour Ministry")
    a.reference("authority", EntityType.ORGANISATION, "Port Authority")
    a.reference("vik", EntityType.PERSON, "Jon Vik", "Jon Vik", "Vik")
    a.reference("pilots", EntityType.UNNAMED, "two pilots", "Two pilots")
    a.reference("report", EntityType.DOCUMENT, "harbour report")
    a.reference("diver", EntityType.UNNAMED, "a diver")
    a.reference("moe", EntityType.PERSON, "Liv Moe", "Liv Moe", "Moe")
    a.reference("norway", EntityType.COUNTRY, "Norway")
    a.office("o1", "reis", "spokeswoman", "ministry", "Ana Reis, spokeswoman of the Harbour Ministry")
    a.office("o2", "vik", "director", "authority", "Jon Vik, a former director of the Port Authority", Tense.FORMER)
    a.office("o3", "moe", "head", "authority", "Liv Moe, head of the Port Authority")
    a.office("o4", "moe", "minister", "ministry", "Moe, who will be minister", Tense.DESIGNATE)
    boats = a.figure("f1", "12 boats", 12, population="boats", event="lose", low=12, high=12)
    dead = a.figure("f2", "at least 40 people", 40, Comparator.AT_LEAST, population="people", event="die", low=40)
    crates = a.figure("f3", "20 to 30 crates", 0, population="crates", event="lose", low=20, high=30)
    hurt = a.figure("f4", "90 people", 90, population="people", event="hurt", low=90, high=90)
    nets = a.figure("f5", "about 200 nets", 200, Comparator.ABOUT, population="nets", event="go", low=180, high=220)
    a.says("s0", "reis", "denied", "that the Port Authority had lost 12 boats", within=0, office="o1", stance=Stance.DENIED,
           about=("authority",), figures=(boats,))  # fmt: skip
    a.says("s1", "ministry", "refused", "to publish the count", within=1, stance=Stance.REFUSED)
    a.says("s2", "vik", "said", "that at least 40 people had died", within=2, office="o2", figures=(dead,))
    a.says(
        "s3",
        "pilots",
        "said",
        "that perhaps 20 to 30 crates were lost",
        within=3,
        certainty=Certainty.HEDGED,
        figures=(replace(crates, value=None),),
    )
    a.says("s4", "report", "says", "that 90 people were hurt", within=4, figures=(replace(hurt, unofficial=True),))
    a.says("s5", "vik", "said", "that a diver had told him that about 200 nets were gone", within=5, figures=(nets,))
    a.says("s6", "diver", "told", "that about 200 nets were gone", within=5, figures=(nets,), relay="s5")
    a.says("s7", "reis", "say", "that the port was closed", within=6)
    a.says("s8", "vik", "said", "We shall rebuild", within=7, kind=Kind.DIRECT, stance=Stance.PROMISED)
    a.says(
        "s9",
        "reis",
        "denied",
        "that Liv Moe, head of the Port Authority, had said that the quay was unsafe",
        within=8,
        stance=Stance.DENIED,
        about=("moe",),
    )
    a.says("s10", "moe", "said", "that the quay was unsafe", within=8, relay="s9")
    a.says("s11", None, "lay", "Seven ferries lay idle.", within=9, kind=Kind.AUTHOR)
    a.says("s12", "moe", "hoped", "that Norway would pay", within=10, stance=Stance.HOPED, about=("norway",))
    made = a.resolved()
    changed = {"s7": {"negated": True}, "s11": {"cue": "", "cue_spans": ()}}
    return replace(made, statements=tuple(replace(s, **changed.get(s.key, {})) for s in made.statements))  # type: ignore[arg-type]


def _second() -> Resolved:
    a = story._Article(
        "m2", "Ana Reis, the former spokeswoman of the Harbour Ministry, said that she was glad.", title="A farewell", published="2021-01", publisher="Norden Wire"
    )  # fmt: skip
    a.reference("reis", EntityType.PERSON, "Ana Reis")
    a.reference("ministry", EntityType.MINISTRY, "Harbour Ministry")
    a.office(
        "o1",
        "reis",
        "spokeswoman",
        "ministry",
        "Ana Reis, the former spokeswoman of the Harbour Ministry",
        Tense.FORMER,
    )
    a.says("s1", "reis", "said", "that she was glad", within=0, office="o1")
    return a.resolved()


ENTITIES = (
    Entity("ana-reis", EntityType.PERSON, "Ana Reis", references=(("m1", "reis"), ("m2", "reis"))),
    Entity("harbour-ministry", EntityType.MINISTRY, "Harbour Ministry", country="norway", references=(("m1", "ministry"), ("m2", "ministry"))),
    Entity("port-authority", EntityType.ORGANISATION, "Port Authority", part_of="harbour-ministry", references=(("m1", "authority"),)),
    Entity("jon-vik", EntityType.PERSON, "Jon Vik", aliases=("Vik",), references=(("m1", "vik"),)),
    Entity("two-pilots", EntityType.UNNAMED, "two pilots", references=(("m1", "pilots"),)),
    Entity("harbour-report", EntityType.DOCUMENT, "harbour report", references=(("m1", "report"),)),
    Entity("a-diver", EntityType.UNNAMED, "a diver", references=(("m1", "diver"),)),
    Entity("liv-moe", EntityType.PERSON, "Liv Moe", references=(("m1", "moe"),)),
    Entity("norway", EntityType.COUNTRY, "Norway", references=(("m1", "norway"),)),
)  # fmt: skip

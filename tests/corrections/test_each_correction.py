"""Each kind of correction: what it changes, that nothing else changes, and that undoing it leaves no trace."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
import pytest

from kg import corrections, review
from kg import vocabulary as v
from kg.corrections import Made
from kg.errors import UsageError
from kg.model import Article, Identity
from kg.pipeline import build, repair
from kg.reason import validate
from kg.store import Store
from kg.store.copies import scratch
from kg.vocabulary import Graph
from tests.apart_from_names import lines

TEXT = """Prices rose by 3 percent, Finance Minister Ana Ruiz said.

The mayor of Osk, Ben Holt, denied on Monday that 40 people were killed in the fire. "It is a lie," he told Radio Osk. Slawin Coal employs 2,300 people.

Mara Dunn believes the port will reopen."""
OTHER = "Ana Ruiz said on Tuesday that 50 people were killed in the fire in Osk."
ARTICLES = (
    Article("fire", TEXT, title="Fire in Osk", published="2020-03-02", url="https://news.example/fire"),
    Article("toll", OTHER, title="Fire in Osk: toll", published="2020-03-03", url="https://news.example/toll"),
)
_PREFIXES = "".join(f"PREFIX {prefix}: <{space}>\n" for prefix, space in v.PREFIXES.items())


@pytest.fixture(scope="module")
def built() -> Iterator[Store]:
    with Store.open() as store:
        assert not build(ARTICLES, store=store).problems
        yield store


@pytest.fixture
def store(built: Store) -> Iterator[Store]:
    with scratch(built) as copied:
        repair(store=copied)
        yield copied


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    return [tuple(getattr(term, "value", "") for term in row) for row in store.select(_PREFIXES + query)]


def statement(store: Store, words: str) -> str:
    """The IRI of the statement whose content holds ``words``."""
    return next(
        s for s, c in rows(store, "SELECT ?s ?c { ?s a kg:Statement ; kg:content ?c } ORDER BY ?s") if words in c
    )


def figure(store: Store, words: str) -> str:
    return next(f for f, w in rows(store, "SELECT ?f ?w { ?f a kg:Figure ; kg:wording ?w } ORDER BY ?f") if w == words)


def entity(store: Store, name: str) -> str:
    return next(
        e for e, n in rows(store, "SELECT ?e ?n { ?e a kg:Entity ; skos:prefLabel ?n } ORDER BY ?e") if n == name
    )


def office(store: Store, title: str) -> str:
    found = rows(store, "SELECT ?o ?t { ?o a kg:OfficeHeld ; schema:roleName ?t } ORDER BY ?o")
    return next(o for o, t in found if t == title)


def told(store: Store, iri: str, path: str) -> list[str]:
    return sorted(value for (value,) in rows(store, f"SELECT DISTINCT ?v {{ <{iri}> {path} ?v }}"))


def without_decisions(store: Store) -> set[ox.Quad]:
    return {q for q in store.quads() if q.graph_name.value != store.graph_name(Graph.DECISIONS)}  # type: ignore[union-attr]


@dataclass(frozen=True)
class Case:
    """One correction: of what (a function of this module and its words), what is said, and what the graph tells then: a path from the
    thing, and its values.
    """

    name: str
    thing: tuple[str, str]
    kind: str
    value: str = ""
    part: str = ""
    marked: str = ""
    path: str = ""
    values: tuple[str, ...] = ()
    own: bool = True  # it has an IRI of its own then


SAID, COUNT, HELD, WHO = ("statement", "40 people"), ("figure", "40"), ("office", "mayor"), ("entity", "Ana Ruiz")
CASES = (
    Case("confirm", SAID, "confirm", path="kg:content", values=("that 40 people were killed in the fire",), own=False),
    Case("speaker, marked", SAID, "speaker", marked="Slawin Coal", path="kg:speaker/skos:prefLabel", values=("Slawin Coal",)),
    Case("speaker, by name", SAID, "speaker", "Ana Ruiz", path="kg:speakerOffice/schema:roleName", values=("finance minister",)),
    Case("speaker, nobody knew", SAID, "speaker", marked="Radio", path="kg:speaker/skos:prefLabel", values=("Radio Osk",)),
    Case("no speaker", SAID, "speaker", path="kg:speaker", values=()),
    Case("cue", SAID, "cue", marked="denied on Monday", path="kg:cue", values=("denied on Monday",)),
    Case("cue, in words", SAID, "cue", "denied on Monday", path="kg:cue", values=("denied on Monday",)),
    Case("no cue", SAID, "cue", path="kg:cue", values=()),
    Case("content", SAID, "content", marked="were killed", path="kg:content", values=("were killed",)),
    Case("content without its figure", SAID, "content", marked="killed in the fire", path="kg:figure", values=()),
    Case("kind", SAID, "kind", "direct", path="kg:kind", values=(v.KG + "kind-direct",)),
    Case("the author's own", SAID, "kind", "author", path="kg:speaker/skos:prefLabel", values=("the article's author",)),
    Case("stance", SAID, "stance", "claimed", path="kg:stance", values=(v.KG + "stance-claimed",)),
    Case("day", SAID, "day", "2020-03-01", path="dcterms:date", values=("2020-03-01",)),
    Case("no day", SAID, "day", path="dcterms:date", values=()),
    Case("value", COUNT, "figure", "45", "value", path="schema:value", values=("45",)),
    Case("value in words", COUNT, "figure", "1.5 million", "value", path="schema:value", values=("1500000",)),
    Case("range", COUNT, "figure", "40-50", "value", path="schema:maxValue", values=("50",)),
    Case("unit", COUNT, "figure", "miners", "unit", path="schema:unitText", values=("miners",)),
    Case("bound", COUNT, "figure", "≥", "bound", path="kg:comparator", values=(v.KG + "comparator-at-least",)),
    Case("population", COUNT, "figure", "coal miners", "population", path="kg:population", values=("coal miners",)),
    Case("event", COUNT, "figure", "were injured", "event", path="kg:event", values=("injure",)),
    Case("day of a figure", COUNT, "figure", "2020-02", "day", path="dcterms:date", values=("2020-02",)),
    Case("place", COUNT, "figure", "Osk", "place", path="kg:place/skos:prefLabel", values=("Osk",)),
    Case("place, marked", COUNT, "figure", "", "place", marked="Osk", path="kg:place/skos:prefLabel", values=("Osk",)),
    Case("role", COUNT, "figure", "forecast", "role", path="kg:mark", values=("forecast",)),
    Case("office of the speaker", SAID, "office", "fire chief", path="kg:speakerOffice/schema:roleName", values=("fire chief",)),
    Case("no office", SAID, "office", path="kg:speakerOffice", values=()),
    Case("title", HELD, "office", "lord mayor", "title", path="schema:roleName", values=("lord mayor",)),
    Case("body", HELD, "office", "Slawin Coal", "body", path="kg:officeIn/skos:prefLabel", values=("Slawin Coal",)),
    Case("tense", HELD, "office", "former", "tense", path="kg:tense", values=(v.KG + "tense-former",)),
    Case("type", WHO, "type", "organisation", path="^kg:refersTo/kg:type", values=(v.KG + "type-organisation",), own=False),
    Case("name", WHO, "name", "Ann Ruiz", path="skos:prefLabel", values=("Ann Ruiz",), own=False),
)  # fmt: skip


def decide(store: Store, case: Case, by: str = "Mia") -> Made:
    find, words = case.thing
    thing = {"statement": statement, "figure": figure, "office": office, "entity": entity}[find](store, words)
    marked = span(case.marked) if case.marked else None
    return corrections.correct(
        store, thing, case.kind, case.value, part=case.part, span=marked, quote=case.marked, by=by
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_correction_holds_and_undone_leaves_no_trace(store: Store, case: Case) -> None:
    before = without_decisions(store)
    find, words = case.thing
    machine = {"statement": statement, "figure": figure, "office": office, "entity": entity}[find](store, words)
    made = decide(store, case)
    assert made.new
    assert made.notes in ([], ())
    now = machine if find == "entity" else made.thing
    assert told(store, now, case.path) == list(case.values)
    if case.own:
        assert made.thing == f"{machine}-r"
        assert told(store, made.thing, "prov:wasRevisionOf") == [machine]
        assert told(store, made.thing, "prov:wasAttributedTo/rdfs:label") == ["Mia"]
        assert told(store, made.thing, "prov:wasInfluencedBy/kg:decidedBy") == ["Mia"]
        assert told(store, machine, "?p") == []
    assert validate.check(store) == []
    assert {one.state for one in corrections.recorded(store)} == {"holds"}
    whole = set(store.quads())
    repair(store=store)
    assert set(store.quads()) == whole
    corrections.undo(store, made.decisions[0].id, by="Ben")
    assert without_decisions(store) == before
    assert {one.state for one in corrections.recorded(store)} == {"undone", "holds"}


def test_reject_takes_a_statement_with_its_figures_away(store: Store) -> None:
    before, machine = without_decisions(store), statement(store, "40 people")
    made = corrections.correct(store, machine, "reject", by="Mia", why="a rumour")
    assert made.thing == ""
    assert told(store, machine, "?p") == told(store, machine, "prov:wasInvalidatedBy")
    assert "40" not in {w for (w,) in rows(store, "SELECT ?w { ?f a kg:Figure ; kg:wording ?w }")}
    assert validate.check(store) == []
    again = corrections.correct(store, machine, "confirm", by="Ben")
    assert again.thing == machine
    assert without_decisions(store) == before
    assert [one.state for one in corrections.recorded(store)] == ["overruled", "holds"]


def test_figure_is_taken_away_and_another_put_in(store: Store) -> None:
    before = without_decisions(store)
    gone = corrections.correct(store, figure(store, "40"), "figure", part="remove", by="Mia")
    assert gone.thing == ""
    assert told(store, statement(store, "40 people"), "kg:figure") == []
    where = span("40")
    made = corrections.correct(
        store, statement(store, "40 people"), "figure", part="add", span=where, quote="40", by="Mia"
    )
    assert told(store, made.thing, "schema:value") == ["40"]
    corrections.correct(store, made.thing, "figure", "people", part="unit", by="Mia")
    assert told(store, statement(store, "40 people"), "kg:figure/schema:unitText") == ["people"]
    assert validate.check(store) == []
    for one in reversed(corrections.recorded(store)):
        corrections.undo(store, one.correction.id, by="Mia")
    assert without_decisions(store) == before


def test_missed_statement_is_added_with_what_is_marked(store: Store) -> None:
    before = without_decisions(store)
    iri = f"{v.DATA}article/fire"
    value = json.dumps({"speaker": span("Mara Dunn"), "cue": span("believes")})
    content = "Slawin Coal employs 2,300 people"
    made = corrections.correct(store, iri, "add", value, span=span(content), quote=content, by="Mia")
    assert told(store, made.thing, "kg:content") == [content]
    assert told(store, made.thing, "kg:speaker/skos:prefLabel") == ["Mara Dunn"]
    assert told(store, made.thing, "kg:stance") == [v.KG + "stance-believed"]
    assert told(store, made.thing, "kg:figure/schema:value") == ["2300"]
    assert told(store, made.thing, "prov:wasRevisionOf") == []
    assert told(store, made.thing, "prov:wasAttributedTo/rdfs:label") == ["Mia"]
    # What the article seemed to say itself is that statement now.
    assert len([c for (c,) in rows(store, "SELECT ?c { ?s a kg:Statement ; kg:content ?c }") if content in c]) == 1
    assert validate.check(store) == []
    later = corrections.correct(store, made.thing, "speaker", "Ana Ruiz", by="Mia")
    assert told(store, later.thing, "kg:speaker/skos:prefLabel") == ["Ana Ruiz"]
    for name in (later.decisions[0].id, made.decisions[0].id):
        corrections.undo(store, name, by="Mia")
    assert without_decisions(store) == before


def test_merge_and_split_are_judgements_of_identity(store: Store) -> None:
    before = lines(store)
    apart = corrections.correct(store, f"{v.DATA}article/toll/reference/ana-ruiz", "split", by="Mia")
    assert [j.verdict for j in apart.judgements] == [Identity.NOT_SAME]
    assert (
        len({e for e, n in rows(store, "SELECT ?e ?n { ?e a kg:Entity ; skos:prefLabel ?n }") if n == "Ana Ruiz"}) == 2
    )
    corrections.undo(store, apart.judgements[0].id, by="Mia")
    joined = corrections.correct(store, entity(store, "Mara Dunn"), "merge", entity(store, "Ana Ruiz"), by="Mia")
    assert [j.verdict for j in joined.judgements] == [Identity.SAME]
    assert [j.id for j in joined.judgements] == [
        one.judgement.id for one in review.recorded(store) if not one.withdrawn
    ]
    corrections.undo(store, joined.judgements[0].id, by="Mia")
    assert [line for line in lines(store) if "/graph/decisions>" not in line] == before


def test_comparisons_follow_a_corrected_number(store: Store) -> None:
    pairs = "SELECT ?v { ?c a kg:Comparison ; kg:left ?l ; kg:right ?r ; kg:verdict ?v }"
    corrections.correct(store, figure(store, "40"), "figure", "Osk", part="place", by="Mia")
    before = rows(store, pairs)
    corrections.correct(store, figure(store, "40"), "figure", "50", part="value", by="Mia")
    assert rows(store, pairs) != before


def test_the_machines_version_is_told_beside(store: Store) -> None:
    made = corrections.correct(store, statement(store, "40 people"), "speaker", "Ana Ruiz", by="Mia")
    for iri in (made.thing, made.thing.removesuffix("-r")):
        read = corrections.machine(store, iri)
        assert read is not None
        assert read["speaker"] == "Ben Holt"
        assert [one.correction.value for one in corrections.of(store, iri)] == ["Ana Ruiz"]
    assert corrections.machine(store, f"{v.DATA}article/fire/statement/nix") is None


@pytest.mark.parametrize(
    ("kind", "value", "more", "words"),
    [
        ("speaker", "Nobody Known", {}, "names no “Nobody Known”; mark the characters"),
        ("speaker", "", {"span": (10, 18), "quote": "Ana Ruiz"}, "are “e by 3 p” and not “Ana Ruiz”: the text has changed"),
        ("content", "", {"span": (900, 910)}, "has no characters 900 to 910"),
        ("content", "", {"span": (10, 10)}, "has no characters 10 to 10"),
        ("content", "", {}, "mark its characters, or reject it"),
        ("cue", "never there", {}, "are not in the article"),
        ("kind", "loud", {}, "is none of direct, indirect, mixed, author"),
        ("day", "yesterday", {}, "is not a date"),
        ("undo", "", {}, "undone by its id"),
        ("nothing", "", {}, "is nothing that can be corrected; use confirm"),
        ("type", "person", {}, "is nothing that can be corrected of a statement"),
        ("add", "", {"span": (0, 5)}, "A missed statement is added to its article"),
        ("figure", "many", {"part": "add", "span": (0, 6)}, "is no number"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_one_sentence_and_changes_nothing(
    store: Store, kind: str, value: str, more: dict[str, object], words: str
) -> None:
    before = set(store.quads())
    with pytest.raises(UsageError) as found:
        corrections.correct(store, statement(store, "40 people"), kind, value, by="Mia", **more)  # type: ignore[arg-type]
    assert words in str(found.value)
    assert set(store.quads()) == before


@pytest.mark.parametrize("part", ["value", "bound", "day", "role", "nothing", "place"])
def test_figure_of_nonsense_is_refused(store: Store, part: str) -> None:
    before = set(store.quads())
    with pytest.raises(UsageError):
        corrections.correct(store, figure(store, "40"), "figure", "nonsense", part=part, by="Mia")
    assert set(store.quads()) == before


@pytest.mark.parametrize(
    "thing", ["article/gone/statement/ab12", "entity/nobody", "article/fire/statement/nix", "nonsense", ""]
)
def test_what_is_not_there_is_said(store: Store, thing: str) -> None:
    with pytest.raises(UsageError):
        corrections.correct(
            store, f"{v.DATA}{thing}" if thing else "", "type" if "entity" in thing else "confirm", "person", by="Mia"
        )


@pytest.mark.parametrize("by", ["", "  ", "rule: names"])
def test_who_decides_has_a_name(store: Store, by: str) -> None:
    with pytest.raises(UsageError, match="no name of a person"):
        corrections.correct(store, statement(store, "40 people"), "confirm", by=by)

"""A prefix that is not declared and a term that kg does not have are one sentence each, and nothing is asked."""

from __future__ import annotations

import pytest
import rdflib

from kg import query
from kg.errors import QueryError, RefusedError
from kg.query import terms
from kg.store import Store


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("SELECT ?n WHERE { ?x foaf:name ?n }",
         "The query uses the prefix “foaf:” and does not declare it; begin it with PREFIX foaf: <http://xmlns.com/foaf/0.1/>."),
        ("SELECT ?n WHERE { ?x kgs:name ?n }",
         "The query uses the prefix “kgs:” and does not declare it; begin it with PREFIX kgs: <…>. Did you mean “kg:”?"),
        ("SELECT ?n WHERE { ?x zzz:name ?n }", "The query uses the prefix “zzz:” and does not declare it; begin it with PREFIX zzz: <…>."),
        ("SELECT ?n WHERE { ?x :name ?n }", "The query uses the prefix “:” and does not declare it; begin it with PREFIX : <…>."),
        ("ASK { ?s kg:speakr ?o }", "The query uses kg:speakr, which is no term of kg and stands in no graph; did you mean kg:speaker?"),
        ("PREFIX k: <https://w3id.org/kg-said/ns#> ASK { ?s k:speakr ?o }",
         "The query uses kg:speakr, which is no term of kg and stands in no graph; did you mean kg:speaker?"),
        ("ASK { ?s <https://w3id.org/kg-said/ns#figur> ?o }",
         "The query uses kg:figur, which is no term of kg and stands in no graph; did you mean kg:figure?"),
        ("ASK { ?s kg:xyzzy42 ?o }", "The query uses kg:xyzzy42, which is no term of kg and stands in no graph."),
        ("ASK { ?s kg:stance kg:stance-denyed }",
         "The query uses kg:stance-denyed, which is no term of kg and stands in no graph; did you mean kg:stance-denied?"),
    ],
)  # fmt: skip
def test_names_that_lead_nowhere_are_told(text: str, sentence: str) -> None:
    asked = query.parse(text)
    for source in (Store.open(), rdflib.Graph(bind_namespaces="none")):
        with pytest.raises(QueryError) as error:
            query.run(source, asked)
        assert str(error.value) == sentence
        assert not isinstance(error.value, RefusedError)


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * WHERE { ?s kg:speaker ?o . ?s kg:stance kg:stance-denied }",
        'SELECT * WHERE { ?s ?p "foaf:name kg:nothing" . # kg:nothing foaf:x\n ?s ?q <http://e.org/kg:nothing> }',
        "PREFIX kg: <http://e.org/> SELECT * WHERE { ?s kg:nothing ?o }",
        "PREFIX : <http://e.org/> prefix a-b:<http://e.org/x#> SELECT * WHERE { ?s :p ?o ; a-b:c.d 1 }",
        "SELECT * WHERE { ?s ?p ?o FILTER(STRSTARTS(STR(?p), STR(kg:))) BIND(_:b AS ?x) }".replace(
            " BIND(_:b AS ?x)", ""
        ),
        "SELECT * WHERE { ?s ?p ?o FILTER(STR(?p) = 'https://w3id.org/kg-said/ns#gone') }",
    ],
)
def test_names_that_are_known_or_foreign_pass(text: str) -> None:
    assert query.run(Store.open(), query.parse(text)).rows == ()


def test_prefixes_of_an_rdflib_graph_count() -> None:
    graph = rdflib.Graph()
    graph.bind("ex", "http://e.org/")
    asked = query.parse("ASK { ?s ex:p ?o }")
    assert query.run(graph, asked).rows == ((False,),)
    with pytest.raises(QueryError, match="“ex:”"):
        query.run(Store.open(), asked)


def test_former_terms_name_what_replaced_them(monkeypatch: pytest.MonkeyPatch) -> None:
    former = {"alias": "http://www.w3.org/2004/02/skos/core#altLabel", "gone": ""}
    monkeypatch.setattr(terms, "_vocabulary", lambda: frozenset())
    monkeypatch.setattr(terms, "_ontology", lambda: (frozenset({"speaker"}), former))
    with pytest.raises(QueryError, match=r"kg:alias, which is no term of kg any more; use skos:altLabel\.$"):
        terms.check_names("PREFIX kg: <https://w3id.org/kg-said/ns#> ASK { ?s kg:alias ?o }")
    with pytest.raises(QueryError, match=r"kg:gone, which is no term of kg any more\.$"):
        terms.check_names("PREFIX kg: <https://w3id.org/kg-said/ns#> ASK { ?s kg:gone ?o }")
    terms.check_names("PREFIX kg: <https://w3id.org/kg-said/ns#> ASK { ?s kg:speaker ?o }")

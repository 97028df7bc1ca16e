"""Review of unsure pairs: the queue, decisions that survive rebuilds, withdrawal, CSV both ways, links."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from kg import export, rdf, review
from kg.cli.looking.check import _kept_apart
from kg.errors import UsageError
from kg.model import Article, EntityType, Form, Identity, Link, Reference, Resolved, Span, slug
from kg.pipeline import integrate, remove
from kg.reason import check as consistency
from kg.reason.validate import check as conformance
from kg.store import Store

TEXT = "The bridge is old. “It will hold,” said Ana Ruiz on Monday. Ruiz then left.\n\nNobody asked Ana Ruiz more."
WHEN = "2026-01-02T03:04:05Z"


def resolved(aid: str, *names: str, kind: EntityType = EntityType.PERSON) -> Resolved:
    at = TEXT.index("Ana Ruiz")
    links = (
        Link(Span(at, at + 8), Form.NAME, "named"),
        Link(Span(TEXT.rindex("Ana"), TEXT.rindex("Ana") + 8), Form.NAME, "named"),
    )
    references = tuple(Reference(slug(n), aid, kind, n, mentions=links) for n in names)
    return Resolved(
        Article(aid, TEXT, title=f"Title of {aid}", published="2016-05-03"), references, extractor="made up"
    )


def put(store: Store, *found: Resolved) -> Store:
    for one in found:
        store.add([*rdf.article_quads(one), *rdf.provenance_quads(one.article.id, one.extractor)])
    integrate(store, added=[one.article.id for one in found])
    return store


@pytest.fixture
def store() -> Store:
    return put(Store.open(), resolved("a", "A. Ruiz"), resolved("b", "Ana Ruiz"), resolved("c", "Ana Costa"))


def entities(store: Store) -> list[str]:
    return sorted(
        str(row[0].value)
        for row in store.select("SELECT DISTINCT ?e WHERE { ?r <https://w3id.org/kg-said/ns#refersTo> ?e }")
    )  # type: ignore[union-attr]


def pair(left: str = "a-ruiz", right: str = "ana-ruiz") -> tuple[tuple[str, str], tuple[str, str]]:
    return ("a", left), ("b", right)


def test_queue_shows_both_sides_with_their_sentences(store: Store) -> None:
    (question,) = review.queue(store)
    assert (question.left.name, question.right.name) == ("A. Ruiz", "Ana Ruiz")
    assert question.left.title == "Title of a"
    assert question.right.sentences == ("“It will hold,” said Ana Ruiz on Monday.", "Nobody asked Ana Ruiz more.")
    assert "initial" in question.judgement.reason


def test_queue_asks_about_pairs_that_other_evidence_keeps_apart() -> None:
    names = ("Ivan Petrovich Sidorov", "Ivan Andreevich Sidorov", "Ivan Sidorov")
    store = put(Store.open(), *(resolved(article, name) for article, name in zip("abc", names, strict=True)))
    (question,) = review.queue(store)
    assert "Ivan Sidorov" in (question.left.name, question.right.name)
    assert question.judgement.reason.endswith("but what else is known keeps them apart")
    told = _kept_apart(store)
    assert len(told) == 1
    assert told[0].startswith("Kept apart: “Ivan ")
    # A person's answer closes the question.
    j = question.judgement
    review.decide(store, [review.verdict((j.left, j.right), Identity.NOT_SAME, by="Mia", at=WHEN)])
    assert review.queue(store) == []
    assert _kept_apart(store) == []


def test_decision_joins_two_entities_and_keeps_the_name_of_the_other(store: Store) -> None:
    assert len(entities(store)) == 3
    assert review.decide(store, [review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)]) == []
    assert len(entities(store)) == 2
    assert review.queue(store) == []
    rows = list(store.select("SELECT ?a ?b WHERE { ?a <http://www.w3.org/2002/07/owl#sameAs> ?b }"))
    assert [tuple(t.value.rsplit("/", 1)[1] for t in row) for row in rows] == [("ana-ruiz", "a-ruiz")]  # type: ignore[union-attr]


def test_rules_alone_never_say_owl_same_as() -> None:
    store = put(Store.open(), resolved("a", "Ana Ruiz"), resolved("b", "Ana Ruiz"))
    assert len(entities(store)) == 1
    assert not list(store.select("SELECT ?a WHERE { ?a <http://www.w3.org/2002/07/owl#sameAs> ?b }"))


def test_decision_survives_a_rebuild_and_the_loss_of_an_article(store: Store) -> None:
    review.decide(store, [review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)])
    store.forget_index()  # the index is made anew
    integrate(store)
    assert len(entities(store)) == 2
    remove(["b"], store=store)
    (one,) = review.recorded(store)
    assert one.sentence == "has no effect: “ana-ruiz” of b is not in the store"
    put(store, resolved("b", "Ana Ruiz"))
    assert len(entities(store)) == 2


def test_withdrawal_of_a_person_s_judgement_undoes_it_and_stays_on_record(store: Store) -> None:
    said = review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)
    before = export_bytes(store)
    review.decide(store, [said])
    review.withdraw(store, said.id, by="Mia", at="2026-02-03T00:00:00Z")
    assert len(entities(store)) == 3
    assert len(review.queue(store)) == 1
    assert [r.sentence for r in review.recorded(store)] == ["withdrawn on 2026-02-03"]
    assert before <= export_bytes(store)
    with pytest.raises(UsageError, match="was withdrawn already"):
        review.withdraw(store, said.id, by="Mia")


def export_bytes(store: Store) -> set[str]:
    return {str(q) for q in store.quads()}


def test_withdrawal_of_a_rule_s_judgement_parts_the_two() -> None:
    store = put(Store.open(), resolved("a", "Ana Ruiz"), resolved("b", "Ana Ruiz"))
    (rule,) = rdf.judgements(store)
    assert review.withdraw(store, rule.id, by="Mia", at=WHEN) == []
    assert len(entities(store)) == 2
    (one,) = review.recorded(store)
    assert one.judgement.reason.startswith("withdrew “both articles give it the same name")


def test_withdrawal_of_nothing_is_one_sentence(store: Store) -> None:
    with pytest.raises(UsageError, match="The judgement nothing is not in the store"):
        review.withdraw(store, "nothing", by="Mia")


def test_a_circle_of_judgements_is_reported_and_the_rest_holds(store: Store) -> None:
    a, b, c = ("a", "a-ruiz"), ("b", "ana-ruiz"), ("c", "ana-costa")
    notes = review.decide(
        store,
        [
            review.verdict((a, b), Identity.SAME, by="Mia", at="2026-01-01T00:00:00Z"),
            review.verdict((b, c), Identity.SAME, by="Mia", at="2026-01-02T00:00:00Z"),
            review.verdict((a, c), Identity.NOT_SAME, by="Tom", reason="I know both", at="2026-01-03T00:00:00Z"),
        ],
    )
    assert notes == ["Mia judged “Ana Ruiz” and “Ana Costa” the same, which other judgements rule out: I know both."]
    assert len(entities(store)) == 2


def test_a_later_decision_takes_the_place_of_an_earlier_one(store: Store) -> None:
    review.decide(store, [review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)])
    review.decide(store, [review.verdict(pair(), Identity.NOT_SAME, by="Tom", at="2026-03-01T00:00:00Z")])
    assert [(r.judgement.by, r.sentence) for r in review.recorded(store)] == [
        ("Mia", "withdrawn on 2026-03-01"),
        ("Tom", "holds"),
    ]
    assert len(entities(store)) == 3


def test_a_rule_cannot_be_named_as_a_person(store: Store) -> None:
    with pytest.raises(UsageError, match="is no name of a person"):
        review.decide(store, [review.verdict(pair(), Identity.SAME, by="rule: mine", at=WHEN)])


def test_csv_goes_out_and_comes_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    assert review.write_csv(store, path) == 1
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines(keepends=True)))
    assert "It will hold" in rows[0]["right_context"]
    rows[0] |= {"decision": "Same", "note": "one desk"}
    write(path, rows)
    assert review.read_csv(store, path, by="Mia") == (1, [])
    assert review.read_csv(store, path, by="Mia") == (0, [])
    assert len(entities(store)) == 2
    # What was decided goes to another store with its name and time.
    again = tmp_path / "decided.csv"
    review.write_csv(store, again)
    other = put(Store.open(), resolved("a", "A. Ruiz"), resolved("b", "Ana Ruiz"), resolved("c", "Ana Costa"))
    assert review.read_csv(other, again, by="Tom") == (1, [])
    assert rdf.decisions(other) == rdf.decisions(store)
    assert rdf.decisions(other)[0].reason == "one desk"


def write(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_csv_with_bad_rows_takes_the_good_ones(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    review.write_csv(store, path)
    rows = list(csv.DictReader(path.read_text("utf-8-sig").splitlines(keepends=True)))
    bad, gone = rows[0] | {"decision": "maybe"}, rows[0] | {"decision": "same", "right_key": "nobody"}
    write(path, [bad, gone, rows[0] | {"decision": "not same"}])
    new, notes = review.read_csv(store, path, by="Mia")
    assert new == 2
    assert notes == [
        "Row 2: “maybe” is no decision; write same, not same or unsure.",
        "“nobody” of b is not in the store; the judgement is kept and holds when it comes back.",
    ]


def test_csv_that_is_none_is_one_sentence(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="has no column decision, left_article"):
        review.read_csv(store, tmp_path / "x.csv", by="Mia")
    with pytest.raises(UsageError, match="cannot be read"):
        review.read_csv(store, tmp_path / "none.csv", by="Mia")


def test_links_to_wikidata_come_from_the_user_s_file(store: Store, tmp_path: Path) -> None:
    (tmp_path / "links.tsv").write_text("# name\titem\nAna Ruiz\tQ42\nNobody\tQ1\nAna Costa\tforty-two\n")
    count, notes = review.link(store, tmp_path / "links.tsv")
    assert count == 1
    assert notes == [
        "Line 3: “Nobody” is a name that no entity has.",
        "Line 4: “forty-two” is no item of Wikidata; write a Q-number after a tab.",
    ]
    rows = list(store.select("SELECT ?a ?b WHERE { ?a <http://www.w3.org/2004/02/skos/core#exactMatch> ?b }"))
    assert [t.value.rsplit("/", 1)[1] for t in rows[0]] == ["ana-ruiz", "Q42"]  # type: ignore[union-attr]


def test_graph_with_decisions_and_links_conforms_and_goes_to_turtle_and_csv(store: Store, tmp_path: Path) -> None:
    (tmp_path / "links.tsv").write_text("Ana Ruiz\tQ42\n")
    review.link(store, tmp_path / "links.tsv")
    review.decide(store, [review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)])
    assert conformance(store) == []
    assert consistency(store).explanations == ()
    assert "Mia" in export.write(store, tmp_path / "graph.ttl", "turtle").read_text("utf-8")
    table = (export.write(store, tmp_path / "csv", "csv") / "identity.csv").read_text("utf-8")
    assert "Mia,a person's judgement" in table
    assert WHEN in table
    remove(["a"], store=store)
    assert conformance(store) == []

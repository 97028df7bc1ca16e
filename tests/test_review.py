"""Review of unsure pairs: the queue, decisions that survive rebuilds, withdrawal, CSV both ways, links."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from kg import export, rdf, review
from kg.cli.looking.check import _against_evidence, _kept_apart
from kg.errors import UsageError
from kg.model import Article, EntityType, Form, Identity, Link, OfficeHeld, Reference, Resolved, Span, Tense, slug
from kg.pipeline import integrate, remove
from kg.reason import check as consistency
from kg.reason.validate import check as conformance
from kg.store import Store
from kg.vocabulary import Graph, Property

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


# ── by entity ──


def spoken(store: Store, article: str, key: str, count: int) -> None:
    """Statements of an entity, as far as the ranking counts them."""
    (_, iri), *_ = rdf.meanings(store, [(article, key)])
    graph = NamedNode(store.graph_name(Graph.ENTITIES))
    for n in range(count):
        statement = NamedNode(f"https://example.org/{article}/statement/{n}")
        store.add([Quad(statement, NamedNode(Property.SPEAKER), NamedNode(iri), graph)])


def test_questions_are_about_entities_and_those_that_change_most_come_first() -> None:
    store = put(
        Store.open(),
        *(
            resolved(a, name)
            for a, name in zip("abcde", ("A. Ruiz", "Ana Ruiz", "Ana Ruiz", "E. Costa", "Eva Costa"), strict=True)
        ),
    )
    for article, key in (("d", "e-costa"), ("e", "eva-costa")):
        spoken(store, article, key, 2)
    spoken(store, "b", "ana-ruiz", 9)  # nothing hangs on the other side, so nothing moves
    asked = review.queue(store)
    assert [q.right.name for q in asked] == ["Eva Costa", "Ana Ruiz"]
    assert [q.pending.changes for q in asked] == ["2 statements", "nothing but the name"]
    assert (asked[1].right.entity, asked[1].right.articles) == ("Ana Ruiz", 2)


def test_pairs_of_two_entities_are_one_question(tmp_path: Path) -> None:
    store = put(Store.open(), resolved("a", "A. Ruiz"), resolved("b", "A. Ruiz"), resolved("c", "Ana Ruiz"))
    job = OfficeHeld("o", "d", "ana-ruiz", "mayor", None, Tense.CURRENT, Span(0, 5))
    put(store, replace(resolved("d", "Ana Ruiz"), offices=(job,)))
    (question,) = review.queue(store)
    assert len(question.pending.judgements) == 2
    assert review.write_csv(store, tmp_path / "queue.csv") == 1


@pytest.mark.parametrize("said", [Identity.SAME, Identity.NOT_SAME, Identity.UNSURE])
def test_what_follows_from_an_answer_is_not_asked(said: Identity) -> None:
    """A is B; whether A is C answers whether B is C."""
    names = ("A. Ruiz", "Ana Ruiz", "A. M. Ruiz")
    store = put(Store.open(), *(resolved(a, name) for a, name in zip("abc", names, strict=True)))
    assert len(review.queue(store)) == 3
    first = (("a", "a-ruiz"), ("b", "ana-ruiz"))
    review.decide(store, [review.verdict(first, Identity.SAME, by="Mia", at=WHEN)])
    (left,) = review.pending(store)
    assert len(left.judgements) == 2
    review.answer(store, left, said, by="Mia", at="2026-01-03T00:00:00Z")
    assert review.pending(store) == []
    assert len(entities(store)) == (1 if said is Identity.SAME else 2)


def test_bodies_of_two_countries_are_no_question(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each pair alone may be unsure where one of the two does not say its country; their entities do."""
    lands = dict(zip(entities(store), ("Peru", None, "Ghana"), strict=True))
    body = EntityType.ORGANISATION
    monkeypatch.setattr(rdf, "entity_kind", lambda _, iri: (body, "Harbour Board", lands[iri]))
    assert review.queue(store) == []
    lands = dict.fromkeys(lands, "Peru")
    assert len(review.queue(store)) == 1


def test_undo_takes_the_last_decision_back_and_the_one_before_holds_again(store: Store) -> None:
    review.decide(store, [review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)])
    before = sorted(map(str, store.quads()))
    review.decide(store, [review.verdict(pair(), Identity.NOT_SAME, by="Tom", at="2026-03-01T00:00:00Z")])
    assert len(entities(store)) == 3
    done = review.undo(store, at="2026-03-02T00:00:00Z")
    assert (done.judgement.by, done.restored and done.restored.by) == ("Tom", "Mia")
    assert len(entities(store)) == 2
    assert [(r.judgement.by, r.sentence) for r in review.recorded(store)] == [
        ("Mia", "holds"),
        ("Tom", "withdrawn on 2026-03-02"),
    ]
    assert set(before) <= set(map(str, store.quads()))
    assert conformance(store) == []
    # Once more undoes hers; then there is nothing left.
    assert review.undo(store).restored is None
    assert len(entities(store)) == 3
    with pytest.raises(UsageError, match="no decision of a person that holds"):
        review.undo(store)


def test_undo_of_a_named_decision_and_of_ones_own(store: Store) -> None:
    other = (("a", "a-ruiz"), ("c", "ana-costa"))
    mine = review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)
    review.decide(store, [mine, review.verdict(other, Identity.NOT_SAME, by="Tom", at="2026-03-01T00:00:00Z")])
    with pytest.raises(UsageError, match="no decision of Eva that holds"):
        review.undo(store, by="Eva")
    assert review.undo(store, by="Mia").judgement == mine
    review.decide(store, [replace(mine, at="2026-02-01T00:00:00Z")])
    name = rdf.decisions(store)[0].id
    assert review.undo(store, name).judgement.by == "Mia"
    with pytest.raises(UsageError, match=f"with the id {name} that holds"):
        review.undo(store, name)


def test_two_decisions_of_one_second_are_two_rows(store: Store) -> None:
    for said in (Identity.SAME, Identity.NOT_SAME, Identity.SAME):
        review.decide(store, [review.verdict(pair(), said, by="Mia", at=WHEN)])
    assert [(r.judgement.at, r.judgement.verdict, bool(r.withdrawn)) for r in review.recorded(store)] == [
        ("2026-01-02T03:04:05Z", Identity.SAME, True),
        ("2026-01-02T03:04:06Z", Identity.NOT_SAME, True),
        ("2026-01-02T03:04:07Z", Identity.SAME, False),
    ]
    assert conformance(store) == []
    assert review.undo(store).restored is not None
    assert len(entities(store)) == 3


def test_an_answer_that_somebody_gave_meanwhile_is_not_given_twice(store: Store) -> None:
    (asked,) = review.pending(store)
    assert review.answer(store, asked, Identity.NOT_SAME, by="Mia", at=WHEN) == []
    told = review.answer(store, asked, Identity.SAME, by="Tom")
    assert told == ["Mia has answered this meanwhile: not same. Your answer was not taken."]
    review.undo(store)
    review.decide(store, [review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)])
    (told,) = review.answer(store, asked, Identity.NOT_SAME, by="Tom")
    assert told.startswith("The two have become one meanwhile")
    assert [j.by for j in rdf.decisions(store)] == ["Mia"]


def test_a_person_s_word_holds_against_the_evidence_and_it_is_told() -> None:
    """All of both entities follow, not the two references alone that the answer was given on."""
    jobs = {"a": "", "b": "baker", "c": "", "d": "rower"}
    names = {"a": "Ivo Sidorov", "b": "Ivo Sidorov", "c": "Pavel Sidorov", "d": "Pavel Sidorov"}
    made = []
    for article, name in names.items():
        office = OfficeHeld("o", article, slug(name), jobs[article], None, Tense.CURRENT, Span(0, 5))
        made.append(replace(resolved(article, name), offices=(office,) if jobs[article] else ()))
    store = put(Store.open(), *made)
    assert len(entities(store)) == 2
    both = ("a", "ivo-sidorov"), ("c", "pavel-sidorov")
    (told,) = review.decide(store, [review.verdict(both, Identity.SAME, by="Mia", at=WHEN)])
    assert told == (
        "Mia judged “Ivo Sidorov” in a and “Pavel Sidorov” in c same, although “Ivo Sidorov” and “Pavel Sidorov” have different "
        "given names. The person's word holds."
    )
    assert len(entities(store)) == 1
    assert _against_evidence(store) == [told] == review.contradictions(store)
    assert review.pending(store) == []
    store.forget_index()
    integrate(store)
    assert len(entities(store)) == 1
    # Another person's word is no evidence, but a person's word too: the earlier one keeps its place.
    review.undo(store)
    assert len(entities(store)) == 2
    assert review.contradictions(store) == []


def test_not_same_against_a_rule_is_told(store: Store) -> None:
    put(store, resolved("d", "Ana Ruiz"))
    both = ("b", "ana-ruiz"), ("d", "ana-ruiz")
    (told,) = review.decide(store, [review.verdict(both, Identity.NOT_SAME, by="Mia", at=WHEN)])
    assert "not same, although both articles name Ana Ruiz" in told
    assert len(entities(store)) == 4


def test_names_that_stand_as_two_are_told_where_a_person_joins_them() -> None:
    store = put(
        Store.open(), resolved("a", "Eva Lind", "Ana Costa"), resolved("b", "Eva Lind"), resolved("c", "Ana Costa")
    )
    both = ("b", "eva-lind"), ("c", "ana-costa")
    (told,) = review.decide(store, [review.verdict(both, Identity.SAME, by="Mia", at=WHEN)])
    assert "although a names both as two" in told


def test_two_write_at_once_and_both_answers_are_kept(tmp_path: Path) -> None:
    put(
        Store.open(tmp_path / "s"),
        *(resolved(a, n) for a, n in zip("abcd", ("A. Ruiz", "Ana Ruiz", "E. Costa", "Eva Costa"), strict=True)),
    ).close()
    with Store.open(tmp_path / "s", create=False) as mine, Store.open(tmp_path / "s", create=False) as yours:
        one, other = review.pending(mine)
        same, theirs = review.pending(yours)
        assert (one, other) == (same, theirs)
        assert review.answer(mine, one, Identity.SAME, by="Mia", at=WHEN) == []
        assert review.answer(yours, theirs, Identity.NOT_SAME, by="Tom", at=WHEN) == []
        mine.refresh()
        assert review.pending(mine) == review.pending(yours) == []
        assert {j.by for j in rdf.decisions(mine)} == {"Mia", "Tom"}


def test_a_change_that_is_cut_off_leaves_no_half_answer(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sorted(map(str, store.quads()))

    def stopped(*_: object, **__: object) -> list[str]:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(review, "integrate", stopped)
        with pytest.raises(KeyboardInterrupt):
            review.decide(store, [review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)])
    assert sorted(map(str, store.quads())) == before
    assert review.decide(store, [review.verdict(pair(), Identity.SAME, by="Mia", at=WHEN)]) == []


def test_csv_of_an_earlier_kg_is_read(store: Store, tmp_path: Path) -> None:
    review.write_csv(store, tmp_path / "queue.csv")
    (row,) = csv.DictReader((tmp_path / "queue.csv").read_text("utf-8-sig").splitlines(keepends=True))
    assert (row["changes"], row["pairs"]) == ("nothing but the name", "1")
    old = {k: v for k, v in row.items() if k not in ("changes", "pairs")} | {"decision": "same"}
    write(tmp_path / "old.csv", [old])
    assert review.read_csv(store, tmp_path / "old.csv", by="Mia") == (1, [])
    assert len(entities(store)) == 2

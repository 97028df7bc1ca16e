"""Pairs of figures in doubt: asked about with their reason, decided, undone, and kept. Names and events are invented."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from kg import doubts, query, rdf
from kg.annotate import Annotator
from kg.errors import UsageError
from kg.model import Article, Identity
from kg.pipeline import build, remove, repair
from kg.query.timelines.placing import claims
from kg.query.timelines.rows import select
from kg.rdf import minting as m
from kg.reason import validate
from kg.store import Store

ARTICLES = [
    Article("a0", "Clashes on the border near Tarva. Fourteen soldiers were killed in the border clash near Tarva, Chad's army said on Monday.", published="2021-05-03", publisher="Norpress", language="en"),
    Article("a1", "Battle near Tarva. Chad's army lost 31 men in the border clash near Tarva, said the Border Monitor. It said 31 Chadian soldiers were killed.", published="2021-05-03", publisher="Courier", language="en"),
]  # fmt: skip
REASON = "nothing says of which side one of the figures is"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.fixture
def store(annotator: Annotator) -> Store:
    opened = Store.open()
    build(ARTICLES, store=opened, annotator=annotator)
    return opened


def told(store: Store) -> set[tuple[str, str, str]]:
    rows = query.run(store, query.named()["comparisons"])
    return {(str(r["verdict"]), str(r["left_figure"]), str(r["right_figure"])) for r in rows}


def test_a_figure_of_a_fight_without_a_side_waits_with_its_reason(store: Store) -> None:
    assert not told(store)
    found = doubts.pending(store)
    assert {q.doubt.reason for q in found} == {REASON}
    assert {(q.left.text, q.right.text) for q in found} == {("Fourteen", "31")}
    assert found[0].changes == "they contradict"


def test_same_compares_and_is_undone_and_not_same_is_silence(store: Store) -> None:
    asked = doubts.pending(store)[0]
    doubts.decide(store, [doubts.judgement(asked.pair, Identity.SAME, by="Mia")])
    assert ("contradicts", "Fourteen", "31") in told(store)
    assert asked.pair not in {q.pair for q in doubts.pending(store)}
    (row,) = query.run(store, query.named()["comparisons"])
    assert "Mia judged that they count the same" in str(row["reason"])
    assert doubts.undo(store).by == "Mia"
    assert not told(store)
    assert asked.pair in {q.pair for q in doubts.pending(store)}
    doubts.decide(store, [doubts.judgement(asked.pair, Identity.NOT_SAME, by="Mia")])
    assert not told(store)
    assert asked.pair not in {q.pair for q in doubts.pending(store)}
    doubts.decide(store, [doubts.judgement(asked.pair, Identity.SAME, by="Tom")])
    assert told(store)
    doubts.undo(store)
    assert not told(store)
    assert sorted(r.sentence[:9] for r in doubts.recorded(store)) == ["holds", "withdrawn", "withdrawn"]


def test_a_judgement_survives_rebuild_and_the_loss_of_an_article(store: Store, annotator: Annotator) -> None:
    asked = doubts.pending(store)[0]
    doubts.decide(store, [doubts.judgement(asked.pair, Identity.SAME, by="Mia")])
    before = told(store), {q.pair for q in doubts.pending(store)}
    repair(store=store)
    assert (told(store), {q.pair for q in doubts.pending(store)}) == before
    remove(["a1"], store=store)
    assert not told(store)
    assert doubts.recorded(store)[0].sentence == "has no effect: a figure is gone"
    build(ARTICLES, store=store, annotator=annotator)
    assert (told(store), {q.pair for q in doubts.pending(store)}) == before


def test_a_person_s_word_wins_over_the_evidence_and_is_told(annotator: Annotator) -> None:
    store = Store.open()
    texts = {
        "2021-05-03": "A ferry sank off Tarva. The coast guard said 30 people were missing after the ferry sank off Tarva.",
        "2021-05-05": "The coast guard said 52 people were missing after the ferry sank off Tarva. It said 41 people were rescued from the sea off Tarva.",
    }  # fmt: skip
    build([Article(day, text, published=day, publisher=f"Paper {day}", language="en") for day, text in texts.items()], store=store, annotator=annotator)  # fmt: skip
    assert told(store) == {("revises", "30", "52")}
    figure = {c.text: m.local(c.figure) for c in claims(store)}
    missing, saved = (figure["30"], figure["52"]), (figure["30"], figure["41"])
    (note,) = doubts.decide(store, [doubts.judgement(missing, Identity.NOT_SAME, by="Mia")])
    assert "do not count the same, although both fill one slot" in note
    (note,) = doubts.decide(store, [doubts.judgement(saved, Identity.SAME, by="Mia")])
    assert "count the same, although" in note
    assert told(store) == {("revises", "30", "41")}
    assert len(doubts.contradictions(store)) == 2
    assert not doubts.decide(store, [doubts.judgement(saved, Identity.UNSURE, by="Mia")])
    assert not told(store)


def test_csv_goes_out_and_comes_back(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "doubts.csv"
    waiting = doubts.pending(store)
    assert doubts.write_csv(store, path) == len(waiting)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["not_known"] == REASON
    rows[0]["decision"] = "same"
    rows.append({**rows[0], "decision": "perhaps"})
    rows.append({**rows[0], "decision": "same", "left_figure": "x"})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    new, notes = doubts.read_csv(store, path, by="Mia")
    assert (new, len(notes)) == (1, 2)
    assert told(store)
    assert doubts.write_csv(store, path) == len(doubts.pending(store)) + 1
    assert doubts.read_csv(store, path, by="Mia") == (0, [])


def test_a_graph_with_judgements_on_figures_conforms_and_is_named(store: Store) -> None:
    doubts.decide(store, [doubts.judgement(doubts.pending(store)[0].pair, Identity.SAME, by="Mia")])
    assert validate.check(store) == []
    assert not rdf.decisions(store)  # on names there is none
    assert not [j for j in rdf.judgements(store) if j.person]
    wording = {
        label
        for (label,) in select(
            store,
            "SELECT ?w WHERE { ?j a kg:Judgement ; prov:generatedAtTime ?at ; kg:left ?l . ?l kg:wording ?w }",
        )
    }
    assert wording <= {"Fourteen", "31"}
    assert wording


def test_bad_judgements_are_one_sentence(store: Store) -> None:
    pair = doubts.pending(store)[0].pair
    with pytest.raises(UsageError, match="no name of a person"):
        doubts.decide(store, [doubts.judgement(pair, Identity.SAME, by="rule: x")])
    with pytest.raises(UsageError, match="same figure"):
        doubts.decide(store, [doubts.judgement((pair[0], pair[0]), Identity.SAME, by="Mia")])
    with pytest.raises(UsageError, match="no decision on figures"):
        doubts.undo(store)


def test_any_order_leaves_the_same_doubts(annotator: Annotator) -> None:
    found = []
    for order in itertools.permutations(ARTICLES):
        one = Store.open()
        for article in order:
            build([article], store=one, annotator=annotator)
        found.append({(q.pair, q.doubt.reason) for q in doubts.pending(one)})
    assert all(f == found[0] for f in found)
    assert found[0]

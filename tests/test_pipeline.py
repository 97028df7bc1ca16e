"""The pipeline: the same articles give the same graph, in any order, in any pieces, whatever was there in between.

The same but for the IRIs of entities: those stay as they were given first (``tests/store/test_lasting_names.py``), so they depend on what
was there before, and so does what tells of replaced ones. All else is compared quad by quad.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import rdf
from kg.errors import UsageError
from kg.model import Article, Identity, Judgement
from kg.pipeline import build, integrate, remove
from kg.store import Store
from kg.vocabulary import DATA
from tests.apart_from_names import lines as apart
from tests.apart_from_names import names
from tests.synthetic import article

EXAMPLES = int(os.environ.get("KG_EXAMPLES", "12"))


def put(store: Store, numbers: Sequence[int]) -> None:
    made = [article(n) for n in numbers]
    for resolved in made:
        store.add([*rdf.article_quads(resolved), *rdf.provenance_quads(resolved.article.id, resolved.extractor)])
    integrate(store, added=[r.article.id for r in made])


def lines(store: Store) -> list[str]:
    return sorted(str(q) for q in store.quads())


def whole(numbers: Sequence[int], decided: Sequence[Judgement] = ()) -> list[str]:
    """The graph of these articles, built at once."""
    store = Store.open()
    store.add(q for j in decided for q in rdf.judgement_quads(j))
    put(store, sorted(numbers))
    return apart(store)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 60), min_size=2, max_size=22, unique=True), st.data())
def test_pipeline_any_order_in_any_pieces_gives_the_same_graph(numbers: list[int], data: st.DataObject) -> None:
    """Until entities kept their IRIs this was equality of all quads. An IRI that anybody may have written down cannot be free of
    the order in which articles came: who comes first has the name. So it is equality apart from names, and one of all quads for
    the same steps again.
    """
    order = data.draw(st.permutations(numbers))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(order)), max_size=5)))
    store = Store.open()
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        if start < end:
            put(store, order[start:end])
    assert apart(store) == whole(numbers)
    again = Store.open()
    for start, end in zip([0, *cuts], [*cuts, len(order)], strict=True):
        if start < end:
            put(again, order[start:end])
    assert lines(again) == lines(store)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 60), min_size=3, max_size=20, unique=True), st.data())
def test_pipeline_what_was_removed_leaves_no_trace(numbers: list[int], data: st.DataObject) -> None:
    """No trace but names: an entity that is still there keeps the IRI that it has, whichever article gave it. Nothing names the
    articles that went.
    """
    gone = data.draw(st.lists(st.sampled_from(numbers), min_size=1, max_size=len(numbers) - 1, unique=True))
    store = Store.open()
    put(store, data.draw(st.permutations(numbers)))
    for n in gone:
        remove([article(n).article.id], store=store)
    assert apart(store) == whole([n for n in numbers if n not in gone])
    for n in gone:
        assert not [q for q in lines(store) if article(n).article.id in q]


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 40), min_size=4, max_size=14, unique=True), st.data())
def test_pipeline_judgements_of_persons_hold_in_any_order(numbers: list[int], data: st.DataObject) -> None:
    """Apart from names: what was one entity before a person parted it, or two before they were joined, has the IRIs of then."""
    people = [
        (r.article, r.key) for n in numbers for r in article(n).references if r.key.startswith(("person", "body"))
    ]
    decided = []
    for i in range(data.draw(st.integers(1, 5))):
        left, right = sorted(data.draw(st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True)))
        verdict = data.draw(st.sampled_from(list(Identity)))
        decided.append(Judgement(left, right, verdict, "Mia", "known", at=f"2026-01-0{i + 1}T00:00:00Z"))
    store = Store.open()
    order = data.draw(st.permutations(numbers))
    cut, late = data.draw(st.integers(0, len(order))), data.draw(st.integers(0, len(decided)))
    store.add(q for j in decided[:late] for q in rdf.judgement_quads(j))
    put(store, order[:cut])
    store.add(q for j in decided[late:] for q in rdf.judgement_quads(j))
    put(store, order[cut:])
    integrate(store)
    assert apart(store) == whole(numbers, decided)


def test_pipeline_makes_a_lost_index_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        put(store, range(8))
    (tmp_path / "s" / "index.sqlite").write_bytes(b"no database at all, but long enough to look like one" * 40)
    with Store.open(tmp_path / "s") as store:
        put(store, range(8, 12))
        assert apart(store) == whole(range(12))


def test_pipeline_starts_again_where_a_change_was_cut_off(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as store:
        put(store, range(5))
        resolved = article(5)
        store.add([*rdf.article_quads(resolved), *rdf.provenance_quads(resolved.article.id, resolved.extractor)])
        store.forget_index()
    with Store.open(tmp_path / "s") as store:
        put(store, [6])
        assert apart(store) == whole(range(7))


def test_pipeline_starts_again_after_a_change_that_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store.open()
    put(store, range(5))
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["kg.store.upkeep.update"], "_remember", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            put(store, [5, 6])
    put(store, [7])
    assert apart(store) == whole(range(8))


FIRST = "The mayor Ana Ruiz said on Monday that 12 bridges were closed."
SECOND = "The mayor Ana Ruiz said on Monday that 14 bridges were closed."


def version(text: str, date: str = "2016-05-03") -> Article:
    url = "https://example.org/bridges"
    return Article(Article.make_id(text, url=url, published=date), text, title="Bridges", published=date, url=url)


def contents(store: Store) -> list[str]:
    return [
        str(row[0].value) for row in store.select("SELECT ?c WHERE { ?s <https://w3id.org/kg-said/ns#content> ?c }")
    ]  # type: ignore[union-attr]


def test_pipeline_a_corrected_article_replaces_its_old_version_and_keeps_the_history() -> None:
    old, new = version(FIRST), version(SECOND)
    store = Store.open()
    build([old], store=store)
    known = set(names(store).values())
    report = build([new], store=store)
    assert (report.added, report.replaced) == ((new.id,), (old.id,))
    assert "replaces Bridges (2016-05-03)" in report.notes[0]
    assert f"{DATA}entity/ana-ruiz" in known & set(names(store).values()), "a correction renames nobody"
    assert contents(store)
    assert all("14" in c for c in contents(store))
    rows = list(store.select("SELECT ?n ?o WHERE { ?n <http://www.w3.org/ns/prov#wasRevisionOf> ?o }"))
    assert [tuple(t.value.rsplit("/", 1)[1] for t in row) for row in rows] == [(new.id, old.id)]  # type: ignore[union-attr]
    again = build([old], store=store)
    assert again.known == (old.id,)
    assert all("14" in c for c in contents(store))


def test_pipeline_of_two_versions_in_one_input_the_later_wins() -> None:
    store = Store.open()
    report = build([version(FIRST), version(SECOND)], store=store)
    assert report.added == (version(SECOND).id,)
    assert len(report.notes) == 1
    assert all("14" in c for c in contents(store))


def test_pipeline_an_older_version_does_not_replace_a_newer_one() -> None:
    store = Store.open()
    build([version(SECOND, "2016-05-04")], store=store)
    report = build([version(FIRST, "2016-05-03")], store=store)
    assert report.added == ()
    assert "an older version" in report.notes[0]


def test_pipeline_remove_of_what_is_not_there_is_one_sentence() -> None:
    store = Store.open()
    put(store, [1])
    before = lines(store)
    with pytest.raises(UsageError, match="There is no article nothing in the store"):
        remove([article(1).article.id, "nothing"], store=store)
    assert lines(store) == before


def test_index_finds_every_row_by_an_index() -> None:
    """No question that a change asks of the index reads a whole table: that would grow with the store."""
    asked: set[str] = set()
    with Store.open() as store:
        put(store, range(20))
        store.side.set_trace_callback(asked.add)
        put(store, range(20, 24))
        remove([article(n).article.id for n in range(18, 23)], store=store)
        store.side.set_trace_callback(None)
        told = [q for q in asked if q.startswith(("SELECT", "UPDATE", "DELETE"))]
        plans = [(row[3], q) for q in told for row in store.side.execute(f"EXPLAIN QUERY PLAN {q}")]
    assert len(plans) > 100
    given = ("subquery", "json_each")  # not the store's: what the question itself brings
    assert [p for p in plans if p[0].startswith("SCAN") and not any(word in p[0] for word in given)] == []

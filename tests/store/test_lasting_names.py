"""IRIs of entities stay: whatever comes, goes or is judged; what was replaced leads to what is in its place."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import query, rdf, review
from kg.identity.naming import usual_name
from kg.identity.profiles import Profile
from kg.model import Article, EntityType, Form, Identity, Judgement, Link, Reference, Resolved, Span, slug
from kg.pipeline import integrate, remove, repair
from kg.store import Store
from kg.vocabulary import DATA, Graph
from tests.apart_from_names import lines, names, replaced
from tests.conftest import Kg
from tests.synthetic import article

pytestmark = pytest.mark.fast
EXAMPLES = int(os.environ.get("KG_EXAMPLES", "12"))
WHEN = "2026-01-02T03:04:05Z"


def one(aid: str, *who: str, kind: EntityType = EntityType.PERSON, country: str | None = None) -> Resolved:
    text = "Nobody asked. " + ". ".join(who)
    references = tuple(
        Reference(
            slug(name), aid, kind, name, country=country,
            mentions=(Link(Span(text.index(name), text.index(name) + len(name)), Form.NAME, "named"),),
        )
        for name in who
    )  # fmt: skip
    return Resolved(Article(aid, text, title=aid, published="2016-05-03"), references, extractor="made up")


def put(store: Store, *made: Resolved) -> Store:
    for resolved in made:
        store.add([*rdf.article_quads(resolved), *rdf.provenance_quads(resolved.article.id, resolved.extractor)])
    integrate(store, added=[resolved.article.id for resolved in made])
    return store


def means(store: Store, aid: str, name: str) -> str:
    """The IRI that a reference means, without the base."""
    return names(store)[f"{store.base}article/{aid}/reference/{slug(name)}"].removeprefix(store.base)


def same(left: tuple[str, str], right: tuple[str, str], verdict: Identity = Identity.SAME) -> Judgement:
    return review.verdict((left, right), verdict, by="Mia", at=WHEN)


def test_names_an_article_that_comes_renames_nobody() -> None:
    store = put(Store.open(), one("a", "Health Office", kind=EntityType.ORGANISATION))
    assert means(store, "a", "Health Office") == "entity/health-office"
    for n, country in enumerate(("Peru", "Ghana", "Peru")):
        put(store, one(f"b{n}", "Health Office", kind=EntityType.ORGANISATION, country=country))
    assert means(store, "a", "Health Office") == "entity/health-office"
    assert means(store, "b0", "Health Office") == means(store, "b2", "Health Office") == "entity/health-office_peru"
    assert means(store, "b1", "Health Office") == "entity/health-office_ghana"


def test_names_an_entity_whose_usual_name_changes_keeps_its_iri() -> None:
    store = put(Store.open(), one("a", "J. Okello"))
    put(store, one("b", "James Okello"))
    review.decide(store, [same(("a", "j-okello"), ("b", "james-okello"))])
    iri = means(store, "a", "J. Okello")
    assert iri == means(store, "b", "James Okello") == "entity/james-okello"
    assert replaced(store) == {f"{DATA}entity/j-okello": f"{DATA}entity/james-okello"}
    remove(["b"], store=store)
    assert means(store, "a", "J. Okello") == "entity/james-okello"


def test_names_two_namesakes_keep_theirs_when_one_goes() -> None:
    store = put(Store.open(), one("a", "Ana Ruiz"), one("b", "Ana Ruiz"))
    review.decide(store, [same(("a", "ana-ruiz"), ("b", "ana-ruiz"), Identity.NOT_SAME)])
    first, second = means(store, "a", "Ana Ruiz"), means(store, "b", "Ana Ruiz")
    assert first != second
    remove(["a"], store=store)
    assert means(store, "b", "Ana Ruiz") == second
    assert replaced(store) == {}


def test_names_what_became_one_leads_there_and_comes_back_when_it_is_parted() -> None:
    store = put(Store.open(), one("a", "Ana Ruiz"), one("b", "Ana M. Ruiz-Costa"), one("c", "Ana Ruiz"))
    before = names(store)
    other = means(store, "b", "Ana M. Ruiz-Costa")
    judgement = same(("a", "ana-ruiz"), ("b", "ana-m-ruiz-costa"))
    review.decide(store, [judgement])
    assert means(store, "b", "Ana M. Ruiz-Costa") == "entity/ana-ruiz"
    assert replaced(store) == {DATA + other: f"{DATA}entity/ana-ruiz"}
    assert store.current(DATA + other) == f"{DATA}entity/ana-ruiz"
    # Another name in between: what was minted first comes back all the same.
    put(store, one("d", "Ana M. Ruiz-Costa"))
    review.withdraw(store, judgement.id, by="Mia", at="2026-02-03T00:00:00Z")
    assert replaced(store) == {}
    assert {k: v for k, v in names(store).items() if k in before} == before


def test_names_a_person_s_same_is_told_of_the_replaced_one_and_a_rule_s_is_not() -> None:
    store = put(Store.open(), one("a", "Ana Ruiz"), one("b", "Eva Lind"))
    review.decide(store, [same(("a", "ana-ruiz"), ("b", "eva-lind"))])
    pattern = "SELECT ?a ?b WHERE { ?a <http://www.w3.org/2002/07/owl#sameAs> ?b }"
    told = [tuple(str(t.value) for t in row) for row in store.select(pattern)]  # type: ignore[union-attr]
    assert told == [(f"{DATA}entity/ana-ruiz", f"{DATA}entity/eva-lind")]
    repair(store=store)
    assert [tuple(str(t.value) for t in row) for row in store.select(pattern)] == told  # type: ignore[union-attr]


def test_names_of_what_is_gone_are_gone_too() -> None:
    store = put(Store.open(), one("a", "Ana Ruiz"), one("b", "Eva Lind"), one("c", "Eva Lind"))
    review.decide(store, [same(("a", "ana-ruiz"), ("b", "eva-lind"))])
    assert len(replaced(store)) == 1
    remove(["b"], store=store)
    remove(["a"], store=store)
    assert means(store, "c", "Eva Lind") == "entity/eva-lind"
    remove(["c"], store=store)
    assert not [q for q in store.quads() if "eva-lind" in str(q) and "decisions" not in str(q.graph_name)]


def test_names_a_chain_of_replaced_ones_leads_to_the_last(tmp_path: Path, kg: Kg) -> None:
    with Store.open(tmp_path / "s") as store:
        put(store, one("a", "Ana Ruiz"), one("b", "Eva Lind"), one("c", "Ida Berg"), one("d", "Ida Berg", "Tom Lee"))
        review.decide(store, [same(("a", "ana-ruiz"), ("b", "eva-lind"))])
        review.decide(store, [same(("a", "ana-ruiz"), ("c", "ida-berg"))])
        now = means(store, "d", "Ida Berg")
        assert means(store, "b", "Eva Lind") == now
        gone = {f"entity/{name}" for name in ("ana-ruiz", "eva-lind", "ida-berg")} - {now}
        assert {store.current(DATA + iri) for iri in gone} == {DATA + now}
        asked = query.parse(
            "#+ title: t\n#+ question: q?\n#+ returns: name\n#+ group: Actors and links\n#+ asks: a\n"
            "#+ param: who iri - — IRI of the actor\n"
            "PREFIX kg: <https://w3id.org/kg-said/ns#>\nSELECT ?name ?who WHERE { ?who skos:prefLabel ?name }"
        )
        rows = [query.run(store, asked, {"who": DATA + iri}).rows for iri in sorted({*gone, now})]
        assert rows[0]
        assert all(row == rows[0] for row in rows)
    for iri in sorted(gone):
        found = kg("path", DATA + iri, "Tom Lee", "--store", tmp_path / "s")
        assert "No chain of links ties these two." in found.err


def test_names_an_index_made_anew_keeps_them(tmp_path: Path, kg: Kg) -> None:
    with Store.open(tmp_path / "s") as store:
        for n in range(9):
            put(store, article(n))
        people = sorted({(r.article, r.key) for n in range(9) for r in article(n).references if r.key == "person0"})
        review.decide(store, [same(people[0], people[1]), same(people[2], people[5])])
        remove([article(3).article.id], store=store)
        before = sorted(str(q) for q in store.quads())
        assert replaced(store)
    (tmp_path / "s" / "index.sqlite").unlink()
    with Store.open(tmp_path / "s") as store:
        integrate(store)
        assert sorted(str(q) for q in store.quads()) == before
    assert kg("repair", "--store", tmp_path / "s").code == 0
    with Store.open(tmp_path / "s") as store:
        assert sorted(str(q) for q in store.quads()) == before
        assert len(store.side.execute("SELECT * FROM anchor").fetchall()) == len(
            [q for q in store.quads() if q.predicate.value.endswith("wasDerivedFrom")]
        )


def test_names_of_a_rule_that_changed_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """A new version of kg may take two for one that were apart: the greater keeps its IRI, the other leads to it."""
    store = put(Store.open(), one("a", "Ana Ruiz"), one("b", "Ana Ruiz"), one("c", "Ana Ruis"))
    kept, other = means(store, "a", "Ana Ruiz"), means(store, "c", "Ana Ruis")
    assert kept != other
    from kg.identity import rules
    from kg.identity.decision import Decision

    with monkeypatch.context() as patch:
        patch.setattr(rules, "decide", lambda a, b: Decision(Identity.SAME, "new rule", 1.0))
        repair(store=store)
    assert len(set(names(store).values())) == 1
    assert len(replaced(store)) == 1
    repair(store=store)
    assert (means(store, "a", "Ana Ruiz"), means(store, "c", "Ana Ruis")) == (kept, other)
    assert replaced(store) == {}


Step = tuple[str, int]
STEPS = st.lists(
    st.tuples(st.sampled_from(("put", "put", "put", "remove", "same", "apart", "anew")), st.integers(0, 30)),
    min_size=3,
    max_size=14,
)


def do(store: Store, there: set[int], step: Step, at: int) -> None:
    kind, n = step
    if kind == "put" and n not in there:
        put(store, article(n))
        there.add(n)
    elif kind == "remove" and n in there:
        remove([article(n).article.id], store=store)
        there.discard(n)
    elif kind in ("same", "apart") and there:
        known = sorted((r.article, r.key) for m in there for r in article(m).references if r.key.startswith("person"))
        left, right = known[n % len(known)], known[(n * 7 + 3) % len(known)]
        if left != right:
            verdict = Identity.SAME if kind == "same" else Identity.NOT_SAME
            when = f"2026-01-{at + 1:02}T00:00:00Z"
            review.decide(store, [Judgement(*sorted((left, right)), verdict, "Mia", "known", at=when)])
    elif kind == "anew":
        store.forget_index()
        integrate(store)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_names_stay_whatever_comes_goes_or_is_judged(steps: Sequence[Step]) -> None:
    """After every step, an IRI that was there is there still, or leads to one that was there before and has what it had, or
    nothing is left of what it was of; no IRI is both; and nothing leads to what is not there. The same steps again give the
    same bytes.
    """
    store, there = Store.open(), set[int]()
    for at, step in enumerate(steps):
        before, led = names(store), replaced(store)
        do(store, there, step, at)
        after, leads = names(store), replaced(store)
        living, of_old = set(after.values()), {r: e for r, e in before.items() if r in after}
        assert living.isdisjoint(leads)
        assert set(leads.values()) <= living
        for iri in set(of_old.values()) - living:
            assert leads[iri] in set(before.values())
            assert leads[iri] in {after[r] for r, e in of_old.items() if e == iri}
        for iri in set(of_old.values()) & living:
            kept = {r for r, e in after.items() if e == iri}
            assert kept & {r for r, e in of_old.items() if e == iri}, "an IRI is not given to another thing"
        if step[0] == "anew":
            assert (after, leads) == (before, led)
    again, there = Store.open(), set[int]()
    for at, step in enumerate(steps):
        do(again, there, step, at)
    assert sorted(str(q) for q in again.quads()) == sorted(str(q) for q in store.quads())
    if there:
        anew = Store.open()
        anew.add(store.quads(Graph.DECISIONS))
        put(anew, *(article(n) for n in sorted(there)))
        assert lines(anew) == lines(store), "but for names, the graph of all articles at once"


def test_names_that_a_disk_lost_are_given_anew_and_it_is_said(
    tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "s") as store:
        put(store, one("a", "Ana Ruiz"))
    from kg.store import salvage as module
    from kg.vocabulary import Graph as Named

    real = module.salvage

    def damaged(path: str, *, leave_out: Sequence[str] = ()) -> module.Found:
        found = real(path, leave_out=[*leave_out, Named.ENTITIES])
        found.lost.append(Named.ENTITIES.value)
        return found

    monkeypatch.setattr(module, "salvage", damaged)
    done = kg("repair", "--store", tmp_path / "s")
    assert (done.code, done.err) == (0, "note: Which IRIs the entities had could not be read; they were given anew.\n")
    with Store.open(tmp_path / "s") as store:
        assert means(store, "a", "Ana Ruiz") == "entity/ana-ruiz"


@pytest.mark.parametrize(
    ("long", "short", "name"),
    [
        (1, 10, "Ada Fenn"),
        (1, 4, "Ada Fenn"),
        (1, 2, "Ada Maria Fenn"),
        (2, 4, "Ada Maria Fenn"),
        (1, 1, "Ada Maria Fenn"),
    ],
)
def test_a_longer_name_of_a_person_is_the_usual_one_unless_hardly_anybody_gives_it(
    long: int, short: int, name: str
) -> None:
    def given(*called: str, number: int) -> list[Profile]:
        return [Profile(EntityType.PERSON, called, home=f"country {n}") for n in range(number)]

    lone = given("Fenn", number=20)
    assert usual_name(lone + given("Ada Maria Fenn", number=long) + given("Ada Fenn", number=short)) == name

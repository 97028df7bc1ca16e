"""The base of a store: recorded when it is made, under it all that belongs to the store, and nothing of another's."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg as package
from kg import export, query, rdf, reason, review
from kg.errors import UsageError
from kg.model import Article, EntityType, Identity, Reference, Resolved
from kg.pipeline import integrate, remove, repair
from kg.rdf import minting as m
from kg.reason import validate
from kg.store import Store
from kg.store.base import checked
from kg.store.salvage import salvage
from kg.vocabulary import COUNTRIES, DATA, ONTOLOGY, Graph
from tests.apart_from_names import lines
from tests.conftest import Kg
from tests.synthetic import article

pytestmark = pytest.mark.fast
EXAMPLES = int(os.environ.get("KG_EXAMPLES", "12"))
OURS, THEIRS = "https://data.example.org/port/", "https://example.net/"


def put(store: Store, *made: Resolved) -> Store:
    for resolved in made:
        store.add([*rdf.article_quads(resolved), *rdf.provenance_quads(resolved.article.id, resolved.extractor)])
    integrate(store, added=[resolved.article.id for resolved in made])
    return store


def iris(store: Store) -> set[str]:
    found: set[str] = set()
    for q in store.quads():
        found.update(t.value for t in (q.subject, q.object, q.graph_name) if isinstance(t, ox.NamedNode))
    return found


def used(base: str | None, path: Path | None = None) -> Store:
    """A store that has seen everything that changes one."""
    store = put(Store.open(path, base=base), *(article(n) for n in range(8)))
    people = sorted({(r.article, r.key) for n in range(8) for r in article(n).references if r.key.startswith("person")})
    joined = review.verdict((people[0], people[1]), Identity.SAME, by="Mia", at="2026-01-01T00:00:00Z")
    review.decide(
        store, [joined, review.verdict((people[2], people[3]), Identity.SAME, by="Mia", at="2026-01-02T00:00:00Z")]
    )
    review.withdraw(store, joined.id, by="Mia", at="2026-01-03T00:00:00Z")
    reason.write(store)
    remove([article(3).article.id, f"{store.base}article/{article(4).article.id}"], store=store)
    put(store, article(9))
    return store


def test_base_all_that_belongs_to_the_store_lies_under_it() -> None:
    store = used(OURS)
    shared = {iri for iri in iris(store) if iri.startswith(DATA) and not iri.startswith((ONTOLOGY, COUNTRIES))}
    assert shared == set()
    assert any(iri.startswith(COUNTRIES) for iri in iris(store))
    assert {g.removeprefix(OURS).split("/")[0] for g in store.graphs()} == {"article-graph", "graph"}
    assert any(store.quads(Graph.INFERRED))


def test_base_makes_no_other_difference(tmp_path: Path) -> None:
    ours, plain = used(OURS), used(None)
    moved = {re.sub(re.escape(OURS) + '(?!")', DATA, str(q)) for q in ours.quads()}
    hashed = re.compile(r"comparison/[0-9a-f]+")  # made from the IRIs of what is compared
    record = {q for q in moved if "uriSpace" in q}
    assert len(record) == 1
    assert {hashed.sub("", q) for q in moved - record} == {hashed.sub("", str(q)) for q in plain.quads()}
    name = query.named()["who_said_what"]
    assert len(query.run(ours, name).rows) == len(query.run(plain, name).rows) > 0
    assert validate.check(ours) == []
    assert reason.check(ours).explanations == ()
    for format in export.FORMATS:
        made = export.write(ours, tmp_path / format, format)
        files = [p for p in made.rglob("*") if p.is_file()] if made.is_dir() else [made]
        for kind in (b"entity", b"article", b"nanopub", b"judgement", b"comparison", b"extraction", b"graph"):
            assert all(b"kg-said/" + kind + b"/" not in p.read_bytes() for p in files), (format, kind)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(0, 40), min_size=3, max_size=14, unique=True), st.data())
def test_base_of_ones_own_adding_and_removing_equals_a_build_at_once(numbers: list[int], data: st.DataObject) -> None:
    gone = data.draw(st.lists(st.sampled_from(numbers), max_size=2, unique=True))
    store = Store.open(base=OURS)
    for n in data.draw(st.permutations(numbers)):
        put(store, article(n))
    remove([article(n).article.id for n in gone], store=store)
    assert lines(store) == lines(put(Store.open(base=OURS), *(article(n) for n in numbers if n not in gone)))


def test_base_two_stores_share_countries_and_nothing_else() -> None:
    shared = {iri for iri in iris(used(OURS)) & iris(used(THEIRS)) if not iri.startswith(("http://www.", ONTOLOGY))}
    assert shared
    assert all(iri.startswith(COUNTRIES) for iri in shared)


WORDS = st.text("abyz/-é. ", min_size=1, max_size=12)
SEGMENTS = ("entity", "article", "graph", "article-graph", "judgement", "statement", "country", "a", "b")
BASES = st.lists(st.sampled_from(SEGMENTS), max_size=4).map(lambda p: checked("https://x.example/" + "/".join(p)))


def minted(base: str, words: list[str]) -> set[str]:
    found = {
        m.within(w, kind, other, base).value for w in words for other in words for kind in ("statement", "reference")
    }
    for mint in (m.article, m.entity, m.graph, m.extraction):
        found |= {mint(w, base).value for w in words}
    return found


@given(BASES, BASES, st.lists(st.one_of(WORDS, st.sampled_from(SEGMENTS)), max_size=5))
def test_base_two_never_mint_equal_iris(one: str, other: str, words: list[str]) -> None:
    if one != other:
        assert minted(one, words).isdisjoint(minted(other, words))


@given(BASES, st.one_of(WORDS, st.sampled_from(SEGMENTS)), st.one_of(WORDS, st.sampled_from(SEGMENTS)))
def test_base_ids_come_back_from_iris(base: str, aid: str, key: str) -> None:
    assert m.article_id(m.article(aid, base).value) == m.article_id(m.within(aid, "figure", key, base).value) == aid
    assert m.entity_id(m.entity(key, base).value) == key
    assert m.article_id(m.entity(key, base).value) == m.entity_id(m.article(aid, base).value) == ""


def test_base_ministries_of_two_countries_share_no_iri() -> None:
    def made(aid: str, *lands: str) -> Resolved:
        text = "The Interior Ministry said nothing."
        parts = tuple(
            Reference(f"m-{land.lower()}", aid, EntityType.MINISTRY, "Interior Ministry", country=land)
            for land in lands
        )
        return Resolved(Article(aid, text, title=aid), parts, extractor="made up")

    both = put(Store.open(), made("a", "Peru", "Ghana"))
    found = {q.object.value for q in both.quads(Graph.ENTITIES) if q.predicate.value.endswith("#refersTo")}  # type: ignore[union-attr]
    assert found == {f"{DATA}entity/interior-ministry_{land}" for land in ("peru", "ghana")}
    # Two people, who do not know of which country the ministry is.
    ours, theirs = (put(Store.open(base=base), Resolved(
        Article(aid, "x", title=aid), (Reference("m", aid, EntityType.MINISTRY, "Interior Ministry"),), extractor="made up"
    )) for aid, base in (("a", OURS), ("b", THEIRS)))  # fmt: skip
    merged = Store.open()
    merged._inner.extend([*ours.quads(), *theirs.quads()])
    names = list(merged.select("SELECT ?e WHERE { ?e a <https://w3id.org/kg-said/ns#Ministry> } ORDER BY ?e"))
    assert [row[0].value for row in names] == [f"{base}entity/interior-ministry" for base in (OURS, THEIRS)]  # type: ignore[union-attr]


def test_base_is_recorded_and_stays(tmp_path: Path) -> None:
    before = used(OURS, tmp_path / "s")
    entities = {iri for iri in iris(before) if "/entity/" in iri}
    before.close()
    with package.open(tmp_path / "s") as store:
        assert store.base == OURS
        put(store, article(10))
        assert entities <= iris(store)
    with Store.open(tmp_path / "s", base="HTTPS://data.example.org/port") as store:
        assert store.base == OURS
        repair(store=store)
        export.write(store, tmp_path / "g.ttl", "turtle")
    (tmp_path / "s" / "kg-store.json").write_text("{")
    salvage(tmp_path / "s")
    with Store.open(tmp_path / "s") as store:
        assert store.base == OURS, "the graph itself tells it"
        put(store, article(11))
        assert not any(iri.startswith(DATA + "article") for iri in iris(store))
    assert Store.load(tmp_path / "g.ttl").base == OURS


def test_base_other_than_the_recorded_one_is_one_sentence(tmp_path: Path) -> None:
    used(OURS, tmp_path / "s").close()
    put(Store.open(tmp_path / "t"), article(1)).close()
    state = {p: p.read_bytes() for p in (tmp_path / "s").rglob("*") if p.is_file()}
    with pytest.raises(
        UsageError, match=rf"has the base {OURS} since it was made, and {THEIRS} is another; .*Nothing was changed\."
    ):
        Store.open(tmp_path / "s", base=THEIRS)
    with pytest.raises(UsageError, match=f"has the base {DATA} since it was made"):
        Store.open(tmp_path / "t", base=THEIRS)
    assert {p: p.read_bytes() for p in (tmp_path / "s").rglob("*") if p.is_file()} == state
    Store.open(tmp_path / "t", base=DATA).close()


@pytest.mark.parametrize(
    "base",
    ["", "port", "/srv/port/", "ftp://example.org/", "urn:port:", "https://", "https:///port", "https://example.org/a b/",
     "https://example.org/?id=", "https://example.org/#", "https://me:word@example.org/", "https://example.org/a/../b/",
     "https://example.org:port/", "https://example.org//a", "https://example.org/<a>", " https://example.org/",
     "https://example.org/" + "a" * 400, "https://[::1/", "javascript:alert(1)"],
)  # fmt: skip
def test_base_that_is_none_is_one_sentence_and_nothing_is_made(base: str, tmp_path: Path, kg: Kg) -> None:
    with pytest.raises(UsageError, match="is no base for a store; name an absolute http or https IRI"):
        Store.open(tmp_path / "s", base=base)
    (tmp_path / "a.txt").write_text("Nobody said anything.")
    done = kg("build", tmp_path / "a.txt", "--out", tmp_path / "out", "--base", base)
    assert (done.code, done.out) == (2, "")
    assert "is no base for a store" in done.err
    assert done.err.count("\n") == 1
    assert not (tmp_path / "s").exists()
    assert not (tmp_path / "out").exists()


def test_base_under_that_of_kg_is_refused() -> None:
    with pytest.raises(UsageError, match="which belongs to kg; name an IRI that is yours"):
        Store.open(base=f"{DATA}mine")

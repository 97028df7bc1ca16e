"""Corrections outlast what happens to a store: rebuilds, new versions of a text and of kg, other stores, others who decide."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kg import corrections, export
from kg.annotate import Annotator
from kg.errors import UsageError
from kg.model import Annotation, Article, Span
from kg.pipeline import build, remove, repair
from kg.store import Store
from kg.store.copies import scratch
from kg.vocabulary import DATA
from tests.apart_from_names import lines
from tests.corrections.test_each_correction import (
    ARTICLES,
    TEXT,
    entity,
    figure,
    rows,
    span,
    statement,
    told,
    without_decisions,
)

FIRE, TOLL = ARTICLES


@pytest.fixture(scope="module")
def built() -> Iterator[Store]:
    with Store.open() as store:
        assert not build(ARTICLES, store=store).problems
        yield store


@pytest.fixture(scope="module")
def mended(built: Store) -> Iterator[Store]:
    """The store with a correction of each thing."""
    with scratch(built) as store:
        repair(store=store)
        mend(store)
        yield store


@pytest.fixture
def store(built: Store) -> Iterator[Store]:
    with scratch(built) as copied:
        repair(store=copied)
        yield copied


def mend(store: Store) -> None:
    corrections.correct(store, statement(store, "40 people"), "speaker", "Ana Ruiz", by="Mia", why="it was she")
    corrections.correct(store, figure(store, "40"), "figure", "45", part="value", by="Ben")
    corrections.correct(store, statement(store, "lie"), "reject", by="Mia")
    corrections.correct(
        store, f"{DATA}article/fire", "add", '{"speaker": "Slawin Coal"}', span=span("2,300 people"), by="Mia"
    )
    corrections.correct(store, entity(store, "Ana Ruiz"), "name", "Ann Ruiz", by="Mia")
    undone = corrections.correct(store, statement(store, "reopen"), "stance", "hoped", by="Ben")
    corrections.undo(store, undone.decisions[0].id, by="Mia")


def states(store: Store) -> list[str]:
    return [one.state for one in corrections.recorded(store)]


ALL = ["holds", "holds", "holds", "holds", "holds", "holds", "undone", "holds"]


# ── what happens to a store ────────────────────────────────────────────────────────────────────────────────────────


def test_corrections_hold_in_whatever_order_articles_and_decisions_come(
    built: Store, mended: Store, tmp_path: Path
) -> None:
    assert states(mended) == ALL
    corrections.write_csv(mended, tmp_path / "decided.csv")
    with Store.open() as first:
        new, notes = corrections.take(first, tmp_path / "decided.csv", by="Zoe")
        assert new == len(ALL)
        assert len(notes) == 6  # each that would hold says that its article is not there
        assert states(first) == ["orphan"] * 6 + ["undone", "holds"]
        build(reversed(ARTICLES), store=first)
        assert states(first) == ALL
        assert lines(first) == lines(mended)
        before = set(first.quads())
        repair(store=first)
        assert set(first.quads()) == before
    with scratch(mended) as other:
        remove(["fire"], store=other)
        found = corrections.orphans(other)
        assert len(found) == 5
        assert {one.sentence for one in found} == {"has no effect: the article fire is not in the store"}
        build([FIRE], store=other)
        assert lines(other) == lines(mended)


def test_corrections_follow_the_text_into_its_next_version(store: Store) -> None:
    mend(store)
    text = (
        TEXT.replace("Prices", "Corrected on Tuesday.\n\nAll prices")
        .replace("reopen", "reopen soon")
        .replace('"It is a lie,"', '"No,"')
    )
    report = build([replace(FIRE, id="fire-2", text=text, published="2020-03-04")], store=store)
    assert report.replaced == ("fire",)
    found = {one.correction.kind.value: one for one in corrections.recorded(store) if one.state != "undone"}
    assert {kind: one.state for kind, one in found.items()} == {
        "speaker": "holds", "figure": "holds", "reject": "orphan", "add": "holds", "name": "holds", "undo": "holds",
    }  # fmt: skip
    assert "stand no more in the text" in found["reject"].sentence
    assert told(store, found["speaker"].thing, "kg:speaker/skos:prefLabel") == ["Ann Ruiz"]
    assert told(store, found["figure"].thing, "schema:value") == ["45"]
    assert "/fire-2/" in found["add"].thing
    assert [one.correction.kind.value for one in corrections.orphans(store)] == ["reject"]


class Newer:
    """An annotator of another version, which has the contents begin elsewhere."""

    def __init__(self) -> None:
        self._inner = Annotator()

    def annotate(self, article: Article) -> Annotation:
        found = self._inner.annotate(article)
        attributions = []
        for one in found.attributions:
            first = one.content[0]
            skip = len("that ") if first.of(article.text).startswith("that ") else 0
            attributions.append(replace(one, content=(Span(first.start + skip, first.end), *one.content[1:])))
        return replace(found, attributions=tuple(attributions), extractor="another version")


def test_corrections_find_what_another_version_of_kg_reads(mended: Store, tmp_path: Path) -> None:
    corrections.write_csv(mended, tmp_path / "decided.csv")
    with Store.open() as other:
        build(ARTICLES, store=other, annotator=Newer())  # type: ignore[arg-type]
        assert statement(other, "40 people").rsplit("/", 1)[1] not in statement(mended, "40 people")
        corrections.take(other, tmp_path / "decided.csv", by="Zoe")
        assert states(other) == ALL
        assert told(other, statement(other, "40 people"), "kg:speaker/skos:prefLabel") == ["Ann Ruiz"]


@pytest.mark.parametrize("format", ["nquads", "trig", "turtle", "ntriples", "jsonld"])
def test_corrections_come_out_of_any_graph_file(built: Store, mended: Store, tmp_path: Path, format: str) -> None:
    ending = {"nquads": "nq", "turtle": "ttl", "ntriples": "nt"}.get(format, format)
    file = export.write(mended, tmp_path / f"graph.{ending}", format)
    for base in (None, "https://example.org/press/"):
        with Store.open(base=base) as other:
            build(ARTICLES, store=other)
            new, notes = corrections.take(other, file, by="Zoe")
            assert (new, notes) == (len(ALL), [])
            assert states(other) == ALL
            assert base is not None or lines(other) == lines(mended)
            assert corrections.take(other, file, by="Zoe") == (0, [])


def test_as_extracted_is_what_was_there_before_anybody_decided(built: Store, mended: Store, tmp_path: Path) -> None:
    with corrections.as_extracted(mended) as other:
        assert lines(other) == lines(built)
    with Store.open(tmp_path / "store") as disk:
        build(ARTICLES, store=disk)
        before = lines(disk)
        with corrections.as_extracted(disk) as same:
            assert same is disk
        mend(disk)
        corrections.correct(disk, f"{DATA}article/toll/reference/ana-ruiz", "split", by="Mia")
        after = set(disk.quads())
    there = sorted(p.name for p in (tmp_path / "store").iterdir())
    with Store.open(tmp_path / "store", read_only=True) as disk:
        with corrections.as_extracted(disk) as other:
            assert lines(other) == before
        assert set(disk.quads()) == after
    assert sorted(p.name for p in (tmp_path / "store").iterdir()) == there


def test_one_correction_makes_one_article_anew(mended: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg.pipeline import integrate

    seen: list[object] = []
    monkeypatch.setattr(corrections, "integrate", lambda store, **more: seen.append(more) or integrate(store, **more))
    with scratch(mended) as store:
        repair(store=store)
        seen.clear()
        corrections.correct(store, statement(store, "50 people"), "stance", "claimed", by="Mia")
    assert seen == [{"added": ["toll"], "removed": ["toll"]}]


# ── others who decide ──────────────────────────────────────────────────────────────────────────────────────────────


def test_of_two_that_contradict_the_later_holds_and_both_are_shown(store: Store) -> None:
    thing = statement(store, "40 people")
    corrections.correct(store, thing, "speaker", "Ana Ruiz", by="Mia")
    last = corrections.correct(store, f"{thing}-r", "speaker", "Mara Dunn", by="Ben")
    first, second = corrections.of(store, last.thing)
    assert (first.state, second.state) == ("overruled", "holds")
    assert first.sentence.startswith("overruled by Ben on 20")
    assert told(store, last.thing, "kg:speaker/skos:prefLabel") == ["Mara Dunn"]
    undo = corrections.undo(store, last.decisions[0].id, by="Mia")
    assert told(store, undo.thing, "kg:speaker/skos:prefLabel") == ["Ana Ruiz"]
    corrections.undo(store, undo.decisions[0].id, by="Ben")
    assert told(store, undo.thing, "kg:speaker/skos:prefLabel") == ["Mara Dunn"]
    assert states(store) == ["overruled", "holds", "undone", "holds"]
    with pytest.raises(UsageError, match="was undone already"):
        corrections.undo(store, undo.decisions[0].id, by="Ben")
    with pytest.raises(UsageError, match="no decision with the id nix"):
        corrections.undo(store, "nix", by="Ben")


def test_a_form_sent_twice_is_one_decision(store: Store) -> None:
    thing = statement(store, "40 people")
    first = corrections.correct(store, thing, "speaker", "Ana Ruiz", by="Mia")
    before = set(store.quads())
    again = corrections.correct(store, thing, "speaker", "Ana Ruiz", by="Mia")
    assert (first.new, again.new) == (True, False)
    assert again.decisions == first.decisions
    assert again.thing == first.thing
    assert set(store.quads()) == before
    assert corrections.correct(store, thing, "speaker", "Ana Ruiz", by="Ben").new


def test_a_name_of_an_entity_is_one_decision_for_all_its_articles(store: Store) -> None:
    before = without_decisions(store)
    iri = entity(store, "Ana Ruiz")
    made = corrections.correct(store, iri, "name", "Ann Ruiz", by="Mia")
    assert {one.article for one in made.decisions} == {"fire", "toll"}
    assert entity(store, "Ann Ruiz") == iri
    corrections.undo(store, made.decisions[1].id, by="Ben")
    assert without_decisions(store) == before


_CORRECT = """
import sys
from kg import corrections
from kg.store import Store
path, by, *things = sys.argv[1:]
store = Store.open(path)
for thing in things:
    for n in range(3):
        corrections.correct(store, thing, "stance", ("claimed", "said", "denied")[n], by=by)
"""


def test_two_processes_correct_at_once_and_nothing_is_lost(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        build(ARTICLES, store=store)
        things = [s for (s,) in rows(store, "SELECT ?s { ?s a kg:Statement } ORDER BY ?s")]
    running = [
        subprocess.Popen([sys.executable, "-c", _CORRECT, tmp_path / "store", by, *part])
        for by, part in (("Mia", things), ("Ben", things[::-1]))
    ]
    assert [process.wait(120) for process in running] == [0, 0]
    with Store.open(tmp_path / "store") as store:
        found = corrections.recorded(store)
        made = {(one.correction.by, one.correction.passage, one.correction.value) for one in found}
        assert len(made) == 2 * 3 * len(things)
        assert {one.state for one in found} == {"holds", "overruled"}
        before = lines(store)
        repair(store=store)
        assert lines(store) == before


# ── a file that somebody filled in ─────────────────────────────────────────────────────────────────────────────────


def fill(path: Path, answers: dict[str, tuple[str, str]]) -> None:
    """Fill in decision and value on the row whose content, or figure, begins with a text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        given = list(csv.DictReader(file))
    for words, (decision, value) in answers.items():
        row = next(
            r for r in given if r["content"].startswith(words) or (not r["content"] and r["figures"].startswith(words))
        )
        row |= {"decision": decision, "value": value}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(given[0]))
        writer.writeheader()
        writer.writerows(given)


def test_a_file_is_filled_in_and_read_back(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "look.csv"
    assert corrections.write_csv(store, file) == 6 + 4
    fill(
        file,
        {
            "that 40": ("speaker", "Ana Ruiz"), "the port": ("confirm", ""), "40 (": ("value", "45"), '"It is': ("reject", ""),
            "that 50": ("content", "50 people were killed"), "Prices": ("kind", "loud"),
        },
    )  # fmt: skip
    new, notes = corrections.take(store, file, by="Mia")
    assert new == 5
    assert notes == ["Row 7: “loud” is none of direct, indirect, mixed, author. Nothing was corrected."]
    assert told(store, statement(store, "40 people"), "kg:figure/schema:value") == ["45"]
    assert corrections.take(store, file, by="Mia")[0] == 0
    assert len(corrections.doubts(store)) == 2


def test_doubtful_statements_come_first(store: Store) -> None:
    found = corrections.doubts(store)
    assert [one.kind == "author" for one in found] == sorted(one.kind == "author" for one in found)
    sure = [one.confidence for one in found if "author" not in one.kind]
    assert sure == sorted(sure)
    assert [one.thing for one in corrections.doubts(store, 2)] == [one.thing for one in found[:2]]
    assert {one.article for one in corrections.doubts(store, article="toll")} == {"toll"}
    one = next(d for d in found if "40 people" in d.content)
    assert (one.speaker, one.office, one.cue, one.day) == ("Ben Holt", "mayor", "denied", "2020-03-02")
    assert [(f.words, f.parts["value"], f.parts["event"]) for f in one.figures] == [("40", "40", "kill")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "decision,value,article,thing\nconfirm,,gone,statement/ab\n",
            "Row 2: The article gone is not in the store; nothing was corrected.",
        ),
        (
            "decision,value,article,thing,id\nconfirm,,fire,statement/ab,x\n",
            "Row 2: It is no decision that kg has written.",
        ),
    ],
)
def test_a_file_of_nonsense_is_told(store: Store, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "x.csv").write_text(text)
    assert corrections.take(store, tmp_path / "x.csv", by="Mia") == (0, [words])


def test_a_file_without_its_columns_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UsageError, match="has no column article, decision, thing, value"):
        corrections.take(store, tmp_path / "x.csv", by="Mia")
    with pytest.raises(UsageError, match="cannot be read"):
        corrections.take(store, tmp_path / "none.csv", by="Mia")

"""A graph as parts of quads: what is across articles is done piece by piece, and together it is what a store holds."""

from __future__ import annotations

import errno
import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg import rdf
from kg.errors import BusyError, KgError, UsageError
from kg.model import Article, Resolved, Stance
from kg.pipeline import build, building, cluster
from kg.pipeline.crews import Lost
from kg.pipeline.reading import Read, Reading
from kg.pipeline.spread import How, Made, make, making, running, shuffle, tasks
from kg.read import read, samples
from kg.store import Store
from kg.store.locks import lock
from tests import synthetic
from tests.faults import articles
from tests.pipeline.test_cluster import Machines, machines

__all__ = ["machines"]  # a fixture

_TOLD = "A quake shook {0}. Rescuers of the {1} Brigade searched {0} after the quake, said Colonel {2}, and a mayor, {3}, wept in {0}. "
_SAID = "that the {} had closed the northern port to every ship for a week"


def disputing(number: int) -> Resolved:
    """A made-up article whose speaker affirms, or denies, what others say of the same body."""
    one = synthetic.article(number, world=6)
    body = next(r.name for r in one.references if r.key == "body0")
    stance = Stance.DENIED if number % 3 == 0 else Stance.SAID
    told = tuple(replace(s, content=_SAID.format(body), stance=stance, about=("body0",)) for s in one.statements)
    names = [synthetic.word(random.Random(f"{number // 4}/{i}"), 3) for i in range(4)]
    article = replace(
        one.article,
        text=_TOLD.format(*names) * 10,
        title=f"Quake in {names[0]}",
        published=f"2015-03-0{number % 4 + 1}",
    )
    return replace(one, article=article, statements=told)


RESOLVED = {one.article.id: one for one in [*(synthetic.article(n) for n in range(40)), *map(disputing, range(50, 74))]}
MADE_UP = [one.article for one in RESOLVED.values()]


@pytest.fixture
def made_up(monkeypatch: pytest.MonkeyPatch) -> list[Article]:
    """Articles of which what is read is made up, where they are read in this process."""

    def reads(self: Reading, article: Article) -> Read:
        told = replace(RESOLVED[article.id], article=article)
        return Read([*rdf.article_quads(told), *rdf.provenance_quads(article.id, told.extractor)])

    monkeypatch.setattr(Reading, "__call__", reads)
    return list(MADE_UP)


def stored(found: Iterable[Article], *, batch: int = 1_000_000, **given: Any) -> list[bytes]:
    """The lines of a new store into which articles came at once, or in portions."""
    store = Store.open()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(building, "BATCH", batch)
        build(found, store=store, **given)
    return sorted(set(store.dump().splitlines()))


def lines(folder: Path) -> list[bytes]:
    """The lines of all parts: none is there twice."""
    return sorted(line for part in folder.glob("*.nq.gz") for line in gzip.decompress(part.read_bytes()).splitlines())


def parts(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def about(found: list[bytes], prop: str) -> int:
    return sum(f"ns#{prop}>".encode() in line for line in found)


# ── equal to a store ──


@pytest.mark.parametrize("pieces", [1, 3, 7])
def test_spread_made_up_articles_in_pieces_are_what_a_store_holds(
    pieces: int, made_up: list[Article], tmp_path: Path
) -> None:
    whole = stored(made_up)
    random.Random(pieces).shuffle(made_up)
    made = make(made_up, tmp_path, how=How(pieces=pieces))
    assert lines(tmp_path) == whole
    assert (made.articles, made.quads, made.problems) == (len(MADE_UP), len(whole), ())
    marked = {line.split()[0] for line in whole if re.match(rb"<[^>]*/entity/[^>/]+_[0-9a-f]{8}>", line)}
    compared = {
        prop: {line.split()[0] for line in whole if f"ns#{prop}>".encode() in line}
        for prop in ("left", "leftStatement")
    }
    denied = len(compared["leftStatement"] - compared["left"])
    counts = (len(marked), denied, about(whole, "inAffair"), about(whole, "partOf"), about(whole, "alike"))
    assert min(counts) > 5, "namesakes, denials, affairs, parts and references that are alike are among them"
    assert not (tmp_path / "work").exists()


@pytest.mark.parametrize("pieces", [1, 3])
def test_spread_samples_in_pieces_are_what_a_store_holds(pieces: int, tmp_path: Path) -> None:
    make(reversed(samples()), tmp_path, how=How(pieces=pieces))
    assert lines(tmp_path) == stored(samples())


def canonical(found: list[bytes]) -> set[bytes]:
    """Lines in which an entity is called by the first reference that means it, without what is told of ids that were replaced."""
    first: dict[bytes, bytes] = {}
    for line in found:
        if b"ns#refersTo>" in line:
            reference, _, entity, *_ = line.split(b" ")
            first[entity] = min(reference, first.get(entity, reference))
    gone = {line.split(b" ")[0] for line in found if b"isReplacedBy>" in line}
    kept = (line.split(b" ") for line in found if line.split(b" ")[0] not in gone)
    return {b" ".join(first.get(term, term) for term in line) for line in kept}


def test_spread_differs_from_a_store_that_grew_in_nothing_but_the_names_of_entities(
    made_up: list[Article], tmp_path: Path
) -> None:
    make(made_up, tmp_path, how=How(pieces=3))
    assert canonical(lines(tmp_path)) == canonical(stored(made_up, batch=7))


def test_spread_takes_each_article_once_and_of_versions_the_newest(made_up: list[Article], tmp_path: Path) -> None:
    one, two, three, four, *rest = made_up
    url = "https://news.example/a"
    dated = [replace(a, url=url, published=f"2015-0{n}-01") for n, a in enumerate((one, two, three), 1)]
    found = [dated[1], *rest[:20], dated[2], dated[0], rest[3], four]
    store = Store.open()
    report = build(found, store=store)
    made = make(found, tmp_path, how=How(pieces=3))
    assert lines(tmp_path) == sorted(set(store.dump().splitlines()))
    assert (made.articles, made.known, made.replaced) == (len(report.added), len(report.known), len(report.replaced))
    assert set(made.notes) == set(report.notes)
    assert (made.known, made.replaced) == (2, 1)


def test_spread_tells_of_articles_that_fail_as_a_store_does(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def reads(self: Reading, article: Article) -> Read:
        return Read(problem="no") if article.id == MADE_UP[1].id else Read([*rdf.article_quads(RESOLVED[article.id])])

    monkeypatch.setattr(Reading, "__call__", reads)
    made = make(MADE_UP[:3], tmp_path)
    assert [(p.where, p.reason) for p in made.problems] == [(MADE_UP[1].id, "no")]
    assert lines(tmp_path) == stored(MADE_UP[:3])
    again = make(MADE_UP[:3], tmp_path)
    assert (again.problems, again.memory) == (made.problems, 0)


def test_spread_uses_a_list_of_names_as_a_store_does(tmp_path: Path) -> None:
    from kg.annotate.gazetteer import load

    names = tmp_path / "names.csv"
    names.write_text("name,type\nHarbour Board,organisation\n", encoding="utf-8")
    folder = tmp_path / "quads"
    make(samples()[:3], folder, known=load(names), how=How(pieces=2))
    assert lines(folder) == stored(samples()[:3], known=names)


# ── again, and after what went wrong ──


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The tasks that were done in this process."""
    found: list[str] = []
    real = tasks.do

    def do(job: tasks.Job, made: Any) -> None:
        real(job, made)
        found.append(f"{job.stage} {job.piece}")

    monkeypatch.setattr(tasks, "do", do)
    return found


def test_spread_again_finds_all_and_a_damaged_part_is_told_and_made_again(
    made_up: list[Article], tmp_path: Path, done: list[str]
) -> None:
    first = make(made_up, tmp_path, how=How(pieces=3))
    before, number = parts(tmp_path), len(done)
    again = make(made_up, tmp_path, how=How(pieces=3))
    assert (len(done), again.quads, again.files, parts(tmp_path)) == (number, first.quads, first.files, before)
    damaged = tmp_path / first.files[0]
    damaged.write_bytes(damaged.read_bytes()[:-9] + b"x" * 9)
    mended = make(made_up, tmp_path, how=How(pieces=3))
    assert any(f"{damaged} is damaged; it is made again" in note for note in mended.notes)
    assert parts(tmp_path) == before
    (tmp_path / making.WHOLE).write_text("[")
    assert any("is damaged" in note for note in make(made_up, tmp_path, how=How(pieces=3)).notes)
    assert parts(tmp_path) == before


def test_spread_into_the_folder_of_another_run_replaces_its_parts(made_up: list[Article], tmp_path: Path) -> None:
    make(made_up, tmp_path, how=How(pieces=7))
    made = make(made_up[:30], tmp_path, how=How(pieces=2))
    assert any("holds the parts of another run" in note for note in made.notes)
    assert lines(tmp_path) == stored(made_up[:30])
    assert {path.name for path in tmp_path.glob("*.nq.gz")} == set(made.files)


def test_spread_reads_again_what_was_lost_with_its_worker(
    made_up: list[Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = running.Portions.__call__

    def losing(self: running.Portions, portion: cluster.Portion) -> list[Read | Lost]:
        return [Lost() if n == 1 else one for n, one in enumerate(real(self, portion))]

    few = made_up[:9]
    with monkeypatch.context() as patch:
        patch.setattr(running.Portions, "__call__", losing)
        made = make(few, tmp_path, how=How(pieces=2))
    assert ([p.where for p in made.problems], made.articles) == ([few[1].id], 8)
    made = make(few, tmp_path, how=How(pieces=2))
    assert (made.problems, made.articles) == ((), 9)
    assert lines(tmp_path) == stored(few)


class Ended(Exception):
    pass


def ending(at: str) -> Callable[[str], None]:
    def look(stage: str) -> None:
        if stage == at:
            raise Ended

    return look


@pytest.mark.parametrize("at", ["profiles", "mint", "articles", "denials"])
def test_spread_that_ended_goes_on_where_it_was(
    at: str, made_up: list[Article], tmp_path: Path, done: list[str]
) -> None:
    folder, straight = tmp_path / "a", tmp_path / "b"
    make(made_up, straight, how=How(pieces=3))
    number = len(done)
    with pytest.raises(Ended):
        make(made_up, folder, how=How(pieces=3, on_stage=ending(at)))
    for path in sorted((folder / "work").rglob("lines/00001.part")):  # what is damaged meanwhile is made again
        path.write_bytes(b"no")
    made = make(made_up, folder, how=How(pieces=3))
    assert parts(folder) == parts(straight)
    damaged = at != "profiles"
    assert len(done) == 2 * number + damaged
    assert any("lines" in note and "is damaged" in note for note in made.notes) == damaged


def test_spread_killed_in_the_middle_goes_on_to_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom kg.pipeline.spread import How, make\nfrom kg.read import samples\n"
        "end = lambda stage: stage == 'tied' and os.kill(os.getpid(), 9)\n"
        "make(samples()[:4], sys.argv[1], how=How(pieces=3, on_stage=end))"
    )
    folder, straight = tmp_path / "a", tmp_path / "b"
    ended = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert list((folder / "work").rglob("group/*.json"))
    make(samples()[:4], folder, how=How(pieces=3))
    make(samples()[:4], straight, how=How(pieces=3))
    assert parts(folder) == parts(straight)


def test_spread_over_processes_of_which_one_is_killed_gives_the_same_bytes(
    made_up: list[Article], tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill(stage: str) -> None:
        import multiprocessing

        for child in multiprocessing.active_children()[:1] if stage == "gather" and not killed else ():
            os.kill(child.pid or 0, signal.SIGKILL)
            killed.append(child.pid or 0)

    few = made_up[:20]
    make(few, tmp_path / "a", how=How(pieces=3, jobs=2, on_stage=kill))
    make(few, tmp_path / "b", how=How(pieces=3))
    assert killed
    assert parts(tmp_path / "a") == parts(tmp_path / "b")


# ── what cannot be ──


def test_spread_refuses_a_folder_of_other_things_and_one_that_another_builds_in(
    made_up: list[Article], tmp_path: Path
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"holds something else \(thesis\.txt\)"):
        make(made_up, tmp_path / "a")
    with pytest.raises(UsageError, match="cannot be used"):
        make(made_up, tmp_path / "a" / "thesis.txt")
    (tmp_path / "b").mkdir()
    held = lock(tmp_path / "b")
    assert held is not None
    with held, pytest.raises(BusyError, match="Another process builds in"):
        make(made_up, tmp_path / "b")


def test_spread_onto_a_full_disk_is_one_sentence_and_goes_on(
    made_up: list[Article], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, done: list[str]
) -> None:
    real = shuffle.put

    def put(path: Path, content: bytes) -> None:
        if "mint" in str(path):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(path, content)

    with monkeypatch.context() as full:
        full.setattr(shuffle, "put", put)
        with pytest.raises(KgError, match=r"cannot be written: No space left on device\. What was finished is kept"):
            make(made_up, tmp_path, how=How(pieces=2))
    number = len(done)
    make(made_up, tmp_path, how=How(pieces=2))
    assert number > 30
    assert lines(tmp_path) == stored(made_up)
    assert len(set(done)) == len(done), "no task twice"


def test_spread_part_that_is_damaged_while_it_is_read_is_told(made_up: list[Article], tmp_path: Path) -> None:
    def damage(stage: str) -> None:
        if stage == "judgements":
            for path in (tmp_path / "work").rglob("profiles/00000.part"):
                path.write_bytes(b"x" * path.stat().st_size)

    with pytest.raises(KgError, match="was damaged while it was read"):
        make(made_up, tmp_path, how=How(pieces=2, on_stage=damage))
    made = make(made_up, tmp_path, how=How(pieces=2))
    assert any("is damaged; it is made again" in note for note in made.notes)
    assert lines(tmp_path) == stored(made_up)


def test_spread_on_a_worker_with_another_kg_is_refused() -> None:
    with pytest.raises(KgError, match=r"A worker has another kg \(.*\) than this machine \(0\.0\.1\)"):
        tasks.remote({**making.made_by(), "kg": "0.0.1"}, ())


def kg(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "kg", *words], capture_output=True, text=True)


def test_command_writes_quads_and_refuses_what_belongs_to_a_store(tmp_path: Path) -> None:
    path = articles.write(tmp_path / "a.jsonl", articles.records(3))
    ran = kg("build", str(path), "--quads", str(tmp_path / "quads"), "--jobs", "1")
    assert (ran.returncode, ran.stderr) == (0, "")
    told = json.loads((tmp_path / "quads" / making.WHOLE).read_text())
    assert ran.stdout.startswith(f"3 articles, {told['quads']} quads in {len(told['files'])} files")
    assert lines(tmp_path / "quads") == stored(read([str(path)]))
    for words in (["--store", "s"], ["--base", "https://x.example/"], ["--no-known"]):
        refused = kg("build", str(path), "--quads", str(tmp_path / "no"), *words)
        assert (refused.returncode, "Quads are written without a store" in refused.stderr) == (2, True)
    (tmp_path / "empty.txt").write_text("")
    nothing = kg("build", str(tmp_path / "empty.txt"), "--quads", str(tmp_path / "no"))
    assert (nothing.returncode, nothing.stderr.count("\n"), nothing.stdout) == (1, 1, "")


# ── with Dask ──


def test_spread_over_two_dask_workers_of_which_one_is_killed_gives_the_same_bytes(
    machines: Machines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "PART", 5)
    found = read([str(articles.write(tmp_path / "news.jsonl", articles.records(20)))])
    every = list(found)
    killed: list[str] = []

    def kill(stage: str) -> None:
        if stage == "judgements" and not killed:
            machines.workers[0].send_signal(signal.SIGKILL)
            killed.append(stage)

    made: Made = make(every, tmp_path / "a", how=How(cluster=machines.address, pieces=3, on_stage=kill))
    assert (killed, machines.workers[0].wait(), made.articles) == (["judgements"], -signal.SIGKILL, 20)
    make(every, tmp_path / "b", how=How(pieces=3))
    assert parts(tmp_path / "a") == parts(tmp_path / "b")
    assert lines(tmp_path / "a") == stored(every)
    with pytest.raises(KgError, match="No Dask scheduler answers"):
        make(every[:6], tmp_path / "c", how=How(cluster="tcp://127.0.0.1:9", wait=2))

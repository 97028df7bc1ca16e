"""Articles → files of quads, without a store and without a single machine for what is across articles."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from kg import untrusted
from kg.annotate import Annotator
from kg.annotate.gazetteer import Gazetteer
from kg.errors import BusyError, KgError, ReadError, UsageError
from kg.model import Article, Problem
from kg.pipeline import cluster as clusters
from kg.pipeline.building import FEW_MENTIONS
from kg.pipeline.cluster import Inputs, Portion, code, kept
from kg.pipeline.crews import Crew, Lost, few
from kg.pipeline.parts import Parts
from kg.pipeline.reading import Packed, Read, Reading
from kg.pipeline.spread import shuffle
from kg.pipeline.spread.articles import PARTS
from kg.pipeline.spread.choosing import Choice, choose
from kg.pipeline.spread.running import Cluster, Here, Many, Portions, Readers, Run
from kg.pipeline.spread.shuffle import Where
from kg.pipeline.spread.tasks import Doing, Job
from kg.store.locks import lock

WHOLE: Final = "kg-quads.json"
"""The file that is there when all parts are, and names them."""
_ROOMS: Final = (
    "annotate", "compare", "english", "identity", "model", "nearby.py", "pipeline", "rdf", "resolve", "store", "vocabulary.py",
)  # fmt: skip
_SMALL, _LARGE, _PIECES = 50, 2_000, (16, 1_000)  # articles of a piece, and pieces, in small builds and in large ones


@dataclass(frozen=True, slots=True)
class Made:
    """What a build of files did: how many articles the graph holds, were there already or in an older version, and were replaced by
    newer ones; quads; the files; problems and notes; the most memory of a process, in megabytes (0: nothing was to be done).
    """

    articles: int
    known: int
    replaced: int
    quads: int
    files: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    notes: tuple[str, ...] = ()
    memory: int = 0


@dataclass(frozen=True, slots=True)
class How:
    """Who works: ``jobs`` processes of this machine, or the workers of a Dask ``cluster``; and in how many ``pieces``, where not as
    many as fit the number of articles.
    """

    jobs: int = 1
    cluster: str | None = None
    pieces: int | None = None
    wait: float = 60.0
    on_read: Callable[[int], None] | None = None
    on_stage: Callable[[str], None] | None = None


_ALONE: Final = How()


def made_by() -> dict[str, str]:
    """All on which what is across articles depends, beside what was read of them."""
    return {"kg": version("kg-said"), "code": code(_ROOMS)}


def make(
    articles: Iterable[Article], folder: str | Path, *, annotator: Annotator | None = None, known: Gazetteer | None = None,
    mentions: bool = True, how: How = _ALONE,
) -> Made:  # fmt: skip
    """Write the graph of ``articles`` as files of N-Quads into ``folder``, which all workers must share: the quads that a new
    store has into which all of them came at once.

    Whatever is finished is found again by the same call. Raises ``UsageError`` for a folder that holds something else, ``BusyError``
    while another process works in it, and ``KgError`` where it cannot go on.
    """
    where = _folder(Path(folder))
    held = lock(where)
    if held is None:
        raise BusyError(f"Another process builds in {where}; wait until it is done.")
    with held:
        reading = Reading(annotator, known, mentions=mentions)
        notes: list[str] = [] if mentions else [FEW_MENTIONS]
        names, hashes, number = _read(iter(articles), where, reading, how, notes)
        pieces = how.pieces or _pieces(number)
        made = made_by()
        key = hashlib.sha256(json.dumps([made, names, hashes, pieces], sort_keys=True).encode()).hexdigest()[:32]
        before = _whole(where, key, notes)
        if before is not None:
            return before
        crew = _crew(made, how)
        run = Run(Where(str(where), key), made, pieces, crew, how.on_stage)
        at_once = True
        try:
            choice = _across(run, names, known)
            at_once = False
        finally:
            run.end(at_once=at_once)
        return _finish(where, run, choice, notes)


def _folder(folder: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        ours = {WHOLE, PARTS, "work"}
        found = (one.name for one in folder.iterdir())
        strange = [name for name in found if name not in ours and WHOLE not in name and not _is_part(name)]
    except OSError as error:
        raise UsageError(f"The folder {folder} cannot be used: {error.strerror or error}.") from error
    if strange:
        raise UsageError(f"The folder {folder} holds something else ({min(strange)}); name an empty or a new one.")
    return folder.resolve()


def _is_part(name: str) -> bool:
    stem = name.lstrip(".").partition(".")[0]
    return len(stem) > 6 and stem[-6] == "-" and stem[-5:].isdecimal() and (".nq.gz" in name or ".json" in name)


def _pieces(articles: int) -> int:
    """How many pieces so many articles are worked on in: never by how many workers there are, so that those may come and go."""
    return max(1, min(_PIECES[0], -(-articles // _SMALL)), min(_PIECES[1], -(-articles // _LARGE)))


def _crew(made: Mapping[str, str], how: How) -> Crew[Job, int]:
    if how.cluster is not None:
        return Cluster(how.cluster, made, how.wait)
    return Many(Doing(made), how.jobs) if how.jobs > 1 else Here(Doing(made))


# ── reading ──


def _read(
    articles: Iterator[Article], folder: Path, reading: Reading, how: How, notes: list[str]
) -> tuple[list[str], list[str], int]:
    """Read the articles into parts; the names of these in order, the hashes of their bytes, and how many articles they hold."""
    parts = Parts(folder / PARTS, clusters.made_by(reading))
    names: list[str] = []
    number = 0
    try:
        for portion in _portions(articles, parts, Packed(reading), how):
            names.append(portion.name)
            number += len(portion.articles)
    except Inputs as error:
        raise error.why from None
    finally:
        notes += parts.notes
    return names, [parts.hash_of(name) for name in names], number


def _portions(articles: Iterator[Article], parts: Parts, task: Packed, how: How) -> Iterator[Portion]:
    def every(_: Article) -> bool:
        return True

    if how.cluster is not None:
        cluster = clusters.Cluster(how.cluster, parts.folder, on_read=how.on_read, wait=how.wait)
        return cluster.portions(articles, task, parts, every)
    articles, are_few = few(articles)
    crew: Crew[Portion, list[Read | Lost]] = (
        Here(Portions(task)) if how.jobs == 1 or are_few else Readers(Portions(task), how.jobs)
    )
    return kept(crew, articles, parts, every, how.on_read)


# ── across articles ──


def _across(run: Run, names: Sequence[str], known: Gazetteer | None) -> Choice:
    of: list[dict[str, Any]] = [
        {"parts": [[number, names[number]] for number in range(piece, len(names), run.pieces)]}
        for piece in range(run.pieces)
    ]
    run.stage("listed", "articles.listed", of)
    choice = choose(sorted(shuffle.records(run.where, "listed", "article", 0, run.pieces)))
    for piece, given in enumerate(of):
        given["left out"] = [place for place in choice.left_out if place[0] % run.pieces == piece]
    told = list(choice.revised)
    source = [known.source.name, known.source.digest] if known is not None and choice.held else None
    _identity(run, of)
    entities = _entities(run)
    run.stage("articles", "articles.write", [{**given, "entities": entities, "list": source} for given in of])
    run.stage("versions", "articles.revised", [{"revised": told}, *[{"revised": []}] * (run.pieces - 1)])
    _affairs(run)
    _figures(run)
    _denials(run)
    return choice


def _identity(run: Run, of: Sequence[Mapping[str, Any]]) -> None:
    run.stage("read", "articles.read", of)
    run.stage("profiles", "identity.profiles")
    run.stage("lines", "identity.lines")
    run.stage("judgements", "identity.judge")
    run.stage("bodies", "identity.support")
    labels = run.components("same", ["judgements", "bodies"])
    run.stage("gather", "identity.gather", {"labels": labels})
    run.stage("asked", "identity.asked")
    run.stage("counted", "identity.counted")
    run.stage("calling", "identity.calling")


def _entities(run: Run) -> list[str]:
    """The stages that give entities to articles."""
    for stage, function in (
        ("group", "group"), ("everywhere", "everywhere"), ("mint", "mint"), ("ids", "ids"), ("meant", "meant"),
        ("entities", "describe"),
    ):  # fmt: skip
        run.stage(stage, f"entities.{function}")
    stages: list[str] = []
    before, more = "meant", 1
    while more:
        stages.append(f"wanted-{len(stages)}")
        more = sum(run.stage(stages[-1], "entities.wanted", {"from": before}))
        before = stages[-1]
    return stages


def _affairs(run: Run) -> None:
    run.stage("lanes", "affairs.lanes")
    run.stage("affairs-ask", "affairs.ask")
    run.stage("affairs-answer", "affairs.answer")
    run.stage("tied", "affairs.tied")
    run.stage("beside", "affairs.beside")
    run.stage("bonds", "affairs.bonds")
    labels = run.components("bound", ["bonds"])
    run.stage("members", "affairs.members", {"labels": labels})
    run.stage("affairs", "affairs.described")


def _figures(run: Run) -> None:
    run.stage("sums", "figures.placed")
    run.stage("once", "figures.once")
    run.stage("near", "figures.near")
    run.stage("figures-answer", "figures.answer")
    run.stage("figures", "figures.weigh")


def _denials(run: Run) -> None:
    run.stage("words", "denials.words")
    run.stage("look", "denials.look")
    run.stage("find", "denials.find")
    run.stage("denials-ask", "denials.ask")
    run.stage("denials-answer", "denials.answer")
    run.stage("denials", "denials.oppose")


# ── the end ──


def _whole(folder: Path, key: str, notes: list[str]) -> Made | None:
    """What an earlier run of the same did, where all of it is there."""
    path = folder / WHOLE
    if not path.is_file():
        return None
    try:
        told = json.loads(untrusted.contents(path))
        if told["run"] != key:
            notes.append(f"The folder {folder} holds the parts of another run; they are replaced.")
        else:
            damaged = [name for name, sha in told["files"].items() if not shuffle.intact(folder / name, sha)]
            if not damaged:
                problems = tuple(Problem(*one) for one in told["problems"])
                return Made(
                    told["articles"], told["known"], told["replaced"], told["quads"], tuple(sorted(told["files"])), problems,
                    (*notes, *told["notes"]),
                )  # fmt: skip
            notes.append(f"The part {folder / min(damaged)} is damaged; it is made again.")
    except (ReadError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        notes.append(f"The file {path} is damaged; what it tells of is made again.")
    path.unlink(missing_ok=True)
    return None


def _finish(folder: Path, run: Run, choice: Choice, notes: list[str]) -> Made:
    """Name all parts, and take away what is of other runs or needed no more."""
    files: dict[str, str] = {}
    quads = 0
    for stage in run.stages:
        for piece in range(run.pieces):
            lines, number = shuffle.written(run.where, stage, piece)
            if lines:
                files[run.where.quads(stage, piece).name] = lines
                quads += number
    manifests = {name.removesuffix(".nq.gz") + ".json" for name in files}
    try:
        for one in folder.iterdir():
            left = _is_part(one.name) or (WHOLE in one.name and one.name != WHOLE)
            if left and one.name not in files and one.name not in manifests:
                one.unlink()
        counts = {
            "articles": len(choice.held),
            "known": len(choice.known),
            "replaced": len(choice.replaced),
            "quads": quads,
        }
        told: dict[str, Any] = {
            **counts, "run": run.where.run, "made": dict(run.made), "files": files, "notes": choice.notes,
            "problems": [[one.where, one.reason, one.detail] for one in choice.problems],
        }  # fmt: skip
        shuffle.put(folder / WHOLE, json.dumps(told, indent=1, sort_keys=True).encode())
        shutil.rmtree(folder / "work", ignore_errors=True)
    except OSError as error:
        raise KgError(
            f"The folder {folder} cannot be written: {error.strerror or error}. What was finished is kept."
        ) from error
    told_notes = (*notes, *run.notes, *choice.notes)
    return Made(
        len(choice.held), len(choice.known), len(choice.replaced), quads, tuple(sorted(files)), tuple(choice.problems), told_notes,
        run.memory,
    )  # fmt: skip


__all__ = ["WHOLE", "How", "Made", "made_by", "make"]

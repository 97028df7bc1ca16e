"""One ``kg build`` with workers, struck at a named stage: killed, interrupted, held up, or on a disk that is full.

The real command line with real workers. What is made up: annotations are looked up in ``FOLDER/annotations``, portions are small, so that
few articles come through every stage, and the cluster's executor is threads.
"""

from __future__ import annotations

import gc
import json
import multiprocessing
import os
import pickle
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final, NoReturn

from kg.annotate import Annotator
from kg.model import Annotation, Article
from kg.pipeline import crews

LOOKED: Final = "KG_LOOKED"
"""Where the annotations are, for the workers, too."""
PORTION, PART = 14, 10
"""Articles of a transaction, and of a part of a cluster."""
_FULL: Final = 1_000  # bytes that a file may have on a full disk: enough for a sentence


@dataclass(frozen=True, slots=True)
class Stage:
    """Call ``number`` of ``name`` (``MODULE:THING`` or ``MODULE:CLASS.THING``), before it or ``after`` it; ``settings`` are numbers of
    ``kg.pipeline.building``. ``parts``: where a cluster reads.
    """

    name: str
    number: int = 1
    after: bool = False
    parts: bool = False
    settings: dict[str, int] = field(default_factory=dict)


_STORE, _STATES, _UPKEEP = "kg.store.quads:Store", "kg.store.states", "kg.store.upkeep"
_FEW_PACKED = {"_PACKED": 10**9, "_MANY": 20}

STAGES: Final = {
    "workers start": Stage("kg.pipeline.crews:Processes._workers", after=True),
    "pieces are given": Stage("kg.pipeline.crews:Processes.submit", 3, after=True),
    "reading": Stage("kg.pipeline.crews:Crew._wait", 2, after=True),
    "a copy to work on": Stage(f"{_STATES}:Folder.working_copy", after=True),
    "articles are stored": Stage(f"{_STORE}.add", 5),
    "integration begins": Stage("kg.pipeline.building:integrate"),
    "identity": Stage(f"{_UPKEEP}.identities:Change.finish"),
    "identity is done": Stage(f"{_UPKEEP}.identities:Change.finish", after=True),
    "comparisons": Stage(f"{_UPKEEP}.comparisons:update"),
    "comparisons are done": Stage(f"{_UPKEEP}.comparisons:update", after=True),
    "denials": Stage(f"{_UPKEEP}.denials:Opposed.finish"),
    "a state is put beside": Stage("kg.store.quads:_copy"),
    "a state is beside": Stage("kg.store.quads:_copy", after=True),
    "the index commits": Stage(f"{_STORE}._commit_index"),
    "the index has committed": Stage(f"{_STORE}._commit_index", after=True),
    "the marker is written": Stage(f"{_STATES}:synchronise", 2),
    "the marker is renamed": Stage(f"{_STATES}:Folder.point", 2, after=True),
    "the state before is removed": Stage("kg.store.quads:discard", 2),
    "the second portion is stored": Stage(f"{_STORE}.add", 24),
    "the second portion is integrated": Stage("kg.pipeline.building:integrate", 2, after=True),
    "the second index commits": Stage(f"{_STORE}._commit_index", 2),
    "the second index has committed": Stage(f"{_STORE}._commit_index", 2, after=True),
    "packing": Stage(f"{_STORE}.pack"),
    "packed": Stage(f"{_STORE}._rewrite", after=True),
    "put in order": Stage(f"{_STORE}.optimize", after=True, settings=_FEW_PACKED),
    "a part is written": Stage("kg.pipeline.parts:_put", parts=True),
    "a part is there without its manifest": Stage("kg.pipeline.parts:_put", 3, after=True, parts=True),
    "a part is renamed": Stage("pathlib:Path.replace", 2, parts=True),
    "parts are read": Stage("kg.pipeline.parts:Parts.read", 2, parts=True),
    "parts are stored": Stage(f"{_STORE}.add", 24, parts=True),
}


class Looked(Annotator):
    """Annotations that were made beforehand."""

    def __init__(self, *_: object, **__: object) -> None:
        self.known = None
        self.name, self.any_language, self.model = "made up", False, "made up"

    def annotate(self, article: Article) -> Annotation:
        return looked()[article.id, article.text]


@lru_cache(maxsize=1)
def looked() -> dict[tuple[str, str], Annotation]:
    found: dict[tuple[str, str], Annotation] = pickle.loads(Path(os.environ[LOOKED]).read_bytes())
    return found


def small(settings: dict[str, int] | None = None) -> None:
    """Few articles come through every stage from here on."""
    from kg import annotate
    from kg.pipeline import building, cluster

    building.BATCH, crews._PIECE, cluster.PART = PORTION, 4, PART  # type: ignore[misc]
    building._PACKED = 20  # type: ignore[misc]
    for name, value in (settings or {}).items():
        setattr(building, name, value)
    building.few.__defaults__ = (6,)  # type: ignore[attr-defined]
    annotate.Annotator = Looked  # type: ignore[misc]


def _threads(crew: Any) -> Any:
    if crew._executor is None:
        crew._executor = ThreadPoolExecutor(2)
        crew._client = SimpleNamespace(status="running", nthreads=lambda: {"a": 1, "b": 1}, close=lambda: None)
    return crew._executor


def _strike(way: str) -> None:
    if way == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    elif way == "interrupt":
        os.killpg(0, signal.SIGINT)
    elif way == "full disk":
        resource.setrlimit(resource.RLIMIT_FSIZE, (_FULL, _FULL))
    elif way == "hold":
        os.write(1, b"here\n")
        sys.stdin.readline()


def strike(stage: Stage, way: str) -> None:
    """Have the stage struck when it comes."""
    home, _, path = stage.name.partition(":")
    __import__(home)
    owner: Any = sys.modules[home]
    *inner, name = path.split(".")
    for one in inner:
        owner = getattr(owner, one)
    real: Callable[..., Any] = getattr(owner, name)
    calls = 0

    def struck(*given: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        mine = calls == stage.number
        if mine and not stage.after:
            _strike(way)
        done = real(*given, **named)
        if mine and stage.after:
            _strike(way)
        return done

    setattr(owner, name, struck)


def main() -> None:
    """A process of its own, as a shell starts it: FOLDER STAGE WAY WORDS…, with workers that are new, too."""
    folder, name, way, *words = sys.argv[1:]
    _be_kg(folder, name, way, words)


def _be_kg(folder: str, name: str, way: str, words: Sequence[str]) -> None:
    os.environ[LOOKED] = str(Path(folder) / "annotations")
    stage = STAGES.get(name)
    small(stage.settings if stage is not None else None)
    from kg import cli
    from kg.pipeline import cluster

    cluster._Dask._open = _threads  # type: ignore[method-assign]
    if stage is not None:
        strike(stage, way)
    sys.argv = ["kg", *words]
    cli.main()


def forking() -> None:
    """A process with nothing in it but kg, of which each run is a fork, and so are its workers: they begin at once. Reads one JSON request
    a line (what :func:`main` takes, the folder to work in first) and answers with the exit code, when the run and its workers have ended.
    """

    gc.freeze()
    for line in sys.stdin:
        work, folder, name, way, *words = json.loads(line)
        theirs, ours = os.pipe()
        pid = os.fork()
        if pid == 0:
            os.close(theirs)
            _forked(work, folder, name, way, words)
        os.close(ours)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        while os.read(theirs, 1):  # to the end: all that came of it hold the other side
            pass
        os.close(theirs)
        sys.stdout.write(f"{code}\n")
        sys.stdout.flush()


def _forked(work: str, folder: str, name: str, way: str, words: Sequence[str]) -> NoReturn:
    code = 1
    try:
        os.setsid()
        said = os.open(Path(work) / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        nothing = os.open(os.devnull, os.O_RDWR)
        for at, descriptor in enumerate((nothing, nothing, said)):
            os.dup2(descriptor, at)
        os.environ["TMPDIR"], tempfile.tempdir = work, None
        crews.multiprocessing = SimpleNamespace(  # type: ignore[attr-defined]
            get_context=lambda _: multiprocessing.get_context("fork"), parent_process=multiprocessing.parent_process
        )
        # A worker that is new has no answer of kg's to a signal.
        os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))
        _be_kg(folder, name, way, words)
    except SystemExit as left:
        code = left.code if isinstance(left.code, int) else 0
    except BaseException:  # noqa: BLE001 - whatever it is, it is what the command ends by
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)

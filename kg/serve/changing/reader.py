"""Reads what was sent into the store, in a process of its own: what ``kg build`` does, telling of its progress in lines of JSON.

    python -m kg.serve.changing.reader < JOB

The job is one line of JSON (``store``, ``inputs``, ``published``, ``url``, ``publisher``). It ends when its standard input does,
so that it does not outlive the server, and what was stored before is whole.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from dataclasses import asdict
from typing import Any, TextIO

from kg.errors import KgError, fault


def main() -> None:
    told = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a library has to say is no part of the answer
    signal.signal(signal.SIGTERM, _stopped)
    if hasattr(os, "nice"):
        os.nice(5)  # pages are to come first
    job = json.loads(sys.stdin.readline())
    threading.Thread(target=_watch, daemon=True).start()
    try:
        _tell(told, report=_read(job, told))
    except KgError as error:
        _tell(told, error=str(error))
    except KeyboardInterrupt:
        _tell(told, stopped=True)
    except Exception as error:  # noqa: BLE001 - whatever it is, whoever waits is to hear of it
        _tell(told, error=fault(error))


def _stopped(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _watch() -> None:
    """End when the server is gone or wants no more."""
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


def _tell(told: TextIO, **what: Any) -> None:
    with contextlib.suppress(BrokenPipeError):
        print(json.dumps(what), file=told, flush=True)


def _read(job: dict[str, Any], told: TextIO) -> dict[str, Any]:
    from kg.model import Article, Problem
    from kg.pipeline import build
    from kg.read import read
    from kg.store import Store

    problems: list[Problem] = []
    given = {name: job[name] or None for name in ("published", "url", "publisher")}
    articles = list(read(job["inputs"], problems=problems, **given))
    _tell(told, total=len(articles))
    began = {article.id: " ".join((article.title or article.text[:200]).split())[:60] for article in articles}

    def progress(number: int, article: Article) -> None:
        _tell(told, done=number - 1, now=began[article.id])

    if not articles:
        return {"added": [], "known": [], "replaced": [], "notes": [], "problems": [asdict(one) for one in problems]}
    with Store.open(job["store"]) as store:
        report = build(articles, store=store, on_progress=progress)
    named = [Problem(began.get(one.where, one.where), one.reason) for one in report.problems]
    return {**asdict(report), "problems": [asdict(one) for one in (*problems, *named)]}


if __name__ == "__main__":
    main()

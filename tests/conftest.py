"""What many tests look at: the command line run in this process, and the graph of the samples, built once a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli, console


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its exit code, what it printed, and what it said on standard error."""

    code: int
    out: str
    err: str


Kg = Callable[..., Outcome]


def _kg(*words: object, stdin: str | bytes | None = None) -> Outcome:
    # The two consoles keep the streams that they were made with; CliRunner puts others in their place.
    for stream in (console.out, console.err):
        stream._file = None
    done = CliRunner().invoke(cli, [str(word) for word in words], input=stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Outcome(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def kg() -> Kg:
    """``kg("query", "--list")`` runs the command line; what is not a clear sentence comes out as an exception."""
    return _kg


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The folder that ``kg demo`` leaves, and what it printed. Tests only read it."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, _kg("demo", "--out", folder)

"""The program that measures every command runs every command that reads a store, and every format of an export."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import click

from kg.cli import cli
from kg.export import FORMATS

_SPEC = importlib.util.spec_from_file_location("bench_commands", Path(__file__).parents[1] / "bench" / "commands.py")
assert _SPEC is not None
assert _SPEC.loader is not None
commands = importlib.util.module_from_spec(_SPEC)
sys.modules[_SPEC.name] = commands
_SPEC.loader.exec_module(commands)

TOLD: dict[str, Any] = dict.fromkeys(
    ("actor", "other", "person", "about", "counted", "title", "affair", "article", "statement"), "x"
) | {"questions": [("who_said_what", {}), ("statements_by", {"by": "x"})]}
ELSEWHERE = {"annotate", "demo", "eval", "serve"}  # these read no store, or are measured by a program of their own


def test_bench_runs_every_command_that_reads_a_store() -> None:
    runs = list(commands.runs(TOLD))
    assert {run.given[0] for run in runs} == set(cli.commands) - ELSEWHERE
    assert {run.given[-3] for run in runs if run.given[0] == "export"} == set(FORMATS)
    assert len({run.name for run in runs}) == len(runs)


def test_bench_gives_options_that_the_commands_have() -> None:
    for run in commands.runs(TOLD):
        command = cli.commands[run.given[0]]
        known = {option for one in command.params if isinstance(one, click.Option) for option in one.opts}
        assert {part for part in run.given[1:] if part.startswith("-") and len(part) > 1} <= known, run


def test_bench_ends_what_takes_too_long_and_measures_the_rest() -> None:
    slow = commands.run([sys.executable, "-c", "import time; time.sleep(60)"], 0.5)
    assert slow["stopped_after_s"] == 0.5
    assert slow["clock_s"] < 30
    failed = commands.run([sys.executable, "-c", "import sys; print('no', file=sys.stderr); sys.exit(3)"], 60)
    assert (failed["code"], failed["said"]) == (3, "no")
    used = commands.run([sys.executable, "-c", "x = bytearray(100_000_000); print(len(x))"], 60)
    assert used["code"] == 0
    assert used["peak_mb"] > 90


def test_bench_copies_a_store_without_its_tables(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    (folder / "states" / "one").mkdir(parents=True)
    for name in ("index.sqlite", "states/one/000001.sst", "states/one/CURRENT"):
        (folder / name).write_text(name)
    made = commands.copied(folder, tmp_path / "copy")
    same = {
        name: (made / name).samefile(folder / name)
        for name in ("index.sqlite", "states/one/000001.sst", "states/one/CURRENT")
    }
    assert same == {"index.sqlite": False, "states/one/000001.sst": True, "states/one/CURRENT": False}

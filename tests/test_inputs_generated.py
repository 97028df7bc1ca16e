"""What Hypothesis makes of every input: never a traceback, a sentence and an exit code always, and in time."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg import nesting
from kg.errors import KgError
from kg.model import Problem
from kg.read import read
from kg.store import Store
from tests.fuzz import generate

Kg = Callable[..., Any]
SECONDS = 10.0
_quick = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory, kg: Kg) -> Path:
    """A store of two articles, to be copied."""
    folder = tmp_path_factory.mktemp("store")
    (folder / "a.txt").write_text("\n\n".join(generate.SENTENCES[:5]))
    (folder / "b.txt").write_text("\n\n".join(generate.SENTENCES[1:8]))
    assert kg("build", folder, "--out", folder, "--quiet", "--store-only").code == 0
    return folder / "store"


@pytest.mark.parametrize("command", list(generate.COMMANDS))
@_quick
@given(rng=st.randoms(use_true_random=False))
def test_generated_commands_end_in_a_sentence(command: str, rng: Random, kg: Kg, store: Path) -> None:
    case = generate.COMMANDS[command][1](rng)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in case.files.items():
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(content)
        shutil.copytree(store, folder / "held")
        places = {"{dir}": name, "{store}": f"{name}/held", "{copy}": f"{name}/held"}
        words = []
        for word in case.words:
            for mark, place in places.items():
                word = word.replace(mark, place)
            words.append(word)
        start = time.process_time()
        done = kg(*words, stdin=case.stdin)
        assert time.process_time() - start < SECONDS
    assert done.code in (0, 1, 2)
    assert "a fault of kg" not in done.err
    assert "Traceback" not in done.err
    assert done.code == 0 or done.err.strip() or done.out.strip()
    assert "\x1b" not in done.err


@pytest.mark.parametrize("kind", list(generate.CONTENTS))
@_quick
@given(rng=st.randoms(use_true_random=False))
def test_generated_files_are_read_or_listed(kind: str, rng: Random, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("in")
    name, raw = generate.content(rng, kind)
    (folder / name).write_bytes(raw)
    (folder / "zz.txt").write_text("Kari Holm said that 12 trawlers had been fined.")
    problems: list[Problem] = []
    articles = list(read([folder / name, folder / "zz.txt"], problems=problems))
    assert articles[-1].text.startswith("Kari Holm")
    assert all(problem.reason and "\n" not in problem.reason for problem in problems)
    assert not any("a fault of kg" in problem.reason for problem in problems)


@_quick
@given(
    st.binary(max_size=400),
    st.sampled_from(
        [".txt", ".html", ".jsonl", ".json", ".rss", ".xml", ".warc", ".warc.gz", ".ttl", ".jsonld", ".nq"]
    ),
)
def test_generated_bytes_are_refused_in_a_sentence(raw: bytes, ending: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"a{ending}"
        path.write_bytes(raw)
        said = ""
        try:
            Store.load(path) if ending in (".ttl", ".jsonld", ".nq") else list(read([path]))
        except KgError as error:
            said = str(error)
        assert "\n" not in said
        assert "a fault of kg" not in said


_pieces = st.sampled_from(
    ['"""', "'''", '"', "'", "<", ">", "<<(", ")>>", "(", ")", "[", "]", "{", "}", "#", "\n", "\\", "a:b", " "]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_pieces, max_size=40).map("".join))
def test_generated_nesting_is_never_told_of_what_is_not_nested(text: str) -> None:
    """A text that has no more than ten opening brackets is nowhere nested more than ten deep."""
    opened = sum(map(text.count, ("(", "[", "{", "<<")))
    for syntax in (nesting.TURTLE, nesting.JSON, nesting.PLAIN):
        assert nesting.too_deep(text.encode(), syntax, most=max(opened, 1)) is None

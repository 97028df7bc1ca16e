"""What is no abort: two builders, readers beside a writer, an index that is not that of the store, and what mends it.

Each function sets a situation up, drawn from a seed, and returns what is wrong as sentences.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from tests.faults.command import Ended
from tests.faults.trials import STORE, Bench, Unsteady, difference, last, no_store

INDEX = "index.sqlite"
_NEXT = ("new versions", "remove", "review --read")
_AT = ("--store", STORE)
_PAGE = 4096  # bytes of a page of SQLite


def two_builders(bench: Bench, seed: int) -> list[str]:
    """Two builds of the same articles at once: one is done, the other too or says why not, and nothing is lost."""
    problems: list[str] = []
    rng = random.Random(f"two builders/{seed}")
    operation, expected = bench.operations["second build"], bench.expected("second build")
    with bench.copy(bench.base(operation.before)) as folder:
        first = bench.start(operation.words, folder)
        time.sleep(rng.uniform(0, 0.8) * expected.seconds)
        second = bench.start(operation.words, folder)
        ends = [one.wait() for one in (first, second)]
        if all(done.code != 0 for done in ends):
            problems.append(f"Neither of two builders is done: {last(ends[0].err)} {last(ends[1].err)}")
        for done in ends:
            if done.code != 0:
                problems += _clear(done, "A second builder")
        problems += _becomes(bench, operation.words, folder, "second build", "After two builders at once")
    return problems


def readers(bench: Bench, seed: int) -> list[str]:
    """“kg query”, “kg check” and “kg export” in a loop while a long build runs: each answers from a finished state."""
    problems: list[str] = []
    operation, expected = bench.operations["long build"], bench.expected("long build")
    allowed = expected.articles | {-1, 0}
    with bench.copy(bench.base(operation.before)) as folder:
        writer = bench.start(operation.words, folder)
        before, number = -1, seed
        while writer.running():
            number += 1
            words = (
                ("query", "articles", "--format", "csv", *_AT),
                ("check", "--no-reasoning", *_AT),
                ("export", "--format", "csv", "--out", str(folder.with_name(f"{folder.name}.tmp") / "read"), *_AT),
            )[number % 3]
            done = bench.run(words, folder)
            if done.code != 0 and not no_store(done):
                problems.append(f"“kg {' '.join(words[:2])}” beside a build: {last(done.err)}")
            if "Traceback" in done.err:
                problems.append(f"“kg {' '.join(words[:2])}” beside a build ends in a traceback: {last(done.err)}")
            if done.code == 0 and words[0] == "query":
                articles = done.out.strip().count("\n")
                if articles not in allowed:
                    problems.append(f"A reader sees {articles} articles, and not one of {sorted(allowed)}.")
                if articles < before:
                    problems.append(f"A reader sees {articles} articles after it had seen {before}.")
                before = articles
        done = writer.wait()
        if done.code != 0:
            problems.append(f"The build with readers beside it ends with exit code {done.code}: {last(done.err)}")
        shutil.rmtree(folder.with_name(f"{folder.name}.tmp") / "read", ignore_errors=True)
        problems += _becomes(bench, operation.words, folder, "long build", "After a build with readers beside it")
    return list(dict.fromkeys(problems))


def older_index(bench: Bench, seed: int) -> list[str]:
    """The index of an earlier state, as a restored backup or a program that copies files leaves it."""
    earlier = bench.base(bench.operations["second build"].before)

    def harm(store: Path, rng: random.Random) -> None:
        for path in _index(store):
            path.unlink()
        for path in _index(earlier / STORE):
            shutil.copy(path, store / path.relative_to(earlier / STORE))

    return _harmed(bench, seed, "an older index", harm)


def deleted_index(bench: Bench, seed: int) -> list[str]:
    """No index."""

    def harm(store: Path, rng: random.Random) -> None:
        for path in _index(store):
            path.unlink()

    return _harmed(bench, seed, "no index", harm)


def truncated_index(bench: Bench, seed: int) -> list[str]:
    """An index that ends too early."""

    def harm(store: Path, rng: random.Random) -> None:
        for path in _index(store):
            data = path.read_bytes()
            path.write_bytes(data[: rng.randrange(len(data))])

    return _harmed(bench, seed, "a truncated index", harm)


def damaged_index(bench: Bench, seed: int) -> list[str]:
    """An index in which a disk has lost whole pages, which SQLite notices when it reads one."""

    def harm(store: Path, rng: random.Random) -> None:
        for path in _index(store):
            data = bytearray(path.read_bytes())
            pages = len(data) // _PAGE
            for page in rng.sample(range(pages), min(pages, rng.choice((1, 4, 40)))):
                data[page * _PAGE : (page + 1) * _PAGE] = rng.randbytes(_PAGE)
            path.write_bytes(data)

    return _harmed(bench, seed, "a damaged index", harm)


def scratched_index(bench: Bench, seed: int) -> list[str]:
    """An index in which single bytes have changed, perhaps inside a value, where SQLite cannot notice."""

    def harm(store: Path, rng: random.Random) -> None:
        for path in _index(store):
            data = bytearray(path.read_bytes())
            for _ in range(rng.choice((1, 20))):
                at = rng.randrange(len(data))
                data[at : at + 16] = rng.randbytes(len(data[at : at + 16]))
            path.write_bytes(data)

    return _harmed(bench, seed, "a scratched index", harm, noticed=False)


def changed_index(bench: Bench, seed: int) -> list[str]:
    """A sound database with rows that are not those of the store: what SQLite itself cannot notice."""

    def harm(store: Path, rng: random.Random) -> None:
        path = next(p for p in _index(store) if p.name == INDEX)
        database = sqlite3.connect(path)
        with database:
            names = sorted(
                name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type='table'")
                if not name.startswith(("sqlite_", "meta"))
                and database.execute(f"SELECT count(*) FROM {name}").fetchone()[0]
            )  # fmt: skip
            database.execute(f"DELETE FROM {rng.choice(names)}")
        database.close()

    return _harmed(bench, seed, "an index with rows taken out", harm, noticed=False)


ALL: dict[str, Callable[[Bench, int], list[str]]] = {
    "two builders": two_builders,
    "readers beside a writer": readers,
    "older index": older_index,
    "deleted index": deleted_index,
    "truncated index": truncated_index,
    "damaged index": damaged_index,
    "scratched index": scratched_index,
    "changed index": changed_index,
}


def _harmed(
    bench: Bench, seed: int, what: str, harm: Callable[[Path, random.Random], None], *, noticed: bool = True
) -> list[str]:
    """With such an index the next command gives what it gives with a sound one, and “kg repair” leaves a store that is whole;
    where nothing shows that the index is wrong (``noticed`` is false), the next command does only after a repair.
    """
    problems: list[str] = []
    rng = random.Random(f"{what}/{seed}")
    name = _NEXT[seed % len(_NEXT)]
    operation, expected = bench.operations[name], bench.expected(name)
    with bench.copy(bench.base(operation.before)) as sound:
        harm(sound / STORE, rng)
        with bench.copy(sound) as folder:
            for words in (("check", "--no-reasoning", *_AT), ("query", "articles", "--format", "csv", *_AT)):
                done = bench.run(words, folder)
                if done.code not in (0, 1) or (done.code == 1 and words[0] == "query"):
                    problems.append(f"With {what} “kg {words[0]}” ends with exit code {done.code}: {last(done.err)}")
                problems += _clear(done, f"“kg {words[0]}” with {what}") if done.code else []
        if noticed:
            with bench.copy(sound) as folder:
                problems += _becomes(bench, operation.words, folder, name, f"With {what}, after “{name}”")
        with bench.copy(sound) as folder:
            done = bench.run(("repair", *_AT), folder)
            if done.code != 0:
                problems.append(f"“kg repair” with {what} ends with exit code {done.code}: {last(done.err)}")
            checked = bench.run(("check", "--no-reasoning", *_AT), folder)
            if checked.code != 0:
                problems.append(f"“kg check” after “kg repair” with {what}: {last(checked.err)}")
            try:
                state = bench.look(folder)
            except Unsteady as error:
                return [*problems, f"After “kg repair” with {what} {error}"]
            if not state.same(expected.before):
                problems.append(f"After “kg repair” with {what}: {difference(state, expected.before)}")
            problems += _becomes(bench, operation.words, folder, name, f"With {what}, after “kg repair” and “{name}”")
    return problems


def _becomes(bench: Bench, words: tuple[str, ...], folder: Path, name: str, when: str) -> list[str]:
    """What is wrong with a folder after one more run of ``words``, which should make it what ``name`` leaves undisturbed."""
    expected = bench.expected(name)
    problems = []
    done = bench.run(words, folder)
    if done.code != expected.code:
        problems.append(f"{when} it ends with exit code {done.code}: {last(done.err)}")
    if "Traceback" in done.err:
        problems.append(f"{when} it ends in a traceback: {last(done.err)}")
    try:
        state = bench.look(folder)
    except Unsteady as error:
        return [*problems, f"{when} {error}"]
    if not state.same(expected.after):
        problems.append(f"{when}: {difference(state, expected.after)}")
    left = state.names - expected.after.names
    if left:
        problems.append(f"{when} is left over: {', '.join(sorted(left))}.")
    return problems


def _clear(done: Ended, who: str) -> list[str]:
    if "Traceback" in done.err:
        return [f"{who} ends in a traceback: {last(done.err)}"]
    if not 1 <= len(done.err.strip().splitlines()) <= 4:
        return [f"{who} says {len(done.err.strip().splitlines())} lines: {last(done.err)}"]
    return []


def _index(store: Path) -> list[Path]:
    found = sorted(store.rglob(f"{INDEX}*"))
    assert found, f"there is no {INDEX} in {store}"
    return found

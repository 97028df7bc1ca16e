"""The process that works on a query: what it may not do, how it ends, and what it leaves."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from attacks import Listener

import kg
from kg import query, sealed
from kg.errors import QueryError, TooMuchError
from kg.query import child
from kg.store import Store

HOME = Path(kg.__file__).parents[1]
LINUX = sys.platform == "linux" and os.uname().machine in ("x86_64", "aarch64")
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f . ?g ?s ?h FILTER(?b != ?d && ?d != ?f && ?f != ?h) }"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store.open(tmp_path / "store") as store:
        store.add(
            ox.Quad(ox.NamedNode(f"urn:{at}"), ox.NamedNode("urn:p"), ox.Literal(str(at)), ox.NamedNode("urn:g"))
            for at in range(300)
        )
    return tmp_path / "store"


def test_sealed_runs_nothing_of_the_working_folder(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder with a module for every name that the standard library has, and for what kg needs, first on every path."""
    hostile = tmp_path / "hostile"
    (hostile / "kg").mkdir(parents=True)
    code = f"import io\nio.open({str(tmp_path / 'RUN')!r}, 'a').write(__name__)\n"
    for name in [
        *sys.stdlib_module_names,
        "pyoxigraph",
        "rdflib",
        "click",
        "sitecustomize",
        "usercustomize",
        "kg/__init__",
    ]:
        (hostile / f"{name}.py").write_text(code)
    monkeypatch.chdir(hostile)
    for name in ("PYTHONPATH", "PYTHONSTARTUP", "PYTHONUSERBASE"):
        monkeypatch.setenv(name, str(hostile))
    asked = query.parse("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    with Store.open(folder) as store:
        assert query.run(store, asked, timeout=30).rows == ((300,),)
    with Store.open() as store:
        assert query.run(store, asked, timeout=30).rows == ((0,),)
    assert not (tmp_path / "RUN").exists()
    # The trap works: this is what is run without the seal.
    subprocess.run([sys.executable, "-c", "import json"], capture_output=True, check=False)
    (hostile / "encodings.py").unlink()
    subprocess.run([sys.executable, "-c", "import json"], capture_output=True, check=False)
    assert (tmp_path / "RUN").exists()


@pytest.mark.parametrize("words", [["-m", "kg"], ["-c", "from kg.cli import main; main()"]])
def test_sealed_command_line_beside_hostile_modules(folder: Path, tmp_path: Path, words: list[str]) -> None:
    hostile = tmp_path / "hostile"
    (hostile / "kg").mkdir(parents=True)
    for name in ("json", "ctypes", "resource", "signal", "threading", "pyoxigraph", "kg/__init__", "kg/sealed"):
        (hostile / f"{name}.py").write_text(f"open({str(tmp_path / 'RUN')!r}, 'w').write('x')\n")
    flags = ["-P"] if words[0] == "-c" else []
    if words[0] == "-m":
        (hostile / "kg/__init__.py").unlink()
        (hostile / "kg/sealed.py").unlink()
        (hostile / "kg").rmdir()
    done = subprocess.run(
        [sys.executable, *flags, *words, "query", "-e", "SELECT ?s { ?s ?p '7' }", "--format", "csv", "--store", folder],
        env={**os.environ, "PYTHONPATH": str(HOME)}, cwd=hostile, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout.split()) == (0, ["s", "urn:7"]), done.stderr
    assert not (tmp_path / "RUN").exists()


@pytest.mark.skipif(not LINUX, reason="what the kernel refuses is told in kg/sealed.py")
def test_sealed_kernel_refuses_sockets_programs_and_files(tmp_path: Path) -> None:
    with Listener() as listener:
        program = f"""
import importlib.util, os, sys
spec = importlib.util.spec_from_file_location("sealed", {sealed.__file__!r})
sealed = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sealed)
import socket, subprocess
sealed.seal(os.getppid(), 30)
def tried(what):
    try:
        what()
        return "done"
    except OSError as error:
        return type(error).__name__
print(tried(lambda: socket.create_connection(("127.0.0.1", {listener.port}))))
print(tried(lambda: socket.socketpair()))
print(tried(lambda: os.execv("/bin/true", ["true"])))
print(tried(lambda: os.kill(os.getppid(), 0)))
def write():
    with open({str(tmp_path / "file")!r}, "wb", buffering=0) as file:
        file.write(b"x")
print(tried(write))
"""
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert done.stdout.split() == ["PermissionError"] * 4 + ["OSError"], done.stderr
        assert listener.heard == []


@pytest.mark.skipif(not LINUX, reason="memory is told from /proc")
def test_sealed_query_that_needs_too_much_memory_is_one_sentence() -> None:
    store = Store.open()
    text = "x" * 20_000
    store.add(ox.Quad(ox.NamedNode(f"urn:{at}"), ox.NamedNode("urn:p"), ox.Literal(f"{at}{text}")) for at in range(100))
    asked = "SELECT (GROUP_CONCAT(?y) AS ?long) { ?a ?p ?x . ?b ?q ?z . ?c ?r ?w BIND(CONCAT(?x, ?z, ?w) AS ?y) }"
    with pytest.raises(
        TooMuchError, match=r"^The query needed more than 300 MB of memory and was ended; ask for less\.$"
    ):
        child.ask(store, asked, {}, limit=None, timeout=60, memory=300 << 20)


def _children(of: int) -> list[int]:
    try:
        return [int(word) for word in Path(f"/proc/{of}/task/{of}/children").read_text().split()]
    except FileNotFoundError:
        return []


def _until(true: object, seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")
def test_sealed_query_ends_with_a_killed_parent_and_leaves_nothing(folder: Path) -> None:
    words = [sys.executable, "-P", "-m", "kg", "query", "-e", ENDLESS, "--timeout", "0", "--store", str(folder)]
    parent = subprocess.Popen(words, env={**os.environ, "PYTHONPATH": str(HOME)}, stderr=subprocess.DEVNULL)
    assert _until(lambda: _children(parent.pid))
    (worker,) = _children(parent.pid)
    time.sleep(0.3)
    parent.kill()
    parent.wait()
    assert _until(lambda: not Path(f"/proc/{worker}").exists(), 5), "the child is gone"
    with Store.open(folder) as store:
        assert query.run(store, query.parse("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), timeout=30).rows == ((300,),)
    assert not list(folder.glob(".query-*"))


@pytest.mark.skipif(os.name != "posix", reason="the child's own clock is POSIX's")
def test_sealed_query_has_a_clock_of_its_own(folder: Path) -> None:
    """Without a parent that looks at the clock."""
    import json

    job = {"bound": {}, "limit": None, "graph": "", "solutions": "", "store": str(next((folder / "states").iterdir())), "query": ENDLESS, "memory": 1 << 30, "most": 1000, "without": "", "parent": os.getpid(), "seconds": 0.5}  # fmt: skip
    process = subprocess.Popen(sealed.command(str(Path(ox.__file__).parent)), stdin=subprocess.PIPE, stdout=subprocess.PIPE)  # fmt: skip
    before = time.monotonic()
    out, _ = process.communicate(json.dumps(job).encode() + b"\n", timeout=30)
    assert (process.returncode, out) == (-signal.SIGALRM, b"")
    assert time.monotonic() - before < 0.5 + sealed.GRACE + 5


def test_sealed_time_that_is_no_number_is_refused_and_endless_time_is_none(folder: Path) -> None:
    with Store.open(folder) as store:
        with pytest.raises(QueryError, match="more than 0 seconds; nan is not"):
            query.run(store, query.parse("ASK {}"), timeout=float("nan"))
        for seconds in (float("inf"), 1e300):
            assert query.run(store, query.parse("ASK {}"), timeout=seconds).rows == ((True,),)


def test_sealed_query_leaves_nothing_and_what_older_ones_left_is_swept(folder: Path) -> None:
    (folder / ".query-old").mkdir()
    with Store.open(folder) as store, store.transaction():
        store.add([ox.Quad(ox.NamedNode("urn:new"), ox.NamedNode("urn:p"), ox.Literal("x"), ox.NamedNode("urn:g"))])
        asked = query.parse("ASK { <urn:new> ?p ?o }")
        assert query.run(store, asked, timeout=30).rows == ((True,),), "what is not published yet is seen by its writer"
        with Store.open(folder, read_only=True) as other:
            assert query.run(other, asked, timeout=30).rows == ((False,),)
    assert list(folder.glob(".query-*")) == []

"""What a newcomer does first, with the command that is installed and in an empty folder; none of it asks the network.

The rest of the tests run kg inside their own process. These start it, so that what is missing from an installation is
missing here too, and they watch what every Python process tries to reach; where strace is installed, every process.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest

pytestmark = pytest.mark.installed

INPUTS = Path(__file__).parent / "data" / "inputs"
# The command beside this Python, where kg is installed; a checkout that is only on the path has none.
COMMAND = next(
    ([str(found)] for found in [Path(sys.executable).parent / "kg"] if found.is_file()), [sys.executable, "-m", "kg"]
)
# Python starts with this module where it finds one: whatever would leave the machine is written down, and refused.
TRAP = """
import os, sys

ASKING = {"socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.sendto",
          "socket.sendmsg", "urllib.Request", "http.client.connect"}

def refuse(event, arguments):
    if event in ASKING:
        with open(os.environ["KG_TRAPPED"], "a") as log:
            log.write(f"{event} {arguments}\\n")
        raise OSError("there is no network")

sys.addaudithook(refuse)
"""
# Words of a program that speaks of a network which nobody asked for, or of its own trouble.
CHATTER = re.compile(r"Traceback|Warning|network|offline|download|connection|\bhub\b|cache", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """An empty folder in which commands are run; what they tried to reach is in ``trapped``."""

    folder: Path

    @property
    def trapped(self) -> Path:
        return self.folder.parent / "trapped"

    @property
    def surroundings(self) -> dict[str, str]:
        """The variables that a command sees: no home that keeps a cache, and the trap."""
        path = os.pathsep.join(filter(None, [str(self.folder.parent / "trap"), os.environ.get("PYTHONPATH")]))
        home = str(self.folder.parent / "home")
        return {**os.environ, "PYTHONPATH": path, "KG_TRAPPED": str(self.trapped), "HOME": home, "COLUMNS": "200"}

    def kg(self, *words: object, before: tuple[str, ...] = ()) -> str:
        """Runs a command; what it printed, once it has ended well and said nothing beside the matter."""
        done = subprocess.run(
            [*before, *COMMAND, *map(str, words)],
            cwd=self.folder,
            env=self.surroundings,
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == 0, (words, done.stdout, done.stderr)
        assert not CHATTER.search(done.stdout + done.stderr), (words, done.stdout, done.stderr)
        return done.stdout

    def rows(self, question: str, store: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.kg("query", question, "--store", store, "--format", "csv"))))


@pytest.fixture(scope="module")
def newcomer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newcomer]:
    home = tmp_path_factory.mktemp("installed")
    for name in ("trap", "home", "empty"):
        (home / name).mkdir()
    (home / "trap" / "sitecustomize.py").write_text(TRAP, encoding="utf-8")
    someone = Newcomer(home / "empty")
    yield someone
    assert not someone.trapped.exists(), someone.trapped.read_text()
    assert list((home / "home").iterdir()) == [], "nothing is left in a user's home"


@pytest.fixture(scope="module")
def store(newcomer: Newcomer) -> str:
    """The store of one article of each kind of file."""
    newcomer.kg("build", INPUTS / "page.html", "--out", "o")
    newcomer.kg("build", INPUTS / "archive.warc", "--out", "o")
    newcomer.kg("build", INPUTS / "feed.xml", INPUTS / "dispatch.txt", "--out", "o")
    return "o/store"


def test_installed_trap_works(newcomer: Newcomer, tmp_path: Path) -> None:
    env = {**newcomer.surroundings, "KG_TRAPPED": str(tmp_path / "log")}
    code = "import urllib.request; urllib.request.urlopen('http://127.0.0.1:9/')"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert "there is no network" in done.stderr
    assert "127.0.0.1" in (tmp_path / "log").read_text()


def test_installed_demo(newcomer: Newcomer) -> None:
    printed = newcomer.kg("demo", "--out", "demo")
    assert "Who said what" in printed
    assert "Figures that disagree: 1 contradict" in printed
    page = (newcomer.folder / "demo" / "graph.html").read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert (newcomer.folder / "demo" / "graph.ttl").stat().st_size > 10_000


def test_installed_builds_every_kind_of_file(newcomer: Newcomer, store: str) -> None:
    titles = {row["title"] for row in newcomer.rows("articles", store)}
    assert titles == {
        "Ferry Strands at Port Haven", "Inquiry Into the Ferry Opens", "Harbour to Be Deepened",
        "Dike at Low Meadow Repaired", "Two Counts of the Rescued",
    }  # fmt: skip


def test_installed_query(newcomer: Newcomer, store: str) -> None:
    said = {(row["speaker_name"], row["content"]) for row in newcomer.rows("who_said_what", store)}
    assert {
        ("Elena Marsh", "that 131 passengers had been rescued from the ferry"),
        ("Coast Guard", "that 96 passengers had been taken off the ship by two lifeboats"),
        ("Jonas Weber", "“The chart was eleven years old,”"),
        ("Water Board", "that 40 houses had been under water and that nobody had died"),
    } <= said
    newcomer.kg("query", "figures", "--store", store, "--format", "xlsx", "--out", "figures.xlsx")
    assert (newcomer.folder / "figures.xlsx").read_bytes()[:2] == b"PK"


def test_installed_check(newcomer: Newcomer, store: str) -> None:
    newcomer.kg("check", "--store", store)


def test_installed_view_and_export(newcomer: Newcomer, store: str) -> None:
    newcomer.kg("view", "--store", store, "--out", "view.html")
    newcomer.kg("export", "--store", store, "--format", "jsonld", "--out", "graph.jsonld")
    assert "Elena Marsh" in (newcomer.folder / "view.html").read_text(encoding="utf-8")
    assert "Elena Marsh" in (newcomer.folder / "graph.jsonld").read_text(encoding="utf-8")


def test_installed_serve_answers_and_ends(newcomer: Newcomer, store: str) -> None:
    started = subprocess.Popen(
        [*COMMAND, "serve", "--store", store, "--port", "0"],
        cwd=newcomer.folder,
        # The address is waited for: it must not wait in a buffer.
        env={**newcomer.surroundings, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell lets what it starts in the background ignore Ctrl+C, and its children inherit that.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    try:
        assert started.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:(\d+)/", started.stdout.readline())
        assert found is not None
        link = HTTPConnection("127.0.0.1", int(found[1]), timeout=30)
        link.request("GET", "/entity/")
        page = link.getresponse()
        assert page.status == 200
        assert b"Elena Marsh" in page.read()
        link.request("GET", "/sparql?query=" + quote("ASK { ?s skos:prefLabel 'Elena Marsh' }"))
        assert json.loads(link.getresponse().read())["boolean"] is True
        link.close()
    finally:
        started.send_signal(signal.SIGINT)
        try:
            _, said = started.communicate(timeout=60)
        finally:
            started.kill()
    assert "Traceback" not in said


def test_installed_reaches_nothing_in_any_process(newcomer: Newcomer, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed: what Java and compiled code reach for is not watched")
    log = tmp_path / "calls"
    watched = (strace, "-f", "-qq", "-e", "trace=connect,sendto,sendmsg", "-o", str(log))
    asking = "import socket; socket.socket().connect_ex(('127.0.0.1', 9))"
    tried = subprocess.run([*watched, sys.executable, "-c", asking], capture_output=True)
    if tried.returncode != 0:
        pytest.skip("strace may not trace here")
    assert "AF_INET" in log.read_text(encoding="utf-8"), "it does see"
    newcomer.kg("build", *sorted(INPUTS.iterdir()), "--out", "traced", before=watched)
    newcomer.kg("check", "--store", "traced/store", before=(*watched, "-A"))
    newcomer.kg("query", "figures", "--store", "traced/store", before=(*watched, "-A"))
    # An address of the network has a family; a socket pair, or a name service on this machine, has none or AF_UNIX.
    assert [call for call in log.read_text(encoding="utf-8").splitlines() if "AF_INET" in call] == []

"""Every ``.rq`` as it stands, on the Turtle that kg exports: the same rows on Oxigraph, rdflib and Apache Jena as in the store.

Jena is that of Debian: ``apt-get install libapache-jena-java default-jdk-headless``. Without it its tests are skipped.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
import story
import yaml

from kg import export, query
from kg.query import filling
from kg.store import Store
from kg.vocabulary import shipped

TESTS = Path(__file__).resolve().parents[1]
CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load((TESTS / "data" / "questions.yaml").read_text("utf-8"))
NAMES = list(query.named())
SUPERLATIVE = ("figures_greatest", "figures_least", "first_said")
"""What is greatest among few need not be so among all."""
JARS = Path("/usr/share/java")
PARTS = (
    "jena-arq jena-core jena-base jena-iri commons-lang3 commons-csv commons-io commons-codec commons-compress slf4j-api slf4j-nop"
    " thrift protobuf dexx.collection guava"
).split()


@pytest.fixture(scope="module")
def store() -> Store:
    return story.store()


@pytest.fixture(scope="module")
def turtle(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("turtle") / "graph.ttl"
    made = export.FORMATS["turtle"].make(export.Source(store))
    assert isinstance(made, bytes)
    path.write_bytes(made)
    return path


@pytest.fixture(scope="module")
def oxigraph(turtle: Path) -> ox.Store:
    loaded = ox.Store()
    loaded.load(path=turtle, format=ox.RdfFormat.TURTLE)
    return loaded


@pytest.fixture(scope="module")
def rdflib_graph(turtle: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(turtle)


def raw(name: str) -> str:
    return (shipped("queries") / f"{name}.rq").read_text("utf-8")


def texts() -> dict[str, str]:
    """What is tried: each file as it is, and with the values of each of its cases."""
    found = {name: raw(name) for name in NAMES}
    for name in NAMES:
        for at, case in enumerate(CASES[name]):
            if case["params"]:
                found[f"{name}-{at}"], rest = filling.filled(
                    raw(name), query.bindings(query.find(name), case["params"])
                )
                assert not rest
    return found


def rows(source: ox.Store, text: str) -> list[tuple[query.Value, ...]]:
    return [tuple(query.value(cell) for cell in row) for row in source.query(text)]  # type: ignore[union-attr]


@pytest.mark.parametrize("name", NAMES)
def test_file_as_it_is_gives_what_the_store_gives(store: Store, oxigraph: ox.Store, name: str) -> None:
    found = rows(oxigraph, raw(name))
    assert found == list(query.run(store, query.Query(name, "", "", "", (), raw(name))).rows)
    asked = query.find(name)
    if all(p.default is not None for p in asked.parameters):
        assert found == list(query.run(store, asked).rows)


@pytest.mark.parametrize("name", NAMES)
def test_file_as_it_is_leaves_nothing_out(store: Store, oxigraph: ox.Store, name: str) -> None:
    """What is open leaves nothing out: each row of a case is among the rows of the file as it is."""
    whole = {str(row) for row in rows(oxigraph, raw(name))}
    assert whole or not any(case["rows"] for case in CASES[name])
    for case in CASES[name] if name not in SUPERLATIVE else ():
        found = query.run(store, query.find(name), case["params"])
        assert {str(row) for row in found.rows} <= whole


@pytest.mark.parametrize("name", NAMES)
def test_file_as_it_is_gives_the_same_on_rdflib(oxigraph: ox.Store, rdflib_graph: rdflib.Graph, name: str) -> None:
    asked = query.Query(name, "", "", "", (), raw(name))
    assert list(query.run(rdflib_graph, asked).rows) == rows(oxigraph, raw(name))


@pytest.fixture(scope="module")
def jena(turtle: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the answers of Jena, all from one run."""
    jars = [JARS / f"{part}.jar" for part in PARTS]
    if shutil.which("javac") is None or not all(jar.exists() for jar in jars):
        pytest.skip("Apache Jena is not installed: apt-get install libapache-jena-java default-jdk-headless")
    folder = tmp_path_factory.mktemp("jena")
    # Debian's jar lacks the messages of its own reader of regular expressions, and does not begin without them.
    messages = folder / "more" / "xerces" / "impl" / "xpath" / "regex" / "message.properties"
    messages.parent.mkdir(parents=True)
    messages.touch()
    for at in ("in", "out"):
        (folder / at).mkdir()
    for name, text in texts().items():
        (folder / "in" / f"{name}.rq").write_text(text, encoding="utf-8")
    program = Path(__file__).parent / "jena" / "Rows.java"
    path = ":".join(map(str, [folder / "more", *jars]))
    done = subprocess.run(
        ["java", "-Dfile.encoding=UTF-8", "-cp", path, str(program), str(turtle), str(folder / "in"), str(folder / "out")],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder / "out"


@pytest.mark.parametrize("name", list(texts()))
def test_file_gives_the_same_on_jena(jena: Path, oxigraph: ox.Store, name: str) -> None:
    refused = jena / f"{name}.error"
    assert not refused.exists(), refused.read_text("utf-8")
    read = ox.parse_query_results((jena / f"{name}.json").read_bytes(), format=ox.QueryResultsFormat.JSON)
    found = [tuple(query.value(cell) for cell in row) for row in read]  # type: ignore[union-attr]
    assert found == rows(oxigraph, texts()[name])


@pytest.mark.parametrize("name", NAMES)
def test_file_says_where_its_values_stand(name: str) -> None:
    """A file declares what it needs, and no named graph: plain Turtle has none."""
    assert query.find(name).text == raw(name), "a prefix is missing"
    assert "GRAPH" not in query.find(name).sparql.upper().split()

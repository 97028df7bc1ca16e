"""A small invented network: two camps around two ministers, tied by one correspondent."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
import story

from kg import query
from kg.errors import QueryError
from kg.model import LinkKind
from kg.query import network


def _entities(*names: str) -> list[dict[str, object]]:
    return [{"entity": name, "name": name.title(), "type": "person"} for name in names]


def _said(source: str, target: str, statement: str) -> dict[str, object]:
    return {"source": source, "target": target, "kind": "said_about", "statement": statement}


@pytest.fixture
def camps() -> nx.MultiDiGraph[str]:
    west = ["wa", "wb", "wc", "wd"]
    east = ["ea", "eb", "ec", "ed"]
    links = [_said(a, b, f"{a}{b}") for camp in (west, east) for a, b in itertools.combinations(camp, 2)]
    links += [_said("reporter", "wa", "r1"), _said("reporter", "ea", "r2")]
    return network.from_rows(_entities(*west, *east, "reporter"), links)


def test_network_from_rows_gathers_statements_of_one_kind_into_one_edge() -> None:
    found = network.from_rows(
        _entities("a", "b"), [_said("a", "b", "s2"), _said("a", "b", "s1"), _said("a", "b", "s1")]
    )
    assert list(found.edges(data=True)) == [
        (
            "a",
            "b",
            {"kind": LinkKind.SAID_ABOUT, "label": "", "statements": ("s1", "s2"), "comparisons": (), "weight": 2},
        )
    ]
    assert found.nodes["a"] == {"name": "A", "type": "person"}


def test_network_from_rows_keeps_kinds_and_offices_apart() -> None:
    office = {"source": "a", "target": "b", "kind": "holds_office_in", "label": "former minister"}
    found = network.from_rows(_entities("a", "b"), [office, {**office, "label": "senator"}, _said("a", "b", "s1")])
    assert {(data["kind"], data["label"]) for _, _, data in found.edges(data=True)} == {
        (LinkKind.HOLDS_OFFICE_IN, "former minister"),
        (LinkKind.HOLDS_OFFICE_IN, "senator"),
        (LinkKind.SAID_ABOUT, ""),
    }


def test_network_from_rows_joins_both_directions_of_a_disagreement() -> None:
    links = [
        {"source": "a", "target": "b", "kind": "disagrees_with", "comparison": "c1"},
        {"source": "b", "target": "a", "kind": "disagrees_with", "comparison": "c2"},
    ]
    found = network.from_rows(_entities("a", "b"), links)
    assert [data["comparisons"] for _, _, data in found.edges(data=True)] == [("c1", "c2")]


def test_network_from_rows_leaves_out_links_to_unknown_entities_and_rejects_unknown_kinds() -> None:
    assert not network.from_rows(_entities("a"), [_said("a", "nobody", "s1")]).edges
    with pytest.raises(ValueError, match="married_to"):
        network.from_rows(_entities("a", "b"), [{"source": "a", "target": "b", "kind": "married_to"}])


def test_network_only_keeps_all_nodes_and_the_chosen_links(camps: nx.MultiDiGraph[str]) -> None:
    camps.add_edge("wa", "ea", key="disagrees_with", kind=LinkKind.DISAGREES_WITH, label="", weight=1)
    chosen = network.only(camps, {LinkKind.DISAGREES_WITH})
    assert set(chosen.nodes) == set(camps.nodes)
    assert list(chosen.edges()) == [("wa", "ea")]


def test_network_measures_find_the_camps_the_broker_and_the_bridges(camps: nx.MultiDiGraph[str]) -> None:
    found = network.measures(camps)
    by_id = {actor.id: actor for actor in found.actors}
    apart = {by_id[name].community for name in ("wa", "wb", "wc", "wd")}
    assert apart.isdisjoint({by_id[name].community for name in ("ea", "eb", "ec", "ed")})
    assert found.bridges == (("ea", "reporter"), ("reporter", "wa"))
    # every one of the 16 paths between the camps runs through the reporter, out of 28 pairs of others
    assert by_id["reporter"].betweenness == pytest.approx(16 / 28)
    assert (by_id["wa"].degree, by_id["wa"].neighbours) == (4, 4)
    assert sorted(itertools.chain(*found.communities)) == sorted(camps.nodes)


def test_network_pagerank_is_the_eigenvector_of_the_google_matrix(camps: nx.MultiDiGraph[str]) -> None:
    camps.add_edge("wd", "wa", key="said_about", kind=LinkKind.SAID_ABOUT, weight=5)
    names = sorted(camps.nodes)
    matrix = nx.google_matrix(camps, nodelist=names)
    values, vectors = np.linalg.eig(np.asarray(matrix).T)
    expected = np.real(vectors[:, np.argmax(np.real(values))])
    expected = expected / expected.sum()
    found = network.pagerank(camps)
    assert [found[name] for name in names] == pytest.approx(list(expected), abs=1e-8)


def test_network_measures_ignore_links_to_oneself() -> None:
    found = network.measures(network.from_rows(_entities("a", "b"), [_said("a", "a", "s1"), _said("a", "b", "s2")]))
    assert {actor.id: actor.degree for actor in found.actors} == {"a": 1, "b": 1}


def test_network_measures_of_nothing_and_of_one_node() -> None:
    assert network.measures(network.from_rows([], [])) == network.Measures((), (), ())
    (alone,) = network.measures(network.from_rows(_entities("a"), [])).actors
    assert (alone.degree, alone.betweenness, alone.pagerank, alone.community) == (0, 0.0, 1.0, 0)


def test_network_measures_estimate_betweenness_of_large_graphs_the_same_way_each_time() -> None:
    names = [f"n{at:02}" for at in range(40)]
    links = [_said(a, b, f"s{at}") for at, (a, b) in enumerate(itertools.pairwise(names))]
    path = network.from_rows(_entities(*names), links)
    estimated = network.measures(path, exact=10)
    assert estimated == network.measures(path, exact=10)
    assert estimated != network.measures(path)


def test_network_measures_do_not_depend_on_the_hash_seed_or_the_order_of_rows() -> None:
    program = (
        "import sys, random; from kg import network\n"
        "rows = [{'entity': f'n{i}', 'name': str(i), 'type': 'person'} for i in range(30)]\n"
        "draw = random.Random(3)\n"
        "links = [{'source': f'n{draw.randrange(30)}', 'target': f'n{draw.randrange(30)}', 'kind': 'said_about',"
        " 'statement': f's{i}'} for i in range(70)]\n"
        "random.Random(int(sys.argv[1])).shuffle(links); random.Random(int(sys.argv[1])).shuffle(rows)\n"
        "print(network.measures(network.from_rows(rows, links)))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program, seed],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert "Actor(" in outputs.pop()


# ── chains and brokers ──


def test_network_chain_is_the_shortest_and_says_which_way_each_link_points(camps: nx.MultiDiGraph[str]) -> None:
    steps = network.chain(camps, "wb", "eb")
    assert [(s.source, s.target, s.forward) for s in steps] == [
        ("wb", "wa", False),
        ("wa", "reporter", False),
        ("reporter", "ea", True),
        ("ea", "eb", True),
    ]
    assert steps[2].statements == ("r2",)
    assert steps[0].kind is LinkKind.SAID_ABOUT


def test_network_chain_prefers_the_same_length_with_more_statements() -> None:
    links = [
        _said("a", "b", "s1"),
        _said("b", "d", "s2"),
        *(_said("a", "c", f"t{n}") for n in range(3)),
        _said("c", "d", "u"),
    ]
    found = network.from_rows(_entities("a", "b", "c", "d"), links)
    assert [s.target for s in network.chain(found, "a", "d")] == ["c", "d"]
    longer = network.from_rows(
        _entities("a", "b", "c", "d"),
        [_said("a", "d", "s1"), *(_said(x, y, f"{x}{n}") for x, y in (("a", "b"), ("b", "d")) for n in range(99))],
    )
    assert [s.target for s in network.chain(longer, "a", "d")] == ["d"], (
        "no number of statements makes a longer chain shorter"
    )


def test_network_chain_of_nothing_is_empty_and_kinds_can_be_chosen(camps: nx.MultiDiGraph[str]) -> None:
    camps.add_node("island", name="Island", type="place")
    assert network.chain(camps, "wa", "island") == ()
    assert network.chain(camps, "wa", "wa") == ()
    assert network.chain(camps, "wa", "ea", kinds={LinkKind.PART_OF}) == ()


def test_network_find_takes_ids_names_and_beginnings_and_says_what_is_unclear(camps: nx.MultiDiGraph[str]) -> None:
    assert network.find(camps, "wa") == "wa"
    assert network.find(camps, "Reporter") == "reporter"
    assert network.find(camps, "rep") == "reporter"
    with pytest.raises(QueryError, match=r"“e” may be “Ea”, “Eb”, “Ec”, “Ed”; give more of the name\."):
        network.find(camps, "e")
    for nobody in ("Nobody", "", "eporter"):
        with pytest.raises(QueryError, match="There is no actor"):
            network.find(camps, nobody)


def test_network_brokers_have_neighbours_in_two_communities(camps: nx.MultiDiGraph[str]) -> None:
    measured = network.measures(camps)
    first = network.brokers(camps, measured)[0]
    assert first.id == "reporter"
    assert sum(count for _, count in first.neighbours) == 2
    assert len(first.neighbours) == 2
    assert "wb" not in {broker.id for broker in network.brokers(camps, measured)}


def test_network_of_the_story_reaches_what_the_query_reaches() -> None:
    """The chain is found on the links, the property path follows the triples: they agree but for disagreements."""
    store = story.store()
    graph = network.only(network.graph(store), set(LinkKind) - {LinkKind.DISAGREES_WITH})
    start = network.find(graph, "Fjordvern")
    chained = {node for node in graph if network.chain(graph, start, node)}
    reached = {row["entity"] for row in query.run(store, query.find("reachable"), {"from": "Fjordvern"})}
    assert chained == reached


def test_cli_network_and_path(demo: tuple[Path, Any], kg: Any) -> None:
    done = kg("network", "--top", "3", "--store", demo[0] / "store")
    assert done.code == 0
    assert "Between communities" in done.out
    assert "community" in done.out
    found = kg("path", "Usubaliev", "Prudent Solutions", "--store", demo[0] / "store")
    assert (found.code, found.err) == (0, "1 step\n")
    assert "Esen Usubaliev  holds office in (director)  Prudent Solutions" in found.out
    missing = kg("path", "Usubaliev", "Zorro", "--store", demo[0] / "store")
    assert missing.code == 2
    assert "There is no actor “Zorro”" in missing.err
    same = kg("path", "Usubaliev", "Esen Usubaliev", "--store", demo[0] / "store")
    assert (same.code, same.out) == (1, "")

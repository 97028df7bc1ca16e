# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The network, and how to read it
#
# Actors are nodes. A link says that one spoke about the other, holds an office in it, is a part of it, relays it or
# disagrees with it. What follows measures that network, and says what each measure does and does not mean: the network
# is one of *reporting*. Who is central is much spoken of, not powerful.

# %%
import networkx as nx

import kg
from kg import network
from kg.model import LinkKind

graph = kg.open()
graph.build(kg.samples())
actors = graph.network()
measured = graph.measures()
print(f"{actors.number_of_nodes()} actors, {actors.number_of_edges()} links")

# %%
assert actors.number_of_nodes() == len(graph.rows("entities"))
assert {data["kind"] for _, _, data in actors.edges(data=True)} <= set(LinkKind)

# %% [markdown]
# ## Centrality
#
# **PageRank** follows the direction of links: who is spoken of by those who are spoken of. **Betweenness** counts the
# shortest chains that run through an actor. A country that every article names has a high PageRank; a spokesman who speaks of
# many things has a high betweenness.

# %%
for actor in measured.actors[:8]:
    print(f"{actor.pagerank:.3f}  {actor.betweenness:.3f}  {actor.neighbours:2}  {actor.name} ({actor.type})")

# %%
by_name = {actor.name: actor for actor in measured.actors}
assert abs(sum(actor.pagerank for actor in measured.actors) - 1) < 1e-9
assert all(0 <= actor.betweenness <= 1 for actor in measured.actors)
places = [actor for actor in measured.actors[:5] if actor.type in ("country", "city", "place")]
assert places, "what everybody speaks of leads"
people = [actor for actor in measured.actors if actor.type == "person"]
most_between = max(people, key=lambda actor: actor.betweenness)
assert most_between.neighbours >= 3, "the person between others speaks of several things"

# %% [markdown]
# ## Communities
#
# Louvain's method puts together who is more tied among themselves than to others: here, mostly an article or an
# authority with what it speaks of. A small graph gives small communities; those of one or two actors say nothing.

# %%
names = {actor.id: actor.name for actor in measured.actors}
for number, members in enumerate(measured.communities):
    if len(members) > 2:
        print(f"{number}: {', '.join(sorted(names[node] for node in members))}\n")

# %%
assert sorted(node for members in measured.communities for node in members) == sorted(actors)
assert [len(c) for c in measured.communities] == sorted((len(c) for c in measured.communities), reverse=True)

# %% [markdown]
# ## Who stands between communities, and what hangs by one link
#
# A **broker** has neighbours in more than one community. A **bridge** is a pair that nothing else ties together: take the
# link away, and the graph falls apart there. A bridge is often a sign of a single source.

# %%
for broker in network.brokers(actors, measured)[:5]:
    spread = ", ".join(f"{count} in {number}" for number, count in broker.neighbours)
    print(f"{broker.name}: {spread}")
print()
for one, other in measured.bridges[:5]:
    print(f"{names[one]} — {names[other]}")

# %%
brokers = network.brokers(actors, measured)
assert brokers
assert all(len(broker.neighbours) > 1 for broker in brokers)
for one, other in measured.bridges:  # without its links the two are in different pieces
    rest = actors.to_undirected()
    rest.remove_edges_from([edge for edge in rest.edges(keys=True) if {edge[0], edge[1]} == {one, other}])
    assert not nx.has_path(rest, one, other)

# %% [markdown]
# ## The shortest chain between two actors
#
# SPARQL's property paths say whether there is a chain (`reachable`); networkx says which is the shortest. The same on the command
# line: `kg path`.

# %%
start, end = network.find(actors, "Medetbekov"), network.find(actors, "Mambetaliev")
steps = network.chain(actors, start, end)
for step in steps:
    arrow = "→" if step.forward else "←"
    print(f"{step.source_name} {arrow} {step.target_name}: {step.kind}{f' ({step.label})' if step.label else ''}")

# %%
assert steps
assert (steps[0].source, steps[-1].target) == (start, end)
reached = {row["entity"] for row in graph.rows("reachable", **{"from": "Medetbekov"})}
without = network.only(actors, set(LinkKind) - {LinkKind.DISAGREES_WITH})
assert reached == {node for node in without if network.chain(without, start, node)}

# %% [markdown]
# ## The network without disagreements
#
# Filter by kind of link before measuring: who is tied to whom by office and by parts alone?

# %%
official = network.only(actors, {LinkKind.HOLDS_OFFICE_IN, LinkKind.PART_OF})
for source, target, data in sorted(official.edges(data=True), key=lambda edge: names[edge[0]]):
    print(f"{names[source]} {data['kind'].replace('_', ' ')} {names[target]} {data['label']}")

# %%
assert official.number_of_edges() >= 5
assert set(official) == set(actors)

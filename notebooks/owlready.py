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
# # The graph in owlready2: individuals in Python, and what follows
#
# kg writes RDF/XML with its ontology inside (`kg export --format owl`), which owlready2 and Protégé read as it is. Here one
# dispatch becomes a graph, its things are asked for as Python objects, HermiT reasons over data and ontology together, and
# a graph that cannot be true is explained.

# %%
import tempfile
from pathlib import Path

import owlready2
import pyoxigraph

import kg
from kg import reason
from kg.reason.java import java

graph = kg.open()
graph.build(kg.samples()[4:5])
folder = tempfile.TemporaryDirectory()
file = graph.export(Path(folder.name) / "graph.owl", "owl")

world = owlready2.World()
onto = world.get_ontology(file.as_uri()).load()
terms = onto.get_namespace("https://w3id.org/kg-said/ns#")
print(f"{len(world.graph)} triples, {len(list(terms.Statement.instances()))} statements")

# %% [markdown]
# ## Individuals by class, values by attribute
#
# A class is an attribute of the namespace, its members are `instances()`, and what they have are their attributes: one value
# where a property is functional, a list where it is not.

# %%
for statement in sorted(terms.Statement.instances(), key=lambda s: s.iri)[:8]:
    speaker = statement.speaker.prefLabel.first() if statement.speaker else "the article"
    print(f"{speaker} {statement.cue or ''}: {statement.content}")

# %%
statements = list(terms.Statement.instances())
assert statements
assert {str(statement.content) for statement in statements} == {row["content"] for row in graph.rows("who_said_what")}
people = {str(person.prefLabel.first()) for person in terms.Person.instances()}
assert people == {row["name"] for row in graph.rows("entities") if row["type"] == "person"}
assert all(figure.wording for figure in terms.Figure.instances())
# The same answer as a table, in one call:
graph.rows("who_said_what", limit=5)

# %% [markdown]
# ## What follows
#
# HermiT sees all that the file holds, numbers and times among it. Nobody writes that a statement is one of the
# article's author or a relayed one: it follows from its kind, or from what it stands within.

# %%
owlready2.JAVA_EXE = java()
owlready2.sync_reasoner_hermit(world, debug=0)
follows = {name: list(terms[name].instances()) for name in ("Speaker", "RelayedStatement", "AuthorStatement")}
for name, found in follows.items():
    print(f"{len(found):4}  {name}")

# %%
assert not list(world.inconsistent_classes())
assert all(follows.values())
speakers = {str(entity.prefLabel.first()) for entity in terms.Speaker.instances()}
assert speakers == {row["speaker_name"] for row in graph.rows("who_said_what") if row["speaker_name"]}

# %% [markdown]
# ## What cannot be
#
# Somebody notes that a person is the same as a country. kg names the fewest facts that cannot be true together, in words;
# owlready2's reasoner refuses the same graph.

# %%
person = next(iter(terms.Person.instances()))
country = next(row["entity"] for row in graph.rows("entities") if row["type"] == "country")
same = pyoxigraph.NamedNode("http://www.w3.org/2002/07/owl#sameAs")
graph.add([pyoxigraph.Quad(pyoxigraph.NamedNode(person.iri), same, pyoxigraph.NamedNode(country))])
report = reason.check(graph)
for fact in report.explanations[0].facts:
    print(fact)

# %%
assert not report.consistent
assert any("is given as the same as" in fact for found in report.explanations for fact in found.facts)
person.equivalent_to.append(world[country])
try:
    owlready2.sync_reasoner_hermit(world, debug=0)
    refused = False
except owlready2.OwlReadyInconsistentOntologyError:
    refused = True
assert refused
folder.cleanup()

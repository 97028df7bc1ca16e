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
# # A tour: from news articles to a graph of who said what
#
# Seven short dispatches come with kg. They report, over one year, what officials and others said about citizens of one
# country who went to fight abroad. This notebook builds the graph, asks it three questions in SPARQL, measures the
# network of actors and shows the page. Nothing is fetched from the network.

# %%
import kg
from kg import query, view

articles = kg.samples()
for article in articles:
    print(article.published, "|", article.publisher, "|", article.title)

# %%
store = kg.open()  # in memory; kg.open("kg-out/store") is the one that the command line wrote
report = kg.build(articles, store=store)
print(f"{len(report.added)} articles became {len(store)} quads")

# %%
assert len(report.added) == len(articles)
assert not report.problems
# Building again adds nothing: an article that is stored is left as it is.
quads = len(store)
assert kg.build(articles, store=store).known == report.added
assert len(store) == quads


# %% [markdown]
# ## Question 1: who said how many people went?
#
# A statement has a speaker and, with some luck, figures. What the speaker says is a text that leads to its place in the
# article; it is never a fact of the graph.


# %%
def ask(sparql):
    rows = query.run(store, query.parse(sparql))
    for row in rows:
        print(" | ".join("" if value is None else str(value) for value in row.values()))
    return list(rows)


went = ask("""
SELECT ?published ?speaker ?wording ?event WHERE {
  ?statement kg:speaker/skos:prefLabel ?speaker ; kg:figure ?figure ; kg:inArticle/dcterms:issued ?published .
  ?figure kg:wording ?wording ; kg:event ?event .
  FILTER(?event IN ("go", "join", "fight", "leave"))
} ORDER BY ?published ?speaker ?wording
""")

# %%
assert len(went) >= 6
by_speaker = {(row["speaker"], row["wording"]) for row in went}
assert any(speaker == "Rafik Mambetaliev" and "339" in wording for speaker, wording in by_speaker)
assert any(speaker == "Abdyrakhman Mamataliev" and "330" in wording for speaker, wording in by_speaker)

# %% [markdown]
# ## Question 2: who speaks in an official's name, and who is a former one?
#
# The office belongs to the article that gives it: a person may be deputy chairman in one year and former deputy
# chairman in the next.

# %%
offices = ask("""
SELECT DISTINCT ?person ?tense ?title ?body WHERE {
  ?office a kg:OfficeHeld ; kg:holder/skos:prefLabel ?person ; schema:roleName ?title ; kg:tense ?held .
  BIND(STRAFTER(STR(?held), "#tense-") AS ?tense)
  OPTIONAL { ?office kg:officeIn/skos:prefLabel ?body }
} ORDER BY ?person ?title ?tense
""")

# %%
held = {(row["person"], row["tense"], row["title"]) for row in offices}
assert ("Abdyrakhman Mamataliev", "current", "deputy prime minister") in held
assert ("Artur Medetbekov", "former", "deputy chairman") in held

# %% [markdown]
# ## Question 3: which figures contradict one another?
#
# Figures are compared as intervals: "more than 330" and 339 agree well, "about 200" and 339 do not. Each verdict carries
# its reason in a sentence.

# %%
disagreements = ask("""
SELECT ?left ?right ?reason WHERE {
  ?comparison kg:verdict kg:verdict-contradicts ; kg:left/kg:wording ?left ; kg:right/kg:wording ?right ;
    kg:reason ?reason .
} ORDER BY ?reason
""")

# %%
assert disagreements
assert all(row["reason"].endswith(".") for row in disagreements)
# The same question has a name; so have some forty others (kg query --list).
assert {row["reason"] for row in disagreements} <= {
    row["reason"] for row in query.run(store, query.find("disagreements"))
}

# %% [markdown]
# ## The network
#
# Actors are nodes; a link says that one spoke about the other, holds an office in it, is a part of it, relays it, or
# disagrees with it.

# %%
graph = store.network()
measured = store.measures()
print(f"{graph.number_of_nodes()} actors, {graph.number_of_edges()} links, {len(measured.communities)} communities\n")
for actor in measured.actors[:8]:
    print(f"{actor.pagerank:.3f}  {actor.betweenness:.3f}  {actor.neighbours:2}  {actor.name} ({actor.type})")

# %%
assert abs(sum(actor.pagerank for actor in measured.actors) - 1) < 1e-9
# Everybody speaks about the country whose citizens left: it is among the most central nodes.
assert "Kyrgyzstan" in {actor.name for actor in measured.actors[:5]}
assert len(measured.communities) > 1

# %% [markdown]
# ## The page
#
# One HTML file that works offline. A click on an actor or a link shows the statements behind it, with the sentence that
# proves each.

# %%
shown = view.show(view.from_store(store), title="A year of figures")
shown

# %%
page = view.html(view.from_store(store))
assert page.startswith("<!DOCTYPE html>")
assert "Rafik Mambetaliev" in page
assert "<script src=" not in page

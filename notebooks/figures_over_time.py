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
# # Figures over time
#
# How many people are said to have gone, and how did that number move through the year? The named question
# `figures_over_time` gives the rows, `kg.query.timelines` puts those that count the same thing into one line with a sentence
# that says how it moved, and `kg.export.chart` draws it: a dot is a figure, a bar its bounds, an arrow an open end.

# %%
import kg
from kg.export import chart
from kg.query import timelines

graph = kg.open()
graph.build(kg.samples())
rows = graph.rows("figures_over_time", words="go")
for row in rows:
    print(row["date"], "|", row["wording"], "|", row["population"], "|", row["speaker_name"])

# %%
assert len(rows) >= 6
dates = [row["date"] for row in rows if row["event"] == "go"]
assert dates == sorted(dates), "within one event the rows are in order of time"
assert dates[0].startswith("2015-0")

# %% [markdown]
# ## One line a population
#
# Women are not counted against people, the dead not against those who went: only comparable figures share a line.

# %%
lines = timelines.figures(graph)
for line in lines[:4]:
    print(f"{line.title}: {len(line.points)} figures\n   {line.story}\n")

# %%
assert lines
assert all(len(line.points) >= 2 for line in lines)
women = timelines.figures(graph, "women")
assert women
values = [point.value for point in women[0].points]
assert max(value for value in values if value is not None) == 122

# %% [markdown]
# ## The chart

# %%
from IPython.display import SVG

drawing = chart.svg(lines[:2], title="How many are said to have gone")
SVG(data=drawing)

# %%
assert drawing.startswith("<svg")
for point in lines[0].points:
    assert str(int(point.value)) in drawing
assert "http" not in drawing.replace("http://www.w3.org/2000/svg", ""), "nothing is fetched"

# %% [markdown]
# ## Which figures were revised, and do they contradict?
#
# A later figure of the same population is a revision; two at the same time that cannot both hold are a contradiction.

# %%
for row in graph.rows("revisions", limit=5):
    print(
        f"{row['earlier_date']} → {row['later_date']}: {row['earlier_figure']} → {row['later_figure']}  ({row['difference']})"
    )

# %%
revised = graph.rows("revisions")
assert all(row["earlier_date"] <= row["later_date"] for row in revised)
assert {row["verdict"] for row in graph.rows("disagreements")} <= {"contradicts", "revises"}

# %% [markdown]
# ## The same as a pandas frame
#
# Numbers are numbers, so that the usual tools apply.

# %%
frame = graph.frame("figures_over_time", words="women")
frame[["date", "wording", "value", "speaker_name"]]

# %%
assert frame["value"].max() == 122
assert frame["date"].is_monotonic_increasing or frame["event"].nunique() > 1

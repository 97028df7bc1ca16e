"""A graph as files of quads, made by tasks that each see a part: map, shuffle by key, reduce, on the rules that a store has."""

from kg.pipeline.spread.making import How, Made, make

__all__ = ["How", "Made", "make"]

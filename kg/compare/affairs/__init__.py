"""Which articles are about one affair: one kind of happening, names that few share, and days that are not far apart.

``coverage`` says what an article covers, ``ties`` whether two articles are about one affair, and ``grouping`` what the affairs of given
articles are. A tie is a matter of two articles alone, so that affairs are the same in whichever order articles come.
"""

from kg.compare.affairs.coverage import coverage, placed, reach
from kg.compare.affairs.grouping import NEAREST, before, described, group, lanes, leader, place
from kg.compare.affairs.ties import alike, tied

__all__ = [
    "NEAREST",
    "alike",
    "before",
    "coverage",
    "described",
    "group",
    "lanes",
    "leader",
    "place",
    "placed",
    "reach",
    "tied",
]

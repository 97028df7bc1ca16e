"""Which articles are about one affair: one kind of happening, names that few share, and days that are not far apart.

``coverage`` says what an article covers, ``ties`` how two articles hang together, and ``grouping`` what the affairs of given
articles are. A tie is a matter of two articles and of how many others of those weeks have the names that they share, and nothing
else, so that affairs are the same in whichever order articles come.
"""

from kg.compare.affairs.coverage import coverage, placed, reach, setting
from kg.compare.affairs.grouping import (
    LATE,
    NEAREST,
    Commonness,
    around,
    before,
    described,
    group,
    holds,
    lanes,
    leader,
    place,
)
from kg.compare.affairs.ties import STEPS, Tie, alike, tied

__all__ = [
    "LATE",
    "NEAREST",
    "STEPS",
    "Commonness",
    "Tie",
    "alike",
    "around",
    "before",
    "coverage",
    "described",
    "group",
    "holds",
    "lanes",
    "leader",
    "place",
    "placed",
    "reach",
    "setting",
    "tied",
]

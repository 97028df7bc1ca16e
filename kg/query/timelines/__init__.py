"""Time lines: how figures moved, who held an office after whom, what an actor said, and what has two answers."""

from kg.query.timelines.affair_lines import AffairLines, affairs
from kg.query.timelines.answers import Answer, Question, facts
from kg.query.timelines.holders import Holder, Succession, successions
from kg.query.timelines.moved import Point, TimeLine, figures, lines_of, story
from kg.query.timelines.people import OfficePeriod, Saying, offices, statements
from kg.query.timelines.placing import Told, told

__all__ = [
    "AffairLines",
    "Answer",
    "Holder",
    "OfficePeriod",
    "Point",
    "Question",
    "Saying",
    "Succession",
    "TimeLine",
    "Told",
    "affairs",
    "facts",
    "figures",
    "lines_of",
    "offices",
    "statements",
    "story",
    "successions",
    "told",
]

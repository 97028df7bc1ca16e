"""What is compared across articles: claims, assertions, and the verdict on two of them with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.model.annotation import Stance
from kg.model.measure import Measure


class Verdict(StrEnum):
    CONTRADICTS = "contradicts"
    AGREES = "agrees"
    REVISES = "revises"
    COMPATIBLE = "compatible"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class Claim(Measure[str]):
    """A figure of a statement, ready for comparison: all names resolved across articles, all dates in EDTF."""

    statement: str
    figure: str
    article: str
    speaker: str | None
    speaker_name: str
    said_on: str | None
    published: str | None
    text: str
    total: str | None = None  # the figure that this one is a part of
    content: str = ""  # the content of the statement, for its wording
    stance: Stance | None = None
    author: bool = False  # in the article's own voice
    bodies: tuple[str, ...] = ()  # bodies that the speaker speaks for, the nearest first
    citing: str = ""  # the source that the speaker names for it: "unofficial data"
    context: tuple[str, ...] = ()  # what the article is about: names of the actors and places that it mentions
    sites: tuple[str, ...] = ()  # those of them that are places
    sentence: str = ""  # the sentence of the article that holds the figure
    at: int = -1  # where the figure starts in it
    start: int = -1  # where it starts in the article
    turns: tuple[
        int, ...
    ] = ()  # the nearest places before and behind it where its source gives another number of the same
    affair: str = ""  # the id of the affair that the article is about; "" where none is known
    happenings: tuple[str, ...] = ()  # the kinds of happening that the article tells of: ("quake",)
    home: tuple[str, ...] = ()  # the places of the article's title, in lower case
    land: str = ""  # the country that the article is about most, by its name in lower case

    def __hash__(self) -> int:
        """By what tells nearly all apart: what was found out about a figure is looked up by it, again and again."""
        return hash((self.figure, self.text, self.affair))


@dataclass(frozen=True, slots=True)
class Assertion:
    """A statement as far as it can be denied: who said what about whom, and whether that affirms or denies it.

    ``actors`` are the names of the entities that it is about or that say it. ``answers`` is the statement of the same article
    that it points back at ("disputed that toll"), ``answered`` tells that another points back at this one.
    """

    statement: str
    article: str
    speaker: str | None
    speaker_name: str
    said_on: str | None
    published: str | None
    content: str
    stance: Stance
    negated: bool = False
    actors: tuple[str, ...] = ()
    within: str | None = None
    answers: str | None = None
    answered: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two figures of two statements and what is between them, with the reason in a sentence. ``left`` is earlier.

    Where two statements are compared by their content alone, ``left`` and ``right`` are empty.
    """

    left: str  # figure key
    right: str
    left_statement: str
    right_statement: str
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two figures (their keys, the earlier one left) of which one thing is not known that decides whether they count the same.

    ``verdict`` is what they come to if they do; ``reason`` is what nobody knows, as the end of a sentence.
    """

    left: str
    right: str
    verdict: Verdict
    reason: str

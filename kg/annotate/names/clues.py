"""What one occurrence of a name tells about what it names: its form, its neighbours, its place in the sentence."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from spacy.tokens import Token

from kg.annotate.names.apposition import describes_group, describes_person
from kg.annotate.names.capitals import last_named, words
from kg.annotate.names.spans import Name
from kg.annotate.parse import datelines
from kg.annotate.parse.words import Passage
from kg.english import kinds, name_words, places, titles
from kg.english.lists import listed
from kg.model import EntityType


class Family(StrEnum):
    """What a name can name; ``OTHER`` is what kg does not follow: events, works, peoples, faiths, languages."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    OTHER = "other"


Votes = defaultdict[Family, float]

_LABELS = {
    "PERSON": (Family.PERSON, 2.0),
    "ORG": (Family.BODY, 1.5),
    "GPE": (Family.PLACE, 2.0),
    "LOC": (Family.PLACE, 2.2),
    "FAC": (Family.PLACE, 1.5),
    "NORP": (Family.OTHER, 1.5),
    "EVENT": (Family.OTHER, 2.5),
    "WORK_OF_ART": (Family.OTHER, 2.0),
    "LAW": (Family.OTHER, 2.5),
    "LANGUAGE": (Family.OTHER, 2.5),
    "PRODUCT": (Family.OTHER, 1.0),
}
_FAITHS = tuple(words("faith"))
_POSSESSIVES = ("'s", "’s", "'", "’")
_QUOTES = frozenset("\"“”«»'‘’")
_PERSONAL = frozenset(listed("function_words", "personal"))
_FOLLOWERS = frozenset(["members", "spokesman", "spokeswoman", "leaders", "supporters"])
_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Placed:
    """A candidate name in its passage."""

    passage: Passage
    name: Name

    @cached_property
    def text(self) -> str:
        return self.passage.text(self.name.first, self.name.last)

    @property
    def known(self) -> bool:
        """Whether it is a widely known place or body."""
        return bool(places.find(self.text) or kinds.body(self.text))


def votes(item: Placed) -> Votes:
    """What the occurrence says for each family; the weights are ours, set by hand."""
    found: Votes = defaultdict(float)
    _by_label(item, found)
    _by_form(item, found)
    _by_neighbours(item, found)
    _by_words_behind(item, found)
    _by_syntax(item, found)
    return found


def acts(item: Placed) -> bool:
    """Whether the name is the subject of a verb of doing, so that a country's name stands for its government or team."""
    passage, name = item.passage, item.name
    token: Token = passage.parsed.doc[passage.words[name.last].last]
    head = token.head
    if token.dep_ == "conj" and head.dep_ == "nsubj":
        token, head = head, head.head
    return token.dep_ == "nsubj" and head.pos_ == "VERB" and head.lemma_.lower() not in words("stative")


def _by_label(item: Placed, found: Votes) -> None:
    run = item.passage.words[item.name.first : item.name.last + 1]
    lone = len(run) == 1 and not run[0].acronym and item.passage.lower(item.name.first - 1) != "the"
    for label, count in Counter(w.label for w in run).items():
        if label in _LABELS:
            family, weight = _LABELS[label]
            if lone and label == "ORG":
                weight = 0.8  # spaCy's usual guess for family names that it does not know
            found[family] += weight * count / len(run)


def _by_form(item: Placed, found: Votes) -> None:
    text, passage, name = item.text, item.passage, item.name
    run = passage.words[name.first : name.last + 1]
    end = passage.words[last_named(passage, name.first, name.last)]
    last = end.lower
    kind = places.find(text)
    if name.first == 0 and datelines.is_one(passage.parsed.doc.text):
        found[Family.PLACE] += 6.0
    if kind:
        found[Family.PLACE] += 4.0 if kind.type is EntityType.COUNTRY else 3.0
    if kinds.body(text):
        found[Family.BODY] += 4.0
    if places.nationality(text) or (places.people(text) and not kinds.body(text)):
        found[Family.OTHER] += 6.0
    if run[0].text in name_words.given_names() and not kind:
        found[Family.PERSON] += 2.0 if len(run) > 1 else 0.8
    if len(run) > 1 and (
        name_words.is_initial(run[0].text) or name_words.is_initial(run[1].text) or end is not run[-1]
    ):
        found[Family.PERSON] += 2.0
    if len(run) < 4 and name_words.ends_like_surname(last):
        found[Family.PERSON] += 1.5
    if kinds.of_name(text) and (len(run) > 1 or kinds.body(text)):
        found[Family.BODY] += 3.0 if end.text not in name_words.given_names() else 1.0
    if len(run) == 1 and end.acronym and not kind:
        found[Family.BODY] += 2.0
        if end.text.endswith("s") and not kinds.body(text):
            found[Family.OTHER] += 3.0  # a class of things: "ATMs"
    if len(run) > 1:
        if run[0].lower in name_words.place_kinds("before") and not kinds.of_name(text):
            found[Family.PLACE] += 2.5 if run[0].lower not in ("st", "st.", "el", "saint") else 0.8
        if last in name_words.place_kinds("after") and not (kinds.of_name(text) and kinds.is_media(run[0].text)):
            found[Family.PLACE] += 3.0
        if run[1].lower == "of" and run[0].lower in name_words.place_kinds("before"):
            found[Family.PLACE] += 3.5  # "Kingdom of Prussia"
        if run[0].lower in words("document"):
            found[Family.OTHER] += 6.0
        if (run[1].lower == "of" and run[0].text in name_words.given_names()) or run[1].lower == "the":
            found[Family.PERSON] += 2.5  # "Margaret of Austria", "Alfred the Great"
    if last in words("event") or (len(run) == 1 and (last.endswith(_FAITHS) and len(last) > 6)):
        found[Family.OTHER] += 5.0


def _by_neighbours(item: Placed, found: Votes) -> None:
    """What stands before the name, and marks behind it."""
    passage, name = item.passage, item.name
    before, second = passage.lower(name.first - 1), passage.lower(name.first - 2)
    after, third = passage.lower(name.last + 1), passage.lower(name.last + 2)
    if name.title:
        found[Family.PERSON] += 4.0
    elif titles.kind(before) and not (item.known or passage.words[name.first].opens or titles.is_plural(before)):
        found[Family.PERSON] += 3.5 if titles.kind(before) != "kin" else 2.0
    if before == "the":
        found[Family.PERSON] -= 2.0
        found[Family.BODY] += 0.4
    if before in words("inside") or (before == "the" and second in words("inside")):
        found[Family.PLACE] += 1.2
    elif before in words("toward") and name.first == name.last:
        found[Family.PLACE] += 0.8
    if before in words("aim"):
        found[Family.PLACE] += 2.0
    if before == "of" and second in name_words.place_kinds("after"):
        found[Family.PLACE] += 3.0
    elif before == "of" and second in words("territory"):
        found[Family.PLACE] += 1.0
    if (
        before in name_words.place_kinds("after")
        and not titles.kind(before)
        and not passage.words[name.first - 1].capital
    ):
        found[Family.PLACE] += 2.5  # "the river Tana"
    if before == "of" and second in _FOLLOWERS:
        found[Family.BODY] += 1.5
    if kinds.is_media(before) and not item.known:
        found[Family.BODY] += 3.5  # "the daily NAME"
    if before == "(" and item.text[1:2] == "-" and item.text[:1].isupper():
        found[Family.OTHER] += 6.0  # a politician's party and state: "(D-Ohio)"
    if before in words("work") and not item.known:
        found[Family.OTHER] += 4.0
    if before == "by" and second in words("maker"):
        found[Family.PERSON] += 2.0
    if before in ("a", "an") and name.first == name.last:
        found[Family.PERSON] -= 1.0
        found[Family.OTHER] += 1.0
    if before in _QUOTES and before and after in _QUOTES and after and not item.known:
        found[Family.OTHER] += 2.5
    if before in words("speech") or after in words("speech"):
        found[Family.PERSON] += 1.0
        found[Family.BODY] += 0.5
    if after == "," and third.isdigit() and len(third) == 2:
        found[Family.PERSON] += 2.0  # an age
    if after == "(" and third.isdigit() and len(third) == 4 and passage.lower(name.last + 3) == ")":
        found[Family.OTHER] += 2.5  # the year of a work


def _by_words_behind(item: Placed, found: Votes) -> None:
    passage, name = item.passage, item.name
    after, third = passage.lower(name.last + 1), passage.lower(name.last + 2)
    if after in name_words.place_kinds("after") and not titles.kind(after):
        found[Family.PLACE] += 2.0
    if after == "who" or (after == "," and third == "who"):
        found[Family.PERSON] += 2.0
    if after in _POSSESSIVES and (titles.kind(third) == "kin" or third in words("belonging")):
        found[Family.PERSON] += 2.0
    if after == "," and third == "which":
        found[Family.PERSON] -= 3.0  # a person is "who"
        found[Family.BODY] += 3.0 if _speaks(passage, name.last + 3) else 0.5
    if after == "," and describes_person(passage, name.last + 2):
        found[Family.PERSON] += 3.0
    if after in words("group") or (after in words("group_kind") and third in words("group")):
        found[Family.BODY] += 2.0
    if after in words("thing") and not item.known:
        found[Family.OTHER] += 2.5
    following = passage.word(name.last + 1)
    if item.text.endswith("an") and following and following.tag in ("NN", "NNS") and _is_region(item.text):
        found[Family.OTHER] += 8.0  # "Caribbean waters": an adjective
    if describes_group(passage, name.last + 1):
        found[Family.BODY] += 3.0


def _speaks(passage: Passage, i: int) -> bool:
    """Whether what "which" stands for speaks or acts like people: "which says", "which calls itself"."""
    word = passage.word(i)
    verb = passage.parsed.doc[word.first].lemma_.lower() if word else ""
    return verb in words("human") or verb in ("say", "deny", "claim") or passage.lower(i + 1) == "itself"


def _is_region(text: str) -> bool:
    place = places.find(text)
    return place is not None and place.type is EntityType.REGION


def _by_syntax(item: Placed, found: Votes) -> None:
    """What the name does or suffers, and whether it is an adjective, as the parser has it."""
    passage, name = item.passage, item.name
    last = passage.words[last_named(passage, name.first, name.last)]
    token: Token = passage.parsed.doc[last.last]
    if last.tag == "JJ" and name.first == name.last and not item.known:
        found[Family.OTHER] += 1.5
    if token.dep_ not in _SUBJECTS or passage.lower(name.first - 1) == "the" or last.acronym:
        return
    verb = token.head.lemma_.lower()
    if (token.dep_ == "nsubj" and verb in words("human")) or (token.dep_ == "nsubjpass" and verb in words("suffered")):
        found[Family.PERSON] += 2.5
    if not item.known and name.last - name.first < 3 and _personal_follows(passage, name.last):
        found[Family.PERSON] += 1.5


def _personal_follows(passage: Passage, last: int) -> bool:
    """Whether a personal pronoun follows in the sentence before any other name."""
    for word in passage.words[last + 1 : last + 20]:
        if word.lower in _PERSONAL:
            return True
        if word.opens or word.label == "PERSON":
            return False
    return False

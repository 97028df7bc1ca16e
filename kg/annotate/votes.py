"""What a name names: every occurrence in the article votes, by its form, its neighbours and spaCy's label.

The weights are ours, set by hand; what moves a corpus is measured in ``tests/bench``.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.annotate import names, places, titles, types
from kg.annotate.names import Name
from kg.annotate.words import Passage
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
_INSIDE = frozenset(
    ["in", "at", "near", "across", "throughout", "toward", "towards", "into", "inside", "outside", "around"]
)
_SPEECH = frozenset(
    [
        "said",
        "says",
        "told",
        "tells",
        "added",
        "adds",
        "noted",
        "notes",
        "stated",
        "wrote",
        "writes",
        "explained",
        "argued",
        "insisted",
        "recalled",
        "joked",
        "replied",
    ]
)
_AIMS = frozenset(
    [
        "east",
        "west",
        "north",
        "south",
        "northern",
        "southern",
        "eastern",
        "western",
        "northwestern",
        "northeastern",
        "southwestern",
        "southeastern",
        "central",
        "mainland",
        "downtown",
        "nearby",
        "upper",
        "lower",
    ]
)
_NOT_FOLLOWED = frozenset(
    [
        "war",
        "wars",
        "battle",
        "revolution",
        "games",
        "cup",
        "championship",
        "championships",
        "olympics",
        "festival",
        "prize",
        "award",
        "awards",
        "day",
        "week",
        "year",
        "month",
        "act",
        "treaty",
        "agreement",
        "accord",
        "accords",
        "protocol",
        "convention",
        "crisis",
        "period",
        "age",
        "era",
        "century",
        "bible",
        "constitution",
        "code",
        "law",
        "plan",
        "summit",
        "conference",
        "election",
        "elections",
        "massacre",
        "rebellion",
        "uprising",
        "tournament",
        "series",
        "season",
        "race",
        "marathon",
        "conflict",
        "siege",
        "operation",
        "campaign",
        "project",
        "theory",
        "effect",
        "syndrome",
        "disease",
        "virus",
        "language",
        "languages",
        "literature",
        "art",
        "music",
        "jews",
        "muslims",
        "christians",
        "catholics",
        "protestants",
        "people",
        "peoples",
        "citizens",
        "families",
        "church-goers",
        "speakers",
        "hours",
        "night",
        "morning",
        "street-fight",
        "league-table",
        "grand-prix",
        "prix",
        "winter",
        "summer",
        "spring",
        "autumn",
        "fall",
        "route",
        "model",
        "magazine-cover",
        "bill",
        "amendment",
        "resolution",
        "declaration",
        "charter",
        "doctrine",
        "article",
        "chapter",
        "section",
        "volume",
        "edition",
        "report",
        "index",
        "study",
        "survey",
    ]
)
_FAITHS = ("ism", "ists", "ist", "ians", "ity")


@dataclass(frozen=True, slots=True)
class Placed:
    """A candidate name in its passage."""

    passage: Passage
    name: Name

    @property
    def text(self) -> str:
        return self.passage.text(self.name.first, self.name.last)


def decide(found: Iterable[Placed]) -> dict[str, Votes]:
    """The pooled votes of all occurrences by the name's text; a lone family name shares in its full name's votes."""
    items = list(found)
    pooled: dict[str, Votes] = {}
    for item in items:
        votes = pooled.setdefault(item.text, defaultdict(float))
        for family, weight in of_occurrence(item).items():
            votes[family] += weight
    for votes in pooled.values():  # many mentions count more than one, but not without end
        top = max(votes.values(), default=0.0)
        for family in votes:
            votes[family] = votes[family] if top <= 8 else votes[family] * 8 / top
    for text, full in _partial(pooled):
        if best(pooled[full]) is Family.PERSON:
            pooled[text][Family.PERSON] += 4.0
    return pooled


def best(votes: Votes) -> Family | None:
    """The family with most votes; ``None`` where none has more than a hint."""
    if not votes:
        return None
    family, weight = max(votes.items(), key=lambda pair: (pair[1], pair[0].value))
    return family if weight >= 0.75 else None


def of_occurrence(item: Placed) -> Votes:
    votes: Votes = defaultdict(float)
    _by_label(item, votes)
    _by_form(item, votes)
    _by_neighbours(item, votes)
    return votes


def _partial(pooled: dict[str, Votes]) -> Iterable[tuple[str, str]]:
    """(lone name, full name) where the full name ends or starts with the lone one."""
    fulls = [text for text in pooled if " " in text]
    for text in pooled:
        for full in fulls:
            if text != full and (full.endswith(f" {text}") or (" " not in text and full.startswith(f"{text} "))):
                yield text, full


def _by_label(item: Placed, votes: Votes) -> None:
    words = item.passage.words[item.name.first : item.name.last + 1]
    labels = Counter(w.label for w in words)
    for label, count in labels.items():
        if label in _LABELS:
            family, weight = _LABELS[label]
            votes[family] += weight * count / len(words)


def _by_form(item: Placed, votes: Votes) -> None:
    text, passage, name = item.text, item.passage, item.name
    words = passage.words[name.first : name.last + 1]
    last = words[-1].lower
    kind = places.find(text)
    if kind:
        votes[Family.PLACE] += 4.0 if kind.type is EntityType.COUNTRY else 3.0
    if types.body(text):
        votes[Family.BODY] += 4.0
    if places.nationality(text):
        votes[Family.OTHER] += 6.0
    if words[0].text in names.given_names() and not kind:
        votes[Family.PERSON] += 2.0 if len(words) > 1 else 0.8
    if len(words) > 1 and (names.is_initial(words[0]) or names.is_initial(words[1])):
        votes[Family.PERSON] += 2.0
    if len(words) < 4 and any(
        last.endswith(end) and len(last) >= least + len(end) for least, end in names.surname_endings()
    ):
        votes[Family.PERSON] += 1.5
    if types.of_name(text) and (len(words) > 1 or types.body(text)):
        votes[Family.BODY] += 3.0 if last not in names.given_names() else 1.0
    if len(words) == 1 and words[0].acronym and not kind:
        votes[Family.BODY] += 2.0
    if len(words) > 1:
        if words[0].lower in names.place_kinds("before") and not types.of_name(text):
            votes[Family.PLACE] += 2.5 if words[0].lower not in ("st", "st.", "el", "saint") else 0.8
        if last in names.place_kinds("after"):
            votes[Family.PLACE] += 3.0
    if last in _NOT_FOLLOWED or (len(words) == 1 and (last.endswith(_FAITHS) and len(last) > 6)):
        votes[Family.OTHER] += 5.0


def _by_neighbours(item: Placed, votes: Votes) -> None:
    passage, name = item.passage, item.name
    before, after = passage.lower(name.first - 1), passage.lower(name.last + 1)
    second, third = passage.lower(name.first - 2), passage.lower(name.last + 2)
    known = bool(places.find(item.text) or types.body(item.text))
    if name.title:
        votes[Family.PERSON] += 4.0
    elif titles.kind(before) and not known and not (passage.words[name.first].opens or titles.is_plural(before)):
        votes[Family.PERSON] += 3.5 if titles.kind(before) != "kin" else 2.0
    if before == "the":
        votes[Family.PERSON] -= 2.0
        votes[Family.BODY] += 0.4
    if before in _INSIDE or (before == "the" and second in _INSIDE):
        votes[Family.PLACE] += 1.2
    if before in _AIMS:
        votes[Family.PLACE] += 2.0
    if before == "of" and second in names.place_kinds("after"):
        votes[Family.PLACE] += 3.0
    if after in names.place_kinds("after") and not titles.kind(after):
        votes[Family.PLACE] += 2.0
    if before == "of" and second in ("members", "spokesman", "spokeswoman", "leaders", "supporters"):
        votes[Family.BODY] += 1.5
    if before in ("for", "for the") and titles.kind(second) == "office":
        votes[Family.BODY] += 1.5
    if after in _SPEECH or before in _SPEECH:
        votes[Family.PERSON] += 1.0
        votes[Family.BODY] += 0.5
    if after == "who" or (after == "," and third == "who"):
        votes[Family.PERSON] += 2.0
    if after in ("'s", "’s") and titles.kind(third) == "kin":
        votes[Family.PERSON] += 2.0
    if after == "," and third.isdigit() and len(third) == 2:
        votes[Family.PERSON] += 2.0
    if after == "," and _title_follows(passage, name.last + 2):
        votes[Family.PERSON] += 3.0
    if after in _GROUPS or (after in _KINDS_OF_GROUP and third in _GROUPS):
        votes[Family.BODY] += 2.0
    if _is_group(passage, name.last + 1):
        votes[Family.BODY] += 3.0


_GROUPS = frozenset(
    [
        "group",
        "militants",
        "party",
        "movement",
        "faction",
        "fighters",
        "militia",
        "rebels",
        "insurgents",
        "network",
        "government",
        "newspaper",
        "agency",
        "website",
        "radio",
        "company",
        "band",
        "team",
    ]
)
_KINDS_OF_GROUP = frozenset(
    ["militant", "extremist", "terrorist", "rebel", "news", "armed", "islamist", "jihadist", "opposition", "separatist"]
)


def _title_follows(passage: Passage, i: int) -> bool:
    """Whether a description of a person starts at the word: "the former head of …", "a correspondent for …"."""
    if passage.lower(i) in ("the", "a", "an", "its", "their", "his", "her"):
        i += 1
    for word in passage.words[i : i + 7]:
        if not word.is_word and word.text not in ("'s", "’s"):
            return False
        if titles.kind(word.text) in ("office", "work"):
            return True
        if word.tag[:2] in ("VB", "IN") or word.tag in ("MD", "TO", "WP"):
            return False
    return False


def _is_group(passage: Passage, i: int) -> bool:
    """Whether an apposition says what kind of body it is: ", an armed group", "(…) militant group", ", the ruling party"."""
    if passage.lower(i) == "(":
        close = next((j for j in range(i, min(i + 6, len(passage.words))) if passage.words[j].text == ")"), None)
        if close is None:
            return False
        i = close
        if passage.lower(i + 1) in _KINDS_OF_GROUP or passage.lower(i + 1) in _GROUPS:
            return True
        i += 1
    return described(passage, i) is not None


def described(passage: Passage, i: int) -> tuple[int, int] | None:
    """Words of the body's description in an apposition whose comma is at ``i``: ", an armed group …"."""
    if passage.lower(i) != "," or passage.lower(i + 1) not in ("a", "an", "the", "its", "another"):
        return None
    for j in range(i + 2, min(i + 8, len(passage.words))):
        word = passage.words[j]
        if (
            not word.is_word
            or (word.tag[:2] == "VB" and word.tag not in ("VBN", "VBG"))
            or word.tag in ("IN", "WP", "WDT")
        ):
            return None
        if titles.kind(word.text):
            return None
        if (
            types.has_head(word.text)
            and not types.has_head(passage.lower(j + 1))
            and passage.lower(j + 1) not in _GROUPS
        ):
            return i + 2, j
    return None


Decide = Callable[[Iterable[Placed]], dict[str, Votes]]

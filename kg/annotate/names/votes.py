"""What a name names: every occurrence in the article votes, and names that go together share their votes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from kg.annotate.names import clues
from kg.annotate.names.clues import Family, Votes
from kg.annotate.names.placed import Placed
from kg.english import places
from kg.model import EntityType

_MOST = 8.0  # many mentions count more than one, but not without end
_FULL_NAME = 4.0
_DOUBTFUL = 3.0
_KNOWN = 5.0  # what a city's name has by itself: it is known, and a model takes it for one
_CONJUNCT = 1.0
_LEAST = 0.75
_LISTED = 100.0  # what a user's list says holds
_FAMILIES = {EntityType.PERSON: Family.PERSON, EntityType.ORGANISATION: Family.BODY, EntityType.PLACE: Family.PLACE}


def decide(found: Sequence[Placed]) -> dict[str, Votes]:
    """The pooled votes of all occurrences by the name's text; a lone family name shares in its full name's votes, and
    an item of a list in its neighbours'.
    """
    pooled: defaultdict[str, Votes] = defaultdict(lambda: defaultdict(float))
    for item in found:
        own = pooled[item.text]
        for family, weight in clues.votes(item).items():
            own[family] += weight
    for votes in pooled.values():
        top = max(votes.values(), default=0.0)
        if top > _MOST:
            for family in votes:
                votes[family] *= _MOST / top
    for item in found:
        if item.listed is not None:
            pooled[item.text] = defaultdict(float, {_FAMILIES[item.listed.type.family]: _LISTED})
    for text, full in _partial(pooled):
        if best(pooled[full]) is Family.PERSON:
            pooled[text][Family.PERSON] += _FULL_NAME
            # A model takes many a family name for a city; one that is a city's, too, stays one where it is told to be in it once.
            if full.endswith(f" {text}") and (places.find(text) is None or _is_only_a_name(text, full, found)):
                pooled[text][Family.PLACE] = min(pooled[text][Family.PLACE], _DOUBTFUL)
    for text in pooled:
        if _is_family(text, pooled):
            pooled[text][Family.OTHER] += _MOST
    for text, family in list(_from_lists(found, pooled)):
        pooled[text][family] += _CONJUNCT
    return pooled


def _is_only_a_name(text: str, full: str, found: Sequence[Placed]) -> bool:
    """Whether a city's name is told of nobody but the person who bears it: "Ada Paris, a nurse, … Paris left": all behind the full name, none as a place."""
    alone = [i for i, item in enumerate(found) if item.text == text]
    first = next(i for i, item in enumerate(found) if item.text == full)
    place = places.find(text)
    if place is None or place.type is EntityType.COUNTRY or not alone or first > alone[0]:
        return False
    return all(clues.votes(found[i])[Family.PLACE] <= _KNOWN for i in alone)


def _is_family(text: str, pooled: Mapping[str, Votes]) -> bool:
    """ "The Turpins": the plural of a person's family name."""
    name = text.removesuffix("s")
    if name == text or " " in text or text.endswith("ss"):
        return False
    return any(
        full.split(" ")[-1] == name and " " in full and best(votes) is Family.PERSON for full, votes in pooled.items()
    )


def best(votes: Votes) -> Family | None:
    """The family with most votes; ``None`` where none has more than a hint."""
    if not votes:
        return None
    family, weight = max(votes.items(), key=lambda pair: (pair[1], pair[0].value))
    return family if weight >= _LEAST else None


def _partial(pooled: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(part, full name) where the full name ends with the part or starts with the lone word."""
    texts = list(pooled)
    known = set(texts)
    for full in texts:
        parts = full.split(" ")
        for cut in range(1, len(parts)):
            if (end := " ".join(parts[cut:])) in known:
                yield end, full
        if len(parts) > 1 and parts[0] in known:
            yield parts[0], full


def _from_lists(found: Sequence[Placed], pooled: dict[str, Votes]) -> Iterator[tuple[str, Family]]:
    """(name, family) for a doubtful name beside a sure one in a list: "Kitale, Eldoret and Nairobi"."""
    for left, right in pairwise(found):
        if not listed(left, right):
            continue
        for one, other in ((left, right), (right, left)):
            family = best(pooled[other.text])
            if family and pooled[other.text][family] >= 3.0 and pooled[one.text][family] < 3.0:
                yield one.text, family


def listed(left: Placed, right: Placed) -> bool:
    """Whether two names are items of a list: "and" or "or" between them, or a comma where one of these follows."""
    passage = left.passage
    if passage is not right.passage:
        return False
    between = [w.lower for w in passage.words[left.name.last + 1 : right.name.first] if w.lower != "the"]
    if between == [","]:
        after = passage.lower(right.name.last + 1)
        return after in _AND or (after == "," and passage.lower(right.name.last + 2) in _AND)
    return bool(between) and between[-1] in _AND and between[:-1] in ([], [","])


_AND = ("and", "or")

"""Sports clubs, which are called by the name of their city: "Lindau lost 2-1 to Kassel", "the Lindau coach"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.annotate.names import votes
from kg.annotate.names.capitals import words
from kg.annotate.names.placed import Placed
from kg.annotate.parse.words import POSSESSIVES, Passage, Word
from kg.english import name_words, places
from kg.english.lists import alternation
from kg.model import EntityType

_SCORE = r"\d{1,3}\s?[-–:]\s?\d{1,3}"
_OUTCOME = alternation(words("sport_result"))
_RESULT = re.compile(rf"\b{_SCORE}\s+(?:\w+\s+)?(?:{_OUTCOME})\b|\b(?:won|lost|drew)\s+{_SCORE}\b")
# Behind a name: its own result. Before it: that of those who played against it.
_SCORED = re.compile(rf"(?:['’]s?)?\s+{_SCORE}\b(?!\s*(?:percent|per cent|%))")
_PLAYED = re.compile(rf"\b(?:{_OUTCOME}|match|against|versus|vs\.?)(?:\s+(?:over|to|against|with|at))?\s+$")
_LOOK = 40  # characters before a name
_LEAST = 4  # words of sport in an article that no word of sport alone speaks for
_PLURAL = frozenset({"are", "were", "have", "do"})


def find(placed: Sequence[Placed], passages: Sequence[Passage]) -> frozenset[int]:
    """The numbers of the candidates that name a club, in an article that tells of sport.

    A name that plays somewhere in the article is a club wherever it is not told to be a place ("in Lindau"). Countries stay what
    they are: a national team stands for its country.
    """
    formed = {i for i, item in enumerate(placed) if _has_form(item)}
    if not _of_sport(passages, formed=bool(formed)):
        return frozenset(formed)
    people = {item.run[-1].text for item in placed if not item.lone and (item.given or item.name.title)}
    open_ = [
        (i, item) for i, item in enumerate(placed) if i not in formed and _may_be(item) and item.text not in people
    ]
    plays = {i for i, item in open_ if _plays(item)}
    formed |= {i for i, item in open_ if _is_called(item)}
    names = {placed[i].text for i in plays} | {w.text for i in formed for w in placed[i].run if not _is_form(w)}
    called = {i for i, item in open_ if item.text in names and not _is_town(item)}
    clubs = formed | plays | called
    may = {i for i, item in open_ if item.lone and not _is_town(item)}
    for steps in (range(1, len(placed)), range(len(placed) - 2, -1, -1)):  # lists, forwards and backwards
        for i in steps:
            other = i - 1 if steps.step > 0 else i + 1
            if other in clubs and i in may and votes.listed(placed[min(i, other)], placed[max(i, other)]):
                clubs.add(i)
    return frozenset(clubs)


def _of_sport(passages: Sequence[Passage], *, formed: bool) -> bool:
    """Whether an article tells of sport: by words that nothing else has, or by many that other things have too."""
    told = {word.lower for passage in passages for word in passage.words if not word.capital or word.opens}
    alone, shared = told & words("sport_alone"), told & words("sport")
    sure = len(alone) + formed + any(_RESULT.search(p.parsed.doc.text) for p in passages)
    return len(shared) + sure >= (2 if sure else _LEAST)


def _has_form(item: Placed) -> bool:
    """Whether the words of a club's form are in the name: "FC Lindau", "Eintracht Kassel"; one of the latter kind needs its city."""
    if item.lone or item.given:
        return False
    return (_is_form(item.run[0]) or _is_form(item.run[-1])) and item.run[-1].capital


def _is_form(word: Word) -> bool:
    return word.lower.rstrip(".") in words("club")


def _may_be(item: Placed) -> bool:
    """Whether a name could be a club's: that of a city, or one that nobody knows and that has no given name."""
    if item.place is not None:
        return item.place.type is not EntityType.COUNTRY
    return not (item.is_body or item.head or item.given or item.name.title) and len(item.run) <= 2


def _is_called(item: Placed) -> bool:
    """A name of two words of which the last is a city: "Werder Bremen"; "North Lindau" is no club."""
    if item.lone or len(item.run) > 2 or item.place is not None or item.given:
        return False
    city = places.find(item.run[-1].text)
    aim = item.run[0].lower in words("aim") or item.run[0].lower in name_words.place_kinds("before")
    return city is not None and city.type is EntityType.CITY and not aim and places.find(item.run[0].text) is None


def _is_town(item: Placed) -> bool:
    return item.place is not None and (
        item.before in words("inside") | words("toward") or item.second in words("territory")
    )


def _plays(item: Placed) -> bool:
    """Whether one occurrence does what clubs do, and a city or a person does not."""
    if item.place is None and not item.lone:
        return False
    if item.after in words("player") or (item.after in POSSESSIVES and item.third in words("player")):
        return True
    token = item.token
    alone = token.dep_ in ("nsubj", "nsubjpass") and token.tag_ == "NNP" and not list(token.conjuncts)
    if alone and (item.after in _PLURAL or token.head.tag_ == "VBP"):
        return True  # "Lindau were beaten", "Lindau now play"
    doc = item.passage.parsed.doc
    start, end = doc[item.run[0].first].idx, doc[item.run[-1].last].idx + len(doc[item.run[-1].last].text)
    if _SCORED.match(doc.text, end):
        return True
    if item.place is None:
        return False  # people lose to each other, too
    if (item.after == "," and item.third == "who") or item.before == "at":
        return True  # "a starter at Lindau": a city is what somebody is in
    if _PLAYED.search(doc.text[max(0, start - _LOOK) : start]):
        return True
    verb = token.head.lemma_.lower()
    return token.dep_ in ("nsubj", "dobj") and verb in words("sport_verb")


__all__ = ["find"]

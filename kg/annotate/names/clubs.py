"""Sports clubs, which are called by the name of their city: "Lindau lost 2-1 to Kassel", "the Lindau coach"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
_AGAINST = re.compile(r"\b(?:against|versus)\s+(?:[a-z]\S*\s+){1,2}$")
_LOOK = 40  # characters before a name
_LEAST = 4  # words of sport in an article that no word of sport alone speaks for
_MANY = 3  # clubs by name, from which on an article is one about matches
_PLURAL = frozenset({"are", "were", "have", "do"})
_DOES = frozenset({"nsubj", "nsubjpass", "dobj", "dative"})  # what cities hardly are in an article about matches
_LABELS = frozenset({"FAC", "GPE", "LOC", "ORG"})


def find(placed: Sequence[Placed], passages: Sequence[Passage]) -> frozenset[int]:
    """The numbers of the candidates that name a club, in an article that tells of sport.

    A name that plays somewhere in the article is a club wherever it is not told to be a place ("in Lindau"). Countries stay what
    they are: a national team stands for its country.
    """
    formed = {i for i, item in enumerate(placed) if _has_form(item)}
    if not _of_sport(passages, formed=bool(formed)):
        return frozenset(formed)
    people = {item.run[-1].text for item in placed if not item.lone and (item.given or item.name.title)}
    open_ = {i: item for i, item in enumerate(placed) if i not in formed and _may_be(item) and item.text not in people}
    formed |= {i for i, item in open_.items() if _is_called(item)}
    clubs = formed | {i for i, item in open_.items() if _plays(item)}
    clubs = _spread(placed, open_, clubs, formed)
    if len({placed[i].text for i in clubs}) >= _MANY:
        clubs |= {i for i, item in open_.items() if item.lone and not _is_town(item) and _takes_part(item)}
        clubs = _spread(placed, open_, clubs, formed)
    return frozenset(clubs)


def _spread(placed: Sequence[Placed], open_: Mapping[int, Placed], clubs: set[int], formed: set[int]) -> set[int]:
    """The clubs with those of the same name and those that stand in a list with one of them, wherever no town is told."""
    may = {i for i, item in open_.items() if item.lone and not _is_town(item)}
    found = set(clubs)
    while True:
        names = {placed[i].text for i in found if i not in formed}
        names |= {w.text for i in formed for w in placed[i].run if not _is_form(w)}
        more = found | {i for i, item in open_.items() if item.text in names and not _is_town(item)}
        for i in may - more:
            if any(n in more and votes.listed(placed[min(i, n)], placed[max(i, n)]) for n in (i - 1, i + 1)):
                more.add(i)
        if more == found:
            return found
        found = more


def _of_sport(passages: Sequence[Passage], *, formed: bool) -> bool:
    """Whether an article tells of sport: by words that nothing else has, or by many that other things have too."""
    told = {word.lower for passage in passages for word in passage.words if not word.capital or word.opens}
    alone, shared = told & words("sport_alone"), told & words("sport")
    sure = len(alone) + formed + any(_RESULT.search(p.parsed.text) for p in passages)
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
    return _may_lose(item) and (item.before in words("inside") | words("toward") or item.second in words("territory"))


def _plays(item: Placed) -> bool:
    """Whether one occurrence does what clubs do, and a city or a person does not."""
    if item.place is None and not item.lone:
        return False
    if item.after in words("player") or (item.after in POSSESSIVES and item.third in words("player")):
        return True
    token = item.token
    if token.dep_ == "poss" and token.head.lower_ in words("player"):
        return True  # "Lindau's new coach"
    alone = token.dep_ in ("nsubj", "nsubjpass") and token.tag_ == "NNP" and not list(token.conjuncts)
    if alone and (item.after in _PLURAL or token.head.tag_ == "VBP"):
        return True  # "Lindau were beaten", "Lindau now play"
    doc, text = item.passage.parsed.doc, item.passage.parsed.text
    start, end = doc[item.run[0].first].idx, doc[item.run[-1].last].idx + len(doc[item.run[-1].last].text)
    if _SCORED.match(text, end):
        return True
    if not _may_lose(item):
        return False  # people lose to each other, too
    if item.before in words("team") or any(t.dep_ == "poss" and t.ent_type_ == "PERSON" for t in token.lefts):
        return True  # "their rivals Lindau", "Ada Fenn's Lindau"
    if item.place is not None and ((item.after == "," and item.third == "who") or item.before == "at"):
        return True  # "a starter at Lindau": a city is what somebody is in
    ahead = text[max(0, start - _LOOK) : start]
    if _PLAYED.search(ahead) or (_AGAINST.search(ahead) and not _is_town(item)):
        return True  # "against lowly Lindau", but not "against protesters in Lindau"
    verb = token.head.lemma_.lower()
    return item.place is not None and token.dep_ in ("nsubj", "dobj") and verb in words("sport_verb")


def _may_lose(item: Placed) -> bool:
    """Whether a name is a city's, or one that nobody knows and that a model takes for a place or a body."""
    return item.place is not None or item.run[-1].label in _LABELS


def _takes_part(item: Placed) -> bool:
    """Whether a city's name stands where, in an article about matches, only its club does: "gives Lindau a hard test"."""
    token = item.token
    if not _may_lose(item) or item.before in ("the", "a", "an"):
        return False
    if token.dep_ == "pobj":
        return token.head.lower_ in words("rival") or token.head.text == "For"  # "For Lindau, the season is over"
    return token.dep_ in _DOES


__all__ = ["find"]

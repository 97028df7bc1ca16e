"""Forms of English words: plurals and singulars of nouns, participles of verbs.

Rules and short lists of our own: of 137 plurals they lead 135 back, lemminflect 132, simplemma 127, inflect 126; lemminflect besides
loads spaCy into every query, inflect knows no participles, simplemma neither those nor plurals.
"""

from __future__ import annotations

import re
from functools import cache

from kg.english.lists import records

# Compounds are told by the end of their word ("schoolchildren", "midwives"); these only look like one.
_NO_MEN = re.compile(r"(?:^o|acu|regi|speci|abdo|se|ra|^a|turk|ye|bre|car)men$")
_COMPOUND = ("man", "child", "wife", "half", "shelf", "bus")


def plural(word: str) -> str:
    """The plural of an English noun, of the last word of a compound.

    >>> [plural(w) for w in ("official", "deputy", "boss", "spokesman", "crisis", "wife")]
    ['officials', 'deputies', 'bosses', 'spokesmen', 'crises', 'wives']
    """
    if word.lower() in _plurals():
        return word[0] + _plurals()[word.lower()][1:]
    for end in _COMPOUND:
        if word.endswith(end):
            return word.removesuffix(end) + _plurals()[end]
    if word.endswith(("sis", "xis")):
        return word[:-2] + "es"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def plurals(noun: str) -> tuple[str, ...]:
    """All plurals of an English noun: compounds of "person" have two.

    >>> plurals("spokesperson"), plurals("mayor")
    (('spokespersons', 'spokespeople'), ('mayors',))
    """
    if noun.endswith("person") and noun != "person":
        return plural(noun), noun.removesuffix("person") + "people"
    return (plural(noun),)


def singular(noun: str) -> str:
    """The singular of an English noun in lower case; a word that is no plural stays.

    >>> [singular(w) for w in ("women", "families", "boxes", "homes", "crisis", "buses", "causes")]
    ['woman', 'family', 'box', 'home', 'crisis', 'bus', 'cause']
    """
    noun = noun.lower()
    if noun in _singulars():
        return _singulars()[noun]
    for end in _COMPOUND:
        if noun.endswith(_plurals()[end]) and not _NO_MEN.search(noun):
            return noun.removesuffix(_plurals()[end]) + end
    if noun.endswith("speople"):
        return noun.removesuffix("people") + "person"
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return _without_s(noun)
    return noun


def is_plural(noun: str) -> bool:
    """Whether a noun has another form in the singular; "police" and "series" have none.

    >>> [is_plural(w) for w in ("officials", "women", "boss", "campus", "police")]
    [True, True, False, False, False]
    """
    return singular(noun) != noun.lower()


def _without_s(noun: str) -> str:
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if re.search(r"(?:yse|[ot]hese)s$", noun):  # "analyses", "hypotheses"
        return noun[:-2] + "is"
    if re.search(r"(?:ss|sh|ch|x|zz|tz|[^aou]us)es$", noun):  # "viruses", but "causes", "houses"
        return noun[:-2]
    return noun[:-1]


def participle(lemma: str) -> str:
    """The past participle of a verb, in British spelling.

    >>> participle("carry"), participle("ban"), participle("receive"), participle("take part")
    ('carried', 'banned', 'received', 'taken part')
    >>> participle("admit"), participle("visit"), participle("occur"), participle("offer"), participle("travel")
    ('admitted', 'visited', 'occurred', 'offered', 'travelled')
    """
    verb, _, rest = lemma.partition(" ")
    if verb in participles():
        made = participles()[verb]
    elif verb.endswith("e"):
        made = verb + "d"
    elif re.search(r"[^aeiou]y$", verb):
        made = verb[:-1] + "ied"
    elif re.search(r"[^aeiou]ic$", verb):
        made = verb + "ked"
    elif _doubles(verb):
        made = verb + verb[-1] + "ed"
    else:
        made = verb + "ed"
    return f"{made} {rest}".strip()


def _doubles(verb: str) -> bool:
    """Whether the last consonant is written twice: behind one short vowel that is stressed, and an l behind any."""
    one_syllable = re.fullmatch(r"(?:[^aeiou]*qu|[^aeiou]*)[aeiouy][^aeiouwxy]", verb) is not None
    return one_syllable or verb in _doubling() or re.search(r"[^aeiou](?:[aeo]|u(?=l)|i(?=l))l$", verb) is not None


@cache
def participles() -> dict[str, str]:
    """The participles that no rule gives, by verb."""
    return {row["lemma"]: row["participle"] for row in records("irregular_verbs")}


@cache
def past_forms() -> dict[str, str]:
    """The verb of each past form and participle that no rule gives; a form of two verbs is that of the first in the list."""
    found: dict[str, str] = {}
    for row in records("irregular_verbs"):
        for form in (row["past"], row["participle"]):
            found.setdefault(form, row["lemma"])
    return found


@cache
def _plurals() -> dict[str, str]:
    return {row["singular"]: row["plural"] for row in records("irregular_nouns")}


@cache
def _singulars() -> dict[str, str]:
    """The singular by the plural that no rule leads back, and by itself, so that "gas" is no plural of "ga"."""
    found = {word: word for word in _plurals()}
    for word, several in _plurals().items():
        found.setdefault(several, word)
    return found


@cache
def _doubling() -> frozenset[str]:
    return frozenset(row["lemma"] for row in records("doubling_verbs"))

"""Forms of English words: plurals and singulars of nouns, participles of verbs."""

from __future__ import annotations

import re

_SINGULAR = {
    "women": "woman", "men": "man", "children": "child", "people": "people", "policemen": "policeman", "schoolchildren": "schoolchild",
    "servicemen": "serviceman", "lives": "life", "wives": "wife", "staff": "staff", "police": "police", "businesses": "business",
    "troops": "troop", "persons": "person",
}  # fmt: skip


def plural(word: str) -> str:
    """The regular plural of an English noun, of the last word of a compound.

    >>> [plural(w) for w in ("official", "deputy", "boss", "spokesman")]
    ['officials', 'deputies', 'bosses', 'spokesmen']
    """
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def singular(noun: str) -> str:
    """The singular of an English noun, near enough to tell nouns apart.

    >>> [singular(w) for w in ("women", "families", "boxes", "homes", "crisis")]
    ['woman', 'family', 'box', 'home', 'crisis']
    """
    noun = noun.lower()
    if noun in _SINGULAR:
        return _SINGULAR[noun]
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if re.search(r"(ss|sh|ch|x|z)es$", noun):
        return noun[:-2]
    if noun.endswith("s") and not noun.endswith(("ss", "us", "is")):
        return noun[:-1]
    return noun


def participle(lemma: str) -> str:
    """The regular past participle of a verb.

    >>> participle("carry"), participle("ban"), participle("receive")
    ('carried', 'banned', 'received')
    """
    verb, _, rest = lemma.partition(" ")
    if verb.endswith("e"):
        made = verb + "d"
    elif re.search(r"[^aeiou]y$", verb):
        made = verb[:-1] + "ied"
    elif re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb):
        made = verb + verb[-1] + "ed"
    else:
        made = verb + "ed"
    return f"{made} {rest}".strip()

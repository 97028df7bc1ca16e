"""Names inside a sentence: with the article that they take; and whose a figure is, where the text names somebody or something."""

from __future__ import annotations

import re

from kg.english.events import populations
from kg.english.inflection import is_plural, singular
from kg.english.lists import listed
from kg.english.places import named as peoples
from kg.model import Claim

_BODIES = frozenset(listed("comparison_words", "body"))
_DETERMINED = frozenset(listed("comparison_words", "determiner"))
_GROUPS = frozenset(listed("comparison_words", "group_name"))
_NOBODY = frozenset(listed("comparison_words", "nobody"))


def named(name: str) -> str:
    """A name with the article that it takes.

    >>> named("Interior Ministry"), named("Kyrgyz government"), named("RFE/RL"), named("official data")
    ('the Interior Ministry', 'the Kyrgyz government', 'RFE/RL', 'official data')
    """
    words = re.findall(r"[\w/’'-]+", name)
    if not words:
        return name
    if words[0].lower() in _DETERMINED:
        return f"{name[:1].lower()}{name[1:]}"
    of = next((i for i, w in enumerate(words) if w.lower() in ("of", "for", "on", "in")), len(words))
    heads = {words[of - 1].lower() if of else "", words[-1].lower()}
    return f"the {name}" if heads & _BODIES and "'s" not in name.split(" ")[0] else name


def owner(claim: Claim) -> str:
    """Whose the counted are, or who did it to them, as it stands inside a sentence; "" where the text names nobody: a pronoun, a
    time of the day, or the counted themselves.

    >>> def of(whose):
    ...     return owner(Claim("s", "f", "a", None, "", None, None, "2", content="Divers found 2", whose=whose, population="plan"))
    >>> of("The security services"), of("one"), of("The plan"), of("Divers")
    ('the security services', '', '', 'divers')
    """
    name = (claim.whose or "").strip()
    bare = re.sub(r"^(?:the|a|an)\s+", "", name, flags=re.IGNORECASE).lower()
    last = bare.rsplit(" ", 1)[-1]
    itself = bare and bare in (claim.population.lower(), claim.unit.lower())
    if not bare or bare in _NOBODY or itself or name[:1].isdigit() or re.search(r"['’]s? \w*death$", bare):
        return ""
    if bare == name and " " not in bare and bare.endswith("s") and not is_person(last):
        return ""  # a verb that was taken for a noun: "claims to have killed"
    if name.istitle() and " " not in name and _is_common(last, name, claim):
        name = name.lower()
    return named(name)


def _is_common(word: str, name: str, claim: Claim) -> bool:
    """Whether a word is a common noun that has its capital from the beginning of the sentence."""
    people = any(one[:1].isupper() for one in peoples(name))  # of a country: "Palestinians"
    begins = claim.content.startswith(f"{name} ") and is_plural(word) and word not in _GROUPS and not people
    return is_person(word) or begins


def is_person(noun: str) -> bool:
    """Whether a common noun in the plural is one of the tables for people: "rescuers"."""
    return noun in _BODIES or (is_plural(noun) and singular(noun) in populations())

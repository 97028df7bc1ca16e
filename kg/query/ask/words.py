"""The words of questions: which of them mean the same, which say nothing, and how a word is brought to its plain form.

General English about asking; no name of anybody. What no list has is matched as it is.
"""

from __future__ import annotations

import re
from functools import cache

from kg.english.events import event, events
from kg.english.inflection import participle, past_forms, plural
from kg.english.lists import entries, listed, records, rows

_CANON = {form: row["word"] for row in records("question_synonyms") for form in entries(row["forms"])}

FILLERS = frozenset(listed("question_words", "filler"))
"""Words that say nothing of what is asked."""

LIGHT = frozenset(listed("question_words", "light"))
"""Words that say little: they weigh a tenth."""

GENERIC = frozenset(listed("question_words", "generic"))
"""What is counted in any question of how many people: no search word where there is another."""

COUNTING = frozenset(listed("question_words", "counting"))
"""The words before what is counted."""

LEADING = frozenset(listed("question_words", "leading"))
"""Prepositions before a slot."""

TYPES = {form: row["type"] for row in records("question_types") for form in entries(row["forms"])}
"""The types of actors by the words that name them."""

_UNLIKE = frozenset(listed("question_words", "unlike"))
_LOOKED_FOR = {row["form"]: row["looked_for"] for row in records("question_forms")}


def canonical(word: str) -> str:
    """The word that stands for all that mean the same in a question.

    >>> canonical("contradicts"), canonical("told"), canonical("salmon")
    ('disagree', 'say', 'salmon')
    """
    if word in _CANON:
        return _CANON[word]
    for ending in ("s", "es", "ed", "d", "ing"):  # a form that nobody listed
        if word.endswith(ending) and word.removesuffix(ending) in _CANON:
            return _CANON[word.removesuffix(ending)]
    return word


@cache
def known() -> frozenset[str]:
    """All forms of the words of questions: they are no names."""
    return frozenset(_CANON) | FILLERS | LIGHT


@cache
def cue_verbs() -> dict[str, tuple[str, ...]]:
    """The verbs of saying that tell how it is said, by each of their forms: what questions mean by “say” is none."""
    found: dict[str, tuple[str, ...]] = {}
    irregular = {lemma: past for past, lemma in past_forms().items()}
    for lemma in dict.fromkeys(row[0].split(" ", 1)[0] for row in rows("cues")):
        forms = tuple(dict.fromkeys((lemma, plural(lemma), participle(lemma), irregular.get(lemma, lemma))))
        if not known().intersection(forms):
            found |= dict.fromkeys(forms, forms)
    return found


def looked_for(word: str) -> str | list[str]:
    """What to look for in a text for a word of a question: its beginning; of what happened, all verbs that mean the same.

    >>> looked_for("women"), looked_for("wounded")[:3]
    ('women', ['wound', 'injure', 'hurt'])
    """
    lemma = plain_form(word)
    group = event(lemma).group
    if lemma not in events() or group in _UNLIKE:
        return lemma
    alike = [one.lemma for one in events().values() if one.group == group and one.lemma not in known()]
    return list(dict.fromkeys([lemma, *alike]))


def plain_form(word: str) -> str:
    """What to look for in the words of a figure: the beginning that the forms of a word share.

    >>> [plain_form(word) for word in ("killed", "died", "fighters", "women", "detained", "families", "spent")]
    ['kill', 'die', 'fighter', 'women', 'detain', 'famil', 'spend']
    """
    if word in _LOOKED_FOR:
        return _LOOKED_FOR[word]
    if word in past_forms():
        return past_forms()[word]
    if word.endswith("ies") and len(word) > 5:
        return word[:-3]
    if word.endswith("ed") and len(word) > 4:
        stem = word[:-2]
        return stem[:-1] if re.search(r"([^aeiouls])\1$", stem) else stem
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word

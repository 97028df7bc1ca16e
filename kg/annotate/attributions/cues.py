"""The lexicon of cues: which words attribute content to a source, with which stance and in which frames."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg.english.inflection import past_forms
from kg.english.lists import listed, rows
from kg.model import Stance

# Auxiliaries that make the saying itself possible or wished for, not done.
_UNREAL = frozenset(listed("function_words", "unreal"))
_IF = frozenset(("if", "unless"))
_INSTEAD = frozenset(("instead of", "rather than"))
# What goes on or seems so is said all the same: "went on to say".
_UTTERED = frozenset(listed("attribution_words", "uttered"))


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue verb; ``frames``: c clause, q quotation, i infinitive, o object, p preposition, a predicate."""

    lemma: str
    stance: Stance
    frames: str


@cache
def verbs() -> dict[str, Cue]:
    """Lemma (with its particle after a blank) → cue."""
    return {row[0]: Cue(row[0], Stance(row[1]), row[2]) for row in rows("cues")}


@cache
def nouns() -> dict[str, Stance]:
    """Noun → stance ("claim", "estimate", "denial")."""
    return {row[0]: Stance(row[1]) for row in rows("nominal_cues")}


@cache
def adjectives() -> dict[str, Stance]:
    """Predicative adjective or participle → stance ("is concerned that", "was sure")."""
    return {row[0]: Stance(row[1]) for row in rows("adjective_cues")}


def of_verb(token: Token) -> tuple[Cue, list[Token]] | None:
    """The cue that a verb is, with the particles or prepositions that belong to it, or ``None``.

    "pointed out" and "called for" are found before "pointed" and "called".
    """
    if token.pos_ not in ("VERB", "AUX", "NOUN", "ADJ", "PROPN") and token.tag_[:2] != "VB":
        return None
    if _of_a_name(token):
        return None
    table = verbs()
    lemma = lemma_of(token)
    for child in token.children:
        if child.dep_ in ("prt", "prep") and child.i > token.i:
            cue = table.get(f"{lemma} {child.lower_}")
            if cue:
                return cue, [child]
    if token.i + 1 < len(token.doc):
        cue = table.get(f"{lemma} {token.nbor().lower_}")
        if cue and token.nbor().pos_ in ("ADP", "ADV", "PART", "ADJ"):
            return cue, [token.nbor()]
    if token.tag_[:2] != "VB" and not _misread(token):
        return None
    cue = table.get(lemma)
    return (cue, []) if cue else None


def _of_a_name(token: Token) -> bool:
    """ "Abdel Said Bakar": a capital inside a sentence between two others, or in a person's name."""
    if not token.text[:1].isupper() or token.is_sent_start:
        return False
    between = token.i + 1 < len(token.doc) and token.nbor().text[:1].isupper() and token.nbor(-1).text[:1].isupper()
    return token.ent_type_ == "PERSON" or (between and token.lower_ == "said")


def lemma_of(token: Token) -> str:
    """The lemma in lower case; where the lemmatiser's is no cue ("hoped" → "hop") but another base form is, that one."""
    lemma = token.lemma_.lower()
    if lemma in verbs() or token.tag_[:2] != "VB":
        return lemma
    return next((form for form in _lemmas(token.lower_)[1:] if form in verbs()), lemma)


def _misread(token: Token) -> bool:
    """Whether the tagger took a verb for a noun ("Analysts estimate that …"): it has a subject and a clause of its own."""
    kinds = {c.dep_ for c in token.children}
    return token.tag_ in ("NN", "NNS") and "nsubj" in kinds and bool(kinds & {"ccomp", "xcomp"})


def unreal(token: Token) -> bool:
    """Whether the saying is only possible ("can show that …", "should say", "if they call it …", "instead of calling it …") and nobody
    has said it.
    """
    if any(c.dep_ == "aux" and c.lower_ in _UNREAL for c in token.children):
        return True
    if token.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _IF for c in token.children):
        return True
    before = token.doc[token.i - 2 : token.i].text.lower() if token.i > 1 else ""
    return token.tag_ == "VBG" and before in _INSTEAD


def negated(token: Token) -> bool:
    """Whether the cue is negated: "did not say", "never claimed", "nobody said"."""
    return any(c.dep_ == "neg" or c.lower_ in ("not", "n't", "never") for c in token.children) or any(
        c.dep_ == "nsubj" and c.lower_ in ("nobody", "none", "neither") for c in token.children
    )


def purpose(token: Token) -> bool:
    """Whether the cue is an infinitive of purpose or wish ("to support it"), which nobody has uttered."""
    return (
        token.tag_ == "VB"
        and any(c.dep_ == "aux" and c.lower_ == "to" for c in token.children)
        and token.head.lemma_.lower() not in _UTTERED
    )


def stance_of(cue: str) -> Stance | None:
    """The stance of a cue by its words alone, or ``None`` for one that no table has.

    >>> stance_of("has repeatedly denied"), stance_of("according to"), stance_of("'s promise"), stance_of("tie")
    (<Stance.DENIED: 'denied'>, <Stance.SAID: 'said'>, <Stance.PROMISED: 'promised'>, None)
    """
    words = cue.lower().replace("’", "'").split()
    if "according" in words or cue.strip() in (":", "—", "–", "―", "--", "-"):
        return Stance.SAID
    forms = [_lemmas(word.strip(".,:;'\"()")) for word in words]
    for first, second in zip(forms, words[1:], strict=False):
        for lemma in first:
            if f"{lemma} {second}" in verbs():
                return verbs()[f"{lemma} {second}"].stance
    for form in reversed(forms):
        for lemma in form:
            stance = verbs()[lemma].stance if lemma in verbs() else nouns().get(lemma) or adjectives().get(lemma)
            if stance is not None:
                return stance
    return None


def _lemmas(word: str) -> list[str]:
    """Possible base forms of an inflected word, the likeliest first."""
    out = [past_forms().get(word, word)]
    for ending in ("ing", "ed", "es", "s", "d"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            out += [stem, stem + "e"]
            if stem[-1] == stem[-2]:
                out.append(stem[:-1])
            if stem[-1] == "i":
                out.append(stem[:-1] + "y")
    return out

"""What a quantity counts or measures: the counted noun and its readable description."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.annotate.parse import units
from kg.annotate.parse.quantities import Quantity, in_series_with_next, sentence, text_of
from kg.english.lists import classed, listed

_INSIDE = frozenset({"nummod", "compound", "amod", "quantmod", "nmod", "det", "predet", "npadvmod", "poss", "advmod"})
_STATES = frozenset(listed("figure_words", "state"))
# Verbs that say how many or how much their subject is.
MEASURING = frozenset(listed("figure_words", "measuring"))
_AGENTS = listed("figure_words", "agent_ending")
EMPTY = frozenset(listed("figure_words", "empty_noun"))
_VAGUE_NOUNS = frozenset(listed("figure_words", "sum_noun"))
_SETTING = frozenset({"put", "place", "set", "fix"})
_MODIFIERS = ("amod", "compound", "nmod")
SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
_OWNERS = frozenset(listed("figure_words", "owner"))
_OF_THEM = frozenset(listed("figure_words", "of_them"))
_OF_NUMBERS = frozenset(listed("figure_words", "of_numbers"))


def noun(doc: Doc, q: Quantity) -> Token | None:
    """The noun that a number counts ("30 [soldiers]", "half of the [voters]") or a measure belongs to ("a 3% [tax]")."""
    if in_series_with_next(text_of(doc), q):
        later = next((t for t in doc[q.last + 1 : q.last + 12] if t.pos_ == "NOUN" and not t.text.endswith("-")), None)
        return _head(later) if later is not None else None
    if q.unit is None and text_of(doc)[q.end : q.end + 1] == "-":  # "a 30-member panel": members, and one panel
        if any(t.lower_ == "strong" for t in doc[q.last + 1 : q.last + 3]):  # "a 22-strong team"
            return next((t for t in doc[q.last + 3 : q.last + 7] if t.pos_ in ("NOUN", "PROPN")), None)
        return next((t for t in doc[q.last + 1 : q.last + 3] if t.pos_ in ("NOUN", "PROPN", "ADJ")), None)
    predicate = _predicate(doc, q)
    if predicate is not None:
        return predicate
    of = _of(doc, q)
    if of is not None:
        return of
    following = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if following is not None and following.lower_ == "as" and q.last + 2 < len(doc):
        following = doc[q.last + 2]  # "1,320 as missing"
    if following is not None and q.unit is None and (following.lower_ in _STATES or _is_plural(following, q)):
        return following
    if q.per or _is_adverbial(doc, q) or (q.unit is None and units.rate(text_of(doc), q.end) is not None):
        return None
    anchor = anchor_of(doc, q)
    head = anchor.head
    if _is_on_year(doc, q):
        return None
    if (
        anchor.dep_ in _INSIDE
        and head.pos_ in ("NOUN", "PROPN")
        and head.i > q.last
        and _no_break(doc, q.last + 1, head.i)
    ):
        return _head(head)
    found = _ahead(doc, q)
    if found is not None:
        return found
    if q.unit is None:
        return _said_to_be(doc, q, head)
    return None


def _is_plural(token: Token, q: Quantity) -> bool:
    """Whether a plural is taken for a verb: "1,600 [leads] on frauds", where a verb would have no -s."""
    verb = (
        token.tag_ == "VBZ"
        and token.pos_ == "VERB"
        and not any(c.dep_ in ("dobj", "ccomp", "xcomp") for c in token.children)
    )
    return verb and q.low != 1 and not q.fraction and token.lower_.endswith("s")


def _is_on_year(doc: Doc, q: Quantity) -> bool:
    """ "rose 14 per cent year-on-year": what a measure is held against is not what it counts."""
    behind = [t.lower_ for t in doc[q.last + 1 : q.last + 4]]
    inside = [t.lower_ for t in doc[q.last : q.last + 3]]
    return any(len(run) == 3 and run[1:] == ["-", "on"] for run in (behind, inside))


def is_people(token: Token) -> bool:
    """Whether a noun counts people: a table of such nouns, nationality words, "dead"; other names of agents ("welders") where
    they do or suffer what only people do."""
    lemma = token.lemma_.lower()
    if (
        lemma in classed("people", "noun")
        or token.ent_type_ == "NORP"
        or token.lower_ in _STATES
        or token.lower_ == "people"
    ):
        return True
    verb = token.head.lemma_.lower() if token.dep_ in ("nsubj", "nsubjpass", "dobj") else ""
    return lemma.endswith(_AGENTS) and verb in classed("people", "verb")


def population(token: Token | None, q: Quantity | None = None) -> str:
    """The counted noun with its adjectives and nationality words, without the number.

    >>> import spacy; from kg.annotate.parse.parsing import load
    >>> population(load()("More than 40 Kenyan police officers died.")[5])
    'Kenyan police officers'
    """
    if token is None:
        return ""
    parts = [
        w
        for w in modifiers(token)
        if not (q is not None and (q.first <= w.i <= q.last or _apart(w, q)))
        and w.lower_ not in EMPTY
        and w.lower_ not in _OF_NUMBERS
    ]
    kept = [w for w in parts if w.text[:1].isalnum() and not w.text.endswith("-")]
    words = " ".join(dict.fromkeys(written(w, q) for w in (*kept, token)))
    behind = token.doc[token.i + 1 : token.i + 3]
    return (
        f"{words} {behind.text}"
        if len(behind) == 2 and behind[0].lower_ == "per" and q is not None and q.unit
        else words
    )


def _apart(word: Token, q: Quantity) -> bool:
    """Whether a dash stands between a name and the number behind it: "the poet Johann Berg – [two] people"."""
    named = word.pos_ == "PROPN" and word.i < q.first
    return named and any(t.text in "–—" for t in word.doc[word.i + 1 : q.first])


def moving() -> frozenset[str]:
    return classed("changes", "up") | classed("changes", "down")


def written(token: Token, q: Quantity | None = None) -> str:
    """The whole written word that a token is a piece of: "London-based" for "London"."""
    doc, first, last = token.doc, token.i, token.i
    while (
        first > 1 and doc[first - 1].text == "-" and not doc[first - 1].whitespace_ and not doc[first - 2].whitespace_
    ):
        first -= 2
    while (
        last + 2 < len(doc)
        and doc[last + 1].text == "-"
        and not doc[last].whitespace_
        and not doc[last + 1].whitespace_
    ):
        last += 2
    return token.text if q is not None and first <= q.last and q.first <= last else str(doc[first : last + 1].text)


def anchor_of(doc: Doc, q: Quantity) -> Token:
    """The token of the quantity whose head lies outside of it."""
    for token in reversed(doc[q.first : q.last + 1]):
        if not q.first <= token.head.i <= q.last or token.head.i == token.i:
            return token
    return doc[q.last]


def modifiers(token: Token) -> Iterator[Token]:
    for w in token.lefts:
        if w.dep_ in _MODIFIERS and not w.like_num and w.pos_ in ("ADJ", "NOUN", "PROPN", "VERB"):
            yield from modifiers(w)
            yield w


def _predicate(doc: Doc, q: Quantity) -> Token | None:
    """ "around 30 of the X who joined are [women]", "of whom 50 were [women]": the predicate narrows what is counted.

    Read off the words, not off the tree: the finite verb behind "who" is the relative clause's, the next one the sentence's.
    """
    if q.unit is not None or q.last + 1 >= len(doc):
        return None
    first = _behind(doc, q)
    if first is None or (first.lower_ != "of" and first.lemma_ != "be"):
        return None
    relative = False
    for verb in doc[first.i : min(first.i + 24, sentence(doc, first.i).end)]:
        if verb.lower_ in ("who", "that", "which"):
            relative = True
        if verb.text in ",;:" or verb.tag_ not in ("VBZ", "VBP", "VBD", "MD") or verb.text.isupper():
            continue
        if relative:
            relative = False
            continue
        if verb.lemma_ != "be":
            return None
        for t in doc[verb.i + 1 : verb.i + 6]:
            if t.tag_ in ("NNS", "NNPS"):
                return _head(t)
            if t.pos_ not in ("ADJ", "ADV", "NOUN", "PROPN"):
                return None
        return None
    return None


def _behind(doc: Doc, q: Quantity) -> Token | None:
    """The token behind a number, or behind "or 150," or "half, or 150," in front of "of"."""
    after = doc[q.last + 1] if q.last + 1 < len(doc) else None
    if after is None or after.text != ",":
        return after
    if q.first and doc[q.first - 1].lower_ == "or":
        return doc[after.i + 1] if after.i + 1 < len(doc) else after
    if q.fraction and after.i + 4 < len(doc) and doc[after.i + 1].lower_ == "or" and doc[after.i + 3].text == ",":
        return doc[after.i + 4]
    return after


def _of(doc: Doc, q: Quantity) -> Token | None:
    """ "half of the [voters]", "2 tonnes of [grain]"; not "12 of May"."""
    nxt = _behind(doc, q)
    if nxt is not None and nxt.lower_ == "out" and q.last + 2 < len(doc):
        nxt = doc[q.last + 2]  # "four out of eight samples"
    if nxt is None or not (nxt.lower_ == "of" or (q.fraction and nxt.lower_ in _OWNERS)):
        return None
    if nxt.lower_ == "of" and q.last + 2 < len(doc) and doc[q.last + 2].lower_ in _OF_THEM:
        return _before_relative(doc, q, doc[q.last + 2])
    for t in doc[nxt.i + 1 : nxt.i + 14]:
        if t.lower_ in _STATES and doc[t.i - 1].lower_ in _OWNERS and not _before_noun(doc, t.i):
            return t  # "27 of the dead"
        if t.pos_ in ("NOUN", "PROPN") and not is_glued(t):
            head = _head(t)
            follows = doc[head.i + 1] if head.i + 1 < len(doc) else None
            if follows is not None and follows.tag_ == "POS":
                continue
            return head
        if (
            t.pos_ in ("VERB", "AUX", "PUNCT", "ADP", "SCONJ")
            and t.text not in ('"', "“", "-")
            and t.tag_ not in ("VBN", "VBG")
        ):
            break
    return None


def _before_relative(doc: Doc, q: Quantity, relative: Token) -> Token | None:
    """The noun that "40,000 of whom" tells a part of, right before the comma, where no number counts it; totals are linked later."""
    first = q.first
    while first > 1 and doc[first - 1].pos_ in ("ADV", "DET", "ADP") and doc[first - 1].text != ",":
        first -= 1
    noun = doc[first - 2] if first > 1 and doc[first - 1].text == "," else None
    if noun is None or relative.lower_ not in ("whom", "which") or noun.tag_ not in ("NNS", "NNPS"):
        return None
    return None if any(t.like_num for t in doc[max(0, noun.i - 5) : noun.i]) else noun


def is_glued(token: Token) -> bool:
    """Letters behind digits that a tokeniser cut off: the "M" of "4.3M"."""
    return token.idx > 0 and text_of(token.doc)[token.idx - 1].isdigit()


def _head(token: Token) -> Token:
    """The last noun of the compound that a noun begins."""
    doc = token.doc
    while (
        token.i + 1 < len(doc)
        and token.tag_ not in ("NNS", "NNPS")
        and doc[token.i + 1].pos_ in ("NOUN", "PROPN")
        and token.dep_ in ("compound", "nmod", "amod", "nummod", "poss", "npadvmod")
        and token.head.i > token.i
    ):
        token = doc[token.i + 1]
    return token


def _is_adverbial(doc: Doc, q: Quantity) -> bool:
    """ "rose 3 percent Monday": a measure behind its verb, with what follows outside."""
    return (
        q.unit is not None
        and doc[q.last].dep_ in ("npadvmod",)
        and doc[q.last].head.pos_ in ("VERB",)
        and (q.last + 1 >= len(doc) or doc[q.last + 1].pos_ not in ("NOUN", "ADJ"))
    )


def _no_break(doc: Doc, start: int, end: int) -> bool:
    return not any(
        (t.pos_ in ("VERB", "AUX", "ADP") and t.tag_ not in ("VBN", "VBG")) or t.text in ",;:()" for t in doc[start:end]
    )


def _ahead(doc: Doc, q: Quantity) -> Token | None:
    """The noun that stands right behind the number or its adjectives, where the parse gave none."""
    for t in doc[q.last + 1 : q.last + 6]:
        if t.pos_ in ("NOUN", "PROPN"):
            if q.unit is not None and (t.pos_ == "PROPN" or t.dep_ in ("nsubj", "nsubjpass", "npadvmod")):
                return None
            return _head(t)
        if t.pos_ not in ("ADJ", "ADV", "DET", "NUM", "PUNCT") and t.tag_ not in ("VBN", "VBG", "JJ"):
            break
        if (
            t.text in ",.;:()"
            or (q.unit is not None and t.pos_ in ("DET", "ADV"))
            or t.lower_ in ("later", "ago", "earlier")
        ):
            break
        if t.tag_ in ("VBN", "VBG") and not _before_noun(doc, t.i):
            break
    return None


def _before_noun(doc: Doc, i: int) -> bool:
    return i + 1 < len(doc) and doc[i + 1].pos_ in ("NOUN", "PROPN")


def _set_at(verb: Token, q: Quantity) -> Token | None:
    """ "The council put the number of [dead] at 40", "put the death [toll] at 40": what the object counts."""
    for child in verb.children:
        if child.dep_ != "dobj" or child.i > q.first or child.lemma_.lower() not in _VAGUE_NOUNS:
            continue
        if child.lemma_.lower() == "toll":
            return child
        of = next((p for p in child.children if p.lower_ == "of"), None)
        return next((g for g in of.children if g.dep_ == "pobj"), None) if of is not None else None
    return None


def _said_to_be(doc: Doc, q: Quantity, head: Token) -> Token | None:
    """ "the number of victims was 50": what the subject's "of" counts; "the [victims] numbered 50"."""
    verb = head
    for _ in range(3):
        if verb.pos_ in ("VERB", "AUX"):
            break
        verb = verb.head
    if verb.lemma_.lower() in _SETTING and head.lower_ == "at":
        return _set_at(verb, q)
    if verb.lemma_.lower() not in MEASURING and verb.lemma_.lower() not in moving():
        return None
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS and c.i < q.first), None)
    if subject is None:
        return None
    if subject.lemma_.lower() == "toll":
        return subject
    if subject.lemma_.lower() in _VAGUE_NOUNS:
        for prep in subject.children:
            if prep.dep_ == "prep" and prep.lower_ in ("of", "for"):
                return next((g for g in prep.children if g.dep_ == "pobj" and g.pos_ in ("NOUN", "PROPN")), None)
        return None
    return subject if subject.tag_ in ("NNS", "NNPS") and verb.lemma_.lower() in ("number", "total") else None

"""Where the content of an attribution begins and ends."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Passage
from kg.annotate.parse import clauses
from kg.annotate.parse.clauses import SUBJECTS, TENSED, edges
from kg.english.lists import listed

# What goes on behind these is the writer's.
_CONCESSIONS = ("although", "though")


def pull_left(passage: Passage, verb: Token, start: int, begin: int) -> int:
    """The clause begins right after the cue when only adverbs, or a lost subject, stand between."""
    doc = passage.doc
    gap = doc[start:begin]
    if len(gap) and gap[0].lower_ == "between" and any(t.like_num for t in gap):
        return start  # "said between 200 and 300 sailors drowned"
    own = {
        i
        for c in verb.children
        if c.dep_ in ("dobj", "dative", "npadvmod", "prep", "advmod", "agent", "tmod", "prt")
        for i in [t.i for t in c.subtree]
    }
    if gap and not any(t.i in own for t in gap) and not any(t.text in ",:;" for t in gap):
        return start
    return begin


def that_after(passage: Passage, start: int, last: int) -> int | None:
    """ "that" within a short reach of the cue, with a tensed verb behind it: a clause hung elsewhere. One that stands for a noun is
    none ("agreed to hear testimony that incriminates the dealer"), but the noun with it where it is the cue's object.
    """
    doc = passage.doc
    for i in range(start, min(start + 10, last)):
        if (
            doc[i].lower_ == "that"
            and doc[i].tag_ in ("IN", "WDT")
            and any(t.tag_ in TENSED for t in doc[i + 1 : last + 1])
        ):
            return _object_before(passage, i, start) if _stands_for_noun(passage, i, start) else i
        if doc[i].tag_ in TENSED or doc[i].text in ',;:."“':
            return None
    return None


def _stands_for_noun(passage: Passage, that: int, start: int) -> bool:
    """Whether a "that" behind other words of the cue's clause is the subject of its own: a verb follows, and no subject."""
    doc = passage.doc
    behind = that + 1
    while behind + 1 < len(doc) and doc[behind].pos_ == "ADV":
        behind += 1
    return that > start and doc[that - 1].pos_ in ("NOUN", "PROPN") and doc[behind].tag_ in TENSED


def _object_before(passage: Passage, that: int, start: int) -> int | None:
    """Where the object begins that a relative clause is on: "detailed [sales that helped the mayor]"."""
    noun = passage.doc[that - 1]
    thing = next((t for t in (noun, *noun.ancestors) if t.dep_ == "dobj"), None)
    if thing is None or thing.head.i >= start:
        return None
    left = edges(thing)[0]
    return left if start <= left <= start + 1 else None


def cut(passage: Passage, begin: int, end: int) -> int:
    """The last token of a content that starts at ``begin``: before ", adding that", ", according to", ", he said", and before what
    another says behind a semicolon.
    """
    doc = passage.doc
    end = before_another(passage, begin, end)
    for i in range(begin + 2, end):
        if disputed_at(passage, i) is not None and passage.quote_at(i) is None:
            return i - 1
        if doc[i].text != "," or passage.quote_at(i) is not None:
            continue
        after = doc[i + 1]
        if after.lower_ == "according" or (after.tag_ == "VBG" and after.lemma_.lower() in cues.verbs()):
            return i - 1
        if after.lower_ in _CONCESSIONS:
            return i - 1
    for i in range(begin + 3, end - 1):
        if doc[i].dep_ == "cc" and passage.quote_at(i) is None and _says_on(doc[i + 1]):
            end = i - 1
            break
    while end > begin and doc[end].text in ".,;:":
        end -= 1
    return end


class Aside(NamedTuple):
    """First and last token of who denies something in an aside, and of the cue."""

    source: tuple[int, int]
    cue: tuple[int, int]


def disputed_at(passage: Passage, mark: int) -> Aside | None:
    """The aside behind a comma or dash in which somebody denies what stands before it: ", a claim NAME denies", ", which she disputes"."""
    doc = passage.doc
    if doc[mark].text not in _ASIDES or mark + 3 >= len(doc):
        return None
    start = mark + 1
    bare = doc[start].lower_ in ("something", "which")
    if not bare:
        noun = next((i for i in range(start, min(start + _LONGEST_NAMING, len(doc))) if doc[i].pos_ == "NOUN"), None)
        if doc[start].lower_ not in ("a", "an") or noun is None or doc[noun].lemma_.lower() not in _DISPUTED:
            return None
        start = noun
    start += 1 + (doc[start + 1].lower_ in ("that", "which"))
    end = next((i for i in range(start, min(start + _LONGEST_DENIER, len(doc))) if _is_verb(doc[i])), None)
    while end is not None and end + 1 < len(doc) and (doc[end].pos_ == "AUX" or doc[end].lower_ == "have"):
        end = next((i for i in range(end + 1, min(end + 4, len(doc))) if doc[i].tag_[:2] == "VB"), None)
    if end is None or end == start or doc[end].lemma_.lower() not in _DENIALS or cues.negated(doc[end]):
        return None
    last = next(i for i in range(end, start - 1, -1) if i == start or doc[i - 1].pos_ not in ("AUX", "ADV")) - 1
    named = any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in doc[start : last + 1])
    goes_on = doc[mark + 1].lower_ == "which" and end + 1 < len(doc) and doc[end + 1].text not in ".!?"
    apart = any(t.text in ",;:—–" for t in _without_name(doc[start : last + 1]))
    if not named or goes_on or apart:
        return None
    first, _ = passage.sentence(doc[mark])
    told = any(t.tag_ in TENSED for t in doc[first:mark])  # not "The court, which the minister rejected, met"
    return Aside((start, last), (last + 1, end)) if told else None


def _without_name(words: TokenSpan) -> TokenSpan:
    """A phrase up to the name that stands between commas at its end: "the company, Lake Lines,"."""
    if len(words) < 4 or words[-1].text != ",":
        return words
    comma = next((t.i for t in words[:-1] if t.text == ","), None)
    name = words.doc[comma + 1 : words.end - 1] if comma is not None else words[:0]
    return words.doc[words.start : comma] if len(name) and all(t.pos_ == "PROPN" for t in name) else words


def _is_verb(token: Token) -> bool:
    """Whether a word is a verb, also one that the tagger took for a noun at the end of its clause: "a claim his family disputes"."""
    ends = token.i + 1 < len(token.doc) and token.nbor().is_punct
    return token.tag_[:2] == "VB" or (ends and token.lemma_.lower() in _DENIALS)


def gap_at(passage: Passage, joint: int) -> Aside | None:
    """A second speaker behind "and" whose verb is left out: "spoke of 42 and [the operator, NAME,] [of] 38". The cue is the
    preposition, which stands before the first number, too, or the conjunction where neither has one.
    """
    doc = passage.doc
    if doc[joint].lower_ not in ("and", "but"):
        return None
    end = next(
        (i for i in range(joint + 1, min(joint + _LONGEST_DENIER, len(doc))) if doc[i].pos_ not in _PHRASE), len(doc)
    )
    before = end < len(doc) and doc[end].pos_ == "ADP"
    number = end + before
    if number >= len(doc) or doc[number].tag_ != "CD" or not _closes(passage, number):
        return None
    source = (joint + 1, end - 1 - (doc[end - 1].text == ","))
    named = any(t.pos_ in ("NOUN", "PROPN") for t in doc[source[0] : source[1] + 1])
    first, _ = passage.sentence(doc[joint])
    earlier = next((t for t in reversed(doc[first:joint]) if t.tag_ == "CD"), None)
    if not named or earlier is None or earlier.i < 1 or any(t.tag_ in TENSED for t in doc[earlier.i : joint]):
        return None
    lead = doc[earlier.i - 1]
    if (lead.lower_ != doc[end].lower_) if before else lead.tag_ not in TENSED:
        return None
    return Aside(source, (end, end) if before else (joint, joint))


def _closes(passage: Passage, number: int) -> bool:
    """Whether a clause ends behind a number, or what it counts is told by one noun more."""
    behind = passage.doc[number + 1 : number + 3]
    return any(t.is_punct for t in behind) or len(behind) < 2


_PHRASE = ("DET", "ADJ", "NOUN", "PROPN", "PART", "PUNCT")
_JOINTS = ("and", "but", "while", "whereas")
_ASIDES = (",", "-", "–", "—")
_LONGEST_NAMING, _LONGEST_DENIER = 4, 12  # words
_DISPUTED = frozenset(listed("attribution_words", "disputed"))
_DENIALS = frozenset(listed("attribution_words", "disputing"))


def before_another(passage: Passage, begin: int, end: int) -> int:
    """Where a content ends before a semicolon or ", and" with another speaker behind it: "…; organisers claimed 80,000"."""
    doc = passage.doc
    for i in range(begin, end - 1):
        if gap_at(passage, i) is not None and passage.quote_at(i) is None:
            return i - 1
        joint = doc[i].text == ";" or (doc[i].text == "," and doc[i + 1].lower_ in _JOINTS)
        if joint and passage.quote_at(i) is None and _another_speaks(passage, i + 1, end):
            return i - 1
    return end


def _another_speaks(passage: Passage, begin: int, end: int) -> bool:
    """Whether a clause has somebody who says something, and is no pronoun for who spoke before."""
    doc = passage.doc
    clause_end = next((i for i in range(begin, end + 1) if doc[i].text == ";"), end + 1)
    for token in doc[begin:clause_end]:
        if token.tag_ not in TENSED or passage.quote_at(token.i) is not None:
            continue
        subject = clauses.subject(token)
        speaks = cues.of_verb(token) is not None and subject is not None and begin <= subject.i < token.i
        return speaks and subject is not None and subject.pos_ != "PRON"
    return False


def behind_another(passage: Passage, first: int, end: int) -> int:
    """Where a content begins behind a semicolon with somebody else's cue before it: "NAME warned that …; by noon, 37 had gone"."""
    doc = passage.doc
    mark = next((i for i in range(end - 1, first, -1) if doc[i].text == ";"), None)
    if mark is None or not any(t.tag_ in TENSED and cues.of_verb(t) is not None for t in doc[first:mark]):
        return first
    return mark + 1


def _says_on(token: Token) -> bool:
    """ "X confirmed that A died and said …"."""
    speaks = token.lemma_.lower() in ("say", "add") and token.tag_ == "VBD" and token.dep_ == "conj"
    return speaks and any(c.dep_ == "ccomp" for c in token.children) and token.head.dep_ == "ccomp"


def conjoined(passage: Passage, verb: Token, begin: int, end: int) -> int:
    """The last token of a content "that A happened, and B did" whose later clauses the parse hung on the cue: each has a
    subject of its own, which is no pronoun for the speaker, and no cue.
    """
    if passage.doc[begin].lower_ != "that":
        return end
    for clause in verb.children:
        if clause.dep_ != "conj" or clause.i <= end or cues.of_verb(clause) is not None:
            continue
        subject = next((c for c in clause.children if c.dep_ in (*SUBJECTS, "expl") and c.i < clause.i), None)
        tensed = clause.tag_ in TENSED or any(c.tag_ in TENSED for c in clause.children)
        if subject is None or not tensed or (subject.pos_ == "PRON" and subject.dep_ != "expl"):
            break
        left, right = edges(clause)
        between = passage.doc[end + 1 : left]
        if any(t.text not in (",", ";") and t.dep_ != "cc" for t in between):
            break
        end = right
    return end


def through_quotation(passage: Passage, begin: int, end: int) -> int:
    """A content that ends inside a quotation goes on to the quotation's end: nobody else speaks in it."""
    for first, last in passage.ranges:
        if begin <= first <= end < last:
            return last
    return end

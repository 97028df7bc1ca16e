"""Reading a dependency parse: the subject of a verb, whole noun phrases, whole clauses, the words of a cue.

The parser loses subjects before long appositives and cuts noun phrases at commas; the repairs here rest on the
punctuation that English puts around an apposition (Huddleston and Pullum 2002, ch. 15 §5).
"""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as TokenSpan

from kg.english import kinds, titles
from kg.english.events import events

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")
TENSED = ("VBD", "VBZ", "VBP", "MD")
RELATIVES = ("WP", "WDT", "WP$")
_OPENERS, _CLOSERS = "“\"„«‘'(", "”\"»’')"


def subject(verb: Token) -> Token | None:
    """The head of the verb's subject: its own, or the one that it shares with the verb it depends on.

    A conjoined verb, a participle ("…, adding that") and an infinitive share the subject of their head; a participle
    after a noun has that noun. An expletive ("it is said") is no subject.
    """
    seen = 0
    start = verb
    while verb is not None and seen < 6:
        for child in verb.children:
            if child.dep_ in ("nsubj", "nsubjpass", "csubj") and child.i != start.i:
                return child if child.dep_ != "csubj" else None
            if child.dep_ == "expl":
                return None
        if verb.dep_ == "acl" and verb.tag_ == "VB" and not titles.is_person(verb.head.text):
            return _chooser(verb.head)
        if verb.dep_ in ("acl",) and verb.tag_ in ("VBG", "VB"):
            return verb.head
        if (beside := _beside(verb)) is not None:
            return beside
        if verb.dep_ == "relcl" and verb.tag_ == "VBG":
            return verb.head
        # A finite adverbial clause has a subject of its own; without one the parse has lost it.
        if verb.dep_ == "conj" and verb is start and _is_of_the_dead(verb.head):
            verb = verb.head  # "confirmed that 40 had died and said …": the dead say nothing
        if verb.dep_ in ("conj", "xcomp", "ccomp", "dep") or (
            verb.dep_ in ("advcl", "pcomp", "acl") and verb.tag_ in ("VBG", "VB", "VBN")
        ):
            verb = verb.head if verb.head.i != verb.i else None  # type: ignore[assignment]
            seen += 1
            if verb is not None and verb.pos_ == "ADP":
                verb = verb.head
        else:
            return None
    return None


def _chooser(noun: Token) -> Token | None:
    """Whose chance, plan or right it is: "their chance to explain", "they use it as a chance to explain"."""
    owner = next((c for c in noun.children if c.dep_ == "poss"), None)
    if owner is not None or noun.head.i == noun.i:
        return owner
    node = noun.head
    while node.pos_ in ("ADP", "NOUN") and node.head.i != node.i:
        node = node.head
    return subject(node) if node.pos_ in ("VERB", "AUX") and node.i < noun.i else None


def _beside(verb: Token) -> Token | None:
    """ "The plan was dropped, with NAME, an adviser, telling reporters that …": who stands behind "with" and a comma."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or verb.i < 2:
        return None
    for link in verb.head.children:
        if link.lower_ != "with" or link.dep_ != "prep" or not 0 < link.i < verb.i or link.nbor(-1).text != ",":
            continue
        noun = next((c for c in link.children if c.dep_ == "pobj"), None)
        right = edges(link)[1]
        if (
            noun is not None
            and right in (verb.i - 1, verb.i - 2)
            and (right == verb.i - 1 or verb.nbor(-1).text == ",")
        ):
            return noun
    return None


def _is_of_the_dead(verb: Token) -> bool:
    lemma = verb.lemma_.lower()
    return verb.dep_ == "ccomp" and lemma in events() and events()[lemma].group == "kill"


def passive(verb: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def asked(verb: Token) -> bool:
    """Whether a participle without auxiliary is passive: "Asked whether …, the mayor said"; the subject is the one asked."""
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("advcl", "acl", "ROOT")
        and not any(c.dep_ in ("nsubj", "aux", "auxpass") for c in verb.children)
    )


def agent(verb: Token) -> Token | None:
    """The noun after "by" of a passive verb."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


def edges(token: Token, *, leave: frozenset[str] = frozenset(), stop: frozenset[int] = frozenset()) -> tuple[int, int]:
    """First and last token index of the token's subtree, without the relations ``leave`` and the tokens ``stop``."""
    left = right = token.i
    stack = [token]
    while stack:
        for child in stack.pop().children:
            if child.dep_ in leave or child.i in stop:
                continue
            left, right = min(left, child.i), max(right, child.i)
            stack.append(child)
    return left, right


def noun_phrase(head: Token, *, barrier: Token | None = None) -> TokenSpan:
    """The whole noun phrase of ``head``, appositions and relative clauses included, up to the verb ``barrier``.

    A gap of commas between the phrase and the verb is an apposition that the parser has lost: it is taken in.
    """
    doc = head.doc
    left, right = edges(head, stop=frozenset({barrier.i}) if barrier is not None else frozenset())
    if barrier is not None:
        if left < barrier.i < right:
            if head.i < barrier.i:
                right = barrier.i - 1
            else:
                left = barrier.i + 1
        if right < barrier.i:
            first = min(
                [
                    c.i
                    for c in barrier.children
                    if c.dep_ in ("aux", "auxpass", "neg", "advmod") and right < c.i < barrier.i
                ]
                or [barrier.i]
            )
            gap = doc[right + 1 : first]
            if len(gap) and all(t.pos_ == "PROPN" and t.dep_ == "compound" for t in gap):
                right = first - 1  # a name that the parser hung on a verb taken for a noun
            named = next((i for i, t in enumerate(gap) if t.pos_ != "PROPN" or t.ent_type_ == "DATE"), len(gap))
            if 0 < named < len(gap) and all(t.ent_type_ == "DATE" or t.pos_ == "SPACE" for t in gap[named:]):
                right += named  # "the publication NAME last week said"
            if 2 < len(gap) < 45 and gap[0].text == "," and gap[-1].text == "," and not _crosses(gap):
                right = first - 1
    left = _lost_title(doc, head, left)
    return trim(doc, left, right)


def _lost_title(doc: Doc, head: Token, left: int) -> int:
    """ "The deputy prime minister of X, NAME, said": the phrase before the comma is the same person's description."""
    sent_start = sentence(head)[0]
    if left - 2 < sent_start or doc[left - 1].text != "," or head.pos_ != "PROPN":
        return left
    for chunk_head in reversed(doc[sent_start : left - 1]):
        joined = chunk_head.dep_ == "conj" and chunk_head.head.dep_ == "pobj"
        if chunk_head.pos_ == "NOUN" and (joined or kinds.is_thing(chunk_head.text)):
            return left  # "Looking ahead to the future of the army and the nation, NAME said", "the following year, NAME said"
        if chunk_head.pos_ == "NOUN" and chunk_head.dep_ not in ("compound", "pobj"):
            first, last = edges(chunk_head, leave=frozenset({"appos", "relcl", "acl", "conj", "cc"}))
            last = max(last, chunk_head.i)
            between = doc[last + 1 : left - 1]
            if (
                first >= sent_start
                and doc[first].lower_ in ("the", "a", "an", "its", "their")
                and all(t.pos_ in ("ADP", "PROPN", "DET", "ADJ", "NOUN", "PART") for t in between)
            ):
                before = doc[first - 1] if first > sent_start else None
                if (
                    before is None
                    or before.text in (",", ";", "—", "–", "“", '"')
                    or before.lower_ in ("and", "but", "while", "as")
                ):
                    return first
            return left
        if chunk_head.pos_ in ("VERB", "AUX", "PUNCT", "PRON"):
            return left
    return left


def _crosses(tokens: TokenSpan) -> bool:
    """Whether a run of tokens holds a clause or quotation of its own rather than an apposition."""
    return any(t.text in '“”";:' for t in tokens) or (
        any(t.tag_ in TENSED for t in tokens) and not any(t.tag_ in RELATIVES for t in tokens)
    )


def trim(doc: Doc, left: int, right: int) -> TokenSpan:
    """The tokens from ``left`` to ``right`` without edge punctuation and conjunctions (marks of a quotation stay)."""
    while left < right and (
        doc[left].text in ",;:—–-" or doc[left].is_space or (doc[left].dep_ == "cc" and doc[left].pos_ == "CCONJ")
    ):
        left += 1
    while right > left and (doc[right].text in ",;:—–-." or doc[right].is_space):
        right -= 1
    return doc[left : right + 1]


def cue_words(verb: Token, extra: list[Token]) -> TokenSpan:
    """The cue with its auxiliaries, negation and particles: "has not ruled out", "also said"."""
    doc = verb.doc
    left, right = verb.i, max([verb.i, *[t.i for t in extra]])
    aux = [c for c in verb.children if c.dep_ in ("aux", "auxpass", "neg") and c.i < verb.i]
    if aux:
        first = min(c.i for c in aux)
        if all(doc[i].pos_ in ("AUX", "ADV", "PART", "VERB") for i in range(first, verb.i)):
            left = first
    between = any(c.dep_ in ("dobj", "dative") and verb.i < c.i < right for c in verb.children)
    if right - verb.i > 2 or between:  # "accused him of"
        right = verb.i
    return doc[left : right + 1]


def clause(head: Token, *, without: frozenset[int] = frozenset()) -> tuple[int, int]:
    """First and last token of the clause of ``head``, stopping at the tokens ``without``."""
    return edges(head, stop=without)


def sentence(token: Token) -> tuple[int, int]:
    """First and last token of the parser's sentence; ``Token.sent`` looks through the whole paragraph each time."""
    doc, start, end = token.doc, token.i, token.i
    while start > 0 and not doc[start].is_sent_start:
        start -= 1
    while end + 1 < len(doc) and not doc[end + 1].is_sent_start:
        end += 1
    return start, end


def sentence_bounds(token: Token, breaks: list[tuple[int, int]]) -> tuple[int, int]:
    """First and last token of the sentence of ``token``; no sentence ends within ``breaks`` (quotations)."""
    start, end = sentence(token)
    moved = True
    while moved:
        moved = False
        for first, last in breaks:
            if first < start <= last:
                start, moved = sentence(token.doc[first])[0], True
            if first <= end < last:
                end, moved = sentence(token.doc[last])[1], True
    return start, end

"""Plans and judgements: verbs whose content is an infinitive, an object or a prepositional phrase."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from spacy.tokens import Span as TokenSpan
from spacy.tokens import Token

from kg.annotate.attributions import cues
from kg.annotate.attributions.candidates import Candidate, Passage
from kg.annotate.attributions.cues import Cue
from kg.annotate.attributions.extents import cut
from kg.annotate.attributions.speakers import own_words, phrase_of, source_of
from kg.annotate.parse import clauses
from kg.english import kinds, titles
from kg.english.lists import listed
from kg.model import Spans, Stance

_UNFOLDING = ("outline", "detail", "list")  # their object goes on to what it is made of
_UTTERING = frozenset(listed("attribution_words", "uttering"))
_QUANTIFIED = ("forecast", "predict", "project", "estimate", "expect")  # with an object, of a number alone
_DECIDING = ("reject", "deny", "dismiss", "refuse")
_PETITIONS = frozenset(listed("attribution_words", "petition"))
_FINDINGS = frozenset(listed("attribution_words", "finding"))
_ANSWERING = frozenset(listed("attribution_words", "answer"))
_ENQUIRIES = frozenset(listed("attribution_words", "enquiry"))
_QUOTED_WORDS = 3
_REASONS = ("as", "for", "of", "with", "to")
_WHERE = ("outside", "near", "opposite", "inside")
_ACTORS = frozenset(listed("function_words", "actor"))


def find(passage: Passage) -> Iterator[Candidate]:
    """Infinitives ("plans to …"), objects ("praised X"), prepositions ("called for X") and silence."""
    for token in passage.doc:
        special = _silence(passage, token)
        if special is not None:
            yield special
            continue
        hit = cues.of_verb(token)
        if (
            hit is None
            or token.tag_[:2] != "VB"
            or cues.unreal(token)
            or cues.purpose(token)
            or own_words(passage, token)
            or _opens_another(token)
        ):
            continue
        cue, extra = hit
        pattern, content = _content(passage, token, cue, extra)
        if not content or (pattern in ("preposition", "object") and cue.lemma in _UTTERING and cues.negated(token)):
            continue  # "has not commented on it": nothing is said
        source = None if pattern == "passive" else source_of(passage, token)
        if pattern == "passive":
            by = clauses.agent(token)
            source = clauses.noun_phrase(by) if by is not None else None
        elif source is None or not _actor(source) or _defines(cue, token, source):
            continue
        yield Candidate(
            pattern,
            (passage.parsed.of(source),) if source is not None else (),
            (passage.parsed.of(clauses.cue_words(token, extra)),),
            content,
            cue.stance,
            cue.lemma,
            passage.parsed.index,
            token.i,
            negated=cues.negated(token),
        )


def _opens_another(verb: Token) -> bool:
    """ "Announcing the decision, NAME said …": a participle before a cue of the same source, whose content tells."""
    main = verb.head
    opens = verb.tag_ == "VBG" and verb.dep_ == "advcl" and verb.i < main.i and cues.of_verb(main) is not None
    thing = next((c for c in verb.children if c.dep_ == "dobj"), None)
    named = (hit := cues.of_verb(verb)) is not None and "a" not in hit[
        0
    ].frames  # not "Calling it a day to remember, …"
    return opens and named and thing is not None and clauses.edges(thing)[1] - clauses.edges(thing)[0] < 2


def _content(passage: Passage, verb: Token, cue: Cue, extra: list[Token]) -> tuple[str, Spans]:
    """The first pattern that the cue's frames allow and the sentence has, with the content; no content where it has none."""
    frames = set(cue.frames)
    for pattern, allowed, find_content in _WAYS:
        if frames & allowed and (content := find_content(passage, verb, cue, extra)):
            return pattern, content
    return "", ()


def _actor(source: TokenSpan) -> bool:
    """Whether the phrase can hold an attitude: a person, a body, a group, a pronoun for one."""
    root = source.root
    if root.pos_ == "PRON":
        return root.lower_ in _ACTORS
    return root.pos_ in ("PROPN", "NOUN")


def _defines(cue: Cue, verb: Token, source: TokenSpan) -> bool:
    """ "The reservation refers to a policy": what a word means, and nothing that anybody says."""
    root = source.root
    named = root.pos_ == "PRON" or root.ent_type_ in ("PERSON", "ORG", "GPE", "NORP")
    speaks = named or titles.is_person(root.text) or kinds.has_head(root.text) or root.lemma_.lower() in cues.nouns()
    return cue.lemma == "refer to" and verb.tag_ in ("VBZ", "VBP") and not speaks


def _infinitive(passage: Passage, verb: Token, *_: object) -> Spans:
    for child in verb.children:
        if (
            child.dep_ in ("xcomp", "ccomp", "advcl")
            and child.i > verb.i
            and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
        ):
            left, right = clauses.edges(child)
            left = max(left, verb.i + 1)
            right = cut(passage, left, right)
            return passage.spans((left, right))
    return ()


def _quoted_infinitive(passage: Passage, verb: Token, *_: object) -> Spans:
    """ "asked the governments “to find a solution”"."""
    content = _infinitive(passage, verb)
    held = [q for q in passage.quotes for s in content if q.span.overlaps(s) and q.words > 1]
    return content if held else ()


def _gerund(passage: Passage, verb: Token, *_: object) -> Spans:
    """ "suggested exporting more", "denied taking it", "described breaking free"."""
    for child in verb.children:
        if child.i == verb.i + 1 and child.tag_ == "VBG" and child.dep_ in ("xcomp", "dobj", "pcomp", "ccomp"):
            left, right = clauses.edges(child)
            return passage.spans((max(left, verb.i + 1), cut(passage, left, right)))
    return ()


def _prepositional(passage: Passage, verb: Token, _: Cue, extra: list[Token]) -> Spans:
    if not extra:
        return ()
    preposition = extra[-1]
    for child in preposition.children:
        if child.lemma_.lower() == "condition" and verb.lemma_.lower() in ("speak", "talk"):
            return ()  # "who spoke on condition of anonymity"
        if child.dep_ in ("pobj", "pcomp"):
            left, right = clauses.edges(child)
            if left > preposition.i:
                right = max([right, *_complements(verb, right)])
                return passage.spans((_person_before(verb, preposition, left), cut(passage, left, right)))
    return ()


def _person_before(verb: Token, preposition: Token, left: int) -> int:
    """Where the content begins: "accused X of Y" says something of X too."""
    whom = next((c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < preposition.i), None)
    return max(clauses.edges(whom)[0], verb.i + 1) if whom is not None else left


def _complements(verb: Token, after: int) -> list[int]:
    """Right edges of what else the verb takes after its object: "praised her for …", "called on him to resign"."""
    return [
        clauses.edges(c)[1]
        for c in verb.children
        if c.i > after
        and (
            c.dep_ == "xcomp"
            or (c.dep_ == "prep" and not _tells_when(c))
            or (c.dep_ in ("advcl", "ccomp") and any(g.lower_ == "to" for g in c.children))
        )
    ]


def _tells_when(preposition: Token) -> bool:
    """Whether a phrase tells when something was said: "at last week's forum", "in a ruling released Thursday"; not "hailed X as a hero
    after years of war", whose date belongs to what is told.
    """
    near = preposition.lower_ in _REASONS
    words = (preposition, *preposition.children) if near else preposition.subtree
    return any(t.ent_type_ in ("DATE", "TIME") for t in words)


def _object(passage: Passage, verb: Token, cue: Cue, _: list[Token]) -> Spans:
    """The object with its predicate where the cue takes one; behind a verb of blaming what it is blamed for before it."""
    if not _is_said(passage, verb, cue):
        return ()
    content = _object_of(passage, verb, whole="a" in cue.frames)
    if not content and cue.lemma == "dismiss":  # "dismissed the claim as “…”" with the judgement hung on the claim
        content = _object_of(passage, verb, whole=False)
    return (*_matter(passage, verb), *content) if content and cue.stance is Stance.BLAMED else content


def _quoted_object(passage: Passage, verb: Token, *_: object) -> Spans:
    """ "attacked “the rotten heart of the party”": words in marks right behind the verb."""
    quote = next((n for n, (a, _) in enumerate(passage.ranges) if a == verb.i + 1), None)
    if quote is None or passage.quotes[quote].words < _QUOTED_WORDS or passage.quotes[quote].title:
        return ()
    return passage.spans((verb.i + 1, max(passage.ranges[quote][1], verb.i + 1)))


def _is_said(passage: Passage, verb: Token, cue: Cue) -> bool:
    """Whether the verb with its object tells of words and no deed: not "rejected his appeal"; "reported" of a finding alone."""
    thing = next((c for c in verb.children if c.dep_ == "dobj" and c.i > verb.i), None)
    if thing is not None and cue.lemma == "protest" and verb.nbor().lower_ in _WHERE:
        return False  # "protesting outside the office"
    if thing is not None and verb.nbor().text == ",":
        return False  # "Imports shrank, the agency announced, the biggest fall since May"
    if thing is None:
        return cue.lemma not in (*_QUANTIFIED, "report", "confirm")  # not "41 people confirmed dead"
    if cue.lemma == "welcome" and any(_is_whom(c) for c in verb.children if c.dep_ == "dobj"):
        return False  # "welcomed the guests"
    if cue.lemma in _DECIDING and thing.lemma_.lower() in _PETITIONS:
        return False
    left, right = clauses.edges(thing)
    if cue.lemma == "dismiss":
        return thing.lemma_.lower() in cues.nouns() or any(c.lower_ == "as" for c in verb.children)
    counted = any(t.like_num or t.text[-1:].isdigit() for t in passage.doc[left : right + 1])
    if cue.lemma in _QUANTIFIED:
        return counted
    return cue.lemma not in ("report", "confirm") or counted or thing.lemma_.lower() in _FINDINGS


def _is_whom(thing: Token) -> bool:
    return titles.is_person(thing.text) or thing.ent_type_ == "PERSON"


def _object_of(passage: Passage, verb: Token, *, whole: bool) -> Spans:
    """The object without a non-restrictive apposition or relative clause, which is the writer's; with ``whole`` its
    predicate too ("called it a crime").
    """
    parts = [c for c in verb.children if c.dep_ in ("dobj", "oprd") and c.i > verb.i]
    if whole:
        if not parts and (judged := _judged_first(passage, verb)):
            return judged
        named = [c for c in verb.children if c.dep_ == "npadvmod" and passage.quote_at(c.i) is not None]
        if parts and named:  # "calling it “a great day”"
            return passage.spans((clauses.edges(parts[0])[0], passage.ranges[passage.quote_at(named[0].i) or 0][1]))
        parts += [
            c
            for c in verb.children
            if c.i > verb.i and (c.dep_ in ("ccomp", "xcomp") or (c.dep_ == "prep" and c.lower_ in ("as", "to")))
        ]
        if len(parts) < 2 and not any(c.dep_ in ("ccomp", "oprd") for c in parts):
            return ()
    if not parts:
        return ()
    left = min(clauses.edges(c)[0] for c in parts)
    right = max(clauses.edges(c)[1] for c in parts)
    left = max(left, verb.i + 1)
    right = max([right, *_complements(verb, right)])
    if not whole and verb.lemma_.lower() not in _UNFOLDING:
        head = parts[0]
        comma = next(
            (
                i
                for i in range(head.i + 1, right)
                if passage.doc[i].text == "," and passage.doc[i + 1].tag_ in ("DT", "WDT", "WP", "WRB")
            ),
            None,
        )
        right = comma - 1 if comma is not None else right
    return passage.spans((left, cut(passage, left, right)))


def _judged_first(passage: Passage, verb: Token) -> Spans:
    """ "dismissed as “an insult” the rise that the Treasury offered": the judgement stands before what it is about."""
    judged = next((c for c in verb.children if c.lower_ == "as" and c.dep_ == "prep" and c.i == verb.i + 1), None)
    return passage.spans((judged.i, cut(passage, judged.i, clauses.edges(judged)[1]))) if judged is not None else ()


def _matter(passage: Passage, verb: Token) -> Spans:
    """ "SOURCE regretted the delays, blaming X": what X is blamed for is the object of the clause that it hangs on."""
    if verb.dep_ != "advcl" or verb.tag_ != "VBG" or any(c.lower_ == "for" and c.dep_ == "prep" for c in verb.children):
        return ()
    for child in verb.head.children:
        if child.dep_ == "dobj" and child.i < verb.i:
            left, right = clauses.edges(child)
            return passage.spans((left, min(right, verb.i - 1)))
    return ()


def _passive_infinitive(passage: Passage, verb: Token, *_: object) -> Spans:
    """ "X is said to have fled": the subject and the infinitive together are the content."""
    if not clauses.passive(verb):
        return ()
    tail = _infinitive(passage, verb)
    head = next((c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj")), None)
    if not tail or head is None:
        return ()
    phrase = clauses.noun_phrase(head, barrier=verb)
    return (passage.parsed.of(phrase), *tail)


# Pattern, the frames that allow it, and where its content is found, in the order in which they win.
_WAYS: tuple[tuple[str, set[str], Callable[[Passage, Token, Cue, list[Token]], Spans]], ...] = (
    ("infinitive", {"i"}, _infinitive),
    ("infinitive", {"m"}, _quoted_infinitive),
    ("infinitive", {"g"}, _gerund),
    ("preposition", {"p"}, _prepositional),
    ("object", {"o", "a"}, _object),
    ("object", {"w"}, _quoted_object),
    ("passive", {"c", "i"}, _passive_infinitive),
)


def _silence(passage: Passage, verb: Token) -> Candidate | None:
    """ "SOURCE did not respond to a request for comment", "SOURCE could not be reached for comment": no answer was given."""
    lemma = verb.lemma_.lower()
    if verb.tag_[:2] != "VB" or not cues.negated(verb) or lemma not in _ANSWERING:
        return None
    for child in verb.children:
        if (
            child.i > verb.i
            and child.dep_ in ("prep", "dobj")
            and any(t.lemma_.lower() in _ENQUIRIES for t in child.subtree)
        ):
            head = clauses.subject(verb)
            if head is None:
                return None
            source = phrase_of(head, verb, barrier=verb)
            left, right = clauses.edges(child)
            return Candidate(
                "silence",
                (passage.parsed.of(source),),
                (passage.parsed.of(clauses.cue_words(verb, [])),),
                passage.spans((left, cut(passage, left, right))),
                Stance.REFUSED,
                lemma,
                passage.parsed.index,
                verb.i,
            )
    return None

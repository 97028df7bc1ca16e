"""Who a source phrase is: a named actor, a pronoun, a role ("the ministry official"), a body, a document, or unnamed.

Every answer carries its reason in words.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cache

from kg.english import titles
from kg.english.inflection import is_plural
from kg.english.lists import alternation, listed, rows
from kg.english.paragraphs import transcripts
from kg.model import Annotation, Attribution, EntityType, Form, Mention, Role, Span, Tense
from kg.nearby import Nearby
from kg.resolve.chains import Chain, Found, index
from kg.resolve.descriptions import Descriptions
from kg.resolve.mention_order import Trail
from kg.resolve.phrases import (
    DETERMINER,
    described_by_which,
    described_by_who,
    head_of,
    nouns,
    one_person,
    possessive,
    several_persons,
)
from kg.resolve.pronouns import PRONOUNS, Pronouns

# "The minister" is somebody whose office was told in one of so many offices before; articles of ordinary length have fewer.
_OFFICES = 400
_ANY = re.compile(rf"(?:{alternation(listed('source_words', 'any'))})\b")


# "The 59-year-old told reporters": somebody who is named near by.
_AGED = re.compile(r"(?:the|this)\s(?:\d{1,3}|[a-z]+(?:-[a-z]+)?)-year-old")
_LINE = 80  # characters
_CALLED = re.compile(r",\s+(?:also\s+)?(?:known|called|nicknamed)\s+(?:as\s+)?[“\"]?$")
_INITIALS = re.compile(r"[A-Z]{2,4}")
# "A statement issued by the ministry", "a statement from NAME".
_ISSUED = re.compile(
    r"(?:an?|the|its|their)\s+(?:[\w-]+\s+){0,2}(?:statement|communiqué|communique|press release)\s+"
    r"(?:(?:issued|released|published|put out|made)\s+(?:[\w]+\s+){0,3})?(?:by|from)\s+\S.*",
    re.IGNORECASE,
)
# "According to the same data": whoever was cited last.
_SAME = re.compile(rf"the same (?:{alternation((*sorted(nouns('document')), *listed('source_words', 'cited')))})")
_HEADED = ("prosecutor", "diplomat", "judge", "commander")
_TOP = re.compile(
    rf"(?:(?:[^,'’]+?['’]s?|its|the|their)\s+)(?:{alternation(listed('source_words', 'top'))})\s+(?P<noun>{'|'.join(_HEADED)})",
    re.IGNORECASE,
)
_RELATIVE = {"who": described_by_who, "which": described_by_which}
_CONGRESS = ("congressman", "congresswoman")
_PAPERS = frozenset(listed("source_words", "paper"))
_ARTICLES = frozenset(listed("source_words", "foreign_article"))
_GROUPS = ("officials", "analysts", "experts")
_TOGETHER = re.compile(rf",?\s+(?:and|{alternation(listed('name_words', 'and'))})\s")
_UTTERANCE = re.compile(
    r"(?P<whose>his|her|its|their|.+?(?=['’]s?\s))(?:['’]s?)?\s+(?:[\w-]+\s+){0,3}?(?P<noun>\w+)", re.IGNORECASE
)


@cache
def _top_titles() -> dict[str, frozenset[str]]:
    """The titles that a country's "top" prosecutor, diplomat, judge or commander has."""
    return {noun: frozenset(listed("source_words", f"top_{noun}")) for noun in _HEADED}


@cache
def _utterances() -> frozenset[str]:
    """Nouns for what somebody says, thinks or gives out, documents aside."""
    return frozenset(row[0] for row in rows("nominal_cues"))


def _sits(noun: str, title: str) -> bool:
    """ "The congressman" of "Rep. NAME"."""
    return noun in _CONGRESS and title == "representative"


def _asks(attribution: Attribution, text: str) -> bool:
    """Whether a turn is a question, or its label that of whoever asks or is asked."""
    label = attribution.source[0].of(text).lower()
    question = attribution.content[-1].of(text).rstrip().endswith("?")
    return question or transcripts.asks(label) or transcripts.answers(label)


class Sources:
    """Resolves the sources of one article in text order; makes chains for sources that have no name."""

    def __init__(self, annotation: Annotation, chains: list[Chain]) -> None:
        self._text = annotation.article.text
        self._by_span = index(chains)
        trail = Trail(chains)
        self._mentions = Nearby(((m.span,), m) for m in annotation.mentions)
        self._roles = sorted(enumerate(annotation.roles), key=lambda pair: pair[1].evidence.start)
        self._persons = [
            m
            for m in annotation.mentions
            if m.type is EntityType.PERSON and m.form is Form.NAME and m.span in self._by_span
        ]
        self._first_answer: int | None = None
        self._answered: Chain | None = None  # who has answered under their own name
        self._countries = [c for c in chains if c.type is EntityType.COUNTRY]
        self._pronouns = Pronouns(annotation, chains, trail)
        self._descriptions = Descriptions(annotation, chains, self._by_span, self._mentions, trail)

    def resolve(self, attribution: Attribution, outer: Chain | None) -> Found | None:
        """The source of an attribution; ``outer`` is the speaker of the statement around it, for "we" and "I"."""
        if not attribution.source:
            return None
        span = attribution.source[0]
        found = self._resolve(span, attribution, outer)
        if found is not None and attribution.cue_lemma == ":" and not _asks(attribution, self._text):
            self._answered = found.chain
        if found is not None and found.chain.type.family is not EntityType.DOCUMENT:
            self._pronouns.speak(span.start, found.chain)
        return found

    def _resolve(self, span: Span, attribution: Attribution, outer: Chain | None) -> Found | None:
        words = span.of(self._text)
        lowered = words.lower().strip()
        if attribution.cue_lemma == ":" and (transcripts.answers(lowered) or transcripts.asks(lowered)):
            return self._interviewee(span) if transcripts.answers(lowered) else self._descriptions.resolve(span, words)
        if _SAME.fullmatch(lowered) and self._pronouns.last is not None:
            return Found(self._pronouns.last, f"“{words}” is what was cited last")
        if attribution.cue_lemma == ":" and _INITIALS.fullmatch(words) and (whose := self._by_initials(words, span)):
            return Found(whose, f"“{words}” are the initials of {whose.name}")
        if lowered in PRONOUNS or lowered.split()[-1:] == ["themselves"]:
            return self._of_pronoun(lowered, span, outer, attribution)
        if _AGED.fullmatch(lowered) and (aged := self._pronouns.person(span, attribution.content)) is not None:
            return Found(aged, f"“{words}” is the last person who spoke or was named")
        own = self._of_its_own(span, words, attribution)
        if own is not None:
            return own
        named = self._named(span)
        if named is not None:
            return named
        return (
            self._role(span, words)
            or self._top(span, words)
            or self._first(span)
            or self._paper(span, lowered)
            or self._descriptions.resolve(span, words)
        )

    def _of_pronoun(self, word: str, span: Span, outer: Chain | None, attribution: Attribution) -> Found | None:
        """Whom a pronoun stands for; persons without a name come before names that are further off: "The farmers met the minister.
        They said …", "NAME met farmers who said …".
        """
        near: str | None = None
        start = 0
        if (described := _RELATIVE.get(word)) is not None:
            near = described(self._text[max(0, span.start - _LINE) : span.start])
            start = self._text.rfind(near, 0, span.start) if near else 0
        elif word == "they" and (before := self._pronouns.sentence_before(span.start)) is not None:
            near, start = several_persons(before.of(self._text)), before.start
        elif word in ("he", "she"):
            start = self._pronouns.sentence_start(span.start)
            near = one_person(self._text[start : span.start])
            if near is not None and self._names_somebody(start + len(near), span.start):
                near = None
        if near is not None:
            found = self._resolve_words(Span(start, start + len(near)), near)
            return Found(found.chain, f"“{word}” stands for “{near}” before it")
        return self._pronouns.resolve(word, span, outer, attribution.content)

    def _names_somebody(self, start: int, end: int) -> bool:
        """Whether a person is named between two characters, other than by what the subject before is called besides."""
        between = Span(start, end)
        inside = [m for m in self._mentions.at(between) if m.type is EntityType.PERSON and between.contains(m.span)]
        return any(not _CALLED.search(self._text, start, m.span.start) for m in inside)

    def _resolve_words(self, span: Span, words: str) -> Found:
        """Whom a described phrase means, wherever it stands."""
        return self._named(span) or self._role(span, words) or self._descriptions.resolve(span, words)

    def _interviewee(self, span: Span) -> Found | None:
        """Who answers as "A": the person named first with an office, else named first, before the first question."""
        if self._answered is not None:
            return Found(self._answered, "who is asked")
        end = self._first_answer if self._first_answer is not None else span.start
        self._first_answer = end
        lead = [m for m in self._persons if m.span.end <= end]
        held = {role.holder for _, role in self._roles}
        best = next((m for m in lead if m.span in held), lead[0] if lead else None)
        return Found(self._by_span[best.span], "who is asked") if best is not None else None

    def _by_initials(self, letters: str, span: Span) -> Chain | None:
        """The person named before a label of initials: "JS:" of James B. Steinberg; all names, or the first and the last."""
        for m in self._persons:
            first = [w[0] for w in self._by_span[m.span].name.split() if w[:1].isupper()]
            if m.span.end <= span.start and letters in ("".join(first), "".join(first[:1] + first[-1:])):
                return self._by_span[m.span]
        return None

    def _of_its_own(self, span: Span, words: str, attribution: Attribution) -> Found | None:
        """ "His criticism", "the commission's estimate": what somebody says speaks for them."""
        issued = _ISSUED.fullmatch(words)
        if issued is not None:
            ends = [m for m in self._mentions.at(span) if m.span.end == span.end and m.span in self._by_span]
            if ends:
                return Found(self._by_span[ends[-1].span], "whose statement it is")
        match = _UTTERANCE.fullmatch(" ".join(words.split()))
        if match is None or match["noun"].lower().removesuffix("s") not in _utterances():
            return None
        whose = match["whose"].lower()
        if whose in PRONOUNS:
            owner = Span(span.start, span.start + len(whose))
            return self._pronouns.resolve(whose, owner, None, attribution.content)
        for mention in self._mentions.at(span):
            if span.contains(mention.span) and possessive(self._text, mention.span) and mention.span in self._by_span:
                return Found(self._by_span[mention.span], "named")
        return None

    # ── names ──

    def _named(self, span: Span) -> Found | None:
        """The named actor that the phrase is about: its head, or the name in apposition to a description."""
        inside = [m for m in self._mentions.at(span) if span.contains(m.span) and m.form is not Form.DEMONYM]
        if not inside:
            return None
        text = self._text
        if all(m.type is EntityType.PERSON for m in inside) and (first := self._first(span)) is not None:
            return first
        titled = self._titled(span)
        if titled is not None:
            return Found(self._by_span[titled], "named")
        head = head_of(span, text)
        for mention in inside:
            if (
                mention.type is EntityType.PERSON
                and not possessive(text, mention.span)
                and self._apposed(mention, span, head)
            ):
                return Found(self._by_span[mention.span], "named")
        begins = head.end - len(DETERMINER.sub("", head.of(text)))
        # "Department of State", also behind whose it is: "Arland's Committee for Security".
        covers = [m for m in inside if m.span.end > head.end and (m.span.start <= begins or self._owned(m, span))]
        at_head = [m for m in inside if (m.span.end == head.end or m in covers) and not possessive(text, m.span)]
        if not at_head and (called := self._called(head, inside)) is not None:
            return Found(self._by_span[called.span], "named")
        best = max(at_head, key=lambda m: m.span.end - m.span.start, default=None)
        if best is None or best.type is EntityType.PERSON or not self._whole(best, head):
            return None
        return Found(self._by_span[best.span], "named")

    def _owned(self, mention: Mention, span: Span) -> bool:
        """Whether nothing but a place's possessive stands before a name in its phrase."""
        before = [m for m in self._mentions.at(span) if span.contains(m.span) and m.span.end < mention.span.start]
        whose = before[-1].span if before else None
        if whose is None or before[-1].type.family is not EntityType.PLACE or not possessive(self._text, whose):
            return False
        opens = not DETERMINER.sub("", self._text[span.start : whose.start] + " ").strip()
        body = mention.type.family is EntityType.ORGANISATION
        return opens and body and len(self._text[whose.end : mention.span.start].split()) == 1

    def _called(self, head: Span, inside: Sequence[Mention]) -> Mention | None:
        """The body right behind the comma after a description of one: "his party, ODM", "the owner, Lake Lines"."""
        if " and " in head.of(self._text):
            return None  # "both Lake Lines and its rival, Port Lines"
        return next(
            (
                m
                for m in inside
                if m.type.family is EntityType.ORGANISATION
                and self._text[head.end : m.span.start].split() == [","]
                and self._text[m.span.end : m.span.end + 1] in (",", "")
            ),
            None,
        )

    def _first(self, span: Span) -> Found | None:
        """The first of several named actors who speak together: "Secretary of State NAME and Defence Secretary OTHER"."""
        inside = [m for m in self._mentions.at(span) if span.contains(m.span) and m.form is Form.NAME]
        if len(inside) < 2 or inside[-1].span.end != span.end or inside[0].type.family is EntityType.PLACE:
            return None
        between = self._text[inside[0].span.end : inside[1].span.start]
        if inside[0].type.family is not inside[1].type.family or not _TOGETHER.match(between):
            return None
        return Found(self._by_span[inside[0].span], "the first of those who speak together")

    def _titled(self, span: Span) -> Span | None:
        """The person at the end of a phrase that opens with the office: "the Border Service (BS) head NAME"."""
        at = bisect_left(self._roles, span.start, key=lambda pair: pair[1].evidence.start)
        for _, role in self._roles[at : at + 3]:
            ends = role.holder.end == span.end and role.title_span.end <= role.holder.start
            front = DETERMINER.sub("", self._text[span.start : role.evidence.start] + " ").strip()
            opens = not front or front.endswith("(") or self._is_name(front, span)  # with the body before the title
            between = self._text[role.title_span.end : role.holder.start]
            if ends and opens and not between.strip(" ,") and role.holder in self._by_span:
                return role.holder
        return None

    def _is_name(self, words: str, span: Span) -> bool:
        return any(m.form is Form.NAME and m.span.of(self._text) == words for m in self._mentions.at(span))

    def _apposed(self, mention: Mention, span: Span, head: Span) -> bool:
        """Whether a name is the phrase's head or stands in apposition to it, not inside a modifier."""
        before = self._text[span.start : mention.span.start].rstrip()
        if before and titles.kind(before.split()[-1]) == "address":
            before = before[: -len(before.split()[-1])].rstrip()  # "The director of the fund, Dr. Elise Hartmann"
        if mention.span.end == head.end or mention.span.start == span.start or not before:
            return True
        return before.endswith((",", "—", "–", ")"))

    def _whole(self, mention: Mention, head: Span) -> bool:
        """A body's name as the head word: "the Interior Ministry", not "the Interior Ministry official"."""
        between = self._text[head.start : mention.span.start]
        return len(DETERMINER.sub("", between).split()) <= 3

    # ── roles and descriptions ──

    def _role(self, span: Span, words: str) -> Found | None:
        """ "the Interior Ministry official", "the deputy prime minister": the person in that office."""
        lowered = words.lower()
        if _ANY.match(lowered) or lowered.split()[0] in _GROUPS:
            return None
        head = head_of(span, self._text)
        noun = DETERMINER.sub("", head.of(self._text)).lower()
        last = noun.split()[-1] if noun.split() else ""
        if is_plural(last):
            return None
        bodies = {
            id(self._by_span[m.span])
            for m in self._mentions.at(span)
            if span.contains(m.span) and m.span in self._by_span
        }
        best: tuple[int, Role] | None = None
        before = bisect_left(self._roles, span.start, key=lambda pair: pair[1].evidence.start)
        told = self._roles[max(0, before - _OFFICES) : before]
        if not told and words.lower() == f"the {noun}":  # "the Minister said", and her name stands further on
            told = [pair for pair in self._roles if pair[1].title.lower() == noun][:1]
        for _, role in sorted(told, key=lambda pair: pair[0]):
            if role.holder not in self._by_span:
                continue
            title = role.title.lower()
            exact = noun.endswith(f" {title}") or title.endswith(noun) or _sits(last, title)
            if not exact and not (last in nouns("role") and (title.split()[-1] == last or last == "official")):
                continue
            theirs = self._bodies_of(role)
            if bodies and not bodies & theirs and (theirs or noun != title):
                continue
            if not exact and not bodies and last == "official" and not self._shares_word(noun, role):
                continue
            score = (2 if exact else 0) * 1_000_000 + self._by_span[role.holder].last_before(span.start)
            if best is None or score > best[0]:
                best = (score, role)
        if best is None:
            return None
        role = best[1]
        chain = self._by_span[role.holder]
        return Found(chain, f"role reference: “{words}” is {chain.name}, {role.title}")

    def _top(self, span: Span, words: str) -> Found | None:
        """ "Uzbekistan's top prosecutor", "the country's chief diplomat": the one person of the article who holds such an office,
        wherever it is told, and of no other country.
        """
        match = _TOP.fullmatch(" ".join(words.split()))
        if match is None:
            return None
        titles_of_it = _top_titles()[match["noun"].lower()]
        inside = {
            id(self._by_span[m.span])
            for m in self._mentions.at(span)
            if span.contains(m.span) and m.span in self._by_span
        }
        countries = {id(c) for c in self._countries} & inside
        holders: dict[int, Role] = {}
        for _, role in self._roles:
            chain = self._by_span.get(role.holder)
            if chain is None or role.tense is not Tense.CURRENT or role.title.lower() not in titles_of_it:
                continue
            theirs = self._bodies_of(role) & {id(c) for c in self._countries}
            if not (countries and theirs) or countries & theirs:
                holders.setdefault(id(chain), role)
        if len(holders) != 1:
            return None
        (role,) = holders.values()
        chain = self._by_span[role.holder]
        return Found(chain, f"role reference: “{words}” is {chain.name}, {role.title}")

    def _paper(self, span: Span, words: str) -> Found | None:
        """ "The paper" behind a paper that spoke last; not where a name stands between that may be another's ("Le Matin")."""
        noun, last = words.removeprefix("the "), self._pronouns.last
        papers = (EntityType.NEWS_ORGANISATION, EntityType.ORGANISATION)
        if noun == words or noun not in _PAPERS or last is None or last.type not in papers:
            return None
        since = last.last_before(span.start)
        if since < 0 or any(
            m.span.start >= since and m.name.split()[0] in _ARTICLES for m in self._mentions.at(Span(since, span.start))
        ):
            return None
        return Found(last, f"“{words}” is {last.name}, which spoke last")

    def _shares_word(self, noun: str, role: Role) -> bool:
        """Whether a modifier of "official" is in the body's name: "the police official" of a Coastal Police."""
        chain = self._by_span.get(role.organisation) if role.organisation else None
        words = {w.lower() for name in chain.order for w in name.split()} if chain is not None else set()
        return any(len(w) > 3 and w in words for w in noun.split()[:-1])

    def _bodies_of(self, role: Role) -> set[int]:
        """The organisation of an office, the bodies that it is a part of, and their country."""
        out: set[int] = set()
        chain = self._by_span.get(role.organisation) if role.organisation else None
        while chain is not None:
            out.add(id(chain))
            if chain.country:
                out.update(id(c) for c in self._countries if c.name == chain.country)
            chain = chain.part_of
        # "Kyrgyz Deputy Prime Minister": the nationality inside the evidence counts as the office's country.
        out.update(
            id(self._by_span[m.span])
            for m in self._mentions.at(role.evidence)
            if role.evidence.contains(m.span) and m.type.family is EntityType.PLACE and m.span in self._by_span
        )
        return out

"""Who a source phrase is: a named actor, a pronoun, a role ("the ministry official"), a body, a document, or unnamed.

Every answer carries its reason in words.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.english.inflection import is_plural
from kg.english.lists import alternation, listed
from kg.model import Annotation, Attribution, EntityType, Form, Mention, Role, Span
from kg.nearby import Nearby
from kg.resolve.chains import Chain, Found, index
from kg.resolve.descriptions import Descriptions
from kg.resolve.mention_order import Trail
from kg.resolve.phrases import DETERMINER, head_of, nouns, possessive
from kg.resolve.pronouns import PRONOUNS, Pronouns

# "The minister" is somebody whose office was told in one of so many offices before; articles of ordinary length have fewer.
_OFFICES = 400
_ANY = re.compile(rf"(?:{alternation(listed('source_words', 'any'))})\b")


class Sources:
    """Resolves the sources of one article in text order; makes chains for sources that have no name."""

    def __init__(self, annotation: Annotation, chains: list[Chain]) -> None:
        self._text = annotation.article.text
        self._by_span = index(chains)
        trail = Trail(chains)
        self._mentions = Nearby(((m.span,), m) for m in annotation.mentions)
        self._roles = sorted(enumerate(annotation.roles), key=lambda pair: pair[1].evidence.start)
        self._countries = [c for c in chains if c.type is EntityType.COUNTRY]
        self._pronouns = Pronouns(annotation, chains, trail)
        self._descriptions = Descriptions(annotation, chains, self._by_span, self._mentions, trail)

    def resolve(self, attribution: Attribution, outer: Chain | None) -> Found | None:
        """The source of an attribution; ``outer`` is the speaker of the statement around it, for "we" and "I"."""
        if not attribution.source:
            return None
        span = attribution.source[0]
        found = self._resolve(span, attribution, outer)
        if found is not None and found.chain.type.family is not EntityType.DOCUMENT:
            self._pronouns.speak(span.start, found.chain)
        return found

    def _resolve(self, span: Span, attribution: Attribution, outer: Chain | None) -> Found | None:
        words = span.of(self._text)
        lowered = words.lower().strip()
        if lowered in PRONOUNS or lowered.split()[-1:] == ["themselves"]:
            return self._pronouns.resolve(lowered, span, outer)
        named = self._named(span)
        if named is not None:
            return named
        return self._role(span, words) or self._descriptions.resolve(span, words)

    # ── names ──

    def _named(self, span: Span) -> Found | None:
        """The named actor that the phrase is about: its head, or the name in apposition to a description."""
        inside = [m for m in self._mentions.at(span) if span.contains(m.span) and m.form is not Form.DEMONYM]
        if not inside:
            return None
        text = self._text
        head = head_of(span, text)
        for mention in inside:
            if (
                mention.type is EntityType.PERSON
                and not possessive(text, mention.span)
                and self._apposed(mention, span, head)
            ):
                return Found(self._by_span[mention.span], "named")
        begins = head.end - len(DETERMINER.sub("", head.of(text)))
        covers = [m for m in inside if m.span.start <= begins and m.span.end > head.end]  # "Department of State"
        at_head = [m for m in (*inside, *covers) if m.span.end == head.end or m in covers]
        at_head = [m for m in at_head if not possessive(text, m.span)]
        best = max(at_head, key=lambda m: m.span.end - m.span.start, default=None)
        if best is None or best.type is EntityType.PERSON or not self._whole(best, head):
            return None
        return Found(self._by_span[best.span], "named")

    def _apposed(self, mention: Mention, span: Span, head: Span) -> bool:
        """Whether a name is the phrase's head or stands in apposition to it, not inside a modifier."""
        before = self._text[span.start : mention.span.start].rstrip()
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
        if _ANY.match(lowered) or lowered.split()[0] in (
            "officials",
            "analysts",
            "experts",
        ):
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
        for _, role in sorted(self._roles[max(0, before - _OFFICES) : before], key=lambda pair: pair[0]):
            if role.holder not in self._by_span:
                continue
            title = role.title.lower()
            exact = noun == title or noun.endswith(" " + title) or title.endswith(noun)
            if not exact and not (last in nouns("role") and (title.split()[-1] == last or last == "official")):
                continue
            if bodies and not bodies & self._bodies_of(role):
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

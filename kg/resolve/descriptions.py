"""Sources without a known name: bodies named again by their kind, names that no list knows, documents, and the unnamed."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.english import kinds
from kg.english.inflection import is_plural
from kg.english.lists import listed
from kg.model import Annotation, EntityType, Form, Link, Mention, Span
from kg.nearby import Nearby
from kg.resolve.chains import Chain, Found, is_agency
from kg.resolve.mention_order import Trail
from kg.resolve.phrases import DETERMINER, apposed, capitalised, head_of, nouns, without_aside, without_description

_FIRMS = frozenset(listed("source_words", "firm"))
# "The ministry" is one by its kind alone ("the Treasury") only where it is told of more than once.
_OFFICES_OF_STATE = frozenset({"ministry", "department"})
_FIRM_HEADS = frozenset(listed("source_words", "firm_head"))
_NEAR_BY = 600  # characters back to the subject that "the company" goes on with
_SUBJECTS = 40


class Descriptions:
    """Finds or makes the chain behind a description; what was described once is known when it is described again."""

    def __init__(
        self,
        annotation: Annotation,
        chains: list[Chain],
        by_span: dict[Span, Chain],
        mentions: Nearby[Mention],
        trail: Trail,
    ) -> None:
        self._mentions = mentions
        self._trail = trail
        self._countries = [c for c in chains if c.type is EntityType.COUNTRY]
        self._named_so: dict[tuple[EntityType, str], Chain] = {}
        self._by_last: dict[str, Chain] = {}
        for chain in chains:
            self._note(chain)
        self._text = annotation.article.text
        self._chains = chains
        self._by_span = by_span
        bodies = ((m.span, by_span[m.span]) for m in annotation.mentions if m.subject and m.span in by_span)
        self._leading = sorted(
            (pair for pair in bodies if pair[1].type.family is EntityType.ORGANISATION), key=lambda pair: pair[0]
        )
        self._leads = [span.start for span, _ in self._leading]
        self._known: dict[str, Chain] = {}

    def resolve(self, span: Span, words: str) -> Found:
        """A body or person named or described before, else a new actor with a name or with the words of the text."""
        words = without_aside(words)
        bare = " ".join(DETERMINER.sub("", words).split())
        if bare.casefold() in self._known:
            chain = self._known[bare.casefold()]
            return self._linked(chain, span, f"“{words}” describes {chain.name} again")
        found = self._again(span, words) or self._named(span, words, bare)
        if found is not None:
            return found
        shorter = without_description(words)
        return self.resolve(span, shorter) if shorter != words else self._new(span, words)

    def _again(self, span: Span, words: str) -> Found | None:
        """ "the ministry" after a ministry's name, "the company" after a firm's, "the country"."""
        phrase = DETERMINER.sub("", head_of(span, self._text).of(self._text)).split()
        if len(phrase) != 1 or not words.lower().startswith(("the ", "this ", "that ")):
            return None
        noun = phrase[0].lower()
        chain = self._latest_body(noun, span.start)
        if chain is not None:
            return Found(chain, f"“{words}” names {chain.name} again")
        if noun in nouns("country") and (country := self._country(span.start)) is not None:
            return Found(country, f"“{words}” is the country that the article is about")
        return None

    def _latest_body(self, noun: str, offset: int) -> Chain | None:
        """The body of that kind that was the subject of a sentence near by, else the one mentioned last before ``offset``."""
        at = bisect_left(self._leads, offset)
        for span, chain in reversed(self._leading[max(0, at - _SUBJECTS) : at]):
            if offset - span.end > _NEAR_BY:
                break
            if _is_kind(chain, noun):
                return chain
        seen: set[int] = set()
        latest: list[tuple[int, Chain]] = []
        for span, _, chain in self._trail.back(EntityType.ORGANISATION, offset):
            if latest and span.end < latest[0][0]:
                break
            if id(chain) not in seen:
                seen.add(id(chain))
                if _is_kind(chain, noun):
                    latest.append((span.end, chain))
        return min(latest, key=lambda pair: self._trail.order(pair[1]))[1] if latest else None

    def _named(self, span: Span, words: str, bare: str) -> Found | None:
        """A name by its capitals, alone or in apposition to a description, which later stands for it."""
        parts = apposed(bare)
        name = parts[1] if parts is not None else capitalised(bare)
        if name is None or (name != bare and parts is None and self._is_place(name, span)):
            known = self._by_last_name(bare)
            return self._linked(known, span, f"“{bare}” is the shorter name") if known is not None else None
        noun = parts[0].split()[-1].lower() if parts is not None and parts[0].split() else ""
        plural = name.split()[-1].endswith("s") and name.split()[-1].lower() in nouns("firm")
        # Bodies take an article ("the Chamber of Commerce"); a bare name that speaks is a person's.
        article = parts is None and DETERMINER.match(words) is not None
        kind = EntityType.ORGANISATION if noun in nouns("body") or plural or article else EntityType.PERSON
        chain = self._chain(span, kind, name, name)
        if parts is not None:
            self._known.setdefault(parts[0].casefold(), chain)
        return Found(chain, "named")

    def _is_place(self, name: str, span: Span) -> bool:
        """Whether the article has that name inside the phrase as a place's: "a Green Bay judge" is no Green Bay."""
        return any(m.type.family is EntityType.PLACE and m.span.of(self._text) == name for m in self._mentions.at(span))

    def _by_last_name(self, bare: str) -> Chain | None:
        if " " in bare or not bare[:1].isupper():
            return None
        return self._by_last.get(bare)

    def _new(self, span: Span, words: str) -> Found:
        phrase = DETERMINER.sub("", head_of(span, self._text).of(self._text))
        noun = phrase.split()[-1].lower() if phrase.split() else ""
        kind = (
            EntityType.DOCUMENT
            if noun in nouns("document")
            else EntityType.ORGANISATION
            if noun in nouns("body") or _is_body(words, phrase)
            else EntityType.UNNAMED
        )
        name = DETERMINER.sub("", words) if kind is not EntityType.UNNAMED else words
        name = re.sub(r"^(?:republic|country|nation|state)['’]s\s+", "", name)
        name = " ".join(name.split())
        if len(name) > 120:
            name = " ".join(phrase.split())
        chain = self._chain(span, kind, name, words)
        return Found(chain, "the text gives no name" if kind is EntityType.UNNAMED else "described")

    def _chain(self, span: Span, kind: EntityType, name: str, words: str) -> Chain:
        """The chain of that name, or a new one; an unnamed source is never taken for another one of the same words."""
        known = self._named_so.get((kind, name.casefold())) if kind is not EntityType.UNNAMED else None
        if known is not None:
            self._linked(known, span, "")
            return known
        chain = Chain(kind)
        chain.add(
            Mention(span, kind, Form.NOMINAL, name, country=self._country_inside(span)), name or words, "described"
        )
        self._chains.append(chain)
        self._trail.add(chain, span, Form.NOMINAL)
        self._note(chain)
        self._by_span[span] = chain
        return chain

    def _note(self, chain: Chain) -> None:
        """Know a chain by its names: the first chain of a name, the last one of a family name."""
        for name in chain.order:
            self._named_so.setdefault((chain.type.family, name.casefold()), chain)
        if chain.type is EntityType.PERSON and chain.name.split():
            self._by_last[chain.name.split()[-1]] = chain

    def _linked(self, chain: Chain, span: Span, reason: str) -> Found:
        chain.links.append(Link(span, Form.NOMINAL, "described"))
        self._trail.add(chain, span, Form.NOMINAL)
        self._by_span.setdefault(span, chain)
        return Found(chain, reason)

    def _country_inside(self, span: Span) -> str | None:
        for mention in self._mentions.at(span):
            if span.contains(mention.span) and mention.type is EntityType.COUNTRY:
                return self._by_span[mention.span].name if mention.span in self._by_span else mention.name
        if re.search(r"\b(?:the )?(?:country|republic|nation|state)['’]s\b", span.of(self._text), re.IGNORECASE):
            country = self._country(span.start)
            return country.name if country is not None else None
        return None

    def _country(self, offset: int) -> Chain | None:
        """The country most often named up to here."""
        known = [(c.count_before(offset), c) for c in self._countries]
        best = max(known, key=lambda pair: (pair[0], pair[1].name), default=(0, None))
        return best[1] if best[0] else None


def _is_body(words: str, phrase: str) -> bool:
    """Whether a phrase is one body by the kind that it tells of: "the coast guard"; "a militant group", "the opposition parties" may be any."""
    one = words[:4].lower() == "the " and " " in phrase and phrase.islower() and not is_plural(phrase.split()[-1])
    return one and kinds.of_name(phrase) is not None


def _is_kind(chain: Chain, noun: str) -> bool:
    """Whether "the NOUN" can be said of a body."""
    return (
        noun in chain.name.lower().split()
        or (
            chain.type.value == noun
            and (noun not in _OFFICES_OF_STATE or len(chain.links) > 1)
            and not is_agency(chain.name)
        )
        or (noun == "group" and chain.type is EntityType.MOVEMENT)
        or (noun in _FIRMS and chain.type is EntityType.ORGANISATION and _may_be_firm(chain.name))
    )


def _may_be_firm(name: str) -> bool:
    """Whether a body's name is no other kind of body's: "Kelmar", "Lake Bank"; not "IGW union"."""
    return name[:1].isupper() and (nouns("body") & set(name.lower().split())) <= _FIRM_HEADS

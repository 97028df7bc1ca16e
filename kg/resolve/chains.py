"""Chains: the mentions of one article that name the same actor, joined by name, alias, acronym and nationality word."""

from __future__ import annotations

import re
from bisect import bisect_right, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.english import titles
from kg.english.calendar import WEEKDAYS
from kg.english.lists import listed
from kg.english.name_words import particles
from kg.model import (
    Annotation,
    EntityType,
    Form,
    Link,
    Mention,
    Reference,
    Relation,
    RelationKind,
    Span,
    slug,
)

_UNITS = frozenset(listed("source_words", "unit"))  # of countries, behind their names
# The more exact type wins where mentions of one chain disagree.
_GENERIC = frozenset({EntityType.ORGANISATION, EntityType.PLACE, EntityType.UNNAMED})
_LEGAL = frozenset((*listed("identity_words", "legal"), "group", "holdings", "airlines", "airways", "motors"))
_LEADING = frozenset(listed("function_words", "leading"))


@dataclass(eq=False, slots=True)
class Chain:
    """One actor of the article while it is being put together; ``key`` is set when all chains are known."""

    type: EntityType
    names: Counter[str] = field(default_factory=Counter)
    links: list[Link] = field(default_factory=list)
    countries: Counter[str] = field(default_factory=Counter)
    order: list[str] = field(default_factory=list)
    part_of: Chain | None = None
    key: str = ""
    listed: str = ""  # the id in a user's list of names
    kin: bool = False  # named as somebody's relative, and not by an office
    title: str | None = None  # the readable name where it is not one of the names ("Ruritanian government")
    _ends: list[int] = field(default_factory=list)  # of the links, sorted as far as they were asked for

    def add(self, mention: Mention, name: str, reason: str) -> None:
        self.links.append(Link(mention.span, mention.form, reason))
        if mention.form is not Form.DEMONYM:
            self.names[name] += 1
        else:
            self.names[name] += 0
        if name not in self.order:
            self.order.append(name)
        if mention.country:
            self.countries[mention.country] += 1
        if (self.type in _GENERIC or mention.listed) and mention.type.family is self.type.family:
            self.type = mention.type
        self.listed = self.listed or mention.listed

    def absorb(self, other: Chain) -> None:
        self.links.extend(other.links)
        self.names.update(other.names)
        self.countries.update(other.countries)
        self.order.extend(n for n in other.order if n not in self.order)
        if (other.listed and not self.listed) or (self.type in _GENERIC and other.type.family is self.type.family):
            self.type = other.type
        self.listed = self.listed or other.listed
        self.part_of = self.part_of or other.part_of

    @property
    def name(self) -> str:
        """The fullest form: the longest name of a person; the name in full, not the letters, of a body."""
        if self.title:
            return self.title
        full = [n for n in self.order if not _acronym(n)] or self.order
        if self.type is EntityType.PERSON:
            return max(full, key=lambda n: (len(n.split()), len(n), -self.order.index(n)))
        return max(full, key=lambda n: (self.names[n] > 0, len(n.split()) > 1, -self.order.index(n)))

    @property
    def country(self) -> str | None:
        return min(self.countries, key=lambda c: (-self.countries[c], c)) if self.countries else None

    def last_before(self, offset: int) -> int:
        """The end of the last mention before ``offset``, or -1."""
        before = self.count_before(offset)
        return self._ends[before - 1] if before else -1

    def count_before(self, offset: int) -> int:
        """How many mentions end before ``offset``."""
        for link in self.links[len(self._ends) :]:
            insort(self._ends, link.span.end)
        return bisect_right(self._ends, offset)


@dataclass(frozen=True, slots=True)
class Found:
    """The chain behind a source and the reason, fit for a reader."""

    chain: Chain
    reason: str


def build(annotation: Annotation) -> list[Chain]:
    """All chains of named actors, in the order of their first mention."""
    chains: list[Chain] = []
    known = _Known(chains)
    of: dict[Span, Chain] = {}
    for mention in sorted(
        _with_papers(_with_firms(annotation.mentions)),
        key=lambda m: (m.type is EntityType.PERSON and len(m.name.split()) == 1, m.span),
    ):
        name, reason = _readable(mention, annotation), "named"
        chain = known.find(mention, name, titled=_after_title(mention, annotation))
        if chain is None:
            chain = Chain(mention.type)
            chains.append(chain)
        elif name not in chain.names:
            reason = "shorter name" if mention.type is EntityType.PERSON else "same body"
        if mention.form is Form.DEMONYM:
            reason = "nationality word"
        chain.add(mention, name, reason)
        chain.kin = (chain.kin or _after_kin(mention, annotation)) and not _after_title(mention, annotation)
        known.note(chain, mention, name)
        of[mention.span] = chain
    for relation in annotation.relations:
        _tie(relation, of)
    chains = [c for c in chains if c.links]
    chains.sort(key=lambda c: min(link.span for link in c.links))
    return chains


def _with_firms(mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions, those of a firm's name without its legal form as the firm's: "Zarni" after "Zarni Bhd" is no person."""
    full = [m for m in mentions if m.type.family is EntityType.ORGANISATION and m.form is Form.NAME]
    short = {_fold(m.name.rsplit(" ", 1)[0]): m for m in full if m.name.rsplit(" ", 1)[-1].lower().strip(".") in _LEGAL}
    for m in mentions:
        firm = short.get(_fold(m.name)) if m.type is EntityType.PERSON else None
        yield m if firm is None else replace(m, type=firm.type, name=firm.name)


def _with_papers(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions, the last word of a paper's name alone as the paper's: "the Times" behind "the Harbour Times", where that is the
    only one so far whose name ends so; a Sunday paper is another.
    """
    out: list[Mention] = []
    full: dict[str, dict[str, Mention]] = {}
    for m in sorted(mentions, key=lambda m: m.span):
        first, _, last = m.name.rpartition(" ")
        known = full.get(m.name, {})
        if m.type is EntityType.NEWS_ORGANISATION and m.form is Form.NAME:
            if first and first.split()[-1] not in WEEKDAYS:
                full.setdefault(last, {})[m.name] = m
            elif len(known) == 1:
                (paper,) = known.values()
                m = replace(m, name=paper.name, country=paper.country)
        out.append(m)
    return out


def _after_title(mention: Mention, annotation: Annotation) -> bool:
    """Whether the title of an office stands right before a person's name."""
    if mention.type is not EntityType.PERSON:
        return False
    before = annotation.article.text[max(0, mention.span.start - _NEAR) : mention.span.start].split()
    return bool(before) and titles.kind(before[-1]) == "office"


def _after_kin(mention: Mention, annotation: Annotation) -> bool:
    """Whether a person's name stands beside a word for a relative: "his wife, Sanne Brandvik", "the first lady, Sanne Brandvik",
    "Sanne Brandvik, the mayor's eldest daughter".
    """
    if mention.type is not EntityType.PERSON:
        return False
    text = annotation.article.text
    lead = text[max(0, mention.span.start - _NEAR) : mention.span.start].rstrip()
    aside = _KIN_ASIDE.search(lead)  # "his daughter, the novelist Ada Brix"
    before = (lead[: aside.start()] if aside else lead).rstrip(",")
    if _is_kin((before.split() or [""])[-1]) or before.lower().endswith(_SPOUSES):
        return True
    behind = _WHOSE.match(text, mention.span.end, mention.span.end + _FAR)
    return behind is not None and any(_is_kin(word) for word in behind[1].split())


def _is_kin(word: str) -> bool:
    """Whether a word tells a relative; "Father" with a capital is a cleric."""
    return titles.kind(word) == "kin" or (word.islower() and titles.is_kin(word))


_NEAR, _FAR = 40, 100  # characters
_SPOUSES = ("first lady", "first gentleman")
# Whose relative somebody is, up to three words: ", the mayor's eldest daughter".
_WHOSE = re.compile(r",\s+(?:his|her|their|(?:[^,.;:]{1,60}['’]s?))\s+((?:[a-z-]+\s+){0,2}[a-z-]+)")
_KIN_ASIDE = re.compile(r",\s+(?:an?|the)\s+(?:[a-z-]+\s+){0,2}[a-z-]+$")


class _Known:
    """The chains so far by the words of their names, so that a mention is held against those that it may belong to and not
    against all: only a family name that many bear has many.
    """

    def __init__(self, chains: list[Chain]) -> None:
        self._chains = chains
        self._numbers: dict[int, int] = {}
        self._by: dict[tuple[str, ...], dict[int, None]] = {}

    def find(self, mention: Mention, name: str, *, titled: bool = False) -> Chain | None:
        """The newest chain that the mention belongs to. With an office before it (``titled``), or before the relative is named, a
        lone family name is not that of somebody's wife or son: "President Brandvik and his wife, Sanne Brandvik".
        """
        numbers = {n for key in self._keys(mention, name, asked=True) for n in self._by.get(key, ())}
        fitting = [
            c
            for n in sorted(numbers, reverse=True)
            if _one(c := self._chains[n], mention, name)
            and not (c.kin and (titled or mention.span < c.links[0].span) and _fold(name) not in map(_fold, c.order))
        ]
        if mention.listed and (own := [c for c in fitting if c.listed == mention.listed]):
            return own[0]
        if len(fitting) > 1 and " " not in name and mention.type is EntityType.PERSON:
            # A family name is not that of somebody who is named in full only later, and stays with whom it was used of before.
            fitting = [c for c in fitting if c.links[0].span < mention.span] or fitting
            fitting = [c for c in fitting if _fold(name) in map(_fold, c.order)] or fitting
        if len(fitting) > 1 and " " not in name:  # of the mayor and his wife, the family name alone is the mayor
            fitting = [c for c in fitting if not c.kin] or fitting
        if len(fitting) > 1 and mention.type is EntityType.PERSON:
            # A family name goes to who bears it in the first spelling, before who was spelt so once.
            last = _words(name)[-1]
            own = [c for c in fitting if not c.kin] or fitting
            return next((c for c in own if _words(c.order[0])[-1] == last), own[0])
        return fitting[0] if fitting else None

    def note(self, chain: Chain, mention: Mention, name: str) -> None:
        """A chain that the mention was just added to; a new one is the last of the list."""
        number = self._numbers.setdefault(id(chain), len(self._chains) - 1)
        keys = list(self._keys(mention, name, asked=False))
        if chain.type is EntityType.GOVERNMENT:
            keys += [("government", country) for country in ("", *chain.countries)]
        for key in keys:
            self._by.setdefault(key, {})[number] = None

    def _keys(self, mention: Mention, name: str, *, asked: bool) -> Iterator[tuple[str, ...]]:
        family = mention.type.family.value
        yield family, "name", _fold(name)
        if mention.type.family is EntityType.ORGANISATION:
            yield family, "party", _without_party(name)
        if mention.listed:
            yield "listed", mention.listed
        if mention.type.family is EntityType.PLACE:
            yield family, "name", _without_unit(_fold(name))
        words = _words(name) if mention.type is EntityType.PERSON else []
        if words:
            if len(words) > 2:
                yield family, "given", *words[:-1]
            # A lone name may be the first one of a longer name, and the other way round.
            yield family, "last", words[-1]
            yield family, "first" if (len(words) == 1) is asked else "lone", words[0]
        if asked and mention.type is EntityType.GOVERNMENT:
            yield "government", mention.country or ""


def _one(chain: Chain, mention: Mention, name: str) -> bool:
    """Whether a mention is of a chain: a user's list of names decides where it knows both."""
    if mention.listed and chain.listed:
        return mention.listed == chain.listed
    return _same(chain, mention, name)


def _tie(relation: Relation, of: dict[Span, Chain]) -> None:
    left, right = of.get(relation.subject), of.get(relation.object)
    if left is None or right is None or left is right:
        return
    if left.listed and right.listed and relation.kind is RelationKind.ALIAS:
        return  # the user's list has them as two
    if relation.kind is RelationKind.ALIAS and left.type.family is right.type.family:
        left.absorb(right)
        for link in right.links:
            if of.get(link.span) is right:
                of[link.span] = left
        right.links.clear()  # it is no chain of its own any more
    elif relation.kind is RelationKind.PART_OF:
        above: Chain | None = right
        while above is not None and above is not left:
            above = above.part_of
        if above is None:  # a body is never a part of its own parts
            left.part_of = right


def _readable(mention: Mention, annotation: Annotation) -> str:
    """A description such as "government" is only readable with its country: then the words of the text are the name."""
    if mention.form is Form.NOMINAL and mention.country and mention.name[:1].islower():
        surface = mention.span.of(annotation.article.text)
        words = surface.split()
        while len(words) > 1 and words[0].lower() in _LEADING:
            words = words[1:]
        return " ".join(words)
    return " ".join(mention.name.split())


def _same(chain: Chain, mention: Mention, name: str) -> bool:
    if chain.type.family is not mention.type.family:
        return False
    if mention.type is EntityType.PERSON:
        return any(_same_person(known, name) for known in chain.order)
    if mention.country and chain.countries and mention.country not in chain.countries:
        return False
    folded = _fold(name)
    if any(_fold(known) == folded for known in chain.order):
        return True
    if mention.type.family is EntityType.ORGANISATION and _party(name, chain):
        return True
    if mention.type.family is EntityType.PLACE and EntityType.COUNTRY not in (mention.type, chain.type):
        return any(_without_unit(_fold(known)) == _without_unit(folded) for known in chain.order)
    # A description names the same body again when type and country agree: "the government" after "the X government".
    return (
        mention.form is Form.NOMINAL
        and chain.type is mention.type
        and mention.type is EntityType.GOVERNMENT
        and not is_agency(chain.name)
        and (mention.country is None or mention.country in chain.countries)
    )


def is_agency(name: str) -> bool:
    """Whether a body that is named like a government is but one of its agencies.

    >>> is_agency("General Administration of Customs"), is_agency("Civil Aviation Authority"), is_agency("Palestinian Authority")
    (True, True, False)
    """
    words = name.split()
    heads = [i for i, word in enumerate(words) if word in ("Administration", "Authority")]
    return any(words[i + 1 : i + 2] in (["of"], ["for"]) or (i > 1 and i == len(words) - 1) for i in heads)


def _party(name: str, chain: Chain) -> bool:
    """Whether a body's name is that of a party with or without its last word or its hyphens: "Al-Noor Party", "AL-NOOR"."""
    bare = _without_party(name)
    if not any(_without_party(known) == bare for known in chain.order):
        return False
    return any(_fold(n).endswith(" party") for n in (name, *chain.order)) or _fold(name) != bare


def _without_party(name: str) -> str:
    return " ".join(_fold(name).replace("-", " ").removesuffix(" party").split())


def _same_person(known: str, name: str) -> bool:
    """A shorter name stands for a longer one when its words are among the longer one's and end like it.

    >>> _same_person("Ana María Ruiz", "Ruiz"), _same_person("Ana Ruiz", "Ana Costa")
    (True, False)
    """
    if _fold(known) == _fold(name):
        return True
    long, short = (known, name) if len(known.split()) >= len(name.split()) else (name, known)
    big, small = _words(long), _words(short)
    if len(big) == len(small) > 2:
        return big[:-1] == small[:-1] and _misspelt(big[-1], small[-1])
    if not small or len(big) == len(small):
        return False
    return all(w in big or any(len(w) == 1 and b.startswith(w) for b in big) for w in small) and (
        small[-1] == big[-1] or (len(small) == 1 and small[0] == big[0])
    )


def _without_unit(name: str) -> str:
    """ "Maule Region" and "Maule" are one place."""
    first, _, last = name.rpartition(" ")
    return first if first and last in _UNITS else name


def _misspelt(left: str, right: str) -> bool:
    """Whether two family names of one length differ in one letter inside: "Bakar" and "Bacar"."""
    unlike = [i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b]
    return len(left) == len(right) >= 5 and len(unlike) == 1 and unlike[0] > 0


def _words(name: str) -> list[str]:
    return [w for w in _fold(name).replace(".", " ").split() if w not in particles()] or _fold(name).split()


def _fold(name: str) -> str:
    return " ".join(name.casefold().replace("’", "'").split())


def _acronym(name: str) -> bool:
    """Two to eight letters, most of them capitals."""
    letters = [ch for ch in name if ch.isalpha()]
    return 2 <= len(letters) <= 8 and " " not in name and sum(ch.isupper() for ch in letters) >= 0.7 * len(letters)


def references(chains: Sequence[Chain], article: str) -> tuple[Reference, ...]:
    """The chains as references, with keys that are unique within the article and follow from the names."""
    taken: set[str] = set()
    following: dict[str, int] = {}
    for chain in chains:
        base = slug(chain.name)
        key, n = base, following.get(base, 2)
        while key in taken:
            key, n = f"{base}-{n}", n + 1
        following[base] = n
        taken.add(key)
        chain.key = key
    return tuple(
        Reference(
            key=c.key,
            article=article,
            type=c.type,
            name=c.name,
            aliases=tuple(n for n in c.order if n != c.name and c.names[n] > 0),
            country=c.country,
            part_of=c.part_of.key if c.part_of is not None else None,
            mentions=tuple(sorted(c.links, key=lambda link: (link.span, link.reason))),
            listed=c.listed,
        )
        for c in chains
    )


def index(chains: Iterable[Chain]) -> dict[Span, Chain]:
    return {link.span: chain for chain in chains for link in chain.links}

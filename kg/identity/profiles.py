"""What one article knows of an actor that can tell it apart: names, country, offices, the body that it belongs to.

References with the same profile are the same for every rule, so that rules judge profiles, not references: a country
named in a thousand articles is one profile.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.identity.institutions import INTERNATIONAL, is_generic, letters
from kg.model import EntityType, Form, OfficeHeld, Reference, Tense, digest

Pair = tuple[str, str]
"""A reference: article id and key."""

_BRACKETS = re.compile(r"(.*?\S) ?\( ?([^()]{2,20}?) ?\)")


@dataclass(frozen=True, slots=True, order=True)
class Body:
    """A body as an office or a part names it: its names, the country that the text gives, the country at home."""

    names: tuple[str, ...]
    country: str | None = None
    home: str | None = None
    type: EntityType = EntityType.ORGANISATION


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """An office of a person: title in lower case, body, and whether it is a former one."""

    title: str
    body: Body | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Profile:
    """What rules may know of an actor. ``names`` are as written, the readable one first.

    ``country`` is what the text says of it, ``home`` the country that the article is mainly about, given only where
    ``country`` is not known. ``described`` means that common nouns alone describe it ("law enforcement agencies").
    ``own`` is empty, or names the one reference that may not be taken together with others just because all is alike
    (a bare family name, a nameless source). ``listed`` is the id of who it is in a user's list of names.
    """

    type: EntityType
    names: tuple[str, ...]
    country: str | None = None
    home: str | None = None
    offices: tuple[Office, ...] = ()
    whole: Body | None = None
    described: bool = False
    own: str = ""
    listed: str = ""

    @property
    def family(self) -> EntityType:
        return self.type.family

    @property
    def id(self) -> str:
        """A hash of everything above: the same evidence, the same id."""
        listed = (self.listed,) if self.listed else ()
        return digest(
            self.type, *self.names, self.country, self.home, self.offices, self.whole, self.described, self.own, *listed
        )

    @property
    def body(self) -> Body:
        return Body(self.names, self.country, self.home, self.type)


def profiles(references: Sequence[Reference], offices: Sequence[OfficeHeld] = ()) -> dict[Pair, Profile]:
    """The profile of each reference. References and offices may come from several articles, in any order."""
    by_article: dict[str, list[Reference]] = defaultdict(list)
    held: dict[str, list[OfficeHeld]] = defaultdict(list)
    for reference in references:
        by_article[reference.article].append(reference)
    for office in offices:
        held[office.article].append(office)
    out: dict[Pair, Profile] = {}
    for article in sorted(by_article):
        out.update(_article(by_article[article], held[article]))
    return out


def _article(references: Sequence[Reference], offices: Sequence[OfficeHeld]) -> dict[Pair, Profile]:
    known = {r.key: r for r in references}
    home = _home(references, offices, known)
    jobs: dict[str, set[Office]] = defaultdict(set)
    for office in offices:
        body = known.get(office.organisation) if office.organisation else None
        title = " ".join(office.title.casefold().split())
        jobs[office.person].add(Office(title, _body(body, home, known) if body else None, office.tense is Tense.FORMER))
    return {
        (r.article, r.key): _profile(r, home, known, tuple(sorted(jobs[r.key], key=_office_key))) for r in references
    }


def _office_key(office: Office) -> str:
    return repr(office)


def _profile(r: Reference, home: str | None, known: dict[str, Reference], offices: tuple[Office, ...]) -> Profile:
    kind = _kind(r)
    names = names_of(r)
    described = bool(r.mentions) and all(m.form is Form.NOMINAL for m in r.mentions)
    whole = known.get(r.part_of) if r.part_of else None
    if kind.family is EntityType.PERSON:
        alone = len(names[0].split()) == 1 and not offices and not r.listed
        own = f"{r.article}/{r.key}" if alone else ""
        said = set(names[0].casefold().split())
        telling = tuple(n for n in names[1:] if not set(n.casefold().split()) <= said)  # "Mandela" adds nothing
        return Profile(kind, (names[0], *telling), None, None, offices, own=own, listed=r.listed)
    if kind.family in (EntityType.UNNAMED, EntityType.DOCUMENT):
        return Profile(kind, names, own=f"{r.article}/{r.key}")
    body = _body(r, home, known)
    place = kind.family is EntityType.PLACE
    nowhere = not place and not (body.country or body.home) and (described or _any_country_has(kind, names))
    own = f"{r.article}/{r.key}" if nowhere and not r.listed else ""
    return Profile(
        kind,
        names,
        body.country,
        None if place else body.home,
        whole=_body(whole, home, known) if whole is not None and not place else None,
        described=described and not place,
        own=own,
        listed=r.listed,
    )


def _body(r: Reference, home: str | None, known: dict[str, Reference]) -> Body:
    """A body with its country: its own, else that of what it is a part of, else the article's."""
    country, above, seen = r.country, r, {r.key}
    while country is None and above.part_of and above.part_of in known and above.part_of not in seen:
        above = known[above.part_of]
        seen.add(above.key)
        country = above.country
    names = names_of(r)
    return Body(names, country, home if country is None and _anywhere(names) else None, _kind(r))


def _any_country_has(kind: EntityType, names: Sequence[str]) -> bool:
    """Whether a body of this name may be that of any country, so that two of them need not be one."""
    full = [n for n in names if not is_letters(n)]
    if not full:
        return kind in (EntityType.MINISTRY, EntityType.SECURITY_SERVICE)
    return all(is_generic(n) for n in full) and not any(letters(n) in INTERNATIONAL for n in names)


def _anywhere(names: Sequence[str]) -> bool:
    """Whether bodies of several countries could be called all these names."""
    return all(letters(n) not in INTERNATIONAL if is_letters(n) else is_generic(n) for n in names)


def _kind(r: Reference) -> EntityType:
    """The type of a reference; what is called by letters only is a body even where it was taken for a person."""
    return EntityType.ORGANISATION if r.type is EntityType.PERSON and is_letters(r.name) else r.type


def names_of(r: Reference) -> tuple[str, ...]:
    """The names as written, letters in brackets taken apart: "Harbour Board (HB)" is called both."""
    out: dict[str, None] = {}
    for name in (r.name, *sorted(r.aliases)):
        match = _BRACKETS.fullmatch(" ".join(name.split()))
        for part in match.groups() if match else (name,):
            out[" ".join(part.split())] = None
    return tuple(out)


@lru_cache(maxsize=65536)
def is_letters(name: str) -> bool:
    """Whether a name is an abbreviation: two to eight letters, most of them capitals, in one word.

    >>> is_letters("BBC"), is_letters("RFE/RL"), is_letters("Ana"), is_letters("LI")
    (True, True, False, True)
    """
    letters = [ch for ch in name if ch.isalpha()]
    return 2 <= len(letters) <= 8 and " " not in name and sum(ch.isupper() for ch in letters) >= 0.7 * len(letters)


def _home(references: Sequence[Reference], offices: Sequence[OfficeHeld], known: dict[str, Reference]) -> str | None:
    """The country whose institutions the article is about: that of its bodies, cities and offices, of nationality words,
    then of names; ``None`` where two are level.
    """
    found: Counter[str] = Counter()
    for r in references:
        if r.country is None:
            continue
        if r.type is EntityType.COUNTRY:
            found[r.country] += sum(2 if m.form is Form.DEMONYM else 1 for m in r.mentions)
        else:
            found[r.country] += 2 + len(r.mentions)
    for office in offices:
        body = known.get(office.organisation) if office.organisation else None
        if body is not None and body.country:
            found[body.country] += 3
    best = found.most_common(2)
    if not best or (len(best) == 2 and best[0][1] < 1.3 * best[1][1]):
        return None
    return best[0][0]

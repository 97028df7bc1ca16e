"""Are two people the same? Rules for names and for the offices that articles give to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from kg.english.lists import listed
from kg.identity import institutions
from kg.identity.bodies import bodies
from kg.identity.decision import Decision, not_same, same, unsure
from kg.identity.profiles import Body, Office, Profile
from kg.identity.sounds import PARTICLES, fold, near
from kg.identity.sounds import key as sound
from kg.model import Identity

_HONORIFICS = frozenset(listed("identity_words", "honorific"))
_GENERATIONS = {
    word: {"junior": "jr", "senior": "sr"}.get(word, word) for word in listed("identity_words", "generation")
}
_SERVANT = frozenset(listed("identity_words", "servant"))
_NO_OFFICE = frozenset(listed("identity_words", "no_office"))


class Likeness(IntEnum):
    """How two names go together, from against to for."""

    APART = 0  # the family names differ
    OTHER = 1  # one family name, but the rest speaks against it
    FAMILY = 2  # nothing but the family name
    INITIAL = 3  # family name and the initial of the given name
    SHORT = 4  # one is the other without a patronymic, a middle or a second family name
    SPELT = 5  # the same words in another spelling or order
    WRITTEN = 6  # written alike


@dataclass(frozen=True, slots=True)
class Name:
    """The words of a person's name as they sound, and what stands beside them."""

    words: tuple[str, ...]
    initials: tuple[bool, ...]  # whether the word of that place is an initial only
    generation: str = ""


@lru_cache(maxsize=65536)
def parse(name: str) -> Name:
    """A name without honorifics and particles, each word as it sounds.

    >>> parse("Dr. Abdel-Fattah al-Sisi").words == parse("Abd el Fattah Sisi").words
    True
    """
    text = re.sub(r"(?<=[^\W\d_])['’ʼ`](?=[^\W\d_])", "", name)
    text = re.sub(r"\b(Al|El|Abdel|Abdul|Bin)(?=[A-ZÀ-Þ])", r"\1 ", text)  # ElBaradei
    if "," in text:  # "Smith, John" as lists write it; a generation may stand there too
        first, _, rest = text.partition(",")
        text = f"{first} {rest}" if rest.strip().casefold().rstrip(".") in _GENERATIONS else f"{rest} {first}"
    raw = [w for w in re.split(r"[\s.\-‐‑–·]+", text) if w]
    generation = next((_GENERATIONS[w.casefold()] for w in raw[1:] if w.casefold() in _GENERATIONS), "")
    raw = [w for w in raw if w.casefold() not in _GENERATIONS] or raw
    while len(raw) > 1 and raw[0].casefold() in _HONORIFICS:
        raw = raw[1:]
    kept = [w for w in raw if fold(w) not in PARTICLES] or raw
    out = [("abd" if fold(w) in _SERVANT else sound(w), len(w) == 1) for w in kept]
    out = [(w, short) for w, short in out if w]
    return Name(tuple(w for w, _ in out), tuple(short for _, short in out), generation)


def likeness(left: str, right: str) -> Likeness:
    """How two names go together.

    >>> likeness("Ivan Petrovich Sidorov", "Ivan Sidorov").name, likeness("I. Sidorov", "Ivan Sidorov").name
    ('SHORT', 'INITIAL')
    >>> likeness("Kim Jong-un", "Kim Jong Un").name, likeness("Ivan Sidorov", "Pavel Sidorov").name
    ('SPELT', 'OTHER')
    """
    a, b = parse(left), parse(right)
    if not a.words or not b.words:
        return Likeness.APART
    if len(a.words) > 1 and fold(left) == fold(right):
        return Likeness.WRITTEN
    found = _words(a, b)
    if found > Likeness.FAMILY and a.generation != b.generation:
        return Likeness.OTHER if a.generation and b.generation else Likeness.INITIAL
    return found


def _words(a: Name, b: Name) -> Likeness:
    if len(a.words) > len(b.words):
        a, b = b, a
    if len(a.words) == 1:
        return Likeness.FAMILY if near(a.words[0], b.words[-1]) else Likeness.APART
    short = any(a.initials) or any(b.initials)
    if len(a.words) == len(b.words) and all(_fits(a, i, b, i) for i in range(len(a.words))):
        return Likeness.INITIAL if a.initials[0] or b.initials[0] else (Likeness.SHORT if short else Likeness.SPELT)
    if not short and _reordered(a.words, b.words):
        return Likeness.SPELT
    if len(a.words) != len(b.words) and near("".join(a.words), "".join(b.words)):
        return Likeness.SPELT  # "Jaein" and "Jae-in"
    if not near(a.words[-1], b.words[-1]):
        # "Gabriel García Márquez" is also called "Gabriel García": the words come in the same order from the first on.
        if len(a.words) < len(b.words) and _leading(a, b):
            return Likeness.SHORT
        return Likeness.APART
    if not _fits(a, 0, b, 0):
        # One may be known by the second given name only when the first is an initial or is left out.
        rest = Name(b.words[1:], b.initials[1:])
        if len(rest.words) >= 2 and len(a.words) <= len(rest.words) and not short and _within(a.words, rest.words):
            return Likeness.INITIAL
        return Likeness.OTHER
    if len(a.words) == len(b.words) or not _within_initials(a, b):
        return Likeness.OTHER  # a second given name or patronymic that contradicts
    return Likeness.INITIAL if a.initials[0] or b.initials[0] else Likeness.SHORT


def _fits(a: Name, i: int, b: Name, j: int) -> bool:
    if a.initials[i] or b.initials[j]:
        return a.words[i][:1] == b.words[j][:1]
    return near(a.words[i], b.words[j]) and not _gendered(a.words[i], b.words[j])


def _gendered(x: str, y: str) -> bool:
    """Whether two names are a man's and a woman's: they differ in a last "a" alone ("Mario", "Maria", "Petrov", "Petrova")."""
    if x == y or x.endswith("a") == y.endswith("a"):
        return False
    return x.removesuffix("a").removesuffix("o") == y.removesuffix("a").removesuffix("o")


def _leading(a: Name, b: Name) -> bool:
    return all(_fits(a, i, b, i) for i in range(len(a.words))) and not any(a.initials)


def _within_initials(a: Name, b: Name) -> bool:
    """Whether the middle words of the shorter name come in the longer one in the same order; initials from the first on."""
    if len(a.words) > 2 and a.initials[1] and not _fits(a, 1, b, 1):
        return False
    j = 1
    for i in range(1, len(a.words) - 1):
        while j < len(b.words) - 1 and not _fits(a, i, b, j):
            j += 1
        if j >= len(b.words) - 1:
            return False
        j += 1
    return True


def _within(a: Sequence[str], b: Sequence[str]) -> bool:
    return all(any(near(x, y) for y in b) for x in a)


def _reordered(a: Sequence[str], b: Sequence[str]) -> bool:
    return len(a) == len(b) and sorted(a) == sorted(b)


# ── offices ────────────────────────────────────────────────────────────────────────────────────────────────────────

_HEADS = frozenset(listed("identity_words", "chief"))
_SPOKES = frozenset("spokesman spokeswoman spokesperson spokespeople".split())
_VAGUE = frozenset(listed("identity_words", "vague_title"))
_STATE = frozenset(listed("identity_words", "state_title"))


class Offices(IntEnum):
    """How the offices of two people go together."""

    CLASH = 0  # offices of two different countries that one person cannot hold
    OTHER = 1  # different offices in different bodies
    NONE = 2  # one of them has none
    LIKELY = 3  # the same office, in bodies that may be one
    STATE = 4  # different offices of one state
    BODY = 5  # different offices in one body
    SAME = 6  # the same office


def compare_offices(left: Sequence[Office], right: Sequence[Office]) -> tuple[Offices, str]:
    """The best that two people's offices say, and the office in words."""
    if not left or not right:
        return Offices.NONE, ""
    return max(((_office(a, b), a.title) for a in left for b in right), key=lambda found: (found[0], found[1]))


def _office(a: Office, b: Office) -> Offices:
    x, y = title_words(a.title), title_words(b.title)
    link = _bodies(a.body, b.body)
    alike = x == y or _joined(a) == _joined(b)
    if link == "none":
        vague = x <= _VAGUE or y <= _VAGUE
        return (
            Offices.SAME
            if alike and not vague
            else Offices.NONE
            if vague or a.body is None or b.body is None
            else Offices.OTHER
        )
    if link == "maybe":
        return Offices.LIKELY if alike and not x <= _VAGUE else Offices.OTHER
    if link == "same":
        return Offices.SAME if alike or x <= _VAGUE or y <= _VAGUE else Offices.BODY
    state = bool(x & _STATE) and bool(y & _STATE)
    mine, yours = _country(a.body), _country(b.body)
    if mine and yours and mine != yours and not state:
        return Offices.OTHER
    if state and mine and yours:
        return (Offices.SAME if alike else Offices.STATE) if mine == yours else Offices.CLASH
    if x <= _VAGUE or y <= _VAGUE:
        return Offices.OTHER
    return Offices.SAME if alike and _joined(a) == _joined(b) else Offices.OTHER


def _bodies(a: Body | None, b: Body | None) -> str:
    """ "none" where one office names no body, "same" for one body, "maybe" where more than half speaks for one, else "other"."""
    if a is None or b is None:
        return "none"
    if a == b:
        return "same"
    found = bodies(a, b)
    if found is None or found.same:
        return "same" if found is not None else "other"
    mine, yours = _country(a), _country(b)
    likely = found.verdict is Identity.UNSURE and found.confidence >= 0.5 and not (mine and yours and mine != yours)
    return "maybe" if likely else "other"


def _country(body: Body | None) -> str | None:
    return body.country or body.home if body is not None else None


@lru_cache(maxsize=65536)
def title_words(title: str) -> frozenset[str]:
    """The words of a title, in one form: "spokeswoman" is spokesman, "vice" is deputy, "chief" is head."""
    out = set()
    for word in institutions.tokens(title.replace("-", " ")):
        if word in _HEADS:
            out.add("head")
        elif word in _SPOKES:
            out.add("spokesman")
        else:
            out.add({"vice": "deputy", "premier": "prime"}.get(word, word))
    if "prime" in out:
        out.add("ministry")
    return frozenset(out - _NO_OFFICE)


def _joined(office: Office) -> frozenset[str]:
    """Title and body in one set of words: "interior minister" and "minister" in the Interior Ministry are one."""
    names = office.body.names if office.body is not None else ()
    full = next((n for n in names if " " in n), None)
    words = set(institutions.tokens(full, _country(office.body))) if full else set()
    return title_words(office.title) | frozenset(words)


# ── the judgement ──────────────────────────────────────────────────────────────────────────────────────────────────


def decide(left: Profile, right: Profile) -> Decision | None:
    """The judgement on two people, or ``None`` where their names have nothing to do with each other."""
    # long: the ladder of likeness from its lowest step, read at one sight
    like, a, b = max(
        ((likeness(a, b), a, b) for a in left.names for b in right.names),
        key=lambda found: (found[0], found[1], found[2]),
    )
    if like is Likeness.APART:
        return None
    offices, title = compare_offices(left.offices, right.offices)
    both = f"“{a}” and “{b}”"
    if like is Likeness.OTHER:
        if offices is Offices.SAME:
            return unsure(f"{both} share the family name and the office of {title}, but not the given name", 0.4)
        if _one_letter(a, b):
            return unsure(f"{both} differ in the last letter of the given name only", 0.55)
        return not_same(f"{both} have different given names", 0.9)
    if offices is Offices.CLASH:
        return not_same(f"{both} hold offices of different countries", 0.8)
    if like is Likeness.FAMILY:
        return _by_family_name(both, offices, title)
    if like is Likeness.INITIAL:
        if offices is Offices.SAME:
            return same(f"{both} agree in family name and initial and are both {title}", 0.9)
        if offices is Offices.BODY:
            return same(f"{both} agree in family name and initial and belong to one body", 0.75)
        return unsure(f"{both} agree in family name and initial only", 0.5)
    how = {
        Likeness.WRITTEN: f"both articles name {a}",
        Likeness.SPELT: f"{both} are spellings of one name",
        Likeness.SHORT: f"“{min(a, b, key=lambda n: (len(n), n))}” is the short form of “{max(a, b, key=lambda n: (len(n), n))}”",
    }[like]
    if offices is Offices.OTHER:
        return unsure(f"{how}, but in different offices", 0.5)
    sure = {Likeness.WRITTEN: 0.95, Likeness.SPELT: 0.9, Likeness.SHORT: 0.85}[like]
    if offices is Offices.SAME:
        return same(f"{how}, {title} in both", min(0.99, sure + 0.04))
    if offices is Offices.LIKELY:
        return same(f"{how}, {title} in both, of bodies that may be one", sure - 0.05)
    if offices in (Offices.BODY, Offices.STATE):
        where = "one body" if offices is Offices.BODY else "one state"
        return same(f"{how}, in two offices of {where}", sure - 0.05)
    return same(how, sure)


def supported(left: Profile, right: Profile) -> list[tuple[Body, Body]]:
    """The bodies that two people who are one by their full name hold the same office in: what may be one body then is one."""
    if max(likeness(a, b) for a in left.names for b in right.names) < Likeness.SHORT:
        return []
    pairs = ((a, b) for a in left.offices for b in right.offices if a.body is not None and b.body is not None)
    return [(a.body, b.body) for a, b in pairs if _office(a, b) is Offices.LIKELY and a.body and b.body]


def _one_letter(a: str, b: str) -> bool:
    """Whether two names are alike but for an "a" behind the given name: a man's and a woman's, or one letter forgotten."""
    x, y = parse(a).words, parse(b).words
    return len(x) == len(y) > 1 and x[1:] == y[1:] and len(x[-1]) >= _LONG and x[0].rstrip("a") == y[0].rstrip("a")


_LONG = 5  # sounds of a family name that few people share


def _by_family_name(both: str, offices: Offices, title: str) -> Decision | None:
    if offices is Offices.SAME:
        return same(f"{both} share the family name and the office of {title}", 0.85)
    if offices is Offices.OTHER:
        return None  # two people of one name in two places: nothing speaks for one
    return unsure(f"{both} share only the family name", 0.4 if offices is not Offices.BODY else 0.5)


__all__ = ["Likeness", "Offices", "compare_offices", "decide", "likeness", "parse", "supported", "title_words"]

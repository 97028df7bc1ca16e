"""Facts that have one answer at a time: who did a deed, and whether an actor is banned, alive, free.

Two statements give two answers where both are read in so many words; a word that only hints at one is left unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.compare import dates
from kg.compare.verdicts import WINDOW
from kg.english.calendar import MONTHS, WEEKDAYS
from kg.english.lists import alternation, entries, listed, records
from kg.english.stems import STOP, stems
from kg.model import Assertion, Stance

_BE = rf"(?:{alternation(listed('comparison_words', 'state'))})"
_HAVE = r"(?:has|have|had)"
_ADVERB = rf"(?:{alternation(listed('comparison_words', 'adverb'))})"
_KINDS = rf"(?:{alternation(listed('comparison_words', 'kind'))})"
_ONLY_FOR = re.compile(r"\s+(?:from|for|as|to)\b")  # "banned from the election" bans something else
_WHERE = re.compile(r"\s+in\s+(?:the\s+)?(?P<place>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+)*)")
_OPEN = re.compile(
    rf"\b(?:{alternation(listed('comparison_words', 'open'))})\b[^.;]*$"
)  # before a name: nothing is told of it
_CLAUSE = re.compile(rf"(?:{alternation(listed('comparison_words', 'subject'))}|\w+ing)\b")
_END = re.compile(rf"[,;:.!?\"“”()]|\s(?:{alternation(listed('comparison_words', 'clause'))})\s")
_DAYS = alternation((*MONTHS, *WEEKDAYS))
_TAIL = re.compile(rf"\s(?:on\s(?:{_DAYS}|\d)|(?:{alternation(listed('comparison_words', 'tail'))})\b)", re.IGNORECASE)
_CAPITAL = re.compile(r"[A-Z][\w'’-]+")
_ALIKE = 5  # letters by which "Orvia" and "Orvian" are told to be of one country
_SHARED = 0.6  # of the words of the shorter name of a deed


@dataclass(frozen=True, slots=True)
class Status:
    """What ``actor`` is said to be on ``axis``: ``holds`` is ``True`` for the positive side. ``place`` limits it."""

    actor: str
    axis: str
    holds: bool
    word: str
    place: str | None

    @property
    def question(self) -> str:
        """The axis as the end of a question: "Is X …?"."""
        return self.axis

    @property
    def answer(self) -> str:
        return f"{self.word} in {self.place}" if self.place else self.word

    @property
    def side(self) -> str:
        return "yes" if self.holds else "no"


@dataclass(frozen=True, slots=True)
class Deed:
    """Who is said to have done what: ``words`` are the stems and names by which a deed is told."""

    culprit: str
    kind: str  # order, doing, either
    words: frozenset[str]
    name: str

    @property
    def answer(self) -> str:
        return self.culprit

    @property
    def side(self) -> str:
        return self.culprit


Fact = Status | Deed


@lru_cache(maxsize=4096)
def facts_of(assertion: Assertion) -> tuple[Fact, ...]:
    """The facts that a statement gives in so many words."""
    if assertion.negated or not assertion.actors:
        return ()
    return tuple(dict.fromkeys((*_statuses(assertion), *_deeds(assertion))))


def fact_keys(assertion: Assertion) -> frozenset[tuple[str, str]]:
    """Keys of which two statements share one wherever :func:`opposed` may find two answers."""
    keys: set[tuple[str, str]] = set()
    for fact in facts_of(assertion):
        if isinstance(fact, Status):
            keys.add((fact.actor, f"is {fact.axis}"))
        else:
            keys.update(("deed", word) for word in fact.words)
    return frozenset(keys)


def opposed(a: Assertion, b: Assertion) -> str | None:
    """Why the two statements give two answers to one question, as the end of a sentence; ``None`` where they do not."""
    days = dates.days_between(dates.told(a), dates.told(b))
    if days is not None and abs(days) > WINDOW:
        return None  # what somebody is changes, and a deed of another month is another deed
    if a.speaker is not None and a.speaker == b.speaker:
        return None
    together = a.article == b.article
    if days is None and not together:
        return None
    for one in facts_of(a):
        for other in facts_of(b):
            if isinstance(one, Status) and isinstance(other, Status):
                if _two_states(one, other):
                    return f"{one.actor} cannot be both “{one.word}” and “{other.word}” at one time"
            elif isinstance(one, Deed) and isinstance(other, Deed) and _two_culprits(one, other, together=together):
                return f"two answers to who is behind it, {one.culprit} and {other.culprit}"
    return None


def _two_states(one: Status, other: Status) -> bool:
    if (one.actor, one.axis) != (other.actor, other.axis) or one.holds == other.holds:
        return False
    return one.place is None or other.place is None or one.place == other.place


def _two_culprits(one: Deed, other: Deed, *, together: bool) -> bool:
    """Two names for one deed. One who ordered and one who did it are no two answers."""
    if {one.kind, other.kind} == {"order", "doing"} or _kin(one.culprit, other.culprit):
        return False
    return _same_deed(one, other, together=together)


def one_deed(one: tuple[Deed, Assertion], other: tuple[Deed, Assertion]) -> bool:
    """Whether two statements tell one deed, whoever is behind it."""
    (first, a), (second, b) = one, other
    together, days = a.article == b.article, dates.days_between(dates.told(a), dates.told(b))
    if not together and (days is None or abs(days) > WINDOW):
        return False
    return _same_deed(first, second, together=together)


def _same_deed(one: Deed, other: Deed, *, together: bool) -> bool:
    """Within an article "the attack" is that of the article; across articles the deed must be told by two words at least."""
    shared, least = one.words & other.words, min(len(one.words), len(other.words))
    if together:
        return bool(shared) and len(shared) == least
    things = [{w for w in deed.words - shared if not w[:1].isupper()} for deed in (one, other)]
    if all(things):
        return False  # "the bombing of the school in Osk", "the bombing of the bridge in Osk"
    return len(shared) >= 2 and len(shared) >= _SHARED * least and _one_place(one, other)


def _one_place(one: Deed, other: Deed) -> bool:
    """Whether the names in two deeds let them be one: where both name something, they name something in common."""
    first, second = ({w for w in deed.words if w[:1].isupper()} for deed in (one, other))
    return not first or not second or bool(first & second)


def _kin(one: str, other: str) -> bool:
    """Whether one name may be of the other: "Orvia" and "the Orvian army", "Red Front" and "Red Front in Tarva"."""
    first, second = ({w[:_ALIKE].lower() for w in _CAPITAL.findall(name)} for name in (one, other))
    return bool(first & second)


# ── reading ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _statuses(a: Assertion) -> Iterator[Status]:
    if not _may_be(_sign_words()).search(a.content):
        return
    for actor in a.actors:
        own = a.speaker_name == actor and actor[:1].isupper()
        if not own and actor not in a.content:
            continue
        for found in _status_of(actor, own=own).finditer(a.content):
            after = a.content[found.end() :]
            word = found["status"]
            if _ONLY_FOR.match(after):
                continue
            axis, holds = _signs()[word.lower()]
            said_not = bool(found["not"]) != (a.stance is Stance.DENIED)
            where = _WHERE.match(after)
            yield Status(
                actor, axis, holds != said_not, f"not {word}" if said_not else word, where["place"] if where else None
            )


@lru_cache(maxsize=256)
def _may_be(words: str) -> re.Pattern[str]:
    """Whether a text has one of these words at all: looked for before any pattern is made for an actor, which costs far more."""
    return re.compile(rf"\s(?:{words})(?![\w-])")


@lru_cache(maxsize=1024)
def _status_of(actor: str, *, own: bool) -> re.Pattern[str]:
    subject = rf"(?<![\w'’-]){re.escape(actor)}"
    if own:
        subject = rf"(?:{subject}|(?:^|(?<=^that ))(?:he|she|I))"  # "it" may be the body that one speaks for
    words = _sign_words()
    return re.compile(
        rf"{subject}\s+(?:{_ADVERB}\s+)?(?:(?P<been>{_HAVE})|{_BE}|am)(?P<not>\s+(?:not|never|no\s+longer)|n[’']t)?"
        rf"(?(been)\s+(?:{_ADVERB}\s+)?been)"
        rf"(?:\s+{_ADVERB})?(?:\s+an?)?\s+(?P<status>{words})(?![\w-])(?:\s+{_KINDS})?"
    )


@cache
def _signs() -> dict[str, tuple[str, bool]]:
    return {word: (row["axis"], row["sign"] == "+") for row in records("statuses") for word in entries(row["words"])}


@cache
def _sign_words() -> str:
    return alternation(_signs())


def _deeds(a: Assertion) -> Iterator[Deed]:
    if a.stance is Stance.DENIED:
        return
    text = a.content
    if a.stance is Stance.CLAIMED and (found := re.match(r"responsibility for\s+(?P<deed>.+)", text)):
        yield from _deed(a.speaker_name, "either", found["deed"])
    for actor in (one for one in a.actors if one in text):
        name = rf"(?<![\w'’-])(?:the\s+)?{re.escape(actor)}"
        if a.stance is Stance.BLAMED and (found := re.match(rf"(?:that\s+)?{name}\s+for\s+(?P<deed>.+)", text)):
            yield from _deed(actor, "either", found["deed"])
        for kind, form, words in _ties():
            if not _may_be(words).search(text):
                continue
            if form == "verb":
                tied = rf"{name}\s+(?:{_HAVE}\s+)?(?:{words})\s+(?P<deed>.+)"
                passive = rf"(?:^|\bthat\s+)(?P<deed>[^,;]+?)\s+(?:{_HAVE}\s+been|was|were)\s+(?:{words})\s+by\s+{name}(?![\w-])"
                patterns: tuple[str, ...] = (tied, passive)
            else:
                patterns = (rf"{name}\s+(?:{_HAVE}\s+been|{_BE})\s+(?:{words})\s+(?P<deed>.+)",)
            for pattern in patterns:
                if (found := re.search(pattern, text)) and not _OPEN.search(text[: found.start()]):
                    yield from _deed(actor, kind, found["deed"])
        yield from _done(actor, name, text)


def _done(actor: str, name: str, text: str) -> Iterator[Deed]:
    """Deeds by their verbs: "the Red Front bombed the station", "the station was bombed by the Red Front"; what is done to a place
    or a people as a whole is done again and again, and "bombed Osk" is no deed of its own.
    """
    verbs = _verbs()
    if not _may_be(verbs).search(text):
        return
    it = r"(?P<it>(?:the\s+)?[\w'’-]+(?:\s+[\w'’-]+){0,8})"
    for pattern in (
        rf"{name}\s+(?:{_HAVE}\s+)?(?P<verb>{verbs})\s+{it}",
        rf"(?:^(?!that\b)|\bthat\s+){it}\s+(?:{_HAVE}\s+been|was|were)\s+(?P<verb>{verbs})\s+by\s+{name}(?![\w-])",
    ):
        found = re.search(pattern, text)
        if found is None or _OPEN.search(text[: found.start()]):
            continue
        words = found["it"].split()
        one = words[0].lower() == "the" and any(w.islower() and len(w) > 2 for w in words[1:])
        if one or [w[:1].isupper() for w in words[:2]] == [True, True]:
            yield from _deed(actor, "doing", f"the {_nouns()[found['verb']]} of {found['it']}")


@cache
def _nouns() -> dict[str, str]:
    """Verbs that name a deed, by its noun."""
    found = [r for r in records("deeds") if r["past"] == "deed"]
    return {v: n for r in found for v, n in zip(entries(r["words"]), entries(r["nouns"]), strict=True)}


@cache
def _verbs() -> str:
    return "|".join(map(re.escape, _nouns()))


@cache
def _ties() -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (r["kind"], r["past"], alternation(entries(r["words"]))) for r in records("deeds") if r["past"] != "deed"
    )


def _deed(culprit: str, kind: str, text: str) -> Iterator[Deed]:
    """The deed that a phrase names, up to the end of the phrase."""
    phrase = _TAIL.split(" ".join(_END.split(text, maxsplit=1)[0].split()), maxsplit=1)[0]
    if _CLAUSE.match(phrase):
        return
    names = frozenset(w for w in _CAPITAL.findall(phrase) if w.lower() not in STOP)
    words = frozenset(stems(phrase)) | names
    if culprit[:1].isupper() and any(not w[:1].isupper() for w in words):
        yield Deed(culprit, kind, words, phrase)

"""Statements without figures that oppose one another: a denial of what another says, opposite claims about one actor.

Two contents are the same when they share an actor and most of their words; a denial of guilt ("denied any role in the
attack") meets what others say of the one who denies, and one that points back ("disputed that toll") what it points at. What an actor *is* said to be and what was *done* to it can both
hold, so "banned" and "says it is peaceful" are no contradiction.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntFlag
from functools import cache, lru_cache
from itertools import combinations
from math import ceil
from typing import Final

from kg.compare import dates
from kg.compare.facts import fact_keys
from kg.compare.facts import opposed as two_answers
from kg.compare.wording.figure import capital
from kg.compare.wording.owners import named
from kg.english.lists import alternation, listed, rows
from kg.english.stems import STOP, stem, stems
from kg.model import Assertion, Comparison, Stance, Verdict

SHARED = 0.6
"""The share of the shorter content's words that two contents must share to say the same."""

_BY_VERB = 0.3  # the share of the words of what is denied, where the verb says so: "denied that …"

YEAR = 400
"""Days beyond which a denial is not taken for one of that statement."""

_NEGATION = re.compile(rf"\b(?:{alternation(listed('comparison_words', 'negation'))})\b|n[’']t\b", re.IGNORECASE)
_ITSELF = re.compile(rf"\b(?:{alternation(listed('comparison_words', 'itself'))})\b")
_REAL = frozenset(
    {
        Stance.SAID,
        Stance.CLAIMED,
        Stance.DENIED,
        Stance.BLAMED,
        Stance.KNOWN,
        Stance.ASSESSED,
        Stance.BELIEVED,
        Stance.DECIDED,
    }
)
_VERBS = {
    Stance.DENIED: "denied",
    Stance.CLAIMED: "claimed",
    Stance.BLAMED: "blamed",
    Stance.BELIEVED: "believed",
    Stance.DECIDED: "decided",
    Stance.ASSESSED: "spoke of",
}
_WORDS = 34
BUSY = 300
"""A pair of actor and word in more statements of one period than this tells nothing."""

UNDATED: Final = -1
"""The period of what is told without a day, and of what may be told at any time."""

Key = tuple[str, str]


class Sharp(IntFlag):
    """What in a statement can oppose another one."""

    DENIES = 1  # by what it says, or by its verb what another one says
    OPPOSITE = 2  # it holds a word that has an opposite
    INNOCENT = 4  # it denies to have had a part in something
    FACT = 8  # it gives one answer to a question that has one


@dataclass(frozen=True, slots=True)
class Reading:
    """An assertion with its content words, whether it denies them, and what in it is sharp."""

    at: Assertion
    stems: frozenset[str]
    denies: bool
    sharp: Sharp


@dataclass(frozen=True, slots=True)
class Search:
    """Those that could oppose a statement: they share an actor and ``shared`` of its words, or a fact, are sharp in one of these ways
    (0: in any or none), and hold one of the keys ``holds``, where there are any.
    """

    shared: int
    sharp: Sharp
    holds: frozenset[Key] = frozenset()


def denials(assertions: Iterable[Assertion], *, all_pairs: bool = False) -> list[Comparison]:
    """The pairs of statements of which one denies the other, the earlier on the left. With ``all_pairs`` also those about
    one actor that cannot be compared, and why not. ``left`` and ``right`` are empty: there is no figure.
    """
    read = [r for a in sorted(assertions, key=_order) if (r := reading(a)) is not None]
    pairs = combinations(read, 2) if all_pairs else _candidates(read)
    found = (opposed(a, b, all_pairs=all_pairs) for a, b in pairs)
    return sorted((c for c in found if c is not None), key=lambda c: (c.left_statement, c.right_statement))


def opposed(one: Reading, other: Reading, *, all_pairs: bool = False) -> Comparison | None:
    """How one of two statements denies the other; ``None`` where it does not."""
    if not all_pairs and not _may_oppose(one, other):
        return None
    a, b = (one, other) if _order(one.at) <= _order(other.at) else (other, one)
    found = _pair(a, b, all_pairs)
    return None if found is None else Comparison("", "", a.at.statement, b.at.statement, *found)


def searches(r: Reading) -> list[Search]:
    """Where to look for all that a statement could oppose."""
    n = len(r.stems)
    out = [Search(1, Sharp.INNOCENT)]
    if r.denies:
        out.append(Search(max(2, ceil(_least(r) * n)), Sharp(0)))
    else:
        out.append(Search(max(2, ceil(_BY_VERB * n)), Sharp.DENIES))
    if r.sharp & Sharp.OPPOSITE and (words := _other_words(r.stems)):
        holds = frozenset((actor, word) for actor in r.at.actors for word in words)
        out.append(Search(max(1, ceil(SHARED * (n - 1))), Sharp.OPPOSITE, holds))
    if r.sharp & Sharp.INNOCENT:
        out.append(Search(_half(_deed(r)), Sharp(0)))
    if r.sharp & Sharp.FACT:
        out.append(Search(1, Sharp.FACT))
    if r.at.answers or r.at.answered:
        out.append(Search(1, Sharp(0) if r.at.answers else Sharp.DENIES))
    return out


_FURTHER: Final = 2  # keys beyond those that find all: whoever is found under one key of many by chance is not read


def looks(held: Mapping[Key, int], mine: Reading, search: Search) -> Iterator[tuple[list[Key], int]]:
    """The keys (:func:`denial_keys`) under which a search finds all, and under how many of them what it finds must be: of each actor's
    words the rarest, and all keys where one is enough. ``held`` tells how many statements each key of ``mine`` has in the
    period that is searched (:func:`telling`).
    """
    if search.shared == 1:
        yield [key for key, number in held.items() if number], 1
        return
    missing = len(mine.stems) - search.shared  # so many of the words may be in the one alone
    for actor in mine.at.actors if missing >= 0 else ():
        rare = sorted((held[actor, word], word) for word in mine.stems if (actor, word) in held)[
            : missing + 1 + _FURTHER
        ]
        keys = [(actor, word) for number, word in rare if number]
        least = max(1, len(rare) - missing)
        if len(keys) >= least:
            yield keys, least


def denial_keys(assertion: Assertion) -> dict[Key, int]:
    """Pairs of actor and word, each with its period: two statements can deny one another only where they share one in periods
    that are :func:`beside` one another.
    """
    if assertion.stance not in _REAL or assertion.negated:
        return {}
    words, day = stems(assertion.content), dates.told(assertion)
    at = int(dates.middle(day)) // (YEAR + 1) if day is not None else UNDATED
    told = dict.fromkeys({(actor, word) for actor in assertion.actors for word in words} | _facts(assertion), at)
    pointed = (assertion.answers, assertion.statement if assertion.answered else None)
    return told | {("answers", statement): UNDATED for statement in pointed if statement is not None}


def beside(one: int, other: int) -> bool:
    """Whether statements of two periods can be within ``YEAR`` days of one another."""
    return UNDATED in (one, other) or abs(one - other) <= 1


def telling(mine: Mapping[Key, int], held: Mapping[Key, Mapping[int, int]]) -> Iterator[tuple[int, dict[Key, int]]]:
    """The periods that a statement looks into, and how many statements each of its keys has there, without those that tell nothing.

    ``mine`` are its :func:`denial_keys`; ``held`` says of a key how many statements it has in each period. A key tells
    nothing of two periods in one of which it is busy, so that whichever of two statements looks finds the other.
    """
    quiet = {key: at for key, at in mine.items() if held.get(key, {}).get(at, 0) <= BUSY}
    for period in sorted({period for key, at in quiet.items() for period in held.get(key, ()) if beside(at, period)}):
        counts = {key: held.get(key, {}).get(period, 0) for key, at in quiet.items() if beside(at, period)}
        yield period, {key: number for key, number in counts.items() if number <= BUSY}


def _may_oppose(a: Reading, b: Reading) -> bool:
    """What is cheap to look at, before all else."""
    if _answers(a.at, b.at):
        return True
    if a.sharp & b.sharp & Sharp.FACT:
        return True
    if a.denies != b.denies:
        return _same_content(a, b) or bool((a.sharp | b.sharp) & Sharp.INNOCENT)
    return bool(a.sharp & b.sharp & Sharp.OPPOSITE)


def _pair(a: Reading, b: Reading, all_pairs: bool) -> tuple[Verdict, str] | None:
    """The verdict on two statements, the earlier first; ``None`` where there is nothing to tell."""
    left, right = a.at, b.at
    if left.within == right.statement or right.within == left.statement or left.statement == right.statement:
        return None
    if _answers(left, right):
        return Verdict.CONTRADICTS, f"{_told(left, right)}: the one denies what the other says."
    shared = set(left.actors) & set(right.actors)
    found = _of_contents(a, b) if shared else None
    if found is None and (two := two_answers(left, right)):
        return Verdict.CONTRADICTS, f"{_told(left, right)}: {two}."
    if found is None and shared and all_pairs and _near(left, right):
        why = _act_and_quality(a, b, sorted(shared)) or "they say different things"
        return Verdict.NOT_COMPARABLE, f"{_told(left, right)}: not comparable, because {why}."
    return found


def _answers(left: Assertion, right: Assertion) -> bool:
    """Whether the one denies what the other says in so many words: "The army disputed that toll"."""
    return left.answers == right.statement or right.answers == left.statement


def _near(left: Assertion, right: Assertion) -> bool:
    days = dates.days_between(dates.told(left), dates.told(right))
    return days is None or days <= YEAR


def _of_contents(a: Reading, b: Reading) -> tuple[Verdict, str] | None:
    """The verdict on two statements that share an actor, by their contents as a whole."""
    left, right = a.at, b.at
    if not _near(left, right):
        return None
    days = dates.days_between(dates.told(left), dates.told(right))
    same = left.speaker is not None and left.speaker == right.speaker
    if a.denies != b.denies and (_same_content(a, b) or _guilt(a, b) or _guilt(b, a)):
        if same and days and Stance.DENIED in (left.stance, right.stance):
            return Verdict.REVISES, f"{_told(left, right)}: the same source has changed its account."
        if not same:
            return Verdict.CONTRADICTS, f"{_told(left, right)}: the one affirms what the other denies."
        return None
    words = _opposites(a, b)
    if words and a.denies == b.denies and not same:
        one, other = words
        return Verdict.CONTRADICTS, f"{_told(left, right)}: “{one}” and “{other}” cannot both hold."
    return None


def _same_content(a: Reading, b: Reading) -> bool:
    """Whether most words of the denial stand in the other and the other says little more. A denial by its verb ("denied
    that …") tells what it denies; "not" may belong to any of several clauses, so that there both must match closely.
    """
    negative, positive = (a, b) if a.denies else (b, a)
    shared = negative.stems & positive.stems
    if len(shared) < 2 or _is_named(positive.at.content):
        return False
    by_verb = negative.at.stance is Stance.DENIED
    share = _BY_VERB if by_verb else SHARED
    return len(shared) >= _least(negative) * len(negative.stems) and len(shared) >= share * len(positive.stems)


_NAMES: Final = frozenset((*listed("comparison_words", "told_claim"), *listed("comparison_words", "told_count")))
_LONGEST_NAME: Final = 5  # words


def _is_named(content: str) -> bool:
    """Whether content is but the name of what was said, and says nothing by itself: "the minister's allegations"."""
    told = content.split()
    return 0 < len(told) <= _LONGEST_NAME and re.sub(r"\W", "", told[-1]).lower() in _NAMES


def _least(negative: Reading) -> float:
    """The share of the words of a denial that must be in what it denies."""
    return SHARED if negative.at.stance is Stance.DENIED else 0.75


def _guilt(denial: Reading, charge: Reading) -> bool:
    """Whether one denies to have had a part in what the other says that they did."""
    if not denial.sharp & Sharp.INNOCENT or denial.at.speaker == charge.at.speaker:
        return False
    who = denial.at.speaker_name
    if who not in charge.at.actors or who not in charge.at.content:
        return False
    deed = _deed(denial)
    return len(deed & charge.stems) >= _half(deed)


def _deed(denial: Reading) -> frozenset[str]:
    """The words of what is denied to have been done, without those of having had a part in it."""
    return frozenset(s for s in denial.stems if _judging().get(s) != "denied")


def _half(deed: frozenset[str]) -> int:
    return max(1, round(0.5 * len(deed)))


def _opposites(a: Reading, b: Reading) -> tuple[str, str] | None:
    """Two words that cannot both hold, where the rest of the two contents is the same."""
    for one, other in _pairs():
        for x, y in ((one, other), (other, one)):
            if x in a.stems and y in b.stems and x not in b.stems and y not in a.stems:
                left, right = a.stems - {x}, b.stems - {y}
                shared = left & right
                if shared and len(shared) >= SHARED * max(len(left), len(right)):
                    return _surface(a.at.content, x), _surface(b.at.content, y)
    return None


def _act_and_quality(a: Reading, b: Reading, actors: Sequence[str]) -> str | None:
    """Why what was done to an actor and what it is said to be do not contradict one another."""
    for actor in actors:
        for x, y in ((a, b), (b, a)):
            act, quality = _done_to(x.at, actor), _said_of(y.at, actor)
            if act and quality:
                done = f"“{act}” tells what was done to {named(actor)}"
                return f"{done} and “{quality}” what it is said to be, and both can hold"
    return None


def _done_to(a: Assertion, actor: str) -> str | None:
    """The word for what was done to ``actor``: "banned the Red Front", "the Red Front was banned"."""
    name = re.escape(actor)
    for word in re.findall(r"[^\W\d_][\w-]*", a.content):
        if _judging().get(stem(word.lower())) == "act" and re.search(
            rf"\b{word}\s+(?:the\s+)?{name}|{name}[^.;]{{0,40}}\b(?:was|were|is|been|being)\s+{word}\b", a.content
        ):
            return str(word)
    return None


def _said_of(a: Assertion, actor: str) -> str | None:
    """The word for what ``actor`` is said to be: by its name, or by itself."""
    own = a.speaker_name == actor and _ITSELF.search(a.content)
    subject = r"\b(?:it|they|he|she|we)" if own else re.escape(actor)
    found = re.search(rf"{subject}\s+(?:is|was|are|were)\s+(?:an?\s+|the\s+)?(?:\w+\s+)?(?P<word>[a-z]+)", a.content)
    words = re.findall(r"[a-z]+", found[0]) if found else re.findall(r"[a-z]+", a.content) if own else []
    return next((w for w in words if _judging().get(stem(w)) == "quality"), None)


# ── reading a content ──────────────────────────────────────────────────────────────────────────────────────────────


def reading(a: Assertion, *, sharp: Sharp | None = None) -> Reading | None:
    """An assertion with its content words; ``None`` for one that says nothing of how things are. ``sharp`` is what in it was found
    before.
    """
    if a.stance not in _REAL or a.negated:
        return None
    if sharp is None:
        sharp = _sharp(a)
    # What points back is sharp whatever it says.
    return Reading(a, stems(a.content), bool(sharp & Sharp.DENIES) and (not a.answers or _denies(a)), sharp)


def _denies(a: Assertion) -> bool:
    """Whoever "denied that there was no fire" denies, by two negations."""
    return (a.stance is Stance.DENIED) != (len(_NEGATION.findall(a.content)) % 2 == 1)


def _sharp(a: Assertion) -> Sharp:
    words, sharp = stems(a.content), Sharp(0)
    if a.answers or _denies(a):
        sharp |= Sharp.DENIES
    if not _with_opposite().isdisjoint(words):
        sharp |= Sharp.OPPOSITE
    kinds = {_judging().get(word) for word in words} if a.stance is Stance.DENIED else set()
    if "denied" in kinds and len(kinds) > 1:
        sharp |= Sharp.INNOCENT
    if _facts(a):
        sharp |= Sharp.FACT
    return sharp


_facts = lru_cache(4096)(fact_keys)


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    return tuple((stem(one), stem(other)) for one, other in rows("opposites"))


def _other_words(words: frozenset[str]) -> set[str]:
    """The opposites of words, but for those that stand beside them."""
    return {y for pair in _pairs() for x, y in (pair, pair[::-1]) if x in words and y not in words}


@cache
def _with_opposite() -> frozenset[str]:
    return frozenset(word for pair in _pairs() for word in pair)


@cache
def _judging() -> dict[str, str]:
    return {stem(word): kind for word, kind in rows("judging")}


def _surface(content: str, wanted: str) -> str:
    return next((w for w in re.findall(r"[^\W\d_][\w-]*", content) if stem(w.lower()) == wanted), wanted)


# ── candidates and words ───────────────────────────────────────────────────────────────────────────────────────────


def _candidates(read: Sequence[Reading]) -> list[tuple[Reading, Reading]]:
    """Pairs that share a key, where one denies, holds a word that has an opposite, or gives a fact."""
    where: dict[Key, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for i, r in enumerate(read):
        for key, at in denial_keys(r.at).items():
            where[key][at].append(i)
    found: set[tuple[int, int]] = set()
    for i, r in enumerate(read):
        if r.sharp & (Sharp.DENIES | Sharp.OPPOSITE | Sharp.FACT):
            for key, at in denial_keys(r.at).items():
                for period, others in where[key].items() if len(where[key][at]) <= BUSY else ():
                    if beside(at, period) and len(others) <= BUSY:
                        found.update((min(i, j), max(i, j)) for j in others if j != i)
    return [(read[i], read[j]) for i, j in sorted(found)]


def _told(left: Assertion, right: Assertion) -> str:
    again = right.answers == left.statement and _words_of(left) == _words_of(right)
    first, second = _side(left), _side(right, beside=dates.told(left), again=again)
    if left.speaker is not None and left.speaker == right.speaker:
        second = second.removeprefix(f"{named(right.speaker_name)} ")
    return f"{capital(first)}, and {second}"


def _words_of(a: Assertion) -> str:
    return a.content.removeprefix("that ")


def _side(a: Assertion, beside: str | None = None, *, again: bool = False) -> str:
    """Who said or denied what, and when; ``again`` where the words are those that were just told."""
    verb = _VERBS.get(a.stance, "said")
    when = dates.words(a.said_on, beside=beside)
    reported = "" if when else dates.words(a.published, beside=beside)
    if again:
        return f"{named(a.speaker_name)} {verb} it{f' {when}' if when else f', as reported {reported}' if reported else ''}"
    stamp = f" {when}" if when else f", as reported {reported}," if reported else ""
    verb, *of = verb.split(" ")  # "spoke on 4 May of"
    return " ".join((f"{named(a.speaker_name)} {verb}{stamp}", *of, _content(a.content, verb)))


_QUOTED: Final = re.compile(r"^[“\"]([^“”\"]*)[”\"]$")


def _content(text: str, verb: str) -> str:
    text = re.sub(r"\s+", " ", text).strip(" .,;:")
    text = _QUOTED.sub(r"\1", text).strip(" .,;:")  # not the closing mark of what is quoted at its end only
    words = text.split()
    if len(words) > _WORDS:
        text = " ".join(words[:_WORDS]) + " …"
    if verb in ("denied", "blamed", "spoke") or re.match(r"(?:that|to|responsibility|credit)\b", text):
        return text
    return f"that {text[:1].lower() + text[1:] if text.split(' ')[0].lower() in STOP else text}"


def _order(a: Assertion) -> tuple[float, bool, str]:
    """Sorts statements from early to late; of one day, what answers another one behind it."""
    when = dates.told(a)
    return (dates.middle(when) if when else float("inf")), a.answers is not None, a.statement

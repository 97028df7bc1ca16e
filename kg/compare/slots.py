"""What a figure of an affair counts: its slot, of which people or things, of which side, in what scope, and in which role."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from kg.compare.affairs.coverage import called
from kg.compare.keys import is_amount, key, places
from kg.compare.keys import nations as named_nations
from kg.compare.roles import EARLIER, OLD, around, is_aftershock, is_of_whom, is_part, role, scope, whole
from kg.compare.whereabouts import is_land
from kg.english.events import event, populations
from kg.english.inflection import singular
from kg.english.lists import alternation, entries, listed, records
from kg.english.places import named
from kg.english.stems import stem
from kg.model import Claim

GROWING, STATE, FIXED = "growing", "state", "fixed"


@dataclass(frozen=True, slots=True)
class Slot:
    """What a figure counts. Only figures of one slot are held against one another, and of one ``kind``, ``side`` and ``scope``.

    ``what`` is a slot of ``slots.tsv``, or event and noun where the list has none; ``nature`` is "growing", "state" or "fixed", "" where
    it is not known. ``kind`` is which of them are counted ("civilian"), "" for all. ``side`` are the countries of the counted. ``scope`` is
    "day" for what one day brought, "country" and "world" where the text says so, "city" where it says so without the name. ``role`` is
    what the figure is beside a count of all: "a part", "an earlier figure"; "" for a count.
    """

    what: str
    nature: str
    kind: str = ""
    side: frozenset[str] = frozenset()
    scope: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class _Row:
    slot: str
    nature: str
    events: frozenset[str]
    nouns: frozenset[str]
    cues: re.Pattern[str] | None
    happenings: frozenset[str]
    behind: re.Pattern[str] | None


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(
        _Row(
            row["slot"], row["nature"], frozenset(entries(row["events"])), frozenset(entries(row["nouns"])), _any(row["cues"]),
            frozenset(entries(row["happenings"])), _any(row["behind"]),
        )
        for row in records("slots")
    )  # fmt: skip


def _any(words: str) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{alternation(entries(words))})\b", re.IGNORECASE) if words else None


@cache
def _nouns() -> dict[str, frozenset[str]]:
    """All nouns for those whom a slot counts, without those for some of them."""
    found: dict[str, set[str]] = {}
    for row in _rows():
        found.setdefault(row.slot, set()).update(row.nouns)
    return {
        name: frozenset(n for n in nouns if n not in _PARTS and populations().get(n) not in _PARTS)
        for name, nouns in found.items()
    }


_PARTS = frozenset(listed("slot_words", "part"))
_MODIFIERS = frozenset(listed("slot_words", "modifier"))
_LIGHT = frozenset(listed("comparison_words", "light"))
_FORCES = frozenset({"soldier", "fighter", "police", "officer"})
PLANS = frozenset({"jobs cut", "jobs created", "magnitude"})
"""Slots of which what is planned, or what a model says, is the count."""
LOSSES = frozenset({"dead", "injured", "missing", "detained", "hostage"})
"""Slots that each side of a fight has of its own."""
HELD = frozenset({"jobs cut", "jobs created", "delegates", "seats", "votes"})
"""Slots of which each actor has his own number."""
ALONE = frozenset({"delegates", "seats", "votes"})
"""Slots of which a figure says nothing as long as nobody knows whose it is."""


@lru_cache(maxsize=16384)
def slot(claim: Claim) -> Slot:
    """The slot that a figure fills."""
    noun, happening = _noun(claim), event(claim.event).group if claim.event else ""
    row = _row(claim, noun, happening)
    k = key(claim)
    if row is None:
        what = f"{k.event}/{k.population}/{' '.join(sorted(k.modifiers))}"
        # Not "of whom 40 are women", which tells who they are.
        some = is_of_whom(claim) and not _PARTS & set(_heads(claim))
        told = role(claim, part=k.part or some, plan=False, once=False, held=False)
        return Slot(what, "", "", named_nations(claim), scope(claim), told)
    held = row.slot in HELD
    kind = _kind(claim, row, noun)
    part = not held and (k.part or (not kind and (is_part(claim) or _of_them(claim, row))))
    told = role(claim, part=part, plan=row.slot in PLANS, once=row.nature == FIXED, held=held)
    side = _holder(claim) if held else _side(claim, row)
    return Slot(row.slot, row.nature, kind, side, scope(claim), told)


def _of_them(claim: Claim, row: _Row) -> bool:
    """Whether a figure is of those whom the slot counts: "27 of the dead", "one of the wounded has died"; "20 of the pupils have been freed" counts all who were."""
    found = re.match(r" of (?:the|its|their|all)(?: the)? (?P<noun>\w+)", around(claim)[1])
    if found is None:
        return False
    words = {found["noun"].lower(), singular(found["noun"].lower())}
    return any(words & nouns for name, nouns in _nouns().items() if row.slot in LOSSES and name in LOSSES) or bool(
        words & _nouns()[row.slot]
    )


def _noun(claim: Claim) -> str:
    measured = " ".join(claim.concepts[-1:]) if is_amount(claim.unit) else ""
    words = re.findall(r"[\w’'-]+", (claim.population or measured).lower())
    return singular(words[-1]) if words else ""


def _row(claim: Claim, noun: str, happening: str) -> _Row | None:
    lemma = claim.event.lower()
    told = {happening, lemma} if lemma and lemma not in _LIGHT else {"-"} if not lemma else {"-", lemma}
    if lemma == "hold":
        told = {lemma}  # "the square holds 35,000"
    if whole(claim) and not _befell(claim):
        told = {"-"}  # "of the 93 people who were underground, 60 were rescued"
    people = key(claim).unit == "people"
    for row in _rows():
        if row.happenings and not row.happenings & set(claim.happenings):
            continue
        if not row.events & told or (row.cues is not None and not row.cues.search(claim.sentence or claim.content)):
            continue
        if row.behind is not None and not row.behind.search(re.split(r"[,;.]", around(claim)[1])[0][:_CLOSE]):
            continue
        if noun in row.nouns or claim.population.lower() in row.nouns or ("*" in row.nouns and people):
            return row
    return None


def _befell(claim: Claim) -> bool:
    """Whether the words right behind a figure tell its event: "of the 6,200 people who fled, most …"."""
    close = re.split(r"[,;.]", around(claim)[1])[0]
    return any(stem(word) == stem(claim.event.lower()) for word in re.findall(r"\w+", close.lower()))


_CLOSE = 50  # characters behind a figure


def _holder(claim: Claim) -> frozenset[str]:
    """Whose the votes or jobs are: who is named behind the figure with "for", else the nearest name before it that is no place and
    not the source, else whose the text says.
    """
    before, after = around(claim)
    known = {called(name) for name in claim.context if name not in claim.sites} - {""}
    speaker = {called(claim.speaker_name)}
    behind = _FOR.match(after)
    if behind and called(behind["name"]) in known:
        return frozenset({called(behind["name"])})
    runs = [called(run) for run in re.findall(r"[A-Z][\w-]+(?: [A-Z][\w-]+)*", before)]
    found = [name for name in runs if name in known - speaker]
    if found:
        return frozenset(found[-1:])
    own = called(claim.whose or "") if (claim.whose or "")[:1].isupper() else ""
    return frozenset({own} - speaker - {""})


_FOR = re.compile(r"^[^,;.]{0,20}\bfor (?:the )?(?P<name>[A-Z][\w-]+(?: [A-Z][\w-]+)*)")


def _kind(claim: Claim, row: _Row, noun: str) -> str:
    """Which of them are counted: "" for all, or whatever they are called where nobody else is there to be counted."""
    words = [singular(w) for w in re.findall(r"[\w’'-]+", claim.population.lower())]
    if row.slot == "magnitude" and is_aftershock(claim):
        return "aftershock"
    narrow = " ".join(sorted(w for w in words[:-1] if w in _MODIFIERS))
    if noun in _nouns()[row.slot] or noun == row.slot:
        group = next((populations()[w] for w in words[:-1] if populations().get(w) in _PARTS), "")
        return f"{narrow} {group}".strip()
    group = populations().get(noun, noun)
    if group == "people" and noun in _PARTS:
        group = noun
    return f"{narrow} {'' if group == 'people' or claim.population.split(' ')[-1][:1].isupper() else group}".strip()


def _side(claim: Claim, row: _Row) -> frozenset[str]:
    """The countries of the counted; who loses people is their side, who kills them is not."""
    found = {name for name in named_nations(claim) if name[:1].isupper()}
    if not found and row.slot in ("dead", "injured", "missing") and event(claim.event).group in ("lose", "kill"):
        lost = event(claim.event).group == "lose" or claim.event.lower() in ("die", "dead", "death")
        if lost and claim.whose:
            found = {name for name in named(claim.whose) if name[:1].isupper()}
    if not found and row.slot in LOSSES and "clash" in claim.happenings and not _PARTS & set(_heads(claim)):
        return _told_side(claim)
    return frozenset(found)


def _heads(claim: Claim) -> list[str]:
    """The last word of what is counted, with the kind of people that it is one of; soldiers are of a side, civilians of none."""
    head = singular(claim.population.lower().rsplit(" ", 1)[-1])
    return [word for word in (head, populations().get(head, "")) if word not in _FORCES | {"man"}]


def _told_side(claim: Claim) -> frozenset[str]:
    """The side of losses by the words around them: who admits or has lost them is of it, of the enemy is the only other country that the
    article names; "killing 32 of them" are those named before.
    """
    before, after = around(claim)
    clause = re.split(r"[.;]\s", before)[-1]
    speaking = _lands([claim.speaker_name])
    own = speaking or _lands([clause])  # "Chad's army", whose name is "army"
    own = own if len(own) == 1 else frozenset()
    if _ENEMY.search(clause):
        others = _lands(claim.context) - own
        return others if own and len(others) == 1 else frozenset()
    if told := _OWN.search(clause):
        return own if _lands([told["then"]]) <= own else frozenset()  # "Arland admits to nine dead, Borland to five"
    uniform = _UNIFORM.match(after)
    others = (
        _lands([uniform["whose"]]) if uniform else _lands([clause]) - speaking if _THEM.match(after) else frozenset()
    )
    return others if len(others) == 1 else frozenset()


def _lands(names: Iterable[str]) -> frozenset[str]:
    return frozenset(land for name in names for land in named(name) if land[:1].isupper() and is_land(land))


_OWN = re.compile(
    rf"\b(?:{alternation(listed('slot_words', 'own'))})\b(?P<then>(?:(?!\b(?:kill|shoot|shot|claim))[^;.]){{0,60}})$",
    re.IGNORECASE,
)
_ENEMY = re.compile(rf"\b(?:{alternation(listed('slot_words', 'enemy'))})\b[^;.]{{0,30}}$", re.IGNORECASE)
_THEM = re.compile(r"^ of (?:them|those)\b")
_UNIFORM = re.compile(r"^(?: \w+)? in (?P<whose>[A-Z]\w+) uniforms?\b")


def block(claim: Claim) -> tuple[str, ...] | None:
    """The group within which a figure is compared, or ``None`` for one that says too little to be compared at all.

    Figures of different groups are never compared, so that a new article touches only the groups of its own figures.
    """
    k, found = key(claim), slot(claim)
    if found.nature:
        return (found.what,)
    if k.part or k.population == "" or (not k.event and k.population == "people"):
        return None
    return k.reality, k.change, k.unit, k.event, k.population, " ".join(sorted(k.modifiers))


def counted(claim: Claim) -> tuple[str, ...]:
    """Whom a figure counts and where, within its group: two equal numbers of one source say one thing only where this is equal."""
    found = slot(claim)
    return (
        claim.affair,
        found.kind,
        " ".join(sorted(found.side)),
        found.scope,
        found.role,
        " ".join(sorted(places(claim))),
    )


def series(claim: Claim) -> frozenset[str]:
    """The countries whose people a figure counts: such figures make a series over many affairs, where they are for one place."""
    found = frozenset(name for name in named_nations(claim) if name[:1].isupper())
    if not found and claim.land and went(claim):
        abroad = {place.lower() for place in places(claim)}
        if claim.land not in abroad:
            return frozenset({claim.land.title()})
        return frozenset(n for n in named(claim.speaker_name) if n[:1].isupper() and n.lower() not in abroad)
    return found  # who went to Syria, in an article about Kyrgyzstan, are its people


def went(claim: Claim) -> bool:
    """Whether a figure counts people who went abroad."""
    return slot(claim).what.startswith("go/") and key(claim).unit == "people"


def is_fight(a: Claim, b: Claim) -> bool:
    """Whether two figures are of a fight, each side of which has losses of its own."""
    return "clash" in (*a.happenings[:1], *b.happenings[:1])


def one_kind(a: Slot, b: Slot, *, fighting: bool) -> bool:
    """Whether two figures count the same people: all of them, whatever they are called, or one kind of them."""
    mine, yours = ("" if fighting and kind == "man" else kind for kind in (a.kind, b.kind))
    if mine == yours:
        return True
    if mine and yours:
        return False
    kind = mine or yours
    if fighting and kind in _FORCES and a.side and b.side:
        return True  # "30 Chadians" of a battle are soldiers
    return not set(kind.split()) & (_PARTS | _MODIFIERS)


__all__ = [
    "ALONE",
    "EARLIER",
    "FIXED",
    "GROWING",
    "HELD",
    "LOSSES",
    "OLD",
    "PLANS",
    "STATE",
    "Slot",
    "block",
    "counted",
    "is_fight",
    "one_kind",
    "series",
    "slot",
    "went",
]

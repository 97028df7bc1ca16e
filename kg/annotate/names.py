"""Where names stand: runs of capitalised words, joined and parted by rules, with spaCy's entities as advice.

spaCy's small pipeline finds three names in five; what is written with a capital in the middle of a sentence is nearly
always a name, so the words decide about the spans, and spaCy's labels come in as votes about the types.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.annotate import places, tables, titles, types
from kg.annotate.words import Passage, Word

# Words that a name may hold between its capitals: in persons' names, and after the head of a body's name.
_PARTICLES = frozenset(
    [
        "de",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "van",
        "von",
        "der",
        "den",
        "ter",
        "ten",
        "bin",
        "bint",
        "ibn",
        "al",
        "el",
        "ul",
        "ut",
        "ur",
        "af",
        "av",
        "zu",
        "y",
        "und",
    ]
)
_LINKS = frozenset({"of", "for", "on", "against", "to"})
_TIMES = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "jan.",
        "feb",
        "feb.",
        "mar",
        "mar.",
        "apr",
        "apr.",
        "jun",
        "jun.",
        "jul",
        "jul.",
        "aug",
        "aug.",
        "sep",
        "sep.",
        "sept",
        "sept.",
        "oct",
        "oct.",
        "nov",
        "nov.",
        "dec",
        "dec.",
        "ramadan",
        "christmas",
        "easter",
        "eid",
        "nowruz",
        "bc",
        "ad",
        "bce",
        "ce",
        "am",
        "pm",
        "a.m.",
        "p.m.",
        "gmt",
        "utc",
        "edt",
        "est",
    ]
)
# Abbreviations in capitals that name no actor and no place.
_COMMON_CAPITALS = frozenset(
    [
        "TV",
        "PC",
        "CD",
        "DVD",
        "ID",
        "HIV",
        "AIDS",
        "DNA",
        "RNA",
        "GDP",
        "VAT",
        "CEO",
        "CFO",
        "COO",
        "PM",
        "MP",
        "MPS",
        "MEP",
        "PHD",
        "MBA",
        "BA",
        "MA",
        "MD",
        "VIP",
        "FAQ",
        "PDF",
        "HTML",
        "URL",
        "GPS",
        "SUV",
        "AK",
        "OK",
        "NGO",
        "NGOS",
        "UFO",
        "PR",
        "IQ",
        "ISBN",
        "COVID",
        "II",
        "III",
        "IV",
        "VI",
        "VII",
        "VIII",
        "IX",
        "XI",
        "XII",
        "XIII",
        "XIV",
        "XV",
        "XVI",
        "XX",
        "XXI",
        "AND",
        "THE",
        "OF",
        "IN",
        "FOR",
    ]
)
# Owners inside the name of one body: "People's Assembly", "Prosecutor General's Office".
_OWNERS = frozenset(
    [
        "people",
        "peoples",
        "children",
        "women",
        "men",
        "workers",
        "teachers",
        "veterans",
        "general",
        "king",
        "queen",
        "governor",
        "president",
        "prosecutor",
        "attorney",
        "ombudsman",
        "mayor",
        "lawyers",
        "nurses",
        "farmers",
        "miners",
        "journalists",
        "soldiers",
        "mothers",
        "students",
        "doctors",
        "writers",
        "owners",
        "employers",
        "peasants",
        "st",
        "lord",
        "director",
        "founders",
        "users",
        "consumers",
        "victims",
        "minister",
    ]
)
_NO_NAMES = ("DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "MONEY", "QUANTITY")


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate: words ``first`` to ``last`` (inclusive) of a passage. ``title`` is the word range of the
    capitalised title cut off before it, ``weak`` marks a lone word that opens a sentence."""

    first: int
    last: int
    title: tuple[int, int] | None = None
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """A capitalised title without a name, or before one: words ``first`` to ``last``."""

    first: int
    last: int


def find(passage: Passage, familiar: frozenset[str] = frozenset()) -> list[Name | Office]:
    """The candidates of a passage in their order. ``familiar`` are words that are names elsewhere in the article.

    In a headline whose every word has a capital only ``familiar`` words and known places and bodies count.
    """
    if passage.all_capitals:
        return list(_known(passage, familiar))
    found: list[Name | Office] = []
    for first, last in _runs(passage, familiar):
        found.extend(_parted(passage, first, last))
    return found


def starts_name(passage: Passage, i: int, familiar: frozenset[str] = frozenset()) -> bool:
    """Whether the word can be part of a name by the way it is written and where it stands."""
    word = passage.words[i]
    if not word.is_word or not word.capital or word.lower in _TIMES or word.text.upper() in _COMMON_CAPITALS:
        return False
    if word.text == "I" or word.text.lower() in ("i'm", "i've") or (word.label in _NO_NAMES and not word.acronym):
        return False
    if word.acronym:
        return True
    common = passage.parsed.doc[word.first].is_stop and word.first == word.last
    if not word.opens:
        return not common
    if common:
        return False
    if word.text in familiar or word.label in ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"):
        return True
    following = passage.word(i + 1)
    if word.tag in ("NNP", "NNPS"):
        return True
    known = bool(places.find(word.text) or places.nationality(word.text) or types.body(word.text))
    return known or bool(
        following
        and following.capital
        and following.is_word
        and word.tag in ("JJ", "NN", "NNS", "FW")
        and not following.opens
        and following.lower not in _TIMES
    )


def _runs(passage: Passage, familiar: frozenset[str]) -> Iterator[tuple[int, int]]:
    """First and last word of each run of a name's words."""
    words = passage.words
    i = 0
    while i < len(words):
        known = _known_at(passage, i)
        if known is None and not starts_name(passage, i, familiar):
            i += 1
            continue
        first, last = i, known if known is not None else i
        while (end := _longer(passage, first, last, familiar)) is not None:
            last = end
        yield first, last
        i = last + 1


def _longer(passage: Passage, first: int, last: int, familiar: frozenset[str]) -> int | None:
    """The last word of the run made longer by one step, or ``None`` where it ends."""
    words = passage.words
    nxt = last + 1
    if nxt >= len(words) or words[nxt].opens:
        return None
    word = words[nxt]
    known = _known_at(passage, nxt)
    if known is not None and known > nxt:
        return known
    if starts_name(passage, nxt, familiar):
        return nxt
    after = nxt + 1
    capital_after = after < len(words) and starts_name(passage, after, familiar) and not words[after].opens
    if word.lower in ("jr.", "sr.", "jr", "sr") or (
        word.text == "," and passage.lower(after) in ("jr.", "jr", "sr.", "sr")
    ):
        return nxt if word.text != "," else after
    if word.text == "&" and capital_after:
        return after
    if word.lower in _PARTICLES and capital_after and words[last].is_word:
        return after
    if (
        word.lower in _PARTICLES
        and passage.lower(after) in _PARTICLES
        and nxt + 2 < len(words)
        and words[nxt + 2].capital
    ):
        return nxt + 2
    if word.text in ("'s", "’s", "'", "’") and words[last].lower.strip("'’") in _OWNERS and capital_after:
        owned = _stretch(passage, after)
        return owned if types.of_name(passage.text(after, owned)) else None
    if word.lower in _LINKS:
        return _linked(passage, first, last, familiar)
    if word.lower == "and" and capital_after and any(words[k].lower in ("of", "for") for k in range(first, last)):
        return _coordinated(passage, first, last)
    return None


def _linked(passage: Passage, first: int, last: int, familiar: frozenset[str]) -> int | None:
    """The capital after "of" or "for" where the word before heads a body or a place: "Ministry of Health"."""
    words = passage.words
    head = words[last].lower
    if not (opens_with(head) or (words[last + 1].lower == "of" and head in _place_heads("before", "after"))):
        return None
    if titles.holds_office(head) and not types.has_head(head):
        return None
    after = last + 2
    while passage.lower(after) in ("the", "all", "its"):
        after += 1
    word = passage.word(after)
    if word is None or word.opens or not (starts_name(passage, after, familiar)):
        return None
    if words[last + 1].lower in ("on", "to", "against") and places.find(word.text):
        return None
    return after


def _coordinated(passage: Passage, first: int, last: int) -> int | None:
    """ "Ministry of Labour and Social Protection" is one name, "Ministry of Labour and Ann Lee" is not."""
    after = last + 2
    end = _stretch(passage, after)
    text = passage.text(after, end)
    link = next(k for k in range(last, first, -1) if passage.words[k].lower in _LINKS)
    topic = passage.text(link + 1, last)
    if types.of_name(text) or places.find(text) or places.find(topic) or titles.kind(passage.words[after].text):
        return None
    if any(passage.words[k].label == "PERSON" for k in range(after, end + 1)) or passage.words[after].acronym:
        return None
    return end if types.of_name(passage.text(first, last)) in _TOPICAL else None


_TOPICAL = frozenset({kind for kind in map(types.of_name, ("Ministry", "Department", "Security Committee")) if kind})


def _stretch(passage: Passage, i: int) -> int:
    """The last of the capitalised words from ``i`` on."""
    while i + 1 < len(passage.words) and passage.words[i + 1].capital and passage.words[i + 1].is_word:
        i += 1
    return i


def _known_at(passage: Passage, i: int) -> int | None:
    """The last word of the longest known name of two words or more that starts at ``i``."""
    words = passage.words
    if not (words[i].capital or words[i].lower.startswith(("al", "sub"))):
        return None
    for last in range(min(len(words), i + max(places.longest(), types.longest()) + 2) - 1, i, -1):
        text = passage.text(i, last)
        if words[i].lower != "the" and (places.find(text) or types.body(text)):
            return last
    return None


def _known(passage: Passage, familiar: frozenset[str]) -> Iterator[Name]:
    """Known and familiar names where capitals tell nothing."""
    words = passage.words
    i = 0
    while i < len(words):
        last = _known_at(passage, i)
        text = words[i].text
        if last is not None:
            yield Name(i, last)
            i = last + 1
            continue
        if words[i].is_word and words[i].capital:
            j = i
            while j + 1 < len(words) and words[j].text in familiar and words[j + 1].text in familiar:
                j += 1
            if j > i or text in familiar or places.find(text) or places.nationality(text) or (types.body(text)):
                yield Name(i, j)
                i = j + 1
                continue
        i += 1


def _parted(passage: Passage, first: int, last: int) -> Iterator[Name | Office]:
    """A run cut at its titles: "Kenyan President Ann Lee" is a nationality, an office and a name."""
    words = passage.words
    while first <= last and titles.kind(words[first].text) == "address" and not _is_saint(passage, first, last):
        first += 1
    if first > last:
        return
    lone = first == last and words[first].opens and words[first].tag not in ("NNP", "NNPS")
    head = _title_head(passage, first, last)
    if head is None:
        yield from _nations(passage, Name(first, last, weak=lone))
        return
    start = _title_start(passage, first, head)
    if start > first:
        yield from _nations(passage, Name(first, start - 1))
    yield Office(start, head)
    if head < last:
        yield Name(head + 1, last, title=(start, head))


def _is_saint(passage: Passage, first: int, last: int) -> bool:
    """ "St. Petersburg" is a place, "St. Adalbert" a man with a form of address."""
    return bool(places.find(passage.text(first, last)) or places.find(passage.text(first, min(first + 1, last))))


def _title_head(passage: Passage, first: int, last: int) -> int | None:
    """The last word of a title inside the run, where the run is not a body's, a place's or a person's name as a whole."""
    words = passage.words
    text = passage.text(first, last)
    ends = words[last].lower
    if types.body(text) or places.find(text):
        return None
    if first < last and (types.has_head(ends) or ends in _place_heads("after")) and not titles.kind(ends):
        return None
    for i in range(last, first - 1, -1):
        word = words[i]
        kind = titles.kind(word.text)
        if kind not in ("office", "work", "rank", "kin") or (
            i == last and i > first and _is_name(passage, first, last)
        ):
            continue
        if i < last and words[i + 1].lower in _LINKS:
            if types.has_head(word.text):
                return None
            continue
        if word.acronym and word.text not in ("CEO", "CFO", "COO", "MP", "MEP", "PM"):
            continue
        if i < last and (
            kind == "kin" or (word.label == "ORG" == words[last].label and not _looks_person(passage, i + 1, last))
        ):
            return None  # "General Electric", "Sister Act"
        if i == first == last and word.label == "PERSON" and kind in ("rank", "work"):
            return None  # a family name: "King said"
        return i
    return None


def _is_name(passage: Passage, first: int, last: int) -> bool:
    """Whether a title at the end of a run is a family name: "Mary Bishop", "Stephen King"."""
    word = passage.words[last]
    if titles.kind(word.text) == "office" and word.lower not in (
        "head",
        "chair",
        "justice",
        "judge",
        "dean",
        "marshal",
        "warden",
    ):
        return False
    return _looks_person(passage, first, last)


def _looks_person(passage: Passage, first: int, last: int) -> bool:
    words = passage.words[first : last + 1]
    return words[0].text in given_names() or all(w.label == "PERSON" for w in words)


def _title_start(passage: Passage, first: int, head: int) -> int:
    """The first word of the title that ``head`` ends: what stands before it is a nation or a body."""
    words = passage.words
    for end in range(head - 1, first - 1, -1):
        if (types.has_head(words[end].text) and not titles.kind(words[end].text)) and end > first:
            return end + 1
        if types.body(passage.text(first, end)) or places.find(passage.text(first, end)):
            return end + 1
    start = head
    while start > first and (
        titles.modifier(words[start - 1].text)
        or titles.kind(words[start - 1].text)
        or words[start - 1].lower in ("of", "and", "&", "for")
    ):
        start -= 1
    return start


def _nations(passage: Passage, name: Name) -> Iterator[Name]:
    """A nationality is cut off before a person's name and stays with a body's or a place's."""
    words = passage.words
    first, last = name.first, name.last
    if first < last and places.nationality(words[first].text) and not places.find(passage.text(first, last)):
        rest = passage.text(first + 1, last)
        body = types.of_name(rest) or words[last].lower in _place_heads("after")
        if not body and _looks_person(passage, first + 1, last) and words[first].label != "PERSON":
            yield Name(first, first)
            yield Name(first + 1, last)
            return
    yield name


@cache
def given_names() -> frozenset[str]:
    return frozenset(name for row in tables.rows("given_names") for name in tables.words(row["names"], by=" "))


@cache
def surname_endings() -> tuple[tuple[int, str], ...]:
    return tuple(
        (int(row["least"]), end) for row in tables.rows("surname_endings") for end in tables.words(row["endings"])
    )


def opens_with(word: str) -> bool:
    """Whether a body's or an office's name can go on after "of" or "for" from this word ("House", "Ministry")."""
    return types.has_head(word) or word.lower() in _OPENING


_OPENING = frozenset(
    [
        "house",
        "church",
        "voice",
        "doctors",
        "reporters",
        "order",
        "knights",
        "friends",
        "sons",
        "army",
        "lord",
        "guardians",
        "defenders",
    ]
)


@cache
def _place_heads(*positions: str) -> frozenset[str]:
    return frozenset(
        w for row in tables.rows("place_heads") if row["position"] in positions for w in tables.words(row["words"])
    )


@cache
def place_kinds(position: str) -> dict[str, str]:
    """Kind of place by the word that stands ``"before"`` or ``"after"`` a place's own name."""
    rows: Sequence[dict[str, str]] = tables.rows("place_heads")
    return {w: row["kind"] for row in reversed(rows) if row["position"] == position for w in tables.words(row["words"])}


def is_initial(word: Word) -> bool:
    return len(word.text) == 2 and word.text.endswith(".")

"""Runs of words that are written as one name: capitals, and the small words and marks that join them."""

from __future__ import annotations

from collections.abc import Iterator

from kg.annotate.names.capitals import number, numeral, starts_name, words
from kg.annotate.parse.words import POSSESSIVES, Passage
from kg.english import kinds, name_words, places, titles
from kg.model import EntityType

LINKS = frozenset({"of", "for", "on", "against", "to"})
_OPENING, _CLOSING = ("“", '"', "‘", "'", "``"), ("”", '"', "’", "'", "''")
_SUFFIXES = frozenset({"jr.", "sr.", "jr", "sr"})
# Bodies whose names end in what they are about, which may be two things: "Ministry of Labour and Social Protection".
_TOPICAL = frozenset({kinds.of_name("Ministry"), kinds.of_name("Department"), kinds.of_name("Security Committee")})


def find(passage: Passage, familiar: frozenset[str]) -> Iterator[tuple[int, int]]:
    """First and last word of each run of a name's words. ``familiar`` are words that are names elsewhere."""
    i, size = 0, len(passage.words)
    while i < size:
        known = known_at(passage, i)
        if known is None and (not starts_name(passage, i, familiar) or _opens_office(passage, i)):
            i += 1
            continue
        first, last = _from_article(passage, i), known if known is not None else i
        while (end := _longer(passage, i, last, familiar)) is not None:
            last = end
        yield first, last
        i = last + 1


def known_at(passage: Passage, i: int) -> int | None:
    """The last word of the longest known name of two words or more that starts at ``i``."""
    word = passage.words[i]
    longest = _longest(word.text)
    if not longest or word.lower == "the":
        return None
    for last in range(min(len(passage.words), i + longest) - 1, i, -1):
        text = passage.text(i, last)
        if places.find(text) or kinds.body(text):
            return last
    return None


def stretch(passage: Passage, i: int) -> int:
    """The last of the capitalised words from ``i`` on."""
    while i + 1 < len(passage.words) and passage.words[i + 1].capital and passage.words[i + 1].is_word:
        i += 1
    return i


def _longest(word: str) -> int:
    """How many tokens a known name that starts with the word may have; 0 where none does."""
    most = max(places.starts().get(word, 0), kinds.starts().get(word, 0))
    return most + 2 if most > 1 else 0


def _from_article(passage: Passage, i: int) -> int:
    """ "The" with a capital inside a sentence is part of a name: "his label The Blue Note Company"."""
    if i and passage.words[i - 1].text == "The" and not passage.words[i - 1].opens:
        return i - 1
    return i


def _longer(passage: Passage, first: int, last: int, familiar: frozenset[str]) -> int | None:
    """The last word of the run made longer by one step, or ``None`` where it ends."""
    run, nxt = passage.words, last + 1
    if nxt >= len(run) or run[nxt].opens or _opens_office(passage, nxt):
        return None
    word = run[nxt]
    known = known_at(passage, nxt)
    if known is not None:
        return known
    if starts_name(passage, nxt, familiar) or ((numeral(passage, nxt) or number(passage, nxt)) and run[last].capital):
        return nxt
    after = nxt + 1
    if word.lower in _SUFFIXES:
        return nxt
    if word.text == "," and passage.lower(after) in _SUFFIXES:
        return after
    capital_after = after < len(run) and starts_name(passage, after, familiar) and not run[after].opens
    if capital_after and word.text == "&":
        return after
    if word.lower in words("and") and _are_two(passage, first, last, familiar):
        return None
    if word.lower in words("particle") and (end := _behind_particle(passage, after, capital_after)) is not None:
        return end
    if word.text in POSSESSIVES and capital_after and run[last].lower.strip("'’") in words("owner"):
        owned = stretch(passage, after)
        return owned if kinds.of_name(passage.text(after, owned)) else None
    if word.lower == "the" and first == last and capital_after:
        return _byname(passage, last, after)
    if word.text in _OPENING and (byname := _in_marks(passage, nxt)) is not None:
        return byname
    if word.lower in LINKS:
        return _linked(passage, first, last, familiar)
    if word.lower == "and" and capital_after:
        if any(run[k].lower in ("of", "for") for k in range(first, last)):
            return _coordinated(passage, first, last)
        return _portfolios(passage, last)
    return None


def _opens_office(passage: Passage, i: int) -> bool:
    """Whether a title with a small letter goes on from the word: "Marvonia [Interior minister]"."""
    at = i
    while passage.lower(at) in titles.topics() and passage.words[at].capital:
        at += 1
    word = passage.word(at)
    return at > i and word is not None and not word.capital and titles.takes_topic(word.text)


def _behind_particle(passage: Passage, i: int, capital: bool) -> int | None:
    """The word of a name behind a small one, which may be two: "Ana de la Cruz". No month stands there: "Viña del Mar"."""
    word = passage.word(i)
    if word is None:
        return None
    while (
        i < len(passage.words) - 2
        and passage.lower(i) in words("particle")
        and passage.lower(i + 1) in words("particle")
    ):
        i += 1  # "Karl von und zu Kelm"
        word = passage.words[i]
    if capital or (word.lower in name_words.short_months() and word.text.istitle()):
        return i
    after = passage.word(i + 1)
    return i + 1 if word.lower in words("particle") and after is not None and after.capital else None


def _are_two(passage: Passage, first: int, last: int, familiar: frozenset[str]) -> bool:
    """Whether the "and" of another language behind a run stands between two persons: "Karl Winter und Peter Sommer", or "Winter und
    Sommer" where both are known; it is within one name in "José Ortega y Gasset".
    """
    run, after = passage.words, last + 2
    if passage.lower(last) in words("particle") or after >= len(run) or not run[after].capital:
        return False
    left, right = run[first : last + 1], run[after : stretch(passage, after) + 1]
    if len(left) == len(right) == 1:
        return all(w.text in familiar and w.label == "PERSON" for w in (left[0], right[0]))
    named = all(w.capital and w.is_word for w in left) and min(len(left), len(right)) > 1
    return named and not any(kinds.has_head(w.text) for w in (*left, *right))


def _in_marks(passage: Passage, mark: int) -> int | None:
    """The family name behind what somebody is called in quotation marks: "Mateo “Teo” Arvalo"."""
    run = passage.words
    for close in (mark + 2, mark + 3):
        if close + 1 < len(run) and run[close].text in _CLOSING:
            inner = all(run[k].capital and run[k].is_word for k in range(mark + 1, close))
            follows = run[close + 1].capital and run[close + 1].is_word
            return close + 1 if inner and follows else None
    return None


def _byname(passage: Passage, given: int, i: int) -> int | None:
    """The byname of a ruler or saint behind "the": "Alfred the Great", "Louis the German"."""
    lower, after = passage.lower(i), passage.word(i + 1)
    name = passage.words[given].text
    if lower in words("epithet") and not (places.find(name) or kinds.body(name) or titles.kind(name)):
        return i
    lone = after is None or not (after.capital or after.tag[:2] == "NN")
    nation = places.nationality(passage.words[i].text) and not places.is_plural(passage.words[i].text)
    return i if nation and lone and name in name_words.given_names() else None


def _linked(passage: Passage, first: int, last: int, familiar: frozenset[str]) -> int | None:
    """The capital after "of" or "for" where the word before heads a body, a place or an agreement: "Ministry of Health";
    or a given name before a place: "Isabella of France".
    """
    run = passage.words
    head, link = run[last].lower, run[last + 1].lower
    after = last + 2
    while passage.lower(after) in ("the", "all", "its"):
        after += 1
    word = passage.word(after)
    if word is None or word.opens or not starts_name(passage, after, familiar):
        return None
    if link == "of" and head in words("document"):
        return after
    if link == "for" and passage.lower(last - 1) == "of" and head == "parliament":
        return None  # "Member of Parliament for NAME"
    if link == "of" and first == last and run[last].text in name_words.given_names() and after == last + 2:
        return after if not places.find(run[last].text) and not titles.kind(head) else None
    if (
        link == "of"
        and any(run[k].lower == "for" for k in range(first, last))
        and not kinds.of_name(passage.text(after, stretch(passage, after)))
    ):
        return after  # "Front for the Liberation of Freedonia"
    if not (name_words.opens_with(head) or (link == "of" and head in name_words.of_places("before", "after"))):
        return None
    if titles.holds_office(head) and not kinds.has_head(head):
        return None
    if link in ("on", "to", "against") and places.find(word.text):
        return None
    return after


def _portfolios(passage: Passage, last: int) -> int | None:
    """The end of a name of two portfolios: "Foreign and Commonwealth Office", "Agricultural and Fisheries Department"."""
    end = stretch(passage, last + 2)
    topic = passage.words[last].lower in titles.topics()
    return end if topic and end > last + 2 and passage.lower(end) in words("portfolio") else None


def _coordinated(passage: Passage, first: int, last: int) -> int | None:
    """ "Ministry of Labour and Social Protection" is one name, "Ministry of Labour and Ann Lee" is not."""
    after = last + 2
    end = stretch(passage, after)
    text = passage.text(after, end)
    link = next(k for k in range(last, first, -1) if passage.words[k].lower in LINKS)
    topic = passage.text(link + 1, last)
    if kinds.of_name(text) or places.find(text) or places.find(topic) or titles.kind(passage.words[after].text):
        return None
    if any(passage.words[k].label == "PERSON" for k in range(after, end + 1)) or passage.words[after].acronym:
        return None
    kind = kinds.of_name(passage.text(first, last))
    return end if kind is not None and kind in _TOPICAL | {EntityType.MINISTRY} else None

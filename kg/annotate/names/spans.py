"""Candidates for names: runs of capitalised words, cut at titles and nationality words.

spaCy's small pipeline finds three names in five; what is written with a capital in the middle of a sentence is nearly
always a name, so the words decide about the spans, and spaCy's labels come in as votes about the types.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.annotate.gazetteer.gazetteer import Hit
from kg.annotate.names import sequences
from kg.annotate.names.aliases import initials
from kg.annotate.names.capitals import last_named, numeral, words
from kg.annotate.parse import units
from kg.annotate.parse.words import Passage, Word
from kg.english import kinds, name_words, places, titles
from kg.english.lists import listed
from kg.model import EntityType, Listed

# Titles written in capitals.
_TITLES = frozenset(listed("office_words", "acronym"))
# Titles of office that are family names too: "Mary Dean said".
_SURNAMES = frozenset(listed("office_words", "surname"))
# What these hold office over is no name of its own: "Minister of State", "Commissioner for Trade".
_OVER_TOPICS = frozenset(listed("office_words", "topical"))
# What a lower-case head behind a run of capitals makes the name of a body: "Free Farmers party".
_PARTIES = frozenset(listed("office_words", "party"))
_PRESENT = ("current", "outgoing", "incumbent", "longtime")
_LONGEST_TOPIC = 10  # words
_LONGEST_GAP = 7  # words up to the letters of a name
_ADJECTIVE_ENDS = listed("name_words", "adjective_end")
_STOPS = frozenset(",;:.()")
_ADDRESS = "address"


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
    for first, last in sequences.find(passage, familiar):
        behind = passage.words[last + 1].text if last + 1 < len(passage.words) else ""
        amount = f"{passage.words[last].text}{behind}" if behind[:1].isdigit() else ""
        if any(units.is_amount(text) for text in (*(w.text for w in passage.words[first : last + 1]), amount)):
            continue  # "Dh402 million", "RM 33 million"
        for item in _parted(passage, first, last):
            if isinstance(item, Office):
                found.append(item)
            elif (name := _without_topic(passage, item)) is not None:
                found.append(name)
    return found


def trimmed(passage: Passage, name: Name, familiar: frozenset[str], small: frozenset[str]) -> Name:
    """A name that the article has elsewhere, without the word that the capital of a sentence or a headline put beside it: "Blaming Lee's
    haste for …", "Lee Sees Danger in Delay". ``familiar`` are words that are names elsewhere, ``small`` those written without a
    capital somewhere.
    """
    run, first, last = passage.words, name.first, name.last
    if first < last and _is_only_new(passage, name, familiar):
        return replace(name, first=first + 1)
    if first == last or not all(w.is_word for w in run[first : last + 1]) or kinds.of_name(passage.text(first, last)):
        return name
    front, back = run[first], run[last]
    rest = run[first + 1 : last + 1]
    if (
        front.opens
        and (front.lower in small or front.lower.endswith("ing"))
        and not (front.label or front.acronym or front.text in familiar or front.text in name_words.given_names())
        and all(w.label == "PERSON" and w.text in familiar for w in rest)
    ):
        return replace(name, first=first + 1)
    if (
        back.tag in ("VBZ", "VBD", "VBP")
        and back.text not in familiar
        and all(w.text in familiar for w in run[first:last])
    ):
        return replace(name, last=last - 1)
    return name


def _is_only_new(passage: Passage, name: Name, familiar: frozenset[str]) -> bool:
    """Whether a sentence opens with "New" before a name that the article has without it: "New Lake Bank president Ann Lee"."""
    front, rest = passage.words[name.first], passage.words[name.first + 1 : name.last + 1]
    elsewhere = front.text not in familiar and all(w.text in familiar for w in rest if w.capital)
    return front.opens and front.lower == "new" and elsewhere and not places.find(passage.text(name.first, name.last))


def joined(passage: Passage, names: Sequence[Name]) -> list[Name]:
    """The candidates, each as long as the letters in brackets behind it say: "American Foundation for Children with AIDS
    (AFCA)".
    """
    out: list[Name] = []
    for name in names:
        if out and name.last <= out[-1].last:
            continue  # a part of the one before
        end = _lettered_end(passage, name.first, name.last)
        out.append(replace(name, last=end) if end is not None else name)
    return out


def _lettered_end(passage: Passage, first: int, last: int) -> int | None:
    """The last word of a longer name whose initials stand in brackets behind it."""
    for k in range(last + 2, min(last + _LONGEST_GAP, len(passage.words) - 2)):
        word, letters = passage.words[k + 1], passage.words[k + 2]
        if passage.words[k].text in _STOPS:
            return None
        if word.text == "(":
            fits = letters.acronym and initials(passage.text(first, k), letters.text)
            return k if fits and passage.words[k].capital else None
    return None


def with_listed(names: Sequence[Name], hits: Sequence[Hit]) -> list[tuple[Name, Listed | None]]:
    """The candidates with the names of a user's list in the place of what they overlap. A candidate that is longer may be
    another's name ("Ann Lee Foundation") and stays, unless the list has a person in full at its end ("SP Cantt Ann Lee").
    """
    kept = [h for h in hits if not any(_longer(n, h) for n in names)]
    out: list[tuple[Name, Listed | None]] = [(Name(h.first, h.last), h.entry) for h in kept]
    for name in names:
        over = [h for h in kept if h.first <= name.last and name.first <= h.last]
        if not over:
            out.append((name, None))
        elif name.first < over[0].first and name.last < over[0].last:
            out.append((replace(name, last=over[0].first - 1), None))
        elif over[-1].last < name.last and over[-1].first < name.first:
            out.append((replace(name, first=over[-1].last + 1, title=None), None))
    return sorted(out, key=lambda pair: pair[0].first)


def _longer(name: Name, hit: Hit) -> bool:
    if not (name.first <= hit.first and hit.last <= name.last) or name.last - name.first == hit.last - hit.first:
        return False
    titled = hit.entry.type is EntityType.PERSON and hit.last == name.last and hit.last > hit.first
    return not titled


def _known(passage: Passage, familiar: frozenset[str]) -> Iterator[Name]:
    """Known and familiar names where capitals tell nothing."""
    run = passage.words
    i = 0
    while i < len(run):
        last = sequences.known_at(passage, i)
        text = run[i].text
        if last is not None:
            yield Name(i, last)
            i = last + 1
            continue
        if run[i].is_word and run[i].capital:
            j = i
            while j + 1 < len(run) and run[j].text in familiar and run[j + 1].text in familiar:
                j += 1
            if j > i and j + 1 < len(run) and run[j + 1].capital and kinds.has_head(run[j + 1].text):
                j += 1  # "Harbour Security" goes on with the head of its name: "Harbour Security Service"
            if j > i or text in familiar or places.find(text) or places.nationality(text) or kinds.body(text):
                yield Name(i, j)
                i = j + 1
                continue
        i += 1


def _parted(passage: Passage, first: int, last: int) -> Iterator[Name | Office]:
    """A run cut at its titles: "Kenyan President Ann Lee" is a nationality, an office and a name."""
    run = passage.words
    while first <= last and titles.kind(run[first].text) == _ADDRESS and not _is_saint(passage, first, last):
        first += 1
    if first > last:
        return
    inside = _address_inside(passage, first, last)
    if inside is not None:
        yield from _parted(passage, first, inside - 1)
        yield from _parted(passage, inside, last)
        return
    first = _without_direction(passage, first, last)
    lone = first == last and run[first].opens and run[first].tag not in ("NNP", "NNPS")
    head = _title_head(passage, first, last)
    if head is None:
        yield from _nations(passage, Name(first, last, weak=lone))
        return
    start = _title_start(passage, first, head)
    if start > first:
        yield from _nations(passage, Name(first, start - 1))
    end = _over(passage, head, last)
    yield Office(start, end)
    if end < last and _address_inside(passage, end + 1, last) is not None:
        yield from _parted(passage, end + 1, last)  # "Republican Indiana Gov. Ann Lee"
    elif end < last:
        while end + 1 < last and titles.kind(run[end + 1].text) == _ADDRESS:
            end += 1  # "Chairwoman Rep. Ann Lee"
        yield Name(end + 1, last, title=(start, end))


def _address_inside(passage: Passage, first: int, last: int) -> int | None:
    """A form of address with a full stop that a place or body stands before: "Indiana Gov. Ann Lee", "Air Force Gen. Ann Lee"."""
    for i in range(first + 1, last):
        word = passage.words[i]
        if word.text.endswith(".") and titles.kind(word.text) == _ADDRESS and word.lower != "st.":
            own = passage.text(first, i - 1)
            known = places.find(own) or kinds.body(own) or kinds.of_name(own) or passage.words[i - 1].acronym
            party = i - first == 1 and own.lower() in words("modifier")  # "Conservative Sen. Ann Lee"
            return i if known or party else None
    return None


def _over(passage: Passage, head: int, last: int) -> int:
    """The last word of a title with what it is over: "Minister of State for Home Affairs", "High Commissioner for Human Rights"."""
    behind = [w.text for w in passage.words[head + 1 : last + 1]]
    if not titles.takes_topic(passage.words[head].text):
        return head + titles.beat(passage.words[head].text, behind, 0)
    return head + titles.over(behind, 0)


def _is_saint(passage: Passage, first: int, last: int) -> bool:
    """ "St. Petersburg" is a place, "St. Adalbert" a man with a form of address."""
    return bool(places.find(passage.text(first, last)) or places.find(passage.text(first, min(first + 1, last))))


def _without_direction(passage: Passage, first: int, last: int) -> int:
    """A direction that has its capital from the sentence alone: "Northern Mali has …"."""
    word = passage.words[first]
    if first < last and word.opens and word.lower in _PRESENT:
        return first + 1  # "Current UK Prime Minister"
    if first < last and word.opens and word.lower in words("aim") and not places.find(passage.text(first, last)):
        return first + 1 if places.find(passage.text(first + 1, last)) else first
    return first


def _without_topic(passage: Passage, name: Name) -> Name | None:
    """The name without what a minister or commissioner before it is over: "Secretary of State Ann Lee" is Ann Lee,
    "Minister of State" no name.
    """
    before, head = passage.lower(name.first - 1), name.first - 2
    if before == "the":
        before, head = passage.lower(name.first - 2), name.first - 3
    if before in ("and", "&") and passage.lower(head) in titles.topics():
        before = "of"  # "Minister of Foreign Affairs and Trade Ann Lee"
    if before not in ("of", "for") or head < 0 or not passage.words[head].capital:
        return name
    for k in range(head, max(-1, head - _LONGEST_TOPIC), -1):
        if titles.takes_topic(passage.words[k].text):
            end = k + titles.over([w.text for w in passage.words[k + 1 : name.last + 1]], 0)
            if name.first <= end < name.last:
                return replace(name, first=end + 1, title=(k, end))
            break
    if titles.kind(passage.words[head].text) != "office":
        return name
    text = passage.text(name.first, name.last)
    known = places.find(text) or kinds.body(text) or kinds.of_name(text)
    return None if passage.lower(head) in _OVER_TOPICS and not known else name


def _title_head(passage: Passage, first: int, last: int) -> int | None:
    """The last word of a title inside the run, where the run is not a body's, a place's or a person's name as a whole."""
    run = passage.words
    text = passage.text(first, last)
    if first < last and passage.lower(last + 1) in _PARTIES and titles.is_plural(run[last].text):
        return None
    end = last_named(passage, first, last)
    ends = run[end].lower
    office_of = first < last and run[first].text == "Office" and run[first + 1].lower == "of"
    if kinds.body(text) or places.find(text) or office_of:
        return None
    if first < end and (kinds.has_head(ends) or ends in name_words.of_places("after")) and not titles.kind(ends):
        return None
    for i in range(end, first - 1, -1):
        word = run[i]
        kind = titles.kind(word.text)
        if kind in (None, _ADDRESS) or (i > first and _in_name(passage, first, i, end)):
            continue
        if i == end and titles.is_plural(word.text) and _of_members(passage, first, i):
            return None
        if i < end and run[i + 1].lower in sequences.LINKS:
            if kind == "office" and i < _over(passage, i, last) < last:
                return i
            if kinds.has_head(word.text):
                return None
            continue
        if word.acronym and word.text not in _TITLES:
            continue
        body = word.label == "ORG" == run[end].label and not _looks_person(passage, i + 1, end)
        if i < end and (kind == "kin" or (body and kind != "rank")):
            return None  # "Director Group", "Sister Act"
        if i < end and body and run[i + 1].lower not in words("particle") and word.lower == "general":
            return None  # "General Electric"
        if i == first == last and word.label == "PERSON" and kind in ("rank", "work"):
            if passage.lower(i + 1) == "of":
                return i
            return None  # a family name: "King said"
        return i
    return None


def _of_members(passage: Passage, first: int, last: int) -> bool:
    """Whether a plural ends the name of the body that they are in: "Union of Textile Workers", "Federation of Teachers"."""
    return any(
        passage.lower(k) in ("of", "for") and kinds.has_head(passage.words[k - 1].text) for k in range(first + 1, last)
    )


def _is_name(passage: Passage, first: int, last: int) -> bool:
    """Whether a title at the end of a run is a family name: "Mary Bishop", "Stephen King"."""
    word = passage.words[last]
    if titles.kind(word.text) == "office" and word.lower not in _SURNAMES:
        return False
    if all(places.people(w.text) or places.nationality(w.text) for w in passage.words[last - 1 : last]):
        return False  # "the Roman Catholic Pope"
    return _looks_person(passage, first, last)


def _in_name(passage: Passage, first: int, i: int, end: int) -> bool:
    """Whether a title is a person's name: at the end of the run a family name, before its last word a given name."""
    return _is_name(passage, first, end) if i == end else i + 1 == end and _is_given(passage, i)


def _is_given(passage: Passage, i: int) -> bool:
    """Whether a title behind another one is a given name: "Manager Dean Oakes"; "Deputy Dean Oakes" is a deputy dean."""
    before = passage.words[i - 1].text
    return (
        passage.words[i].text in name_words.given_names()
        and titles.holds_office(before)
        and not (titles.modifier(before) or titles.is_plural(before))
    )


def _looks_person(passage: Passage, first: int, last: int) -> bool:
    """Whether the words are a person's name by a given name, or as spaCy has it."""
    run = passage.words[first : last + 1]
    return bool(run) and (run[0].text in name_words.given_names() or all(w.label == "PERSON" for w in run))


def _title_start(passage: Passage, first: int, head: int) -> int:
    """The first word of the title that ``head`` ends: what stands before it is a nation or a body."""
    run = passage.words
    for end in range(head - 1, first - 1, -1):
        whose = run[end].lower == "cabinet" and run[end + 1].lower == "secretary"  # a rank of ministers, no body
        if kinds.has_head(run[end].text) and not (titles.kind(run[end].text) or whose) and end > first:
            return end + 1
        if kinds.body(passage.text(first, end)) or places.find(passage.text(first, end)):
            return end + 1
    start = head
    while start > first and (
        titles.modifier(run[start - 1].text)
        or titles.kind(run[start - 1].text)
        or run[start - 1].lower in ("of", "and", "&", "for")
    ):
        start -= 1
    return start


def _without_modifier(passage: Passage, name: Name) -> Name:
    """A name without what says of which camp it is: "Republican Ann Lee", "the Islamist Dagan Front", "Rival Ann Lee"."""
    run, first, last = passage.words, name.first, name.last
    if (
        first == last
        or run[first].acronym
        or kinds.body(passage.text(first, last))
        or places.find(passage.text(first, last))
    ):
        return name
    rest = run[first + 1 : last + 1]
    lone_head = len(rest) == 1 and kinds.has_head(rest[0].text)
    if run[first].lower in words("camp") and not lone_head:
        return replace(name, first=first + 1)
    if _is_adjective(run[first]) and rest[0].text in name_words.given_names() and len(rest) > 1:
        return replace(name, first=first + 1)
    if len(rest) < 2 or kinds.of_name(passage.text(first + 1, last)) or rest[0].lower in sequences.LINKS:
        return name
    person = all(w.label == "PERSON" for w in rest) or rest[0].text in name_words.given_names()
    common = run[first].opens and run[first].tag in ("JJ", "NN", "NNS", "VBG", "VBN") and run[first].label != "PERSON"
    if person and (run[first].lower in words("modifier") or common) and run[first].text not in name_words.given_names():
        return replace(name, first=first + 1)
    return name


def _is_adjective(word: Word) -> bool:
    """Whether a word has its capital from the sentence alone and tells what somebody is like: "Stubborn Mario Rossi refused"."""
    told = word.lower in words("adjective") or word.lower.endswith(_ADJECTIVE_ENDS)
    return word.opens and told and word.text not in name_words.given_names()


def _nations(passage: Passage, name: Name) -> Iterator[Name]:
    """A nationality is cut off before a person's name and stays with a body's or a place's; so is a place: "Mayor of
    Bogota Pedro Gil".
    """
    name = _without_modifier(passage, name)
    run = passage.words
    first, last = name.first, name.last
    if last - first >= 2 and passage.lower(first - 1) == "of" and not places.find(passage.text(first, last)):
        mayor_of = places.find(run[first].text) is not None and _looks_person(passage, first + 1, last)
        if mayor_of:
            yield Name(first, first)
            yield Name(first + 1, last)
            return
    if first < last and places.nationality(run[first].text) and not places.find(passage.text(first, last)):
        rest = passage.text(first + 1, last)
        body = (
            kinds.of_name(rest) or run[last].lower in name_words.of_places("after") or run[last].lower in words("event")
        )
        citizen = run[first].lower.endswith(("man", "woman")) or run[first].label != "PERSON"
        if not body and citizen and not numeral(passage, last) and _looks_person(passage, first + 1, last):
            yield Name(first, first)
            yield Name(first + 1, last)
            return
    yield name

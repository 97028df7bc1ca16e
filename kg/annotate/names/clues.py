"""What one occurrence of a name tells about what it names: signs in a table, each with its weights."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from kg.annotate.names.aliases import initials
from kg.annotate.names.apposition import describes_group, describes_person
from kg.annotate.names.capitals import words
from kg.annotate.names.placed import Placed
from kg.annotate.parse import datelines
from kg.annotate.parse.words import POSSESSIVES, Passage, Word
from kg.english import kinds, name_words, places, titles
from kg.english.inflection import singular
from kg.english.lists import listed
from kg.model import EntityType


class Family(StrEnum):
    """What a name can name; ``OTHER`` is what kg does not follow: events, works, peoples, faiths, languages."""

    PERSON = "person"
    BODY = "body"
    PLACE = "place"
    OTHER = "other"


Votes = defaultdict[Family, float]
PERSON, BODY, PLACE, OTHER = Family


class Clue(NamedTuple):
    """A sign: what it is called, what it says for or against each family, and whether an occurrence shows it."""

    name: str
    weights: dict[Family, float]
    test: Callable[[Placed], bool]


_LABELS = {
    "PERSON": (PERSON, 2.0),
    "ORG": (BODY, 1.5),
    "GPE": (PLACE, 2.0),
    "LOC": (PLACE, 2.2),
    "FAC": (PLACE, 1.5),
    "NORP": (OTHER, 1.5),
    "EVENT": (OTHER, 2.5),
    "WORK_OF_ART": (OTHER, 2.0),
    "LAW": (OTHER, 2.5),
    "LANGUAGE": (OTHER, 2.5),
    "PRODUCT": (OTHER, 1.0),
}
_FAITHS = tuple(words("faith"))
_HOLDS = {kind: frozenset(listed("office_words", kind)) for kind in ("town", "firm")}
_OF_FIRMS = frozenset(listed("office_words", "firm_alone"))  # nobody is a chief executive of a person
_LONGEST_OFFICE = 14  # words
_SHORTEST_NATION = 5
_LONGEST_LIST = 45  # words
_QUOTES = frozenset("\"“”«»'‘’")
_PERSONAL = frozenset(listed("function_words", "personal"))
_FOLLOWERS = frozenset(["members", "spokesman", "spokeswoman", "leaders", "supporters"])
_PARTIES = ("D-", "R-", "I-")
# Before a place's name these are as often part of a person's.
_SAINTS = ("st", "st.", "el", "saint")


def votes(item: Placed) -> Votes:
    """What the occurrence says for each family."""
    found: Votes = defaultdict(float)
    _by_label(item, found)
    for clue in CLUES:
        if clue.test(item):
            for family, weight in clue.weights.items():
                found[family] += weight
    return found


def _by_label(item: Placed, found: Votes) -> None:
    """spaCy's label, by the share of the name's words that have it."""
    run = item.run
    lone = len(run) == 1 and not run[0].acronym and item.before != "the"
    for label, count in Counter(w.label for w in run).items():
        if label in _LABELS:
            family, weight = _LABELS[label]
            if lone and label == "ORG":
                weight = 0.8  # spaCy's usual guess for family names that it does not know
            found[family] += weight * count / len(run)


def _opens_place(item: Placed) -> bool:
    return len(item.run) > 1 and item.run[0].lower in name_words.place_kinds("before") and not item.head


def _ends_place(item: Placed) -> bool:
    own = len(item.run) > 1 and item.end.lower in name_words.place_kinds("after")
    return own and not (item.head and kinds.is_media(item.run[0].text))


def _tells_body(item: Placed) -> bool:
    return item.head is not None and (len(item.run) > 1 or item.is_body)


def _is_people(item: Placed) -> bool:
    faithful = len(item.run) == 2 and all(places.people(w.text) or places.nationality(w.text) for w in item.run)
    return bool(places.nationality(item.text)) or ((places.people(item.text) or faithful) and not item.is_body)


def _has_initial(item: Placed) -> bool:
    run = item.run
    return len(run) > 1 and (
        name_words.is_initial(run[0].text) or name_words.is_initial(run[1].text) or item.end is not run[-1]
    )


def _has_byname(item: Placed) -> bool:
    run = item.run
    return len(run) > 1 and ((run[1].lower == "of" and item.given) or run[1].lower == "the")


def _lone_acronym(item: Placed) -> bool:
    return len(item.run) == 1 and item.end.acronym and not item.place


def _is_event(item: Placed) -> bool:
    last = item.end.lower
    return last in name_words.unfollowed() or (len(item.run) == 1 and last.endswith(_FAITHS) and len(last) > 6)


def _title_before(item: Placed) -> str | None:
    """The kind of a title in small letters before the name."""
    if item.name.title or item.known or item.run[0].opens or titles.is_plural(item.before):
        return None
    if item.before in words("firm"):
        return None  # "the clothes manufacturer NAME"
    return titles.kind(item.before)


def _inside(item: Placed) -> bool:
    return item.before in words("inside") or (item.before == "the" and item.second in words("inside"))


def _opens_with_place(item: Placed) -> bool:
    """ "In NAME, 12 people died": where, at the start of a sentence that goes on with somebody else."""
    word = item.passage.word(item.name.first - 1)
    return item.lone and item.before == "in" and item.after == "," and word is not None and word.opens


def _of_territory(item: Placed) -> bool:
    of_it = item.before == "of" and item.second in words("territory")
    return of_it and item.second not in name_words.place_kinds("after")


def _place_noun_before(item: Placed) -> bool:
    own = item.before in name_words.place_kinds("after") and not titles.kind(item.before)
    return own and not item.passage.words[item.name.first - 1].capital


def _has_age(item: Placed) -> bool:
    """ "NAME, 47, said"; not "In NAME, 12 people died"."""
    counts = item.passage.word(item.name.last + 3)
    return item.after == "," and item.third.isdigit() and len(item.third) == 2 and not (counts and counts.tag == "NNS")


def _is_branch(item: Placed) -> bool:
    """ "UNICEF Kenya", "CNBC Africa": letters before a country or a part of the world."""
    first, last = item.run[0], item.end
    place = places.find(last.text)
    wide = place is not None and place.type in (EntityType.COUNTRY, EntityType.REGION)
    lettered = first.acronym and len(first.text) > 2  # not "NW Germany"
    return len(item.run) > 1 and wide and item.place is None and lettered and places.find(first.text) is None


def _year_of_work(item: Placed) -> bool:
    year = item.third.isdigit() and len(item.third) == 4
    return item.after == "(" and year and item.passage.lower(item.name.last + 3) == ")"


def _which(item: Placed, *, speaks: bool) -> bool:
    """Whether ", which" follows, and what it stands for speaks or acts like people: "which says", "which calls itself"."""
    if item.after != "," or item.third != "which":
        return False
    word = item.passage.word(item.name.last + 3)
    verb = item.passage.parsed.doc[word.first].lemma_.lower() if word else ""
    itself = item.passage.lower(item.name.last + 4) == "itself"
    return speaks == (verb in words("human") or verb in ("say", "deny", "claim") or itself)


def _region_adjective(item: Placed) -> bool:
    following = item.passage.word(item.name.last + 1)
    noun = following is not None and following.tag in ("NN", "NNS")
    return item.text.endswith("an") and noun and item.place is not None and item.place.type is EntityType.REGION


def _does_what_people_do(item: Placed) -> bool:
    relation, verb = item.subject_of or ("", "")
    return (relation == "nsubj" and verb in words("human")) or (relation == "nsubjpass" and verb in words("suffered"))


def _pronoun_follows(item: Placed) -> bool:
    short = not item.known and item.name.last - item.name.first < 3
    return item.subject_of is not None and short and _personal_follows(item.passage, item.name.last)


def _personal_follows(passage: Passage, last: int) -> bool:
    """Whether a personal pronoun follows in the sentence before any other name."""
    for word in passage.words[last + 1 : last + 20]:
        if word.lower in _PERSONAL:
            return True
        if word.opens or word.label == "PERSON":
            return False
    return False


def _kind_before(item: Placed) -> bool:
    """Whether the noun before the name says that it is a body's: "the rights group NAME", "a body called NAME", "the
    organisation, NAME,".
    """
    i = item.name.first - 1
    if item.before in words("byname_verb"):
        i -= 1 + (item.second == ",")
    elif item.before == "," and item.after == ",":
        i -= 1
    word = item.passage.word(i)
    if word is None or word.capital or not word.is_word or (titles.kind(word.text) and word.lower not in words("firm")):
        return False
    return word.lower in words("firm") | words("body_noun")


def _office_before(item: Placed) -> bool:
    """ "The deputy chairman of the Board, NAME, said": an office in apposition before the name."""
    passage = item.passage
    if item.before != "," or item.after != "," or item.known or item.head or item.lone or len(item.run) > 4:
        return False
    for i in range(item.name.first - 2, max(-1, item.name.first - 2 - _LONGEST_OFFICE), -1):
        word = passage.words[i]
        if word.text in ",;.:" or word.tag[:2] == "VB" or word.tag == "MD":
            return False
        if titles.kind(word.text) == "office" and not titles.is_plural(word.text):
            # (an owner may be a firm)
            return passage.lower(i + 1) in ("of", "for", ",") and word.lower != "owner" and item.end.tag != "NNPS"
    return False


def _lettered(item: Placed) -> bool:
    """Whether the name's own initials follow in brackets: "Tehreek-i-Nizam Velmora (TNV)"."""
    closed = item.passage.lower(item.name.last + 3) in (")", ",", ";")
    word = item.passage.word(item.name.last + 2)
    return item.after == "(" and closed and word is not None and word.acronym and initials(item.text, word.text)


def _in_title(item: Placed) -> bool:
    """Whether a small word with a capital stands before the name inside a sentence, so that both are of a title: "Climb Up
    Kilimanjaro", "Walk For Tarno".
    """
    i = item.name.first - 1
    while item.passage.lower(i) in ("the", "a"):
        i -= 1
    word = item.passage.word(i)
    before = item.passage.word(i - 1)
    if item.passage.all_capitals:
        return False
    led = _is_small(word) and before is not None and before.capital and before.is_word
    behind, further = item.passage.word(item.name.last + 1), item.passage.word(item.name.last + 2)
    leads = (
        item.lone and _is_small(behind) and further is not None and (further.capital or further.lower in ("the", "a"))
    )
    return led or leads


def _is_small(word: Word | None) -> bool:
    """A small word with a capital inside a sentence."""
    return word is not None and word.text.istitle() and not word.opens and word.tag in ("IN", "RP", "RB", "TO")


def _letters_of_title(item: Placed) -> bool:
    """The letters of an office in brackets behind it: "Deputy Commissioner (DC) NAME"."""
    if item.before != "(" or item.after != ")" or not _lone_acronym(item):
        return False
    size, passage = len(item.text), item.passage
    first = item.name.first - 1 - size
    return (
        first >= 0
        and titles.kind(passage.words[first + size - 1].text) == "office"
        and ("".join(w.text[0] for w in passage.words[first : first + size]).upper() == item.text)
    )


def _type_of_thing(item: Placed) -> bool:
    """Whether the name stands before a thing of its type: "Patriot anti-missile systems"."""
    token = item.token
    if item.known or item.before in ("of", "for") or token.dep_ not in ("compound", "nmod", "amod"):
        return False
    head = token.head
    return head.text.lower() in words("made") and head.i > token.i


def _has_state(item: Placed) -> bool:
    """Whether the name owns what states have: "Velmora's government"."""
    word = item.passage.word(item.name.last + 2)
    if item.after not in POSSESSIVES or word is None or item.head:
        return False
    return item.third in words("state") or (word.capital and item.third in words("of_state"))


def _unknown_nation(item: Placed) -> bool:
    """An adjective of a nation that no list knows, before what it describes: "the Velmoran news agency"."""
    following = item.passage.word(item.name.last + 1)
    noun = following is not None and following.tag in ("NN", "NNS") and not following.capital
    like = item.text.endswith(("an", "ese", "ish")) and len(item.text) > _SHORTEST_NATION
    return (
        item.lone and like and noun and not item.known and item.before in ("the", "a") and item.end.tag in ("JJ", "NNP")
    )


def _held_in(item: Placed, kind: str) -> bool:
    """Whether the name stands behind an office that is held in such a thing: "mayor of NAME", "chief executive of NAME"."""
    if item.before not in ("of", "at", "for") or (kind == "town" and item.before != "of"):
        return False
    return titles.singular(item.second) in _HOLDS[kind]


def _list_of_places(item: Placed) -> bool:
    """Whether the name is in a list that names are told to be places of: "cities such as A, B and C", "A, B and C Provinces"."""
    passage, last = item.passage, item.name.last
    i = last + 1
    while (
        i < len(passage.words)
        and i - last < _LONGEST_LIST
        and _in_list(passage, i)
        and not _are_places(passage.lower(i))
    ):
        i += 1
    if i > last + 1 and _are_places(passage.lower(i)) and "and" in [passage.lower(k) for k in range(last + 1, i)]:
        return True
    i = item.name.first - 1
    while i > 1 and item.name.first - i < _LONGEST_LIST and _in_list(passage, i):
        i -= 1
    if passage.lower(i) == "as" and passage.lower(i - 1) == "such":
        i -= 1
    elif passage.lower(i) not in ("including", "like"):
        return False
    i -= 1
    return _are_places(passage.lower(i - 1 if passage.lower(i) == "," else i))


def _in_list(passage: Passage, i: int) -> bool:
    word = passage.words[i]
    return word.capital or word.text in (",", "(", ")") or word.lower == "and" or word.lower in words("particle")


def _are_places(word: str) -> bool:
    kinds_of = name_words.of_places("after")
    return word.endswith("s") and singular(word) in kinds_of


# The weights are ours, set by hand.
CLUES: tuple[Clue, ...] = (
    # the name itself
    Clue("dateline", {PLACE: 6.0}, lambda i: i.name.first == 0 and datelines.is_one(i.passage.parsed.text)),
    Clue("country", {PLACE: 4.0}, lambda i: i.place is not None and i.place.type is EntityType.COUNTRY),
    Clue("known place", {PLACE: 3.0}, lambda i: i.place is not None and i.place.type is not EntityType.COUNTRY),
    Clue("known body", {BODY: 4.0}, lambda i: i.is_body),
    Clue("people", {OTHER: 6.0}, _is_people),
    Clue("given name with another", {PERSON: 2.0}, lambda i: len(i.run) > 1 and i.given and not i.place),
    Clue("lone given name", {PERSON: 0.8}, lambda i: len(i.run) == 1 and i.given and not i.place),
    Clue("initial or numeral", {PERSON: 2.0}, _has_initial),
    Clue("surname", {PERSON: 1.5}, lambda i: len(i.run) < 4 and name_words.ends_like_surname(i.end.lower)),
    Clue("body's head", {BODY: 3.0}, lambda i: _tells_body(i) and i.end.text not in name_words.given_names()),
    Clue("body's head, given name", {BODY: 1.0}, lambda i: _tells_body(i) and i.end.text in name_words.given_names()),
    Clue("lone acronym", {BODY: 2.0}, _lone_acronym),
    Clue("branch: UNICEF Kenya", {BODY: 4.0}, _is_branch),
    Clue("class: ATMs", {OTHER: 3.0}, lambda i: _lone_acronym(i) and i.end.text.endswith("s") and not i.is_body),
    Clue("Lake …", {PLACE: 2.5}, lambda i: _opens_place(i) and i.run[0].lower not in _SAINTS),
    Clue("Saint …", {PLACE: 0.8}, lambda i: _opens_place(i) and i.run[0].lower in _SAINTS),
    Clue("… River", {PLACE: 3.0}, _ends_place),
    Clue(
        "Kingdom of …",
        {PLACE: 3.5},
        lambda i: len(i.run) > 1 and i.run[1].lower == "of" and i.run[0].lower in name_words.place_kinds("before"),
    ),
    Clue("Treaty of …", {OTHER: 6.0}, lambda i: len(i.run) > 1 and i.run[0].lower in words("document")),
    Clue("Margaret of …, Alfred the …", {PERSON: 2.5}, _has_byname),
    Clue("event or faith", {OTHER: 5.0}, _is_event),
    # what stands before it
    Clue("title cut off", {PERSON: 4.0}, lambda i: i.name.title is not None),
    Clue("title before", {PERSON: 3.5}, lambda i: _title_before(i) not in (None, "kin")),
    Clue("relative before", {PERSON: 2.0}, lambda i: _title_before(i) == "kin"),
    Clue("the", {PERSON: -2.0, BODY: 0.4}, lambda i: i.before == "the"),
    Clue("in", {PLACE: 1.2}, _inside),
    Clue("In …,", {PLACE: 1.5}, _opens_with_place),
    Clue("to", {PLACE: 0.8}, lambda i: not _inside(i) and i.lone and i.before in words("toward")),
    Clue("central", {PLACE: 2.0}, lambda i: i.before in words("aim")),
    Clue("city of", {PLACE: 3.0}, lambda i: i.before == "of" and i.second in name_words.place_kinds("after")),
    Clue("outskirts of", {PLACE: 1.0}, _of_territory),
    Clue("the river …", {PLACE: 2.5}, _place_noun_before),
    Clue("members of", {BODY: 1.5}, lambda i: i.before == "of" and i.second in _FOLLOWERS),
    Clue("the daily …", {BODY: 3.5}, lambda i: kinds.is_media(i.before) and not i.known),
    Clue(
        "party and state: (D-Ohio",
        {OTHER: 6.0},
        lambda i: i.before in ("(", ",") and i.text[:2] in _PARTIES and i.text[2:3].isupper(),
    ),
    Clue("the film …", {OTHER: 4.0}, lambda i: i.before in words("work") and not i.known),
    Clue("written by", {PERSON: 2.0}, lambda i: i.before == "by" and i.second in words("maker")),
    Clue("a", {PERSON: -1.0, OTHER: 1.0}, lambda i: i.lone and i.before in ("a", "an")),
    Clue("in quotation marks", {OTHER: 2.5}, lambda i: {i.before, i.after} <= _QUOTES and not i.known),
    Clue("said", {PERSON: 1.0, BODY: 0.5}, lambda i: i.before in words("speech") or i.after in words("speech")),
    Clue("the group …", {BODY: 3.5}, lambda i: _kind_before(i) and not i.place),
    Clue("office before", {PERSON: 3.0}, _office_before),
    Clue("nation's adjective", {OTHER: 5.0}, _unknown_nation),
    Clue("mayor of …", {PLACE: 3.0, PERSON: -2.0}, lambda i: _held_in(i, "town") and not i.known and not i.head),
    Clue(
        "director of …",
        {BODY: 3.0, PERSON: -2.0},
        lambda i: _held_in(i, "firm") and not (i.known or (i.given and i.second not in _OF_FIRMS) or _has_state(i)),
    ),
    Clue("in a list of places", {PLACE: 3.5}, lambda i: _list_of_places(i) and not i.head),
    Clue("Commissioner (DC)", {OTHER: 9.0}, _letters_of_title),
    Clue("Climb Up …", {OTHER: 5.0}, lambda i: _in_title(i) and not i.is_body),
    # what stands behind it
    Clue("letters", {BODY: 4.0, PERSON: -2.0}, _lettered),
    Clue("Patriot systems", {OTHER: 3.0}, _type_of_thing),
    Clue("'s government", {PLACE: 1.5}, _has_state),
    Clue(
        "Air Force One",
        {OTHER: 9.0},
        lambda i: i.after in words("reservation") and i.passage.words[i.name.last + 1].capital,
    ),
    Clue("age", {PERSON: 2.0}, _has_age),
    Clue("year of a work", {OTHER: 2.5}, _year_of_work),
    Clue("… river", {PLACE: 2.0}, lambda i: i.after in name_words.place_kinds("after") and not titles.kind(i.after)),
    Clue("who", {PERSON: 2.0}, lambda i: i.after == "who" or (i.after == "," and i.third == "who")),
    Clue(
        "'s wife",
        {PERSON: 2.0},
        lambda i: i.after in POSSESSIVES and (titles.kind(i.third) == "kin" or i.third in words("belonging")),
    ),
    Clue("which says", {PERSON: -3.0, BODY: 3.0}, lambda i: _which(i, speaks=True)),
    Clue("which", {PERSON: -3.0, BODY: 0.5}, lambda i: _which(i, speaks=False)),
    Clue("office behind", {PERSON: 3.0}, lambda i: i.after == "," and describes_person(i.passage, i.name.last + 2)),
    Clue(
        "militants",
        {BODY: 2.0},
        lambda i: i.after in words("group") or (i.after in words("group_kind") and i.third in words("group")),
    ),
    Clue("model", {OTHER: 2.5}, lambda i: i.after in words("thing") and not i.known),
    Clue("Caribbean waters", {OTHER: 8.0}, _region_adjective),
    Clue("an armed group", {BODY: 3.0}, lambda i: describes_group(i.passage, i.name.last + 1)),
    # what it does or suffers, as the parser has it
    Clue("adjective", {OTHER: 1.5}, lambda i: i.end.tag == "JJ" and i.lone and not i.known),
    Clue("does what people do", {PERSON: 2.5}, _does_what_people_do),
    Clue("he or she follows", {PERSON: 1.5}, _pronoun_follows),
)

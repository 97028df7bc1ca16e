"""References of different articles that are the same entity: judgements by rule or person, and the entities they form.

Nothing is merged in place. A judgement says same, not same or unsure of two references, by which rule and why; entities
are the groups that the judgements "same" join, and change when a judgement is withdrawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

from kg.model import Entity, EntityType, Identity, Judgement, OfficeHeld, Reference, digest, slug

Pair = tuple[str, str]  # (article id, reference key)

_PARTICLES = frozenset(
    {"al", "bin", "ibn", "de", "von", "van", "der", "den", "la", "le", "du", "da", "dos", "abu", "el"}
)
_SMALL = frozenset({"the", "of", "for", "and", "on", "in", "to", "a"})
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїєґөүң",
        ["a", "b", "v", "g", "d", "e", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh",
         "shch", "", "y", "", "e", "yu", "ya", "i", "i", "e", "g", "o", "u", "n"],
        strict=True,
    )
)  # fmt: skip
# Spellings of one sound in romanised names; the key keeps one of each, so that variants fall together.
_SOUNDS = (
    ("shch", "s"), ("sch", "s"), ("kh", "h"), ("zh", "j"), ("dzh", "j"), ("dj", "j"), ("ts", "c"), ("ch", "c"), ("sh", "s"), ("ph", "f"), ("th", "t"),
    ("ck", "k"), ("q", "k"), ("x", "ks"), ("w", "v"), ("iy", "i"), ("yi", "i"), ("ay", "ai"), ("ey", "ei"), ("oy", "oi"), ("uy", "ui"),
    ("ye", "e"), ("yo", "o"), ("yu", "u"), ("ya", "a"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("y", "i"),
)  # fmt: skip
# How far two keys of a family name may be apart: one letter in a long name.
_LONG = 6


def name_key(word: str) -> str:
    """One word of a name as it sounds: transliterated, without accents and doubled letters.

    >>> name_key("Sulaymanov") == name_key("Sulaimanov") == name_key("Сулайманов")
    True
    """
    plain = "".join(_CYRILLIC.get(ch, ch) for ch in unicodedata.normalize("NFC", word).lower())
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^a-z]", "", plain)
    for spelling, sound in _SOUNDS:
        plain = plain.replace(spelling, sound)
    return re.sub(r"(.)\1+", r"\1", plain)


def judge(
    references: Sequence[Reference], offices: Sequence[OfficeHeld] = (), *, decided: Sequence[Judgement] = ()
) -> list[Judgement]:
    """Judgements on the pairs of references that could be the same. ``decided`` are a person's, which no rule overrides.

    Candidates share a block (a family name's first sounds, a body's words or letters, a place's name), so that cost
    grows with the blocks, not with all pairs. The result does not depend on the order of the input.
    """
    by_person = {frozenset((d.left, d.right)) for d in decided}
    titles = _titles(references, offices)
    out = list(decided)
    for left, right in _candidates(references):
        pair = frozenset((_pair(left), _pair(right)))
        if len(pair) == 2 and pair not in by_person:
            found = _decide(left, right, titles)
            if found is not None:
                verdict, reason, confidence = found
                out.append(
                    Judgement(
                        _pair(left), _pair(right), verdict, f"rule: {left.type.family.value} names", reason, confidence
                    )
                )
    return sorted(out, key=lambda j: (j.left, j.right, j.by))


def entities(references: Sequence[Reference], judgements: Iterable[Judgement]) -> list[Entity]:
    """The entities that the judgements form: references joined by "same", unless "not same" stands between them.

    Judgements are taken surest first, so that a circle of same, same, not same is cut at its weakest tie.
    """
    by_pair = {_pair(r): r for r in references}
    group: dict[Pair, set[Pair]] = {p: {p} for p in by_pair}
    apart: dict[Pair, set[Pair]] = defaultdict(set)
    known = [j for j in judgements if j.left in by_pair and j.right in by_pair]
    for j in known:
        if j.verdict is Identity.NOT_SAME:
            apart[j.left].add(j.right)
            apart[j.right].add(j.left)
    for j in sorted(known, key=lambda j: (-j.confidence, j.left, j.right)):
        if j.verdict is not Identity.SAME or group[j.left] is group[j.right]:
            continue
        if any(q in group[j.right] for p in group[j.left] for q in apart[p]):
            continue
        merged = group[j.left] | group[j.right]
        for p in merged:
            group[p] = merged
    groups = {min(members): sorted(members) for members in group.values()}
    return _entities([[by_pair[p] for p in members] for _, members in sorted(groups.items())])


# ── candidates ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _candidates(references: Sequence[Reference]) -> list[tuple[Reference, Reference]]:
    blocks: dict[tuple[str, str], list[Reference]] = defaultdict(list)
    for reference in references:
        for key in _blocks(reference):
            blocks[reference.type.family.value, key].append(reference)
    pairs: dict[tuple[Pair, Pair], tuple[Reference, Reference]] = {}
    for members in blocks.values():
        for a, b in combinations(sorted(members, key=_pair), 2):
            if a.article != b.article:
                pairs[_pair(a), _pair(b)] = (a, b)
    return [pairs[k] for k in sorted(pairs)]


def _blocks(reference: Reference) -> set[str]:
    names = (reference.name, *reference.aliases)
    if reference.type is EntityType.PERSON:
        return {_consonants(name_key(_words(n)[-1]))[:4] for n in names if _words(n)}
    if reference.type.family in (EntityType.UNNAMED, EntityType.DOCUMENT):
        return set()  # two nameless sources are never known to be the same
    keys = {" ".join(_content(n)) for n in names}
    if reference.type.family is EntityType.ORGANISATION:
        keys |= {_letters(n) for n in names if _letters(n)}
        keys |= {" ".join(sorted(_content(n))) for n in names}
        keys |= {
            " ".join(sorted(w for w in _content(n) if w not in ("state", "national", "federal", "ministry")))
            for n in names
        }
    return {k for k in keys if k}


def _consonants(key: str) -> str:
    return re.sub(r"(?<!^)[aeiou]", "", key)


def _letters(name: str) -> str:
    """The letters that a name is called by: itself where it is one, else its initials."""
    if " " not in name and sum(ch.isupper() for ch in name) >= 2:
        return re.sub(r"[^a-z]", "", name.lower())
    words = [w for w in re.findall(r"[^\W\d_]+", name) if w.lower() not in _SMALL]
    return "".join(w[0] for w in words).lower() if len(words) > 2 else ""


# ── decisions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _decide(
    left: Reference, right: Reference, titles: Mapping[Pair, frozenset[str]]
) -> tuple[Identity, str, float] | None:
    if left.type is EntityType.PERSON:
        return _people(left, right, titles)
    if left.type.family is EntityType.PLACE:
        same = _fold(left.name) == _fold(right.name) and (
            not left.country or not right.country or left.country == right.country
        )
        return (Identity.SAME, f"both articles name the place “{left.name}”", 0.99) if same else None
    return _bodies(left, right)


def _people(
    left: Reference, right: Reference, titles: Mapping[Pair, frozenset[str]]
) -> tuple[Identity, str, float] | None:
    a, b = _words(left.name), _words(right.name)
    if not a or not b or not _near(name_key(a[-1]), name_key(b[-1])):
        return None
    shared = titles.get(_pair(left), frozenset()) & titles.get(_pair(right), frozenset())
    both = f"“{left.name}” and “{right.name}”"
    if _fold(left.name) == _fold(right.name) and len(a) > 1:
        return Identity.SAME, f"both articles name {left.name}", 0.98
    if len(a) > 1 and len(b) > 1:
        first, second = a[0], b[0]
        initial = len(first.rstrip(".")) == 1 or len(second.rstrip(".")) == 1
        if initial:
            same = first[0].lower() == second[0].lower()
            if same and shared:
                return Identity.SAME, f"{both} agree in family name, initial and office", 0.9
            return (Identity.UNSURE, f"{both} agree in family name and initial only", 0.5) if same else None
        if _near(name_key(first), name_key(second)):
            return Identity.SAME, f"{both} are spellings of one name", 0.95 if shared else 0.9
        return Identity.NOT_SAME, f"{both} have different given names", 0.9
    if shared:
        return Identity.SAME, f"{both} share the family name and the office", 0.85
    return Identity.UNSURE, f"{both} share only the family name", 0.4


def _bodies(left: Reference, right: Reference) -> tuple[Identity, str, float] | None:
    if left.country and right.country and left.country != right.country:
        return Identity.NOT_SAME, f"“{left.name}” belongs to {left.country}, “{right.name}” to {right.country}", 0.95
    mine, yours = (left.name, *left.aliases), (right.name, *right.aliases)
    same = {_fold(n) for n in mine} & {_fold(n) for n in yours}
    if same:
        shown = next(n for n in mine if _fold(n) in same)
        return Identity.SAME, f"both articles name {shown}", 0.95
    if left.type.family is not EntityType.ORGANISATION:
        return None
    for a in mine:
        for b in yours:
            x, y = _content(a), _content(b)
            if len(x) > 1 and sorted(x) == sorted(y):
                return Identity.SAME, f"“{a}” and “{b}” have the same words", 0.9
            if (_acronym(a) and _letters(b) == a.lower() and " " in b) or (
                _acronym(b) and _letters(a) == b.lower() and " " in a
            ):
                return Identity.SAME, f"“{a}” and “{b}” are a name and its letters", 0.85
            shorter, longer = sorted((x, y), key=len)
            if (
                len(shorter) > 1
                and set(shorter) < set(longer)
                and set(longer) - set(shorter) <= {"state", "national", "federal", "central", "republic"}
            ):
                if left.country and left.country == right.country:
                    return Identity.SAME, f"“{a}” is the short form of “{b}”", 0.8
                return Identity.UNSURE, f"“{a}” may be the short form of “{b}”", 0.5
    return None


def _near(a: str, b: str) -> bool:
    """Whether two sound keys are the same name: equal, or one letter apart in a long one."""
    if a == b:
        return True
    if not a or not b or a[0] != b[0]:
        return False
    if _consonants(a) == _consonants(b) and abs(len(a) - len(b)) <= 1 and min(len(a), len(b)) >= 4:
        return True
    return min(len(a), len(b)) >= _LONG and DamerauLevenshtein.distance(a, b) <= 1


def _titles(references: Sequence[Reference], offices: Sequence[OfficeHeld]) -> dict[Pair, frozenset[str]]:
    """What each person is: titles with and without the body, in lower case."""
    names = {_pair(r): r for r in references}
    out: dict[Pair, set[str]] = defaultdict(set)
    for office in offices:
        body = names.get((office.article, office.organisation)) if office.organisation else None
        title = re.sub(r"(?:woman|person)$", "man", office.title.lower())
        for name in (body.name, *body.aliases) if body is not None else ("",):
            out[office.article, office.person].add(f"{title} {_fold(name)}".strip())
    return {k: frozenset(v) for k, v in out.items()}


# ── entities ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _entities(groups: Sequence[Sequence[Reference]]) -> list[Entity]:
    named = [(_name(group), _country_name(group), group) for group in groups]
    taken = Counter(slug(name) for name, _, _ in named)
    ids: dict[Pair, str] = {}
    rows: list[tuple[str, str, str | None, Sequence[Reference]]] = []
    used: set[str] = set()
    for name, country, group in named:
        base = slug(name)
        nameless = group[0].type.family in (EntityType.UNNAMED, EntityType.DOCUMENT)
        if taken[base] > 1 or nameless:
            # Namesakes are told apart by their country, else by the article that they come from.
            base = (
                f"{base}-{slug(country)}"
                if country and not nameless
                else f"{base}-{digest(*(_pair(r) for r in group))[:6]}"
            )
        while base in used:
            base = f"{base}-{digest(base, *(_pair(r) for r in group))[:4]}"
        used.add(base)
        rows.append((base, name, country, group))
        ids.update({_pair(r): base for r in group})
    countries = {_fold(name): eid for eid, name, _, group in rows if _type(group) is EntityType.COUNTRY}
    out = []
    for eid, name, country, group in rows:
        wholes = Counter(ids[r.article, r.part_of] for r in group if r.part_of and (r.article, r.part_of) in ids)
        whole = min((w for w in wholes if w != eid), key=lambda w: (-wholes[w], w), default=None)
        home = countries.get(_fold(country)) if country else None
        out.append(
            Entity(
                id=eid,
                type=_type(group),
                name=name,
                aliases=tuple(sorted({n for r in group for n in (r.name, *r.aliases)} - {name})),
                country=home if home != eid else None,
                part_of=whole,
                references=tuple(sorted(_pair(r) for r in group)),
            )
        )
    return sorted(out, key=lambda e: e.id)


def _name(group: Sequence[Reference]) -> str:
    """The fullest of the usual names: most words up to three, then most articles, then the alphabet."""
    names = Counter(r.name for r in group)
    full = [n for n in names if not _acronym(n)] or list(names)
    if group[0].type is EntityType.PERSON:
        return min(full, key=lambda n: (-len(n.split()), -names[n], n))
    return min(full, key=lambda n: (-names[n], -len(n), n))


def _type(group: Sequence[Reference]) -> EntityType:
    """The type that most references have; a finer one wins over plain organisation, place and unnamed."""
    kinds = Counter(r.type for r in group)
    plain = (EntityType.ORGANISATION, EntityType.PLACE)
    return min(kinds, key=lambda t: (t in plain, -kinds[t], t.value))


def _country_name(group: Sequence[Reference]) -> str | None:
    found = Counter(r.country for r in group if r.country)
    return min(found, key=lambda c: (-found[c], c)) if found else None


def _pair(reference: Reference) -> Pair:
    return reference.article, reference.key


def _words(name: str) -> list[str]:
    return [w for w in re.split(r"[\s.]+", name) if w and w.lower() not in _PARTICLES] or name.split()


def _content(name: str) -> list[str]:
    return [w for w in re.findall(r"\w+", _fold(name)) if w not in _SMALL]


def _fold(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    return " ".join(re.sub(r"^(?:the)\s+", "", plain.casefold()).replace("’", "'").split())


def _acronym(name: str) -> bool:
    letters = [ch for ch in name if ch.isalpha()]
    return 2 <= len(letters) <= 8 and " " not in name and sum(ch.isupper() for ch in letters) >= 0.7 * len(letters)

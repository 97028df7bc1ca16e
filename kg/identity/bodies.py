"""Are two bodies the same? Rules for organisations, ministries, services, movements and governments."""

from __future__ import annotations

from collections.abc import Iterable

from kg.identity import institutions as words
from kg.identity.decision import Decision, not_same, same, unsure
from kg.identity.profiles import Body, Profile, is_letters
from kg.identity.sounds import fold, near
from kg.identity.sounds import key as sound
from kg.model import EntityType

_NATIONAL = (EntityType.MINISTRY, EntityType.SECURITY_SERVICE, EntityType.GOVERNMENT)


def decide(left: Profile, right: Profile) -> Decision | None:
    """The judgement on two bodies, or ``None`` where nothing speaks for their being one."""
    found = bodies(left.body, right.body, described=left.described or right.described)
    if found is None or not found.same:
        return found
    if left.whole is not None and right.whole is not None:
        wholes = bodies(left.whole, right.whole)
        if wholes is None or not wholes.same:
            text = (
                f"“{left.names[0]}” belongs to “{left.whole.names[0]}”, “{right.names[0]}” to “{right.whole.names[0]}”"
            )
            return unsure(text, 0.4)
    for part, whole in ((left, right), (right, left)):
        if part.whole is not None and {fold(n) for n in part.whole.names} & {fold(n) for n in whole.names}:
            return not_same(f"“{part.names[0]}” is a part of “{whole.names[0]}”", 0.95)
    return found


def bodies(left: Body, right: Body, *, described: bool = False) -> Decision | None:
    """The judgement on two bodies by their names and countries alone."""
    tie = _tie(left, right)
    if tie is None:
        return None
    reason, confidence, telling = tie
    if left.country and right.country and left.country != right.country:
        return not_same(f"“{left.names[0]}” belongs to {left.country}, “{right.names[0]}” to {right.country}", 0.95)
    agreed = _country(left, right)
    if not telling:  # the tie alone is not enough: the country has to be known to be one
        if agreed is not None and confidence >= 0.5:
            return same(f"{reason}, both in {agreed[0]}", min(confidence, agreed[1]))
        return unsure(reason, min(confidence, 0.5))
    if described and agreed is None:
        return unsure(f"{reason}, which may describe several", 0.4)
    return same(reason, confidence) if confidence >= 0.6 else unsure(reason, confidence)


def _country(left: Body, right: Body) -> tuple[str, float] | None:
    """The country that both belong to and how sure that is: said of both, or said of one and at home in the other."""
    mine, yours = left.country or left.home, right.country or right.home
    if mine is None or mine != yours:
        return None
    told = (left.country is not None) + (right.country is not None)
    return mine, (0.75, 0.85, 0.95)[told]


def _tie(left: Body, right: Body) -> tuple[str, float, bool] | None:
    """What ties two bodies: reason, how sure, and whether that is enough without knowing their countries."""
    best: tuple[str, float, bool] | None = None
    for a in left.names:
        for b in right.names:
            found = _names(a, b, left, right)
            if found is not None and (best is None or (found[2], found[1]) > (best[2], best[1])):
                best = found
    return best


def _names(a: str, b: str, left: Body, right: Body) -> tuple[str, float, bool] | None:
    short_a, short_b = is_letters(a), is_letters(b)
    if short_a and short_b:
        return _abbreviations(a, b, left, right)
    if short_a or short_b:
        abbreviation, name = (a, b) if short_a else (b, a)
        letters = words.letters(abbreviation)
        shortened, full = (left, right) if short_a else (right, left)
        if _full_names(shortened) and not _akin(_full_names(shortened), _full_names(full)):
            return None
        known = words.KNOWN.get(letters, frozenset())
        if fold(name) in known or letters in words.initials(name):
            anywhere = letters in words.INTERNATIONAL or not (len(letters) < 4 or words.is_generic(name))
            telling = fold(name) in known if known else anywhere
            return f"“{abbreviation}” are the letters of “{name}”", 0.85, telling
        return None
    return _full(a, b, left, right)


def _abbreviations(a: str, b: str, left: Body, right: Body) -> tuple[str, float, bool] | None:
    x, y = words.letters(a), words.letters(b)
    national = left.type in _NATIONAL or right.type in _NATIONAL or bool(left.country or right.country)
    full = _full_names(left), _full_names(right)
    if x == y:
        if full[0] and full[1] and not _akin(*full):
            return f"“{full[0][0]}” and “{full[1][0]}” are both called {a}", 0.4, False
        own = x in words.INTERNATIONAL or left.type in _OWN or right.type in _OWN
        homes = left.home is not None and right.home is not None and left.home != right.home
        told = len(x) > 2 or any(x in words.initials(n) for n in (*full[0], *full[1]))
        return f"both articles name {a}", 0.9, own or (not national and not homes and told)
    if len(x) >= 4 and sorted(x) == sorted(y) and _swapped(x, y):
        if full[0] and full[1] and not _akin(*full):
            return None
        return f"“{a}” and “{b}” are the same letters, two of them swapped", 0.7, False
    return None


_OWN = (EntityType.MOVEMENT, EntityType.NEWS_ORGANISATION)


def _swapped(x: str, y: str) -> bool:
    """Whether two neighbouring letters are swapped, and nothing else."""
    differ = [i for i, (p, q) in enumerate(zip(x, y, strict=True)) if p != q]
    return len(differ) == 2 and differ[1] == differ[0] + 1


def _full_names(body: Body) -> list[str]:
    return [n for n in body.names if not is_letters(n)]


def _akin(mine: Iterable[str], yours: Iterable[str]) -> bool:
    """Whether two sets of full names share half of the words of the shorter one."""
    for a in mine:
        for b in yours:
            x, y = set(words.tokens(a)), set(words.tokens(b))
            if x and y and 2 * len(x & y) >= min(len(x), len(y)):
                return True
    return False


def _full(a: str, b: str, left: Body, right: Body) -> tuple[str, float, bool] | None:
    country = left.country or right.country or left.home or right.home
    x, y = words.tokens(a, country), words.tokens(b, country)
    telling = not (words.is_generic(a, country) or words.is_generic(b, country)) and not (
        left.type in _NATIONAL and right.type in _NATIONAL
    )
    both = f"“{a}” and “{b}”"
    if fold(a) == fold(b):
        return f"both articles name {a}", 0.95, telling
    if not x or not y:
        return None
    if sorted(x) == sorted(y):
        return (f"{both} have the same words" if len(x) > 1 else f"{both} are one name"), 0.9, telling
    if words.is_government(a) and words.is_government(b) and EntityType.GOVERNMENT in (left.type, right.type):
        return f"{both} mean the government", 0.75, False
    if "'s " in a.replace("’", "'") or "'s " in b.replace("’", "'"):
        return None  # "the agency's Berlin office" is a part of the agency
    if telling and near(words.squeezed(a), words.squeezed(b)) and len(words.squeezed(a)) >= 5:
        return f"{both} are spellings of one name", 0.85, True
    if (
        len(x) == len(y)
        and len(x) > 1
        and all(near(sound(p), sound(q)) for p, q in zip(sorted(x), sorted(y), strict=True))
    ):
        return f"{both} differ in spelling only", 0.85, telling
    shorter, longer = sorted((x, y), key=len)
    extra = [w for w in longer if w not in shorter]
    sole = shorter[0] in words.SOLE
    if set(shorter) < set(longer) and (sole or len(shorter) > 1 or not words.is_generic(shorter[0])):
        few, many = (a, b) if len(x) < len(y) else (b, a)
        if all(w in words.QUALIFIERS for w in extra) and (len(shorter) > 1 or shorter[0] in words.SOLE):
            return f"“{few}” is the short form of “{many}”", 0.8, False
        if len(shorter) > 1 or not words.is_generic(few):
            return f"“{few}” may be the short form, the old name or a part of “{many}”", 0.4, False
    return None


__all__ = ["bodies", "decide"]

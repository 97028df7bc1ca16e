"""What an article covers: the kind of happening, the names that few share, and a sketch of its words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache, lru_cache
from hashlib import blake2b

from kg.compare import dates
from kg.english import kinds, places, titles
from kg.english.calendar import MONTHS, SHORT, WEEKDAYS
from kg.english.lists import entries, listed, records
from kg.english.stems import STOP, stem
from kg.model import Claim, Coverage, Covered, EntityType

RUN = 4
"""Words of a run: texts that share few runs of so many words are not copies."""
SKETCH = 48
"""Hashes of a sketch. Of two sketches, the share of the smallest that are in both tells what share of runs is in both, ± .07."""
_HEAD = 3  # a word of the title counts so many times
_LEAST = 2  # a happening that is told of once may be a comparison with another
_MOST = 3  # happenings of an article

_SHORTEST = 3  # letters of a name by itself: "IS" is that of many
_MONTH = "March"  # no march
_ANYBODY = frozenset(listed("comparison_words", "body")) | frozenset(listed("comparison_words", "anybody"))
_RUN = r"([A-Z][\w-]+(?: [A-Z][\w-]+)*)"
_PARTIES = frozenset(listed("comparison_words", "group_name"))
_TIMES = frozenset(w.lower() for w in (*MONTHS, *SHORT, *WEEKDAYS))
_PLACES = frozenset({EntityType.PLACE, EntityType.CITY, EntityType.REGION})
_COMMON = frozenset(
    {
        EntityType.UNNAMED,
        EntityType.DOCUMENT,
        EntityType.NEWS_ORGANISATION,
        EntityType.GOVERNMENT,
        EntityType.MINISTRY,
    }
)  # every country has a Ministry of Health


@cache
def _happenings() -> dict[str, tuple[str, ...]]:
    """The classes of happenings by the stems of the words that tell of them."""
    found: dict[str, set[str]] = {}
    for row in records("happenings"):
        for word in entries(row["words"]):
            found.setdefault(stem(word), set()).add(row["class"])
    return {word: tuple(sorted(classes)) for word, classes in found.items()}


@cache
def _reaches() -> dict[str, str]:
    return {row["class"]: row["reach"] for row in records("happenings")}


def reach(happening: str) -> str:
    """``"wide"``, ``"point"`` or ``"case"``, as ``happenings.tsv`` has it; "" for what is no class of it.

    >>> reach("quake"), reach("sinking"), reach("")
    ('wide', 'point', '')
    """
    return _reaches().get(happening, "")


def coverage(article: Covered) -> Coverage:
    """What an article covers, as far as two articles are held against one another by it."""
    publisher = article.publisher.lower()
    actors, sites, lands = _names(article)
    lands |= {land.lower() for land in _lands() & places.named(f"{article.publisher}. {article.title}. {article.text}")}
    inside, heads = _called(article)
    keys = ({called(name) for name in (*actors, *sites)} | inside) - {"", called(publisher)}
    return Coverage(
        article.article, article.day if dates.known(article.day) else None, publisher, article.title, _told(article),
        tuple(sorted(actors)), tuple(sorted(sites)), tuple(sorted(lands)), _land(article), _home(article, sites), tuple(sorted(keys)), tuple(sorted(heads - keys - {""})), _sketch(article.text),
    )  # fmt: skip


def setting(article: Covered) -> Coverage:
    """The part of :func:`coverage` that figures are :func:`placed` by: what happened, in which country, at which places."""
    return Coverage(
        article.article, happenings=_told(article), land=_land(article), home=_home(article, _names(article)[1])
    )


def _names(article: Covered) -> tuple[set[str], set[str], set[str]]:
    """Actors and places that few share, and countries and places that everybody knows."""
    publisher = article.publisher.lower()
    actors: set[str] = set()
    sites: set[str] = set()
    lands: set[str] = set()
    for name, kind in article.names:
        known = places.find(name)
        if kind is EntityType.COUNTRY or known is not None:
            lands.add((known.name if known is not None else name).lower())
        elif kind not in _COMMON and name.lower() != publisher and called(name):
            (sites if kind in _PLACES else actors).add(name.lower())
    return actors, sites, lands


def placed(claim: Claim, affair: str, covers: Coverage) -> Claim:
    """A figure with the affair of its article, and what the article covers."""
    return replace(claim, affair=affair, happenings=covers.happenings, home=covers.home, land=covers.land)


def called(name: str) -> str:
    """What a name is known by wherever it stands: its last word, all of it where that is the name of many; "" for no name.

    >>> called("Colonel Abel Ngarta"), called("State Mining Office"), called("Police"), called("the organisers")
    ('ngarta', 'state mining office', '', '')
    """
    words = re.findall(r"[^\W\d_][\w-]*", re.sub(r"['’]s?\b", "", name).lower().removeprefix("the "))
    if not words:
        return ""
    if words[-1] in _ANYBODY:
        return " ".join(words) if len(words) > (words[-1] not in _PARTIES) + 1 else ""
    return words[-1] if len(words[-1]) >= _SHORTEST and words[-1] not in _TIMES else ""


def _called(article: Covered) -> tuple[set[str], set[str]]:
    """The names in the text: words with a capital inside a sentence, whether or not they were found to be actors; and words
    with a capital at the head of one, which may be names.
    """
    body = article.text.removeprefix(article.title)
    words = [w for w in article.title.split() if len(w) > _SHORTEST]
    title = (
        "" if len(words) > _HEAD and all(w[:1].isupper() for w in words) else article.title
    )  # "No Names in Title Case"
    runs = re.findall(rf"(?<=[^\W\d_] |[,;] ){_RUN}", f"{title}. {body}")
    heads = re.findall(rf"(?:^|[.!?:”] |\n|— ){_RUN}", f"{title}. {body}")
    known = [
        {called(n) for n in names if places.find(n) is None and places.nationality(n) is None and not _is_anybodys(n)}
        for names in (runs, heads)
    ]
    return known[0], {name for name in known[1] if name not in STOP}


@lru_cache(maxsize=1 << 16)
def _is_anybodys(words: str) -> bool:
    """Whether words with a capital tell of no affair: a title that many hold ("Prime Minister"), an agency that all cite."""
    known = kinds.body(words)
    return titles.kind(words.split()[-1]) in ("office", "rank", "address") or (
        known is not None and known[0] is EntityType.NEWS_ORGANISATION
    )


def _land(article: Covered) -> str:
    """The country of the title, else the one that the text names most, of those the first."""
    for text in (article.title, article.publisher, article.text):
        count = Counter(
            land for run in re.findall(_RUN, text) for word in (run, *run.split()) for land in _lands_in(word)
        )
        if count:
            return max(count, key=lambda land: count[land]).lower()
    return ""


@lru_cache(maxsize=1 << 16)
def _lands_in(words: str) -> tuple[str, ...]:
    """The countries that a few words with a capital name, in order."""
    return tuple(sorted(_lands() & places.named(words)))


def _home(article: Covered, sites: set[str]) -> tuple[str, ...]:
    """The places that the title names: where the figures are from for which the text names no other."""
    title = article.title.lower()
    return tuple(sorted(name for name in sites if name in title and re.search(rf"\b{re.escape(name)}\b", title)))


@cache
def _lands() -> frozenset[str]:
    """The names of countries."""
    return frozenset(row["name"] for row in records("countries"))


def _told(article: Covered) -> tuple[str, ...]:
    """The happenings that an article tells of, the most frequent first."""
    count = Counter[str]()
    for text, weight in ((article.title, _HEAD), (article.text.removeprefix(article.title), 1)):
        for word, times in Counter(re.findall(r"[^\W\d_][\w-]*", text)).items():
            for happening in _told_by(word):
                count[happening] += weight * times
    least = min(max(count.values(), default=0), _LEAST)
    ranked = sorted(((-n, happening) for happening, n in count.items() if n >= least))
    return tuple(happening for _, happening in ranked[:_MOST])


@lru_cache(maxsize=1 << 16)
def _told_by(word: str) -> tuple[str, ...]:
    """The happenings that a word tells of."""
    return _happenings().get(stem(word.lower()), ()) if word != _MONTH else ()


def _sketch(text: str) -> tuple[int, ...]:
    words = re.findall(r"\w+", text.lower())
    runs = {" ".join(words[i : i + RUN]) for i in range(max(len(words) - RUN + 1, 0))}
    hashes = (int.from_bytes(blake2b(run.encode(), digest_size=6).digest()) for run in runs)
    return tuple(sorted(hashes)[:SKETCH])

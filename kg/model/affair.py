"""What articles are about together: what one of them covers, and the affair that several make."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model.annotation import EntityType


@dataclass(frozen=True, slots=True)
class Covered:
    """An article as far as it tells what it covers: ``names`` are those of the entities that it mentions, with their types;
    ``day`` is its EDTF date, where it has one.
    """

    article: str
    day: str | None
    publisher: str
    title: str
    text: str
    names: tuple[tuple[str, EntityType], ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """What decides whether two articles are about one affair. All names are in lower case.

    ``happenings`` are classes of ``happenings.tsv``, the one that the article tells most of first. ``actors`` and ``places`` are
    names that few share; ``lands`` are countries and places that everybody knows, ``land``
    the country that it tells of most, ``home`` the places of its title. ``names`` are what all
    names of the text are known by, mostly a last word, and ``heads`` words at the head of a sentence that may be names. ``sketch`` holds the smallest hashes of the
    article's runs of words: two sketches show how much of two texts is the same.
    """

    article: str
    day: str | None = None
    publisher: str = ""
    title: str = ""
    happenings: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    lands: tuple[str, ...] = ()
    land: str = ""
    home: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    sketch: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Affair:
    """Articles about one affair, from early to late. ``id`` is the id of one of them, whatever the order they came in.

    ``title`` is that of the earliest; ``first`` and ``last`` are EDTF dates; ``happening`` is the class that most of them tell of,
    "" where none does.
    """

    id: str
    articles: tuple[str, ...]
    title: str = ""
    first: str | None = None
    last: str | None = None
    happening: str = ""

    @property
    def label(self) -> str:
        """Its title and its days: "A mine in Norvik collapses (2020-03-02 – 2020-03-09)"."""
        days = " – ".join(dict.fromkeys(day for day in (self.first, self.last) if day))
        title = " ".join((self.title or self.id).split())
        return f"{title} ({days})" if days else title

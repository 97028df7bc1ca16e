"""The names of a user's list found in a text: the longest one at each word, by a look into one dictionary.

A name is looked up by its words without case and hyphens, so that one look at each number of words finds it, however many names there
are. (spaCy's PhraseMatcher makes a document of each name, which takes minutes for a million; an Aho-Corasick automaton knows
characters, not words, and needs a library in C.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.annotate.gazetteer.rows import holds
from kg.annotate.parse.words import Passage, Word
from kg.model import Listed, ListSource, Problem

_PART = re.compile(r"[^\W_]+|,")
_BREAK = re.compile(r"[.:;!?…*•|]|\.\.+")
_AMBIGUOUS_TOLD = 20
_LONGEST = 16  # parts of a name; what is longer is no name that a text repeats word by word
# Labels of the model for what is no actor: "May" of a date, "Turkish" of a language.
_NO_NAME = ("DATE", "TIME", "MONEY", "PERCENT", "LANGUAGE")


@dataclass(frozen=True, slots=True)
class Hit:
    """Words ``first`` to ``last`` (inclusive) of a passage that are a name of ``entry``."""

    first: int
    last: int
    entry: Listed


class Gazetteer:
    """A list of names. ``problems`` are rows that are not used, ``notes`` what a reader should know of the list."""

    def __init__(
        self,
        entries: Iterable[Listed],
        source: ListSource,
        *,
        problems: Sequence[Problem] = (),
        notes: Sequence[str] = (),
    ) -> None:
        self.source = source
        self.problems = tuple(problems)
        self._entries = {entry.id: entry for entry in entries}
        self._names: dict[str, tuple[str, str, bool] | None] = {}  # id, as written, weak; None where several share it
        self._longest: dict[str, int] = {}
        self._shared: dict[str, dict[str, None]] = {}
        for entry in self._entries.values():
            for name in (entry.name, *entry.aliases):
                self._note(entry, name, weak=False)
            for name in entry.weak:
                self._note(entry, name, weak=True)
        self.notes = (*notes, *self._ambiguous())

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, id: str) -> Listed:
        """The entry of an id."""
        return self._entries[id]

    def _note(self, entry: Listed, name: str, *, weak: bool) -> None:
        parts = _PART.findall(name)
        if not parts or len(parts) > _LONGEST:
            return
        key = " ".join(parts).casefold()
        known = self._names.get(key, ...)
        if known is ...:
            self._names[key] = (entry.id, name, weak)
            start = parts[0].casefold()
            if self._longest.get(start, 0) < len(parts):
                self._longest[start] = len(parts)
        elif known is None:
            self._shared[key].setdefault(entry.id)
        elif isinstance(known, tuple) and known[0] != entry.id:
            self._names[key] = None
            self._shared[key] = dict.fromkeys((known[0], entry.id))

    def _ambiguous(self) -> Iterator[str]:
        for key, ids in list(self._shared.items())[:_AMBIGUOUS_TOLD]:
            who = [self._entries[i] for i in list(ids)[:3]]
            told = " and ".join(f"{entry.name} ({entry.source})" for entry in who)
            yield f"The name “{key}” is shared by {told}{' and others' if len(ids) > 3 else ''}; it ties nothing."
        if len(self._shared) > _AMBIGUOUS_TOLD:
            yield f"{len(self._shared) - _AMBIGUOUS_TOLD:,} further names are shared by several rows and tie nothing."

    # ── in a text ──

    def find(self, passages: Sequence[Passage]) -> list[list[Hit]]:
        """The names in each passage of one article, in their order; they do not overlap.

        A weak alias counts where another name of the same actor stands in the article, a lone word of a headline in
        capitals where it is named in the text as well.
        """
        found: list[list[tuple[Hit, bool, bool]]] = [list(self._in(passage)) for passage in passages]
        sure = {hit.entry.id for hits in found for hit, weak, doubtful in hits if not (weak or doubtful)}
        return [
            [hit for hit, weak, doubtful in hits if not (weak or doubtful) or hit.entry.id in sure] for hits in found
        ]

    def _in(self, passage: Passage) -> Iterator[tuple[Hit, bool, bool]]:
        """The names in a passage, whether each is a weak alias, and whether it is a lone word where capitals tell nothing."""
        parts = _parts(passage.words)
        i = 0
        while i < len(parts):
            text, word, starts, _ = parts[i]
            most = self._longest.get(text.casefold(), 0) if starts else 0
            step = 1
            for size in range(min(most, len(parts) - i), 0, -1):
                run = parts[i : i + size]
                if not run[-1][3] or any(part[0] == "" for part in run):
                    continue
                key = " ".join(part[0] for part in run).casefold()
                if key not in self._names:
                    continue
                known = self._names[key]
                if known is None:
                    step = size  # two actors share it, and nothing shorter in it is meant
                    break
                id, written, weak = known
                last = run[-1][1]
                if _written(run, written) and (size > 1 or _is_name(passage, passage.words[word])):
                    yield Hit(word, last, self._entries[id]), weak, size == 1 and passage.all_capitals
                    step = size
                    break
            i += step

    def named(self, ids: Iterable[str], day: str | None) -> tuple[Listed, ...]:
        """The entries of ``ids`` with the offices alone that they hold on a day, and the bodies of these offices."""
        found: dict[str, Listed] = {}
        for id in sorted(set(ids)):
            entry = self._entries[id]
            offices = tuple(office for office in entry.offices if holds(office, day))
            found[id] = Listed(
                entry.id, entry.type, entry.name, entry.aliases, entry.weak, entry.item, offices, entry.source
            )
            for office in offices:
                if office.body is not None:
                    body = self._entries[office.body]
                    found.setdefault(body.id, body)
        return tuple(found.values())


def _parts(words: Sequence[Word]) -> list[tuple[str, int, bool, bool]]:
    """The parts of all words: text, number of the word, whether it is the word's first and its last. What ends a name
    (a full stop, a colon) is an empty part.
    """
    found: list[tuple[str, int, bool, bool]] = []
    for number, word in enumerate(words):
        own = _PART.findall(word.text)
        if not own and _BREAK.fullmatch(word.text):
            found.append(("", number, False, False))
        found.extend((part, number, k == 0, k == len(own) - 1) for k, part in enumerate(own))
    return found


def _written(run: Sequence[tuple[str, int, bool, bool]], name: str) -> bool:
    """Whether a text has every capital of a name, and may have more; a name without capitals needs one in the text."""
    told = _PART.findall(name)
    for part, own in zip((part[0] for part in run), told, strict=True):
        if part != own and not (
            part[:1].isupper() and all(not o.isupper() or p.isupper() for p, o in zip(part, own, strict=False))
        ):
            return False
    return any(part[0][:1].isupper() for part in run) or not any(ch.isupper() or ch.islower() for ch in name)


def _is_name(passage: Passage, word: Word) -> bool:
    """Whether a lone word is surely a name: at the beginning of a sentence, where any word has a capital, the model must
    agree.
    """
    if word.label in _NO_NAME or not word.capital:
        return False
    return word.acronym or not word.opens or word.label != "" or word.tag in ("NNP", "NNPS")

"""What spaCy's rules say of single words is looked up by tag, word and relation, and matched once for each of these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.tokens._retokenize import set_token_attrs

_NAME = "kg_attributes"
_ASKED: list[int | str] = ["TAG", "LOWER", "DEP", "IS_SPACE"]
_MORE = "more"  # begins a rule of several words
_UNNAMED = 0  # stands for every word that no rule names
_KEPT = 65_536  # words

_Key = tuple[int, ...]
_Told = dict[Any, Any]


def look_up(nlp: Language, name: str = "attribute_ruler") -> None:
    """Let a pipeline look its rules up where it has rules, and they ask for nothing else than what is looked up."""
    before = nlp.get_pipe(name) if name in nlp.pipe_names else None
    if type(before) is AttributeRuler and _named(before.patterns) is not None:
        patterns = before.patterns
        nlp.replace_pipe(name, _NAME)
        nlp.get_pipe(name).add_patterns(patterns)  # type: ignore[attr-defined]


class LookedUp(AttributeRuler):
    """An attribute ruler that says the same as spaCy's own, which holds each word against two hundred rules. A text in which a rule of
    several words may begin is left to that one, since the later of two rules holds.
    """

    def add_patterns(self, patterns: Iterable[Any]) -> None:
        super().add_patterns(patterns)
        named = _named(self.patterns)
        strings: Any = self.vocab.strings
        self._word = lru_cache(_KEPT)(lambda word: word if named and named.search(strings[word]) else _UNNAMED)
        self._first = Matcher(self.vocab)
        for number, first, several in _firsts(self.patterns):
            self._first.add(f"{_MORE if several else ''}{number}", [[first]])
        self._told: dict[_Key, _Told | None] = {}

    def __call__(self, doc: Doc) -> Doc:
        told = []
        for i, (tag, word, dep, space) in enumerate(doc.to_array(_ASKED).tolist()):
            key = (tag, self._word(word), dep, space)
            if key not in self._told:
                self._told[key] = self._tell(doc, i)
            told.append(self._told[key])
        if None in told:
            return super().__call__(doc)
        for token, attributes in zip(doc, told, strict=True):
            set_token_attrs(token, attributes)  # type: ignore[arg-type]
        return doc

    def _tell(self, doc: Doc, i: int) -> _Told | None:
        """What the rules set at a token, the later before the earlier; ``None`` where a rule of several words may begin."""
        found = [self.vocab.strings[match] for match, _, _ in self._first(doc[i : i + 1], allow_missing=True)]
        if any(name.startswith(_MORE) for name in found):
            return None
        told: _Told = {}
        for number in sorted(map(int, found)):
            told |= self.attrs[number]
        return told


@Language.factory(_NAME)
def _made(nlp: Language, name: str) -> LookedUp:
    return LookedUp(nlp.vocab, name)


def _firsts(patterns: Sequence[Any]) -> Iterator[tuple[int, dict[str, Any], bool]]:
    """The first word that each form of each rule asks for, with the rule's number, and whether more words follow."""
    for number, rule in enumerate(patterns):
        for form in rule["patterns"]:
            yield number, form[0], len(form) > 1


def _named(patterns: Sequence[Any]) -> re.Pattern[str] | None:
    """What words in lower case look like that rules name first; ``None`` where they ask for more than is looked up."""
    forms: set[str] = set()
    for _, first, _ in _firsts(patterns):
        asked = first.get("LOWER", {"IN": []})
        some: dict[str, Any] = {"IN": [asked]} if isinstance(asked, str) else asked
        if not first.keys() <= {*_ASKED} or not some.keys() <= {"IN", "REGEX"}:
            return None
        forms.update(rf"\A{re.escape(word)}\Z" for word in some.get("IN", ()))
        forms.update([some["REGEX"]] if "REGEX" in some else ())
    return re.compile("|".join(f"(?:{form})" for form in sorted(forms)) or r"(?!)")


__all__ = ["LookedUp", "look_up"]

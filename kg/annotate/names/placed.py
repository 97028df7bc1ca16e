"""A candidate name with what stands around it, as the clues ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from spacy.tokens import Token

from kg.annotate.names.capitals import last_named, words
from kg.annotate.names.spans import Name
from kg.annotate.parse.words import Passage, Word
from kg.english import kinds, name_words, places
from kg.english.places import Place
from kg.model import EntityType, Listed

_SUBJECTS = ("nsubj", "nsubjpass")


@dataclass(frozen=True)
class Placed:
    """A candidate name in its passage."""

    passage: Passage
    name: Name
    listed: Listed | None = None  # who a user's list says that this is

    @cached_property
    def text(self) -> str:
        return self.passage.text(self.name.first, self.name.last)

    @cached_property
    def run(self) -> tuple[Word, ...]:
        """The words of the name."""
        return self.passage.words[self.name.first : self.name.last + 1]

    @property
    def lone(self) -> bool:
        return self.name.first == self.name.last

    @cached_property
    def end(self) -> Word:
        """The last word without numerals and "Jr."."""
        return self.passage.words[last_named(self.passage, self.name.first, self.name.last)]

    @cached_property
    def before(self) -> str:
        """The word before the name, in lower case."""
        return self.passage.lower(self.name.first - 1)

    @cached_property
    def second(self) -> str:
        """The word before that."""
        return self.passage.lower(self.name.first - 2)

    @cached_property
    def after(self) -> str:
        """The word behind the name, in lower case."""
        return self.passage.lower(self.name.last + 1)

    @cached_property
    def third(self) -> str:
        """The word behind that."""
        return self.passage.lower(self.name.last + 2)

    @cached_property
    def place(self) -> Place | None:
        """The place that is widely known by the name."""
        return places.find(self.text)

    @cached_property
    def is_body(self) -> bool:
        """Whether a body is widely known by the name."""
        return kinds.body(self.text) is not None

    @cached_property
    def head(self) -> EntityType | None:
        """The kind of body that the words of the name tell."""
        return kinds.of_name(self.text)

    @property
    def known(self) -> bool:
        """Whether it is a widely known place or body."""
        return self.place is not None or self.is_body

    @property
    def given(self) -> bool:
        """Whether the name begins with a given name."""
        return self.run[0].text in name_words.given_names()

    @property
    def token(self) -> Token:
        """The token that the name's last word ends with, numerals aside."""
        return self.passage.parsed.doc[self.end.last]

    @cached_property
    def subject_of(self) -> tuple[str, str] | None:
        """(relation, lemma of the verb) where the name alone, without article, is the subject of a verb."""
        token = self.token
        if token.dep_ not in _SUBJECTS or self.before == "the" or self.end.acronym:
            return None
        return token.dep_, token.head.lemma_.lower()


def acts(item: Placed) -> bool:
    """Whether the name is the subject of a verb of doing, so that a country's name stands for its government or team."""
    token: Token = item.passage.parsed.doc[item.passage.words[item.name.last].last]
    head = token.head
    if token.dep_ == "conj" and head.dep_ == "nsubj":
        token, head = head, head.head
    return token.dep_ == "nsubj" and head.pos_ == "VERB" and head.lemma_.lower() not in words("stative")

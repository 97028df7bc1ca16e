"""Which language an article, or a part of it, is in: the rules and the lists of kg are for English, and wrong statements are
worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from kg.english.lists import listed
from kg.errors import LanguageError
from kg.model import Block, BlockKind

# Below this a text may be a headline full of foreign names; then nothing is refused.
SHORTEST = 200
# More of a long text adds nothing but time.
_LONGEST = 8_000
_LEAST = 0.6
# A part is smaller, so that more is asked of it: how sure the model is, and so many characters of its own.
_SURE, _SHORTEST_PART = 0.9, 100
_FREQUENT = frozenset(listed("function_words", "frequent"))
_RARE = 0.04  # the share of the commonest words of English below which words are hardly English
_FEWEST_WORDS = 3
_WORD = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"<[^<>]{1,300}>")
_NAMES = {
    "ar": "Arabic", "de": "German", "es": "Spanish", "fa": "Persian", "fr": "French", "hi": "Hindi", "id": "Indonesian",
    "it": "Italian", "ja": "Japanese", "kk": "Kazakh", "ko": "Korean", "ky": "Kyrgyz", "nl": "Dutch", "pl": "Polish",
    "pt": "Portuguese", "ru": "Russian", "sv": "Swedish", "sw": "Swahili", "tr": "Turkish", "uk": "Ukrainian",
    "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


def detect(text: str) -> tuple[str, float] | None:
    """ISO 639-1 code and probability (0 to 1) of the language of ``text``; ``None`` where it is too short to tell.

    >>> detect("Le maire a dit que dix bateaux avaient coulé dans le port de la ville. " * 4)[0]
    'fr'
    """
    if len(text.strip()) < SHORTEST:
        return None
    code, probability = _identifier().classify(text[:_LONGEST].encode("utf-8", "replace").decode("utf-8"))
    return str(code), float(probability)


def check(text: str) -> None:
    """Raises ``LanguageError`` where ``text`` is clearly not English."""
    found = detect(text)
    if found is not None and found[0] != "en" and found[1] >= _LEAST:
        raise LanguageError(f"The text is in {name(found[0])}; kg reads English only, unless it is told to try.")


def apart(text: str, blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, those in another language than English marked as ``FOREIGN``; all of a text that is no English at all stay as
    they are.

    >>> from kg.model import Span
    >>> english, french = "The mayor said that the port was closed. " * 6, "Le maire a dit que le port était fermé. " * 6
    >>> text = f"{english}\\n\\n{french}"
    >>> where = [Block(Span(0, len(english)), BlockKind.PROSE), Block(Span(len(english) + 2, len(text)), BlockKind.PROSE)]
    >>> [block.kind.value for block in apart(text, where)]
    ['prose', 'foreign']
    """
    out = list(blocks)
    for run in _suspects(text, blocks):
        words = "\n".join(blocks[i].span.of(text) for i in run)
        if _is_foreign(words):
            for i in run:
                out[i] = replace(blocks[i], kind=BlockKind.FOREIGN)
    rest = " ".join(b.span.of(text) for b in out if b.kind not in (BlockKind.FOREIGN, BlockKind.FURNITURE))
    return tuple(out) if len(rest) >= SHORTEST else tuple(blocks)


def english(text: str, blocks: Sequence[Block]) -> str:
    """What is left of a text without its foreign parts."""
    if not any(block.kind is BlockKind.FOREIGN for block in blocks):
        return text
    return "\n\n".join(block.span.of(text) for block in blocks if block.kind is not BlockKind.FOREIGN)


def name(code: str) -> str:
    """A language by its name in English, or by its code."""
    return _NAMES.get(code, f"the language “{code}”")


def _suspects(text: str, blocks: Sequence[Block]) -> Iterator[list[int]]:
    """Runs of blocks that are hardly English; tables and what is too short to tell belong to what is around them."""
    run: list[int] = []
    for i, block in enumerate(blocks):
        words = _WORD.findall(_TAG.sub(" ", block.span.of(text).lower()))
        if block.kind is BlockKind.TABLE or len(words) < _FEWEST_WORDS:
            continue
        if sum(word in _FREQUENT for word in words) < _RARE * len(words):
            run.append(i)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _is_foreign(words: str) -> bool:
    letters = [c for c in words if c.isalpha()]
    if len(letters) > _SHORTEST_PART / 4 and sum(c > "\u024f" for c in letters) > len(letters) / 2:
        return True
    if len(words) < _SHORTEST_PART:
        return False
    code, probability = _identifier().classify(words[:_LONGEST].encode("utf-8", "replace").decode("utf-8"))
    return code != "en" and float(probability) >= _SURE


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

"""Which language an article is in: the rules and the lists of kg are for English, and wrong statements are worse than none."""

from __future__ import annotations

from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier  # type: ignore[import-untyped]

from kg.errors import LanguageError

# Below this a text may be a headline full of foreign names; then nothing is refused.
SHORTEST = 200
# More of a long text adds nothing but time.
_LONGEST = 8_000
_LEAST = 0.6
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
        raise LanguageError(
            f"The text is in {_NAMES.get(found[0], f'the language “{found[0]}”')}; kg reads English only, unless it is told to try."
        )


@cache
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)

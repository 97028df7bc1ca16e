"""Texts in other languages are refused with a sentence, unless forced."""

import pytest

from kg.annotate import Annotator, language
from kg.errors import LanguageError
from kg.model import Article

PORTUGUESE = "A polícia disse na terça-feira que o banco faliu e que muitos clientes perderam o seu dinheiro. " * 4
RUSSIAN = "Министр заявил во вторник, что мост закрыт, а жители деревни сказали, что помощь не пришла. " * 4


@pytest.mark.parametrize(("text", "name"), [(PORTUGUESE, "Portuguese"), (RUSSIAN, "Russian")])
def test_language_other_is_refused(text: str, name: str) -> None:
    with pytest.raises(LanguageError, match=f"The text is in {name}; kg reads English only"):
        Annotator().annotate(Article("a", text))


def test_language_forced_is_annotated() -> None:
    assert Annotator(any_language=True).annotate(Article("a", PORTUGUESE)).article.text == PORTUGUESE


@pytest.mark.parametrize(
    "text",
    [
        "Le maire a dit «non».",  # too short to tell
        "THE MAYOR SAID THAT TEN BOATS HAD SUNK IN THE HARBOUR OF CEBU ON SUNDAY, AND NOBODY WAS HURT. " * 3,
        "The mayor, Kwabena Owusu-Ansah of Sekondi-Takoradi, said the Kwahu Ridge road was closed near Nkawkaw. " * 3,
        "🙂 \u200f" * 200,
        "12 34 56 " * 100,
    ],
)
def test_language_english_and_signs_pass(text: str) -> None:
    language.check(text)

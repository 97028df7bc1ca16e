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


GERMAN = "Die Brücke wurde am Montag geschlossen, teilte die Straßenbehörde mit. Die Busfahrer klagten über den weiten Umweg."
ENGLISH = (
    "The bridge was closed on Monday, the Road Board said. Bus drivers told the agency that the way round took an hour. "
    * 3
)


@pytest.mark.parametrize("foreign", [GERMAN, RUSSIAN, PORTUGUESE])
def test_language_of_a_part_is_left_aside(foreign: str) -> None:
    done = Annotator().annotate(Article("a", f"{ENGLISH}\n\n{foreign}\n\nThe mayor said that he was sorry."))
    assert [b.kind.value for b in done.blocks] == ["prose", "foreign", "prose"]
    assert not [s for s in done.sentences if s.of(done.article.text) in foreign]


@pytest.mark.parametrize(
    "text",
    [
        f"{ENGLISH}\n\nJan Oster, Ada Brix, Hugo Stenn, Lidia Kofman, Otto Kranz, Rita Almon, Lev Tarn, Klara Benn, Ole Brand, Ira Lotz",
        f"{ENGLISH}\n\nPolice found nothing there. Nobody knew anything about him. Everybody went home again around midnight, very tired indeed.",
        f"{ENGLISH}\n\n<tweet tweet-id='783499116076687360'><tweet/>",
        f"{ENGLISH}\n\n“C'est fini,” he said.",
    ],
)
def test_language_of_names_and_short_words_is_not_told(text: str) -> None:
    assert "foreign" not in [b.kind.value for b in Annotator().annotate(Article("a", text)).blocks]


def test_language_where_only_a_line_is_english_is_refused() -> None:
    with pytest.raises(LanguageError):
        Annotator().annotate(Article("a", f"The bridge is closed, he said.\n\n{RUSSIAN}"))

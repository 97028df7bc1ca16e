"""Saved pages of many layouts: all of the article is read or told, and nothing of what stands around it is said by anybody."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml

from kg.annotate import Annotator
from kg.model import Annotation, Kind
from kg.pipeline import unread
from kg.read.metadata import Given
from kg.read.pages import web_page
from kg.resolve.coreference import resolve

PAGES = Path(__file__).parent.parent / "data" / "pages"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((PAGES / "expected.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


def test_every_page_is_tried() -> None:
    assert {path.name for path in PAGES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_page_is_read_whole_and_nothing_else(annotator: Annotator, name: str) -> None:
    expected = EXPECTED[name]
    annotation = annotator.annotate(web_page((PAGES / name).read_bytes(), Given()))
    found = resolve(annotation)
    names = {r.key: r.name for r in found.references}
    said = [s for s in found.statements if s.kind is not Kind.AUTHOR]
    shown = [(names[s.speaker] if s.speaker else None, s.content, s.said_on) for s in said]
    for speaker, words, *day in expected["said"]:
        assert any(speaker in (who or "") and words in content and day in ([], [on]) for who, content, on in shown), (
            speaker,
            words,
            shown,
        )
    assert len(said) == len(expected["said"]), shown
    everything = " ".join(s.content for s in found.statements)
    assert not [words for words in expected.get("lacks", ()) if words in everything]
    assert all(words in annotation.article.text for words in expected.get("holds", ()))
    notes = unread(annotation)
    assert len(notes) == len(expected.get("notes", ())), notes
    assert all(any(words in note for note in notes) for words in expected.get("notes", ()))
    if "figures" in expected:
        cells = _cells(annotation)
        of = {f.span: names[f.places[0]] if f.places else f.whose for s in found.statements for f in s.figures}
        given = sorted((words, value, of[span] or "") for span, words, value in cells)
        assert given == sorted((words, value, who or "") for words, value, who in expected["figures"])
    order = [next(i for i, s in enumerate(shown) if words in s[1]) for words in expected.get("order", ())]
    assert order == sorted(order)


def _cells(annotation: Annotation) -> list[tuple[Any, str, float | None]]:
    """The figures that stand between bars."""
    text = annotation.article.text
    lines = [
        (f, text[text.rfind("\n", 0, f.span.start) + 1 : f.span.end + 200].split("\n")[0]) for f in annotation.figures
    ]
    return [(f.span, f.span.of(text), f.value) for f, line in lines if "|" in line]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_every_paragraph_of_the_article_is_in_the_text_or_told(name: str) -> None:
    """By the tree of the page itself, with no extractor: each sentence of a paragraph in the main part."""
    raw = (PAGES / name).read_bytes()
    article = web_page(raw, Given())
    tree = lxml.html.fromstring(raw.decode())
    kept = re.sub(r"\W+", "", article.text)
    beside = re.compile(r"comment|cookie|consent|related|teaser|pull|wall|footer|twitter|newsletter")
    for paragraph in tree.iter("p", "li"):
        around = [
            f"{e.tag} {e.get('class') or ''} {e.get('id') or ''}" for e in (paragraph, *paragraph.iterancestors())
        ]
        words = paragraph.text_content()
        if next(paragraph.iterdescendants("p", "li"), None) is not None:
            continue
        if (
            len(words.split()) < 6
            or any(beside.search(one) for one in around)
            or words.startswith(("Also read", "By "))
        ):
            continue
        assert re.sub(r"\W+", "", words) in kept, words

"""The sample articles: complete metadata, our own words, and the spellings that identity has to resolve."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg.model import Article
from kg.read import check_date, samples

SOURCES = Path(__file__).resolve().parents[2] / "shared" / "articles"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return samples()


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def runs(text: str, n: int) -> set[tuple[str, ...]]:
    tokens = words(text)
    return {tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)}


def test_samples_are_five_to_eight_short_dispatches_of_2015(articles: list[Article]) -> None:
    assert 5 <= len(articles) <= 8
    for article in articles:
        assert article.published is not None
        assert "2015-01" <= check_date(article.published) <= "2015-11-30"
        assert 120 <= len(article.text.split()) <= 220
    assert [a.published for a in articles] == sorted(a.published or "" for a in articles)
    assert len({a.id for a in articles}) == len(articles)


def test_samples_name_their_real_source(articles: list[Article]) -> None:
    for article in articles:
        assert article.publisher
        assert article.title
        assert article.note
        assert "our own words" in article.note
        address = urlsplit(article.url or "")
        assert address.scheme in ("http", "https")
        assert len(address.path) > 1  # an article's address, not a front page


def test_samples_begin_with_their_headline(articles: list[Article]) -> None:
    assert all(a.text.startswith(f"{a.title}\n\n") for a in articles)


def test_samples_without_a_known_day_say_so(articles: list[Article]) -> None:
    for article in articles:
        assert ("day is not known" in (article.note or "")) == (len(article.published or "") == len("2015-02"))


@pytest.mark.parametrize(
    ("spellings", "at_least"),
    [
        (("Rakhat Sulaimanov", "Rahat Sulaymanov", "Rahat Suleymanov"), 1),
        (
            (
                "State Committee for National Security",
                "National Security Committee",
                "State National Security Committee",
            ),
            1,
        ),
        (("Rafik Mambetaliev",), 2),
        (("GKNB",), 4),
    ],
)
def test_samples_keep_the_spellings_of_their_sources(
    articles: list[Article], spellings: tuple[str, ...], at_least: int
) -> None:
    for name in spellings:
        assert sum(name in a.text for a in articles) >= at_least


@pytest.mark.parametrize(
    "fact",
    ["over 200", "over 600 outreach events", "125 Uzbeks", "23 Kyrgyz", "February 13", "March 16", "some 20 women", "that 300", "22 of them",
     "44 people", "Eight of the returnees", "more than 330", "30 women", "339 people", "50 were women", "20 were children", "around 40",
     "up to 500", "45 Kyrgyz citizens", "122 women", "83 children", "More than 400"],
)  # fmt: skip
def test_samples_hold_the_figures_that_the_demo_tells(articles: list[Article], fact: str) -> None:
    assert any(fact in a.text for a in articles)


@pytest.mark.skipif(not SOURCES.is_dir(), reason="the articles that the samples must not copy are not here")
def test_samples_share_no_ten_words_in_a_row_with_the_press_text(articles: list[Article]) -> None:
    copied = {run for path in sorted(SOURCES.glob("*.txt")) for run in runs(path.read_text("utf-8"), 10)}
    assert copied
    for article in articles:
        assert not runs(article.text, 10) & copied

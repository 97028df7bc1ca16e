"""Months that are given names or family names, and months that are months."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator
from kg.english.calendar import MONTHS, resolve
from kg.english.paragraphs.bylines import is_byline
from kg.model import Article


@pytest.mark.parametrize("name", ["Jan Oster", "May Arden", "April Stone", "August Riedl", "June Falk"])
def test_month_before_a_family_name(annotator: Annotator, name: str) -> None:
    found = annotator.annotate(Article("a", f"Minister {name} said that the mill was closed."))
    assert [(m.name, m.type.value) for m in found.mentions] == [(name, "person")]
    assert [(r.title, r.holder.of(found.article.text)) for r in found.roles] == [("minister", name)]
    assert not found.dates


def test_month_as_family_name(annotator: Annotator) -> None:
    text = "Prime Minister Theresa May told them that the mill was closed in May."
    found = annotator.annotate(Article("a", text, published="2018-09-03"))
    assert [m.name for m in found.mentions] == ["Theresa May"]
    assert [(d.span.start, d.edtf) for d in found.dates] == [(text.rindex("May"), "2018-05")]


@pytest.mark.parametrize(
    "text",
    [
        "In May Arden closed the mill.",
        "Angela Merkel came to the mill. She left in June.",
        "Governor Rita Almon met Li March 5.",
    ],
)
def test_month_that_tells_a_time(annotator: Annotator, text: str) -> None:
    found = annotator.annotate(Article("a", text))
    assert not [m.name for m in found.mentions if set(m.name.split()) & set(MONTHS)]


@pytest.mark.parametrize("month", MONTHS)
def test_every_month_is_known(month: str) -> None:
    number = MONTHS.index(month) + 1
    assert resolve(f"{month} 2015", published=None) == f"2015-{number:02}"
    assert not is_byline(f"By {month}", opening=True)

"""Whatever is on record as a correction, an article can be made of it: files come from elsewhere, and articles change."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Correction, CorrectionKind, Passage, Resolved, Span
from kg.pipeline import build
from kg.rdf import corrections as written
from kg.resolve.corrections import places
from kg.resolve.corrections.applying import REVISED, apply
from kg.store import Store
from kg.store.upkeep import corrections as upkeep
from tests.corrections.test_each_correction import ARTICLES, TEXT

EXAMPLES = int(os.environ.get("KG_EXAMPLES", "150"))


@pytest.fixture(scope="module")
def read() -> Iterator[Resolved]:
    with Store.open() as store:
        build(ARTICLES, store=store)
        found = upkeep.machine(store, "fire")
        assert found is not None
        yield found


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    start = draw(st.integers(0, len(TEXT) - 1))
    end = draw(st.integers(start + 1, min(len(TEXT), start + 60)))
    found = Passage.of(TEXT, Span(start, end))
    return draw(
        st.sampled_from([found, Passage(start, end, "not there"), Passage(0, 1, found.quote), Passage(3, 3, "")])
    )


def things(read: Resolved) -> list[str]:
    statements = [f"statement/{s.key}" for s in read.statements]
    figures = [f"figure/{f.key}" for s in read.statements for f in s.figures]
    return [
        *statements,
        *figures,
        *(f"office/{o.key}" for o in read.offices),
        *(f"reference/{r.key}" for r in read.references),
    ]


WORDS = st.sampled_from(
    ["", "Ana Ruiz", "Osk", "340", "30-40", "nan", "inf", "1e400", "direct", "denied", "former", "person", "2020-03-02", "2020-13", ">",
     "forecast", "[]", "{}", json.dumps({"speaker": 3, "kind": ["x"]}), json.dumps({"speaker": "Osk"}), "\x00\ud800"]
)  # fmt: skip
PARTS = st.sampled_from(
    [
        "",
        "value",
        "unit",
        "bound",
        "population",
        "event",
        "day",
        "role",
        "place",
        "remove",
        "add",
        "body",
        "tense",
        "title",
        "x",
    ]
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_corrections_make_an_article_that_is_whole(read: Resolved, data: st.DataObject) -> None:
    named = things(read)
    spans = dict(
        [(f"statement/{s.key}", s.content_spans[0]) for s in read.statements]
        + [(f"figure/{f.key}", f.span) for s in read.statements for f in s.figures]
        + [(f"reference/{r.key}", r.mentions[0].span) for r in read.references if r.mentions]
    )
    given = []
    for n in range(data.draw(st.integers(1, 6))):
        thing = data.draw(st.sampled_from([*named, *named, "", "nonsense", "statement/nix"]))
        sure = Passage.of(TEXT, spans[thing]) if thing in spans and data.draw(st.booleans()) else data.draw(passages())
        marks = data.draw(
            st.lists(
                st.tuples(st.sampled_from(["speaker", "cue", "content", "number", "place", "body"]), passages()),
                max_size=2,
            )
        )
        kind = data.draw(st.sampled_from([k for k in CorrectionKind if k is not CorrectionKind.UNDO]))
        value, part = data.draw(WORDS), data.draw(PARTS)
        given.append(
            Correction(
                "fire",
                sure,
                kind,
                "Mia",
                f"2026-01-01T00:00:{n:02}Z",
                thing,
                part,
                value,
                tuple(sorted(dict(marks).items())),
            )
        )
    done = apply(read, given)
    assert set(done.fates) == {c.id for c in given}
    now = done.resolved
    references, statements, offices = (
        {one.key for one in part} for part in (now.references, now.statements, now.offices)
    )
    assert len(statements) == len(now.statements)
    for s in now.statements:
        assert s.speaker is None or s.speaker in references
        assert s.office is None or s.office in offices
        assert s.within is None or s.within in statements
        assert set(s.about) <= references
        assert s.content
        assert s.evidence.contains(s.content_spans[0])
        assert all(set(f.places) <= references for f in s.figures)
    for new, (before, _) in done.revised.items():
        assert before in ("", new.removesuffix(REVISED))
    assert apply(read, given[::-1]) == done
    with Store.open() as store:
        known = {written.written(c) for c in given if c.thing not in ("", "nonsense")}
        store.add(q for c in known for q in written.correction_quads(c))
        assert set(written.corrections(store, "fire")) == known


def test_a_short_quotation_is_found_in_its_company_only() -> None:
    text = "In May 40 boats sank. In June 40 boats sailed."
    first, second = (Passage.of(text, Span(i, i + 2)) for i in (7, 30))
    moved = f"Corrected. {text}"
    assert (places.find(moved, first), places.find(moved, second)) == (Span(18, 20), Span(41, 43))
    assert places.find("There were 40 in all.", first) is None
    assert places.find("There were 40 in all.", Passage(11, 13, "40", "x" * 32, "y" * 32)) == Span(11, 13)

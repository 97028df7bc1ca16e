"""Small texts as the press has them, with what a reader would write down: who speaks, when, in which office, who is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.annotate import Annotator
from kg.model import Article, EntityType, Kind, Reference, Resolved, Statement, Tense
from kg.resolve.coreference import resolve

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "data" / "press_cases.yaml").read_text(encoding="utf-8")
)
PUBLISHED = "2021-06-09"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return Annotator()


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
def test_a_careful_reader_would_write_this_down(annotator: Annotator, case: dict[str, Any]) -> None:
    read = resolve(annotator.annotate(Article("a", case["text"], published=case.get("date", PUBLISHED))))
    names = {r.key: r for r in read.references}
    said = [s for s in read.statements if s.kind is not Kind.AUTHOR]
    for expected in case.get("said", ()):
        assert any(_is(s, expected, names) for s in said), (expected, _shown(said, names))
    if case.get("only"):
        assert len(said) == len(case["said"]), _shown(said, names)
    held = _held(read, names)
    assert not [office for office in case.get("offices", ()) if office not in held], held
    assert not [no for no in case.get("without", ()) if any(office[: len(no)] == no for office in held)], held
    former = [[names[o.person].name, o.title] for o in read.offices if o.tense is Tense.FORMER]
    assert all(office in former for office in case.get("former", ()))
    others = {alias for name, alias in case.get("aliases", ()) if alias in _also(read, name)}
    assert others == {alias for _, alias in case.get("aliases", ())}
    named = {(r.name, r.type.family) for r in read.references}
    for name, kind in case.get("entities", ()):
        assert (name, EntityType(kind)) in named
    assert not {r.name for r in read.references} & set(case.get("absent", ()))


def _is(s: Statement, expected: dict[str, Any], names: dict[str, Reference]) -> bool:
    speaker = names[s.speaker].name if s.speaker is not None else ""
    return (
        expected["speaker"].casefold() in speaker.casefold()
        and expected["holds"] in " ".join(s.content.split())
        and ("lacks" not in expected or expected["lacks"] not in s.content)
        and ("on" not in expected or expected["on"] == s.said_on)
        and ("kind" not in expected or expected["kind"] == s.kind.value)
    )


def _also(read: Resolved, name: str) -> tuple[str, ...]:
    return next((r.aliases for r in read.references if r.name == name), ())


def _held(read: Resolved, names: dict[str, Reference]) -> list[list[str | None]]:
    return [
        [names[o.person].name, o.title, names[o.organisation].name if o.organisation else None] for o in read.offices
    ]


def _shown(said: list[Statement], names: dict[str, Reference]) -> list[tuple[str | None, str, str | None]]:
    return [(names[s.speaker].name if s.speaker else None, s.content, s.said_on) for s in said]

"""Tables for people: names instead of IRIs, nothing wider than the terminal, nothing that a terminal would obey."""

from __future__ import annotations

import io
import re

import pytest
from rich.console import Console

from kg.cli.printing import tables
from kg.query import Rows
from kg.vocabulary import DATA


def shown(rows: Rows, width: int = 100, *, terminal: bool = True) -> tuple[str, tuple[str, ...]]:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=terminal, no_color=True, highlight=False, markup=False)
    hidden = tables.show(rows, console)
    return out.getvalue(), hidden


SAID = Rows(
    ("statement", "speaker", "speaker_name", "organisation", "content", "article", "start", "end"),
    (
        (f"{DATA}article/a1/statement/s1", f"{DATA}entity/eide", "Lars Eide", None, "that it rained " * 8, f"{DATA}article/a1", 3, 9),
        (f"{DATA}article/a1/statement/s2", f"{DATA}entity/moen", "Kari Moen", None, "no", f"{DATA}article/a1", 10, 19),
    ),
)  # fmt: skip


def test_tables_show_names_and_places_and_say_what_they_leave_out() -> None:
    text, hidden = shown(SAID)
    assert "Lars Eide" in text
    assert "a1:3-9" in text
    assert "http" not in text
    assert hidden == ("statement", "speaker", "organisation")
    assert "not shown: statement, speaker, organisation" in tables.say(SAID, hidden)
    assert max(len(re.sub(r"\x1b\[\d+m", "", line)) for line in text.splitlines()) <= 100


@pytest.mark.parametrize("width", [20, 40, 60])
def test_tables_too_narrow_become_records(width: int) -> None:
    text, _ = shown(SAID, width, terminal=False)
    assert "Lars Eide" in text
    narrow, _ = shown(Rows(tuple("abcdefgh"), (("x" * 40,) * 8,)), width)
    assert "── 1 ──" in narrow


def test_tables_obey_no_article() -> None:
    text, _ = shown(Rows(("content",), (("a\x1b]0;title\x07b\u202ec\x9b31m",),)), terminal=False)
    assert not {"\x1b", "\x07", "\u202e", "\x9b"} & set(text)


def test_tables_of_nothing_and_of_cut_answers() -> None:
    assert shown(Rows(("a",), ()))[0] == ""
    assert tables.say(Rows(("a",), ()), ("a",)) == "0 rows"
    assert tables.say(Rows(("a",), ((1,),), complete=False), ()) == "1 row; there are more"

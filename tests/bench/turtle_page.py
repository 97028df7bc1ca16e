"""Writes into docs/turtle.md how a statement of the samples looks now: ``python tests/bench/turtle_page.py``."""

from __future__ import annotations

import re
from pathlib import Path

from kg import export
from kg.pipeline import build
from kg.read import samples
from kg.store import Store

PAGE = Path(__file__).resolve().parents[2] / "docs" / "turtle.md"
START, END = "<!-- now: generated -->", "<!-- now: end -->"


def excerpt(text: str) -> str:
    """The statement of the page with its figure, and where it stands in the Turtle ``text``."""
    match = re.search(r"^statement\d*:04e584888bfd7479 a (?:.|\n)*? \.\nfigure(?:.|\n)*? \.\n", text, re.MULTILINE)
    assert match is not None
    line, lines = text.count("\n", 0, match.start()) + 1, text.count("\n")
    return f"Line {line} of {lines:,}.\n\n```turtle\n{match[0]}```"


def page(text: str) -> str:
    """The whole page, for the Turtle of the samples."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n\n{excerpt(text)}\n\n{END}{after}"


def main() -> None:
    with Store.open() as store:
        build(samples(), store=store)
        PAGE.write_text(page(export.turtle(store).decode()), encoding="utf-8")


if __name__ == "__main__":
    main()

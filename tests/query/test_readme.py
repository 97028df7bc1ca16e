"""queries/README.md says what the headers say."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_questions_table_is_what_the_headers_say() -> None:
    spec = importlib.util.spec_from_file_location("questions_table", ROOT / "tests" / "bench" / "questions_table.py")
    assert spec is not None
    assert spec.loader is not None
    table = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(table)
    written = (ROOT / "queries" / "README.md").read_text(encoding="utf-8")
    assert table.header_part(written) == table.header_part(table.page(None)), (
        "run python tests/bench/questions_table.py"
    )
    counts = [
        line.rsplit("|", 2)[1].strip() for line in written.splitlines() if line.startswith("| ") and "`](" in line
    ]
    assert all(count.isdigit() for count in counts)
    assert sum(count != "0" for count in counts) > 40

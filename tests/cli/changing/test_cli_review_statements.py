"""``kg review --statements``, ``--as-extracted`` and gold annotations as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Kg

TEXT = """The mayor of Osk, Ben Holt, denied on Monday that 40 people were killed in the fire. "It is a lie," he told Radio Osk.

Finance Minister Ana Ruiz said prices rose by 3 percent.
"""


@pytest.fixture
def store(kg: Kg, tmp_path: Path) -> Path:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "fire", "text": TEXT, "date": "2020-03-02"}))
    assert kg("build", tmp_path / "a.jsonl", "--store", tmp_path / "store", "--store-only", "--quiet").code == 0
    return tmp_path / "store"


def typed(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)


def said(kg: Kg, store: Path, *more: str) -> str:
    return kg("query", "who_said_what", "--store", store, "--format", "csv", *more).out


def test_statements_are_shown_and_corrected_at_the_keyboard(kg: Kg, store: Path) -> None:
    keys = typed("?", "r", "b", "s", "Ana Ruiz", "f", "value", "45", "n", "k", "loud", "c", "q")
    done = kg("review", "--statements", "--store", store, "--by", "Mia", stdin=keys)
    assert done.code == 0
    assert "certainty 0.84" in done.out
    assert "speaker   Ben Holt, mayor (named)" in done.out
    assert "40 (value: 40; unit: people; bound: equal; population: people; event: kill)" in " ".join(done.out.split())
    assert "speaker   Ana Ruiz, finance minister (corrected by Mia)" in done.out
    assert "40 (value: 45;" in " ".join(done.out.split())
    assert "“loud” is none of direct, indirect, mixed, author. Nothing was corrected." in done.err
    assert done.out.endswith("3 decisions.\n")
    assert "Ana Ruiz,finance minister" in said(kg, store)
    assert "denied" not in next(line for line in said(kg, store, "--as-extracted").splitlines() if "Ana Ruiz" in line)
    listed = kg("review", "--statements", "--list", "--store", store)
    assert listed.err.strip() == "5 corrections"
    assert kg("review", "--orphans", "--store", store).err.strip() == "0 corrections"


def test_statements_quit_without_a_decision(kg: Kg, store: Path) -> None:
    for keys in ("q\n", "", "n\n"):
        assert kg("review", "--statements", "--store", store, stdin=keys).out.endswith("0 decisions.\n")
    assert kg("review", "--statements", "--limit", "1", "--store", store, stdin="n\nc\nc\n").out.endswith(
        "0 decisions.\n"
    )


def test_one_correction_on_the_line_and_its_undoing(kg: Kg, store: Path) -> None:
    before = said(kg, store)
    iri = next(
        cell for line in before.splitlines() if "40 people" in line for cell in line.split(",") if "/statement/" in cell
    )
    done = kg("review", "--correct", iri, "speaker", "Ana Ruiz", "--by", "Mia", "--why", "it was she", "--store", store)
    assert done.code == 0
    assert f"It is {iri}-r now." in done.out
    again = kg("review", "--correct", iri, "speaker", "Ana Ruiz", "--by", "Mia", "--store", store)
    assert again.out.startswith("Decided already: ")
    assert kg("review", "--statements", "--undo", "--store", store, "--by", "Mia").code == 0
    assert said(kg, store) == before
    none = kg("review", "--statements", "--undo", "--store", store, "--by", "Mia")
    assert (none.code, none.err.count("\n")) == (2, 1)
    gone = kg("review", "--correct", iri.replace("fire", "nix"), "confirm", "", "--store", store)
    assert gone.code == 2
    assert gone.err == "kg: The article nix is not in the store; nothing was corrected.\n"


def test_csv_goes_out_and_comes_in(kg: Kg, store: Path, tmp_path: Path) -> None:
    file = tmp_path / "look.csv"
    assert kg("review", "--statements", "--csv", file, "--store", store).out == f"{file}: 5 rows.\n"
    text = file.read_text("utf-8-sig").splitlines()
    number = next(i for i, line in enumerate(text) if "that 40 people" in line and "statement/" in line)
    text[number] = "speaker,Ana Ruiz" + text[number].removeprefix(",")
    file.write_text("\n".join(text), "utf-8")
    taken = kg("review", "--statements", "--read", file, "--by", "Mia", "--store", store)
    assert (taken.code, taken.out) == (0, "1 new decision.\n")
    text[number] = text[number].replace("Ana Ruiz", "Nobody There", 1)
    file.write_text("\n".join(text), "utf-8")
    refused = kg("review", "--statements", "--read", file, "--by", "Mia", "--store", store)
    assert (refused.code, refused.out) == (1, "0 new decisions.\n")
    assert f"note: Row {number + 1}: The article names no “Nobody There”" in refused.err


def test_gold_of_what_was_looked_at_is_what_eval_reads(kg: Kg, store: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    assert kg("export", "--format", "gold", "--out", gold, "--store", store).code == 0
    assert gold.read_text() == ""
    kg("review", "--statements", "--store", store, "--by", "Mia", stdin=typed("c", "c", "c"))
    kg("export", "--format", "gold", "--out", gold, "--store", store)
    done = kg("eval", gold)
    assert done.code == 0
    right = {line.rsplit(maxsplit=3)[0].strip(): line.split()[-1] for line in done.out.splitlines()[1:]}
    assert (
        right["who said what"] == right["source exact"] == right["content exact"] == right["figures value"] == "100.0"
    )
    kg(
        "review",
        "--correct",
        _statement(kg, store, "40 people"),
        "speaker",
        "Radio Osk",
        "--by",
        "Mia",
        "--store",
        store,
    )
    kg(
        "review",
        "--correct",
        _statement(kg, store, "40 people"),
        "cue",
        "denied on Monday",
        "--by",
        "Mia",
        "--store",
        store,
    )
    kg("export", "--format", "gold", "--out", gold, "--store", store)
    right = {line.rsplit(maxsplit=3)[0].strip(): line.split()[-1] for line in kg("eval", gold).out.splitlines()[1:]}
    assert right["cue exact"] == "66.7"
    assert right["content exact"] == "100.0"
    assert kg("export", "--format", "gold", "--as-extracted", "--out", gold, "--store", store).code == 0
    assert gold.read_text() == ""


def test_gold_counts_only_where_somebody_looked(kg: Kg, store: Path, tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    kg("review", "--correct", _statement(kg, store, "40 people"), "reject", "", "--by", "Mia", "--store", store)
    kg("export", "--format", "gold", "--out", gold, "--store", store)
    document = json.loads(gold.read_text())
    assert [TEXT[start:end] for start, end in document["checked"]] == [TEXT.partition(' "It')[0]]
    assert document["attributions"] == []
    gold.write_text(json.dumps({**document, "checked": [[3]]}))
    refused = kg("eval", gold)
    assert refused.code == 2
    assert "Its “checked” are no places of the text" in refused.err


def _statement(kg: Kg, store: Path, words: str) -> str:
    found = next(line for line in said(kg, store).splitlines() if words in line)
    return next(cell for cell in found.split(",") if "/statement/" in cell)

"""``kg review`` and ``kg remove`` as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Kg

LEFT = "A. Ruiz, the mayor, said on Monday that 12 bridges were closed.\n"
RIGHT = "Ana Ruiz said on Tuesday that 14 bridges were closed.\n"


@pytest.fixture
def store(kg: Kg, tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(LEFT)
    (tmp_path / "b.txt").write_text(RIGHT)
    done = kg("build", tmp_path / "a.txt", tmp_path / "b.txt", "--out", tmp_path / "out", "--quiet")
    assert done.code == 0
    return tmp_path / "out" / "store"


def test_review_shows_both_sides_and_takes_the_answer(kg: Kg, store: Path) -> None:
    done = kg("review", "--store", store, "--by", "Mia", stdin="x\ns\n")
    assert done.code == 0
    assert "A. Ruiz" in done.out
    assert "Monday" in done.out
    assert "Tuesday" in done.out
    assert "1 decision; 0 pairs left." in done.out
    listed = kg("review", "--list", "--store", store)
    assert "Mia" in listed.out
    assert "holds" in listed.out
    assert kg("review", "--store", store).out.strip() == "Nothing is unsure."


def test_review_quits_without_a_decision(kg: Kg, store: Path) -> None:
    assert "0 decisions; 1 pair left." in kg("review", "--store", store, "--by", "Mia", stdin="q\n").out
    assert "0 decisions; 1 pair left." in kg("review", "--store", store, "--by", "Mia", stdin="").out


def test_review_csv_round_trip_and_withdrawal(kg: Kg, store: Path, tmp_path: Path) -> None:
    path = tmp_path / "queue.csv"
    assert kg("review", "--store", store, "--csv", path).out.endswith("1 pair.\n")
    path.write_text(path.read_text("utf-8").replace("\n,", "\nsame,", 1), "utf-8")
    assert "1 new decision." in kg("review", "--store", store, "--read", path, "--by", "Mia").out
    name = kg("review", "--list", "--store", store).out.splitlines()[1].split()[0]
    assert f"Withdrawn: {name}." in kg("review", "--store", store, "--withdraw", name, "--by", "Mia").out
    again = kg("review", "--store", store, "--withdraw", name, "--by", "Mia")
    assert again.code == 2
    assert "was withdrawn already" in again.err


def test_remove_takes_an_article_out(kg: Kg, store: Path) -> None:
    rows = kg("query", "articles", "--store", store, "--format", "csv").out.splitlines()
    assert "Removed 1 article." in kg("remove", rows[1].split(",")[0], "--store", store).out
    assert len(kg("query", "articles", "--store", store, "--format", "csv").out.splitlines()) == 2
    gone = kg("remove", "nothing", "--store", store)
    assert gone.code == 2
    assert gone.err.startswith("kg: There is no article nothing in the store")

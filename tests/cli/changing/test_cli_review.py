"""``kg review`` and ``kg remove`` as they are typed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg import rdf
from kg.cli.changing import review
from kg.store import Store
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


def test_review_explains_its_keys_and_takes_an_answer_back(kg: Kg, store: Path) -> None:
    done = kg("review", "--store", store, "--by", "Mia", stdin="?\nb\ns\n")
    assert "undo your last answer" in done.out
    assert "If they are one: " in done.out
    assert "There is no answer of this session to undo" in done.err
    assert "1 decision; 0 pairs left." in done.out
    undone = kg("review", "--store", store, "--undo")
    assert undone.out.startswith("Undone: “A. Ruiz” and “Ana Ruiz” same, as Mia said")
    again = kg("review", "--store", store, "--by", "Mia", stdin="k\n")
    assert "0 decisions; 1 pair left." in again.out
    none = kg("review", "--store", store, "--undo")
    assert none.code == 2
    assert "no decision of a person that holds" in none.err


def test_review_back_undoes_the_answer_before(kg: Kg, tmp_path: Path) -> None:
    for name, text in (
        ("a", LEFT),
        ("b", RIGHT),
        ("c", LEFT.replace("Ruiz", "Costa")),
        ("d", RIGHT.replace("Ana Ruiz", "Eva Costa")),
    ):
        (tmp_path / f"{name}.txt").write_text(text.replace("A. Costa", "E. Costa"))
    store = tmp_path / "out" / "store"
    assert kg("build", *(tmp_path / f"{n}.txt" for n in "abcd"), "--out", tmp_path / "out", "--quiet").code == 0
    done = kg("review", "--store", store, "--by", "Mia", stdin="s\nb\nn\nq\n")
    assert "Undone: “" in done.out
    assert "1 decision; 1 pair left." in done.out
    listed = kg("review", "--list", "--store", store).out
    assert "withdrawn" in listed
    assert "holds" in listed
    name = next(row.split()[0] for row in listed.splitlines() if "holds" in row)
    assert f"({name})" in kg("review", "--store", store, "--undo", name).out


def test_review_waits_for_another_writer(kg: Kg, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kg import review
    from kg.errors import BusyError

    answer, busy = review.answer, iter([True, True])

    def sometimes(*given: object, **more: object) -> list[str]:
        if next(busy, False):
            raise BusyError("another process is using it")
        return answer(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(review, "answer", sometimes)
    monkeypatch.setattr("kg.store.locks._STEP", 0.0)
    assert "1 decision; 0 pairs left." in kg("review", "--store", store, "--by", "Mia", stdin="s\n").out


def test_check_tells_decisions_against_the_evidence(kg: Kg, store: Path, tmp_path: Path) -> None:
    from kg.store import Store

    (tmp_path / "c.txt").write_text(RIGHT.replace("14", "15"))
    assert kg("build", tmp_path / "c.txt", "--out", tmp_path / "out", "--quiet").code == 0
    with Store.open(store) as opened:
        from kg import rdf, review
        from kg.model import Identity

        j = next(
            j
            for j in rdf.judgements(opened, Identity.SAME)
            if not j.person and rdf.name_of(opened, j.left) == "Ana Ruiz"
        )
        review.decide(opened, [review.verdict((j.left, j.right), Identity.NOT_SAME, by="Mia")])
    checked = kg("check", "--store", store, "--no-reasoning")
    assert checked.code == 0
    assert "not same, although both articles name Ana Ruiz" in checked.out


def test_remove_takes_an_article_out(kg: Kg, store: Path) -> None:
    rows = kg("query", "articles", "--store", store, "--format", "csv").out.splitlines()
    assert "Removed 1 article." in kg("remove", rows[1].split(",")[0], "--store", store).out
    assert len(kg("query", "articles", "--store", store, "--format", "csv").out.splitlines()) == 2
    gone = kg("remove", "nothing", "--store", store)
    assert gone.code == 2
    assert gone.err.startswith("kg: There is no article nothing in the store")


FIGHT = {
    "a.txt": "---\ndate: 2021-05-03\npublisher: Norpress\n---\nClashes on the border near Tarva. Fourteen soldiers were killed in the border clash near Tarva, Chad's army said on Monday.\n",
    "b.txt": "---\ndate: 2021-05-03\npublisher: Courier\n---\nBattle near Tarva. Chad's army lost 31 men in the border clash near Tarva, said the Border Monitor. It said 31 Chadian soldiers were killed.\n",
}  # fmt: skip


def test_review_of_figures_asks_answers_undoes_and_goes_to_csv(kg: Kg, tmp_path: Path) -> None:
    for name, text in FIGHT.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    store = tmp_path / "store"
    kg("build", tmp_path / "a.txt", tmp_path / "b.txt", "--store", store, "--store-only", "--quiet")
    asked = ("review", "--figures", "--store", store)
    shown = kg(*asked, "--by", "Mia", stdin="q\n")
    assert "nothing says of which side one of the figures is" in " ".join(shown.out.split())
    assert "If they count the same: they contradict." in " ".join(shown.out.split())
    assert "1 decision" in kg(*asked, "--by", "Mia", stdin="s\nq\n").out
    assert (
        "Mia judged that they count the same" in kg("query", "disagreements", "--store", store, "--format", "csv").out
    )
    assert "holds" in kg(*asked, "--list").out
    assert "Undone: same, as Mia said" in kg(*asked, "--undo").out
    assert "Mia" not in kg("query", "disagreements", "--store", store, "--format", "csv").out
    table = tmp_path / "figures.csv"
    kg(*asked, "--csv", table)
    table.write_text(table.read_text("utf-8-sig").replace("\n,,", "\nsame,,", 1), encoding="utf-8")
    assert "1 new decision" in kg(*asked, "--read", table, "--by", "Tom").out
    assert "Tom judged" in kg("query", "disagreements", "--store", store, "--format", "csv").out
    assert kg(*asked, "--undo", "nothing").code == 2


def test_review_lists_judgements_in_tables_of_so_many_and_each_once(
    kg: Kg, demo: tuple[Path, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = tmp_path / "store"
    shutil.copytree(demo[0] / "store", held)
    with Store.open(held, read_only=True) as opened:
        known = sorted(judgement.id for judgement in rdf.judgements(opened))
    monkeypatch.setattr(review, "_PORTION", max(2, len(known) // 3))
    done = kg("review", "--list", "--all", "--store", held)
    assert done.err.strip() == f"{len(known)} judgements"
    first = [line.split(" ")[0] for line in done.out.splitlines()]
    assert first.count("id") >= 3
    assert sorted(word for word in first if word in known) == known

"""Packed files, WET archives, Parquet and large folders: read as streams, in one order, and what is damaged is one sentence."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from backports.zstd import compress

from kg.errors import ReadError
from kg.model import Article, Problem
from kg.read import inputs, packed, read

TEXT = "The mayor of Lunde said on Monday that {} bridges were closed."


def line(number: int) -> bytes:
    return json.dumps({"id": f"a{number}", "text": TEXT.format(number), "date": "2021-03-01"}).encode() + b"\n"


LINES = b"".join(map(line, range(400)))


def zstd(raw: bytes) -> bytes:
    return compress(raw)


PACKINGS = {".gz": lambda raw: gzip.compress(raw, mtime=0), ".zst": zstd}


def found(*paths: Path) -> tuple[list[Article], list[Problem]]:
    problems: list[Problem] = []
    return list(read(list(paths), problems=problems)), problems


@pytest.fixture(params=list(PACKINGS))
def packing(request: pytest.FixtureRequest) -> tuple[str, Callable[[bytes], bytes]]:
    return request.param, PACKINGS[request.param]


def test_packed_lines_are_the_articles_of_the_lines(
    tmp_path: Path, packing: tuple[str, Callable[[bytes], bytes]]
) -> None:
    ending, pack = packing
    (tmp_path / "plain.jsonl").write_bytes(LINES)
    (tmp_path / f"news.jsonl{ending}").write_bytes(pack(LINES[:9_000]) + pack(LINES[9_000:]))
    whole, _ = found(tmp_path / "plain.jsonl")
    articles, problems = found(tmp_path / f"news.jsonl{ending}")
    assert (articles, problems, len(articles)) == (whole, [], 400)


def test_packed_pages_and_texts(tmp_path: Path, packing: tuple[str, Callable[[bytes], bytes]]) -> None:
    ending, pack = packing
    (tmp_path / f"one.txt{ending}").write_bytes(pack(TEXT.format(7).encode()))
    (tmp_path / f"two.csv{ending}").write_bytes(pack(b"id,text\nx," + TEXT.format(8).encode()))
    articles, problems = found(tmp_path / f"one.txt{ending}", tmp_path / f"two.csv{ending}")
    assert ([a.text for a in articles], problems) == ([TEXT.format(7), TEXT.format(8)], [])


def test_packed_lines_that_end_early_give_what_stands_before(
    tmp_path: Path, packing: tuple[str, Callable[[bytes], bytes]]
) -> None:
    ending, pack = packing
    noise = b"".join(
        json.dumps({"text": TEXT.format(n), "id": os.urandom(40).hex()}).encode() + b"\n" for n in range(4_000)
    )
    cut = pack(noise)
    bad = tmp_path / f"bad.jsonl{ending}"
    bad.write_bytes(cut[: len(cut) * 3 // 4])
    (tmp_path / "good.jsonl").write_bytes(line(1))
    articles, problems = found(bad, tmp_path / "good.jsonl")
    assert 1_000 < len(articles) < 4_000
    assert articles[-1].id == "a1", "the others go on"
    assert [(p.where, p.reason) for p in problems] == [
        (str(bad), "It ends early, in the middle of what is packed; what stands before is read.")
    ]


def test_what_only_calls_itself_packed_is_one_sentence(
    tmp_path: Path, packing: tuple[str, Callable[[bytes], bytes]]
) -> None:
    ending, pack = packing
    pack(b"")
    path = tmp_path / f"bad.jsonl{ending}"
    path.write_bytes(bz2.compress(LINES))
    with pytest.raises(ReadError, match=rf"cannot be unpacked from “\{ending}”"):
        list(read(path))


def test_damage_in_the_middle_is_one_sentence(tmp_path: Path, packing: tuple[str, Callable[[bytes], bytes]]) -> None:
    ending, pack = packing
    raw = bytearray(pack(LINES))
    raw[len(raw) // 2 : len(raw) // 2 + 40] = bytes(40)
    path = tmp_path / f"bad.jsonl{ending}"
    path.write_bytes(raw)
    _, problems = found(path, path)
    assert {p.where.partition(":")[0] for p in problems} == {str(path)}
    assert any("cannot be unpacked" in p.reason for p in problems)


def test_a_bomb_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packing: tuple[str, Callable[[bytes], bytes]]
) -> None:
    monkeypatch.setattr(packed, "_FROM", 1_000_000)
    ending, pack = packing
    path = tmp_path / f"bomb.jsonl{ending}"
    path.write_bytes(pack(b"\n" * 30_000_000))
    with pytest.raises(ReadError, match="swells to more than 250 times its bytes"):
        list(read(path))
    (tmp_path / f"bomb.txt{ending}").write_bytes(pack(b"a" * 70_000_000))
    with pytest.raises(ReadError, match=r"swells|more than 64,000,000"):
        list(read(tmp_path / f"bomb.txt{ending}"))


def record(kind: str, content: bytes, **heads: str) -> bytes:
    told = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in heads.items())
    return (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n{told}Content-Length: {len(content)}\r\n\r\n".encode()
        + content
        + b"\r\n\r\n"
    )


def wet(*texts: str) -> list[bytes]:
    made = [record("warcinfo", b"software: x\r\n", Content_Type="application/warc-fields")]
    return [
        *made,
        *(
            record("conversion", text.encode(), WARC_Target_URI=f"https://news.example/{n}", Content_Type="text/plain")
            for n, text in enumerate(texts)
        ),
    ]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_wet_archives(tmp_path: Path, ending: str) -> None:
    records = wet(TEXT.format(3), "Lunde, May 31, 2022\n\n" + TEXT.format(4))
    path = tmp_path / f"CC-MAIN-1.warc.wet{ending}"
    pack = PACKINGS.get(ending, bytes)
    path.write_bytes(b"".join(map(pack, records)) if ending == ".gz" else pack(b"".join(records)))
    articles, problems = found(path)
    assert [(a.url, a.text.endswith("closed."), a.published) for a in articles] == [
        ("https://news.example/0", True, None),
        ("https://news.example/1", True, "2022-05-31"),
    ]
    assert problems == []


def test_half_a_record_of_a_wet_archive_gives_those_before(tmp_path: Path) -> None:
    path = tmp_path / "half.wet.gz"
    whole = [gzip.compress(one) for one in wet(TEXT.format(3), TEXT.format(4) * 9)]
    path.write_bytes(b"".join(whole)[:-60])
    articles, problems = found(path, path)
    assert [a.url for a in articles] == ["https://news.example/0"] * 2
    assert [p.reason for p in problems] == ["The archive is damaged after 1 page: it ends early."] * 2


def test_a_mix_of_encodings_in_a_wet_archive(tmp_path: Path) -> None:
    path = tmp_path / "mixed.wet"
    latin = record(
        "conversion", ("“Señor Ruiz” said: " + TEXT.format(5)).encode("cp1252"), WARC_Target_URI="https://x.example/l"
    )
    path.write_bytes(b"".join(wet(TEXT.format(3))) + latin)
    articles, problems = found(path)
    assert [a.text[:3] for a in articles] == ["The", "“Se"]
    assert problems == []


def parquet(**columns: list[object]) -> bytes:
    arrow = pytest.importorskip("pyarrow", reason="the extra “parquet” is not installed")
    tables = pytest.importorskip("pyarrow.parquet")
    out = io.BytesIO()
    tables.write_table(arrow.table(columns), out, row_group_size=100)
    return out.getvalue()


def test_parquet(tmp_path: Path) -> None:
    from datetime import datetime

    path = tmp_path / "news.parquet"
    number = 250
    path.write_bytes(
        parquet(
            id=[f"p{n}" for n in range(number)], Text=[TEXT.format(n) for n in range(number - 1)] + [None],
            date=[datetime(2021, 3, 1 + n % 28, 5) for n in range(number)], embedding=[[0.5] * 8] * number,
            url=[f"https://news.example/{n}" for n in range(number)],
        )
    )  # fmt: skip
    articles, problems = found(tmp_path)
    assert [a.id for a in articles] == [f"p{n}" for n in range(number - 1)]
    assert (articles[27].published, articles[27].url) == ("2021-03-28", "https://news.example/27")
    assert [(p.where, p.reason) for p in problems] == [(f"{path}:250", "Line 250 was left out: it has no “text”.")]


def test_parquet_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    whole = parquet(words=["a"])
    for raw, told in (
        (whole, "without a column “text”; its columns are words"),
        (whole[:-20], "cannot be read as a Parquet"),
        (b"", "cannot be read as a Parquet"),
    ):
        path.write_bytes(raw)
        with pytest.raises(ReadError, match=told):
            list(read(path))
    (tmp_path / "news.parquet.gz").write_bytes(gzip.compress(whole))
    with pytest.raises(ReadError, match="unpack it"):
        list(read(tmp_path / "news.parquet.gz"))


def test_parquet_without_pyarrow_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "news.parquet").write_bytes(b"PAR1")
    with pytest.raises(ReadError, match=r"pip install kg-said\[parquet\]"):
        list(read(tmp_path / "news.parquet"))


def test_a_folder_is_listed_as_it_is_read_and_in_the_order_of_its_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = ["b.txt", "a/z.txt", "a/b/c.txt", "a.txt", "a-b/x.txt", "c/.hidden/x.txt", "c/y.txt", "B.txt", "a/b.txt.gz"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes((gzip.compress if name.endswith("gz") else bytes)(TEXT.format(name).encode()))
    looked: list[str] = []
    scandir = os.scandir
    monkeypatch.setattr(inputs.os, "scandir", lambda path: (looked.append(str(path)), scandir(path))[1])
    stream = read(tmp_path)
    next(stream)
    assert looked == [str(tmp_path)], "nothing is looked at before its turn"
    rest = [article.text for article in stream]
    expected = sorted(tmp_path / n for n in names if ".hidden" not in n)
    assert [TEXT.format(p.relative_to(tmp_path)) for p in expected][1:] == rest

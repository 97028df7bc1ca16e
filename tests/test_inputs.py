"""One guard for every input: what cannot be read is listed in a sentence, the rest is built, nothing hangs and nothing fills
the memory."""

from __future__ import annotations

import gzip
import io
import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kg import nesting, untrusted
from kg.annotate import Annotator
from kg.errors import KgError, ReadError, StoreError
from kg.model import Problem
from kg.read import read
from kg.store import Store

Kg = Callable[..., Any]
TITLE = "Floods Kill Forty People in Loreto"
GOOD = f"{TITLE}\n\nAt least 40 people died in the floods, said Rosa Quispe, the governor of Loreto.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one article that can be read."""
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "z-good.txt").write_text(GOOD)
    return inside


def found(*paths: Path) -> tuple[list[str], list[str]]:
    """The titles of the articles, and the reasons of what was left out."""
    problems: list[Problem] = []
    start = time.process_time()
    try:
        titles = [str(article.title) for article in read(list(paths), problems=problems)]
    except ReadError as error:
        titles, problems = [], [Problem("", str(error))]
    assert time.process_time() - start < 10
    for problem in problems:
        assert "\n" not in problem.reason
        assert problem.reason.endswith((".", "”", "?")), problem.reason
    return titles, [problem.reason for problem in problems]


def rss(entry: str, head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>Herald</title><item>{entry}</item><item><title>Second</title><description>Rui Vale said that 14 boats had sunk.</description></item></channel></rss>'


TEXT = "<description>Kari Holm said that 12 trawlers had been fined.</description>"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("digits.jsonl", b'{"text": "Kari Holm spoke.", "n": ' + b"9" * 5_000 + b"}", "too many digits"),
        ("nested.jsonl", b'{"text": "a", "n": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested too deeply"),
        ("digits in a list.json", b'[{"text": "a", "n": [' + b"9" * 5_000 + b"]}]", "too many digits"),
        ("values.json", b"[" + b"0," * 5_000_001 + b"0]", "more than 5,000,000 values"),
        ("head.txt", b"---\ntitle: " + b"[" * 500 + b"\n---\nKari Holm spoke.", "nested too deeply"),
        ("head of 2,000.txt", b"---\ntitle: " + b"[" * 2_000 + b"\n---\nKari Holm spoke.", "nested too deeply"),
        ("head of maps.txt", b"---\ntitle: " + b"{a: " * 500 + b"\n---\nKari Holm spoke.", "nested too deeply"),
        ("head of lists.txt", b"---\ntitle:\n  " + b"- " * 500 + b"a\n---\nKari Holm spoke.", "nested too deeply"),
        ("head of steps.txt", b"---\n" + b"".join(b" " * n + b"a:\n" for n in range(180)) + b"---\nKari Holm spoke.", ""),
        ("escape.txt", b'---\ntitle: "\\UFFFFFFFF"\n---\nKari Holm spoke.', "not valid YAML"),
        ("version.txt", b"---\n%YAML 1." + b"9" * 5_000 + b"\n---\nKari Holm spoke.\n", ""),
        ("folder.pdf", b"%PDF-1.7", "a PDF"),
        ("page.html", b'<html><head><meta charset="undefined"></head><body>\xe9</body></html>', ""),
        ("page 2.html", b'<html><meta charset="' + b"x" * 3_000 + b'">\xe9</html>', ""),
        ("tags.html", b"<html>" + b"<b>" * 300_000, "300,001 tags"),
        ("tags.rss", b"<rss>" + b"<b>" * 600_000, "600,001 tags"),
        ("attributes.html", b"<html><b " + b" ".join(b"a%d=b" % n for n in range(50_000)) + b">", "more than 400 attributes"),
        ("attributes 2.html", b"<html><b x='>' " + b"".join(b'a%d="b"' % n for n in range(50_000)) + b">", "more than 400 attributes"),
        ("attributes.rss", rss("<description>&lt;b " + " ".join(f"a{n}=b" for n in range(9_000)) + "&gt;</description>").encode(), ""),
        ("empty.warc", b"", "no web page"),
        ("cut.warc.gz", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n")[:-12], "ends early"),
        ("broken.warc.gz", gzip.compress(os.urandom(2_000))[:30] + b"\0" * 50 + b"\xff" * 200, "damaged"),
        ("head.warc", b"WARC/1.0\r\n" + b"A: b\r\n" * 4_000_000, "no end"),
        ("line.warc.gz", gzip.compress(b"WARC/1.0\r\n" + b"a" * 100_000_000, 1), "damaged"),
        ("feed.rss", rss(TEXT).encode()[:60], "Entry 1"),
    ],
)  # fmt: skip
def test_inputs_that_cannot_be_read_are_listed_and_the_rest_is_read(
    folder: Path, name: str, content: bytes, words: str
) -> None:
    (folder / name).write_bytes(content)
    titles, reasons = found(folder / name, folder / "z-good.txt")
    assert TITLE in titles
    if words:
        assert words in " ".join(reasons)
    assert not any("a fault of kg" in reason for reason in reasons)


@pytest.mark.parametrize(
    "content",
    [
        rss(f"<title>First</title>&#99999999999999999999;{TEXT}").encode(),
        rss(f"<title>First &#x110000;</title>{TEXT}").encode(),
        rss(f"<title>First &#xD800;</title>{TEXT}").encode(),
        rss(f"<title>First</title><link>&#{'9' * 6_000};</link>{TEXT}").encode(),
        rss(f"<title>First</title>{TEXT}", '<?xml version="1.0" encoding="\xff\xfe"?>').encode("latin-1"),
        rss(f"<title>First</title>{TEXT}", '<?xml version="1.0" encoding="undefined"?>').encode(),
        rss(f"<title>First</title>{TEXT}", '<?xml version="1.0" encoding="idna"?>').encode(),
        rss(f"<title>First</title>{TEXT}<pubDate>99999999999999-99-99T99:99:99Z</pubDate>").encode(),
        rss(f"<title>First</title>{TEXT}<pubDate>0000-00-00</pubDate>").encode(),
        rss(f"<title>First</title><author>{'(' * 3_000}</author>{TEXT}").encode(),
        rss(f"<title>First</title>{TEXT}<description>{'&lt;b&gt;' * 20_000}</description>").encode(),
    ],
)
def test_inputs_feeds_lose_no_entry_that_can_be_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.rss").write_bytes(content)
    titles, reasons = found(tmp_path / "a.rss")
    assert "Second" in titles
    assert not any("a fault of kg" in reason for reason in reasons)


def warc(*records: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    for head, body in records:
        out.write(f"WARC/1.0\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n")
    return out.getvalue()


PAGE = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><head><title>Twelve trawlers fined</title></head>"
    b"<body><article>" + b"<p>Kari Holm, the fisheries minister, said on Friday that twelve trawlers had been fined off Tovo.</p>"
    + b"<p>The owners of the boats, who had fished in closed waters since March, were to pay half a million crowns.</p>"
    + b"<p>A court in the north is to hear two of them next week, the harbour office said in a letter.</p>"
    + b"</article></body></html>"
)  # fmt: skip


@pytest.mark.parametrize(
    "odd",
    [
        ("WARC-Type: response\r\n", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Short.</p>"),
        ("WARC-Type: response\r\nWARC-Target-URI: \xff\xfe\r\n", b"\0\1\2"),
        ("WARC-Type: response\r\nWARC-Target-URI: http://a/\r\n", b""),
        ("WARC-Type: response\r\nWARC-Target-URI: http://a/\r\n", b"HTTP/1.1 200"),
        ("WARC-Type: response\r\nWARC-Target-URI: http://a/\r\n", PAGE.replace(b"utf-8", b"undefined")),
        ("WARC-Type: response\r\nWARC-Target-URI: http://a/\r\n", PAGE.replace(b"Content-Type", b"Content-Encoding: gzip\r\nContent-Type")),
        ("X: y\r\n", b"nothing"),
    ],
)  # fmt: skip
def test_inputs_archives_go_on_after_an_odd_record(
    tmp_path: Path, odd: tuple[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    good = ("WARC-Type: response\r\nWARC-Target-URI: http://good.example/\r\n", PAGE)
    (tmp_path / "a.warc").write_bytes(warc(odd, good))
    titles, reasons = found(tmp_path / "a.warc")
    assert titles[-1:] == ["Twelve trawlers fined"]
    assert not any("a fault of kg" in reason for reason in reasons)
    assert capsys.readouterr().err == ""


def test_inputs_archive_page_without_an_address_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.warc").write_bytes(warc(("WARC-Type: response\r\n", PAGE)))
    assert found(tmp_path / "a.warc") == (["Twelve trawlers fined"], [])


# ── what is no file ────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null"])
def test_inputs_devices_are_refused(name: str, kg: Kg, tmp_path: Path) -> None:
    for command in (
        ["annotate", name],
        ["build", name, "--out", tmp_path / "out"],
        ["eval", name],
        ["check", f"{name}"],
    ):
        done = kg(*command)
        assert done.code in (1, 2)
        assert ("device" in done.err) or command[0] == "check"


def test_inputs_pipe_and_socket_are_refused_and_do_not_hang(folder: Path, kg: Kg) -> None:
    os.mkfifo(folder / "a.txt")
    os.mkfifo(folder / "b.jsonl")
    os.mkfifo(folder / "c.warc")
    os.mkfifo(folder / "d.ttl")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "e.txt"))
        titles, reasons = found(folder)
    assert titles == [TITLE]
    assert ["pipe" in reasons[0], "pipe" in reasons[1], "pipe" in reasons[2], "socket" in reasons[3]] == [True] * 4
    assert "standard input" in reasons[0]
    for command in (
        ["eval", folder / "b.jsonl"],
        ["check", folder / "d.ttl"],
        ["check", "--ontology", folder / "d.ttl", folder / "x.ttl"],
    ):
        assert kg(*command).code in (1, 2)


def test_inputs_standard_input_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        def readinto(self, buffer: Any) -> int:
            buffer[:] = b"a" * len(buffer)
            return len(buffer)

        def readable(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BufferedReader(Endless())))
    with pytest.raises(ReadError, match="more than 64,000,000 bytes"):
        list(read(["-"]))
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(ReadError, match="closed"):
        list(read(["-"]))


def test_inputs_record_without_end_does_not_fill_the_memory() -> None:
    def endless() -> Iterator[bytes]:
        yield b'{"text": "a"}\n{'
        while True:
            yield b" " * 1_000_000

    lines = untrusted.lines(endless(), most=1_000)
    assert next(lines) == b'{"text": "a"}'
    with pytest.raises(ReadError, match="more than 1,000,000,000 bytes"):
        next(lines)


def test_inputs_line_that_is_too_long_is_one_reason(tmp_path: Path) -> None:
    record = json.dumps({"text": GOOD}).encode()
    (tmp_path / "a.jsonl").write_bytes(b'{"text": "' + b"a" * 17_000_000 + b'"}\n' + record + b"\n")
    titles, reasons = found(tmp_path / "a.jsonl")
    assert (titles, ["more than 16,000,000 bytes" in r for r in reasons]) == ([TITLE], [True])


def test_inputs_many_reasons_of_one_file_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"{\n" * 5_000 + json.dumps({"text": GOOD}).encode())
    titles, reasons = found(tmp_path / "a.jsonl")
    assert (titles, len(reasons), reasons[-1]) == ([TITLE], 1_001, "4,000 more of its articles were left out.")


def test_inputs_closed_and_vanished_files_are_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.txt").symlink_to(folder / "nowhere.txt")
    (folder / "b").mkdir()
    (folder / "b" / "c.txt").write_text(GOOD)
    scan = os.scandir

    def closed(path: Any) -> Any:
        if Path(path).name == "b":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr("os.scandir", closed)
    titles, reasons = found(folder)
    assert titles == [TITLE]
    assert ["No such file" in reasons[0], "The folder cannot be read: Permission denied" in reasons[1]] == [True, True]


def test_inputs_folders_as_deep_as_a_path_can_be(folder: Path) -> None:
    made = [folder]
    try:
        for _ in range(1_200):
            made.append(made[-1] / "a")
            made[-1].mkdir()
        (made[-1] / "b.txt").write_text(GOOD.replace("Loreto", "Piura"))
        titles, _ = found(folder)
    finally:  # what removes folders in Python calls itself for each, and is no help here
        (made[-1] / "b.txt").unlink(missing_ok=True)
        for deep in reversed(made[1:]):
            deep.rmdir()
    assert titles == [TITLE.replace("Loreto", "Piura"), TITLE]


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 300, "x/" * 3_000, "\ud800" * 9_000])
@pytest.mark.parametrize(
    "words",
    [
        ["annotate", "NAME"], ["build", "NAME", "--out", "OUT"], ["build", "GOOD", "--out", "NAME"], ["eval", "NAME"],
        ["check", "--store", "NAME"], ["check", "NAME.ttl"], ["check", "--ontology", "NAME", "GRAPH"],
        ["check", "GRAPH", "--no-reasoning", "--report", "NAME"], ["export", "--out", "NAME", "--store", "STORE"],
        ["export", "--format", "csv", "--out", "NAME", "--store", "STORE"], ["view", "--out", "NAME", "--store", "STORE"],
        ["query", "articles", "--out", "NAME", "--store", "STORE"], ["query", "NAME.rq", "--store", "STORE"],
        ["query", "NAME", "--store", "STORE"], ["query", "-e", "SELECT * { ?s ?p 'NAME' }", "--store", "STORE"],
        ["query", "statements_by", "-p", "by=NAME", "--store", "STORE"],
        ["review", "--csv", "NAME", "--store", "STORE"], ["review", "--read", "NAME", "--store", "STORE"],
        ["review", "--links", "NAME", "--store", "STORE"], ["review", "--withdraw", "NAME", "--store", "STORE"],
        ["timeline", "--out", "NAME", "--store", "STORE"], ["timeline", "--person", "NAME", "--store", "STORE"],
        ["remove", "NAME", "--store", "STORE"], ["ask", "who said NAME", "--store", "STORE"], ["path", "NAME", "b", "--store", "STORE"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_inputs_names_that_are_none(
    demo: tuple[Path, Any], tmp_path: Path, kg: Kg, name: str, words: list[str]
) -> None:
    (tmp_path / "good.txt").write_text(GOOD)
    (tmp_path / "graph.ttl").write_text("<a:b> <a:c> <a:d> .")
    places = {
        "GOOD": tmp_path / "good.txt",
        "GRAPH": tmp_path / "graph.ttl",
        "STORE": demo[0] / "store",
        "OUT": tmp_path / "out",
    }
    done = kg(*(str(places.get(word, word)).replace("NAME", name) for word in words))
    assert done.code in (0, 1, 2)
    assert (done.code == 0) == (not done.err.startswith(("kg: ", "No chain", "Usage"))), done.err
    assert "Traceback" not in done.err


# ── what fails in the middle ───────────────────────────────────────────────────────────────────────────────────────


def test_inputs_article_that_kg_stumbles_over_is_listed_as_its_fault(
    folder: Path, tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a-bad.txt").write_text(GOOD.replace("Loreto", "Piura"))
    annotate = Annotator.annotate

    def stumbling(self: Annotator, article: Any) -> Any:
        if "Piura" in article.text:
            raise ValueError("a\x1b[31m surprise\nin two lines")
        return annotate(self, article)

    monkeypatch.setattr(Annotator, "annotate", stumbling)
    for command in (["annotate", folder], ["build", folder, "--out", tmp_path / "out"]):
        done = kg(*command)
        assert done.code == 1
        (line,) = [line for line in done.err.splitlines() if line.startswith("left out: ")]
        assert "ValueError: a\\x1b[31m surprise in two lines" in line
        assert "a fault of kg" in line
    assert "Loreto" in done.out


def test_inputs_interruption_passes(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*given: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.read.inputs.plain_text", interrupted)
    with pytest.raises(KeyboardInterrupt):
        list(read([folder], problems=[]))


# ── graph files ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".ttl", "<a:s> <a:p> " + "(" * 30_000 + ")" * 30_000 + " ."),
        (".ttl", "<a:s> <a:p> " + "[ <a:p> " * 30_000 + "]" * 30_000 + " ."),
        (".ttl", "<a:s> <a:p> " + "<<( <a:s> <a:p> " * 30_000 + "<a:o>" + " )>>" * 30_000 + " ."),
        (".trig", "<< " * 30_000), (".nq", "<a:s> <a:p> " + "<<( <a:s> <a:p> " * 30_000),
        (".jsonld", '{"@id": "a:s", "a:p": ' * 10_000 + "{}" + "}" * 10_000), (".jsonld", "[" * 100_000),
        (".ttl", "@prefix e: <a:> . e:a\\# e:p " + "(" * 30_000), (".ttl", '<a:s> <a:p> "\'", "#" , ' + "(" * 30_000),
    ],
)  # fmt: skip
def test_inputs_graph_files_that_are_nested_too_deeply(tmp_path: Path, ending: str, content: str, kg: Kg) -> None:
    path = tmp_path / f"deep{ending}"
    path.write_text(content)
    with pytest.raises(StoreError, match="nested more than 200 deep in line 1"):
        Store.load(path)
    done = kg("check", path, "--ontology", path)
    assert (done.code, done.err.count("\n")) == (1, 1)


@pytest.mark.parametrize(
    "text",
    ['"' + "(" * 500 + '"', "<a:(((>", "'''" + "((('" * 200 + "'''", "1 # " + "(" * 500, '"\\"' + "(" * 500 + '"'],
)
def test_inputs_brackets_in_strings_and_comments_are_no_nesting(text: str) -> None:
    assert nesting.too_deep(f"<a:s> <a:p> {text}\n.".encode(), nesting.TURTLE) is None


def test_inputs_nesting_is_told_in_time_that_grows_with_the_text_alone() -> None:
    for unit in ('"', "'", '"""', '\\"', "<", "<<", "#", "(", '"\\', "'''\\'", '""" '):
        start = time.process_time()
        nesting.too_deep((unit * (1_000_000 // len(unit)) + "(" * 300).encode(), nesting.TURTLE, most=10**9)
        nesting.too_deep((unit * (1_000_000 // len(unit)) + "(" * 300).encode(), nesting.JSON, most=10**9)
        assert time.process_time() - start < 5, unit


@pytest.mark.parametrize(
    "graph",
    [
        '<{a}/evidence/1> a oa:SpecificResource ; oa:hasSource <{a}> ; oa:hasSelector <{a}/p> , <{a}/q> . <{a}/p> oa:start "x" ; oa:end "y" . <{a}/q> oa:exact "z" . <{a}> schema:articleBody "t" .',
        '<{a}/mention/1> a kg:Mention ; kg:inArticle <{a}> ; oa:start {n} ; oa:end {n} ; oa:exact "z" . <{a}> schema:articleBody "t" .',
        "<{a}/s> kg:evidence <{a}#char=1,2> . <{a}#char=1,2> oa:start [] ; oa:end [] .",
        "<{a}/f> a kg:Figure ; schema:minValue [] ; schema:maxValue 3 . <{a}/g> a kg:Figure ; schema:minValue <a:b> ; schema:maxValue <a:c> .",
        '<{a}/m> a kg:Mention ; kg:refersTo "x" . <{a}/r> a kg:Reference ; kg:refersTo "x y" , [] , 3 .',
        '[] a kg:Article ; schema:articleBody [] ; dcterms:title 3 . "x" .',
        '<{a}/s> a kg:Statement ; kg:speaker "nobody" ; kg:evidence "none" ; kg:figure 3 ; kg:cue <a:b> .',
        '<{a}> a kg:Article , "Article" ; schema:articleBody "t"@en ; dcterms:issued "2015-13-99"^^xsd:date , "x"^^<a:b> .',
        '<{a}/j> a kg:Judgement ; kg:judged "x" ; kg:confidence "high" . <{a}/c> a kg:Comparison ; kg:left 1 ; kg:right [] ; kg:verdict "x" .',
        "kg:Statement a kg:Statement . kg:speaker kg:speaker kg:speaker . <a:b> a <a:b> .",
        "<a:s> rdf:first ( 1 2 ) ; rdf:rest <a:s> . <a:s> <a:p> <<( <a:s> <a:p> <a:o> )>> .",
    ],
)
def test_inputs_graph_of_things_of_wrong_kinds(tmp_path: Path, kg: Kg, graph: str) -> None:
    head = "@prefix kg: <https://w3id.org/kg-said/ns#> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
    path = tmp_path / "odd.ttl"
    path.write_text(head + graph.replace("{a}", "https://w3id.org/kg-said/article/a1").replace("{n}", "9" * 5_000))
    done = kg("check", path, "--no-reasoning", "--report", tmp_path / "report.ttl")
    assert done.code in (0, 1), done.err
    assert done.out or done.err.startswith("kg: ")
    if "oa:start" in graph:
        assert done.code == 1
    if (tmp_path / "report.ttl").exists():
        assert len(Store.load(tmp_path / "report.ttl"))


# ── gold files, decisions, options ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "line",
    [
        '{"text": ' + "[" * 5_000, '{"text": ["a"]}', '{"text": 3}', '{"text": null}', "[1]", "3", '{"text": "a", "n": ' + "9" * 5_000 + "}",
        '{"text": "a", "attributions": [{"source": [[0]], "cue": [], "content": []}]}', '{"text": "a", "attributions": 3}',
        '{"text": "a", "attributions": [{"source": "ab", "cue": [], "content": []}]}', '{"text": "a", "entities": [{"type": 3, "mentions": []}]}',
        '{"text": "a", "entities": [{"type": "PER", "mentions": [["a", "b"]]}]}', '{"text": "a", "figures": [{"value": [1, 2, 3]}]}',
        '{"text": "a", "figures": [{"value": "12"}]}', '{"text": "a", "figures": [{"value": NaN}]}', '{"text": "a", "figures": [{"value": 1, "concepts": [3]}]}',
        '{"text": "a\\ud800b"}', '{"text": ""}', '{"text": "a", "meta": {"publication_date": "yesterday"}}', "\0",
    ],
)  # fmt: skip
def test_inputs_gold_file_that_is_none(tmp_path: Path, kg: Kg, line: str) -> None:
    (tmp_path / "gold.jsonl").write_text('{"text": "Kari Holm spoke."}\n' + line)
    done = kg("eval", tmp_path / "gold.jsonl")
    assert (done.code, done.err.count("\n"), "line 2" in done.err) == (2, 1, True), done.err


COLUMNS = "decision,note,left_article,left_key,right_article,right_key,decided_by\n"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("same\n", 1), ("same,n\nsame,n,a,k,b\n", 1), ("same," + "x" * 300_000 + ",a,k,b,l\n", 1), ("x" * 300_000 + ",n,a,k,b,l\n", 1),
        ("same,\0,a\0,k,b,l\n", 1), ('same,"n', 1), ("same,n,a,k,b,l,m,n,o\n", 1), (",,,,\n\n\n", 0), ("same,n,a,k,b,l,   \n", 1),
        ("same,\ud7ff\u202e,a,k\u2028,b,l,Ann\n", 1), ("same,n,a,k,b,l,\x1b[31m\n", 1),
    ],
)  # fmt: skip
def test_inputs_decisions_with_odd_rows(demo: tuple[Path, Any], tmp_path: Path, kg: Kg, rows: str, code: int) -> None:
    import shutil

    shutil.copytree(demo[0] / "store", tmp_path / "store")
    (tmp_path / "q.csv").write_text(COLUMNS + rows, encoding="utf-8", newline="")
    done = kg("review", "--read", tmp_path / "q.csv", "--by", "Ann", "--store", tmp_path / "store")
    assert (done.code, "\x1b" in done.err) == (code, False)
    assert all(len(line) < 1_000 for line in done.err.splitlines())
    (tmp_path / "l.tsv").write_text(rows.replace(",", "\t"), encoding="utf-8", newline="")
    assert kg("review", "--links", tmp_path / "l.tsv", "--store", tmp_path / "store").code in (0, 1)


@pytest.mark.parametrize(
    "words",
    [
        ["query", "articles", "--timeout", "1e999"], ["query", "articles", "--timeout", "nan"], ["query", "articles", "--timeout", "-1"],
        ["query", "articles", "--timeout", "9" * 5_000], ["query", "articles", "--limit", "-1"], ["query", "articles", "--limit", "9" * 30],
        ["query", "articles", "--limit", "9" * 5_000], ["query", "articles", "-p", "min_confidence=1e1000000000"],
        ["query", "who_said_what", "-p", "min_confidence=1e1000000000"], ["query", "who_said_what", "-p", "min_confidence=1e-1000000000"],
        ["query", "who_said_what", "-p", "min_confidence=0e999999999"], ["query", "who_said_what", "-p", "min_confidence=" + "9" * 5_000],
        ["query", "who_said_what", "--min-confidence", "nan"], ["view", "--min-confidence", "nan", "--out", "x.html"],
        ["view", "--min-confidence", "1e999", "--out", "x.html"], ["view", "--top", "9" * 5_000, "--out", "x.html"],
        ["network", "--top", "-3"], ["network", "--top", "9" * 5_000], ["ask", "who said what", "--timeout", "inf"],
        ["review", "--limit", "9" * 5_000],
    ],
    ids=lambda words: " ".join(words)[:60],
)  # fmt: skip
def test_inputs_numbers_that_no_option_takes(demo: tuple[Path, Any], kg: Kg, words: list[str]) -> None:
    start = time.process_time()
    done = kg(*words, "--store", demo[0] / "store")
    assert done.code == 2, done.err
    assert done.err.splitlines()[-1].startswith(("kg: ", "Error: "))
    assert time.process_time() - start < 5


def test_inputs_report_into_a_folder(tmp_path: Path, kg: Kg, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "graph.ttl").write_text("<a:b> <a:c> <a:d> .")
    done = kg("check", "graph.ttl", "--no-reasoning", "--report", ".")
    assert (done.code, done.err.count("\n")) == (1, 1)


def test_inputs_line_of_digits_takes_no_time(kg: Kg, tmp_path: Path) -> None:
    names = (
        "12345678901234567890123456789012_n.jpg",
        "20150421103015201504221130 x",
        "1" * 90_000,
        "jan" * 30_000,
        "<b> " * 20_000 + "x",
    )
    (tmp_path / "a.txt").write_text("\n\n".join((GOOD, *names)))
    (tmp_path / "b.txt").write_text("<!---->" * 500 + GOOD)
    start = time.process_time()
    assert found(tmp_path / "a.txt", tmp_path / "b.txt")[0][0] == TITLE
    assert time.process_time() - start < 5


# ── what reaches the terminal ──────────────────────────────────────────────────────────────────────────────────────


ESCAPES = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202egnp\u2066\u2028\x85\r\x08"


def _clean(done: Any) -> None:
    for text in (done.out, done.err):
        assert not set(ESCAPES) - set("abcdefghijklmnopqrstuvwxyz0123456789]J;[") & set(text), text


def test_inputs_nothing_in_a_text_is_obeyed_by_the_terminal(tmp_path: Path, kg: Kg) -> None:
    folder = tmp_path / f"in{ESCAPES}"
    folder.mkdir()
    record = {
        "id": f"a{ESCAPES}",
        "url": "https://example.org/a",
        "title": f"Floods {ESCAPES}",
        "publisher": ESCAPES,
        "text": GOOD,
    }
    new = {**record, "id": f"b{ESCAPES}", "text": GOOD + "\nThe governor spoke."}
    bad = {**record, "id": "c", "date": f"2015-{ESCAPES}"}
    (folder / f"x{ESCAPES}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in (record, new, bad)))
    out = tmp_path / "out"
    done = kg("build", folder, "--out", out)
    assert (done.code, "left out: " in done.err, "note: " in done.err) == (1, True, True)
    assert "\\x1b" in done.err
    _clean(done)
    store = ["--store", out / "store"]
    for words in (
        ["annotate", folder / ESCAPES], ["build", folder / f"{ESCAPES}.txt"], ["remove", ESCAPES, *store], ["query", ESCAPES, *store],
        ["query", "articles", *store], ["query", "articles", "--format", "markdown", *store], ["query", "-e", f"SELECT * {{ {ESCAPES}", *store],
        ["path", ESCAPES, "b", *store], ["timeline", "--person", ESCAPES, *store], ["check", *store], ["ask", f"what did {ESCAPES} say", *store],
        ["query", "articles", "--format", ESCAPES, *store], [f"--{ESCAPES}"], [ESCAPES], ["query", f"--{ESCAPES}"], ["review", "--list", *store],
        ["review", "--withdraw", ESCAPES, *store], ["network", *store], ["eval", folder / ESCAPES], ["check", folder / f"{ESCAPES}.ttl"],
    ):  # fmt: skip
        _clean(kg(*words))
    csv = kg("query", "articles", "--format", "csv", *store)
    assert "\x9b31m\u202e" in csv.out  # data for other programs stay what they are


def test_inputs_line_ends_in_names_do_not_make_lines(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "a\nkg: all is well.txt").write_text("")
    (tmp_path / "b.txt").write_text(GOOD)
    done = kg("annotate", tmp_path)
    assert done.err.count("\n") == 1


def test_inputs_neo4j_cells_are_no_formulas(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "a.jsonl").write_text(
        json.dumps({"text": GOOD, "title": "=HYPERLINK(1)", "publisher": "@SUM(1)", "url": "https://example.org/a"})
    )
    assert kg("build", tmp_path / "a.jsonl", "--out", tmp_path / "out", "--quiet").code == 0
    assert kg("export", "--format", "neo4j", "--out", tmp_path / "csv", "--store", tmp_path / "out" / "store").code == 0
    import csv

    for file in (tmp_path / "csv").glob("*.csv"):
        _, *rows = csv.reader(io.StringIO(file.read_text()))
        for row in rows:
            assert not any(cell.startswith(("=", "+", "@", "\t", "\r")) for cell in row), row
    articles = list(csv.DictReader(io.StringIO((tmp_path / "csv" / "articles.csv").read_text())))
    assert (articles[0]["title"], articles[0]["publisher"]) == ("'=HYPERLINK(1)", "'@SUM(1)")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_inputs_terminal_of_any_encoding(encoding: str) -> None:
    from kg.cli.printing.console import _Console

    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding, write_through=True)
    _Console(file=stream, highlight=False, soft_wrap=True, markup=False).print("“Łódź” \udc80 ok")
    assert b"ok" in raw.getvalue()


def test_inputs_what_nothing_foresaw_is_one_sentence(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    import kg.cli as cli
    from kg.cli.printing.console import err

    def broken(*words: Any, **more: Any) -> None:
        raise ZeroDivisionError("two\nlines")

    monkeypatch.setattr(cli.cli, "main", broken)
    err._file = None
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert said.startswith("kg: kg failed")
    assert said.count("\n") == 1


def test_inputs_untrusted_opens_regular_files_only(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").open("wb").close(), daemon=True)
    writer.start()
    for name in (tmp_path / "pipe", tmp_path, tmp_path / "none", "/dev/null"):
        with pytest.raises(KgError):
            untrusted.contents(name)
    (tmp_path / "a").write_bytes(b"12345")
    assert untrusted.contents(tmp_path / "a", most=5) == b"12345"
    with pytest.raises(ReadError, match="at most 4"):
        untrusted.contents(tmp_path / "a", most=4)

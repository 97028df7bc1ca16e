"""Reading: endings, encodings, metadata, and everything that is no article."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError, UsageError
from kg.model import Article, Problem
from kg.read import check_date, read
from kg.read.decoding import decode
from kg.read.metadata import LONGEST_LINE, Given
from kg.read.records import records

BODY = "Norway's Fisheries Ministry said on May 3 that 12 trawlers had been fined.\n\nThe minister thanked the coast guard.\n"
PARAGRAPHS = [
    "Norway's Fisheries Ministry said on May 3 that 12 trawlers had been fined for fishing inside the closed zone off Lofoten.",
    "The minister, Kari Holm, told reporters in Bodø that the coast guard had followed the boats for nine days before it acted.",
    "Skippers from three harbours answered that the zone had been drawn without asking anybody who sails there in winter.",
    "A court in Tromsø will hear the first of the cases in June, according to the regional prosecutor.",
]
PAGE = (
    "<!DOCTYPE html><html lang='en'><head><title>Twelve trawlers fined - Northern Herald</title>"
    "<meta charset='utf-8'><meta property='og:title' content='Twelve trawlers fined'>"
    "<meta property='og:site_name' content='Northern Herald'><meta name='author' content='Liv Berg'>"
    "<meta property='article:published_time' content='2019-05-04T08:00:00Z'>"
    "<link rel='canonical' href='https://herald.example/trawlers'></head><body><nav><a href='/'>Home</a></nav>"
    "<article><h1>Twelve trawlers fined</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</article>"
    "<footer>Cookies, privacy, imprint</footer></body></html>"
)


def one(path: Path, **options: object) -> Article:
    found = list(read([path], **options))  # type: ignore[arg-type]
    assert len(found) == 1
    return found[0]


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


# ── plain text ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_read_text_without_head_is_kept_as_it_is(tmp_path: Path) -> None:
    found = one(put(tmp_path, "a.txt", BODY), published="2019-05-03", url="https://x.example/1", publisher="Herald")
    assert (found.text, found.published, found.url, found.publisher) == (
        BODY,
        "2019-05-03",
        "https://x.example/1",
        "Herald",
    )
    assert found.id.startswith("2019-05-03-norways-fisheries-ministry")


def test_read_text_head_gives_metadata_and_wins_over_options(tmp_path: Path) -> None:
    head = (
        "---\ntitle: Trawlers fined\ndate: 2019-05-04\nurl: https://y.example\npublisher: Post\n"
        "authors: [Liv Berg, Odd Dahl]\nlanguage: en\nnote: ours\n---\n\n"
    )
    found = one(put(tmp_path, "a.txt", head + BODY), published="2001-01-01", publisher="Herald")
    assert found.text == BODY
    assert (found.title, found.published, found.url, found.publisher) == (
        "Trawlers fined", "2019-05-04", "https://y.example", "Post",
    )  # fmt: skip
    assert (found.authors, found.language, found.note) == (("Liv Berg", "Odd Dahl"), "en", "ours")


def test_read_text_two_authors_in_one_field(tmp_path: Path) -> None:
    found = one(put(tmp_path, "a.txt", "---\nauthor: Liv Berg and Odd Dahl\n---\n" + BODY))
    assert found.authors == ("Liv Berg", "Odd Dahl")


def test_read_text_rulers_around_a_sentence_are_no_head(tmp_path: Path) -> None:
    text = "---\nBy our own correspondent\n---\n" + BODY
    assert one(put(tmp_path, "a.txt", text)).text == text


def test_read_text_line_ends_are_one_kind_before_offsets_exist(tmp_path: Path) -> None:
    found = one(put(tmp_path, "a.txt", b"\xef\xbb\xbf" + BODY.replace("\n", "\r\n").encode()))
    assert found.text == BODY


def test_read_text_without_date_has_none(tmp_path: Path) -> None:
    found = one(put(tmp_path, "a.txt", BODY))
    assert (found.published, found.url, found.language) == (None, None, None)


def test_read_text_same_file_gives_the_same_id(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.txt", BODY)).id == one(put(tmp_path, "b.txt", BODY)).id


_NO_ITEMS = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'


@pytest.mark.parametrize(
    ("head", "sentence"),
    [
        ("---\ntitle: [a\n---\n", "The head between the --- lines is not valid YAML"),
        ("---\ndate: last Tuesday\n---\n", "“last Tuesday” is not a date; write it as 2015-04-21, 2015-04 or 2015."),
        ("---\ndate: 2019-02-30\n---\n", "“2019-02-30” is not a date"),
    ],
)
def test_read_text_bad_head_is_refused_with_a_sentence(tmp_path: Path, head: str, sentence: str) -> None:
    with pytest.raises(ReadError, match=r"a\.txt") as caught:
        one(put(tmp_path, "a.txt", head + BODY))
    assert sentence in str(caught.value)


# ── encodings ──────────────────────────────────────────────────────────────────────────────────────────────────

RUSSIAN = (
    "Министерство рыболовства Норвегии сообщило, что двенадцать траулеров оштрафованы за лов в закрытой зоне. "
    "Министр поблагодарил береговую охрану и сказал, что дела будут переданы в суд в июне этого года."
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251", "koi8-r"])
def test_read_encodings_of_cyrillic_text(tmp_path: Path, encoding: str) -> None:
    assert one(put(tmp_path, "a.txt", RUSSIAN.encode(encoding))).text == RUSSIAN


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1252"])
def test_read_encodings_without_a_mark(tmp_path: Path, encoding: str) -> None:
    text = "The café in Besançon said that a dozen protégés had dined for free. " * 5
    assert one(put(tmp_path, "a.txt", text.encode(encoding))).text == text


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\t ", "The file is empty."),
        (b"\xef\xbb\xbf", "The file is empty."),
        (b"\x00\x01\x02\x03" * 100, "The file is binary, not text."),
        (bytes(range(256)) * 50, "The file is binary, not text."),
        (b"%PDF-1.4 ...", "The file is a PDF, not text."),
        (b"PK\x03\x04....", "The file is a ZIP archive or an office document, not text."),
        (b"\x89PNG\r\n\x1a\n", "The file is an image, not text."),
        (b"\xff\xfe" + "abc".encode("utf-16-le") + b"\x00", "The file begins as UTF-16 but is not valid UTF-16."),
        (b"\x1b\x01\x02\x03\x04\x05ab" * 20, "The file is binary, not text."),
    ],
)
def test_read_undecodable_bytes_are_refused(tmp_path: Path, raw: bytes, sentence: str) -> None:
    path = put(tmp_path, "a.txt", raw)
    with pytest.raises(ReadError) as caught:
        one(path)
    assert str(caught.value) == f"{path}: {sentence}"


@given(st.binary(max_size=400))
def test_read_decode_gives_text_or_a_sentence(raw: bytes) -> None:
    try:
        text = decode(raw)
    except ReadError as error:
        text = str(error)
    assert text.strip()


# ── limits ─────────────────────────────────────────────────────────────────────────────────────────────────────


def test_read_five_megabyte_line_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="at most 1,000,000"):
        one(put(tmp_path, "a.txt", "word " * 1_000_000))


def test_read_long_line_is_refused(tmp_path: Path) -> None:
    one(put(tmp_path, "fits.txt", "x" * LONGEST_LINE))
    with pytest.raises(ReadError, match=r"A line has 100,001 characters"):
        one(put(tmp_path, "a.txt", BODY + "x" * (LONGEST_LINE + 1)))


# ── pages ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_read_page_gives_paragraphs_and_declared_metadata(tmp_path: Path) -> None:
    found = one(put(tmp_path, "a.html", PAGE))
    for paragraph in PARAGRAPHS:
        assert f"{paragraph}\n" in found.text
    assert found.text.count("\n\n") >= len(PARAGRAPHS) - 1
    assert "Cookies" not in found.text
    assert (found.title, found.published, found.publisher) == ("Twelve trawlers fined", "2019-05-04", "Northern Herald")
    assert (found.url, found.authors, found.language) == ("https://herald.example/trawlers", ("Liv Berg",), "en")


def test_read_page_options_win_over_what_the_page_lets_one_infer(tmp_path: Path) -> None:
    found = one(put(tmp_path, "a.html", PAGE), published="2019-05-05", publisher="Herald", url="https://z.example/")
    assert (found.published, found.publisher, found.url) == ("2019-05-05", "Herald", "https://z.example/")


def test_read_page_date_is_never_guessed_from_the_text(tmp_path: Path) -> None:
    page = PAGE.replace("<meta property='article:published_time' content='2019-05-04T08:00:00Z'>", "")
    page = page.replace("on May 3", "on 3 May 2018")
    assert one(put(tmp_path, "a.html", page)).published is None


def test_read_page_in_its_declared_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("charset='utf-8'", "charset='iso-8859-1'").encode("latin-1")
    assert "Tromsø" in one(put(tmp_path, "a.htm", page)).text


def test_read_page_is_known_by_its_first_bytes_too(tmp_path: Path) -> None:
    assert "<p>" not in one(put(tmp_path, "saved", PAGE)).text


def test_read_page_without_an_article(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="The page holds no article"):
        one(put(tmp_path, "a.html", "<html><body><nav><a href='/'>Home</a></nav><p>404</p></body></html>"))


# ── JSON Lines ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_read_records_keep_text_and_id(tmp_path: Path) -> None:
    text = "  A\r\nB\u2028C\x85 \ufeff “d”\n"
    path = put(tmp_path, "a.jsonl", json.dumps({"id": "n/1", "text": text, "date": "2019", "title": "T"}) + "\n")
    found = one(path)
    assert (found.id, found.text, found.published, found.title) == ("n/1", text, "2019", "T")


def test_read_records_raw_line_separators_inside_a_string(tmp_path: Path) -> None:
    line = json.dumps({"id": "1", "text": "a\u2028b\x85c"}, ensure_ascii=False)
    assert one(put(tmp_path, "a.jsonl", line)).text == "a\u2028b\x85c"


@given(st.text(min_size=1, max_size=200))
def test_read_records_offsets_hold_for_any_text(text: str) -> None:
    found = next(iter(records([json.dumps({"text": text}).encode()], Given(), where="x")))
    if isinstance(found, Article):
        assert len(found.text) == len(text)
        assert found.text == text.replace("\x00", "\ufffd")
    else:
        assert not text.strip()


def test_read_records_impossible_characters_are_replaced_one_for_one(tmp_path: Path) -> None:
    found = one(put(tmp_path, "a.jsonl", '{"text": "a\\u0000b\\ud800c"}'))
    assert found.text == "a\ufffdb\ufffdc"


def test_read_records_bad_lines_are_named_and_the_rest_is_read(tmp_path: Path) -> None:
    lines = ['{"id": "1", "text": "One."}', "{oops", '{"id": "2"}', "", '{"id": "1", "text": "Again."}',
             '{"id": "3", "text": "Three.", "date": "soon"}', "[1]", '{"id": "4", "text": "Four."}']  # fmt: skip
    problems: list[Problem] = []
    path = put(tmp_path, "a.jsonl", "\n".join(lines))
    assert [a.id for a in read([path], problems=problems)] == ["1", "4"]
    assert [p.where.rsplit(":", 1)[1] for p in problems] == ["2", "3", "5", "6", "7"]
    assert problems[0].reason.startswith("Line 2 was left out: it is not JSON (")
    assert problems[1].reason == "Line 3 was left out: it has no “text”."
    assert problems[2].reason == "Line 5 was left out: its id “1” is that of line 1."
    assert "“soon” is not a date" in problems[3].reason


def test_read_table_of_articles(tmp_path: Path) -> None:
    rows = 'id,Title,text,date\nb1,Boats,"Four boats sank, the mayor said.\n\nTwo did not.",2024-03-05\nb2,Nets,,2024-03-06\nb3,,Six nets were lost.,soon\nb4,,It rained.,\n'
    problems: list[Problem] = []
    path = put(tmp_path, "a.csv", rows)
    first, last = read([path], published="2020", problems=problems)
    assert (first.id, first.title, first.published) == ("b1", "Boats", "2024-03-05")
    assert first.text == "Four boats sank, the mayor said.\n\nTwo did not."
    assert (last.id, last.published) == ("b4", "2020")
    assert [p.reason.split(":")[0] for p in problems] == ["Line 5 was left out", "Line 6 was left out"]
    assert (
        one(put(tmp_path, "b.tsv", rows.replace(",", "\t").replace("sank\t", "sank,").split("\nb2")[0])).title
        == "Boats"
    )


def test_read_table_without_a_column_of_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="without a column “text”"):
        one(put(tmp_path, "a.csv", "town,dead\nOsh,14\n"))


@pytest.mark.parametrize("line", ["Page last updated at 10:22 GMT, Tuesday, 21 October 2008", "Panaji, May 31, 2022"])
def test_read_a_line_that_tells_the_day_is_no_headline(tmp_path: Path, line: str) -> None:
    story = "Ferry workers end their strike\n\nFerry workers in Selby ended a strike of two weeks on Monday, the union said."
    found = one(put(tmp_path, "a.txt", f"{line}\n\n{story}\n"))
    assert found.title == "Ferry workers end their strike"
    assert found.published in ("2008-10-21", "2022-05-31")


def test_read_records_metadata_under_meta(tmp_path: Path) -> None:
    found = one(put(tmp_path, "a.ndjson", '{"text": "One.", "meta": {"title": "T", "date": "2019-05-04T08:00:00Z"}}'))
    assert (found.title, found.published) == ("T", "2019-05-04")


def test_read_records_in_utf16(tmp_path: Path) -> None:
    assert one(put(tmp_path, "a.jsonl", '{"text": "Łódź"}\n'.encode("utf-16"))).text == "Łódź"


@pytest.mark.parametrize(
    ("name", "content"), [("a.json", "[]"), ("a.csv", "text,id\n"), ("a.jsonl", "\n\n  \n"), ("a.rss", _NO_ITEMS)]
)
def test_read_file_without_an_article_says_so(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    (tmp_path / "b.txt").write_text("Kari Holm said that 12 trawlers had been fined.")
    problems: list[Problem] = []
    assert len(list(read([tmp_path / name, tmp_path / "b.txt"], problems=problems))) == 1
    assert [Path(p.where).name for p in problems] == [name]
    with pytest.raises(ReadError, match=r"holds no article|has no entries"):
        list(read(tmp_path / name))


@pytest.mark.parametrize("content", ['{\n "text": "One."\n}', '[\n{"text": "One."}]', '{"text": "One."}\n'])
def test_read_json_file_that_is_named(tmp_path: Path, content: str) -> None:
    assert one(put(tmp_path, "a.json", content)).text == "One."


# ── folders, standard input, several inputs ────────────────────────────────────────────────────────────────────


def test_read_folder_is_searched_in_order_and_bad_files_are_listed(tmp_path: Path) -> None:
    put(tmp_path, "b.txt", "Second.")
    put(tmp_path, "a.txt", "First.")
    put(tmp_path, "sub/c.html", PAGE)
    put(tmp_path, "sub/d.txt", "")
    put(tmp_path, "ignored.csv", "a,b")
    put(tmp_path, ".hidden/x.txt", "Hidden.")
    problems: list[Problem] = []
    found = list(read([tmp_path], problems=problems))
    assert [a.text[:7] for a in found] == ["First.", "Second.", "Twelve "]
    assert [(Path(p.where).name, p.reason) for p in problems] == [("d.txt", "The file is empty.")]


def test_read_one_bad_article_never_stops_the_others(tmp_path: Path) -> None:
    good, bad = put(tmp_path, "good.txt", BODY), put(tmp_path, "bad.txt", "---\ndate: never\n---\n" + BODY)
    problems: list[Problem] = []
    assert [a.text for a in read([bad, good], problems=problems)] == [BODY]
    assert len(problems) == 1


def test_read_single_bad_input_raises_even_with_a_list(tmp_path: Path) -> None:
    problems: list[Problem] = []
    with pytest.raises(ReadError, match="The file is empty"):
        list(read([put(tmp_path, "a.txt", "")], problems=problems))


def test_read_folder_without_articles(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"The folder holds no file that ends in \.txt"):
        list(read([tmp_path]))


def test_read_folder_where_everything_is_bad(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "")
    put(tmp_path, "b.txt", b"\x00\x01")
    with pytest.raises(ReadError, match="of 2 reasons the first is: The file is empty"):
        list(read([tmp_path], problems=[]))


def test_read_missing_input_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="There is no file or folder"):
        read([put(tmp_path, "a.txt", BODY), tmp_path / "nowhere"])


def test_read_unknown_ending_that_is_named_is_read_as_text(tmp_path: Path) -> None:
    assert one(put(tmp_path, "wire.story", BODY)).text == BODY


def test_read_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    for content, text in ((BODY, BODY), ('{"text": "One."}\n', "One.")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
        assert [a.text for a in read(["-"])] == [text]


# ── dates ──────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("value", ["2015", "2015-04", "2015-04-21", "2016-02-29"])
def test_read_check_date_takes_whole_and_partial_dates(value: str) -> None:
    assert check_date(value) == value


@pytest.mark.parametrize(
    "value", ["", "yesterday", "21.04.2015", "2015-13", "2015-02-29", "2015-4-1", "2015-04/2015-05"]
)
def test_read_check_date_refuses_the_rest(value: str) -> None:
    with pytest.raises(UsageError, match="is not a date; write it as"):
        check_date(value)


def test_read_wrong_date_option_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="“April” is not a date"):
        read([tmp_path], published="April")

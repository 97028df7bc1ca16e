"""Feeds and archives: what they say of their articles, and what is wrong among what is right."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadError
from kg.model import Problem
from kg.pipeline import build
from kg.read import read
from kg.read.feeds import fragment_text, is_feed
from kg.store import Store

RSS = """<?xml version="1.0" encoding="utf-8"?>
<!-- made by hand -->
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Northern Herald</title><link>https://herald.example/</link><language>en-GB</language>
<item><title>Twelve trawlers fined</title><link>https://herald.example/trawlers</link><pubDate>Sat, 04 May 2019 08:00:00 GMT</pubDate>
<dc:creator>Liv Berg</dc:creator><description>Short.</description>
<content:encoded><![CDATA[<p>Kari Holm, the fisheries minister, said that 12 trawlers had been fined.</p><script>bad()</script><p>A court &amp; a prosecutor agreed.</p>]]></content:encoded></item>
<item><title>No text at all</title><link>https://herald.example/empty</link></item>
<item><title>No date</title><link>https://herald.example/undated</link><description>Rui Vale said that 14 boats had sunk off Tovo.</description></item>
<item><title>Odd date</title><pubDate>the day before yesterday</pubDate><description>Ana Tormes said that nobody had been hurt.</description></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour News</title>
<entry><title type="html">Boats &amp;amp; nets</title><link href="https://harbour.example/1"/><updated>2020-02-03T10:00:00Z</updated>
<author><name>Rui Vale</name></author><content type="html">&lt;p&gt;The harbour office said that 40 boats had sunk.&lt;/p&gt;</content></entry>
</feed>
"""


def put(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_feed_gives_good_entries_and_lists_bad_ones(tmp_path: Path) -> None:
    problems: list[Problem] = []
    first, undated, odd = read([put(tmp_path, "a.rss", RSS)], problems=problems)
    assert (first.title, first.url, first.published) == (
        "Twelve trawlers fined",
        "https://herald.example/trawlers",
        "2019-05-04",
    )
    assert (first.publisher, first.authors, first.language) == ("Northern Herald", ("Liv Berg",), "en")
    assert first.text == (
        "Kari Holm, the fisheries minister, said that 12 trawlers had been fined.\n\nA court & a prosecutor agreed.\n"
    )
    assert undated.published is None
    assert odd.published is None
    [problem] = problems
    assert (problem.where, problem.reason) == (f"{tmp_path}/a.rss:2", "Entry 2 was left out: it has no text.")


def test_feed_date_of_the_user_fills_the_gaps_only(tmp_path: Path) -> None:
    found = list(read([put(tmp_path, "a.rss", RSS)], published="2018", problems=[]))
    assert [a.published for a in found] == ["2019-05-04", "2018", "2018"]


@pytest.mark.parametrize(
    "written", ["Tue, 05 Mar 2024 11:24:50", "Tue, 5 Mar 2024 11:24:50 GMT", "2024-03-05T11:24:50", "March 5, 2024"]
)
def test_feed_date_without_a_zone(tmp_path: Path, written: str) -> None:
    feed = RSS.replace("Sat, 04 May 2019 08:00:00 GMT", written)
    assert next(iter(read([put(tmp_path, "a.rss", feed)], problems=[]))).published == "2024-03-05"


def test_feed_atom(tmp_path: Path) -> None:
    [found] = read([put(tmp_path, "a.xml", ATOM)])
    assert (found.title, found.published, found.authors) == ("Boats & nets", "2020-02-03", ("Rui Vale",))
    assert found.text == "The harbour office said that 40 boats had sunk.\n"
    assert found.publisher == "Harbour News"


def test_feed_that_is_not_well_formed_loses_nothing_that_can_be_read(tmp_path: Path) -> None:
    broken = RSS.replace("<title>No date</title>", "<title>No date & <b>no end</title>")
    problems: list[Problem] = []
    titles = [a.title for a in read([put(tmp_path, "a.rss", broken)], problems=problems)]
    assert "Twelve trawlers fined" in titles
    assert len(titles) + len(problems) >= 4 or any("cannot be read" in p.reason for p in problems)


def test_feed_never_fetches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import urllib.request

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a feed was fetched")

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", refuse)
    evil = RSS.replace("<!-- made by hand -->", '<!DOCTYPE rss [<!ENTITY x SYSTEM "http://evil.example/x">]>')
    list(read([put(tmp_path, "a.rss", evil)], problems=[]))
    with pytest.raises(ReadError):
        list(read([put(tmp_path, "b.rss", "<rss>http://evil.example/</rss>")]))


def test_feed_is_built_without_dates(tmp_path: Path) -> None:
    with Store.open() as store:
        report = build(read([put(tmp_path, "a.rss", RSS)], problems=[]), store=store)
        assert len(report.added) == 3


def test_feed_in_a_folder_beside_other_xml(tmp_path: Path) -> None:
    put(tmp_path, "feed.xml", ATOM)
    put(tmp_path, "sitemap.xml", "<urlset><url><loc>https://x.example/</loc></url></urlset>")
    assert [a.title for a in read([tmp_path])] == ["Boats & nets"]


@pytest.mark.parametrize(
    ("text", "is_one"), [(RSS, True), (ATOM, True), ("<html><feed>", False), ("rss feed", False), ("<urlset/>", False)]
)
def test_is_feed(text: str, is_one: bool) -> None:
    assert is_feed(text.encode()) is is_one


@given(st.text(max_size=200))
def test_fragment_text_takes_anything(text: str) -> None:
    assert "\n\n\n" not in fragment_text(text)


# ── archives ───────────────────────────────────────────────────────────────────────────────────────────────────────

PARAGRAPHS = [
    "Norway's Fisheries Ministry said on May 3 that 12 trawlers had been fined for fishing inside the closed zone off Lofoten.",
    "The minister, Kari Holm, told reporters in Bodø that the coast guard had followed the boats for nine days before it acted.",
    "Skippers from three harbours answered that the zone had been drawn without asking anybody who sails there in winter.",
]


def page(date: str = "") -> bytes:
    meta = f"<meta property='article:published_time' content='{date}'>" if date else ""
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Twelve trawlers fined</title>{meta}</head><body><article><h1>Twelve trawlers fined"
        f"</h1>{body}</article></body></html>"
    ).encode("iso-8859-1")


def archive(path: Path, *, gzip: bool) -> Path:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=gzip)

        def add(url: str, content: bytes, kind: str = "text/html; charset=iso-8859-1", status: str = "200 OK") -> None:
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
            writer.write_record(
                writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=headers)
            )

        writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
        add("https://herald.example/trawlers", page("2019-05-04T08:00:00Z"))
        add("https://herald.example/logo.png", b"\x89PNG", kind="image/png")
        add("https://herald.example/gone", page(), status="404 Not Found")
        add("https://herald.example/menu", b"<!DOCTYPE html><html><body><a href='/'>Home</a></body></html>")
        add("https://herald.example/undated", page())
    return path


@pytest.mark.parametrize("gzip", [False, True])
def test_archive_gives_its_articles(tmp_path: Path, gzip: bool) -> None:
    problems: list[Problem] = []
    path = archive(tmp_path / ("a.warc.gz" if gzip else "a.warc"), gzip=gzip)
    dated, undated = read([path], problems=problems)
    assert (dated.url, dated.published, dated.title) == (
        "https://herald.example/trawlers",
        "2019-05-04",
        "Twelve trawlers fined",
    )
    assert "Bodø" in dated.text
    assert (undated.url, undated.published) == ("https://herald.example/undated", None)
    [problem] = problems
    assert problem.where.endswith("https://herald.example/menu")
    assert [a.id for a in read([tmp_path], problems=[])] == [dated.id, undated.id]


def test_archive_that_is_damaged_gives_what_stands_before(tmp_path: Path) -> None:
    whole = archive(tmp_path / "a.warc", gzip=False).read_bytes()
    at = whole.index(b"https://herald.example/undated")
    problems: list[Problem] = []
    found = list(read([put(tmp_path, "b.warc", whole[: at - 200] + b"\0\1garbage\r\n" * 20)], problems=problems))
    assert [a.url for a in found] == ["https://herald.example/trawlers"]
    assert problems


def test_archive_without_pages_is_an_error(tmp_path: Path) -> None:
    for content in (b"", b"not a warc at all\r\n\r\n"):
        with pytest.raises(ReadError):
            list(read([put(tmp_path, "a.warc", content)]))

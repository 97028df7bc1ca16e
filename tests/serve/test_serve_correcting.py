"""Corrections by forms: who may, what cannot be, what is gone, and that nothing of what somebody writes acts in a page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from serving import Reply, ask, served

import kg
from kg import corrections
from kg.model import Article
from kg.pipeline import remove
from kg.serve import Site
from kg.serve.changing.forms import Form
from kg.serve.changing.people import People
from kg.serve.changing.sheets import changes, marked, place
from kg.serve.pages.looking import Graph
from kg.store import Store, locks

TEXT = "Police chief Odd Ferring said on Tuesday that 12 people were killed in Lunde.\n\nMayor Tove Lindqvarn denied that the dam had broken."
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">{{ 7777*7777 }}'
HERE = "https://w3id.org/kg-said/article/flood"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("forms") / "store"
    with kg.open(path) as graph:
        graph.build(
            [
                Article("flood", TEXT, title="Flood", published="2021-03-02"),
                Article("gone", TEXT.replace("12", "14"), title="Gone"),
            ]
        )
    return path


@pytest.fixture(scope="module")
def port(store: Path) -> Iterator[int]:
    with (
        Store.open(store, read_only=True) as opened,
        served(Site(opened, page="page", people=People(alone="ana"))) as number,
    ):
        yield number


def said(store: Path, article: str = HERE, number: int = 0) -> str:
    with Store.open(store, read_only=True) as opened:
        return Graph(opened).said_in(article)[number].id


def send(
    port: int, target: str = "/correct", own: str | None = None, headers: dict[str, str] | None = None, **fields: str
) -> Reply:
    if own is None:
        own = re.findall(r'name="token" value="([0-9a-f]+)"', ask(port, "GET", "/add").text)[0]
    body = urlencode({"token": own, "do": "save", **{name.replace("__", "."): value for name, value in fields.items()}})
    return ask(port, "POST", target, body, content_type=FORM, **(headers or {}))


def test_corrections_are_of_this_servers_forms_alone(port: int, store: Path) -> None:
    iri = said(store)
    for target in ("/correct", "/undo"):
        assert send(port, target, own="0" * 64, thing=iri).status == 403
        for headers in ({"origin": "http://evil.example"}, {"sec_fetch_site": "cross-site"}, {"origin": "null"}):
            assert send(port, target, headers=headers, thing=iri).status == 403
        assert ask(port, "POST", target, "{}", content_type="application/json").status == 415
    assert ask(port, "GET", "/undo").status == 405
    with Store.open(store, read_only=True) as opened:
        assert corrections.recorded(opened) == []
    with served(Site(Store.open(), page="", people=People(alone="ana"))) as other:
        assert "in memory" in send(other, thing=iri, day="2021", was__day="").text
    with Store.open(store, read_only=True) as opened, served(Site(opened, page="", people=People())) as closed:
        assert send(closed, own="", thing=iri).status == 403


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "some day"}, "is not a date"),
        ({"cue": "sang"}, "“sang” is nowhere in the article"),
        ({"content": "", "was__content": "that"}, "A statement has a content"),
        ({"content": "x", "content__span": "5-99999"}, "its text may have changed"),
        ({"kind": "odd"}, "odd"),
        ({"number": "77"}, "“77” is nowhere in the article"),
        ({}, "Nothing is changed in the form."),
    ],
)
def test_corrections_that_cannot_be_are_told_in_the_sheet(
    port: int, store: Path, fields: dict[str, str], words: str
) -> None:
    reply = send(port, thing=said(store), why="kept", **fields)
    assert (reply.status, words in reply.text) == (409, True), reply.text[-3000:]
    assert reply.text.count('class="problem"') == 1
    assert 'value="kept"' in reply.text


def test_corrections_of_what_is_not_there(port: int) -> None:
    for thing in ("", "urn:x", f"{HERE}/statement/none", "https://w3id.org/kg-said/entity/nobody", HOSTILE):
        reply = ask(port, "GET", f"/correct?thing={quote(thing, safe='')}", accept="text/html")
        assert (reply.status, "nothing at that address that could be corrected" in reply.text) == (404, True), thing
        assert send(port, thing=thing, day="2021").status == 409
    assert send(port, "/undo", id="0123456789ab").status == 409
    assert ask(port, "GET", f"/correct?thing={quote(HERE, safe='')}&start=x").status == 400


def test_corrections_wait_for_another_process_and_say_so(
    port: int, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "PATIENCE", 0.2)
    iri = said(store)
    with Store.open(store) as other, other.reserved():
        reply = send(port, thing=iri, day="2021-03-01", was__day="")
        assert reply.status == 409
        assert re.search(r'class="problem"[^>]*>[^<]+\.</p>', reply.text)
        assert ask(port, "GET", "/corrections").status == 200


def test_corrections_tell_programs_what_is_on_record(port: int, store: Path) -> None:
    iri = said(store, number=1)
    reply = send(
        port, headers={"accept": "application/json"}, thing=iri, stance="claimed", was__stance="denied", why=HOSTILE
    )
    told = json.loads(reply.body)
    assert (reply.status, told["new"]) == (200, [True])
    again = json.loads(
        send(
            port, headers={"accept": "application/json"}, thing=iri, stance="claimed", was__stance="denied", why=HOSTILE
        ).body
    )
    assert (again["new"], again["decisions"]) == ([False], told["decisions"])
    for target in ("/corrections", told["target"], f"/correct?thing={quote(told['thing'], safe='')}"):
        page = ask(port, "GET", target, accept="text/html").text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "60481729" not in page
    listed = json.loads(ask(port, "GET", "/corrections.json").body)["found"]["items"]
    assert listed[0]["correction"]["why"] == HOSTILE
    # The machine's address leads to what became of it.
    assert ask(port, "GET", iri.removeprefix("https://w3id.org/kg-said")).status in (200, 303)
    assert (
        send(port, "/undo", id=told["decisions"][0], back="//evil.example/x").headers["location"].startswith("/?saved=")
    )


def test_corrections_of_an_article_that_is_gone_are_listed(port: int, store: Path) -> None:
    gone = HERE.replace("flood", "gone")
    assert send(port, thing=said(store, gone), day="2021-03-01", was__day="").status == 303
    with Store.open(store) as opened:
        remove([gone], store=opened)
    page = ask(port, "GET", "/corrections?state=orphan", accept="text/html").text
    assert "is not in the store" in page
    assert ">gone<" in page.replace("\n", "")
    assert ask(port, "GET", "/corrections?state=odd").status == 400


def test_what_was_changed_in_a_sheet() -> None:
    form = Form(
        {
            "thing": ["s"],
            "was.content": ["a  b"],
            "content": ["a\r\nb"],
            "was.day": ["2020"],
            "day": ["2020"],
            "f0.iri": ["f"],
            "f0.value": ["5"],
            "was.f0.value": ["5"],
        }
    )
    assert changes(form, "a b", None) == []
    form.fields.update(
        {
            "content": ["b c"],
            "f0.value": ["6"],
            "f0.role": ["plain"],
            "was.f0.role": [""],
            "speaker.words": ["c"],
        }
    )
    found = changes(form, "a b\nc b c", None)
    assert [(one.kind, one.value, one.part, one.span) for one in found] == [
        ("speaker", "", "", (4, 5)), ("content", "", "", (2, 5)), ("figure", "6", "value", None), ("figure", "", "role", None)
    ]  # fmt: skip
    assert marked(Form({"cue.span": ["0-1"], "cue": ["b"]}), "cue", "ab") is None, (
        "the words were changed after they were marked"
    )
    assert place("", "a", None) is None

"""Adding by a form: what is sent is read as ``kg build`` reads it, told of as it goes, and what cannot be read is said in a sentence."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from serving import Reply, ask, served

from kg.errors import UsageError
from kg.serve import Site, files
from kg.serve.answers import Refusal
from kg.serve.changing import forms, people
from kg.serve.changing.adding import Adding, Parcel
from kg.serve.changing.people import People
from kg.store import Store

Kg = Callable[..., Any]
BOUNDARY = "----kg1234"
TEXT = "Police chief Odd Ferring said on Tuesday that 12 people were killed in Lunde."


def parted(*parts: tuple[str, str | None, bytes]) -> bytes:
    """A form with files as browsers send it: name, name of the file, content."""
    out = io.BytesIO()
    for name, file, data in parts:
        head = f'Content-Disposition: form-data; name="{name}"' + (f'; filename="{file}"' if file is not None else "")
        out.write(f"--{BOUNDARY}\r\n{head}\r\n".encode())
        out.write(b"Content-Type: application/octet-stream\r\n\r\n" if file is not None else b"\r\n")
        out.write(data + b"\r\n")
    out.write(f"--{BOUNDARY}--\r\n".encode())
    return out.getvalue()


def token(port: int, path: str = "/add", **headers: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', ask(port, "GET", path, **headers).text)
    return found[1] if found else ""


def send(
    port: int, *parts: tuple[str, str | None, bytes], target: str = "/add", own: str | None = None, **headers: str
) -> Reply:
    own = token(port, **{k: v for k, v in headers.items() if k == "cookie"}) if own is None else own
    body = parted(("token", None, own.encode()), *parts)
    return ask(port, "POST", target, body, content_type=f"multipart/form-data; boundary={BOUNDARY}", **headers)


def told(port: int, target: str, *, until: str = "ended", seconds: float = 120) -> dict[str, Any]:
    """What is told of a parcel once it is as far as that."""
    end = time.monotonic() + seconds
    while True:
        found: dict[str, Any] = json.loads(ask(port, "GET", f"{target}.json").body)
        if found[until]:
            return found
        assert time.monotonic() < end, found
        time.sleep(0.1)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("adding") / "store"
    with Store.open(path):
        pass
    return path


@pytest.fixture(scope="module")
def port(place: Path) -> Iterator[int]:
    with (
        Store.open(place, read_only=True) as store,
        served(Site(store, page="page", people=People(alone="ana"))) as number,
    ):
        yield number


def test_adding_reads_what_build_reads_and_tells_what_was_left_out(port: int) -> None:
    told_of = "".join(
        f"<p>The harbour master Ana Ruiz said on Monday that {n} boats were lost in the storm off the coast.</p>"
        for n in range(40, 48)
    )
    page = f"<html><head><title>Boats lost</title></head><body><article>{told_of}</article></body></html>".encode()
    line = json.dumps(
        {"id": "one", "text": "Mayor Tove Lindqvarn promised a new bridge.", "date": "2021-03-04"}
    ).encode()
    reply = send(
        port, ("text", None, TEXT.encode()), ("published", None, b"2021-03-02"), ("publisher", None, b"Nordlys <b>Wire"),
        ("files", "boats.html", page), ("files", "many.jsonl", line + b"\nno json\n"), ("files", 'b\xc3\xb6se %22<i>.bin'.encode("latin-1").decode(), b"\x00\xff\x01" * 500),
    )  # fmt: skip
    assert (reply.status, reply.headers["location"]) == (303, "/add/1")
    found = told(port, "/add/1")
    assert (found["state"], found["by"], found["count"]) == ("done", "ana", 3), found
    problems = {one["where"]: one["reason"] for one in found["problems"]}
    assert problems['böse "<i>.bin'] == "The file is binary, not text."
    assert any(where.startswith("many.jsonl") for where in problems)
    assert all("/tmp" not in f"{where}{why}" for where, why in problems.items())
    shown = ask(port, "GET", "/add/1", accept="text/html").text
    assert "böse &#34;&lt;i&gt;.bin" in shown
    for one in found["added"]:
        assert ask(port, "GET", one["path"]).status == 200
    articles = ask(port, "GET", "/article/", accept="text/html").text
    assert "Nordlys &lt;b&gt;Wire" in articles
    # The same once more is no second article.
    again = told(
        port, send(port, ("text", None, TEXT.encode()), ("published", None, b"2021-03-02")).headers["location"]
    )
    assert (again["count"], again["known"]) == (0, 1)


@pytest.mark.parametrize(
    ("parts", "status", "words"),
    [
        ((("text", None, b" \r\n "),), 400, "There is nothing to read: paste a text, or choose a file."),
        ((("files", "", b""),), 400, "There is nothing to read"),
        ((("files", "empty.txt", b""),), 400, "empty.txt is empty."),
        ((("text", None, b"kept <b>"), ("published", None, b"yesterday")), 400, "yesterday"),
        ((("text", None, b"\xff\xfe"),), 400, "not in UTF-8"),
    ],
)
def test_adding_tells_at_once_what_cannot_be(
    port: int, parts: tuple[tuple[str, str | None, bytes], ...], status: int, words: str
) -> None:
    reply = send(port, *parts)
    assert (reply.status, words in reply.text) == (status, True), reply.text
    if b"kept" in parts[0][2]:
        assert "kept &lt;b&gt;</textarea>" in reply.text, "what was typed is still there"


def test_adding_says_of_what_is_too_long_or_busy_and_reads_again(port: int, place: Path) -> None:
    long = told(port, send(port, ("text", None, b"word " * 1_000_000)).headers["location"])
    assert long["state"] == "failed"
    assert "The text that was pasted: The text has 5,000,000 characters; an article has at most 1,000,000." in str(
        long["sentence"]
    )
    text = b"The Red Cross counted 210 homes destroyed in Marenholt."
    with Store.open(place) as other, other.reserved():
        began = send(port, ("text", None, text)).headers["location"]
        busy = told(port, began)
        assert busy["state"] == "failed"
        assert busy["again"]
        assert ask(port, "GET", "/article/").status == 200
    assert str(busy["sentence"]).endswith(".")
    assert str(place) in str(busy["sentence"])
    assert send(port, target=f"{began}/again").status == 303
    assert (done := told(port, began))["count"] == 1, done
    assert send(port, target=f"{began}/again").status == 409


def test_adding_stops_and_keeps_what_is_whole(port: int) -> None:
    lines = "".join(
        json.dumps({"id": f"stop-{n}", "text": f"Minister Rolf Amundsgard said that {n} farmers fled.\n" * 400}) + "\n"
        for n in range(30)
    )
    began = send(port, ("files", "many.jsonl", lines.encode())).headers["location"]
    waiting = send(port, ("text", None, b"The mayor said so.")).headers["location"]
    told(port, began, until="total")
    assert json.loads(ask(port, "GET", f"{waiting}.json").body)["state"] == "waiting"
    assert send(port, target=f"{waiting}/stop").status == 303
    assert send(port, target=f"{began}/stop").status == 303
    for target in (began, waiting):
        found = told(port, target)
        assert (found["state"], found["again"]) == ("stopped", True), found
        assert "what was stored before is kept" in str(found["sentence"])
    assert ask(port, "GET", "/").status == 200


def test_adding_on_a_full_disk_is_a_sentence(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    reply = send(port, ("text", None, TEXT.encode()))
    assert (reply.status, "What was sent cannot be kept: there is no space left on the disk." in reply.text) == (
        507,
        True,
    )


def test_adding_to_a_graph_in_memory_is_refused() -> None:
    with served(Site(Store.open(), page="page", people=People(alone="ana"))) as port:
        assert send(port, ("text", None, b"x")).status == 409
        assert "in memory" in send(port, ("text", None, b"x")).text


def test_adding_tells_when_a_reader_dies(tmp_path: Path) -> None:
    parcel = Parcel(1, "ana", {"a.txt": "a.txt"}, tmp_path, {})
    adding = Adding(tmp_path)
    with pytest.raises(Refusal, match="read already, or under way"):
        adding.again(parcel)
    for number in ("7", "x", "²", "9" * 30, "-1"):
        with pytest.raises(Refusal, match="Nothing with that number"):
            adding.find(number)


# ── who may ──


def test_adding_takes_forms_of_this_server_alone(port: int) -> None:
    own = token(port)
    text = ("text", None, TEXT.encode())
    for headers in (
        {"origin": "http://evil.example"}, {"origin": "null"}, {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}, {"host": "evil.example"},
    ):  # fmt: skip
        assert send(port, text, own=own, **headers).status in (403, 421), headers
    for wrong in ("", "0" * 64, own[:-1], "é"):
        reply = send(port, text, own=wrong)
        assert (reply.status, "load the page again" in reply.text) == (403, True)
    assert ask(port, "POST", "/add", "text=x", content_type="text/plain").status == 415
    assert ask(port, "POST", "/add", f"text=x&token={own}", content_type="application/json").status == 415
    for target in ("/add/1", "/", "/article/", "/graph"):
        assert ask(port, "POST", target, "", content_type="text/plain").status == 405
    assert ask(port, "GET", "/add/1/stop").status == 405
    assert ask(port, "GET", "/add/99").status == 404


def test_adding_by_people_with_secrets(place: Path) -> None:
    named = People(people.read(["Ana Ruiz:correct horse", "Bo:battery staple"]))
    with Store.open(place, read_only=True) as store, served(Site(store, page="page", people=named)) as port:
        text = ("text", None, b"Bo's text: the mayor said that 7 houses burned.")
        assert "Sign in</a> to add articles" in ask(port, "GET", "/add", accept="text/html").text
        assert send(port, text, own="").status == 401
        assert send(port, text, own="", authorization="Bearer wrong").status == 401
        own = token(port, "/sign-in")
        form = "application/x-www-form-urlencoded"
        wrong = ask(port, "POST", "/sign-in", f"token={own}&secret=guess", content_type=form)
        assert (wrong.status, "Nobody has that secret." in wrong.text) == (403, True)
        entered = ask(
            port, "POST", "/sign-in", f"token={own}&secret=correct+horse&to=//evil.example", content_type=form
        )
        assert (entered.status, entered.headers["location"]) == (303, "/")
        cookie = entered.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=lax" in cookie.lower()
        session = cookie.partition(";")[0]
        page = ask(port, "GET", "/add", accept="text/html", cookie=session)
        assert "Ana Ruiz <button>Sign out" in page.text
        assert send(port, ("text", None, b" "), own=own, cookie=session).status == 403, "the token of another session"
        assert send(port, ("text", None, b" "), cookie=session).status == 400, "nothing to read, but she may"
        began = send(port, text, own="", authorization="Bearer battery staple", accept="text/html")
        assert told(port, began.headers["location"])["by"] == "Bo"
        assert (
            ask(
                port, "POST", "/sign-out", f"token={token(port, cookie=session)}", content_type=form, cookie=session
            ).status
            == 303
        )
        assert send(port, ("text", None, b" "), own=own, cookie=session).status == 401
        assert ask(port, "GET", "/article/").status == 200, "who only looks needs no secret"


def test_adding_where_others_reach_the_server_needs_people(place: Path) -> None:
    from kg.serve import listen

    with Store.open(place, read_only=True) as store:
        site = Site(store, page="page", people=People(alone="ana"))
        listen(site, host="0.0.0.0", port=0).server_close()
        assert site.people.closed
        with served(site) as port:
            reply = send(port, ("text", None, b"x"), own="")
            assert (reply.status, "--token NAME:SECRET" in reply.text) == (403, True)
            assert "--token NAME:SECRET" in ask(port, "GET", "/add", accept="text/html").text
        named = Site(store, page="page", people=People({"correct horse": "Ana"}))
        listen(named, host="0.0.0.0", port=0).server_close()
        assert not named.people.closed


def test_people_are_read_from_options_and_files(tmp_path: Path) -> None:
    file = tmp_path / "people"
    file.write_text("# who\nAna:correct horse\n\nBo: battery: staple \n", encoding="utf-8")
    assert people.read([f"@{file}", "Cy:something long"]) == {
        "correct horse": "Ana",
        "battery: staple": "Bo",
        "something long": "Cy",
    }
    for wrong, words in (
        ("Ana", "NAME:SECRET"), (":secret word", "NAME:SECRET"), ("Ana:short", "at least 8"),
        ("A\x1b[31m:correct horse", "no name of a person"), (f"@{tmp_path / 'none'}", "cannot be read"), (f"@{tmp_path}", "cannot be read"),
    ):  # fmt: skip
        with pytest.raises(UsageError, match=words):
            people.read([wrong])
    with pytest.raises(UsageError, match="the same secret"):
        people.read(["Ana:correct horse", "Bo:correct horse"])


def test_people_of_the_command_are_checked_before_anything_is_served(place: Path, kg: Kg) -> None:
    done = kg("serve", "--store", place, "--port", 0, "--token", "Ana:short")
    assert (done.code, "The secret of Ana has 5 characters; it needs at least 8" in done.err) == (2, True)
    assert "short" not in done.err


# ── forms ──


def test_forms_are_read_to_the_byte() -> None:
    body = parted(
        ("a", None, "ü\r\nb".encode()), ("a", None, b""), ("f", "C:\\x\\y.txt", b"\r\n--no\r\n\r\n\x00"), ("f", "", b"")
    )
    form = forms._parted(body, BOUNDARY.encode())
    assert form.fields == {"a": ["ü\r\nb", ""]}
    assert [(file.name, file.data) for file in form.files] == [("y.txt", b"\r\n--no\r\n\r\n\x00")]
    for broken in (
        b"",
        body[:-20],
        body.replace(b"form-data;", b"x;"),
        b"--" + BOUNDARY.encode(),
        body.replace(b"\r\n\r\n", b"\r\n"),
    ):
        with pytest.raises(ValueError, match=r".|^$"):
            forms._parted(broken, BOUNDARY.encode())
    with pytest.raises(Refusal, match="parts at most"):
        forms._parted(parted(*[("a", None, b"")] * 1001), BOUNDARY.encode())


def test_the_scripts_of_pages_are_there() -> None:
    for name in files.NAMES:
        assert files.read(name)[0], name

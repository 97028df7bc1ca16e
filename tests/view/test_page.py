"""The page as text. What it does in a browser is in test_browser.py."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from conftest import HOSTILE, hostile

from kg import view
from kg.errors import ExportError
from kg.model import EntityType, LinkKind
from kg.view import page
from kg.view.data import Link, Node, ViewData
from kg.view.drawing import network, style


class Reader(HTMLParser):
    """Tags with attributes, and the raw text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self._open: tuple[str, dict[str, str | None]] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._open, self._text = (tag, dict(attrs)), ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[0] == tag:
            self.raw.append((*self._open, self._text))
        self._open = None


def _read(text: str) -> Reader:
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader


def _data(text: str) -> dict[str, list[dict[str, object]]]:
    (found,) = [body for tag, attrs, body in _read(text).raw if tag == "script" and attrs.get("id") == "data"]
    return json.loads(found)


def _unpacked(text: str) -> dict[str, Any]:
    (found,) = [body for tag, attrs, body in _read(text).raw if tag == "script" and attrs.get("id") == "data"]
    loaded: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found)))
    return loaded


def test_page_names_no_address_to_load_and_allows_no_request(flood: ViewData) -> None:
    reader = _read(view.html(flood, title="Flood"))
    assert not [tag for tag, attrs in reader.tags if "src" in attrs]
    assert {attrs["href"] for tag, attrs in reader.tags if tag == "link"} == {"data:,"}
    assert not [tag for tag, attrs in reader.tags for name in attrs if name.startswith("on") or name == "style"]
    (policy,) = [
        a["content"] for t, a in reader.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    ]
    rules = dict(rule.split(" ", 1) for rule in (policy or "").split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["img-src"] == "data: blob:"
    assert "unsafe" not in (policy or "")
    assert "connect-src" not in rules  # so default-src's 'none' holds


def test_page_policy_allows_exactly_the_scripts_and_the_style_that_are_there(flood: ViewData) -> None:
    reader = _read(view.html(flood, title="Flood"))

    def hashes(tag: str) -> set[str]:
        return {
            "'sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() + "'"
            for name, attrs, body in reader.raw
            if name == tag and attrs.get("type") != "application/json"
        }

    (policy,) = [a["content"] or "" for t, a in reader.tags if t == "meta" and "http-equiv" in a]
    rules = {rule.split(" ")[0]: set(rule.split(" ")[1:]) for rule in policy.split("; ")}
    assert rules["script-src"] == hashes("script")
    assert rules["style-src"] == hashes("style")
    assert len(hashes("script")) == 2


def test_page_data_hold_everything_a_card_shows(flood: ViewData) -> None:
    data = _data(view.html(flood, title="Flood"))
    first = next(statement for statement in data["statements"] if statement["id"] == "s3")
    assert first["speakerName"] == "Tomás Vera"
    assert (first["role"], first["organisation"], first["tense"]) == ("mayor", "Chone", "former")
    assert first["kind"] == "direct"
    assert first["evidence"][0] == ["“Nobody warned us,”", "content"]
    assert data["articles"][first["article"]]["url"] == "https://radio.example/flood"
    (pair,) = [pair for pair in data["comparisons"] if pair["verdict"] == "contradicts"]
    assert (pair["left"]["figure"]["low"], pair["right"]["figure"]["value"]) == (210, 180)
    assert data["statements"][pair["left"]["statement"]]["id"] == "s2"


def test_page_draws_entities_only_figures_and_dates_are_no_nodes(flood: ViewData) -> None:
    data = _data(view.html(flood, title="Flood"))
    assert [node["name"] for node in data["nodes"]] == [node.name for node in flood.nodes]
    assert len(data["links"]) == len(flood.links)


def test_page_has_the_looks_that_pyvis_prepared(flood: ViewData) -> None:
    prepared = network.Prepared()
    assert not prepared.options["physics"]["enabled"]
    looks = prepared.drawing()
    assert {family: look["shape"] for family, look in looks["families"].items()} == {
        family: look.shape for family, look in style.FAMILIES.items()
    }
    assert set(looks["kinds"]) == set(LinkKind)
    assert looks["kinds"]["disagrees_with"] == {"arrows": "", "dashes": [7, 5]}
    assert _data(view.html(flood))["drawing"] == json.loads(json.dumps(looks))


def test_page_parallel_links_bend_apart(flood: ViewData) -> None:
    bends = [link["bend"] for link in _data(view.html(flood))["links"] if {link["source"], link["target"]} == {0, 7}]
    assert len(bends) == 2
    assert bends[0] != bends[1]


def test_page_every_type_and_kind_of_link_has_a_look_of_its_own() -> None:
    families = {kind.family for kind in EntityType}
    assert set(style.FAMILIES) == families
    assert len({look.shape for look in style.FAMILIES.values()}) == len(families)
    assert len({look.colour for look in style.FAMILIES.values()}) == len(families)
    assert set(style.TIES) == set(LinkKind)
    assert len({tie.light for tie in style.TIES.values()}) == len(LinkKind)
    assert len({tie.dashes for tie in style.TIES.values()}) == len(LinkKind), "nobody needs colours to tell two apart"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_verdicts_are_three_colours_to_a_deuteranope_too(theme: str) -> None:
    verdicts = (LinkKind.DISAGREES_WITH, LinkKind.REVISES, LinkKind.AGREES_WITH)
    seen = [_deuteranope(getattr(style.TIES[kind], theme)) for kind in verdicts]
    for one, two in combinations(seen, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, two, strict=True)) ** 0.5 > 0.12, (theme, one, two)


def _deuteranope(colour: str) -> tuple[float, ...]:
    """A colour as somebody without green cones sees it (Machado, Oliveira and Fernandes 2009), in linear light."""
    values = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in values)
    rows = ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881))
    return tuple(a * red + b * green + c * blue for a, b, c in rows)


def _contrast(one: str, two: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(two)))
    return (high + 0.05) / (low + 0.05)


def test_page_links_contrast_with_the_paper_in_both_themes() -> None:
    for kind, tie in style.TIES.items():
        assert _contrast(tie.light, "#ffffff") >= 3, kind
        assert _contrast(tie.dark, "#0f1522") >= 3, kind


def test_page_hostile_strings_stay_data(flood: ViewData) -> None:
    clean, text = view.html(flood, title="t"), view.html(hostile(flood), title=HOSTILE[0])
    assert [tag for tag, _ in _read(text).tags] == [tag for tag, _ in _read(clean).tags]
    assert "\u2028" not in text
    data = _data(text)
    assert data["nodes"][0]["name"] == HOSTILE[0]
    assert data["nodes"][3]["name"] == HOSTILE[3]
    assert "<title>&lt;/script&gt;" in text


def test_page_title_is_text() -> None:
    assert "<title>A &lt;b&gt; &amp; {{ c }}</title>" in view.html(ViewData(), title="A <b> & {{ c }}")


def test_page_numbers_that_json_does_not_know_become_unknown(flood: ViewData) -> None:
    figure = replace(flood.statements[0].figures[0], value=float("nan"), low=float("-inf"), high=float("inf"))
    odd = replace(flood, statements=(replace(flood.statements[0], figures=(figure,)), *flood.statements[1:]))
    found = _data(view.html(odd, title="t"))["statements"][0]["figures"][0]
    assert (found["value"], found["low"], found["high"]) == (None, None, None)


def test_page_write_makes_the_folder_and_is_the_same_bytes_each_time(flood: ViewData, tmp_path: Path) -> None:
    path = view.write(flood, tmp_path / "deep" / "graph.html", title="Flood")
    assert path == tmp_path / "deep" / "graph.html"
    first = path.read_bytes()
    assert first == view.write(flood, path, title="Flood").read_bytes()
    assert first.decode("utf-8") == view.html(flood, title="Flood")
    assert "Manabí".encode() in first


def test_page_write_says_in_a_sentence_where_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ExportError, match=r"^.*graph\.html cannot be written: .*\.$"):
        view.write(ViewData(), tmp_path / "file" / "graph.html", title="t")


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes anywhere")
def test_page_write_names_a_folder_without_permission(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(ExportError, match="this account has no right to it"):
        view.write(ViewData(), tmp_path / "graph.html", title="t")


def test_page_shows_itself_in_a_notebook_in_a_frame_of_its_own(flood: ViewData) -> None:
    shown = view.show(flood, title="Flood")._repr_html_()
    reader = _read(shown)
    assert [tag for tag, _ in reader.tags] == ["iframe", "p", "code"]
    assert "11 actors, 18 links, 8 statements" in shown.split("</iframe>")[1]
    attributes = reader.tags[0][1]
    assert (attributes["srcdoc"] or "").startswith("<!DOCTYPE html>")
    assert "allow-same-origin" not in (attributes["sandbox"] or "")


def test_page_of_one_node_with_ten_thousand_links_is_made() -> None:
    nodes = tuple(Node(f"n{at}", f"Actor {at}", EntityType.PERSON) for at in range(5001))
    links = tuple(
        Link("n0", f"n{1 + at % 5000}", kind) for at in range(5000) for kind in (LinkKind.SAID_ABOUT, LinkKind.PART_OF)
    )
    shown = page.Page(ViewData(nodes, links), title="Star")
    found = _unpacked(shown.html)
    assert found["links"]["columns"]["source"] == {"every": 0}
    assert found["links"]["rows"] == 10_000


def test_page_carries_vis_network_gzipped_where_it_is_packed(flood: ViewData) -> None:
    many = tuple(Node(f"n{at}", f"Actor {at}", EntityType.PERSON) for at in range(page.PLAIN + 1))
    small, packed = page.Page(flood).html, page.Page(ViewData(many)).html
    assert "@version 9.1.2" in small
    assert "@version 9.1.2" not in packed
    source = re.search(r'id="vis-source">([^<]*)</script>', packed)
    assert source is not None
    script = gzip.decompress(base64.b64decode(source[1])).decode("utf-8")
    assert "@version 9.1.2" in script
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    assert digest in packed, "the policy allows what comes out of it"
    drawn = page.Page(flood, renderer="canvas").html
    assert len(drawn) < len(small) / 2


def test_page_packs_the_same_data_as_it_writes_plainly(flood: ViewData) -> None:
    plain, packed = _data(view.html(flood)), _unpacked(page.html(flood, renderer="canvas"))
    for name in ("nodes", "links", "comparisons", "articles"):
        columns = packed[name]["columns"]
        for at, row in enumerate(plain[name]):
            assert row == {
                key: values[at] if isinstance(values, list) else values["every"] for key, values in columns.items()
            }
    columns = packed["statements"]["columns"]
    assert columns["called"][2] is None, "told by the node"
    assert columns["given"] == {"every": None}, "told by the evidence"
    third = plain["statements"][2]
    assert columns["words"][2] == "".join(text for text, _ in third["evidence"])
    assert columns["cuts"][2].startswith("19w1-35s2-4c")


def test_page_refuses_a_graph_that_no_browser_would_show(monkeypatch: pytest.MonkeyPatch, flood: ViewData) -> None:
    monkeypatch.setattr(page, "MOST_NODES", 10)
    with pytest.raises(ExportError, match=r"11 actors and 18 links is too large.*--min-confidence.*--top.*gexf\)\.$"):
        page.Page(flood)


def test_page_is_what_calling_the_module_gives(flood: ViewData) -> None:
    import kg

    assert kg.view(flood, title="Flood").html == view.html(flood, title="Flood")
    assert repr(kg.view(flood, title="Flood")) == "Flood: 11 actors, 18 links, 8 statements"

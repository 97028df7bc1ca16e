"""Pages of things: what they show, in which forms, at which addresses, and that nothing of a text acts in them."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import story
from serving import ask, served

from kg.serve import Site, files, site
from kg.serve.pages.looking import WHOLE, Graph
from kg.serve.pages.reading import paragraphs, runs
from kg.store import Store
from kg.view.data import Mark, Statement
from kg.view.rows import from_rows

BASE = "https://data.example.org/port/"
HOSTILE = '</script><script>alert(1)</script><img src=x onerror="alert(2)">\u202e{{ 7777*7777 }}'


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with Store.open(tmp_path_factory.mktemp("desk") / "store", base=BASE) as made:
        made.add(story.store().quads())
        yield made


@pytest.fixture(scope="module")
def graph(store: Store) -> Graph:
    return Graph(store)


@pytest.fixture(scope="module")
def port(store: Store) -> Iterator[int]:
    with served(Site(store, page="page")) as number:
        yield number


def local(iri: str) -> str:
    return iri.replace(BASE, "/").replace("https://w3id.org/kg-said/country/", "/country/")


def test_pages_every_thing_of_the_graph_has_one_in_every_form(port: int, graph: Graph) -> None:
    figures = [figure.id for one in graph.told(graph.statements()) for figure in one.figures]
    things = [
        graph.articles()[0].id,
        graph.statements()[0],
        graph.actors()[0].id,
        graph.comparisons()[0][1],
        graph.affairs()[0].id,
        figures[0],
    ]
    for iri in things:
        page = ask(port, "GET", local(iri), accept="text/html,*/*;q=0.1")
        assert (page.status, page.type) == (200, "text/html; charset=utf-8"), iri
        assert f"<code>{iri}</code>" in page.text
        for ending, kind in (
            ("ttl", "text/turtle"),
            ("jsonld", "application/ld+json"),
            ("nt", "application/n-triples"),
            ("rdf", "application/rdf+xml"),
        ):
            negotiated = ask(port, "GET", local(iri), accept=kind)
            assert negotiated.type.partition(";")[0] == kind
            assert negotiated.headers["content-location"] == f"{local(iri)}.{ending}"
            assert ask(port, "GET", f"{local(iri)}.{ending}").body == negotiated.body
            told = list(ox.parse(negotiated.body, format=ox.RdfFormat.from_media_type(kind)))
            assert any(quad.subject == ox.NamedNode(iri) for quad in told), (iri, kind)
        data = json.loads(ask(port, "GET", local(iri), accept="application/json").body)
        assert data["iri"] == iri


def test_pages_of_all_statements_and_actors_are_whole(port: int, graph: Graph) -> None:
    for iri in (*graph.statements(), *(node.id for node in graph.actors()), *(iri for _, iri in graph.comparisons())):
        assert ask(port, "GET", local(iri)).status == 200, iri


def test_pages_turtle_of_a_statement_holds_its_evidence_figures_and_comparisons(port: int, graph: Graph) -> None:
    compared = next(one for _, iri in graph.comparisons() if (one := graph.comparison(iri)) and one.left_figure)
    told = ask(port, "GET", f"{local(compared.left)}.ttl").text
    for part in ("oa:exact", "oa:start", "kg:wording", "kg:leftStatement"):
        assert part in told


def test_pages_article_marks_the_exact_characters(port: int, graph: Graph) -> None:
    for article in graph.articles():
        whole, statements = graph.article(article.id), graph.said_in(article.id)
        assert "".join(run.text for run in runs(whole.text, statements)) == whole.text
        page = ask(port, "GET", local(article.id)).text
        for statement in statements:
            for mark, span in statement.spans:
                words = whole.text[span.start : span.end]
                if mark is Mark.CUE:
                    assert re.search(rf'<mark class="cue">(<a [^>]+>)?{re.escape(words)}', page), words
            assert f'id="s-{statement.id.rsplit("/", 1)[1]}"' in page


def test_pages_cards_tell_what_the_named_query_tells(graph: Graph) -> None:
    for card, whole in zip(graph.told(graph.statements()), graph.told(graph.statements(), WHOLE), strict=True):
        assert replace(whole, evidence=(), start=0, end=0) == card


def test_pages_figures_are_those_of_the_named_query(graph: Graph) -> None:
    seen = 0
    for one in graph.told(graph.statements()):
        tables = {
            WHOLE: graph._rows(WHOLE, statement=one.id),
            "statement_figures": graph._rows("statement_figures", statement=one.id),
        }
        [asked] = from_rows(tables).statements
        assert one.figures == asked.figures
        seen += len(one.figures)
    assert seen > 5


def test_pages_affairs_are_those_of_the_named_query(graph: Graph) -> None:
    asked = [
        (str(row["affair"]), row["label"], str(row["happening"] or ""), *(int(row[name]) for name in ("articles", "publishers", "disagreements")))
        for row in graph._rows("affairs")
    ]  # fmt: skip
    found = [
        (one.id, one.label, one.happening, one.articles, one.publishers, one.disagreements) for one in graph.affairs()
    ]
    assert found == asked
    assert found[0][5] > 0


def test_pages_runs_of_overlapping_marks() -> None:
    from kg.model import Span

    outer = Statement(
        "o", None, "", "", "a", spans=((Mark.CONTENT, Span(0, 20)), (Mark.CUE, Span(20, 24))), start=0, end=24
    )
    inner = Statement(
        "i", None, "", "", "a", spans=((Mark.SOURCE, Span(2, 5)), (Mark.CONTENT, Span(6, 90))), start=2, end=20
    )
    found = runs("0123456789abcdefghij said\nnext", [outer, inner])
    assert [(run.text, run.mark, run.statement, run.leads) for run in found] == [
        ("01", "content", "o", False), ("234", "source", "i", True), ("5", "content", "o", False),
        ("6789abcdefghij", "content", "i", False), (" sai", "cue", "o", True), ("d\nnext", "content", "i", False),
    ]  # fmt: skip
    assert [[run.text for run in line][-1] for line in paragraphs("ab\n\ncd", [])] == ["ab", "cd"]


def test_pages_that_a_browser_kept_keep_their_policy(port: int, graph: Graph) -> None:
    """The headers of “not modified” take the place of those that were kept: a policy for nothing would take the style away."""
    for path in ("/", "/article/", local(graph.articles()[0].id), "/desk.css", "/graph"):
        first = ask(port, "GET", path, accept="text/html")
        again = ask(port, "GET", path, accept="text/html", if_none_match=first.headers["etag"])
        assert again.status == 304, path
        assert again.headers.get("content-security-policy") in (None, first.headers["content-security-policy"]), path


def test_pages_are_answered_while_the_graph_is_drawn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site, "_DRAWING", 0.05)
    go, drawn = threading.Event(), []

    def draw(_: Store) -> str:
        drawn.append(1)
        assert go.wait(20)
        return "<p>the picture</p>"

    with served(Site(store, page=draw)) as number:
        for _ in range(3):
            reply = ask(number, "GET", "/graph", accept="text/html")
            assert (reply.status, "The graph is being drawn" in reply.text) == (202, True)
        assert ask(number, "GET", "/article/").status == 200
        go.set()
        monkeypatch.setattr(site, "_DRAWING", 20)
        assert ask(number, "GET", "/graph").text == "<p>the picture</p>"
    assert drawn == [1]


def test_pages_statement_tells_evidence_figures_and_why(port: int, graph: Graph) -> None:
    one = next(c for _, iri in graph.comparisons() if (c := graph.comparison(iri)) and c.verdict == "contradicts")
    page = ask(port, "GET", local(one.left)).text
    assert '<mark class="cue">' in page
    assert "Speaker found by" in page
    assert _escaped(one.reason) in page
    assert local(one.right) in page


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("'", "&#39;").replace('"', "&#34;")


def test_pages_actor_tells_offices_by_time_statements_and_links(port: int, graph: Graph) -> None:
    node = next(node for node in graph.actors() if graph.held_by(node.id) and graph.spoken(node.id))
    data = json.loads(ask(port, "GET", f"{local(node.id)}.json").body)
    assert [held["date"] for held in data["held_by"]] == sorted(held["date"] for held in data["held_by"])
    assert data["spoken"]["total"] == len(graph.spoken(node.id))
    assert {tie["kind"] for tie in data["ties"]} >= {"holds_office_in"}
    page = ask(port, "GET", local(node.id)).text
    assert "Offices by time" in page


# ── addresses ──


def test_pages_addresses(port: int, graph: Graph) -> None:
    statement = graph.statements()[0]
    key, article = statement.rsplit("/", 1)[1], statement.split("/article/")[1].split("/")[0]
    alone = [iri for iri in graph.statements() if iri.endswith(f"/{key}")] == [statement]
    for short in (
        *[f"/statement/{key}"] * alone,
        f"/statement/{article}/{key}",
        f"/resource?iri={quote(statement, safe='')}",
    ):
        reply = ask(port, "GET", short)
        assert (reply.status, reply.headers["location"]) == (303, local(statement)), short
    actor = local(graph.actors()[0].id)
    assert ask(port, "GET", actor.replace("-", "%2D")).status == 200, "an escape that need not be one"
    assert ask(port, "GET", "/article").headers["location"] == "/article/"
    assert ask(port, "GET", "/resource?iri=urn:x").status == 404


@pytest.mark.parametrize("path", ["/entity/nobody", "/article/", "/article/x/statement/y", "/statement/none", "/nothing/at/all", "/entity/%FF%00", "/entity/../../etc/passwd", "/entity/" + "a" * 9000, "/entity/a b".replace(" ", "%20"), "/entity//", "/.ttl", "/entity/.ttl"])  # fmt: skip
def test_pages_unknown_addresses_are_told_in_words_with_a_search(port: int, path: str) -> None:
    reply = ask(port, "GET", path, accept="text/html")
    if path == "/article/":
        assert reply.status == 200
        return
    assert reply.status == 404
    assert "There is nothing at that address." in reply.text
    assert '<form role="search"' in reply.text
    assert ask(port, "GET", path).text.startswith("There is nothing at that address.")


def test_pages_entity_that_was_replaced_leads_to_the_one_in_its_place(port: int, store: Store, graph: Graph) -> None:
    now = graph.actors()[0].id
    quad = ox.Quad(ox.NamedNode(f"{BASE}entity/former"), ox.NamedNode("http://purl.org/dc/terms/isReplacedBy"), ox.NamedNode(now), ox.NamedNode(f"{BASE}graph/entities"))  # fmt: skip
    store.add([quad])
    try:
        reply = ask(port, "GET", "/entity/former", accept="text/html")
        assert (reply.status, reply.headers.get("location")) in ((303, local(now)), (200, None))
    finally:
        store.apply(remove=[quad])


def test_pages_lists_are_paged_with_sizes_in_a_range(port: int, graph: Graph) -> None:
    first = json.loads(ask(port, "GET", "/statement/?size=3", accept="application/json").body)["found"]
    last = json.loads(ask(port, "GET", "/statement/?size=3&page=99999", accept="application/json").body)["found"]
    assert (len(first["items"]), first["total"]) == (3, len(graph.statements()))
    assert last["page"] == -(-last["total"] // 3)
    seen = [
        item["id"]
        for page in range(1, last["page"] + 1)
        for item in json.loads(ask(port, "GET", f"/statement/?size=3&page={page}", accept="application/json").body)[
            "found"
        ]["items"]
    ]
    assert seen == graph.statements()
    for wrong in ("size=0", "size=501", "size=x", "size=-1", "page=0", "page=²"):
        reply = ask(port, "GET", f"/statement/?{quote(wrong, safe='=')}")
        assert reply.status == 400, wrong
        assert "is a number from" in reply.text
    assert ask(port, "GET", "/entity/?type=person").status == 200
    assert ask(port, "GET", "/entity/?type=wizard").status == 400
    contradictions = json.loads(ask(port, "GET", "/comparison/?verdict=contradicts", accept="application/json").body)
    assert {one["verdict"] for one in contradictions["found"]["items"]} == {"contradicts"}


def test_pages_of_an_affair_show_what_is_counted_and_by_whom(port: int, graph: Graph) -> None:
    [affair] = graph.affairs()
    assert affair.label in ask(port, "GET", "/affair/", accept="text/html").text
    page = ask(port, "GET", local(affair.id), accept="text/html").text
    assert "510" in page
    assert "Marit Haugland" in page
    data = json.loads(ask(port, "GET", local(affair.id), accept="application/json").body)
    assert len(data["affair"]["articles"]) == affair.articles == 3


def test_pages_search_finds_actors_articles_and_statements(port: int, graph: Graph) -> None:
    node = next(node for node in graph.actors() if " " in node.name)
    word = node.name.split()[-1][:4]
    assert node.id in {
        one["id"]
        for one in json.loads(ask(port, "GET", f"/search?q={quote(word)}", accept="application/json").body)["actors"]
    }
    assert "Nothing in the graph has these words" in ask(port, "GET", "/search?q=xyzzy", accept="text/html").text
    assert ask(port, "GET", f"/search?q={quote(chr(34) + '} DROP')}", accept="text/html").status == 200


# ── what a text can try ──


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def acting(page: str) -> list[str]:
    tags = Tags()
    tags.feed(page)
    wrong = [
        tag
        for tag, has in tags.found
        if tag == "img" or (tag == "script" and not str(has.get("src", "")).startswith("/"))
    ]
    wrong += [name for _, has in tags.found for name in has if name.startswith("on") or name == "style"]
    wrong += [
        str(has["href"])
        for _, has in tags.found
        if str(has.get("href") or "").lower().startswith(("javascript", "data:text"))
    ]
    return wrong


def test_pages_nothing_of_a_text_acts(tmp_path: Path) -> None:
    """Every string of the graph is made hostile, and every page is still one of words alone."""
    with Store.open(tmp_path / "store") as made:
        made.add(story.store().quads())
        quads = [
            quad
            for quad in made.quads()
            if isinstance(quad.object, ox.Literal) and quad.object.datatype.value.endswith(("#string", "#langString"))
        ]
        keep = re.compile(r"(date|issued|start|end|unitText|countryName)$")
        changed = [quad for quad in quads if not keep.search(quad.predicate.value)]
        made.apply(
            remove=changed,
            add=[ox.Quad(q.subject, q.predicate, ox.Literal(HOSTILE + q.object.value), q.graph_name) for q in changed],
        )  # type: ignore[union-attr]
        article = next(made.subjects_of_type("https://w3id.org/kg-said/ns#Article"))
        made.add(
            [
                ox.Quad(
                    article,
                    ox.NamedNode("https://schema.org/url"),
                    ox.Literal("javascript:alert(1)"),
                    ox.NamedNode("urn:g"),
                )
            ]
        )  # type: ignore[arg-type]
        graph = Graph(made)
        things = [graph.articles()[0].id, graph.statements()[0], graph.actors()[0].id, graph.comparisons()[0][1]]
        things.append(graph.affairs()[0].id)
        paths = [iri.replace("https://w3id.org/kg-said", "") for iri in things]
        with served(Site(made, page="")) as port:
            for path in (
                *paths,
                "/affair/",
                "/article/",
                "/entity/",
                "/statement/",
                "/comparison/",
                "/",
                "/add",
                "/review",
                "/corrections",
                f"/sign-in?to={quote(HOSTILE, safe='')}",
                *(f"/correct?thing={quote(iri, safe='')}&back={quote(HOSTILE, safe='')}" for iri in things[:3]),
                f"{paths[0]}?saved={quote(HOSTILE, safe='')}",
                f"/search?q={quote(HOSTILE)}",
                f"/entity/{quote(HOSTILE, safe='')}",
                "/query",
            ):
                reply = ask(port, "GET", path, accept="text/html")
                assert reply.status in (200, 404), path
                assert acting(reply.text) == [], path
                assert "60481729" not in reply.text, "a template of a text is none"
                assert "script-src 'self'" in reply.headers["content-security-policy"]


# ── for programs ──


def test_openapi_names_addresses_that_answer(port: int, graph: Graph) -> None:
    document = json.loads(ask(port, "GET", "/openapi.json").body)
    assert document["openapi"].startswith("3.1")
    statement = graph.statements()[0].split("/")
    known = {
        "/article/{id}": local(graph.articles()[0].id), "/entity/{id}": local(graph.actors()[0].id), "/comparison/{id}": local(graph.comparisons()[0][1]),
        "/affair/{id}": local(graph.affairs()[0].id),
        "/article/{id}/statement/{key}": f"/article/{statement[-3]}/statement/{statement[-1]}",
        "/search": "/search?q=a", "/names": "/names?q=a", "/ask": "/ask?q=which+sources+are+unnamed", "/fill": "/fill?question=disagreements&words=boat",
    }  # fmt: skip
    for path, methods in document["paths"].items():
        if "get" in methods and path != "/sparql":
            reply = ask(port, "GET", known.get(path, path), accept="application/json")
            assert (reply.status, reply.type.partition(";")[0]) == (200, "application/json"), path


def test_questions_are_filled_in_and_asked_in_plain_words(port: int) -> None:
    filled = json.loads(ask(port, "GET", "/fill?question=disagreements&words=boat").body)["text"]
    assert '"boat"' in filled
    reply = ask(port, "GET", "/fill?question=disagreements&nonsense=1")
    assert (reply.status, "has no parameter" in reply.text) == (400, True)
    for name in ("/etc/passwd", "../x.rq", "/tmp/x.rq"):
        assert ask(port, "GET", f"/fill?question={quote(name)}").status == 400
    asked = json.loads(ask(port, "GET", f"/ask?q={quote('which sources are unnamed')}").body)
    assert asked["name"] == "unnamed_sources"
    assert ask(port, "POST", "/sparql", asked["text"], content_type="application/sparql-query").status == 200
    assert ask(port, "GET", f"/ask?q={quote('how do I bake bread')}").status == 400


def test_every_named_question_runs_as_the_page_fills_it_in(port: int) -> None:
    for question in json.loads(ask(port, "GET", "/questions").body):
        given = {
            p["name"]: {
                "date": "2015-01-01",
                "when": "2015",
                "integer": "1",
                "decimal": "1",
                "iri": f"{BASE}entity/x",
            }.get(p["type"], "a")
            for p in question["parameters"]
            if p["default"] is None
        }
        fields = "&".join(f"{name}={quote(value)}" for name, value in given.items())
        reply = ask(port, "GET", f"/fill?question={question['name']}&{fields}")
        assert reply.status == 200, (question["name"], reply.text)


def test_terms_are_those_of_the_ontology(port: int) -> None:
    told = json.loads(ask(port, "GET", "/terms").body)
    short = {term["short"]: term for term in told["terms"]}
    assert short["kg:Statement"]["kind"] == "class"
    assert short["kg:speaker"]["kind"] == "property"
    assert short["kg:verdict-contradicts"]["kind"] == "value"
    assert "kg" in told["prefixes"]


def test_files_of_others_are_those_that_were_looked_at() -> None:
    manifest = json.loads((Path(files.__file__).parent / "vendored" / "manifest.json").read_text("utf-8"))
    for name, entry in manifest.items():
        import hashlib

        body, _, _ = files.read(f"vendored/{name}")
        assert (len(body), hashlib.sha256(body).hexdigest()) == (entry["bytes"], entry["sha256"])
    assert {f"vendored/{name}" for name in manifest} == {name for name in files.NAMES if name.startswith("vendored/")}

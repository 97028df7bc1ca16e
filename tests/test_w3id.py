"""The registration for w3id.org: its rules lead every IRI of kg to a file of this project, and to nothing private."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kg import vocabulary as v
from kg.rdf import minting as m
from kg.store.base import under

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "w3id" / "kg-said"
HOME = "https://example.org/kg-said"


def target(iri: str, accept: str) -> tuple[str, set[str]] | None:
    """Where the rules lead an IRI, and with which flags: mod_rewrite in a folder, as far as these rules use it."""
    path = iri.partition("#")[0].removeprefix(v.DATA.rstrip("/")).removeprefix("/")
    known: dict[str, str] = {}
    wanted: list[tuple[str, bool]] = []
    for line in (FOLDER / ".htaccess").read_text("utf-8").splitlines():
        kind, *words = line.split()[:1] + line.split()[1:] if line.strip() else [""]
        if kind == "RewriteCond":
            assert words[0] == "%{HTTP_ACCEPT}"
            wanted.append((words[1], words[2:] == ["[OR]"]))
        elif kind == "RewriteRule":
            pattern, to, flags = words[0], words[1], set(words[2].strip("[]").split(","))
            # Conditions with OR are one: any of them.
            assert all(either for _, either in wanted[:-1])
            fits = not wanted or any(re.search(cond, accept) for cond, _ in wanted)
            wanted = []
            found = re.search(pattern, path)
            if not fits or found is None:
                continue
            for flag in flags:
                if flag.startswith("E="):
                    name, _, value = flag.removeprefix("E=").partition(":")
                    known[name] = value
            if to != "-":
                filled = re.sub(r"%\{ENV:(\w+)\}", lambda e: known[e[1]], to)
                filled = re.sub(r"(?<!\\)\$(\d)", lambda g: found[int(g[1])], filled)  # noqa: B023 - used at once
                return filled.replace("\\#", "#"), flags
        else:
            assert kind in ("", "#", "Options", "RewriteEngine"), line
    return None


TERMS = [v.ONTOLOGY, v.version_iri(), v.version_iri("9.9.9"), v.Class.STATEMENT.value, v.Property.SPEAKER.value]


@pytest.mark.parametrize("iri", TERMS)
@pytest.mark.parametrize(
    ("accept", "file"),
    [("text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "README.md"), ("text/turtle", "kg.ttl"), ("*/*", "kg.ttl")],
)
def test_w3id_terms_lead_to_the_ontology(iri: str, accept: str, file: str) -> None:
    found = target(iri, accept)
    assert found is not None
    assert found == (f"{HOME}/ontology/{file}", {"R=303", "L"})


def test_w3id_every_file_behind_a_rule_is_there() -> None:
    files = [
        v.ONTOLOGY,
        f"{v.DATA}shapes",
        f"{v.DATA}shapes#Entity",
        f"{v.DATA}alignments/{v.VERSION}",
        v.DATA,
        v.DATA.rstrip("/"),
    ]
    for iri in files:
        for accept in ("text/html", "text/turtle"):
            found = target(iri, accept)
            assert found is not None, iri
            assert (ROOT / found[0].removeprefix(f"{HOME}/")).is_file(), found


def test_w3id_every_ontology_of_the_project_has_a_rule() -> None:
    for file in sorted((ROOT / "ontology").glob("*.ttl")):
        for iri in re.findall(r"^<(\S+)> a owl:Ontology", file.read_text("utf-8"), re.MULTILINE):
            found = target(iri, "text/turtle")
            assert found is not None, iri
            assert (ROOT / found[0].removeprefix(f"{HOME}/")).is_file(), found


def test_w3id_countries_lead_to_who_gives_the_code() -> None:
    found = target(m.entity("country/KG").value, "*/*")
    assert found == ("https://www.iso.org/obp/ui/#iso:code:3166:KG", {"R=303", "NE", "L"})
    assert target(v.COUNTRIES + "kg", "*/*") is None


def test_w3id_what_belongs_to_a_store_leads_to_the_page_that_says_so() -> None:
    made = [m.article("a"), m.within("a", "statement", "s"), m.entity("a"), m.graph("a"), m.extraction("a")]
    others = [
        f"{v.DATA}{kind}/x" for kind in ("judgement", "comparison", "extractor", "inference", "reasoner", "nanopub")
    ]
    for iri in [*(node.value for node in made), *others, *(graph.value for graph in v.Graph)]:
        assert target(iri, "text/html") == (f"{HOME}/docs/iris.md", {"R=303", "L"}), iri
        assert under(iri, "https://example.org/").startswith("https://example.org/")
    assert (ROOT / "docs" / "iris.md").is_file()


def test_w3id_points_at_nothing_private() -> None:
    for file in (FOLDER / ".htaccess", FOLDER / "README.md", FOLDER.parent / "README.md"):
        text = file.read_text("utf-8")
        hosts = {urlsplit(address).hostname for address in re.findall(r"https?://[^\s`)\]>]+", text)}
        assert hosts <= {"example.org", "w3id.org", "www.iso.org", "github.com", "localhost"}, file

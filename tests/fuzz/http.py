"""Throws malformed requests at a server: seeded, the same every time.

    python tests/fuzz/http.py [10000] [--seed 1]

Prints one line of JSON: how many requests, how many were answered, by which status, how many tracebacks the server wrote, and
whether it answers a good request at the end.
"""

from __future__ import annotations

import argparse
import json
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

METHODS = ["GET", "POST", "HEAD", "PUT", "DELETE", "TRACE", "OPTIONS", "CONNECT", "get", "", "G\x00T", "²", "A" * 300]
TARGETS = ["/", "/query", "/graph", "/add", "/add/1/stop", "/sign-in", "/sign-out", "/asking/page.js", "/questions", "/graph.ttl", "/sparql", "/sparql?query=ASK%7B%7D", "/sparql?query=", "/sparql?query=%ZZ", "/sparql?query=%FF%FE", "/sparql?query=%", "/sparql?query=a&query=b", "/sparql?update=x", "http://[", "http://[::1", "//[", "//", "*", "", "/\x00", "/%00", "/../../etc/passwd", "/sparql?query=" + "{" * 3000, "/sparql?" + "&" * 5000, "/" + "a" * 70_000, "http://127.0.0.1/", "/é", "/sparql?query=SELECT%20*%20%7B%20SERVICE%20%3Chttp://127.0.0.1:1/%3E%20%7B%7D%20%7D"]  # fmt: skip
VERSIONS = ["HTTP/1.1", "HTTP/1.0", "HTTP/0.9", "HTTP/2.0", "HTTP/1.²", "HTTP/", "HTTP/1.1.1", "HTTP/" + "9" * 50, "", "HTTP/-1.1", "http/1.1", "HTTP/1.1 x"]  # fmt: skip
LENGTHS = ["0", "5", "²", "9" * 5000, "-1", "+5", " 5", "5 5", "0x5", "1e3", "", "5,5", "1000001", "\x00", "٥"]
NAMES = ["Host", "Content-Length", "Content-Type", "Accept", "Origin", "Sec-Fetch-Site", "Transfer-Encoding", "Expect", "Connection", "X" * 100, "", " ", "A\x00", "Accept:", "Référer", "Content-Length ", "\tX"]  # fmt: skip
VALUES = ["127.0.0.1", "localhost", "evil.example", "[::1]:80", "[", "http://[", "null", "cross-site", "chunked", "100-continue", "close", "keep-alive", "text/csv;q=9e999", "*/*;q=²", "," * 3000, "x" * 70_000, "", "\x00", "é", "application/sparql-query", "application/x-www-form-urlencoded", "\x0b", ";;;=", "a" * 3000]  # fmt: skip
BODIES = [b"", b"ASK{}", b"\xff\xfe", b"query=ASK%7B%7D", b"query=%FF", b"{" * 5000, b"SELECT * {" + b"(" * 3000, b"\x00" * 10, b"query=" + b"%7B" * 3000, b"0\r\n\r\n", b"5\r\nASK{}\r\n0\r\n\r\n", b"SELECT * { ?s ?p ?o }", b"&" * 3000, b"=" * 10]  # fmt: skip


def request(made: random.Random) -> bytes:
    """One request: a good one with some of its parts exchanged, cut, doubled or damaged."""
    method = made.choice(METHODS[:2] if made.random() < 0.6 else METHODS)
    head = [
        f"{method} {made.choice(TARGETS)} {made.choice(VERSIONS[:2] if made.random() < 0.7 else VERSIONS)}".encode()
    ]
    body = made.choice(BODIES) if method == "POST" or made.random() < 0.1 else b""
    if made.random() < 0.9:
        head.append(b"Host: 127.0.0.1")
    if body or made.random() < 0.2:
        length = str(len(body)) if made.random() < 0.6 else made.choice(LENGTHS)
        head.append(f"Content-Length: {length}".encode())
        head.append(f"Content-Type: {made.choice(VALUES[-5:-3] * 3 + VALUES)}".encode())
    for _ in range(made.choice([0, 0, 0, 1, 2, 5])):
        head.append(f"{made.choice(NAMES)}: {made.choice(VALUES)}".encode())
    if made.random() < 0.02:
        head += [b"X: y"] * 200
    end = made.choice([b"\r\n"] * 8 + [b"\n", b"\r"])
    whole = end.join(head) + end + end + body
    chance = made.random()
    if chance < 0.08:
        return whole[: made.randrange(len(whole) + 1)]
    if chance < 0.16:
        at = made.randrange(len(whole))
        return whole[:at] + bytes([made.randrange(256)]) + whole[at + 1 :]
    if chance < 0.18:
        return bytes(made.randrange(256) for _ in range(made.randrange(200)))
    if chance < 0.2:
        return whole * 2
    return whole


def send(port: int, data: bytes, wait: float = 10.0) -> bytes:
    """The first bytes that come back; none where the server only closes the connection."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=wait) as link:
            try:
                link.sendall(data)
                link.shutdown(socket.SHUT_WR)
            except OSError:
                pass  # refused before it was all sent: the answer is there
            return link.recv(200)
    except OSError:
        return b""


def fuzz(port: int, number: int, seed: int) -> Counter[str]:
    """The statuses of the answers to ``number`` requests; ``none`` where there was no answer."""
    made = random.Random(seed)
    found: Counter[str] = Counter()
    for _ in range(number):
        reply = send(port, request(made))
        found[reply[9:12].decode("latin-1") if reply.startswith(b"HTTP/1.") else "none" if not reply else "odd"] += 1
    return found


def main() -> None:
    """Start a server over an empty store in a process of its own, and fuzz it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        from kg.store import Store

        Store.open(Path(folder) / "store").close()
        words = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(Path(folder) / "store")]
        with open(Path(folder) / "said", "w+b") as said:
            server = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=said)
            assert server.stdout is not None
            line = server.stdout.readline().decode()
            port = int(line.split("http://127.0.0.1:")[1].split("/")[0])
            began = time.monotonic()
            found = fuzz(port, given.number, given.seed)
            seconds = time.monotonic() - began
            last = send(port, b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            alive = server.poll() is None and last.startswith(b"HTTP/1.1 200")
            server.terminate()
            server.wait()
            said.seek(0)
            text = said.read().decode(errors="replace")
    print(
        json.dumps(
            {
                "what": "fuzzed HTTP requests",
                "requests": given.number,
                "seed": given.seed,
                "seconds": round(seconds, 1),
                "status": dict(sorted(found.items())),
                "tracebacks": text.count("Traceback"),
                "alive": alive,
            }
        )
    )
    sys.exit(0 if alive and "Traceback" not in text else 1)


if __name__ == "__main__":
    main()

"""Who may ask: only who names this server by its own address, and no page of another site unless one was named.

A page elsewhere could otherwise have its own name point here (DNS rebinding), or ask through the browser of whoever
looks at it.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ALWAYS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",  # without any, browsers send the forms of our own pages as nobody's (Origin: null)
}
_POLICY: Final = "default-src 'none'; frame-ancestors 'none'"
_LONGEST: Final = 65_000  # bytes of an address, and of all headers
OPEN: Final = "/sparql"
"""What the pages of a named site may ask."""


class Guard:
    """Passes on what may be asked, and puts on every reply what browsers are to know.

    ``host`` is the address that the server was told to listen on; ``origins`` the sites whose pages may ask the endpoint
    (CORS), ``*`` all of them.
    """

    def __init__(self, app: ASGIApp, host: str, origins: Iterable[str] = ()) -> None:
        self._app, self._host, self._origins = app, host.lower(), frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        allowed = self._allowed(scope, headers)

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(raw=message.setdefault("headers", [])), allowed, self._origins, message["status"])
            await send(message)

        refused = self._refused(scope, headers, allowed)
        await (self._app if refused is None else refused)(scope, receive, dressed)

    def _allowed(self, scope: Scope, headers: Headers) -> str:
        """The other site's origin, where its pages may ask this; else empty."""
        origin = headers.get("origin", "")
        known = origin in self._origins or "*" in self._origins
        return origin if origin and scope["path"] == OPEN and known else ""

    def _refused(self, scope: Scope, headers: Headers, allowed: str) -> Response | None:
        if scope["http_version"] not in ("1.0", "1.1"):
            return _text(505, "Ask with HTTP 1.1.", {"Connection": "close"})
        if len(scope["raw_path"]) + len(scope["query_string"]) > _LONGEST:
            return _text(414, "The address is too long; send a long query with POST.", {"Connection": "close"})
        if sum(len(name) + len(value) for name, value in scope["headers"]) > _LONGEST:
            return _text(431, "The headers are too long.", {"Connection": "close"})
        hosts = headers.getlist("host")
        if len(hosts) != 1:
            return _text(400 if hosts else 421, "Name one Host.")
        if not self._named(hosts[0]):
            return _text(421, "This server does not answer to that name.")
        if not allowed and _foreign(scope, headers, hosts[0].strip().lower()):
            return _text(403, "This server answers no other site's pages.")
        length = headers.get("content-length", "0")
        bodied = length.strip("0") != "" or "transfer-encoding" in headers
        if scope["method"] in ("GET", "HEAD") and bodied:
            return _text(400, "A GET has no body.", {"Connection": "close"})
        return None

    def _named(self, host: str) -> bool:
        named = host.strip().rsplit(":", 1)[0].strip("[]").lower()
        if named in ("localhost", self._host) or (loopback(named) and loopback(self._host)):
            return True
        if self._host in ("0.0.0.0", "::"):  # told to serve every address of this machine: any of its numbers will do
            try:
                ipaddress.ip_address(named)
                return True
            except ValueError:
                pass
        return False


def _dress(headers: MutableHeaders, allowed: str, origins: frozenset[str], status: int) -> None:
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    if status != 304:  # what it says takes the place of what the browser kept: a page would lose its style
        headers.setdefault("Content-Security-Policy", _POLICY)
    if origins:
        headers.add_vary_header("Origin")
    if allowed:
        headers["Access-Control-Allow-Origin"] = allowed
        headers["Access-Control-Expose-Headers"] = "Content-Type, Retry-After"
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _foreign(scope: Scope, headers: Headers, own: str) -> bool:
    """Whether a page of another site asks."""
    if any(not _same(origin, own) for origin in headers.getlist("origin")):
        return True
    sites = [value.strip().lower() for value in headers.getlist("sec-fetch-site")]
    return any(site not in ("same-origin", "none") for site in sites) and not _followed(scope, headers)


def _followed(scope: Scope, headers: Headers) -> bool:
    """Whether somebody followed a link to a page, which then fills the window: nothing of it can be read from elsewhere."""
    return (
        scope["method"] in ("GET", "HEAD")
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and not scope["path"].startswith(("/sparql", "/graph.ttl"))
    )


def _same(origin: str, host: str) -> bool:
    """Whether an Origin is that of this server, which was asked as ``host``."""
    try:
        found = urlsplit(origin.strip())
    except ValueError:
        return False
    return found.scheme in ("http", "https") and found.netloc.lower() == host


def loopback(host: str) -> bool:
    """Whether an address is one that only this machine reaches."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _text(status: int, sentence: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{sentence}\n", status, headers)

"""The HTML around the data: an own template, the scripts inlined, and a policy that allows those and no request at all."""

from __future__ import annotations

import base64
import gzip
import hashlib
from importlib import resources

import jinja2
from markupsafe import Markup

from kg.errors import ExportError
from kg.view import modules, vendored
from kg.view.drawing import style

LOADER = """(async () => {
  const packed = Uint8Array.from(atob(document.getElementById("page-source").textContent), (letter) => letter.charCodeAt(0));
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = await new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  document.head.append(script);
})();"""
"""Unpacks the page's own script where the page is packed; the policy knows both by their hashes."""


def script(renderer: str) -> str:
    """The page's own script: the module of this renderer, ``vis`` or ``canvas``, and all that it imports."""
    return modules.join(f"{renderer}.js", read)


def render(title: str, data: str, *, renderer: str, packed: bool) -> str:
    """The page. ``data`` is JSON without ``<``, or base64."""
    own = script(renderer)
    foreign = [vendored.script("vis-network")] if renderer == "vis" else []
    sheet = style.variables() + read("style.css")
    policy = "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(_hash(text) for text in (*foreign, own, *([LOADER] if packed else []))),
            f"style-src {_hash(sheet)}",
            "img-src data: blob:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    loader = jinja2.DictLoader({"page": read("template.html")})
    environment = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.get_template("page").render(
        title=title,
        policy=policy,
        style=Markup(sheet),
        data=Markup(data),
        data_type="text/plain" if packed else "application/json",
        packed=packed,
        vendored=[Markup(packed_text(text) if packed else _inlined(text)) for text in foreign],
        script=Markup(packed_text(own) if packed else _inlined(own)),
        loader=Markup(LOADER),
    )


def packed_text(script: str) -> str:
    """A script as a packed page carries it: gzipped, in base64; the page's policy knows what comes out of it."""
    return base64.b64encode(gzip.compress(_inlined(script).encode("utf-8"), 9, mtime=0)).decode("ascii")


def read(name: str) -> str:
    """A file of the page."""
    return resources.files("kg.view").joinpath("files", name).read_text(encoding="utf-8")


def _hash(inlined: str) -> str:
    digest = hashlib.sha256(_inlined(inlined).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _inlined(script: str) -> str:
    """``script`` safe between its tags. Our own and the vendored ones hold neither; a new one must not either."""
    lowered = script.lower()
    if "</script" in lowered or "</style" in lowered or "<!--" in lowered:
        raise ExportError("A script of the page contains a tag that would end it early.")
    return script.replace("\r\n", "\n")

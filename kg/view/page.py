"""One HTML file that needs nothing else: pyvis prepares the nodes and edges, an own template carries them.

pyvis's own page loads scripts from a CDN in every mode and turns strings into markup; only its data is used here. The
content security policy allows exactly the inlined scripts and style, by hash, and no request at all.
"""

from __future__ import annotations

import base64
import hashlib
import html as markup
import json
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup
from pyvis.network import Network

from kg.errors import ExportError
from kg.view import style, vendored
from kg.view.data import ViewData
from kg.view.drawing import prepare
from kg.view.payload import payload

SCRIPTS = (
    "data", "dom", "graph", "filters", "labels", "frame", "settle", "scene", "naming", "drawing_vis", "picture",
    "cards", "panel", "spotlight", "tip", "timeline", "search", "legend", "table", "shell",
)  # fmt: skip
"""The page's own scripts, in the order in which they build on each other; they make one module."""

OPTIONS: dict[str, Any] = {
    "autoResize": True,
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False, "randomSeed": 1},
    "interaction": {
        "hover": True,
        "hoverConnectedEdges": False,
        "selectConnectedEdges": False,
        "tooltipDelay": 0,
        "keyboard": {"enabled": False},
        "hideEdgesOnDrag": False,
    },
    "nodes": {"borderWidth": 1.5, "borderWidthSelected": 4, "font": {"size": 0}},
    "edges": {"smooth": False, "arrows": {"to": {"scaleFactor": 0.55}}, "hoverWidth": 0.8, "selectionWidth": 0},
}


class Page(Network):  # type: ignore[misc]  # pyvis has no types
    """pyvis's network of one :class:`ViewData`, with an own offline page."""

    def __init__(self, data: ViewData, *, title: str) -> None:
        super().__init__(height="100%", width="100%", directed=True, cdn_resources="in_line")
        self.options = OPTIONS
        self.title = title
        self.drawn = prepare(data)
        self.data = payload(data, self.drawn)
        for at, node in enumerate(data.nodes):
            look = style.FAMILIES[node.type.family]
            x, y = self.drawn.placed.positions[node.id]
            self.add_node(
                at,
                label=self.drawn.labels[node.id],
                shape=look.shape,
                color={"background": look.colour, "border": "#111827"},
                size=self.drawn.radii[node.id],
                x=x,
                y=y,
            )
        self._add_links(data)

    def _add_links(self, data: ViewData) -> None:
        """Edges go straight into ``self.edges``: pyvis's ``add_edge`` searches all nodes for each."""
        position = {node.id: at for at, node in enumerate(data.nodes)}
        for at, link in enumerate(data.links):
            tie = style.TIES[link.kind]
            edge: dict[str, Any] = {
                "id": at,
                "from": position[link.source],
                "to": position[link.target],
                "kind": link.kind,
                "arrows": "to" if tie.arrow else "",
                "width": self.drawn.widths[at],
            }
            if tie.dashes:
                edge["dashes"] = list(tie.dashes)
            if bend := self.drawn.bends[at]:
                curve = "curvedCW" if bend > 0 else "curvedCCW"
                edge["smooth"] = {"enabled": True, "type": curve, "roundness": abs(bend)}
            self.edges.append(edge)

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """The page. The arguments are pyvis's and change nothing: it is one file, whole and offline."""
        nodes, edges, _heading, _height, _width, options = self.get_network_data()
        drawing = {"nodes": nodes, "edges": edges, "options": json.loads(options)}
        script = "\n".join(_file(f"{name}.js") for name in SCRIPTS)
        foreign = [vendored.script("vis-network")]
        sheet = style.variables() + _file("style.css")
        policy = "; ".join(
            (
                "default-src 'none'",
                "script-src " + " ".join(_hash(text) for text in (*foreign, script)),
                f"style-src {_hash(sheet)}",
                "img-src data: blob:",
                "base-uri 'none'",
                "form-action 'none'",
            )
        )
        self.html = (
            _environment()
            .get_template("page")
            .render(
                title=self.title,
                policy=policy,
                style=Markup(sheet),
                data=Markup(_embedded({**self.data, "drawing": drawing})),
                data_type="application/json",
                packed=False,
                vendored=[Markup(_inlined(text)) for text in foreign],
                script=Markup(_inlined(script)),
            )
        )
        return str(self.html)

    def write_html(self, name: str, local: bool = True, notebook: bool = False, open_browser: bool = False) -> None:
        """Writes the page to ``name`` as UTF-8."""
        Path(name).write_text(self.generate_html(), encoding="utf-8", errors="replace", newline="\n")

    def _repr_html_(self) -> str:
        """For notebooks: the page in a frame of its own."""
        page = markup.escape(self.generate_html(), quote=True)
        return (
            f'<iframe srcdoc="{page}" style="width:100%;height:720px;border:1px solid #ccc" '
            'sandbox="allow-scripts allow-downloads allow-popups"></iframe>'
        )


def html(data: ViewData, *, title: str = "Who said what") -> str:
    """The page as a string: self-contained, offline, safe for names and sentences of strangers."""
    return Page(data, title=title).generate_html()


def write(data: ViewData, path: str | Path, *, title: str = "Who said what") -> Path:
    """Writes the page to ``path``, whose folder is made if needed. Raises :class:`ExportError` when it cannot."""
    target = Path(path)
    page = Page(data, title=title)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        page.write_html(str(target))
    except OSError as error:
        raise ExportError(f"Cannot write the page to {target}: {error.strerror or error}.") from error
    return target


def _file(name: str) -> str:
    return resources.files("kg.view").joinpath("files", name).read_text(encoding="utf-8")


def _environment() -> jinja2.Environment:
    loader = jinja2.DictLoader({"page": _file("template.html")})
    return jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)


def _hash(inlined: str) -> str:
    digest = hashlib.sha256(_inlined(inlined).encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _inlined(script: str) -> str:
    """``script`` safe between its tags. Our own and the vendored ones hold neither; a new one must not either."""
    lowered = script.lower()
    if "</script" in lowered or "</style" in lowered or "<!--" in lowered:
        raise ExportError("A script of the page contains a tag that would end it early.")
    return script.replace("\r\n", "\n")


def _embedded(data: dict[str, Any]) -> str:
    """JSON that no string in it can break out of, in HTML or in script; lone surrogates become question marks."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = text.encode("utf-8", "replace").decode("utf-8")
    escapes: dict[str, str | int | None] = {
        "<": "\\u003c",
        ">": "\\u003e",
        "&": "\\u0026",
        "\u2028": "\\u2028",
        "\u2029": "\\u2029",
    }
    return text.translate(str.maketrans(escapes))

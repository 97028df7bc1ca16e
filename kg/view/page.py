"""One HTML file that needs nothing else: answers drawn by vis-network, the map of everything on a canvas of our own."""

from __future__ import annotations

import html as markup
from functools import cached_property
from pathlib import Path
from typing import Literal

from kg.errors import ExportError, expect
from kg.export import save
from kg.view import document
from kg.view.data import ViewData
from kg.view.drawing import prepare
from kg.view.packed import pack
from kg.view.payload import dumps, payload

Renderer = Literal["vis", "canvas"]

PLAIN = 200
"""Up to so many nodes the data stand in the page as plain JSON, which a text search finds."""

FOLD = 20_000
"""Above so many nodes a page starts from communities, each drawn as one."""

FEW = 2_000
"""So many of a folded graph's nodes are drawn by themselves when filters leave no more."""

MOST_NODES, MOST_LINKS = 250_000, 1_000_000
"""Above, a browser would run out of memory before it showed anything."""


class Page:
    """The page of ``data``: as text, as a file, and by itself in a notebook.

    ``renderer`` "canvas" leaves vis-network out, and draws answers on the canvas, too.

    Raises :class:`ExportError` when the graph is too large for a browser; the sentence names the size and ways out.
    """

    def __init__(self, data: ViewData, *, title: str = "Who said what", renderer: Renderer | None = None) -> None:
        expect(data, ViewData, "A page shows a kg.view.ViewData")
        expect(title, str, "The title of a page is a text")
        expect(renderer, str | None, "A page is drawn by “vis” or “canvas”")
        if len(data.nodes) > MOST_NODES or len(data.links) > MOST_LINKS:
            raise ExportError(
                f"A graph of {len(data.nodes):,} actors and {len(data.links):,} links is too large for a page, which "
                f"takes {MOST_NODES:,} and {MOST_LINKS:,}: filter it (kg view --min-confidence 0.8), keep the best "
                "tied actors (kg view --top 5000), or export it for Gephi (kg export --format gexf)."
            )
        self.data = data
        self.title = title
        self.renderer: Renderer = renderer or "vis"

    @cached_property
    def html(self) -> str:
        """The page as a string: self-contained, offline, safe for names and sentences of strangers."""
        drawn = prepare(self.data)
        content = payload(self.data, drawn)
        content["folding"] = {"active": len(self.data.nodes) > FOLD, "few": FEW}
        if self.renderer == "vis":
            from kg.view.drawing.network import Prepared  # pyvis imports IPython: only where it is used

            content["drawing"] = Prepared().drawing()
            if len(self.data.nodes) <= PLAIN:
                return document.render(self.title, dumps(content), renderer="vis", packed=False)
        return document.render(self.title, pack(content), renderer=self.renderer, packed=True)

    def write(self, path: str | Path) -> Path:
        """Writes the page as UTF-8, into a folder that is made if needed; :class:`ExportError` when it cannot."""
        return save(path, self.html.encode("utf-8", errors="replace"))

    def __repr__(self) -> str:
        counts = (
            (len(self.data.nodes), "actors"),
            (len(self.data.links), "links"),
            (len(self.data.statements), "statements"),
        )
        return f"{self.title}: {', '.join(f'{number:,} {name}' for number, name in counts)}"

    def _repr_html_(self) -> str:
        """For notebooks: the page in a frame of its own, and a line for those that show no frames."""
        page = markup.escape(self.html, quote=True)
        return (
            f'<iframe srcdoc="{page}" title="{markup.escape(self.title, quote=True)}" '
            'style="width:100%;height:720px;border:1px solid #ccc" '
            'sandbox="allow-scripts allow-downloads allow-popups"></iframe>'
            f"<p>{markup.escape(repr(self))}. Where no picture shows above, trust the notebook, or write the page to a "
            "file: <code>.write(&quot;graph.html&quot;)</code>.</p>"
        )


def html(data: ViewData, *, title: str = "Who said what", renderer: Renderer | None = None) -> str:
    """The page as a string."""
    return Page(data, title=title, renderer=renderer).html


def write(data: ViewData, path: str | Path, *, title: str = "Who said what", renderer: Renderer | None = None) -> Path:
    """Writes the page to ``path``."""
    return Page(data, title=title, renderer=renderer).write(path)

"""Nodes and edges as pyvis prepares them for vis-network; of its page, which loads scripts from afar, nothing is used."""

from __future__ import annotations

import json
from typing import Any

from pyvis.network import Network

from kg.view.data import ViewData
from kg.view.drawing import Drawing, style

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


class Prepared(Network):  # type: ignore[misc]  # pyvis has no types
    """pyvis's network of one :class:`ViewData`, at the places of its drawing."""

    def __init__(self, data: ViewData, drawn: Drawing) -> None:
        super().__init__(height="100%", width="100%", directed=True, cdn_resources="in_line")
        self.options = OPTIONS
        for at, node in enumerate(data.nodes):
            look = style.FAMILIES[node.type.family]
            x, y = drawn.placed.positions[node.id]
            self.add_node(
                at,
                label=drawn.labels[node.id],
                shape=look.shape,
                color={"background": look.colour, "border": "#111827"},
                size=drawn.radii[node.id],
                x=x,
                y=y,
            )
        position = {node.id: at for at, node in enumerate(data.nodes)}
        for at, link in enumerate(data.links):  # pyvis's ``add_edge`` searches all nodes for each
            tie = style.TIES[link.kind]
            edge: dict[str, Any] = {
                "id": at,
                "from": position[link.source],
                "to": position[link.target],
                "kind": link.kind,
                "arrows": "to" if tie.arrow else "",
                "width": drawn.widths[at],
            }
            if tie.dashes:
                edge["dashes"] = list(tie.dashes)
            if bend := drawn.bends[at]:
                curve = "curvedCW" if bend > 0 else "curvedCCW"
                edge["smooth"] = {"enabled": True, "type": curve, "roundness": abs(bend)}
            self.edges.append(edge)

    def drawing(self) -> dict[str, Any]:
        """What vis-network takes: nodes, edges, options."""
        nodes, edges, _heading, _height, _width, options = self.get_network_data()
        return {"nodes": nodes, "edges": edges, "options": json.loads(options)}

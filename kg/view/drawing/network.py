"""Looks of nodes and links, and options, as pyvis prepares them for vis-network; of its page, which loads scripts from afar, nothing is used."""

from __future__ import annotations

import json
from typing import Any

from pyvis.network import Network

from kg.view.drawing import style

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
    """pyvis's network of one node of each family and one link of each kind: what the page makes all others like."""

    def __init__(self) -> None:
        super().__init__(height="100%", width="100%", directed=True, cdn_resources="in_line")
        self.options = OPTIONS
        for family, look in style.FAMILIES.items():
            self.add_node(
                family, label=look.label, shape=look.shape, color={"background": look.colour, "border": "#111827"}
            )
        first = next(iter(style.FAMILIES))
        for kind, tie in style.TIES.items():  # pyvis's ``add_edge`` takes one link of two nodes only once
            edge: dict[str, Any] = {"from": first, "to": first, "kind": kind, "arrows": "to" if tie.arrow else ""}
            edge["dashes"] = list(tie.dashes) or False
            self.edges.append(edge)

    def drawing(self) -> dict[str, Any]:
        """What vis-network takes: the look of nodes by family, of links by kind, and the options."""
        nodes, edges, _heading, _height, _width, options = self.get_network_data()
        return {
            "families": {node["id"]: {"shape": node["shape"]} for node in nodes},
            "kinds": {edge["kind"]: {"arrows": edge["arrows"], "dashes": edge["dashes"]} for edge in edges},
            "options": json.loads(options),
        }

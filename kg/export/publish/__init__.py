"""A store on somebody's server: one request a graph, nothing sent twice, and taken up again where it was broken off."""

from kg.export.publish.manifest import Manifest
from kg.export.publish.sending import Sent, plan, publish

__all__ = ["Manifest", "Sent", "plan", "publish"]

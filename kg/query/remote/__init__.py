"""Servers that the user names: one is asked over HTTP as a store is asked on disk (:mod:`kg.query.remote.endpoint`)."""

from kg.query.remote.address import Login, address
from kg.query.remote.endpoint import Endpoint

__all__ = ["Endpoint", "Login", "address"]

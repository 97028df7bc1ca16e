"""The graph on this machine's own address: the page, a form for questions, and a SPARQL endpoint to read from.

>>> from kg.serve import Site
>>> from kg.store import Store
>>> Site(Store.open(), page="<p>hello</p>").get("/").body
b'<p>hello</p>'
"""

from kg.serve.http import listen
from kg.serve.site import Answer, Site

__all__ = ["Answer", "Site", "listen"]

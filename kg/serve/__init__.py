"""The graph on this machine's own address: the page, pages of all things, questions, and a SPARQL endpoint to read from.

>>> from kg.serve import Site, listen
>>> from kg.store import Store
>>> server = listen(Site(Store.open(), page="<p>hello</p>"), port=0)
>>> server.server_address[0]
'127.0.0.1'
>>> server.server_close()
"""

from kg.serve.http import Server, listen
from kg.serve.site import Site

__all__ = ["Server", "Site", "listen"]

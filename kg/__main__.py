"""``python -m kg``."""

import os
import sys

# Python puts the working folder first, and a ``json.py`` in it would be run. Where kg itself is there, it stays.
if sys.path and sys.path[0] == os.getcwd() != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):
    del sys.path[0]

from kg.cli import main

main()

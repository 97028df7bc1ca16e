"""The command line looks for garbage rarely, and not among what is loaded; the library leaves that to whoever uses it."""

from __future__ import annotations

import subprocess
import sys

_ASKED = """
import gc, sys
import kg, kg.cli
usual = gc.get_threshold()[0], gc.get_freeze_count()
sys.argv = ["kg", "--version"]
try:
    kg.cli.main()
except SystemExit:
    pass
print(usual[0] < 10_000 and usual[1] < 10_000, gc.get_threshold()[0] > usual[0], gc.get_freeze_count() > 10_000, gc.isenabled())
"""


def test_garbage_is_looked_for_rarely_by_the_command_and_as_ever_by_the_library() -> None:
    told = subprocess.run([sys.executable, "-c", _ASKED], capture_output=True, text=True, check=True).stdout
    assert told.split("\n")[-2] == "True True True True"

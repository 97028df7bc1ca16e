"""A request to end is heeded wherever it comes."""

from __future__ import annotations

import subprocess
import sys

import pytest

SCRIPT = """
import os, signal, time
from kg.cli.printing.console import Stopped, heed_signals

heed_signals()

class Ends:
    def __del__(self):
        os.kill(os.getpid(), signal.{name})
        for _ in range(1000):
            pass  # where Python looks for signals

try:
    one = Ends()
    del one
    time.sleep(20)
    print("went on")
except Stopped as stopped:
    print(stopped, stopped.exit_code)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent as Unix does")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_that_comes_in_a_finaliser_is_not_lost(name: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(name=name)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.split() == [name, str(code)]
    assert done.stderr == ""

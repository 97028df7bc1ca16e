"""Matrices are multiplied by numpy's library, on one thread: it knows processors that the one of spaCy takes for any old one."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from functools import cache
from pathlib import Path

import numpy as np
from thinc.api import NumpyOps, get_current_ops, use_ops

_FOLDERS = ("numpy.libs", "numpy/.dylibs")  # beside numpy, as its wheels put it; another numpy (conda's) has none


def operations() -> AbstractContextManager[object]:
    """A pipeline that is loaded herein multiplies by numpy's OpenBLAS, where numpy has one of its own and no graphics card or
    library of the machine was chosen instead.

    spaCy's BLIS has no kernel for processors since AMD's third Zen and takes a third of the speed there. The last bits of
    a product may differ, as they do from one processor to another.
    """
    if _threads() is None or type(get_current_ops()) is not NumpyOps:
        return nullcontext()
    return use_ops("numpy", use_blis=False)


@contextmanager
def one_thread() -> Iterator[None]:
    """What is multiplied herein takes one thread: matrices of an article are small, and whoever reads many has a process a core."""
    threads = _threads()
    if threads is None:
        yield
        return
    ask, tell = threads
    before = ask()
    tell(1)
    try:
        yield
    finally:
        tell(before)


@cache
def _threads() -> tuple[ctypes._NamedFuncPointer, ctypes._NamedFuncPointer] | None:
    """The functions of numpy's OpenBLAS that tell and set how many threads it takes; the library is loaded already."""
    beside = Path(np.__file__).parent.parent
    for file in (f for folder in _FOLDERS for f in sorted((beside / folder).glob("*openblas*"))):
        library = ctypes.CDLL(str(file))
        for prefix, suffix in (("scipy_", "64_"), ("scipy_", ""), ("", "64_"), ("", "")):
            names = (f"{prefix}openblas_{verb}_num_threads{suffix}" for verb in ("get", "set"))
            found = [getattr(library, name, None) for name in names]
            if found[0] is not None and found[1] is not None:
                return found[0], found[1]
    return None

"""Text, HTML, JSON Lines and folders → articles. What cannot be read is listed with its reason; the rest goes on."""

import sys
from inspect import Signature, signature
from types import ModuleType

from kg.read.inputs import ENDINGS, read, samples
from kg.read.metadata import check_date

__all__ = ["ENDINGS", "check_date", "read", "samples"]


class _Callable(ModuleType):
    """``kg.read(paths)`` is :func:`read`: the module is its own first function, since Python calls both by one name."""

    __call__ = staticmethod(read)

    @property
    def __signature__(self) -> Signature:
        return signature(read)


sys.modules[__name__].__class__ = _Callable

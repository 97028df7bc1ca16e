"""One pipeline for the tests of English that need a parse."""

from __future__ import annotations

import pytest

from kg.annotate import Annotator


@pytest.fixture(scope="package")
def annotator() -> Annotator:
    return Annotator()

"""What many tests look at: the command line run in this process, and the graph of the samples, built once a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

from kg.cli import cli
from kg.cli.printing import console

# The modules that ``-m fast`` takes, beside those that mark themselves: they need no parse, no browser and no file outside
# tests/, and together they take seconds. So they try an installed kg anywhere.
FAST = """
    annotate/parse/test_quotes compare/test_compare compare/test_denials compare/test_gold compare/test_intervals
    compare/test_wording english/numerals/test_numbers english/paragraphs/test_blocks english/test_types
    identity/test_identity query/test_formats query/test_parameters rdf/test_claims rdf/test_rdf_writing rdf/test_state
    read/test_read read/test_read_feeds reason/test_pinpoint resolve/test_coreference resolve/test_sources
    resolve/test_voice serve/test_serve store/test_series store/test_store test_nearby test_review test_vocabulary
    view/drawing/test_communities view/drawing/test_lanes view/drawing/test_layout view/test_data view/test_page
    view/test_results
""".split()
PARSING = {"test_feed_is_built_without_dates"}  # the one among them that builds


HERE = Path(__file__).parent
FAST_MODULES = {HERE / f"{name}.py" for name in FAST}


def pytest_configure() -> None:
    """Refuses a list that names what is no longer there."""
    gone = sorted(str(module) for module in FAST_MODULES if not module.is_file())
    if gone:
        raise pytest.UsageError(f"FAST in {__file__} names what is not there: {', '.join(gone)}")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """``-m fast`` imports no other module: what those need may not be installed."""
    if config.getoption("markexpr") != "fast" or collection_path.suffix != ".py":
        return None
    fast = collection_path in FAST_MODULES or "pytest.mark.fast" in collection_path.read_text(encoding="utf-8")
    return None if fast else True


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of ``FAST``."""
    for item in items:
        if item.path in FAST_MODULES and item.name not in PARSING:
            item.add_marker(pytest.mark.fast)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: its exit code, what it printed, and what it said on standard error."""

    code: int
    out: str
    err: str


Kg = Callable[..., Outcome]


def _kg(*words: object, stdin: str | bytes | None = None) -> Outcome:
    # The two consoles keep the streams that they were made with; CliRunner puts others in their place.
    for stream in (console.out, console.err):
        stream._file = None
    done = CliRunner().invoke(cli, [str(word) for word in words], input=stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Outcome(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def kg() -> Kg:
    """``kg("query", "--list")`` runs the command line; what is not a clear sentence comes out as an exception."""
    return _kg


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    """The folder that ``kg demo`` leaves, and what it printed. Tests only read it."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, _kg("demo", "--out", folder)

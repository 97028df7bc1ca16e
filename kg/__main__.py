"""``python -m kg``, and what the command ``kg`` starts."""

import os
import sys

# Python puts the working folder first, and a ``json.py`` in it would be run. Where kg itself is there, it stays.
if sys.path and sys.path[0] == os.getcwd() != os.path.dirname(os.path.dirname(os.path.abspath(__file__))):
    del sys.path[0]


def main() -> None:
    """Run the command line; what comes while it is still being loaded ends it in one sentence, too."""
    try:
        from kg.cli import main as command
    except KeyboardInterrupt:
        sys.stderr.write("kg: stopped by SIGINT before it began.\n")
        raise SystemExit(130) from None
    command()


if __name__ == "__main__":
    main()

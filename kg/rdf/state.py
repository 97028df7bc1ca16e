"""What the type of a body and the title of an office say about the state that they belong to.

The ontology concludes from it that a ministry is a part of its country's government and that a minister of a country
holds an office in that government.
"""

from __future__ import annotations

import re
from typing import Final

from kg.model import EntityType
from kg.vocabulary import Property

_TIES: Final = {EntityType.GOVERNMENT: Property.GOVERNMENT_OF, EntityType.MINISTRY: Property.MINISTRY_OF}

# A minister of any kind sits in the government; so does who heads it. A president or an ambassador need not.
_MINISTER: Final = re.compile(r"(?:^|[\s-])(?:minister|premier|chancellor)$", re.IGNORECASE)
_COMPLEMENT: Final = re.compile(r"\s(?:of|for|to|in|at|without|responsible)\s", re.IGNORECASE)
_OUTSIDE: Final = re.compile(r"^(?:shadow|opposition|would-be)\b", re.IGNORECASE)


def tie(kind: EntityType) -> Property | None:
    """How a body of this type belongs to its country, beyond being of that country."""
    return _TIES.get(kind)


def ministerial(title: str) -> bool:
    """Whether a title is that of a member of a government.

    >>> [ministerial(t) for t in ("deputy prime minister", "minister of ports", "adviser to the prime minister")]
    [True, True, False]
    """
    head = _COMPLEMENT.split(title.strip(), maxsplit=1)[0]
    return bool(_MINISTER.search(head)) and not _OUTSIDE.match(head)

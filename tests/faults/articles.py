"""Made-up short news whose actors, offices and counts come again: enough for entities, judgements and comparisons."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

MANY = 120
"""So many articles are there at most: more than two of the portions in which a long build is kept."""

Record = dict[str, str]

_GIVEN = "Alva Bruno Cilla Dario Edda Fredo Gerta Henno Ilva Jarno Katla Luzio".split()
FAMILIES = "Tormeval Brisko Haldane Quist Orvelo Danvers Zemlin Pardoe Ustrin Kelmar Vossen Ablett".split()
_TOWNS = ("Kvitfjord", "Marenholt", "Ostrava Bay", "Lunde")
_OFFICES = ("Interior Minister", "Health Minister", "Mayor", "Transport Minister")
LASTING = ("Rolf Amundsgard", "Ines Calloway", "Tove Lindqvarn", "Marek Dubrowin")
_COUNTED = (("people", "were killed"), ("houses", "were destroyed"), ("soldiers", "were injured"), ("farmers", "fled"))
_PAPERS = ("Havposten", "Nordlys Wire", "The Lunde Courier")
_MONTHS = ("March", "April", "May")


def records(number: int = 30, *, corrected: Sequence[int] = ()) -> list[Record]:
    """The first ``number`` articles, the same each time; those in ``corrected`` with another text under their address."""
    return [_record(n, corrected=n in corrected) for n in range(number)]


def write(path: Path, found: Sequence[Record]) -> Path:
    """The articles as JSON Lines."""
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in found), encoding="utf-8")
    return path


def _record(number: int, *, corrected: bool) -> Record:
    rng = random.Random(f"faults/{number}")
    affair = number % 4
    town, office, minister, (what, happened) = (
        _TOWNS[affair], _OFFICES[affair], LASTING[affair], _COUNTED[affair],
    )  # fmt: skip
    # Counts of an affair rise, now and then two papers differ on one day, and some say the same.
    month, day = (number // 8) % 3, 1 + number // 4 % 2 * 7 + number % 3
    count = 20 + 10 * (number // 8) + rng.choice((0, 0, 3)) + (5 if corrected else 0)
    date = f"2021-{month + 3:02d}-{day:02d}"
    # Each of twelve witnesses is told of in full once and with an initial once: a pair that the rules are unsure of.
    which = number // 2 % 12
    given, family = _GIVEN[which], FAMILIES[which]
    if number < 24:
        witness = f"{given} {family}" if number % 2 == 0 else f"{given[0]}. {family}"
        seen = f"{witness} told {_PAPERS[number % 3]} that the water was {rng.choice(('high', 'brown', 'cold'))} that night."
    else:
        seen = (
            f"The {office.removesuffix(' Minister')} Ministry of Norway denied that it had closed the road to {town}."
        )
    last = f"{minister.split()[1]} promised a new bridge." if number % 5 else f"Residents of {town} blamed {minister}."
    # A second voice, so that there are counts of two sources; and ministers do not stay for ever.
    if number // 4 % 3 == 2:
        speaker = "Police chief Odd Ferring"
    else:
        speaker = f"{'Former ' if number // 4 == 6 else ''}{office} {minister}"
    title = f"{what.capitalize()} counted again in {town}, report {number}"
    said = f"{speaker} said on {_MONTHS[month]} {day} that {count} {what} {happened} in {town}."
    text = " ".join((said, seen, *(["The paper has corrected its report."] if corrected else []), last))
    return {
        "id": f"report-{number:03d}{'-corrected' if corrected else ''}",
        "text": text,
        "title": title,
        "date": date,
        "url": f"https://news.example/{number}",
        "publisher": _PAPERS[number % 3],
    }

"""The offices of a person over time, and what an actor said."""

from __future__ import annotations

from dataclasses import dataclass

from kg import query
from kg.errors import QueryError
from kg.query.timelines.rows import late, place, published
from kg.store import Store


@dataclass(frozen=True, slots=True)
class OfficePeriod:
    """An office of a person as articles state it: first and last date of those articles, and the proof of the first: its
    characters, both 0 where only a user's list of names tells it.
    """

    person: str
    person_name: str
    role: str
    organisation: str
    tense: str
    first: str | None
    last: str | None
    article: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement of an actor: when (EDTF; ``reported`` where only the report has a date), what, and the proof."""

    at: str | None
    reported: bool
    speaker: str
    speaker_name: str
    role: str
    content: str
    statement: str
    article: str
    start: int
    end: int


def offices(store: Store, person: str | None = None) -> list[OfficePeriod]:
    """The offices of people over time, by person and first date. ``person`` is a part of the name."""
    days = published(store)
    found: dict[tuple[str, str, str, str], OfficePeriod] = {}
    rows = sorted(
        query.run(store, query.named()["offices"]),
        key=lambda r: (late(days.get(str(r["article"]))), str(r["article"]), place(r["start"])),
    )
    for row in rows:
        name = str(row["person_name"])
        if person is not None and person.lower() not in name.lower():
            continue
        at = days.get(str(row["article"]))
        mark = (str(row["person"]), str(row["role"]).lower(), str(row["organisation"] or ""), str(row["tense"]))
        old = found.get(mark)
        if old is not None:
            first, last = old.first or at, at or old.last
            found[mark] = OfficePeriod(
                old.person, name, old.role, old.organisation, old.tense, first, last, old.article, old.start, old.end
            )
            continue
        found[mark] = OfficePeriod(
            mark[0], name, str(row["role"]), str(row["organisation_name"] or ""), mark[3], at, at, str(row["article"]),
            place(row["start"]), place(row["end"]),
        )  # fmt: skip
    return sorted(found.values(), key=lambda o: (o.person_name, o.person, late(o.first), o.role, o.organisation))


def statements(store: Store, speaker: str) -> list[Saying]:
    """What the actors whose name holds ``speaker`` said, in order of date. Raises ``QueryError`` where nobody is so named."""
    days = published(store)
    out = []
    for row in query.run(store, query.named()["who_said_what"]):
        name = str(row["speaker_name"] or "")
        if not name or speaker.lower() not in name.lower():
            continue
        said = row["said_on"]
        role = ", ".join(str(x) for x in (row["role"], row["organisation"]) if x)
        out.append(
            Saying(
                at=str(said) if said else days.get(str(row["article"])), reported=not said, speaker=str(row["speaker"]),
                speaker_name=name, role=role, content=str(row["content"]), statement=str(row["statement"]),
                article=str(row["article"]), start=int(str(row["start"])), end=int(str(row["end"])),
            )
        )  # fmt: skip
    if not out:
        raise QueryError(f"Nobody called “{speaker}” says anything in this store.")
    return sorted(out, key=lambda s: (late(s.at), s.article, s.start, s.statement))

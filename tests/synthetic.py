"""Articles that are resolved already, made up from a seed: names in several spellings, offices, parts, figures.

With a small ``world`` the same few actors come again and again under other names, so that every rule has something to
do; with a large one most of what an article names is its own, as in the news of a year. People's names share their keys
(:mod:`kg.identity.blocking`) about as often as those of 488 people in real news: 240 keys of family names (real: 240),
449 with the initial (424), 461 of both names (452).
"""

from __future__ import annotations

import random

from kg.model import (
    Article,
    Certainty,
    EntityType,
    Form,
    Kind,
    Link,
    OfficeHeld,
    Reference,
    Resolved,
    Span,
    Stance,
    StatedFigure,
    Statement,
    Tense,
)

COUNTRIES = ("Kenya", "Ghana", "Peru", "Latvia", "Nepal", "Chad", "Oman", "Laos")
_SYLLABLES = "ka mo ri ta lu ne sha po vi do gu be zo fa ye ki ra mu to se bo ni la da we pa cho ti ho ma".split()
_TITLES = ("spokesman", "director", "deputy director", "minister", "head", "chief")
_KINDS = ("Interior Ministry", "Foreign Ministry", "National Security Committee", "Supreme Court", "Health Ministry")
_COUNTED = ("people", "women", "soldiers", "houses", "bridges", "schools", "ships", "farmers", "students", "trucks")
LASTING = 40
_EVENTS = ("killed", "injured", "destroyed", "detained", "displaced", "opened", "sold", "burned")


def word(rng: random.Random, n: int) -> str:
    return "".join(rng.choice(_SYLLABLES) for _ in range(n)).capitalize()


def _family(rng: random.Random) -> str:
    return word(rng, rng.choice((2, 3, 3, 4))) + rng.choice(("", "", "n", "s", "r", "v"))


def _given(rng: random.Random) -> str:
    return word(rng, rng.choice((2, 2, 3))) + rng.choice(("", "", "n", "r"))


def article(number: int, *, world: int = 12, seed: int = 0, around: int | None = None) -> Resolved:
    """The article of this number: the same number, world and seed give the same article.

    ``world`` is how many actors and affairs there are to choose from. With ``around`` they are chosen from the last
    ``world`` up to that number, so that each comes back a few times and then no more, however many articles there are;
    one person of five is one of the ``LASTING``, who come back for ever, in ever other offices.
    """
    rng = random.Random(f"{seed}/{number}")

    def chosen() -> int:
        return rng.randrange(world) if around is None else around - rng.randrange(world)

    aid = f"2015-01-01-article-{number:05d}"
    crowded = world < 100 and around is None  # names and affairs so alike that they collide, for the tests' sake
    text = f"Article {number} of the made up world. " * 40
    land = rng.choice(COUNTRIES)
    references = [_reference(aid, "land", EntityType.COUNTRY, land, country=land, times=3)]
    offices, statements = [], []
    for i in range(rng.randint(1, 2)):
        who = random.Random(f"{seed}/body/{chosen()}")
        own = f"{word(who, 3)} {'' if crowded else word(who, 3) + ' '}{who.choice(('Institute', 'Front', 'Movement'))}"
        name = rng.choice((own, own, rng.choice(_KINDS)))
        letters = "".join(w[0] for w in name.split()).upper()
        if name == own or crowded:  # a ministry has one abbreviation
            letters += word(who, 1)[0].upper()
        aliases = (letters,) if rng.random() < 0.4 else ()
        home = rng.choice((land, land, None)) if name != own else rng.choice((None, None, land))
        part = (
            "body0" if i and rng.random() < 0.4 and (crowded or name == own) else None
        )  # a ministry is a part of no other
        kind = EntityType.MINISTRY if "Ministry" in name else EntityType.ORGANISATION
        references.append(_reference(aid, f"body{i}", kind, name, *aliases, country=home, part_of=part))
    for i in range(rng.randint(1, 3)):
        lasting = around is not None and rng.random() < 0.2
        who = random.Random(f"{seed}/person/{f'lasting {rng.randrange(LASTING)}' if lasting else chosen()}")
        given, middle, family = _given(who), _given(who), _family(who)
        family = rng.choice((family, family, family.replace("y", "i").replace("k", "q")))
        name = rng.choice(
            (f"{given} {family}", f"{given} {family}", f"{given[0]}. {family}", family, f"{given} {middle} {family}")
        )
        references.append(_reference(aid, f"person{i}", EntityType.PERSON, name))
        if rng.random() < 0.7:
            former = Tense.FORMER if rng.random() < 0.1 else Tense.CURRENT
            title = who.choice(_TITLES) if rng.random() < 0.8 else rng.choice(_TITLES)
            offices.append(OfficeHeld(f"office{i}", aid, f"person{i}", title, "body0", former, Span(0, 7)))
        affair = random.Random(f"{seed}/affair/{chosen()}")
        counted = f"{'' if crowded else word(affair, 3).lower() + ' '}{affair.choice(_COUNTED)}"
        figure = StatedFigure(
            f"figure{i}", Span(8 + i, 10 + i), str(value := rng.randint(1, 60)), value=value, low=value, high=value,
            unit="people", population=counted, event=affair.choice(_EVENTS), places=("land",), as_of=f"2015-0{rng.randint(1, 9)}",
        )  # fmt: skip
        office = f"office{i}" if offices and offices[-1].key == f"office{i}" else None
        span = (Span(0, 30),)
        statements.append(
            Statement(
                f"statement{i}", aid, f"person{i}", office, "said", Stance.SAID, Kind.INDIRECT, Certainty.FIRM, False, text[:30], span, span,
                span, Span(0, 30), about=("land", "body0"), figures=(figure,), reason="named",
            )
        )  # fmt: skip
    made = Article(aid, text, title=f"Article {number}", published=f"2015-0{rng.randint(1, 9)}-1{rng.randint(0, 9)}")
    return Resolved(made, tuple(references), tuple(offices), tuple(statements), extractor="made up")


def _reference(
    article: str, key: str, kind: EntityType, name: str, *aliases: str, country: str | None = None,
    part_of: str | None = None, times: int = 1,
) -> Reference:  # fmt: skip
    links = tuple(Link(Span(10 * i, 10 * i + 5), Form.NAME, "named") for i in range(times))
    return Reference(key, article, kind, name, aliases, country, part_of, links)

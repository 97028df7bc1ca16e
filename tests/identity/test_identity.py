"""Identity across articles: judgements by rule and person, and the entities that they form."""

from __future__ import annotations

import random
import sqlite3

import pytest

from kg.identity import rules
from kg.identity.blocking import BROAD_LIMIT, WINDOW, Key, keys, place_in_line
from kg.identity.decision import Decision
from kg.identity.profiles import Profile, profiles
from kg.model import EntityType, Form, Identity, Judgement, Link, OfficeHeld, Reference, Span, Tense
from kg.store.upkeep.at_once import Change, Index, identify

PERSON, BODY, MINISTRY, COUNTRY = EntityType.PERSON, EntityType.ORGANISATION, EntityType.MINISTRY, EntityType.COUNTRY


def ref(
    article: str, name: str, type: EntityType = PERSON, *aliases: str, country: str | None = None, part_of: str | None = None,
    key: str = "", form: Form = Form.NAME, times: int = 1,
) -> Reference:  # fmt: skip
    links = tuple(Link(Span(10 * i, 10 * i + 5), form, "named") for i in range(times))
    return Reference(key or name, article, type, name, aliases, country, part_of, links)


def office(article: str, person: str, title: str, body: str | None = None, tense: Tense = Tense.CURRENT) -> OfficeHeld:
    return OfficeHeld(f"{person}-{title}", article, person, title, body, tense, Span(0, 5))


def names(references: list[Reference], *offices: OfficeHeld, decided: tuple[Judgement, ...] = ()) -> list[set[str]]:
    """The entities as sets of "article: name"."""
    called = {(r.article, r.key): f"{r.article}: {r.name}" for r in references}
    return [{called[p] for p in e.references} for e in identify(references, offices, decided=decided).entities]


def verdict(left: Reference, right: Reference, *offices: OfficeHeld) -> Identity | None:
    found = identify([left, right], offices).judgements
    assert len(found) < 2
    return found[0].verdict if found else None


def test_identity_joins_spellings_of_one_name() -> None:
    assert names([ref("a", "Temir Abykaev"), ref("b", "Temir Abyqayev"), ref("c", "Темир Абыкаев")]) == [
        {"a: Temir Abykaev", "b: Temir Abyqayev", "c: Темир Абыкаев"}
    ]


def test_identity_takes_letters_in_brackets_apart() -> None:
    full, short = ref("a", "Harbour Safety Board (HSB)", BODY, country="Kenya"), ref("b", "HSB", BODY, country="Kenya")
    assert verdict(full, short) is Identity.SAME


def test_identity_joins_swapped_letters_in_one_country_only() -> None:
    board = ref("a", "Harbour Safety Board", BODY, "HSBK", country="Kenya")
    assert verdict(board, ref("b", "HBSK", BODY, country="Kenya")) is Identity.SAME
    assert verdict(board, ref("b", "HBSK", BODY)) is Identity.UNSURE
    assert verdict(board, ref("b", "HBSK", BODY, country="Ghana")) is Identity.NOT_SAME


def test_identity_joins_swapped_letters_within_one_article() -> None:
    land = ref("a", "Kenya", COUNTRY, country="Kenya", form=Form.DEMONYM, times=3)
    found = names([land, ref("a", "Harbour Safety Board", BODY, "HSBK", country="Kenya"), ref("a", "HBSK", BODY)])
    assert {"a: Harbour Safety Board", "a: HBSK"} in found


def test_identity_takes_letters_for_a_body_whatever_their_type() -> None:
    assert names([ref("a", "RFE/RL", PERSON), ref("b", "RFE/RL", EntityType.NEWS_ORGANISATION)]) == [
        {"a: RFE/RL", "b: RFE/RL"}
    ]


def test_identity_keeps_ministries_of_two_countries_apart() -> None:
    kenya, ghana = (ref(a, "Interior Ministry", MINISTRY, country=c) for a, c in (("a", "Kenya"), ("b", "Ghana")))
    assert verdict(kenya, ghana) is Identity.NOT_SAME
    # One whose country nobody tells joins neither.
    assert len(names([kenya, ghana, ref("c", "Interior Ministry", MINISTRY)])) == 3


def test_identity_gives_a_ministry_the_country_that_its_article_is_about() -> None:
    kenya = ref("a", "Interior Ministry", MINISTRY, country="Kenya")
    about = ref("b", "Kenya", COUNTRY, country="Kenya", times=4)
    assert {"a: Interior Ministry", "b: Interior Ministry"} in names(
        [kenya, about, ref("b", "Interior Ministry", MINISTRY)]
    )


def test_identity_joins_government_and_authorities_of_one_country() -> None:
    left = ref("a", "Kenyan government", EntityType.GOVERNMENT, country="Kenya", form=Form.NOMINAL)
    right = ref("b", "Kenyan authorities", EntityType.GOVERNMENT, country="Kenya", form=Form.NOMINAL)
    assert verdict(left, right) is Identity.SAME
    assert verdict(left, ref("b", "authorities", EntityType.GOVERNMENT, form=Form.NOMINAL)) is None


@pytest.mark.parametrize("kind", [EntityType.UNNAMED, EntityType.DOCUMENT])
def test_identity_never_joins_the_nameless(kind: EntityType) -> None:
    assert verdict(ref("a", "a spokesman", kind), ref("b", "a spokesman", kind)) is None


def test_identity_is_unsure_of_namesakes_in_different_offices() -> None:
    bodies = [ref("a", "Harbour Board", BODY), ref("b", "Lake Museum", BODY)]
    found = identify(
        [ref("a", "Ana Ruiz"), ref("b", "Ana Ruiz"), *bodies],
        [office("a", "Ana Ruiz", "director", "Harbour Board"), office("b", "Ana Ruiz", "curator", "Lake Museum")],
    )
    assert [j.verdict for j in found.judgements] == [Identity.UNSURE]


def test_identity_a_persons_word_overrides_rules() -> None:
    left, right = ref("a", "Ana Ruiz"), ref("b", "Ana Ruiz")
    said = Judgement(
        ("a", "Ana Ruiz"), ("b", "Ana Ruiz"), Identity.NOT_SAME, "Mia", "father and daughter", at="2026-01-01T00:00:00Z"
    )
    assert len(names([left, right])) == 1
    assert len(names([left, right], decided=(said,))) == 2


def test_identity_cuts_a_circle_at_its_weakest_tie() -> None:
    refs = [ref("a", "Ivan Petrovich Sidorov"), ref("b", "Ivan Andreevich Sidorov"), ref("c", "Ivan Sidorov")]
    found = names(refs)
    assert len(found) == 2
    assert not any({"a: Ivan Petrovich Sidorov", "b: Ivan Andreevich Sidorov"} <= group for group in found)


def test_identity_of_many_with_one_family_name_stays_bounded() -> None:
    many = [ref(f"a{i}", "Smith") for i in range(2000)]
    found = identify(many)
    assert len(found.entities) == len(many)
    assert found.judgements == ()


def test_identity_under_a_close_key_judges_each_with_a_bounded_number() -> None:
    many = [ref(f"a{i}", f"Ana {chr(97 + i % 26)}{chr(97 + i // 26)}ova Ruiz") for i in range(150)]
    assert len(identify(many).judgements) <= len(many) * WINDOW * 5


def test_identity_one_more_under_a_full_key_is_judged_with_a_bounded_number(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it stands first in the line, and where one leaves it again."""
    index = Index(sqlite3.connect(":memory:"))
    change = Change(index)
    change.add([ref(f"a{i}", f"Ana {chr(98 + i % 25)}{chr(97 + i // 25)}ova Ruiz") for i in range(500)], [])
    change.finish()
    judged: list[str] = []
    decide = rules.decide

    def counted(left: Profile, right: Profile) -> Decision | None:
        judged.append(left.names[0])
        return decide(left, right)

    monkeypatch.setattr(rules, "decide", counted)
    for step, name in enumerate(("Ana Aova Ruiz", "Ana Moova Ruiz", "Ana Zzova Ruiz")):
        change = Change(index)
        change.add([ref(f"b{step}", name)], [])
        change.finish()
        assert 0 < len(judged) <= 2 * WINDOW * 5
        judged.clear()
        change = Change(index)
        change.remove(f"b{step}")
        change.finish()
        assert len(judged) <= WINDOW * 5
        judged.clear()


def test_identity_judges_the_pairs_that_stand_close_in_a_line_whatever_came_and_went() -> None:
    """The ties are those of all pairs with fewer than WINDOW others between them in the line of a close key, or under a broad
    key that few share.
    """
    rng = random.Random(7)
    index = Index(sqlite3.connect(":memory:"))
    held: dict[str, Reference] = {}
    for step in range(400):
        change = Change(index)
        if held and rng.random() < 0.4:
            gone = rng.choice(sorted(held))
            del held[gone]
            change.remove(gone)
        else:
            held[f"a{step}"] = ref(
                f"a{step}",
                rng.choice(("Ana", "A.", "Ivo")) + f" {rng.choice('bcdfgklmnprst')}{rng.choice('aeiou')} Ruiz",
            )
            change.add([held[f"a{step}"]], [])
        change.finish()
    lines: dict[Key, list[tuple[str, str]]] = {}
    known = {p.id: p for p in profiles(list(held.values())).values()}
    for pid, profile in known.items():
        for key in keys(profile):
            lines.setdefault(key, []).append((place_in_line(profile, pid), pid))
    pairs = set()
    for (broad, _), line in lines.items():
        ordered = [pid for _, pid in sorted(line)]
        near = len(ordered) if broad else WINDOW
        if not broad or len(ordered) <= BROAD_LIMIT:
            pairs |= {
                tuple(sorted(p)) for i, a in enumerate(ordered) for b in ordered[i + 1 : i + 1 + near] for p in [(a, b)]
            }
    told = {(a, b) for a, b in pairs if rules.decide(known[a], known[b]) is not None}
    assert len(known) > 2 * WINDOW
    assert set(index.db.execute("SELECT a, b FROM tie")) == told


def test_identity_the_usual_bearer_of_a_name_keeps_its_id() -> None:
    """An article about a namesake changes nothing of the one whom many articles name."""
    bodies = [ref("a", "Harbour Board", BODY), ref("b", "Harbour Board", BODY), ref("c", "Lake Museum", BODY)]
    people = [ref("a", "Ana Ruiz"), ref("b", "Ana Ruiz"), ref("c", "Ana Ruiz")]
    jobs = [
        office("a", "Ana Ruiz", "director", "Harbour Board"),
        office("b", "Ana Ruiz", "deputy director", "Harbour Board"),
        office("c", "Ana Ruiz", "curator", "Lake Museum"),
    ]
    before = identify([*people[:2], *bodies[:2]], jobs[:2])
    after = identify([*people, *bodies], jobs)
    assert {e.id for e in before.entities} <= {e.id for e in after.entities}
    of = {p: e.id for e in after.entities for p in e.references}
    assert of["a", "Ana Ruiz"] == of["b", "Ana Ruiz"] == "ana-ruiz"
    assert of["c", "Ana Ruiz"].startswith("ana-ruiz_")

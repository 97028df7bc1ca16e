"""The reasons, word for word."""

from __future__ import annotations

from kg.compare import pair
from kg.compare.wording.figure import named, own_words

from .conftest import claim


def test_reason_of_one_source() -> None:
    a = claim(22, speaker_name="Interior Ministry", said_on="2020-02", places=("Syria",))
    b = claim(40, "~", speaker_name="Interior Ministry", said_on="2020-04", places=("Syria",))
    assert pair(a, b).reason == (
        "The Interior Ministry said in February 2020 that 22 people had been killed in Syria and put the number at around 40 in April: "
        "revised upwards by about 18 in two months."
    )


def test_reason_of_a_contradiction_names_what_was_counted() -> None:
    a = claim(50, population="women", event="go", speaker_name="Rui Vale", said_on="2020-04-16", places=("Syria",))
    b = claim(30, "~", population="women", event="join", speaker_name="Ana Tormes", said_on="2020-04-21", places=("Syria",),
              content="Around 30 women have joined the group", text="Around 30", unofficial=True)  # fmt: skip
    assert pair(a, b).reason == (
        "Rui Vale said on 16 April 2020 that 50 women had gone to Syria, and Ana Tormes said on 21 April that around 30 women have joined "
        "the group: the two figures were given only five days apart and cannot both be right, even if “around 30” is taken as anything "
        "from 27 to 33; note that the second figure is called unofficial."
    )


def test_reason_of_an_open_figure() -> None:
    a = claim(330, ">", speaker_name="Ana Tormes", said_on="2020-04-21")
    b = claim(339, speaker_name="Rui Vale", said_on="2020-04-22")
    assert pair(a, b).reason == (
        "Ana Tormes said on 21 April 2020 that more than 330 people had been killed in Peru, and Rui Vale put the number at 339 on 22 April: "
        "“more than 330” gives only a lower end, which 339 is not below, so both can be true."
    )


def test_reason_when_only_the_report_is_dated() -> None:
    a = claim(120, unit="house", population="houses", event="destroy", speaker_name="Red Cross", published="2020-03-02")
    b = claim(300, unit="house", population="houses", event="destroy", speaker_name="Red Cross", published="2020-03-20")
    assert pair(a, b).reason == (
        "The Red Cross said, as reported on 2 March 2020, that 120 houses had been destroyed in Peru and was reported on 20 March as putting "
        "the number at 300: revised upwards by 180 in 18 days."
    )


def test_reason_of_money_and_share() -> None:
    a = claim(
        3e6, unit="USD", population="damage", event="", text="$3 million", speaker_name="Rui Vale", said_on="2020-03-02"
    )
    b = claim(
        9e6,
        unit="USD",
        population="damage",
        event="",
        text="$9 million",
        speaker_name="Ana Tormes",
        said_on="2020-03-04",
    )
    assert pair(a, b).reason == (
        "Rui Vale said on 2 March 2020 that the damage was $3 million, and Ana Tormes put the figure at $9 million on 4 March: the two "
        "figures were given only two days apart and cannot both be right."
    )


def test_reason_of_what_cannot_be_compared() -> None:
    a = claim(12, places=("Peru",), speaker_name="Rui Vale", said_on="2020-03-02")
    b = claim(30, places=("Chile",), speaker_name="Ana Tormes", said_on="2020-03-02")
    assert pair(a, b).reason.endswith(": not comparable, because one figure is for Peru, the other for Chile.")


def test_named_puts_the_article_where_it_belongs() -> None:
    names = [
        "Kyrgyz government",
        "Ministry of Health",
        "Ana Tormes",
        "some analysts",
        "the radio",
        "UNICEF",
        "Peru's Health Ministry",
    ]
    assert [named(n) for n in names] == [
        "the Kyrgyz government", "the Ministry of Health", "Ana Tormes", "some analysts", "the radio", "UNICEF", "Peru's Health Ministry",
    ]  # fmt: skip


def test_own_words_need_the_figure_as_subject() -> None:
    text = "that police had detained 44 people, of whom 8 were charged"
    assert own_words(claim(44, event="detain", text="44", content=text)) is None
    assert own_words(claim(8, event="charge", text="8", content=text)) == "8 were charged"
    assert own_words(claim(22, text="22", content="the 22 to have been killed in the north")) is None


def test_own_words_need_a_finite_verb() -> None:
    text = "the 22 said to have been killed in the north"
    assert own_words(claim(22, text="22", content=text)) is None
    assert (
        own_words(claim(22, text="22", content="22 had been killed in the north")) == "22 had been killed in the north"
    )


def test_reason_of_a_figure_for_a_day_on_which_it_may_not_have_been_given() -> None:
    a = claim(12, event="go", speaker_name="Rui Vale", said_on="2020-03-03")
    b = claim(30, event="go", speaker_name="Ana Tormes", as_of="2020-03-03", published="2020-03-04")
    assert "the two figures were given for the same day and cannot both be right" in pair(a, b).reason
    a = claim(50, event="go", speaker_name="Rui Vale", said_on="2020-03-03")
    b = claim(12, event="go", speaker_name="Ana Tormes", as_of="2020-03-04", published="2020-03-04")
    assert "the two figures were given for days only one day apart and" in pair(a, b).reason
    b = claim(30, event="go", speaker_name="Ana Tormes", as_of="2020-03", published="2020-03-04")
    assert "the two figures were given for about the same time and" in pair(a, b).reason
    b = claim(
        30, event="go", speaker_name="Ana Tormes", said_on="2020-03-03", as_of="2020-03-02", published="2020-03-04"
    )
    assert "the two figures were given on the same day and" in pair(a, b).reason

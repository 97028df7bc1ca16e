"""What a page says of itself and what of it was left out: remarks of an article, and lines for tables and posts."""

from __future__ import annotations

import pytest

from kg.model import Article
from kg.read.metadata import Given
from kg.read.pages import web_page
from kg.read.plain import plain_text

BODY = (
    "<p>The road bridge over the Ferro was closed on Monday after a crack was found in its middle, the Road Board said.</p>"
    "<p>Bus drivers told the agency that the way round took them an hour longer in the morning than before.</p>"
)


def page(body: str, head: str = "") -> Article:
    whole = f"<!DOCTYPE html><html lang='en'><head><title>Bridge closed</title>{head}</head><body><article><h1>Bridge closed</h1>{body}</article></body></html>"
    return web_page(whole.encode(), Given())


def test_a_table_stands_where_it_stood() -> None:
    table = "<table><tr><th>Day</th><th>Cars</th></tr><tr><td>Monday</td><td>4,000</td></tr><tr><td>Sunday</td><td>1,200</td></tr></table>"
    text = page(BODY.replace("</p><p>", f"</p>{table}<p>")).text
    assert "the Road Board said.\n\nDay | Cars\nMonday | 4,000\nSunday | 1,200\n\nBus drivers" in text


def test_cells_over_rows_and_columns_keep_their_place() -> None:
    table = (
        "<table><tr><th>Town</th><th colspan='2'>Hurt</th><th>Dead</th></tr><tr><td rowspan='2'>Osh</td><td>1</td><td>2</td><td>3</td></tr>"
        "<tr><td>4</td><td>5</td><td>6</td></tr></table>"
    )
    assert "Town | Hurt |  | Dead\nOsh | 1 | 2 | 3\nOsh | 4 | 5 | 6" in page(table + BODY).text


def test_a_bar_in_a_cell_is_no_end_of_it() -> None:
    table = "<table><tr><th>Town</th><th>Dead</th></tr><tr><td>Osh | north</td><td>14</td></tr><tr><td>Tolm</td><td>2</td></tr></table>"
    assert "Osh / north | 14" in page(table + BODY).text


def test_a_table_of_words_is_told() -> None:
    table = "<table><tr><th>Day</th><th>Event</th></tr><tr><td>Monday</td><td>Crack found</td></tr><tr><td>Tuesday</td><td>Bridge closed</td></tr></table>"
    found = page(BODY.replace("</p><p>", f"</p>{table}<p>"))
    assert found.remarks == (
        "A table of the page was not read, from “Day Event Monday Crack found Tuesday Bridge closed…” on.",
    )
    assert found.note == found.remarks[0]
    assert "Kgmark" not in found.text


def test_a_mark_of_ours_in_the_page_is_left_alone() -> None:
    assert (
        "Kgmark0x"
        in page(BODY + "<p>The word Kgmark0x stands in this paragraph, and nobody knows why, the board said.</p>").text
    )


@pytest.mark.parametrize("value", ["false", '"False"', '"false"'])
def test_a_page_for_subscribers_is_told(value: str) -> None:
    head = f'<script type=\'application/ld+json\'>[{{"@type":"NewsArticle","isAccessibleForFree":{value}}}]</script>'
    assert page(BODY, head).remarks[0].startswith("The page says that it is for subscribers: perhaps only the first")


@pytest.mark.parametrize("script", ["{", '{"isAccessibleForFree": true}', "[1, null]", ""])
def test_other_data_in_a_page_tells_nothing(script: str) -> None:
    assert page(BODY, f"<script type='application/ld+json'>{script}</script>").remarks == ()


def test_where_a_line_asks_only_the_beginning_is_there() -> None:
    found = page(BODY + "<div><p>Subscribe to continue reading this story.</p></div>")
    assert found.remarks == (
        "Only the first 41 words of the article are there: it breaks off at “Subscribe to continue reading this story.”.",
    )


@pytest.mark.parametrize("end", ["…", "... Read more", "[…]", " [+1234 chars]"])
def test_a_text_that_ends_in_the_middle_is_told(end: str) -> None:
    found = plain_text(
        f"The bridge was closed, the board said.\n\nBus drivers told the agency that the way round took them an hour longer in the morning than before, and that it will be{end}",
        Given(),
    )
    assert found.remarks == (
        f"Only the first {len(found.text.split())} words of the article are there: it breaks off in the middle.",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Subscribe to our channel.\n\nThe bridge was closed, the board said.",
        "The bridge was closed, the board said.\n\nSubscribe to read more.\n\nBus drivers said that the way was long.",
        "“Subscribers can read what they like,” the mayor said.",
        "The wall … fell, the board said.",
    ],
)
def test_a_text_that_goes_on_is_whole(text: str) -> None:
    assert plain_text(text, Given()).remarks == ()


def test_the_note_of_the_user_comes_first() -> None:
    found = plain_text("---\nnote: From the archive.\n---\nThe bridge fell, police said.\n\n12 May 2020\n", Given())
    assert (found.note, found.remarks) == (
        "From the archive. The date is that of the line “12 May 2020” in the text.",
        ("The date is that of the line “12 May 2020” in the text.",),
    )


def test_comments_with_times_are_no_posts() -> None:
    comments = "".join(
        f"<div class='comment'><time datetime='2020-05-12T1{i}:00'>1{i}:00</time><p>I think that the board knew it all along, said my uncle.</p></div>"
        for i in range(4)
    )
    found = page(BODY + f"<div class='comments'>{comments}</div>")
    assert "May 2020" not in found.text


def test_posts_of_a_page_come_in_the_order_of_time() -> None:
    posts = "".join(
        f"<section class='live-post'><time datetime='2020-05-12T{hour}:00'>{hour}</time><p>At {hour} o'clock the water stood {hour} metres above the road, the board said.</p></section>"
        for hour in (18, 15, 12)
    )
    text = page(posts).text
    assert [text.index(f"12 May 2020, {hour}:00\n\nAt {hour}") for hour in (12, 15, 18)] == sorted(
        text.index(f"At {hour} o'clock") - len(f"12 May 2020, {hour}:00\n\n") for hour in (12, 15, 18)
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Toll rises\n\nDORVEN, 3 March 2024 - Nineteen miners died, police said.", "2024-03-03"),
        ("DORVEN, Marvonia, March 3, 2024 (AP) — Nineteen miners died, police said.", "2024-03-03"),
        ("Dorven (3 March 2024): Nineteen miners died, police said.", "2024-03-03"),
        ("Toll rises\n\nDorven, 3 March 2024. – Nineteen miners died, police said.", "2024-03-03"),
        ("DORVEN, March 3, 2024. /NORDA/. Nineteen miners died, police said.", "2024-03-03"),
        ("Dorven, 3 March 2024. Nineteen miners died, police said.", "2024-03-03"),
        ("Ana Ruiz, 3 March 1920 – 5 May 2010\n\nThe writer died, her family said.", None),
        ("Ana Ruiz, March 3, 1920 – May 5, 2010\n\nThe writer died, her family said.", None),
        ("On 3 March 2024 - a Sunday - nineteen miners died, police said.", None),
        ("DORVEN, 3 March - Nineteen miners died, police said.", None),
        (
            "KYIV, 3 March 2024 - Shells fell, police said.\n\nLVIV, 4 March 2024 - Shells fell again, police said.",
            None,
        ),
    ],
)
def test_a_dateline_with_its_year_tells_the_day_where_nothing_else_does(text: str, day: str | None) -> None:
    assert plain_text(text, Given()).published == day
    assert plain_text(f"---\ndate: 2023-01-02\n---\n{text}", Given()).published == "2023-01-02"

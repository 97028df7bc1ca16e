"""Paragraphs of an article and what each is: headline, prose, caption, byline or furniture of the page."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from kg.english.calendar import SHORT, WEEKDAYS
from kg.english.lists import alternation, listed
from kg.english.paragraphs import pulled, stubs, tables, transcripts
from kg.english.paragraphs.bylines import HANDLE, is_byline, is_sign_off, is_signature
from kg.english.paragraphs.daylines import day_of
from kg.model import Block, BlockKind, Span

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s*$")
_LINE_END = re.compile(r"\r\n|\n|\r|\u2028|\u2029")
_TAGS_ALONE = re.compile(r"\s*(?:<[^<>]{1,300}>\s*)+")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)\s|copyright\b|all rights reserved|the views expressed|this (?:article|story) (?:was|is) (?:originally|first|part of))",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?(?:photo|file photo|picture|image|illustration|video|credit|source|caption)s?(?: by| credit)?\s*[:/|]|"
    r"photo(?:graph)? by\b|.{0,200}\((?:photo|image|picture|ap photo|file|credit)\b[^()]*\)$|"
    r".{3,200}\b(?:(?:REUTERS|AFP|EPA|AP|dpa)/[\w .]+|Getty Images)$",
    re.IGNORECASE,
)
# What sites put around an article, by what it asks the reader to do or announces: lines, and whole sentences.
_ASKS = re.compile(
    r"(?:skip|jump|back|return|go) to\b|(?:sign|log) (?:in|up|out)\b|subscribe\b|follow (?:us|me|[@\w]+ on)\b|"
    r"share (?:this|on|via)|click\b|download\b|donate\b|register\b|read (?:more|also|next|the full)\b|also (?:read|watch|see)\b|see also\b|"
    r"watch (?:also|more|live|:)|listen (?:to|:|live)|print this|e-?mail this|leave a comment|join the conversation|"
    r"accept (?:all|cookies)|advertisement\b|sponsored\b|loading\b|updated?:? |last (?:updated|modified)|published:? |"
    r"posted (?:on|at)|filed under|tags?:|topics?:|categor(?:y|ies):|home\s*[>»/|]|have your say|"
    r"\d+ (?:min(?:ute)?s? (?:read|ago)|comments?)",
    re.IGNORECASE,
)
_BEGS = re.compile(
    r"(?:please )?(?:sign up (?:for|to)|subscribe to|follow (?:us|him|her|me|@\w+) on|click here|read (?:more|also):|see also:|"
    r"watch:|skip to|log in to|support our|become a member|join our|(?:we|this site) uses? cookies|by continuing to)\b",
    re.IGNORECASE,
)
_LISTS = re.compile(
    r"(?:related|read (?:more|also|next)|latest|most (?:read|popular|viewed|shared)|more (?:on|from|in) .{1,40}|see also|recommended|"
    r"trending|editors?['’] picks?|top stories|share(?: this)?|popular|you (?:may|might) also like)[\w ]{0,30}:?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"about (?:this|the|us|our)\b[\w ]{0,40}:?|about\s*:?", re.IGNORECASE)
# What a line that only tells a moment is made of, each piece in every length that it can have; months take what follows
# them in their word ("Sept", "Marzo") and stand apart.
_MONTH = re.compile(alternation(month for month in SHORT if month not in ("Jun", "Jul")), re.IGNORECASE)
_REST_OF_WORD = re.compile(r"\w*")
_MOMENT = tuple(
    re.compile(piece, re.IGNORECASE)
    for piece in (
        alternation(WEEKDAYS), r"may|jun|jul", r"june|july", r"\d", r"\d(?:st|nd|rd|th)", r"[ap]\.?m",
        r"gmt|utc", r"[a-z]{2}t", r"[a-z]{3}t", r"at|on|of", r"[\s,.:/|•·–-]",
    )
)  # fmt: skip
# A part of the page between dashes, and the caption of an agency's picture.
_DASHED = re.compile(
    r"[-–—]+\s*(?:advertisement|photo|continue reading|more|story continues(?: below)?|video)\s*[-–—]*", re.IGNORECASE
)
_AGENCY_PHOTO = re.compile(
    r"\((?:AP|AFP|Reuters|EPA|Getty|File|Xinhua)[^()]{0,20}\bphotos?\b[^()]*\)|\bPhoto: [A-Z][\w ]+/[\w .]+$",
    re.IGNORECASE,
)
_LONGEST_CAPTION = 60  # words
_SPEECH = re.compile(rf"[“\"][^”\"]{{12,}}[,.?!][”\"]|\b(?:{alternation(listed('transcript_words', 'said'))})\b")
_LEADS = re.compile(r"^(?:\S+\s+){3,}\S*:$")  # to the table behind it: "The ministry gave these figures:"
_LEAST_LEFT = 6  # words
_WRAPPED = (
    100  # characters; where a line is longer, line breaks part paragraphs, unless all lines are filled to a width
)
_WIDEST = 250  # characters of a line that somebody may have broken at a width
_FEWEST_BREAKS, _FULL = 3, 0.8  # breaks inside paragraphs, and the share of them behind full lines, that show a width
_MOST_OF_HEADLINE = 18  # words
_TAIL = 2_000  # characters


def split(text: str) -> tuple[Block, ...]:
    """The blocks of ``text`` in order; white space between them belongs to none.

    A block is a run of lines without an empty line between; lines that are repeated, or that each end as a sentence
    does, are blocks of their own (a page copied from a browser has no empty lines). What a block is follows from its
    place, its punctuation and its neighbours, and from words that pages of any site use:

    * prose: ends as a sentence does, or is long;
    * headline: the first unpunctuated line of at least four words before the first prose that is no navigation;
    * caption: a line printed twice, words of the text printed again, or with a photographer's credit;
    * byline: a name after dashes or "By"; a signature after dashes ends the article;
    * furniture: everything else short and unpunctuated, and all that follows the signature.

    >>> text = "Menu\\n\\nPrices Rise Again In April\\n\\nPrices rose, the bank said.\\n\\n-- Ann Lee\\n\\nAbout us."
    >>> [b.kind.value for b in split(text)]
    ['furniture', 'headline', 'prose', 'byline', 'furniture']
    """
    grids = frozenset(table.span for table in tables.find(text))
    spans = [s for p in _paragraphs(text, grids) for s in ([p] if p in grids else transcripts.parted(text, p))]
    bodies = [span.of(text) for span in spans]
    kinds = _by_themselves(bodies, [span in grids for span in spans])
    first = next((i for i, k in enumerate(kinds) if k is BlockKind.PROSE), len(spans))
    open_ = [i for i, k in enumerate(kinds) if k in (None, BlockKind.PROSE)]
    for i in pulled.repeated(bodies, open_, first + 1):
        kinds[i] = BlockKind.CAPTION
    headline = _headline(bodies, kinds, first)
    listing = False
    out: list[Block] = []
    for i, (span, kind) in enumerate(zip(spans, kinds, strict=True)):
        if kind is BlockKind.PROSE:
            listing = False
        elif _LISTS.fullmatch(bodies[i]):
            listing = True
        if i == headline:
            kind = BlockKind.HEADLINE
        elif kind is None:
            goes_on = i > first and not listing and (_is_half(bodies[i]) or len(bodies[i].split()) >= 6)
            kind = BlockKind.PROSE if goes_on else BlockKind.FURNITURE
        out.append(Block(span, kind))
    return tuple(out)


def headline(text: str) -> str | None:
    """The headline of an article's text on one line, or ``None`` where it has none.

    >>> headline("Breaking News\\n\\nFerry Sinks Off Zanzibar Coast\\n\\nA ferry sank on Friday, police said.")
    'Ferry Sinks Off Zanzibar Coast'
    """
    found = next((b.span.of(text) for b in split(text) if b.kind is BlockKind.HEADLINE), None)
    return " ".join(found.split()) if found else None


def _by_themselves(bodies: Sequence[str], grids: Sequence[bool]) -> list[BlockKind | None]:
    """What blocks are by their own words, by what is printed twice, and by the end of the article; ``None`` for the rest.
    ``grids`` tells which are tables.
    """
    kinds: list[BlockKind | None] = [None] * len(bodies)
    seen: dict[str, int] = {}
    ended = prose_before = walled = False
    for i, body in enumerate(bodies):
        prose_before = prose_before or (i > 0 and kinds[i - 1] is BlockKind.PROSE)
        words = len(body.split())
        whole = _SENTENCE_END.search(body) is not None
        if grids[i]:
            kinds[i] = BlockKind.TABLE
            if i and kinds[i - 1] in (None, BlockKind.FURNITURE) and _LEADS.search(bodies[i - 1]) and not ended:
                kinds[i - 1] = BlockKind.PROSE
        elif stubs.is_wall(body) or stubs.is_offer(body, behind_wall=walled):
            kinds[i], walled = BlockKind.FURNITURE, True
        elif ended or _is_furniture(body, words):
            kinds[i] = BlockKind.FURNITURE
            ended = ended or (prose_before and words < 8 and _ABOUT.fullmatch(body) is not None)
        elif words < 12 and is_byline(body, opening=not prose_before):
            kinds[i] = BlockKind.BYLINE
            ended = is_signature(body) and prose_before and not _goes_on(bodies[i + 1 :])
        elif words < 20 and i and HANDLE.fullmatch(body):
            kinds[i] = BlockKind.CAPTION
        elif is_sign_off(body):
            kinds[i] = BlockKind.BYLINE
        elif words < 60 and ((i and body == bodies[i - 1]) or _CREDIT.match(body)):
            kinds[i] = BlockKind.CAPTION
            if i and body == bodies[i - 1]:
                kinds[i - 1] = BlockKind.CAPTION
        elif (whole and words > 3) or words >= 25:
            kinds[i] = BlockKind.PROSE
        elif body in seen and not whole:
            kinds[i] = kinds[seen[body]] = BlockKind.CAPTION
        seen.setdefault(body, i)
    return kinds


def _goes_on(bodies: Sequence[str]) -> bool:
    """Whether what follows a signature is the article again, as behind a post or a picture in its middle: somebody speaks."""
    return any(_SENTENCE_END.search(body) and _SPEECH.search(body) and not _BEGS.match(body) for body in bodies)


def left_out(text: str, blocks: Sequence[Block]) -> tuple[Span, ...]:
    r"""Paragraphs of whole sentences that were taken for a part of the page for their place alone, behind a signature or a list:
    nobody reads them, so that a reader should know.

    >>> text = "It rained, police said.\n\n-- Ann Lee\n\nThe river rose by two metres on Sunday night."
    >>> [span.of(text) for span in left_out(text, split(text))]
    ['The river rose by two metres on Sunday night.']
    """
    found = []
    for block in blocks:
        body = block.span.of(text)
        words = len(body.split())
        whole = block.kind is BlockKind.FURNITURE and words >= _LEAST_LEFT and _SENTENCE_END.search(body) is not None
        if whole and not (_is_furniture(body, words) or stubs.is_wall(body) or stubs.is_offer(body, behind_wall=True)):
            found.append(block.span)
    return tuple(found)


def _is_furniture(body: str, words: int) -> bool:
    if _DASHED.fullmatch(body) or (words < _LONGEST_CAPTION and _AGENCY_PHOTO.search(body)):
        return True
    if _TAGS_ALONE.fullmatch(body) or (words < 30 and _COPYRIGHT.match(body)):
        return True
    if words < 8 and (_ABOUT.fullmatch(body) or _LISTS.fullmatch(body) or "://" in body):
        return True
    if words >= 25:
        return False
    asks = _BEGS if _SENTENCE_END.search(body) else _ASKS
    if asks.match(body) is not None:
        return True
    return words < 14 and (_is_moment(body) or day_of(" ".join(body.split())) is not None)


def _is_moment(body: str) -> bool:
    """Whether a line tells a moment and nothing else: days, months, numbers, hours, zones.

    Every place that a piece can end at is kept and looked at once, so that the work grows with the length alone; one
    expression for all pieces tries every way to cut a row of digits.

    >>> [_is_moment(line) for line in ("Tues. 21 April 2015, 10.30 a.m. GMT", "20150421103015_n.jpg")]
    [False, False]
    >>> _is_moment("Tuesday, 21 April 2015, 10.30 a.m. GMT")
    True
    """
    reached, in_month = {0}, -1
    for at in range(len(body)):
        if at not in reached and at > in_month:
            if not reached or max(reached) < at:
                return False
            continue
        reached.discard(at)
        month = _MONTH.match(body, at)
        if month is not None:
            reached.add(month.end())
            if in_month < month.end():  # else the word is one whose end is known
                in_month = _REST_OF_WORD.match(body, month.end()).end()  # type: ignore[union-attr]  # it may be empty
        reached.update(found.end() for piece in _MOMENT if (found := piece.match(body, at)) is not None)
    return bool(body) and (len(body) in reached or len(body) <= in_month)


def _headline(bodies: Sequence[str], kinds: Sequence[BlockKind | None], first: int) -> int | None:
    """The index of the headline: the first line of some length before the first prose; a question at the top is one too."""
    lines = [i for i in range(first) if kinds[i] is None and len(bodies[i].split()) >= 4]
    if lines:
        return lines[0]
    opening = next((i for i, kind in enumerate(kinds) if kind not in (None, BlockKind.FURNITURE)), None)
    if opening is None or opening + 1 >= len(bodies) or BlockKind.PROSE not in kinds[opening + 1 :]:
        return None
    body = bodies[opening]
    asks = re.search(r"[?!][\"'”’]?$", body) and len(re.findall(r"[.?!](?:\s|$)", body)) == 1
    return opening if asks and len(body.split()) <= _MOST_OF_HEADLINE else None


def _is_half(body: str) -> bool:
    """Whether a line is a piece of prose: it opens a quotation or goes on in the next."""
    return body[:1] in "\"“‘«'" or body.rstrip().endswith((",", ":", ";", '"', "”"))


def _lines(text: str, grids: frozenset[Span]) -> list[Span]:
    """The lines of a text without the space around them; a table is one."""
    lines = [
        Span(m.start() + len(m[0]) - len(m[0].lstrip()), m.start() + len(m[0].rstrip()))
        for m in re.finditer(r"[^\n\r\u2028\u2029]+", text)
        if m[0].strip()
    ]
    if not grids:
        return lines
    starts = sorted(grids)
    inside: dict[Span, None] = {}
    for line in lines:
        at = bisect_right(starts, line.start, key=lambda grid: grid.start) - 1
        inside[starts[at] if at >= 0 and line.end <= starts[at].end else line] = None
    return list(inside)


def _paragraphs(text: str, grids: frozenset[Span] = frozenset()) -> list[Span]:
    """Runs of lines, and the tables ``grids``. A single line break parts two paragraphs when the upper one is whole, the line is
    repeated, or the text is not wrapped at a width.
    """
    lines = _lines(text, grids)
    prose = [line for line in lines if line not in grids]
    width = max((line.end - line.start for line in prose), default=0)
    filled = _filled(text, prose, width)
    wrapped = filled or width <= _WRAPPED
    out: list[Span] = []
    above: Span | None = None
    for line in lines:
        gap = text[out[-1].end : line.start] if out else "\n\n"
        blank = len(_LINE_END.findall(gap)) > 1 or "\u2029" in gap
        # What matters of the paragraph so far is how it ends, and whether it is more than a few words.
        upper = text[max(out[-1].start, out[-1].end - _TAIL) : out[-1].end] if out and not blank else ""
        goes_on = (
            filled and above is not None and _is_full(text, above, line, width) and not _SENTENCE_END.search(upper)
        )
        page = not blank and _DASHED.fullmatch(line.of(text)) is not None
        asks = bool(upper) and len(upper) < _WRAPPED and _ASKS.match(upper) is not None
        grid = bool(grids) and (line in grids or (bool(out) and out[-1] in grids))
        if (
            grid
            or blank
            or page
            or asks
            or not wrapped
            or (_whole(upper) and not goes_on)
            or _repeats(text, line, out[-1])
        ):
            out.append(line)
        else:
            out[-1] = Span(out[-1].start, line.end)
        above = line
    return out


def _filled(text: str, lines: Sequence[Span], width: int) -> bool:
    """Whether lines are broken at a width, as mail programs and terminals do: nearly all that another follows at once are so
    full that its first word would not have fitted.
    """
    if width > _WIDEST:
        return False
    broken = [pair for pair in pairwise(lines) if len(_LINE_END.findall(text[pair[0].end : pair[1].start])) == 1]
    full = sum(_is_full(text, upper, line, width) for upper, line in broken)
    return len(broken) >= _FEWEST_BREAKS and full >= _FULL * len(broken)


def _is_full(text: str, upper: Span, line: Span, width: int) -> bool:
    return upper.end - upper.start + 1 + len(line.of(text).split(None, 1)[0]) > width


def _repeats(text: str, line: Span, upper: Span) -> bool:
    return line.end - line.start == upper.end - upper.start and line.of(text) == upper.of(text)


def _whole(body: str) -> bool:
    """Whether a paragraph may end here: a wrapped line in mid-sentence may not."""
    return bool(_SENTENCE_END.search(body)) or len(body.split()) < 9

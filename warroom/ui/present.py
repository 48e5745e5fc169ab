"""Values into words and cells. Pure: no widget, no clock; text from outside goes through the gate."""

from datetime import datetime, timedelta

from rich.cells import cell_len, set_cell_size

from warroom.domain.events import Act
from warroom.domain.mention import Kept, Segment
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import SafeText, one_line
from warroom.domain.triage.narratives import Narrative
from warroom.services.words import Words
from warroom.ui.line import cut

SEGMENT_MARKS = {
    Segment.LOVE: "++",
    Segment.LIKE: "+",
    Segment.NEUTRAL: "·",
    Segment.DISLIKE: "−",
    Segment.HATE: "−−",
}
STATE_MARKS: dict[Act, tuple[str, str]] = {
    "new": ("●", "warning"),
    "reply": ("R", "primary"),
    "escalate": ("E", "error"),
    "ignore": ("·", "muted"),
    "close": ("✓", "success"),
}
ACTS: dict[Act, Sentence] = {
    "new": say("New"),
    "reply": say("Reply"),
    "escalate": say("Escalate"),
    "ignore": say("Ignore"),
    "close": say("Close"),
}
WATCHED = "◌"
"""The sign of a mention that the reply guide left to be watched."""
UNSURE = "◐"
"""The sign of a mention whose reading could as well be another one."""
NETWORKS = {
    "x": "X",
    "bluesky": "BS",
    "mastodon": "MA",
    "instagram": "IG",
    "tiktok": "TT",
    "facebook": "FB",
    "reddit": "RD",
    "youtube": "YT",
    "news": "NW",
    "rss": "NW",
    "review": "RV",
    "hackernews": "HN",
    "mail": "@",
    "linkedin": "LI",
    "threads": "TH",
    "telegram": "TG",
}
"""The two letters of a network in a row."""
BIG_REACH = 50_000
"""From here on a reach is bold (design, section 3)."""
MOST_REACH = 1_000_000_000_000
"""From here on a reach is not counted any further: it would not fit its column."""


def network_cell(source: str) -> str:
    """Two cells at most; of a network that nobody knows, the beginning of its name."""
    return NETWORKS.get(source) or set_cell_size(one_line(source).upper(), 2).strip() or "?"


def age(now: datetime, then: datetime) -> str:
    """`3s`, `14s`, `6m`, `2h`, `4d`: at most four cells."""
    seconds = max(0, int((now - then).total_seconds()))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "m")):
        if seconds >= size:
            return f"{min(seconds // size, 999)}{unit}"
    return f"{seconds}s"


def time_cell(now: datetime, then: datetime, words: Words, *, clock: bool) -> str:
    """The age, or the local time where there is room for it."""
    return words.clock_s(then) if clock else age(now, then)


def reach_cell(people: int | None, words: Words) -> str:
    """`1.2k`, at most five cells; unknown is `?`, never 0. More people than there are is somebody's joke."""
    if people is None or people < 0:
        return "?"
    return words.short(people) if people < MOST_REACH else f">{words.short(MOST_REACH - 1)}"


def story(narrative: Narrative) -> str:
    """The terms that stand out in a narrative, as people write them: they come from outside."""
    return one_line(" · ".join(narrative.name)) or "—"


def author_cell(kept: Kept) -> SafeText:
    """The handle with its @, else the name."""
    handle = kept.mention.author_handle
    if handle:
        return one_line(handle if handle.startswith(("@", "/")) else f"@{handle}")
    return one_line(kept.mention.author_name or "—")


def text_cell(kept: Kept) -> SafeText:
    """Title and text in one line; a deleted or edited mention says so by its sign."""
    mention = kept.mention
    text = f"{mention.title} — {mention.text}" if mention.title and mention.text else mention.title or mention.text
    sign = "✕ " if mention.deleted_at is not None else "✎ " if mention.edited_at is not None else ""
    return one_line(sign + text[:600])


def fit(text: str, width: int) -> str:
    """Exactly `width` cells: cut with `…`, or padded."""
    shown = cut(text, width)
    return shown + " " * (width - cell_len(shown))


def countdown(delta: timedelta) -> str:
    """`00:36:19` to go, `+03:12` late."""
    seconds = int(delta.total_seconds())
    sign, seconds = ("+", -seconds) if seconds < 0 else ("", seconds)
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    if sign and not hours:
        return f"+{minutes:02}:{seconds:02}"
    return f"{sign}{hours:02}:{minutes:02}:{seconds:02}"


def ago(now: datetime, then: datetime, words: Words) -> str:
    """`9 min` since then."""
    return words.span(max(timedelta(0), now - then))

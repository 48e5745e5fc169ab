"""The timeline of the log: every entry in its order, with the time, the minutes from the declaration, who, what."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from warroom.domain.board import Line
from warroom.domain.incident import Incident
from warroom.domain.text import one_line
from warroom.services.entries.entry import Entry, entry
from warroom.services.report.marked import escaped
from warroom.services.words import Words

CLOCK_JUMP = timedelta(seconds=5)
"""An entry that stands after one of so much later was written by a clock that had been set back, or by another one."""
CITED = 80
"""Characters of an entry that stand in its correction: enough to find it by."""


def timeline(lines: Iterable[Line], incident: Incident, words: Words) -> Iterator[str]:
    """Every entry in the order of the log: local time with offset, minutes from the declaration, who, what."""
    t = words.t
    yield f"## {t('Timeline')}"
    yield ""
    day = ""
    latest: datetime | None = None
    earlier: dict[str, Line] = {}
    for line in lines:
        told = entry(line.recorded, incident)
        earlier[told.id] = line
        today = words.day(told.recorded_at)
        if today != day:
            if day:
                yield ""  # else the line would go on as part of the entry above
            day = today
            yield f"**{today}**"
            yield ""
        back = latest is not None and latest - told.recorded_at > CLOCK_JUMP
        corrected = earlier.get(told.corrects) if told.corrects is not None else None
        old = entry(corrected.recorded, incident) if corrected is not None else None
        yield f"- {_entry(told, incident, words, today, old)}{' · ' + t('the clock went back') if back else ''}"
        latest = told.recorded_at
    yield ""


def _entry(told: Entry, incident: Incident, words: Words, today: str, corrected: Entry | None) -> str:
    """`today` is the day under which it stands: that of its writing down."""
    minutes = incident.minutes(told.at)
    offset = f"{'−' if minutes < 0 else '+'}{abs(minutes):02}"
    text = escaped(words.say(told.text))
    if corrected is not None:
        day = "" if words.day(corrected.at) == today else f"{words.day(corrected.at)} "
        said = str(one_line(words.say(corrected.text)))
        said = said if len(said) <= CITED else said[: CITED - 1].rstrip() + "…"
        old = words.t("Corrects the entry of {time}, “{text}”:", time=day + words.clock_s(corrected.at), text=said)
        text = f"{escaped(old)} {text}"
    elif told.corrects is not None:
        text = f"{words.t('Correction of an earlier entry:')} {text}"
    late = (told.recorded_at - told.at).total_seconds() >= 60
    added = f" ({words.t('added {time}', time=words.clock(told.recorded_at))})" if late else ""
    day = words.day(told.at)
    other = "" if day == today else f"{day} "
    return f"{other}{words.stamp(told.at)} · {offset} min · {told.glyph} {text}{added} · {escaped(told.who)}"

"""What a text promises, with its time: "we will update you here at 16:00", "actualizaremos en una hora"."""

import re
from datetime import datetime, tzinfo

from msgspec import Struct

from .text import Span, Text, prepared
from .times import day_in, is_only_time, told


class Promised(Struct, frozen=True):
    """A promise found in a text: its sentence, the words that give the time, and when it is due (aware, UTC)."""

    text: str
    start: int
    end: int
    due_at: datetime


_WILL = {
    "en": re.compile(
        r"(?<!\w)(?:will|(?:we|i|they|she|he|it)'ll|shall|going to|promise"
        r"|next (?:public )?(?:word|update|news|statement|information|report|briefing|message|bulletin)"
        r"|updates?(?= (?:here |follow )?(?:at|by|every|in|on|within)\b)"
        # Without a verb, where it opens what is said: "More here at 16:00".
        r"|(?<!\w )(?<!\w)(?:more(?: information| news| details| facts)?|back)"
        r"(?= (?:here |on this page )?(?:at|by|in)\b)"
        r"|(?:we are|we're) back(?= (?:here |with more )?(?:at|by|in)\b))(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:(?!queremos)\w+[aeidrb]remos|va(?:mos|n)? a|volvemos a|prometemos|actualizaciones"
        # The present of what is about to come: "os contamos más a las 23:30", "volvemos a las seis".
        r"|(?:con|expli)\w+mos mas|(?:damos|tenemos|ampliamos) mas (?:informacion|datos|detalles|noticias)"
        r"|(?:informamos|actualizamos) (?:mas|aqui|de nuevo|otra vez)"
        r"|volvemos(?= (?:aqui |con \w+ (?:\w+ )?)?(?:a las?|en|antes)\b)"
        r"|(?<!\w )(?<!\w)mas (?:informacion|datos|detalles|noticias)(?= (?:aqui |en esta \w+ )?(?:a las?|en|antes)\b)"
        r"|(?:proxim[oa]|siguiente|nuev[oa]) (?:\w+ )?"
        r"(?:aviso|comunicado|mensaje|informacion|actualizacion|noticia|parte|reporte|boletin))(?!\w)"
    ),
}
_WILL_BE = re.compile(r"(?<!\w)\w{2,}r(?:á|án)(?!\w)", re.IGNORECASE)
"""The Spanish future of others ("publicará"), which only its accent tells from "para"."""
_CLAUSE = re.compile(r"[;,]|:(?!\d)|(?<!\w)(?:and|but|y|e|pero)(?!\w)")


def promises(text: str, lang: str, now: datetime, zone: tzinfo) -> list[Promised]:
    """Every sentence that promises something for a time, in the order of the text; one time per sentence.

    `zone` is the one in which the text tells the time; a zone that the text itself names is not read.
    """
    return promised(prepared(text), lang, now, zone)


def promised(text: Text, lang: str, now: datetime, zone: tzinfo) -> list[Promised]:
    """The same for a text that is prepared already."""
    found: list[Promised] = []
    lang = lang if lang in _WILL else "en"
    local = now.astimezone(zone)
    for sentence in text.sentences:
        mark = _mark(text, sentence, lang)
        due = _due(text.flat[sentence.start : sentence.end], mark - sentence.start, lang, local) if mark >= 0 else None
        if due is not None:
            at, span = due
            place = Span(sentence.start + span.start, sentence.start + span.end)
            found.append(Promised(text.words(sentence), place.start, place.end, at))
    return found


def _mark(text: Text, sentence: Span, lang: str) -> int:
    """Where a sentence begins to speak of what will be; -1 where it does not."""
    marks = [_WILL[lang].search(text.flat, sentence.start, sentence.end)]
    if lang == "es":
        marks.append(_WILL_BE.search(text.raw, sentence.start, sentence.end))
    return min((mark.start() for mark in marks if mark is not None), default=-1)


def _due(said: str, mark: int, lang: str, local: datetime) -> tuple[datetime, Span] | None:
    """The time after the mark; else the one in the clause before it ("At 16:00, we will…").

    "We stopped at 14:10 and will speak again at 16:00" promises 16:00, and "… and will tell you all" nothing.
    """
    head, begins = said[:mark], 0
    for stop in _CLAUSE.finditer(head):
        if not is_only_time(head[begins : stop.start()], lang, local):
            begins = stop.end()
    after = told(said[mark:], lang, local, day_in(head[begins:], lang, local))
    if after is not None:
        return after[0], Span(after[1].start + mark, after[1].end + mark)
    before = told(head[begins:], lang, local)
    return (before[0], Span(before[1].start + begins, before[1].end + begins)) if before is not None else None

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


_TOLD = {
    "en": "word|update|news|statement|information|info|report|briefing|message|bulletin|post|note|announcement"
    "|conference",
    "es": "aviso|comunicado|mensaje|informacion|info|actualizacion|noticias?|parte|reporte|boletin|informe|corte|dato"
    "|novedad(?:es)?|avances?|nota|cita|(?:rueda|punto) de prensa|conferencia",
}
"""What a next word is called."""
_OPENS = r"(?<!\w )(?<!\w)"
"""Without a verb, only where it opens what is said: "More here at 16:00"."""
_WILL = {
    "en": re.compile(
        r"(?<!\w)(?:will|(?:we|i|they|she|he|it|you|there|that)'ll|shall|going to|promise"
        rf"|(?:next|another|further) (?:\w+ )?(?:{_TOLD['en']})(?! (?:came|was|were|has|had|arrived|said|reached))"
        r"|next (?!train|flight|bus|ferry|boat|day|week|month|year|morning|time|to|door|one|few|two"
        r"|three)\w+(?=,? (?:\w+ ){0,3}(?:at|by|tomorrow|today|tonight|on)\b)"
        r"|(?:check in|look|look out|join|see|find|meet|watch|listen) (?:(?:for|with|to|out for) )?(?:us|you"
        r"|me)(?= (?:\w+ ){0,3}(?:at|by|on|tomorrow|tonight)\b)"
        r"|(?:updates?|news)(?= (?:here |follow )?(?:at|by|every|in|on|within|today|tonight|tomorrow)\b)"
        rf"|{_OPENS}back with (?:more|news|what|an|the|results)"
        rf"|{_OPENS}(?:more|back)(?! than)(?= (?:\w+ ){{0,4}}(?:at|by|in|before|from|on|tomorrow|tonight)\b)"
        # The present of what is about to come: "we're posting results on Friday", "we speak again at noon".
        r"|(?:we are|we're|i am|i'm) (?:back|posting|publishing|updating|sharing|releasing|writing|reporting|speaking"
        r"|holding|answering|giving|sending)"
        r"|(?:check|come|look) back(?= (?:\w+ ){0,3}(?:at|by|after|tonight|tomorrow)\b)"
        r"|we (?:update|post|publish|report|speak|talk|write|share|answer|meet)"
        r"|(?:speaks|answers|reports|briefs|takes questions)(?= (?:\w+ ){0,6}(?:at|by|on|in|every)\b))(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:(?!queremos)\w+[aeidrb]remos|va(?:mos|n)? a|prometemos|actualizaciones"
        r"|(?:con|expli)\w+mos mas"
        rf"|{_OPENS}(?:(?:aqui|por aqui) )?mas(?! de)(?= (?:\w+ ){{0,6}}(?:a las?|en|antes|al|el|mañana|hoy)\b)"
        r"|mas(?=\W*$)|(?<=, )(?:mas )?(?:novedades|noticias|resultados|informacion|balance|detalles)(?=\W*(?:$"
        r"|en |aqui|aca|por ))"
        r"|nos (?:vemos|leemos)|salen?(?= (?:\w+ ){0,4}(?:resultado|informe|dato|cifra|parte|comunicado))"
        rf"|(?:proxim[oa]s?|siguientes?|nuev[oa]s?|otr[oa]s?) (?:\w+ )?(?:{_TOLD['es']}))(?!\w)"
    ),
}
_SOON = re.compile(
    r"(?<!\w)(?:"
    # Verbs whose present is not their past.
    r"(?P<sure>(?:damos|tenemos|hacemos|ponemos)(?= (?:\w+ ){0,3}(?:mas(?! de \d)|noved|avance|cuenta|parte"
    r"|rueda|informacion|al dia"
    r"|datos|detalles|resultado|siguiente|proxim|nuev|otr|noticia|al corriente|publico))"
    r"|ponemos(?= (?:aqui|aca|por|lo que))|(?:os|les|te|le) avisamos(?=\W*$| (?:aqui|por|aca))|volvemos|vuelvo"
    r"|respondemos|decimos|cuento|(?<!lo )(?:informa|habla|explica)|aqui estamos|vamos (?:informando|contando"
    r"|actualizando)|comparece|contesta|responde|(?:os|les|te"
    r"|le) (?:cuento|escribo|cuenta|doy|ponemos|damos|pongo)"
    r"|se publica|cuenta(?= (?:lo|que|como|aqui|mas|a)\b)|hay (?:reunion|rueda de prensa|conferencia|asamblea|cita))"
    # Those with which "we tell" and "we told" are one word: what says it is past is looked for beside them.
    r"|informamos|contamos|actualizamos|ampliamos|publicamos|hablamos|explicamos|regresamos|subimos|colgamos"
    r"|compartimos|contestamos|escribimos)(?!\w)"
)
"""The Spanish present of what is to come: "a las 18:00 damos novedades", "el viernes publicamos lo que sepamos"."""
_WAS = re.compile(
    r"(?<!\w)(?:ayer|anoche|anteayer|antier|esta madrugada|desde|hace|hemos|han|fue|fueron|lo que sabemos"
    r"|lo que sabiamos"
    r"|a (?:las?|los) (?!un[ao]\b|dos\b|tres\b|cuatro\b|cinco\b|seis\b|siete\b|ocho\b|nueve\b|diez\b|once\b"
    r"|doce\b)[a-zñ]+"
    r"|al (?!medio)[a-zñ]+|a (?:cada|tod[oa]s|nuestr[oa]s?|sus?) \w+)(?!\w)"
)
"""What makes such a word a past one: a day that is over, or those to whom it was told: "informamos a la policía"."""
_THAT = re.compile(r"\w+ (?:de )?que(?!\w)", re.IGNORECASE)
"""In the text as written: "informamos que paramos" tells what is, "informamos qué salió" what will be known."""
_WILL_BE = re.compile(r"(?<!\w)\w+(?:r(?:á|án)|[aeid]r(?:é|ás|éis))(?!\w)", re.IGNORECASE)
"""The Spanish future of others ("publicará", "tendréis"), which only its accent tells from "para"."""
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
        marks.append(_soon(text, sentence))
    return min((mark.start() for mark in marks if mark is not None), default=-1)


def _soon(text: Text, sentence: Span) -> re.Match[str] | None:
    """A present that means what is to come."""
    for hit in _SOON.finditer(text.flat, sentence.start, sentence.end):
        was = _WAS.search(text.flat, sentence.start, sentence.end) or _THAT.match(text.raw, hit.start())
        if hit["sure"] is not None or was is None:
            return hit
    return None


def _due(said: str, mark: int, lang: str, local: datetime) -> tuple[datetime, Span] | None:
    """The time after the mark; else the one in the clause before it ("At 16:00, we will…").

    "We stopped at 14:10 and will speak again at 16:00" promises 16:00, and "… and will tell you all" nothing.
    """
    head, begins, clause = said[:mark], 0, 0
    for stop in _CLAUSE.finditer(head):
        if not is_only_time(head[clause : stop.start()], lang, local):
            begins = stop.end()
        clause = stop.end()
    after = told(said[mark:], lang, local, day_in(head[begins:], lang, local))
    if after is not None:
        return after[0], Span(after[1].start + mark, after[1].end + mark)
    before = told(head[begins:], lang, local)
    return (before[0], Span(before[1].start + begins, before[1].end + begins)) if before is not None else None

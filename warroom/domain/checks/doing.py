"""Whether a text says what is being done: a phrase of the list, or somebody who acts and a verb of acting.

The ways of saying it are without number, so they are read by their build: "our engineers … are switching", "hay tres
cuadrillas trabajando". Who undergoes it ("customers are asking") and verbs that only wait ("we are hoping") count for
nothing; they, too, are lists.
"""

import re
from collections.abc import Iterator

from .lists import Lists
from .text import Text

_BACK = 80
"""So many letters before a verb its subject may stand, in the same sentence."""
_GAP = r"(?:(?!(?:to|not|never|of|for|by|about|sorry|committed)\s)[^\s.,;:!?()]+\s+)"
_BE = r"(?:(?<!\w)(?:am|are|is|be|been|being|keep|keeps|kept)|'re|'m|(?<=\w)'s)"
_HAVE = r"(?:(?<!\w)(?:has|have)|'ve)"
_SOON = r"(?:(?:now|already|also|just|since|then|all|both|immediately|\w+ly)\s+){0,2}"
_IRREGULAR = (
    "taken|begun|shut|put|set|sent|brought|found|made|given|written|drawn|cut|dug|built|led|met|paid|told|flown"
    "|driven"
    "|run|gone|got|spoken|withdrawn|sealed|bought|split|swept|taught|thrown|torn"
)
_PAST = (
    "took|began|shut|put|set|sent|brought|found|made|gave|wrote|drew|cut|dug|built|led|met|paid|told|flew|drove"
    "|withdrew|bought"
)
_ACTED = {
    "en": (
        # "are switching", "are there digging", "we have people handing out"
        re.compile(rf"(?:{_BE}|{_HAVE})\s+{_GAP}{{0,4}}?(?P<verb>\w{{2,}}ing)(?!\w)"),
        # "has opened", "have already shut"
        re.compile(rf"{_HAVE}\s+{_SOON}(?P<verb>\w{{2,}}ed|{_IRREGULAR})(?!\w)"),
    ),
    "es": (
        # A gerund alone says it: "tres cuadrillas trabajando", "está repartiendo"
        re.compile(r"(?<!\w)(?P<verb>\w{2,}(?:ando|iendo|yendo)(?:l[aeo]s?|se)?)(?!\w)"),
        re.compile(
            r"(?<!\w)(?:ha|han)\s+(?:ya\s+)?(?P<verb>\w{2,}[ai]do|abierto|puesto|hecho|vuelto|devuelto"
            r"|cubierto)(?!\w)"
        ),
    ),
}
"""Verbs of acting that want somebody who acts before them, anywhere in the sentence."""
_BY = re.compile(
    rf"(?<!\w)(?:is|are|was|were|been)\s+{_SOON}(?P<verb>\w{{2,}}ed|{_IRREGULAR})"
    rf"(?:\s+(?:down|up|out|off|away|back|over|in))?\s+by\s+{_GAP}{{0,3}}?$"
)
"""Before somebody who acts: "checked by an outside firm", "were brought down by mountain rescue"."""
_GOING_ON = {
    "en": re.compile(rf"(?:(?<!\w)(?:is|are)|'re)\s+{_SOON}(?P<verb>\w{{2,}}ing)(?!\w)"),
    "es": re.compile(
        r"(?<!\w)(?:estan?|siguen?|vienen?|van?|andan?)\s+(?:ya\s+)?(?P<verb>\w{2,}(?:ando|iendo"
        r"|yendo)(?:l[aeo]s?)?)(?!\w)"
    ),
}
"""Of whomever, if it is nobody who undergoes it and no verb that waits: "linemen are clearing the old one"."""
_STOP = re.compile(r"[,;:–—(]|(?<!\w)(?:and|but|y|e|pero)(?!\w)")
_BESIDE = {
    "en": re.compile(
        rf"(?<=\w)\s+{_SOON}(?:(?P<verb>\w{{2,}}ed|{_PAST})"
        r"|(?:is|are)\s+(?:(?:now|already|also|still|all|back)\s+){0,2}"
        r"(?:on|at|in|inside|out|there|here|up|with|beside|under\s*way|available|open|nearby|aboard|alongside"
        r"|standing by)"
        r"|(?:(?:work|check|hand|help|clean|search|pump|repair|test|treat|visit|inspect|walk|dig|clear|escort"
        r"|bring|deliver|arrive|guard|stay|remain|continue)s?))(?!\w)"
    ),
    "es": re.compile(
        r"(?<=\w)\s+(?:\w+\s+)?(?:(?P<verb>\w{2,}(?:aron|ieron|jeron))"
        r"|(?:ya\s+)?estan?\s+(?:ya\s+|todavia\s+|toda\s+la\s+noche\s+)?"
        r"(?:en|con|junto|alli|ahi|aqui|aca|adentro|dentro|fuera|de camino|presente|presentes|disponibles?"
        r"|abiert[oa]s?)"
        r"|(?:trabaj|revis|analiz|investig|inspeccion|retir|limpi|acompañ|ayud|repar|busc|entreg|evacu|patrull"
        r"|desinfect|bombe"
        r"|traslad|instal|vigil|examin|reemplaz|prepar|coordin|refuerz)an?|(?:repart|atiend|recorr|recog|mid"
        r"|cubr|sigu)en?)(?!\w)"
    ),
}
"""What says so only right after them: "police are in the building", "las cuadrillas ya están en el lugar"."""
_HE_DID = re.compile(r"(?<=\w)\s+(?:ya\s+)?(?P<verb>\w{2,}[^\W_aeiou]i?ó)(?!\w)", re.IGNORECASE)
"""The Spanish past of one ("cortó"), which only its accent tells from "corto"."""
_ALONE = {
    "en": (
        re.compile(rf"{_BE}\s+{_SOON}(?:still\s+)?being\s+{_SOON}(?P<verb>\w{{2,}}ed|{_IRREGULAR})(?!\w)"),
        re.compile(rf"(?<!\w)(?:we|i)\s+{_SOON}(?P<verb>{_PAST})(?!\w)"),
        re.compile(r"(?<!\w)(?:while|as|until)\s+(?:we|i|they|crews|engineers)\s+(?P<verb>[a-z]{3,})(?!\w)"),
    ),
    "es": (
        re.compile(
            r"(?<!\w)(?:se|l[aeo]s?|nos|os)\s+(?:ya\s+)?(?:estan?|siguen?|vienen?)\s+(?P<verb>\w{2,}(?:ando"
            r"|iendo|yendo))(?!\w)"
        ),
        re.compile(r"(?<!\w)(?P<verb>(?!\w*(?:remos|iamos|abamos|isimos|riamos)(?!\w))\w{2,}[ai]mos)(?!\w)"),
    ),
}
"""What needs nobody before it: the passive, and in Spanish "nosotros", which is in the verb."""
_OURSELVES = ("we", "i", "estamos", "seguimos")
"""They stand too near to everything: "we are here" does nothing. What they do is in the other patterns."""
_ANY = r"(?:[^\s.,;:!?()]+\s+)"
_THERE = {
    "en": re.compile(
        rf"(?<!\w)(?:there\s+(?:is|are)|there's|we\s+have(?:\s+got)?|we've(?:\s+got)?)\s+(?!no\s){_ANY}{{0,5}}?$"
    ),
    "es": re.compile(
        rf"(?<!\w)(?<!no )(?:(?:hay|tenemos|contamos\s+con|sumamos|disponemos\s+de)\s+{_ANY}{{0,5}}?"
        rf"|(?:vienen?|llegan?|acuden?|acudio|acudieron)\s+(?:ya\s+|hoy\s+)?{_ANY}{{0,2}}?)$"
    ),
}
"""Before somebody who acts or something that helps: "hay camiones aljibe", "we have tankers"."""


def says_doing(text: Text, lang: str, lists: Lists, *, first: bool = False) -> bool:
    """Whether something is under way or done. In the `first` word "we are on it" is enough."""
    if lang not in _ACTED:
        return False
    on_it = lists.pattern("on_it", lang)
    if first and on_it.search(text.flat) is not None:
        return True
    idle = lists.pattern("idle", lang)
    return any(
        verb < 0 or (idle.match(text.flat, verb) is None and not (by_us and on_it.match(text.flat, verb)))
        for verb, by_us in _verbs(text, lang, lists)
    )


def _verbs(text: Text, lang: str, lists: Lists) -> Iterator[tuple[int, bool]]:
    """Where verbs of acting are, and whether it is a bare "we" that acts; -1 for an action without a verb."""
    for hit in lists.pattern("action", lang).finditer(text.flat):
        yield hit.start() + hit[0].rindex(hit[0].split()[-1]), True
    for pattern in _ALONE[lang]:
        for hit in pattern.finditer(text.flat):
            yield hit.start("verb"), True
    yield from _of_somebody(text, lang, lists)
    yield from _of_whomever(text, lang, lists)
    yield from _beside(text, lang, lists)


def _of_somebody(text: Text, lang: str, lists: Lists) -> Iterator[tuple[int, bool]]:
    """Verbs whose nearest noun before them in the sentence is one who acts."""
    actor, affected = lists.pattern("actor", lang), lists.pattern("affected", lang)
    for pattern in _ACTED[lang]:
        for hit in pattern.finditer(text.flat):
            verb = hit.start("verb")
            begin = max(text.sentence_at(verb).start, verb - _BACK)
            who = _last(actor, text.flat, begin, verb)
            whom = _last(affected, text.flat, begin, verb)
            if who is not None and (whom is None or who.end() > whom.end()):
                yield verb, who[0] in _OURSELVES


def _of_whomever(text: Text, lang: str, lists: Lists) -> Iterator[tuple[int, bool]]:
    """What goes on in a clause in which nobody who undergoes it is named before the verb."""
    affected = lists.pattern("affected", lang)
    for hit in _GOING_ON[lang].finditer(text.flat):
        begin = max(text.sentence_at(hit.start()).start, hit.start() - _BACK)
        begin = max((stop.end() for stop in _STOP.finditer(text.flat, begin, hit.start())), default=begin)
        if text.flat[begin : hit.start()].strip() and _last(affected, text.flat, begin, hit.start()) is None:
            who = _last(lists.pattern("actor", lang), text.flat, begin, hit.start("verb"))
            yield hit.start("verb"), who is not None and who[0] in _OURSELVES


def _last(pattern: re.Pattern[str], flat: str, begin: int, end: int) -> re.Match[str] | None:
    return max(pattern.finditer(flat, begin, end), default=None, key=re.Match.end)


def _beside(text: Text, lang: str, lists: Lists) -> Iterator[tuple[int, bool]]:
    """Where those who act stand beside what they did, where they are, or "there are"."""
    affected = lists.pattern("affected", lang)
    for hit in lists.pattern("actor", lang).finditer(text.flat):
        if hit[0] in _OURSELVES or affected.match(text.flat, hit.start()):
            continue
        after = [_BESIDE[lang].match(text.flat, hit.end())]
        if lang == "es":
            after.append(_HE_DID.match(text.raw, hit.end()))
        for did in after:
            if did is not None:
                yield did.start("verb"), False
        if lang == "en" and (by := _BY.search(text.flat, max(0, hit.start() - _BACK), hit.start())):
            yield by.start("verb"), False
        if _THERE[lang].search(text.flat, max(0, hit.start() - _BACK), hit.start()):
            yield -1, False

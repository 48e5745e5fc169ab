"""Whether a text says what is not known yet: a phrase of the list, or a "no" before knowing, saying or "yet"."""

import re

from .lists import Lists
from .text import Text

_WORD = r"(?:[^\s.;:!?()]+\s+)"
_OPEN = {
    "en": re.compile(
        r"(?:n't|(?<!\w)(?:not|cannot|nobody|no one|neither|none))\s+"
        rf"{_WORD}{{0,6}}?(?:know|knows|known|clear|sure|certain|understand|explain|established|yet"
        rf"|all the answers)(?!\w)"
        rf"|(?<!\w)(?:can't|cannot|can not|could not|couldn't|nobody can|won't)\s+{_WORD}{{0,2}}?"
        r"(?:say|tell|promise|confirm|speculate|guess|give|be certain|rule out)(?!\w)"
        r"|(?<!\w)(?:will|do|does) not (?:guess|speculate)(?!\w)"
        rf"|(?:(?<!\w)(?:do|does) not|n't) have {_WORD}{{0,3}}?(?:time|date|answers?|cause|explanation|figures?"
        rf"|numbers?|tracking|details)(?!\w)"
        r"|(?<!\w)(?:find|finds|finding|work|working|working out|checking|establish|understand|investigating"
        r"|looking at|looking into|determine|determining)"
        r" (?:out )?(?:how|why|what|who|whether|if|where|the cause|the source)(?!\w)"
        r"|(?<!\w)(?:still|remains|is|are) (?:a mystery|unclear|unknown|being investigated|under investigation"
        r"|uncertain|counting|finding out|working out|to be confirmed)(?!\w)"
        r"|(?<!\w)(?:figuring out|trying to (?:establish|find out|understand|learn|work out|trace)"
        r"|to see (?:who|what|how|why|if|whether))(?!\w)"
        r"|(?<!\w)no (?:\w+ )?(?:estimate|estimates|idea|answers?|cause|explanation|timeline|eta|word)(?!\w)"
        r"|(?<!\w)(?:before|until) (?:we|they) know(?!\w)"
        r"|(?<!\w)(?:too early|too soon) to(?!\w)|(?<!\w)(?:determine|determines|find) the (?:cause|source"
        r"|reason)(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:no|ni|nadie|tampoco|nada|sin|seguimos sin|falta|faltan|queda|quedan)\s+"
        rf"{_WORD}{{0,5}}?(?:sab\w+|se sabe|conoc\w+|clar[oa]s?|segur[oa]s? de|confirm\w+|explic\w+|decir\w*"
        rf"|precisar|asegurar|prome\w+|garantizar"
        r"|entendemos|aclarar|averiguar|(?:hora|horario|idea|prevision|fecha|plazo|causa|explicacion"
        r"|respuestas?|certeza"
        r"|noticias?|datos) )(?!\w)"
        rf"|(?<!\w)no\s+{_WORD}{{0,9}}?(?:aun|todavia)(?!\w)"
        rf"|(?<!\w)(?:aun|todavia|de momento|por ahora|por el momento|hasta ahora)\s+{_WORD}{{0,3}}?(?:no|nada"
        rf"|nadie|falta)(?!\w)"
        r"|(?<!\w)no (?:tenemos|hay|podemos dar|damos|prometemos|existe) (?:\w+ ){0,2}(?:hora|horario|idea"
        r"|prevision|fecha"
        r"|plazo|causa|explicacion|estimacion|respuestas)(?!\w)"
        r"|(?<!\w)(?:averigu|investig|determin|estudi|busc|comprob|comprueb|analiz|aclar|contand"
        r"|encontr)\w*\s+(?:\w+ ){0,2}?"
        r"(?:por que|que|como|quien|quienes|si|cuant[oa]s?|donde|el origen|la causa|las causas|a cuant[oa]s)(?!\w)"
        r"|(?<!\w)(?:ignoramos|conjeturas|especular|especularemos|lo sabremos|averiguandolo"
        r"|tratando de (?:establecer|entender|saber|averiguar)|para (?:ver|saber) (?:quien|que|como|por que|si)"
        r"|no sabran|esta por ver|esta por determinar"
        r"|se investiga\w*)(?!\w)"
    ),
}


def says_unknown(text: Text, lang: str, lists: Lists) -> bool:
    """Whether it says that something is not known yet."""
    if lists.pattern("unknown", lang).search(text.flat) is not None:
        return True
    return lang in _OPEN and _OPEN[lang].search(text.flat) is not None

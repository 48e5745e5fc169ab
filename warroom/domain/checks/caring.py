"""Where a text shows that it cares: a phrase of the list, that we know what it is like, what we feel, who is well.

"We know this hit some of you" and "sabemos lo agotador que es" care; "we know the cause" and "sabemos qué pasó" do not.
"""

import re

from .guiding import guides
from .lists import Lists
from .text import Text

_WORD = r"(?:[^\s.,;:!?()]+\s+)"
_PERSONS = {
    "en": "passengers|guests|people|children|kids|pupils|students|staff|patients|crew|families|residents"
    "|everyone|everybody"
    "|players|fans|visitors|riders|workers|employees|colleagues|customers|drivers|of you|of them|of us|men"
    "|women|aboard"
    "|on board|both|the others",
    "es": "personas|pasajer[oa]s|huespedes|niñ[oa]s|alumn[oa]s|estudiantes|pacientes|tripulantes|tripulacion|familias"
    "|vecin[oa]s|tod[oa]s|jugador[ea]s|aficionad[oa]s|hinchas|trabajador[ea]s|compañer[oa]s|emplead[oa]s|client[ea]s"
    "|viajer[oa]s|visitantes|ocupantes|conductor[ea]s|amb[oa]s|l[oa]s demas|chic[oa]s",
}
_KNOWS = {
    "en": re.compile(
        r"(?<!\w)(?:we|i)\s+(?:(?:do|can|all|also|fully|really|certainly|only|too|well)\s+){0,2}(?:"
        r"(?:know|understand|realise|realize|appreciate|recognise|recognize|imagine|see"
        r"|get)\s+(?:that\s+)?(?:just\s+)?(?:"
        r"how\s+(?!to\s|many\s|it\s+happened|this\s+happened|the\s)\w+|what\s+(?:you|this\s+means|it\s+means"
        r"|it's\s+like|it\s+is\s+like|that's\s+like)"
        r"|(?:this|it|that|these)(?:\s+(?:is|was|has|have|will|must|may|are|hits?|hurts?|worries|affects?|comes"
        r"|came|feels|leaves)|'s|'ll)\s+"
        r"(?!(?:\w+\s+)?(?:safe|secure|true|untrue|false|fake|wrong\.|due|caused|from)(?!\w))\w+"
        r"|for\s+(?:families|parents|people|customers|patients|some|many|those|anyone)\s+\w+|(?:you"
        r"|many\s+of\s+you|some\s+of\s+you|most\s+of\s+you|lots\s+of\s+you|a\s+lot\s+of\s+you"
        r"|so\s+many\s+of\s+you|every\s+\w+\s+of\s+you)"
        r"(?:'re|'ve|\s+\w+)(?!\s+(?:questions|asked|asking|seen|heard))"
        r")|(?:understand|realise|realize|appreciate|imagine|recognise|recognize)\s+(?:the|your|their|why)\s+\w+"
        rf"|know\s+{_WORD}{{0,8}}?(?:hard|difficult|tough|frustrating|frightening|scary|upsetting|painful"
        rf"|stressful|worrying|exhausting|distressing)"
        r")(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:sabemos|se|somos\s+conscientes\s+de|sabemos\s+(?:muy\s+)?bien)\s+(?:"
        r"(?:el|la|los|las)\s+\w+\s+(?:que|de|tan)\s(?!ocurr|ha\s)|lo\s+(?:\w+\s+que\s+(?:es|son|fue|resulta"
        r"|esta|ha)|que\s+(?:supone|cuesta|significa|implica|es|duele|estais|estan|esta))"
        r"|(?:cuanto|como\s+de|el\s+daño|la\s+angustia)\s"
        r"|que\s+(?:est(?:an|ais|as)\s+(?:muy\s+)?\w{3,}[ai]d[oa]s?(?!\w)|para\s+(?:l[ao]s|much|algun|quien"
        r"|vosotr|usted|su)\w*\s|a\s+(?:algun|much|vosotr|usted"
        r"|quien|vari)\w+|os\s|les\s|te\s|nos\s+necesit\w+|hace\s"
        r"|no\s+es\s+(?:nada\s+)?(?:facil|poco|agradable)"
        r"|es\s+(?:un|una|el|la|hora|muy|duro|dificil|mucho|molesto|incomodo|frustrante|preocupante|angustioso"
        r"|tarde|agotador)(?!\w)(?!\s+(?:bulo|mentira|montaje|rumor))"
        r"|(?:muchos|muchas|algunos|algunas|varios|varias)\s+de\s+(?:vosotr|usted)\w+|(?:lo\s+)?(?:llev|est|ten"
        r"|hab|depend|confi|cont|esper)\w*[ae]is|est[ao]\s+(?:es|os|les|te|ha|duele|molesta|preocupa|asusta"
        r"|llega|pasa)"
        r"|(?:llevan|estan)\s+\w+\s+(?:esperando|horas|dias)))"
        rf"|(?<!\w)sabemos\s+{_WORD}{{0,8}}?(?:dificil|dificiles|dur[oa]s?|frustrantes?|molest[oa]s?"
        rf"|angustios[oa]s?|preocupantes?|agotador[ae]?s?)(?!\w)"
        r"|(?<!\w)(?:entendemos|comprendemos|imaginamos|reconocemos|nos\s+hacemos\s+cargo\s+de)\s+(?:"
        r"(?:el|la|los|las|vuestr[oa]s?|sus?|tus?)\s+\w+|lo\s+\w+\s+que|como\s+(?:os|se|te|deb)|cuanto"
        r"|que\s+(?:est[ea]is|est[ea]n|es\s+(?:muy|un|una|dificil|duro|frustrante)|ha\s+sido|fue|haya|os|les|te"
        r"|hay)\s)"
    ),
}
_FEELS = {
    "en": re.compile(
        r"(?<!\w)(?:we|i|all of us|everyone (?:here|at \w+))(?:'re|'m|\s+(?:are|am|feel|were|have been))\s+"
        r"(?:(?:all|so|very|truly|deeply|really|absolutely|utterly|just|simply|both|beyond|angry and"
        r"|shocked and|sad and|\w+ly)\s+){0,3}"
        r"(?:sorry|heartbroken|gutted|devastated|horrified|ashamed|angry|upset|sad|saddened|shaken|appalled|sickened"
        r"|mortified|sick|heartsick|embarrassed|distraught|dismayed|distressed|grieving|in mourning|thinking of"
        r"|thinking about"
        r"|here for|at your side|with you|there with you)(?!\w)"
        r"|(?<!\w)(?:made|makes) us (?:sick|sad|angry)(?!\w)|(?<!\w)(?:breaks|broke) our hearts?(?!\w)"
        r"|(?<!\w)(?:we|i) hate (?:that|to|this|it|how)(?!\w)"
        rf"|(?<!\w)(?:our|my) {_WORD}{{0,2}}(?:hearts?|thoughts|sympathy|sympathies|condolences|love|prayers)(?!\w)"
    ),
    "es": re.compile(
        r"(?<!\w)(?:estamos|me siento|nos sentimos|seguimos)\s+(?:(?:\w+mente|muy|tan|tod[oa]s|realmente"
        r"|bastante)\s+){0,2}"
        r"(?:rot|destrozad|consternad|impactad|conmocionad|indignad|avergonzad|desolad|horrorizad|dolid|apenad"
        r"|abatid|conmovid|devastad|preocupad|entristecid|hundid)[oa]s(?!\w)"
        r"|(?<!\w)estamos\s+(?:(?:muy |tan |profundamente )?tristes|de luto|al lado de|a vuestro lado|a su lado"
        r"|a tu lado|junto a (?:las|los|ell|quien)\w*|(?:muy )?(?:al )?pendientes? de (?:ell|las pers|las fam"
        r"|los pac|los her|su|cada|quien|l[ao]s)\w*|pensando en \w+|con (?:ell[oa]s?|l[oa]s|quien\w*|vosotr\w+"
        r"|ustedes|su|cada))(?!\w)"
        r"|(?<!\w)(?:nos|me)\s+(?:da|dan|dio|causa|produce)\s+(?:(?:mucha|muchisima|much[oi]simo|mucho|una|gran"
        r"|enorme|tanta|verdadera|profunda|un|todo)\s+){0,3}"
        r"(?:pena|verguenza|rabia|bronca|tristeza|coraje|lastima|dolor|impotencia|pesar|apuro)(?!\w)"
        r"|(?<!\w)(?:nos|me)\s+(?:duelen?|dolio|rompe|parte|entristecen?|apenan?|averguenza|horroriza"
        r"|destroza|conmueve|preocupan?|aflige|pesa)(?!\w)"
        r"|(?<!\w)(?:nuestr[oa]s?|mi|todo\s+(?:nuestro|el)|un)\s+(?:(?:mas|sincer[oa]|profund[oa]|todo|fuerte"
        r"|enorme|gran|primer)\s+){0,2}(?:cariño|abrazo|pesame|corazon|pensamiento|pensamientos|solidaridad"
        r"|condolencias|recuerdo)(?!\w)"
    ),
}
_WELL = {
    "en": re.compile(
        rf"(?<!\w)(?:(?:he|she|they)(?:'s|'re|\s+(?:is|are))|(?:{_PERSONS['en']})\s+{_WORD}{{0,8}}?(?:is|are"
        rf"|were))\s+{_WORD}{{0,6}}?(?:safe|well|ok|okay|doing well|unharmed|unhurt|fine"
        r"|out of danger|awake|recovering|comfortable|accounted for|being (?:looked after|cared for|treated"
        r"|checked|comforted))(?!\w)"
    ),
    "es": re.compile(
        rf"(?<!\w)(?:el|ella|ellos|ellas|{_PERSONS['es']})\s+{_WORD}{{0,8}}?(?:estan?|se\s+encuentran?"
        rf"|siguen?)\s+(?:(?:tod[oa]s|ya"
        rf"|fuera|y|conscientes)\s+){{0,3}}"
        r"(?:bien|perfectamente|a salvo|fuera de peligro|iles[oa]s?|san[oa]s?|conscientes|estables?|tranquil[oa]s?"
        r"|recuperandose|en buen estado)(?!\w)"
    ),
}
_HARD = {
    "en": "frightening|scary|dreadful|terrible|awful|horrible|painful|distressing|upsetting|terrifying"
    "|miserable|agonising"
    "|agonizing|devastating|heartbreaking|dangerous|rough",
    "es": "miedo|horribl\\w+|terribl\\w+|angusti\\w+|susto|dolor|doloros\\w+|dur[oa]s?|espantos\\w+|apuro"
    "|aterrador\\w*|peligros[oa]s?",
}
_TOUCHED = {
    lang: re.compile(
        rf"(?<!\w)(?:{_PERSONS[lang]}|{others})\s+{_WORD}{{0,8}}?(?:{_HARD[lang]})(?!\w)"
        rf"|(?<!\w)(?:{_HARD[lang]})\s+{_WORD}{{0,4}}?(?:for|to|para|a)\s+{_WORD}{{0,3}}?(?:{_PERSONS[lang]}"
        rf"|{others})(?!\w)"
    )
    for lang, others in (
        ("en", "you|parents|many"),
        ("es", "gente|ustedes|vosotros|quienes|mucha|much[oa]s|algun[oa]s"),
    )
}
"""Whom it hit and how hard in one breath: "for some of you a frightening one"."""
_DENIED = re.compile(r"(?<!\w)(?:no|not|never|nothing|without|nobody|nadie|ni|sin|nada|nunca)(?!\w)|n't(?!\w)")
_ANNOYED = re.compile(r"ang[re]|disappoint|frustrat|decepci|indigna|rabia|enfad|enoj|frustra")
_BEFORE = ("bolster", "minimise", "denial", "blame", "promo")
"""What would be defence, or advertising, before the first word of concern."""
_LONG = re.compile(r"[^\W\d_]{2,}")
_TITLE = 3
"""Fewer words at the beginning are a heading or a greeting and no sentence: "Update, 18:00.", "Hola a todos."."""


def concern_in(text: Text, lang: str, lists: Lists) -> re.Match[str] | None:
    """The first words of concern."""
    found = [lists.pattern("concern", lang).search(text.flat), _felt(text, lang, lists)]
    if lang in _KNOWS:
        found += [pattern[lang].search(text.flat) for pattern in (_KNOWS, _FEELS, _WELL, _TOUCHED)]
    return min((hit for hit in found if hit is not None), key=re.Match.start, default=None)


def _felt(text: Text, lang: str, lists: Lists) -> re.Match[str] | None:
    """A feeling named in words, unless it is denied ("no need to worry") or is our own annoyance."""
    for hit in lists.pattern("feeling", lang).finditer(text.flat):
        if _DENIED.search(text.flat, max(0, hit.start() - 25), hit.start()) is None and not _ANNOYED.match(hit[0]):
            return hit
    return None


def comes_first(text: Text, place: int, lang: str, lists: Lists) -> bool:
    """Whether words at a place are in the first two sentences, or in the third after two that only tell what happened.

    A heading or a greeting does not count, nor does what people are to do: to instruct comes first (playbook 4c).
    """
    before = [one for one in text.sentences if one.end <= place]
    if before and len(_LONG.findall(text.words(before[0]))) < _TITLE:
        before = before[1:]
    before = [one for one in before if not guides(text, lang, lists, one)]
    if len(before) < 2:
        return True
    return len(before) == 2 and not any(lists.pattern(name, lang).search(text.flat, 0, place) for name in _BEFORE)

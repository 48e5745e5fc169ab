"""How hard a text is to read: words, syllables, sentences, and the formula of its language.

English: Flesch–Kincaid grade level (Kincaid et al. 1975), the school year that a reader needs. Spanish: the
perspicuity of Szigriszt-Pazos (1993), from 0 to 100, read on the INFLESZ scale (Barrio 2008), which was made for
texts for patients: 55 and more is "normal", below it a text is hard for most people.
Addresses are no words, a number is one word of one syllable (Kincaid), and a line is a sentence.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from msgspec import Struct

from .text import LINK, MAIL, Span, Text

SOURCES = {
    "en": "Flesch–Kincaid (1975); Journal of Water and Health 13(3)",
    "es": "Szigriszt-Pazos (1993), INFLESZ (Barrio 2008)",
}
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BLANK = re.compile(rf"{LINK.pattern}|{MAIL.pattern}")
_ADDRESSED = re.compile(r"[@/]|\.[a-z]")
"""What every address has; most sentences have none and are read faster."""
_SIGNED = re.compile(r"\s*[–—-]\s*\S[^\n]{0,90}(?<![.!?])\s*")

_RUN_EN = re.compile(r"[aeiouy]+")
_SILENT_EN = re.compile(
    r"(?:[^aeiouy]e|[^aeiouytd]ed|(?:[bdfjklmnpqrtvw]|(?<![cs])h)es|[^ra]gues?|ques?)$"
    r"|(?<=[^aeiou])e(?=ly$|less$|ful$)|(?<=[^aeioul])e(?=ments?$)"
)
"""An e that is written and not said: "closed", "baked", "safely"; not "needed", "changes"."""
_SAID_EN = re.compile(r"[^aeiouyl]les?$|[^aeiouyl]led$|thms?$|sms?$")
"""A syllable without a vowel before it: "table", "rhythm"."""
_APART_EN = re.compile(
    r"i[ao]|iu|[^aeiou]ier|ience|iety|(?:cl|d)ient|(?:qu|d)iet|[^gq]ua[lt]|[^gq]ue[nt]|uou|(?<![gp])eo(?!ple)|eum"
    r"|yi|ying|[aeou]ing|oe[rtm]|ea(?:te|ti|ct|li)|theat|(?:r|id)ea$|luid|ruin"
)
_TOGETHER_EN = re.compile(r"[ctgx]iou|[cst]ia[ln]|[cstg]ion|gian$|llion|nscience|business|every|interest")

_RUN_ES = re.compile(r"[aeiouáéíóúü]+")
_STRONG = frozenset("aeoáéóíú")
"""What makes a syllable of its own; an i or u beside it does not, but for its accent."""


class Measure(Struct, frozen=True, kw_only=True):
    """The limits of clear writing (playbook 4f), each with its source in the file they come from."""

    messages: int = 3
    lead_words: int = 27
    lead_seconds: float = 9.0
    syllables_per_second: Mapping[str, float] = {}
    hardest_grade: float = 8.0
    lowest_inflesz: float = 55.0
    fewest_words: int = 30
    """Below it, no formula says anything."""
    signs: str = ""
    """Pictures that are signs and not moods: a telephone, a warning."""


def is_signature(line: str) -> bool:
    """Whether a last line only says who speaks: "– Elena Soto, Quality Director"."""
    return _SIGNED.fullmatch(line) is not None


class Counts(Struct, frozen=True):
    words: int
    syllables: int
    sentences: int


def words_in(flattened: str, span: Span) -> list[str]:
    """The words of a stretch, without addresses. Accents are kept where the string has them."""
    said = flattened[span.start : span.end]
    return _WORD.findall(_BLANK.sub(" ", said) if _ADDRESSED.search(said) else said)


def counts(text: Text, lang: str) -> Counts:
    """What the formulas ask for; a last line that only signs is left out."""
    low = text.raw.lower() if len(text.raw.lower()) == len(text.raw) else text.flat
    sentences = text.sentences
    if len(sentences) > 1 and is_signature(text.words(sentences[-1])):
        sentences = sentences[:-1]
    said = [words for span in sentences if (words := words_in(low, span))]
    every = [word for words in said for word in words]
    return Counts(len(every), sum(syllables(word, lang) for word in every), len(said))


def grade(of: Counts) -> float:
    """Flesch–Kincaid grade level: years of school."""
    return 0.39 * of.words / of.sentences + 11.8 * of.syllables / of.words - 15.59


def perspicuity(of: Counts) -> float:
    """Szigriszt-Pazos: 100 is a comic, 0 a treatise."""
    return 206.835 - 62.3 * of.syllables / of.words - of.words / of.sentences


@lru_cache(maxsize=8192)
def syllables(word: str, lang: str) -> int:
    """The syllables of a word in lower case, at least one. Exact for Spanish; English follows rules of thumb."""
    if lang == "es":
        return max(1, sum(map(_syllables_of_run, _RUN_ES.findall(_vowels(word)))))
    parts = re.split(r"[-’']", word)
    return max(1, sum(_english(part) for part in parts if len(part) > 2 or part == word))


def _english(word: str) -> int:
    if not word.isalpha():
        return 1
    runs = len(_RUN_EN.findall(word)) + len(_APART_EN.findall(word)) - len(_TOGETHER_EN.findall(word))
    return max(1, runs - len(_SILENT_EN.findall(word)) + len(_SAID_EN.findall(word)))


def _vowels(word: str) -> str:
    """A u that is not said is left out ("que", "guía"); a y at the end is an i ("hoy"), and so is "y"."""
    word = re.sub(r"(?<=q)u|(?<=g)u(?=[eiéí])", "", word)
    return re.sub(r"y$", "i", word)


def _syllables_of_run(run: str) -> int:
    """Strong vowels stand alone, weak ones lean on a neighbour: "avión" 2, "oír" 2, "ciudad" 2."""
    strong = sum(vowel in _STRONG for vowel in run)
    return max(1, strong)


def seconds(text: Text, span: Span, lang: str, measure: Measure) -> float:
    """How long a stretch takes to say."""
    said = sum(syllables(word, lang) for word in words_in(text.raw.lower(), span))
    return said / measure.syllables_per_second.get(lang, 5.0)

"""Words: sentences, numbers and times in the reader's language, and the choice of that language."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.sentence import Param, Sentence, say, say_n
from warroom.services.words import Words, choose_lang, supported

MADRID = ZoneInfo("Europe/Madrid")
AT = datetime(2026, 11, 23, 13, 25, 41, tzinfo=UTC)


@pytest.fixture
def en() -> Words:
    return Words("en", MADRID)


@pytest.fixture
def es() -> Words:
    return Words("es", MADRID)


# --- sentences -----------------------------------------------------------------------------------------


def test_a_sentence_is_said_in_the_readers_language(en: Words, es: Words) -> None:
    sentence = say("There is no fact {fact}.", fact="F7")
    assert en.say(sentence) == "There is no fact F7."
    assert es.say(sentence) == "No hay ningún hecho F7."
    assert es.t("The note is empty.") == "La nota está vacía."


def test_a_count_decides_the_form_in_both_languages(en: Words, es: Words) -> None:
    assert [en.tn("{n} mention", "{n} mentions", n) for n in (0, 1, 1840)] == [
        "0 mentions",
        "1 mention",
        "1,840 mentions",
    ]
    one, many = (
        say_n("Step {step} still has {n} open item.", "Step {step} still has {n} open items.", n, step="X")
        for n in (1, 2)
    )
    assert en.say(one) == "Step X still has 1 open item."
    assert en.say(many) == "Step X still has 2 open items."
    assert es.say(one) != es.say(many)
    assert "2" in es.say(many)


def test_an_unknown_message_is_said_as_it_is(es: Words) -> None:
    assert es.t("Nobody ever translated {what}.", what="this") == "Nobody ever translated this."
    assert es.t("") == ""


def test_parameters_are_written_by_their_type(en: Words, es: Words) -> None:
    inner = say("Severity is {severity} already.", severity=3)
    text = "{text} {count} {share} {at} {length} {name} {inner}"
    params: dict[str, Param] = {
        "text": "x",
        "count": 1840,
        "share": 2.25,
        "at": AT,
        "length": timedelta(minutes=4),
        "name": {"en": "Lead", "es": "Dirección"},
        "inner": inner,
    }
    assert en.t(text, **params) == "x 1,840 2.2 14:25 4 min Lead Severity is 3 already."
    assert es.t(text, **params) == "x 1.840 2,2 14:25 4 min Dirección La gravedad ya es 3."


def test_no_sentence_carries_what_could_do_harm(en: Words) -> None:
    assert en.t("{who} said {what}", who="\x1b]0;owned\x07ann", what="one\u202etwo") == "·ann said one·two"


def test_a_parameter_is_never_read_as_a_template(en: Words) -> None:
    assert en.t("{a} and {b}", a="{b}", b="{a.__class__}") == "{b} and {a.__class__}"


def test_a_crooked_template_is_shown_instead_of_failing(en: Words) -> None:
    assert en.t("{gone} {0} {x!r} { {n}", n=1) == "{gone} {0} {x!r} { 1"


@given(st.text(), st.dictionaries(st.text(min_size=1), st.one_of(st.text(), st.integers(), st.floats(-1e9, 1e9))))
def test_no_template_and_no_parameter_makes_words_fail(template: str, params: dict[str, str | int | float]) -> None:
    for lang in ("en", "es"):
        assert isinstance(Words(lang, UTC).say(Sentence(template, params)), str)


def test_a_name_falls_back_to_english_and_then_to_any(es: Words) -> None:
    assert es.name({"en": "Lead", "es": "Dirección"}) == "Dirección"
    assert es.name({"en": "Lead", "es": ""}) == "Lead"
    assert es.name({"de": "Leitung"}) == "Leitung"
    assert es.name({}) == ""


def test_lists_end_as_the_language_ends_them(en: Words, es: Words) -> None:
    assert [en.list_of(names) for names in ([], ["Ana"], ["Ana", "Luis"])] == ["", "Ana", "Ana and Luis"]
    assert en.list_of(["Ana", "Luis", "Eva"]) == "Ana, Luis and Eva"
    assert es.list_of(["Ana", "Luis", "Eva"]) == "Ana, Luis y Eva"


@pytest.mark.parametrize(
    ("last", "joined"),
    [("Inés", "e"), ("Íñigo", "e"), ("Hinojosa", "e"), ("hielo", "y"), ("Iago", "y"), ("Yago", "y"), ("Hugo", "y")],
)
def test_spanish_and_gives_way_before_its_own_sound(es: Words, last: str, joined: str) -> None:
    assert es.list_of(["Ana", last]) == f"Ana {joined} {last}"


# --- numbers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("n", [0, 7, 310, 1840, 27_000, 1_234_567, 2.2, 1840.5])
def test_numbers_are_written_as_babel_writes_them(lang: str, n: float) -> None:
    assert Words(lang, UTC).number(n) == format_decimal(n, format="#,##0.#", locale=lang)


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("share", [0.0, 0.004, 0.31, 0.736, 1.0, 47.0])
def test_percents_are_written_as_babel_writes_them(lang: str, share: float) -> None:
    assert Words(lang, UTC).percent(share) == format_percent(share, locale=lang)


def test_negative_numbers_carry_a_true_minus(en: Words, es: Words) -> None:
    assert (en.number(-1840), es.number(-2.2), en.short(-1840), en.percent(-0.126)) == (
        "−1,840",
        "−2,2",
        "−1.8k",
        "−13%",
    )


def test_short_numbers_fit_their_cells_and_claim_no_more_than_there_is(en: Words, es: Words) -> None:
    numbers = [0, 999, 1_000, 1_999, 9_999, 10_000, 412_700, 999_999, 1_840_000, 12_000_000_000]
    assert [en.short(n) for n in numbers] == ["0", "999", "1.0k", "1.9k", "9.9k", "10k", "412k", "999k", "1.8M", "12G"]
    assert [es.short(n) for n in (1_840, 27_000, 1_840_000)] == ["1,8k", "27k", "1,8M"]


# --- times ---------------------------------------------------------------------------------------------


def test_times_are_shown_in_the_readers_zone_with_its_offset(en: Words) -> None:
    assert (en.clock(AT), en.clock_s(AT), en.offset(AT)) == ("14:25", "14:25:41", "+01:00")
    in_summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert (en.clock(in_summer), en.offset(in_summer)) == ("00:30", "+02:00")
    assert Words("en", timezone(-timedelta(hours=3, minutes=30))).offset(AT) == "-03:30"


def test_the_day_is_the_readers_day(en: Words, es: Words) -> None:
    just_before_midnight_in_utc = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert en.day(just_before_midnight_in_utc) == "Fri 1 Jan 2027"
    assert es.day(just_before_midnight_in_utc) == "vie 1 ene 2027"
    assert es.day(AT) == "lun 23 nov 2026"


def test_a_time_without_a_zone_is_refused(en: Words) -> None:
    with pytest.raises(ValueError, match="without a zone"):
        en.clock(AT.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 s"),
        (59.9, "59 s"),
        (60, "1 min"),
        (279, "4 min"),
        (5_999, "99 min"),
        (6_000, "1 h 40 min"),
        (7_200, "2 h"),
        (172_799, "47 h 59 min"),
        (172_800, "2 d"),
        (191_000, "2 d 5 h"),
        (-240, "4 min"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(en: Words, seconds: float, said: str) -> None:
    assert en.span(timedelta(seconds=seconds)) == said


def test_timers_run_like_clocks(en: Words) -> None:
    length = timedelta(minutes=36, seconds=19)
    assert en.timer(length) == "36:19"
    assert en.timer(length + timedelta(hours=1)) == "1:36:19"
    assert en.timer(timedelta(minutes=-3, seconds=-12)) == "03:12"
    assert en.timer(timedelta(hours=49)) == "49:00:00"


# --- the language --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flag", "environ", "config", "lang"),
    [
        ("es", {"WARROOM_LANG": "en", "LANG": "en_GB.UTF-8"}, "en", "es"),
        (None, {"WARROOM_LANG": "es", "LANG": "en_GB.UTF-8"}, "en", "es"),
        (None, {"LANG": "en_GB.UTF-8"}, "es", "es"),
        (None, {"LANG": "es_MX.UTF-8"}, "auto", "es"),
        (None, {"LANG": "es_MX.UTF-8", "LC_ALL": "en_US.UTF-8"}, None, "en"),
        (None, {"LANG": "de_DE.UTF-8", "LANGUAGE": "de:es:en"}, None, "es"),
        (None, {"LANG": "C", "LANGUAGE": "es"}, None, "en"),
        (None, {"LANG": "fr_FR.UTF-8"}, None, "en"),
        (None, {"LANG": "es_AR.UTF-8"}, "auto", "es"),
        (None, {"LANG": "C.UTF-8"}, "auto", "en"),
        (None, {"LC_MESSAGES": "es_AR", "LANG": "en_US.UTF-8"}, None, "es"),
        (None, {"WARROOM_LANG": "tlh", "LANG": "es_ES.UTF-8"}, "auto", "es"),
        ("fr", {"LANG": "es_ES"}, None, "es"),
        (None, {}, None, "en"),
    ],
)
def test_the_language_is_chosen_from_the_nearest_wish(
    flag: str | None, environ: dict[str, str], config: str | None, lang: str
) -> None:
    assert choose_lang(flag, environ, config) == lang


def test_a_language_is_known_by_any_of_its_names() -> None:
    assert [supported(name) for name in ("ES", "es-419", "es_MX.UTF-8", " en ", "esperanto", "", None)] == [
        *["es"] * 3,
        "en",
        *[None] * 3,
    ]


def test_an_unknown_language_is_english() -> None:
    assert Words("fr", UTC).t("The note is empty.") == "The note is empty."


def test_english_words_start_without_gettext_babel_and_the_gate() -> None:
    code = (
        "import sys; from datetime import UTC; from warroom.services.words import Words;"
        "Words('en', UTC).t('x {n} {who}', n=1840, who='ann');"
        "print([m for m in ('gettext', 'babel', 'warroom.domain.text') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

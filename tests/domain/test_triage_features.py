"""Each rule of reading a text, alone, on a lexicon of a few words: exact values."""

from math import sqrt

import pytest

from warroom.domain.triage.features import Features, features
from warroom.domain.triage.lexicon import Lexicon
from warroom.domain.triage.tokens import tokens
from warroom.domain.triage.vocabulary import Vocabulary
from warroom.domain.triage.words import normal, stem

LEXICON = Lexicon(
    values={
        "good": 2.0,
        "bad": -2.0,
        "verguenza": -3.0,
        "delight": 3.0,
        "delights": 2.0,
        "mixed": 1.0,
        "mixer": -1.0,
        "bravo": 2.0,
        "damn": -2.0,
    }
    | {"😡": -3.0, ":(": -2.0, ":)": 2.0, "hour": 0.0, "hours": -1.0, "atrasado": -2.0, "culpar": -1.0, "culpa": 3.0},
    negators=frozenset({"not", "never"}),
    intensifiers=frozenset({"very"}),
    diminishers=frozenset({"slightly"}),
    contrast=frozenset({"but", "pero"}),
    hostile=frozenset({"scum", "bad"}),
    advocate=frozenset({"best", "good"}),
    hostile_phrases=("never again",),
    advocate_phrases=("well done",),
    phrases={
        "thanks for nothing": -3.0,
        "not bad at all": 2.5,
        "bad luck": -1.0,
        "good morning": 0.0,
        "not half bad": 0.5,
        "no reply": 1.0,
        "the reply": 1.0,
        "well done": 2.0,
        "nothing much": -1.0,
        "luck thanks": 2.0,
        "luck today": 0.0,
    },
    irony=frozenset({"bravo", "well done", "not bad at all"}),
    between=frozenset({"another", "the"}),
    courtesy=frozenset({"bravo", "well done you"}),
    fillers=frozenset({"mixed"}),
    asking=frozenset({"please"}),
    mocking=frozenset({"sarcasm"}),
    swearing=frozenset({"damn"}),
    owed=frozenset({"reply", "contestar"}),
)


def read(text: str) -> Features:
    return features(text, Vocabulary(LEXICON))


def values(text: str) -> list[float]:
    return [round(value, 6) for _, value in read(text).hits]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("good bad", [2, -2]),
        ("not good", [-1.2]),
        ("not bad", []),
        ("not verguenza", [-1.5]),
        ("not @shop good", [2]),
        ("not https://shop.example good", [2]),
        ("not #good", [2]),
        ("isn't good", [-1.2]),
        ("isn’t good", [-1.2]),
        ("not a b c good", [-1.2]),
        ("not a b c d good", [2]),
        ("not, good", [2]),
        ("not! good", [2]),
        ("not 3.5 good", [-1.2]),
        ("not 😡", [-3]),
        ("very good", [2.6]),
        ("very, good", [2]),
        ("very a good", [2]),
        ("slightly bad", [-1.4]),
        ("not very good", [-1.56]),
        ("GOOD", [2.5]),
        ("good but bad", [1.4, -2.4]),
        ("good but bad but bad", [0.98, -1.4, -2.4]),
        ("but bad", [-2.4]),
        ("good but", [1.4]),
        ("goood baaaaad", [2, -2]),
        ("#good #Bad", [2, -2]),
        ("Vergu\u0308enza", [-3]),
    ],
)
def test_what_stands_around_a_word_changes_its_value(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thanks for NOTHING", [-3]),
        ("thanks for, nothing", []),
        ("not bad at all", [2.5]),
        ("not bad at last", []),
        ("not half bad good", [0.5, 2]),
        ("good morning", []),
        ("good good morning", [2]),
        ("bad luck bad", [-1, -2]),
        ("never bad luck", []),
        ("not a b c d bad luck", [-1]),
        ("good but bad luck", [1.4, -1.2]),
        ("luck", []),
        ("good thanks for nothing now", [2, -3]),
        ("thanks for nothing much", [-3]),
        ("bad luck thanks", [2]),
        ("bad luck today", []),
    ],
)
def test_a_phrase_is_worth_what_it_means_and_its_words_nothing(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("reply", []),
        ("never a b reply", [-1.4]),
        ("never, reply", []),
        ("never a b c d e reply", [-1.4]),
        ("never a b c d e f reply", []),
        ("a reply never", []),
        ("never reply, never reply", [-1.4, -1.4]),
        ("never contestarme", [-1.4]),
        ("never CONTESTAR", [-1.4]),
        ("never the reply", [-0.6]),
        ("no reply", [1]),
    ],
)
def test_what_a_customer_is_owed_is_a_complaint_behind_a_not(text: str, expected: list[float]) -> None:
    assert values(text) == expected


def test_a_not_denies_what_is_owed_once() -> None:
    assert values("never reply reply") == [-1.4]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("atrasarme", [-1.8]),
        ("atrasándonoslo", [-1.8]),
        ("atrasaron", [-1.8]),
        ("atrasábamos", [-1.8]),
        ("atrasen", [-1.8]),
        ("culparnos", [-0.9]),
        ("atrasaríamos", []),
        ("informe", []),
        ("amarme", []),
    ],
)
def test_a_spanish_verb_is_known_in_any_person_and_with_its_pronouns(text: str, expected: list[float]) -> None:
    assert values(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("well done now it is bad", [-1, -2]),
        ("@shop well done now it is bad", [-1, -2]),
        ("so well done now it is bad", [2, -2]),
        ("good now it is bad", [2, -2]),
        ("bravo now it is bad", [2, -2]),
        ("well done now it is bad or good", [2, -2, 2]),
        ("well done now it is hours late", [2, -1]),
        ("well done now but bad", [1.4, -2.4]),
    ],
)
def test_praise_that_opens_a_text_of_nothing_but_reproaches_is_mockery_and_thanks_are_not(
    text: str, expected: list[float]
) -> None:
    assert values(text) == expected


def test_a_phrase_is_shown_as_it_was_written() -> None:
    assert read("Thanks for  NOTHING you").hits == (("Thanks for NOTHING", -3),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bravo, another bad", [-1, -2]),
        ("bravo. The bad luck", [2, -1]),
        ("bravo and bad", [2, -2]),
        ("bravo, not bad", [2]),
        ("bravo bad", [-1, -2]),
        ("good bad", [2, -2]),
        ("not bad at all, the bad", [-1.25, -2]),
        ("bravo another", [2]),
    ],
)
def test_praise_that_runs_straight_into_a_reproach_is_meant_the_other_way_round(
    text: str, expected: list[float]
) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("good. Bravo?", [2, 0.4]),
        ("Please, good. Bravo", [2, 0.4]),
        ("bravo, good", [2, 2]),
        ("¿verguenza? BRAVO", [-3, 0.5]),
    ],
)
def test_thanks_beside_a_question_or_a_please_are_manners(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("good?", [0.8]),
        ("is it good at all?", [0.8]),
        ("good a b c d e f g?", [0.8]),
        ("good a b c d e f g h?", [2]),
        ("delight a b c?", [1.2]),
        ("delight a b c d?", [3]),
        ("good. Is it?", [2]),
        ("is it? good", [2]),
        ("good?!", [2]),
        ("good 😡?", [0.8, -3]),
        (":) ?", [2]),
        ("bad?", [-2]),
    ],
)
def test_praise_right_before_a_question_mark_is_asked_for(text: str, expected: list[float]) -> None:
    assert values(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bad. Bravo", [-2, 2]),
        ("bad hours. Bravo", [-2, -1, 0.4]),
        ("bad mixer luck. BRAVO!", [-2, -1, 0.5]),
        ("hours. Bravo", [-1, 2]),
        ("bad hours. Mixed. Bravo", [-2, -1, 1, 2]),
        ("bad hours. Delight", [-2, -1, 3]),
    ],
)
def test_thanks_that_end_a_text_of_nothing_but_reproaches_are_manners(text: str, expected: list[float]) -> None:
    assert values(text) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mixed, now we see", []),
        ("@shop Mixed… now", []),
        ("mixed now", [1]),
        ("mixed. Now", [1]),
        ("now mixed, we see", [1]),
        ("good, now", [2]),
        ("mixed", [1]),
        ("mixed, bad", [-2]),
    ],
)
def test_a_word_that_only_opens_a_text_praises_nothing(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("damn good", [2.6]),
        ("Damn GOOD", [3.25]),
        ("damn damn good", [-2, 2.6]),
        ("damn, good", [-2, 2]),
        ("damn the good", [-2, 2]),
        ("damn bad", [-2, -2]),
        ("damn", [-2]),
        ("damn not bad at all", [3.25]),
        ("not damn good", [-1.2]),
    ],
)
def test_an_oath_right_before_praise_makes_it_louder(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("good bad #sarcasm", [-1, -2]),
        ("good sarcasm", [2]),
        ("good as ever. NOT!", [-1]),
        ("good? Not", [-1]),
        ("good. Not once good", [2, -1.2]),
        ("good, not", [2]),
        ("not", []),
    ],
)
def test_praise_that_is_taken_back_is_meant_the_other_way_round(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("#verguenzaTotal", -2.1),
        ("#QuéVergüenza", -2.1),
        ("#ourdelight", 2.1),
        ("#notdelight", -2.1),
        ("#goodfriday", 0),
        ("#badluck", 0),
        ("#del", 0),
        ("#verguenzas", -2.7),
        ("#verguenzalo", 0),
        ("#verguenzaola", -2.1),
        ("delightful-friday", 0),
    ],
)
def test_a_hashtag_of_several_words_says_what_its_most_telling_one_does(tag: str, value: float) -> None:
    assert Vocabulary(LEXICON)[tag].value == pytest.approx(value)


@pytest.mark.parametrize(("text", "expected"), [("delighttt", [3]), ("baaad", [-2]), ("badd", [])])
def test_a_word_drawn_out_is_the_word(text: str, expected: list[float]) -> None:
    assert values(text) == expected


@pytest.mark.parametrize("sign", ["=D", ":]", "=[", ":-|", ":*", "^_^", "-.-", ":')", ":p", ":\\"])
def test_an_emoticon_is_one_token_and_not_the_marks_it_is_made_of(sign: str) -> None:
    assert tokens(f"so {sign} now") == ("so", sign, "now")


def test_what_is_not_a_word_does_not_count_as_one() -> None:
    seen = read("@bad.example https://bad.example/good www.good.example note:please 😡 :( 4471")
    assert seen.hits == (("😡", -3), (":(", -2))
    assert (seen.words, seen.handles, seen.url, seen.starts_with_handle) == (2, 1, True, True)


@pytest.mark.parametrize(
    ("text", "shared"),
    [
        ("they never sa… https://a.example/1", False),
        ("they never said… and https://a.example/1", True),
        ("they never sa… https://a.example/1 said", True),
        ("look: https://a.example/1", True),
        ("look… https://a.example/1 https://a.example/2", True),
        ("https://a.example/1 and they never sa… https://a.example/2", True),
    ],
)
def test_the_address_of_the_rest_of_a_text_that_was_cut_off_is_none_that_it_shares(text: str, shared: bool) -> None:
    assert read(text).url is shared


def test_exclamations_make_both_sides_louder_up_to_four() -> None:
    assert read("good!").pos == pytest.approx(2 * 1.06)
    assert read("bad!!! no!!!").neg == pytest.approx(2 * 1.24)
    assert read("good!").hits == (("good", 2),)


def test_exclamations_are_joy_only_where_more_is_praised_than_is_wrong() -> None:
    assert [read(text).layer()[5] for text in ("good!!", "bad!!", "a!!", "good bad!!")] == [2 / 3, 0, 0, 0]


def test_the_balance_is_bounded_and_even_where_both_sides_are() -> None:
    assert read("good bad").balance == 0
    assert read("bad").balance == pytest.approx(-2 / sqrt(4 + 15))
    assert -1 < read("bad " * 900).balance < -0.99


def test_marks_make_a_question_and_capitals_are_counted_from_four_letters_on() -> None:
    assert read("good?").question
    assert read("¿good").question
    assert not read("good").question
    assert read("GOOD BAD USA AB3194").capitals == 1


def test_cues_are_counted_praise_not_behind_a_not() -> None:
    assert (read("best good").advocate, read("not the best").advocate) == (2, 0)
    assert (read("scum bad").hostile, read("not scum").hostile) == (2, 1)


def test_a_phrase_is_a_cue_whole_and_in_any_capitals() -> None:
    assert (read("Never again").hostile, read("never, again").hostile, read("again never").hostile) == (1, 0, 0)
    assert (read("WELL DONE everyone").advocate, read("swell done").advocate) == (1, 0)


def test_a_stem_is_worth_nine_tenths_and_only_where_its_words_agree() -> None:
    assert values("delightly") == [pytest.approx(0.9 * 2.5)]
    assert values("mixing") == []
    assert values("hour hours") == [-1]


def test_the_layer_is_the_fifteen_figures_of_the_prior() -> None:
    seen = read("@x very GOOD bad?! https://a.example")
    pos, neg = 2 * 1.3 * 1.25 * 1.06, 2 * 1.06
    d = pos - neg
    assert pos > neg
    expected = [
        1,
        pos / (pos + 3),
        neg / (neg + 3),
        d / sqrt(d * d + 15),
        1,
        1 / 3,
        1 / 3,
        0.5,
        0.5,
        0,
        1,
        1 / 3,
        0.1,
        1,
        0,
    ]
    assert seen.layer() == pytest.approx(expected)
    assert read("bad?").layer()[14] == 1
    assert read("x").layer()[9] == 1


@pytest.mark.parametrize(
    ("word", "form"),
    [
        ("GOOOOD", "good"),
        ("Vergüenza", "verguenza"),
        ("AÑO", "año"),
        ("#Fail", "fail"),
        ("don’t", "don't"),
        ("1000", "1000"),
    ],
)
def test_a_word_has_one_form(word: str, form: str) -> None:
    assert normal(word) == form
    assert normal(form) == form


def test_a_stem_has_at_least_four_letters() -> None:
    assert (stem("decepcionada"), stem("gatos"), stem("gas"), stem("uno")) == ("decepcion", "gato"[:4], "", "")


@pytest.mark.parametrize(
    ("one", "other"),
    [("inaceptable", "inaceptables"), ("horrible", "horribles"), ("lento", "lentisimas"), ("lenta", "lentisimo")],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


def test_a_text_falls_into_tokens_in_its_order() -> None:
    assert tokens("@a ¿Qué? #no-1 :) xD note:p, 3.5 don’t") == (
        *("@a", "¿", "Qué", "?", "#no", ":)", "xD", "note", ":p", ",", "3.5", "don’t"),
    )
    assert tokens("vergu\u0308enza") == ("vergüenza",)
    assert tokens("a\u00adw\u200bful 𝗘𝘀𝘁𝗮𝗳𝗮 𝒗𝒆𝒓𝒈𝒖̈𝒆𝒏𝒛𝒂 ＳＣＡＭ！") == ("awful", "Estafa", "vergüenza", "SCAM", "!"), (
        "what is not seen, and letters in other dress"
    )
    assert tokens("#Lote4471 #2024gol #no_más L4471 #1 covid-19") == (
        *("#Lote4471", "#2024gol", "#no_más", "L4471", "covid", "19"),
    )

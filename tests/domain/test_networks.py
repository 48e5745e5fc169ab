"""How long a text is by each network's own rule, and in how many parts it goes out."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.networks import NAMES, NUMBERING, Limit, graphemes, length, likely, measure, parts_of, split
from warroom.services.wordlists import load_limits

FAMILY = "👨‍👩‍👧‍👦"


def used(text: str, network: str) -> int:
    return length(text, network, load_limits()).used


@pytest.mark.parametrize(
    ("text", "on_x", "on_bluesky", "on_mastodon", "on_instagram"),
    [
        ("We are sorry.", 13, 13, 13, 13),
        ("mañana", 6, 6, 6, 6),
        ("man\u0303ana", 6, 6, 6, 7),
        ("日本", 4, 2, 2, 2),
        (FAMILY, 2, 1, 1, 7),
        ("🇪🇸🇫🇷", 4, 2, 2, 4),
        ("👍🏽 ok", 5, 4, 4, 5),
        ("“ok” – …", 9, 8, 8, 8),
        ("see https://nordavena.example/lots/4471?from=feed", 27, 49, 27, 49),
        ("see nordavena.es/lot and nordavena.com", 55, 38, 38, 38),
        ("ask @help@social.nordavena.example", 34, 34, 9, 34),
    ],
)
def test_each_network_counts_by_its_own_rule(
    text: str, on_x: int, on_bluesky: int, on_mastodon: int, on_instagram: int
) -> None:
    counted = [used(text, network) for network in ("x", "bluesky", "mastodon", "instagram")]
    assert counted == [on_x, on_bluesky, on_mastodon, on_instagram]


@pytest.mark.parametrize(
    ("network", "limit"),
    [("x", 280), ("bluesky", 300), ("mastodon", 500), ("instagram", 2200), ("linkedin", 3000), ("facebook", 63206)],
)
def test_the_last_character_that_fits_is_the_limit(network: str, limit: int) -> None:
    fits = length("a" * limit, network, load_limits())
    assert (fits.used, fits.limit, fits.parts, fits.fits) == (limit, limit, 1, True)
    over = length("a" * (limit + 1), network, load_limits())
    assert (over.used, over.fits) == (limit + 1, False)


def test_a_network_without_a_rule_takes_any_text() -> None:
    whole = length("a" * 100_000, "web", load_limits())
    assert (whole.used, whole.limit, whole.parts, whole.fits) == (100_000, None, 1, True)


def test_the_bytes_of_a_post_are_a_limit_too() -> None:
    text = FAMILY * 200
    assert used(text, "bluesky") == 200
    assert len(text.encode()) > 3000
    assert not length(text, "bluesky", load_limits()).fits
    apart = length(" ".join([FAMILY] * 150), "bluesky", load_limits())
    assert (apart.parts, apart.fits) == (2, True)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("mastodn", "mastodon"),
        ("blusky", "bluesky"),
        ("x", None),
        ("newsletter", None),
        ("substack", None),
        ("tv", None),
    ],
)
def test_a_name_that_nobody_knows_is_held_against_those_that_are_known(name: str, meant: str | None) -> None:
    assert likely(name, sorted(NAMES)) == meant


@pytest.mark.parametrize(("times", "last"), [(1, "2/2"), (11, "16/16"), (80, "119/119")])
def test_a_long_thread_has_room_for_its_longer_numbers(times: int, last: str) -> None:
    parts = parts_of(f"{words(0, 80)} " * times, "x", load_limits())
    assert parts[-1].split()[0] == last
    assert max(map(len, parts)) <= 280
    assert length(f"{words(0, 80)} " * times, "x", load_limits()).parts == len(parts)


def test_where_there_are_no_threads_a_long_text_is_one_that_does_not_fit() -> None:
    long = length("We are sorry. " * 200, "instagram", load_limits())
    assert (long.parts, long.fits) == (1, False)
    assert parts_of("We are sorry. " * 200, "instagram", load_limits()) == ("We are sorry. " * 200,)


@pytest.mark.parametrize(("bytes", "fits"), [(2994, True), (2995, False)])
def test_the_number_of_a_part_takes_its_bytes_too(bytes: int, fits: bool) -> None:
    word = FAMILY * 119 + "a" * (bytes - 119 * len(FAMILY.encode()))
    assert length(f"{word} {word}", "bluesky", load_limits()).fits is fits


def test_every_rule_says_where_it_is_from_and_when_it_was_read() -> None:
    for rule in load_limits().values():
        assert rule.limit > 0
        assert rule.source
        assert rule.date


def test_a_word_longer_than_a_part_cannot_go_out() -> None:
    for size, fits in ((280 - NUMBERING, True), (280 - NUMBERING + 1, False)):
        measured = length("We are sorry. " * 20 + "a" * size, "x", load_limits())
        assert measured.fits is fits


RULES = {
    "x": Limit(limit=280, count="weighted", url=23, bare_urls=True, thread=True),
    "bluesky": Limit(limit=300, count="graphemes", bytes=3000, thread=True),
    "mastodon": Limit(limit=500, count="graphemes", url=23, short_mentions=True, thread=True),
}
LINK = "https://nordavena.example/" + "a" * 90
SHORT = ("lot", "mañana", "日本", FAMILY, "🇪🇸", "ends.", "4471.", "Sra.", "¿qué?", "\u0301accent", "a\u200d", "e\u0301")
BLANKS = ("\n\n", "\n", "\u3000", "\u2003", "10\u00a0000\u202f€")
ADDRESSES = (LINK, "nordavena.es/lot", "@help@a.example")
WORDS = st.lists(st.sampled_from((*SHORT, *BLANKS, *ADDRESSES)), max_size=200)


@given(WORDS.map(" ".join), st.sampled_from(sorted(RULES)))
def test_a_thread_is_the_text_cut_at_blanks_and_every_part_fits_its_network(text: str, network: str) -> None:
    rule, at = RULES[network], 0
    thread = parts_of(text, network, RULES)
    for place, part in enumerate(thread, 1):
        assert measure(part, rule) <= rule.limit
        assert rule.bytes is None or len(part.encode()) <= rule.bytes
        said = part.removeprefix(f"{place}/{len(thread)} ") if len(thread) > 1 else part
        found = text.index(said, at)
        assert not text[at:found].strip()
        at = found + len(said)
        assert not text[at : at + 1].strip()
        assert "".join(graphemes(text[at:])) == text[at:]
        assert list(graphemes(text[:at])) + list(graphemes(text[at:])) == list(graphemes(text))
    assert not text[at:].strip()
    assert length(text, network, RULES).fits


def test_a_joiner_joins_pictures_and_no_blank_or_word() -> None:
    assert list(graphemes(f"a\u200d b\u200dc {FAMILY}")) == ["a\u200d", " ", "b\u200d", "c", " ", FAMILY]


def words(first: int, last: int, between: str = " ") -> str:
    """Words of four letters each: "w010 w011 w012"."""
    return between.join(f"w{n:03}" for n in range(first, last))


CUTS = {
    "sentence": (f"{words(0, 30)}. {words(30, 80)}.", ["w029.", "w079."]),
    "last sentence": (f"{words(0, 30)}. {words(30, 54)}. {words(54, 80)}.", ["w053.", "w079."]),
    "paragraph": (f"{words(0, 30)}.\n\n{words(30, 50)}. {words(50, 80)}.", ["w029.", "w079."]),
    "line": (f"{words(0, 30)}\n{words(30, 80)}", ["w029", "w079"]),
    "short paragraph": (f"{words(0, 22)}.\n\n{words(22, 50)}. {words(50, 80)}.", ["w049.", "w079."]),
    "short sentence": (f"{words(0, 8)}. {words(8, 80)}.", ["w053", "w079."]),
    "short tail": (f"{words(0, 30)}. {words(30, 54)}. Thanks.", ["w029.", "Thanks."]),
    "long sentence, short tail": (f"{words(0, 54)}. Thanks.", ["w053.", "Thanks."]),
    "short tail of words": (f"{words(0, 55)} Thanks", ["w046", "Thanks"]),
    "title": (f"{words(0, 30)} Dr. {words(30, 80)}", ["w053", "w079"]),
    "no break": (f"{words(0, 54)} 10\u00a0000 {words(60, 80)}", ["w053", "w079"]),
    "only no breaks": (words(0, 80, "\u00a0"), ["w054", "w079"]),
    "link": (f"{words(0, 10)} {LINK}{LINK} {words(10, 20)}.", ["w009", LINK + LINK, "w019."]),
}


@pytest.mark.parametrize(("text", "last_words"), CUTS.values(), ids=CUTS)
def test_a_thread_is_cut_where_a_person_would_cut_it(text: str, last_words: list[str]) -> None:
    rule = Limit(limit=280, thread=True)
    assert [part.split()[-1] for part in split(text, rule)] == last_words


@given(st.text(alphabet="aé€…–“”ñ\u0301\u0338\u200d\u20e3\ufe0f1👩🇪🇸中\n "), st.sampled_from(sorted(RULES)))
def test_a_text_that_is_counted_at_once_is_as_long_as_sign_by_sign(text: str, network: str) -> None:
    once = measure(text, RULES[network])
    apart = sum(measure(sign, RULES[network]) for sign in graphemes(normalize("NFC", text)))
    assert once == apart or text.isascii()


@given(st.text())
def test_graphemes_are_the_text_cut_in_pieces(text: str) -> None:
    assert "".join(graphemes(text)) == text


@given(st.text(), st.sampled_from(sorted(load_limits())))
def test_any_text_has_a_length(text: str, network: str) -> None:
    measured = length(text, network, load_limits())
    assert measured.used >= 0
    assert measured.parts >= 1 or not text.strip()

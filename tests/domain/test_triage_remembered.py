"""What is kept of the words that were met."""

from collections import Counter

from warroom.domain.triage.remembered import LONGEST_KEPT, MOST_KEPT, Remembered


def test_a_word_is_worked_out_once() -> None:
    asked: Counter[str] = Counter()
    remembered = Remembered(lambda word: asked.update([word]) or len(word))
    assert [remembered["oat"], remembered["oat"]] == [3, 3]
    assert asked == {"oat": 1}


def test_what_is_always_another_one_is_not_kept() -> None:
    remembered = Remembered(len)
    for word in ("@handle", "https://a.example/1", "www.a.example", "x" * (LONGEST_KEPT + 1), "x" * LONGEST_KEPT):
        assert remembered[word] == len(word)
    assert set(remembered) == {"x" * LONGEST_KEPT}


def test_made_up_words_cannot_fill_the_memory() -> None:
    remembered = Remembered(len)
    for number in range(MOST_KEPT + 10):
        assert remembered[str(number)]
    assert len(remembered) <= MOST_KEPT
    assert remembered["7"] == 1

"""Sentences that go on below themselves, and not below the sign or the name before them."""

from warroom.ui.line import Part, hung, width_of


def lines(parts: list[Part], width: int) -> list[str]:
    return "".join(part.text for part in hung(parts, width)).split("\n")


def test_a_sentence_goes_on_behind_what_stands_before_it() -> None:
    parts = [Part("✓ ", "$success", hangs=True), Part("Legal: J. Solà", "bold"), Part(" approved v1 14:25")]
    assert lines(parts, 20) == ["✓ Legal: J. Solà", "  approved v1 14:25"]
    assert lines(parts, 40) == ["✓ Legal: J. Solà approved v1 14:25"]


def test_every_line_has_its_own_place_and_no_word_is_lost() -> None:
    parts = [
        Part("14:23 ", "bold"),
        Part("! ", hangs=True),
        Part("Overdue: Tell our own people (due 14:22)"),
        Part("  auto\n", "$muted"),
        Part("left alone however long this line may be\n"),
        Part("· ", hangs=True),
        Part("what only you can say"),
    ]
    found = lines(parts, 24)
    assert found == [
        "14:23 ! Overdue: Tell",
        "        our own people",
        "        (due 14:22)",
        "        auto",
        "left alone however long this line may be",
        "· what only you can say",
    ]
    assert " ".join(" ".join(found).split()) == " ".join("".join(part.text for part in parts).split())


def test_no_word_of_two_colours_is_torn_and_wide_letters_count_twice() -> None:
    parts = [Part("? ", hangs=True), Part("what “"), Part("everybody", "bold"), Part("” says 漢字漢字漢字")]
    assert lines(parts, 16) == ["? what “everybody”", "  says", "  漢字漢字漢字"]
    assert max(map(len, lines(parts, 16)[1:])) <= 16


def test_where_there_is_no_room_beside_it_nothing_hangs() -> None:
    parts = [Part("a very long name of a step  ", hangs=True), Part("done when everybody knows it")]
    assert hung(parts, 32) == parts
    assert width_of(hung(parts, 80)) == width_of(parts)


def test_a_blank_that_must_not_break_does_not_break() -> None:
    parts = [Part("? ", hangs=True), Part("is against 92\N{NO-BREAK SPACE}% of them")]
    assert lines(parts, 16) == ["? is against", "  92\N{NO-BREAK SPACE}% of them"]

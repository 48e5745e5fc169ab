"""What is scheduled, read from the files of other tools: columns found, bad lines counted, no time guessed."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from warroom.domain.sentence import Refused
from warroom.services.freezelist import LARGEST, MOST, moment, read_file, read_list
from warroom.services.words import english

MADRID = ZoneInfo("Europe/Madrid")
AT = datetime(2026, 3, 10, 17, 0, tzinfo=UTC)


def read(text: str, suffix: str = "") -> list[tuple[str, str, datetime | None]]:
    return [(item.text, item.place, item.goes_out_at) for item in read_list(text, suffix, MADRID).items]


@pytest.mark.parametrize(
    ("text", "suffix"),
    [
        ("Text,Network,Scheduled at\nAutumn sale,instagram,2026-03-10 18:00\n", ".csv"),
        ("Texto;Red social;Fecha\nAutumn sale;instagram;10.03.2026 18:00\n", ".csv"),
        ("Channel\tMessage\tDate\tTime\ninstagram\tAutumn sale\t2026-03-10\t18:00\n", ".tsv"),
        ("id|Publicación|Canal|Hora|Fecha\n7|Autumn sale|instagram|18:00|2026-03-10\n", ""),
        ('{"text": "Autumn sale", "channel": "instagram", "scheduled_at": "2026-03-10T18:00:00+01:00"}\n', ""),
        ('[{"caption": "Autumn sale", "platform": ["instagram"], "publish_at": "2026-03-10T17:00:00Z"}]', ".json"),
        ('"Post","Platform","Scheduled for"\n"Autumn sale","instagram","2026-03-10T18:00"\n', ""),
    ],
)
def test_columns_are_found_whatever_the_tool_calls_them(text: str, suffix: str) -> None:
    assert read(text, suffix) == [("Autumn sale", "instagram", AT)]


def test_plain_lines_are_posts_and_keep_their_commas() -> None:
    assert read("Autumn sale, 20% off\n\nRecipe of the week\n") == [
        ("Autumn sale, 20% off", "", None),
        ("Recipe of the week", "", None),
    ]


def test_a_table_without_headings_is_its_first_column() -> None:
    assert [text for text, _, _ in read("Autumn sale,instagram\nRecipe,x\n", ".csv")] == ["Autumn sale", "Recipe"]


def test_bad_lines_and_unread_times_are_counted_and_cost_no_other_line() -> None:
    lines = '{"text": "A"}\nnot json\n{"text": ""}\n{"other": 1}\n[1]\n{"text": "B", "date": "soon"}\n'
    file = read_list(lines, ".jsonl", MADRID)
    assert [item.text for item in file.items] == ["A", "B"]
    assert (file.bad, file.undated, file.left_out) == (4, 1, 0)


def test_a_cell_over_two_lines_is_one_post() -> None:
    assert read('text,network\n"Autumn\nsale",x\n', ".csv") == [("Autumn sale", "x", None)]


def test_hostile_text_passes_the_gate_and_is_cut() -> None:
    (item,) = read_list("\x1b]0;pwned\x07Sale\u202e" + "a" * 5000 + "\n", "", MADRID).items
    assert not {"\x1b", "\x07", "\u202e"} & set(item.text)
    assert len(item.text) <= 500


def test_more_lines_than_anybody_holds_are_counted() -> None:
    file = read_list("\n".join(f"Post {n}" for n in range(MOST + 7)), "", MADRID)
    assert (len(file.items), file.left_out) == (MOST, 7)


@pytest.mark.parametrize("text", ["", "\n \n", "[1, 2]", "[", '{"a": 1}', "[" * 100_000])
def test_what_holds_no_post_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Refused):
        read_list(text, "", MADRID)


def test_a_file_is_read_in_the_encodings_that_tools_write(tmp_path: Path) -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        path = tmp_path / "posts.csv"
        path.write_text("Texto;Red\nOtoño al 20 %;x\n", encoding)
        assert [item.text for item in read_file(path, MADRID).items] == ["Otoño al 20 %"], encoding


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refusal:
        read_file(tmp_path / "none.csv", MADRID)
    assert "cannot be read" in english().say(refusal.value.sentence)
    with pytest.raises(Refused):
        read_file(tmp_path, MADRID)
    (tmp_path / "big").write_bytes(b"a" * (LARGEST + 1))
    with pytest.raises(Refused) as refusal:
        read_file(tmp_path / "big", MADRID)
    assert "larger than 4 MiB" in english().say(refusal.value.sentence)


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ("2026-03-10T18:00", AT),
        ("2026-03-10 18:00:00+01:00", AT),
        ("10/03/2026 18:00", None),
        ("13/03/2026 18:00", datetime(2026, 3, 13, 17, 0, tzinfo=UTC)),
        ("10.3.2026, 18:00", AT),
        ("31/02/2026 18:00", None),
        ("tomorrow", None),
        ("9999-12-31T23:59-14:00", None),
        ("", None),
    ],
)
def test_a_time_is_read_or_left_out_and_never_guessed(written: str, at: datetime | None) -> None:
    assert moment(written, MADRID) == at

"""Files: JSONL in our own names, tables by mapping, streams; bad lines counted, nothing doubled, nothing lost."""

import io
import json
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.base import Batch, FeedRejected
from feeds.files import FilesFeed, Options, Reading, read_stream
from warroom.domain.mention import Mention
from warroom.domain.watch import Watch

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
HOW = Reading(feed="import", source="import", clock=lambda: NOW)


def read(data: bytes | str, name: str = "", how: Reading = HOW) -> tuple[list[Mention], int, list[str]]:
    raw = data.encode() if isinstance(data, str) else data
    batches = list(read_stream(io.BytesIO(raw), how, name=name))
    mentions = [mention for batch in batches for mention in batch.mentions]
    return mentions, sum(b.bad_count for b in batches), [line for b in batches for line in b.bad]


def line(**fields: object) -> str:
    return json.dumps(fields, ensure_ascii=False) + "\n"


def test_a_line_in_our_own_names_is_a_mention_as_it_stands() -> None:
    (mention,), bad, _ = read(
        line(source="x", native_id="1", text="hola", followers=12, created_at="2026-03-10T11:00:00+01:00", lang="es")
    )
    assert bad == 0
    assert (mention.source, mention.native_id, mention.followers, mention.lang) == ("x", "1", 12, "es")
    assert mention.at == datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
    assert (mention.received_at, mention.feed, mention.raw) == (NOW, "import", None)


def test_unknown_keys_stay_in_raw_and_loose_values_are_understood() -> None:
    (mention,), _, _ = read(line(native_id=7, text="t", followers="1,840", created_at=1773136800, colour="red"))
    assert mention.native_id == "7"
    assert mention.followers == 1840
    assert mention.created_at == datetime(2026, 3, 10, 10, 0, tzinfo=UTC)
    assert json.loads(mention.raw or "") == {"colour": "red"}


def test_without_a_name_the_same_line_is_the_same_mention() -> None:
    twice = line(text="t", url="https://a.example/1")
    (one, two), _, _ = read(twice + twice)
    (other,), _, _ = read(line(text="t", url="https://a.example/2"))
    assert one.native_id == two.native_id != other.native_id


def test_bad_lines_are_counted_and_sampled_and_cost_nobody_else() -> None:
    data = line(native_id="1", text="one") + '{"bad\n[1]\n\n' + line(native_id="2") + line(native_id="3", text="three")
    mentions, bad, sample = read(data)
    assert [mention.native_id for mention in mentions] == ["1", "3"]
    assert bad == 3
    assert len(sample) == 3
    assert all(len(text) <= 200 for text in sample)


def test_a_huge_line_is_left_out_and_a_ten_kilobyte_text_is_kept() -> None:
    data = (
        line(native_id="1", text="x" * 10_000) + '{"text":"' + "y" * 2_000_000 + '"}\n' + line(native_id="2", text="z")
    )
    mentions, bad, _ = read(data)
    assert [len(mention.text) for mention in mentions] == [10_000, 1]
    assert bad == 1


def test_control_characters_do_not_reach_the_store() -> None:
    (mention,), _, _ = read(line(native_id="1", text="a\x1b]0;t\x07b\u202ec\nd"))
    assert mention.text == "a]0;tbc\nd"


@pytest.mark.parametrize(
    ("encoding", "delimiter"), [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", ",")]
)
def test_a_table_is_read_in_any_usual_dress(encoding: str, delimiter: str) -> None:
    rows = [["Date", "Full Text", "Url", "Author"], ["2026-03-10 12:00", "¿Qué pasó, eh?", "https://a.example", "Ana"]]
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    (mention,), bad, _ = read(text.encode(encoding), "export.csv")
    assert bad == 0
    assert (mention.text, mention.url, mention.author_name) == ("¿Qué pasó, eh?", "https://a.example", "Ana")
    assert mention.created_at == datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def test_report_lines_before_the_headings_are_passed_over() -> None:
    data = "Report:,nordavena\nFrom:,1 March\n\nDate,Title,Full Text,Url\n2026-03-10,T,hello,https://a.example/1\n"
    (mention,), _, _ = read(data, "bw.csv")
    assert (mention.title, mention.text) == ("T", "hello")


def test_a_mapping_names_the_columns_and_without_any_it_says_how() -> None:
    how = Reading(feed="f", source="survey", clock=lambda: NOW, columns={"text": "Opinion", "author_name": "Quien"})
    (mention,), _, _ = read("Quien,Opinion\nAna,Fatal\n", "s.csv", how)
    assert (mention.text, mention.author_name, mention.source) == ("Fatal", "Ana", "survey")
    with pytest.raises(FeedRejected) as error:
        read("a,b\n1,2\n", "s.csv")
    assert "--column" in error.value.sentence.id


async def take(feed: FilesFeed, cursor: bytes | None, batches: int) -> list[Batch]:
    found: list[Batch] = []
    async with aclosing(feed.batches(cursor)) as told:
        async for batch in told:
            found.append(batch)
            if len(found) >= batches:
                break
    return found


def feed_of(path: Path, **more: object) -> FilesFeed:
    options = Options(path=path, follow=True, **more)  # type: ignore[arg-type]
    return FilesFeed("inbox", options, clock=lambda: NOW, watch=Watch(["nordavena"]))


async def test_a_followed_file_is_read_on_from_its_cursor_and_a_half_line_waits(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(line(native_id="1", text="one") + '{"native_id":"2","te')
    first = await take(feed_of(path), None, 2)
    assert [m.native_id for b in first for m in b.mentions] == ["1"]
    with path.open("a") as file:
        file.write('xt":"two"}\n' + line(native_id="3", text="three"))
    second = await take(feed_of(path), first[-1].cursor, 2)
    assert [m.native_id for b in second for m in b.mentions] == ["2", "3"]


async def test_a_file_that_was_replaced_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(line(native_id="1", text="one") * 3)
    first = await take(feed_of(path), None, 2)
    path.write_text(line(native_id="9", text="another beginning") + line(native_id="10", text="x") * 9)
    second = await take(feed_of(path), first[-1].cursor, 1)
    assert second[0].mentions[0].native_id == "9"


async def test_a_file_that_is_not_there_yet_is_waited_for(tmp_path: Path) -> None:
    (batch,) = await take(feed_of(tmp_path / "later.jsonl"), None, 1)
    assert batch == Batch()


async def test_matching_keeps_what_names_us(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(line(native_id="1", text="about Nordavena") + line(native_id="2", text="about tea"))
    first = await take(feed_of(path, match=True), None, 1)
    assert [m.native_id for m in first[0].mentions] == ["1"]

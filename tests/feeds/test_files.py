"""Files: JSONL in our own names, tables by mapping, streams; bad lines counted, nothing doubled, nothing lost."""

import io
import json
from contextlib import aclosing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feeds.base import Batch, FeedError, FeedRejected, Unfit
from feeds.files import FilesFeed, Options, read_stream
from feeds.values import Reading
from warroom.domain.mention import Mention
from warroom.domain.watch import Watch
from warroom.services.words import english

NOW = datetime(2026, 3, 10, 13, 0, tzinfo=UTC)
HOW = Reading(feed="import", source="import", clock=lambda: NOW)


def read(data: bytes | str, name: str = "", how: Reading = HOW) -> tuple[list[Mention], int, list[str]]:
    raw = data.encode() if isinstance(data, str) else data
    batches = list(read_stream(io.BytesIO(raw), how, name=name))
    mentions = [mention for batch in batches for mention in batch.mentions]
    return mentions, sum(b.bad_count for b in batches), [english().say(bad.sentence) for b in batches for bad in b.bad]


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
    assert sample == ['line 2: no JSON: {"bad', "line 3: no object: [1]", 'line 5: no text: {"native_id": "2"}']


def test_a_huge_line_is_left_out_and_a_ten_kilobyte_text_is_kept() -> None:
    data = (
        line(native_id="1", text="x" * 10_000) + '{"text":"' + "y" * 2_000_000 + '"}\n' + line(native_id="2", text="z")
    )
    mentions, bad, sample = read(data)
    assert [len(mention.text) for mention in mentions] == [10_000, 1]
    assert bad == 1
    assert sample[0].startswith('line 2: too long: {"text":"yyy')
    assert len(sample[0]) < 230


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


@pytest.mark.parametrize(
    "bad",
    [
        '{"native_id":"2","text":' + "[" * 100_000 + "\n",
        line(native_id="2", text="", colour="red"),
        "half a line, and no JSON\n",
    ],
)
def test_whatever_a_bad_line_is_the_others_come_in(bad: str) -> None:
    good = line(native_id="1", text="one")
    mentions, count, _ = read(bad + good, "m.jsonl")
    assert ([mention.native_id for mention in mentions], count) == (["1"], 1)
    mentions, count, _ = read(good + bad + line(native_id="3", text="three"))
    assert ([mention.native_id for mention in mentions], count) == (["1", "3"], 1)


@pytest.mark.parametrize("more", [{}, {"colour": "red"}])
@pytest.mark.parametrize("field", ["created_at", "edited_at"])
def test_a_time_at_the_end_of_the_calendar_costs_nobody_their_mention(more: dict[str, str], field: str) -> None:
    (mention,), bad, _ = read(line(native_id="1", text="t", **{field: "0001-01-01T00:00:00+05:00"}, **more))
    assert bad == 0
    assert mention.edited_at is None


def test_mentions_without_a_name_are_not_one_and_the_same() -> None:
    mentions, _, _ = read(line(native_id="", text="a") + line(native_id="", text="b"))
    assert len({mention.native_id for mention in mentions}) == 2


def test_a_network_has_one_spelling_and_what_was_received_is_kept() -> None:
    one, two = read(
        line(source="Mastodon", native_id="1", text="t")
        + line(source="Mastodon ", native_id="1", text="t", raw={"k": 1})
    )[0]
    assert one.key == two.key == "mastodon|1"
    assert json.loads(two.raw or "") == {"k": 1}


def test_a_json_array_is_told_what_to_become() -> None:
    with pytest.raises(FeedRejected) as error:
        read('[{"native_id":"1","text":"t"}]', "m.json")
    assert "jq" in error.value.sentence.id


def test_commas_in_a_text_do_not_part_cells_that_semicolons_part() -> None:
    (mention,), _, _ = read(
        'Date;Full Text;Url\n2026-03-10;"uno, dos, tres, cuatro, cinco";https://a.example\n', "e.csv"
    )
    assert (mention.text, mention.url) == ("uno, dos, tres, cuatro, cinco", "https://a.example")


MELTWATER = (
    "Date\tTime\tAlternate Date Format\tHeadline\tURL\tOpening Text\tHit Sentence\tSource\tInfluencer\tCountry"
    "\tLanguage\tReach\tEngagement\tSentiment\tTweet Id\tTwitter Followers\tLikes\tReplies\tDocument ID\r\n"
)


@pytest.mark.parametrize(
    ("day", "clock", "other", "expected"),
    [
        ("10-Mar-2026 10:23AM", "10:23 AM", "03/10/2026", "2026-03-10T10:23"),
        ("10-Mar-2026", "10:23 PM", "Mar 10, 2026", "2026-03-10T22:23"),
        ("Mar 10, 2026", "", "", "2026-03-10T00:00"),
        ("?", "10:23", "2026-03-10", "2026-03-10T10:23"),
    ],
)
def test_an_export_of_meltwater_is_read_whole(day: str, clock: str, other: str, expected: str) -> None:
    rest = "Silence\thttps://a.example\tOpening, text\t\tX\tAna\tES\tSpanish\t1200.0\t\t\t\t12\t\t\td1\r\n"
    row = f"{day}\t{clock}\t{other}\t{rest}"
    (mention,), bad, _ = read((MELTWATER + row).encode("utf-16"), "mw.csv")
    assert bad == 0
    assert mention.created_at == datetime.fromisoformat(expected).replace(tzinfo=UTC)
    assert (mention.text, mention.lang, mention.reach, mention.native_id) == ("Opening, text", "es", 1200, "d1")


@pytest.mark.parametrize(
    "text",
    ["1773138180", "1773138180000", "10/03/2026 10:23", "10.03.2026 10:23:00", "Tue, 10 Mar 2026 10:23:00 +0000"],
)
def test_a_date_of_any_usual_form_is_understood(text: str) -> None:
    (mention,), _, _ = read(f'url,published,title,content,lang\nhttps://a.example,"{text}",T,hello,es\n', "tw.csv")
    assert mention.created_at == datetime(2026, 3, 10, 10, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headings", "row"),
    [
        ("Date,Author,Network,Text,URL", '2026-03-10 10:23,@ana,X,"hola, qué tal",https://x.example/1'),
        ("Fecha;Autor;Red;Mensaje;Enlace", "10/03/2026 10:23;@ana;X;hola, qué tal;https://x.example/1"),
        ("fecha;hora;usuario;plataforma;texto;link", "10/03/2026;10:23;@ana;X;hola, qué tal;https://x.example/1"),
    ],
)
def test_headings_as_people_write_them_are_understood(headings: str, row: str) -> None:
    (mention,), bad, _ = read(f"{headings}\n{row}\n", "mine.csv")
    assert (mention.text, mention.source, mention.author_handle, bad) == ("hola, qué tal", "x", "@ana", 0)
    assert (mention.created_at, mention.url) == (datetime(2026, 3, 10, 10, 23, tzinfo=UTC), "https://x.example/1")


def test_two_people_who_say_the_same_on_one_day_are_two_mentions() -> None:
    mentions, _, _ = read("Date,Author,Text\n2026-03-10,@ana,Boycott\n2026-03-10,@bea,Boycott\n", "m.csv")
    assert len({mention.native_id for mention in mentions}) == 2


def test_keys_as_people_write_them_are_understood_and_a_running_number_is_no_name() -> None:
    other = {"network": "X", "author": "Ana", "published_at": "2026-03-10T10:23:00Z", "id": 1, "user": {"a": 1}}
    (mention,), _, _ = read(line(message="hola", **other))
    assert (mention.text, mention.source, mention.author_name) == ("hola", "x", "Ana")
    assert mention.created_at == datetime(2026, 3, 10, 10, 23, tzinfo=UTC)
    assert mention.native_id != "1", "another file counts from 1 too"
    assert json.loads(mention.raw or "") == {"id": 1, "user": {"a": 1}}


def test_our_own_names_and_those_of_an_export_go_before_what_people_call_them() -> None:
    (mention,), _, _ = read("message,text,Date\nno,yes,2026-03-10\n", "m.csv")
    assert mention.text == "yes"
    (mention,), _, _ = read("Date,Title,Full Text,Url,Message\n2026-03-10,T,yes,https://a.example/1,no\n", "bw.csv")
    assert mention.text == "yes"


def test_a_mapping_adds_to_what_is_known_and_a_heading_that_is_not_there_is_named() -> None:
    table = "Date,Full Text,Alcance\n2026-03-10,hello,77\n"
    how = Reading(feed="f", source="s", clock=lambda: NOW, columns={"reach": "Alcance"})
    (mention,), _, _ = read(table, "e.csv", how)
    assert (mention.reach, mention.text) == (77, "hello")
    how = Reading(feed="f", source="s", clock=lambda: NOW, columns={"text": "Opinion"})
    with pytest.raises(FeedRejected) as error:
        read(table, "e.csv", how)
    assert error.value.sentence.params == {"name": "Opinion", "known": "Date, Full Text, Alcance"}


def test_an_empty_file_brings_nothing_and_says_nothing() -> None:
    assert read("", "e.csv") == ([], 0, [])


@pytest.mark.parametrize("options", [{"timezone": "Mars/Olympus"}, {"columns": {"txt": "Full Text"}}])
def test_options_that_cannot_be_are_refused_with_a_sentence(options: dict[str, object]) -> None:
    with pytest.raises(Unfit):
        Options(path=Path("m.csv"), **options)  # type: ignore[arg-type]


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


async def test_a_file_that_was_read_and_is_gone_is_a_loss_once_it_is_missed_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("feeds.files.POLL", 0.0)
    path = tmp_path / "m.jsonl"
    path.write_text(line(native_id="1", text="one"))
    first = await take(feed_of(path), None, 2)
    path.unlink()
    with pytest.raises(FeedError) as lost:
        await take(feed_of(path), first[-1].cursor, 1)
    assert lost.value.sentence.id == "{file} is not there any more."
    path.write_text(line(native_id="1", text="one") + line(native_id="2", text="two"))
    again = await take(feed_of(path), first[-1].cursor, 1)
    assert [mention.native_id for batch in again for mention in batch.mentions] == ["2"]


async def test_a_followed_table_is_waited_for_and_its_last_row_too(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("")
    assert all(not batch.mentions for batch in await take(feed_of(path), None, 1))
    path.write_text("Full Text,Url\nhello,https://a.example/1\nhal")
    first = await take(feed_of(path), None, 2)
    assert [m.text for b in first for m in b.mentions] == ["hello"]
    path.write_text("Full Text,Url\nhello,https://a.example/1\nhalf,https://a.example/2\n")
    second = await take(feed_of(path), first[-1].cursor, 1)
    assert [m.text for b in second for m in b.mentions] == ["hello", "half"]


async def test_bad_lines_of_a_followed_file_have_the_number_that_an_editor_shows(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(line(native_id="1", text="one") + "broken\n")
    first = await take(feed_of(path), None, 2)
    with path.open("a") as file:
        file.write("\n" + line(native_id="2", text="two") + "broken again\n")
    second = await take(feed_of(path), first[-1].cursor, 2)
    assert [bad.number for b in [*first, *second] for bad in b.bad] == [2, 5]
    before = json.loads(first[-1].cursor or b"")
    del before["lines"]
    unknown = await take(feed_of(path), json.dumps(before).encode(), 2)
    assert [bad.number for b in unknown for bad in b.bad] == [None], "nobody counted the lines before"


async def test_bad_rows_of_a_table_that_grows_are_told_once(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("text,url\n,https://a.example/1\nhello,https://a.example/2\n")
    async with aclosing(feed_of(path).batches(None)) as told:
        first = [await anext(told), await anext(told)]
        assert [(b.bad_count, [bad.number for bad in b.bad]) for b in first] == [(1, [2]), (0, [])]
        with path.open("a") as file:
            file.write(",https://a.example/3\n")
        second = [await anext(told), await anext(told)]
        assert [(b.bad_count, [bad.number for bad in b.bad]) for b in second] == [(1, [4]), (0, [])]


def test_a_bad_row_has_the_number_of_the_line_in_which_it_begins() -> None:
    table = 'A report\n\ntext,url\n"two\nlines",https://a.example/1\n,https://a.example/2\n\n"",https://a.example/3\n'
    mentions, bad, sample = read(table, "m.csv")
    assert [mention.text for mention in mentions] == ["two\nlines"]
    assert bad == 2
    assert sample == ["line 6: no text: ,https://a.example/2", "line 8: no text: ,https://a.example/3"]


def test_a_row_too_long_to_be_read_has_its_number_and_those_after_it_have_theirs() -> None:
    table = "text,url\n" + "y" * 2_500_000 + ",https://a.example/1\n,https://a.example/2\n"
    mentions, bad, sample = read(table + "hello,https://a.example/3\n", "m.csv")
    assert [mention.text for mention in mentions] == ["hello"]
    assert bad == 2
    assert sample[0].startswith("line 2: too long: yyy")
    assert sample[1] == "line 3: no text: ,https://a.example/2"


def test_a_quote_that_is_never_closed_is_named_by_the_line_where_it_begins() -> None:
    table = 'text,url\nhello,https://a.example/1\n"lost' + "y,\n" * 600_000
    mentions, _, sample = read(table, "m.csv")
    assert mentions[0].text == "hello"
    assert sample[0].startswith('line 3: a quote that is never closed: "losty,')


@pytest.mark.parametrize("broken", ['"lost,https://a.example/2', 'https://a.example/2,"lost'])
@pytest.mark.parametrize("after", ["third", '"third, quoted"'])
def test_a_quote_that_is_never_closed_costs_its_own_line_and_no_other(broken: str, after: str) -> None:
    table = f"text,url\nhello,https://a.example/1\n{broken}\n{after},https://a.example/3\nlast,https://a.example/4\n"
    mentions, bad, sample = read(table, "m.csv")
    assert [mention.text for mention in mentions] == ["hello", after.strip('"'), "last"]
    assert (bad, sample) == (1, [f"line 3: a quote that is never closed: {broken}"])


def test_odd_quotes_within_a_line_are_read_as_they_stand() -> None:
    mentions, bad, _ = read('text,url\n"no" she said,https://a.example/1\n2" nails,https://a.example/2\n', "m.csv")
    assert ([mention.text for mention in mentions], bad) == (["no she said", '2" nails'], 0)


async def test_a_cell_of_several_lines_that_is_still_written_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text('text,url\n"one\n')
    async with aclosing(feed_of(path).batches(None)) as told:
        assert not (await anext(told)).mentions
        with path.open("a") as file:
            file.write('two",https://a.example/1\n')
        assert [mention.text for mention in (await anext(told)).mentions] == ["one\ntwo"]


@pytest.mark.parametrize("start", [b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_workbook_is_told_how_to_become_a_table(start: bytes) -> None:
    with pytest.raises(FeedRejected) as error:
        read(start + bytes(range(256)), "mentions.xlsx")
    assert "CSV UTF-8" in error.value.sentence.id


async def test_matching_keeps_what_names_us(tmp_path: Path) -> None:
    path = tmp_path / "m.jsonl"
    path.write_text(line(native_id="1", text="about Nordavena") + line(native_id="2", text="about tea"))
    first = await take(feed_of(path, match=True), None, 1)
    assert [m.native_id for m in first[0].mentions] == ["1"]


async def test_an_edit_that_names_us_no_more_is_handed_on_as_an_edit(tmp_path: Path) -> None:
    path = tmp_path / "mentions.jsonl"
    path.write_text('{"native_id": "1", "text": "Nordavena again"}\n{"native_id": "2", "text": "the weather"}\n')
    batches = await take(feed_of(path, match=True), None, 1)
    assert [m.native_id for batch in batches for m in batch.mentions] == ["1"]
    assert [m.native_id for batch in batches for m in batch.edits] == ["2"]


def test_half_a_character_costs_no_line() -> None:
    lines = [
        rb'{"native_id": "1", "text": "cut \ud83d here \ud83d\ude00 and \\ud83d"}',
        rb'{"native_id": "2", "text": "low \uDE00 \ud83d\ud83d\ude00"}',
        b'{"native_id": "3", "text": "raw \xed\xa0\xbd", "unknown": "\\udfff"}',
    ]
    how = Reading(feed="f", source="x", clock=lambda: NOW)
    texts = [m.text for batch in read_stream(io.BytesIO(b"\n".join(lines)), how) for m in batch.mentions]
    assert texts == ["cut \ufffd here \U0001f600 and \\ud83d", "low \ufffd \ufffd\U0001f600", "raw \ufffd"]

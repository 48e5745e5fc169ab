"""What the screen reads of a damaged store: everything but the rows of the broken page, and why."""

from pathlib import Path

from tests.builders import mention, reading
from warroom.store.mentions import open_mentions
from warroom.store.steady import SteadyReader
from warroom.store.windows import Filter, MentionReader
from warroom.ui.widgets.mention_pages import MentionPages


async def test_a_broken_page_costs_its_own_rows_only_and_no_mention_stands_in_another_ones_place(
    mentions: Path,
) -> None:
    async with open_mentions(mentions) as store:
        await store.add([(mention(n, f"Mention {n} " + "word " * 60), reading()) for n in range(1, 401)])
    data = bytearray(mentions.read_bytes())
    at = data.find(b"Mention 200 ") // 8192 * 8192
    data[at : at + 8192] = bytes(8192)
    mentions.write_bytes(data)
    with SteadyReader(mentions) as reader:
        there = {kept.row for kept in reader.page(1, 400)}
        assert 300 < len(there) < 400
        assert 200 not in there
        assert reader.trouble is not None
        assert "is damaged" in reader.trouble.id
        pages = MentionPages()
        pages.look(reader)
        for row in range(1, 401):
            kept = pages.get(row)
            assert (kept.row if kept is not None else None) == (row if row in there else None)
        assert reader.rows(Filter(text="Mention"), limit=5) == [400, 399, 398, 397, 396]
        assert reader.find(mention(200).key) is None
    with MentionReader(mentions) as plain:
        assert plain.trouble is None

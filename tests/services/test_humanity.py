"""The humanity gauge from a real store: our posts are found by their handle, the others' are not."""

from datetime import timedelta
from pathlib import Path

from tests.builders import START, mention, reading
from warroom.services.humanity import HumanityGauge
from warroom.store.mentions import open_mentions
from warroom.store.windows import MentionReader


async def test_our_own_posts_of_thirty_days_are_measured(tmp_path: Path) -> None:
    path = tmp_path / "mentions.db"
    posts = [mention(n, f"Thank you, number {n}", author_handle="@Nordavena") for n in range(8)]
    posts += [mention(n, f"Buy now, only {n} left", author_handle="nordavena@social.example") for n in range(8, 12)]
    posts += [mention(20, "I love nordavena", author_handle="nordavena_fan"), mention(21, "Hello", author_handle=None)]
    old = START - timedelta(days=31)
    posts += [mention(22, "Old post", author_handle="nordavena", created_at=old)]
    async with open_mentions(path) as store:
        await store.add([(post, reading()) for post in posts])
        with MentionReader(path) as reader:
            now = START + timedelta(hours=1)
            gauge = HumanityGauge(reader, ("nordavena", "@nordavena@social.example"), 60)
            seen = gauge.look(now)
            assert seen is not None
            assert (seen.posts, seen.beyond, seen.met) == (12, 8, True)
            await store.add([(mention(30, "Buy now", author_handle="nordavena"), reading())])
            assert gauge.look(now + timedelta(minutes=4)) is seen
            later = gauge.look(now + timedelta(minutes=5))
            assert later is not None
            assert later.posts == 13
            # The clock was put back: what was read is of a time that has not come.
            assert gauge.look(now - timedelta(days=1)) is not later


async def test_nobody_named_is_nothing_said_and_hostile_handles_find_nothing(tmp_path: Path) -> None:
    path = tmp_path / "mentions.db"
    async with open_mentions(path) as store:
        await store.add([(mention(1, "Hello", author_handle="nordavena"), reading())])
        with MentionReader(path) as reader:
            assert HumanityGauge(reader, (), 50).look(START) is None
            assert HumanityGauge(reader, ("@", " "), 50).look(START) is None
            seen = HumanityGauge(reader, ('" OR "', "***", "text : x\0"), 50).look(START)
            assert seen is not None
            assert seen.posts == 0

"""`warroom listen` beside a Mastodon server of its own process, killed without warning: what is kept is true."""

import asyncio
import json
import random
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypedDict
from urllib.request import urlopen

from feeds.text import from_html
from tests.patience import PATIENCE
from warroom.domain.mention import Mention
from warroom.services.room import MENTIONS
from warroom.store.windows import MentionReader

LAST, RATE, KILLS = 150, 100, 3
"""Posts after the last kill, posts in a second, and how often it is killed."""


class Truth(TypedDict):
    """What the server says of itself: `held` is the content of each post by its uri."""

    held: dict[str, str]
    gone: list[str]
    edits: int
    over: bool


@asynccontextmanager
async def running(*arguments: str) -> AsyncIterator[Process]:
    """A process for the length of the block, whatever happens in it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


def kept(folder: Path) -> list[Mention]:
    """Every mention of the room."""
    if not (folder / MENTIONS).exists():
        return []
    with MentionReader(folder / MENTIONS) as reader:
        return [kept.mention for kept in reader.page(1, 100_000)]


def is_true(mentions: list[Mention], truth: Truth) -> bool:
    """Whether they are the server's posts, with their words as they are now, and nothing that is gone passes for there.

    What is gone may be kept, marked; or not at all, where it came and went while nobody listened.
    """
    there = {mention.native_id: mention.text for mention in mentions if mention.deleted_at is None}
    gone = {mention.native_id for mention in mentions if mention.deleted_at is not None}
    return there == {uri: from_html(text) for uri, text in truth["held"].items()} and gone <= set(truth["gone"])


async def test_killed_three_times_in_the_midst_of_it_what_is_kept_is_what_is_true(tmp_path: Path) -> None:
    chance = random.Random(20)
    folder = tmp_path / "room"
    listen = ("warroom", "--config", str(tmp_path / "config.yaml"), "--data-dir", str(folder), "listen")

    async with (
        asyncio.timeout(4 * PATIENCE),
        running("tests.feeds.mastodon_server", "20", str(LAST), str(RATE)) as server,
    ):
        assert server.stdout is not None
        assert server.stdin is not None
        url = (await server.stdout.readline()).decode().strip()
        (tmp_path / "config.yaml").write_text(
            "organisation: {name: Nordavena}\nfeeds:\n"
            f"  - {{name: m, type: mastodon, server: '{url}', hashtags: [nordavena], internal: true}}\n"
        )

        def asked() -> Truth:
            with urlopen(f"{url}/truth") as answer:
                truth: Truth = json.load(answer)
            return truth

        for _ in range(KILLS):
            wanted = len(kept(folder)) + chance.randint(60, 120)
            async with running(*listen) as process:
                while len(kept(folder)) < wanted:
                    await asyncio.sleep(0.05)
                await asyncio.sleep(chance.uniform(0.0, 0.3))
                assert process.returncode is None
                process.kill()
            await asyncio.sleep(chance.uniform(0.0, 0.3))
        async with running(*listen):
            server.stdin.write(b"enough\n")
            while not (truth := await asyncio.to_thread(asked))["over"] or not is_true(kept(folder), truth):
                await asyncio.sleep(0.2)

    mentions = kept(folder)
    assert len({mention.native_id for mention in mentions}) == len(mentions)
    assert sum(mention.deleted_at is not None for mention in mentions) > len(truth["gone"]) // 2
    assert sum(mention.edited_at is not None for mention in mentions) > truth["edits"] // 3

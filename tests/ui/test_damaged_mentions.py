"""The console on a room whose mentions are damaged: it opens, says so, and everything that the team does works."""

from pathlib import Path
from zoneinfo import ZoneInfo

from tests.builders import mention, reading
from tests.services.rooms import Hands, room_in
from warroom.domain.desk import pin
from warroom.domain.incident import add_note
from warroom.domain.sentence import say
from warroom.domain.triage.triage import Triage
from warroom.services.desk import Desk, DeskSettings
from warroom.services.intake import Intake
from warroom.services.lexicon import load_lexicon
from warroom.services.room import MENTIONS
from warroom.services.words import Words
from warroom.store.windows import MentionReader
from warroom.ui.banner import banner
from warroom.ui.session import LiveSession


async def test_a_room_opens_beside_its_damaged_mentions_and_goes_on_behind_their_rows(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        await room.mentions.add([(mention(n), reading()) for n in range(1, 41)])
        room.board.row = 40
        with MentionReader(tmp_path / MENTIONS) as reader:
            third = reader.get(3)
        assert third is not None
        await room.do(lambda board: pin(board.desk, third))
    data = (tmp_path / MENTIONS).read_bytes()
    (tmp_path / MENTIONS).write_bytes(data[:8192] + bytes(len(data) - 8192))
    async with room_in(tmp_path, clock) as room:
        assert room.lost is not None
        assert room.board.row == 40
        with MentionReader(tmp_path / MENTIONS) as reader:
            intake = Intake(room, [], Triage(load_lexicon()), clock=clock)
            words = Words("en", ZoneInfo("Europe/Madrid"))
            session = LiveSession(room, intake, reader, words, Desk(DeskSettings(lang="en")), organisation="Nordavena")
            told = "".join(part.text for part in banner(session.scene(), 200))
            assert "The store of mentions was damaged: it is kept as mentions.damaged-" in told
            room.lost, reader.trouble = None, say("{file} cannot be used: {reason}.", file="m", reason="r")
            assert session.scene().doubt is reader.trouble, "met while somebody scrolls"
        added = await room.mentions.add([(mention(99), reading())])
        assert added.first_row == 41, "no act of the log may point at another mention"
        await room.do(lambda board: add_note("it goes on", now=clock.at))
    async with room_in(tmp_path, clock) as room:
        assert room.lost is None
        assert room.mentions.last_row() == 41
    [kept] = tmp_path.glob("mentions.damaged-*.db")
    assert kept.read_bytes() == data[:8192] + bytes(len(data) - 8192)

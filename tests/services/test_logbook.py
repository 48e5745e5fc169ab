"""The log from the files of a room, and what there is to be said against it."""

import json
from pathlib import Path

from tests.services.rooms import Hands, room_in
from warroom.domain.incident import add_note
from warroom.services.logbook import logbook
from warroom.services.room import folded


async def test_a_clock_that_stood_ahead_is_said_with_the_log(tmp_path: Path) -> None:
    clock = Hands()
    async with room_in(tmp_path, clock) as room:
        for minutes in (600, -599, 1):
            clock.pass_minutes(minutes)
            await room.do(lambda board: add_note("a line", now=clock.at))
    board = folded(tmp_path)
    incident = board.incidents[next(iter(board.incidents))]
    text, doubts = logbook(tmp_path, board, incident, "en", form="json")
    assert [doubt.params["pos"] for doubt in doubts] == [2]
    told = json.loads(text)
    assert told["doubts"] == [
        "At position 2 the clock stood ahead: Wed 11 Mar 2026 00:02:00, an hour or more after its neighbours."
    ]
    assert told["head"]
    assert "the clock stood ahead" in logbook(tmp_path, board, incident, "en").text

"""The envelope: canonical bytes, unknown events kept, every event told apart by its word."""

import json

import pytest

from tests.scenario import DECLARED, START, declared
from warroom.domain.events import (
    FIRST,
    KINDS,
    NoteAdded,
    Recorded,
    UnknownEvent,
    decode,
    encode,
)


def note(text: str = "¿qué pasó? «hola»") -> Recorded:
    return Recorded(
        id="01", inc="a", agg="note", actor="PG", wr="w", ws=1, prev=FIRST, at=START,
        data=NoteAdded(text=text, happened_at=START),
    )  # fmt: skip


def test_the_bytes_are_canonical_json_and_come_back_the_same() -> None:
    body = encode(note())
    parsed = json.loads(body)
    assert body == json.dumps(parsed, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    assert parsed["typ"] == "note.added"
    assert {"v", "id", "inc", "typ", "agg", "actor", "wr", "ws", "prev", "at", "data", "after_mention"} == set(parsed)
    again = decode(body)
    assert again.data == note().data
    assert encode(again) == body


def test_a_declaration_with_its_whole_plan_comes_back_the_same() -> None:
    recorded = declared().log[0]
    assert decode(encode(recorded)).data == DECLARED


@pytest.mark.parametrize("change", [{"typ": "note.sung"}, {"v": 2}, {"data": {"text": 3}}])
def test_an_event_of_a_newer_program_is_kept_byte_for_byte(change: dict[str, object]) -> None:
    body = json.dumps({**json.loads(encode(note())), **change}).encode()
    recorded = decode(body)
    assert isinstance(recorded.data, UnknownEvent)
    assert encode(recorded) == body


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"typ":"note.added"}', b"\xff"])
def test_what_is_no_event_at_all_is_an_error(body: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        decode(body)


def test_every_event_has_a_word_of_its_own() -> None:
    assert len(KINDS) == len(set(KINDS))
    assert all("." in typ and typ == typ.lower() for typ in KINDS)

"""Silence: how long each network, and each audience, has heard nothing from us. Pure readings, no clock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

from msgspec import Struct

from .board import Board
from .criteria import AUDIENCES
from .incident import Incident
from .mention import Segment
from .networks import INTERNAL


class NetworkSilence(Struct, frozen=True):
    """The last word on a network; None where there was none in this crisis."""

    network: str
    last_at: datetime | None


class AudienceSilence(Struct, frozen=True):
    """The last answer to an audience, or the last statement that spoke to it; None where there was none."""

    audience: Segment
    last_at: datetime | None


def by_network(incident: Incident, networks: Sequence[str]) -> list[NetworkSilence]:
    """One reading per network on which we publish (`networks`) or have published, the longest silence first."""
    last: dict[str, datetime | None] = dict.fromkeys(network for network in networks if network not in INTERNAL)
    for out in incident.publications:
        for place in out.places:
            if place.network in INTERNAL:
                continue
            before = last.get(place.network)
            last[place.network] = out.published_at if before is None else max(before, out.published_at)
    readings = [NetworkSilence(network, at) for network, at in last.items()]
    return sorted(readings, key=lambda reading: (reading.last_at is not None, reading.last_at or incident.declared_at))


def by_audience(board: Board, incident: Incident) -> list[AudienceSilence]:
    """One reading per audience. A statement that names no audience speaks to all four."""
    said = {audience: _answer(board, incident, audience) for audience in AUDIENCES}
    for statement in incident.statements.values():
        for out in statement.publications:
            if not out.is_public:
                continue
            revision = next((known for known in statement.revisions if known.digest == out.digest), statement.head)
            for audience in revision.audiences or AUDIENCES:
                if audience in said:
                    before = said[audience]
                    said[audience] = out.published_at if before is None else max(before, out.published_at)
    return [AudienceSilence(audience, at) for audience, at in said.items()]


def _answer(board: Board, incident: Incident, audience: Segment) -> datetime | None:
    """The last answer of this crisis; what was answered in calm breaks no silence of it."""
    last = board.desk.last_answer(audience)
    return last if last is not None and last >= incident.declared_at else None


def longest_silence(board: Board, incident: Incident) -> tuple[timedelta, datetime, datetime]:
    """Between two words in public, or before the first (from the first mention, else the declaration, as on the
    screen), or from the last to the end: how long, since when, until when."""
    times = [
        incident.first_mention_at or incident.declared_at,
        *(out.published_at for out in incident.spoken),
        board.ended_at(incident),
    ]
    gaps = [(max(after - before, timedelta(0)), before, after) for before, after in pairwise(times)]
    return max(gaps, key=lambda gap: gap[0])


def silent_since(incident: Incident) -> datetime:
    """When the organisation last spoke; before its first word, the first mention, else the declaration."""
    return incident.last_word_at or incident.first_mention_at or incident.declared_at

"""What the program notices by itself: deadlines that pass, late steps whose backup is called, spikes.

The process that runs the feeds of a room asks once a second; the others read it in the log.
"""

from datetime import datetime, timedelta

from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, SpikeOver, SpikeSeen
from warroom.domain.ledger import missed
from warroom.domain.steps import escalations, overdue

CALM_AGAIN = 1.5
"""A spike is over when the rate is at most this many times what was usual before it: a spike must not be judged
by the minutes it has filled itself."""


def notice(board: Board, now: datetime, *, hears: bool, whole: bool) -> list[AnyEvent]:
    """The events that are due now; empty most of the time.

    From stale data (not `hears`) neither a spike nor calm is claimed. Where one of several feeds is missing (not
    `whole`) more than usual is more than usual all the same, but less may only be what is not heard.
    """
    events: list[AnyEvent] = []
    incident = board.incident
    if incident is not None and incident.is_open:
        events += overdue(incident.steps, incident.declared_at, now)
        events += missed(incident.promises, now)
        after = timedelta(minutes=incident.plan.escalate_after)
        events += escalations(incident.steps, incident.declared_at, now, after)
    if hears:
        minute = int(now.timestamp() // 60)
        rate = board.pulse.rate(minute)
        if board.spike is None:
            spike = board.pulse.spike(minute)
            if spike is not None:
                events.append(
                    SpikeSeen(
                        rate10=round(spike.rate * 10), usual10=round(spike.usual * 10), line10=round(spike.line * 10)
                    )
                )
        elif whole and rate * 10 <= CALM_AGAIN * board.spike.usual10:
            events.append(SpikeOver(rate10=round(rate * 10)))
    return events

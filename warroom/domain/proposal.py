"""The question whether this is a crisis: the program asks, a person answers by declaring one or by a reason why not."""

from .board import Board
from .events import CrisisDenied
from .sentence import Refused, say


def deny(board: Board, reason: str) -> CrisisDenied:
    """Not a crisis. It is a decision like any other, so it has a name (the actor's) and a reason."""
    if board.incident is not None and board.incident.is_open:
        raise Refused(say("A crisis is open: stand it down instead."))
    if board.proposal is None and board.spike is None:
        raise Refused(say("Nothing is unusual: there is nothing to deny."))
    if not reason.strip():
        raise Refused(say("Say why this is no crisis; the next shift reads it."))
    return CrisisDenied(reason=reason.strip())

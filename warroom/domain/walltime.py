"""Times as a clock on the wall shows them, and the moments that are meant.

Twice a year a wall clock is put forward or back. Python compares and subtracts two times of one zone by what the clock
shows, so nothing here is compared before it is UTC.
"""

from datetime import UTC, datetime, timedelta


def moments(day: datetime, hour: int, minute: int) -> tuple[datetime, ...]:
    """When the clocks of this zone show a time on this day, in UTC: twice in the hour that comes again. An hour that is
    left out is meant as if the clock had not been put forward."""
    shown = day.replace(hour=hour, minute=minute, second=0, microsecond=0)
    twice = [shown.replace(fold=fold) for fold in (0, 1)]
    there = {at.astimezone(UTC) for at in twice if _is_shown(at)}
    return tuple(sorted(there)) or (twice[0].astimezone(UTC),)


def _is_shown(at: datetime) -> bool:
    back = at.astimezone(UTC).astimezone(at.tzinfo)
    return back.replace(tzinfo=None, fold=0) == at.replace(tzinfo=None, fold=0)


def last(local: datetime, hour: int, minute: int) -> datetime:
    """The last time, up to now, that the clock showed this; in UTC."""
    now = local.astimezone(UTC)
    days = (local + timedelta(days=ahead) for ahead in (-1, 0))
    return max((at for day in days for at in moments(day, hour, minute) if at <= now), default=now)


def following(local: datetime, hour: int, minute: int) -> datetime:
    """The next time, from now on, that the clock shows this; in UTC."""
    now = local.astimezone(UTC)
    days = (local + timedelta(days=ahead) for ahead in (0, 1))
    return min(at for day in days for at in moments(day, hour, minute) if at >= now)

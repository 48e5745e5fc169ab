"""Times as they are kept: whole microseconds since 1970 UTC."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Microseconds since 1970 UTC, exactly; a datetime without a zone is a `TypeError`."""
    return (at - EPOCH) // MICROSECOND


def moment(at: int) -> datetime:
    """The aware datetime in UTC of these microseconds."""
    return EPOCH + timedelta(microseconds=at)


def utc_now() -> datetime:
    """The clock of those who were given no other."""
    return datetime.now(UTC)

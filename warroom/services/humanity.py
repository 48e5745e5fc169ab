"""The humanity gauge from the store: our own posts of the last 30 days, read now and then and not at every look."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from warroom.domain.humanity import LOOKED_BACK, Gauge, bare, measure, same_account
from warroom.store.errors import StoreError
from warroom.store.windows import MentionReader

from .wordlists import load_lists

READ_EVERY = timedelta(minutes=5)


class HumanityGauge:
    """Of one organisation. `look` is cheap: it reads again after five minutes, or where the clock was put back."""

    def __init__(self, reader: MentionReader, accounts: Sequence[str], floor: int) -> None:
        self._reader = reader
        self._accounts = [account for account in accounts if bare(account)]
        self._floor = floor
        self._read_at: datetime | None = None
        self._gauge: Gauge | None = None

    def look(self, now: datetime) -> Gauge | None:
        """The gauge; None where nobody has said which accounts are ours."""
        if not self._accounts:
            return None
        if self._read_at is None or not timedelta(0) <= now - self._read_at < READ_EVERY:
            self._read_at = now
            # A store that is busy just now is no reason to say less than before.
            with suppress(StoreError):
                self._gauge = self._read(now)
        return self._gauge

    def _read(self, now: datetime) -> Gauge:
        posts = {
            kept.row: kept.mention
            for account in self._accounts
            for kept in self._reader.by_author(account, now - LOOKED_BACK)
            if same_account(kept.mention.author_handle, account) and kept.mention.at <= now
        }
        return measure(posts.values(), load_lists(), self._floor)

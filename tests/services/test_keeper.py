"""The keeper: waves that begin and end where a person would say so, and the question whether this is a crisis."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.scenario import DECLARED, Scenario
from warroom.domain.events import (
    AnyEvent,
    CrisisDenied,
    CrisisProposed,
    FeedBack,
    FeedGap,
    FeedLost,
    SpikeOver,
    SpikeSeen,
    StoodDown,
)
from warroom.domain.mention import Segment
from warroom.domain.newcomer import Newcomer
from warroom.domain.proposal import deny
from warroom.domain.sentence import Refused
from warroom.services.entries.noticed import wave
from warroom.services.keeper import Keeper
from warroom.services.words import Words

BEGIN = datetime(2026, 3, 9, 0, 0, tzinfo=UTC)
DAY = 24 * 60
Rate = Callable[[int], tuple[int, Segment]]


class Watch:
    """A room that is watched minute by minute; `told` is what was recorded, with its minute."""

    def __init__(self, keeper: Keeper) -> None:
        self.keeper = keeper
        self.scenario = Scenario()
        self.board = self.scenario.board
        self.told: list[tuple[int, AnyEvent]] = []
        self.minute = 0

    def heard_before(self, minutes: int, rate: int) -> "Watch":
        """What is in the store when the console opens."""
        start = self.at(0)
        for minute in range(minutes):
            self.board.pulse.count(start + minute, Segment.NEUTRAL, rate)
        self.minute = minutes
        return self

    def at(self, minute: int) -> int:
        return int((BEGIN + timedelta(minutes=minute)).timestamp() // 60)

    def live(
        self,
        minutes: int,
        rate: int,
        segment: Segment = Segment.NEUTRAL,
        *,
        hears: bool = True,
        whole: bool = True,
        apart: Mapping[str, Newcomer] | None = None,
        dangers: Sequence[str] = (),
    ) -> "Watch":
        for _ in range(minutes):
            self.board.pulse.count(self.at(self.minute), segment, rate)
            self.minute += 1
            now = BEGIN + timedelta(minutes=self.minute)
            self.scenario.now = now
            for event in self.keeper.notice(self.board, now, hears=hears, whole=whole, apart=apart, dangers=dangers):
                self.told.append((self.minute, event))
                self.scenario.given(event)
        return self

    @property
    def kinds(self) -> list[type[AnyEvent]]:
        return [type(event) for _, event in self.told]


def watched(expected: float | None = 2, history: int = 120) -> Watch:
    watch = Watch(Keeper(expected)).heard_before(history, 2)
    return watch.live(3, 2)


def test_a_wave_is_told_when_it_begins_when_it_grows_and_when_it_is_over() -> None:
    watch = watched().live(30, 40).live(90, 2)
    seen = [event for _, event in watch.told if isinstance(event, SpikeSeen)]
    assert [event.level for event in seen][-1] == "red"
    assert watch.kinds[-1] is SpikeOver
    assert watch.kinds.count(SpikeOver) == 1
    red = next(event for event in seen if event.level == "red")
    assert red.count > 2 * red.expected10 / 10


def test_what_is_usual_is_no_wave() -> None:
    assert watched().live(600, 2).told == []


def test_from_stale_data_nothing_is_claimed() -> None:
    assert watched().live(30, 60, hears=False, whole=False).told == []


def test_where_one_of_several_feeds_is_missing_less_is_not_called_calm() -> None:
    watch = watched().live(20, 40).live(120, 2, whole=False)
    assert SpikeSeen in watch.kinds
    assert SpikeOver not in watch.kinds
    assert watch.keeper.state is not None
    assert watch.keeper.state.frozen


def test_nothing_is_red_in_the_first_day_unless_somebody_says_what_is_usual() -> None:
    def levels(watch: Watch) -> set[str | None]:
        return {event.level for _, event in watch.told if isinstance(event, SpikeSeen)}

    assert levels(watched(None).live(30, 60)) == {"amber"}
    assert levels(watched(None, history=2 * DAY).live(30, 60)) >= {"red"}
    assert levels(watched(2).live(30, 60)) >= {"red"}


def test_in_the_first_minutes_a_wave_is_held_against_as_many_minutes_of_the_usual() -> None:
    watch = Watch(Keeper(expected_per_minute=2)).live(3, 2).live(3, 40)
    first = next(event for _, event in watch.told if isinstance(event, SpikeSeen))
    assert (first.usual10, first.minutes) == (20, watch.told[0][0])
    assert f"in {first.minutes} min, expected {2 * first.minutes} " in Words("en", UTC).say(wave(first))


def test_a_week_of_history_is_taken_in_before_anything_is_said() -> None:
    keeper = Keeper()
    watch = Watch(keeper).heard_before(7 * DAY, 1)
    watch.live(1, 200)
    assert keeper.state is None
    watch.live(80, 1)
    assert keeper.state is not None
    assert not keeper.state.learning


def test_what_is_caught_up_hours_later_is_no_wave() -> None:
    watch = watched()
    for minute in range(watch.minute - 100, watch.minute - 40):
        watch.board.pulse.count(watch.at(minute), Segment.DISLIKE, 20)
    assert watch.live(30, 2).told == []


def test_what_comes_some_minutes_late_counts() -> None:
    watch = watched()
    for _ in range(6):
        for minute in range(watch.minute - 5, watch.minute):
            watch.board.pulse.count(watch.at(minute), Segment.DISLIKE, 20)
        watch.live(5, 2)
    assert SpikeSeen in watch.kinds


def expected(watch: Watch) -> float:
    while watch.keeper.state is None:
        watch.live(1, 10)
    return watch.keeper.state.expected


@pytest.mark.parametrize("told", ["back", "gap", "still"])
def test_hours_in_which_a_source_was_not_heard_are_missing_also_for_who_opens_the_room_later(told: str) -> None:
    watch = Watch(Keeper()).heard_before(2 * DAY, 10)
    since = BEGIN + timedelta(minutes=watch.minute)
    watch.heard_before(2 * DAY, 0)
    watch.minute += 5 * 60
    watch.scenario.now = BEGIN + timedelta(minutes=watch.minute)
    event: AnyEvent = FeedLost(feed="a", since=since, reason="down")
    if told == "back":
        event = FeedBack(feed="a", blind_since=since)
    elif told == "gap":
        event = FeedGap(feed="a", since=since, until=watch.scenario.now, reason="missed")
    watch.scenario.given(event)
    assert expected(watch) == pytest.approx(150, rel=0.05)


def test_who_only_follows_does_not_learn_from_a_source_that_is_silent_and_waits_for_it_a_day() -> None:
    watch = watched(None, history=2 * DAY)
    watch.scenario.given(FeedLost(feed="a", since=BEGIN + timedelta(minutes=watch.minute), reason="down"))
    for _ in range(20 * 60):
        watch.minute += 1
        watch.keeper.look(watch.board, BEGIN + timedelta(minutes=watch.minute))
    assert watch.keeper.state is not None
    assert watch.keeper.state.frozen
    assert watch.keeper.state.expected == pytest.approx(30, rel=0.05)
    for _ in range(24 * 60):
        watch.minute += 1
        watch.keeper.look(watch.board, BEGIN + timedelta(minutes=watch.minute))
    assert not watch.keeper.state.frozen
    assert watch.keeper.state.expected < 10


def test_a_night_in_which_the_machine_slept_is_not_quiet() -> None:
    watch = watched(None, history=2 * DAY)
    watch.minute += 8 * 60  # what was stored before is not even taken in
    assert watch.live(60, 2).told == []
    watch.minute += 8 * 60
    assert watch.live(60, 2).told == []


def test_volume_and_negatives_together_ask_whether_it_is_a_crisis_once() -> None:
    watch = watched(history=2 * DAY).live(30, 40, Segment.HATE)
    assert watch.kinds.count(CrisisProposed) == 1
    assert watch.board.proposal is not None
    assert next(event for _, event in watch.told if isinstance(event, CrisisProposed)).reason == "volume"


def test_a_wave_of_praise_asks_nothing() -> None:
    watch = watched(history=2 * DAY).live(30, 40, Segment.LOVE)
    assert SpikeSeen in watch.kinds
    assert CrisisProposed not in watch.kinds


def test_several_people_who_tell_of_a_danger_ask_and_one_alone_does_not() -> None:
    assert watched().live(4, 2, dangers=["a"]).told == []
    watch = watched().live(1, 2, dangers=["a", "b"]).live(1, 2, dangers=["c"])
    assert [(type(event), getattr(event, "reason", "")) for _, event in watch.told] == [(CrisisProposed, "topic")]


def test_dangers_told_in_any_second_of_a_minute_count() -> None:
    watch = watched()
    told: list[AnyEvent] = []
    for second in range(0, 180, 10):
        now = BEGIN + timedelta(minutes=watch.minute, seconds=second)
        who = [f"a{second}"] if second in (10, 20, 70) else []
        told += watch.keeper.notice(watch.board, now, hears=True, whole=True, dangers=who)
    assert CrisisProposed(reason="topic") in told


def test_not_a_crisis_holds_for_the_wave_and_the_next_one_is_asked_again() -> None:
    watch = watched(history=2 * DAY).live(30, 40, Segment.HATE)
    watch.scenario.given(deny(watch.board, "A football match"))
    watch.live(120, 40, Segment.HATE)
    assert watch.kinds.count(CrisisProposed) == 1
    watch.live(8 * 60, 2).live(30, 60, Segment.HATE)
    assert watch.kinds.count(CrisisProposed) == 2


def test_in_an_open_crisis_nothing_is_asked() -> None:
    watch = watched(history=2 * DAY)
    watch.scenario.given(DECLARED)
    watch.live(30, 40, Segment.HATE)
    assert SpikeSeen in watch.kinds
    assert CrisisProposed not in watch.kinds


def test_who_says_that_it_is_over_is_not_asked_at_once_whether_it_is_a_crisis() -> None:
    told = ("x|a", "x|b", "x|c")
    watch = watched().live(2, 2, dangers=told)
    assert watch.kinds == [CrisisProposed]
    watch.scenario.given(DECLARED).given(StoodDown(reason="the shelves are empty"))
    watch.live(10, 2, dangers=told)
    assert watch.kinds.count(CrisisProposed) == 1
    watch.live(120, 2).live(2, 2, dangers=told)
    assert watch.kinds.count(CrisisProposed) == 2, "what comes after this wave is asked again"


def test_denying_needs_something_unusual_and_a_reason() -> None:
    watch = watched()
    with pytest.raises(Refused):
        deny(watch.board, "why")
    watch.scenario.given(CrisisProposed(reason="topic"))
    with pytest.raises(Refused):
        deny(watch.board, "  ")
    assert deny(watch.board, " a drill ") == CrisisDenied(reason="a drill")
    watch.scenario.given(DECLARED)
    with pytest.raises(Refused):
        deny(watch.board, "why")


def test_a_wave_is_told_with_its_numbers() -> None:
    seen = SpikeSeen(rate10=40, usual10=20, level="amber", count=60, expected10=300, negative=74)
    words = Words("en", UTC)
    told = "60 mentions in 15 min, expected 30 (×2); 74% negative"
    assert words.say(wave(seen)) == f"More than usual: {told}"
    assert words.say(wave(replace(seen, level="red", usual_negative=38))) == f"Spike: {told}, usual 38%"
    assert words.say(wave(replace(seen, level=None))) == "Spike: 4 mentions a minute, 2× the usual"


def test_a_clock_that_jumps_ends_nothing_and_claims_nothing() -> None:
    watch = watched()
    for jump in (-90, 300, -20, 1000):
        watch.minute += jump
        assert watch.live(3, 0).told == []

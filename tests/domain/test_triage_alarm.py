"""The alarm: amber and red, what is usual, gaps, clocks, proposals. Exact where it can be, seeded where it cannot."""

from collections.abc import Callable, Iterable
from math import log
from random import Random

import pytest

from warroom.domain.sentence import Share
from warroom.domain.triage.alarm import (
    GATE_MINUTES,
    HISTORY,
    Alarm,
    AlarmState,
    bin_for,
    sentence,
)
from warroom.domain.triage.baseline import Baseline
from warroom.domain.triage.fresh import Fresh
from warroom.services.words import english

DAY = 1_440


def fed(alarm: Alarm, counts: Iterable[int], start: int = 0, share: float = 0.0) -> AlarmState:
    for minute, count in enumerate(counts, start):
        alarm.update(minute, count, round(count * share))
    return alarm.state


def levels(alarm: Alarm, counts: Iterable[int], start: int) -> list[str]:
    return [alarm.update(minute, count).level for minute, count in enumerate(counts, start)]


def told(per_hour: float = 60) -> Alarm:
    return Alarm(expected_per_hour=per_hour)


# --- the measures ---------------------------------------------------------------------------------------


def test_the_running_sum_rises_with_what_is_too_much_and_never_leaves_its_bounds() -> None:
    base = Baseline(1, per_minute=2.0)
    assert base.judge(0, 0, 5).sum == pytest.approx(5 * log(2) - 2)
    assert base.judge(1, 0, 5).sum == pytest.approx(2 * (5 * log(2) - 2))
    assert base.judge(2, 0, 0).sum == pytest.approx(2 * (5 * log(2) - 2) - 2)
    assert base.judge(3, 0, 500).sum == 24
    assert [base.judge(4 + i, 0, 0).sum for i in range(13)][-1] == 0


def test_the_tail_is_the_least_likely_of_three_windows() -> None:
    base = Baseline(1, per_minute=2.0)
    assert base.judge(0, 0, 2).tail == 0
    one = (12 * log(12 / 2.5) - 12 + 2.5) / log(10)
    assert base.judge(1, 0, 12).tail == pytest.approx(one)
    # In the next minute nothing more, and yet the window of five remembers: 14 where 6 were expected.
    assert base.judge(2, 0, 0).tail == pytest.approx((14 * log(14 / 6.5) - 14 + 6.5) / log(10))


def test_a_bin_teaches_half_an_hour_later_and_never_more_than_four_spreads_too_much() -> None:
    base = Baseline(1, per_minute=1.0)
    for _ in range(30):
        base.learn(0, 500)
    assert base.level() == pytest.approx(1)
    base.learn(0, 1)
    decay = 0.5 ** (1 / 360)
    full = 1 / (1 - decay)
    assert base.level() == pytest.approx((decay * full + 1 + 4 + 2) / (decay * full + 1))


def test_the_profile_of_the_day_is_learnt_within_its_bounds() -> None:
    base = Baseline(1, per_minute=1.0)
    for minute in range(3 * DAY):
        base.learn(minute // 60 % 24, 100 if minute // 60 % 24 == 12 else 2)
    assert base.profile(12) > 3
    assert base.profile(3) < 1
    assert base.profile(12) <= 6
    assert Baseline(1).profile(5) == 1
    assert base.expected(12) > 2 * base.expected(3)


def test_what_spreads_more_than_by_chance_spreads_more_in_the_busy_hours() -> None:
    base = Baseline(1, per_minute=5.0)
    for minute in range(4 * DAY):
        busy = minute // 60 % 24 >= 12
        base.learn(minute // 60 % 24, (0 if minute % 2 else 20) if busy else (0 if minute % 2 else 4))
    once = [base.judge(minute, hour, 20).sum for minute, hour in ((0, 3), (1, 15))]
    expected = (20 * log(2) - base.expected(15)) / (once[1] - once[0])
    assert expected > 2
    assert expected == pytest.approx(1 + (base._phi - 1) * base.profile(15))


# --- the states -----------------------------------------------------------------------------------------


def test_a_jump_becomes_amber_and_then_red_and_is_over_when_half_an_hour_was_usual() -> None:
    alarm = told()
    fed(alarm, [1] * 60)
    wave = levels(alarm, [5] * 15, 60)
    assert "amber" in wave
    assert wave[-1] == "red"
    assert wave == sorted(wave, key=("calm", "amber", "red").index), "it does not flicker"
    after = levels(alarm, [1] * 60, 75)
    assert after[0] == "red"
    assert after[-1] == "calm"
    over = after.index("calm")
    assert 20 <= over <= 45
    assert set(after[over:]) == {"calm"}


def test_nothing_is_red_before_a_day_of_history_unless_somebody_said_what_is_usual() -> None:
    unknown = Alarm()
    state = fed(unknown, [1] * 120 + [10] * 60)
    assert (state.level, state.learning) == ("amber", True)
    state = fed(told(), [1] * 120 + [10] * 60)
    assert (state.level, state.learning) == ("red", False)
    known = Alarm()
    assert not fed(known, [1] * (HISTORY + 60)).learning
    assert fed(known, [10] * 15, HISTORY + 60).level == "red"


def test_a_first_hour_is_never_a_wave() -> None:
    assert set(levels(Alarm(), [0] * 30 + [50] * 29, 0)) == {"calm"}


def test_many_negatives_among_as_many_mentions_as_usual_alarm_nobody() -> None:
    alarm = told()
    fed(alarm, [1] * 120)
    state = fed(alarm, [1] * 60, 120, share=1.0)
    assert (state.level, state.proposal) == ("calm", None)
    assert state.negative == 1


def test_days_of_silence_are_no_reason_to_alarm_at_a_single_mention() -> None:
    alarm = Alarm()
    fed(alarm, [0] * (5 * DAY))
    assert alarm.state.factor == 0
    assert set(levels(alarm, [1, *([0] * 29)] * 20, 5 * DAY)) == {"calm"}
    assert fed(alarm, [3] * 20, 5 * DAY + 600).level == "red", "nor blind to a wave that follows"


def test_a_wave_of_one_minute_between_full_ones_is_seen_in_bins_of_five() -> None:
    alarm = Alarm(expected_per_hour=6, bin_minutes=bin_for(6))
    assert (bin_for(6), bin_for(30)) == (5, 1)
    fed(alarm, [0, 0, 0, 0, 1] * 24)
    found = levels(alarm, [2] * 30, 120)
    assert "red" in found
    assert found.index("red") % 5 == 4, "it is judged when a bin is full"


# --- what is missing ------------------------------------------------------------------------------------


def test_minutes_that_are_missing_are_not_zero() -> None:
    gap, zero = told(), told()
    fed(gap, [5] * 600)
    fed(zero, [5] * 600)
    fed(zero, [0] * 600, 600)
    gap.update(1_200, 5)
    zero.update(1_200, 5)
    assert gap._series[0].level() > 1.4 * zero._series[0].level()
    assert gap.state.count == 5, "what was before the gap is not of the last quarter of an hour"
    assert gap.state.expected < zero.state.expected


def test_a_bin_with_a_minute_missing_teaches_nothing() -> None:
    alarm = Alarm(bin_minutes=5)
    fed(alarm, [1] * 10)
    for minute in (10, 12, 13, 14, 15, 16, 18, 19):
        alarm.update(minute, 1)
    assert alarm._series[0].minutes == 10
    fed(alarm, [1] * 5, 20)
    assert alarm._series[0].minutes == 15


def test_while_a_source_is_silent_or_new_nothing_is_learnt_but_a_wave_is_seen() -> None:
    alarm = told()
    fed(alarm, [1] * 120)
    before = alarm._series[0].level()
    for minute in range(120, 720):
        state = alarm.update(minute, 0, blind=True)
    assert state.frozen
    assert alarm._series[0].level() == before
    assert "stands still" in sentence(state).id
    for minute in range(720, 740):
        state = alarm.update(minute, 9, blind=True)
    assert state.level == "red"
    assert "expected" in sentence(state).id


def test_a_minute_told_twice_counts_once_and_a_clock_set_back_does_not_blind_us() -> None:
    alarm = told()
    fed(alarm, [1] * 120)
    assert alarm.update(119, 500).level == "calm"
    assert alarm.update(110, 500).level == "calm"
    assert alarm.update(10, 1).minute == 10
    assert fed(alarm, [9] * 20, 11).level == "red"
    assert alarm.update(9_000_000, 1).minute == 9_000_000


# --- proposals and words --------------------------------------------------------------------------------


def test_mentions_and_negatives_red_within_half_an_hour_propose_a_crisis() -> None:
    alarm = told()
    fed(alarm, [2] * 120, share=0.5)
    assert fed(alarm, [12] * 20, 120, share=0.0).proposal is None
    other = told()
    fed(other, [2] * 120, share=0.5)
    assert fed(other, [12] * 20, 120, share=1.0).proposal == "volume"


def test_mentions_and_negatives_that_turn_red_an_hour_apart_are_not_one_wave() -> None:
    alarm = Alarm(expected_per_hour=120)
    fed(alarm, [2] * 120)
    assert fed(alarm, [12] * 15, 120).level == "red"
    assert fed(alarm, [2] * 90, 135).level == "calm"
    assert fed(alarm, [2] * 60, 225, share=1.0).proposal is None
    assert alarm._levels[1] == "red"


def test_three_authors_of_a_gate_topic_in_a_quarter_of_an_hour_propose_a_crisis_at_any_time() -> None:
    alarm = Alarm()
    assert alarm.update(0, 2, 2, ("x|a", "x|a")).proposal is None
    assert alarm.update(7, 1, 1, ("x|b",)).proposal is None
    assert alarm.update(14, 1, 1, ("x|a",)).proposal is None
    assert alarm.update(GATE_MINUTES - 1 + 0, 1, 1, ()).proposal is None
    assert alarm.update(GATE_MINUTES, 1, 1, ("x|c",)).proposal == "topic"
    assert alarm.update(GATE_MINUTES + 7, 0).proposal is None, "the first of them is a quarter of an hour old"


def test_the_state_is_a_sentence_with_its_numbers() -> None:
    state = AlarmState(minute=0, count=31, expected=9.1, negative=0.74, usual_negative=0.38)
    found = sentence(state)
    shares = {"negative": Share(0.74), "usual": Share(0.38)}
    assert dict(found.params) == {"n": 31, "minutes": 15, "expected": 9, "factor": 3.4, **shares}
    assert "74% negative, usual 38%" in english().say(found)
    flood = AlarmState(minute=0, count=3_006, expected=1.2, negative=1.0, usual_negative=0.38)
    assert dict(sentence(flood).params)["factor"] == 2_505, "tenths tell nothing of thousands"
    ebbed = AlarmState(minute=0, level="red", count=1, expected=1.2, negative=1.0, usual_negative=0.38)
    assert english().say(sentence(ebbed)) == "by now 1 mention in 15 min, expected 1.2"
    nothing = sentence(Alarm(expected_per_hour=6).update(0, 0))
    assert dict(nothing.params) == {"n": 0, "minutes": 1, "expected": 0.1}


@pytest.mark.parametrize(("bin_minutes", "heard", "told"), [(1, 4, 4), (1, 40, 15), (5, 4, 15), (5, 11, 10)])
def test_the_minutes_that_are_told_are_those_that_are_known(bin_minutes: int, heard: int, told: int) -> None:
    alarm = Alarm(expected_per_hour=60, bin_minutes=bin_minutes)
    for minute in range(heard):
        alarm.update(minute, 30)
    assert alarm.state.minutes == told
    assert alarm.state.count in (0, 30 * told)


def poisson(chance: Random, rate: float) -> int:
    left, n = 1.0, -1
    floor = 2.718281828459045**-rate
    while left > floor:
        left *= chance.random()
        n += 1
    return n


def test_a_fortnight_of_ordinary_days_has_no_red_alarm() -> None:
    chance = Random(8)  # one of six such fortnights has a red one, by chance
    alarm = Alarm()
    rates = [0.3] * 7 + [1.0] * 12 + [0.5] * 5
    assert "red" not in levels(alarm, (poisson(chance, rates[minute // 60 % 24]) for minute in range(14 * DAY)), 0)


# --- a source that is new beside the others -------------------------------------------------------------


def lived(day: Callable[[int], int]) -> Alarm:
    alarm = Alarm()
    fed(alarm, (day(minute) for minute in range(3 * DAY)))
    return alarm


def test_a_new_source_says_nothing_for_an_hour_is_amber_in_the_second_and_red_only_after_it() -> None:
    for known, seen in ((40, {"calm"}), (90, {"calm", "amber"}), (121, {"amber", "red"})):
        alarm = lived(lambda minute: 3).beside()
        start = 3 * DAY
        fed(alarm, [5] * (known - 1), start)
        assert alarm.state.warm is (known > 60)
        assert set(levels(alarm, [5, *[25] * 12], start + known - 1)[1:]) | {"calm"} == seen | {"calm"}
        assert alarm.state.learning


def test_a_new_source_is_red_by_a_wider_margin_than_the_others() -> None:
    others, new = lived(lambda minute: 5), lived(lambda minute: 3).beside()
    start = 3 * DAY
    fed(new, [5] * 180, start)
    assert "red" in levels(others, [12] * 30, start)
    assert set(levels(new, [12] * 30, start + 180)) == {"calm", "amber"}


def test_the_morning_of_all_is_no_wave_of_a_new_source() -> None:
    def day(minute: int) -> int:
        return 1 if minute // 60 % 24 < 8 else 6

    with_day, without = lived(day).beside(), Alarm().beside()
    start = 3 * DAY + 5 * 60
    counts = [4 * day(minute) for minute in range(start, start + 6 * 60)]
    assert "red" in levels(without, counts, start)
    assert set(levels(with_day, counts, start)) == {"calm"}


def test_a_wave_does_not_become_usual_of_a_new_source_while_it_is_red_and_ends_when_it_ends() -> None:
    alarm = lived(lambda minute: 3).beside()
    start = 3 * DAY
    fed(alarm, [5] * 150, start)
    assert set(levels(alarm, [30] * 300, start + 150)[20:]) == {"red"}
    assert levels(alarm, [5] * 40, start + 450)[-1] == "calm"


def test_of_a_new_source_with_few_mentions_little_is_known() -> None:
    few, many = Fresh(), Fresh()
    for _ in range(60):
        few.learn(0, 0)
        many.learn(0, 9)
    few.learn(0, 3)
    assert few.margin() > 1.5
    assert 1 < many.margin() < 1.1
    assert Baseline(1).margin() == 1

"""The clocks of regulators: their own start, their stages, their end by name."""

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from tests.scenario import DECLARED, PLAN, START, Scenario
from warroom.domain.clocks import (
    applying,
    due_at,
    exclude_clock,
    meet_clock,
    running,
    start_clock,
    undecided,
)
from warroom.domain.deadlines import next_deadline
from warroom.domain.events import Place, StatementPublished
from warroom.domain.plan import Plan, Regulator, Stage
from warroom.services.words import english

DAY = timedelta(hours=24)


def words(text: str) -> dict[str, str]:
    return {"en": text, "es": text}


NIS2 = Regulator(
    id="nis2",
    name=words("NIS2"),
    starts=words("awareness"),
    stages=(Stage(id="early", name=words("early"), hours=24), Stage(id="full", name=words("full"), hours=72)),
    source="Directive (EU) 2022/2555, article 23",
)
SEC = Regulator(
    id="sec",
    name=words("SEC"),
    starts=words("materiality"),
    stages=(Stage(id="8k", name=words("8-K"), business_days=4),),
    source="Form 8-K, item 1.05",
    types=("listed",),
)
CLOCKED: Plan = replace(PLAN, regulators=(NIS2, SEC), types={"listed": words("listed"), "data": words("data")})


def clocked() -> Scenario:
    return Scenario().given(replace(DECLARED, plan=CLOCKED))


def test_business_days_leave_out_the_weekend() -> None:
    thursday = datetime(2026, 3, 12, 9, 0, tzinfo=UTC)
    assert due_at(SEC.stages[0], thursday) == datetime(2026, 3, 18, 9, 0, tzinfo=UTC)
    assert due_at(NIS2.stages[0], thursday) == thursday + timedelta(hours=24)


def test_a_clock_counts_from_its_own_start_stage_after_stage() -> None:
    told = clocked()
    aware = told.now - timedelta(hours=5)
    told.when(lambda i: start_clock(i.plan, i.clocks, "nis2", aware, told.now))
    assert [clock.due_at for clock in running(told.incident.plan, told.incident.clocks)] == [aware + timedelta(days=1)]
    told.by("JS").when(lambda i: meet_clock(i.plan, i.clocks, "nis2", "early", "INC-1"))
    assert [clock.stage.id for clock in running(told.incident.plan, told.incident.clocks)] == ["full"]
    assert told.refused(lambda i: meet_clock(i.plan, i.clocks, "nis2", "early")) == "This stage is met already."
    told.when(lambda i: meet_clock(i.plan, i.clocks, "nis2", "full"))
    assert running(told.incident.plan, told.incident.clocks) == []
    assert told.incident.clocks["nis2"].met["early"][1:] == ("JS", "INC-1")


def test_a_clock_that_does_not_apply_says_so_by_name_and_can_come_back() -> None:
    told = clocked()
    assert told.refused(lambda i: exclude_clock(i.plan, "nis2", "")).startswith("Say why this clock")
    told.by("JS").when(lambda i: exclude_clock(i.plan, "nis2", "we are not an essential entity"))
    assert told.incident.clocks["nis2"].excluded_by == "JS"
    assert running(told.incident.plan, told.incident.clocks) == []
    told.when(lambda i: start_clock(i.plan, i.clocks, "nis2", told.now, told.now))
    assert len(running(told.incident.plan, told.incident.clocks)) == 1


def test_nothing_is_met_before_it_is_started_or_started_in_the_future() -> None:
    told = clocked()
    assert told.refused(lambda i: meet_clock(i.plan, i.clocks, "sec", "8k")).startswith("This clock has not been")
    later = told.now + timedelta(hours=1)
    assert told.refused(lambda i: start_clock(i.plan, i.clocks, "sec", later, told.now)).startswith("A clock cannot")
    assert told.refused(lambda i: exclude_clock(i.plan, "gdpr", "no")) == "The plan has no clock {clock}."


def test_while_the_type_is_unknown_every_clock_may_apply() -> None:
    assert [clock.id for clock in applying(CLOCKED, ())] == ["nis2", "sec"]
    assert [clock.id for clock in applying(CLOCKED, ("data",))] == ["nis2"]
    told = clocked().when(lambda i: exclude_clock(i.plan, "nis2", "no"))
    assert [clock.id for clock in undecided(CLOCKED, told.incident.clocks, ())] == ["sec"]


def test_a_regulators_clock_is_the_nearest_deadline_only_within_a_day() -> None:
    told = clocked().given(
        StatementPublished(
            statement="S1", revision=1, digest="d", purpose="full", places=(Place("web"),), published_at=START
        )
    )
    told.minutes(20).when(lambda i: start_clock(i.plan, i.clocks, "nis2", told.now, told.now))
    assert next_deadline(told.incident) == next_deadline(told.incident, told.now)
    late = replace(told.incident, publications=(replace(told.incident.publications[0], published_at=told.now + DAY),))
    assert next_deadline(late, told.now - timedelta(minutes=1)) is None
    near = next_deadline(late, told.now)
    assert near is not None
    assert (english().say(near.name), near.at, near.start) == ("NIS2: early", told.now + DAY, told.now)
    assert next_deadline(late) is None


def test_a_clock_of_several_types_applies_in_a_crisis_of_any_of_them() -> None:
    both = replace(CLOCKED, regulators=(replace(SEC, types=("listed", "data")),))
    assert [len(applying(both, types)) for types in (("data",), ("listed",), ("food",), ("food", "data"), ())] == [
        1,
        1,
        0,
        1,
        1,
    ]


def test_what_is_ruled_out_before_it_ran_neither_runs_nor_is_met_and_what_is_not_there_is_said() -> None:
    told = clocked().when(lambda i: exclude_clock(i.plan, "nis2", " we are not essential "))
    assert told.incident.clocks["nis2"].excluded == "we are not essential"
    assert running(told.incident.plan, told.incident.clocks) == []
    assert told.refused(lambda i: meet_clock(i.plan, i.clocks, "nis2", "early")).startswith("This clock has not been")
    told.when(lambda i: start_clock(i.plan, i.clocks, "nis2", told.now, told.now))
    assert told.refused(lambda i: meet_clock(i.plan, i.clocks, "nis2", "8k")) == "This clock has no stage {stage}."
    told.when(lambda i: meet_clock(i.plan, i.clocks, "nis2", "early", " INC-1 "))
    assert told.incident.clocks["nis2"].met["early"] == (told.now, "AM", "INC-1")

"""Acts on mentions: states, owners, pins, undo."""

from tests.scenario import Scenario, declared, kept
from warroom.domain.desk import act_on, assign, pin, undo
from warroom.domain.mention import Segment, reference


def test_an_act_sets_the_state_and_the_same_act_returns_it_to_new() -> None:
    scenario = Scenario().given(act_on(Scenario().board.desk, kept(), "reply"))
    desk = scenario.board.desk
    assert desk.mark("x|1").state == "reply"
    assert desk.answered(Segment.DISLIKE) == 1
    scenario.given(act_on(desk, kept(), "reply"))
    assert desk.mark("x|1").state == "new"
    assert desk.answered(Segment.DISLIKE) == 0
    assert desk.handled(Segment.DISLIKE) == 0


def test_undo_brings_back_what_was_before_and_keeps_the_rest() -> None:
    scenario = Scenario()
    desk = scenario.board.desk
    scenario.given(assign(kept(), "PG"), act_on(desk, kept(), "escalate"))
    act = scenario.log[-1]
    scenario.given(undo(desk, act))
    assert desk.mark("x|1").state == "new"
    assert desk.mark("x|1").owner == "PG"
    assert "cannot be undone" in declared().refused(lambda _: undo(desk, act))


def test_an_act_that_somebody_has_acted_upon_since_is_not_undone() -> None:
    scenario = Scenario()
    desk = scenario.board.desk
    scenario.given(act_on(desk, kept(), "reply"))
    first = scenario.log[-1]
    scenario.by("JS").given(act_on(desk, kept(), "escalate"))
    assert not desk.can_undo(first.id)
    assert desk.mark("x|1").by == "JS"


def test_pins_and_escalations_are_lines_of_the_timeline_and_replies_are_not() -> None:
    scenario = declared()
    desk = scenario.board.desk
    before = len(scenario.board.timeline)
    scenario.given(act_on(desk, kept(1), "reply"), act_on(desk, kept(2), "ignore"), assign(kept(2), "PG"))
    assert len(scenario.board.timeline) == before
    scenario.given(act_on(desk, kept(3), "escalate"), pin(desk, kept(3)))
    assert len(scenario.board.timeline) == before + 2
    assert desk.mark("x|3").pinned
    scenario.given(pin(desk, kept(3)))
    assert not desk.mark("x|3").pinned


def test_the_reference_in_an_event_is_short_and_names_author_and_place() -> None:
    ref = reference(kept(7, "word " * 200, title="Heading"))
    assert len(ref.excerpt) == 280
    assert ref.excerpt.endswith("…")
    assert ref.excerpt.startswith("Heading: word")
    assert (ref.key, ref.row, ref.author) == ("x|7", 7, "@marta.example")
    assert reference(kept(8, "t", author_handle=None, author_name="Diario Ejemplo")).author == "Diario Ejemplo"


def test_a_reply_that_is_taken_back_was_no_answer() -> None:
    scenario = Scenario()
    desk = scenario.board.desk
    scenario.given(act_on(desk, kept(1), "reply"))
    first = desk.last_answer(Segment.DISLIKE)
    scenario.minutes(5).given(act_on(desk, kept(2), "reply"))
    scenario.given(undo(desk, scenario.log[-1]))
    assert desk.last_answer(Segment.DISLIKE) == first
    scenario.given(undo(desk, scenario.log[0]))
    assert desk.last_answer(Segment.DISLIKE) is None

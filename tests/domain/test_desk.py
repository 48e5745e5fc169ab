"""Acts on mentions: states, owners, pins, undo."""

from tests.scenario import Scenario, declared, kept
from warroom.domain.desk import act_on, act_on_all, assign, pin, pin_all, read_sooner, undo, undo_all
from warroom.domain.events import MentionActed, MentionRanked
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


def test_who_takes_back_what_the_timeline_tells_says_so_there_too() -> None:
    scenario = declared()
    desk = scenario.board.desk
    scenario.given(act_on(desk, kept(1), "reply"))
    before = len(scenario.board.timeline)
    scenario.given(undo(desk, scenario.log[-1]))
    assert len(scenario.board.timeline) == before, "a reply was no line, and it is none that it is taken back"
    scenario.given(act_on(desk, kept(2), "escalate"))
    scenario.given(undo(desk, scenario.log[-1]))
    assert [line.recorded.data.typ for line in scenario.board.timeline[before:]] == ["mention.acted", "mention.undone"]
    scenario.given(act_on(desk, kept(3), "escalate"))
    scenario.given(act_on(desk, kept(3), "escalate"))  # again: back to new
    told = [line.recorded.data for line in scenario.board.timeline[before + 2 :]]
    assert [event.act for event in told if isinstance(event, MentionActed)] == ["escalate", "new"]


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


# --- the operator's word on how soon it is read ---------------------------------------------------------


def test_one_rank_up_is_the_word_of_who_said_it_and_its_points_stay_known() -> None:
    scenario = Scenario().by("PG").given(read_sooner(kept(), "P3", "P3", 41, sooner=True))
    mark = scenario.board.desk.mark("x|1")
    assert (mark.rank, mark.ranked_by) == ("P2", "PG")
    said = scenario.log[-1].data
    assert isinstance(said, MentionRanked)
    assert (said.rank, said.points, said.before) == ("P2", 41, "P3")


def test_the_rank_that_the_points_give_is_no_word_any_more() -> None:
    scenario = Scenario().given(
        read_sooner(kept(), "P3", "P3", 41, sooner=True), read_sooner(kept(), "P2", "P3", 41, sooner=False)
    )
    mark = scenario.board.desk.mark("x|1")
    assert (mark.rank, mark.ranked_by) == (None, "")
    assert dict(scenario.board.desk.ranked) == {}


def test_nothing_is_read_before_the_first_or_after_the_last_rank() -> None:
    assert "read first already" in declared().refused(lambda _: read_sooner(kept(), "P1", "P2", 60, sooner=True))
    assert "read last already" in declared().refused(lambda _: read_sooner(kept(), "P4", "P2", 60, sooner=False))


def test_a_word_is_taken_back_as_any_act_and_stays_when_somebody_replies() -> None:
    scenario = Scenario().given(read_sooner(kept(), "P3", "P3", 41, sooner=True))
    desk, said = scenario.board.desk, scenario.log[-1]
    scenario.by("JS").given(act_on(desk, kept(), "reply"))
    assert (desk.mark("x|1").rank, desk.mark("x|1").ranked_by) == ("P2", "AM")
    assert desk.ranked["x|1"].state == "reply"
    scenario.given(undo(desk, scenario.log[-1]))
    scenario.given(undo(desk, said))
    assert desk.mark("x|1").rank is None
    assert not desk.ranked


def test_the_words_on_several_mentions_stand_in_the_order_in_which_they_were_said() -> None:
    scenario = Scenario()
    for n, sooner in ((1, True), (2, True), (1, False)):
        scenario.given(read_sooner(kept(n), "P2", "P4", 3, sooner=sooner))
    assert list(scenario.board.desk.ranked) == ["x|2", "x|1"]


# --- several at once ------------------------------------------------------------------------------------


def test_one_act_on_copies_leaves_those_that_have_it_and_returns_them_only_together() -> None:
    scenario = Scenario()
    desk, copies = scenario.board.desk, [kept(1), kept(2), kept(3)]
    scenario.given(act_on(desk, kept(2), "reply"))
    scenario.given(*act_on_all(desk, copies, "reply"))
    assert {desk.mark(f"x|{n}").state for n in (1, 2, 3)} == {"reply"}
    assert len(scenario.log) == 3
    scenario.given(*act_on_all(desk, copies, "reply"))
    assert {desk.mark(f"x|{n}").state for n in (1, 2, 3)} == {"new"}


def test_copies_are_pinned_together_and_let_go_together() -> None:
    scenario = Scenario()
    desk, copies = scenario.board.desk, [kept(1), kept(2)]
    scenario.given(pin(desk, kept(1)), *pin_all(desk, copies))
    assert [desk.mark(f"x|{n}").pinned for n in (1, 2)] == [True, True]
    scenario.given(*pin_all(desk, copies))
    assert [desk.mark(f"x|{n}").pinned for n in (1, 2)] == [False, False]


def test_an_act_on_thousands_of_copies_is_taken_back_as_one() -> None:
    scenario = Scenario()
    desk, copies = scenario.board.desk, [kept(n) for n in range(1, 2_001)]
    scenario.given(*act_on_all(desk, copies, "ignore"))
    scenario.given(*undo_all(desk, scenario.log))
    assert desk.handled(Segment.DISLIKE) == 0

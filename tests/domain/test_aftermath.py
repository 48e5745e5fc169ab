"""Questions, lessons and actions."""

from tests.scenario import declared
from warroom.domain.aftermath import agree_action, answer_question, finish_action, note_lesson, note_question
from warroom.domain.mention import Segment


def test_a_question_is_answered_once() -> None:
    told = declared().when(lambda i: note_question(i.questions, "Is it  safe?", Segment.DISLIKE))
    assert told.incident.questions["Q1"].text == "Is it safe?"
    told.when(lambda i: answer_question(i.questions, "Q1", "S1"))
    assert told.incident.questions["Q1"].statement == "S1"
    assert told.refused(lambda i: answer_question(i.questions, "Q1")).startswith("Question {question} is answered")
    assert told.refused(lambda i: answer_question(i.questions, "Q2")) == "There is no question {question}."


def test_an_action_has_an_owner_and_a_day() -> None:
    told = declared()
    assert told.refused(lambda i: agree_action(i.actions, "New valve", "", "2026-05-31")).startswith("Every action has")
    assert told.refused(lambda i: agree_action(i.actions, "New valve", "LR", "soon")).startswith("Every action has a d")
    told.when(lambda i: agree_action(i.actions, "New valve", "LR", " 2026-05-31 "))
    assert told.incident.actions["A1"].due_on == "2026-05-31"
    told.by("LR").when(lambda i: finish_action(i.actions, "A1"))
    assert told.incident.actions["A1"].done_by == "LR"
    assert told.refused(lambda i: finish_action(i.actions, "A1")).startswith("Action {action} is done")


def test_lessons_stay_in_order() -> None:
    told = declared().when(lambda i: note_lesson("why", "the valve was old"))
    told.when(lambda i: note_lesson("change", "valves are replaced each year"))
    assert [lesson.side for lesson in told.incident.lessons] == ["why", "change"]

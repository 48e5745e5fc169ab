"""What people ask while it burns, and what we learn when it is out: questions, lessons, actions."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from .events import (
    ActionAgreed,
    ActionDone,
    AnyActionEvent,
    AnyQuestionEvent,
    LessonNoted,
    QuestionAnswered,
    QuestionNoted,
)
from .mention import Segment
from .sentence import Refused, say


class Question(Struct, frozen=True, kw_only=True):
    """One of the top questions. `answered_at` is None while nobody has answered it in public."""

    id: str
    text: str
    audience: Segment | None = None
    at: datetime
    by: str
    answered_at: datetime | None = None
    statement: str = ""


class Action(Struct, frozen=True, kw_only=True):
    """Something to do after the crisis. `due_on` is an ISO date."""

    id: str
    text: str
    owner: str
    due_on: str
    at: datetime
    by: str
    done_at: datetime | None = None
    done_by: str = ""


class Lesson(Struct, frozen=True, kw_only=True):
    """A line of the look back: why it went so, or what changes."""

    side: Literal["why", "change"]
    text: str
    at: datetime
    by: str


Questions = Mapping[str, Question]
Actions = Mapping[str, Action]


# --- decisions -----------------------------------------------------------------------------------------


def note_question(questions: Questions, text: str, audience: Segment | None = None) -> QuestionNoted:
    """Write down what people ask; it gets the next number."""
    if not text.strip():
        raise Refused(say("Write the question as people ask it."))
    return QuestionNoted(question=f"Q{len(questions) + 1}", text=" ".join(text.split()), audience=audience)


def answer_question(questions: Questions, question: str, statement: str = "") -> QuestionAnswered:
    """It was answered in public by a statement, or it is no longer asked."""
    known = questions.get(question)
    if known is None:
        raise Refused(say("There is no question {question}.", question=question))
    if known.answered_at is not None:
        raise Refused(say("Question {question} is answered already.", question=question))
    return QuestionAnswered(question=question, statement=statement)


def agree_action(actions: Actions, text: str, owner: str, due_on: str) -> ActionAgreed:
    """Agree on something to do, with an owner and a day."""
    if not text.strip():
        raise Refused(say("Say what will be done."))
    if not owner.strip():
        raise Refused(say("Every action has an owner: say who, by initials."))
    try:
        day = date.fromisoformat(due_on.strip())
    except ValueError:
        raise Refused(say("Every action has a day: write it like 2026-05-31.")) from None
    return ActionAgreed(
        action=f"A{len(actions) + 1}", text=" ".join(text.split()), owner=owner.strip(), due_on=day.isoformat()
    )


def finish_action(actions: Actions, action: str) -> ActionDone:
    known = actions.get(action)
    if known is None:
        raise Refused(say("There is no action {action}.", action=action))
    if known.done_at is not None:
        raise Refused(say("Action {action} is done already, by {who}.", action=action, who=known.done_by))
    return ActionDone(action=action)


def note_lesson(side: Literal["why", "change"], text: str) -> LessonNoted:
    if not text.strip():
        raise Refused(say("Write the lesson in one sentence."))
    return LessonNoted(side=side, text=" ".join(text.split()))


# --- folds ---------------------------------------------------------------------------------------------


def asked(questions: Questions, event: AnyQuestionEvent, by: str, at: datetime) -> Questions:
    if isinstance(event, QuestionNoted):
        noted = Question(id=event.question, text=event.text, audience=event.audience, at=at, by=by)
        return {**questions, noted.id: noted}
    known = questions.get(event.question)
    if known is None:
        return questions
    return {**questions, known.id: replace(known, answered_at=at, statement=event.statement)}


def agreed(actions: Actions, event: AnyActionEvent, by: str, at: datetime) -> Actions:
    if isinstance(event, ActionAgreed):
        new = Action(id=event.action, text=event.text, owner=event.owner, due_on=event.due_on, at=at, by=by)
        return {**actions, new.id: new}
    known = actions.get(event.action)
    if known is None or known.done_at is not None:
        return actions
    return {**actions, known.id: replace(known, done_at=at, done_by=by)}

"""What people ask and what we learn, in the timeline."""

from typing import assert_never

from warroom.domain.events import (
    ActionAgreed,
    ActionDone,
    AnyActionEvent,
    AnyQuestionEvent,
    LessonNoted,
    QuestionAnswered,
    QuestionNoted,
)
from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.services.entries import called
from warroom.services.entries.glyph import Told


def question(event: AnyQuestionEvent) -> Told:
    match event:
        case QuestionNoted():
            return "✎", say("People ask ({question}): {text}", question=event.question, text=event.text)
        case QuestionAnswered():
            if event.statement:
                return "✓", say("Question {question} answered in public", question=event.question)
            return "–", say("Question {question} is no longer asked", question=event.question)
        case _:
            assert_never(event)


def action(event: AnyActionEvent, incident: Incident | None) -> Told:
    match event:
        case ActionAgreed():
            return "✎", say(
                "Action {action}: {text} ({owner}, {day})",
                action=event.action,
                text=event.text,
                owner=called.person(incident, event.owner),
                day=event.due_on,
            )
        case ActionDone():
            return "✓", say("Action {action} done", action=event.action)
        case _:
            assert_never(event)


def lesson(event: LessonNoted) -> Told:
    if event.side == "why":
        return "✎", say("Why it went so: {text}", text=event.text)
    return "✎", say("What changes: {text}", text=event.text)

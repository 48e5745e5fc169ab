"""The questions people ask: written down as they are asked, and answered in public."""

from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual.binding import BindingType

from warroom.domain.aftermath import Question, answer_question, note_question
from warroom.domain.checks.text import flat
from warroom.domain.criteria import AUDIENCES
from warroom.domain.events import AnyEvent
from warroom.domain.incident import Incident
from warroom.domain.mention import SEGMENT_NAMES, Segment
from warroom.domain.sentence import Refused, say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.dialogs.ask import Field
from warroom.ui.dialogs.rows import Hint
from warroom.ui.dialogs.table import Clock, TableDialog
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.messages import Act
from warroom.ui.scene import Scene


class QuestionRows:
    """Those that wait for an answer first."""

    def __init__(self, questions: Mapping[str, Question], words: Words, nothing: str) -> None:
        """`nothing` is what an empty list says."""
        self._nothing = nothing
        self._questions = sorted(questions.values(), key=lambda one: (one.answered_at is not None, one.at))
        self._words = words

    def __len__(self) -> int:
        return max(1, len(self._questions))

    def key(self, index: int) -> str:
        return self._questions[index].id if self._questions else ""

    def selectable(self, index: int) -> bool:
        return bool(self._questions)

    def line(self, index: int, width: int) -> Sequence[Part]:
        words, t = self._words, self._words.t
        if not self._questions:
            return [Part(self._nothing, "$muted")]
        question = self._questions[index]
        if question.answered_at is None:
            begin, state = [Part(" ○ ", "bold $warning")], t("waits")
        elif question.statement:
            begin, state = [Part(" ✓ ", "$success")], t("answered {time}", time=question.answered_at)
        else:
            begin, state = [Part(" – ", "$muted")], t("no longer asked")
        begin.append(Part(f"{question.id:<4}", "bold"))
        end = [Part(f" {state} ", "$warning" if question.answered_at is None else "$muted")]
        if question.audience is not None:
            end.insert(0, Part(f" {words.say(SEGMENT_NAMES[question.audience])}", f"${question.audience.value}"))
        return spread([*begin, Part(cut(one_line(question.text), width - width_of(begin) - width_of(end)))], end, width)


def audience_of(text: str, words: Words) -> Segment | None:
    """The audience that somebody typed, by the first letters of its name in either language; None for everybody."""
    typed = flat(text.strip())
    if not typed:
        return None
    for audience in AUDIENCES:
        if any(flat(name).startswith(typed) for name in (words.say(SEGMENT_NAMES[audience]), audience.value)):
            return audience
    names = words.list_of([words.say(SEGMENT_NAMES[audience]) for audience in AUDIENCES])
    raise Refused(say("The audiences are {names}; leave it empty for everybody.", names=names))


class QuestionsDialog(TableDialog):
    YES_ID = "questions.note"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("questions.note", "note"),
        bind("questions.answer", "answer"),
        bind("questions.past", "past"),
    ]

    def __init__(self, scene: Scene, act: Callable[[Act], None], now: Clock) -> None:
        super().__init__(scene, act, now, say("What people ask"), yes=say("New question"))

    def rows(self, incident: Incident) -> QuestionRows:
        key = self.printed("questions.note")
        nothing = self.words.t("None is written down yet: {key} writes one. Three are enough to begin with.", key=key)
        return QuestionRows(incident.questions, self.words, nothing)

    def told(self, incident: Incident) -> list[Part]:
        question = incident.questions.get(self.chosen)
        if question is None:
            return []
        who = f"{self.words.clock(question.at)} {one_line(question.by)}"
        parts = [Part(f"{one_line(question.text)}  "), Part(f"{who}\n", "$muted")]
        statement = incident.statements.get(question.statement)
        if statement is not None:
            parts.append(Part(f"{question.statement}: {cut(one_line(statement.head.text), 90)}\n", "$muted"))
        return parts

    def hints(self, incident: Incident) -> list[Hint]:
        t = self.words.t
        keys = (
            [Hint("questions.answer", t("Was answered")), Hint("questions.past", t("No longer asked"))]
            if self.chosen in incident.questions
            else []
        )
        return [Hint("questions.note", t("New question")), *keys]

    def confirm(self) -> None:
        self.action_note()

    def action_note(self) -> None:
        names = ", ".join(self.words.say(SEGMENT_NAMES[audience]) for audience in AUDIENCES)
        fields = (
            Field("text", say("As people ask it")),
            Field("audience", say("Whose question? ({names})", names=names)),
        )
        self.record(
            say("A question"),
            fields,
            lambda i, said: note_question(i.questions, said["text"], audience_of(said["audience"], self.words)),
            lambda said: say("Question written down"),
            yes=say("Write it down"),
        )

    def action_answer(self) -> None:
        """In public, by a statement that is out: the newest, unless another one is named."""
        incident, question = self.incident, self.chosen
        if incident is None or question not in incident.questions:
            return
        out = [statement.id for statement in incident.statements.values() if statement.is_published]
        if not out:
            self.wrong(say("Nothing is published yet: a question is answered in public."))
            return

        def answered(incident: Incident, said: dict[str, str]) -> AnyEvent:
            if said["statement"].strip() not in out:
                raise Refused(say("There is no published statement {statement}.", statement=said["statement"]))
            return answer_question(incident.questions, question, said["statement"].strip())

        self.record(
            say("Answered in public"),
            (Field("statement", say("By which statement? ({known})", known=", ".join(out)), out[-1]),),
            answered,
            lambda said: say("Question {question} answered in public", question=question),
            yes=say("Was answered"),
            text=say("“{text}”", text=incident.questions[question].text),
        )

    def action_past(self) -> None:
        question = self.chosen
        if self.incident is not None and question in self.incident.questions:
            self.do(
                lambda i: answer_question(i.questions, question),
                say("Question {question} is no longer asked", question=question),
            )

"""A table that stays open while one works on it: rows, the chosen row in full, and the keys that fit it.

Freeze list, seats, clocks, questions, the ledger and the look back are such tables. What is decided here is written by
the console (`act`); the table looks again by itself, so that it also shows what another console wrote.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from textual.widgets import Button

from warroom.domain.board import Board
from warroom.domain.checks.text import flat
from warroom.domain.checks.times import told as time_told
from warroom.domain.events import AnyEvent
from warroom.domain.incident import Incident
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.walltime import last
from warroom.services.freezelist import moment
from warroom.services.words import Words
from warroom.ui.dialogs.ask import AskDialog, Field
from warroom.ui.dialogs.rows import Hint, RowsDialog
from warroom.ui.line import Part
from warroom.ui.messages import Act, Failure
from warroom.ui.scene import Scene
from warroom.ui.widgets.row_list import NoRows, Rows

Clock = Callable[[], datetime]
"""The room's clock: it goes on while the table is open."""


class TableDialog(RowsDialog[None]):
    """Rows about the crisis, and what is decided about it. Subclasses say what they are."""

    def __init__(
        self,
        scene: Scene,
        act: Callable[[Act], None],
        now: Clock,
        title: Sentence,
        *,
        yes: Sentence,
        about: str | None = None,
    ) -> None:
        """`about` names the crisis, where that is not the open one."""
        super().__init__(scene.words, title, yes=yes, no=say("Close"))
        self._about = about
        self.scene = scene
        self.now = now
        self._act = act

    @property
    def incident(self) -> Incident | None:
        """The crisis as it stands now: the board goes on while the table is open."""
        return self._of(self.scene.board)

    def _of(self, board: Board) -> Incident | None:
        return board.incident if self._about is None else board.incidents.get(self._about)

    def rows(self, incident: Incident) -> Rows:
        return NoRows()

    def first(self, incident: Incident) -> str | None:
        """The row on which the cursor begins; None is the first one."""
        return None

    def told(self, incident: Incident) -> list[Part]:
        """The chosen row in full."""
        return []

    def hints(self, incident: Incident) -> list[Hint]:
        return []

    def listed(self) -> Rows:
        incident = self.incident
        return self.rows(incident) if incident is not None else NoRows()

    def begins_at(self) -> str | None:
        incident = self.incident
        return self.first(incident) if incident is not None else None

    def in_full(self) -> list[Part]:
        incident = self.incident
        return self.told(incident) if incident is not None else []

    def offered(self) -> list[Hint]:
        incident = self.incident
        return self.hints(incident) if incident is not None and not self.scene.read_only else []

    def on_mount(self) -> None:
        self.query_one("#yes", Button).disabled = self.scene.read_only

    def look(self) -> None:
        if self.incident is not None:
            super().look()

    # --- acts -------------------------------------------------------------------------------------------

    def do(self, decide: Callable[[Incident], AnyEvent | Sequence[AnyEvent]], done: Sentence) -> bool:
        """Refused here if it would be refused; then written by the console. Says whether it was handed on."""

        if self._recorded():
            return False
        act = self._act_of(decide, done)
        try:
            act.decide(self.scene.board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return False
        self.hand_on(act)
        return True

    def hand_on(self, act: Act) -> None:
        """Have it written by the console. What is said here of it comes after that."""
        act.settled = lambda why: self._settled(act.done, why)
        self._act(act)

    def _act_of(self, decide: Callable[[Incident], AnyEvent | Sequence[AnyEvent]], done: Sentence) -> Act:
        """What is decided about the crisis of the table, as it stands when it is written."""

        def decided(board: Board) -> AnyEvent | Sequence[AnyEvent]:
            incident = self._of(board)
            if incident is None:
                raise Refused(say("No crisis is open."))
            return decide(incident)

        return Act(decided, done, inc=self._about)

    def _settled(self, done: Sentence, why: Failure | None) -> None:
        """Say that it is done, once it is; or that the console keeps it, to be tried again."""
        if not self.is_attached:
            return
        if why is None:
            self.say(done)
        elif isinstance(why, Refused):
            self.wrong(why.sentence)
        else:
            self.wrong(say("Not saved: {reason}", reason=why.sentence))
        self.look()

    def ask(
        self,
        title: Sentence,
        fields: Sequence[Field],
        yes: Sentence,
        then: Callable[[dict[str, str]], object],
        *,
        text: Sentence | None = None,
        check: Callable[[dict[str, str]], object] | None = None,
        no: Sentence | None = None,
        act: Callable[[dict[str, str]], Act] | None = None,
        people: Mapping[str, str] | None = None,
    ) -> None:
        """Ask for words; `check` may raise `Refused`, and then nothing that was typed is lost. `act` is written
        before the words go; `then` comes after."""
        if self._recorded():
            return
        asked = AskDialog(
            self.words,
            title=title,
            text=text or say("Every line is kept with your name."),
            fields=fields,
            yes=yes,
            check=check,
            no=no,
            act=act,
            people=people,
        )

        def answered(said: dict[str, str] | None) -> None:
            if said is not None:
                then(said)

        self.app.push_screen(asked, answered)

    def record(
        self,
        title: Sentence,
        fields: Sequence[Field],
        decide: Callable[[Incident, dict[str, str]], AnyEvent | Sequence[AnyEvent]],
        done: Callable[[dict[str, str]], Sentence],
        *,
        text: Sentence | None = None,
        yes: Sentence | None = None,
        no: Sentence | None = None,
        before: Callable[[dict[str, str]], object] = lambda said: None,
        after: Callable[[], object] = lambda: None,
        people: Mapping[str, str] | None = None,
    ) -> None:
        """Ask for words and decide by them. Where the decision refuses them, or they cannot be written, they stay, to
        be mended or tried again. `before` fetches what the words name, each time they are handed in; `after` comes
        once it is written."""

        def check(said: dict[str, str]) -> object:
            before(said)
            incident = self.incident
            return decide(incident, said) if incident is not None else None

        told: list[Sentence] = []

        def act(said: dict[str, str]) -> Act:
            told[:] = [done(said)]  # once, and before it is written: it may say what comes next
            return self._act_of(lambda incident: decide(incident, said), told[0])

        def then(said: dict[str, str]) -> None:
            self._settled(told[0] if told else done(said), None)
            after()

        self.ask(title, fields, yes or say("Record"), then, text=text, check=check, no=no, act=act, people=people)

    def _recorded(self) -> bool:
        if self.scene.read_only:
            self.wrong(say("This is a recording: it is read-only."))
        return self.scene.read_only


def time_to_come(text: str, words: Words, now: datetime) -> datetime:
    """A time that somebody typed and that lies ahead: "16:00", "Friday 12:00", "in two hours", or a whole date.
    `Refused` where it names no time."""
    at = moment(text, words.zone)
    if at is not None:
        return at
    found = time_told(flat(text), words.lang, words.local(now))
    if found is None:
        raise Refused(say("“{text}” names no time. Write one like 16:00, Friday 12:00 or in two hours.", text=text))
    return found[0]


def time_of(text: str, words: Words, now: datetime) -> datetime:
    """A time that somebody typed: "14:02" is today or, if that is still to come, yesterday; or a whole date, or words
    ("yesterday at 18:00"). `Refused` where it names no time."""
    at = moment(text, words.zone)
    if at is not None:
        return at
    local = words.local(now)
    found = time_told(flat(text), words.lang, local)
    if found is None:
        raise Refused(say("“{text}” names no time. Write one like 14:02 or 2026-03-10 14:02.", text=text))
    at = found[0]
    if at > now and at - timedelta(days=1) <= now and not any(sign.isalpha() for sign in text.replace("h", "")):
        shown = words.local(at)
        at = last(local, shown.hour, shown.minute)
    return at.astimezone(now.tzinfo)

"""Correcting when it was declared and when it was first heard of: the deadlines that move are shown before that."""

from collections.abc import Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Input, Label, Static

from warroom.domain.board import Board
from warroom.domain.events import TimesCorrected
from warroom.domain.fold import corrected
from warroom.domain.incident import Incident
from warroom.domain.moves import Move, correct_times, moves
from warroom.domain.sentence import Refused, say
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.dialogs.table import time_of
from warroom.ui.line import Part, cut
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of

TOLD = 8
"""Deadlines that are named one by one; of the others there is the number."""


def moves_parts(found: Sequence[Move], words: Words, now: datetime, width: int = 66) -> list[Part]:
    """Each deadline with where it was and where it would be; what would be late says so."""
    t = words.t
    if not found:
        return [Part(t("No deadline moves."), "$muted")]
    parts = [Part(words.tn("{n} deadline moves:", "{n} deadlines move:", len(found)) + "\n", "bold")]
    for move in found[:TOLD]:
        before = f"{words.clock(move.before)} → " if move.before is not None else f"{t('new')}: "
        after = words.clock(move.after) if move.after is not None else "–"
        late = move.after is not None and move.after < now
        end = [Part(f"  {before}{after}", "bold $error" if late else "bold")]
        end += [Part(f" {t('late')}", "bold $error")] if late else []
        name = cut(words.value(move.name), width - sum(part.width for part in end) - 2)
        parts += [Part(f"  {name}"), *end, Part("\n")]
    if len(found) > TOLD:
        parts.append(Part(words.tn("and {n} more", "and {n} more", len(found) - TOLD), "$muted"))
    return parts


def written(at: datetime | None, now: datetime, words: Words) -> str:
    """A time as it is typed: of another day with its day."""
    if at is None:
        return ""
    return words.clock(at) if words.day(at) == words.day(now) else f"{words.local(at):%Y-%m-%d %H:%M}"


class TimesDialog(Dialog[Act]):
    """Answers with the act that corrects. A field that is left as it is changes nothing."""

    def __init__(self, scene: Scene, incident: Incident) -> None:
        super().__init__(
            scene.words, say("Correct the times"), yes=say("Correct, by my name"), no=say("Leave as it is")
        )
        self._board = scene.board
        self._clock = scene.clock
        self._was = (
            written(incident.declared_at, scene.now, scene.words),
            written(incident.first_mention_at, scene.now, scene.words),
        )

    def body(self) -> ComposeResult:
        t = self.words.t
        for name, label, value in (
            ("declared", t("When it was declared"), self._was[0]),
            ("first", t("When the first mention was"), self._was[1]),
            ("reason", t("Reason"), ""),
        ):
            yield Label(content_of([Part(label, "$muted")]))
            yield Input(value, id=name, select_on_focus=False)
        yield Static(id="effect")

    def on_mount(self) -> None:
        self.query_one("#declared", Input).focus()
        self._look()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._look()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    def _decide(self, board: Board, reason: str) -> TimesCorrected:
        """The correction that the fields say. A field says nothing while it stands as it stood."""
        if board.incident is None:
            raise Refused(say("No crisis is open."))
        said = [self.query_one(f"#{name}", Input).value.strip() for name in ("declared", "first")]
        now = self._clock()
        times = [
            time_of(text, self.words, now) if text and text != was else None
            for text, was in zip(said, self._was, strict=True)
        ]
        return correct_times(board.incident, declared_at=times[0], first_mention_at=times[1], reason=reason, now=now)

    def _look(self) -> None:
        """What would move, while one types; half a time moves nothing."""
        incident = self._board.incident
        if incident is None:
            return
        now = self._clock()
        try:
            event = self._decide(self._board, "-")
        except Refused as refusal:
            parts = [Part(self.words.say(refusal.sentence), "$muted")]
        else:
            parts = moves_parts(moves(incident, corrected(incident, event, now)), self.words, now)
        self.query_one("#effect", Static).update(content_of(parts))

    def confirm(self) -> None:
        reason = self.query_one("#reason", Input).value
        try:
            event = self._decide(self._board, reason)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return

        def decide(board: Board) -> TimesCorrected:
            if board.incident is None:
                raise Refused(say("No crisis is open."))
            return correct_times(
                board.incident,
                declared_at=event.declared_at,
                first_mention_at=event.first_mention_at,
                reason=reason,
                now=self._clock(),
            )

        self.hand_in(Act(decide, say("Corrected. The deadlines stand at their new times.")))

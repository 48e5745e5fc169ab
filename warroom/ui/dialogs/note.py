"""A note for the timeline. Enter saves it with the current time; "13:50 text" dates it back."""

import re
from collections.abc import Hashable
from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Input, Static

from warroom.domain.incident import add_note
from warroom.domain.sentence import Refused, say
from warroom.domain.text import one_line
from warroom.domain.walltime import last
from warroom.services.entries.entry import Entry
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog, room_within
from warroom.ui.line import Part, cut
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of

_DATED = re.compile(r"\s*(\d{1,2})[:.](\d{2})\s+(?=\S)")


def dated(text: str, now: datetime, words: Words) -> tuple[str, datetime]:
    """The note without its time, and when it happened: today, or yesterday if that time is still to come."""
    found = _DATED.match(text)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        return text.strip(), now
    happened = last(words.local(now), int(found[1]), int(found[2]))
    return text[found.end() :].strip(), happened.astimezone(now.tzinfo)


class NoteDialog(Dialog[Act]):
    """Answers with the act that writes the note."""

    def __init__(self, scene: Scene, *, corrects: Entry | None = None) -> None:
        title = say("Correct an entry") if corrects else say("Note")
        super().__init__(scene.words, title, yes=say("Save"), no=say("Cancel"))
        self._clock = scene.clock
        self._corrects = corrects

    def kept_as(self) -> Hashable:
        return type(self), self._corrects and self._corrects.id

    def body(self) -> ComposeResult:
        if (wrong := self._corrects) is not None:
            said = one_line(f"{self.words.clock(wrong.at)} {self.words.say(wrong.text)}")
            yield Static(content_of([Part(cut(said, 2 * room_within(self.app.size.width)), "bold")]))
        hint = self.words.t("Enter saves. Start with a time, like 13:50, for something that happened before.")
        yield Static(content_of([Part(hint, "$muted")]))
        yield Input(id="note")

    def on_mount(self) -> None:
        self.query_one("#note", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.confirm()

    def confirm(self) -> None:
        now = self._clock()
        text, happened = dated(self.query_one("#note", Input).value, now, self.words)
        corrects = self._corrects.id if self._corrects is not None else None
        try:
            event = add_note(text, now=now, happened_at=happened, corrects=corrects)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        self.hand_in(Act(lambda board: event, say("Noted")))

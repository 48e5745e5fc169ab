"""Leaving while something could not be written: what it is, and a copy of it elsewhere."""

from collections.abc import Sequence
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Button, Input, Label, Static

from warroom.domain.faults import why
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.text import one_line
from warroom.services.leftover import leftover
from warroom.services.logbook import write_whole
from warroom.services.room import Decision
from warroom.services.typedpath import path_of
from warroom.ui.dialogs.dialog import Dialog, room_within
from warroom.ui.line import Part, cut
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of

LISTED = 5
"""Acts named one by one."""


class UnsavedDialog(Dialog[bool]):
    """Answers with whether to leave; by then what is not saved stands in a file, or was given up."""

    def __init__(
        self, scene: Scene, acts: Sequence[tuple[Sentence, Decision]], draft: str, typed: Sequence[str] = ()
    ) -> None:
        """`typed` is what stands in dialogs that were left."""
        super().__init__(
            scene.words, say("Not everything is saved"), yes=say("Write the copy and leave"), no=say("Stay")
        )
        self._scene = scene
        self._acts = acts
        self._draft = draft
        self._typed = typed

    def body(self) -> ComposeResult:
        words, t = self.words, self.words.t
        parts = [Part(f"! {words.say(done)}\n", "bold $error") for done, _ in self._acts[-LISTED:]]
        if len(self._acts) > LISTED:
            parts.append(Part(t("… and {n} more", n=len(self._acts) - LISTED) + "\n", "$muted"))
        room = room_within(self.app.size.width) - 2
        parts += [Part(f"! {cut(one_line(said), room)}\n", "bold $error") for said in self._typed[-LISTED:]]
        if self._draft:
            parts.append(Part("! " + t("the draft on the desk") + "\n", "bold $error"))
        if self._scene.trouble is not None:
            parts.append(Part(words.say(self._scene.trouble), "$muted"))
        yield Static(content_of(parts))
        yield Label(content_of([Part(t("A copy of these words, in a file elsewhere:"), "$muted")]))
        yield Input(str(self._place()), id="file", select_on_focus=False)
        yield Button(t("Leave without them"), id="without")

    def _place(self) -> Path:
        stamp = f"{self.words.local(self._scene.now):%Y%m%d-%H%M%S}"
        return Path.home() / f"warroom-{self.words.t('not-saved')}-{stamp}.md"

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.confirm()

    def on_button_pressed(self, event: Button.Pressed) -> None:
        if event.button.id == "without":
            event.stop()
            self.dismiss(True)

    def confirm(self) -> None:
        try:
            self._write(path_of(self.query_one("#file", Input).value))
        except Refused as refusal:
            self.wrong(refusal.sentence)

    def _write(self, path: Path) -> None:
        scene = self._scene
        try:
            lines = leftover(scene.board, self._acts, self._draft, self.words, scene.now, self._typed)
            write_whole(path, "\n".join(lines) + "\n")
        except FileExistsError:
            self.wrong(say("{file} exists already. Choose another name.", file=str(path)))
        except OSError as error:
            self.wrong(say("{file} could not be written: {reason}", file=str(path), reason=why(error)))
        else:
            self.dismiss(True)

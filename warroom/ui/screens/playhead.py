"""The playhead of a recording and its keys. In a live room they do nothing."""

from datetime import timedelta
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input, TextArea

from warroom.ui.keys import bind
from warroom.ui.screens.acting import Acting
from warroom.ui.session import ReplaySession

PLAYED = 0.1
"""Seconds between two steps of the playhead while it plays."""


class Playhead(Acting):
    """A screen on which a recording is played, where its session is one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("replay.play", "play", priority=True),
        bind("replay.back", "jump(-1)", priority=True),
        bind("replay.on", "jump(1)", priority=True),
        bind("replay.previous", "mark(-1)"),
        bind("replay.next", "mark(1)"),
        bind("replay.slower", "speed(-1)"),
        bind("replay.faster", "speed(1)"),
        Binding("equals_sign", "speed(1)", "Faster", show=False),
    ]

    @property
    def is_typing(self) -> bool:
        """Whether letters are text where somebody is."""
        return isinstance(self.focused, Input | TextArea)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("play", "jump", "mark", "speed", "seek"):
            return isinstance(self.session, ReplaySession) and not self.is_typing
        return True

    def _play_on(self) -> None:
        if isinstance(self.session, ReplaySession) and self.session.replay.playing:
            self.session.replay.tick(PLAYED)
            self.look()

    def action_play(self) -> None:
        if isinstance(self.session, ReplaySession):
            replay = self.session.replay
            if replay.over and not replay.playing:
                replay.seek(replay.start)
            replay.playing = not replay.playing
            self.look()

    def action_jump(self, minutes: int) -> None:
        if isinstance(self.session, ReplaySession):
            replay = self.session.replay
            replay.seek(replay.at + timedelta(minutes=minutes))
            self.look()

    def action_mark(self, step: int) -> None:
        if isinstance(self.session, ReplaySession):
            if step > 0:
                self.session.replay.next_mark()
            else:
                self.session.replay.previous_mark()
            self.look()

    def action_speed(self, step: int) -> None:
        if isinstance(self.session, ReplaySession):
            if step > 0:
                self.session.replay.faster()
            else:
                self.session.replay.slower()
            self.look()

    def action_seek(self, share: float) -> None:
        if isinstance(self.session, ReplaySession):
            replay = self.session.replay
            replay.seek(replay.start + (replay.end - replay.start) * share)
            self.look()

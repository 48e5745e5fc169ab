"""The feeds and how they are, said out loud: what each hears, and what it does not."""

from textual.app import ComposeResult
from textual.widgets import Static

from warroom.domain.sentence import say
from warroom.domain.text import one_line
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of

STATES = {
    "starting": ("○", "", say("starting")),
    "live": ("◉", "$success", say("live")),
    "lost": ("✕", "bold $error", say("lost")),
    "rejected": ("✕", "bold $error", say("needs attention")),
}


class SourcesDialog(Dialog[bool]):
    def __init__(self, scene: Scene) -> None:
        super().__init__(scene.words, say("Sources"), yes=say("Retry now"), no=say("Close"))
        self._scene = scene

    def body(self) -> ComposeResult:
        words, t = self.words, self.words.t
        parts: list[Part] = []
        for health in self._scene.health:
            glyph, style, state = STATES[health.state]
            parts += [
                Part(f"{glyph} ", style),
                Part(f"{one_line(health.name)}  ", "bold"),
                Part(words.say(state), style),
            ]
            parts.append(Part(f"  {words.tn('{n} mention', '{n} mentions', health.heard)}\n", "$muted"))
            parts.append(Part(f"  {words.say(health.coverage)}\n", "$muted"))
            if health.reason is not None:
                parts.append(Part(f"  {one_line(words.say(health.reason))}\n", "$error"))
            if health.dropped:
                parts.append(Part(f"  {words.tn('{n} was let go', '{n} were let go', health.dropped)}\n", "$warning"))
            if health.bad:
                told = words.tn("{n} could not be read", "{n} could not be read", health.bad)
                parts.append(Part(f"  {told}\n", "$warning"))
        if not parts:
            told = t("Nothing is listened to here.")
            if self._scene.elsewhere:
                told = t("Another console of this room runs the sources; what they hear comes here too.")
            parts = [Part(told, "$muted")]
        yield Static(content_of(parts))

    def on_mount(self) -> None:
        self.query_one("#no").focus()

    def confirm(self) -> None:
        self.dismiss(True)

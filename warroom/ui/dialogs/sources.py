"""The feeds and how they are, said out loud: what each hears, and what it does not."""

from collections.abc import Callable, Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Button

from warroom.domain.sentence import say
from warroom.domain.text import one_line
from warroom.domain.triage.alarm import sentence
from warroom.services.health import Health
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.present import ago
from warroom.ui.scene import Scene
from warroom.ui.widgets.text_block import TextBlock

STATES = {
    "starting": ("○", "", say("starting")),
    "live": ("◉", "$success", say("live")),
    "lost": ("✕", "bold $error", say("lost")),
    "rejected": ("✕", "bold $error", say("needs attention")),
}


def source_parts(health: Health, words: Words, now: datetime, *, here: bool) -> list[Part]:
    """One feed: how it is, since when, what it hears, and what went by it. Where another process runs it (not `here`)
    nobody has counted."""
    glyph, style, state = STATES[health.state]
    parts = [Part(f"{glyph} ", style), Part(f"{one_line(health.name)}  ", "bold"), Part(words.say(state), style)]
    if health.is_lost and health.since is not None:
        parts.append(Part(" " + words.t("since {time}", time=words.clock_s(health.since)), style))
    if here:
        heard = words.tn("{n} mention since the start", "{n} mentions since the start", health.heard)
        parts.append(Part(f"  {heard}", "$muted"))
    if health.last_heard is not None:
        parts.append(Part(" · " + words.t("last heard {ago} ago", ago=ago(now, health.last_heard, words)), "$muted"))
    parts.append(Part("\n"))
    parts.append(Part("  ", hangs=True))
    parts.append(Part(f"{words.say(health.coverage)}\n", "$muted"))
    if health.reason is not None:
        parts.append(Part("  ", hangs=True))
        parts.append(Part(f"{one_line(words.say(health.reason))}\n", "$error"))
    if health.dropped:
        parts.append(Part(f"  {words.tn('{n} was let go', '{n} were let go', health.dropped)}\n", "$warning"))
    if health.bad:
        told = words.tn("{n} could not be read", "{n} could not be read", health.bad)
        parts.append(Part(f"  {told}\n", "$warning"))
        parts += [Part(f"    {one_line(words.say(bad.sentence))}\n", "$muted") for bad in health.bad_last]
    return parts


def _new(scene: Scene, feed: str) -> list[Part]:
    """Of one that is new: since when, and what is seen of it."""
    words, told, alarm = scene.words, scene.newcomers.get(feed), scene.alarms_of_new.get(feed)
    if told is None:
        return []
    numbers = f": {words.say(sentence(alarm))}" if alarm is not None and alarm.warm else ""
    return [Part(f"  {words.say(told)}{numbers}\n", "$warning")]


class SourcesDialog(Dialog[bool]):
    """Stays up to date while it is open. Answers with whether the lost ones are to be tried again."""

    def __init__(self, look: Callable[[], Scene]) -> None:
        super().__init__(look().words, say("Sources"), yes=say("Retry now"), no=say("Close"))
        self._look = look

    def body(self) -> ComposeResult:
        yield TextBlock(id="sources")

    def on_mount(self) -> None:
        self._tell()
        self.set_interval(1.0, self._tell)
        self.query_one("#no").focus()

    def _tell(self) -> None:
        scene = self._look()
        self.query_one("#sources", TextBlock).show(self._parts(scene))
        self.query_one("#yes", Button).disabled = not scene.lost or scene.elsewhere

    def _parts(self, scene: Scene) -> Sequence[Part]:
        parts: list[Part] = []
        if scene.elsewhere:
            told = self.words.t("Another console of this room runs the sources; what they hear comes here too.")
            parts.append(Part(told + "\n", "$muted"))
        for health in scene.health:
            parts += source_parts(health, self.words, scene.now, here=not scene.elsewhere)
            parts += _new(scene, health.name)
        return parts or [Part(self.words.t("Nothing is listened to here."), "$muted")]

    def confirm(self) -> None:
        self.dismiss(True)

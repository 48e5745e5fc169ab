"""One entry of the timeline whole: what a row has no room for, and what corrects it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from warroom.domain.board import Line
from warroom.domain.events import MentionEvent
from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.domain.text import plain, safe_url
from warroom.services.entries.entry import Entry, entry
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.keys import bind
from warroom.ui.line import Part
from warroom.ui.scene import Scene
from warroom.ui.views.desk_lines import name_of
from warroom.ui.widgets.text_block import TextBlock


def entry_parts(line: Line, lines: Sequence[Line], incident: Incident | None, words: Words) -> list[Part]:
    """When, who, what; where it was written down later, when; what it corrects, and what corrects it."""
    t, told = words.t, entry(line.recorded, incident)
    utc = told.at.strftime("%Y-%m-%d %H:%M:%S UTC")
    parts = [Part(f"{words.day(told.at)} {words.clock_s(told.at)} {words.offset(told.at)} · {utc}\n", "$muted")]
    if incident is not None:
        since = timedelta(minutes=incident.minutes(told.at))
        early = since < timedelta(0)
        after = t("{time} after the declaration", time=since)
        parts.append(Part((t("{time} before the declaration", time=-since) if early else after) + "\n", "$muted"))
    if (told.recorded_at - told.at).total_seconds() >= 60:
        added = t("added {time}", time=f"{words.day(told.recorded_at)} {words.clock_s(told.recorded_at)}")
        parts.append(Part(added + "\n", "$warning"))
    who = told.who if incident is None else name_of(incident, told.who)
    parts += [Part(f"\n{told.glyph} ", "bold", hangs=True), Part(plain(words.say(told.text)))]
    parts += [Part(f"\n  {plain(who)}\n", "$muted")]
    data = line.recorded.data
    if isinstance(data, MentionEvent) and (url := safe_url(data.mention.url)):
        parts.append(Part(f"{url}\n", "$primary"))
    notes = [entry(other.recorded, incident) for other in lines]
    parts += _linked(t("It corrects"), [one for one in notes if one.id == told.corrects], words)
    return parts + _linked(t("Corrected by"), [one for one in notes if one.corrects == told.id], words)


def _linked(name: str, entries: Sequence[Entry], words: Words) -> list[Part]:
    parts: list[Part] = []
    for one in entries:
        said = f"{words.clock(one.at)} {plain(words.say(one.text))} ({plain(one.who)})"
        parts += [Part(f"\n{name}: ", "bold $warning", hangs=True), Part(f"{said}\n")]
    return parts


class EntryDialog(Dialog[bool]):
    """Answers with whether it is to be corrected."""

    YES_ID = "timeline.correct"
    BINDINGS: ClassVar[list[BindingType]] = [bind("timeline.correct", "correct")]

    def __init__(self, scene: Scene, line: Line, lines: Sequence[Line]) -> None:
        super().__init__(scene.words, say("Entry of the timeline"), yes=say("Correct"), no=say("Close"))
        self._parts = entry_parts(line, lines, scene.incident, scene.words)
        self._recorded = scene.read_only

    def body(self) -> ComposeResult:
        told = TextBlock()
        told.show(self._parts)
        yield told

    def on_mount(self) -> None:
        self.query_one("#yes").disabled = self._recorded
        self.query_one("#no").focus()

    def action_correct(self) -> None:
        if not self._recorded:
            self.confirm()

    def confirm(self) -> None:
        self.dismiss(True)

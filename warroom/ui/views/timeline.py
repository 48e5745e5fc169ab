"""The timeline: what happened, newest last, with minutes from the declaration; a note line always below."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Input

from warroom.domain.board import Board, Line
from warroom.domain.events import MentionEvent, NoteAdded
from warroom.domain.incident import Incident, add_note
from warroom.domain.sentence import Refused, say
from warroom.domain.text import one_line
from warroom.services.entries.entry import Entry, entry
from warroom.services.words import Words
from warroom.ui.dialogs.dialog import NARROW
from warroom.ui.dialogs.note import NoteDialog, dated
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.messages import Act, Told
from warroom.ui.scene import Scene
from warroom.ui.views.view import View
from warroom.ui.widgets.fields import ViewLine
from warroom.ui.widgets.row_list import RowList
from warroom.ui.widgets.text_block import entitle

GLYPH_STYLES = {
    "◌": "$muted",
    "▲": "bold $error",
    "◆": "bold $warning",
    "✓": "$success",
    "✎": "",
    "¶": "bold $primary",
    "◇": "$primary",
    "!": "bold $error",
    "★": "$warning",
    "–": "$muted",
}


LED_FROM = 140
"""Cells of a row from which who it was is far from what it says: dots lead there."""


def offset_cell(told: Entry, incident: Incident | None) -> str:
    """Minutes from the declaration: `+20`, before it `−21`."""
    if incident is None:
        return ""
    minutes = incident.minutes(told.at)
    return f"{'−' if minutes < 0 else '+'}{abs(minutes):02}"


def entry_row(told: Entry, incident: Incident | None, words: Words, width: int) -> list[Part]:
    """Local time, minutes from the declaration, kind, text, who."""
    left = [
        Part(f"{words.clock(told.at)} ", "bold"),
        Part(f"{offset_cell(told, incident):>4} ", "$muted"),
        Part(f"{told.glyph} ", GLYPH_STYLES[told.glyph]),
    ]
    right = [Part(f"  {one_line(told.who)} ", "$muted")]
    text = one_line(words.say(told.text))
    if (told.recorded_at - told.at).total_seconds() >= 60:
        added = words.t("added {time}", time=words.clock(told.recorded_at))
        if words.day(told.at) != words.day(told.recorded_at):
            added = f"{words.day(told.at)} · {added}"
        right = [Part(f"  {added}", "$muted"), *right]
    if told.corrects is not None:
        left.append(Part(words.t("Correction:") + " ", "$warning"))
    row = [*left, Part(cut(text, width - width_of(left) - width_of(right)))]
    free = width - width_of(row) - width_of(right) - 1
    if width >= LED_FROM and free > 0:
        row.append(Part(" " + "┈" * free, "$lines"))
    return spread(row, right, width)


class EntryRows:
    """The lines of a timeline, with a rule where a new day begins. Made only when painted."""

    def __init__(self, lines: Sequence[Line], incident: Incident | None, words: Words) -> None:
        self._incident = incident
        self._words = words
        self._rows: list[Line | str] = []
        day = ""
        for line in lines:
            today = words.day(line.recorded.at)
            if day and today != day:
                self._rows.append(today)
            day = today
            self._rows.append(line)

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, index: int) -> str:
        row = self._rows[index]
        return row if isinstance(row, str) else row.recorded.id

    def selectable(self, index: int) -> bool:
        return not isinstance(self._rows[index], str)

    def line(self, index: int, width: int) -> Sequence[Part]:
        row = self._rows[index]
        if isinstance(row, str):
            return [Part(f"── {row} ".ljust(width, "─"), "$muted")]
        return entry_row(entry(row.recorded, self._incident), self._incident, self._words, width)


class EntryList(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("timeline.export", "screen.export"),
        bind("timeline.search", "timeline('search')"),
        bind("timeline.filter", "timeline('filter')"),
        bind("timeline.open", "open"),
        bind("timeline.correct", "timeline('correct')"),
    ]

    def action_timeline(self, act: str) -> None:
        self.query_ancestor(TimelineView).act(act)


KINDS = ("", "statement", "step", "mention", "note", "incident", "feed", "promise")
KIND_NAMES = {
    "": say("everything"),
    "statement": say("statements"),
    "step": say("steps"),
    "mention": say("mentions"),
    "note": say("notes"),
    "incident": say("decisions"),
    "feed": say("feeds"),
    "promise": say("promises"),
}


class TimelineView(View):
    """Every entry of the crisis. Entries are never edited: a correction is a new line that points to the old one."""

    def compose(self) -> ComposeResult:
        with Container(id="timeline-main", classes="panel"):
            yield EntryList(id="entries", empty=self._nothing)
            yield ViewLine(id="note-line", does={"enter": say("Save"), "escape": say("Leave")})
            search = ViewLine(id="timeline-search", does={"enter": say("To the list"), "escape": say("Clear")})
            search.display = False
            yield search

    def on_mount(self) -> None:
        self._scene: Scene | None = None
        self._kind = ""
        self._wanted = ""
        self._seen: tuple[object, ...] = ()

    def _nothing(self, width: int) -> Sequence[Part]:
        if self._scene is None:
            return []
        t, key = self._scene.words.t, self._scene.key("console.note")
        text = t("Nothing yet. What happens and what is decided will stand here; {key} writes a note.", key=key)
        if self._scene.read_only:
            text = t("Nothing had happened yet at this time of the recording.")
        if self._wanted:
            text = t("Nothing matches. Esc clears the search.")
        elif self._kind and self._scene.board.timeline:
            text = t("Nothing of this kind yet. {key} shows the next kind.", key=self._scene.key("timeline.filter"))
        return [Part(" "), Part(text, "$muted")]

    def look(self, scene: Scene) -> None:
        self._scene = scene
        words, incident = scene.words, scene.incident
        panel = self.query_one("#timeline-main")
        kind = f" · {words.say(KIND_NAMES[self._kind])}" if self._kind else ""
        note = self.query_one("#note-line", Input)
        note.placeholder = words.t("Note… (Enter saves; “13:50 text” dates it back)")
        note.display = not scene.read_only
        lines, is_narrow = scene.board.timeline, self.app.size.width < NARROW
        seen = (
            len(lines),
            lines[-1].pos if lines else 0,
            incident and incident.id,
            self._kind,
            self._wanted,
            is_narrow,
        )
        if seen == self._seen:
            return
        self._seen = seen
        rows = self.query_one(EntryList)
        follow = rows.cursor >= len(rows.rows) - 1
        shown = [line for line in lines if self._wants(line, incident, words)]
        rows.show(EntryRows(shown, incident, words))
        if follow and len(rows.rows):
            rows.cursor = len(rows.rows) - 1
        some = words.t("{n} of {all}", n=len(shown), all=len(lines)) if len(shown) < len(lines) else ""
        # Where there is only a rule above, what is left out is told there.
        entitle(
            panel,
            words.t("Timeline") + kind + (f" · {some}" if some and is_narrow else ""),
            foot=some or words.tn("{n} entry", "{n} entries", len(shown)),
        )

    def _wants(self, line: Line, incident: Incident | None, words: Words) -> bool:
        if self._kind and line.recorded.data.kind != self._kind:
            return False
        if not self._wanted:
            return True
        data = line.recorded.data
        text = words.say(entry(line.recorded, incident).text)
        if isinstance(data, MentionEvent):
            text += f" {data.mention.author} {data.mention.url or ''}"
        return self._wanted.casefold() in f"{text} {line.recorded.actor}".casefold()

    def act(self, name: str) -> None:
        scene = self._scene
        if scene is None:
            return
        if name == "search":
            search = self.query_one("#timeline-search", Input)
            search.placeholder = scene.words.t("Search the timeline… (Esc clears)")
            search.display = True
            search.focus()
        elif name == "filter":
            self._kind = KINDS[(KINDS.index(self._kind) + 1) % len(KINDS)]
            self.look(scene)
        elif name == "correct":
            if scene.read_only:
                self.post_message(Told(say("This is a recording: it is read-only.")))
            elif (line := self._selected(scene)) is not None:
                dialog = NoteDialog(scene, corrects=entry(line.recorded, scene.incident))
                self.app.push_screen(dialog, self.passed_on)

    def _selected(self, scene: Scene) -> Line | None:
        """The line on which the cursor is."""
        id = self.query_one(EntryList).selected
        return next((line for line in reversed(scene.board.timeline) if line.recorded.id == id), None)

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        """The entry whole: a row cuts what is long."""
        from warroom.ui.dialogs.entry import EntryDialog

        message.stop()
        scene = self._scene
        if scene is not None and (line := self._selected(scene)) is not None:
            dialog = EntryDialog(scene, line, scene.board.timeline)
            self.app.push_screen(dialog, lambda correct: self.act("correct") if correct else None)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.input.id == "timeline-search" and self._scene is not None:
            self._wanted = event.value.strip()
            self.look(self._scene)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.input.id == "timeline-search":
            self.query_one(EntryList).focus()
            return
        scene = self._scene
        if scene is None:
            return
        now = scene.clock()
        text, happened = dated(event.value, now, scene.words)
        try:
            note = add_note(text, now=now, happened_at=happened)
        except Refused as refusal:
            self.post_message(Told(refusal.sentence, wrong=True))
            return

        def decide(_: Board) -> NoteAdded:
            return note

        event.input.clear()
        self.post_message(Act(decide, say("Noted")))

    def key_escape(self) -> None:
        """Esc leaves a text line; in the search it also clears it."""
        search = self.query_one("#timeline-search", Input)
        if search.display:
            search.clear()
            search.display = False
            self._wanted = ""
        self.query_one(EntryList).focus()
        if self._scene is not None:
            self.look(self._scene)

"""The statement desk's editor: a text that is read while it is written, and saved by itself."""

import asyncio
from collections.abc import Callable, Sequence
from typing import ClassVar

from msgspec.structs import replace
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from warroom.domain.checks.finding import Finding
from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.domain.statement import (
    Statement,
    digest,
    new_statement_id,
)
from warroom.domain.text import harmless
from warroom.services.desk import Desk, Draft, Reading
from warroom.services.room import Decision
from warroom.ui.draft import Wanted, draft_of, is_same, next_purpose, recorded, saved
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut
from warroom.ui.messages import Act, Failure, Told
from warroom.ui.scene import Scene
from warroom.ui.views.desk_lines import approval_lines, lengths_line, version_line
from warroom.ui.views.desk_rows import DeskRow, DeskRows, desk_rows, ways_to_mend
from warroom.ui.views.view import UNDECLARED, View
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.draft_area import DraftArea
from warroom.ui.widgets.row_list import NoRows, RowList
from warroom.ui.widgets.text_block import TextBlock, entitle

CHECK_AFTER = 0.3
SAVE_AFTER = 2.0
"""Seconds of stillness before the checks run, and before the draft is saved (architecture, section 4)."""
SAVE_AGAIN = 5.0
"""Seconds until what was typed in a crisis that is closed since, and could not be written, is tried again."""
AT_ONCE = 4_000
"""Characters that are read between two keys; a longer text is read beside them."""


class Editor(DraftArea):
    """The text. Letters are text here; Esc leaves it, and then letters act again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("editor.leave", "leave"),
        bind("editor.save", "save"),
        bind("editor.send", "desk('send')"),
        bind("editor.next", "desk('next')"),
    ]

    locked = False
    """Whether what was written here was taken away under the hands of who wrote it: the letters that still come belong
    to no other text, and act as no keys, until the editor is left."""

    async def _on_key(self, event: events.Key) -> None:
        if self.locked and event.is_printable:
            event.stop()
            event.prevent_default()

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        lettered = character is not None and character.isprintable()
        return (self.locked and lettered) or super().check_consume_key(key, character)

    def point(self, start: int, end: int) -> None:
        """Select the words between two positions of the text."""
        self.selection = Selection(self._place(start), self._place(end))

    def _place(self, index: int) -> tuple[int, int]:
        """Row and column of a position in the text."""
        before = self.text[:index]
        return before.count("\n"), len(before) - (before.rfind("\n") + 1)

    def action_leave(self) -> None:
        self.query_ancestor(EditingView).leave_editor()

    def action_save(self) -> None:
        self.query_ancestor(EditingView).save()

    def action_desk(self, act: str) -> None:
        self.query_ancestor(EditingView).act(act)


class CheckList(RowList):
    """The findings. Enter jumps to the words, or says yes, or overrides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("desk.edit", "desk('edit')"),
        bind("desk.send", "desk('send')"),
        bind("desk.approve", "desk('approve')"),
        bind("desk.publish", "desk('publish')"),
        bind("desk.override", "desk('override')"),
        bind("desk.yes", "desk('yes')"),
        bind("desk.settings", "desk('settings')"),
        bind("desk.library", "desk('library')"),
        bind("desk.new", "desk('new')"),
        bind("desk.other", "desk('other')"),
        bind("desk.merge", "desk('merge')"),
        bind("desk.next", "desk('next')"),
        bind("desk.facts", "screen.ledger"),
        bind("desk.links", "desk('links')"),
        bind("desk.correct", "desk('correct')"),
    ]

    def action_desk(self, act: str) -> None:
        self.query_ancestor(EditingView).act(act)


class EditingView(View):
    """The editor with what the checks say of it. Saves by itself after two seconds of stillness and when the focus
    leaves."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Container(id="desk-left"):
                yield ActionLine(id="version")
                yield Container(Editor(id="editor", soft_wrap=True), id="editor-panel", classes="panel")
                yield ActionLine(id="lengths")
            with Container(id="desk-right", classes="panel"):
                yield CheckList(id="checks", empty=self._no_text)
                yield TextBlock(id="finding")
                yield TextBlock(id="approval")

    def on_mount(self) -> None:
        self._scene: Scene | None = None
        self._editor: Editor | None = self.query_one(Editor)
        self._desk: Desk | None = None
        self._crisis: str | None = None
        """The crisis whose texts are on the desk."""
        self._draft = Draft()
        self._base: str | None = None
        """The digest of the recorded text that is in the editor; None where it is a new one."""
        self._kept: str | None = ""
        """What was recorded of the editor's text, or is on its way; None where a new text was begun beside others."""
        self._untouched = ""
        """What stood in the editor when a new text was begun: until a word of one's own is there, nothing is kept."""
        self._chosen = ""
        """The statement that somebody stepped to; empty where the desk shows the one at hand."""
        self._written_on: str | None = None
        """What the last save is written on, like `_base`."""
        self._waiting: list[tuple[Callable[[], None], bool]] = []
        """What is to be done once the save that is on its way is settled."""
        self._saves = 0
        """Saves on their way: until they are settled the editor is ahead of the log."""
        self._state = ""
        """"typed" while the editor holds more than was recorded, "unsaved" where that could not be recorded."""
        self._reading = Reading()
        self._wanted: Wanted | None = None
        self._reads_aside = False
        self._checking: Timer | None = None
        self._saving: Timer | None = None
        self._again: Timer | None = None
        """Until the words of a crisis that is closed are tried again."""

    def first_panel(self) -> Widget | None:
        return self.query_one(CheckList)

    @property
    def unsaved_text(self) -> str:
        """What stands in the editor and could not be recorded; empty where nothing is lost."""
        return self.query_one(Editor).text if self._state == "unsaved" else ""

    # --- looking ----------------------------------------------------------------------------------------

    def look(self, scene: Scene) -> None:
        self._scene = scene
        words, incident = scene.words, scene.incident
        self._desk = scene.desk
        entitle(self.query_one("#editor-panel"), words.t("Statement"))
        entitle(self.query_one("#desk-right"), words.t("Checks"))
        editor = self.query_one(Editor)
        if (id := incident.id if incident is not None else None) != self._crisis:
            self._forget(id)
        editor.locked = editor.locked and editor.has_focus
        editor.read_only = scene.read_only or incident is None or id != self._crisis or editor.locked
        if not editor.text:
            begins = "" if editor.read_only else _begins(scene, writing=editor.has_focus)
            if editor.locked:
                begins = words.t("The crisis was closed while you wrote. What you typed is kept there. Esc leaves.")
            elif incident is None and id == self._crisis:
                begins = words.t("What goes out in a crisis is written here.")
            editor.placeholder = Content(begins)
        if incident is None or id != self._crisis:
            told = words.t("No crisis is open: {key} declares one.", key=scene.key("console.declare"))
            if scene.read_only:
                told = words.say(UNDECLARED)
            if id != self._crisis:
                told = words.t("First, what was typed last is kept with the crisis before.")
            self.query_one("#version", ActionLine).show(lambda width: [Part(" " + cut(told, width - 1), "$muted")])
            self.query_one(CheckList).show(NoRows())
            return
        self._load(scene, incident)
        self._read(scene, incident)
        self._paint(scene, incident)

    def _no_text(self, width: int) -> Sequence[Part]:
        """What will stand among the checks, while there is nothing to be checked."""
        scene = self._scene
        if scene is None or scene.incident is not None:
            return []
        told = scene.words.t("What the checks find in it will stand here, and who has to approve it.")
        return [Part(told, "$muted")]

    def _forget(self, crisis: str | None) -> None:
        """Another crisis, or none: the texts of the one before are not in it, and what was typed last goes with them.

        Until it is kept there the desk stays as it is, and nothing more is typed.
        """
        if self._about is not None and not self._is_untouched:
            if not self._state and self.query_one(Editor).text != (self._kept or ""):
                self._state = "typed"  # those were the last keys before the news, and nobody looked at them yet
            if not self._saves and self._again is None:
                self.save()
            if self._state or self._saves:
                return
        editor = self.query_one(Editor)
        editor.locked = editor.has_focus and self._crisis is not None
        self._state, self._crisis = "", crisis
        self._draft, self._base, self._kept = Draft(), None, ""
        self._untouched = self._chosen = ""
        self._wanted, self._reading = None, Reading()
        editor.load_text("")
        self.query_one("#lengths", ActionLine).show(lambda width: ())
        self.query_one("#approval", TextBlock).show([])

    def _load(self, scene: Scene, incident: Incident) -> None:
        """Put what is recorded into the editor, unless somebody is typing here.

        A text of ours that stands beside somebody else's stays here until the two are brought together.
        """
        if self._state or self._saves:
            return
        # Under the hands of who edits, no other statement takes its place.
        edited = incident.statements.get(self._draft.statement or "") if self.query_one(Editor).has_focus else None
        statement = edited or self._at_hand(incident)
        if statement is None:
            if self._draft.statement is None and not self._draft.lang:
                self._draft = scene.desk.begin(incident, next_purpose(incident))
            return
        kept = recorded(statement, self._base) if statement.id == self._draft.statement else None
        revision = kept or statement.head
        self._draft = draft_of(statement, revision)
        if kept is not None:
            return
        self._base, self._kept = revision.digest, harmless(revision.text)
        editor = self.query_one(Editor)
        if editor.text != self._kept:
            editor.load_text(self._kept)

    def _at_hand(self, incident: Incident) -> Statement | None:
        """The statement that the desk shows and its keys act on."""
        return incident.statements.get(self._chosen) or incident.statement

    def _paint(self, scene: Scene, incident: Incident) -> None:
        """Everything that is shown of the draft, from what was read of it last."""
        draft, state, reading = self._draft, self._state, self._reading
        text = self.query_one(Editor).text
        statement = incident.statements.get(draft.statement or "")
        self.query_one("#version", ActionLine).show(lambda width: version_line(scene, incident, draft, state, width))
        self.query_one("#lengths", ActionLine).show(
            lambda width: lengths_line(scene.words, text, reading.lengths, width)
        )
        same = statement if statement is not None and self._is_head(statement, text) else None
        self.query_one(CheckList).show(desk_rows(scene, incident, draft, reading, same))
        self._told()
        self.query_one("#approval", TextBlock).show(approval_lines(scene, incident, statement))

    def _is_head(self, statement: Statement, text: str) -> bool:
        """Whether the editor shows the recorded head, so that its answers and overrides hold."""
        return not self._state and self._base == statement.head.digest and self._kept == text

    # --- reading ----------------------------------------------------------------------------------------

    def _read(self, scene: Scene, incident: Incident) -> None:
        """Run the checks on the text as it stands in the editor, if anything they depend on has changed.

        A text too long to be read between two keys is read in a thread, one reading at a time; the next key waits for
        none of them, and what is shown meanwhile is the last one that is done.
        """
        text = self.query_one(Editor).text
        statement = incident.statements.get(self._draft.statement or "")
        same = statement is not None and self._is_head(statement, text)
        answered = statement.answered() if statement is not None and same else frozenset()
        wanted = Wanted(text, self._draft, incident, answered, scene.minute)
        if self._wanted is not None and is_same(wanted, self._wanted):
            return
        self._wanted = wanted
        if len(text) <= AT_ONCE:
            self._reading = scene.desk.read(text, wanted.draft, incident, scene.now, answered)
        elif not self._reads_aside:
            self._reads_aside = True
            self.run_worker(self._read_aside(scene), group="reading")

    async def _read_aside(self, scene: Scene) -> None:
        """Read what is wanted, again and again until nothing else is wanted."""
        done: Wanted | None = None
        try:
            while (wanted := self._wanted) is not None and wanted is not done and len(wanted.text) > AT_ONCE:
                read, now = scene.desk.read, (self._scene or scene).now
                self._reading = await asyncio.to_thread(
                    read, wanted.text, wanted.draft, wanted.incident, now, wanted.answered
                )
                done = wanted
                now_open = self._scene.incident if self._scene is not None else None
                if self._scene is not None and now_open is not None and now_open.id == self._crisis:
                    self._paint(self._scene, now_open)
        finally:
            self._reads_aside = False

    def _told(self) -> None:
        """The selected finding in full, and how it was decided."""
        scene = self._scene
        box = self.query_one("#finding", TextBlock)
        row = self._row()
        finding = row.finding if row is not None else None
        box.display = finding is not None
        if scene is None or row is None or finding is None:
            return
        t = scene.words.t
        yes = scene.key("desk.yes")
        how = t("a person decides: {key} says yes, by name", key=yes) if finding.asks else t("rule")
        parts = [
            Part(f"{finding.check} ", "bold", hangs=True),
            Part(f"{harmless(scene.words.say(finding.reason))}\n"),
            *ways_to_mend(scene, finding, blocks=row.blocks),
            Part(f"{how} · {harmless(finding.source)}", "$muted"),
        ]
        box.show(parts)

    def _row(self) -> DeskRow | None:
        """The row that is selected among the checks."""
        checks = self.query_one(CheckList)
        return checks.rows.row(checks.selected) if isinstance(checks.rows, DeskRows) else None

    def _selected(self) -> Finding | None:
        row = self._row()
        return row.finding if row is not None else None

    # --- writing ----------------------------------------------------------------------------------------

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self._crisis is None:
            return
        differs = event.text_area.text != self._kept
        self._state = ("unsaved" if self._state == "unsaved" else "typed") if differs else ""
        for timer in (self._checking, self._saving):
            if timer is not None:
                timer.stop()
        self._checking = self.set_timer(CHECK_AFTER, self._check_now)
        self._saving = self.set_timer(SAVE_AFTER, self.save) if differs and not self._is_untouched else None

    def _check_now(self) -> None:
        scene = self._scene
        if scene is not None and scene.incident is not None and scene.incident.id == self._crisis:
            self._read(scene, scene.incident)
            self._paint(scene, scene.incident)

    def on_descendant_blur(self) -> None:
        if not self._is_untouched:
            self.save()
        else:
            self.call_after_refresh(self._put_away)
        if self.query_one(Editor).locked and self._scene is not None:
            self.call_after_refresh(self.look, self._scene)

    @property
    def _is_untouched(self) -> bool:
        """Whether the editor holds a new text without a word of one's own."""
        return (
            self._kept is None
            and self._editor is not None
            and self._editor.text.strip() in ("", self._untouched.strip())
        )

    @property
    def _about(self) -> Incident | None:
        """The crisis whose texts are on the desk, as it stands now; it may be closed since."""
        if self._scene is None or self._scene.read_only or self._crisis is None:
            return None
        return self._scene.board.incidents.get(self._crisis)

    def _is_empty_and_new(self, text: str) -> bool:
        """Whether there is nothing to record: no word, and no statement that a word was taken from."""
        incident = self._about
        known = incident is not None and (self._draft.statement in incident.statements or self._saves > 0)
        return not known and not text.strip()

    def _put_away(self) -> None:
        """Where a new text is left before anything is written, the statement at hand is shown again."""
        scene = self._scene
        # A terminal that loses the focus takes it from the editor for that time: nobody has left it.
        left = self.app.app_focus and self.app.screen is self.screen and not self.query_one(Editor).has_focus
        if scene is None or scene.incident is None or not left or not self._is_untouched:
            return
        self._state, self._kept, self._untouched, self._draft, self._base = "", "", "", Draft(), None
        self.query_one(Editor).load_text("")
        self._load(scene, scene.incident)
        self._check_now()

    def save(self, then: Callable[[], None] | None = None, *, anyway: bool = False) -> None:
        """Save the draft, if anything changed; `then` is done once nothing is left unsaved, and not where it is unless
        `anyway`.

        It is written on the text that was in the editor (`base`): where somebody else has saved since, ours stands
        beside theirs. Where the crisis was closed meanwhile it is a draft there, and never in the next one.
        """
        incident = self._about
        if incident is None or not self._state:
            if then is not None and self._saves:
                self._waiting.append((then, anyway))
            elif then is not None:
                then()
            return
        text, before = self.query_one(Editor).text, self._base
        if self._is_empty_and_new(text):
            # A text begun beside others stays on the desk; else what goes with the first word waits for it.
            self._state = "typed" if self._kept is None else ""
            if then is not None:
                then()
            return
        if self._draft.statement is None:
            self._draft = replace(self._draft.begun(new_statement_id(incident.statements)), lang=self._lang())
        draft, crisis = self._draft, incident.id
        mark = digest(text, draft.networks, draft.lang, draft.spokesperson, draft.facts)
        self._base, self._kept, self._state = mark, text, ""
        self._written_on = before
        self._saves += 1

        def settled(why: Failure | None) -> None:
            """Where it could not be written, the words stay, and what they were written on."""
            self._saves -= 1
            if why is not None:
                self._state = "unsaved"
                if not incident.is_open:
                    self._again = self.set_timer(SAVE_AGAIN, self._save_again)
                if self._base == mark:
                    self._base, self._kept = before, ""
            waiting, self._waiting = self._waiting, []
            for go_on, whatever in [*([] if then is None else [(then, anyway)]), *waiting]:
                if why is None or whatever:
                    go_on()

        done = say("Saved")
        if not incident.is_open:
            done = say("“{title}” is closed: what you typed last is kept there, as a draft.", title=incident.title)
        act = Act(
            lambda board: saved(board, crisis, draft, text, before), done, inc=crisis, settled=settled, keeps=True
        )
        self.post_message(act)

    def _save_again(self) -> None:
        self._again = None
        self.save()

    def last_words(self) -> tuple[Decision, str] | None:
        """What still has to be written where the console ends without being asked, and in which crisis; its widgets
        may be gone."""
        incident = self._about
        if self._editor is None or incident is None:
            return None
        if not self._state and not self._saves:
            return None
        # A save that was on its way may never have come to the log.
        before = self._written_on if self._saves else self._base
        draft, text = self._draft, self._editor.text
        if self._is_untouched or self._is_empty_and_new(text):
            return None
        if draft.statement is None:
            draft = replace(draft.begun(new_statement_id(incident.statements)), lang=self._lang())
        return lambda board: saved(board, incident.id, draft, text, before), incident.id

    def _lang(self) -> str:
        return self._draft.lang or (self._desk.settings.lang if self._desk is not None else "")

    def leave_editor(self) -> None:
        if not self._is_untouched:
            self.save()
        self.query_one(CheckList).focus()

    # --- acts -------------------------------------------------------------------------------------------

    def act(self, name: str) -> None:
        scene = self._scene
        if scene is None or scene.incident is None:
            self.post_message(Told(say("No crisis is open.")))
            return
        if scene.incident.id != self._crisis:
            self.post_message(Told(say("First, what was typed last is kept with the crisis before.")))
            return
        if scene.read_only:
            self.post_message(Told(say("This is a recording: it is read-only.")))
            return
        getattr(self, f"_{name}")(scene, scene.incident)

    def on_row_list_opened(self) -> None:
        """Enter jumps to the words concerned, or opens what the row is about; without either, it edits."""
        checks, editor = self.query_one(CheckList), self.query_one(Editor)
        row = checks.rows.row(checks.selected) if isinstance(checks.rows, DeskRows) else None
        if row is not None and row.opens:
            self.act(row.opens)
            return
        if row is not None and (span := row.span) is not None:
            editor.point(*span)
        editor.focus()

    def on_row_list_moved(self) -> None:
        self._told()
        # What is told of a finding takes room from the list, and its own row must not fall below the edge.
        self.query_one(CheckList).keep_in_sight()


def _begins(scene: Scene, *, writing: bool) -> str:
    """What will stand in an empty statement, and the keys that begin it."""
    t, library = scene.words.t, scene.key("desk.library")
    told = t("What we know, what we do, what people can do, when they hear from us again.")
    if writing:
        keys = t("Write here. Esc and then {library} puts a prepared text.", library=library)
    else:
        keys = t("{edit} writes; {library} puts a prepared text here.", edit=scene.key("desk.edit"), library=library)
    return f"{told}\n\n{keys}"

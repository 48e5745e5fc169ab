"""The statement desk's editor: a text that is read while it is written, and saved by itself."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea

from warroom.domain.checks.finding import Finding
from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.domain.statement import Statement
from warroom.domain.text import harmless
from warroom.services.cited import cited
from warroom.services.desk import Desk
from warroom.services.room import Decision
from warroom.ui.checking import Checking, Wanted
from warroom.ui.draft import draft_of, next_purpose, recorded
from warroom.ui.line import Part, cut
from warroom.ui.messages import Act, Failure, Told
from warroom.ui.scene import Scene
from warroom.ui.views.desk_lines import approval_lines, lengths_line, version_line
from warroom.ui.views.desk_panels import CheckList, Editor
from warroom.ui.views.desk_rows import DeskRow, DeskRows, desk_rows, ways_to_mend
from warroom.ui.views.view import UNDECLARED, View
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.row_list import NoRows
from warroom.ui.widgets.text_block import TextBlock, entitle
from warroom.ui.written import Save, Written

CHECK_AFTER = 0.3
SAVE_AFTER = 2.0
"""Seconds of stillness before the checks run, and before the draft is saved (architecture, section 4)."""
SAVE_WITHIN = 10.0
"""Seconds after which the draft is saved although its writer never stops: so much is lost at most with the power."""
SAVE_AGAIN = 5.0
"""Seconds until what was typed in a crisis that is closed since, and could not be written, is tried again."""
Waiting: TypeAlias = tuple[Callable[[], None], bool]
"""What is to be done once a save has come back, and whether also where it could not be written."""


class EditingView(View):
    """The editor with what the checks say of it. Saves by itself after two seconds of stillness, every ten seconds of
    writing, and when the focus leaves."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Container(id="desk-left"):
                yield ActionLine(id="version")
                yield Container(Editor(self, "editor"), id="editor-panel", classes="panel")
                yield ActionLine(id="lengths")
            with Container(id="desk-right", classes="panel"):
                yield CheckList(self, "checks", empty=self._no_text)
                yield TextBlock(id="finding")
                yield TextBlock(id="approval")

    def on_mount(self) -> None:
        self._scene: Scene | None = None
        self._editor: Editor | None = self.query_one(Editor)
        self._desk: Desk | None = None
        self._crisis: str | None = None
        """The crisis whose texts are on the desk."""
        self._written = Written()
        self._chosen = ""
        """The statement that somebody stepped to; empty where the desk shows the one at hand."""
        self._waiting: list[Waiting] = []
        """What is to be done once the save that is on its way is settled."""
        self._checks = Checking()
        self._checking: Timer | None = None
        self._saving: Timer | None = None
        self._meanwhile: Timer | None = None
        self._again: Timer | None = None
        """Until the words of a crisis that is closed are tried again."""

    def first_panel(self) -> Widget | None:
        return self.query_one(CheckList)

    @property
    def unsaved_text(self) -> str:
        """What stands in the editor and could not be recorded; empty where nothing is lost."""
        return self.query_one(Editor).text if self._written.state == "unsaved" else ""

    # --- looking ----------------------------------------------------------------------------------------

    def look(self, scene: Scene) -> None:
        self._scene, self._desk = scene, scene.desk
        words, incident = scene.words, scene.incident
        entitle(self.query_one("#editor-panel"), words.t("Statement"))
        entitle(self.query_one("#desk-right"), words.t("Checks"))
        editor = self.query_one(Editor)
        if (id := incident.id if incident is not None else None) != self._crisis:
            self._forget(id)
        editor.locked = editor.locked and editor.has_focus
        editor.read_only = scene.read_only or incident is None or id != self._crisis or editor.locked
        if not editor.text:
            editor.placeholder = Content(self._hint(scene, editor))
        if incident is None or id != self._crisis:
            told = self._why_not(scene)
            self.query_one("#version", ActionLine).show(lambda width: [Part(" " + cut(told, width - 1), "$muted")])
            self.query_one(CheckList).show(NoRows())
            return
        self._load(scene, incident)
        self._read(scene, incident)
        self._paint(scene, incident)

    def _hint(self, scene: Scene, editor: Editor) -> str:
        """What stands in an editor without a word."""
        t = scene.words.t
        if editor.locked:
            return t("The crisis was closed while you wrote. What you typed is kept there. Esc leaves.")
        if scene.incident is None and self._crisis is None:
            return t("What goes out in a crisis is written here.")
        return "" if editor.read_only else _begins(scene, writing=editor.has_focus)

    def _why_not(self, scene: Scene) -> str:
        """Why nothing can be written now."""
        if self._crisis != (scene.incident.id if scene.incident is not None else None):
            return scene.words.t("First, what was typed last is kept with the crisis before.")
        if scene.read_only:
            return scene.words.say(UNDECLARED)
        return scene.words.t("No crisis is open: {key} declares one.", key=scene.key("console.declare"))

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
            if not self._written.state and (text := self.query_one(Editor).text) != (self._written.kept or ""):
                self._written.typed(text)  # those were the last keys before the news, and nobody looked at them yet
            if not self._written.saves and self._again is None:
                self.save()
            if not self._written.is_recorded:
                return
        editor = self.query_one(Editor)
        editor.locked = editor.has_focus and self._crisis is not None
        self._written.clear()
        self._crisis, self._chosen = crisis, ""
        self._checks.clear()
        editor.load_text("")
        self.query_one("#lengths", ActionLine).show(lambda width: ())
        self.query_one("#approval", TextBlock).show([])

    def _load(self, scene: Scene, incident: Incident) -> None:
        """Put what is recorded into the editor, unless somebody is typing here.

        A text of ours that stands beside somebody else's stays here until the two are brought together.
        """
        written, editor = self._written, self.query_one(Editor)
        if not written.is_recorded:
            return
        # Under the hands of who edits, no other statement takes its place.
        edited = incident.statements.get(written.draft.statement or "") if editor.has_focus else None
        statement = edited or self._at_hand(incident)
        if statement is None:
            if written.draft.statement is None and not written.draft.lang:
                written.draft = scene.desk.begin(incident, next_purpose(incident))
            return
        kept = recorded(statement, written.base) if statement.id == written.draft.statement else None
        revision = kept or statement.head
        written.draft = draft_of(statement, revision)
        if kept is None and editor.text != (text := written.show(revision)):
            editor.load_text(text)

    def _at_hand(self, incident: Incident) -> Statement | None:
        """The statement that the desk shows and its keys act on."""
        return incident.statements.get(self._chosen) or incident.statement

    def _paint(self, scene: Scene, incident: Incident) -> None:
        """Everything that is shown of the draft, from what was read of it last."""
        draft, state, reading = self._written.draft, self._written.state, self._checks.reading
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
        written = self._written
        return not written.state and written.base == statement.head.digest and written.kept == text

    # --- reading ----------------------------------------------------------------------------------------

    def _read(self, scene: Scene, incident: Incident) -> None:
        """Have the checks read the text as it stands in the editor."""
        text = self.query_one(Editor).text
        statement = incident.statements.get(self._written.draft.statement or "")
        same = statement is not None and self._is_head(statement, text)
        answered = statement.answered() if statement is not None and same else frozenset()
        if self._checks.look(Wanted(text, self._written.draft, incident, answered, scene.minute), scene):
            self.run_worker(self._checks.aside(lambda: self._scene or scene, self._paint_again), group="reading")

    def _paint_again(self) -> None:
        """What was read is there; the crisis may be another one by now."""
        scene = self._scene
        if scene is not None and scene.incident is not None and scene.incident.id == self._crisis:
            self._paint(scene, scene.incident)

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
            Part(f"{how} · {harmless(cited(finding.source, scene.words))}", "$muted"),
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
        differs = self._written.typed(event.text_area.text)
        for timer in (self._checking, self._saving):
            if timer is not None:
                timer.stop()
        self._checking = self.set_timer(CHECK_AFTER, self._check_now)
        self._saving = self.set_timer(SAVE_AFTER, self.save) if differs and not self._is_untouched else None
        if self._saving is not None and self._meanwhile is None:
            self._meanwhile = self.set_timer(SAVE_WITHIN, self._save_meanwhile)

    def _save_meanwhile(self) -> None:
        self._meanwhile = None
        self.save()

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
        return self._editor is not None and self._written.is_untouched(self._editor.text)

    @property
    def _about(self) -> Incident | None:
        """The crisis whose texts are on the desk, as it stands now; it may be closed since."""
        if self._scene is None or self._scene.read_only or self._crisis is None:
            return None
        return self._scene.board.incidents.get(self._crisis)

    def _put_away(self) -> None:
        """Where a new text is left before anything is written, the statement at hand is shown again."""
        scene = self._scene
        # A terminal that loses the focus takes it from the editor for that time: nobody has left it.
        left = self.app.app_focus and self.app.screen is self.screen and not self.query_one(Editor).has_focus
        if scene is None or scene.incident is None or not left or not self._is_untouched:
            return
        self._written.clear()
        self.query_one(Editor).load_text("")
        self._load(scene, scene.incident)
        self._check_now()

    def save(self, then: Callable[[], None] | None = None, *, anyway: bool = False) -> None:
        """Save the draft, if anything changed; `then` is done once nothing is left unsaved, and not where it is unless
        `anyway`.

        It is written on the text that was in the editor (`base`): where somebody else has saved since, ours stands
        beside theirs. Where the crisis was closed meanwhile it is a draft there, and never in the next one.
        """
        incident, written = self._about, self._written
        if incident is None or not written.state:
            if then is not None and written.saves:
                self._waiting.append((then, anyway))
            elif then is not None:
                then()
            return
        text = self.query_one(Editor).text
        if written.is_nothing(text, incident):
            # A text begun beside others stays on the desk; else what goes with the first word waits for it.
            written.state = "typed" if written.kept is None else ""
            if then is not None:
                then()
            return
        save = written.save(text, incident, self._lang())
        self._send_on(save, incident, [] if then is None else [(then, anyway)])

    def _send_on(self, save: Save, incident: Incident, after: list[Waiting]) -> None:
        """Have a save written; `after` is done once it comes back, and what has come to wait for it."""

        def settled(why: Failure | None) -> None:
            self._written.settle(save, done=why is None)
            if why is not None and not incident.is_open:
                self._again = self.set_timer(SAVE_AGAIN, self._save_again)
            waiting, self._waiting = [*after, *self._waiting], []
            for go_on, whatever in waiting:
                if why is None or whatever:
                    go_on()

        done = say("Saved")
        if not incident.is_open:
            done = say("“{title}” is closed: what you typed last is kept there, as a draft.", title=incident.title)
        self.post_message(Act(save.decide, done, inc=save.inc, settled=settled, keeps=True))

    def _save_again(self) -> None:
        self._again = None
        self.save()

    def last_words(self) -> tuple[Decision, str] | None:
        """What still has to be written where the console ends without being asked, and in which crisis; its widgets
        may be gone."""
        incident = self._about
        if self._editor is None or incident is None:
            return None
        save = self._written.last(self._editor.text, incident, self._lang())
        return (save.decide, save.inc) if save is not None else None

    def _lang(self) -> str:
        """The language of a text that has none of its own yet."""
        return self._written.draft.lang or (self._desk.settings.lang if self._desk is not None else "")

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

"""The statement desk: the editor at the left, what the checks say and who has approved at the right."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from warroom.domain.approval import send, standing
from warroom.domain.board import Board
from warroom.domain.checks.finding import GROUPS, Finding
from warroom.domain.corrections import uncorrected
from warroom.domain.events import AnyEvent, StatementKind, StatementRevised
from warroom.domain.incident import Incident, must_know_objectives
from warroom.domain.prepared import Prepared
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Statement, add_link, answer_check, new_statement_id, override, revise
from warroom.domain.text import one_line
from warroom.services.desk import Desk, Draft, correction_of
from warroom.services.entries import PURPOSES
from warroom.services.words import Words
from warroom.ui.dialogs.ask import AskDialog, Field
from warroom.ui.line import Part, clip, cut, spread, width_of
from warroom.ui.messages import Act, Told
from warroom.ui.scene import Scene
from warroom.ui.views.view import View
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.row_list import NoRows, RowList
from warroom.ui.widgets.text_block import TextBlock, entitle

CHECK_AFTER = 0.3
SAVE_AFTER = 2.0
"""Seconds of stillness before the checks run, and before the draft is saved (architecture, section 4)."""
GROUP_NAMES = {
    "objective": say("Objective"),
    "voice": say("Voice"),
    "pertinence": say("Pertinence"),
    "spokesperson": say("Spokesperson"),
    "timing": say("Timing"),
    "accountability": say("Accountability"),
}
GAP = re.compile(r"\[[^\[\]\n]+\]")
LEVELS = {"B": ("✕", "bold $error"), "W": ("!", "bold $warning"), "I": ("i", "$primary")}


class Editor(TextArea):
    """The text. Letters are text here; Esc leaves it, and then letters act again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Leave editor"),
        Binding("ctrl+s", "save", "Save"),
        Binding("f2", "desk('send')", "Send to approve"),
        Binding("f6", "desk('next')", "Next check"),
    ]

    def point(self, start: int, end: int) -> None:
        """Select the words between two positions of the text."""
        self.selection = Selection(self._place(start), self._place(end))

    def _place(self, index: int) -> tuple[int, int]:
        """Row and column of a position in the text."""
        before = self.text[:index]
        return before.count("\n"), len(before) - (before.rfind("\n") + 1)

    def action_leave(self) -> None:
        self.query_ancestor(StatementView).leave_editor()

    def action_save(self) -> None:
        self.query_ancestor(StatementView).save()

    def action_desk(self, act: str) -> None:
        self.query_ancestor(StatementView).act(act)


class CheckRows:
    """The six groups, each with the worst of its findings and their reasons."""

    def __init__(self, findings: Sequence[Finding], statement: Statement | None, words: Words) -> None:
        self._words = words
        self._overridden = statement.overridden() if statement is not None else frozenset()
        self._rows: list[tuple[str, Finding | None]] = []
        for group in GROUPS:
            self._rows.append((group, None))
            self._rows += [(group, finding) for finding in findings if finding.group == group]
        self.findings = findings

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, index: int) -> str:
        group, finding = self._rows[index]
        return group if finding is None else f"{group}/{finding.check}/{finding.start}"

    def finding(self, key: str) -> Finding | None:
        return next((row[1] for i, row in enumerate(self._rows) if self.key(i) == key), None)

    def selectable(self, index: int) -> bool:
        return self._rows[index][1] is not None

    def line(self, index: int, width: int) -> Sequence[Part]:
        group, finding = self._rows[index]
        if finding is None:
            found = [f for f in self.findings if f.group == group and f.check not in self._overridden]
            worst = min((f.level for f in found), key="BWI".index, default=None)
            glyph, style = LEVELS[worst] if worst is not None else ("✓", "$success")
            return [Part(f"{glyph} ", style), Part(self._words.say(GROUP_NAMES[group]), "bold")]
        reason: str = one_line(self._words.say(finding.reason))
        if finding.check in self._overridden:
            reason = f"{self._words.t('overridden')}: {reason}"
        style = "$muted" if finding.check in self._overridden or finding.level != "B" else ""
        return clip([Part(f"  {finding.check} ", "$muted"), Part(cut(reason, width - 5), style)], width)


class CheckList(RowList):
    """The findings. Enter jumps to the words, or says yes, or overrides."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "desk('edit')", "Edit"),
        Binding("f2", "desk('send')", "Send to approve"),
        Binding("a", "desk('approve')", "Approve"),
        Binding("p", "desk('publish')", "Publish"),
        Binding("o", "desk('override')", "Override"),
        Binding("y", "desk('yes')", "Say yes"),
        Binding("t", "desk('settings')", "Kind, networks"),
        Binding("w", "desk('new')", "New text"),
        Binding("f6", "desk('next')", "Next check", show=False),
        Binding("f", "screen.ledger", "Facts"),
        Binding("c", "desk('correct')", "Correct", show=False),
    ]

    def action_desk(self, act: str) -> None:
        self.query_ancestor(StatementView).act(act)


class StatementView(View):
    """Draft, checks, approval. Saves by itself after two seconds of stillness and when the focus leaves."""

    def compose(self) -> ComposeResult:
        with Horizontal():
            with Container(id="desk-left"):
                yield ActionLine(id="version")
                yield Container(Editor(id="editor", soft_wrap=True), id="editor-panel", classes="panel")
                yield ActionLine(id="lengths")
            with Container(id="desk-right", classes="panel"):
                yield CheckList(id="checks")
                yield TextBlock(id="finding")
                yield TextBlock(id="approval")

    def on_mount(self) -> None:
        self._scene: Scene | None = None
        self._desk: Desk | None = None
        self._draft = Draft()
        self._loaded: tuple[str, int, str] | None = None
        self._findings: Sequence[Finding] = ()
        self._checking: Timer | None = None
        self._saving: Timer | None = None
        self._typed = False

    def first_panel(self) -> Widget | None:
        return self.query_one(CheckList)

    # --- looking ----------------------------------------------------------------------------------------

    def look(self, scene: Scene) -> None:
        self._scene = scene
        words, incident = scene.words, scene.incident
        self._desk = scene.desk
        entitle(self.query_one("#editor-panel"), words.t("Statement"))
        entitle(self.query_one("#desk-right"), words.t("Checks"))
        editor = self.query_one(Editor)
        editor.read_only = scene.read_only or incident is None
        if incident is None:
            self.query_one("#version", ActionLine).show(
                lambda width: [
                    Part(" " + words.t("No crisis is open. Statements begin with the declaration."), "$muted")
                ]
            )
            self.query_one(CheckList).show(NoRows())
            return
        self._load(incident)
        self.query_one("#version", ActionLine).show(lambda width: self._version(scene, incident, width))
        self.query_one("#lengths", ActionLine).show(lambda width: self._lengths(scene, width))
        self._judge(scene, incident)
        self.query_one("#approval", TextBlock).show(self._approval(scene, incident))

    def _load(self, incident: Incident) -> None:
        """Put the recorded draft into the editor, unless somebody is typing here."""
        statement = incident.statement
        if statement is None or self._typed:
            return
        head = statement.head
        mark = (statement.id, head.number, head.digest)
        if mark == self._loaded:
            return
        self._loaded = mark
        self._draft = Draft.of(statement)
        editor = self.query_one(Editor)
        if editor.text != head.text:
            editor.load_text(head.text)

    def _version(self, scene: Scene, incident: Incident, width: int) -> list[Part]:
        words, statement, draft = scene.words, incident.statement, self._draft
        t = words.t
        name = words.say(PURPOSES[draft.purpose])
        if statement is None or draft.statement is None:
            left = [Part(" " + t("New: {kind}", kind=name), "bold"), Part(f"  {t('not saved yet')}", "$muted")]
        else:
            head = statement.head
            left = [Part(f" v{head.number} ", "bold"), Part(f"{name} · ", "$muted")]
            state = t("saved {time}", time=words.clock_s(head.at))
            if self._typed:
                state = t("typing…")
            elif statement.is_published:
                state = t("published")
            elif standing(incident, statement, scene.now).awaits:
                state = t("waiting for approval")
            elif statement.approval is not None:
                state = t("approved by {who}", who=one_line(statement.approval.by))
            left.append(Part(state, "$muted"))
        spokes = incident.person(draft.spokesperson)
        speaks = one_line(spokes.name if spokes is not None else draft.spokesperson) or t("nobody named")
        right = [Part("  " + t("voice:") + " ", "$muted"), Part(f"{speaks} ", "$accent")]
        if width_of([*left, *right]) > width:
            right = [Part(f"  {draft.spokesperson} ", "$accent")]
        return spread(left, right, width)

    def _lengths(self, scene: Scene, width: int) -> list[Part]:
        """Characters, and how the text fits each network: those it does not fit come first."""
        assert self._desk is not None
        words, text = scene.words, self.query_one(Editor).text
        parts = [Part(f" {words.number(len(text))}", "bold"), Part(f" {words.t('characters')}  ", "$muted")]
        for network, measure in self._desk.lengths(text, self._draft.networks):
            fit = (
                Part("✓ ", "$success")
                if measure.parts <= 1 and measure.fits
                else Part(f"{measure.parts}× ", "$warning")
            )
            if not measure.fits:
                fit = Part("✕ ", "bold $error")
            if width_of(parts) + len(network) + 5 > width:
                break
            parts += [Part(f" {words.t(network)} ", "bold"), fit]
        return parts

    def _judge(self, scene: Scene, incident: Incident) -> None:
        """Run the checks on the text as it stands in the editor."""
        assert self._desk is not None
        text = self.query_one(Editor).text
        statement = incident.statements.get(self._draft.statement or "")
        same = statement is not None and statement.head.text == text
        answered = statement.answered() if statement is not None and same else frozenset()
        self._findings = self._desk.judge(text, self._draft, incident, scene.now, answered) if text.strip() else ()
        rows = CheckRows(self._findings, statement if same else None, scene.words)
        self.query_one(CheckList).show(rows)
        self._told()

    def _told(self) -> None:
        """The selected finding in full, and how it was decided."""
        scene = self._scene
        box = self.query_one("#finding", TextBlock)
        finding = self._selected()
        box.display = finding is not None
        if scene is None or finding is None:
            return
        t = scene.words.t
        how = t("a person decides: y says yes, by name") if finding.asks else t("rule")
        parts = [
            Part(f"{finding.check} ", "bold"),
            Part(f"{one_line(scene.words.say(finding.reason))}\n"),
            Part(f"{how} · {one_line(finding.source)}", "$muted"),
        ]
        box.show(parts)

    def _selected(self) -> Finding | None:
        checks = self.query_one(CheckList)
        rows = checks.rows
        return rows.finding(checks.selected) if isinstance(rows, CheckRows) and checks.selected else None

    def _approval(self, scene: Scene, incident: Incident) -> list[Part]:
        """Who was asked, who said yes to which text, what voids it; then what the keys would do."""
        words, statement = scene.words, incident.statement
        t = words.t
        parts = [Part(t("Approval") + "\n", "bold $primary")]

        def who(initials: str) -> str:
            known = incident.person(initials)
            return one_line(known.name if known is not None else initials)

        if statement is None:
            parts.append(Part(t("Nothing to approve yet.") + "\n", "$muted"))
        else:
            approval, voided = statement.approval, statement.voided
            if approval is not None:
                how = t("self-approved") if approval.solo else t("approved")
                parts += [Part("✓ ", "$success"), Part(who(approval.by), "bold")]
                parts.append(Part(f" {how} v{approval.revision} {words.clock(approval.at)}\n"))
            elif statement.awaits_approval:
                sent = statement.submissions[-1]
                asked = who(sent.to) if sent.to else t("somebody else than the author")
                since = words.span(max(timedelta(0), scene.now - sent.at))
                parts += [Part("● ", "bold $warning"), Part(asked, "bold")]
                parts.append(Part(" " + t("asked {time}, {ago} ago", time=words.clock(sent.at), ago=since) + "\n"))
            if voided is not None:
                told = t("approved v{old}; v{new} voids it", old=voided.revision, new=statement.head.number)
                parts += [Part("✕ ", "bold $error"), Part(who(voided.by), "bold"), Part(f" {told}\n")]
            for back in statement.sent_back[-1:]:
                told = t("v{n} sent back: {reason}", n=back.revision, reason=one_line(back.reason))
                parts += [Part("↩ ", "$warning"), Part(f"{told}\n")]
            for out in statement.publications[-1:]:
                places = ", ".join(place.network for place in out.places)
                told = t("published {time} on {places}", time=words.clock(out.published_at), places=places)
                parts += [Part("¶ ", "bold $primary"), Part(f"{told}\n")]
                if out.links_missing:
                    missing = t("link missing: {networks}", networks=", ".join(out.links_missing))
                    parts += [Part("! ", "bold $warning"), Part(f"{missing}\n")]
        if incident.objectives_at is None:
            parts += [Part("! ", "bold $warning"), Part(t("Confirm the objectives first (3, then o).") + "\n")]
        return parts

    # --- writing ----------------------------------------------------------------------------------------

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        scene = self._scene
        if scene is None or scene.incident is None:
            return
        head = scene.incident.statements.get(self._draft.statement or "")
        self._typed = event.text_area.text != (head.head.text if head is not None else "")
        for timer in (self._checking, self._saving):
            if timer is not None:
                timer.stop()
        self._checking = self.set_timer(CHECK_AFTER, self._check_now)
        self._saving = self.set_timer(SAVE_AFTER, self.save) if self._typed else None

    def _check_now(self) -> None:
        scene = self._scene
        if scene is not None and scene.incident is not None:
            self._judge(scene, scene.incident)
            self.query_one("#lengths", ActionLine).show(lambda width: self._lengths(scene, width))
            incident = scene.incident
            self.query_one("#version", ActionLine).show(lambda width: self._version(scene, incident, width))

    def on_descendant_blur(self) -> None:
        self.save()

    def save(self) -> None:
        """Save the draft, if anything changed."""
        scene = self._scene
        if scene is None or scene.incident is None or scene.read_only or not self._typed:
            return
        self._typed = False
        text = self.query_one(Editor).text
        if self._draft.statement is None:
            self._draft = self._draft.begun(new_statement_id(scene.incident.statements))
        draft = self._draft
        self.post_message(Act(lambda board: saved(board, draft, text), say("Saved")))

    def leave_editor(self) -> None:
        self.save()
        self.query_one(CheckList).focus()

    # --- acts -------------------------------------------------------------------------------------------

    def act(self, name: str) -> None:
        scene = self._scene
        if scene is None or scene.incident is None:
            self.post_message(Told(say("No crisis is open.")))
            return
        if scene.read_only:
            self.post_message(Told(say("This is a recording: it is read-only.")))
            return
        getattr(self, f"_{name}")(scene, scene.incident)

    def on_row_list_opened(self) -> None:
        """Enter on a finding jumps to the words concerned; without one, it edits. What the kind of crisis decides is
        decided there."""
        finding = self._selected()
        if finding is not None and finding.start is None and finding.check in ("S6", "S7"):
            self.act("stance")
            return
        editor = self.query_one(Editor)
        if finding is not None and finding.start is not None and finding.end is not None:
            editor.point(finding.start, finding.end)
        editor.focus()

    def on_row_list_moved(self) -> None:
        self._told()

    def _edit(self, scene: Scene, incident: Incident) -> None:
        editor = self.query_one(Editor)
        assert self._desk is not None
        if incident.statement is None and not editor.text:
            self._begin(self._desk.opening(self._draft))
        editor.focus()

    def _begin(self, prepared: Prepared | None) -> None:
        """Start with what was approved in calm; the first of its gaps is where the writing begins."""
        text = prepared.text if prepared is not None else ""
        if prepared is not None:
            self._draft = replace(self._draft, template=prepared.id, lang=prepared.lang)
        editor = self.query_one(Editor)
        editor.load_text(text)
        gap = GAP.search(text)
        if gap is not None:
            editor.point(*gap.span())

    def _next(self, scene: Scene, incident: Incident) -> None:
        """The next finding, its words selected."""
        checks = self.query_one(CheckList)
        before = checks.cursor
        checks.action_move(1)
        if checks.cursor == before:
            checks.action_edge(-1)
        self._told()
        finding = self._selected()
        if finding is not None and finding.start is not None and finding.end is not None:
            editor = self.query_one(Editor)
            editor.point(finding.start, finding.end)

    def _new(self, scene: Scene, incident: Incident) -> None:
        """A new text beside the one on the desk, which stays recorded."""
        self.save()
        self._draft = Draft(purpose=next_purpose(incident), spokesperson=self._draft.spokesperson)
        self._loaded = ("", 0, "")
        editor = self.query_one(Editor)
        assert self._desk is not None
        self._begin(self._desk.opening(self._draft))
        self._typed = True
        editor.focus()

    def _send(self, scene: Scene, incident: Incident) -> None:
        """Save, then send the text to be approved."""
        self.save()
        desk, draft, now = self._desk, self._draft, scene.now
        assert desk is not None

        def decide(board: Board) -> AnyEvent:
            current = _open(board)
            must_know_objectives(current)
            statement = current.statements.get(draft.statement or "")
            blocking = desk.blocking(statement, current, now) if statement is not None else ()
            return send(current, statement, blocking=blocking, now=now)

        self.post_message(Act(decide, say("Sent to approve")))

    def _override(self, scene: Scene, incident: Incident) -> None:
        finding = self._selected()
        if finding is None or finding.level != "B":
            self.post_message(Told(say("Choose a check that blocks; the others need no override.")))
            return
        self.save()
        statement, check = self._draft.statement or "", finding.check
        dialog = AskDialog(
            scene.words,
            title=say("Override check {check}", check=check),
            text=finding.reason,
            fields=(Field("reason", say("Reason, logged with your name"), ""),),
            yes=say("Override"),
        )

        def overridden(said: dict[str, str] | None) -> None:
            if said is not None:
                reason = said["reason"]
                done = say("Check {check} overridden", check=check)
                self.post_message(
                    Act(lambda board: override(_open(board).statements.get(statement), check, reason), done)
                )

        self.app.push_screen(dialog, overridden)

    def _yes(self, scene: Scene, incident: Incident) -> None:
        finding = self._selected()
        if finding is None or not finding.asks:
            self.post_message(Told(say("This check is decided by its rule.")))
            return
        self.save()
        statement, check = self._draft.statement or "", finding.check
        self.post_message(
            Act(
                lambda board: answer_check(_open(board).statements.get(statement), check),
                say("Check {check} answered with yes", check=check),
            )
        )

    def _approve(self, scene: Scene, incident: Incident) -> None:
        from warroom.ui.dialogs.approve import ApproveDialog

        statement = incident.statement
        if statement is None or not standing(incident, statement, scene.now).awaits:
            self.post_message(Told(say("Nothing is waiting for approval. F2 sends the text.")))
            return
        assert self._desk is not None
        self.app.push_screen(ApproveDialog(scene, statement, self._desk), self.passed_on)

    def _publish(self, scene: Scene, incident: Incident) -> None:
        from warroom.ui.dialogs.publish import PublishDialog

        self.save()
        statement = incident.statement
        if statement is None:
            self.post_message(Told(say("There is no text yet.")))
            return
        assert self._desk is not None
        if statement.is_published and statement.publications[-1].links_missing:
            self._link(scene, statement)
            return
        dialog = PublishDialog(scene, incident, statement, self._desk)
        self.app.push_screen(dialog, self.passed_on)

    def _link(self, scene: Scene, statement: Statement) -> None:
        network, id = statement.publications[-1].links_missing[0], statement.id
        dialog = AskDialog(
            scene.words,
            title=say("Link on {network}", network=network),
            text=say("Where can it be read?"),
            fields=(Field("url", say("Link"), "", "https://"),),
            yes=say("Add"),
        )

        def linked(said: dict[str, str] | None) -> None:
            if said is not None:
                url = said["url"].strip()
                self.post_message(
                    Act(lambda board: add_link(_open(board).statements.get(id), network, url), say("Link added"))
                )

        self.app.push_screen(dialog, linked)

    def _stance(self, scene: Scene, incident: Incident) -> None:
        from warroom.ui.dialogs.stance import StanceDialog

        self.app.push_screen(StanceDialog(scene, incident), self.passed_on)

    def _settings(self, scene: Scene, incident: Incident) -> None:
        from warroom.ui.dialogs.desk_settings import DeskDialog

        def chosen(draft: Draft | None) -> None:
            if draft is not None:
                self._draft = draft
                self._typed = True
                self.save()

        self.app.push_screen(DeskDialog(scene, incident, self._draft), chosen)

    def _correct(self, scene: Scene, incident: Incident) -> None:
        """Begin a correction of the first published statement whose facts fell, or go on with it."""
        fallen = uncorrected(incident)
        if not fallen:
            self.post_message(Told(say("Nothing that is out rests on a fact that fell.")))
            return
        first = next((one for one in fallen if not one.corrected_by), None)
        if first is None:
            begun = ", ".join(one.corrected_by for one in fallen)
            self.post_message(Told(say("The correction {statement} is begun: go on with it.", statement=begun)))
            return
        self.save()
        self._draft = correction_of(first, incident)
        self._loaded = ("", 0, "")
        self.query_one(Editor).load_text(scene.words.t("Correction:") + " ")
        self._typed = True
        self.query_one(Editor).focus()


def _open(board: Board) -> Incident:
    if board.incident is None:
        raise Refused(say("No crisis is open."))
    return board.incident


def saved(board: Board, draft: Draft, text: str) -> Sequence[StatementRevised]:
    """The event that saves a draft; nothing where it is saved already."""
    incident = _open(board)
    try:
        return [
            revise(
                incident.statements,
                draft.statement or new_statement_id(incident.statements),
                text,
                purpose=draft.purpose,
                lang=draft.lang,
                networks=draft.networks,
                spokesperson=draft.spokesperson,
                question=draft.question,
                facts=draft.facts,
                objective=draft.objective,
                audiences=draft.audiences,
                corrects=draft.corrects,
                template=draft.template,
            )
        ]
    except Refused as refusal:
        if refusal.sentence.id == "Nothing has changed since it was saved.":
            return []
        raise


def next_purpose(incident: Incident) -> StatementKind:
    """What is written next: the first word, then the holding statement, then updates."""
    if incident.first_word_at is None:
        return "first-word"
    return "holding" if incident.holding_at is None else "update"

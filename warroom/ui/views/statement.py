"""The statement desk: what its keys do with the text in the editor, from the first word to the correction."""

from collections.abc import Callable

from msgspec.structs import replace

from warroom.domain.approval import send, standing
from warroom.domain.board import Board
from warroom.domain.corrections import uncorrected
from warroom.domain.events import AnyEvent
from warroom.domain.incident import Incident, must_know_objectives
from warroom.domain.networks import INTERNAL
from warroom.domain.prepared import GAP, Prepared
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import (
    Statement,
    answer_check,
    override,
)
from warroom.domain.text import harmless
from warroom.services.draft import Draft, correction_of
from warroom.ui.dialogs.ask import AskDialog, Field
from warroom.ui.draft import next_purpose, opened
from warroom.ui.messages import Act, Failure, Told
from warroom.ui.scene import Scene
from warroom.ui.views.desk_panels import CheckList, Editor
from warroom.ui.views.desk_rows import DeskRows
from warroom.ui.views.editing import EditingView


class StatementView(EditingView):
    """Draft, checks, approval: each act has the name that its key gives it (`EditingView.act`)."""

    def _edit(self, scene: Scene, incident: Incident) -> None:
        editor = self.query_one(Editor)
        if incident.statement is None and not editor.text:
            self._begin(scene.desk.opening(self._written.draft))
        editor.focus()

    def _begin(self, prepared: Prepared | None) -> None:
        """Start with what was approved in calm; the first of its gaps is where the writing begins."""
        text = prepared.text if prepared is not None else ""
        if prepared is not None:
            self._written.draft = replace(self._written.draft, template=prepared.id, lang=prepared.lang)
            if prepared.audience in INTERNAL:
                self._written.draft = replace(self._written.draft, networks=(prepared.audience,))
        editor = self.query_one(Editor)
        editor.load_text(harmless(text))
        gap = GAP.search(text)
        if gap is not None:
            editor.point(*gap.span())

    def _start(self, draft: Draft, begin: Callable[[], None]) -> None:
        """Put a new draft on the desk and begin it, once what was there is recorded: it stays."""

        def clear() -> None:
            self._written.begin(draft)
            self._chosen = ""
            begin()
            self.query_one(Editor).focus()

        self.save(clear)

    def _library(self, scene: Scene, incident: Incident) -> None:
        """Choose a text to begin with. A draft that has words of its own stays; the chosen text begins another."""
        from warroom.ui.dialogs.library import LibraryDialog

        def chosen(prepared: Prepared | None) -> None:
            if prepared is None:
                return
            text = self.query_one(Editor).text
            statement = incident.statements.get(self._written.draft.statement or "")
            begun = statement is not None and bool(statement.submissions or statement.publications)
            if text.strip() and (begun or not GAP.search(text)):
                draft = scene.desk.begin(incident, prepared.purpose, self._written.draft.spokesperson)
                self._start(draft, lambda: self._begin(prepared))
                return
            self._written.draft = replace(self._written.draft, purpose=prepared.purpose)
            self._begin(prepared)
            self._written.state = "typed"
            self.query_one(Editor).focus()

        dialog = LibraryDialog(scene.words, scene.desk.library(), incident.people, self._lang())
        self.app.push_screen(dialog, chosen)

    def _merge(self, scene: Scene, incident: Incident) -> None:
        """Bring two texts together that were written at the same time."""
        from warroom.ui.dialogs.merge import MergeDialog

        self.save()
        statement = incident.statements.get(self._written.draft.statement or "")
        if statement is None or not statement.rivals:
            self.post_message(Told(say("There is only one text.")))
            return
        self.app.push_screen(MergeDialog(scene, incident, statement), self.passed_on)

    def _next(self, scene: Scene, incident: Incident) -> None:
        """The next finding, its words selected; after the last one the first. What is in order is passed over."""
        checks = self.query_one(CheckList)
        key = checks.rows.found_after(checks.selected) if isinstance(checks.rows, DeskRows) else None
        if key is None:
            self.post_message(Told(say("No check has anything to say of this text.")))
            return
        checks.select(key)
        self._told()
        finding = self._selected()
        if finding is not None and finding.start is not None and finding.end is not None:
            editor = self.query_one(Editor)
            editor.point(finding.start, finding.end)

    def _new(self, scene: Scene, incident: Incident) -> None:
        """A new text beside the one on the desk, which stays recorded."""
        draft = scene.desk.begin(incident, next_purpose(incident), self._written.draft.spokesperson)

        def begin() -> None:
            self._begin(scene.desk.opening(draft))
            self._written.untouched = self.query_one(Editor).text

        self._start(draft, begin)

    def _other(self, scene: Scene, incident: Incident) -> None:
        """Step to the statement before this one, from the oldest to the newest; what is on the desk is saved."""
        if len(incident.statements) < 2:
            self.post_message(Told(say("There is only one text.")))
            return

        def step() -> None:
            now = scene.board.incident or incident
            ids, shown = [*now.statements], self._written.draft.statement
            chosen = ids[ids.index(shown) - 1] if shown in ids else ids[-1]
            self._chosen = "" if now.statement is not None and now.statement.id == chosen else chosen
            self._load(scene, now)
            self._check_now()

        self.save(step)

    def _send(self, scene: Scene, incident: Incident) -> None:
        """Save, then send the text to be approved."""
        self.save()
        desk, draft = self._desk, self._written.draft
        assert desk is not None

        def decide(board: Board) -> AnyEvent:
            current = opened(board)
            must_know_objectives(current)
            statement, now = current.statements.get(draft.statement or ""), scene.clock()
            blocking = desk.blocking(statement, current, now) if statement is not None else ()
            return send(current, statement, blocking=blocking, now=now)

        def settled(why: Failure | None) -> None:
            if isinstance(why, Refused):
                self._to_what_blocks()

        self.post_message(Act(decide, say("Sent to approve"), settled=settled))

    def _to_what_blocks(self) -> None:
        """Put the cursor on the first finding that holds the text, so that it says what helps."""
        checks = self.query_one(CheckList)
        if isinstance(checks.rows, DeskRows) and (key := checks.rows.blocks) is not None:
            checks.select(key)

    def _override(self, scene: Scene, incident: Incident) -> None:
        finding = self._selected()
        if finding is None or finding.level != "B":
            self.post_message(Told(say("Choose a check that blocks; the others need no override.")))
            return
        self.save()
        statement, check = self._written.draft.statement or "", finding.check
        dialog = AskDialog(
            scene.words,
            title=say("Override check {check}", check=check),
            text=finding.reason,
            fields=(Field("reason", say("Reason, logged with your name"), ""),),
            yes=say("Override"),
            act=lambda said: Act(
                lambda board: override(opened(board).statements.get(statement), check, said["reason"]),
                say("Check {check} overridden", check=check),
            ),
        )
        self.app.push_screen(dialog)

    def _yes(self, scene: Scene, incident: Incident) -> None:
        finding = self._selected()
        if finding is None or not finding.asks:
            self.post_message(Told(say("This check is decided by its rule.")))
            return
        self.save()
        statement, check = self._written.draft.statement or "", finding.check
        self.post_message(
            Act(
                lambda board: answer_check(opened(board).statements.get(statement), check),
                say("Check {check} answered with yes", check=check),
            )
        )

    def _approve(self, scene: Scene, incident: Incident) -> None:
        from warroom.ui.dialogs.approve import ApproveDialog

        statement = self._at_hand(incident)
        if statement is not None and statement.rivals:
            self._merge(scene, incident)
        elif statement is None or not standing(incident, statement, scene.now).awaits:
            key = scene.key("desk.send")
            self.post_message(Told(say("Nothing is waiting for approval. {key} sends the text.", key=key)))
        else:
            self.app.push_screen(ApproveDialog(scene, incident, statement, scene.desk), self.passed_on)

    def _publish(self, scene: Scene, incident: Incident) -> None:
        from warroom.ui.dialogs.publish import PublishDialog

        self.save()
        statement = self._at_hand(incident)
        if statement is None:
            self.post_message(Told(say("There is no text yet.")))
        elif statement.rivals:
            self._merge(scene, incident)
        elif statement.is_published and not self._goes_on(statement):
            self._copies(scene, statement)
        else:
            which = statement.id
            dialog = PublishDialog(scene, incident, statement, scene.desk, self.passed_on)
            self.app.push_screen(dialog, lambda act: self._published(act, which))

    def _goes_on(self, statement: Statement) -> bool:
        """Whether the text as it stands is still to go out somewhere."""
        assert self._desk is not None
        head = statement.head
        of_head = [one for one in statement.publications if one.digest == head.digest]
        out = {place.network for one in of_head for place in one.places}
        return not out.issuperset(head.networks or self._desk.settings.networks)

    def _published(self, act: Act | None, which: str) -> None:
        """Once it is recorded: the texts to copy, and the links. The desk may be at the next statement by then."""
        scene = self._scene
        if act is not None and scene is not None and (incident := scene.board.incident) is not None:
            self._copies(scene, incident.statements[which])

    def _links(self, scene: Scene, incident: Incident) -> None:
        """The text of each network to copy, and the links that are missing."""
        at_hand = self._at_hand(incident)
        if at_hand is not None and not at_hand.publications:
            newest_first = tuple(incident.statements.values())[::-1]
            at_hand = next((one for one in newest_first if one.links_missing), None)
        if at_hand is None:
            self.post_message(Told(say("Links come once it is marked as published.")))
        else:
            self._copies(scene, at_hand)

    def _copies(self, scene: Scene, statement: Statement) -> None:
        from warroom.ui.dialogs.copy import CopyDialog

        self.app.push_screen(CopyDialog(scene, statement, self.passed_on))

    def _stance(self, scene: Scene, incident: Incident) -> None:
        from warroom.ui.dialogs.stance import StanceDialog

        self.app.push_screen(StanceDialog(scene, incident), self.passed_on)

    def _settings(self, scene: Scene, incident: Incident) -> None:
        from warroom.ui.dialogs.desk_settings import DeskDialog

        def chosen(draft: Draft | None) -> None:
            if draft is not None:
                self._written.change(draft)
                self.save()
            elif dialog.keeps_something:
                key = scene.key("desk.settings")
                self.post_message(Told(say("Nothing is changed yet. {key} shows again what you chose.", key=key)))

        dialog = DeskDialog(scene, incident, self._written.draft)
        self.app.push_screen(dialog, chosen)

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
        opening = scene.words.t("Correction:") + " "

        def begin() -> None:
            editor = self.query_one(Editor)
            editor.load_text(opening)
            editor.move_cursor(editor.document.end)

        self._start(correction_of(first, incident), begin)

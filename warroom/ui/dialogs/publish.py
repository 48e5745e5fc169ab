"""The review before a statement is marked as published. warroom posts nothing: it records what people publish."""

from textual.app import ComposeResult
from textual.widgets import Button, Input, Label, Static

from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, Place
from warroom.domain.incident import Incident, next_deadline
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Statement
from warroom.domain.text import one_line
from warroom.services.desk import Desk
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Tick


class PublishDialog(Dialog[Act]):
    """Focus starts on *Keep editing*. The second button is off, with the reason, until the text may go out."""

    def __init__(self, scene: Scene, incident: Incident, statement: Statement, desk: Desk) -> None:
        title = say("Publish statement v{n}", n=statement.head.number)
        yes = say("Mark as published") if scene.mode in ("live", "calm") else say("Pretend to publish")
        super().__init__(scene.words, title, yes=yes, no=say("Keep editing"))
        self._scene = scene
        self._incident = incident
        self._statement = statement
        self._desk = desk

    def body(self) -> ComposeResult:
        t, words, statement, incident = self.words.t, self.words, self._statement, self._incident
        head = statement.head
        parts = [Part(t("Nothing is posted for you: warroom records what you publish.") + "\n\n", "$muted")]
        parts += self._review()
        yield Static(content_of(parts))
        networks = head.networks or self._desk.settings.networks
        out = {place.network for done in statement.publications if done.digest == head.digest for place in done.places}
        measures = dict(self._desk.lengths(head.text, networks))
        for network in networks:
            measure = measures[network]
            limit = f"/{measure.limit}" if measure.limit else ""
            thread = "  " + t("→ thread of {n}", n=measure.parts) if measure.parts > 1 else ""
            label = f"{words.t(network)}  {measure.used}{limit}{thread}"
            box = Tick(label, value=network not in out and measure.fits, id=f"at-{network}", compact=True)
            box.disabled = network in out
            yield box
        yield Label(
            content_of(
                [Part(t("Links, one for each network, separated by blanks; they may be added later."), "$muted")]
            )
        )
        yield Input(id="links", placeholder="https://…")
        deadline = next_deadline(incident)
        if deadline is not None:
            told = t("It answers the deadline of {time}: {what}.", time=deadline.at, what=deadline.name)
            yield Static(content_of([Part(told)]))

    def _review(self) -> list[Part]:
        """Approval, spokesperson, checks, each with how it stands."""
        t, words, statement, incident = self.words.t, self.words, self._statement, self._incident
        parts: list[Part] = []

        def line(sign: str, style: str, name: str, told: str) -> None:
            parts.extend([Part(f"{sign} ", style), Part(f"{name:<15}", "bold"), Part(f"{told}\n")])

        approval = statement.approval
        if approval is not None:
            person = incident.person(approval.by)
            who = one_line(person.name if person is not None else approval.by)
            how = t("self-approved: {why}", why=one_line(approval.solo)) if approval.solo else t("not the author")
            line("✓", "$success", t("Approved"), f"{who} {words.clock(approval.at)} ({how})")
        else:
            line("✕", "bold $error", t("Approved"), t("nobody has approved this text"))
        speaker = incident.person(statement.head.spokesperson)
        name = one_line(speaker.name if speaker is not None else statement.head.spokesperson)
        line("✓" if name else "!", "$success" if name else "$warning", t("Spokesperson"), name or t("nobody named"))
        deadline = next_deadline(incident)
        if deadline is not None:
            left = deadline.at - self._scene.now
            early = left.total_seconds() >= 0
            told = t("{time} before the promise", time=left) if early else t("{time} late", time=-left)
            line("✓" if early else "!", "$success" if early else "$warning", t("Timing"), told)
        for check in self._desk.blocking(statement, incident, self._scene.now):
            line("✕", "bold $error", check, t("blocks: mend the text, or override it on the desk"))
        for passed in statement.overrides:
            if passed.digest == statement.head.digest:
                told = t("reason: {why} ({who})", why=one_line(passed.reason), who=one_line(passed.by))
                line("!", "bold $warning", passed.check, told)
        return [*parts, Part("\n")]

    def on_mount(self) -> None:
        self.query_one("#no").focus()
        try:
            networks = self._statement.head.networks or self._desk.settings.networks
            self._decide(self._scene.board, (Place(networks[0]),))
        except Refused as refusal:
            again = refusal.sentence.id.startswith("It is already recorded")
            self.query_one("#yes", Button).disabled = not again
            if not again:
                self.wrong(refusal.sentence)

    def _decide(self, board: Board, places: tuple[Place, ...]) -> list[AnyEvent]:
        return list(self._desk.release(board, self._statement.id, places, self._scene.now))

    def confirm(self) -> None:
        chosen = [box.id.removeprefix("at-") for box in self.query(Tick) if box.value and not box.disabled and box.id]
        links = self.query_one("#links", Input).value.split()
        places = tuple(
            Place(network, links[place] if place < len(links) else None) for place, network in enumerate(chosen)
        )
        try:
            self._decide(self._scene.board, places)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        minutes = self._incident.minutes(self._scene.now)
        done = say("Published after {n} min. Silence starts at 0.", n=minutes)
        self.dismiss(Act(lambda board: self._decide(board, places), done))

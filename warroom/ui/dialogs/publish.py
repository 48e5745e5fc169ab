"""The review before a statement is marked as published. warroom posts nothing: it records what people publish."""

from collections.abc import Callable

from textual.app import ComposeResult
from textual.widgets import Button, Input, Label, Static

from warroom.domain.approval import Asked, role_name, standing
from warroom.domain.board import Board
from warroom.domain.checks.finding import GROUPS, Finding, Group
from warroom.domain.events import AnyEvent, Place
from warroom.domain.incident import Incident, next_deadline
from warroom.domain.networks import network_name
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Approval, Statement
from warroom.domain.text import one_line
from warroom.services.desk import Desk, Draft, weight
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.views.desk_lines import name_of
from warroom.ui.views.desk_rows import GROUP_NAMES, LEVELS
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Tick

EXAMPLE = "…"
"""A reason that stands for the one still to be typed, when it is tried whether anything else is in the way."""


class PublishDialog(Dialog[Act]):
    """Focus starts on *Keep editing*. The second button is off, with the reason, until the text may go out."""

    FOOT_STAYS = True

    def __init__(self, scene: Scene, incident: Incident, statement: Statement, desk: Desk) -> None:
        title = say("Publish statement v{n}", n=statement.head.number)
        yes = say("Mark as published") if scene.mode in ("live", "calm") else say("Pretend to publish")
        super().__init__(scene.words, title, yes=yes, no=say("Keep editing"))
        self._scene = scene
        self._incident = incident
        self._statement = statement
        self._desk = desk

    def body(self) -> ComposeResult:
        t, words, statement = self.words.t, self.words, self._statement
        head = statement.head
        parts = [Part(t("Nothing is posted for you: warroom records what you publish.") + "\n\n", "$muted")]
        parts += self._review()
        yield Static(content_of(parts))
        yield from self._emergency()
        networks = head.networks or self._desk.settings.networks
        out = {place.network for done in statement.publications if done.digest == head.digest for place in done.places}
        measures = dict(self._desk.lengths(head.text, networks))
        for network in networks:
            measure = measures[network]
            limit = f"/{words.number(measure.limit)}" if measure.limit else ""
            told = t("→ thread of {n}", n=measure.parts) if measure.parts > 1 else ""
            if not measure.fits:
                told = t("does not fit")
            elif not measure.limit:
                told = t("no limit")
            label = f"{words.value(network_name(network)):<10} {words.number(measure.used)}{limit}  {told}"
            box = Tick(label, value=network not in out and measure.fits, id=f"at-{network}", compact=True)
            box.disabled = network in out
            yield box
        links = t("Links, one for each network, separated by blanks; they may be added later.")
        yield Label(content_of([Part(links, "$muted")]))
        yield Input(id="links", placeholder="https://…")
        yield Static(content_of([Part(self._effect())]))

    def _effect(self) -> str:
        """What follows: the timeline, the promise that it keeps, those that it opens and who sees to them."""
        t, words, incident, head = self.words.t, self.words, self._incident, self._statement.head
        told = [t("It goes to the timeline.")]
        deadline = next_deadline(incident)
        if deadline is not None:
            told.append(t("It answers the deadline of {time}: {what}.", time=deadline.at, what=deadline.name))
        opened = self._desk.promised(head.text, head.lang, incident, self._scene.now)
        if opened:
            made = ", ".join(f"{words.clock(one.due_at)} ({one_line(one.owner) or '—'})" for one in opened)
            told.append(t("It promises: {promises}.", promises=made))
        return " ".join(told)

    def _emergency(self) -> ComposeResult:
        """The button of its own: a text approved in calm, past an approver who is silent, by name and reason."""
        t, head = self.words.t, self._statement.head
        prepared = self._desk.template(head.template, head.lang)
        stands = standing(self._incident, self._statement, self._scene.now)
        if prepared is None or not prepared.is_approved(self._incident.people) or not stands.awaits:
            return
        try:
            self._pass_silence(self._scene.board, EXAMPLE)
        except Refused as refusal:
            yield Static(
                content_of(
                    [Part(t("Emergency") + ": ", "bold $warning"), Part(self.words.say(refusal.sentence) + "\n")]
                )
            )
            return
        who, day = one_line(prepared.approved_by), one_line(prepared.approved_on)
        told = t(
            "Emergency: {who} approved these words in calm ({day}), and nobody answers now. Why can it not wait?",
            who=who,
            day=day,
        )
        yield Label(content_of([Part(told, "$warning")]))
        yield Input(id="emergency")
        yield Button(t("Publish past the silent approver, by my name"), id="past-silence")

    def _review(self) -> list[Part]:
        """Approval, spokesperson, checks, each with how it stands."""
        t, words, statement, incident = self.words.t, self.words, self._statement, self._incident
        parts: list[Part] = []

        def line(sign: str, style: str, name: str, told: str) -> None:
            parts.extend([Part(f"{sign} ", style), Part(f"{name:<15}", "bold"), Part(f"{told}\n")])

        stands = standing(incident, statement, self._scene.now)
        for asked in stands.asked:
            role = words.say(say("{text}", text=role_name(incident, asked.role))) if asked.role else ""
            if asked.given is not None:
                line(
                    "✓",
                    "$success",
                    t("Approved"),
                    " ".join(filter(None, (one_line(role), self._given(asked, asked.given)))),
                )
            elif stands.emergency is None:
                who = name_of(incident, asked.holder)
                told = (
                    t("{role} ({who}) has not approved this text", role=one_line(role), who=who or "—") if role else ""
                )
                line("✕", "bold $error", t("Approved"), told or t("nobody has approved this text"))
        if stands.emergency is not None:
            who, why = name_of(incident, stands.emergency.by), one_line(stands.emergency.emergency)
            line("!", "bold $warning", t("Approved"), t("past a silent approver by {who}: {why}", who=who, why=why))
        speaker = incident.person(statement.head.spokesperson)
        name = one_line(speaker.name if speaker is not None else statement.head.spokesperson)
        line("✓" if name else "!", "$success" if name else "$warning", t("Spokesperson"), name or t("nobody named"))
        deadline = next_deadline(incident)
        if deadline is not None:
            left = deadline.at - self._scene.now
            early = left.total_seconds() >= 0
            told = t("{time} before the promise", time=left) if early else t("{time} late", time=-left)
            line("✓" if early else "!", "$success" if early else "$warning", t("Timing"), told)
        for group, finding in self._worst():
            sign, style = LEVELS[weight(finding, statement.head.purpose)]
            line(sign, style, words.say(GROUP_NAMES[group]), f"{finding.check} {one_line(words.say(finding.reason))}")
        for passed in statement.overrides:
            if passed.digest == statement.head.digest:
                told = t("reason: {why} ({who})", why=one_line(passed.reason), who=one_line(passed.by))
                line("!", "bold $warning", passed.check, told)
        return [*parts, Part("\n")]

    def _worst(self) -> list[tuple[Group, Finding]]:
        """The groups in which something blocks or warns, each with its worst; what was overridden is told apart."""
        statement = self._statement
        passed = statement.overridden()
        findings = [
            finding
            for finding in self._desk.judge(
                statement.head.text, Draft.of(statement), self._incident, self._scene.now, statement.answered()
            )
            if finding.check not in passed and finding.level != "I"
        ]
        found = {group: [finding for finding in findings if finding.group == group] for group in GROUPS}
        return [(group, min(some, key=lambda one: "BW".index(one.level))) for group, some in found.items() if some]

    def _given(self, asked: Asked, approval: Approval) -> str:
        """Who approved, when, and how."""
        t, incident = self.words.t, self._incident
        how = t("not the author")
        if approval.solo:
            how = t("self-approved: {why}", why=one_line(approval.solo))
        elif asked.stood_in and asked.holder:
            how = t("in the place of {who}", who=name_of(incident, asked.holder))
        return f"{name_of(incident, approval.by)} {self.words.clock(approval.at)} ({how})"

    def on_mount(self) -> None:
        self.query_one("#no").focus()
        self.call_after_refresh(self.query_one("#box").scroll_home, animate=False)
        try:
            networks = self._statement.head.networks or self._desk.settings.networks
            self._decide(self._scene.board, (Place(networks[0]),))
        except Refused as refusal:
            again = refusal.sentence.id.startswith("It is already recorded")
            self.query_one("#yes", Button).disabled = not again
            if not again:
                self.wrong(refusal.sentence)

    def _decide(self, board: Board, places: tuple[Place, ...]) -> list[AnyEvent]:
        return list(self._desk.release(board, self._statement.id, places, self._scene.clock()))

    def _pass_silence(self, board: Board, reason: str, places: tuple[Place, ...] | None = None) -> list[AnyEvent]:
        """The same past a silent approver, by name and reason."""
        places = places or (Place((self._statement.head.networks or self._desk.settings.networks)[0]),)
        emergency = (self._scene.actor, reason)
        return list(self._desk.release(board, self._statement.id, places, self._scene.clock(), emergency=emergency))

    def on_button_pressed(self, event: Button.Pressed) -> None:
        # The base class hears the same message; the two buttons of every dialog are its business.
        if event.button.id == "past-silence":
            event.stop()
            reason, places = self.query_one("#emergency", Input).value, self._places()
            self._answer(lambda board: self._pass_silence(board, reason, places))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.focus_next()

    def _places(self) -> tuple[Place, ...]:
        """The networks that are ticked, each with its link where one was given."""
        chosen = [box.id.removeprefix("at-") for box in self.query(Tick) if box.value and not box.disabled and box.id]
        links = self.query_one("#links", Input).value.split()
        return tuple(
            Place(network, links[place] if place < len(links) else None) for place, network in enumerate(chosen)
        )

    def confirm(self) -> None:
        places = self._places()
        self._answer(lambda board: self._decide(board, places))

    def _answer(self, decide: Callable[[Board], list[AnyEvent]]) -> None:
        """Dismiss with the act, if it can be done."""
        try:
            decide(self._scene.board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        minutes = self._incident.minutes(self._scene.clock())
        self.dismiss(Act(decide, say("Published after {n} min. Silence starts at 0.", n=minutes)))

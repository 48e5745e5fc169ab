"""The review before a statement is marked as published. warroom posts nothing: it records what people publish."""

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Button, Input, Label, Static

from warroom.domain.approval import Asked, initials_of, role_name, standing, team
from warroom.domain.board import Board
from warroom.domain.checks.finding import GROUPS, Finding, Group
from warroom.domain.deadlines import next_deadline
from warroom.domain.events import AnyEvent, Place
from warroom.domain.incident import Incident
from warroom.domain.networks import network_name, reaches_public
from warroom.domain.prepared import Prepared
from warroom.domain.publishing import AlreadyOut
from warroom.domain.sentence import Refused, say
from warroom.domain.statement import Approval, Statement
from warroom.domain.text import one_line
from warroom.services.desk import Desk, weight
from warroom.services.draft import Draft
from warroom.services.release import keeps, pass_silence, release
from warroom.ui.dialogs.copy import CopyDialog
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.keys import bind
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.views.desk_lines import in_whose_place, name_of
from warroom.ui.views.desk_rows import GROUP_NAMES, LEVELS
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Tick
from warroom.ui.widgets.text_block import TextBlock

LOOKS_EVERY = 1.0
"""Seconds after which what the clock decides is looked at again."""
AT_ONCE = 4_000
"""Characters that are read again each minute, for the checks that look at the clock."""
EXAMPLE = "…"
"""A reason that stands for the one still to be typed, when it is tried whether anything else is in the way."""


class PublishDialog(Dialog[Act]):
    """Focus starts on *Keep editing*. The second button is off, with the reason, until the text may go out."""

    FOOT_STAYS = True
    BINDINGS: ClassVar[list[BindingType]] = [bind("publish.copy", "copy")]

    def __init__(
        self, scene: Scene, incident: Incident, statement: Statement, desk: Desk, act: Callable[[Act], None]
    ) -> None:
        title = say("Publish statement v{n}", n=statement.head.number)
        yes = say("Mark as published") if scene.mode in ("live", "calm") else say("Pretend to publish")
        super().__init__(scene.words, title, yes=yes, no=say("Keep editing"))
        self._scene = scene
        self._incident = incident
        self._statement = statement
        self._desk = desk
        self._act = act
        self._prepared: Prepared | None = None
        self._findings: Sequence[Finding] = ()
        self._read_of: tuple[Incident, int] | None = None
        """The crisis and the minute of what the checks said last."""
        self._tried_at: tuple[Incident, int] | None = None
        """The crisis and the minute of the last try to let it go out past the silent approver."""
        self._in_the_way: Refused | None = None
        """What that try was refused for."""
        head, out = statement.head, statement.is_published
        # What is out somewhere has made its promises.
        self._promised = [] if out else desk.promised(head.text, head.lang, incident, scene.now)

    def kept_as(self) -> Hashable:
        return type(self), self.asked_in, self._statement.head.digest

    def body(self) -> ComposeResult:
        t, words, statement = self.words.t, self.words, self._statement
        head = statement.head
        yield TextBlock(id="review")
        yield from self._emergency()
        out = {place.network for done in statement.publications for place in done.places if done.digest == head.digest}
        measures = dict(self._desk.lengths(head.text, self._networks))
        names = {network: words.value(network_name(network)) for network in self._networks}
        wide = max(map(cell_len, names.values()), default=0)
        for network in self._networks:
            measure = measures[network]
            limit = f"/{words.number(measure.limit)}" if measure.limit else ""
            told = t("→ thread of {n}", n=measure.parts) if measure.parts > 1 else ""
            if not measure.fits:
                told = t("does not fit")
            elif not measure.limit:
                told = t("no limit")
            label = f"{set_cell_size(names[network], wide)} {words.number(measure.used)}{limit}  {told}"
            box = Tick(label, value=network not in out and measure.fits, id=f"at-{network}", compact=True)
            box.disabled = network in out
            yield box
        yield Button(f"{t('Copy the texts')} ({self.printed('publish.copy')})", id="copy")
        if self._promised:
            yield Label(content_of([Part("\n" + t("It promises, and who sees to it:"), "$muted")]))
        for place, found in enumerate(self._promised):
            again = f" ({t('promised already')})" if found.known else ""
            told = f"◇ {words.clock(found.due_at)}{again} "
            with Horizontal(classes="promise"):
                yield Static(content_of([Part(told, "bold"), Part(one_line(found.text))]))
                yield Input(one_line(found.owner), id=f"owner-{place}", select_on_focus=False)
        yield TextBlock(id="effect")

    @property
    def _networks(self) -> tuple[str, ...]:
        return self._statement.head.networks or self._desk.settings.networks

    def _effect(self) -> list[Part]:
        """What follows: the timeline, the deadline and the promise that it answers, or that it is no public word."""
        t, incident = self.words.t, self._incident
        told = [t("It goes to the timeline.")]
        networks = [place.network for place in self._places()]
        if networks and not reaches_public(networks):
            told.append(t("It is no word in public: the clocks and the silence go on."))
        elif (deadline := next_deadline(incident)) is not None:
            told.append(t("It answers the deadline of {time}: {what}.", time=deadline.at, what=deadline.name))
        strangers = [who for who in self._owners() if who and who not in team(incident)]
        if strangers:
            told.append(t("Nobody in this room has the initials {who}.", who=one_line(", ".join(strangers))))
        kept = None if self._statement.is_published else keeps(incident, networks, self._promised)
        if kept is not None:
            told.append(t("It keeps the promise of {time}.", time=kept.due_at))
        return [Part(" ".join(told))]

    def _look(self) -> None:
        """What the clock decides goes on while one reads: how late it is, how silent the approver."""
        self._catch_up()
        posts = self.words.t("Nothing is posted for you: warroom records what you publish.")
        self.query_one("#review", TextBlock).show([Part(posts + "\n\n", "$muted"), *self._review()])
        self.query_one("#effect", TextBlock).show(self._effect())
        self._look_at_silence()

    def _catch_up(self) -> None:
        """Somebody else may have approved it, or edited it, at another console."""
        incident = self._scene.board.incident
        if incident is None or incident is self._incident:
            return
        self._incident = incident
        known = incident.statements.get(self._statement.id)
        if known is not None and known.head.digest == self._statement.head.digest:
            self._statement = known
        self._look_whether_it_may()

    def _emergency(self) -> ComposeResult:
        """The button of its own: a text approved in calm, past an approver who is silent, by name and reason."""
        head = self._statement.head
        prepared = self._desk.template(head.template, head.lang)
        stands = standing(self._incident, self._statement, self._scene.clock())
        if prepared is not None and prepared.is_approved(self._incident.people) and stands.awaits:
            self._prepared = prepared
            yield TextBlock(id="emergency-told")
            yield Input(id="emergency")
            yield Button(self.words.t("Publish past the silent approver, by my name"), id="past-silence")

    def _look_at_silence(self) -> None:
        """Whether it may go out past them by now, else how much longer they have."""
        if (prepared := self._prepared) is None:
            return
        t, refused = self.words.t, None
        try:
            self._may_pass()
        except Refused as refusal:
            refused = self.words.say(refusal.sentence)
        who, day = one_line(prepared.approved_by), one_line(prepared.approved_on)
        if refused is not None:
            parts = [Part(t("Emergency") + ": ", "bold $warning"), Part(refused + "\n")]
        else:
            told = t(
                "Emergency: {who} approved these words in calm ({day}), and nobody answers now. Why can it not wait?",
                who=who,
                day=day,
            )
            parts = [Part(told, "$warning")]
        self.query_one("#emergency-told", TextBlock).show(parts)
        for id in ("#emergency", "#past-silence"):
            self.query_one(id).display = refused is None

    def _may_pass(self) -> None:
        """Refuses while it may not go out past them. How long they have is counted each second; what the checks say
        once they are silent, as often as they are read."""
        now, by = self._scene.clock(), self._scene.actor
        pass_silence(self._desk, self._incident, self._statement, by=by, reason=EXAMPLE, now=now)
        if self._tried_at != (reading := (self._incident, self._minute)):
            self._tried_at, self._in_the_way = reading, None
            try:
                self._pass_silence(self._scene.board, EXAMPLE)
            except Refused as refusal:
                self._in_the_way = refusal
        if self._in_the_way is not None:
            raise self._in_the_way

    @property
    def _minute(self) -> int:
        return int(self._scene.clock().timestamp() // 60)

    def _review(self) -> list[Part]:
        """Approval, spokesperson, checks, each with how it stands."""
        t, words, statement, incident = self.words.t, self.words, self._statement, self._incident
        parts: list[Part] = []

        def line(sign: str, style: str, name: str, told: str) -> None:
            parts.extend([Part(f"{sign} ", style), Part(f"{name:<16}", "bold", hangs=True), Part(f"{told}\n")])

        stands = standing(incident, statement, self._scene.clock())
        for asked in stands.asked:
            role = words.say(say("{text}", text=role_name(incident, asked.role))) if asked.role else ""
            if asked.given is not None:
                told = self._given(asked, asked.given)
                line("✓", "$success", t("Approved"), f"{one_line(role)}: {told}" if role else told)
            elif stands.emergency is None:
                who = ", ".join(name_of(incident, one) for one in asked.awaited)
                told = (
                    t("{role} ({who}) has not approved this text", role=one_line(role), who=who or "—") if role else ""
                )
                line("✕", "bold $error", t("Not approved"), told or t("nobody has approved this text"))
        if stands.emergency is not None:
            who, why = name_of(incident, stands.emergency.by), one_line(stands.emergency.emergency)
            line("!", "bold $warning", t("Approved"), t("past a silent approver by {who}: {why}", who=who, why=why))
        speaker = incident.person(statement.head.spokesperson)
        name = one_line(speaker.name if speaker is not None else statement.head.spokesperson)
        line("✓" if name else "!", "$success" if name else "$warning", t("Spokesperson"), name or t("nobody named"))
        deadline = next_deadline(incident)
        if deadline is not None and reaches_public(self._networks):
            left = deadline.at - self._scene.clock()
            early = left.total_seconds() >= 0
            told = t("{time} before the promise", time=left) if early else t("{time} late", time=-left)
            line("✓" if early else "!", "$success" if early else "$warning", t("Deadline"), told)
        for group, finding in self._worst():
            sign, style = LEVELS[weight(finding, statement.head.purpose)]
            line(sign, style, words.say(GROUP_NAMES[group]), f"{finding.check} {one_line(words.say(finding.reason))}")
        for passed in statement.overrides:
            if passed.digest == statement.head.digest:
                told = t("reason: {why} ({who})", why=one_line(passed.reason), who=one_line(passed.by))
                line("!", "bold $warning", passed.check, told)
        return parts

    def _read_again(self) -> Sequence[Finding]:
        """What the checks say, read again where something they depend on has changed; of a text too long to be read
        between two keys, what they said when it was opened."""
        statement, wanted = self._statement, (self._incident, self._minute)
        is_new = self._read_of is None or (self._read_of != wanted and len(statement.head.text) <= AT_ONCE)
        if is_new:
            self._findings = self._desk.judge(
                statement.head.text, Draft.of(statement), self._incident, self._scene.clock(), statement.answered()
            )
            self._read_of = wanted
        return self._findings

    def _worst(self) -> list[tuple[Group, Finding]]:
        """The groups in which something blocks or warns, each with its worst; what was overridden is told apart."""
        statement = self._statement
        passed = statement.overridden()
        findings = [finding for finding in self._read_again() if finding.check not in passed and finding.level != "I"]
        found = {group: [finding for finding in findings if finding.group == group] for group in GROUPS}
        return [(group, min(some, key=lambda one: "BW".index(one.level))) for group, some in found.items() if some]

    def _given(self, asked: Asked, approval: Approval) -> str:
        """Who approved, when, and how."""
        t, incident = self.words.t, self._incident
        how = t("not the author")
        if approval.solo:
            how = t("self-approved: {why}", why=one_line(approval.solo))
        elif asked.stood_in:
            how = in_whose_place(self.words, incident, asked)
        return f"{name_of(incident, approval.by)} {self.words.clock(approval.at)} ({how})"

    def on_mount(self) -> None:
        self.query_one("#no").focus()
        self.call_after_refresh(self.query_one("#box").scroll_home, animate=False)
        self._look()
        self._look_whether_it_may()
        self.set_interval(LOOKS_EVERY, self._look)

    def _look_whether_it_may(self) -> None:
        """Whether the second button is on; where it is off, why."""
        yes = self.query_one("#yes", Button)
        try:
            self._decide(self._scene.board, (Place(self._networks[0]),))
        except AlreadyOut:
            yes.disabled = False
        except Refused as refusal:
            yes.disabled = True
            self.wrong(refusal.sentence)
        else:
            if yes.disabled:
                self.tell([])
            yes.disabled = False

    def _owners(self) -> tuple[str, ...]:
        """Who sees to each promise, as it stands in the review."""
        typed = (self.query_one(f"#owner-{place}", Input).value for place in range(len(self._promised)))
        return tuple(initials_of(self._incident, who) for who in typed)

    def _decide(self, board: Board, places: tuple[Place, ...], owners: tuple[str, ...] = ()) -> list[AnyEvent]:
        now, read = self._scene.clock(), self._statement.head.digest
        return list(release(self._desk, board, self._statement.id, places, now, owners=owners, read=read))

    def _pass_silence(
        self, board: Board, reason: str, places: tuple[Place, ...] = (), owners: tuple[str, ...] = ()
    ) -> list[AnyEvent]:
        """The same past a silent approver, by name and reason."""
        places, emergency = places or (Place(self._networks[0]),), (self._scene.actor, reason)
        now, read = self._scene.clock(), self._statement.head.digest
        return list(
            release(self._desk, board, self._statement.id, places, now, emergency=emergency, owners=owners, read=read)
        )

    def on_button_pressed(self, event: Button.Pressed) -> None:
        # The base class hears the same message; the two buttons of every dialog are its business.
        if event.button.id == "past-silence":
            event.stop()
            reason, places, owners = self.query_one("#emergency", Input).value, self._places(), self._owners()
            self._answer(lambda board: self._pass_silence(board, reason, places, owners))
        elif event.button.id == "copy":
            event.stop()
            self.action_copy()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one("#effect", TextBlock).show(self._effect())

    def on_checkbox_changed(self, event: Tick.Changed) -> None:
        event.stop()
        self.query_one("#effect", TextBlock).show(self._effect())

    def action_copy(self) -> None:
        """What each network takes, before it is recorded: nobody copies a text that nobody has approved."""
        if self.query_one("#yes", Button).disabled:
            self.wrong(say("It is copied once it may go out."))
            return
        networks = [place.network for place in self._places()]
        self.app.push_screen(CopyDialog(self._scene, self._statement, self._act, networks))

    def _places(self) -> tuple[Place, ...]:
        """The networks that are ticked."""
        return tuple(
            Place(box.id.removeprefix("at-")) for box in self.query(Tick) if box.value and not box.disabled and box.id
        )

    def confirm(self) -> None:
        places, owners = self._places(), self._owners()
        self._answer(lambda board: self._decide(board, places, owners))

    def _answer(self, decide: Callable[[Board], list[AnyEvent]]) -> None:
        """Dismiss with the act, if it can be done."""
        try:
            decide(self._scene.board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        done = say("Published after {n} min. Silence starts at 0.", n=self._incident.minutes(self._scene.clock()))
        if not reaches_public([place.network for place in self._places()]):
            done = say("Recorded. It is no word in public: the silence goes on.")
        self.hand_in(Act(decide, done))

"""What kind of crisis is it? Blame, cause, history; and the response that the table then suggests, with its source."""

from textual.app import ComposeResult
from textual.widgets import Input, Label, RadioSet, Static

from warroom.domain.board import Board
from warroom.domain.events import Cluster, History, StanceChosen
from warroom.domain.incident import Incident
from warroom.domain.scct import Cause, Table
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.stance import choose_stance
from warroom.domain.text import one_line
from warroom.services.wordlists import load_scct
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Choice, ChoiceSet, TickList

HISTORIES: dict[History, Sentence] = {
    "clean": say("No, and our name is good or neutral"),
    "similar": say("Yes, or our name is poor"),
    "unknown": say("Nobody knows"),
}


class StanceDialog(Dialog[Act]):
    """Answers with the act that chooses. The causes shown are those of the kind that is marked."""

    FOOT_STAYS = True
    AUTO_FOCUS = ""

    def __init__(self, scene: Scene, incident: Incident) -> None:
        super().__init__(
            scene.words, say("What kind of crisis is it?"), yes=say("Choose, by my name"), no=say("Not yet")
        )
        self._board = scene.board
        self._incident = incident
        self._table: Table = load_scct()
        self._marked: dict[Cluster, str] = {}
        """The cause that was marked for each kind: who looks at another kind finds it again."""

    def body(self) -> ComposeResult:
        t, words, stance = self.words.t, self.words, self._incident.stance
        yield Label(content_of([Part(t("How much do people blame us for it?"), "$muted")]))
        marked = stance.cluster if stance is not None else "unknown"
        with ChoiceSet(id="stance-cluster"):
            for row in self._table.clusters:
                label = f"{words.name(row.name)}: {words.name(row.meaning)}"
                yield Choice(label, value=row.id == marked, id=f"cluster-{row.id}")
        yield Label(content_of([Part(t("What is the cause?"), "$muted")]), id="stance-cause-label")
        with ChoiceSet(id="stance-cause"):
            for cause in self._table.causes:
                known = stance is not None and stance.cause == cause.id
                yield Choice(words.name(cause.name), value=known, id=f"cause-{cause.id}")
            yield Choice(t("Not known yet"), value=stance is None or not stance.cause, id="cause-")
        yield Label(content_of([Part(t("Has something like it happened to us before?"), "$muted")]))
        before = stance.history if stance is not None else "unknown"
        with ChoiceSet(id="stance-history"):
            for history, name in HISTORIES.items():
                yield Choice(words.say(name), value=history == before, id=f"history-{history}")
        yield Static(id="stance-response")
        types = self._incident.plan.types
        if types:
            yield Label(content_of([Part(t("Types of the plan (they decide which steps and clocks apply)"), "$muted")]))
            yield TickList[str](
                *((one_line(words.name(name)), id, id in self._incident.types) for id, name in types.items()),
                id="stance-types",
                compact=True,
            )
        yield Label(content_of([Part(t("Why? What do we know that makes it so?"), "$muted")]))
        yield Input(stance.reason if stance is not None else "", id="stance-reason", select_on_focus=False)
        yield Label(content_of([Part(t("What was turned down, and why?"), "$muted")]))
        yield Input(stance.turned_down if stance is not None else "", id="stance-refused", select_on_focus=False)

    def on_mount(self) -> None:
        self._marked[self._cluster] = self._cause
        self._suit()
        self.query_one("#stance-cluster").focus(scroll_visible=False)
        self.call_after_refresh(self.query_one("#box").scroll_home, animate=False)

    def on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        event.stop()
        if event.radio_set.id == "stance-cause":
            self._marked[self._cluster] = self._cause
        self._suit()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    # --- what follows from what is marked -----------------------------------------------------------------

    @property
    def _cluster(self) -> Cluster:
        return self._table.clusters[max(0, self.query_one("#stance-cluster", RadioSet).pressed_index)].id

    @property
    def _history(self) -> History:
        return list(HISTORIES)[max(0, self.query_one("#stance-history", RadioSet).pressed_index)]

    @property
    def _cause(self) -> str:
        """The cause that is marked, where it belongs to the kind that is marked."""
        place = self.query_one("#stance-cause", RadioSet).pressed_index
        causes: tuple[Cause, ...] = self._table.causes
        if 0 <= place < len(causes) and causes[place].cluster == self._cluster:
            return causes[place].id
        return ""

    def _suit(self) -> None:
        """Show the causes of the marked kind only, and what the table suggests."""
        cluster = self._cluster
        for cause in self._table.causes:
            choice = self.query_one(f"#cause-{cause.id}", Choice)
            choice.display = cause.cluster == cluster
            choice.disabled = cause.cluster != cluster
        open_cause = cluster != "unknown"
        self.query_one("#stance-cause-label").display = open_cause
        self.query_one("#stance-cause").display = open_cause
        if open_cause and not self._cause:
            again = self._marked.get(cluster, "")
            self.query_one("#stance-cause", ChoiceSet).press(self.query_one(f"#cause-{again}", Choice))
        self.query_one("#stance-response", Static).update(content_of(self._response()))

    def _response(self) -> list[Part]:
        """What the table suggests, where it comes from, and who disagrees."""
        t, words, table = self.words.t, self.words, self._table
        cell = table.cell(self._cluster, self._history)
        advice = table.strategies[cell.strategy]
        parts = [
            Part(t("The table suggests:") + " ", "$muted"),
            Part(words.name(advice.name) + "\n", "bold $accent"),
            Part(words.name(advice.meaning)),
        ]
        if cell.framing:
            parts.append(Part(" " + t("That it hit us too may be said.")))
        if table.allows_denial(self._cause):
            parts.append(Part(" " + t("Here a denial can be an answer, with its proof.")))
        told = f"{table.cited}. {words.name(table.remark)} ({table.remark_source})"
        return [*parts, Part(f"\n{told}\n", "$muted")]

    def confirm(self) -> None:
        cluster, cause, history = self._cluster, self._cause, self._history
        types = self.query_one("#stance-types", TickList).selected if self._incident.plan.types else []
        reason = self.query_one("#stance-reason", Input).value
        refused = self.query_one("#stance-refused", Input).value

        def decide(board: Board) -> StanceChosen:
            if board.incident is None:
                raise Refused(say("No crisis is open."))
            return choose_stance(
                board.incident.plan,
                cluster,
                cause=cause,
                history=history,
                types=types,
                reason=reason,
                turned_down=refused,
            )

        try:
            decide(self._board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            self.query_one("#stance-reason", Input).focus()
            return
        self.hand_in(Act(decide, say("The kind of crisis is chosen.")))

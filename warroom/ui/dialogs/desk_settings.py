"""What goes with a text: its kind, objective, audiences, spokesperson, the question it answers, facts, places."""

from collections.abc import Hashable
from typing import get_args

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.widgets import Input, Label, RadioSet

from warroom.domain.events import Person, StatementKind
from warroom.domain.incident import Incident
from warroom.domain.ledger import Fact
from warroom.domain.mention import SEGMENT_NAMES, Segment
from warroom.domain.names import PURPOSES, STATUSES
from warroom.domain.networks import INTERNAL, NAMES, STAFF, likely, network_name
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line
from warroom.services.draft import Draft
from warroom.services.words import LANGUAGES
from warroom.ui.dialogs.dialog import Dialog, room_within
from warroom.ui.line import Part, cut
from warroom.ui.present import SEGMENT_MARKS
from warroom.ui.scene import Scene
from warroom.ui.views.desk_rows import AUDIENCES
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Choice, ChoiceSet, TickList

WIDE = 100
"""Columns from which there is room for the title of each person."""
KINDS: tuple[StatementKind, ...] = get_args(StatementKind)
INSIDE = (STAFF, *sorted(INTERNAL - {STAFF}))
"""Where a text is no public word, told apart below the networks."""
LANGUAGE_NAMES = {"en": say("English"), "es": say("Spanish")}
BESIDE = 7
"""Cells of a row of facts that are taken by the box to tick."""


class DeskDialog(Dialog[Draft]):
    """Answers with the draft as it now is."""

    FOOT_STAYS = True
    ENTER_CONFIRMS = True
    KEEPS = "choices"

    def __init__(self, scene: Scene, incident: Incident, draft: Draft) -> None:
        super().__init__(scene.words, say("What goes with the text"), yes=say("Keep"), no=say("Cancel"))
        self._incident = incident
        self._draft = draft
        self._known = scene.desk.settings
        self._limits = scene.desk.limits
        self._other: list[str] = []
        # Who may speak comes first; anybody else of the team is there, and told apart.
        self._speakers = sorted(incident.people, key=lambda person: not person.spokesperson)

    def body(self) -> ComposeResult:
        t, draft, incident = self.words.t, self._draft, self._incident
        yield self._label(t("Kind"))
        with ChoiceSet(id="kind"):
            for kind in KINDS:
                yield Choice(self.words.say(PURPOSES[kind]), value=kind == draft.purpose, compact=True)
        if incident.objectives:
            yield self._label(t("Objective that it serves"))
            with ChoiceSet(id="objective"):
                for place, objective in enumerate(incident.objectives, 1):
                    serves = objective == draft.objective
                    yield Choice(f"{place} {one_line(objective)}", value=serves, compact=True)
        yield self._label(t("Audiences that it speaks to (Space ticks)"))
        yield TickList[Segment](
            *((self._audience(audience), audience, audience in draft.audiences) for audience in AUDIENCES),
            id="desk-audiences",
            compact=True,
        )
        yield self._label(t("Which question of which audience does it answer?"))
        yield Input(draft.question, id="desk-question", select_on_focus=False)
        yield self._label(t("Who speaks? (severity {n} of 4)", n=incident.severity))
        if self._speakers:
            with ChoiceSet(id="speaker"):
                for person in self._speakers:
                    yield Choice(self._speaker(person), value=person.initials == draft.spokesperson, compact=True)
        else:
            yield Input(draft.spokesperson, id="desk-spokesperson", select_on_focus=False)
        yield from self._facts()
        yield from self._places()
        yield self._label(t("Language of the text"))
        with ChoiceSet(id="desk-lang"):
            for lang in LANGUAGES:
                holds = lang == (draft.lang or self._known.lang)
                yield Choice(self.words.say(LANGUAGE_NAMES[lang]), value=holds, compact=True)

    def _facts(self) -> ComposeResult:
        """The facts with their words: who ticks one knows what is said."""
        t, facts, key = self.words.t, self._incident.facts.values(), self.printed("desk.facts")
        if not facts:
            yield self._label(t("Facts it cites: none is on the table yet ({key} on the desk adds one)", key=key))
            yield Label("")
            return
        yield self._label(t("Facts it cites (Space ticks; {key} on the desk adds one)", key=key))
        yield TickList[str](
            *((self._fact(fact), fact.id, fact.id in self._draft.facts) for fact in facts),
            id="desk-facts",
            compact=True,
        )

    def _places(self) -> ComposeResult:
        """The networks of the house and those that the draft names; the places inside last."""
        known, named = self._known.networks, self._draft.networks
        networks = [network for network in dict.fromkeys((*known, *named)) if network not in INTERNAL]
        yield self._label(self.words.t("Where does it go? (Space ticks)"))
        yield TickList[str](
            *((self._place(network), network, network in (named or known)) for network in (*networks, *INSIDE)),
            id="desk-networks",
            compact=True,
        )
        yield self._label(self.words.t("Another network, by its name"))
        yield Input(id="desk-other", select_on_focus=False)

    def _label(self, text: str) -> Label:
        return Label(content_of([Part(text, "$muted")]))

    def _audience(self, audience: Segment) -> str:
        return f"{SEGMENT_MARKS[audience]:<2} {self.words.say(SEGMENT_NAMES[audience])}"

    def _fact(self, fact: Fact) -> str:
        status = self.words.t("rumour") if fact.rumour else self.words.say(STATUSES[fact.status])
        return cut(f"{fact.id} {status}: {one_line(fact.text)}", room_within(self.app.size.width, wide=True) - BESIDE)

    def _place(self, network: str) -> str:
        name = str(one_line(self.words.value(network_name(network))))
        return self.words.t("{place} (no word in public)", place=name) if network in INTERNAL else name

    def _speaker(self, person: Person) -> str:
        """Name, the severities they speak at, training, whether they can be reached; `!` where something is amiss."""
        t, severity = self.words.t, self._incident.severity
        fits = not person.speaks_at or severity in person.speaks_at
        levels = self.words.list_of([str(level) for level in person.speaks_at])
        about = [t("severity {levels}", levels=levels) if levels else t("every severity")]
        if not person.spokesperson:
            about.append(t("no spokesperson"))
        if person.expert:
            about.append(t("expert"))
        about.append(t("trained") if person.trained else t("not trained"))
        if not person.available:
            about.append(t("cannot be reached"))
        sign = "✓" if fits and person.spokesperson and person.trained and person.available else "!"
        title = f", {one_line(person.title)}" if person.title and self.app.size.width >= WIDE else ""
        return f"{sign} {one_line(person.initials)} {one_line(person.name)}{title} · {' · '.join(about)}"

    def kept_as(self) -> Hashable:
        """The draft as it stood: where somebody else settled something meanwhile, that holds."""
        return type(self), self.asked_in, self._draft

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide")
        # From further down nobody would see that there is something above it.
        self.query_one("#kind").focus()
        self.call_after_refresh(self.query_one("#box").scroll_home, animate=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.go_on()

    def confirm(self) -> None:
        other = self.query_one("#desk-other", Input).value.lower().replace(",", " ").split()
        networks = tuple(dict.fromkeys((*self._ticked("desk-networks"), *other)))
        if not networks:
            self.wrong(say("Say where it goes: tick one place at least."))
            return
        if other != self._other and (doubt := self._doubt(other)) is not None:
            self._other = other
            self.wrong(doubt)
            return
        audiences = self.query_one("#desk-audiences", TickList).selected
        self.dismiss(
            replace(
                self._draft,
                purpose=KINDS[max(0, self._pressed("kind"))],
                objective=self._objective(),
                audiences=tuple(audience for audience in AUDIENCES if audience in audiences),
                question=self.query_one("#desk-question", Input).value.strip(),
                spokesperson=self._spokesperson(),
                networks=networks,
                facts=self._ticked("desk-facts") if self._incident.facts else (),
                lang=LANGUAGES[max(0, self._pressed("desk-lang"))],
            )
        )

    def _doubt(self, networks: list[str]) -> Sentence | None:
        """A network that nobody knows and that looks like one: its limits would not count. Said once."""
        for name in networks:
            if (meant := likely(name, (*NAMES, *self._limits, *self._known.networks))) is not None:
                return say("Did you mean “{meant}”? “{name}” is no network with limits here.", meant=meant, name=name)
        return None

    def _ticked(self, name: str) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        ticks = self.query_one(f"#{name}", TickList)
        values = [str(ticks.get_option_at_index(place).value) for place in range(ticks.option_count)]
        return tuple(value for value in values if value in ticks.selected)

    def _pressed(self, name: str) -> int:
        return self.query_one(f"#{name}", RadioSet).pressed_index

    def _objective(self) -> str:
        """The one that was chosen; where none was, what the draft had."""
        if not self._incident.objectives or (pressed := self._pressed("objective")) < 0:
            return self._draft.objective
        return self._incident.objectives[pressed]

    def _spokesperson(self) -> str:
        if not self._speakers:
            return self.query_one("#desk-spokesperson", Input).value.strip()
        pressed = self._pressed("speaker")
        return self._speakers[pressed].initials if pressed >= 0 else self._draft.spokesperson

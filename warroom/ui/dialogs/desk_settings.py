"""What goes with a text: its kind, objective, audiences, spokesperson, the question it answers, facts, networks."""

from typing import get_args

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.widgets import Input, Label, RadioSet

from warroom.domain.events import Person, StatementKind
from warroom.domain.incident import Incident
from warroom.domain.mention import SEGMENT_NAMES
from warroom.domain.sentence import say
from warroom.domain.text import one_line
from warroom.services.desk import Draft
from warroom.services.entries import PURPOSES
from warroom.services.words import LANGUAGES
from warroom.ui.dialogs.dialog import ROOMY, Dialog
from warroom.ui.line import Part
from warroom.ui.present import SEGMENT_MARKS
from warroom.ui.scene import Scene
from warroom.ui.views.desk_rows import AUDIENCES
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Choice, ChoiceSet, Tick

WIDE = 100
"""Columns from which there is room for the title of each person."""
KINDS: tuple[StatementKind, ...] = get_args(StatementKind)


class DeskDialog(Dialog[Draft]):
    """Answers with the draft as it now is."""

    FOOT_STAYS = True

    def __init__(self, scene: Scene, incident: Incident, draft: Draft) -> None:
        super().__init__(scene.words, say("What goes with the text"), yes=say("Keep"), no=say("Cancel"))
        self._incident = incident
        self._draft = draft
        self._known = scene.desk.settings
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
        yield self._label(t("Audiences that it speaks to"))
        for audience in AUDIENCES:
            name = f"{SEGMENT_MARKS[audience]:<2} {self.words.say(SEGMENT_NAMES[audience])}"
            yield Tick(name, value=audience in draft.audiences, id=f"to-{audience}", compact=True)
        yield self._label("\n" + t("Which question of which audience does it answer?"))
        yield Input(draft.question, id="desk-question", select_on_focus=False)
        yield self._label(t("Who speaks? (severity {n} of 4)", n=incident.severity))
        if self._speakers:
            with ChoiceSet(id="speaker"):
                for person in self._speakers:
                    yield Choice(self._speaker(person), value=person.initials == draft.spokesperson, compact=True)
        else:
            yield Input(draft.spokesperson, id="desk-spokesperson", select_on_focus=False)
        facts, networks = ", ".join(incident.facts), draft.networks or self._known.networks
        fields = [
            ("facts", t("Facts it cites ({known}; f on the desk adds one)", known=facts or "—"), " ".join(draft.facts)),
            ("networks", t("Networks (staff and press are no public word)"), " ".join(networks)),
            ("lang", t("Language of the text (en, es)"), draft.lang or self._known.lang),
        ]
        for name, label, value in fields:
            yield self._label(label)
            yield Input(value, id=f"desk-{name}", select_on_focus=False)

    def _label(self, text: str) -> Label:
        return Label(content_of([Part(text, "$muted")]))

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

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide")
        if self.app.size.height < ROOMY:
            # From the question nobody would see that there is something above it.
            self.query_one("#kind").focus()
            self.call_after_refresh(self.query_one("#box").scroll_home, animate=False)
        else:
            self.query_one("#desk-question", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(Input))
        if event.input is fields[-1]:
            self.confirm()
        else:
            self.focus_next()

    def confirm(self) -> None:
        said = {name: self._typed(name) for name in ("question", "facts", "networks", "lang")}
        facts = tuple(dict.fromkeys(said["facts"].upper().replace(",", " ").split()))
        unknown = [fact for fact in facts if fact not in self._incident.facts]
        if unknown:
            self.wrong(say("There is no fact {fact}.", fact=unknown[0]))
            return
        lang = said["lang"].lower() or self._known.lang
        if lang not in LANGUAGES:
            self.wrong(say("The checks know English (en) and Spanish (es)."))
            return
        audiences = tuple(audience for audience in AUDIENCES if self.query_one(f"#to-{audience}", Tick).value)
        self.dismiss(
            replace(
                self._draft,
                purpose=KINDS[max(0, self._pressed("kind"))],
                objective=self._objective(),
                audiences=audiences,
                question=said["question"],
                spokesperson=self._spokesperson(),
                networks=tuple(dict.fromkeys(said["networks"].lower().replace(",", " ").split())),
                facts=facts,
                lang=lang,
            )
        )

    def _typed(self, name: str) -> str:
        return self.query_one(f"#desk-{name}", Input).value.strip()

    def _pressed(self, name: str) -> int:
        return self.query_one(f"#{name}", RadioSet).pressed_index

    def _objective(self) -> str:
        """The one that was chosen; where none was, what the draft had."""
        if not self._incident.objectives or (pressed := self._pressed("objective")) < 0:
            return self._draft.objective
        return self._incident.objectives[pressed]

    def _spokesperson(self) -> str:
        if not self._speakers:
            return self._typed("spokesperson")
        pressed = self._pressed("speaker")
        return self._speakers[pressed].initials if pressed >= 0 else self._draft.spokesperson

"""What goes with a text: its kind, language, spokesperson, networks, the question it answers, the facts it cites."""

from typing import get_args

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.widgets import Input, Label, RadioSet

from warroom.domain.events import StatementKind
from warroom.domain.incident import Incident
from warroom.domain.sentence import say
from warroom.services.desk import Draft
from warroom.services.entries import PURPOSES
from warroom.services.words import LANGUAGES
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import Choice

KINDS: tuple[StatementKind, ...] = get_args(StatementKind)


class DeskDialog(Dialog[Draft]):
    """Answers with the draft as it now is."""

    def __init__(self, scene: Scene, incident: Incident, draft: Draft) -> None:
        super().__init__(scene.words, say("What goes with the text"), yes=say("Keep"), no=say("Cancel"))
        self._incident = incident
        self._draft = draft
        self._known = scene.desk.settings

    def body(self) -> ComposeResult:
        t, draft, incident = self.words.t, self._draft, self._incident
        yield Label(content_of([Part(t("Kind"), "$muted")]))
        with RadioSet(id="kind"):
            for kind in KINDS:
                yield Choice(self.words.say(PURPOSES[kind]), value=kind == draft.purpose)
        speakers = ", ".join(f"{person.initials} ({person.name})" for person in incident.people if person.spokesperson)
        facts = ", ".join(f"{fact.id}" for fact in incident.facts.values())
        fields = [
            ("question", t("Which question of which audience does it answer?"), draft.question),
            ("spokesperson", t("Who speaks? {who}", who=speakers), draft.spokesperson),
            ("networks", t("Networks"), " ".join(draft.networks or self._known.networks)),
            ("facts", t("Facts it cites ({known}; f on the desk adds one)", known=facts or "—"), " ".join(draft.facts)),
            ("lang", t("Language of the text (en, es)"), draft.lang or self._known.lang),
        ]
        for name, label, value in fields:
            yield Label(content_of([Part(label, "$muted")]))
            yield Input(value, id=f"desk-{name}", select_on_focus=False)

    def on_mount(self) -> None:
        self.query_one("#desk-question", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        fields = list(self.query(Input))
        if event.input is fields[-1]:
            self.confirm()
        else:
            self.focus_next()

    def confirm(self) -> None:
        said = {
            name: self.query_one(f"#desk-{name}", Input).value.strip()
            for name in ("question", "spokesperson", "networks", "facts", "lang")
        }
        facts = tuple(said["facts"].upper().replace(",", " ").split())
        unknown = [fact for fact in facts if fact not in self._incident.facts]
        if unknown:
            self.wrong(say("There is no fact {fact}.", fact=unknown[0]))
            return
        lang = said["lang"].lower() or self._known.lang
        if lang not in LANGUAGES:
            self.wrong(say("The checks know English (en) and Spanish (es)."))
            return
        self.dismiss(
            replace(
                self._draft,
                purpose=KINDS[max(0, self.query_one("#kind", RadioSet).pressed_index)],
                question=said["question"],
                spokesperson=said["spokesperson"],
                networks=tuple(said["networks"].lower().replace(",", " ").split()),
                facts=facts,
                lang=lang,
            )
        )

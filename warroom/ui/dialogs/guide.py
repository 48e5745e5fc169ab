"""The reply guide: at most four questions, what they propose, and the reply with its checks while it is written.

warroom sends nothing: the text is copied, a person posts it, and the mention is marked. Whoever leaves in between
finds the answers and the words again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.timer import Timer
from textual.widgets import Button, Input, Label, Static, TextArea
from textual.widgets.text_area import Selection

from warroom.domain.board import Board
from warroom.domain.checks.finding import Finding
from warroom.domain.checks.judge import KNOWN_LANGUAGES, gate
from warroom.domain.events import AnyEvent, Outcome
from warroom.domain.mention import Kept
from warroom.domain.names import OUTCOMES
from warroom.domain.reply import (
    ANSWERED,
    CONSIDERATIONS,
    GAP,
    Proposal,
    Question,
    ahead,
    conversation,
    guide,
    reply,
    settled,
)
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.text import one_line, plain
from warroom.services.replying import judge_reply
from warroom.services.snippets import filled, snippets
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.dialogs.guide_lines import WITH_TEXT, Choices, ended, keys, path, told
from warroom.ui.dialogs.text_alone import TextAloneScreen
from warroom.ui.keys import bind
from warroom.ui.line import Part
from warroom.ui.messages import Act
from warroom.ui.present import author_cell
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import ActionLine, clickable, content_of
from warroom.ui.widgets.draft_area import DraftArea, index_of, place_of
from warroom.ui.widgets.row_list import RowList

CHECK_AFTER = 0.3
"""Seconds after the last key before the checks read the reply."""


@dataclass(slots=True)
class Begun:
    """A guide under way: what was answered, and the words as they stand."""

    answers: tuple[str, ...] = ()
    outcome: Outcome | None = None
    text: str = ""


class ReplyArea(DraftArea):
    """The reply. Textual's own F6 selects a line; everything is still F7."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("guide.next", "screen.next_check"),
        bind("guide.back", "screen.question_back"),
        bind("guide.alone", "screen.alone"),
    ]


class GuideDialog(Dialog[Act]):
    """Answers with the act that records it all. Digits and Enter answer. Where nothing is typed Backspace goes a
    question back, too."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(digit), f"pick({digit - 1})", show=False) for digit in range(1, 8)),
        bind("guide.back", "question_back"),
        Binding("backspace", "back", show=False),
        bind("guide.copy", "copy"),
        bind("guide.other_text", "other_text"),
        bind("guide.other_outcome", "other_outcome"),
        bind("guide.next", "next_check"),
        bind("guide.alone", "alone"),
    ]

    def __init__(self, scene: Scene, kept: Kept, begun: Begun) -> None:
        who = str(author_cell(kept))
        super().__init__(scene.words, say("Guide: {who}", who=who), yes=say("Done"), no=say("Leave"))
        self._scene = scene
        self._kept = kept
        self._begun = begun
        self._choosing = False
        self._findings: tuple[Finding, ...] = ()
        self._checking: Timer | None = None
        self._snippet = -1
        self._loaded: tuple[Outcome | None, str] = (None, "")
        self._lang = self._lang_first

    def body(self) -> ComposeResult:
        text = plain(self._kept.mention.words[:600])
        yield Static(content_of([Part(text, "$muted")]), id="guide-mention")
        yield Static(id="guide-path")
        with Container(id="guide-question"):
            yield Static(id="guide-asked")
            yield RowList(id="guide-answers")
        with Container(id="guide-end"):
            yield Static(id="guide-outcome")
            yield ReplyArea(id="guide-text", tab_behavior="focus", compact=True)
            yield Static(id="guide-findings")
            care = " · ".join(self.words.say(line) for line in CONSIDERATIONS)
            yield Static(content_of([Part(care, "$muted")]), id="guide-care")
            yield Label(id="guide-why")
            yield Input(id="guide-reason", max_length=500)
            yield ActionLine(id="guide-keys")

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-wide", "-guide")
        self.query_one("#box").set_class(self.app.size.height >= 30, "-roomy")
        if self._begun.text:
            self.query_one("#guide-text", TextArea).load_text(self._begun.text)
        self._show()

    # --- what stands on the screen ----------------------------------------------------------------------

    @property
    def _end(self) -> Proposal | None:
        """What the guide proposes, once it has ended."""
        found = ahead(self._begun.answers, self._kept.mention.people)
        return None if isinstance(found, Question) else found

    @property
    def _outcome(self) -> Outcome | None:
        end = self._end
        return None if end is None else self._begun.outcome or end.outcome

    def _show(self) -> None:
        """The question that is open, or the end."""
        end, outcome = self._end, self._outcome
        asking = end is None or self._choosing
        self.tell([])
        self.query_one("#guide-path", Static).update(clickable(path(self._begun.answers, self.words)))
        self.query_one("#guide-path").display = bool(self._begun.answers) and asking
        self.query_one("#guide-question").display = asking
        self.query_one("#guide-end").display = not asking
        self.query_one("#yes").display = not asking
        if asking:
            self._ask(end)
            return
        if end is not None and outcome is not None:
            self._show_end(end, outcome)

    def _show_end(self, end: Proposal, outcome: Outcome) -> None:
        t = self.words.t
        self.query_one("#guide-outcome", Static).update(content_of(ended(end, outcome, self.words)))
        writes = outcome in WITH_TEXT
        for part in ("#guide-text", "#guide-findings", "#guide-care"):
            self.query_one(part).display = writes
        area = self.query_one("#guide-text", TextArea)
        if outcome in ANSWERED and self._loaded[0] != outcome and area.text.strip() in ("", self._loaded[1]):
            self._snippet = -1
            self.action_other_text()
        self.query_one("#yes", Button).label = t("Mark as Reply") if outcome in ANSWERED else t("Record it")
        self._check()
        if writes:
            area.focus()
        elif self.query_one("#guide-reason").display:
            self.query_one("#guide-reason").focus()
        else:
            self.query_one("#no").focus()

    def _ask(self, end: Proposal | None) -> None:
        words = self.words
        answers = self.query_one(RowList)
        if end is None:
            question = ahead(self._begun.answers)
            assert isinstance(question, Question)
            asked = words.say(question.text)
            choices = [(answer.id, words.say(answer.text)) for answer in question.answers]
        else:
            asked = words.t("What do we do instead?")
            choices = [(name, words.say(OUTCOMES[name])) for name in get_args(Outcome)]
        self.query_one("#guide-asked", Static).update(content_of([Part(asked, "bold")]))
        answers.cursor = 0
        answers.show(Choices(choices))
        answers.styles.height = len(choices)
        answers.focus()

    def _check(self) -> None:
        """Let the checks read the reply as it stands, and ask for a reason where one is owed."""
        self._checking = None
        outcome = self._outcome
        if outcome is None:
            return
        text = self.query_one("#guide-text", TextArea).text
        scene = self._scene
        if outcome in WITH_TEXT and text.strip():
            self._findings = judge_reply(
                scene.desk, text, self._kept, scene.board, scene.clock(), lang=self._lang, outcome=outcome
            )
        else:
            self._findings = ()
        unwritten = [Part(f"· {self.words.t('nothing is written yet')}", "$muted")]
        found = told(self._findings, self.words) if text.strip() else unwritten
        self.query_one("#guide-findings", Static).update(content_of(found))
        owed = self._owed(outcome)
        self.query_one("#guide-reason").display = owed is not None
        label = self.query_one("#guide-why", Label)
        label.display = owed is not None
        if owed is not None:
            label.update(content_of([Part(self.words.say(owed), "$muted")]))
        self.query_one("#guide-keys", ActionLine).show(lambda width: keys(scene, outcome, width))

    def _owed(self, outcome: Outcome) -> Sentence | None:
        """What has to be given a reason for."""
        end = self._end
        if outcome == "monitor":
            return say("Why is it only watched?")
        if end is not None and outcome != end.outcome:
            return say("Why otherwise than proposed?")
        held = ", ".join(check for check in self._held if check != GAP)
        return say("Held by {checks}. Why does it go out all the same?", checks=held) if held else None

    @property
    def _held(self) -> tuple[str, ...]:
        """The checks that hold the reply."""
        return tuple(dict.fromkeys(finding.check for finding in gate(self._findings, "full", ())))

    # --- answering --------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        typing = isinstance(self.focused, TextArea | Input)
        if action == "pick":
            return self._end is None or self._choosing
        if action == "back":
            return not typing
        if action in ("copy", "other_text", "next_check", "alone"):
            return self._outcome in WITH_TEXT and not self._choosing
        return action != "other_outcome" or self._end is not None

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        message.stop()
        self._picked(message.key)

    def action_pick(self, index: int) -> None:
        rows = self.query_one(RowList).rows
        if index < len(rows):
            self._picked(rows.key(index))

    def _picked(self, key: str) -> None:
        if self._choosing:
            outcomes: tuple[Outcome, ...] = get_args(Outcome)
            self._begun.outcome = next((name for name in outcomes if name == key), None)
            self._choosing = False
        else:
            self._begun.answers = (*self._begun.answers, key)
        self._show()

    def action_back(self) -> None:
        """A question back; the words that were written stay."""
        if self._choosing:
            self._choosing = False
        else:
            self._begun.answers, self._begun.outcome = self._begun.answers[:-1], None
        self._show()

    def action_other_outcome(self) -> None:
        self._choosing = True
        self._show()

    # --- the reply --------------------------------------------------------------------------------------

    def action_other_text(self) -> None:
        """The next text for this outcome: in the language of the mention first, then in the others."""
        outcome = self._outcome
        if outcome is None:
            return
        address = self._scene.desk.settings.voice.address
        langs = (self._lang_first, *(lang for lang in KNOWN_LANGUAGES if lang != self._lang_first))
        texts = [(lang, text) for lang in langs for text in snippets(outcome, lang, address)]
        if not texts:
            return
        if self._snippet < 0:
            # Not the same words again where we have spoken in this conversation before.
            said = len(self._scene.board.desk.replies(conversation(self._kept.mention)))
            own = sum(lang == langs[0] for lang, _ in texts) or len(texts)
            self._snippet = said % own
        else:
            self._snippet = (self._snippet + 1) % len(texts)
        self._lang, text = texts[self._snippet]
        author = str(author_cell(self._kept)) if self._kept.mention.author_handle else ""
        words = filled(text, author=author, organisation=one_line(self._scene.organisation))
        self._loaded = (outcome, words)
        self.query_one("#guide-text", TextArea).load_text(words)
        self._check()
        self.action_next_check()

    def action_next_check(self) -> None:
        """Select the next words that a check points at: what is typed then takes their place."""
        area = self.query_one("#guide-text", TextArea)
        places = [(f.start, f.end) for f in self._findings if f.start is not None and f.end is not None]
        here = max(index_of(area.text, end) for end in area.selection)
        later = [place for place in places if place[0] >= here] or places
        if later:
            area.selection = Selection(*(place_of(area.text, index) for index in later[0]))

    @property
    def _lang_first(self) -> str:
        known = (self._kept.mention.lang or "").lower().split("-")[0]
        return known if known in KNOWN_LANGUAGES else self._scene.words.lang

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        event.stop()
        text = event.text_area.text
        if (clean := plain(text)) != text:
            # What was pasted may hold characters that work on a terminal.
            event.text_area.load_text(clean)
            return
        self._begun.text = text
        if self._checking is not None:
            self._checking.stop()
        self._checking = self.set_timer(CHECK_AFTER, self._check)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.confirm()

    def action_copy(self) -> None:
        """To the clipboard, by the terminal's own sequence (OSC 52); nobody says whether it took it."""
        self._check()
        reason = self.query_one("#guide-reason", Input).value
        try:
            said = reply(self._kept, self.query_one("#guide-text", TextArea).text, held=self._held, reason=reason)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        self.app.copy_to_clipboard(said.text)
        key = self.printed("guide.alone")
        told = self.words.t("Copied. If your terminal did not take it: {key} shows the text alone.", key=key)
        self.tell([Part(f"✓ {told}", "$success")])

    def action_question_back(self) -> None:
        """From anywhere, also out of the text."""
        self.action_back()

    def action_alone(self) -> None:
        self.app.push_screen(TextAloneScreen(self.words, self.query_one("#guide-text", TextArea).text))

    def action_leave(self) -> None:
        """From a text field to the buttons; from anywhere else out. Nothing that was typed is lost."""
        if isinstance(self.focused, TextArea | Input):
            self.query_one("#no").focus()
        elif self._choosing:
            self.action_back()
        else:
            self.dismiss(None)

    def confirm(self) -> None:
        self._check()
        outcome = self._outcome
        if outcome is None:
            return
        decide = self._decision(outcome)
        try:
            decide(self._scene.board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        done = say("→ {act}  {who}", act=OUTCOMES[outcome], who=str(author_cell(self._kept)))
        self.hand_in(Act(decide, done, undoable=True))

    def _decision(self, outcome: Outcome) -> Callable[[Board], list[AnyEvent]]:
        """What is recorded; it is decided once more when the dialog has gone, so it holds what was typed."""
        kept, answers, held = self._kept, self._begun.answers, self._held
        reason = self.query_one("#guide-reason", Input).value
        text = self.query_one("#guide-text", TextArea).text if outcome in WITH_TEXT else ""

        def decide(board: Board) -> list[AnyEvent]:
            events: list[AnyEvent] = [guide(kept, answers, outcome, reason)]
            if outcome in ANSWERED or text.strip():
                events.append(reply(kept, text, held=held, reason=reason))
            if (act := settled(board.desk, kept, outcome)) is not None:
                events.append(act)
            return events

        return decide

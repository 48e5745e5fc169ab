"""The text on the desk, as far as it is recorded: what was typed since, what is on its way to the log, and what came
back. Pure: who holds the words is the editor (`views/editing`), and who sends them is its view."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from msgspec.structs import replace

from warroom.domain.board import Board
from warroom.domain.events import StatementRevised
from warroom.domain.incident import Incident
from warroom.domain.statement import Revision, digest, new_statement_id
from warroom.domain.text import harmless
from warroom.services.draft import Draft
from warroom.ui.draft import saved

State: TypeAlias = Literal["", "typed", "unsaved"]
"""Whether the editor holds more than was recorded, and whether that could not be recorded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Save:
    """What is written into the crisis `inc`: a text with what goes with it, on the recorded one of the digest `base`;
    where somebody else has saved since, ours stands beside theirs."""

    inc: str
    draft: Draft
    text: str
    base: str | None

    def decide(self, board: Board) -> Sequence[StatementRevised]:
        return saved(board, self.inc, self.draft, self.text, self.base)

    @property
    def mark(self) -> str:
        """The digest that the text has once it is recorded."""
        draft = self.draft
        return digest(self.text, draft.networks, draft.lang, draft.spokesperson, draft.facts)


class Written:
    """What is known of the text in the editor beside its words, which are handed in."""

    def __init__(self) -> None:
        self.draft = Draft()
        """What goes with the text."""
        self.base: str | None = None
        """The digest of the recorded text that is in the editor; None where it is a new one."""
        self.kept: str | None = ""
        """What was recorded of the text, or is on its way; None where a new text was begun beside others."""
        self.untouched = ""
        """What stood in the editor when a new text was begun: until a word of one's own is there, nothing is kept."""
        self.state: State = ""
        self.saves = 0
        """Saves on their way: until they are settled the editor is ahead of the log."""
        self._written_on: str | None = None
        """What the last save is written on, like `base`."""

    @property
    def is_recorded(self) -> bool:
        """Whether nothing was typed, and nothing is on its way."""
        return not self.state and not self.saves

    def clear(self) -> None:
        """Nothing is on the desk."""
        self.draft, self.base, self.kept = Draft(), None, ""
        self.untouched, self.state = "", ""

    def begin(self, draft: Draft) -> None:
        """A new text is written beside those that are recorded."""
        self.draft, self.base, self.kept = draft, None, None
        self.untouched, self.state = "", "typed"

    def show(self, revision: Revision) -> str:
        """A recorded text is put on the desk; its words as they are put into the editor."""
        self.base, self.kept = revision.digest, harmless(revision.text)
        return self.kept

    def change(self, draft: Draft) -> None:
        """Something else goes with the text than was recorded."""
        self.draft, self.state = draft, "typed"

    def typed(self, text: str) -> bool:
        """The words in the editor are these now; whether they are other ones than were recorded."""
        differs = text != self.kept
        self.state = (self.state or "typed") if differs else ""
        return differs

    def is_untouched(self, text: str) -> bool:
        """Whether it is a new text without a word of one's own."""
        return self.kept is None and text.strip() in ("", self.untouched.strip())

    def is_nothing(self, text: str, incident: Incident) -> bool:
        """Whether there is nothing to record: no word, and no statement that a word was taken from."""
        return not text.strip() and self.draft.statement not in incident.statements and not self.saves

    def save(self, text: str, incident: Incident, lang: str) -> Save:
        """What is to be written now; from here on it is on its way. `lang` is that of a text without one."""
        self.draft = _named(self.draft, incident, lang)
        save = Save(inc=incident.id, draft=self.draft, text=text, base=self.base)
        self._written_on = self.base
        self.base, self.kept, self.state = save.mark, text, ""
        self.saves += 1
        return save

    def settle(self, save: Save, *, done: bool) -> None:
        """A save has come back. Where it could not be written, the words stay, and what they were written on."""
        self.saves -= 1
        if not done:
            self.state = "unsaved"
            if self.base == save.mark:
                self.base, self.kept = save.base, ""

    def last(self, text: str, incident: Incident, lang: str) -> Save | None:
        """What still has to be written where nobody waits for an answer any more."""
        if self.is_recorded or self.is_untouched(text) or self.is_nothing(text, incident):
            return None
        # A save that was on its way may never have come to the log.
        base = self._written_on if self.saves else self.base
        return Save(inc=incident.id, draft=_named(self.draft, incident, lang), text=text, base=base)


def _named(draft: Draft, incident: Incident, lang: str) -> Draft:
    if draft.statement is not None:
        return draft
    return replace(draft.begun(new_statement_id(incident.statements)), lang=draft.lang or lang)

"""The narratives: which stories rise, in whose words; the operator puts two together or takes a group out."""

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, TypeVar

from msgspec.structs import replace
from textual.binding import BindingType

from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, NarrativeMerged, NarrativeSplit, Recorded
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.telling import merge, split, take_back
from warroom.domain.text import one_line
from warroom.domain.triage.narratives import Narrative
from warroom.services.entries.mentions import merged, parted
from warroom.ui.dialogs.rows import Hint, RowsDialog
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.messages import Act
from warroom.ui.present import author_cell
from warroom.ui.scene import Scene
from warroom.ui.views.pulse_lines import BEGINNING, told_as
from warroom.ui.widgets.row_list import RowList

Said = TypeVar("Said", NarrativeMerged, NarrativeSplit)

FOUND_BY = 4
"""First words of a text by which it is found again."""
_WORD = re.compile(r"\w+")
UNFOLDED = 30
"""Groups of one narrative that are listed at most."""


class NarrativeRows:
    """Narratives, the largest first; under the unfolded one its groups of copies. Keys: the narrative's id, and for a
    group "id\\ngroup"."""

    def __init__(self, known: Sequence[Narrative], scene: Scene, unfolded: str, marked: str) -> None:
        self._scene, self._marked = scene, marked
        self._lines: list[tuple[Narrative, str]] = []
        for narrative in known:
            self._lines.append((narrative, ""))
            if narrative.id == unfolded:
                self._lines += [(narrative, group) for group in narrative.groups[:UNFOLDED]]

    def __len__(self) -> int:
        return len(self._lines)

    def key(self, index: int) -> str:
        narrative, group = self._lines[index]
        return f"{narrative.id}\n{group}" if group else narrative.id

    def selectable(self, index: int) -> bool:
        return True

    def line(self, index: int, width: int) -> Sequence[Part]:
        narrative, group = self._lines[index]
        words = self._scene.words
        if group:
            return self._group(group, width)
        glyph = Part(" ◆ " if narrative.id == self._marked else " ", "bold $warning")
        told = words.tn("{n} mention", "{n} mentions", narrative.mentions)
        style = "bold" if len(narrative.groups) > 1 else "$muted"
        end = [Part(f" {told} ", style), Part(f"{len(narrative.groups)}× ", "$muted")]
        room = width - glyph.width - width_of(end)
        return spread(
            [glyph, Part(cut(told_as(self._scene, narrative, max(BEGINNING, room - 2)), room), "bold")], end, width
        )

    def _group(self, group: str, width: int) -> Sequence[Part]:
        sorting = self._scene.sorting
        rows = sorting.rows_of(group)
        kept = self._scene.reader.get(rows[0]) if rows else None
        if kept is None:
            return [Part("   ┈", "$muted")]
        end = [Part(f" {len(rows)} ", "$muted")]
        text = f"{author_cell(kept)}  {one_line(kept.mention.words)}"
        return spread([Part("   "), Part(cut(text, width - 3 - width_of(end)))], end, width)


class NarrativesDialog(RowsDialog[str]):
    """Answers with the words to be read in the Feed, or with None."""

    YES_ID = "narratives.read"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("narratives.merge", "merge"),
        bind("narratives.split", "split"),
        bind("narratives.read", "read"),
    ]

    def __init__(self, look: Callable[[], Scene], act: Callable[[Act], None]) -> None:
        super().__init__(look().words, say("Narratives"), yes=say("Read them"), no=say("Close"))
        self._look, self._act = look, act
        self._unfolded = self._marked = ""
        self._said: NarrativeMerged | NarrativeSplit | None = None
        """What was decided and is not to be seen yet: the cursor goes there."""

    @property
    def known(self) -> Sequence[Narrative]:
        """The stories, and below them the groups that stand alone."""
        sorting = self._look().sorting
        return [*sorting.stories.narratives, *sorting.stories.alone]

    @property
    def group(self) -> tuple[str, str]:
        """The narrative under the cursor and, where it is on one, the group."""
        narrative, _, group = self.chosen.partition("\n")
        return narrative, group

    def listed(self) -> NarrativeRows:
        return NarrativeRows(self.known, self._look(), self._unfolded, self._marked)

    def look(self) -> None:
        super().look()
        said = self._said
        if isinstance(said, NarrativeMerged):
            found = next((one for one in self.known if {said.narrative, said.other} <= {*one.groups}), None)
        elif said is not None:
            found = next((one for one in self.known if one.groups == (said.group,)), None)
        else:
            return
        if found is not None:
            self._said = None
            self.query_one(RowList).select(found.id)

    def in_full(self) -> list[Part]:
        t = self.words.t
        if not self.known:
            return [Part(t("No narrative rises: what people write now, they have written before."), "$muted")]
        if self._marked:
            key = self.printed("narratives.merge")
            return [Part(t("Choose the narrative that tells the same, and {key} once more.", key=key), "$warning")]
        return [
            Part(
                t(
                    "Mentions of the last half hour that share a hashtag, a link or two words that rise; below them"
                    " texts in many copies (1×), which can be merged too."
                ),
                "$muted",
            )
        ]

    def offered(self) -> list[Hint]:
        t = self.words.t
        return [
            Hint("", t("Its groups")),
            Hint("narratives.merge", t("Merge")),
            Hint("narratives.split", t("Split off")),
            Hint("narratives.read", t("Read them")),
        ]

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        message.stop()
        narrative, _ = self.group
        self._unfolded = "" if narrative == self._unfolded else narrative
        self.look()

    def confirm(self) -> None:
        self.action_read()

    def action_read(self) -> None:
        narrative = next((one for one in self.known if one.id == self.group[0]), None)
        if narrative is not None and (words := self._words_of(narrative)):
            self.dismiss(f'"{words}"')

    def _words_of(self, narrative: Narrative) -> str:
        """What its mentions are found by: the term that most of them share, of a single text its first words."""
        if len(narrative.groups) > 1 and narrative.name:
            return narrative.name[0].lstrip("#")
        scene = self._look()
        rows = scene.sorting.rows_of(narrative.id)
        kept = scene.reader.get(rows[-1]) if rows else None
        return " ".join(_WORD.findall(kept.mention.words)[:FOUND_BY]) if kept is not None else ""

    def action_merge(self) -> None:
        narrative, _ = self.group
        if not narrative:
            return
        if not self._marked:
            self._marked = narrative
            self.look()
            return
        one, self._marked = self._marked, ""
        known = {narrative.id: narrative for narrative in self.known}

        def decide(_: Board) -> NarrativeMerged:
            said = merge(self.known, one, narrative)
            names = [self._called(known[id]) if id in known else "" for id in (said.narrative, said.other)]
            return replace(said, told=names[0], other_told=names[1])

        self._do(decide, merged)

    def action_split(self) -> None:
        narrative, group = self.group
        if not group:
            self.wrong(say("Enter shows its groups; choose the one that is a narrative of its own."))
            return
        told = self._beginning(group)
        self._do(lambda _: replace(split(self.known, narrative, group), told=told), parted)

    def _called(self, narrative: Narrative) -> str:
        return told_as(self._look(), narrative)

    def _beginning(self, group: str) -> str:
        """How the copies of a group begin."""
        scene = self._look()
        rows = scene.sorting.rows_of(group)
        kept = scene.reader.get(rows[0]) if rows else None
        if kept is None:
            return ""
        return self.words.t("“{text}”", text=cut(one_line(kept.mention.words), BEGINNING))

    def _do(self, decide: Callable[[Board], Said], told: Callable[[Said], Sentence]) -> None:
        scene = self._look()
        if scene.read_only:
            self.wrong(say("This is a recording: it is read-only."))
            return
        try:
            said = decide(scene.board)
        except Refused as refusal:
            self.wrong(refusal.sentence)
            return
        done = told(said)
        self._said = said
        self._act(Act(decide, done, undo=_taking_back))
        self.say(done)
        self.look()


def _taking_back(board: Board, said: Sequence[Recorded]) -> AnyEvent:
    return take_back(board.regrouped, said[0])

"""A view whose list can stand in another order, and its copies in one row. What is ordered is what a search has found.

The list that is read stays as it is; the order is worked out again beside the screen (`services/order`).
"""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from msgspec.structs import replace
from textual.binding import BindingType
from textual.timer import Timer

from warroom.domain.board import Board
from warroom.domain.mention import Kept
from warroom.domain.sentence import say
from warroom.services.order import GROUPS, Arranged, Name, Orderer, Wanted, copies_below, folded, name_of, unfolded
from warroom.services.words import Words
from warroom.store.errors import StoreError
from warroom.store.windows import Filter
from warroom.ui.chips import Chip
from warroom.ui.keys import bind
from warroom.ui.line import Part
from warroom.ui.messages import Told
from warroom.ui.scene import Scene
from warroom.ui.views.mentions import CHOOSE, MentionsView, nothing_yet, urgent_parts
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.mention_feed import MentionFeed
from warroom.ui.widgets.mention_row import BELOW, FOLDED, UNFOLDED, Standing
from warroom.ui.widgets.mention_window import Order

AT_ONCE = 1_000
"""Newest copies that an act on the row that stands for them is about."""
ORDER_AGAIN = 0.5
"""Seconds between two looks at how the order is now."""


class OrderedFeed(MentionFeed):
    """The list whose order can be another, and whose copies can stand in one row."""

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("feed.order", "wants('order')"),
        bind("feed.duplicates", "wants('copies')"),
        bind("feed.unfold", "wants('unfold')"),
        bind("feed.fold", "wants('fold')"),
    ]


class Seen(NamedTuple):
    """What a search has looked at: the filter, up to which mention, and up to which event where acts matter."""

    where: Filter
    row: int
    pos: int


class Question(NamedTuple):
    """What an order answers: which mentions, and how they are wanted."""

    where: Filter
    wanted: Wanted


class Asked(NamedTuple):
    """A question, with everything on which its answer depends."""

    question: Question
    seen: Seen
    board: Board
    pos: int
    row: int
    upto: int
    minute: int


class OrderedView(MentionsView):
    """Who searches sets what was found (`_found`, None for all) and what for (`_seen`)."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: Sequence[int] | None = None
        self._seen = Seen(Filter(), 0, 0)
        self._wanted = Wanted()
        self._folded_before = False
        self._order: Order | None = None
        """How it stands now; what is shown may be an older one."""
        self._more = False
        self._ordered: Asked | None = None
        """What is being ordered, or was last."""
        self._ordering = False
        self._again: Timer | None = None
        self._standings: dict[object, Standing] = {}
        self._stood: tuple[object, int, int] = None, 0, 0
        """For what they stand: all that can change them, up to which row mentions were sorted, and the second of it."""

    # --- showing ----------------------------------------------------------------------------------------

    def show_list(self, scene: Scene, *, instead: int | None = None) -> None:
        """Hand the list what it shows. `instead` stands there for the selected row."""
        t = scene.words.t
        empty = nothing_yet(scene)
        if self._found is not None:
            empty = t("Nothing matches. Esc clears the search.")
        elif self._wanted.urgent and scene.board.row:
            empty = t("Nothing is open.")
        feed = self.query_one(OrderedFeed)
        found = self._found if self._order is None else self._order
        note = ""
        if self._order is not None and self._wanted.urgent:
            note = t("most urgent first, of the newest {n}", n=GROUPS) if self._more else t("most urgent first")
        feed.look(scene, title=t("Feed"), empty=empty, found=found, note=note, standing=self._standing, instead=instead)

    def hold_bar(self, bar: ActionLine, words: Words) -> None:
        """Above the list: what came in since, or, in the order of urgency, what would stand there now."""
        feed = self.feed
        if self._order is None or not self._wanted.urgent:
            super().hold_bar(bar, words)
            return
        bar.display = feed.held > 0
        key = self._scene.key("feed.latest") if self._scene is not None else ""
        bar.show(lambda width: urgent_parts(feed.held, words, width, key))

    def order_chips(self, words: Words) -> list[list[Part]]:
        """What is told of the order, each with a way to take it off."""
        chips: list[list[Part]] = []
        if self._wanted.urgent:
            chips.append(Chip("order", "", words.t("most urgent first")).parts)
        if self._wanted.folded:
            chips.append(Chip("copies", "", words.t("copies in one row")).parts)
        return chips

    def _standing(self, kept: Kept) -> Standing:
        """How soon a mention is read, for its row; remembered until something has changed, and for the rest of the
        second where only more mentions were sorted."""
        scene = self._scene
        assert scene is not None
        board, sorting, shown, second = scene.board, scene.sorting, self.feed.order, int(scene.now.timestamp())
        stamp, (stood, upto, at) = (board, board.pos, second // 60, shown, self._wanted), self._stood
        if stood != stamp or (upto != sorting.upto and at != second):
            self._stood, self._standings = (stamp, sorting.upto, second), {}
        known, read = self._standings, (kept.row, kept.segment, kept.question, sorting.group(kept.row))
        standing = known.get(read)
        if standing is None:
            ranked = scene.weighing.ranked(kept, board, scene.now)
            sign, n = self._sign(kept.row, scene, shown)
            standing = known[read] = Standing(ranked.rank, ranked.by, ranked.priority.rank, sign, n)
        return standing

    def _sign(self, row: int, scene: Scene, shown: Order | None) -> tuple[str, int]:
        """How the copies of a row are shown, and how many there are."""
        others = len(scene.sorting.copies(row)) - 1
        if shown is None or others < 1:
            return "", 0
        name = name_of(scene.sorting, row)
        if self._wanted.folds(name):
            return FOLDED, others
        if not (self._wanted.folded or self._wanted.urgent):
            return "", 0
        place = shown.place(row)
        above = shown.rows[place - 1] if place else None
        is_copy = above is not None and name_of(scene.sorting, above) == name
        return (BELOW, 0) if is_copy else (UNFOLDED, others)

    # --- what is wanted ---------------------------------------------------------------------------------

    def want(self, what: str) -> None:
        """A key of the list, or a chip that is taken off."""
        wanted = self._wanted
        if what in ("fold", "unfold"):
            if self._scene is not None:
                self._fold(self._scene, folds=what == "fold")
        elif what == "copies":
            self._want(replace(wanted, folded=not wanted.folded, apart=frozenset()))
        else:
            self.feed.action_latest()  # another order is asked for because of what comes first in it
            if wanted.urgent:
                self._want(Wanted(folded=self._folded_before))
            else:
                self._folded_before = wanted.folded
                self._want(Wanted(urgent=True, folded=True))

    def _want(self, wanted: Wanted) -> None:
        self._wanted = wanted
        if self._scene is not None:
            self.look(self._scene)

    def _fold(self, scene: Scene, *, folds: bool) -> None:
        """Fold or unfold the copies of the selected row; every other row stays where it is."""
        row = self.feed.selected
        if row is None:
            self.post_message(Told(CHOOSE))
            return
        if len(scene.sorting.copies(row)) < 2:
            self.post_message(Told(say("This mention has no copies.")))
            return
        name = name_of(scene.sorting, row)
        if self._wanted.folds(name) is folds:
            apart = say(
                "Each copy has a row of its own already: {key} puts them in one.", key=scene.key("feed.duplicates")
            )
            self.post_message(Told(say("Its copies are in its row already.") if folds else apart))
            return
        self._wanted = replace(self._wanted, apart=self._wanted.apart ^ {name})
        shown = self.feed.order
        if shown is not None and (folds or self._wanted.folded or self._wanted.urgent):
            among = None if self._found is None else frozenset(self._found)
            head = next(one for one in shown.rows if name_of(scene.sorting, one) == name)
            below = copies_below(scene.sorting, head, among)
            self.feed.select(head)
            rows = folded(shown.rows, head, frozenset(below)) if folds else unfolded(shown.rows, head, below)
            self._order = self._made(Arranged(rows, [name_of(scene.sorting, one) for one in rows], self._more))
            self.show_list(scene)
        self.look(scene)

    # --- ordering ---------------------------------------------------------------------------------------

    @property
    def _question(self) -> Question:
        return Question(self._seen.where if self._found is not None else Filter(), self._wanted)

    def keep_order(self, scene: Scene) -> None:
        """Order anew what is wanted in an order of its own: another question at once, the same one after a while."""
        if self._wanted.is_plain:
            self._order = self._ordered = None
            return
        asked, before = self._asking(scene), self._ordered
        if before is None or before.question != asked.question or scene.board.row < before.row:
            self._order_now()
        elif asked != before and not self._ordering and self._again is None:
            self._again = self.set_timer(ORDER_AGAIN, self._order_now)

    def _asking(self, scene: Scene) -> Asked:
        board = scene.board
        return Asked(self._question, self._seen, board, board.pos, board.row, scene.sorting.upto, scene.minute)

    def _order_now(self) -> None:
        if self._again is not None:
            self._again.stop()
            self._again = None
        if self._scene is not None and not self._wanted.is_plain:
            self._ordered, self._ordering = self._asking(self._scene), True
            self.run_worker(self._arrange(self._ordered, self._scene), group="order", exclusive=True)

    async def _arrange(self, asked: Asked, scene: Scene) -> None:
        """In slices, between the keys."""
        rows = range(asked.row, 0, -1) if self._found is None else self._found
        orderer = Orderer(scene.weighing, scene.board, scene.reader, scene.now)
        try:
            got = await orderer.arrange(asked.question.wanted, rows, only_open=not asked.question.where.states)
        except StoreError:
            return
        finally:
            if self._ordered is asked:
                self._ordering = False
        now = self._scene
        gone = not self.query(OrderedFeed)  # somebody quit meanwhile: the list goes before the view
        if gone or now is None or self._ordered is not asked or asked.question != self._question:
            return
        if now.board is asked.board and now.board.row >= asked.row:
            self._more = got.more
            self._order = self._made(got)
            self.show_list(now, instead=self._stands_for_selected(now, self._order))
            self.look(now)

    def _made(self, got: Arranged) -> Order:
        """In the order of urgency a story is the same story, whichever of its copies stands for it."""
        return Order(got.rows, self._question, got.names if self._wanted.urgent else None)

    def _stands_for_selected(self, scene: Scene, order: Order) -> int | None:
        """The row that stands for the selected copy, where that is folded away."""
        selected = self.feed.selected
        if selected is None or order.place(selected) is not None:
            return None
        name = name_of(scene.sorting, selected)
        return next((row for row in order.rows if name_of(scene.sorting, row) == name), None)

    # --- acts -------------------------------------------------------------------------------------------

    def meant(self, rows: Sequence[int], act: str, scene: Scene) -> Sequence[int]:
        """A folded row stands for its copies. What was already done with one of them is not done again: an act that
        changes the state is about those in the state of the row itself."""
        desk, sorting = scene.board.desk, scene.sorting
        meant: dict[int, None] = {}
        for row in rows:
            meant[row] = None
            found = sorting.found(row)
            if found is None or not self._stands_for_copies(found.group):
                continue
            state = desk.mark(found.key).state
            for copy in sorting.copies(row)[-AT_ONCE:]:
                other = sorting.found(copy)
                if other is not None and (act in ("assign", "pin") or desk.mark(other.key).state == state):
                    meant[copy] = None
        return list(meant)

    def _stands_for_copies(self, name: Name) -> bool:
        """Whether the copies of a group are folded in what is shown."""
        return self._order is not None and self._wanted.folds(name)

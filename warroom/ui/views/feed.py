"""The feed at full width: search as you type, filter chips, selection of many, the order and the folding of copies."""

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Horizontal
from textual.timer import Timer
from textual.widgets import Input

from warroom.domain.desk import Mark
from warroom.domain.mention import Segment
from warroom.domain.sentence import say
from warroom.services.words import Words
from warroom.store.errors import Interrupted
from warroom.store.steady import SteadyReader
from warroom.store.windows import Filter, MentionReader
from warroom.ui.chips import chips_of, without
from warroom.ui.dialogs.filters import FilterDialog
from warroom.ui.line import Part, whole
from warroom.ui.messages import Told
from warroom.ui.scene import Scene
from warroom.ui.views.mentions import mention_parts, nothing_chosen
from warroom.ui.views.ordered import OrderedFeed, OrderedView, Seen
from warroom.ui.views.why import copies_parts, why_parts
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.fields import ViewLine
from warroom.ui.widgets.mention_feed import MentionFeed
from warroom.ui.widgets.text_block import TextBlock, entitle

FOUND = 5_000
"""Mentions that a search or filter shows at most; it says so when there are more."""
SEARCH_AFTER = 0.12
"""Seconds after the last key before a search starts."""
LOOK_AGAIN = 0.5
"""Seconds between two looks at what has come in since, where a search or filter is on."""
STEPS = (Segment.HATE, Segment.DISLIKE, Segment.LIKE, Segment.LOVE)


class SearchLine(ViewLine):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "clear_search", "Clear")]

    def action_clear_search(self) -> None:
        self.query_ancestor(FeedView).clear_search()


class FeedView(OrderedView):
    """The list with search and filters. A search runs beside the screen and is ended by the next key."""

    def compose(self) -> ComposeResult:
        yield ActionLine(id="chips")
        search = SearchLine(id="search", does={"enter": say("To the list"), "escape": say("Clear")})
        search.display = False
        yield search
        yield ActionLine(id="feed-held")
        with Horizontal():
            yield OrderedFeed(id="feed-list")
            with Container(id="feed-detail", classes="panel"):
                yield TextBlock(id="feed-detail-text")

    def on_mount(self) -> None:
        self._where = Filter()
        self._cut = False
        """Whether the search found more than it lists."""
        self._timer: Timer | None = None
        self._searching: MentionReader | None = None
        self._asked = self._seen

    def look(self, scene: Scene) -> None:
        self._scene = scene
        words = scene.words
        t = words.t
        self.keep_order(scene)
        if self._found is not None and self._timer is None and self._asked != self._now(scene):
            self._timer = self.set_timer(LOOK_AGAIN, self._search)
        self.show_list(scene)
        chips = self.query_one("#chips", ActionLine)
        chips.display = self._where != Filter() or not self._wanted.is_plain
        chips.show(lambda width: self._chips(words, width))
        self.hold_bar(self.query_one("#feed-held", ActionLine), words)
        detail = self.query_one("#feed-detail")
        detail.display = self.app.size.width >= 180
        entitle(detail, t("Mention"))
        self._detail(scene)

    def _detail(self, scene: Scene) -> None:
        """The selected mention beside the list, where there is room."""
        if self.app.size.width < 180:
            return
        row = self.feed.selected
        kept = self.feed.kept(row) if row is not None else None
        box = self.query_one("#feed-detail-text", TextBlock)
        if kept is None:
            box.show([Part(scene.words.say(nothing_chosen(scene)), "$muted")])
            return
        width = max(20, box.size.width or 50)
        copies = copies_parts(scene, kept, width)
        parts = [*mention_parts(scene, kept, width), Part("\n\n"), *copies, Part("\n\n" if copies else "")]
        box.show([*parts, *why_parts(scene, kept, width)])

    def on_mention_feed_highlighted(self, message: MentionFeed.Highlighted) -> None:
        message.stop()
        if self._scene is not None:
            self.hold_bar(self.query_one("#feed-held", ActionLine), self._scene.words)
            self._detail(self._scene)

    # --- chips, search, filters -------------------------------------------------------------------------

    def _chips(self, words: Words, width: int) -> list[Part]:
        """What is searched and filtered, each with a way to take it off."""
        chips: list[list[Part]] = [
            [Part(" ")],
            *self.order_chips(words),
            *(chip.parts for chip in chips_of(self._where, words)),
        ]
        if self._cut:
            chips.append([Part(words.t("the newest {n}", n=FOUND), "$muted")])
        return whole(chips, width)

    def on_mention_feed_wants(self, message: MentionFeed.Wants) -> None:
        message.stop()
        scene = self._scene
        if scene is None:
            return
        if message.what == "search":
            search = self.query_one("#search", Input)
            search.placeholder = scene.words.t("Search… (Esc clears, Enter goes to the list)")
            search.display = True
            search.focus()
        elif message.what in ("order", "copies", "fold", "unfold"):
            self.want(message.what)
        elif message.what == "segment":
            current = next(iter(self._where.segments), None) if len(self._where.segments) == 1 else None
            steps: list[Segment | None] = [None, *STEPS]
            following = steps[(steps.index(current) + 1) % len(steps)] if current in steps else STEPS[0]
            self.filter(replace(self._where, segments=frozenset() if following is None else frozenset({following})))
        elif message.what == "unfilter":
            last = list(chips_of(self._where, scene.words))[-1:]
            if last:
                self.unfilter(last[0].field, last[0].value)
            else:
                self.post_message(Told(say("Nothing is filtered.")))
        elif message.what == "filter":
            dialog = FilterDialog(scene, self._where)
            self.app.push_screen(dialog, lambda where: self.filter(where) if where is not None else None)

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._where = replace(self._where, text=event.value.strip())
        self._look_soon()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.feed.focus()

    def clear_search(self) -> None:
        search = self.query_one("#search", Input)
        search.clear()
        search.display = False
        self.feed.focus()
        self.filter(replace(self._where, text=""))

    def unfilter(self, field: str, value: str = "") -> None:
        """Take one chip off."""
        if field == "text":
            self.clear_search()
        elif field in ("order", "copies"):
            self.want(field)
        else:
            self.filter(without(self._where, field, value))

    def search(self, words: str) -> None:
        """Show the mentions that say this, as if it had been typed."""
        search = self.query_one("#search", Input)
        search.display = True
        search.value = words

    def filter(self, where: Filter) -> None:
        self._where = where
        self._look_soon()

    def _look_soon(self) -> None:
        """Search after a breath; the search under way is interrupted."""
        if self._searching is not None:
            self._searching.interrupt()
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(SEARCH_AFTER, self._search)

    def _now(self, scene: Scene) -> "Seen":
        """What a search would look at now."""
        where = self._where
        about_acts = bool(where.states or where.outcomes) or where.owner is not None or where.pinned is not None
        return Seen(where, scene.board.row, scene.board.pos if about_acts else 0)

    def _search(self) -> None:
        self._timer = None
        scene = self._scene
        if scene is None:
            return
        seen, now = self._seen, self._now(scene)
        self._asked = now
        if now.where == Filter():
            self._found, self._cut = None, False
            self.look(scene)
            return
        grown = self._found is not None and (now.where, now.pos) == (seen.where, seen.pos) and now.row >= seen.row
        after, known = (seen.row, self._found or ()) if grown else (0, ())
        # Taken here: the thread that searches must not walk through what this one changes.
        marks = [mark for _, mark in scene.board.desk] if now.pos else []
        path = scene.reader.path
        self.run_worker(lambda: self._rows(path, now, after, known, marks), thread=True, group="search", exclusive=True)

    def _rows(self, path: Path, now: "Seen", after: int, known: Sequence[int], marks: Sequence[Mark]) -> None:
        """In a thread, on a connection of its own."""
        with SteadyReader(path) as reader:
            self._searching = reader
            try:
                rows = reader.rows(now.where, now.row + 1, FOUND, after=after, marks=marks)
            except Interrupted:
                return
            finally:
                if self._searching is reader:
                    self._searching = None
        self.app.call_from_thread(self._show, [*rows, *known][:FOUND], now)

    def _show(self, rows: Sequence[int], seen: "Seen") -> None:
        gone = not self.query(MentionFeed)  # somebody quit while it was searched
        if seen == self._asked and self._scene is not None and not gone:
            self._seen = seen
            self._found, self._cut = rows, len(rows) >= FOUND
            self.look(self._scene)

"""The console: the frame around the six views. It hands scenes down; what comes up as an act is written in `acting`."""

import asyncio
from collections.abc import Mapping
from functools import cache, partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import ContentSwitcher
from textual.worker import WorkType

from warroom.domain.sentence import say
from warroom.services.following import follow
from warroom.services.keymap import written
from warroom.services.keytable import ACTIONS
from warroom.ui import frame
from warroom.ui.banner import banner, ways_out
from warroom.ui.coach import Coach
from warroom.ui.idle import NOT_IN_CRISIS, idle
from warroom.ui.keys import bind
from warroom.ui.messages import Act, Asked, Changed
from warroom.ui.scene import Muster, Scene
from warroom.ui.screens.leaving import Leaving
from warroom.ui.screens.playhead import PLAYED
from warroom.ui.session import LiveSession, ReplaySession, Session
from warroom.ui.views.mentions import MentionsView
from warroom.ui.views.room import RoomView
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.banner_line import BannerLine
from warroom.ui.widgets.fields import ViewLine, clicked
from warroom.ui.widgets.key_row import KeyRow
from warroom.ui.widgets.mention_feed import MentionFeed

if TYPE_CHECKING:
    from warroom.ui.dialogs.past import Chosen

LOOKS_A_SECOND = 10
"""How often new data may repaint a view; keys repaint at once."""
LOOKS_IN_A_FLOOD = 2
"""The same while more comes in than anybody can read."""
AFTER_A_KEY = 0.02
"""Seconds that new data waits while a key is on its way to the screen."""
LOWEST_FOR_COACH = 22
"""Rows of a screen that has one to spare for what to try."""
TICK, SLOW_TICK = 1.0, 10.0
"""Seconds between two looks at the clock; the slow one where nothing may move."""
AFTER_THE_FIRST = 0.05
"""Seconds after the first picture before the rest is made: the terminal has it by then."""


class ConsoleScreen(Leaving):
    """Identity, clocks, tabs, banner, the view, the replay's bar, the keys."""

    AUTO_FOCUS = ""
    """Where nothing has the keys, as in calm, nothing gets them because a dialog closed: else the banner would."""
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - typed by the base class
        (0, "-tiny"),
        (60, "-narrow"),
        (100, "-wide"),
        (180, "-huge"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012 - typed by the base class
        (0, "-low"),
        (16, "-short"),
        (30, "-mid"),
        (44, "-tall"),
    ]

    BINDINGS: ClassVar[list[BindingType]] = [
        bind("console.undo", "undo"),
        bind("console.note", "note"),
        bind("view.room", "view('room')"),
        bind("view.feed", "view('feed')"),
        bind("view.plan", "view('plan')"),
        bind("view.statement", "view('statement')"),
        bind("view.timeline", "view('timeline')"),
        bind("view.pulse", "view('pulse')"),
        bind("console.zoom", "zoom"),
        bind("console.declare", "declare"),
        bind("console.declare", "answer('console.declare')", priority=True),
        bind("console.drill", "drill"),
        bind("console.open", "open"),
        bind("console.deny", "deny"),
        bind("console.deny", "answer('console.deny')", priority=True),
        bind("console.retry", "retry"),
        bind("console.help", "help"),
        Binding("f1", "help", "Help", show=False),
        Binding("escape", "back", "Back", show=False),
        bind("console.quit", "leave"),
    ]

    def __init__(
        self,
        session: Session,
        muster: Muster | None,
        keys: Mapping[str, str] | None = None,
        *,
        motion: bool = True,
        coach: Coach | None = None,
    ) -> None:
        super().__init__(session, keys or {}, coach)
        self.idle: frozenset[str] = NOT_IN_CRISIS
        """Actions that make no sense now: no hint tells them, and the palette tells them last."""
        self._seen: Scene | None = None
        """What is shown."""
        self._claimed: frozenset[str] = frozenset()
        """Actions whose keys are the banner's now."""
        self._reached: frozenset[str] = frozenset()
        """Actions that keys reach where somebody is, while the banner claims any."""
        for id, key in self._keys.items():
            if not ACTIONS[id].key:  # a key of one's own for what had none
                one = Binding(written(key), id.split(".")[1], ACTIONS[id].name.id, show=False, id=id)
                self._bindings.key_to_bindings.setdefault(one.key, []).append(one)
        self._muster = muster
        self._tick = TICK if motion else SLOW_TICK
        self._looked = 0.0
        self._pending = False
        self._flooded = False

    # --- the frame --------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        yield ActionLine(id="identity")
        yield ActionLine(id="clocks")
        yield ActionLine(id="tabs")
        yield BannerLine(id="banner")
        with ContentSwitcher(initial="room", id="views"):
            yield RoomView(id="room")
        yield Container(ActionLine(id="too-small"), id="small")
        yield ActionLine(id="coach")
        yield ActionLine(id="replay-bar")
        yield KeyRow(id="keys")

    def on_mount(self) -> None:
        self.session.on_change(self._changed)
        self.set_interval(self._tick, self._second)
        if isinstance(self.session, ReplaySession):
            self.set_interval(PLAYED, self._play_on)
        self.call_after_refresh(self._open)

    async def _sort(self) -> None:
        """Look at what comes in at the playhead, as long as this screen is there. A live room does it by itself."""
        session = self.session
        if isinstance(session, ReplaySession):
            replay = session.replay
            await follow(session.sorting, session.reader, lambda: replay.board.row, self._changed, lambda: replay.board)

    async def _learn(self) -> None:
        """The same of what operators said up to the playhead."""
        await self.session.learning.follow(self._changed)

    def _changed(self) -> None:
        self.post_message(Changed())

    def _open(self) -> None:
        self.look()
        self._focus_view()
        self.set_timer(AFTER_THE_FIRST, self._begin)

    def _begin(self) -> None:
        """Beside the screen's own messages: those may wait for it."""
        self.run_worker(self._complete(), group="views")

    async def _complete(self) -> None:
        """What the first picture does not need: the other views, what the checks look for, and the look through what is
        stored."""
        await super()._complete()
        if not self._is_complete or self.is_going:
            return
        self.run_worker(asyncio.to_thread(self.scene().desk.prepare), group="desk")
        if isinstance(self.session, ReplaySession):
            # Begun by the worker and not here: it may find this screen left, and then nobody would begin them.
            begun: Mapping[str, WorkType[None]] = {"sorting": self._sort, "learning": self._learn}
            for group, work in begun.items():
                self.run_worker(work, group=group)

    def look(self) -> None:
        """Show what is known now, and what the keys do here."""
        self._show()
        self._show_keys()

    def _show(self, *, only_time: bool = False) -> None:
        """Make a scene and hand it to the frame and to the view that is shown."""
        if self.is_going:
            return
        before, scene = self._seen, self.scene()
        self._seen = scene
        flooded = scene.flow is not None and scene.flow.flooded
        at_rest = not (self._pending or flooded or self._flooded)
        only_time = only_time and at_rest and before is not None and _same_minute(before, scene)
        self._looked = monotonic()
        self._pending = False
        self._flooded = flooded
        if only_time:
            self._tell_time(scene)
            self.view.tick(scene)
            return
        self.idle = idle(scene)
        self._frame(scene)
        self.view.look(scene)

    def on_screen_suspend(self) -> None:
        """Something lies over the console."""
        if self._seen is not None and not self.is_going:
            self._frame(self._seen)
        if self._coach is not None:
            from warroom.ui.dialogs.publish import PublishDialog

            if isinstance(self.app.screen, PublishDialog):
                self._coach.saw("reviewed")

    def on_screen_resume(self) -> None:
        """What lay over the console is gone."""
        if self._seen is not None and not self.is_going:
            self._frame(self._seen)

    def _frame(self, scene: Scene) -> None:
        line = self.query_one("#coach", ActionLine)
        line.display = self._coach is not None and self.size.height >= LOWEST_FOR_COACH
        if self._coach is not None:
            coach = self._coach
            line.show(lambda width: frame.coached(scene, coach, self._keys, width))
        active = self.query_one("#views", ContentSwitcher).current or "room"
        self.query_one("#tabs", ActionLine).show(lambda width: frame.tabs(scene, active, width))
        clocks = self.query_one("#clocks", ActionLine)
        card = active == "room" and self.size.width >= 100 and self.size.height >= 30 and not self.view.zoomed
        card = card and self.app.screen is self  # a dialog may lie over it
        clocks.display = scene.incident is not None and not card
        clocks.show(lambda width: frame.clocks(scene, width))
        bar = self.query_one("#replay-bar", ActionLine)
        bar.display = scene.replay is not None
        bar.show(lambda width: frame.replay_bar(scene, width))
        self._tell_time(scene)
        self.set_class(scene.mode in ("demo", "drill", "replay"), "-unreal")

    def _tell_time(self, scene: Scene) -> None:
        """What the frame tells in seconds."""
        self.query_one("#identity", ActionLine).show(lambda width: frame.identity(scene, width))
        if (clocks := self.query_one("#clocks", ActionLine)).display:
            clocks.show(lambda width: frame.clocks(scene, width))
        width, height = self.size
        if frame.is_too_small(width, height):
            small = self.query_one("#too-small", ActionLine)
            small.show(lambda room: frame.too_small(scene, width, height))

    def _cry(self, *, only_time: bool = False) -> None:
        """What is wrong, and the keys that it claims; printed are those that are no text where somebody is, which no
        second changes."""
        if (scene := self._seen) is None or self.is_going:
            return
        line, unsaved = self.query_one("#banner", BannerLine), [act.done for act in self._unsaved]
        claimed = ways_out(scene, unsaved)
        if claimed != self._claimed or not only_time:
            self._claimed = claimed
            bound = self.active_bindings.values() if claimed else ()
            self._reached = frozenset(one.binding.id or "" for one in bound)
        wrong = cache(partial(banner, scene, unsaved=unsaved, reached=self._reached, failed=self._failed))
        line.display = bool(wrong(max(60, self.size.width)))
        if line.has_focus and not line.display:
            self._focus_view()
        line.show(wrong)

    def on_changed(self) -> None:
        """New data: look at once if we have not looked for a while and nobody waits for a key, else a little later."""
        if self._pending:
            return
        often = LOOKS_IN_A_FLOOD if self._flooded else LOOKS_A_SECOND
        wait = 1 / often - (monotonic() - self._looked)
        if self.session.sorting.keys.under_way:
            wait = max(wait, AFTER_A_KEY)
        if wait <= 0:
            self.look()
        else:
            self._pending = True
            self.set_timer(wait, self._look_later)

    def _look_later(self) -> None:
        if self._pending:  # what was shown meanwhile showed everything
            self._pending = False
            self.on_changed()

    def _second(self) -> None:
        """Only the clock went on: the keys do what they did. In a flood a look has just shown the time."""
        if self._flooded and monotonic() - self._looked < 1 / LOOKS_IN_A_FLOOD:
            return
        self._show(only_time=True)
        self._cry(only_time=True)

    def on_resize(self) -> None:
        self.call_after_refresh(self.look)

    def on_descendant_focus(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        """Other keys work now."""
        if self.is_going:
            return
        self._cry()
        recorded = isinstance(self.session, ReplaySession)
        words = self.session.words
        checked = self.view.feed.checked if isinstance(self.view, MentionsView) else 0
        lead = words.tn("{n} selected", "{n} selected", checked) if checked else ""
        typed = self.focused.does if isinstance(self.focused, ViewLine) else None
        self.query_one("#keys", KeyRow).look(words, recorded=recorded, hidden=self.idle, lead=lead, typed=typed)

    async def on_mention_feed_wants(self, message: MentionFeed.Wants) -> None:
        """The Room searches and filters in the Feed."""
        message.stop()
        if self.view.id == "room":
            await self.action_view("feed")
            view = self.view
            if isinstance(view, MentionsView) and view.id == "feed":
                view.feed.action_wants(message.what)

    def on_click(self, event: events.Click) -> None:
        clicked(self, event)

    def on_mention_feed_checked(self) -> None:
        self._show_keys()

    def action_press(self, key: str) -> None:
        """What a click on a key hint does: press that key."""
        self.app.simulate_key(key)

    def action_sources(self) -> None:
        from warroom.ui.dialogs.sources import SourcesDialog

        dialog = SourcesDialog(self.scene)
        self.app.push_screen(dialog, lambda again: self.action_retry() if again else None)

    async def action_help(self) -> None:
        await self.run_action("app.help")

    def action_declare(self) -> None:
        """Open the review in which a crisis is declared."""
        from warroom.ui.dialogs.declare import DeclareDialog

        scene = self.scene()
        if scene.incident is not None:
            self.tell(say("A crisis is already open: {title}. Stand it down first.", title=scene.incident.title))
        elif self._writable() and self._muster is not None:
            view = self.view
            selected = view.feed.selected if isinstance(view, MentionsView) else None
            self.app.push_screen(DeclareDialog(scene, self._muster, selected), self._declared)

    async def action_answer(self, id: str) -> None:
        """What the banner asks is answered before the view that is shown takes the key for its own."""
        await self.run_action(id.split(".")[1])

    def _declared(self, act: Act | None) -> None:
        """The Room comes first: the clock, what is to be done now, and what is being said."""
        if act is not None:
            self._go("room")
            self.post_message(act)

    def action_narratives(self) -> None:
        """The stories that rise."""
        from warroom.ui.dialogs.narratives import NarrativesDialog

        async def read(words: str | None) -> None:
            if words:
                from warroom.ui.views.feed import FeedView

                await self.action_view("feed")
                self.query_one(FeedView).search(words)

        self.app.push_screen(NarrativesDialog(self.session.scene, self._noted), read)

    async def on_asked(self, message: Asked) -> None:
        message.stop()
        await self.run_action(message.action)

    async def action_correct(self) -> None:
        """Begin the correction of a published statement whose facts were taken back."""
        from warroom.ui.views.statement import StatementView

        if self._writable():
            await self.action_view("statement")
            for desk in self.query(StatementView):
                desk.act("correct")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "answer":
            return parameters[0] in self._claimed and not self.is_typing
        return super().check_action(action, parameters)

    # --- past crises ------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """The crises of this room: replay one, or open a closed one again."""
        from warroom.ui.dialogs.past import PastDialog

        scene = self.scene()
        if not self._writable():
            return
        if not scene.board.incidents:
            self.tell(say("There is no past crisis here yet."))
        else:
            self.app.push_screen(PastDialog(scene), self._chosen)

    def _chosen(self, chosen: "Chosen | None") -> None:
        if chosen is None:
            return
        if chosen.again:
            self._open_again(chosen.incident)
        else:
            self.run_worker(self._show_recording(chosen.incident), group="recording", exclusive=True)

    async def _show_recording(self, inc: str) -> None:
        if isinstance(self.session, LiveSession):
            recording = await self.session.recording(inc)
            await self.app.push_screen(ConsoleScreen(recording, None, self._keys, motion=self._tick == TICK))


def _same_minute(before: Scene, scene: Scene) -> bool:
    """Whether nothing but seconds went by. What is heard no more, and what is a wave, nobody tells us."""
    return (before.minute, before.stale_since, before.settling, before.spike) == (
        scene.minute,
        scene.stale_since,
        scene.settling,
        scene.spike,
    )

"""Moving about in the console: which of the six views is shown, and how one gets to another."""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress

from textual.widget import MountError, Widget
from textual.widgets import ContentSwitcher

from warroom.domain.sentence import say
from warroom.services.keytable import ACTIONS, MAIN
from warroom.ui import frame
from warroom.ui.coach import Coach
from warroom.ui.keys import runs
from warroom.ui.screens.playhead import Playhead
from warroom.ui.session import Session
from warroom.ui.views.mentions import MentionsView
from warroom.ui.views.view import View
from warroom.ui.widgets.mention_feed import MentionFeed

PANELS: Mapping[str, tuple[str, str]] = {
    "plan": ("plan", "#steps"),
    "desk": ("statement", "#checks"),
    "editor": ("statement", "#editor"),
    "timeline": ("timeline", "#entries"),
    "pulse": ("pulse", "#pulse"),
}
"""Place of keys → its view, and the panel in it that runs its actions."""


class Moving(Playhead):
    """A screen with the six views. The Room is there at once, the others once the first picture is painted."""

    def __init__(self, session: Session, keys: Mapping[str, str], coach: Coach | None) -> None:
        super().__init__(session, keys, coach)
        self._is_complete = False
        self._settled = asyncio.Event()
        """Every view is there, or will never be: until then who asks for one waits, and with it every later key."""

    def _show(self) -> None:
        """Hand what is known to what is shown."""
        raise NotImplementedError

    def _show_keys(self) -> None:
        """Other keys work now."""
        raise NotImplementedError

    @property
    def view(self) -> View:
        """The view that is shown."""
        switcher = self.query_one("#views", ContentSwitcher)
        return switcher.get_child_by_id(switcher.current or "room", View)

    async def _complete(self) -> None:
        """Make the views that the first picture does not need."""
        try:
            with self.app.batch_update():
                for view in other_views():
                    if self.is_going:  # left before it was whole
                        return
                    with suppress(MountError):  # left just now
                        await self.query_one("#views", ContentSwitcher).add_content(view)
            self._is_complete = True
        finally:
            self._settled.set()

    async def action_view(self, name: str) -> None:
        """Show a view, once it is there."""
        await self._settled.wait()
        if self._is_complete:
            self._go(name)

    def _go(self, name: str) -> None:
        if self._coach is not None:
            self._coach.saw(name)
        self.query_one("#views", ContentSwitcher).current = name
        self._show()
        self._focus_view()
        self._show_keys()  # in calm nothing has the keys, and nothing would say so
        # Once more when its parts know how wide they are.
        self.call_after_refresh(self._show)

    def _focus_view(self) -> None:
        if not self.is_going:
            self.set_focus(self.view.first_panel())

    def action_zoom(self) -> None:
        """The panel that has the keys alone, and back. Clock, tabs and keys stay in sight."""
        if not self.view.unzoom() and not (self.focused is not None and self.view.zoom(self.focused)):
            self.tell(say("This panel has the whole view already."))
        self.call_after_refresh(self.look)

    async def action_perform(self, id: str) -> None:
        """What the palette does: go where an action works, and run it there."""
        await self._settled.wait()
        node = self._where(id)
        await node.run_action(runs(node, id) or id.split(".")[1])

    def _where(self, id: str) -> Widget:
        """What runs an action; its view is opened."""
        place = ACTIONS[id].place
        if place in MAIN:
            return self
        if place == "feed":
            return self._feed_for(id)
        view_name, selector = PANELS[place]
        if self.view.id != view_name:
            self._go(view_name)
        panel = self.query_one(selector)
        panel.focus()
        return panel

    def _feed_for(self, id: str) -> MentionFeed:
        """The list that is shown, where it knows the action; else the one of the Feed, with the same mention chosen."""
        view, chosen = self.view, None
        if not (isinstance(view, MentionsView) and view.shows_feed and runs(view.feed, id)):
            if isinstance(view, MentionsView) and view.shows_feed:
                chosen = view.feed.selected
            self._go("feed")
            view = self.view
        assert isinstance(view, MentionsView)
        if chosen is not None:
            view.feed.select(chosen)
        view.feed.focus()
        return view.feed

    async def action_show_step(self, step: str) -> None:
        """A step of the plan, chosen there."""
        from warroom.ui.views.plan import PlanView

        await self.action_view("plan")
        for plan in self.query(PlanView):
            plan.choose(step)

    async def action_next_view(self) -> None:
        await self.action_view(frame.VIEWS[(frame.VIEWS.index(self.view.id or "room") + 1) % len(frame.VIEWS)])


def other_views() -> Iterable[View]:
    """The views beside the Room. Read here and not above: nobody waits for them before the first picture."""
    from warroom.ui.views.feed import FeedView
    from warroom.ui.views.plan import PlanView
    from warroom.ui.views.pulse import PulseView
    from warroom.ui.views.statement import StatementView
    from warroom.ui.views.timeline import TimelineView

    yield FeedView(id="feed")
    yield PlanView(id="plan")
    yield StatementView(id="statement")
    yield TimelineView(id="timeline")
    yield PulseView(id="pulse")

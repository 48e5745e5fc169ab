"""What every view is: it is given a scene and paints it; it tells the screen what somebody did."""

from textual.containers import Container
from textual.dom import DOMNode
from textual.widget import Widget
from textual.widgets import Input

from warroom.domain.sentence import say
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.mention_feed import MentionFeed

UNDECLARED = say("At this time of the recording no crisis is declared yet.")


class View(Container):
    """One of the six. While it is shown, `look` is called with a new scene after each change and each
    minute, `tick` each second."""

    DEFAULT_CSS = """
    View {
        height: 1fr;
        width: 1fr;
    }
    """

    zoomed = False
    """Whether one panel has the whole view."""

    def look(self, scene: Scene) -> None:
        """Paint what has changed. Cheap when nothing has."""
        del scene

    def tick(self, scene: Scene) -> None:
        """Only the clock went on since the last look, within the same minute. What a view shows in whole minutes it may
        leave alone."""
        self.look(scene)

    def passed_on(self, act: Act | None) -> None:
        """What a dialog answered with goes to the screen, if it answered."""
        if act is not None:
            self.post_message(act)

    def zoom(self, focused: Widget) -> bool:
        """Leave only the panel around what has the keys; its lines above and below stay. Whether anything went."""
        panel = next((node for node in focused.ancestors_with_self if _is_panel(node)), None)
        while isinstance(panel, Widget) and panel is not self:
            around = panel.parent
            if not isinstance(around, Widget):
                break
            for beside in around.children:
                if beside is not panel and beside.display and not isinstance(beside, ActionLine | Input):
                    beside.add_class("-away")
                    self.zoomed = True
            panel = around
        return self.zoomed

    def unzoom(self) -> bool:
        """Bring everything back; whether anything was away."""
        was, self.zoomed = self.zoomed, False
        self.query(".-away").remove_class("-away")
        return was

    def first_panel(self) -> Widget | None:
        """The panel that has the focus when the view is opened."""
        return next((node for node in self.query("*") if node.focusable), None)


def _is_panel(node: DOMNode) -> bool:
    return isinstance(node, MentionFeed) or node.has_class("panel")

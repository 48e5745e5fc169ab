"""What every view is: it is given a scene and paints it; it tells the screen what somebody did."""

from textual.containers import Container
from textual.widget import Widget

from warroom.ui.messages import Act
from warroom.ui.scene import Scene


class View(Container):
    """One of the six. `look` is called with a new scene after each change and each second while it is shown."""

    DEFAULT_CSS = """
    View {
        height: 1fr;
        width: 1fr;
    }
    """

    def look(self, scene: Scene) -> None:
        """Paint what has changed. Cheap when nothing has."""
        del scene

    def passed_on(self, act: Act | None) -> None:
        """What a dialog answered with goes to the screen, if it answered."""
        if act is not None:
            self.post_message(act)

    def first_panel(self) -> Widget | None:
        """The panel that has the focus when the view is opened."""
        return next((node for node in self.query("*") if node.focusable), None)

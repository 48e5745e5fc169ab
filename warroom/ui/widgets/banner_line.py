"""The row of the banner: the keys reach it too, and Enter does what its words say."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from warroom.ui.widgets.action_line import ActionLine


class BannerLine(ActionLine, can_focus=True):
    """Tab comes here before the view; nothing else is done here than what a click on the words would do."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "follow", "Open")]

    async def action_follow(self) -> None:
        """Do what the first part with an action does."""
        action = next((part.action for part in self._shown if part.action), "")
        if action:
            await self.run_action(action)

"""A text that somebody writes. What is pasted into it may be written against us, and is marked as it comes in."""

from textual import events
from textual.widgets import TextArea

from warroom.domain.text import harmless


class DraftArea(TextArea):
    """A text area whose pastes go through the gate; no line of them is cut."""

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        await super()._on_paste(events.Paste(harmless(event.text)))

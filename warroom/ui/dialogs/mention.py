"""A mention in full: text, times, link, and the history of what was done with it."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from warroom.domain.mention import Kept
from warroom.domain.reply import conversation
from warroom.domain.text import one_line, safe_url
from warroom.ui.line import Part
from warroom.ui.present import ACTS
from warroom.ui.scene import Scene
from warroom.ui.views.mentions import mention_parts
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.text_block import entitle

WIDEST, ROUND = 78, 7
"""Cells that the box is wide at most, and those of its border, padding and scroll bar."""


class MentionDialog(ModalScreen[None]):
    """Esc, Enter or q closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q", "leave", "Close")]

    def __init__(self, scene: Scene, kept: Kept) -> None:
        super().__init__()
        self._scene = scene
        self._kept = kept

    def compose(self) -> ComposeResult:
        scene, mention = self._scene, self._kept.mention
        words, t = scene.words, scene.words.t
        width = min(WIDEST, self.app.size.width * 9 // 10) - ROUND
        parts = [*mention_parts(scene, self._kept, width), Part("\n\n")]
        at = mention.at
        utc = at.strftime("%Y-%m-%d %H:%M:%S UTC")
        parts.append(Part(f"{words.day(at)} {words.clock_s(at)} {words.offset(at)} · {utc}\n", "$muted"))
        if mention.edited_at is not None:
            parts.append(Part(t("Edited at {time}", time=words.clock_s(mention.edited_at)) + "\n", "$warning"))
        if mention.deleted_at is not None:
            told = t(
                "Deleted by its author or network at {time}; the text is kept here.",
                time=words.clock_s(mention.deleted_at),
            )
            parts.append(Part(told + "\n", "$warning"))
        url = safe_url(mention.url)
        parts.append(Part((url or t("no link")) + "\n", "$primary"))
        mark = scene.board.desk.mark(mention.key)
        if mark.at is not None:
            told = t(
                "{state}, {who}, {time}", state=ACTS[mark.state], who=one_line(mark.by), time=words.clock_s(mark.at)
            )
            parts.append(Part(f"\n{told}\n"))
        for said in scene.board.desk.replies(conversation(mention)):
            parts += [Part(f"\n{t('We replied here')}: ", "bold"), Part(f"{one_line(said)}\n")]
        with VerticalScroll(id="box", can_focus=True) as box:
            entitle(box, t("Mention {n}", n=self._kept.row))
            yield Static(content_of(parts))
            yield Static(content_of([Part(t("Esc closes."), "$muted")]))

    def action_leave(self) -> None:
        self.dismiss(None)

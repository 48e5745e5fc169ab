"""A mention in full: text, times, link, how it was read and why so soon, its copies, what was done with it."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from warroom.domain.mention import Kept
from warroom.domain.reply import conversation
from warroom.domain.sentence import say
from warroom.domain.text import one_line, safe_url
from warroom.services.keytable import ACTIONS
from warroom.ui.dialogs.dialog import room_within
from warroom.ui.dialogs.over import OverScreen
from warroom.ui.keyname import key_name
from warroom.ui.keys import bind
from warroom.ui.line import Part, lines_of
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.views.history import history_parts
from warroom.ui.views.labelling import said_of
from warroom.ui.views.mentions import mention_parts
from warroom.ui.views.reading import reading_parts
from warroom.ui.views.why import copies_parts, why_parts
from warroom.ui.widgets.text_block import TextBlock, entitle

AGAIN = 0.5
"""Seconds between two looks at what is known of it: a label is learnt a moment after it was given."""


DONE = ("reply", "escalate", "ignore", "close", "guide", "assign", "pin")
"""What is done with a mention from here: the list below does it."""
SAID = ("better", "worse", "valid", "person")
"""What is said of it; the dialog stays."""


class MentionDialog(OverScreen[str | None]):
    """Esc, Enter or q closes it; it answers with what is to be done with the mention, if anything. `look` gives a scene
    of now; `act` hands on what somebody says of the mention."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q", "leave", "Close"),
        *(bind(f"feed.{act}", f"do('{act}')") for act in DONE),
        bind("feed.better", "say_of('better')"),
        bind("feed.worse", "say_of('worse')"),
        Binding("equals_sign", "say_of('better')", "Better", show=False),
        bind("feed.valid", "say_of('valid')"),
        bind("feed.person", "say_of('person')"),
    ]

    def __init__(self, look: Callable[[], Scene], kept: Kept, act: Callable[[Act], object]) -> None:
        super().__init__()
        self._look = look
        self._kept = kept
        self._act = act

    def compose(self) -> ComposeResult:
        t = self._look().words.t
        with VerticalScroll(id="box", can_focus=True) as box:
            entitle(box, t("Mention {n}", n=self._kept.row))
            yield TextBlock(id="mention-text")
            yield TextBlock(id="mention-keys")

    def on_mount(self) -> None:
        self._again()
        width = room_within(self.app.size.width)
        self.query_one("#mention-keys", TextBlock).show(lines_of(self._keys(), width, most=2))
        self.set_interval(AGAIN, self._again)

    def _again(self) -> None:
        """Show it as it is known now."""
        scene = self._look()
        self._kept = scene.shown(scene.reader.get(self._kept.row) or self._kept)
        self.query_one("#mention-text", TextBlock).show(self._parts(scene))

    def _keys(self) -> list[list[Part]]:
        """Each key with what it does; in a recording only the way out."""
        scene = self._look()
        groups: list[list[Part]] = []
        for id in () if scene.read_only else (*DONE, *SAID):
            action = ACTIONS[f"feed.{id}"]
            run = f"screen.do('{id}')" if id in DONE else f"screen.say_of('{id}')"
            own = (one.binding for one in self.active_bindings.values())
            key = next((binding.key for binding in own if binding.id == action.id), action.key)
            name = Part(f"{scene.words.say(action.name)}  ", "", run)
            groups.append([Part(f"{key_name(key, scene.words)} ", "bold $warning", run), name])
        return [*groups, [Part(scene.words.t("Esc closes."), "$muted", "screen.leave")]]

    def _parts(self, scene: Scene) -> list[Part]:
        mention = self._kept.mention
        words, t = scene.words, scene.words.t
        width = room_within(self.app.size.width)
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
        parts += [Part("\n"), *reading_parts(scene, self._kept)]
        if copies := copies_parts(scene, self._kept, width):
            parts += [Part("\n"), *copies, Part("\n")]
        parts += [Part("\n"), *why_parts(scene, self._kept, width)]
        if history := history_parts(scene.board.desk.acts(mention.key), words):
            parts += [Part("\n" + t("What was done") + "\n", "bold $primary"), *history]
        for said in scene.board.desk.replies(conversation(mention)):
            parts += [Part(f"\n{t('We replied here')}: ", "bold"), Part(f"{one_line(said)}\n")]
        return parts

    def action_do(self, act: str) -> None:
        """Something is done with it: the list does that, and says so."""
        if self._look().read_only:
            self.notify(self._look().words.say(say("This is a recording: it is read-only.")), markup=False)
        else:
            self.dismiss(act)

    def action_say_of(self, what: str) -> None:
        """What somebody says of it; the dialog stays and shows what follows from it."""
        scene = self._look()
        if scene.read_only:
            self.notify(scene.words.say(say("This is a recording: it is read-only.")), markup=False)
            return
        act = said_of([self._kept], what, scene)
        act.settled = lambda why: self._again() if why is None and self.is_mounted else None
        self._act(act)

    def action_leave(self) -> None:
        self.dismiss(None)

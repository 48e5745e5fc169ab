"""The coach of the demo: one line above the keys that says what to try next. Pure: what was seen → the line."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from warroom.domain.events import ActUndone, AnyEvent, ItemTicked, MentionActed
from warroom.domain.sentence import Sentence, say
from warroom.services.keymap import key_of
from warroom.services.words import Words
from warroom.ui.keyname import key_name


class Lesson(NamedTuple):
    """What to try, and the sign by which it is known to be tried."""

    sign: str
    told: Sentence


LESSONS = (
    Lesson("acted", say("↓ picks a mention, then {reply} marks it: Reply. It can be taken back.")),
    Lesson("undone", say("{undo} takes it back.")),
    Lesson("ticked", say("{plan}: a step of the plan is late. {tick} ticks its list.")),
    Lesson("reviewed", say("{statement}, then {publish}: the review before anything is published. Esc leaves it.")),
    Lesson("pulse", say("{pulse}: how many speak, the spike, the four audiences.")),
    Lesson("", say("{help} keys, Ctrl+P everything else. {quit} leaves; then: warroom replay demo")),
)
KEYS = {
    "reply": "feed.reply",
    "undo": "console.undo",
    "plan": "view.plan",
    "tick": "plan.tick",
    "statement": "view.statement",
    "publish": "desk.publish",
    "pulse": "view.pulse",
    "help": "console.help",
    "quit": "console.quit",
}
"""What the lessons call a key → its action; it may have another key here."""
_EVENTS: dict[type[AnyEvent], str] = {MentionActed: "acted", ActUndone: "undone", ItemTicked: "ticked"}


class Coach:
    """What has been tried so far. Whoever goes another way is not called back: the first thing untried is said."""

    def __init__(self) -> None:
        self._seen: set[str] = set()

    def saw(self, sign: str) -> None:
        """Something happened on the screen: a view that was opened, a review that was read."""
        self._seen.add(sign)

    def recorded(self, events: Iterable[AnyEvent]) -> None:
        """Somebody has acted."""
        self._seen |= {_EVENTS[type(event)] for event in events if type(event) in _EVENTS}

    @property
    def lesson(self) -> Lesson:
        return next((lesson for lesson in LESSONS if lesson.sign not in self._seen), LESSONS[-1])

    def told(self, keys: Mapping[str, str], words: Words) -> str:
        """The lesson, with the keys as they are here."""
        named = {name: key_name(key_of(action, keys), words) for name, action in KEYS.items()}
        return words.t(self.lesson.told.id, **named)

    @property
    def number(self) -> int:
        """Which of the lessons this is, from 1."""
        return LESSONS.index(self.lesson) + 1

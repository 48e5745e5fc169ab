"""The palette: every action by its name, in the reader's language and in English, accents or none."""

from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from unicodedata import combining, normalize

from textual.app import App
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Button

from warroom.domain.sentence import Sentence, say
from warroom.services.keymap import key_of
from warroom.services.keytable import ACTIONS, MAIN, PLACES, VIEWS, Action
from warroom.services.words import Words
from warroom.ui.idle import told_of
from warroom.ui.keyname import key_name
from warroom.ui.keys import known

if TYPE_CHECKING:
    from warroom.ui.app import WarroomApp

SLIP = 4
"""Letters of a word from which a slip in it is forgiven."""
THEMES = (
    ("warroom-dark", say("Dark colours")),
    ("warroom-light", say("Light colours")),
    ("warroom-contrast", say("Strong contrast")),
)


class Offer(NamedTuple):
    """One line of the palette: its name, what is said about it, the words under which it is found, what it does."""

    name: str
    told: str
    heard: str
    run: Callable[[], Any]


def folded(text: str) -> str:
    """Small letters without accents, of the same length: places in it are places in the text."""
    return "".join(next((c for c in normalize("NFKD", sign) if not combining(c)), sign)[:1] for sign in text).lower()


def score(query: str, offer: Offer) -> float:
    """How well an offer answers; 0 where it does not. Every word of the query has to be found; a slip is forgiven."""
    name, heard = folded(offer.name), folded(offer.heard)
    total = 0.0
    for word in folded(query).split():
        if name.startswith(word):
            total += 4
        elif f" {word}" in name:
            total += 3
        elif word in name:
            total += 2
        elif f" {word}" in f" {heard}":
            total += 1.5
        elif word in heard:
            total += 1
        elif len(word) >= SLIP and get_close_matches(word, f"{name} {heard}".split(), 1, 0.75):
            total += 0.5
        else:
            return 0.0
    return total


def marked(query: str, name: str) -> Content:
    """The name with what was typed underlined in it."""
    shown, plain = Content(name), folded(name)
    for word in folded(query).split():
        if (place := plain.find(word)) >= 0:
            shown = shown.stylize("bold underline", place, place + len(word))
    return shown


# --- what is offered -----------------------------------------------------------------------------------


def offer_of(action: Action, words: Words, key: str, run: Callable[[], Any], *, recorded: bool = False) -> Offer:
    """An action of the table; it is found by its names, by what is told of it and by its place, in both languages."""
    place = PLACES[action.place]
    does = told_of(action, recorded=recorded)
    said: list[Sentence] = [action.name, does, place]
    told = words.say(does) or words.say(place)
    where = "" if action.place == "console" or not action.told.id else f"{words.say(place)}: "
    hint = f"  ({key_name(key, words)})" if key else ""
    name = words.say(action.name)
    shown = name if name == action.name.id else f"{name} · {action.name.id}"
    if action.place not in MAIN | VIEWS:
        said.pop()  # all that a dialog offers is of one place
    heard = " ".join([*(words.say(one) for one in said), *(one.id for one in said)])
    return Offer(shown, f"{where}{told}{hint}", heard, run)


def offers(app: "WarroomApp", screen: Screen[Any]) -> Iterator[Offer]:
    """What can be done from here: in a dialog what the dialog can; else everything, what makes no sense now last."""
    words = app.session.words
    if isinstance(screen, ModalScreen):
        yield from _of_dialog(app, screen, words)
        return
    recorded = app.session_of(screen).scene().read_only
    idle: frozenset[str] = getattr(screen, "idle", frozenset())
    for action in sorted(ACTIONS.values(), key=lambda action: action.id in idle):
        if action.place in app.places and (action.place != "replay" or recorded):
            run = partial(app.run_action, f"screen.perform('{action.id}')", screen)
            yield offer_of(action, words, key_of(action.id, app.keys), run, recorded=recorded)
    for theme, name in THEMES:
        told = words.t("Theme")
        run = partial(app.run_action, f"app.use_theme('{theme}')", screen)
        yield Offer(words.say(name), told, f"{told} {name.id} theme colors", run)


def _of_dialog(app: "WarroomApp", screen: Screen[Any], words: Words) -> Iterator[Offer]:
    """Its keys and its buttons; what is behind it waits."""
    seen: set[str] = set()
    for active in screen.active_bindings.values():
        action = known(active.binding.id)
        if action is not None and active.enabled and action.id not in seen:
            seen.add(action.id)
            run = partial(app.run_action, active.binding.action, active.node)
            yield offer_of(action, words, active.binding.key, run)
    for button in screen.query(Button):
        if button.display and not button.disabled:
            yield Offer(str(button.label), words.t("Button"), str(button.label), button.press)
    yield Offer(words.t("Close"), words.t("Leave without doing anything"), "close leave", partial(_leave, app, screen))


async def _leave(app: App[Any], screen: Screen[Any]) -> None:
    await app.run_action("screen.leave", screen)


class Offers(Provider):
    """Hands the offers to Textual's palette, found our way: its own way knows neither accents nor other languages."""

    def _all(self) -> Sequence[Offer]:
        return list(offers(cast("WarroomApp", self.app), self.screen))

    async def discover(self) -> Hits:
        for offer in self._all():
            yield DiscoveryHit(Content(offer.name).markup, offer.run, text=offer.name, help=Content(offer.told).markup)

    async def search(self, query: str) -> Hits:
        found = [(points, offer) for offer in self._all() if (points := score(query, offer)) > 0]
        for points, offer in found:
            name = marked(query, offer.name).markup
            yield Hit(points, name, offer.run, text=offer.name, help=Content(offer.told).markup)
        if not found:
            told = cast("WarroomApp", self.app).session.words.t("Nothing is called that. Try another word, or Esc.")
            yield Hit(0.1, Content(told).markup, _nothing, text=told)


def _nothing() -> None:
    """What a line that only tells something does."""

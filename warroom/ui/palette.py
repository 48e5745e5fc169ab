"""The palette: every act by its name, in the reader's language and in English."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from warroom.domain.sentence import Sentence, say
from warroom.services.words import Words
from warroom.ui.frame import TAB_NAMES, VIEWS

if TYPE_CHECKING:
    from warroom.ui.app import WarroomApp

ACTS: tuple[tuple[Sentence, Sentence, str], ...] = (
    (say("Declare a crisis"), say("Start the clocks and load the plan"), "screen.declare"),
    (say("Objectives"), say("Read them again, and confirm them by name"), "screen.objectives"),
    (say("Seats"), say("Who holds each role, who is here, who is away"), "screen.seats"),
    (say("What is scheduled"), say("The freeze list: hold or release each post and ad"), "screen.freeze"),
    (say("Clocks of authorities"), say("Start them, meet them, or rule them out by name"), "screen.regulators"),
    (say("What people ask"), say("The top questions, and which are answered"), "screen.questions"),
    (say("Hand over the shift"), say("The brief on one screen, confirmed by name"), "screen.handover"),
    (say("Change the severity"), say("Raise or lower it"), "screen.severity"),
    (say("What kind of crisis is it?"), say("Blame, cause, history, and what they allow to say"), "screen.stance"),
    (say("Stand down"), say("Close the crisis after a review"), "screen.stand_down"),
    (say("Write a note"), say("A line in the timeline"), "screen.note"),
    (say("Facts, rumours, promises"), say("What holds, what goes round, what was promised"), "screen.ledger"),
    (say("Correct what is out"), say("A linked correction of a statement whose facts fell"), "screen.correct"),
    (say("Look back"), say("Why it went so, what changes, who does what by when"), "screen.look_back"),
    (say("Export the log"), say("The crisis as a markdown file"), "screen.export"),
    (say("Past crises"), say("Replay one, or open it again"), "screen.open"),
    (say("Sources"), say("What is listened to, and how it is"), "screen.sources"),
    (say("Retry the sources now"), say("Do not wait for the next try"), "screen.retry"),
    (say("Undo the last act on a mention"), say("Up to twenty"), "screen.undo"),
    (say("Keys"), say("What the keys do here"), "screen.help"),
    (say("Dark colours"), say("Theme"), "app.use_theme('warroom-dark')"),
    (say("Light colours"), say("Theme"), "app.use_theme('warroom-light')"),
    (say("Quit"), say("Leave warroom"), "screen.leave"),
)


def commands(app: "WarroomApp", screen: Screen[object], words: Words) -> Iterable[SystemCommand]:
    """The commands as the palette shows them. The English name is found too."""

    def named(name: Sentence) -> str:
        local = words.say(name)
        return local if local == name.id else f"{local} · {name.id}"

    for view in VIEWS:
        name = TAB_NAMES[view]
        yield SystemCommand(
            named(name), words.t("Go to this view"), partial(_run, app, screen, f"screen.view('{view}')")
        )
    for name, told, action in ACTS:
        yield SystemCommand(named(name), words.say(told), partial(_run, app, screen, action))


async def _run(app: "WarroomApp", screen: Screen[object], action: str) -> None:
    await app.run_action(action, screen)

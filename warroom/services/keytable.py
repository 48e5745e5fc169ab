"""Every action that a key, the palette or the config can name: its id, its key at first, what it is called.

The screen's bindings, its key row, the help, the palette and the config's `keys:` are all made from this table. The
place is what stands before the dot: where the key works. A key is written as it is printed on a keyboard, in small
letters; an action without one is in the palette, and may be given one.
"""

from collections.abc import Mapping
from typing import NamedTuple

from warroom.domain.sentence import Sentence, say

NOTHING = say("")


class Action(NamedTuple):
    """`rank` orders the key row, the smallest first, and the largest go first where it is narrow; 0 is never there."""

    id: str
    key: str
    name: Sentence
    told: Sentence = NOTHING
    rank: int = 0

    @property
    def place(self) -> str:
        return self.id.split(".")[0]


PLACES: Mapping[str, Sentence] = {
    "console": say("Anywhere"),
    "view": say("Views"),
    "replay": say("In a recording"),
    "feed": say("Feed"),
    "plan": say("Plan"),
    "desk": say("Statement"),
    "editor": say("Editor of the statement"),
    "timeline": say("Timeline"),
    "pulse": say("Pulse"),
    "guide": say("Reply guide"),
    "publish": say("Review before publishing"),
    "copy": say("Copy and link"),
    "ledger": say("Facts, rumours, promises"),
    "freeze": say("What is scheduled"),
    "questions": say("What people ask"),
    "seats": say("Seats"),
    "deadlines": say("Deadlines"),
    "regulators": say("Clocks of authorities"),
    "look_back": say("Look back"),
    "narratives": say("Narratives"),
    "past": say("Past crises"),
}
"""Where keys work, as help and palette call it."""
MAIN = frozenset({"console", "view", "replay"})
"""Places whose keys work beside those of the view that is shown."""
VIEWS = frozenset({"feed", "plan", "desk", "editor", "timeline", "pulse"})
TYPED = frozenset({"editor", "guide"})
"""Places with a text field in them: there letters are text."""

_CONSOLE = (
    Action("console.note", "n", say("Note"), say("Write a note: a line in the timeline"), 40),
    Action("console.undo", "u", say("Undo"), say("Undo the last act, up to twenty, one after the other"), 14),
    Action("console.declare", "d", say("Declare"), say("Declare a crisis: start the clocks and load the plan"), 1),
    Action("console.drill", "s", say("Drill"), say("Start a drill: practise against the clock, in its own room"), 2),
    Action("console.deny", "x", say("Not a crisis"), say("Answer the question by name, with a reason")),
    Action("console.open", "o", say("Open"), say("Past crises: replay one, or open it again"), 3),
    Action("console.zoom", "z", say("Zoom"), say("The panel that has the keys alone, and back")),
    Action("console.help", "?", say("Help"), say("What the keys do here")),
    Action("console.quit", "q", say("Quit"), say("Leave warroom; a crisis stays open")),
    Action("console.objectives", "", say("Objectives"), say("Read them again, and confirm them by name")),
    Action("console.seats", "", say("Seats"), say("Who holds each role, who is here, who is away")),
    Action("console.freeze", "", say("What is scheduled"), say("The freeze list: hold or release each post and ad")),
    Action("console.deadlines", "", say("Deadlines"), say("Every clock that runs, the nearest first")),
    Action(
        "console.regulators",
        "",
        say("Clocks of authorities"),
        say("Regulators, data protection, the law: start, meet, or rule out"),
    ),
    Action("console.questions", "", say("What people ask"), say("The top questions, and which are answered")),
    Action(
        "console.ledger", "", say("Facts, rumours, promises"), say("What holds, what goes round, what was promised")
    ),
    Action("console.stance", "", say("What kind of crisis is it?"), say("Blame, cause, history: what may be said")),
    Action("console.severity", "", say("Change the severity"), say("Raise or lower it; what moves is shown first")),
    Action("console.title", "", say("Correct the title"), say("What is happening, in other words")),
    Action("console.times", "", say("Correct the times"), say("Time of the declaration, time of the first mention")),
    Action("console.correct", "", say("Correct what is out"), say("A linked correction of a published statement")),
    Action("console.handover", "", say("Hand over the shift"), say("The brief on one screen, confirmed by name")),
    Action("console.stand_down", "", say("Stand down"), say("Close the crisis after a review")),
    Action("console.look_back", "", say("Look back"), say("Why it went so, what changes, who does what by when")),
    Action("console.export", "", say("Export the log"), say("The crisis as a markdown file")),
    Action(
        "console.learning",
        "",
        say("Learn from corrections: on/off"),
        say("What + and - say changes how the next texts are read, or does not"),
    ),
    Action(
        "console.former",
        "",
        say("Load what was learnt in a former crisis…"),
        say("Its labels count here too, with less weight"),
    ),
    Action("console.add_source", "", say("Add a source"), say("What to write into config.yaml")),
    Action("console.sources", "", say("Sources"), say("What is listened to, and how it is")),
    Action("console.retry", "f4", say("Retry sources"), say("Do not wait for the next try")),
)

_VIEW = (
    Action("view.room", "1", say("Room"), say("Everything at a glance")),
    Action("view.feed", "2", say("Feed"), say("The mentions at full width, with search and filters")),
    Action("view.plan", "3", say("Plan"), say("The steps, what is late, what is next")),
    Action("view.statement", "4", say("Statement"), say("Write, check, send to approve, publish")),
    Action("view.timeline", "5", say("Timeline"), say("What happened and what was decided, line by line")),
    Action("view.pulse", "6", say("Pulse"), say("How many speak, how it rises, what the four audiences say")),
)

_REPLAY = (
    Action("replay.play", "space", say("Play"), say("Play the recording, or pause it"), 1),
    Action("replay.back", "left", say("1 min back"), say("One minute back")),
    Action("replay.on", "right", say("1 min on"), say("One minute on")),
    Action("replay.previous", "[", say("Previous event"), say("To the event before")),
    Action("replay.next", "]", say("Next event"), say("To the next event")),
    Action("replay.slower", "-", say("Slower"), say("Play more slowly")),
    Action("replay.faster", "+", say("Faster"), say("Play faster")),
)

_FEED = (
    Action("feed.reply", "r", say("Reply"), say("Mark the mention as one we reply to"), 10),
    Action("feed.escalate", "e", say("Escalate"), say("Pass the mention upwards"), 11),
    Action("feed.ignore", "i", say("Ignore"), say("Leave the mention unanswered"), 12),
    Action("feed.close", "c", say("Close"), say("Close the mention: it is settled"), 13),
    Action("feed.search", "/", say("Search"), say("Search the mentions, with results as you type"), 15),
    Action("feed.filter", "f", say("Filter"), say("By segment, network, state, owner, reach, language"), 16),
    Action("feed.better", "+", say("Better"), say("One step towards love: the mention and its copies"), 17),
    Action("feed.worse", "-", say("Worse"), say("One step towards hate: the mention and its copies"), 18),
    Action("feed.valid", "v", say("Valid"), say("It was read right; that teaches too"), 49),
    Action("feed.unfilter", "backspace", say("Unfilter"), say("Take the last chip of the filter off"), 57),
    Action("feed.guide", "g", say("Guide"), say("The reply guide: four questions and a proposed answer"), 50),
    Action("feed.assign", "a", say("Assign"), say("Who answers this mention"), 51),
    Action("feed.pin", "m", say("Pin"), say("Pin the mention to the timeline, or take it off"), 52),
    Action("feed.person", "p", say("Person"), say("The author counts as this mention does; again takes it back"), 53),
    Action("feed.segment", "s", say("Segment"), say("Step through the four segments"), 54),
    Action("feed.select", "space", say("Select"), say("Select several mentions; the same letters act on all"), 55),
    Action("feed.latest", "l", say("Latest"), say("Back to the newest mention; the list flows again"), 56),
    Action("feed.open", "enter", say("Open"), say("The mention in full, with its history"), 57),
    Action("feed.order", "o", say("Order"), say("The most urgent first, or the newest"), 58),
    Action("feed.duplicates", "d", say("Duplicates"), say("Copies in one row, or each in its own"), 59),
    Action("feed.unfold", "right", say("Show its copies"), say("The copies of the mention, below it")),
    Action("feed.fold", "left", say("Fold its copies"), say("The copies of the mention in one row again")),
    Action("feed.sooner", "h", say("Higher"), say("Read it sooner than its points say, by your word")),
    Action("feed.later", "b", say("Bring down"), say("Read it later than its points say, by your word")),
)

_PLAN = (
    Action("plan.tick", "space", say("Tick"), say("Tick the line of the checklist, or the next open one"), 1),
    Action("plan.complete", "c", say("Complete"), say("Call the step done, or open it again"), 2),
    Action("plan.assign", "a", say("Assign"), say("Who owns the step, and who backs it up"), 3),
    Action("plan.open", "enter", say("Open"), say("What the step works on, else its deadline"), 4),
    Action("plan.deadline", "t", say("Deadline"), say("Move the deadline of the step"), 5),
    Action("plan.objectives", "o", say("Objectives"), say("Read and confirm the objectives"), 6),
    Action("plan.skip", "x", say("Skip"), say("The step is not needed, with a reason"), 7),
)

_DESK = (
    Action("desk.edit", "e", say("Edit"), say("Write the statement"), 1),
    Action("desk.send", "f2", say("To approve"), say("Send the text to those who approve it"), 2),
    Action("desk.approve", "a", say("Approve"), say("Read what changed, and approve it by name"), 3),
    Action("desk.publish", "p", say("Publish"), say("The review before it is marked as published"), 4),
    Action("desk.merge", "m", say("Merge"), say("Bring two texts together that were written at once"), 5),
    Action("desk.correct", "c", say("Correct"), say("A linked correction of what is out"), 6),
    Action("desk.settings", "t", say("Settings"), say("Kind of text, networks, spokesperson, facts"), 7),
    Action(
        "desk.other", "s", say("Other text"), say("The statement written before this one, then the newest again"), 8
    ),
    Action("desk.links", "l", say("Links"), say("The text of each network to copy, and its link"), 9),
    Action("desk.facts", "f", say("Facts"), say("Facts, rumours, promises"), 10),
    Action("desk.next", "f6", say("Next check"), say("To the next finding and its words"), 11),
    Action("desk.library", "b", say("Base text"), say("Begin with a prepared text"), 12),
    Action("desk.new", "w", say("New text"), say("Another text beside this one"), 13),
    Action("desk.yes", "y", say("Say yes"), say("Answer by name what no rule can decide"), 15),
    Action("desk.override", "o", say("Override"), say("Let a check that blocks pass, with a reason"), 16),
)

_EDITOR = (
    Action("editor.leave", "escape", say("Leave"), say("Letters act again"), 1),
    Action("editor.save", "ctrl+s", say("Save"), say("It also saves by itself"), 2),
    Action("editor.send", "f2", say("To approve"), say("Send the text to those who approve it"), 3),
    Action("editor.next", "f6", say("Next check"), say("To the next finding and its words"), 4),
)

_TIMELINE = (
    Action("timeline.export", "x", say("Export"), say("The crisis as a markdown file"), 1),
    Action("timeline.search", "/", say("Search"), say("Search the timeline"), 2),
    Action("timeline.filter", "f", say("Filter"), say("Step through the kinds of entries"), 3),
    Action("timeline.open", "enter", say("Open"), say("The entry in full, and what corrects it"), 4),
    Action("timeline.correct", "c", say("Correct"), say("A new line that corrects this one"), 5),
)

_PULSE = (
    Action("pulse.window", "w", say("Window"), say("15, 60 or 180 minutes"), 1),
    Action("pulse.segment", "s", say("Audience"), say("One audience after the other"), 2),
    Action("pulse.narratives", "r", say("Narratives"), say("Which narratives rise; merge two, split one"), 3),
)

_DIALOGS = (
    Action("guide.back", "f7", say("Back"), say("A question back; what was written stays")),
    Action("guide.copy", "f2", say("Copy")),
    Action("guide.other_text", "f3", say("Other text")),
    Action("guide.other_outcome", "f4", say("Other outcome")),
    Action("guide.next", "f6", say("Next check")),
    Action("guide.alone", "f8", say("Text alone")),
    Action("publish.copy", "k", say("Copy the texts")),
    Action("narratives.merge", "m", say("Merge"), say("Mark it; on the other one once more")),
    Action("narratives.split", "s", say("Split"), say("Take a group of copies out of the narrative")),
    Action("narratives.read", "r", say("Read them"), say("Its mentions, in the Feed")),
    Action("copy.copy", "c", say("Copy")),
    Action("copy.alone", "f8", say("Text alone")),
    Action("copy.link", "l", say("Link")),
    Action("ledger.fact", "n", say("New fact")),
    Action("ledger.rumour", "r", say("New rumour")),
    Action("ledger.promise", "p", say("New promise")),
    Action("ledger.confirm", "c", say("Confirm")),
    Action("ledger.contest", "x", say("Contest")),
    Action("ledger.take_back", "t", say("Take back")),
    Action("ledger.answer", "w", say("Answer")),
    Action("ledger.kept", "k", say("Kept")),
    Action("ledger.broken", "b", say("Not kept")),
    Action("ledger.move", "m", say("New date")),
    Action("ledger.owner", "a", say("Owner")),
    Action("freeze.read", "i", say("Import")),
    Action("freeze.add", "n", say("Add")),
    Action("freeze.hold", "h", say("Hold")),
    Action("freeze.release", "r", say("Release")),
    Action("questions.note", "n", say("New question")),
    Action("questions.answer", "a", say("Was answered")),
    Action("questions.past", "x", say("No longer asked")),
    Action("seats.here", "h", say("Here")),
    Action("seats.name", "n", say("Name")),
    Action("seats.available", "v", say("Away or back")),
    Action("deadlines.times", "t", say("Correct the times")),
    Action("regulators.start", "s", say("Start")),
    Action("regulators.meet", "m", say("Met")),
    Action("regulators.exclude", "x", say("Does not apply")),
    Action("look_back.why", "y", say("Why it went so")),
    Action("look_back.change", "c", say("What changes")),
    Action("look_back.agree", "a", say("New action")),
    Action("look_back.done", "d", say("Done")),
    Action("past.again", "o", say("Open again")),
)

ACTIONS: Mapping[str, Action] = {
    action.id: action
    for action in (
        *_CONSOLE,
        *_VIEW,
        *_REPLAY,
        *_FEED,
        *_PLAN,
        *_DESK,
        *_EDITOR,
        *_TIMELINE,
        *_PULSE,
        *_DIALOGS,
    )
}

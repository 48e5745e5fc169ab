"""The freeze list: what would go out by itself. Imported from a file or typed; each item held or released by name."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from warroom.domain.events import AnyEvent
from warroom.domain.freeze import Freeze, Frozen, hold, list_all, list_item, release
from warroom.domain.incident import Incident
from warroom.domain.networks import network_name
from warroom.domain.sentence import Refused, Sentence, say, say_n
from warroom.domain.text import one_line
from warroom.services.freezelist import FreezeFile, read_file
from warroom.services.typedpath import path_of
from warroom.services.words import Words
from warroom.ui.dialogs.ask import Field
from warroom.ui.dialogs.rows import Hint
from warroom.ui.dialogs.table import Clock, TableDialog, time_to_come
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.row_list import RowList

MARKS = {"open": ("○", "bold $warning"), "held": ("❚", "$success"), "released": ("▶", "$muted")}
STANDINGS = {"open": say("undecided"), "held": say("held"), "released": say("released")}


class FreezeRows:
    """In the order in which they came: a row that is decided stays where it was."""

    def __init__(self, freeze: Freeze, words: Words, nothing: str) -> None:
        """`nothing` is what an empty list says."""
        self._nothing = nothing
        self._items = list(freeze.values())
        self._words = words

    def __len__(self) -> int:
        return max(1, len(self._items))

    def key(self, index: int) -> str:
        return self._items[index].id if self._items else ""

    def selectable(self, index: int) -> bool:
        return bool(self._items)

    def line(self, index: int, width: int) -> Sequence[Part]:
        if not self._items:
            return [Part(self._nothing, "$muted")]
        item, words = self._items[index], self._words
        glyph, style = MARKS[item.standing]
        when = when_cell(item.goes_out_at, words) if item.goes_out_at is not None else ""
        end = [Part(f" {words.say(STANDINGS[item.standing])}", style if item.standing == "open" else "$muted")]
        end.append(Part(f"  {one_line(item.by) if item.standing != 'open' else ''} ", "$muted"))
        begin = [Part(f" {glyph} ", style), Part(f"{item.id:<4}", "bold")]
        begin += [Part(f"{when} ", "$muted")] if when else []
        begin += [Part(f"{cut(words.value(network_name(item.place)), 10)} ", "$muted")] if item.place else []
        free = width - width_of(begin) - width_of(end)
        return spread([*begin, Part(cut(one_line(item.text), free))], end, width)


def when_cell(at: datetime, words: Words) -> str:
    """Day and time, short: "10 Mar 18:00"."""
    _, day, month, _ = words.day(at).split()
    return f"{day} {month} {words.clock(at)}"


def read_told(file: FreezeFile, new: int) -> Sentence:
    """What came of an import, with what did not."""
    told = say_n("{n} scheduled post is on the list", "{n} scheduled posts are on the list", new)
    more = [
        (file.bad, say_n("{n} line held none", "{n} lines held none", file.bad)),
        (file.undated, say_n("{n} time was not read", "{n} times were not read", file.undated)),
        (file.left_out, say_n("{n} line was too many", "{n} lines were too many", file.left_out)),
    ]
    for n, also in more:
        if n:
            told = say("{told}; {also}", told=told, also=also)
    return told


class FreezeDialog(TableDialog):
    YES_ID = "freeze.read"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("freeze.read", "read"),
        bind("freeze.add", "add"),
        bind("freeze.hold", "hold"),
        bind("freeze.release", "release"),
    ]

    def __init__(self, scene: Scene, act: Callable[[Act], None], now: Clock) -> None:
        super().__init__(scene, act, now, say("What is scheduled"), yes=say("Import a file"))

    def rows(self, incident: Incident) -> FreezeRows:
        read, add = self.printed("freeze.read"), self.printed("freeze.add")
        nothing = self.words.t("Nothing is listed yet. {read} reads a file, {add} adds a line.", read=read, add=add)
        return FreezeRows(incident.freeze, self.words, nothing)

    def told(self, incident: Incident) -> list[Part]:
        item, t = self._item(incident), self.words.t
        if item is None:
            told = t("Each post and each ad is held, or released by somebody's name. Nothing is stopped for you.")
            return [Part(told, "$muted")]
        parts = [Part(f"{one_line(item.text)}\n")]
        if item.goes_out_at is not None:
            at = f"{self.words.day(item.goes_out_at)} {self.words.clock(item.goes_out_at)}"
            place = self.words.value(network_name(item.place))
            parts += [Part(t("Goes out") + ": ", "$muted"), Part(f"{at}  {place}\n")]
        if item.reason:
            parts += [Part(t("Reason") + ": ", "$muted"), Part(f"{one_line(item.reason)}\n")]
        return parts

    def hints(self, incident: Incident) -> list[Hint]:
        t, item = self.words.t, self._item(incident)
        keys = [Hint("freeze.hold", t("Hold")), Hint("freeze.release", t("Release"))] if item is not None else []
        return [*keys, Hint("freeze.read", t("Import")), Hint("freeze.add", t("Add"))]

    def _item(self, incident: Incident) -> Frozen | None:
        return incident.freeze.get(self.chosen)

    def confirm(self) -> None:
        self.action_read()

    def action_hold(self) -> None:
        item = self._item(self.incident) if self.incident is not None else None
        if item is not None:
            self._settle(item, lambda i: hold(i.freeze, item.id), say("Held: {text}", text=item.text))

    def action_release(self) -> None:
        item = self._item(self.incident) if self.incident is not None else None
        if item is None:
            return
        done = say("Released: {text}", text=item.text)
        if item.standing == "held":
            self._settle(item, lambda i: release(i.freeze, item.id), done)
            return
        self.record(
            say("Release it?"),
            (Field("reason", say("Reason")),),
            lambda i, said: release(i.freeze, item.id, said["reason"]),
            lambda said: done,
            yes=say("Release, by my name"),
            text=say("“{text}” goes out in the middle of the crisis.", text=item.text),
            after=lambda: self._next(item),
        )

    def _settle(self, item: Frozen, decide: Callable[[Incident], AnyEvent], done: Sentence) -> None:
        if self.do(decide, done):
            self._next(item)

    def _next(self, item: Frozen) -> None:
        """Go on to the next that nobody has decided about."""
        if item.standing == "open" and self.incident is not None:
            waiting = [one.id for one in self.incident.freeze.values() if one.standing == "open" and one.id != item.id]
            later = [id for id in waiting if int(id[1:]) > int(item.id[1:])]
            if waiting:
                self.query_one(RowList).select((later or waiting)[0])

    def action_add(self) -> None:
        fields = (
            Field("text", say("What is scheduled")),
            Field("place", say("Where")),
            Field("when", say("When (18:00, Friday, 2026-03-10 18:00), if you know")),
        )

        def add(incident: Incident, said: dict[str, str]) -> AnyEvent:
            at = time_to_come(said["when"], self.words, self.now()) if said["when"].strip() else None
            return list_item(incident.freeze, said["text"], place=said["place"], goes_out_at=at)

        self.record(
            say("Add to the list"),
            fields,
            add,
            lambda said: say("On the list: {text}", text=said["text"]),
            yes=say("Add"),
        )

    def action_read(self) -> None:
        """Read a file once, when its name is handed in; what is then written is what was found to be right."""
        found: list[FreezeFile] = []

        def decide(incident: Incident, said: dict[str, str]) -> Sequence[AnyEvent]:
            return list_all(incident.freeze, found[-1].items)

        def check(said: dict[str, str]) -> None:
            found.append(read_file(_path(said["file"]), self.words.zone))

        def done(said: dict[str, str]) -> Sentence:
            incident = self.incident
            new = len(list_all(incident.freeze, found[-1].items)) if incident is not None else 0
            return read_told(found[-1], new)

        self.record(
            say("Import what is scheduled"),
            (Field("file", say("File")),),
            decide,
            done,
            before=check,
            yes=say("Import"),
            text=say("CSV, TSV, JSON lines or plain lines. The columns for text, place and time are recognised."),
        )


def _path(name: str) -> Path:
    if not name.strip():
        raise Refused(say("Write the name of the file."))
    return path_of(name.strip().strip("'\""))

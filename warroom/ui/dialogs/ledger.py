"""The table: facts, rumours and promises, with what can be done to each. It stays open while one works on it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, get_args

from textual.binding import BindingType

from warroom.domain.approval import initials_of, team
from warroom.domain.checks.text import flat
from warroom.domain.corrections import uncorrected
from warroom.domain.events import AnyEvent, FactStatus, Risk, RumourAnswered
from warroom.domain.incident import Incident
from warroom.domain.ledger import (
    Fact,
    Promise,
    answer_rumour,
    assign_promise,
    break_promise,
    change_fact,
    keep_promise,
    make_promise,
    move_promise,
    record_fact,
)
from warroom.domain.names import RISKS, STATUSES
from warroom.domain.sentence import Refused, Sentence, say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.dialogs.ask import Field
from warroom.ui.dialogs.people import PLACE
from warroom.ui.dialogs.rows import Hint
from warroom.ui.dialogs.table import Clock, TableDialog, time_to_come
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.row_list import RowList

MARKS = {
    "confirmed": ("✓", "$success"),
    "unconfirmed": ("○", "$warning"),
    "contested": ("!", "bold $warning"),
    "retracted": ("✕", "bold $error"),
}
STANDINGS: dict[str, FactStatus] = {status: status for status in get_args(FactStatus)}


class LedgerRows:
    """Facts, then rumours, then promises, each under its name; what is settled last."""

    def __init__(self, incident: Incident, scene: Scene, now: datetime) -> None:
        self._words: Words = scene.words
        self._now = now
        self._team = team(incident)
        self._shaken = {fact: one.statement for one in uncorrected(incident) for fact in one.facts}
        """Fact → the published statement that rests on it."""
        facts = [fact for fact in incident.facts.values() if not fact.rumour]
        rumours = [fact for fact in incident.facts.values() if fact.rumour]
        promises = sorted(incident.promises.values(), key=lambda promise: (not promise.is_open, promise.due_at))
        t = scene.words.t
        groups: list[tuple[str, Sequence[Fact | Promise], str]] = [
            (t("Facts"), facts, t("None yet. {key} puts one on the table.", key=scene.key("ledger.fact"))),
            (t("Rumours"), rumours, t("None yet. {key} gives one its row.", key=scene.key("ledger.rumour"))),
            (t("Promises"), promises, t("None yet. What a statement promises comes here by itself.")),
        ]
        self._rows: list[str | Fact | Promise] = []
        for name, things, none in groups:
            self._rows += [name, *things] if things else [name, f"  {none}"]

    def __len__(self) -> int:
        return len(self._rows)

    def key(self, index: int) -> str:
        row = self._rows[index]
        return f"#{index}" if isinstance(row, str) else row.id

    def selectable(self, index: int) -> bool:
        return not isinstance(self._rows[index], str)

    def line(self, index: int, width: int) -> Sequence[Part]:
        row = self._rows[index]
        if isinstance(row, str):
            return [Part(row, "$muted" if row.startswith(" ") else "bold $primary")]
        return self._fact(row, width) if isinstance(row, Fact) else self._promise(row, width)

    def _fact(self, fact: Fact, width: int) -> list[Part]:
        glyph, style = MARKS[fact.status]
        state = self._words.say(RISKS[fact.risk] if fact.rumour else STATUSES[fact.status])
        end = [Part(f" {state}", "$muted"), Part(f"  {self._words.clock(fact.at)} {one_line(fact.by)} ", "$muted")]
        if fact.id in self._shaken:
            out = self._words.t("out in {statement}", statement=self._shaken[fact.id])
            end.insert(0, Part(f" ! {out} ·", "bold $error"))
        begin = [Part(f" {glyph} ", style), Part(f"{fact.id} ", "bold")]
        free = width - sum(part.width for part in (*begin, *end))
        return spread([*begin, Part(cut(one_line(fact.text), free))], end, width)

    def _promise(self, promise: Promise, width: int) -> list[Part]:
        words = self._words
        late = promise.is_open and promise.due_at < self._now
        glyph, style = ("!", "bold $error") if late else ("◇", "$warning")
        if promise.kept is not None:
            glyph, style = ("✓", "$success") if promise.kept else ("✕", "bold $error")
        due = when_due(promise.due_at, words, self._now)
        known = not promise.owner or promise.owner in self._team
        owner = f"  {one_line(promise.owner) or '–'}{'' if known else '?'} "
        end = [Part(f" {due}", "bold $error" if late else ""), Part(owner, "$muted" if known else "bold $warning")]
        begin = [Part(f" {glyph} ", style), Part(f"{promise.id} ", "bold")]
        free = width - sum(part.width for part in (*begin, *end))
        return spread([*begin, Part(cut(one_line(promise.text), free))], end, width)


class LedgerDialog(TableDialog):
    """Facts, rumours, promises: what holds, what goes round, what was promised."""

    YES_ID = "ledger.fact"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("ledger.fact", "fact"),
        bind("ledger.rumour", "rumour"),
        bind("ledger.promise", "promise"),
        bind("ledger.confirm", "status('confirmed')"),
        bind("ledger.contest", "status('contested')"),
        bind("ledger.take_back", "status('retracted')"),
        bind("ledger.answer", "answer"),
        bind("ledger.kept", "kept"),
        bind("ledger.broken", "broken"),
        bind("ledger.move", "move"),
        bind("ledger.owner", "owner"),
    ]

    def __init__(self, scene: Scene, act: Callable[[Act], None], now: Clock, at: str = "") -> None:
        """`at` is the fact or promise on which the cursor begins."""
        super().__init__(scene, act, now, say("Facts, rumours, promises"), yes=say("New fact"))
        self._at = at
        self._new = ""
        """What was just put on the table, until it is there: the next key is meant for it."""

    def look(self) -> None:
        super().look()
        if self._new and self._new in self._keys():
            self.query_one(RowList).select(self._new)
            self._new = ""

    def _keys(self) -> frozenset[str]:
        incident = self.incident
        return frozenset() if incident is None else frozenset((*incident.facts, *incident.promises))

    def _put(self, kind: str, done: Sentence) -> Sentence:
        """The next fact or promise comes: `kind` is its letter."""
        incident = self.incident
        if incident is not None:
            self._new = f"{kind}{len(incident.facts if kind == 'F' else incident.promises) + 1}"
        return done

    def first(self, incident: Incident) -> str | None:
        return self._at or None

    def rows(self, incident: Incident) -> LedgerRows:
        return LedgerRows(incident, self.scene, self.now())

    def told(self, incident: Incident) -> list[Part]:
        """The selected row in full."""
        thing, t = self._thing(), self.words.t
        if thing is None:
            return []
        parts = [Part(f"{one_line(thing.text)}\n")]
        if isinstance(thing, Promise):
            if thing.moved:
                dates = ", ".join(when_due(at, self.words, self.now()) for at in thing.moved)
                parts.append(Part(f"{t('Promised before for {times}', times=dates)}\n", "$muted"))
            if thing.reason:
                parts += [Part(f"{t('Reason')}: ", "$muted"), Part(f"{one_line(thing.reason)}\n")]
            if thing.is_open and thing.owner and thing.owner not in team(incident):
                told = t(
                    "Nobody in this room has the initials {who}: {key} names somebody.",
                    who=one_line(thing.owner),
                    key=self.printed("ledger.owner"),
                )
                parts.append(Part(f"! {told}\n", "bold $warning"))
            return parts
        for name, value in (
            (t("Source"), thing.source),
            (t("Goes round"), thing.channel),
            (t("We answer"), thing.answer),
            (t("Reason"), thing.reason),
        ):
            if value:
                parts += [Part(f"{name}: ", "$muted"), Part(f"{one_line(value)}\n")]
        for one in uncorrected(incident):
            if thing.id in one.facts:
                told = t(
                    "{statement} is out and rests on it: {key} on the desk corrects it.",
                    statement=one.statement,
                    key=self.printed("desk.correct"),
                )
                parts.append(Part(f"! {told}\n", "bold $error"))
        return parts

    def hints(self, incident: Incident) -> list[Hint]:
        thing, t = self._thing(), self.words.t
        keys: list[Hint] = []
        if isinstance(thing, Fact):
            keys = [
                Hint("ledger.confirm", t("Confirm")),
                Hint("ledger.contest", t("Contest")),
                Hint("ledger.take_back", t("Take back")),
            ]
            keys += [Hint("ledger.answer", t("Answer"))] if thing.rumour else []
        elif thing is not None and thing.is_open:
            keys = [
                Hint("ledger.kept", t("Kept")),
                Hint("ledger.broken", t("Not kept")),
                Hint("ledger.move", t("New date")),
                Hint("ledger.owner", t("Owner")),
            ]
        return [
            *keys,
            Hint("ledger.fact", t("New fact")),
            Hint("ledger.rumour", t("New rumour")),
            Hint("ledger.promise", t("New promise")),
        ]

    def _thing(self) -> Fact | Promise | None:
        incident = self.incident
        if incident is None:
            return None
        return incident.facts.get(self.chosen) or incident.promises.get(self.chosen)

    # --- acts -------------------------------------------------------------------------------------------

    def confirm(self) -> None:
        self.action_fact()

    def action_fact(self) -> None:
        fields = (Field("text", say("The fact, in one sentence")), Field("source", say("Who says so?")))

        def decide(incident: Incident, said: dict[str, str]) -> AnyEvent:
            status: FactStatus = "confirmed" if said["source"].strip() else "unconfirmed"
            return record_fact(incident.facts, said["text"], status=status, source=said["source"])

        key = self.printed("ledger.confirm")
        text = say("With a source it is confirmed; without one it is not, until {key} confirms it.", key=key)
        self.record(say("A fact"), fields, decide, lambda said: self._put("F", say("Fact recorded")), text=text)

    def action_rumour(self) -> None:
        fields = (
            Field("text", say("The rumour, as it is told")),
            Field("channel", say("Where does it go round?")),
            Field("risk", say("Risk: low, medium or high"), hint=self.words.t("medium")),
            Field("answer", say("What do we answer? (may come later)")),
        )

        def decide(incident: Incident, said: dict[str, str]) -> Sequence[AnyEvent]:
            risk = risk_of(said["risk"])
            if risk is None:
                raise Refused(say("The risk is low, medium or high."))
            heard = record_fact(
                incident.facts, said["text"], status="contested", rumour=True, channel=said["channel"], risk=risk
            )
            answer = said["answer"].strip()
            return [heard, RumourAnswered(fact=heard.fact, answer=answer)] if answer else [heard]

        self.record(say("A rumour"), fields, decide, lambda said: self._put("F", say("Rumour recorded")))

    def action_promise(self) -> None:
        fields = (
            Field("text", say("What was promised")),
            Field("due", say("For when? (16:00, Friday, in two hours)")),
            Field("owner", say("Who sees to it?"), self.scene.actor),
        )

        def decide(incident: Incident, said: dict[str, str]) -> AnyEvent:
            owner = initials_of(incident, said["owner"])
            return make_promise(incident.promises, said["text"], self._time(said["due"]), owner=owner)

        self.record(say("A promise"), fields, decide, lambda said: self._put("P", say("Promise recorded")))

    def action_status(self, name: str) -> None:
        status = STANDINGS[name]
        fact = self._thing()
        if not isinstance(fact, Fact):
            self.wrong(say("Choose a fact or a rumour first."))
            return
        if status == "confirmed":
            fields = (Field("source", say("Who says so?"), fact.source),)
        else:
            fields = (Field("reason", say("Reason")),)

        def decide(incident: Incident, said: dict[str, str]) -> AnyEvent:
            return change_fact(incident.facts, fact.id, status, said.get("reason", ""), said.get("source", ""))

        done = say("Fact {fact} is now {status}", fact=fact.id, status=STATUSES[status])
        title = say("{fact}: {status}", fact=fact.id, status=STATUSES[status])
        self.record(title, fields, decide, lambda said: done)

    def action_answer(self) -> None:
        fact = self._thing()
        if not isinstance(fact, Fact) or not fact.rumour:
            self.wrong(say("Choose a rumour first."))
            return
        self.record(
            say("Answer to the rumour"),
            (Field("answer", say("What do we answer?"), fact.answer),),
            lambda incident, said: answer_rumour(incident.facts, fact.id, said["answer"]),
            lambda said: say("Answer recorded"),
        )

    def action_kept(self) -> None:
        if (promise := self._promise()) is not None:
            self.do(lambda i: keep_promise(i.promises, promise.id), say("Promise kept: {text}", text=promise.text))

    def action_broken(self) -> None:
        if (promise := self._promise()) is not None:
            self.record(
                say("Not kept"),
                (Field("reason", say("Why?")),),
                lambda incident, said: break_promise(incident.promises, promise.id, said["reason"]),
                lambda said: say("Recorded as not kept"),
            )

    def action_move(self) -> None:
        if (promise := self._promise()) is None:
            return
        fields = (
            Field("due", say("For when? (16:00, Friday, in two hours)")),
            Field("reason", say("Why, as people were told?")),
        )
        self.record(
            say("A new date"),
            fields,
            lambda incident, said: move_promise(incident.promises, promise.id, self._time(said["due"]), said["reason"]),
            lambda said: say("The promise has a new date"),
        )

    def action_owner(self) -> None:
        if (promise := self._promise()) is not None:
            people = self.incident.people if self.incident is not None else ()
            self.record(
                say("Who sees to it?"),
                (Field("owner", say("Initials"), promise.owner or self.scene.actor),),
                lambda i, said: assign_promise(i.promises, promise.id, initials_of(i, said["owner"])),
                lambda said: say("{owner} sees to it: {text}", owner=said["owner"], text=promise.text),
                text=say("Initials: {who}", who=PLACE if people else "—"),
                people={person.initials: f"{person.initials} {person.name}" for person in people},
            )

    def _promise(self) -> Promise | None:
        chosen = self._thing()
        if isinstance(chosen, Promise) and not chosen.is_open:
            self.wrong(say("Promise {promise} is already settled.", promise=chosen.id))
            return None
        if isinstance(chosen, Promise):
            return chosen
        self.wrong(say("Choose a promise first."))
        return None

    def _time(self, text: str) -> datetime:
        return time_to_come(text, self.words, self.now())


def when_due(at: datetime, words: Words, now: datetime) -> str:
    """Hours and minutes, with the day where that is not today."""
    return words.clock(at) if words.day(at) == words.day(now) else f"{words.day(at)} {words.clock(at)}"


def risk_of(text: str) -> Risk | None:
    """The risk that somebody typed, in either language, by its first letters."""
    typed = flat(text.strip())
    known: tuple[tuple[Risk, tuple[str, ...]], ...] = (
        ("low", ("low", "bajo", "baja")),
        ("medium", ("medium", "some", "medio", "media")),
        ("high", ("high", "alto", "alta")),
    )
    if not typed:
        return "medium"
    return next((risk for risk, names in known if any(name.startswith(typed) for name in names)), None)

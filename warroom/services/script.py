"""What the people of a scenario did, as the same decisions that a person at the console takes."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from warroom.domain.aftermath import note_question
from warroom.domain.approval import approve, send
from warroom.domain.board import Board
from warroom.domain.criteria import finish
from warroom.domain.desk import pin
from warroom.domain.events import AnyEvent, FreezeHeld, Place
from warroom.domain.freeze import list_item
from warroom.domain.incident import Incident, add_note, confirm_objectives, declare
from warroom.domain.ledger import record_fact
from warroom.domain.mention import Kept
from warroom.domain.plan import Plan
from warroom.domain.seats import take_seat
from warroom.domain.sentence import Refused, say
from warroom.domain.stance import choose_stance
from warroom.domain.statement import new_statement_id, revise
from warroom.domain.steps import tick_item
from warroom.services.desk import Desk
from warroom.services.release import release
from warroom.services.room import Decision
from warroom.services.scenario import Scenario, ScriptAct
from warroom.services.words import Words

Find = Callable[[str], Kept | None]
"""The newest mention whose text holds these words."""


class Script:
    """The acts of a scenario that begins at `begin`, in one language."""

    def __init__(self, scenario: Scenario, begin: datetime, words: Words, plan: Plan, desk: Desk, find: Find) -> None:
        self._scenario = scenario
        self._begin = begin
        self._words = words
        self._plan = plan
        self._desk = desk
        self._find = find

    def decisions(self) -> list[tuple[datetime, str, Decision]]:
        """When, by whom, and the decision."""
        return [(self._at(act.at), act.by, self._decision(act)) for act in self._scenario.acts]

    def _at(self, minutes: float) -> datetime:
        return self._begin + timedelta(minutes=minutes)

    def _decision(self, act: ScriptAct) -> Decision:
        return lambda board: self._decide(act, board, self._at(act.at))

    def _decide(self, act: ScriptAct, board: Board, at: datetime) -> AnyEvent | Sequence[AnyEvent]:
        name = self._words.name
        if act.do == "note":
            return add_note(name(act.text), now=at)
        if act.do == "declare":
            return declare(
                title=name(act.text),
                severity=act.severity,
                lead=act.by,
                objectives=[name(act.objective)],
                plan=self._plan,
                roles=self._scenario.roles,
                people=self._scenario.people,
                now=at,
                zone=str(self._words.zone),
                first_mention_at=None if act.first_mention is None else self._at(act.first_mention),
                mode="demo",
                organisation=self._scenario.organisation,
                open_incident=board.incident,
            )
        if act.do == "pin":
            kept = self._find(name(act.wanted))
            return [] if kept is None else pin(board.desk, kept)
        incident = board.incident
        if incident is None:
            raise Refused(say("No crisis is open."))
        return self._in_crisis(act, incident, board, at)

    def _in_crisis(
        self, act: ScriptAct, incident: Incident, board: Board, at: datetime
    ) -> AnyEvent | Sequence[AnyEvent]:
        name, statement = self._words.name, incident.statement
        match act.do:
            case "objectives":
                return confirm_objectives(incident, incident.objectives)
            case "freeze":
                listed = list_item(incident.freeze, name(act.text), place=act.places[0] if act.places else "")
                return [listed, FreezeHeld(item=listed.item)]
            case "here":
                mine = [role for role, holder in incident.roles.items() if holder == act.by]
                return [take_seat(incident.plan, incident.roles, incident.seats, role, act.by) for role in mine]
            case "stance":
                reason = name(act.text)
                return choose_stance(
                    incident.plan, act.cluster, cause=act.cause, history="clean", types=act.types, reason=reason
                )
            case "ask":
                return note_question(incident.questions, name(act.text), act.audience)
            case "step":
                return finish(board, act.step, at, items_open_ok=True)
            case "tick":
                state = incident.steps[act.step]
                item = next(item.id for item in state.step.items if item.id not in state.ticked)
                return tick_item(incident.steps, act.step, item)
            case "fact":
                return record_fact(dict(incident.facts), name(act.text), source=name(act.source))
            case "draft":
                spokes = incident.roles.get("spokes", "")
                return revise(
                    incident.statements,
                    new_statement_id(incident.statements),
                    self._filled(name(act.text), incident),
                    purpose=act.purpose,
                    lang=self._words.lang,
                    networks=self._desk.settings.networks,
                    spokesperson=spokes,
                    question=name(act.question),
                    facts=act.facts,
                    objective=incident.objectives[0] if incident.objectives else "",
                    audiences=act.audiences,
                )
            case "send":
                blocking = self._desk.blocking(statement, incident, at) if statement is not None else ()
                return send(incident, statement, blocking=blocking, now=at)
            case "approve":
                digest = statement.head.digest if statement is not None else ""
                return approve(incident, statement, by=act.by, digest=digest, now=at)
            case "publish":
                places = tuple(Place(network, f"https://{network}.example/nordavena/1") for network in act.places)
                return release(self._desk, board, statement.id if statement is not None else "", places, at)
            case _:
                raise ValueError(act.do)

    def _filled(self, text: str, incident: Incident) -> str:
        """The script's times by the clock of this demo."""
        clock, declared = self._words.clock, incident.declared_at
        return text.format(
            holding=clock(declared + timedelta(minutes=60)),
            recalled=clock(declared + timedelta(minutes=8)),
            update=clock(declared + timedelta(minutes=118)),
        )

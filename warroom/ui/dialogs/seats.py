"""The seats: who holds each role, who has said "here", who can be reached."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType

from warroom.domain.approval import initials_of, set_available
from warroom.domain.incident import Incident
from warroom.domain.seats import name_seat, needed, take_seat
from warroom.domain.sentence import say
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.dialogs.ask import Field
from warroom.ui.dialogs.people import PLACE
from warroom.ui.dialogs.rows import Hint
from warroom.ui.dialogs.table import Clock, TableDialog
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.messages import Act
from warroom.ui.present import fit
from warroom.ui.scene import Scene


class SeatRows:
    """The roles that are needed now, then the others."""

    def __init__(self, incident: Incident, words: Words) -> None:
        self._incident = incident
        self._words = words
        wanted = needed(incident.plan, incident.severity, incident.types)
        self._needed = frozenset(wanted)
        self._roles = [*wanted, *(role for role in incident.plan.roles if role not in self._needed)]

    def __len__(self) -> int:
        return len(self._roles)

    def key(self, index: int) -> str:
        return self._roles[index]

    def selectable(self, index: int) -> bool:
        return True

    def line(self, index: int, width: int) -> Sequence[Part]:
        role, incident, words = self._roles[index], self._incident, self._words
        t = words.t
        holder, here = incident.roles.get(role, ""), incident.seats.get(role)
        person = incident.person(holder)
        glyph, style = ("✓", "$success") if here is not None else ("○", "bold $warning")
        if role not in self._needed:
            glyph, style = ("✓" if here is not None else "·"), "$muted"
        end: list[Part] = []
        if person is not None and not person.available:
            if here is not None:
                glyph, style = "!", "bold $error"
            end.append(Part(f" {t('away')} ", "bold $error"))
        elif here is not None:
            end.append(Part(f" {t('here since {time}', time=here)} ", "$success"))
        elif not holder:
            end.append(Part(f" {t('nobody yet')} ", "bold $warning" if role in self._needed else "$muted"))
        else:
            end.append(Part(f" {t('not here yet')} ", "$warning" if role in self._needed else "$muted"))
        begin = [Part(f" {glyph} ", style), Part(fit(words.name(incident.plan.roles[role]), 15), "bold")]
        name = one_line(f"{person.name} ({holder})" if person is not None else holder or "—")
        return spread([*begin, Part(cut(name, width - width_of(begin) - width_of(end)))], end, width)


class SeatsDialog(TableDialog):
    YES_ID = "seats.here"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("seats.here", "here"),
        bind("seats.name", "name"),
        bind("seats.available", "available"),
    ]

    def __init__(self, scene: Scene, act: Callable[[Act], None], now: Clock) -> None:
        super().__init__(scene, act, now, say("Seats"), yes=say("Here"))

    def first(self, incident: Incident) -> str | None:
        """One's own seat, if one holds any: what most people come for is to say that they are here."""
        rows = self.rows(incident)
        mine = [role for role in map(rows.key, range(len(rows))) if incident.roles.get(role) == self.scene.actor]
        return next((role for role in mine if role not in incident.seats), mine[0] if mine else None)

    def rows(self, incident: Incident) -> SeatRows:
        return SeatRows(incident, self.words)

    def told(self, incident: Incident) -> list[Part]:
        """Which steps the role has, and who of the team has no seat."""
        t, words = self.words.t, self.words
        role = self.chosen
        steps = [state for state in incident.steps.values() if state.is_open and state.step.owner == role]
        names = ", ".join(words.name(state.step.name) for state in steps[:4])
        parts = [Part(t("Steps") + ": ", "$muted"), Part(f"{names or '—'}{'…' if len(steps) > 4 else ''}\n")]
        free = [person for person in incident.people if person.initials not in incident.roles.values()]
        if free:
            told = ", ".join(one_line(f"{person.name} ({person.initials})") for person in free)
            parts += [Part(t("Without a seat") + ": ", "$muted"), Part(told)]
        return parts

    def hints(self, incident: Incident) -> list[Hint]:
        t = self.words.t
        return [
            Hint("seats.here", t("Here")),
            Hint("seats.name", t("Name somebody")),
            Hint("seats.available", t("Away or back")),
        ]

    def confirm(self) -> None:
        self.action_here()

    def action_here(self) -> None:
        """For oneself, at one's own console. Who holds several roles says it once for each."""
        role, by = self.chosen, self.scene.actor
        if self.incident is None or not role:
            return
        name = self.incident.plan.roles[role]
        self.do(lambda i: take_seat(i.plan, i.roles, i.seats, role, by), say("{role}: here", role=name))

    def action_name(self) -> None:
        role, incident = self.chosen, self.incident
        if incident is None or not role:
            return
        name = incident.plan.roles[role]
        people = {person.initials: f"{person.initials} {person.name}" for person in incident.people}
        self.record(
            say("Who is {role}?", role=name),
            (Field("holder", say("Initials"), incident.roles.get(role, "")),),
            lambda i, said: name_seat(i.plan, i.roles, role, initials_of(i, said["holder"])),
            lambda said: say("{role}: {who}", role=name, who=said["holder"]),
            yes=say("Name"),
            text=say("Initials: {who}", who=PLACE if people else "—"),
            people=people,
        )

    def action_available(self) -> None:
        incident = self.incident
        who = incident.roles.get(self.chosen, "") if incident is not None else ""
        person = incident.person(who) if incident is not None else None
        if person is None:
            self.wrong(say("Nobody of the team holds this role."))
            return
        back = not person.available
        done = say("{who} is available", who=person.name) if back else say("{who} is not available", who=person.name)
        self.do(lambda i: set_available(i, who, back), done)

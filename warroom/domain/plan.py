"""The plan as it was prepared: its steps, owners by role, minutes from the declaration, checklists.

A plan is loaded from a file at the declaration and recorded whole in the event, so that a replay does not
depend on a file that somebody has edited since. What happens to the steps is in `steps.py`.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

Proof: TypeAlias = Literal[
    "declared", "objectives", "first_word", "holding", "update", "full", "staff", "stand_down", "handover"
]
"""What finishes a step by itself: the event that the program can see happening."""
Criterion: TypeAlias = Literal[
    "stance",
    "freeze",
    "objectives",
    "seats",
    "facts",
    "questions",
    "rumours",
    "audiences",
    "first-word",
    "holding",
    "links",
    "answered",
    "promises",
    "clocks",
    "regulators",
    "handover",
    "quiet",
    "final-word",
    "thawed",
    "actions",
]
"""Something that has to be true before a step is done and that the program can see for itself (`criteria.py`)."""


class Item(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One line of a step's checklist."""

    id: str
    name: dict[str, str]


class Step(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """One step. `due` is in whole minutes after the declaration; `owner` and `backup` are roles of the plan."""

    id: str
    name: dict[str, str]
    owner: str
    due: int
    done_when: dict[str, str]
    backup: str | None = None
    items: tuple[Item, ...] = ()
    proof: Proof | None = None
    verify: tuple[Criterion, ...] = ()
    """What the program checks before the step counts as done; for the rest somebody says so."""
    severity: int = 1
    """The step is needed from this severity upwards."""
    types: tuple[str, ...] = ()
    """The step is needed only in a crisis of one of these types; empty: in every one."""
    every: int | None = None
    """Minutes after each time it was done at which the step is due again."""
    until: int | None = None
    """Minutes after the declaration from which a step stays done that was done."""
    again: tuple[int, ...] = ()
    """Further deadlines, in minutes after the declaration."""
    spike: bool = False
    """Whether the step, once it was done, comes back with every new spike."""

    @property
    def comes_back(self) -> bool:
        """Whether the step is more than one deadline."""
        return self.every is not None or bool(self.again) or self.spike

    def next_due(self, done: int, due: int) -> int | None:
        """When it is due again after it was `done` and had been `due`, all in minutes after the declaration; None
        where no deadline follows."""
        following = [at for at in self.again if at > max(done, due)]
        if self.every is not None and (self.until is None or done < self.until):
            following.append(done + self.every)
        return min(following, default=None)

    def is_needed(self, severity: int, types: tuple[str, ...]) -> bool:
        """Whether a crisis of this severity and these types needs the step. No type is known at first."""
        return self.severity <= severity and (not self.types or any(type in self.types for type in types))


class Stage(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One limit of a regulator's clock. `hours` run on, 0 means at once; `business_days` leave out Saturdays and
    Sundays."""

    id: str
    name: dict[str, str]
    hours: int | None = None
    business_days: int | None = None


class Regulator(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A clock that the law or a contract starts, from a moment of its own (`starts`: awareness, classification)."""

    id: str
    name: dict[str, str]
    starts: dict[str, str]
    stages: tuple[Stage, ...]
    source: str
    owner: str = ""
    types: tuple[str, ...] = ()
    """It may apply only in a crisis of one of these types; empty: in every one."""


class Preparation(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What has to be true before anything happens: shown in calm, never late."""

    id: str
    name: dict[str, str]
    owner: str
    rhythm: dict[str, str]
    done_when: dict[str, str]


class Plan(Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """A plan file. `version` is raised by whoever edits it; `roles` gives each role its name on screen."""

    id: str
    version: int
    name: dict[str, str]
    roles: dict[str, dict[str, str]]
    steps: tuple[Step, ...]
    before: tuple[Preparation, ...] = ()
    first_word: int = 15
    """Minutes from the declaration to the first word in public (playbook M1)."""
    holding: int = 60
    """Minutes from the declaration to the holding statement (playbook M2)."""
    cadence: int = 20
    """Minutes between updates before silence is called silence (playbook M3)."""
    slower_after: int = 120
    """Minutes after the declaration from which the announced rhythm counts instead of `cadence` (playbook 4i)."""
    types: dict[str, dict[str, str]] = {}
    """The types of crisis that this plan tells apart: id → name."""
    regulators: tuple[Regulator, ...] = ()
    approvals: dict[str, tuple[str, ...]] = {}
    """Severity ("1" to "4") → the roles that must approve a statement; a missing level asks as the next lower does."""
    silent_after: int = 10
    """Minutes after which an approver who was asked and says nothing may be passed by (playbook 5, step 4)."""
    escalate_after: int = 10
    """Minutes that a step may be late before its backup is called."""
    quiet: int = 120
    """Minutes without a spike that count as two quiet windows before a stand-down (playbook 5, step 18)."""
    humanity_floor: int = 50
    """Percent of our own posts in calm that talk of more than what we sell (advice, step 2)."""

    def step(self, id: str) -> Step | None:
        return next((step for step in self.steps if step.id == id), None)


Roles: TypeAlias = Mapping[str, str]
"""Role of the plan → initials of who holds it."""

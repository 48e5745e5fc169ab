"""The plan as it was prepared: its steps, owners by role, minutes from the declaration, checklists.

A plan is loaded from a file at the declaration and recorded whole in the event, so that a replay does not
depend on a file that somebody has edited since. What happens to the steps is in `steps.py`.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

Proof: TypeAlias = Literal["declared", "objectives", "first_word", "holding", "full", "stand_down"]
"""What finishes a step by itself: the event that the program can see happening."""


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
    severity: int = 1
    """The step is needed from this severity upwards."""


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

    def step(self, id: str) -> Step | None:
        return next((step for step in self.steps if step.id == id), None)


Roles: TypeAlias = Mapping[str, str]
"""Role of the plan → initials of who holds it."""

"""The table of situational crisis communication (Coombs 2007): how much blame, and which response it allows.

The rows are in data/checks/scct.json with their source, so that a reader of the article can correct them.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from .events import Cluster, History

Strategy: TypeAlias = Literal["base", "diminish", "rebuild"]
"""The base response comes first in each: how people protect themselves, then concern and what we do about it."""


class Named(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A name and what it means in plain words, by language."""

    name: dict[str, str]
    meaning: dict[str, str]


class ClusterRow(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much blame people give us."""

    id: Cluster
    name: dict[str, str]
    meaning: dict[str, str]


class Cause(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A type of crisis. `denial` where denying is an answer at all: to a rumour, to a challenge."""

    id: str
    cluster: Cluster
    name: dict[str, str]
    denial: bool = False


class Cell(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a cluster with a history allows. `framing`: we may say that we are victims too."""

    strategy: Strategy
    framing: bool = False


class Table(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole table. A history that nobody knows has a column of its own."""

    source: str
    title: str
    doi: str
    remark: dict[str, str]
    remark_source: str
    clusters: tuple[ClusterRow, ...]
    causes: tuple[Cause, ...]
    strategies: dict[Strategy, Named]
    cells: Mapping[Cluster, Mapping[History, Cell]]

    @property
    def cited(self) -> str:
        """The source as a finding cites it."""
        return f"{self.source}, doi {self.doi}"

    def cell(self, cluster: Cluster, history: History) -> Cell:
        return self.cells[cluster][history]

    def allows_denial(self, cause: str) -> bool:
        return any(row.denial for row in self.causes if row.id == cause)

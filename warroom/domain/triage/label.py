"""A label: what the operator said a text is. The value that is learnt from, recorded, and replayed."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.mention import Polarity

Judgement: TypeAlias = Literal["corrected", "confirmed", "left"]
"""The operator chose another audience; agreed by a key; or opened or answered the mention and left it as it was read.
A row that was merely scrolled past is none of these."""

WEIGHTS: Mapping[Judgement, float] = MappingProxyType({"corrected": 1.0, "confirmed": 1.0, "left": 0.25})
"""Corrections alone teach that the operator always disagrees: hence the other two (triage design, 2)."""
FORMER = 0.3
"""What a label of a former crisis is worth of what it was worth then."""
LONGEST = 4_000
"""Characters of a text that are read and learnt; what matters is said before."""


class Label(Struct, frozen=True, gc=False):
    """A text and its side. `key` names the mention or the group of copies it was given to; "" is nobody's."""

    text: str
    polarity: Polarity
    weight: float = 1.0
    key: str = ""


def label(text: str, polarity: Polarity, judgement: Judgement, *, key: str = "") -> Label:
    """What one act of the operator teaches."""
    return Label(text[:LONGEST], polarity, WEIGHTS[judgement], key)


def from_former(old: Label) -> Label:
    """A label of a former crisis: it counts less, and is no longer about a mention of this one."""
    return replace(old, weight=old.weight * FORMER, key="")

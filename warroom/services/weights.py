"""What each part of a priority is worth: ours, and a file of the organisation's own that says otherwise in some of it.

The file is JSON or YAML in the shape of data/triage/priority.json; what it leaves out stays as it is. All that is
wrong with it is told at once.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from warroom.domain.mention import Segment
from warroom.domain.sentence import say
from warroom.domain.triage.priority import Weights
from warroom.domain.triage.topics import Topic

from .shape import Shape
from .wanted import meant
from .yamlfile import ConfigError, Group, Problem, parse, read_text, refusal

OURS = Path(__file__).resolve().parent.parent / "data" / "triage" / "priority.json"

Points = Annotated[int, Meta(ge=-100, le=100)]


class OwnWeights(Struct, frozen=True, kw_only=True):
    """What a file of one's own may say; None leaves what is ours. `sources` is a remark."""

    topics: dict[str, Points] = {}
    gates: dict[str, Points] = {}
    segments: dict[str, Points] = {}
    asking: Points | None = None
    severity_most: Points | None = None
    reach_tenfold: Points | None = None
    reach_most: Points | None = None
    known: Points | None = None
    shared_twofold: Points | None = None
    shared_most: Points | None = None
    copies_twofold: Points | None = None
    copies_most: Points | None = None
    alarm: Points | None = None
    question: Points | None = None
    addressed: Points | None = None
    waiting_minutes: Annotated[int, Meta(ge=1, le=1440)] | None = None
    waiting_most: Points | None = None
    answered: Points | None = None
    attack_most: Points | None = None
    most: Points | None = None
    ranks: tuple[Points, ...] = ()
    sources: dict[str, str] = {}


@cache
def load_weights(path: Path | None = None) -> Weights:
    """What each part is worth, by a file of one's own where one is named; `ConfigError` with every problem in it."""
    ours = msgspec.json.decode(OURS.read_bytes(), type=Weights)
    return ours if path is None else _with(ours, _read(path))


def weights_problems(path: Path) -> tuple[Problem, ...]:
    """Everything that is wrong with a file of one's own; nothing where it can be used."""
    try:
        _read(path)
    except ConfigError as error:
        return error.problems
    return ()


def _read(path: Path) -> OwnWeights:
    root, shape = parse(read_text(path), path.name), Shape(path.name, path.parent)
    if not isinstance(root, Group):
        raise refusal(path.name, 1, say("write the parts by their names, as in data/triage/priority.json."))
    own = shape.struct(root, OwnWeights) or OwnWeights()
    for name, known in (("topics", Topic), ("gates", Topic), ("segments", Segment)):
        for key in getattr(own, name):
            if key not in set(known):
                shape.complain(f"{name}.{key}", meant(key, [one.value for one in known], say("unknown key.")))
    if own.ranks and (len(own.ranks) != 3 or sorted(own.ranks, reverse=True) != list(own.ranks)):
        shape.complain("ranks", say("write three numbers, the highest first: the least points of P1, P2 and P3."))
    if shape.problems:
        raise ConfigError(shape.problems)
    return own


def _with(ours: Weights, own: OwnWeights) -> Weights:
    changed: dict[str, Any] = {}
    for name in ours.__struct_fields__:
        said = getattr(own, name)
        before = getattr(ours, name)
        if isinstance(before, Mapping):
            changed[name] = {**before, **{type(next(iter(before)))(key): worth for key, worth in said.items()}}
        elif said is not None and said != ():
            changed[name] = said
    return msgspec.structs.replace(ours, **changed)

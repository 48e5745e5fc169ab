"""The word lists, limits and tables of the checks, from their files. `//` starts a remark, the first one the source."""

from functools import cache
from pathlib import Path

import msgspec

from warroom.domain.checks.lists import Lists
from warroom.domain.checks.reading import Measure
from warroom.domain.networks import Limit, Limits
from warroom.domain.scct import Table

HOME = Path(__file__).resolve().parent.parent / "data" / "checks"


@cache
def load_limits() -> Limits:
    """Each network's rule."""
    return msgspec.json.decode((HOME / "networks.json").read_bytes(), type=dict[str, Limit])


@cache
def load_scct() -> Table:
    """What each kind of crisis allows to say."""
    return msgspec.json.decode((HOME / "scct.json").read_bytes(), type=Table)


@cache
def load_lists() -> Lists:
    """Every list in every language it has."""
    phrases: dict[str, dict[str, tuple[str, ...]]] = {}
    for path in sorted(HOME.glob("*.*.txt")):
        name, lang, _ = path.name.split(".")
        lines = path.read_text(encoding="utf-8").splitlines()
        phrases.setdefault(name, {})[lang] = tuple(
            line.strip() for line in lines if line.strip() and not line.startswith("//")
        )
    measure = msgspec.json.decode((HOME / "clarity.json").read_bytes(), type=Measure)
    return Lists(phrases=phrases, limits=load_limits(), scct=load_scct(), measure=measure)

"""What is searched and filtered as chips, each with a way to take it off. Pure: filter → chips → filter."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from warroom.domain.mention import SEGMENT_NAMES
from warroom.domain.names import OUTCOMES
from warroom.services.words import Words
from warroom.store.windows import Filter
from warroom.ui.line import Part
from warroom.ui.present import ACTS, SEGMENT_MARKS, WATCHED, network_cell


class Chip(NamedTuple):
    """One condition: the field of the filter, its value where the field holds several, and how it is shown."""

    field: str
    value: str
    text: str
    style: str = "bold"

    @property
    def parts(self) -> list[Part]:
        action = f"app.unfilter({self.field!r}, {self.value!r})"
        return [Part(f" {self.text} ✕ ", f"{self.style} on $panel", action), Part(" ")]


def chips_of(where: Filter, words: Words) -> Iterator[Chip]:
    """The conditions in the order in which they are shown."""
    t = words.t
    if where.text:
        yield Chip("text", "", t("“{text}”", text=where.text.strip('"')))
    for segment in sorted(where.segments):
        name = f"{SEGMENT_MARKS[segment]} {words.say(SEGMENT_NAMES[segment])}"
        yield Chip("segments", segment.value, name, f"bold ${segment.value}")
    for source in sorted(where.sources):
        yield Chip("sources", source, network_cell(source))
    for state in sorted(where.states):
        yield Chip("states", state, words.say(ACTS[state]))
    for outcome in sorted(where.outcomes):
        yield Chip("outcomes", outcome, f"{WATCHED} {words.say(OUTCOMES[outcome])}")
    if where.owner is not None:
        yield Chip("owner", "", t("owner {who}", who=where.owner))
    if where.people is not None:
        yield Chip("people", "", t("reach ≥ {n}", n=where.people))
    if where.lang is not None:
        yield Chip("lang", "", where.lang)


def without(where: Filter, field: str, value: str) -> Filter:
    """The filter without one of its conditions."""
    held = getattr(where, field)
    if isinstance(held, frozenset):
        return replace(where, **{field: frozenset(one for one in held if str(one) != value)})
    return replace(where, **{field: getattr(Filter(), field)})

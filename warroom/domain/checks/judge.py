"""All checks on a text, and what still blocks it. Pure, offline, the same every time."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from msgspec import Struct

from warroom.domain.events import StatementKind

from . import clarity, holding, moment
from .finding import GROUPS, Case, Finding, Gate, Group, Level
from .lists import Lists
from .text import Text, prepared

Function = Callable[[Text, Case, Lists], Iterator[Finding]]
WORDS_IN_PUBLIC: frozenset[StatementKind] = frozenset({"first-word", "holding", "full", "update", "apology"})
EVERY: frozenset[StatementKind] = WORDS_IN_PUBLIC | {"reply"}
KNOWN_LANGUAGES = ("en", "es")


class Check(Struct, frozen=True):
    """A check and the kinds of text it is for."""

    id: str
    function: Function
    purposes: frozenset[StatementKind] = WORDS_IN_PUBLIC


CHECKS: tuple[Check, ...] = (
    Check("H1", holding.h1_confirmed_facts),
    Check("H2", holding.h2_when),
    Check("H3", holding.h3_concern_first),
    Check("H4", holding.h4_action),
    Check("H5", holding.h5_next_update),
    Check("H6", holding.h6_contact),
    Check("H7", holding.h7_no_speculation, EVERY),
    Check("H8", holding.h8_may_be_corrected),
    Check("H9", holding.h9_no_comment, EVERY),
    Check("H10", holding.h10_no_repair_time, EVERY),
    Check("H11", holding.h11_what_people_can_do),
    Check("C5", clarity.c5_length, EVERY),
    Check("C8", clarity.c8_personal_data, EVERY),
    Check("C9", clarity.c9_gap, EVERY),
    Check("T1", moment.t1_question),
    Check("P3", moment.p3_spokesperson),
    Check("M1", moment.m1_first_word_late),
    Check("M2", moment.m2_holding_late),
    Check("M3", moment.m3_silence),
)

FIRST_WORD_BLOCKS = frozenset({"H5", "H7", "H9", "C5", "C8", "C9"})
"""What holds a first word; speed wins over the rest (playbook 4)."""


def judge(text: str, case: Case, lists: Lists) -> tuple[Finding, ...]:
    """Every finding, in the order of the text; those without a place first. What a person answered is left out."""
    ready = prepared(text)
    if case.lang not in KNOWN_LANGUAGES:
        return ()
    findings = [
        finding
        for check in CHECKS
        if case.purpose in check.purposes and check.id not in case.answered
        for finding in check.function(ready, case, lists)
    ]
    return tuple(sorted(findings, key=lambda finding: (finding.start or -1, finding.check)))


def gate(findings: Iterable[Finding], profile: Gate | str, overridden: Collection[str]) -> tuple[Finding, ...]:
    """What still blocks: the blocking findings that this profile counts and nobody has overridden."""
    return tuple(
        finding
        for finding in findings
        if finding.level == "B"
        and finding.check not in overridden
        and (profile != "first-word" or finding.check in FIRST_WORD_BLOCKS)
    )


def summary(findings: Iterable[Finding]) -> Mapping[Group, Level | None]:
    """The worst level of each of the six groups; None where all is clear."""
    worst: dict[Group, Level | None] = dict.fromkeys(GROUPS)
    order = "BWI"
    for finding in findings:
        known = worst[finding.group]
        if known is None or order.index(finding.level) < order.index(known):
            worst[finding.group] = finding.level
    return worst

"""All checks on a text, and what still blocks it. Pure, offline, the same every time."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from warroom.domain.events import Cluster, StatementKind

from . import (
    apology,
    cerc,
    clarity,
    consistent,
    holding,
    manner,
    messages,
    moment,
    personal,
    plain,
    repair,
    reply,
    speakers,
    stance,
)
from .finding import GROUPS, Case, Finding, Gate, Group, Level
from .lists import Lists
from .text import Text, prepared

Function = Callable[[Text, Case, Lists], Iterator[Finding]]
WORDS_IN_PUBLIC: frozenset[StatementKind] = frozenset({"first-word", "holding", "full", "update", "apology"})
REPLY: frozenset[StatementKind] = frozenset({"reply"})
EVERY: frozenset[StatementKind] = WORDS_IN_PUBLIC | REPLY
APOLOGY: frozenset[StatementKind] = frozenset({"apology"})
FIRST_TEXTS: frozenset[StatementKind] = frozenset({"first-word", "holding"})
"""H11 asks these for something to do, E5 the others: one gap is told once."""
KNOWN_LANGUAGES = ("en", "es")


class Check(Struct, frozen=True):
    """A check, the kinds of text it is for, whether it must know the language of the text, and whether it has to know
    the crisis: such a check is not judged where a text is read outside one. One that `needs_cluster` is judged there
    as soon as the kind of crisis is told."""

    id: str
    function: Function
    purposes: frozenset[StatementKind] = WORDS_IN_PUBLIC
    reads_words: bool = True
    needs_room: bool = False
    needs_cluster: bool = False


CHECKS: tuple[Check, ...] = (
    Check("H1", holding.h1_confirmed_facts, needs_room=True),
    Check("H2", holding.h2_when),
    Check("H3", holding.h3_concern_first),
    Check("H4", holding.h4_action),
    Check("H5", holding.h5_next_update),
    Check("H6", holding.h6_contact),
    Check("H7", holding.h7_no_speculation, EVERY),
    Check("H8", holding.h8_may_be_corrected, needs_room=True),
    Check("H9", holding.h9_no_comment, EVERY),
    Check("H10", holding.h10_no_repair_time, EVERY),
    Check("H11", holding.h11_what_people_can_do, FIRST_TEXTS),
    Check("E1", cerc.e1_first, reads_words=False, needs_room=True),
    Check("E2", cerc.e2_right),
    Check("E3", cerc.e3_credible, reads_words=False, needs_room=True),
    Check("E4", cerc.e4_empathy),
    Check("E5", cerc.e5_action, WORDS_IN_PUBLIC - FIRST_TEXTS),
    Check("E6", cerc.e6_respect),
    Check("S1", stance.s1_tone, needs_cluster=True),
    Check("S2", stance.s2_mixed),
    Check("S3", stance.s3_denial),
    Check("S4", stance.s4_attack),
    Check("S5", stance.s5_bolstering),
    Check("S6", stance.s6_no_cluster, needs_cluster=True),
    Check("S7", stance.s7_cluster_no_longer_fits, needs_room=True, needs_cluster=True),
    Check("S8", stance.s8_sympathy_alone, WORDS_IN_PUBLIC - APOLOGY),
    Check("S9", stance.s9_humour),
    Check("I1", repair.i1_evasion_near_apology, EVERY),
    Check("I2", repair.i2_correction_without_owner),
    Check("A1", apology.a1_responsibility, APOLOGY),
    Check("A2", apology.a2_repair, APOLOGY),
    Check("A3", apology.a3_non_apology, EVERY),
    Check("A4", apology.a4_score, APOLOGY | {"full"}),
    Check("C1", messages.c1_messages),
    Check("C2", messages.c2_lead),
    Check("C3", plain.c3_reading_level),
    Check("C4", plain.c4_jargon_and_nobody),
    Check("C5", clarity.c5_length, EVERY, reads_words=False),
    Check("C6", clarity.c6_commercial, EVERY),
    Check("C7", clarity.c7_same_copy, needs_room=True),
    Check("C8", personal.c8_personal_data, EVERY, reads_words=False),
    Check("C9", clarity.c9_gap, EVERY, reads_words=False),
    Check("C10", consistent.c10_contradicts, EVERY, needs_room=True),
    Check("C11", manner.c11_voice, EVERY),
    Check("T1", moment.t1_question, reads_words=False, needs_room=True),
    Check("T2", moment.t2_top_question, needs_room=True),
    Check("P1", speakers.p1_level, reads_words=False, needs_room=True),
    Check("P2", speakers.p2_expert, needs_room=True),
    Check("P3", speakers.p3_spokesperson, reads_words=False, needs_room=True),
    Check("P4", speakers.p4_ready, reads_words=False, needs_room=True),
    Check("P5", speakers.p5_one_voice, needs_room=True),
    Check("M1", moment.m1_first_word_late, reads_words=False, needs_room=True),
    Check("M2", moment.m2_holding_late, reads_words=False, needs_room=True),
    Check("M3", moment.m3_silence, reads_words=False, needs_room=True),
    Check("M4", moment.m4_own_people, reads_words=False, needs_room=True),
    Check("M5", moment.m5_break_it, reads_words=False, needs_room=True),
    Check("M6", moment.m6_scheduled, reads_words=False, needs_room=True),
    Check("R1", reply.r1_respect, REPLY),
    Check("R2", reply.r2_canned, REPLY, reads_words=False, needs_room=True),
    Check("R3", reply.r3_only_watched, REPLY, reads_words=False, needs_room=True),
    Check("R4", reply.r4_seen_in_public, REPLY),
    Check("R5", reply.r5_many_read_along, REPLY, reads_words=False, needs_room=True),
)

FIRST_WORD_BLOCKS = frozenset({"H5", "H7", "H9", "C5", "C8", "C9"})
"""What holds a first word; speed wins over the rest (playbook 4)."""


def judge(text: str, case: Case, lists: Lists, *, in_room: bool = True) -> tuple[Finding, ...]:
    """Every finding, in the order of the text; those without a place first, then by the number of the check.

    What a person answered with yes is left out where a rule cannot decide (`Finding.asks`), and only there. A
    language is known by its first part ("es-MX"); in one that is not known, only what needs no words is judged.
    Outside a crisis (`in_room` is False) the checks that have to know it say nothing.
    """
    ready = prepared(text)
    spoken = replace(case, lang=case.spoken)
    findings = [
        finding
        for check in CHECKS
        if spoken.purpose in check.purposes
        and (spoken.lang in KNOWN_LANGUAGES or not check.reads_words)
        and (in_room or _can_judge(check, spoken.cluster))
        for finding in check.function(ready, spoken, lists)
        if not (finding.asks and finding.check in case.answered)
    ]
    return tuple(sorted(findings, key=_place))


def not_judged(purpose: StatementKind, cluster: Cluster | None = None) -> tuple[str, ...]:
    """The checks for such a text that are not judged outside a room, for want of what the room knows."""
    return tuple(check.id for check in CHECKS if purpose in check.purposes and not _can_judge(check, cluster))


def _can_judge(check: Check, cluster: Cluster | None) -> bool:
    """Whether a check can judge outside a room, where the kind of crisis may have been told."""
    return not check.needs_room and (cluster is not None or not check.needs_cluster)


def _place(finding: Finding) -> tuple[int, str, int]:
    start = -1 if finding.start is None else finding.start
    return start, finding.check[0], int(finding.check[1:])


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

"""Priority: every rule of the sum alone, and what it makes of the demo."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.mention import Segment
from warroom.domain.triage.clusters import Clusters
from warroom.domain.triage.priority import Priority, Signals, priority, rank
from warroom.domain.triage.topics import Said, Topic
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.scenario import load_scenario
from warroom.services.topics import HOME, load_topics
from warroom.services.weights import load_weights
from warroom.services.words import english

WEIGHTS = load_weights()
QUIET = Signals(segment=Segment.NEUTRAL, followers=0)
HARM = {Topic.THREAT, Topic.SELF_HARM, Topic.INJURY}


def weigh(*topics: Topic, **signals: Any) -> Priority:
    said = tuple(Said(topic, "words") for topic in topics)
    return priority(msgspec.structs.replace(QUIET, topics=said, **signals), WEIGHTS)


def points(*topics: Topic, **signals: Any) -> dict[str, int]:
    return {part.name: part.points for part in weigh(*topics, **signals).parts}


def test_a_mention_about_which_nothing_is_known_has_no_points_and_no_parts() -> None:
    assert weigh() == Priority(0, "P4", (), "", False, 0)


@pytest.mark.parametrize(
    ("topic", "worth"),
    [
        *((topic, 40) for topic in (Topic.THREAT, Topic.SELF_HARM, Topic.INJURY, Topic.PRODUCT_SAFETY)),
        *((topic, 32) for topic in (Topic.DATA_BREACH, Topic.LEGAL, Topic.REGULATOR)),
        (Topic.DISCRIMINATION, 30),
        (Topic.PRESS, 28),
        (Topic.MISINFORMATION, 26),
        (Topic.BOYCOTT, 22),
        (Topic.MONEY, 10),
        (Topic.SERVICE, 10),
    ],
)
def test_a_topic_is_worth_what_the_table_says(topic: Topic, worth: int) -> None:
    assert points(topic)["topic"] == worth


def test_of_several_topics_only_the_weightiest_counts() -> None:
    assert points(Topic.MONEY, Topic.BOYCOTT, Topic.SERVICE) == {"topic": 22}


def test_how_it_is_said_adds_to_what_is_at_stake_but_both_have_a_most() -> None:
    assert points(segment=Segment.HATE) == {"segment": 8}
    assert points(segment=Segment.DISLIKE) == {"segment": 6}
    assert points(segment=Segment.LOVE) == {}
    assert points(Topic.LEGAL, segment=Segment.DISLIKE) == {"topic": 32, "segment": 6, "gate": 27}
    assert points(Topic.PRODUCT_SAFETY, segment=Segment.DISLIKE) == {"topic": 40}


def test_a_question_counts_as_one_in_what_is_at_stake_where_nobody_is_angry_and_always_as_answerable() -> None:
    assert points(question=True) == {"asking": 4, "question": 7}
    assert points(question=True, segment=Segment.DISLIKE) == {"segment": 6, "question": 7}
    assert points(Topic.PRODUCT_SAFETY, question=True) == {"topic": 40, "question": 7}


@pytest.mark.parametrize(
    ("followers", "worth"), [(0, 0), (1, 1), (9, 3), (99, 6), (1_840, 10), (99_999, 15), (9_000_000, 15)]
)
def test_reach_is_three_points_for_each_tenfold_of_followers_up_to_fifteen(followers: int, worth: int) -> None:
    assert points(followers=followers).get("reach", 0) == worth


def test_a_reach_that_is_not_known_is_worth_nothing_and_says_so() -> None:
    weighed = weigh(followers=None)
    assert (weighed.points, weighed.unknown_reach) == (0, True)
    assert [(part.name, english().say(part.why)) for part in weighed.parts] == [
        ("reach", "how many people see it is not known (?)")
    ]
    assert not weigh(followers=5).unknown_reach


def test_those_who_are_known_have_five_more() -> None:
    assert points(known=True) == {"known": 5}


@pytest.mark.parametrize(
    ("reposts", "quotes", "worth"), [(None, None, 0), (0, 0, 0), (1, None, 2), (None, 1, 2), (1, 2, 4), (900, 0, 5)]
)
def test_what_is_passed_on_counts_up_to_five(reposts: int | None, quotes: int | None, worth: int) -> None:
    assert points(reposts=reposts, quotes=quotes).get("shared", 0) == worth


@pytest.mark.parametrize(("copies", "worth"), [(0, 0), (1, 5), (3, 10), (7, 15), (50, 16)])
def test_copies_in_a_quarter_of_an_hour_count_up_to_sixteen(copies: int, worth: int) -> None:
    assert points(copies=copies).get("copies", 0) == worth


def test_a_red_alarm_adds_four_and_speaking_to_us_three() -> None:
    assert points(alarm=True, addressed=True) == {"alarm": 4, "addressed": 3}


@pytest.mark.parametrize(("minutes", "worth"), [(-3, 0), (11.9, 0), (12, 1), (35, 2), (60, 5), (900, 5)])
def test_waiting_counts_a_point_for_twelve_minutes_up_to_five_until_it_is_answered(minutes: float, worth: int) -> None:
    assert points(waiting=minutes).get("waiting", 0) == worth
    assert "waiting" not in points(waiting=minutes, answered=True)


@pytest.mark.parametrize("topic", list(Topic))
def test_a_gate_lifts_threat_harm_and_injury_to_85_and_breach_law_authority_and_press_to_65(topic: Topic) -> None:
    least = 85 if topic in HARM else 65 if topic in {*WEIGHTS.gates} else 0
    weighed = weigh(topic)
    assert weighed.points == max(least, WEIGHTS.topics[topic])
    assert (weighed.hint == "escalate") is bool(least)
    assert weighed.before == WEIGHTS.topics[topic]


def test_a_gate_takes_nothing_away_and_the_stricter_of_two_counts() -> None:
    loud = {"followers": 10**6, "known": True, "copies": 40, "alarm": True, "question": True, "reposts": 99}
    assert weigh(Topic.INJURY, **loud).points == 92
    assert "gate" not in points(Topic.INJURY, **loud)
    assert weigh(Topic.PRESS, Topic.INJURY).points == 85


def test_those_that_a_gate_makes_equal_are_ordered_by_what_they_had_before() -> None:
    far, near = weigh(Topic.INJURY, followers=10**5), weigh(Topic.INJURY)
    assert far.points == near.points
    assert far.order > near.order


def test_what_is_answered_sinks_by_fifteen_gate_or_not_and_never_below_zero() -> None:
    assert weigh(Topic.INJURY, answered=True).points == 70
    assert weigh(Topic.BOYCOTT, answered=True).points == 7
    assert points(Topic.MONEY, answered=True) == {"topic": 10, "answered": -15, "least": 5}


def test_an_attack_that_asks_nothing_and_touches_no_gate_has_at_most_35_and_is_only_watched() -> None:
    attack = weigh(Topic.DISCRIMINATION, segment=Segment.HATE, followers=10**5)
    assert (attack.points, attack.hint) == (35, "monitor")
    assert weigh(Topic.DISCRIMINATION, segment=Segment.HATE, followers=10**5, question=True).points == 60
    assert weigh(Topic.DISCRIMINATION, segment=Segment.DISLIKE, followers=10**5).points == 51
    assert weigh(Topic.LEGAL, segment=Segment.HATE).points == 65
    assert weigh(segment=Segment.HATE).points == 8


def test_no_mention_has_more_than_a_hundred_points() -> None:
    everything = Signals(
        segment=Segment.HATE,
        question=True,
        topics=(Said(Topic.INJURY, "words"),),
        followers=10**7,
        known=True,
        reposts=999,
        copies=99,
        alarm=True,
        addressed=True,
        waiting=99,
    )
    assert priority(everything, WEIGHTS).points == 40 + 25 + 20 + 15
    more = priority(everything, msgspec.structs.replace(WEIGHTS, alarm=9))
    assert (more.points, more.parts[-1].name, more.parts[-1].points) == (100, "most", -5)


@pytest.mark.parametrize(
    ("worth", "name"), [(100, "P1"), (70, "P1"), (69, "P2"), (50, "P2"), (49, "P3"), (30, "P3"), (29, "P4"), (0, "P4")]
)
def test_four_ranks(worth: int, name: str) -> None:
    assert rank(worth, WEIGHTS) == name


@pytest.mark.parametrize(
    ("topics", "segment", "question", "hint"),
    [
        ((Topic.PRESS, Topic.MISINFORMATION), Segment.NEUTRAL, True, "escalate"),
        ((Topic.MISINFORMATION,), Segment.HATE, False, "correct"),
        ((), Segment.HATE, False, "monitor"),
        ((), Segment.HATE, True, "answer"),
        ((), Segment.DISLIKE, True, "answer"),
        ((), Segment.DISLIKE, False, "restore"),
        ((Topic.MONEY,), Segment.DISLIKE, False, "restore"),
        ((), Segment.NEUTRAL, True, "answer"),
        ((), Segment.NEUTRAL, False, ""),
        ((), Segment.LIKE, False, "thank"),
        ((), Segment.LOVE, False, "thank"),
        ((), Segment.LOVE, True, "answer"),
    ],
)
def test_what_the_guides_advise(topics: tuple[Topic, ...], segment: Segment, question: bool, hint: str) -> None:
    assert weigh(*topics, segment=segment, question=question).hint == hint


def test_every_part_says_why_in_words() -> None:
    weighed = weigh(Topic.PRESS, segment=Segment.DISLIKE, followers=1_840, copies=2, waiting=25, reposts=1)
    assert [english().say(part.why) for part in weighed.parts] == [
        "press: “words”",
        "said in dislike",
        "1,840 people may see it",
        "shared 1 time",
        "2 more like it in 15 minutes",
        "waiting for 25 minutes",
        "press is never below 65 before it is answered",
    ]


@given(
    st.builds(
        Signals,
        segment=st.sampled_from(Segment),
        question=st.booleans(),
        topics=st.lists(st.builds(Said, st.sampled_from(Topic), st.just("x")), max_size=4).map(tuple),
        followers=st.none() | st.integers(-5, 10**9),
        known=st.booleans(),
        reposts=st.none() | st.integers(-5, 10**7),
        quotes=st.none() | st.integers(0, 10**7),
        copies=st.integers(-1, 10**6),
        alarm=st.booleans(),
        addressed=st.booleans(),
        waiting=st.floats(-1e6, 1e6),
        answered=st.booleans(),
    )
)
def test_the_parts_always_add_up_and_the_sum_stays_between_zero_and_a_hundred(signals: Signals) -> None:
    weighed = priority(signals, WEIGHTS)
    assert sum(part.points for part in weighed.parts) == weighed.points
    assert 0 <= weighed.points <= 100
    names = [part.name for part in weighed.parts]
    assert len(names) == len(set(names))
    assert weighed == priority(signals, WEIGHTS)


def test_the_weights_name_every_topic_and_say_where_they_come_from() -> None:
    assert WEIGHTS.topics.keys() == set(Topic)
    assert json.loads((HOME / "priority.json").read_text(encoding="utf-8"))["sources"]


JOKES = {
    "en": (
        "techno",
        "the cow was",
        "My cat",
        "candle",
        "*this is fine*",
        "shake before",
        "oat no.",
        "die on this hill",
    ),
    "es": ("tecno", "era la vaca", "Mi gato", "sabe a vela", "agitar antes", "avena tú", "todo correcto", "candado"),
}


def demo_in_order(lang: str) -> Iterator[tuple[str, Priority, frozenset[Topic], bool]]:
    """The demo as it stands when a person comes in: one row for each group of copies, the highest first."""
    triage, topics, clusters, now = Triage(load_lexicon()), load_topics(), Clusters(), 59
    spoken = [one for one in load_scenario("nordavena", lang).spoken if one.t <= now * 60]
    groups = [clusters.add(str(at), one.text, int(one.t // 60)) for at, one in enumerate(spoken)]
    rows: dict[str, tuple[str, Priority, frozenset[Topic], bool]] = {}
    for one, group in zip(spoken, groups, strict=True):
        read, said = triage.read(one.text), topics.of(one.text)
        signals = Signals(
            segment=read.segment,
            question=read.question,
            topics=said,
            followers=one.followers,
            known=one.kind == "article",
            copies=clusters.recent(group, now) - 1,
            alarm=True,
            addressed="@nordavena" in one.text.lower(),
            waiting=now - one.t / 60,
        )
        weighed = priority(signals, WEIGHTS)
        if group not in rows or weighed.order > rows[group][1].order:
            rows[group] = one.text, weighed, frozenset(word.topic for word in said), read.question
    yield from sorted(rows.values(), key=lambda row: row[1].order, reverse=True)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_first_twenty_of_the_demo_are_the_hurt_the_press_and_those_who_ask_and_no_joke(lang: str) -> None:
    first = list(demo_in_order(lang))[:20]
    gates = set(WEIGHTS.gates)
    assert [text for text, _, topics, asks in first if not (asks or topics & gates)] == []
    assert sum(Topic.INJURY in topics for _, _, topics, _ in first) >= 10
    assert any(Topic.PRESS in topics for _, _, topics, _ in first)
    assert sum(asks for _, _, _, asks in first) >= 5
    assert [text for text, *_ in first if any(joke in text for joke in JOKES[lang])] == []
    assert all(weighed.rank in ("P1", "P2") for _, weighed, _, _ in first)


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_joke_of_the_demo_is_never_urgent(lang: str) -> None:
    jokes = [row for row in demo_in_order(lang) if any(joke in row[0] for joke in JOKES[lang])]
    assert len(jokes) >= 6
    assert {weighed.rank for _, weighed, _, _ in jokes} <= {"P3", "P4"}

"""The labels of the log: which of them count, in which incident, and that an act taken back was never given."""

from tests.builders import START, mention
from tests.scenario import declared
from warroom.domain.desk import act_on, undo
from warroom.domain.events import (
    ROOM,
    ActUndone,
    AnyEvent,
    AuthorPinned,
    LabelsLoaded,
    LearningSwitched,
    MentionActed,
    MentionLabelled,
    Recorded,
)
from warroom.domain.mention import Kept, Polarity, Segment, reference
from warroom.domain.triage.label import Judgement
from warroom.domain.triage.labels import Labels


def kept(n: int = 1, text: str = "My daughter got a rash") -> Kept:
    return Kept(n, mention(n, text), Segment.NEUTRAL)


def labelled(n: int, segment: Segment, judgement: Judgement = "corrected", group: str = "") -> MentionLabelled:
    return MentionLabelled(mention=reference(kept(n)), segment=segment, judgement=judgement, group=group)


class Log:
    """Labels filled by events, one after the other, each with a name of its own."""

    def __init__(self) -> None:
        self.labels = Labels()
        self._n = 0

    def add(self, event: AnyEvent, inc: str = "lot") -> str:
        self._n += 1
        id = f"e{self._n}"
        self.labels.apply(
            Recorded(id=id, inc=inc, agg="mention", actor="AM", wr="w", ws=self._n, prev="", at=START, data=event)
        )
        return id

    def learnt(self, inc: str | None = "lot") -> list[tuple[str, Polarity, float]]:
        return [(label.key, label.polarity, label.weight) for label in self.labels.to_learn(inc)]

    def said(self) -> dict[str, Segment]:
        """By mention or group, what was said of it last by a key."""
        return {given.about: given.segment for given in self.labels.spoken()}


KEY = kept().mention.key
OTHER = kept(2).mention.key


def test_what_was_said_last_of_a_mention_counts_once() -> None:
    log = Log()
    log.add(labelled(1, Segment.LIKE))
    log.add(labelled(2, Segment.HATE))
    log.add(labelled(1, Segment.DISLIKE))
    assert log.learnt() == [(OTHER, Polarity.NEG, 1.0), (KEY, Polarity.NEG, 1.0)]
    assert log.said() == {OTHER: Segment.HATE, KEY: Segment.DISLIKE}


def test_copies_are_relabelled_together_and_learnt_once() -> None:
    log = Log()
    log.add(labelled(1, Segment.LIKE, group="first"))
    log.add(labelled(2, Segment.HATE, group="first"))
    assert log.learnt() == [("first", Polarity.NEG, 1.0)]
    assert log.said() == {"first": Segment.HATE}


def test_letting_it_stand_weighs_a_quarter_and_never_replaces_a_word() -> None:
    log = Log()
    log.add(MentionActed(mention=reference(kept(1)), act="reply", left=Segment.LOVE))
    assert log.learnt() == [(KEY, Polarity.POS, 0.25)]
    assert log.said() == {}
    log.add(labelled(1, Segment.HATE))
    log.add(MentionActed(mention=reference(kept(1)), act="close", left=Segment.HATE))
    assert log.learnt() == [(KEY, Polarity.NEG, 1.0)]


def test_an_act_in_bulk_teaches_nothing() -> None:
    log = Log()
    log.add(MentionActed(mention=reference(kept(1)), act="ignore"))
    assert log.learnt() == []
    assert log.labels.version == 0


def test_what_is_taken_back_was_never_given() -> None:
    log = Log()
    log.add(labelled(1, Segment.LIKE))
    log.add(labelled(2, Segment.LIKE))
    second = log.add(labelled(1, Segment.HATE))
    log.add(ActUndone(event=second, mention=reference(kept(1))))
    assert log.learnt() == [(KEY, Polarity.POS, 1.0), (OTHER, Polarity.POS, 1.0)]
    assert log.said() == {KEY: Segment.LIKE, OTHER: Segment.LIKE}


def test_another_crisis_counts_only_where_it_was_loaded() -> None:
    log = Log()
    log.add(labelled(1, Segment.HATE), inc="old")
    log.add(labelled(2, Segment.LOVE), inc=ROOM)
    assert log.learnt() == [(OTHER, Polarity.POS, 1.0)]
    assert log.learnt(None) == [(OTHER, Polarity.POS, 1.0)]
    assert log.labels.count("old") == 1
    log.add(LabelsLoaded(former="old"))
    log.add(LabelsLoaded(former="old"))
    assert log.learnt() == [("", Polarity.NEG, 0.3), (OTHER, Polarity.POS, 1.0)]
    assert log.learnt(None) == [(OTHER, Polarity.POS, 1.0)]


def test_the_switch_is_the_incidents_own() -> None:
    log = Log()
    assert log.labels.learning("lot")
    log.add(LearningSwitched(on=False), inc=ROOM)
    assert not log.labels.learning("lot")
    log.add(LearningSwitched(on=True))
    assert log.labels.learning("lot")
    assert not log.labels.learning(None)


def test_the_word_on_an_author_holds_until_it_is_taken_back() -> None:
    log = Log()
    first = log.add(AuthorPinned(mention=reference(kept(1)), author="X|@a", segment=Segment.LOVE))
    log.add(AuthorPinned(mention=reference(kept(2)), author="X|@b", segment=Segment.HATE))
    assert log.labels.pins() == {"X|@a": Segment.LOVE, "X|@b": Segment.HATE}
    log.add(AuthorPinned(mention=reference(kept(2)), author="X|@b", segment=None))
    log.add(ActUndone(event=first, mention=reference(kept(1))))
    assert log.labels.pins() == {}


def test_a_label_can_be_undone_on_the_desk() -> None:
    story = declared()
    story.given(labelled(1, Segment.HATE))
    board = story.board
    assert board.desk.mark(KEY).said is Segment.HATE
    act = story.log[-1]
    undone = undo(board.desk, act)
    story.given(undone)
    assert board.desk.mark(KEY).said is None
    assert board.labels.to_learn(board.current) == []
    assert act_on(board.desk, kept(1), "reply").act == "reply"

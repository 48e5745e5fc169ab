"""What + − v p do to mentions, in a list as in the dialog; what looking teaches; the switch of learning."""

from collections.abc import Sequence

from warroom.domain.board import Board
from warroom.domain.events import AnyEvent, AuthorPinned, MentionEvent, MentionLabelled, Recorded
from warroom.domain.mention import SEGMENT_NAMES, Kept
from warroom.domain.sentence import Sentence, say, say_n
from warroom.domain.text import one_line
from warroom.domain.triage.labelling import confirm, each, leave, pin_author, step, switch_learning
from warroom.services.sorting import author_of
from warroom.ui.messages import Act
from warroom.ui.scene import Scene

SAYS = ("better", "worse", "valid", "person")


def said_of(kepts: Sequence[Kept], act: str, scene: Scene) -> Act:
    """What somebody says of mentions by a key, one of `SAYS`: one event for each group of copies or each author."""
    sorting = scene.sorting

    def name(kept: Kept) -> str:
        alone = sorting.group(kept.row) or kept.mention.key
        return author_of(kept.mention) or alone if act == "person" else alone

    def decide(board: Board) -> Sequence[AnyEvent]:
        return each(kepts, name, lambda kept: _decided(kept, act, scene, board))

    return Act(decide, say("Said"), told=lambda recorded: _told(recorded, act, scene), undoable=True)


def _decided(kept: Kept, act: str, scene: Scene, board: Board) -> AnyEvent:
    sorting = scene.sorting
    said = sorting.said(kept, board)
    seen, group = said or kept.segment, sorting.group(kept.row) or ""
    match act:
        case "valid":
            return confirm(kept, seen, said, group=group)
        case "person":
            return pin_author(board.labels, kept, author_of(kept.mention), seen)
        case _:
            return step(kept, seen, +1 if act == "better" else -1, group=group)


def _told(recorded: Sequence[Recorded], act: str, scene: Scene) -> Sentence:
    """What was done, as the key row says it."""
    if len(recorded) > 1:
        return _told_of_many(len(recorded), act)
    data = recorded[0].data
    assert isinstance(data, MentionEvent)
    who = str(one_line(data.mention.author or "—"))
    match data:
        case AuthorPinned(segment=None):
            return say("{who} counts as the texts say", who=who)
        case AuthorPinned(segment=segment) if segment is not None:
            return say("{who} counts as: {segment}", who=who, segment=SEGMENT_NAMES[segment])
        case MentionLabelled(segment=segment):
            others = len(scene.sorting.copies(data.mention.row)) - 1
            name = SEGMENT_NAMES[segment]
            if others > 0:
                return say_n(
                    "→ {segment}  {who} and {n} copy",
                    "→ {segment}  {who} and {n} copies",
                    others,
                    segment=name,
                    who=who,
                )
            return say("→ {act}  {who}", act=name, who=who)
        case _:
            return say("Said")


def _told_of_many(n: int, act: str) -> Sentence:
    match act:
        case "valid":
            return say_n("Read right: {n} mention", "Read right: {n} mentions", n)
        case "person":
            return say_n("Pinned: {n} author", "Pinned: {n} authors", n)
        case "better":
            return say_n("One step better: {n} mention", "One step better: {n} mentions", n)
        case _:
            return say_n("One step worse: {n} mention", "One step worse: {n} mentions", n)


def looked_at(kept: Kept, scene: Scene) -> Act:
    """Somebody opened a mention and left it as it was read: a label of little weight, of which nobody is told."""

    def decide(board: Board) -> Sequence[AnyEvent]:
        said = scene.sorting.said(kept, board)
        left = leave(board.labels, kept, kept.segment, said, scene.actor)
        return [left] if left is not None else []

    return Act(decide, say("Said"), quiet=True)


def switched(scene: Scene, on: bool) -> Act:
    """Learning is switched on or off."""
    default = scene.learning.default
    done = say("Learning is on") if on else say("Learning is off: texts are read by the word lists alone")
    return Act(lambda board: switch_learning(board.labels, board.current, on, default=default), done)

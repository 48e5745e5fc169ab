"""What the operators said of mentions, folded from the log: the labels that triage learns, in their order.

The board owns it. Nothing is forgotten here: which labels count is worked out from those that were given, so that an
act that is taken back leaves the labels as if it had never been given.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from warroom.domain.events import (
    ROOM,
    ActUndone,
    AuthorPinned,
    LabelsLoaded,
    LearningSwitched,
    MentionActed,
    MentionLabelled,
    Recorded,
)
from warroom.domain.mention import SIDES, MentionRef, Segment

from .label import Judgement, Label, from_former, label


class Given(Struct, frozen=True, kw_only=True, gc=False):
    """One label as it was given, `by` whom and when. `key` and `row` are the mention's, `about` is the key of its group
    or, alone, its own."""

    event: str
    inc: str
    by: str
    at: datetime
    row: int
    key: str
    about: str
    segment: Segment
    judgement: Judgement
    text: str

    @property
    def explicit(self) -> bool:
        """By a key for the purpose, and not by letting it stand."""
        return self.judgement != "left"


class Labels:
    """Every label of the log. `version` changes with each one that could change what is learnt."""

    def __init__(self) -> None:
        self.version = 0
        self._given: dict[str, Given] = {}
        self._undone: set[str] = set()
        self._pins: dict[str, AuthorPinned] = {}
        self._switched: dict[str, bool] = {}
        self._loaded: dict[str, list[str]] = {}

    def apply(self, recorded: Recorded) -> None:
        """Fold one event of the log; most of them are no label."""
        data = recorded.data
        match data:
            case MentionActed(left=Segment() as left):
                self._give(recorded, data.mention, "", left, "left", data.mention.excerpt)
            case MentionLabelled():
                text = data.text or data.mention.excerpt
                self._give(recorded, data.mention, data.group, data.segment, data.judgement, text)
            case AuthorPinned():
                self._pins[recorded.id] = data
            case ActUndone():
                self._undone.add(data.event)
            case LearningSwitched():
                self._switched[recorded.inc] = data.on
            case LabelsLoaded():
                self._loaded.setdefault(recorded.inc, []).append(data.former)
            case _:
                return
        self.version += 1

    def _give(
        self, recorded: Recorded, ref: MentionRef, group: str, segment: Segment, judgement: Judgement, text: str
    ) -> None:
        self._given[recorded.id] = Given(
            event=recorded.id,
            inc=recorded.inc,
            by=recorded.actor,
            at=recorded.at,
            row=ref.row,
            key=ref.key,
            about=group or ref.key,
            segment=segment,
            judgement=judgement,
            text=text,
        )

    def learning(self, inc: str | None, default: bool = True) -> bool:
        """Whether texts are read with what was learnt: what was said last in this incident, else in calm; where nobody
        said anything, as the config has it."""
        return self._switched.get(inc or ROOM, self._switched.get(ROOM, default))

    def loaded(self, inc: str | None) -> tuple[str, ...]:
        """The former incidents whose labels count in this one."""
        return tuple(dict.fromkeys(self._loaded.get(inc or ROOM, ())))

    def by_judgement(self, inc: str) -> Mapping[Judgement, int]:
        """How many labels of an incident stand, by what they were."""
        return Counter(given.judgement for given in self.standing((inc,)))

    def count(self, inc: str) -> int:
        """Labels by key that an incident could lend to another one."""
        return sum(given.explicit for given in self.standing((inc,)))

    def to_learn(self, inc: str | None) -> Sequence[Label]:
        """What is to be learnt in an incident (None: in calm): of the former ones that were loaded, then what was
        said in calm and in it, in the order of the log."""
        former = [
            from_former(label(given.text, SIDES[given.segment], given.judgement))
            for loaded in self.loaded(inc)
            for given in self.standing((loaded,))
        ]
        own = [
            label(given.text, SIDES[given.segment], given.judgement, key=given.about)
            for given in self.standing((ROOM, inc or ROOM))
        ]
        return [*former, *own]

    def spoken(self) -> Iterator[Given]:
        """What stands of that which was said by a key, in the order of the log."""
        return (given for given in self._given.values() if given.explicit and given.event not in self._undone)

    def once_spoken(self) -> Iterator[Given]:
        """The same, with what was taken back."""
        return (given for given in self._given.values() if given.explicit)

    def was_left(self, key: str, by: str) -> bool:
        """Whether somebody has looked at a mention before and let its segment stand."""
        return any(given.key == key and given.by == by for given in self._given.values() if not given.explicit)

    def let_stand(self) -> frozenset[str]:
        """The mentions whose segments somebody saw and let stand."""
        return frozenset(
            given.key for given in self._given.values() if not given.explicit and given.event not in self._undone
        )

    def pins(self) -> dict[str, Segment]:
        """Where authors stand by the operator's word, by the name by which they are counted."""
        pinned: dict[str, Segment] = {}
        for event, pin in self._pins.items():
            if event in self._undone:
                continue
            if pin.segment is None:
                pinned.pop(pin.author, None)
            else:
                pinned[pin.author] = pin.segment
        return pinned

    def standing(self, incs: Sequence[str]) -> Iterator[Given]:
        """The last label of each mention or group, in the order given; one by key is not replaced by letting it
        stand."""
        last: dict[str, Given] = {}
        for given in self._given.values():
            if given.inc not in incs or given.event in self._undone:
                continue
            before = last.get(given.about)
            if before is not None and before.explicit and not given.explicit:
                continue
            last.pop(given.about, None)
            last[given.about] = given
        yield from last.values()

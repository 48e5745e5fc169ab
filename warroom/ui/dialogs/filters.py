"""Filtering the feed: segment, network, state, owner, reach, language. What is empty asks nothing."""

import re
from typing import get_args

from textual.app import ComposeResult
from textual.widgets import Input, Label

from warroom.domain.events import Act
from warroom.domain.mention import SEGMENT_NAMES, SEGMENTS, Segment
from warroom.domain.names import OUTCOMES
from warroom.domain.sentence import say
from warroom.store.windows import Filter
from warroom.ui.dialogs.dialog import Dialog
from warroom.ui.line import Part
from warroom.ui.present import ACTS, SEGMENT_MARKS, WATCHED
from warroom.ui.scene import Scene
from warroom.ui.widgets.action_line import content_of
from warroom.ui.widgets.choices import TickList


class FilterDialog(Dialog[Filter]):
    """Answers with the filter; the words of a search stay as they were."""

    FOOT_STAYS = True
    KEEPS = "nothing"
    """What is filtered by is seen in the chips, and begun from."""

    def __init__(self, scene: Scene, where: Filter) -> None:
        super().__init__(scene.words, say("Filter"), yes=say("Show"), no=say("Cancel"))
        self._where = where

    def body(self) -> ComposeResult:
        words, where = self.words, self._where
        choices = [
            (f"{SEGMENT_MARKS[s]:<2} {words.say(SEGMENT_NAMES[s])}", f"segment:{s.value}", s in where.segments)
            for s in SEGMENTS
        ]
        choices += [(words.say(name), f"state:{act}", act in where.states) for act, name in ACTS.items()]
        watched = "monitor" in where.outcomes
        choices.append((f"{WATCHED} {words.say(OUTCOMES['monitor'])}", "outcome:monitor", watched))
        yield TickList(*choices, id="choices")
        fields = [
            ("sources", words.t("Networks (x, bluesky, news…)"), ", ".join(sorted(where.sources))),
            ("owner", words.t("Owner (initials)"), where.owner or ""),
            ("people", words.t("Reach of at least"), str(where.people) if where.people is not None else ""),
            ("lang", words.t("Language (en, es…)"), where.lang or ""),
        ]
        for name, label, value in fields:
            yield Label(content_of([Part(label, "$muted")]))
            yield Input(value, id=f"filter-{name}")

    def on_mount(self) -> None:
        self.query_one("#choices").focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.confirm()

    def confirm(self) -> None:
        chosen = [str(value).split(":", 1) for value in self.query_one("#choices", TickList).selected]
        said = {
            name: self.query_one(f"#filter-{name}", Input).value.strip()
            for name in ("sources", "owner", "people", "lang")
        }
        people = people_of(said["people"])
        if said["people"] and people is None:
            self.wrong(say("Write the reach as a number, like 50000."))
            return
        acts: tuple[Act, ...] = get_args(Act)
        states = {act for act in acts if ["state", act] in chosen}
        self.dismiss(
            Filter(
                segments=frozenset(Segment(value) for kind, value in chosen if kind == "segment"),
                states=frozenset(states),
                outcomes=frozenset({"monitor"} if ["outcome", "monitor"] in chosen else ()),
                sources=frozenset(part.strip().lower() for part in said["sources"].split(",") if part.strip()),
                owner=said["owner"] or None,
                people=people,
                lang=said["lang"] or None,
                text=self._where.text,
            )
        )


def people_of(text: str) -> int | None:
    """A reach that somebody typed: "50000", "50.000", "50,000", "50k", "1.5k", "2m"; None where it is no number."""
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([km])", text.lower())
    if found is not None:
        return int(float(found[1].replace(",", ".")) * (1_000 if found[2] == "k" else 1_000_000))
    plain = re.sub(r"[.,\s]", "", text)
    return int(plain) if plain.isdecimal() else None

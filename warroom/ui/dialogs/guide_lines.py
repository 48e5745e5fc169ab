"""The lines of the reply guide: what was asked and answered, what it ends in, what the checks say, the keys. Pure."""

from collections.abc import Sequence

from warroom.domain.checks.finding import Finding
from warroom.domain.events import Outcome
from warroom.domain.names import OUTCOMES
from warroom.domain.reply import ANSWERED, NEXT, Proposal, Question
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.line import Part, clip, whole, width_of
from warroom.ui.scene import Scene

WITH_TEXT: tuple[Outcome, ...] = (*ANSWERED, "escalate")
"""The outcomes for which something is written."""
SIGNS = {"B": ("✕", "bold $error"), "W": ("!", "bold $warning"), "I": ("i", "bold $primary")}
TOLD = 3
"""Findings that are shown below the reply; the rest is counted."""


class Choices:
    """Numbered lines to choose from."""

    def __init__(self, choices: Sequence[tuple[str, str]]) -> None:
        self.choices = choices

    def __len__(self) -> int:
        return len(self.choices)

    def key(self, index: int) -> str:
        return self.choices[index][0]

    def selectable(self, index: int) -> bool:
        return True

    def line(self, index: int, width: int) -> Sequence[Part]:
        pick = f"screen.pick({index})"
        return clip([Part(f"{index + 1} ", "bold $warning", pick), Part(self.choices[index][1], "", pick)], width)


def path(answers: tuple[str, ...], words: Words) -> list[Part]:
    """What was asked and answered so far, in one line; a click goes a question back."""
    parts: list[Part] = []
    for place, given in enumerate(answers):
        question = NEXT[answers[:place]]
        assert isinstance(question, Question)
        answer = next(answer for answer in question.answers if answer.id == given)
        gap = "  " if parts else ""
        asked = Part(f"{gap}{words.say(question.text)} ", "$muted", "screen.question_back")
        parts += [asked, Part(words.say(answer.text), "bold", "screen.question_back")]
    return parts


def told(findings: Sequence[Finding], words: Words) -> list[Part]:
    """The worst findings with their reasons, each check once; the rest is counted."""
    if not findings:
        return [Part(f"✓ {words.t('Nothing to object.')}", "$success")]
    parts: list[Part] = []
    by_check: dict[str, list[Finding]] = {}
    for finding in sorted(findings, key=lambda finding: "BWI".index(finding.level)):
        by_check.setdefault(finding.check, []).append(finding)
    for check, of_check in list(by_check.items())[:TOLD]:
        sign, style = SIGNS[of_check[0].level]
        gap = "\n" if parts else ""
        times = f" {len(of_check)}×" if len(of_check) > 1 else ""
        parts += [Part(f"{gap}{sign} {check}{times} ", style), Part(one_line(words.say(of_check[0].reason)))]
    if len(by_check) > TOLD:
        parts.append(Part("\n" + words.tn("and {n} more", "and {n} more", len(by_check) - TOLD), "$muted"))
    return parts


def ended(end: Proposal, outcome: Outcome, words: Words) -> list[Part]:
    """The outcome, with why it is proposed, or what was proposed where somebody chose otherwise."""
    name = words.say(OUTCOMES[outcome])
    head = [Part("→ ", "bold $primary"), Part(name[:1].upper() + name[1:], "bold")]
    if outcome != end.outcome:
        proposed = words.t("chosen instead of: {outcome}", outcome=OUTCOMES[end.outcome])
        return [*head, Part(f"  {proposed}", "$muted")]
    return [*head, Part(f"  {words.say(end.why)}")]


def keys(scene: Scene, outcome: Outcome, width: int) -> list[Part]:
    """What can be done now, in so many cells."""
    t = scene.words.t
    hints = [("guide.other_outcome", t("Other outcome"), "other_outcome")]
    if outcome in WITH_TEXT:
        hints = [("guide.copy", t("Copy"), "copy"), ("guide.other_text", t("Other text"), "other_text"), *hints]
        hints += [("guide.next", t("Next check"), "next_check"), ("guide.alone", t("Text alone"), "alone")]
    groups = [
        [Part(f"{scene.key(id)} ", "bold $warning", f"screen.{act}"), Part(f"{name}  ", "", f"screen.{act}")]
        for id, name, act in hints
    ]
    # The way back is never the one that has no room.
    act = "screen.question_back"
    back = [Part(f"{scene.key('guide.back')} ", "bold $warning", act), Part(t("Back"), "", act)]
    return [*whole(groups, width - width_of(back)), *back]

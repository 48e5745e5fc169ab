"""Why a mention is read so soon: every part of its points with its reason, whose word it is, what guides advise.

Pure: values to parts. The reasons hold words of mentions and go through the gate.
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from textwrap import wrap
from types import MappingProxyType

from warroom.domain.mention import Kept
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line
from warroom.domain.triage.priority import Hint, Priority
from warroom.services.weighing import Ranked
from warroom.services.words import Words
from warroom.ui.line import Part, clip, width_of
from warroom.ui.present import author_cell
from warroom.ui.scene import Scene
from warroom.ui.widgets.mention_row import FOLDED

HINTS: Mapping[Hint, Sentence] = MappingProxyType(
    {
        "escalate": say("Pass it on: nobody answers this alone."),
        "correct": say("Put it right, with a source."),
        "monitor": say("Only watch it: an answer feeds it."),
        "answer": say("Answer the question."),
        "restore": say("Make it good, and go on in private."),
        "thank": say("Say thanks; it may be shared."),
    }
)
"""What public response guides advise, in plain words. Replying stays the operator's decision."""
SHORT: Mapping[str, Sentence] = MappingProxyType(
    {
        "topic": say("topic"),
        "segment": say("stance"),
        "asking": say("asks"),
        "reach": say("reach"),
        "known": say("known"),
        "shared": say("shared"),
        "copies": say("copies"),
        "alarm": say("alarm"),
        "question": say("to answer"),
        "addressed": say("to us"),
        "waiting": say("waiting"),
        "most": say("at most"),
        "gate": say("at least"),
        "answered": say("answered already"),
        "attack": say("attack"),
        "least": say("at least"),
    }
)
"""A part in a word, for a line."""
AUTHORS = 3
"""First authors of copies that are named."""


def why_parts(scene: Scene, kept: Kept, width: int) -> list[Part]:
    """Rank and points, every part with its points and its reason, the advice; one below the other."""
    words, ranked = scene.words, scene.weighing.ranked(kept, scene.board, scene.now)
    weighed = ranked.priority
    parts = [*rank_parts(ranked, words), Part("\n")]
    for part in weighed.parts:
        worth = "?" if part.name == "reach" and weighed.unknown_reach else words.number(part.points)
        for at, line in enumerate(wrap(one_line(words.say(part.why)), max(8, width - 6))):
            parts += [Part(f"{'' if at else worth:>4}  ", "bold"), Part(f"{line}\n")]
    parts.append(Part(f"{words.number(weighed.points):>4}  {words.t('in all')}\n", "bold"))
    if weighed.hint:
        parts.append(Part(f"{words.say(HINTS[weighed.hint])}\n", "$accent"))
    return parts


def rank_parts(ranked: Ranked, words: Words) -> list[Part]:
    """`P1 · 85 points`; by the word of a person `P1 (AM) · by its points P3, 41`."""
    strong = "bold $error" if ranked.rank == "P1" else "bold"
    points = ranked.priority.points
    if not ranked.by:
        return [Part(ranked.rank, strong), Part(" · " + words.tn("{n} point", "{n} points", points))]
    told = words.t("by its points {rank}, {n}", rank=ranked.priority.rank, n=points)
    return [Part(ranked.rank, strong), Part(f" ({one_line(ranked.by)})", "bold $warning"), Part(f" · {told}")]


def why_line(scene: Scene, kept: Kept, width: int) -> list[Part]:
    """The same in a line: each part in a word with its points, as many as fit, and `…` for the others."""
    words, ranked = scene.words, scene.weighing.ranked(kept, scene.board, scene.now)
    line = rank_parts(ranked, words)
    told = list(_in_a_word(ranked.priority, words))
    for at, text in enumerate(told):
        part = Part(f"{': ' if not at else ' · '}{text}", "$muted")
        rest = 2 if at + 1 < len(told) else 0
        if width_of(line) + part.width + rest > width:
            return [*line, Part(" …", "$muted")]
        line.append(part)
    return line


def _in_a_word(weighed: Priority, words: Words) -> Iterator[str]:
    for part in weighed.parts:
        name = part.why.params.get("topic") if part.name == "topic" else None
        told = words.say(name) if isinstance(name, Sentence) else words.say(SHORT[part.name])
        unknown = part.name == "reach" and weighed.unknown_reach
        yield f"{told} {'?' if unknown else words.number(part.points)}"


def copies_parts(scene: Scene, kept: Kept, width: int) -> list[Part]:
    """How many copies there are and who wrote the first of them; nothing where there is none."""
    words, copies = scene.words, scene.sorting.copies(kept.row)
    if len(copies) < 2:
        return []
    told = words.tn("{n} similar", "{n} similar", len(copies) - 1)
    first = (scene.reader.get(row) for row in islice(copies, AUTHORS * 4))
    names = list(dict.fromkeys(str(author_cell(one)) for one in first if one is not None))[:AUTHORS]
    by = words.t("first by {who}", who=words.list_of(names)) if names else ""
    return clip([Part(f"{FOLDED} ", "$primary"), Part(told, "bold"), *([Part(f", {by}")] if by else [])], width)

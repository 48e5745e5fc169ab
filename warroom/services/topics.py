"""The topics of triage, from data/triage: phrases by topic and language."""

import re
from functools import cache
from pathlib import Path

from warroom.domain.triage.topics import REST, Topic, Topics
from warroom.domain.triage.words import normal

from .lexicon import load_lexicon

HOME = Path(__file__).resolve().parent.parent / "data" / "triage"

_HEAD = re.compile(r"\[([a-z-]+)\]")


@cache
def load_topics() -> Topics:
    """The finder of topics, in every language there is a file of."""
    phrases: dict[Topic, list[str]] = {}
    for path in sorted(HOME.glob("topics.*.txt")):
        for topic, known in read_topics(path.read_text(encoding="utf-8")).items():
            phrases.setdefault(topic, []).extend(known)
    return Topics(phrases, load_lexicon().negators)


def read_topics(text: str) -> dict[Topic, list[str]]:
    """`[topic]` on a line, below it its phrases, one a line; `//` is a remark. The phrases in their normal form."""
    found: dict[Topic, list[str]] = {}
    known: list[str] = []
    for line in text.splitlines():
        if head := _HEAD.fullmatch(line.strip()):
            known = found.setdefault(Topic(head[1]), [])
        elif line.strip() and not line.startswith("//"):
            known.append(" ".join(map(_word, line.split())))
    return found


def _word(word: str) -> str:
    """The normal form of a word, its star kept."""
    return normal(word.removesuffix(REST)) + (REST if word.endswith(REST) else "")

"""The topics of triage, from data/triage: phrases by topic and language."""

import re
from functools import cache
from pathlib import Path

from warroom.domain.triage.topics import Topic, Topics

from .lexicon import load_lexicon

HOME = Path(__file__).resolve().parent.parent / "data" / "triage"

_NAME = re.compile(r"\{[a-z]+\}")


@cache
def load_topics() -> Topics:
    """The finder of topics, in every language there is a file of."""
    phrases: dict[Topic, list[str]] = {}
    for path in sorted(HOME.glob("topics.*.txt")):
        for topic, known in read_topics(path.read_text(encoding="utf-8")).items():
            phrases.setdefault(topic, []).extend(known)
    return Topics(phrases, load_lexicon().negators)


def read_topics(text: str) -> dict[Topic, list[str]]:
    """`[topic]` on a line, below it its phrases, one a line; `//` is a remark, `{name} = …` words for which `{name}`
    stands in the phrases below. Tested to be in their normal form: they are read at every start, and not looked at."""
    found: dict[Topic, list[str]] = {}
    known: list[str] = []
    sets: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("//") or not line:
            continue
        if "{" in line:
            line = _NAME.sub(lambda name: sets.get(name[0], name[0]), line)
        if line[0] == "[":
            known = found.setdefault(Topic(line.strip("[]")), [])
        elif line[0] == "{":
            name, _, words = line.partition(" = ")
            sets[name] = words
        else:
            known.append(line)
    return found

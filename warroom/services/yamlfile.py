"""A YAML file that a person wrote, read so that every complaint can name its line.

The subset is smaller than YAML, on purpose: one document, no references (`&name`, `*name`, `<<`), no tags, no
key twice. Files of this program do not need them, and that closes alias bombs and surprises in one stroke.
Text becomes a tree of nodes here; what the nodes must be is said by `shape`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from warroom.domain.faults import why
from warroom.domain.sentence import Sentence, say

from .words import english

if TYPE_CHECKING:
    from yaml.events import Event
    from yaml.nodes import Node as YamlNode

LARGEST = 1024 * 1024
"""Bytes of a file that is still read."""
DEEPEST = 24
"""Levels of nesting: our own files need six. The parser in C overruns its stack where nobody counts."""


class Problem(Struct, frozen=True):
    """One thing that is wrong in a file. `line` counts from 1 and is 0 where the whole file is meant.

    `path` leads to the place, like `feeds[2].url`, and is empty where the whole document is meant.
    """

    file: str
    line: int
    path: str
    sentence: Sentence

    def text(self, words: Callable[[Sentence], str]) -> str:
        """`config.yaml:23: feeds[2].ulr: unknown key. Did you mean 'url'?`; `words` is `Words.say`."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return ": ".join(part for part in (place, self.path, words(self.sentence)) if part)


class ConfigError(Exception):
    """A file of the person's cannot be used; `problems` is everything that is wrong, in the order of the lines."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))
        say_it = english().say
        super().__init__("\n".join(problem.text(say_it) for problem in self.problems))


class Scalar(Struct, frozen=True):
    """One value as it was written. `kind` is what YAML takes it for: str, int, float, bool, null."""

    line: int
    text: str
    kind: str


class Items(Struct, frozen=True):
    """A list."""

    line: int
    nodes: tuple[Node, ...]


class Entry(Struct, frozen=True):
    """A key with its value; `line` is the key's."""

    line: int
    key: str
    node: Node


class Group(Struct, frozen=True):
    """Keys with values, each key once."""

    line: int
    entries: tuple[Entry, ...]


Node: TypeAlias = Scalar | Items | Group

EMPTY = Group(1, ())


def read_text(path: Path) -> str:
    """The text of a file of at most 1 MiB, or a `ConfigError`."""
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise refusal(path.name, 0, say("there is no such file: {path}", path=str(path))) from None
    except OSError as error:
        raise refusal(path.name, 0, say("this file cannot be read: {reason}", reason=why(error))) from error
    if len(raw) > LARGEST:
        raise refusal(path.name, 0, say("this file is larger than 1 MiB; that cannot be meant."))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refusal(path.name, line, say("this is not UTF-8 text. Save the file as UTF-8.")) from None


def parse(text: str, file: str) -> Node:
    """The tree of a document; an empty one is an empty group. `file` is only named in complaints."""
    import yaml  # 10 ms that a start without files does not pay

    if len(text) > LARGEST:
        raise refusal(file, 0, say("this file is larger than 1 MiB; that cannot be meant."))
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        outside = list(_outside_the_subset(yaml.parse(text, Loader=loader), file))
        if outside:
            raise ConfigError(outside)
        root = yaml.compose(text, Loader=loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise refusal(file, mark.line + 1 if mark else 0, _said(error.problem or "", text, mark)) from None
    except yaml.YAMLError as error:  # a control character: the reader knows the place but not the line
        position = getattr(error, "position", None)
        line = text.count("\n", 0, position) + 1 if isinstance(position, int) else 0
        raise refusal(file, line, say("there is a character here that does not belong into text.")) from None
    if root is None:
        return EMPTY
    problems: list[Problem] = []
    node = _node(root, "", file, problems)
    if problems:
        raise ConfigError(problems)
    return node


def refusal(file: str, line: int, sentence: Sentence) -> ConfigError:
    """The error with one problem that is about the file as such."""
    return ConfigError([Problem(file, line, "", sentence)])


def step(path: str, key: str) -> str:
    """The path one key further in."""
    return f"{path}.{key}" if path else key


def _outside_the_subset(events: Iterator[Event], file: str) -> Iterator[Problem]:
    """What YAML allows and these files do not. Walks events and not nodes: it has to be safe on any input."""
    from yaml import events as of

    depth = documents = 0
    for event in events:
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, of.DocumentStartEvent):
            documents += 1
            if documents == 2:
                yield Problem(file, line, "", say("a second document starts here ('---'). Keep everything in one."))
                return
        if isinstance(event, of.AliasEvent) or getattr(event, "anchor", None):
            yield Problem(file, line, "", say("references (&name, *name) are not read here. Write the value out."))
        if isinstance(event, of.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                yield Problem(file, line, "", say("this is nested too deeply."))
                return
        elif isinstance(event, of.CollectionEndEvent):
            depth -= 1
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            yield Problem(file, line, "", say("tags ({tag}) are not read here. Write the value alone.", tag=tag))


def _node(node: YamlNode, path: str, file: str, problems: list[Problem]) -> Node:
    """Our own tree of what YAML has composed; keys that stand twice or are no text are complained of."""
    from yaml import nodes as of

    line = node.start_mark.line + 1
    if isinstance(node, of.ScalarNode):
        return Scalar(line, node.value, node.tag.rpartition(":")[2])
    if isinstance(node, of.SequenceNode):
        return Items(line, tuple(_node(item, f"{path}[{i}]", file, problems) for i, item in enumerate(node.value)))
    entries: dict[str, Entry] = {}
    for key, value in node.value:
        where = key.start_mark.line + 1
        if not isinstance(key, of.ScalarNode) or key.tag.endswith(":merge"):
            problems.append(Problem(file, where, path, say("a key has to be one word or one line of text.")))
        elif key.value in entries:
            again = say("this key stands here twice, first in line {line}.", line=str(entries[key.value].line))
            problems.append(Problem(file, where, step(path, key.value), again))
        else:
            entries[key.value] = Entry(where, key.value, _node(value, step(path, key.value), file, problems))
    return Group(line, tuple(entries.values()))


def _said(problem: str, text: str, mark: object) -> Sentence:
    """The parser's complaint in plain words, where its reason is one of the usual ones."""
    lines = text.splitlines()
    line = getattr(mark, "line", len(lines))
    if "\t" in "".join(lines[line : line + 1]) and ("token" in problem or "tab" in problem):
        return say("there is a tab in this line. Indent with spaces.")
    if "cannot start any token" in problem:
        return say("a value cannot start with this character. Put the value between quotes.")
    if "mapping values are not allowed" in problem:
        return say("there is one ':' too many in this line. Put text that holds a colon between quotes.")
    if "could not find expected ':'" in problem:
        return say("a ':' is missing in this line or in the one above it.")
    if "did not find expected" in problem or "found unexpected" in problem:
        return say("this line does not fit what stands above it. Look at its indentation, quotes and brackets.")
    return say("this cannot be read: {reason}", reason=problem)

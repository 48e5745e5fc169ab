"""A tree of nodes held against the types it should become: every problem at once, each with its place.

The types are msgspec Structs. Their fields decide how a value is read: where text is wanted, `4471`, `ON` and
`14:02` are text as they were written, whatever YAML would make of them. What does not fit is noted and left
blank, so that later checks can complain too; whoever calls looks at `problems` before using anything.
"""

import re
import types
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, TypeVar, Union, get_args, get_origin

import msgspec
from msgspec import Struct, ValidationError

from warroom.domain.sentence import Refused, Sentence, say

from .typedpath import path_of
from .wanted import (
    UNFIT,
    Unfit,
    bare_type,
    blank,
    choices_of,
    expected,
    fields_of,
    found_in,
    is_nothing,
    limits_of,
    meaning,
    meant,
    node_for,
    reason_of,
    shown,
    takes_text,
)
from .yamlfile import Entry, Group, Items, Node, Problem, Scalar, step

S = TypeVar("S", bound=Struct)

SECRET = re.compile(r"(^|_)(token|password|passphrase|secret|key)$")
"""Fields of this name hold secrets, and secrets are only ever referred to."""
REFERENCE = re.compile(r"env:[A-Za-z_]\w*|file:\S.*")


class Shape:
    """Reads the nodes of one file. `folder` is what relative paths in it are relative to."""

    def __init__(self, file: str, folder: Path) -> None:
        self.file = file
        self.folder = folder
        self.problems: list[Problem] = []
        self._lines: dict[str, int] = {}
        self._told: set[str] = set()

    def complain(self, path: str, sentence: Sentence) -> None:
        """Note a problem at a path, with the line of the nearest place around it that the file has.

        What is wrong as a whole is not complained of in its parts as well.
        """
        if not any(place in self._told for place in around(path)):
            self._told.add(path)
            self.problems.append(Problem(self.file, self._line(path), path, sentence))

    def fit(self, node: Node, type_: Any, path: str = "") -> Any:
        """The value that `node` means as a `type_`, or UNFIT."""
        self._lines.setdefault(path, node.line)
        bare = bare_type(type_)
        if get_origin(bare) in (Union, types.UnionType):
            return self._fit_union(node, get_args(bare), path)
        wanted = node_for(type_)
        if not isinstance(node, wanted):
            return self._wrong(node, type_, path)
        match node:
            case Scalar():
                return self._fit_scalar(node, type_, bare, path)
            case Items():
                return self._fit_items(node, type_, bare, path)
            case Group() if isinstance(bare, type) and issubclass(bare, Struct):
                return self.struct(node, bare, path)
            case Group():
                return self._fit_mapping(node, get_args(bare), path)

    def struct(self, node: Group, cls: type[S], path: str = "", beside: Collection[str] = ()) -> S | None:
        """A group of keys as a Struct: unknown keys, missing keys and unfit values are complained of.

        What is missing or unfit is blank in the result, so that it can be judged further. None where the Struct
        refuses to exist. A key with nothing behind it is as good as left out. `beside` names keys of the group
        that somebody else reads.
        """
        self._lines.setdefault(path, node.line)
        entries = self.keys(node, (*(field.encode_name for field in fields_of(cls)), *beside), path)
        values: dict[str, Any] = {}
        for field in fields_of(cls):
            entry = entries.get(field.encode_name)
            if entry is not None and not field.required and is_nothing(entry.node):
                continue
            value = self._field(entry, field.type, path) if entry else UNFIT
            if entry is None and field.required:
                self.complain(step(path, field.encode_name), say("is missing."))
            if value is not UNFIT or field.required:
                values[field.name] = blank(field.type) if value is UNFIT else value
        try:
            return cls(**values)
        except ValueError as error:  # a Struct that checks itself
            self.complain(path, say("{reason}", reason=reason_of(error)))
            return None

    def keys(self, node: Group, known: Collection[str], path: str) -> dict[str, Entry]:
        """The entries of a group by key; a key that is not known is complained of, with the nearest that is."""
        entries = {entry.key: entry for entry in node.entries}
        for entry in node.entries:
            place = step(path, entry.key)
            self._lines.setdefault(place, entry.line)
            if entry.key not in known:
                unused = [key for key in known if key not in entries]
                self.complain(place, meant(entry.key, known, say("unknown key."), unused))
        return entries

    def _field(self, entry: Entry, type_: Any, path: str) -> Any:
        place = step(path, entry.key)
        if is_nothing(entry.node) or not SECRET.search(entry.key) or not takes_text(type_):
            return self.fit(entry.node, type_, place)
        node = entry.node
        if not isinstance(node, Scalar) or not REFERENCE.fullmatch(node.text):
            self.complain(
                place,
                say(
                    "a secret does not belong in this file. Write env:NAME to read it from an environment "
                    "variable, or file:PATH to read it from a file."
                ),
            )
            return UNFIT
        kind, _, rest = node.text.partition(":")
        return f"file:{self._path(rest, place)}" if kind == "file" else node.text

    def _path(self, text: str, place: str) -> Path:
        """A path as the person means it: from the home with `~`, else from the folder of the file."""
        try:
            return self.folder / path_of(text)
        except Refused as refusal:
            self.complain(place, refusal.sentence)
            return self.folder / text

    def _fit_union(self, node: Node, options: Sequence[Any], path: str) -> Any:
        if is_nothing(node) and type(None) in options:
            return None
        fitting = [option for option in options if option is not type(None) and node_for(option) is type(node)]
        for option in fitting[:-1]:
            trial = Shape(self.file, self.folder)
            value = trial.fit(node, option, path)
            if not trial.problems:
                self._lines.update(trial._lines)
                return value
        if fitting:
            return self.fit(node, fitting[-1], path)
        return self._wrong(node, next(option for option in options if option is not type(None)), path)

    def _fit_items(self, node: Items, type_: Any, bare: Any, path: str) -> Any:
        args = [arg for arg in get_args(bare) if arg is not Ellipsis]
        inner = args[0] if args else str
        found = [self.fit(item, inner, f"{path}[{at}]") for at, item in enumerate(node.nodes)]
        if any((meta.min_length or 0) > len(found) for meta in limits_of(type_)):
            return self._wrong(node, type_, path)
        container = get_origin(bare) or bare
        made = container if container in (list, set, frozenset) else tuple
        return made(blank(inner) if value is UNFIT else value for value in found)

    def _fit_mapping(self, node: Group, args: tuple[Any, ...], path: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for entry in node.entries:
            place = step(path, entry.key)
            self._lines.setdefault(place, entry.line)
            value = self.fit(entry.node, args[1] if len(args) == 2 else str, place)
            if value is not UNFIT:
                values[entry.key] = value
        return values

    def _fit_scalar(self, node: Scalar, type_: Any, bare: Any, path: str) -> Any:
        value = meaning(node, bare)
        if value is UNFIT:
            if (choices := choices_of(bare)) and not is_nothing(node):
                self.complain(path, meant(node.text, choices, say("'{found}' is not known here.", found=shown(node))))
                return UNFIT
            return self._wrong(node, type_, path)
        if bare is Path:
            return self._path(node.text, path)
        try:
            return msgspec.convert(value, type_, strict=False)
        except ValidationError:  # limits, enumerations, dates
            return self._wrong(node, type_, path)

    def _wrong(self, node: Node, type_: Any, path: str) -> Unfit:
        self.complain(
            path, say("{expected} is expected here, not {found}.", expected=expected(type_), found=found_in(node))
        )
        return UNFIT

    def _line(self, path: str) -> int:
        """The line of a path, or of the nearest place around it that the file has."""
        return next((self._lines[place] for place in around(path) if place in self._lines), 1)


def around(path: str) -> Iterator[str]:
    """The path, then every place around it: `a[2].b`, `a[2]`, `a`, and the document."""
    while path:
        yield path
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    yield path

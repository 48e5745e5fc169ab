"""What a type wants and what a node is, in words for the person who wrote the file.

The questions that `shape` asks about types are here too, so that it can be about the tree alone.
"""

import types
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum
from functools import cache
from math import isfinite
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from msgspec import Meta, Struct
from msgspec.structs import FieldInfo, fields

from warroom.domain.sentence import Param, Sentence, say

from .yamlfile import Group, Items, Node, Scalar

SHOWN = 40
"""Characters of a wrong value that a complaint repeats."""

LISTED = 12
"""Names that a complaint still lists."""


class Unfit(Enum):
    """What came of a node that is not what was wanted; the problem is noted."""

    UNFIT = "unfit"


UNFIT: Final = Unfit.UNFIT


def meant(found: str, known: Collection[str], complaint: Sentence, likely: Sequence[str] = ()) -> Sentence:
    """A complaint about a name that nobody knows, with the nearest spelling, else with the names there are."""
    from difflib import get_close_matches  # only a file with a mistake needs it

    folded = {name.casefold(): name for name in known}
    near = get_close_matches(found.casefold(), [name.casefold() for name in likely] or list(folded), 1, 0.6)
    near = near or get_close_matches(found.casefold(), list(folded), 1, 0.6)
    if near:
        return say("{complaint} Did you mean '{near}'?", complaint=complaint, near=folded[near[0]])
    named = [name for name in known if name]  # nothing is a choice too, and is left out
    if not named or len(named) > LISTED:
        return complaint
    return say("{complaint} One of: {known}.", complaint=complaint, known=", ".join(named))


def expected(type_: Any) -> Sentence:
    """What a type wants, in words that begin a sentence: "a whole number from 1 to 9"."""
    bare, limits, node = bare_type(type_), limits_of(type_), node_for(type_)
    if node is Group:
        return say("a group of lines 'key: value'")
    if node is Items:
        if any(meta.min_length for meta in limits):
            return say("a list with at least one entry")
        return say("a list")
    if bare in (int, float):
        return _number(bare is int, limits)
    if bare is bool:
        return say("true or false")
    if choices := choices_of(bare):
        return say("one of: {known}", known=", ".join(choices))
    if bare is Path:
        return say("the path of a file or folder")
    if any(meta.pattern for meta in limits):
        return say("text of another form")
    return say("text")


def _number(whole: bool, limits: Sequence[Meta]) -> Sentence:
    least = next((meta.ge for meta in limits if meta.ge is not None), None)
    above = next((meta.gt for meta in limits if meta.gt is not None), None)
    most = next((meta.le for meta in limits if meta.le is not None), None)
    kind = say("a whole number") if whole else say("a number")
    if least is not None and most is not None:
        return say("{number} from {low} to {high}", number=kind, low=least, high=most)
    if least is not None:
        return say("{number} from {low} upwards", number=kind, low=least)
    if above is not None:
        return say("{number} above {low}", number=kind, low=above)
    return kind


def found_in(node: Node) -> Sentence:
    """What stands where something else was expected."""
    match node:
        case Items():
            return say("a list")
        case Group():
            return say("a group of lines 'key: value'")
        case Scalar(kind="null") | Scalar(text=""):
            return say("nothing")
    return say("'{found}'", found=shown(node))


def is_nothing(node: Node) -> bool:
    """Whether a key has nothing behind it."""
    return isinstance(node, Scalar) and node.kind == "null"


def shown(node: Scalar) -> str:
    """A value as a complaint repeats it: short, and without anything that does not print."""
    text = "".join(c if c.isprintable() else "·" for c in node.text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def reason_of(error: ValueError) -> Param:
    """What a Struct that checks itself has to say: its sentence, else its text."""
    sentence = getattr(error, "sentence", None)
    return sentence if isinstance(sentence, Sentence) else str(error)


# --- types ---------------------------------------------------------------------------------------------


@cache
def fields_of(cls: type[Struct]) -> tuple[FieldInfo, ...]:
    """The fields of a Struct, their types with their annotations."""
    return fields(cls)


def bare_type(type_: Any) -> Any:
    """The type without its annotations."""
    while get_origin(type_) is Annotated or hasattr(type_, "__supertype__"):
        type_ = type_.__supertype__ if hasattr(type_, "__supertype__") else get_args(type_)[0]
    return type_


def limits_of(type_: Any) -> list[Meta]:
    """The limits that a type's annotations set."""
    return [meta for meta in getattr(type_, "__metadata__", ()) if isinstance(meta, Meta)]


def choices_of(bare: Any) -> tuple[str, ...]:
    """The words of a Literal or an enumeration."""
    if get_origin(bare) is Literal:
        return tuple(str(arg) for arg in get_args(bare))
    if isinstance(bare, type) and issubclass(bare, Enum):
        return tuple(str(member.value) for member in bare)
    return ()


def takes_text(type_: Any) -> bool:
    """Whether a field may hold text."""
    options = get_args(type_) if get_origin(type_) in (Union, types.UnionType) else (type_,)
    return any(bare_type(option) is str for option in options)


def node_for(type_: Any) -> type[Node]:
    """The kind of node that a type is read from."""
    bare = bare_type(type_)
    container = get_origin(bare) or bare
    if not isinstance(container, type) or issubclass(container, str | bytes | Enum):
        return Scalar
    if issubclass(container, Mapping | Struct):
        return Group
    return Items if issubclass(container, Collection) else Scalar


def blank(type_: Any) -> Any:
    """The emptiest value of a type: what stands in for a value that did not fit."""
    bare = bare_type(type_)
    container = get_origin(bare) or bare
    if not isinstance(container, type) or issubclass(container, Path | Enum):
        return None
    if issubclass(container, Struct):
        try:
            return container(**{field.name: blank(field.type) for field in fields_of(container) if field.required})
        except ValueError:  # it checks itself and does not want to be blank
            return None
    if issubclass(container, Mapping):
        return {}
    return container() if container in (str, int, float, bool, list, tuple, set, frozenset) else None


_READ: Mapping[Any, Callable[[str], Any]] = {
    int: lambda text: int(text.replace("_", "")),
    float: lambda text: float(text.replace("_", "")),
}


def meaning(node: Scalar, bare: Any) -> Any:
    """The plain value of a scalar as the type wants it, or UNFIT. Text is what was written."""
    if is_nothing(node):
        return UNFIT
    if bare is bool:
        return node.text.lower() in ("true", "yes", "on") if node.kind == "bool" else UNFIT
    if bare in _READ:
        try:
            number = _READ[bare](node.text)
            return number if isfinite(number) else UNFIT
        except (ValueError, OverflowError):  # 14:02 and 0x1F are numbers to YAML and a surprise to people
            return UNFIT
    if choices := choices_of(bare):
        return node.text if node.text in choices else UNFIT
    return node.text

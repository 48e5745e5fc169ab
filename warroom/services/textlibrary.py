"""The holding texts that come with the program, by stage and audience, from the files under `data/texts`.

Nobody of the house has approved them: they are a beginning, not a permission. What is approved stands in config.yaml.
"""

from functools import cache
from pathlib import Path

from msgspec import Struct

from warroom.domain.events import StatementKind
from warroom.domain.prepared import Prepared, Reader
from warroom.domain.sentence import say

from .shape import Shape
from .words import LANGUAGES
from .yamlfile import EMPTY, ConfigError, Group, parse, read_text

HOME = Path(__file__).resolve().parent.parent / "data" / "texts"


class Shipped(Struct, frozen=True, kw_only=True):
    """One text in every language."""

    id: str
    purpose: StatementKind
    audience: Reader
    name: dict[str, str]
    text: dict[str, str]


class Shelf(Struct, frozen=True, kw_only=True):
    """A file of texts."""

    texts: tuple[Shipped, ...]


@cache
def load_texts() -> tuple[Prepared, ...]:
    """Every text in every language; `ConfigError` with everything that is wrong."""
    shape = Shape("texts", HOME)
    found: list[Prepared] = []
    for path in sorted(HOME.glob("*.yaml")):
        shape.file = path.name
        node = parse(read_text(path), path.name)
        shelf = shape.struct(node if isinstance(node, Group) else EMPTY, Shelf)
        for text in shelf.texts if shelf is not None else ():
            for lang in LANGUAGES:
                if lang not in text.text or lang not in text.name:
                    shape.complain("texts", say("'{id}' is missing in {lang}.", id=text.id, lang=lang))
                    continue
                found.append(
                    Prepared(
                        id=text.id,
                        purpose=text.purpose,
                        lang=lang,
                        text=text.text[lang],
                        audience=text.audience,
                        name=text.name[lang],
                    )
                )
    if shape.problems:
        raise ConfigError(shape.problems)
    return tuple(found)

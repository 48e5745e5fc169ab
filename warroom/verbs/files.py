"""Files of mentions that a verb is given: which columns it is told, and the lines that could not be read."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from feeds.base import Bad
from feeds.tables import unknown_field
from warroom.domain.sentence import say
from warroom.domain.text import one_line
from warroom.verbs.failing import USAGE, Failed
from warroom.verbs.setting import Setting, tell


def columns_of(pairs: Iterable[str], more: Collection[str] = ()) -> Mapping[str, str]:
    """Field → heading, as `--column` is given. `more` are fields beside those of a mention. Others end with code 2."""
    mapping: dict[str, str] = {}
    for pair in pairs:
        field, equals, heading = pair.partition("=")
        if not equals:
            raise Failed(USAGE, say("Write --column as field=heading; “{text}” is not.", text=pair))
        mapping[field.strip()] = heading.strip()
    if (unknown := unknown_field(field for field in mapping if field not in more)) is not None:
        raise Failed(USAGE, unknown)
    return mapping


def tell_bad(setting: Setting, sample: Sequence[Bad], count: int) -> None:
    """How many lines were left out, and some of them."""
    if count:
        words = setting.words
        tell(
            setting,
            words.tn(
                "{n} line could not be read; it was left out:",
                "{n} lines could not be read; they were left out. Some of them:",
                count,
            ),
        )
        for bad in sample:
            tell(setting, f"  {one_line(words.say(bad.sentence))}")

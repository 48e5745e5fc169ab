"""Before the first day: init writes a config to start from."""

from warroom.config import NAME, example_config
from warroom.domain.faults import why
from warroom.domain.sentence import say
from warroom.services.typedpath import path_of
from warroom.services.words import Words
from warroom.verbs.failing import FAILED, Failed


def init(words: Words, path: str, *, force: bool) -> None:
    """Write the commented example. A file that exists is not written over."""
    target = path_of(path)
    if target.is_dir():
        target /= NAME
    try:
        with target.open("w" if force else "x", encoding="utf-8") as file:
            file.write(example_config(words.lang))
    except FileExistsError:
        raise Failed(FAILED, say("{file} exists already. Use --force to write over it.", file=str(target))) from None
    except OSError as error:
        raise Failed(FAILED, say("could not write {file}: {reason}.", file=str(target), reason=why(error))) from error
    print(words.t("Written: {file}. Change it, then run: warroom doctor", file=str(target)))

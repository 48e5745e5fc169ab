"""The program. Read this first: it reads the line, runs the verb, and says in one sentence what went wrong.

The verbs are a table in `warroom.verbs.commands`; each opens log ⊃ feeds ⊃ screen and closes them the other way round.
"""

import gc
import os
import signal
import sys
import traceback
from contextlib import suppress
from datetime import UTC, datetime

import click

from warroom.domain.sentence import Refused, Sentence
from warroom.verbs.commands import command_line
from warroom.verbs.complete import VARIABLE
from warroom.verbs.failing import FAILED, INTERRUPTED, USAGE, Failed
from warroom.verbs.usage import Given, mistake, who

NEW = 10_000
"""New objects that may hold each other after which Python looks for those that nobody holds from outside, and not 700:
a start makes a hundred thousand that stay, and a flood many that go by themselves."""


def main() -> None:
    """Run a verb; every expected mistake is one sentence on standard error and a defined exit code."""
    gc.set_threshold(NEW)
    given = Given(sys.argv[1:])
    ended = _end_like_ctrl_c()
    code = _run(given)
    if not ended:
        sys.exit(code)
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    # A thread of the screen may still read from a terminal that is gone: nobody waits for it.
    os._exit(code or INTERRUPTED)


def _run(given: Given) -> int:
    """The exit code of the verb."""
    try:
        try:
            done = command_line().main(sys.argv[1:], "warroom", complete_var=VARIABLE, standalone_mode=False, obj=given)
        finally:
            sys.stdout.flush()  # a full disk behind it is found here, and not when nobody can answer any more
    except click.UsageError as error:
        return _end(given, mistake(error), USAGE, who(error.ctx))
    except Failed as error:
        return _end(given, error.sentence, error.code, error.of)
    except Refused as error:
        return _end(given, error.sentence, FAILED)
    except (KeyboardInterrupt, click.Abort):
        return INTERRUPTED
    except BrokenPipeError:
        _nowhere()
        return FAILED
    except Exception as error:  # noqa: BLE001 - the last one who can say something
        return _else(given, error)
    return done if isinstance(done, int) else 0


def _end_like_ctrl_c() -> list[int]:
    """Whoever ends us from outside, a service manager or a closed window, ends us like Ctrl+C: state is saved first.
    The signals that came stand in the list; the console leaves in good order and says nothing of them."""
    ended: list[int] = []

    def end(number: int, frame: object) -> None:
        ended.append(number)
        signal.raise_signal(signal.SIGINT)

    for name in ("SIGTERM", "SIGHUP"):
        if (number := getattr(signal, name, None)) is not None:
            signal.signal(number, end)
    return ended


def _end(given: Given, sentence: Sentence, code: int, of: str = "warroom") -> int:
    print(f"{of}: {given.words().say(sentence)}", file=sys.stderr)
    return code


def _else(given: Given, error: Exception) -> int:
    """What ends a verb more seldom: a config with mistakes, a store that cannot be used, a full disk, our own fault."""
    from warroom.domain.faults import why
    from warroom.domain.sentence import say
    from warroom.services.yamlfile import ConfigError
    from warroom.store.errors import StoreError

    match error:
        case ConfigError():
            words = given.early_words()
            for problem in error.problems:
                print(f"warroom: {problem.text(words.say)}", file=sys.stderr)
            return USAGE
        case StoreError():
            return _end(given, error.sentence, FAILED)
        case OSError():
            code = _end(given, say("the output could not be written: {reason}.", reason=why(error)), FAILED)
            _nowhere()
            return code
        case _:
            return _fault(given, error)


def _fault(given: Given, error: Exception) -> int:
    """A fault of ours: one sentence for the person, the whole of it for whoever mends it."""
    from warroom.domain.sentence import say
    from warroom.verbs.setting import log_file

    told = "".join(traceback.format_exception(error))
    if given.flags.verbose:
        print(told, file=sys.stderr)
    place = log_file()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_APPEND | os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(f"{datetime.now(UTC).isoformat(timespec='seconds')}\n{told}\n")
    except OSError:
        print(told, file=sys.stderr)
    fault = say("a fault of warroom: {kind}. What is recorded is safe. Details: {file}", kind=type(error).__name__,
                file=str(place))  # fmt: skip
    return _end(given, fault, FAILED)


def _nowhere() -> None:
    """Nothing more goes out: Python would complain at its end about what is still in the buffer."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()

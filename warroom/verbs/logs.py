"""The log as a file, and whether it can be believed: export, verify."""

import os
import sys
from contextlib import suppress
from pathlib import Path

from warroom.domain.sentence import say
from warroom.services import report
from warroom.services.room import TIMELINE, zone_of
from warroom.services.words import Words
from warroom.store.errors import StoreError
from warroom.store.journal import verify_log
from warroom.verbs.setting import (
    CHECK,
    DEMO,
    FAILED,
    NOTHING,
    USAGE,
    Failed,
    Setting,
    find_incident,
    tell,
    with_figures,
)

FORMATS = ("md", "json", "csv")


def export(setting: Setting, name: str | None, *, output: str | None, form: str, redact: bool, force: bool) -> None:
    """Write the log of an incident. `-` is standard output; a file that exists is not written over."""
    if form not in FORMATS:
        raise Failed(USAGE, say("Unknown format “{form}”. One of: md, json, csv.", form=form))
    folder, board, incident = find_incident(setting, name)
    with_figures(folder, board, incident)
    words = Words(setting.words.lang, zone_of(incident))
    verdict = verify_log(folder / TIMELINE)
    head = verdict.head if verdict.is_whole else ""
    match form:
        case "md":
            text = report.markdown(board, incident, words, redact=redact, head=head, trouble=verdict.trouble)
        case "json":
            text = report.as_json(board, incident, words, redact=redact, head=head)
        case _:
            text = report.as_csv(board, incident, words, redact=redact)
    if verdict.trouble is not None:
        doubt = setting.words.say(verdict.trouble)
        told = setting.words.t("This log cannot be believed as a whole: {doubt}", doubt=doubt)
        print(f"warroom: {told}", file=sys.stderr)
    if output == "-":
        sys.stdout.write(text)
        return
    path = Path(output or f"{incident.id}.{form}").expanduser()
    try:
        _write(path, text, force=force)
    except FileExistsError:
        raise Failed(
            FAILED, say("{file} exists already. Use --force to write over it, or -o elsewhere.", file=str(path))
        ) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise Failed(
            FAILED,
            say("could not write {file}: {reason}. Nothing was lost; try -o elsewhere.", file=str(path), reason=reason),
        ) from error
    tell(setting, setting.words.t("Written: {file}", file=str(path)))


def _write(path: Path, text: str, *, force: bool) -> None:
    """The whole text or nothing: on a full disk neither half a file stays nor is an older one lost. What is no
    ordinary file (/dev/stdout, a pipe) is written to as it is."""
    if path.exists() and not path.is_file():
        path.write_text(text, encoding="utf-8", newline="")
        return
    if path.exists() and not force:
        raise FileExistsError
    path = path.resolve()  # a link stays one
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("x", encoding="utf-8", newline="") as file:
            file.write(text)
        if force:
            part.replace(path)
        else:
            path.hardlink_to(part)
    finally:
        part.unlink(missing_ok=True)


def verify(setting: Setting, name: str | None) -> None:
    """Compute every chain again. Exit code 4 names the first position that does not hold."""
    folder = setting.demo_folder if name == DEMO else setting.folder
    path = folder / TIMELINE
    if name is not None:
        with suppress(StoreError):  # what cannot be folded can still be verified
            find_incident(setting, name)
    if not path.exists():
        raise Failed(NOTHING, say("There is nothing to verify: {file} does not exist.", file=str(path)))
    verdict = verify_log(path)
    words = setting.words
    if not verdict.is_whole:
        raise Failed(CHECK, verdict.trouble or say("The log does not hold."))
    print(words.tn("{n} event, every chain whole.", "{n} events, every chain whole.", verdict.events))
    print(words.t("Head: {head}", head=verdict.head))

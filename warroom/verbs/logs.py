"""The log as a file, and whether it can be believed: export, verify."""

import sys
from contextlib import suppress

from warroom.domain.faults import why
from warroom.domain.sentence import say
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.logbook import Format, logbook, write_whole
from warroom.services.room import TIMELINE
from warroom.services.typedpath import path_of
from warroom.store.errors import StoreError
from warroom.store.journal import verify_log
from warroom.verbs.failing import CHECK, FAILED, NOTHING, Failed
from warroom.verbs.progress import working
from warroom.verbs.setting import Setting, find_incident, tell


def export(setting: Setting, name: str | None, *, output: str | None, form: Format, redact: bool, force: bool) -> None:
    """Write the log of an incident. `-` is standard output; a file that exists is not written over."""
    with working(setting, setting.words.t("Reading the log…")):
        folder, board, incident = find_incident(setting, name)
        triage = Triage(load_lexicon(*setting.config.triage.lexicon))
        text, doubts = logbook(folder, board, incident, setting.words.lang, form=form, redact=redact, triage=triage)
    for doubt in doubts:
        print(f"warroom: {setting.words.say(doubt)}", file=sys.stderr)
    if output == "-":
        sys.stdout.write(text)
        return
    path = path_of(output or f"{incident.id}.{form}")
    try:
        write_whole(path, text, force=force)
    except FileExistsError:
        raise Failed(
            FAILED, say("{file} exists already. Use --force to write over it, or -o elsewhere.", file=str(path))
        ) from None
    except OSError as error:
        raise Failed(
            FAILED,
            say(
                "could not write {file}: {reason}. Nothing was lost; try -o elsewhere.",
                file=str(path),
                reason=why(error),
            ),
        ) from error
    tell(setting, setting.words.t("Written: {file}", file=str(path)))


def verify(setting: Setting, name: str | None) -> None:
    """Compute every chain again. Exit code 4 names the first position that does not hold."""
    folder = setting.room_of(name)
    path = folder / TIMELINE
    if name is not None:
        with suppress(StoreError):  # what cannot be folded can still be verified
            find_incident(setting, name)
    if not path.exists():
        raise Failed(NOTHING, say("There is nothing to verify: {file} does not exist.", file=str(path)))
    with working(setting, setting.words.t("Computing the chains…")):
        verdict = verify_log(path)
    words = setting.words
    if not verdict.is_whole:
        raise Failed(CHECK, verdict.trouble or say("The log does not hold."))
    print(words.tn("{n} event, every chain whole.", "{n} events, every chain whole.", verdict.events))
    print(words.t("Head: {head}", head=verdict.head))

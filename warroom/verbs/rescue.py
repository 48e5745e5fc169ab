"""recover: what is intact in a damaged room, copied into a new one. The old one stays as it is."""

from collections.abc import Sequence

from warroom.domain.sentence import say
from warroom.services.room import MENTIONS, TIMELINE, set_aside
from warroom.services.typedpath import path_of
from warroom.services.words import Words
from warroom.store.rescue import rescue
from warroom.verbs.failing import CHECK, FAILED, NOTHING, Failed
from warroom.verbs.progress import working
from warroom.verbs.setting import Setting, tell

NAMED = 8
"""Ranges that are named; of more only the number is said."""


def recover(setting: Setting, into: str | None) -> None:
    """Copy what can be read into the folder `into`; exit code 4 names what is missing."""
    folder, words = setting.folder, setting.words
    timeline, mentions = folder / TIMELINE, folder / MENTIONS
    if not timeline.exists():
        raise Failed(NOTHING, say("There is nothing to recover: {file} does not exist.", file=str(timeline)))
    target = path_of(into) if into else folder.with_name(f"{folder.name}-recovered")
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise Failed(FAILED, say("{folder} is there already and not empty. Choose another: --into", folder=str(target)))
    tell(setting, words.t("Reading what can be read of {folder}…", folder=str(folder)))
    with working(setting, words.t("Copying what is intact…")):
        saved = rescue(timeline, [*set_aside(folder), mentions], target)
    print(words.tn("{n} event kept.", "{n} events kept.", saved.events))
    if saved.missing:
        print(words.t("Missing events: {n}, at positions {places}.", **_gaps(saved.missing, words)))
    if saved.open_end:
        print(words.t("Where the log ended is not to be read: whether more stood after its last event is not known."))
    print(words.tn("{n} mention kept.", "{n} mentions kept.", saved.mentions))
    if saved.missing_rows:
        print(words.t("Missing mentions: {n}, in rows {places}.", **_gaps(saved.missing_rows, words)))
    if saved.verdict.is_whole:
        print(words.t("Every chain of the new log is whole."))
        print(words.t("Head: {head}", head=saved.verdict.head))
    elif saved.verdict.trouble is not None:
        print(words.t("The new log holds up to there: {doubt}", doubt=saved.verdict.trouble))
    print(words.t("The new room: warroom --data-dir {folder}. The old one stays as it was.", folder=str(target)))
    if not saved.is_whole:
        raise Failed(CHECK, say("Not everything could be recovered."))


def _gaps(ranges: Sequence[tuple[int, int]], words: Words) -> dict[str, str]:
    """How many, and where."""
    places = [str(first) if first == last else f"{first}–{last}" for first, last in ranges[:NAMED]]
    more = [words.t("and {n} more ranges", n=len(ranges) - NAMED)] if len(ranges) > NAMED else []
    return {"n": words.number(sum(last - first + 1 for first, last in ranges)), "places": ", ".join(places + more)}

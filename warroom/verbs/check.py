"""check: a text from a file, read as the statement desk reads it; no screen, no room, nothing written.

What only a room can say (facts, approvals, clocks) is named as not judged, and never guessed.
"""

import codecs
import os
import sys
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar, get_args

import msgspec

from warroom.domain.checks.finding import Case, Finding, Level
from warroom.domain.checks.judge import KNOWN_LANGUAGES, gate, judge, not_judged
from warroom.domain.checks.text import language_of
from warroom.domain.events import Cluster, StatementKind
from warroom.domain.faults import why
from warroom.domain.networks import INTERNAL
from warroom.domain.sentence import Sentence, say
from warroom.domain.text import one_line
from warroom.services.cited import cited
from warroom.services.desk import Desk
from warroom.services.typedpath import path_of
from warroom.services.wanted import meant
from warroom.services.words import Words
from warroom.verbs.failing import CHECK, FAILED, USAGE, Failed
from warroom.verbs.screens import desk_of
from warroom.verbs.setting import Setting, may_wait, now, tell

Known = TypeVar("Known", bound=str)
LONGEST = 1_000_000
"""Characters of a text that is still read: a hundred times the longest statement."""
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
LOOKS: dict[str, Sentence] = {
    "en": say("This looks like English: --lang en reads it as such."),
    "es": say("This looks like Spanish: --lang es reads it as such."),
}
SIGNS: dict[Level, str] = {"B": "✕", "W": "!", "I": "i"}


def check(
    setting: Setting,
    file: str,
    *,
    kind: str,
    severity: int,
    cluster: str | None,
    networks: Sequence[str],
    as_json: bool,
) -> None:
    """Print the findings; exit code 4 when one of them holds the text by the gate of its kind."""
    desk = desk_of(setting)
    case = _case(setting, desk, kind=kind, severity=severity, cluster=cluster, networks=networks)
    may_wait(setting, file)
    text = _read(file)
    findings = judge(text, case, desk.lists, in_room=False)
    words = _reader(setting, case.lang)
    if as_json:
        _print_json(findings, words)
    else:
        name = one_line("<stdin>" if file == "-" else file)
        for finding in findings:
            print(line_of(finding, text, name, words))
        if not findings:
            tell(setting, words.t("{file}: nothing is amiss in what was judged.", file=name))
    for told in skipped(case, words):
        tell(setting, told)
    if (other := language_of(text)) is not None and other != case.lang:
        tell(setting, words.say(LOOKS[other]))
    holding = gate(findings, "first-word" if case.purpose == "first-word" else "full", ())
    if holding:
        ids = ", ".join(dict.fromkeys(finding.check for finding in holding))
        print(f"warroom: {words.t('held by {checks}.', checks=ids)}", file=sys.stderr)
        raise SystemExit(CHECK)


def skipped(case: Case, words: Words) -> Iterator[str]:
    """What was not judged, and for want of what."""
    room = not_judged(case.purpose, "unknown")
    if room:
        yield words.t(
            "Not judged, because only a room knows the facts, the clocks and who speaks: {checks}.",
            checks=", ".join(room),
        )
    if untold := [check for check in not_judged(case.purpose, case.cluster) if check not in room]:
        yield words.t("Not judged, because the kind of crisis is not told: {checks}.", checks=", ".join(untold))
    if not case.networks:
        yield words.t("Not judged, because no network is named: {checks}.", checks="C5")


def line_of(finding: Finding, text: str, name: str, words: Words) -> str:
    """`draft.txt:3:14  ✕ H7 blocks  reason  [source]`, as editors read it."""
    place = f"{name}:{':'.join(map(str, place_of(text, finding.start)))}" if finding.start is not None else name
    levels: dict[Level, str] = {"B": words.t("blocks"), "W": words.t("warns"), "I": words.t("informs")}
    head = f"{SIGNS[finding.level]} {finding.check} {levels[finding.level]}"
    return f"{place}  {head}  {one_line(words.say(finding.reason))}  [{one_line(cited(finding.source, words))}]"


def place_of(text: str, start: int) -> tuple[int, int]:
    """Line and column of a character, both from 1."""
    return text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)


def _print_json(findings: Sequence[Finding], words: Words) -> None:
    body = [
        {
            "id": finding.check,
            "level": finding.level,
            "start": finding.start,
            "end": finding.end,
            "reason": one_line(words.say(finding.reason)),
            "source": finding.source,
        }
        for finding in findings
    ]
    print(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())


# --- what was asked for --------------------------------------------------------------------------------


def _case(
    setting: Setting, desk: Desk, *, kind: str, severity: int, cluster: str | None, networks: Sequence[str]
) -> Case:
    """What is known of the text without a room: what the line says, and the rules of the organisation."""
    rules = desk.settings
    purpose: StatementKind = _one_of(kind, get_args(StatementKind), say("'{name}' is no kind of text.", name=kind))
    blame: Cluster | None = None
    if cluster is not None:
        blame = _one_of(cluster, get_args(Cluster), say("'{name}' is no cluster.", name=cluster))
    # Without a word about networks those of the config count; without a config, none does.
    own = rules.networks if setting.config.file is not None else ()
    return Case(
        lang=_language(setting.flags.lang) or rules.lang,
        purpose=purpose,
        now=now(),
        severity=severity,
        networks=_networks(networks, known=(*desk.limits, *rules.networks, "web", *sorted(INTERNAL))) or own,
        cluster=blame,
        allowed=rules.allowed,
        protected_names=rules.protected_names,
        voice=rules.voice,
    )


def _one_of(name: str, known: Collection[Known], unknown: Sentence) -> Known:
    for one in known:
        if one == name:
            return one
    raise Failed(USAGE, meant(name, known, unknown))


def _networks(given: Sequence[str], *, known: Sequence[str]) -> tuple[str, ...]:
    """Once each, in the order in which they were named; a value may hold several."""
    names = [name for value in given for part in value.split(",") if (name := part.strip().lower())]
    for name in names:
        _one_of(name, dict.fromkeys(known), say("'{name}' is no network that is known here.", name=name))
    return tuple(dict.fromkeys(names))


def _language(given: str | None) -> str | None:
    """The language of the text. In another one a text would pass because nothing in it is read."""
    if given is None:
        return None
    lang = given.lower().replace("_", "-").split("-")[0]
    return _one_of(lang, KNOWN_LANGUAGES, say("The checks do not read '{lang}'.", lang=given))


def _reader(setting: Setting, lang: str) -> Words:
    """--lang says here what the text speaks. What the reader speaks may be said elsewhere, else it is the same."""
    own = os.environ.get("WARROOM_LANG") or (setting.config.language if setting.config.language != "auto" else lang)
    return Words(own, setting.words.zone)


# --- the text ------------------------------------------------------------------------------------------


def _read(file: str) -> str:
    """The text of a file, without the mark of its encoding and the blank lines at its end. Places in it stay."""
    name = one_line("<stdin>" if file == "-" else file)
    most = LONGEST * 4 + 4
    try:
        if file == "-":
            data = sys.stdin.buffer.read(most)
        else:
            with path_of(file).open("rb") as stream:
                data = stream.read(most)
    except OSError as error:
        raise Failed(FAILED, say("{file} cannot be read: {reason}.", file=name, reason=why(error))) from error
    mark, encoding = next((known for known in _BOMS if data.startswith(known[0])), (b"", "utf-8"))
    too_long = say("{file} is longer than any statement ({n} characters at most).", file=name, n=LONGEST)
    if len(data) >= most:
        raise Failed(FAILED, too_long)
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise Failed(FAILED, say("{file} is no text in UTF-8 or UTF-16. Save it as plain text.", file=name))
    if len(text) > LONGEST:
        raise Failed(FAILED, too_long)
    if not text.strip():
        raise Failed(FAILED, say("{file} is empty: there is nothing to check.", file=name))
    return text.rstrip()

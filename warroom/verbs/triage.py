"""triage: mentions of a file or a pipe, each with its side, segment, question and group of copies; nothing is kept.
evaluate: how well that agrees with what a person said of the same texts, and what learning from it would give.
"""

import io
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import msgspec

from feeds.base import FeedError
from feeds.values import Reading as How
from warroom.domain.faults import why
from warroom.domain.humanity import bare
from warroom.domain.mention import POLARITIES, SEGMENTS, SIDES, Mention, Polarity, Reading, Segment
from warroom.domain.sentence import Sentence, Share, say
from warroom.domain.text import one_line
from warroom.domain.triage.evaluation import Confusion, Kind, Point, learning_curve
from warroom.domain.triage.label import Label
from warroom.domain.triage.priority import Signals, priority
from warroom.domain.triage.triage import Triage
from warroom.services.judged import NAMES, Judged, Lines
from warroom.services.lexicon import load_lexicon
from warroom.services.topics import load_topics
from warroom.services.typedpath import path_of
from warroom.services.weighing import is_known
from warroom.services.weights import load_weights
from warroom.verbs.failing import FAILED, USAGE, Failed
from warroom.verbs.files import columns_of, tell_bad
from warroom.verbs.progress import working
from warroom.verbs.setting import Setting, may_wait, now, tell

HITS = 12
"""Words of the explanation that a line carries at most."""


def triage(setting: Setting, file: str, *, labels: str | None, columns: Sequence[str], source: str) -> None:
    """Read JSONL or a table, write JSONL: one line for each mention, in its order, as it comes."""
    may_wait(setting, file)
    how = _how(setting, columns, source)
    reader = _reader(setting)
    said = _learn(setting, reader, how, file, labels) if labels is not None else {}
    out = sys.stdout.buffer
    encode = msgspec.json.Encoder().encode
    written = 0
    with _open(file, how) as lines:
        for one in lines:
            out.write(encode(line_of(setting, reader, one.mention, said.get(one.mention.key))) + b"\n")
            if file == "-":
                out.flush()
            written += 1
        _tell_left_out(setting, lines)
        if lines.bad_count and not written:
            raise Failed(FAILED, say("No line could be read as a mention."))


def line_of(setting: Setting, reader: Triage, mention: Mention, said: Judged | None = None) -> dict[str, object]:
    """What is said of a mention, in the names of the record. What a person said of it stands, whatever is read; the
    probabilities stay those of the reading."""
    reading = reader.read(mention.words, mention.people)
    segment = _by_label(said, reading) if said is not None else reading.segment
    minute = int(mention.at.timestamp() // 60)
    cluster = reader.cluster(mention.key, mention.words, minute)
    signals = Signals(
        segment=segment,
        question=reading.question,
        topics=load_topics().of(mention.words),
        followers=reading.followers,
        known=is_known(mention, {bare(handle) for handle in setting.config.triage.known}),
        reposts=mention.reposts,
        quotes=mention.quotes,
        copies=max(0, reader.clusters.recent(cluster, minute) - 1),
    )
    return {
        "source": mention.source,
        "native_id": mention.native_id,
        "polarity": SIDES[segment].value,
        "segment": segment.value,
        "labelled": said is not None,
        **_told(reading),
        "cluster": cluster,
        **_weighed(setting, signals),
    }


def _weighed(setting: Setting, signals: Signals) -> dict[str, object]:
    """How soon it is to be read, by what a file can tell: that it waits, or was answered, only a room knows."""
    found = priority(signals, load_weights(setting.config.triage.weights))
    return {
        "priority": found.points,
        "rank": found.rank,
        "parts": [
            {"name": part.name, "points": part.points, "why": setting.words.say(part.why)} for part in found.parts
        ],
        "unknown_reach": found.unknown_reach,
        "topics": [topic.topic.value for topic in signals.topics],
        "hint": found.hint,
    }


def _by_label(said: Judged, reading: Reading) -> Segment:
    """The segment that was said; where only a side was, the one that was read if it is on that side, else the mild."""
    if said.segment is not None:
        return said.segment
    if said.polarity is reading.polarity:
        return reading.segment
    return {Polarity.NEG: Segment.DISLIKE, Polarity.POS: Segment.LIKE}.get(
        said.polarity or Polarity.NEU, Segment.NEUTRAL
    )


def _told(reading: Reading) -> dict[str, object]:
    return {
        "probabilities": {
            polarity.value: round(likely, 4) for polarity, likely in zip(POLARITIES, reading.probabilities, strict=True)
        },
        "margin": round(reading.margin, 4),
        "unsure": reading.unsure,
        "question": reading.question,
        "hits": reading.hits[:HITS],
    }


# --- what was corrected before -------------------------------------------------------------------------


def _learn(setting: Setting, reader: Triage, how: How, file: str, labels: str) -> dict[str, Judged]:
    """Learn the labels of a file in its order, and hand them on by the names of their mentions.

    A line without a text names a mention of the file that is triaged; of two on one mention the later counts.
    """
    given: dict[str, Judged] = {}
    for one in _labelled(setting, how, labels):
        given.pop(one.mention.key, None)
        given[one.mention.key] = one
    texts = _texts(how, file, {key for key, one in given.items() if not one.text_given})
    missing = 0
    for key, one in given.items():
        text = one.mention.words if one.text_given else texts.get(key)
        if text is None or one.polarity is None:
            missing += 1
            continue
        reader.learner.learn(Label(text, one.polarity, one.weight, key))
    if missing:
        tell(setting, _without_text(setting, missing, piped=file == "-"))
    _tell_learnt(setting, reader)
    return given


def _labelled(setting: Setting, how: How, file: str) -> list[Judged]:
    """The lines of a file that have a label, at least one; what was left out is said."""
    found: list[Judged] = []
    unlabelled = 0
    with _open(file, how) as lines:
        for one in lines:
            if one.polarity is None:
                unlabelled += 1
            else:
                found.append(one)
        _tell_left_out(setting, lines)
        if not found:
            raise Failed(USAGE, _no_label(lines, file))
    if unlabelled:
        tell(setting, setting.words.tn("{n} line has no label.", "{n} lines have no label.", unlabelled))
    return found


def _without_text(setting: Setting, n: int, *, piped: bool) -> str:
    if piped:
        return setting.words.tn(
            "{n} label has no text: it stands, but before the pipe is read nothing can be learnt from it.",
            "{n} labels have no text: they stand, but before the pipe is read nothing can be learnt from them.",
            n,
        )
    return setting.words.tn(
        "{n} label has no text, and no mention of that name is in the file.",
        "{n} labels have no text, and no mentions of those names are in the file.",
        n,
    )


def _tell_learnt(setting: Setting, reader: Triage) -> None:
    words, agreement = setting.words, reader.agreement
    learnt = words.t(
        "Learnt {n} · agreement {share} (last {of})",
        n=reader.learner.learnt,
        share=Share(agreement.share or 0),
        of=agreement.of,
    )
    tell(setting, learnt)


def _texts(how: How, file: str, wanted: set[str]) -> Mapping[str, str]:
    """The texts of mentions that labels only name. A pipe cannot be read twice."""
    if not wanted or file == "-":
        return {}
    with _open(file, how) as lines:
        return {one.mention.key: one.mention.words for one in lines if one.mention.key in wanted}


# --- evaluate ------------------------------------------------------------------------------------------


def evaluate(setting: Setting, file: str, *, columns: Sequence[str], as_json: bool) -> None:
    """Judge the reading by the file's own column, and say what learning from it would have given."""
    may_wait(setting, file)
    judged = _labelled(setting, _how(setting, columns, "import"), file)
    reader = _reader(setting)
    readings = [reader.read(one.mention.words) for one in judged]
    sides = Confusion((one.polarity, read.polarity) for one, read in zip(judged, readings, strict=True) if one.polarity)
    segments = Confusion((one.segment, read.segment) for one, read in zip(judged, readings, strict=True) if one.segment)
    texts = [(one.mention.words, one.polarity) for one in judged if one.polarity is not None]
    with working(setting, setting.words.t("Learning, and reading on…")):
        curve = learning_curve(texts, lambda: _reader(setting))
    (_write_judgement if as_json else _print_judgement)(setting, sides, segments, curve)


def _write_judgement(
    setting: Setting, sides: Confusion[Polarity], segments: Confusion[Segment], curve: Sequence[Point]
) -> None:
    body = {
        "texts": sides.total,
        "polarity": _as_body(sides, POLARITIES),
        "segment": _as_body(segments, SEGMENTS) if segments.total else None,
        "curve": [point._asdict() for point in curve],
    }
    print(msgspec.json.format(msgspec.json.encode(body), indent=2).decode())


def _print_judgement(
    setting: Setting, sides: Confusion[Polarity], segments: Confusion[Segment], curve: Sequence[Point]
) -> None:
    print(setting.words.tn("{n} text with a label", "{n} texts with a label", sides.total))
    _print_table(setting, sides, POLARITIES)
    if segments.total:
        print()
        _print_table(setting, segments, SEGMENTS)
    print()
    _print_curve(setting, curve)


def _as_body(confusion: Confusion[Kind], kinds: Sequence[Kind]) -> dict[str, object]:
    return {
        "macro_f1": round(confusion.macro_f1, 4),
        "right": round(confusion.right, 4),
        "rates": {kind.value: {k: round(v, 4) for k, v in confusion.rates(kind)._asdict().items()} for kind in kinds},
        "confusion": {is_.value: {read.value: confusion[is_, read] for read in kinds} for is_ in kinds},
    }


def _print_table(setting: Setting, confusion: Confusion[Kind], kinds: Sequence[Kind]) -> None:
    words = setting.words
    print(
        words.t(
            "macro-F1 {f1} · {right} read as labelled",
            f1=words.decimal(confusion.macro_f1, 3),
            right=Share(confusion.right),
        )
    )
    label = f"{words.t('labelled')} ↓ {words.t('read')} →"
    wide = max(len(label), 9)
    heads = [*(kind.value for kind in kinds), words.t("precision"), words.t("recall"), "F1"]
    print(f"  {label:<{wide}}  " + "  ".join(f"{head:>9}" for head in heads))
    for is_ in kinds:
        cells = [f"{confusion[is_, read]:>9}" for read in kinds]
        cells += [f"{words.decimal(rate, 3):>9}" for rate in confusion.rates(is_)]
        print(f"  {is_.value:<{wide}}  " + "  ".join(cells))


def _print_curve(setting: Setting, curve: Sequence[Point]) -> None:
    words = setting.words
    t = words.t
    print(t("Learning in the order of the file; macro-F1 on the texts that follow, none of which was learnt:"))
    heads = [t("labels"), t("corrected"), t("judged"), t("untaught"), t("taught"), t("change")]
    wide = [max(len(head), 9) for head in heads]
    print("  " + "  ".join(f"{head:>{w}}" for head, w in zip(heads, wide, strict=True)))
    for point in curve:
        cells = [
            *(words.number(n) for n in (point.labels, point.corrected, point.judged)),
            words.decimal(point.untaught, 3),
            words.decimal(point.taught, 3),
            f"{'+' if point.taught >= point.untaught else ''}{words.decimal(point.taught - point.untaught, 3)}",
        ]
        print("  " + "  ".join(f"{cell:>{w}}" for cell, w in zip(cells, wide, strict=True)))


# --- files ---------------------------------------------------------------------------------------------


def _reader(setting: Setting) -> Triage:
    """Untaught, with the organisation's own words."""
    return Triage(load_lexicon(*setting.config.triage.lexicon))


def _how(setting: Setting, columns: Iterable[str], source: str) -> How:
    return How(feed="triage", source=source, clock=now, zone=setting.words.zone, columns=columns_of(columns, NAMES))


@contextmanager
def _open(file: str, how: How) -> Iterator[Lines]:
    try:
        raw = io.FileIO(0, closefd=False) if file == "-" else io.FileIO(path_of(file))
    except OSError as error:
        raise Failed(FAILED, say("{file} cannot be read: {reason}.", file=one_line(file), reason=why(error))) from error
    with io.BufferedReader(raw) as stream:
        try:
            yield Lines(stream, how, name="" if file == "-" else file)
        except FeedError as error:
            raise Failed(FAILED, error.sentence) from error


def _no_label(lines: Lines, file: str) -> Sentence:
    if not lines.keys:
        return say("{file}: no line in it is a mention.", file=one_line(file))
    known = ", ".join(one_line(key) for key in lines.keys) or "—"
    if lines.unknown:
        values = ", ".join(one_line(value) for value in lines.unknown)
        return say(
            "{file}: no label is known: {values}. Write neg, neu, pos, or love, like, neutral, dislike, hate.",
            file=one_line(file),
            values=values,
        )
    return say(
        "{file}: no column “polarity” or “segment” with a label. There are: {known}. Name it: --column polarity=…",
        file=one_line(file),
        known=known,
    )


def _tell_left_out(setting: Setting, lines: Lines) -> None:
    tell_bad(setting, lines.bad, lines.bad_count)
    if lines.unknown:
        values = ", ".join(f"{one_line(value)} ({n})" for value, n in lines.unknown.items())
        tell(setting, setting.words.t("Labels that are not known: {values}", values=values))

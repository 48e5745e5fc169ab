"""Texts of a file with what a person said of them: JSONL or a table, for the verbs that triage and evaluate.

What a mention is comes from the feeds' readers; here a column more is looked at: `polarity` or `segment`.
A bad line is counted and sampled and never stops the rest. A line whose text is empty is a mention like any other.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, assert_never

import msgspec

from feeds.base import Bad
from feeds.encodings import HEAD, encoding_of, format_of, lines_of
from feeds.rows import LONGEST_LINE, SAMPLE, Unreadable
from feeds.tables import SAMPLES, Row, headings, joined, rows_of
from feeds.values import FIELDS, Reading, build_mention, network
from warroom.domain.mention import SIDES, Mention, Polarity, Segment
from warroom.domain.sentence import Sentence, say
from warroom.domain.triage.label import WEIGHTS

NAMES: Mapping[str, tuple[str, ...]] = {
    "polarity": ("polarity", "sentiment", "label", "polaridad", "sentimiento"),
    "segment": ("segment", "segmento"),
    "weight": ("weight", "peso"),
    "judgement": ("judgement",),
}
"""What else a line says, by the names that its key or heading may have; the first that is there counts."""
MOST_KEYS = 60

_POLARITIES: Mapping[str, Polarity] = {
    name: polarity
    for polarity, names in (
        (Polarity.NEG, "neg negative n -1 against negativo negativa contra"),
        (Polarity.NEU, "neu neutral neutro neutra 0 none mixed mixto"),
        (Polarity.POS, "pos positive p 1 +1 for positivo positiva favor"),
    )
    for name in names.split()
}
_SEGMENTS: Mapping[str, Segment] = {
    name: segment
    for segment, names in (
        (Segment.HATE, "hate hostile odio odia hostil"),
        (Segment.DISLIKE, "dislike critic critical disgusto crítico critico"),
        (Segment.NEUTRAL, "neutral neutro none question pregunta"),
        (Segment.LIKE, "like supporter gusto simpatizante"),
        (Segment.LOVE, "love advocate amor defensor"),
    )
    for name in names.split()
}


class Judged(NamedTuple):
    """A mention and what a person said of it; None where nobody did. `text_given` is False for a line that only names
    its mention."""

    mention: Mention
    polarity: Polarity | None
    segment: Segment | None
    weight: float
    text_given: bool


class Lines:
    """The readable lines of a stream, one after the other; what was not readable is counted beside them."""

    def __init__(self, stream: "io.BufferedReader[Any]", how: Reading, *, name: str = "") -> None:
        self._stream, self._how, self._name = stream, how, name
        self._number = 0
        """Of the line that is read, or in which the row begins that is read."""
        self.bad_count = 0
        self.bad: list[Bad] = []
        self.unknown: dict[str, int] = {}
        """Values of the judging columns that say nothing we know, with their number."""
        self.keys: dict[str, None] = {}
        """Names that keys or headings had."""

    def __iter__(self) -> Iterator[Judged]:
        start = self._stream.peek(HEAD)[:HEAD]
        if not start:
            return
        encoding = encoding_of(start)
        kind = format_of(start, encoding, self._name)
        rows = self._objects(encoding) if kind == "jsonl" else self._rows(encoding)
        for values, shown in rows:
            try:
                yield self._judged(values)
            except ValueError:
                self._left_out(say("no text"), shown)

    def _left_out(self, why: Sentence, shown: str) -> None:
        self.bad_count += 1
        if len(self.bad) < SAMPLES:
            self.bad.append(Bad(shown[:SAMPLE], self._number, why))

    def _objects(self, encoding: str) -> Iterator[tuple[dict[str, Any], str]]:
        decode = msgspec.json.Decoder().decode
        for number, line in enumerate(lines_of(self._stream, encoding), 1):
            self._number = number
            shown = line[:SAMPLE].decode("utf-8", "replace").strip()
            if len(line) > LONGEST_LINE:
                self._left_out(say("too long"), shown)
                continue
            if not line.strip():
                continue
            try:
                found = decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                self._left_out(say("no JSON"), shown)
                continue
            if not isinstance(found, dict):
                self._left_out(say("no object"), shown)
                continue
            if len(self.keys) < MOST_KEYS:
                self.keys.update(dict.fromkeys(found))
            values = {key: value for key, value in found.items() if value is not None}
            for field, key in self._how.columns.items():
                if key in found:
                    values[field] = found[key]
            yield values, shown

    def _rows(self, encoding: str) -> Iterator[tuple[dict[str, Any], str]]:
        text = io.TextIOWrapper(self._stream, encoding=encoding, errors="replace", newline="")
        wanted = {field: name for field, name in self._how.columns.items() if field not in NAMES}
        for row in rows_of(text, wanted, placed=self._headings):
            self._number = row.number
            match row:
                case Unreadable(_, why, shown):
                    self._left_out(why, shown)
                case Row(_, columns, cells, shown) if columns["text"] < len(cells):
                    yield joined({field: cells[at] for field, at in columns.items() if at < len(cells)}), shown
                case Row(shown=shown):
                    self._left_out(say("no text"), shown)
                case _:
                    assert_never(row)

    def _headings(self, row: Sequence[str], wanted: Mapping[str, str]) -> dict[str, int] | None:
        """Field → place for a mention's fields and for the judging columns."""
        found = headings(row, wanted)
        if found is None:
            return None
        self.keys.update(dict.fromkeys(cell.strip() for cell in row if cell.strip()))
        lowered = [cell.strip().casefold() for cell in row]
        for field, names in NAMES.items():
            given = self._how.columns.get(field)
            for name in (given.casefold(),) if given else names:
                if name in lowered:
                    found[field] = lowered.index(name)
                    break
        found.setdefault("text", found.get("title", 0))
        return found

    def _judged(self, values: dict[str, Any]) -> Judged:
        mention, text_given = self._mention(values)
        polarity, segment = self._side(values, "polarity"), self._named(values)
        if segment is not None and polarity is None:
            polarity = SIDES[segment]
        return Judged(mention, polarity, segment, _weight(values), text_given)

    def _mention(self, values: dict[str, Any]) -> tuple[Mention, bool]:
        own = {key: value for key, value in values.items() if key in FIELDS and key != "raw"}
        now = self._how.clock()
        if str(own.get("text") or "").strip() or str(own.get("title") or "").strip():
            return build_mention(own, self._how, now), True
        id = str(own.get("native_id") or "").strip()
        if "text" not in own and not id:
            raise ValueError("no text")
        source = network(str(own.get("source") or "")) or self._how.source
        # Two that say nothing are not the same: the line names the one that has no name of its own.
        empty = Mention(
            source=source, native_id=id or f"line {self._number}", text="", received_at=now, feed=self._how.feed
        )
        return empty, "text" in own

    def _side(self, values: Mapping[str, Any], field: str) -> Polarity | None:
        value = _found(values, field)
        if value is None:
            return None
        known = _POLARITIES.get(value)
        if known is None and (segment := _SEGMENTS.get(value)) is not None:
            known = SIDES[segment]
        if known is None:
            self._not_known(value)
        return known

    def _named(self, values: Mapping[str, Any]) -> Segment | None:
        value = _found(values, "segment")
        if value is None:
            return None
        known = _SEGMENTS.get(value)
        if known is None:
            self._not_known(value)
        return known

    def _not_known(self, value: str) -> None:
        if value in self.unknown or len(self.unknown) < SAMPLES:
            self.unknown[value] = self.unknown.get(value, 0) + 1


def _found(values: Mapping[str, Any], field: str) -> str | None:
    """The value of a judging column in lower case; None where the line has none."""
    for name in NAMES[field]:
        value = values.get(name)
        if value is not None and (text := str(value).strip().casefold()):
            return text.removesuffix(".0")[:SAMPLE]
    return None


def _weight(values: Mapping[str, Any]) -> float:
    """What the label counts: as it says, or by how it came about, else in full."""
    try:
        weight = float(str(_found(values, "weight")))
    except ValueError:
        return next((worth for name, worth in WEIGHTS.items() if name == _found(values, "judgement")), 1.0)
    return weight if 0 <= weight <= 1 else 1.0

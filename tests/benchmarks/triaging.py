"""What triage costs and how well its rules do: reading, learning, near-copies, alarms (triage design, section 8).

Texts and counts are made from a seed, so every run measures the same. They say what a rule does on made texts; how
well real posts are read, `warroom evaluate` says on real posts.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from math import exp, pi, sin
from pathlib import Path
from random import Random
from statistics import median

from tests.benchmarks.table import Row, p
from warroom.domain.mention import POLARITIES
from warroom.domain.triage.alarm import Alarm
from warroom.domain.triage.clusters import Clusters
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_empty, load_lexicon

COMMON = sorted(load_empty())
"""Words that every text is full of, in both languages."""
RARE = sorted(word for word in load_lexicon().values if word.isalpha() and len(word) > 2)
NAMES = ["Nordavena", "lot 4471", "#Nordavena", "el lote 4471", "oat drink"]


def texts(n: int, chance: Random) -> list[str]:
    """Texts of 7 to 28 words: half of them common ones, and in most what the crisis is about."""
    found: list[str] = []
    for _ in range(n):
        words = [
            chance.choice(COMMON) if chance.random() < 0.5 else chance.choice(RARE)
            for _ in range(chance.randint(7, 28))
        ]
        for name in chance.sample(NAMES, chance.randint(0, 2)):
            words.insert(chance.randrange(len(words)), name)
        found.append(" ".join(words))
    return found


EDITS: dict[str, Callable[[str, Random], str]] = {
    "passed on": lambda text, chance: (
        f"RT @nora{chance.randrange(99)}: {text} https://a.example/{chance.randrange(999)}"
    ),
    "other capitals": lambda text, chance: chance.choice([text.upper(), text.capitalize() + "!!!", f"{text} 😡😡"]),
    "a word changed": lambda text, chance: _at_word(text, chance, lambda word: chance.choice(RARE)),
    "two words changed": lambda text, chance: EDITS["a word changed"](EDITS["a word changed"](text, chance), chance),
    "a word left out": lambda text, chance: _at_word(text, chance, lambda word: ""),
    "a word added": lambda text, chance: _at_word(text, chance, lambda word: f"{word} {chance.choice(RARE)}"),
    "mistyped": lambda text, chance: _at_word(text, chance, lambda word: word[1:2] + word[:1] + word[2:]),
    "cut short": lambda text, chance: text[: int(len(text) * chance.uniform(0.6, 0.9))],
    "with a comment": lambda text, chance: f"{' '.join(chance.choices(RARE, k=chance.randrange(1, 7)))}: {text}",
    "with hashtags": lambda text, chance: f"{text} #{chance.choice(RARE)} #Nordavena",
}


def _at_word(text: str, chance: Random, change: Callable[[str], str]) -> str:
    words = text.split()
    at = chance.randrange(len(words))
    words[at] = change(words[at])
    return " ".join(words)


def copies(n: int, folder: Path) -> list[Row]:
    """Near-copies: those that are missed, those that are none, and what 50,000 texts take."""
    full = _memory_of(CLUSTERS_FULL)
    chance = Random(4471)
    said = texts(5_000, chance)
    clusters = Clusters()
    groups = [clusters.add(str(i), text) for i, text in enumerate(said)]
    merged = sum(group != str(i) for i, group in enumerate(groups))
    found: dict[str, list[bool]] = {edit: [] for edit in EDITS}
    for i in range(n):
        edit = list(EDITS)[i % len(EDITS)]
        of = chance.randrange(len(said))
        found[edit].append(clusters.add(f"copy {i}", EDITS[edit](said[of], chance)) == groups[of])
    hits = [hit for all_ in found.values() for hit in all_]
    recall = sum(hits) / len(hits)
    worst = min(found, key=lambda edit: sum(found[edit]) / len(found[edit]))
    note = f"{worst}: {sum(found[worst]) / len(found[worst]):.3f}"
    return [
        Row("edited copies that are missed", f"{1 - recall:.4f}", "limit 0.03", (1 - recall) / 0.03, 1.0, note),
        Row("texts of 5,000 taken for copies", str(merged), "limit 0", float(merged), 0.0),
        Row("memory of near-copies, 50,000 texts kept", f"{full:.0f} MB", "–", None, None),
    ]


CLUSTERS_FULL = """
from random import Random
from warroom.domain.triage.clusters import Clusters
chance = Random(1)
words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randrange(2, 10))) for _ in range(5_000)]
made = Clusters()
before = peak()
for i in range(60_000):
    made.add(str(i), " ".join(chance.choices(words, k=20)), i)
"""
LEARNT = """
from random import Random
from tests.benchmarks.triaging import taught
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
made = Triage(load_lexicon())
made.read("warm")
before = peak()
taught(made, 1_000)
"""


def _memory_of(work: str) -> float:
    """MB that a piece of work adds to the peak of a process of its own, as Linux tells it: the peak that `resource`
    tells begins with that of the process it was made from."""
    code = (
        "from pathlib import Path\ndef peak():\n"
        "    told = Path('/proc/self/status').read_text().split('VmHWM:')[1]\n    return int(told.split()[0]) / 1024\n"
        f"{work}\nprint(peak() - before)"
    )
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def taught(triage: Triage, n: int) -> list[float]:
    """Teach labels of no meaning; the seconds that each took."""
    chance = Random(1)
    said = texts(n, chance)
    seconds: list[float] = []
    for text in said:
        start = time.perf_counter()
        triage.learn(text, chance.choice(POLARITIES))
        seconds.append(time.perf_counter() - start)
    return seconds


def learning(n: int, folder: Path) -> list[Row]:
    """A mention end to end once a thousand labels are learnt, and what a label costs."""
    grown = _memory_of(LEARNT)
    triage = Triage(load_lexicon())
    seconds = taught(triage, 1_000)
    one, all_ = median(seconds) * 1000, sum(seconds)
    said = texts(5_000, Random(2))
    times: list[float] = []
    for i in range(min(n, 5_000)):
        start = time.perf_counter()
        triage.read(said[i])
        triage.cluster(str(i), said[i])
        times.append(time.perf_counter() - start)
    start_code = "from warroom.services.lexicon import load_lexicon\nfrom warroom.domain.triage.triage import Triage\n"
    timed = f"import time\nbegun = time.perf_counter()\n{start_code}Triage(load_lexicon()).read('warm')\n"
    begun = [
        float(
            subprocess.run(
                [sys.executable, "-c", f"{timed}print(time.perf_counter() - begun)"],
                check=True,
                capture_output=True,
                text=True,
            ).stdout
        )
        for _ in range(5)
    ]
    return [
        Row(
            "a mention read and grouped, 1,000 labels, p50",
            f"{p(50, times):.3f} ms",
            "limit 0.5 ms",
            p(50, times) / 0.5,
            1.0,
        ),
        Row("the same, p95", f"{p(95, times):.3f} ms", "limit 1 ms", p(95, times), 1.0),
        Row("one label learnt with its 8 old ones, p50", f"{one:.2f} ms", "limit 2 ms", one / 2, 1.0),
        Row("1,000 labels learnt again (undo)", f"{all_:.2f} s", "–", None, None),
        Row("triage begins", f"{median(begun) * 1000:.0f} ms", "limit 150 ms", median(begun) / 0.15, 1.0),
        Row("memory after 1,000 labels", f"+{grown:.0f} MB", "limit 50 MB", grown / 50, 1.0),
    ]


# --- alarms --------------------------------------------------------------------------------------------


def alarms(n: int, folder: Path) -> list[Row]:
    """Red alarms of ordinary days, and how long a fivefold jump takes to be one. `n` is days of each kind."""
    rows: list[Row] = []
    for kind, spread in (("by chance", 0.0), ("spread as by gamma(2)", 0.5)):
        reds = days = 0
        for rate in (0.2, 1.0, 5.0):
            chance = Random(4471)
            alarm = Alarm(bin_minutes=1)
            was = "calm"
            for minute in range((n + 1) * 1_440):
                count = _count(chance, rate * _day(minute), spread)
                level = alarm.update(minute, count, count // 3).level
                reds += level == "red" != was
                was = level
            days += n
        rows.append(Row(f"red alarms a day, {kind}", f"{reds / days:.3f}", "limit 0.1", reds / days / 0.1, 1.0))
    for rate, limit in ((0.2, 30), (1.0, 10), (5.0, 5)):
        delay = median(_delays(rate, 15))
        rows.append(
            Row(
                f"a jump from {rate:g} to {rate * 5:g} a minute",
                f"{delay:.0f} min",
                f"limit {limit} min",
                delay / limit,
                1.0,
            )
        )
    return [*rows, *_new_sources(n)]


def _new_sources(n: int) -> Iterator[Row]:
    """The same of sources that are added to a room of three days, at every third hour of a day: red alarms in their
    first day, and the delay after two hours. `n` days of each kind at least."""
    others = _lived(_day)
    for kind, shape, known, spread in (
        ("by chance", _day, True, 0.0),
        ("spread as by gamma(2)", _day, True, 0.5),
        ("six hours behind the others", lambda minute: _day(minute - 360), True, 0.5),
        ("where nobody's day is known", _day, False, 0.5),
    ):
        reds = days = 0
        for rate in (0.2, 1.0, 5.0):
            for begin in range(0, max(8, n) * 180, 180):
                chance = Random(begin)
                alarm = others.beside() if known else Alarm().beside()
                first, was = 3 * 1_440 + begin, "calm"
                for minute in range(first, first + 1_440):
                    count = _count(chance, rate * shape(minute), spread)
                    level = alarm.update(minute, count, count // 3).level
                    reds += level == "red" != was
                    was = level
                days += 1
        told = f"red alarms of a new source in its first day, {kind}"
        yield Row(told, f"{reds / days:.3f}", "limit 0.1", reds / days / 0.1, 1.0)
    flat = _lived(lambda minute: 1.0)
    for rate, limit in ((0.2, 30), (1.0, 10), (5.0, 5)):
        delay = median(_delays(rate, 15, flat, 120))
        told = f"a jump from {rate:g} to {rate * 5:g} a minute, two hours after the source is new"
        yield Row(told, f"{delay:.0f} min", f"limit {limit} min", delay / limit, 1.0)


def _lived(shape: Callable[[int], float]) -> Alarm:
    """The alarm of those that were there before, after three days."""
    chance, alarm = Random(7), Alarm(bin_minutes=1)
    for minute in range(3 * 1_440):
        count = _count(chance, 3 * shape(minute), 0.0)
        alarm.update(minute, count, count // 3)
    return alarm


def _delays(rate: float, runs: int, beside: Alarm | None = None, flat: int = 3 * 1_440) -> Iterator[int]:
    """Minutes until a jump is red, after so many flat minutes."""
    for seed in range(runs):
        chance = Random(seed)
        alarm = Alarm(bin_minutes=1) if beside is None else beside.beside()
        for minute in range(flat):
            alarm.update(minute, _count(chance, rate, 0.0))
        for minute in range(flat, flat + 1_440):
            if alarm.update(minute, _count(chance, rate * 5, 0.0)).level == "red":
                yield minute - flat + 1
                break


def _day(minute: int) -> float:
    """The shape of a day: 0.3 at its quietest, 1.7 at its busiest."""
    return 1 + 0.7 * sin((minute / 60 - 9) / 24 * 2 * pi)


def _count(chance: Random, rate: float, spread: float) -> int:
    """A count by chance (Poisson); with a spread, the rate of each minute is itself one by chance (gamma)."""
    if spread:
        rate *= chance.gammavariate(1 / spread, spread)
    floor, left, n = exp(-min(rate, 700.0)), chance.random(), 0
    while left > floor:
        left *= chance.random()
        n += 1
    return n

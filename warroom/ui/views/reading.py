"""How a mention was read and why, and what was learnt so far: values to parts. Pure but for the scene it looks at."""

from warroom.domain.mention import SEGMENT_NAMES, Kept, Reading
from warroom.domain.sentence import Share
from warroom.domain.text import one_line
from warroom.services.sorting import author_of
from warroom.services.words import Words
from warroom.ui.line import Part
from warroom.ui.present import SEGMENT_MARKS, UNSURE
from warroom.ui.scene import Scene

HITS = 8
"""Words that explain a reading at most."""


def reading_parts(scene: Scene, kept: Kept) -> list[Part]:
    """What a person said of a mention, how its text is read with the words that decided, where its author stands."""
    words, sorting, board = scene.words, scene.sorting, scene.board
    reading, given = sorting.reading(kept), sorting.given(kept, board)
    parts: list[Part] = []
    if given is not None:
        name = SEGMENT_NAMES[given.segment]
        told = words.t("{who} said at {time}:", who=one_line(given.by), time=words.clock(given.at))
        mark = f"{SEGMENT_MARKS[given.segment]} {words.say(name)}"
        parts += [Part(f"{told} "), Part(mark, f"bold ${given.segment.value}")]
        if given.key != kept.mention.key:
            parts.append(Part(" " + words.t("(of a copy)"), "$muted"))
        parts.append(Part("\n"))
    parts += [*_read(reading, words), Part("\n")]
    if reading.unsure:
        parts.append(Part(f"{UNSURE} {words.t('Unsure: another reading is almost as likely.')}\n", "$warning"))
    parts += _because(reading, words)
    return [*parts, *_author(scene, kept)]


def _read(reading: Reading, words: Words) -> list[Part]:
    """`Read as: − dislike   against 71 %  neither 20 %  for 9 %`"""
    against, neither, in_favour = reading.probabilities
    likely = words.t(
        "against {neg} · neither {neu} · in favour {pos}", neg=Share(against), neu=Share(neither), pos=Share(in_favour)
    )
    mark = f"{SEGMENT_MARKS[reading.segment]} {words.say(SEGMENT_NAMES[reading.segment])}"
    return [
        Part(words.t("Read as:") + " ", hangs=True),
        Part(mark, f"bold ${reading.segment.value}"),
        Part(f"   {likely}", "$muted"),
    ]


def _because(reading: Reading, words: Words) -> list[Part]:
    """The words that decided, the strongest first, each with its value."""
    hits = sorted(reading.hits, key=lambda hit: -abs(hit[1]))[:HITS]
    if not hits:
        return [Part(words.t("No word of the lists stands in it.") + "\n", "$muted")]
    told = " · ".join(f"{one_line(word)} {_signed(value, words)}" for word, value in hits)
    return [Part(words.t("Because of:") + " ", "$muted", hangs=True), Part(f"{told}\n")]


def _signed(value: float, words: Words) -> str:
    return f"{'−' if value < 0 else '+'}{words.decimal(abs(value), 1)}"


def _author(scene: Scene, kept: Kept) -> list[Part]:
    words, author = scene.words, author_of(kept.mention)
    pinned = scene.board.labels.pins().get(author)
    stands = pinned or scene.sorting.authors.segment(author)
    if not author or stands is None:
        return []
    told = words.t("Its author counts as:") + " "
    parts = [Part(told), Part(words.say(SEGMENT_NAMES[stands]), f"bold ${stands.value}")]
    if pinned is not None:
        parts.append(Part(" " + words.t("(pinned)"), "$muted"))
    return [*parts, Part("\n")]


def learnt_line(scene: Scene) -> str:
    """`Learnt 37 · agreement 81 % (last 50)`, or that nothing is learnt."""
    words, triage = scene.words, scene.learning.triage
    if not scene.learning.is_on:
        return words.t("Learning is off: texts are read by the word lists alone")
    learnt, agreement = triage.learner.learnt, triage.agreement
    if not learnt or agreement.share is None:
        return words.t("Nothing learnt yet: + and − in the feed correct a reading")
    return words.t(
        "Learnt {n} · agreement {share} (last {of})", n=learnt, share=Share(agreement.share), of=agreement.of
    )

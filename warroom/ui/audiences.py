"""The four audiences as parts: who hates, dislikes, likes, loves; how many wait for an answer. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from warroom.domain.mention import SEGMENT_NAMES, Segment
from warroom.domain.silence import by_audience, by_network
from warroom.domain.text import one_line
from warroom.ui.line import Part, whole, width_of
from warroom.ui.present import SEGMENT_MARKS, ago
from warroom.ui.scene import Scene

FOUR = (Segment.HATE, Segment.DISLIKE, Segment.LIKE, Segment.LOVE)
TRENDS = {1: ("▲", "$error"), 0: ("─", "$muted"), -1: ("▼", "$muted")}


def meter(share: float, width: int, style: str) -> list[Part]:
    """A share from 0 to 1 as a heavy and a light line."""
    heavy = round(min(max(share, 0.0), 1.0) * width)
    return [Part("━" * heavy, style), Part("╌" * (width - heavy), "$lines")]


def audience_rows(scene: Scene, width: int, *, full: bool) -> list[list[Part]]:
    """One row per audience. `full` adds the share and the time of the last answer."""
    board, words = scene.board, scene.words
    t = words.t
    # Authors and not posts: one who writes a hundred times is one.
    authors = scene.sorting.authors.board
    totals = {segment: authors[segment] for segment in FOUR}
    everybody = sum(totals.values()) or 1
    most = max([*totals.values(), 1])
    counted = "$muted" if scene.stale_since is not None else "bold"
    rows: list[list[Part]] = []
    for segment in FOUR:
        total = totals[segment]
        ink = f"${segment.value}"
        waiting = max(0, board.pulse.of(segment) - board.desk.handled(segment))
        glyph, trend = TRENDS[board.pulse.trend(scene.minute, segment)]
        name = f"{SEGMENT_MARKS[segment]:<2} {words.say(SEGMENT_NAMES[segment])}"
        left = [Part(f"{name:<12}", f"bold {ink}"), Part(f"{words.number(total):>6}", counted)]
        right = [
            Part(f" {glyph}", "$muted" if scene.stale_since else trend),
            Part(f"{words.number(waiting):>6}", "bold"),
        ]
        if full:
            left.append(Part(f" {words.percent(total / everybody):>5} "))
            last = board.desk.last_answer(segment)
            told = ago(scene.now, last, words) if last is not None else t("never")
            right += [Part(f" {t('unanswered')}  "), Part(t("last answer") + " ", "$muted"), Part(f"{told:>8}", "bold")]
        else:
            left.append(Part(" "))
            forms = [words.tn("open", "open", n) for n in (1, 2, waiting)]
            right.append(Part(f" {forms[-1]:<{max(map(len, forms))}}", "$muted"))
        room = max(4, width - sum(part.width for part in [*left, *right]))
        rows.append([*left, *meter(total / most, room, ink), *right])
    return rows


def silence_rows(scene: Scene, width: int) -> list[list[Part]]:
    """How long each network and each audience has heard nothing from us: as many as fit, the longest silence first.

    Longer than the plan's rhythm it is a warning; never is worse than long.
    """
    incident, words = scene.incident, scene.words
    if incident is None:
        return []
    limit = timedelta(minutes=incident.plan.cadence)

    def told(name: str, last: datetime | None) -> list[Part]:
        if last is None:
            return [Part("  "), Part(f"{name} ", "$muted"), Part(words.t("never"), "bold $warning")]
        style = "bold $warning" if scene.now - last > limit else "bold"
        return [Part("  "), Part(f"{name} ", "$muted"), Part(ago(scene.now, last, words), style)]

    def row(title: str, cells: Sequence[Sequence[Part]]) -> list[Part]:
        head = [Part(title, "$muted")]
        return [*head, *whole(cells, width - width_of(head))]

    networks = [told(one_line(one.network), one.last_at) for one in by_network(incident, scene.desk.settings.networks)]
    audiences = [
        told(words.say(SEGMENT_NAMES[one.audience]), one.last_at) for one in by_audience(scene.board, incident)
    ]
    return [row(words.t("Last word on"), networks), row(words.t("Last word to"), audiences)]

"""The four audiences as parts: who hates, dislikes, likes, loves; how many wait for an answer. Pure."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from warroom.domain.mention import SEGMENT_NAMES, Segment
from warroom.domain.networks import network_name
from warroom.domain.silence import by_audience, by_network
from warroom.services.words import Words
from warroom.ui.line import Part, whole, width_of
from warroom.ui.present import SEGMENT_MARKS, ago
from warroom.ui.scene import Scene

FOUR = (Segment.HATE, Segment.DISLIKE, Segment.LIKE, Segment.LOVE)
TRENDS = {1: ("▲", "$error"), 0: ("─", "$muted"), -1: ("▼", "$muted")}


def meter(share: float, width: int, style: str) -> list[Part]:
    """A share from 0 to 1 as a heavy and a light line."""
    heavy = round(min(max(share, 0.0), 1.0) * width)
    return [Part("━" * heavy, style), Part("╌" * (width - heavy), "$lines")]


def counted(scene: Scene) -> int:
    """The authors whom the rows of the four audiences count."""
    authors = scene.sorting.authors.board
    return sum(authors[segment] for segment in FOUR)


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

    def told(names: Sequence[Part], last: datetime | None) -> list[Part]:
        late = last is None or scene.now - last > limit
        since = words.t("never") if last is None else ago(scene.now, last, words)
        return [Part("  "), *names, Part(f" {since}", "bold $warning" if late else "bold")]

    def row(title: str, cells: Sequence[Sequence[Part]]) -> list[Part]:
        """Where some have no room, it says so."""
        head = [Part(title, "$muted")]
        room = width - width_of(head)
        shown = whole(cells, room)
        if width_of(shown) < sum(map(width_of, cells)):
            shown = [*whole(cells, room - 2), Part(" …", "$muted")]
        return [*head, *shown]

    networks = [
        told([Part(words.value(network_name(one.network)), "$muted")], one.last_at)
        for one in by_network(incident, scene.desk.settings.networks)
    ]
    audiences = [told(_named(one.audience, words), one.last_at) for one in by_audience(scene.board, incident)]
    return [row(words.t("Last word on"), networks), row(words.t("Last word to"), audiences)]


def _named(audience: Segment, words: Words) -> list[Part]:
    """An audience by its sign and its word."""
    return [
        Part(f"{SEGMENT_MARKS[audience]} ", f"bold ${audience.value}"),
        Part(words.say(SEGMENT_NAMES[audience]), "$muted"),
    ]

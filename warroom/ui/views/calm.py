"""Calm: nothing is open. Who listens, what comes in, and what can be done; as parts. Pure."""

from datetime import timedelta
from textwrap import wrap

from warroom.domain.humanity import Gauge
from warroom.domain.sentence import say_n
from warroom.domain.text import one_line
from warroom.services.words import Words
from warroom.ui.line import Part
from warroom.ui.scene import Practice, Scene


def humanity_parts(gauge: Gauge, words: Words) -> list[Part]:
    """What the gauge says: be a person, not a shop (advice, step 2)."""
    if not gauge.says:
        told = words.tn(
            "{n} post of ours in 30 days: not enough posts to say whether we talk of more than selling.",
            "{n} posts of ours in 30 days: not enough posts to say whether we talk of more than selling.",
            gauge.posts,
        )
        return [Part("· ", "$muted", hangs=True), Part(told, "$muted")]
    told = words.t(
        "{share} of our {n} posts in 30 days talk of more than selling; the plan asks for {floor}.",
        share=words.percent(gauge.share),
        n=gauge.posts,
        floor=words.percent(gauge.floor / 100),
    )
    return [
        Part("✓ ", "$success", hangs=True) if gauge.met else Part("! ", "bold $warning", hangs=True),
        Part(told, "" if gauge.met else "bold"),
    ]


BRIEF = 72
"""Cells of a line of the brief: what an eye still finds its way back from."""


def practice_lines(practice: Practice, scene: Scene) -> list[list[Part]]:
    """A drill before anything is declared: what it is, and how long it goes on."""
    t = scene.words.t
    lines = [[Part(practice.title, "bold")], []]
    lines += [[Part(line)] for line in wrap(practice.brief, BRIEF)]
    left = scene.words.span(max(practice.ends - scene.now, timedelta(0)))
    told = t(
        "Nothing here is real. Time left on this clock: {time}. {key} ends the drill with its report.",
        time=left,
        key=scene.key("console.quit"),
    )
    return [*lines, [], *([Part(line, "$accent")] for line in wrap(told, BRIEF))]


def hearing_lines(scene: Scene) -> list[list[Part]]:
    """Who listens and what comes in. What is not heard is not called calm."""
    words, t = scene.words, scene.words.t
    none = Part(t("No open crisis.") + " ", "bold")
    if scene.unstored_since is not None:
        told = t("Nothing is stored since {time}.", time=words.clock(scene.unstored_since))
        return [[none], [Part(told, "bold $error")]]
    if not scene.health:
        drill = scene.key("console.drill")
        return [
            [none, Part(t("Nothing is listened to yet."), "bold")],
            [Part(t("“{key}” tries it with a fictional crisis; Ctrl+P → Add a source.", key=drill), "$muted")],
        ]
    if scene.stale_since is not None:
        told = t("Nothing is heard since {time}.", time=words.clock(scene.stale_since))
        return [[none], [Part(told, "bold $error")]]
    sources = [none, Part(_sources(scene))]
    if all(health.state == "starting" for health in scene.health):
        return [sources, [Part(t("Connecting…"), "$muted")]]
    n = round(scene.board.pulse.rate(scene.minute), 1)
    rate = words.say(say_n("{rate} mention a minute", "{rate} mentions a minute", 1 if n == 1 else 2, rate=n))
    new = [[Part(f"{one_line(feed)}: {words.say(told)}.", "$warning")] for feed, told in scene.newcomers.items()]
    return [sources, [Part(f"{rate}, {_usual(scene, n)}.", "$muted")], *new]


def _sources(scene: Scene) -> str:
    words = scene.words
    if scene.elsewhere:
        return words.t("Another console of this room listens.")
    n, lost = len(scene.health), len(scene.lost)
    if lost:
        return words.tn("Listening to {n} of {all} sources.", "Listening to {n} of {all} sources.", n - lost, all=n)
    return words.tn("Listening to {n} source.", "Listening to {n} sources.", n)


def _usual(scene: Scene, rate: float) -> str:
    """How usual so many mentions a minute are."""
    t, line = scene.words.t, scene.alert_line
    if scene.spike is not None and line is not None and rate < line:
        return t("more than usual until a moment ago")
    above = line is not None and rate >= line  # the alarm may need a moment more than the number beside these words
    if scene.spike is not None or above or (scene.alarm is not None and scene.alarm.level != "calm"):
        return t("more than usual")
    if scene.alarm is None or scene.alarm.learning:
        return t("learning what is usual")
    return t("as usual in what is heard") if scene.lost else t("as usual")


def key_lines(scene: Scene) -> list[list[Part]]:
    """What can be done now."""
    t = scene.words.t
    keys = [
        (scene.key("console.declare"), t("Declare a crisis"), "screen.declare"),
        (scene.key("view.feed"), t("Read the feed"), "screen.view('feed')"),
        *_drill(scene),
        (scene.key("console.open"), t("Open or replay a past crisis"), "screen.open"),
        (scene.key("console.note"), t("Write a note"), "screen.note"),
        ("Ctrl+P", t("Everything else"), "app.command_palette"),
        (scene.key("console.help"), t("Keys"), "screen.help"),
    ]
    width = max(len(name) for _, name, _ in keys)
    return [
        [Part(f"{key:>8}  ", "bold $warning", action), Part(f"{name:<{width}}", "", action)]
        for key, name, action in keys
    ]


def _drill(scene: Scene) -> list[tuple[str, str, str]]:
    if scene.drill_takes is None:
        return []
    told = scene.words.t("Start a drill ({time})", time=scene.drill_takes)
    return [(scene.key("console.drill"), told, "screen.drill")]

"""The desk's own lines: which version it is, how long for each network, and how it stands with those who approve it.
Pure: values into parts."""

from collections.abc import Sequence
from datetime import timedelta

from warroom.domain.approval import Asked, Standing, is_awaited, role_name, standing, still_missing
from warroom.domain.incident import Incident
from warroom.domain.names import PURPOSES
from warroom.domain.networks import Length, network_name, network_names
from warroom.domain.sentence import say
from warroom.domain.statement import Approval, Statement
from warroom.domain.text import one_line
from warroom.services.draft import Draft
from warroom.services.words import Words
from warroom.ui.line import Part, spread, width_of
from warroom.ui.scene import Scene


def name_of(incident: Incident, initials: str) -> str:
    """The name of somebody of the team, else what they signed with."""
    person = incident.person(initials)
    return one_line(person.name if person is not None else initials)


def names_of(incident: Incident, initials: Sequence[str]) -> str:
    """The names of several of the team."""
    return ", ".join(name_of(incident, one) for one in initials)


def version_line(scene: Scene, incident: Incident, draft: Draft, state: str, width: int) -> list[Part]:
    """Which version, its state, and the voice to write in; a click opens what goes with the text. `state` is what the
    editor knows: "typed", "unsaved"."""
    words = scene.words
    t = words.t
    statement = incident.statements.get(draft.statement or "")
    name = words.say(PURPOSES[draft.purpose])
    if statement is None:
        left = [Part(" " + t("New: {kind}", kind=name), "bold"), Part(f"  {t('not saved yet')}", "$muted")]
    else:
        # Where there are several, banner, table and log call each by its number.
        which = f"{statement.id} " if len(incident.statements) > 1 else ""
        left = [Part(f" {which}v{statement.head.number} ", "bold"), Part(f"{name} · ", "$muted")]
        left += _state(scene, incident, statement, state)
    if state == "unsaved":
        left = [*left[:2], Part("! " + t("not saved"), "bold $error")]
    tone = one_line(scene.desk.settings.voice.tone)
    voice, value = (t("voice:"), tone) if tone else (t("spoken by:"), _speaker(words, incident, draft))
    right = [Part(f"  {voice} ", "$muted"), Part(f"{value} ", "$accent")]
    if width_of([*left, *right]) > width:
        right = [] if tone else [Part(f"  {one_line(draft.spokesperson)} ", "$accent")]
    if width_of([*left, *right]) > width:  # rather nobody than half of their initials
        right = []
    action = "" if scene.read_only else "screen.perform('desk.settings')"
    return [part._replace(action=action) for part in spread(left, right, width)]


def _speaker(words: Words, incident: Incident, draft: Draft) -> str:
    return name_of(incident, draft.spokesperson) or words.t("nobody named")


def _state(scene: Scene, incident: Incident, statement: Statement, state: str) -> list[Part]:
    words = scene.words
    t = words.t
    if statement.rivals:
        return [Part("✕ " + t("two texts at once"), "bold $error")]
    if state == "typed":
        return [Part(t("typing…"), "$muted")]
    if statement.is_published:
        return [Part(t("published"), "$muted")]
    stands = standing(incident, statement, scene.now)
    if stands.awaits:
        return [Part(t("waiting for approval"), "$muted")]
    if statement.approval is not None:
        return [Part(t("approved by {who}", who=name_of(incident, statement.approval.by)), "$muted")]
    return [Part(t("saved {time}", time=words.clock_s(statement.head.at)), "$muted")]


def lengths_line(words: Words, text: str, lengths: Sequence[tuple[str, Length]], width: int) -> list[Part]:
    """Characters, and how the text fits each network: those it does not fit come first."""
    n = len(text)
    parts = [Part(f" {words.number(n)}", "bold"), Part(f" {words.tn('character', 'characters', n)}  ", "$muted")]
    for network, measure in lengths:
        name = words.value(network_name(network))
        if not measure.fits:
            fit = Part("✕ ", "bold $error")
        elif measure.parts > 1:
            fit = Part(f"{measure.parts}× ", "$warning")
        else:
            fit = Part("✓ ", "$success")
        if width_of(parts) + len(name) + fit.width + 2 > width:
            break
        parts += [Part(f" {name} ", "bold"), fit]
    return parts


# --- approval ------------------------------------------------------------------------------------------


def approval_lines(scene: Scene, incident: Incident, statement: Statement | None) -> list[Part]:
    """Who was asked, who said yes to which text, who may in their place, what voids it; then the next act."""
    words = scene.words
    t = words.t
    parts = [Part(t("Approval") + "\n", "bold $primary")]
    stands = standing(incident, statement, scene.now) if statement is not None else None
    if statement is None or stands is None:
        parts.append(Part(t("Nothing to approve yet.") + "\n", "$muted"))
        return [*parts, *_objectives(scene, incident)]
    # What comes next stands first: on a low screen the last lines are out of sight.
    if not scene.read_only:
        parts += [*_objectives(scene, incident), *_next(scene, incident, statement, stands)]
    if statement.rivals:
        authors = dict.fromkeys(author for text in (statement.head, *statement.rivals) for author in text.authors)
        who = names_of(incident, [one for one in authors if one != scene.actor or len(authors) == 1])
        told = t(
            "{who} edited the same text: {key} brings the two together. Until then nothing goes out.",
            who=who,
            key=scene.key("desk.merge"),
        )
        parts += [Part("✕ ", "bold $error", hangs=True), Part(told + "\n")]
    out = _out(scene, incident, statement)
    if statement.is_published:
        parts += out
    if statement.head.co_authors:
        parts += [Part(f"{t('Written by')} ", "$muted"), Part(names_of(incident, statement.head.authors) + "\n")]
    parts += standing_lines(scene, incident, statement, stands)
    for voided in statement.all_voided:
        told = t("approved v{old}; v{new} voids it", old=voided.revision, new=statement.head.number)
        parts += [Part("✕ ", "bold $error", hangs=True), Part(name_of(incident, voided.by), "bold"), Part(f" {told}\n")]
    for back in statement.sent_back[-1:]:
        told = t("v{n} sent back: {reason}", n=back.revision, reason=one_line(back.reason))
        parts += [Part("! ", "bold $warning", hangs=True), Part(f"{told}\n")]
    if not statement.is_published:
        parts += out
    return parts


def _out(scene: Scene, incident: Incident, statement: Statement) -> list[Part]:
    """When it was published and where; which of its links is missing, with the key that adds it."""
    words, t, parts = scene.words, scene.words.t, list[Part]()
    for out in statement.publications[-1:]:
        places = words.value(network_names([place.network for place in out.places]))
        told = t("published {time} on {places}", time=words.clock(out.published_at), places=places)
        parts += [Part("¶ ", "bold $primary", hangs=True), Part(told + "\n")]
    # This text's first; each other one below its number.
    known = sorted(incident.statements.values(), key=lambda one: one is not statement)
    lacking = [
        ("" if one is statement else f"{one.id} ") + words.value(network_names(one.links_missing))
        for one in known
        if one.links_missing
    ]
    if lacking:
        missing = t("link missing: {networks}", networks="; ".join(lacking))
        parts += [Part("! ", "bold $warning", hangs=True), Part(f"{missing}\n")]
        parts += _way(scene, "desk.links", t("Copy, links"))
    return parts


def standing_lines(scene: Scene, incident: Incident, statement: Statement, stands: Standing) -> list[Part]:
    """One line for each approval that the text needs."""
    parts: list[Part] = []
    if stands.emergency is not None:
        who = name_of(incident, stands.emergency.by)
        told = scene.words.t("past a silent approver: {why}", why=one_line(stands.emergency.emergency))
        parts += [Part("! ", "bold $warning", hangs=True), Part(who, "bold"), Part(f" {told}\n")]
    for asked in stands.asked:
        if asked.given is not None:
            parts += _given(scene, incident, asked, asked.given)
        elif stands.emergency is None and not statement.is_published:
            parts += _asked(scene, incident, asked, is_sent=stands.is_sent)
    return parts


def _role(words: Words, incident: Incident, asked: Asked) -> str:
    return one_line(words.say(say("{text}", text=role_name(incident, asked.role))))


def _given(scene: Scene, incident: Incident, asked: Asked, given: Approval) -> list[Part]:
    """Who approved, when, and how: in somebody's place, or their own text."""
    words = scene.words
    t = words.t
    how = [t("approved v{n} {time}", n=given.revision, time=given.at)]
    if given.solo:
        how.append(t("self-approved: {why}", why=one_line(given.solo)))
    elif asked.stood_in:
        how.append(in_whose_place(scene.words, incident, asked))
    who = name_of(incident, given.by)
    name = f"{_role(words, incident, asked)}: {who}" if asked.role else who
    return [Part("✓ ", "$success", hangs=True), Part(name, "bold"), Part(f" {' · '.join(how)}\n")]


def in_whose_place(words: Words, incident: Incident, asked: Asked) -> str:
    """For whom somebody approved who does not hold the role."""
    if not asked.in_place_of:
        return words.t("nobody holds the role")
    return words.t("in the place of {who}", who=name_of(incident, asked.in_place_of))


def _asked(scene: Scene, incident: Incident, asked: Asked, *, is_sent: bool) -> list[Part]:
    """Who is asked and since when; where they cannot or do not answer, who may approve in their place."""
    words = scene.words
    t = words.t
    holder = name_of(incident, asked.holder)
    name = (
        f"{_role(words, incident, asked)}: {holder or '—'}"
        if asked.role
        else holder or t("somebody else than the author")
    )
    if not is_sent or asked.since is None or asked.absence in ("author", "vacant"):
        told = t("will be asked") if not asked.absence else ""
        sign = Part("○ ", "$muted", hangs=True)
    else:
        since = words.span(max(timedelta(0), scene.now - asked.since))
        told = t("asked {time}, {ago} ago", time=words.clock(asked.since), ago=since)
        sign = Part("● ", "bold $warning", hangs=True)
    why = {
        "": "",
        "author": t("wrote it"),
        "vacant": t("nobody holds it"),
        "away": t("cannot be reached"),
        "silent": t("silent too long"),
    }[asked.absence]
    if why:
        others = ", ".join(name_of(incident, who) for who in asked.stand_ins)
        may = t("{who} may approve in their place", who=others) if others else t("nobody else may approve")
        told = " · ".join(part for part in (told, f"{why}: {may}") if part)
        sign = Part("! ", "bold $warning", hangs=True)
    return [sign, Part(name, "bold"), Part(f" {told}\n")]


def _objectives(scene: Scene, incident: Incident) -> list[Part]:
    if incident.objectives_at is not None:
        return []
    told = scene.words.t(
        "Confirm the objectives first ({plan}, then {key}).",
        plan=scene.key("view.plan"),
        key=scene.key("plan.objectives"),
    )
    return [Part("! ", "bold $warning", hangs=True), Part(f"{told}\n", "", "screen.objectives")]


def _way(scene: Scene, id: str, name: str, *, open: bool = True) -> list[Part]:
    """A key that leads on, with its name; a click on it does the same."""
    action = f"screen.perform('{id}')"
    key = Part(f" {scene.key(id)} ", "bold $warning on $panel" if open else "$muted on $panel", action)
    return [key, Part(" ", hangs=True), Part(f"{name}\n", "" if open else "$muted", action)]


def _next(scene: Scene, incident: Incident, statement: Statement, stands: Standing) -> list[Part]:
    """The key that leads on, and what is still missing."""
    words, t = scene.words, scene.words.t
    if statement.is_published or statement.rivals:
        return []
    if not stands.is_sent and statement.approval is None:
        return _way(scene, "desk.send", t("Send to approve"))
    if stands.is_whole:
        return _way(scene, "desk.publish", t("Publish"))
    if scene.actor not in statement.head.authors and is_awaited(stands, scene.actor):
        # Who is missing knows it; on a low screen every line counts.
        publish = _way(scene, "desk.publish", t("Publish: missing approval"), open=False)
        return [*_way(scene, "desk.approve", t("Approve")), *publish]
    missing = one_line(words.say(say("{text}", text=still_missing(incident, stands))))
    return _way(scene, "desk.publish", t("Publish: missing {who}", who=missing), open=False)

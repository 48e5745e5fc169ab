"""What the log holds of the ledger: facts and rumours, and promises with how they ended."""

from collections.abc import Iterator
from datetime import timedelta

from warroom.domain.incident import Incident
from warroom.domain.names import RISKS, STATUSES
from warroom.services.report.marked import clock_in, escaped, who
from warroom.services.words import Words


def facts(incident: Incident, words: Words) -> Iterator[str]:
    if not incident.facts:
        return
    yield f"## {words.t('Facts')}"
    yield ""
    for fact in incident.facts.values():
        source = f" ({escaped(fact.source)})" if fact.source else ""
        status = words.say(STATUSES[fact.status])
        kind = f"{words.t('rumour')}, {words.say(RISKS[fact.risk])}, " if fact.rumour else ""
        reason = f" — {escaped(fact.reason)}" if fact.reason else ""
        at = clock_in(fact.at, incident, words)
        yield f"- **{fact.id}**, {kind}{status}, {at}: {escaped(fact.text)}{source}{reason}"
        if fact.channel:
            yield f"  - {words.t('Goes round')}: {escaped(fact.channel)}"
        if fact.answer:
            yield f"  - {words.t('We answer')}: {escaped(fact.answer)}"
    yield ""


def promises(incident: Incident, words: Words) -> Iterator[str]:
    if not incident.promises:
        return
    t = words.t
    yield f"## {t('Promises')}"
    yield ""
    for promise in incident.promises.values():
        if promise.is_open:
            state = f"**{t('still open')}**"
        else:
            at = clock_in(promise.ended_at, incident, words) if promise.ended_at is not None else ""
            state = t("kept {time}", time=at) if promise.kept else t("not kept {time}", time=at)
            late = promise.ended_at - promise.due_at if promise.ended_at is not None else timedelta(0)
            if promise.kept and late > timedelta(minutes=1):
                state += f", {t('{time} late', time=late)}"
            if promise.reason:
                state += f": {escaped(promise.reason)}"
        owner = f" · {who(incident, promise.owner)}" if promise.owner else ""
        if promise.moved:
            before = ", ".join(clock_in(at, incident, words) for at in promise.moved)
            owner += f" · {t('promised before for {times}', times=before)}"
        yield f"- {clock_in(promise.due_at, incident, words)}: {escaped(promise.text)} ({state}){owner}"
    yield ""

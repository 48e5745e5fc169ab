"""The statements of the log: every revision with what it cites, who approved it and where it went out."""

from collections.abc import Iterator

from warroom.domain.checks.names import named
from warroom.domain.incident import Incident
from warroom.domain.names import PURPOSES, STATUSES
from warroom.domain.networks import INTERNAL, network_name
from warroom.domain.statement import Approval, Revision, Statement
from warroom.services.entries.statements import approved_as
from warroom.services.report.marked import clock_in, escaped, link, quoted, when, who
from warroom.services.report.readings import readings
from warroom.services.words import Words


def statements(incident: Incident, words: Words) -> Iterator[str]:
    t = words.t
    yield f"## {t('Statements')}"
    yield ""
    if not incident.statements:
        yield t("None was written.")
        yield ""
    for statement in incident.statements.values():
        for revision in statement.revisions:
            yield f"### {words.say(PURPOSES[revision.purpose])} {statement.id} v{revision.number}"
            yield ""
            yield quoted(revision.text) if revision.text.strip() else f"*{t('No text: every word was taken out.')}*"
            yield ""
            yield from _goes_with(revision, incident, words)
            yield from _became(revision, statement, incident, words)
            yield f"- {t('Fingerprint (SHA-256 over text, places, language, speaker and facts)')}: `{revision.digest}`"
            yield ""


def _goes_with(revision: Revision, incident: Incident, words: Words) -> Iterator[str]:
    """Who wrote it, and what it says of itself."""
    t = words.t
    authors = ", ".join(who(incident, author) for author in revision.authors)
    yield f"- {t('Written by')}: {authors}, {when(revision.at, words)}"
    if revision.spokesperson:
        yield f"- {t('Spoken by')}: {who(incident, revision.spokesperson)}"
    if revision.question:
        yield f"- {t('Answers')}: {escaped(revision.question)}"
    if revision.objective:
        yield f"- {t('Serves')}: {escaped(revision.objective)}"
    for id in revision.facts:
        yield f"- {t('Cites')} {_cited(id, incident, words)}"
    if revision.corrects:
        yield f"- {t('Corrects')}: {revision.corrects}"


def _became(revision: Revision, statement: Statement, incident: Incident, words: Words) -> Iterator[str]:
    """What became of exactly this text: checks that were passed over, approvals, where it went out and how it reads."""
    t, digest = words.t, revision.digest
    for passed in statement.overrides:
        if passed.digest == digest:
            told = t("Check {check} overridden: {reason}", check=named(passed.check), reason=passed.reason)
            yield f"- {escaped(told)} · {who(incident, passed.by)}, {clock_in(passed.at, incident, words)}"
    for approval in statement.approvals:
        if approval.digest == digest:
            how = _approved(approval, incident, words)
            by = f"{who(incident, approval.by)}, {escaped(how)}" if how else who(incident, approval.by)
            yield f"- {t('Approved by')}: {by} · {when(approval.at, words)}"
    for back in statement.sent_back:
        if back.digest == digest:
            yield f"- {t('Sent back')}: {escaped(back.reason)}"
    published = [out for out in statement.publications if out.digest == digest]
    for out in published:
        yield f"- {t('Published')}: {when(out.published_at, words)} · {who(incident, out.by)}"
        for place in out.places:
            name = escaped(words.value(network_name(place.network)))
            told = link(place.url) or ("" if place.network in INTERNAL else t("link missing"))
            yield f"  - {name}: {told}" if told else f"  - {name}"
    if published:
        yield from (f"- {line}" for line in readings(revision, words))


def _approved(approval: Approval, incident: Incident, words: Words) -> str:
    """What there is to be said of an approval; nothing of one by somebody else than the author, in no role."""
    if approval.emergency:
        return words.t("past a silent approver: {why}", why=approval.emergency)
    if approval.solo:
        return f"{words.t('self-approved')}: {approval.solo}"
    if approval.roles or approval.stood_in:
        return words.say(approved_as(incident, approval.roles, approval.stood_in))
    return ""


def _cited(id: str, incident: Incident, words: Words) -> str:
    """A fact with its words and how it stands now: who reads a text wants to know what it rested on."""
    fact = incident.facts.get(id)
    if fact is None:
        return escaped(id)
    return f"{fact.id}, {words.say(STATUSES[fact.status])}: {escaped(fact.text)}"

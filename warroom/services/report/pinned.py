"""The mentions that the log holds on to, with source, author, reach, text and link."""

from collections.abc import Iterable, Iterator

from warroom.domain.board import Line
from warroom.domain.pinned import pinned_mentions
from warroom.services.report.marked import escaped, link, when
from warroom.services.words import Words


def pinned(lines: Iterable[Line], words: Words) -> Iterator[str]:
    """The mentions on the timeline: source, author, reach, text, link."""
    refs = pinned_mentions(lines)
    if not refs:
        return
    t = words.t
    yield f"## {t('Mentions pinned and escalated')}"
    yield ""
    for ref in refs:
        people = t("reach {n}", n=words.short(ref.people)) if ref.people is not None else t("reach not known")
        at = f", {when(ref.at, words)}" if ref.at is not None else ""
        yield f"- **{escaped(ref.author) or '—'}** · {escaped(ref.network)} · {people}{at}"
        yield f"  {escaped(ref.excerpt)}"
        if link(ref.url):
            yield f"  {link(ref.url)}"
    yield ""

"""Judging a reply to a mention: in a crisis with all that the room knows of it, in calm by the organisation's rules."""

from datetime import datetime

from warroom.domain.board import Board
from warroom.domain.checks.finding import Answering, Case, Finding
from warroom.domain.checks.judge import judge
from warroom.domain.events import Outcome
from warroom.domain.mention import Kept
from warroom.domain.reply import conversation
from warroom.services.desk import Desk
from warroom.services.draft import Draft


def judge_reply(
    desk: Desk, text: str, kept: Kept, board: Board, now: datetime, *, lang: str, outcome: Outcome
) -> tuple[Finding, ...]:
    """Every finding on a reply. `outcome` is what the guide ends in now, `lang` what the reply speaks."""
    mention = kept.mention
    networks = (mention.source,) if mention.source in desk.limits else ("web",)
    answering = Answering(text=mention.words, segment=kept.segment, outcome=outcome, followers=mention.people)
    thread = board.desk.replies(conversation(mention))
    if board.incident is not None:
        draft = Draft(purpose="reply", lang=lang, networks=networks)
        return desk.judge(text, draft, board.incident, now, frozenset(), answering=answering, thread=thread)
    case = Case(
        lang=lang,
        purpose="reply",
        now=now,
        severity=1,
        networks=networks,
        allowed=desk.settings.allowed,
        protected_names=desk.settings.protected_names,
        voice=desk.settings.voice,
        thread=thread,
        answering=answering,
    )
    return judge(text, case, desk.lists)

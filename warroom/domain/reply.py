"""The reply guide: at most four questions, and what follows from the answers (playbook 4h).

The order is that of the US Air Force's Web Posting Response Assessment v2 with two corrections: whether it is true is
asked first, and hostile does not mean wrong. What follows is a proposal. A person may choose otherwise, and says why;
to leave something unanswered on purpose is a choice too, logged with its reason.
"""

from collections.abc import Collection, Mapping

from msgspec import Struct

from .checks.reply import WELL_FOLLOWED
from .desk import Desk
from .events import Act, MentionActed, MentionGuided, Outcome
from .mention import Kept, Mention, reference
from .sentence import Refused, Sentence, say

LONGEST_REPLY = 4_000
"""Characters of a reply that the log keeps."""
LONGEST_REASON = 500
GAP = "C9"
"""The check of what is still to be filled in."""
ANSWERED: tuple[Outcome, ...] = ("thank", "correct", "repair", "answer")
"""The outcomes that end in a public reply."""


class Answer(Struct, frozen=True):
    """One answer to a question; `id` is what the log keeps ("true:no")."""

    id: str
    text: Sentence


class Question(Struct, frozen=True):
    id: str
    text: Sentence
    answers: tuple[Answer, ...]


class Proposal(Struct, frozen=True):
    """What the guide proposes, and why."""

    outcome: Outcome
    why: Sentence


TRUE = Question(
    "true",
    say("Is it true?"),
    (
        Answer("true:yes", say("Yes")),
        Answer("true:no", say("No, facts are wrong")),
        Answer("true:unknown", say("We do not know yet")),
        Answer("true:opinion", say("Nothing is claimed: an opinion, a question, a joke")),
    ),
)
OURS = Question(
    "ours",
    say("Is it an error of ours?"),
    (
        Answer("ours:yes", say("Yes, ours")),
        Answer("ours:no", say("No")),
        Answer("ours:unknown", say("We do not know yet")),
    ),
)
INSULT = Question(
    "insult",
    say("Is it an insult?"),
    (
        Answer("insult:no", say("No")),
        Answer("insult:yes", say("Yes: an insult, a rant, a joke at our cost")),
        Answer("insult:threat", say("A threat, or a campaign against people")),
    ),
)
FAN = Question(
    "fan",
    say("Is it a fan?"),
    (
        Answer("fan:yes", say("Yes: likes us, defends us, helps")),
        Answer("fan:asks", say("No, but asks something or expects an answer")),
        Answer("fan:no", say("No, and expects nothing from us")),
    ),
)

_THREAT = Proposal("escalate", say("A threat is not answered: keep it, tell Legal and the lead."))
_RANT = Proposal("monitor", say("Answering a rant feeds it. Watch it, and say why it stays unanswered."))
_THANKED = Proposal("thank", say("Somebody speaks up for us: thank them, or share it. Never ask for more."))
_ASKED = Proposal("answer", say("A question deserves an answer: this case, with a source."))
_BALANCED = Proposal("let-stand", say("A balanced word may stand. Not every post needs us."))

NEXT: Mapping[tuple[str, ...], Question | Proposal] = {
    (): TRUE,
    # True: hostile or not, an error of ours is put right.
    ("true:yes",): OURS,
    ("true:yes", "ours:yes"): Proposal(
        "repair", say("It is true and ours: say so, and put it right. Hostile does not mean wrong.")
    ),
    ("true:yes", "ours:unknown"): Proposal("escalate", say("Somebody has to find out whose it is before we answer.")),
    ("true:yes", "ours:no"): INSULT,
    ("true:yes", "ours:no", "insult:no"): FAN,
    ("true:yes", "ours:no", "insult:no", "fan:yes"): _THANKED,
    ("true:yes", "ours:no", "insult:no", "fan:asks"): _ASKED,
    ("true:yes", "ours:no", "insult:no", "fan:no"): _BALANCED,
    ("true:yes", "ours:no", "insult:yes"): _RANT,
    ("true:yes", "ours:no", "insult:threat"): _THREAT,
    # Wrong facts.
    ("true:no",): INSULT,
    ("true:no", "insult:no"): Proposal("correct", say("Wrong facts are corrected with facts, and with their source.")),
    ("true:no", "insult:yes"): _RANT,
    ("true:no", "insult:threat"): _THREAT,
    # Nobody answers on a guess.
    ("true:unknown",): INSULT,
    ("true:unknown", "insult:no"): Proposal(
        "escalate", say("Nobody answers on a guess: ask who holds the facts, and say that we are asking.")
    ),
    ("true:unknown", "insult:yes"): _RANT,
    ("true:unknown", "insult:threat"): _THREAT,
    # Nothing that could be true or false.
    ("true:opinion",): INSULT,
    ("true:opinion", "insult:no"): FAN,
    ("true:opinion", "insult:no", "fan:yes"): _THANKED,
    ("true:opinion", "insult:no", "fan:asks"): _ASKED,
    ("true:opinion", "insult:no", "fan:no"): _BALANCED,
    ("true:opinion", "insult:yes"): _RANT,
    ("true:opinion", "insult:threat"): _THREAT,
}
"""What comes after the answers given so far: the next question, or the end."""

FOR_THE_AUDIENCE = Proposal(
    "correct", say("Wrong, rude, and read by many: correct it once, for those who read along, and do not argue.")
)

CONSIDERATIONS: tuple[Sentence, ...] = (
    say("say who you are"),
    say("cite sources"),
    say("take the time to be right"),
    say("mind the tone"),
    say("spend effort where it is read"),
)
"""The five considerations of the chart, for every reply that goes out."""


def ahead(answers: tuple[str, ...], people: int | None = None) -> Question | Proposal:
    """The next question, or the proposal where the guide ends. `people` is how many read what is answered."""
    found = NEXT.get(answers)
    if found is None:
        raise Refused(say("These answers do not belong together. Begin the guide again."))
    if answers == ("true:no", "insult:yes") and (people or 0) >= WELL_FOLLOWED:
        return FOR_THE_AUDIENCE
    return found


def conversation(mention: Mention) -> str:
    """The name of the conversation that a mention belongs to: its thread, what it answers, or itself."""
    return f"{mention.source}|{mention.thread or mention.in_reply_to or mention.native_id}"


# --- decisions -----------------------------------------------------------------------------------------


def guide(kept: Kept, answers: tuple[str, ...], outcome: Outcome, reason: str = "") -> MentionGuided:
    """Record what the guide was answered, and what follows. To watch only has a reason, and so has what departs from
    the proposal."""
    end = ahead(answers, kept.mention.people)
    if isinstance(end, Question):
        raise Refused(say("Answer first: {question}", question=end.text))
    reason = reason.strip()[:LONGEST_REASON]
    if not reason and outcome == "monitor":
        raise Refused(say("Say why it is only watched: to be silent is a choice, and it is logged."))
    if not reason and outcome != end.outcome:
        raise Refused(say("The guide proposes something else. Say why you choose otherwise."))
    return MentionGuided(mention=reference(kept), answers=answers, outcome=outcome, reason=reason)


def reply(kept: Kept, text: str, *, held: Collection[str] = (), reason: str = "") -> MentionActed:
    """Mark a mention as answered with this text. `held` are the checks that hold it; passing them takes a reason, and
    for a gap in the text there is none."""
    text, reason = text.strip(), reason.strip()[:LONGEST_REASON]
    if not text:
        raise Refused(say("The reply is empty."))
    if GAP in held:
        raise Refused(say("Fill in what stands in brackets first."))
    if held and not reason:
        raise Refused(say("Held by {checks}. Mend the text, or say why it goes out.", checks=", ".join(held)))
    return MentionActed(
        mention=reference(kept),
        act="reply",
        text=text[:LONGEST_REPLY],
        thread=conversation(kept.mention),
        overridden=tuple(held),
        reason=reason if held else "",
    )


def settled(desk: Desk, kept: Kept, outcome: Outcome) -> MentionActed | None:
    """What is done with the mention where the guide ends without a reply; None where it is done already."""
    act: Act = "escalate" if outcome == "escalate" else "ignore"
    if outcome in ANSWERED or desk.mark(kept.mention.key).state == act:
        return None
    return MentionActed(mention=reference(kept), act=act)

"""What the words of events are called for a person: purposes of statements, acts, outcomes, statuses, criteria."""

from .events import Act, Cluster, Outcome, Risk, StatementKind
from .plan import Criterion
from .sentence import Sentence, say

PURPOSES: dict[StatementKind, Sentence] = {
    "first-word": say("First word"),
    "holding": say("Holding statement"),
    "full": say("Full statement"),
    "update": say("Update"),
    "apology": say("Apology"),
    "reply": say("A reply"),
}
"""What each purpose of a statement is called."""


ACTED: dict[Act, Sentence] = {
    "new": say("Back to new: {author} “{text}”"),
    "reply": say("Reply: {author} “{text}”"),
    "escalate": say("Escalated: {author} “{text}”"),
    "ignore": say("Ignored: {author} “{text}”"),
    "close": say("Closed: {author} “{text}”"),
}
"""What was done with a mention."""


CLUSTERS: dict[Cluster, Sentence] = {
    "victim": say("we are victims too"),
    "accidental": say("an accident"),
    "preventable": say("it could have been prevented"),
    "unknown": say("not known yet"),
}
"""What each cluster of Coombs's table is called."""


OUTCOMES: dict[Outcome, Sentence] = {
    "let-stand": say("let it stand"),
    "thank": say("thank, or share"),
    "correct": say("correct with facts"),
    "repair": say("repair it"),
    "answer": say("answer"),
    "monitor": say("monitor only"),
    "escalate": say("pass it upwards"),
}
"""What each outcome of the reply guide is called."""


OPEN: dict[Criterion, Sentence] = {
    "stance": say("the kind of crisis"),
    "freeze": say("the freeze list"),
    "objectives": say("the objectives"),
    "seats": say("the seats"),
    "facts": say("a confirmed fact with its source"),
    "questions": say("the top questions"),
    "rumours": say("an answer to every rumour"),
    "audiences": say("an answer to every audience"),
    "first-word": say("the first word"),
    "holding": say("the holding statement"),
    "links": say("the links"),
    "answered": say("answers to the top questions"),
    "promises": say("a promise that is overdue"),
    "clocks": say("whether a clock applies"),
    "regulators": say("a clock that runs"),
    "handover": say("the brief, confirmed"),
    "quiet": say("calm for long enough"),
    "final-word": say("a last word"),
    "thawed": say("what is still frozen"),
    "actions": say("an action with owner and day"),
}
"""What is still open where a criterion is not met."""


RISKS: dict[Risk, Sentence] = {"low": say("low risk"), "medium": say("some risk"), "high": say("high risk")}
STATUSES: dict[str, Sentence] = {
    "confirmed": say("confirmed"),
    "unconfirmed": say("not confirmed"),
    "contested": say("contested"),
    "retracted": say("retracted"),
}

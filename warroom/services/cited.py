"""Where a check comes from, in the reader's language: titles and names stay as they are cited, our words are told."""

import re

from warroom.domain.sentence import Sentence, say
from warroom.services.words import Words

_OURS: dict[str, Sentence] = {
    words.id: words
    for words in (
        say("own inference"),
        say("data protection"),
        say("dark-site guides"),
        say("voice sheet"),
        say("advice, step 2"),
        say("advice, step 3"),
        say("is it pertinent?"),
        say("the right person"),
        say("be credible"),
        say("be first"),
        say("be right"),
        say("be consistent"),
        say("CERC “be right”"),
        say("express empathy"),
        say("promote action"),
        say("show respect"),
        say("one voice"),
        say("initial response"),
        say("golden hour"),
        say("first hour"),
        say("crucial parts"),
        say("message maps (27/9/3)"),
        say("customer liaison guide"),
        say("answer only this case"),
        say("influence"),
        say("hostile does not mean wrong"),
        say("monitor"),
        say("do not chase each post"),
        say("restoration"),
        say("tone"),
    )
}
"""What stands alone between semicolons, or behind the name of who says it."""
_PLAYBOOK = re.compile(r"playbook (\w+)")


def cited(source: str, words: Words) -> str:
    """The source of a finding as it is read."""
    return "; ".join(_piece(piece, words) for piece in source.split("; "))


def _piece(piece: str, words: Words) -> str:
    if piece in _OURS:
        return words.say(_OURS[piece])
    if found := _PLAYBOOK.fullmatch(piece):
        return words.t("playbook {check}", check=found[1])
    for between in (": ", ", "):
        who, _, told = piece.rpartition(between)
        if who and told in _OURS:
            return f"{_piece(who, words)}{between}{words.say(_OURS[told])}"
    return piece

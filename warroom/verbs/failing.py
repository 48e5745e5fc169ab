"""How a verb ends that cannot do what was asked: a sentence for the person, an exit code for the shell."""

from warroom.domain.sentence import Sentence

FAILED, USAGE, NOTHING, CHECK, TERMINAL, INTERRUPTED = 1, 2, 3, 4, 5, 130
"""Exit codes (console design, section 7)."""


class Failed(Exception):
    """The verb ends here: the sentence goes to standard error, the code to the shell. `of` is who says it: the program,
    or the verb that was used wrongly."""

    def __init__(self, code: int, sentence: Sentence, *, of: str = "warroom") -> None:
        super().__init__(sentence.id)
        self.code = code
        self.sentence = sentence
        self.of = of

"""The voice sheet: how the organisation speaks, and what it never says (advice, step 2; playbook C11)."""

from typing import Literal, TypeAlias

from msgspec import Struct

Address: TypeAlias = Literal["", "formal", "informal"]


class Voice(Struct, frozen=True, kw_only=True):
    """`address` is how readers are spoken to where the language knows two ways (usted, tú); empty: either.

    `forbidden` are words that are not ours, `never` whole thoughts that we do not say, both matched as phrases.
    """

    address: Address = ""
    forbidden: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    values: tuple[str, ...] = ()
    tone: str = ""

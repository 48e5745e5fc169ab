"""The signs of the timeline: one before each line."""

from typing import Literal, TypeAlias

from warroom.domain.sentence import Sentence

Glyph: TypeAlias = Literal["◌", "▲", "◆", "✓", "✎", "¶", "◇", "!", "★", "–"]

Told: TypeAlias = tuple[Glyph, Sentence]
"""A line of the timeline: its sign, and what it says."""

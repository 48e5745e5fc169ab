"""How long a test waits before it says that something never comes. Who passes never waits for it."""

PATIENCE = 60.0
"""Seconds of the wall clock: as long as a slow machine needs that has other work too."""

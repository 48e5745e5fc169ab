"""Names nobody has to hand out: event ids, writer ids, and the name of this machine."""

import hashlib
import random
import uuid
from datetime import datetime
from pathlib import Path

from .times import micros


def uuid7(at: datetime, rng: random.Random) -> str:
    """A UUID of version 7 (RFC 9562, section 5.7): 48 bits of milliseconds, 74 of chance. Sorts by time."""
    bits = (micros(at) // 1000 & (1 << 48) - 1) << 80 | 0x7 << 76 | rng.getrandbits(12) << 64
    return str(uuid.UUID(int=bits | 0b10 << 62 | rng.getrandbits(62)))


def writer_id(rng: random.Random) -> str:
    """Who writes, in 16 hexadecimal digits."""
    return f"{rng.getrandbits(64):016x}"


def this_machine() -> str:
    """A name for this machine that says nothing about it: a digest, as machine-id(5) asks for."""
    secret = str(uuid.getnode())
    for place in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        try:
            secret = Path(place).read_text(encoding="ascii").strip() or secret
            break
        except OSError:
            continue
    return hashlib.sha256(f"warroom {secret}".encode()).hexdigest()[:16]

"""Why a file cannot be read or written, in words that can be translated: the system's own come in its own language."""

import errno

from .sentence import Sentence, say

_WHY: dict[int, Sentence] = {
    errno.ENOENT: say("there is no such file or folder"),
    errno.EISDIR: say("it is a folder"),
    errno.ENOTDIR: say("a part of its path is no folder"),
    errno.EACCES: say("you are not allowed to"),
    errno.EPERM: say("you are not allowed to"),
    errno.EROFS: say("the disk can only be read"),
    errno.ENOSPC: say("the disk is full"),
    errno.ENAMETOOLONG: say("its name is too long"),
    errno.EIO: say("the disk fails"),
}


def why(error: OSError) -> Sentence:
    """The reason of the system; in the system's words where it is a rare one."""
    known = _WHY.get(error.errno) if error.errno is not None else None
    return known or say("{reason}", reason=error.strerror or str(error))

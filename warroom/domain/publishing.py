"""Publishing: what is recorded of a text that goes out, and of the links under which it is found."""

import re
from datetime import datetime

from msgspec.structs import replace

from .events import LinkAdded, Place, StatementPublished
from .networks import network_name, network_names
from .sentence import Refused, say
from .statement import Statement, drafted, must_be_clear, one_headed

BARE_ADDRESS = re.compile(r"[\w-]+(\.[\w-]+)*\.[^\W\d_]{2,}([/?#]\S*)?")
"""A host with a dot, then what may follow it, without the https:// that everybody leaves out."""


class AlreadyOut(Refused):
    """Refused because the text as it stands is out there already; elsewhere it may still go out."""


def publish(
    statement: Statement | None, *, places: tuple[Place, ...], blocking: tuple[str, ...], now: datetime
) -> StatementPublished:
    """Record that the approved text was published in these places. warroom posts nothing by this."""
    known = one_headed(drafted(statement))
    head = known.head
    if known.approval is None:
        if known.voided is not None:
            raise Refused(
                say(
                    "{who} approved revision {old}; revision {new} voids it. Send it to approve again.",
                    who=known.voided.by,
                    old=known.voided.revision,
                    new=head.number,
                )
            )
        raise Refused(say("Nobody has approved revision {revision} yet.", revision=head.number))
    must_be_clear(blocking)
    if not places:
        raise Refused(say("Say where it was published."))
    out = {place.network for done in known.publications if done.digest == head.digest for place in done.places}
    twice = sorted(out & {place.network for place in places})
    if twice:
        raise AlreadyOut(say("It is already recorded as published on {networks}.", networks=network_names(twice)))
    places = tuple(replace(place, url=web_address(place.url)) if place.url is not None else place for place in places)
    return StatementPublished(
        statement=known.id,
        revision=head.number,
        digest=head.digest,
        purpose=head.purpose,
        places=places,
        published_at=now,
    )


def add_link(statement: Statement | None, network: str, url: str, digest: str = "") -> LinkAdded:
    """Fill in the link of a publication that was recorded without it, or correct the one that it has; `digest` names
    the text, where several went out there."""
    known = drafted(statement)
    out = [one for one in known.publications if digest in ("", one.digest)]
    there = [place.url for one in out for place in one.places if place.network == network and place.url is not None]
    missing = any(network in one.links_missing for one in out)
    if not missing and not there:
        raise Refused(say("No publication on {network} is missing its link.", network=network_name(network)))
    if not url.strip():
        raise Refused(say("Paste the link, or leave it for later."))
    address, was = web_address(url), "" if missing else there[-1]
    if address == was:
        raise Refused(say("That is the link as it stands."))
    return LinkAdded(statement=known.id, network=network, url=address, digest=digest, was=was)


def web_address(typed: str) -> str:
    """The address as it is kept: who leaves out the https:// means it."""
    url = typed.strip()
    if BARE_ADDRESS.fullmatch(url):
        return f"https://{url}"
    if not url.startswith(("https://", "http://")):
        raise Refused(say("A link starts with https:// — leave it empty to add it later."))
    return url

"""What has to be true of config.yaml beyond its shape: names that exist, names that are used once.

Every function complains into the `Shape` of the file and hands back what can be used.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from zoneinfo import ZoneInfo, available_timezones

from msgspec import Struct
from msgspec.structs import fields

import feeds.registry as registry
from warroom.domain.humanity import bare
from warroom.domain.plan import Plan
from warroom.domain.prepared import Prepared
from warroom.domain.sentence import Sentence, say
from warroom.services.keymap import judged
from warroom.services.lexicon import read_words
from warroom.services.planfile import find_plan, no_such_plan, read_plan
from warroom.services.shape import Shape
from warroom.services.wanted import meant
from warroom.services.weights import weights_problems
from warroom.services.wordlists import load_limits
from warroom.services.yamlfile import ConfigError, Group, Items, Node, read_text

from .config_sections import AUTO, FeedHead, Member, PreparedText, ReadingRules, StatementRules

HEAD = tuple(field.name for field in fields(FeedHead))


class FeedConfig(Struct, frozen=True, kw_only=True):
    """One configured feed; `options` is an instance of the feed's own Options."""

    name: str
    type: str
    enabled: bool
    options: Struct


def judge_zone(name: str, shape: Shape) -> None:
    """The zone is one that the time zone database knows."""
    if (unknown := unknown_zone(name)) is not None:
        shape.complain("timezone", unknown)


def unknown_zone(name: str) -> Sentence | None:
    """What is wrong with the name of a zone, with the nearest that exists; None where it is "auto" or known."""
    if name == AUTO:
        return None
    try:
        ZoneInfo(name)
    except (LookupError, ValueError, OSError):
        unknown = say("'{name}' is not a time zone. Write one like 'Europe/Madrid', or 'auto'.", name=name)
        # Listing every zone walks through a folder tree: only for a mistake.
        return meant(name, sorted(available_timezones()), unknown)
    return None


def judge_terms(terms: Sequence[str], heard: Sequence[FeedConfig], shape: Shape) -> None:
    """A feed that keeps only what holds the watch terms hears nothing without any: that must not look like calm."""
    if any(term.strip("#@ ") for term in terms):
        return
    for feed in heard:
        if feed.enabled and getattr(feed.options, "match", False):
            complaint = say("'{name}' keeps only what holds a watch term, and there is none.", name=feed.name)
            shape.complain("watch.terms" if terms else "watch", complaint)


def judge_keys(keys: Mapping[str, str], shape: Shape) -> None:
    """Each key is one that can be given, to an action that exists, and it does one thing."""
    for action, wrong in judged(keys):
        shape.complain(f"keys.{action}", wrong)


def judge_accounts(accounts: Sequence[str], place: str, shape: Shape) -> None:
    """An account is a handle: of one of our own, or of somebody who is known."""
    for at, account in enumerate(accounts):
        if not bare(account) or any(sign.isspace() for sign in account.strip()):
            shape.complain(f"{place}[{at}]", say("an account is a handle like '@nordavena', without blanks."))


def plan_of(name: str, shape: Shape) -> Plan | None:
    """The plan by its name or path; its own problems join those of this file."""
    path = find_plan(name, shape.folder)
    if path is None:
        shape.complain("plan", no_such_plan(name))
        return None
    try:
        return read_plan(read_text(path), path.name)
    except ConfigError as error:
        shape.problems.extend(error.problems)
        return None


def roles_of(people: tuple[Member, ...], plan: Plan | None, shape: Shape) -> dict[str, str]:
    """Role → initials. Initials are unique, a role is one of the plan's and has one holder."""
    roles: dict[str, str] = {}
    seen: set[str] = set()
    for at, who in enumerate(people):
        place = f"people[{at}]"
        if not (who.initials.isalnum() and len(who.initials) <= 4):
            shape.complain(f"{place}.initials", say("initials are one to four letters or digits, like 'AM'."))
        elif who.initials.casefold() in seen:
            shape.complain(
                f"{place}.initials",
                say("'{initials}' are already somebody's initials: they sign the timeline.", initials=who.initials),
            )
        seen.add(who.initials.casefold())
        for index, role in enumerate(who.roles):
            if plan is not None and role not in plan.roles:
                unknown = say("'{role}' is not a role of the plan.", role=role)
                shape.complain(f"{place}.roles[{index}]", meant(role, tuple(plan.roles), unknown))
            elif (holder := roles.setdefault(role, who.initials)) != who.initials:
                held = say("'{role}' is already held by {holder}.", role=role, holder=holder)
                shape.complain(f"{place}.roles[{index}]", held)
    return roles


def texts_of(rules: StatementRules, people: tuple[Member, ...], shape: Shape) -> tuple[Prepared, ...]:
    """The organisation's own texts. Who approved one is somebody of the team; an id is used once in a language.

    A text without an id takes its purpose for one, so that a short file stays short.
    """
    found: list[Prepared] = []
    taken: set[tuple[str, str]] = set()
    team = tuple(who.initials for who in people)
    for at, text in enumerate(rules.texts):
        place = f"statement.texts[{at}]"
        id = text.id.strip() or f"own-{text.purpose}"
        if (id, text.lang) in taken:
            if text.id.strip():
                shape.complain(f"{place}.id", say("'{id}' is the id of another text in this language.", id=id))
            id = f"{id}-{at + 1}"
        taken.add((id, text.lang))
        _judge_approval(text, team, place, shape)
        if not text.text.strip():
            shape.complain(f"{place}.text", say("the text is empty."))
        found.append(
            Prepared(
                id=id,
                purpose=text.purpose,
                lang=text.lang,
                text=text.text.strip(),
                audience=text.audience,
                approved_by=text.approved_by,
                approved_on=text.approved_on,
                own=True,
            )
        )
    return tuple(found)


def _judge_approval(text: PreparedText, team: tuple[str, ...], place: str, shape: Shape) -> None:
    """Whoever approved a text is on the list of people, and the day is one of the calendar."""
    if text.approved_by and text.approved_by not in team:
        unknown = say(
            "'{who}' is none of your people: a text is approved by somebody of the team.", who=text.approved_by
        )
        shape.complain(f"{place}.approved_by", meant(text.approved_by, team, unknown))
    if text.approved_on:
        try:
            date.fromisoformat(text.approved_on)
        except ValueError:
            shape.complain(f"{place}.approved_on", say("a day is written like 2026-03-10."))
        if not text.approved_by:
            shape.complain(f"{place}.approved_by", say("is missing: say who approved the text on that day."))


def judge_limits(rules: StatementRules, shape: Shape) -> None:
    """A length of one's own is for a network that is known, or that statements go out on."""
    known = tuple(dict.fromkeys((*load_limits(), *rules.networks)))
    for network in rules.limits:
        if network not in known:
            unknown = say("'{network}' is not a network that is known here.", network=network)
            shape.complain(f"statement.limits.{network}", meant(network, known, unknown))


def judge_lexicon(rules: ReadingRules, shape: Shape) -> None:
    """Files of words of one's own: what is wrong in them joins the problems of this file."""
    for at, path in enumerate(rules.lexicon):
        _, problems = read_words(path)
        if problems and not problems[0].line:  # not one line of it: this file names the wrong one
            shape.complain(f"triage.lexicon[{at}]", problems[0].sentence)
        else:
            shape.problems.extend(problems)


def judge_weights(rules: ReadingRules, shape: Shape) -> None:
    """A file of weights of one's own, as one of words."""
    problems = weights_problems(rules.weights) if rules.weights is not None else ()
    if problems and not problems[0].line:
        shape.complain("triage.weights", problems[0].sentence)
    else:
        shape.problems.extend(problems)


def feeds_of(node: Node, shape: Shape) -> list[FeedConfig]:
    """The feeds, each by the options of its type; a feed that is switched off is checked all the same."""
    if not isinstance(node, Items):
        shape.fit(node, list[str], "feeds")
        return []
    found: list[FeedConfig] = []
    names: set[str] = set()
    for at, item in enumerate(node.nodes):
        place = f"feeds[{at}]"
        if not isinstance(item, Group):
            shape.fit(item, FeedHead, place)
            continue
        head, options = _feed(item, place, shape)
        if head.name.casefold() in names:
            shape.complain(f"{place}.name", say("'{name}' is the name of another feed already.", name=head.name))
        names.add(head.name.casefold())
        if options is not None:
            found.append(FeedConfig(name=head.name, type=head.type, enabled=head.enabled, options=options))
    return found


def _feed(node: Group, place: str, shape: Shape) -> tuple[FeedHead, Struct | None]:
    """What every feed has, and its own options where its type is known."""
    own = Group(node.line, tuple(entry for entry in node.entries if entry.key in HEAD))
    head = shape.struct(own, FeedHead, place) or FeedHead(name="", type="")
    if not head.name.strip():
        shape.complain(f"{place}.name", say("a feed needs a name."))
    known = tuple(registry.types())
    if head.type not in known:
        unknown = say("'{type}' is not a type of feed.", type=head.type)
        shape.complain(f"{place}.type", meant(head.type, known, unknown))
        return head, None
    rest = Group(node.line, tuple(entry for entry in node.entries if entry.key not in HEAD))
    return head, shape.struct(rest, registry.options(head.type), place, beside=HEAD)

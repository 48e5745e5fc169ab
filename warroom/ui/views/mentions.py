"""What Room and Feed share: the list of mentions, what its keys do, searching and filtering."""

from collections.abc import Callable, Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from textual.widget import Widget

from warroom.domain.approval import initials_of
from warroom.domain.board import Board
from warroom.domain.desk import act_on_all, assign, pin_all, read_sooner
from warroom.domain.events import AnyEvent
from warroom.domain.mention import SEGMENT_NAMES, Kept
from warroom.domain.names import OUTCOMES
from warroom.domain.sentence import Sentence, say, say_n
from warroom.domain.text import one_line, plain
from warroom.services.keytable import ACTIONS
from warroom.services.words import Words
from warroom.ui.dialogs.ask import AskDialog, Field
from warroom.ui.dialogs.people import PLACE
from warroom.ui.line import Part, clip, spread
from warroom.ui.messages import Act, Failure, Told
from warroom.ui.present import ACTS, SEGMENT_MARKS, WATCHED, author_cell, network_cell, reach_cell
from warroom.ui.scene import Scene
from warroom.ui.views.labelling import SAYS, looked_at, said_of
from warroom.ui.views.view import View
from warroom.ui.views.why import why_line
from warroom.ui.widgets.action_line import ActionLine
from warroom.ui.widgets.mention_feed import MentionFeed

if TYPE_CHECKING:
    from warroom.ui.dialogs.guide import Begun

CHOOSE = say("Choose a mention first: ↓ takes the newest.")
ALONE = ("guide", "sooner", "later")
"""What is done to a row and not to the copies that it stands for: a reply is written to one person, and a word on how
soon a story is read holds for its copies anyway."""
MANY = 20
"""From so many mentions at once it asks first (design, section 3)."""


def nothing_chosen(scene: Scene) -> Sentence:
    """What stands in the place of a mention until one is chosen. In a recording nobody acts on it."""
    if scene.read_only:
        return say("↓ chooses a mention. Until then the list flows.")
    return say("↓ chooses a mention; then one letter acts on it. Until then the list flows.")


class MentionsView(View):
    """A view with a `MentionFeed` in it."""

    _scene: Scene | None = None

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._begun: dict[str, Begun] = {}

    @cached_property
    def feed(self) -> MentionFeed:
        return self.query_one(MentionFeed)

    @property
    def shows_feed(self) -> bool:
        """Whether the list is on the screen; in calm the Room has none."""
        return all(node.display for node in self.feed.ancestors_with_self if isinstance(node, Widget))

    def first_panel(self) -> Widget | None:
        return self.feed

    def hold_bar(self, bar: ActionLine, words: Words) -> None:
        """The line above the list: how many mentions wait there, and the key that shows them."""
        feed, scene = self.feed, self._scene
        key = scene.key("feed.latest") if scene is not None else ""
        bar.display = feed.held > 0
        bar.show(lambda width: held_parts(feed.held, feed.caught_up, words, width, key))

    def on_mention_feed_acted(self, message: MentionFeed.Acted) -> None:
        """A letter on one mention or on all that are selected."""
        message.stop()
        scene = self._scene
        if scene is None:
            return
        if scene.read_only:
            self.post_message(Told(say("This is a recording: it is read-only.")))
            return
        if message.act in SAYS:
            self._label(message.rows, message.act, scene)
            return
        rows = message.rows if message.act in ALONE else self.meant(message.rows, message.act, scene)
        kepts = [kept for row in rows if (kept := self.feed.kept(row) or scene.reader.get(row)) is not None]
        if not kepts:
            self.post_message(Told(CHOOSE))
        elif message.act == "guide":
            self._guide(kepts, scene)
        elif message.act in ALONE:
            self._rank(kepts, scene, sooner=message.act == "sooner")
        elif len(kepts) >= MANY:
            self._ask(message.act, len(kepts), scene, lambda: self._act(kepts, message.act, scene))
        else:
            self._act(kepts, message.act, scene)

    def _label(self, rows: Sequence[int], act: str, scene: Scene) -> None:
        """What somebody says of mentions, or of their authors. A step leaves the selection where it is."""
        kepts = [scene.shown(kept) for row in rows if (kept := self.feed.kept(row) or scene.reader.get(row))]
        if not kepts:
            self.post_message(Told(CHOOSE))
            return

        def done() -> None:
            self._post(kepts, said_of(kepts, act, scene))
            if act == "valid":
                self.feed.advance()

        if len(kepts) < MANY:
            done()
            return
        self._ask(act, len(kepts), scene, done)

    def _ask(self, act: str, n: int, scene: Scene, done: Callable[[], None]) -> None:
        """Whether it is really meant for so many; what it is, stands in the question and on the button."""
        name = ACTIONS[f"feed.{act}"].name
        text = say("{act}: this is done to {n} mentions at once.", act=name, n=n)
        dialog = AskDialog(scene.words, title=say("All of them?"), text=text, yes=name)
        self.app.push_screen(dialog, lambda said: done() if said is not None else None)

    def meant(self, rows: Sequence[int], act: str, scene: Scene) -> Sequence[int]:
        """What an act on these rows is about: a row may stand for others."""
        return rows

    def _rank(self, kepts: Sequence[Kept], scene: Scene, *, sooner: bool) -> None:
        """Read sooner or later than the points say; the points of now go into the log with it."""

        def decision(board: Board) -> Sequence[AnyEvent]:
            return [self._read_sooner(kept, scene, board, sooner=sooner) for kept in kepts]

        n = len(kepts)
        if n == 1:
            who = str(author_cell(kepts[0]))
            done = say("Read sooner: {who}", who=who) if sooner else say("Read later: {who}", who=who)
        elif sooner:
            done = say_n("Read sooner: {n} mention", "Read sooner: {n} mentions", n)
        else:
            done = say_n("Read later: {n} mention", "Read later: {n} mentions", n)
        self._post(kepts, Act(decision, done, undoable=True))

    @staticmethod
    def _read_sooner(kept: Kept, scene: Scene, board: Board, *, sooner: bool) -> AnyEvent:
        found = scene.weighing.ranked(kept, board, scene.clock())
        points = found.priority
        return read_sooner(kept, found.rank, points.rank, points.points, sooner=sooner)

    def _guide(self, kepts: Sequence[Kept], scene: Scene) -> None:
        """The reply guide; who left it half way finds it as it was."""
        from warroom.ui.dialogs.guide import Begun, GuideDialog

        if len(kepts) > 1:
            self.post_message(Told(say("The guide takes one mention at a time: each case is answered on its own.")))
            return
        key = kepts[0].mention.key
        begun = self._begun.setdefault(key, Begun())

        def ended(act: Act | None) -> None:
            if act is not None:
                self._begun.pop(key, None)
                self._post(kepts, act)
                self.feed.advance()

        self.app.push_screen(GuideDialog(scene, kepts[0], begun), ended)

    def _act(self, kepts: Sequence[Kept], act: str, scene: Scene, *, sure: bool = False) -> None:
        if act == "assign":
            self._assign(kepts, scene)
            return
        if act == "pin":
            self._do(kepts, lambda board: pin_all(board.desk, kepts), say("Pin"))
            return
        name = next(one for one in ACTS if one == act)
        watched = next((mark for kept in kepts if (mark := scene.board.desk.mark(kept.mention.key)).watched), None)
        if name == "reply" and watched is not None and not sure:
            text = say("It was to be only watched: {why}. An answer feeds it (R3).", why=one_line(watched.why))
            dialog = AskDialog(scene.words, title=say("Reply all the same?"), text=text, yes=say("Mark as Reply"))
            again = partial(self._act, kepts, act, scene, sure=True)
            self.app.push_screen(dialog, lambda said: again() if said is not None else None)
            return
        same = all(scene.board.desk.mark(kept.mention.key).state == name for kept in kepts)
        self._do(kepts, lambda board: act_on_all(board.desk, kepts, name), ACTS["new" if same else name])
        self.feed.advance()

    def _do(self, kepts: Sequence[Kept], decide: Callable[[Board], Sequence[AnyEvent]], act: Sentence) -> None:
        done = _act_of(kepts, decide, act)
        done.settled = partial(self._failed, kepts)
        self._post(kepts, done)

    def _post(self, kepts: Sequence[Kept], act: Act) -> None:
        """Who takes it back is where it was done."""
        act.back = partial(self._back_to, kepts)
        self.post_message(act)

    def _failed(self, kepts: Sequence[Kept], why: Failure | None) -> None:
        """Where it could not be done the selection goes back to what it was for."""
        if why is not None:
            self._back_to(kepts)

    def _back_to(self, kepts: Sequence[Kept]) -> None:
        if self.is_attached:
            self.feed.back_to([kept.row for kept in kepts])

    def _assign(self, kepts: Sequence[Kept], scene: Scene) -> None:
        incident = scene.incident
        people = [person.initials for person in incident.people] if incident is not None else [scene.actor]
        dialog = AskDialog(
            scene.words,
            title=say("Who answers?"),
            text=say("Initials: {who}", who=PLACE),
            people={initials: initials for initials in people},
            fields=(Field("owner", say("Owner"), scene.actor),),
            yes=say("Assign"),
            act=lambda said: self._assigned(
                kepts, initials_of(incident, said["owner"]) if incident is not None else said["owner"]
            ),
        )
        self.app.push_screen(dialog, lambda said: self.feed.advance() if said is not None else None)

    def _assigned(self, kepts: Sequence[Kept], owner: str) -> Act:
        name = say("Assigned to {owner}", owner=one_line(owner.strip())) if owner.strip() else say("Nobody's")
        act = _act_of(kepts, lambda board: [assign(kept, owner) for kept in kepts], name)
        act.back = partial(self._back_to, kepts)
        return act

    def on_mention_feed_opened(self, message: MentionFeed.Opened) -> None:
        from warroom.ui.dialogs.mention import MentionDialog

        message.stop()
        scene = self._scene
        if scene is not None and message.row is None:
            self.post_message(Told(CHOOSE))
        elif scene is not None and message.row is not None:
            kept = scene.reader.get(message.row)
            if kept is not None:
                dialog = MentionDialog(lambda: self._scene or scene, kept, self.post_message)
                seen = scene.shown(kept)
                self.app.push_screen(dialog, partial(self._left, seen))

    def _left(self, seen: Kept, act: str | None) -> None:
        """Who opened a mention and changed nothing has said a little by that. What is to be done with it is done."""
        scene = self._scene
        if scene is not None and not scene.read_only:
            self.post_message(looked_at(seen, scene))
            if act is not None:
                self.feed.post_message(MentionFeed.Acted(self.feed, [seen.row], act))


def _act_of(kepts: Sequence[Kept], decide: Callable[[Board], Sequence[AnyEvent]], act: Sentence) -> Act:
    """What is decided about these mentions, as one act."""
    who = str(author_cell(kepts[0]))
    done = (
        say("→ {act}  {who}", act=act, who=who)
        if len(kepts) == 1
        else say("→ {act}  {n} mentions", act=act, n=len(kepts))
    )
    return Act(decide, done, undoable=True)


def nothing_yet(scene: Scene) -> str:
    """What an empty list says: what will stand here, and how it begins."""
    t = scene.words.t
    if scene.replay is None and not scene.health:
        return t("Nothing is listened to yet: Ctrl+P → Add a source.")
    return t("Nothing has come in yet. It will stand here, the newest first.")


def held_parts(held: int, caught_up: int, words: Words, width: int, key: str) -> list[Part]:
    """`↑ 37 new mentions above`; what had been missed while the sources were lost is called so."""
    if caught_up and caught_up >= held:
        told = words.tn("{n} mention caught up", "{n} mentions caught up", held)
    else:
        told = words.tn("{n} new mention above", "{n} new mentions above", held)
        if caught_up:
            told = words.t("{new}, {n} of them caught up", new=told, n=caught_up)
    action = "screen.perform('feed.latest')"
    way = [Part(f"{key} ", "bold $warning", action), Part(words.t("Latest") + " ", "", action)]
    return spread([Part(f" ↑ {told}", "bold $warning", action)], way, width)


def urgent_parts(held: int, words: Words, width: int, key: str) -> list[Part]:
    """`↑ 3 more urgent above`, in the order of urgency."""
    action = "screen.perform('feed.latest')"
    told = words.tn("{n} more urgent above", "{n} more urgent above", held)
    way = [Part(f"{key} ", "bold $warning", action), Part(words.t("Go there") + " ", "", action)]
    return spread([Part(f" ↑ {told}", "bold $warning", action)], way, width)


def mention_parts(scene: Scene, kept: Kept, width: int, *, ranked: bool = False) -> list[Part]:
    """A mention in full, for the card and the dialog's head: author, segment, reach; where `ranked` is asked, a
    line on how soon it is read; then its text."""
    words = scene.words
    left = [Part(author_cell(kept), "bold")]
    if kept.segment is not None:
        ink = f"bold ${kept.segment.value}"
        left.append(Part(f"  {SEGMENT_MARKS[kept.segment]} {words.say(SEGMENT_NAMES[kept.segment])}", ink))
    right = [
        Part(f"{network_cell(kept.mention.source)}  ", "$muted"),
        Part(reach_cell(kept.mention.people, words), "bold"),
        Part(" " + words.t("reach"), "$muted"),
    ]
    mention = kept.mention
    text = f"{mention.title}\n{mention.text}" if mention.title else mention.text
    mark = scene.board.desk.mark(mention.key)
    told: list[Part] = []
    if mark.outcome is not None:
        sign = f"{WATCHED} " if mark.watched else ""
        why = f": {one_line(mark.why)}" if mark.why else ""
        told = [*clip([Part(f"{sign}{words.say(OUTCOMES[mark.outcome])}{why}", "$warning")], width), Part("\n")]
    if ranked:
        told += [*why_line(scene, kept, width), Part("\n")]
    return [*spread(left, right, width), Part("\n"), *told, Part(plain(text[:4000]))]

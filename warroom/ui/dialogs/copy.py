"""The text as it goes out on each network, a thread in its parts: to the clipboard one by one, and then their links.

warroom posts nothing. Whoever publishes copies here what the network takes, posts it there, and brings the link back,
now or later.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType

from warroom.domain.events import Place
from warroom.domain.incident import Incident
from warroom.domain.networks import INTERNAL, network_name
from warroom.domain.publishing import add_link
from warroom.domain.sentence import say
from warroom.domain.statement import Revision, Statement
from warroom.domain.text import harmless, one_line, plain
from warroom.services.words import Words
from warroom.ui.dialogs.ask import Field
from warroom.ui.dialogs.dialog import ROOMY
from warroom.ui.dialogs.rows import Hint
from warroom.ui.dialogs.table import TableDialog
from warroom.ui.dialogs.text_alone import TextAloneScreen
from warroom.ui.keys import bind
from warroom.ui.line import Part, cut, spread, width_of
from warroom.ui.messages import Act
from warroom.ui.scene import Scene
from warroom.ui.widgets.row_list import RowList, Rows


class Piece(NamedTuple):
    """One part of a text on one network. `place` is where it was published, None before that is recorded."""

    statement: str
    network: str
    digest: str
    version: int
    part: int
    of: int
    text: str
    place: Place | None

    @property
    def key(self) -> str:
        return f"{self.statement}/{self.digest}/{self.network}/{self.part}"

    @property
    def has_place(self) -> bool:
        """Whether it is out where a link can lead."""
        return self.place is not None and self.network not in INTERNAL

    @property
    def wants_link(self) -> bool:
        """A link is asked for once, on the first part."""
        return self.has_place and self.part == 1 and self.place is not None and self.place.url is None


class PieceRows:
    """`✓` where a part was copied here, the network, its part, the words, and how it stands with the link."""

    def __init__(self, pieces: Sequence[Piece], copied: frozenset[str], words: Words) -> None:
        self.pieces = pieces
        self._copied = copied
        self._words = words
        self._statements = {piece.statement for piece in pieces}
        self._texts = {piece.digest for piece in pieces}

    def __len__(self) -> int:
        return len(self.pieces)

    def key(self, index: int) -> str:
        return self.pieces[index].key

    def selectable(self, index: int) -> bool:
        return True

    def line(self, index: int, width: int) -> Sequence[Part]:
        piece, words = self.pieces[index], self._words
        sign = Part("✓ ", "$success") if piece.key in self._copied else Part("· ", "$muted")
        name = words.value(network_name(piece.network))
        version = f" {piece.statement}" if len(self._statements) > 1 else ""
        version += f" v{piece.version}" if len(self._texts) > 1 else ""
        number = f" {piece.part}/{piece.of}" if piece.of > 1 else ""
        begin = [sign, Part(f"{name}{version}{number}  ", "bold")]
        end: list[Part] = []
        if piece.wants_link:
            end = [Part(f" ! {words.t('link missing')} ", "bold $warning")]
        elif piece.place is not None and piece.part == 1:
            end = [Part(f" {one_line(piece.place.url or words.t('published'))} ", "$muted")]
        end = [part._replace(text=cut(part.text.rstrip(), max(0, width // 2)) + " ") for part in end]
        words_of_it = piece.text.removeprefix(f"{piece.part}/{piece.of} ")
        text = Part(cut(one_line(words_of_it), width - 1 - width_of(begin) - width_of(end)), "$muted")
        return spread([*begin, text], end, width)


class CopyDialog(TableDialog):
    """Before anything is recorded `networks` says where the text is to go; afterwards it is where it went."""

    FOOT_STAYS = True
    YES_ID = "copy.copy"
    BINDINGS: ClassVar[list[BindingType]] = [
        bind("copy.copy", "copy"),
        Binding("k", "copy", show=False),
        bind("copy.alone", "alone"),
        bind("copy.link", "link"),
    ]

    def __init__(
        self, scene: Scene, statement: Statement, act: Callable[[Act], None], networks: Sequence[str] = ()
    ) -> None:
        title = say("Copy and link: statement v{n}", n=statement.head.number)
        super().__init__(scene, act, scene.clock, title, yes=say("Copy this part"))
        self._which = statement.id
        self._mark = statement.head.digest
        self._networks = networks
        self._copied: frozenset[str] = frozenset()

    # --- rows -------------------------------------------------------------------------------------------

    def rows(self, incident: Incident) -> Rows:
        pieces = tuple(self._pieces(incident))
        return PieceRows(pieces, self._copied, self.words)

    def _pieces(self, incident: Incident) -> Iterator[Piece]:
        """The head where it is out or is to go; then what else is out and has no link yet, of any statement."""
        statement = incident.statements.get(self._which)
        if statement is None:
            return
        head = statement.head
        of_head = [one for one in statement.publications if one.digest == head.digest]
        out = {place.network: place for one in of_head for place in one.places}
        # What was edited since is another text, which nobody has approved: it is not copied.
        wanted = self._networks if head.digest == self._mark else ()
        for network in dict.fromkeys((*out, *wanted)):
            yield from self._parts(statement, head, network, out.get(network))
        for known in incident.statements.values():
            for one in known.publications:
                revision = next((kept for kept in known.revisions if kept.digest == one.digest), known.head)
                for place in one.places if one not in of_head else ():
                    if place.network in one.links_missing:
                        yield from self._parts(known, revision, place.network, place, one.digest)

    def _parts(
        self, statement: Statement, revision: Revision, network: str, place: Place | None, mark: str = ""
    ) -> Iterator[Piece]:
        mark = mark or revision.digest
        parts = self.scene.desk.parts(harmless(revision.text), network)
        for part, text in enumerate(parts, 1):
            yield Piece(statement.id, network, mark, revision.number, part, len(parts), text, place)

    @property
    def _shown(self) -> Sequence[Piece]:
        rows = self.query_one(RowList).rows
        return rows.pieces if isinstance(rows, PieceRows) else ()

    @property
    def _piece(self) -> Piece | None:
        """The part that is chosen."""
        return next((piece for piece in self._shown if piece.key == self.chosen), None)

    def told(self, incident: Incident) -> list[Part]:
        piece = self._piece
        return [] if piece is None else [Part(plain(piece.text))]

    def hints(self, incident: Incident) -> list[Hint]:
        t = self.words.t
        links = [Hint("copy.link", t("Link"))] if any(piece.has_place for piece in self._shown) else []
        return [Hint("copy.copy", t("Copy")), *links, Hint("copy.alone", t("Text alone"))]

    def on_mount(self) -> None:
        self.query_one("#box").add_class("-copying")

    def look(self) -> None:
        super().look()
        room = self.app.size.height - (16 if self.app.size.height < ROOMY else 24)
        self.query_one("#table").styles.height = min(max(3, room), max(1, len(self._shown)))

    # --- acts -------------------------------------------------------------------------------------------

    def confirm(self) -> None:
        self.action_copy()

    def on_row_list_opened(self, message: RowList.Opened) -> None:
        message.stop()
        self.action_copy()

    def action_copy(self) -> None:
        """To the clipboard, by the terminal's own sequence (OSC 52); nobody says whether it took it. Then the next, but
        not before the link of the network is there to which all of it is copied now."""
        piece = self._piece
        if piece is None:
            return
        self.app.copy_to_clipboard(piece.text)
        self._copied |= {piece.key}
        name = network_name(piece.network)
        number = f" {piece.part}/{piece.of}" if piece.of > 1 else ""
        self.say(
            say(
                "Copied: {network}{number}. Not there? {key} shows the text alone.",
                network=name,
                number=number,
                key=self.printed("copy.alone"),
            )
        )
        self.look()
        if not (piece.has_place and piece.place is not None and piece.place.url is None and piece.part == piece.of):
            self.query_one(RowList).action_move(1)

    def action_alone(self) -> None:
        if (piece := self._piece) is not None:
            self.app.push_screen(TextAloneScreen(self.words, piece.text))

    def action_link(self) -> None:
        """The link of the chosen network, else of the first that lacks it; then the next, until one is put off. Where
        none is missing, the chosen one is corrected."""
        chosen = self._piece
        waiting = [piece for piece in self._shown if piece.wants_link]
        same = [piece for piece in waiting if chosen is not None and piece.network == chosen.network]
        if not waiting:
            if chosen is None or not chosen.has_place or chosen.place is None:
                recorded = chosen is not None and chosen.place is not None
                self.wrong(
                    say("Every link is there.") if recorded else say("Links come once it is marked as published.")
                )
            else:
                self._correct_link(chosen, chosen.place.url or "")
            return
        here = [piece for piece in same if chosen is not None and piece.digest == chosen.digest]
        piece = (here or same or waiting)[0]
        self.query_one(RowList).select(piece.key)
        name = network_name(piece.network)

        self.record(
            say("Link on {network}", network=name),
            (Field("url", say("Link"), "", "https://"),),
            lambda i, said: add_link(i.statements.get(piece.statement), piece.network, said["url"], piece.digest),
            lambda said: say("Link added: {network}", network=name),
            yes=say("Add"),
            text=say("Where can it be read?"),
            no=say("Later"),
            after=self._next_link,
        )

    def _correct_link(self, piece: Piece, url: str) -> None:
        name = network_name(piece.network)
        self.record(
            say("Link on {network}", network=name),
            (Field("url", say("Link"), url),),
            lambda i, said: add_link(i.statements.get(piece.statement), piece.network, said["url"], piece.digest),
            lambda said: say("Link corrected: {network}", network=name),
            yes=say("Correct"),
            text=say("Both links stay in the log; this one counts from now on."),
        )

    def _next_link(self) -> None:
        """One network after the other, until one is left for later."""
        self.look()
        if any(piece.wants_link for piece in self._shown):
            self.action_link()
        else:
            self.query_one("#no").focus()

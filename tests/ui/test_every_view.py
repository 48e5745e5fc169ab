"""Every view and dialog, walked through: what it says at every size and in both languages, and that it can be read in
every light."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.color import ColorSystem

from tests.ui.consoles import demo_console
from tests.ui.looking import IN_CALM, IN_CRISIS, colour, painted, walked
from warroom.ui.theme import CONTRAST, DARK, LIGHT, READABLE, best_for, contrast

SIZES = ((200, 50), (120, 36), (80, 24))
LINES = frozenset("─│╭╮╰╯┃┏┓┗┛╺╸┣┫╹╻┗╋┳┻━╌═┈▁▂▃▄▅▆▇█▔▞■□▌ ")
"""What is drawn and not read."""
SAID: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "room": ("Feed", "3 of 4", "1 Room", "@null34", "chooses a mention", "Spike. Remember:"),
        "feed": ("2 Feed", "@null34", "P1", "r Reply", "u Undo"),
        "plan": ("Tell our own people", "3 min late", "Read the room", "[ ] Message sent", "Space Tick"),
        "statement": ("Checks", "Objective", "Approval", "Publish: missing", "488 characters", "F2 To approve"),
        "timeline": ("Overdue: Tell our own people", "Published: First word", "Note…", "x Export"),
        "pulse": ("mentions/min", "Four audiences", "−− hate", "++ love", "◆ decision", "Effect of “First word”"),
        "publish": ("Nothing is posted for you", "✕ Not approved", "! Objective", "[x] Web", "Keep editing (Esc)"),
        "approve": ("The whole text", "We know some families", "Written by", "Not yet (Esc)", "Approve, by my name"),
        "guide": ("Guide: @null34", "Is it true?", "1 Yes", "Leave (Esc)"),
    },
    "es": {
        "room": ("Menciones", "3 de 4", "1 Sala", "@gael_68", "elige una mención", "Pico. Recuerda:"),
        "feed": ("2 Menciones", "@gael_68", "P1", "r Responder", "u Deshacer"),
        "plan": ("Avisar a la plantilla", "3 min tarde", "Leer el ambiente", "[ ] Mensaje enviado", "Espacio Marcar"),
        "statement": ("Comprobaciones", "Objetivo", "Aprobación", "Publicar: falta", "492 caracteres", "F2 A aprobar"),
        "timeline": ("Fuera de plazo: Avisar a la plantilla", "Publicado: Primera palabra", "Nota…", "x Exportar"),
        "pulse": ("menciones/min", "Cuatro audiencias", "−− odian", "++ aman", "◆ decisión", "Efecto de «Primera"),
        "publish": ("Nada se publica por ti", "✕ Sin aprobar", "! Objetivo", "[x] Web", "Seguir editando (Esc)"),
        "approve": ("El texto entero", "Sabemos que algunas", "Escrito por", "Aún no (Esc)", "Aprobar, con mi nombre"),
        "guide": ("Guía: @gael_68", "¿Es verdad?", "1 Sí", "Salir (Esc)"),
    },
}
"""What has to stand in each, at whatever size: what it is, what is amiss, what can be done."""
IN_CALM_SAID: Mapping[str, Mapping[str, Sequence[str]]] = {
    "en": {
        "room": ("No open crisis.", "d  Declare a crisis", "Ctrl+P  Everything else"),
        "declare": (
            "What is happening?",
            "(•) ■■□□ 2 Several complaints",
            "Lead",
            "Cancel (Esc)",
            "Declare and start the clock",
        ),
    },
    "es": {
        "room": ("No hay crisis abierta.", "d  Declarar crisis", "Ctrl+P  Todo lo demás"),
        "declare": (
            "¿Qué está pasando?",
            "(•) ■■□□ 2 Varias quejas",
            "Dirige",
            "Cancelar (Esc)",
            "Declarar y poner el reloj en marcha",
        ),
    },
}
CLOCK = {
    "en": ("Holding statement in 00:37:00", "Golden hour"),
    "es": ("Primer comunicado en 00:37:00", "Hora de oro"),
}
LATE = {"en": "late", "es": "tarde"}

CHOSEN = {
    "room": "1 home",
    "a step": "3 home down",
    "statement": "4",
    "timeline": "5",
    "pulse": "6",
    "publish": "4 p",
    "settings": "4 t",
    "filter": "2 home f",
    "menu": "ctrl+p",
    "checked": "2 home down space",
    "no more": "2 home down space",
}
"""The same each time one comes by: what is chosen, ticked and typed into."""


@pytest.mark.parametrize("lang", ["en", "es"])
@pytest.mark.parametrize("calm", [False, True], ids=["crisis", "calm"])
async def test_every_view_and_dialog_says_what_it_is_at_every_size(tmp_path: Path, lang: str, calm: bool) -> None:
    places, said = (IN_CALM, IN_CALM_SAID) if calm else (IN_CRISIS, SAID)
    async with demo_console(tmp_path, SIZES[0], lang=lang, calm=calm) as console:
        if not calm:
            await console.sorted_out()
        for size in SIZES:
            await console.pilot.resize_terminal(*size)
            await console.settled()
            async for name in walked(console, places):
                text, lines = console.text(), console.lines()
                for words in said[lang][name]:
                    assert words in text, (size, name, words, text)
                assert {cell_len(line) for line in lines} == {size[0]}, (size, name)
                if console.app.screen is console.screen:
                    assert ("? Help" if lang == "en" else "? Ayuda") in lines[-1]
                    if not calm:
                        assert any(clock in text for clock in CLOCK[lang]), (size, name, text)
                        assert LATE[lang] in text, (size, name, text)


async def test_every_light_says_the_same_and_can_be_read(tmp_path: Path) -> None:
    """As it is painted, on the ground that is behind it: also what is chosen, has the keys, or cannot be pressed."""
    async with demo_console(tmp_path) as console:
        await console.sorted_out()
        said: dict[str, list[str]] = {}
        for theme, least in ((DARK, READABLE), (LIGHT, READABLE), (CONTRAST, 7.0)):
            console.app.theme = theme.name
            await console.settled()
            async for name in walked(console, CHOSEN):
                assert said.setdefault(name, console.lines()) == console.lines(), (theme.name, name)
                for piece in painted(console):
                    if set(piece.text) <= LINES:
                        continue
                    measured = contrast(colour(piece.ink), colour(piece.ground))
                    assert measured >= least, (theme.name, name, piece)
                    if theme.name == best_for("standard"):
                        few = [one.downgrade(ColorSystem.STANDARD) for one in (piece.ink, piece.ground)]
                        assert contrast(*map(colour, few)) >= READABLE, (name, piece.text, few)

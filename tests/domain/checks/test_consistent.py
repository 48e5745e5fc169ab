"""C10: another number, date or cause than what is out; what is only newer, or marked as a correction, is fine."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from warroom.domain.checks.finding import Case, Said

from .judging import CASE, NOW, of, pointed

OTHER = (
    ("en", "We know of 12 people affected.", "We know of 15 people affected.", "15 people"),
    ("en", "41 reports in three regions.", "38 confirmed reports in three regions.", "38 confirmed reports"),
    ("en", "2,300 cartons left our plant.", "Two thousand cartons left our plant.", "Two thousand cartons"),
    ("en", "Please do not drink lot 4471.", "Please do not drink lot 4417.", "lot 4417"),
    ("en", "The ferry hit the pier at 8:42.", "The ferry hit the pier at 8:24.", "8:24"),
    ("en", "The lot left our plant on 2 March.", "The lot left our plant on March 3rd.", "March 3rd"),
    ("en", "Somebody got into our shop on Monday.", "Somebody got into our ticket shop on Sunday night.", "Sunday"),
    ("en", "The cause was a broken valve.", "The cause was cleaning water in the pipe.", None),
    ("en", "It was caused by a broken valve.", "It was not caused by a valve.", None),
    ("en", "The cause is a broken valve.", "We do not know the cause yet.", None),
    ("en", "Now 15 people are affected.", "So far 12 people are affected.", "12 people"),
    ("es", "Hay 12 personas afectadas.", "Hay 15 personas afectadas.", "15 personas"),
    ("es", "41 avisos en tres regiones.", "38 avisos en tres regiones.", "38 avisos"),
    ("es", "Salieron 2.300 cartones de la planta.", "Salieron dos mil cartones de la planta.", "dos mil cartones"),
    ("es", "Por favor, no bebas el lote 4471.", "Por favor, no bebas el lote 4417.", "lote 4417"),
    ("es", "El barco tocó el muelle a las 8:42.", "El barco tocó el muelle a las 8:24.", "8:24"),
    ("es", "El lote salió de la planta el 2 de marzo.", "El lote salió de la planta el 3 de marzo.", "3 de marzo"),
    ("es", "Alguien entró en la tienda el lunes.", "Alguien entró en la tienda de entradas el domingo.", "domingo"),
    ("es", "La causa fue una válvula rota.", "La causa fue agua de limpieza en el tubo.", None),
    ("es", "Se debe a una válvula rota.", "No se debe a una válvula.", None),
    ("es", "La causa es una válvula rota.", "Todavía desconocemos la causa.", None),
    ("es", "Ya son 15 personas afectadas.", "Hasta ahora hay 12 personas afectadas.", "12 personas"),
)
NEWER = (
    ("en", "We know of 12 people affected.", "Now 15 people are affected."),
    ("en", "We know of 12 people affected.", "Update, 18:00. We know of 15 people affected."),
    ("en", "12 people are in hospital.", "3 people are still in hospital."),
    ("en", "12 people are in hospital.", "Down from Monday: 3 people are in hospital."),
    ("es", "Hay 12 personas en el hospital.", "De ellas, 3 personas están en el hospital."),
    ("en", "We know of 12 people affected.", "We know of 12 people affected, and 3 more people called us."),
    ("en", "About 40 reports reached us.", "41 reports reached us."),
    ("en", "41 reports reached us.", "At least 40 reports reached us, and 7 reports in Brack."),
    ("en", "Our next update comes at 16:00.", "Our next update comes at 18:00."),
    ("en", "We stopped line 3 at 14:10.", "We stopped line 4 at 15:30."),
    ("en", "Please do not drink lot 4471.", "Please do not drink lot 4480 either; it is affected, too."),
    ("en", "We do not know the cause yet.", "The cause was a broken valve."),
    ("en", "The cause was a broken valve.", "We answer late due to the number of calls. It was caused by a valve."),
    ("en", "The cause is a valve.", "It was not caused by a virus."),
    ("en", "Write to us within 5 days. It takes 20 minutes.", "Write to us within 10 days. It takes 30 minutes."),
    ("en", "Call 900 123 456 about filler 3.", "Call 900 123 457 about filler 4, page 12."),
    ("en", "In 2024 our plant was checked.", "In 2025 our plant was checked."),
    ("es", "En 2024 nuestra planta pasó un control.", "En 2025 nuestra planta pasó un control."),
    ("en", "We know of 12 people affected.", "Altogether 15 people are affected."),
    ("en", "We know of 12 people affected.", "The number has risen: 15 people are affected."),
    ("es", "Hay 12 personas afectadas.", "Ya son 15 personas afectadas."),
    ("es", "Hay 12 personas afectadas.", "Actualización de las 18:00: hay 15 personas afectadas."),
    ("es", "Hay 12 personas en el hospital.", "Siguen en el hospital 3 personas."),
    ("es", "Hay 12 personas afectadas.", "Hay 12 personas afectadas y otras 3 personas nos han llamado."),
    ("es", "Llegaron unos 40 avisos.", "Llegaron 41 avisos."),
    ("es", "Llegaron 41 avisos.", "Llegaron al menos 40 avisos, y 7 avisos en Brea."),
    ("es", "Próximo aviso a las 16:00.", "Próximo aviso a las 18:00."),
    ("es", "Paramos la línea 3 a las 14:10.", "Paramos la línea 4 a las 15:30."),
    ("es", "Por favor, no bebas el lote 4471.", "Tampoco bebas el lote 4480, que también está afectado."),
    ("es", "Todavía no sabemos la causa.", "La causa fue una válvula rota."),
    ("es", "La causa fue una válvula rota.", "La tardanza se debe a las llamadas. Fue provocado por la válvula."),
    ("es", "La causa es una válvula.", "No fue causado por un virus."),
)


def out(text: str, lang: str, id: str = "S1", minutes: int = 60, corrects: str = "") -> Said:
    at = NOW - timedelta(minutes=minutes)
    return Said(id=id, text=text, lang=lang, purpose="holding", at=at, corrects=corrects)


def after(*said: Said, corrects: str = "") -> Case:
    return replace(CASE, lang=said[0].lang, said=said, corrects=corrects)


@pytest.mark.parametrize(("lang", "before", "text", "words"), OTHER)
def test_another_number_date_or_cause_is_pointed_at(lang: str, before: str, text: str, words: str | None) -> None:
    found = of("C10", text, after(out(before, lang)))
    assert [(finding.level, finding.group) for finding in found] == [("W", "accountability")]
    assert words is None or pointed(text, found) == [words]
    assert found[0].reason.params["id"] == "S1"
    assert found[0].reason.params["time"] == NOW - timedelta(minutes=60)
    assert of("C10", text, after(out(before, lang), corrects="S1")) == []


@pytest.mark.parametrize(("lang", "before", "text"), NEWER)
def test_what_is_newer_or_of_something_else_is_let_through(lang: str, before: str, text: str) -> None:
    assert of("C10", text, after(out(before, lang))) == []


@pytest.mark.parametrize(("lang", "before"), [(lang, before) for lang, before, *_ in (*OTHER, *NEWER)])
def test_to_repeat_oneself_is_no_contradiction(lang: str, before: str) -> None:
    assert of("C10", before, after(out(before, lang))) == []


def test_the_last_text_that_spoke_of_it_counts() -> None:
    texts = (out("12 people are affected.", "en"), out("Now 15 people are affected.", "en", id="S2", minutes=30))
    assert of("C10", "15 people are affected.", after(*texts)) == []
    assert of("C10", "12 people are affected.", after(*texts))[0].reason.params["id"] == "S2"


def test_what_has_been_corrected_is_no_longer_compared_with() -> None:
    texts = (
        out("It left on 2 March from our plant.", "en"),
        out("We said the wrong day.", "en", id="S2", minutes=30, corrects="S1"),
    )
    assert of("C10", "It left on 3 March from our plant.", after(*texts)) == []
    assert len(of("C10", "It left on 3 March from our plant.", after(texts[0]))) == 1


def test_another_language_is_not_compared_and_nothing_out_is_silence() -> None:
    case = replace(after(out("Hay 12 personas afectadas, lote 4471.", "es")), lang="en")
    assert of("C10", "15 people are affected, lot 4472.", case) == []
    assert of("C10", "15 people are affected.", CASE) == []


@pytest.mark.parametrize(
    "piece", ["12 people ", "lot 4471 and 4472, ", "2 March at 14:10 ", "caused by ", "mil ", "1,234,", "3 de "]
)
def test_a_hundred_thousand_characters_are_compared_in_time(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    for lang in ("en", "es"):
        of("C10", text, after(out(text + "5 people", lang), out("7 people. 7 avisos.", lang, id="S2")))

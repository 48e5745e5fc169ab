"""What a text promises and when it is due: told in Madrid on Tuesday 10 March 2026 at 14:25."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from warroom.domain.checks.promises import promises

from .judging import NOW

MADRID = ZoneInfo("Europe/Madrid")

PROMISES = (
    ("en", "We will update you here at 16:00.", "at 16:00", "10 16:00"),
    ("en", "Next update: 4 pm.", "4 pm", "10 16:00"),
    ("en", "We'll be back before 6 p.m. on Friday.", "before 6 p.m.", "13 18:00"),
    ("en", "We will speak again in one hour.", "in one hour", "10 15:25"),
    ("en", "We will speak again within 30 minutes.", "within 30 minutes", "10 14:55"),
    ("en", "We will know more within the hour.", "within the hour", "10 15:25"),
    ("en", "We will share results within the next 24 hours.", "within the next 24 hours", "11 14:25"),
    ("en", "Updates here every half an hour.", "every half an hour", "10 14:55"),
    ("en", "We will report in an hour and a half.", "in an hour and a half", "10 15:55"),
    ("en", "Tomorrow at 9:00 our director will speak.", "at 9:00", "11 09:00"),
    ("en", "We will publish the report on Friday.", "on Friday", "13 18:00"),
    ("en", "By Friday we will publish the report.", "By Friday", "13 18:00"),
    ("en", "We will publish it by Tuesday.", "by Tuesday", "10 18:00"),
    ("en", "We will publish it by next Tuesday.", "by next Tuesday", "17 18:00"),
    ("en", "We will tell you more on 12 March at 10.", "at 10", "12 10:00"),
    ("en", "On March 12th, we will tell you more at noon.", "at noon", "12 12:00"),
    ("en", "We will say more tonight at 9.", "at 9", "10 21:00"),
    ("en", "We will say more at 9.", "at 9", "10 21:00"),
    ("en", "We will say more at 9:00.", "at 9:00", "11 09:00"),
    ("en", "We will say more at midnight.", "at midnight", "11 00:00"),
    ("en", "We will say more at 13:55.", "at 13:55", "10 13:55"),
    ("en", "We stopped at 14:10 and will speak again at 16:00.", "at 16:00", "10 16:00"),
    ("es", "Actualizaremos aquí a las 16:00.", "a las 16:00", "10 16:00"),
    ("es", "La próxima información será a las 18:00 h.", "a las 18:00 h", "10 18:00"),
    ("es", "Próximo comunicado: 18:00.", "18:00", "10 18:00"),
    ("es", "Mañana a las 9 daremos más detalles.", "a las 9", "11 09:00"),
    ("es", "Daremos más detalles mañana.", "mañana", "11 18:00"),
    ("es", "Daremos los datos pasado mañana al mediodía.", "al mediodía", "12 12:00"),
    ("es", "Volveremos a informar a las 6 y media.", "a las 6 y media", "10 18:30"),
    ("es", "La directora hablará a las 9 de la mañana.", "a las 9 de la mañana", "11 09:00"),
    ("es", "Volvemos a informar aquí a las 18:00.", "a las 18:00", "10 18:00"),
    ("es", "Esta tarde a las 6 volveremos.", "a las 6", "10 18:00"),
    ("es", "Os contaremos más en una hora.", "en una hora", "10 15:25"),
    ("es", "Daremos más datos en hora y media.", "en hora y media", "10 15:55"),
    ("es", "Daremos más datos en la próxima hora.", "en la próxima hora", "10 15:25"),
    ("es", "Informaremos cada 30 minutos.", "cada 30 minutos", "10 14:55"),
    ("es", "Informaremos en 24 h.", "en 24 h", "11 14:25"),
    ("es", "Publicaremos los resultados antes del viernes.", "antes del viernes", "13 18:00"),
    ("es", "El viernes publicaremos los resultados a las 10:00.", "a las 10:00", "13 10:00"),
    ("es", "El lunes paramos la línea, actualizaremos a las 16:00.", "a las 16:00", "10 16:00"),
    ("es", "El viernes a las 10, actualizaremos.", "a las 10", "13 10:00"),
    ("es", "Vamos a hablar el 12 de marzo a las 10:00.", "a las 10:00", "12 10:00"),
    ("es", "Paramos a las 14:10 y hablaremos a las 16:00.", "a las 16:00", "10 16:00"),
    ("en", "We will tell you more at half past five.", "at half past five", "10 17:30"),
    ("en", "Next results tomorrow, at 4pm.", "at 4pm", "11 16:00"),
    ("en", "Look for us at 5 p.m.", "at 5 p.m.", "10 17:00"),
    ("es", "A las seis y media damos novedades.", "A las seis y media", "10 18:30"),
    ("es", "A las 4 p. m. les contamos cómo seguimos.", "A las 4 p. m.", "10 16:00"),
    ("es", "A las 19 hs contamos más por acá.", "A las 19 hs", "10 19:00"),
    ("es", "Os escribiré a las nueve de la noche.", "a las nueve de la noche", "10 21:00"),
    ("es", "El 3 de abril, antes de las 17:00, pondremos aquí el resultado.", "antes de las 17:00", "03 17:00"),
    ("es", "A las 16:00, novedades.", "A las 16:00", "10 16:00"),
    ("es", "Nos vemos aquí a las siete menos cuarto.", "a las siete menos cuarto", "10 18:45"),
    ("en", "More here at 16:00.", "at 16:00", "10 16:00"),
    ("en", "More information by 4 pm.", "by 4 pm", "10 16:00"),
    ("en", "Back here at 16:00.", "at 16:00", "10 16:00"),
    ("en", "We're back with more at 16:00.", "at 16:00", "10 16:00"),
    ("es", "Os contamos más aquí a las 23:30.", "a las 23:30", "10 23:30"),
    ("es", "A las 18:00 les explicamos más.", "A las 18:00", "10 18:00"),
    ("es", "Te contamos más en una hora.", "en una hora", "10 15:25"),
    ("es", "Volvemos a las 18:00.", "a las 18:00", "10 18:00"),
    ("es", "Volvemos con más datos en una hora.", "en una hora", "10 15:25"),
    ("es", "Informamos de nuevo a las 18:00.", "a las 18:00", "10 18:00"),
    ("es", "Más información aquí a las 18:00.", "a las 18:00", "10 18:00"),
)
NO_PROMISES = (
    ("en", "Lot 4471 was withdrawn at 14:10."),
    ("en", "We stopped the line at 14:10 and will publish everything."),
    ("en", "On Monday we stopped; we will not rest."),
    ("en", "We will be at 3 plants with 41 people, by 3 routes."),
    ("en", "We will test version 4.50 at 12.5 degrees and 99:99."),
    ("en", "We will know in minutes, on 31 February, today."),
    ("en", "We had told you more at 14:10."),
    ("en", "We brought the line back at 14:10."),
    ("en", "More than 40 people wrote at 14:10."),
    ("es", "Les informamos de que a las 14:10 paramos la línea."),
    ("es", "Tenemos más de 40 avisos desde las 14:10."),
    ("es", "El lote está retirado desde las 14:10 para protegeros."),
    ("es", "Paramos la línea a las 14:10 y lo explicaremos todo."),
    ("es", "Queremos deciros que a las 14:10 paramos."),
    ("es", "Iremos a 3 plantas con 41 personas."),
    ("es", "Probaremos la versión 4.50 a 12,5 grados."),
    ("es", "Por la mañana informaremos, el 31 de febrero, hoy."),
    ("es", "A las dos empresas les diremos todo."),
    ("en", "We will ask at one of our shops."),
    ("en", "The next train leaves at 16:00."),
    ("es", "A las 14:10 informamos a la policía."),
)


@pytest.mark.parametrize(("lang", "text", "words", "due"), PROMISES)
def test_a_promise_has_its_words_and_its_time(lang: str, text: str, words: str, due: str) -> None:
    [found] = promises(text, lang, NOW, MADRID)
    assert found.text == text
    assert f"{found.due_at.astimezone(MADRID):%d %H:%M}" == due
    assert found.due_at.tzinfo is UTC
    assert text[found.start : found.end] == words


@pytest.mark.parametrize(("lang", "text"), NO_PROMISES)
def test_what_happened_and_what_has_no_time_is_no_promise(lang: str, text: str) -> None:
    assert promises(text, lang, NOW, MADRID) == []


def test_each_sentence_promises_once_in_the_order_of_the_text() -> None:
    text = "– We are sorry.\nWe will speak at 16:00. The report will come by Friday. Lot 4471 left at 9:00."
    assert [(p.text, text[p.start : p.end]) for p in promises(text, "en", NOW, MADRID)] == [
        ("We will speak at 16:00.", "at 16:00"),
        ("The report will come by Friday.", "by Friday"),
    ]


def test_the_time_is_told_in_the_zone_of_the_text() -> None:
    [found] = promises("We will speak at 16:00.", "en", NOW, ZoneInfo("America/Bogota"))
    assert found.due_at == datetime(2026, 3, 10, 21, 0, tzinfo=UTC)


def test_hours_are_hours_across_a_change_of_the_clock() -> None:
    before = datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    [found] = promises("We will speak in two hours.", "en", before, MADRID)
    assert found.due_at == datetime(2026, 3, 29, 2, 30, tzinfo=UTC)
    [wall] = promises("We will speak at 9:00.", "en", before, MADRID)
    assert wall.due_at == datetime(2026, 3, 29, 7, 0, tzinfo=UTC)


def test_a_time_that_just_passed_is_late_and_one_long_past_is_tomorrow() -> None:
    text = "We will speak at 9:00."
    for now, due in (
        (datetime(2026, 3, 10, 9, 30, tzinfo=UTC), datetime(2026, 3, 10, 8, 0, tzinfo=UTC)),
        (datetime(2026, 3, 10, 20, 0, tzinfo=UTC), datetime(2026, 3, 11, 8, 0, tzinfo=UTC)),
    ):
        assert [promise.due_at for promise in promises(text, "en", now, MADRID)] == [due]


def test_on_a_friday_evening_friday_is_the_next() -> None:
    morning, evening = datetime(2026, 3, 13, 8, tzinfo=UTC), datetime(2026, 3, 13, 20, tzinfo=UTC)
    assert [f"{p.due_at:%d %H}" for p in promises("We will say it by Friday.", "en", morning, UTC)] == ["13 18"]
    assert [f"{p.due_at:%d %H}" for p in promises("We will say it by Friday.", "en", evening, UTC)] == ["20 18"]


def test_a_date_that_is_over_is_next_year() -> None:
    [found] = promises("We will meet on 2 March at 10:00.", "en", NOW, UTC)
    assert found.due_at == datetime(2027, 3, 2, 10, 0, tzinfo=UTC)

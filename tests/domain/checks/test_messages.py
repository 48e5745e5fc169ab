"""C1 and C2: not more than people can keep, and an opening for one breath."""

import pytest
from msgspec.structs import replace

from .judging import CASE, of, pointed
from .statements import GOOD

FOUR_PARTS = {
    "en": (
        "We are sorry.\n\nThe lot is off the shelves.\n\nThe shops pay you back.\n\nA doctor answers calls.\n\nOur "
        "line rests.",
        "We are sorry.\n- The lot is gone.\n- The shops pay.\n- A doctor answers calls.\n- Our line rests.",
        "What happened: a valve broke.\nWho is affected: lot 4471.\nWhat we are doing: we test.\nWhat changes: two "
        "checks.",
        "The lot is gone. Also, the shops pay. In addition, a doctor answers calls. Furthermore, our line rests.",
        "Dear all,\n\nLot 4471 is bad.\n\nThe shops pay you back.\n\nA doctor answers calls.\n\nOur line rests.\n\nWe "
        "hire people.",
    ),
    "es": (
        "Lo sentimos.\n\nEl lote está retirado.\n\nLas tiendas devuelven el dinero.\n\nAtiende un médico.\n\nLa línea "
        "descansa.",
        "Lo sentimos.\n- El lote está retirado.\n- Las tiendas pagan.\n- Atiende un médico.\n- La línea descansa.",
        "Qué ha pasado: falló una válvula.\nA quién afecta: al lote 4471.\nQué hacemos: analizar.\nQué cambia: dos "
        "revisiones.",
        "El lote está retirado. Además, las tiendas pagan. Asimismo, atiende un médico. Por otra parte, la línea "
        "descansa.",
        "Hola a todos:\n\nEl lote 4471 está mal.\n\nLas tiendas pagan.\n\nAtiende un médico.\n\nLa línea "
        "descansa.\n\nContratamos.",
    ),
}
THREE_PARTS = {
    "en": (
        "We are sorry.\n\nThe lot is off the shelves.\n\nThe shops pay you back.\n\nA doctor answers calls.",
        "What you can do:\n- keep the carton\n- stop drinking it\n- write to us\n- call a doctor\n- tell your shop",
        "What we know: one lot.\nWhat we do not know yet: why.\nWhat we are doing: we test.\nWhat you can do: keep "
        "it.\nNext update: 16:00.",
        "If you have a carton of lot 4471 at home or in your shop, these five things help now:\n- keep it\n- stop\n- "
        "write"
        "\n- call\n- tell us",
        "The lot is gone. Also, the shops pay. A doctor answers calls. Our line rests. We hire people.",
        "We are sorry.\n\nThe lot is gone.\n\nThe shops pay.\n\nA doctor answers.\n\nWe will update you here at "
        "16:00.\n\n– E. Soto",
    ),
    "es": (
        "Lo sentimos.\n\nEl lote está retirado.\n\nLas tiendas devuelven el dinero.\n\nAtiende un médico.",
        "Qué puedes hacer:\n- guarda el cartón\n- no lo bebas\n- escríbenos\n- llama al médico\n- avisa en la tienda",
        "Qué sabemos: un lote.\nQué no sabemos: por qué.\nQué hacemos: analizar.\nQué puedes hacer: "
        "guárdalo.\nPróximo aviso: 16:00.",
        "Si tienes un cartón del lote 4471 en casa o en tu tienda, estas cinco cosas ayudan ahora:\n- guárdalo\n- para"
        "\n- escribe\n- llama\n- avísanos",
        "El lote está retirado. Además, las tiendas pagan. Atiende un médico. La línea descansa. Contratamos.",
        "Lo sentimos.\n\nEl lote se fue.\n\nLas tiendas pagan.\n\nAtiende un médico.\n\nActualizaremos aquí a las "
        "16:00.\n\n— E. Soto",
    ),
}
LONG_LEADS = {
    "en": (
        "We would like to inform all of our customers that some people who drank our oat drink of lot 4471 have told "
        "us in the last few hours that they do not feel well. We are sorry.",
        "Following a large number of reports that reached us this morning through several channels, and after talking "
        "to the plant and to the shops, we have stopped filler 3.",
        "Notice to customers\nAs a company that has worked for thirty years with farmers of the region and that knows "
        "what its name means to people in it, we want to speak to you today.",
        "Hello everybody,\nwe know that those of you who were waiting at the doors last night in the rain for more "
        "than "
        "forty minutes without a word from us have every reason to be angry.",
        "Administrators of organisations internationally participating experienced authentication irregularities "
        "simultaneously affecting administrative functionality everywhere.",
    ),
    "es": (
        "Queremos informar a todos nuestros clientes de que algunas personas que bebieron nuestra bebida de avena del "
        "lote 4471 nos han dicho en las últimas horas que no se encuentran bien. Lo sentimos.",
        "Tras recibir esta mañana un gran número de avisos por distintos canales, y después de hablar con la planta y "
        "con las tiendas de la zona, hemos parado la llenadora 3 de Brea.",
        "Aviso a clientes\nComo empresa que lleva treinta años trabajando con agricultores de la comarca y que sabe lo "
        "que significa su nombre para toda su gente, hoy queremos hablaros a todos.",
        "Hola a todos:\nsabemos que quienes esperasteis anoche bajo la lluvia en las puertas durante más de cuarenta "
        "minutos sin una sola palabra nuestra tenéis todos los motivos del mundo para estar enfadados.",
        "Administradores internacionales participantes experimentaron irregularidades simultáneas de autenticación, "
        "afectando indiscriminadamente funcionalidades administrativas imprescindibles.",
    ),
}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in FOUR_PARTS.items() for text in texts])
def test_more_than_three_messages_are_said_at_the_fourth(lang: str, text: str) -> None:
    found = of("C1", text, replace(CASE, lang=lang))
    assert [(finding.level, finding.asks) for finding in found] == [("W", True)]
    assert found[0].reason.params["n"] in (4, 5)
    fourth = {"en": ("Our line", "What changes", "Furthermore"), "es": ("La línea", "Qué cambia", "Por otra")}
    assert pointed(text, found)[0].lstrip("- ").startswith((*fourth[lang], "We hire", "Contratamos"))


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in THREE_PARTS.items() for text in texts])
def test_three_messages_are_fine_and_so_are_their_parts(lang: str, text: str) -> None:
    assert of("C1", text, replace(CASE, lang=lang)) == []


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, texts in LONG_LEADS.items() for text in texts])
def test_an_opening_for_more_than_one_breath_is_pointed_at(lang: str, text: str) -> None:
    found = of("C2", text, replace(CASE, lang=lang))
    assert [finding.level for finding in found] == ["W"]
    assert not pointed(text, found)[0].startswith(("Notice", "Aviso", "Hello", "Hola"))


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang, pairs in GOOD.items() for _, text in pairs])
def test_a_short_opening_is_fine(lang: str, text: str) -> None:
    assert of("C2", text, replace(CASE, lang=lang)) == []


def test_words_and_seconds_are_told() -> None:
    params = of("C2", LONG_LEADS["en"][4])[0].reason.params
    assert params["n"] == 13
    assert params["seconds"] in range(11, 16)
    assert (params["words"], params["limit"]) == (27, 9)
    assert of("C2", "") == of("C1", "") == []


def test_a_greeting_with_a_full_stop_is_no_opening() -> None:
    for lang, hello in (("en", "Good morning to you all. "), ("es", "Buenos días a todos. ")):
        text = hello + LONG_LEADS[lang][0]
        assert pointed(text, of("C2", text, replace(CASE, lang=lang)))[0][:2] in ("We", "Qu")

"""C8: personal data is pointed at; times, dates, money and the numbers of lots are not personal."""

import pytest
from msgspec.structs import replace

from .judging import CASE, of, pointed

# Numbers of films and manuals: their check digits are right, and they belong to nobody.
PERSONAL = (
    ("en", "Write to marta.roe@mail.example today.", "e-mail address", "marta.roe@mail.example"),
    ("en", "Call Marta on +1 202 555 0143.", "telephone number", "+1 202 555 0143"),
    ("en", "Call Marta on (202) 555-0143 now.", "telephone number", "(202) 555-0143"),
    ("en", "Her number is 020 7946 0958.", "telephone number", "020 7946 0958"),
    ("en", "His number is 078-05-1120.", "identity number", "078-05-1120"),
    ("en", "Refunds went to GB82 WEST 1234 5698 7654 32 today.", "bank account", "GB82 WEST 1234 5698 7654 32"),
    ("en", "Paid with 4111 1111 1111 1111 12/27.", "card number", "4111 1111 1111 1111"),
    ("en", "The van AB12 CDE was there.", "number plate", "AB12 CDE"),
    ("es", "Escribe a marta.roe+avena@correo.example hoy.", "e-mail address", "marta.roe+avena@correo.example"),
    ("es", "Llama a Marta al 600 123 456.", "telephone number", "600 123 456"),
    ("es", "Llama a Marta al 912-34-56-78, por favor.", "telephone number", "912-34-56-78"),
    ("es", "Su móvil es +34600123456.", "telephone number", "+34600123456"),
    ("es", "El DNI 12345678Z es suyo.", "identity number", "12345678Z"),
    ("es", "El DNI 12.345.678-Z es suyo.", "identity number", "12.345.678-Z"),
    ("es", "El NIE X1234567L es suyo.", "identity number", "X1234567L"),
    (
        "es",
        "Ingreso en ES91 2100 0418 4502 0005 1332 para dudas.",
        "bank account",
        "ES91 2100 0418 4502 0005 1332",
    ),
    ("es", "Pagó con 5500-0000-0000-0004.", "card number", "5500-0000-0000-0004"),
    ("es", "La furgoneta 1234 BCD estaba allí.", "number plate", "1234 BCD"),
    ("es", "La furgoneta M-1234-AB estaba allí.", "number plate", "M-1234-AB"),
    ("es", "Marquen a Marta, 55 1234 5678, en la Ciudad de México.", "telephone number", "55 1234 5678"),
    ("es", "Su celular: +54 9 11 4567-8900.", "telephone number", "+54 9 11 4567-8900"),
    ("es", "El RUT 12.345.678-5 es suyo.", "identity number", "12.345.678-5"),
    ("es", "El RUT 10.000.013-K es suyo.", "identity number", "10.000.013-K"),
    ("es", "Vive acá el señor con DNI 30.123.456, vecino.", "identity number", "30.123.456"),
    ("es", "Pidió la devolución con cédula 1023456789.", "identity number", "1023456789"),
    ("es", "Su CURP, GOPA800101HDFRRN09, quedó a la vista.", "identity number", "GOPA800101HDFRRN09"),
)
IMPERSONAL = (
    ("en", "Lot 4471 left the plant on 2026-03-10 14:10, between 06:00 and 14:00."),
    ("en", "Lots 4471 BCD, 4472 BCD and 4473 BCD; batch no. 912345678; order 2025550143."),
    ("en", "See https://help.nordavena.example/600123456 or help.nordavena.example/912345678."),
    ("en", "We set aside 1,200,000,000 pounds, 650 000 000 litres and 600 123 456 euros."),
    ("en", "Card 4111 1111 1111 1112 and account GB82 WEST 1234 5698 7654 33 do not exist."),
    ("en", "At 3000 RPM the pump holds; 10/03/2026 to 12/03/2026; call 112."),
    ("en", "See https://help.nordavena.example/?item=600123456 or help.nordavena.example/?item=912345678."),
    ("es", "El 9-10-2026 14 familias avisaron; el 8.10.2026 16 más."),
    ("es", "El lote 4471 salió el 10/03/2026 a las 14:10, entre las 06:00 y las 14:00."),
    ("es", "Lotes 4471 BCD y 4472 BCD; partida n.º 912345678; pedido 600123456."),
    ("es", "Mira https://ayuda.nordavena.example/600123456 o @nordavena600123456."),
    ("es", "Hemos apartado 600.000.000 de euros, 650 123 456 € y 1.200 cartones."),
    ("es", "El DNI 12345678A y el NIE X1234567A no existen."),
    ("en", "Gate 14, rows 12 to 30: 212 passengers waited 6 h 40 min; 1,204 meals, 65 doctors."),
    ("en", "The council tested 12.345.678 litres, 2 of 9,000 samples, in 2024-2025."),
    ("es", "El RUT 12.345.678-9 no existe; multa de 12.345.678 pesos."),
    ("es", "Puerta 14, filas 12 a 30: 212 pasajeros, 6 h 40 min de espera, 1.204 comidas."),
    ("es", "Pidan cita con su DNI o cédula en la oficina 12, de 8 a 14 h."),
    ("es", "A 3000 RPM la bomba aguanta; del 10-03-2026 al 12-03-2026; 112."),
)


@pytest.mark.parametrize(("lang", "text", "kind", "words"), PERSONAL)
def test_personal_data_is_pointed_at_and_named(lang: str, text: str, kind: str, words: str) -> None:
    found = of("C8", text, replace(CASE, lang=lang))
    assert pointed(text, found) == [words]
    assert found[0].level == "B"
    assert found[0].reason.params["words"] == words
    assert getattr(found[0].reason.params["kind"], "id", None) == kind


@pytest.mark.parametrize(("lang", "text"), IMPERSONAL)
def test_other_numbers_are_let_through(lang: str, text: str) -> None:
    assert pointed(text, of("C8", text, replace(CASE, lang=lang))) == []


@pytest.mark.parametrize(
    ("allowed", "text"),
    [
        ("ana@nordavena.example", "Write to Ana@Nordavena.example."),
        ("@nordavena.example", "Write to marta@nordavena.example."),
        ("912 123 456", "Call +34 912 123 456."),
        ("+34 912-123-456", "Call 912 123 456."),
    ],
)
def test_what_the_organisation_allows_may_stand(allowed: str, text: str) -> None:
    assert len(of("C8", text)) == 1
    assert of("C8", text, replace(CASE, allowed=("", allowed))) == []


@pytest.mark.parametrize(
    ("allowed", "text"),
    [
        ("ana@nordavena.example", "Write to mariana@nordavena.example."),
        ("@nordavena.example", "Write to marta@mail.example."),
        ("912 123 456", "Call 600 123 456."),
        ("6", "Call 600 123 456."),
    ],
)
def test_what_only_resembles_the_allowed_may_not(allowed: str, text: str) -> None:
    assert len(of("C8", text, replace(CASE, allowed=(allowed,)))) == 1


def test_several_are_each_named_once() -> None:
    text = "Marta (marta@mail.example, 600 123 456) and Luis (luis@mail.example, 600 123 457)."
    expected = ["marta@mail.example", "600 123 456", "luis@mail.example", "600 123 457"]
    assert pointed(text, of("C8", text)) == expected


NOBODYS = (
    ("en", "Call 0808 157 0123 or 0800 157 0123, day and night."),
    ("en", "Ring 0345 999 0123, 0306 999 0123 or +44 808 157 0123."),
    ("en", "Call 1-800-555-0134, 888-555-0199 or (877) 555-0110."),
    ("en", "Families: +1 800 555 0177."),
    ("en", "Write to info@shop.example, press.office@shop.example or help-uk@shop.example."),
    ("en", "Questions to privacy@shop.example, customer.service@shop.example or safety2@shop.example."),
    ("es", "Llama al 900 123 456, al 901 123 456 o al +34 902 123 456."),
    ("es", "Llamen al 600 123 4567, al 800 123 456 o al +56 600 123 4567."),
    ("es", "Marquen al 800 123 4567 o al 01 800 123 4567."),
    ("es", "Línea gratuita: 0800 222 1111, 0810 222 1111 o 01 8000 123 456."),
    ("es", "Escribe a prensa@tienda.example, atencion.cliente@tienda.example o ayuda-es@tienda.example."),
    ("es", "Dudas: privacidad@tienda.example, hola@tienda.example o atencionalcliente@tienda.example."),
)
STILL_SOMEBODYS = (
    ("en", "Call Ann on 07911 123456.", "07911 123456"),
    ("en", "Text (415) 555-0132.", "(415) 555-0132"),
    ("en", "Call +44 7911 123456.", "+44 7911 123456"),
    ("en", "Write to press.marta@mail.example.", "press.marta@mail.example"),
    ("en", "Her address is ann.support@mail.example.", "ann.support@mail.example"),
    ("en", "Ask him: helper@mail.example.", "helper@mail.example"),
    ("es", "Llama a Ana al 655 123 456.", "655 123 456"),
    ("es", "Su fijo de Rosario: 0341 555 1234.", "0341 555 1234"),
    ("es", "Su fijo de Concordia: 0345 555 1234.", "0345 555 1234"),
    ("es", "Celular: +56 9 6123 4567.", "+56 9 6123 4567"),
    ("es", "Escribe a marta.prensa@correo.example.", "marta.prensa@correo.example"),
    ("es", "Escribe a lopez@correo.example.", "lopez@correo.example"),
)


@pytest.mark.parametrize(("lang", "text"), NOBODYS)
def test_a_line_for_everybody_and_a_mailbox_of_a_task_are_nobodys(lang: str, text: str) -> None:
    assert pointed(text, of("C8", text, replace(CASE, lang=lang))) == []


@pytest.mark.parametrize(("lang", "text", "words"), STILL_SOMEBODYS)
def test_what_resembles_them_is_still_somebodys(lang: str, text: str, words: str) -> None:
    assert pointed(text, of("C8", text, replace(CASE, lang=lang))) == [words]

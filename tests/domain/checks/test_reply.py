"""R1–R5, in English and Spanish: replies that must not go out as they are, and replies as good people write them."""

import pytest
from msgspec.structs import replace

from tests.work import work
from warroom.domain.checks.finding import Answering
from warroom.domain.events import Outcome
from warroom.domain.mention import Segment

from .judging import CASE, judged, of, pointed

REPLY = replace(CASE, purpose="reply", facts={}, cited=(), declared_at=None)
LANGS = ("en", "es")

RUDE = {
    "en": (
        ("@marta.example You are lying, and everybody can see it.", "You are lying"),
        ("Only an idiot would drink it after the warning.", "idiot"),
        ("We are done here, idiot.", "idiot"),
        ("Read our statement, troll.", "troll"),
        ("We are sorry that you are an idiot.", "idiot"),
        ("Oh please. The lot number is on the carton.", "Oh please"),
        ("Thank you for your brilliant analysis. The results come on Friday.", "Thank you for your brilliant"),
        ("If you had bothered to read our statement, you would know.", "If you had bothered"),
        ("Delete your post or you will hear from our lawyers.", "hear from our lawyers"),
        ("Be careful what you write: we know who you are.", "we know who you are"),
        ("This is defamation and we will sue.", "we will sue"),
        ("We looked at your profile and your 12 followers. That says it all.", "looked at your profile"),
        ("Learn to read: it is only lot 4471.", "Learn to read"),
        ("You clearly don't know how a laboratory works.", "You clearly don't"),
        ("Hahaha, no. Nobody died 😂", "Hahaha"),
        ("Sure 🙄 the laboratory is wrong and you are right.", "🙄"),
        ("You're exaggerating: it was one carton.", "You're exaggerating"),
    ),
    "es": (
        ("@marta.example Mientes, y lo sabe todo el mundo.", "Mientes"),
        ("Solo un idiota se lo bebería después del aviso.", "idiota"),
        ("Somos serios, payaso.", "payaso"),
        ("Lea nuestro comunicado, ignorante.", "ignorante"),
        ("Nos llamas mentirosos y eres un ignorante.", "ignorante"),
        ("Ya, claro. El número de lote está en el cartón.", "Ya, claro"),
        ("Gracias por tu brillante análisis. Los resultados salen el viernes.", "Gracias por tu brillante"),
        ("Si te hubieras molestado en leer el comunicado, lo sabrías.", "Si te hubieras molestado"),
        ("Si se hubiera molestado en leerlo, lo sabría.", "Si se hubiera molestado"),
        ("Borra tu comentario o tendrás noticias de nuestros abogados.", "noticias de nuestros abogados"),
        ("Cuidado con lo que escribes: sabemos quién eres.", "sabemos quién eres"),
        ("Esto es difamación y os demandaremos.", "os demandaremos"),
        ("Aténgase a las consecuencias.", "Aténgase a las consecuencias"),
        ("Hemos visto tu perfil y tus 12 seguidores. Está todo dicho.", "Hemos visto tu perfil"),
        ("Aprende a leer: es solo el lote 4471.", "Aprende a leer"),
        ("Vos no tenés ni idea de cómo trabaja un laboratorio.", "no tenés ni idea"),
        ("No exageres, fue un solo cartón.", "No exageres"),
        ("Jajaja, no. Nadie se ha muerto 😂", "Jajaja"),
        ("Claro 🙄 el laboratorio se equivoca y tú no.", "🙄"),
        ("Dejen de mentir de una vez.", "Dejen de mentir"),
        ("Deja de hacer el payaso y lee el aviso.", "payaso"),
    ),
}
KIND = {
    "en": (
        "@marta.example You are right, and we are sorry: the warning came two days late. Please keep the carton.",
        "You called us liars. We understand why. Here is the laboratory's report: help.nordavena.example/4471",
        "We were fools not to answer on Friday. It should not have happened.",
        "There are no stupid questions. Only lot 4471 is affected; yours is 4470.",
        "Thank you for your kind words! We will tell the people at the plant.",
        "You can get help at help.nordavena.example, also at night. Put the carton in the garbage if it leaks.",
        "We have your details and will refund you today. You will pay nothing for the return.",
        "Be careful when you open it: there may be glass. Keep it or throw it away.",
        "That figure is not right: 41 people wrote to us, not 400. Source: help.nordavena.example/4471",
        "Judging by your photo it is lot 4470, which is safe. If you feel ill, please see a doctor.",
        "Our lawyers are not involved at all. You may say what you think of us.",
        "We know it is not a big deal for some, and a very big one for you. How is your daughter?",
    ),
    "es": (
        "@marta.example Tienes razón y lo sentimos: el aviso llegó dos días tarde. Guarda el cartón, por favor.",
        "Nos llamas mentirosos y entendemos por qué. Este es el informe del laboratorio: help.nordavena.example/4471",
        "Fuimos unos ineptos y unos tontos por no contestar el viernes. No debió pasar.",
        "No hay preguntas tontas. Solo está afectado el lote 4471; el tuyo es el 4470.",
        "¡Gracias por tus palabras! Se las pasamos a la gente de la planta.",
        "Puedes tirarlo a la basura si gotea, o retíralo o devuélvelo en la tienda.",
        "Si aún no sabes nada de tu pedido, tenemos tus datos y te lo devolvemos hoy. No lo vas a pagar tú.",
        "Mucho cuidado al abrirlo: puede haber cristal. Nuestro último aviso está en help.nordavena.example",
        "El dato no es correcto: nos han escrito 41 personas, no 400. Fuente: help.nordavena.example/4471",
        "Usted tiene razón: se nota que no le atendimos bien, y le pedimos disculpas.",
        "No es una tontería: vamos a mirar tu caso hoy mismo.",
        "Sí, es seguro: los datos no mienten y están publicados. Claro, como dices, faltaba decirlo antes.",
    ),
}


@pytest.mark.parametrize(("lang", "text", "words"), [(lang, *case) for lang in LANGS for case in RUDE[lang]])
def test_r1_holds_insult_mockery_threat_and_personal_remark_at_the_words(lang: str, text: str, words: str) -> None:
    findings = of("R1", text, replace(REPLY, lang=lang))
    assert words in pointed(text, findings)
    assert {f.level for f in findings} == {"B"}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in LANGS for text in KIND[lang]])
def test_r1_lets_pass_what_good_people_write(lang: str, text: str) -> None:
    assert pointed(text, of("R1", text, replace(REPLY, lang=lang))) == []


@pytest.mark.parametrize(
    ("lang", "text"), [("en", "Haha, genius! We have no better idea."), ("es", "¡Jajaja, qué genia!")]
)
def test_r1_lets_us_laugh_with_those_who_like_us_only(lang: str, text: str) -> None:
    for segment, held in ((Segment.LOVE, False), (Segment.LIKE, False), (Segment.NEUTRAL, True), (Segment.HATE, True)):
        case = replace(REPLY, lang=lang, answering=Answering(text="", segment=segment))
        assert bool(of("R1", text, case)) is held


def test_the_reply_checks_judge_replies_only() -> None:
    case = replace(CASE, answering=Answering(text="", segment=Segment.HATE, outcome="monitor", followers=90_000))
    assert not {f.check for f in judged("You are lying. DM us.", case)} & {"R1", "R2", "R3", "R4", "R5"}


SAID = {
    "en": "{} We are sorry. Only lot 4471 is affected, please keep the carton and write to {}",
    "es": "{} Lo sentimos. Solo está afectado el lote 4471, guarda el cartón y escribe a {}",
}
OTHER = {
    "en": (
        "Your carton is lot 4470: it is safe.",
        "How is your daughter today?",
        "The shop in Brack will change it for you.",
        "The report is out: help.nordavena.example/4471",
        "Thank you for the photo. It is the same lot.",
    ),
    "es": (
        "Tu cartón es del lote 4470: es seguro.",
        "¿Cómo está hoy tu hija?",
        "La tienda de Brea te lo cambia.",
        "Ya está el informe: help.nordavena.example/4471",
        "Gracias por la foto. Es el mismo lote.",
    ),
}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(
    "who",
    [("", "x.example"), ("@a", "y.example"), ("@marta.example", "help.example"), ("@b,", "z.es"), ("@c!", "w.es")],
)
def test_r2_hears_the_same_text_the_third_time_whoever_it_names(lang: str, who: tuple[str, str]) -> None:
    said = (SAID[lang].format("@ana", "help.example"), "…", SAID[lang].format("@luis", "help.example").upper())
    text = SAID[lang].format(*who)
    found = of("R2", text, replace(REPLY, lang=lang, thread=said))
    assert [(f.level, f.reason.params["n"]) for f in found] == [("W", 2)]
    assert of("R2", text, replace(REPLY, lang=lang, thread=said[:2])) == []


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in LANGS for text in OTHER[lang]])
def test_r2_lets_pass_what_is_said_to_this_person(lang: str, text: str) -> None:
    said = tuple(SAID[lang].format(f"@p{n}", "help.example") for n in range(5))
    assert of("R2", text, replace(REPLY, lang=lang, thread=said)) == []
    other = {
        "en": "We are sorry. Only lot 4471 is affected; yours is 4470 and safe, please enjoy it.",
        "es": "Lo sentimos. Solo está afectado el lote 4471; el tuyo es el 4470 y es seguro, disfrútalo.",
    }
    assert of("R2", other[lang], replace(REPLY, lang=lang, thread=said)) == []
    assert of("R2", "", replace(REPLY, lang=lang, thread=("", "", ""))) == []


TEXTS = tuple(zip(OTHER["en"], OTHER["es"], strict=True))


@pytest.mark.parametrize("texts", TEXTS)
def test_r3_warns_before_an_answer_to_what_is_only_watched(texts: tuple[str, str]) -> None:
    others: tuple[Outcome | None, ...] = (None, "answer", "correct", "repair", "let-stand")
    for lang, text in zip(LANGS, texts, strict=True):
        case = replace(REPLY, lang=lang, answering=Answering(text="", outcome="monitor"))
        assert [f.level for f in of("R3", text, case)] == ["W"]
        for outcome in others:
            assert of("R3", text, replace(case, answering=Answering(text="", outcome=outcome))) == []
        assert of("R3", text, replace(case, answering=None)) == []


HIDDEN = {
    "en": (
        ("Please DM us.", "DM us"),
        ("Hi! Thanks for reaching out. Send us a message with your order number.", "Send us a message"),
        ("We do not discuss single cases here. Write to us by private message.", "private message"),
        ("Call us and we will see.", "Call us"),
        ("Could you drop us a message? Let's take this offline.", "drop us a message"),
    ),
    "es": (
        ("Escríbenos por DM.", "DM"),
        ("¡Hola! Gracias por contactar. Mándanos un mensaje con tu número de pedido.", "Mándanos un mensaje"),
        ("No hablamos aquí de casos concretos. Escriba por mensaje privado.", "mensaje privado"),
        ("Llámenos y lo vemos.", "Llámenos"),
        ("Te escribimos por interno.", "por interno"),
    ),
}
SEEN = {
    "en": (
        "You are right, four days is too long. Send us a message with the order number and we refund it today.",
        "We are sorry about your daughter. We will answer in private what concerns her health; please DM us.",
        "Yes, lot 4471 is affected. For the refund, DM us the photo of the code.",
        "Thank you for telling us. We have stopped the line. For your order, call us when it suits you.",
        "Our next word comes at 6 pm. Write to help.nordavena.example for anything else.",
    ),
    "es": (
        "Tienes razón, cuatro días son demasiados. Mándanos un mensaje con el pedido y te lo devolvemos hoy.",
        "Sentimos lo de tu hija. Lo que toca a su salud te lo contamos por privado.",
        "Sí, el lote 4471 está afectado. Para la devolución, mándanos un mensaje con la foto del código.",
        "Gracias por avisar. Hemos parado la línea. Para su pedido, llámenos cuando le venga bien.",
        "Volvemos a informar a las 18:00. Para lo demás, escribe a help.nordavena.example.",
    ),
}


@pytest.mark.parametrize(("lang", "text", "words"), [(lang, *case) for lang in LANGS for case in HIDDEN[lang]])
def test_r4_asks_for_a_word_in_public_before_the_private_channel(lang: str, text: str, words: str) -> None:
    findings = of("R4", text, replace(REPLY, lang=lang))
    assert pointed(text, findings) == [words]
    assert {f.level for f in findings} == {"W"}


@pytest.mark.parametrize(("lang", "text"), [(lang, text) for lang in LANGS for text in SEEN[lang]])
def test_r4_lets_pass_what_says_first_that_it_has_seen_the_case(lang: str, text: str) -> None:
    assert of("R4", text, replace(REPLY, lang=lang)) == []


@pytest.mark.parametrize("texts", TEXTS)
def test_r5_reminds_that_many_read_along(texts: tuple[str, str]) -> None:
    for lang, text in zip(LANGS, texts, strict=True):
        case = replace(REPLY, lang=lang, answering=Answering(text="", segment=Segment.HATE, followers=54_000))
        assert [(f.level, f.reason.params["n"]) for f in of("R5", text, case)] == [("I", 54_000)]
        for to in (
            Answering(text="", segment=Segment.HATE, followers=300),
            Answering(text="", segment=Segment.HATE, followers=None),
            Answering(text="", segment=Segment.LOVE, followers=54_000),
            Answering(text="", segment=Segment.DISLIKE, followers=54_000),
            None,
        ):
            assert of("R5", text, replace(case, answering=to)) == []


def test_a_hundred_thousand_characters_are_no_trouble() -> None:
    for piece in ("you ", "we are not ", "@a", "idiota. ", "a"):

        def judged(n: int, piece: str = piece) -> int:
            text = piece * (n // len(piece))
            case = replace(REPLY, lang="es", thread=(text, text))
            return work(lambda: of("R1", text, case))

        judged(1_000)
        assert judged(100_000) < 15 * judged(10_000) + 1_000

"""Topics: what a mention is about where that decides how soon it is read."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warroom.domain.triage.topics import ANY as ANY_WORD
from warroom.domain.triage.topics import GAP, NAMES, OR, REST, Topic, Topics
from warroom.domain.triage.words import normal
from warroom.services.topics import HOME, load_topics, read_topics

FEW = Topics(
    {
        Topic.INJURY: ["in hospital", "made _ sick", "can't breathe", "vomit*", "is ill"],
        Topic.MONEY: ["refund*", "charged twice", "double charg* today"],
        Topic.THREAT: ["burn it down"],
        Topic.PRODUCT_SAFETY: ["burnt|scald* ~ my|his hand|arm*", "came off"],
    },
    frozenset({"no", "not", "never", "nobody"}),
)
ANY = load_topics()


def found(text: str) -> list[tuple[str, str]]:
    return [(said.topic.value, said.words) for said in FEW.of(text)]


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("She is IN Hospital.", [("injury", "IN Hospital")]),
        ("the hospital in town", []),
        ("𝐢𝐧 𝐡𝐨𝐬\u200b𝐩𝐢𝐭𝐚𝐥", [("injury", "in hospital")]),
        ("in hospitals", []),
        ("in, hospital", []),
        ("it made him sick", [("injury", "made him sick")]),
        ("it made sick", []),
        ("it made , sick", []),
        ("vomiting all night", [("injury", "vomiting")]),
        ("Vómitos toda la noche: vomitó", [("injury", "Vómitos")]),
        ("can’t breathe", [("injury", "can’t breathe")]),
        ("double charged today", [("money", "double charged today")]),
        ("double charged yesterday", []),
        (
            "refunds in hospital, burn it down",
            [("threat", "burn it down"), ("injury", "in hospital"), ("money", "refunds")],
        ),
        ("in hospital, in hospital", [("injury", "in hospital")]),
        ("it burnt my hand", [("product-safety", "burnt my hand")]),
        ("scalding the skin of his arms", [("product-safety", "scalding the skin of his arms")]),
        ("it burnt my hair and my arm", [("product-safety", "burnt my hair and my arm")]),
        ("it burnt the skin of all my hand", []),
        ("it burnt, my hand", []),
        ("it burnt but not my hand", []),
        ("it burnt his head", []),
        ("", []),
        ("in", []),
        ("😡 #refund", [("money", "#refund")]),
    ],
)
def test_a_phrase_is_found_in_whole_words_each_topic_once_and_the_weightiest_first(
    text: str, topics: list[tuple[str, str]]
) -> None:
    assert found(text) == topics


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("nobody is ill", False),
        ("nobody we know is ill", False),
        ("nobody that we know is ill", True),
        ("no, he is ill", True),
        ("no! he is ill", True),
        ("not a refund", False),
        ("i can't breathe", True),
        ("never can't breathe", False),
    ],
)
def test_behind_a_not_a_phrase_does_not_count_unless_it_is_its_own(text: str, counts: bool) -> None:
    assert bool(found(text)) is counts


@pytest.mark.parametrize(
    ("topic", "texts"),
    [
        (
            Topic.THREAT,
            [
                "I know where you live",
                "I'm going to kill you all",
                "sé dónde viven",
                "les vamos a quemar la planta, hay que prenderles fuego",
            ],
        ),
        (
            Topic.SELF_HARM,
            ["I don't want to live anymore, you took my savings", "no quiero seguir viviendo", "pienso en el suicidio"],
        ),
        (
            Topic.INJURY,
            [
                "my son is in hospital since he drank it",
                "threw up all night",
                "mi nena está internada",
                "me quemé la mano con la tapa",
                "we spent the night in A&E",
                "I need insulin tonight and the card is blocked",
                "es el dinero para la farmacia, contestad",
                "ha puesto malo a mi hijo",
                "Hospital with my kid because of this",
                "mi hijo se ha cortado el labio",
            ],
        ),
        (
            Topic.PRODUCT_SAFETY,
            [
                "Is it safe to drink?",
                "He encontrado cristal en mi botella",
                "found a piece of glass in my jar",
                "they found E. coli in it",
                "Which shops sold lot 4471?",
                "¿Qué tiendas vendieron el lote 4471?",
                "¿es seguro o no?",
                "venía con moho",
            ],
        ),
        (
            Topic.DATA_BREACH,
            [
                "customer data is on a forum, data leak",
                "They are hacked, 2 million cards for sale",
                "asks whether data were stolen",
                "somebody on the phone asks for my code",
                "me hackearon la cuenta",
                "filtraron mis datos",
                "si se han robado datos",
                "siguen llegando los SMS falsos",
            ],
        ),
        (
            Topic.LEGAL,
            ["you will hear from my lawyer", "we will sue", "los voy a demandar", "te mando una carta documento"],
        ),
        (
            Topic.REGULATOR,
            [
                "the regulator opens a file",
                "reported you to trading standards",
                "voy a PROFECO",
                "denuncia en el Sernac",
                "Defensa del Consumidor",
            ],
        ),
        (
            Topic.DISCRIMINATION,
            ["your guard is racist", "refused because of my accent", "nos discriminaron por ser indígenas"],
        ),
        (
            Topic.PRESS,
            [
                "Hi, I'm a reporter with Diario Ejemplo",
                "our deadline is 17:00",
                "soy periodista, ¿quién es su portavoz?",
                "pedimos la versión de la empresa",
            ],
        ),
        (
            Topic.MISINFORMATION,
            [
                "I heard that all lots are bad",
                "is it true that the plant burned",
                "dicen que cerraron todo",
                "es un bulo",
            ],
        ),
        (Topic.BOYCOTT, ["#Boycott them", "stop buying their stuff", "no les compren más", "boicot ya"]),
        (Topic.MONEY, ["where is my refund", "charged twice", "no me devuelven la plata", "me cobraron dos veces"]),
        (Topic.SERVICE, ["the app is down again", "nobody answers", "se cayó el sistema", "sigo sin internet"]),
    ],
)
def test_each_topic_is_heard_in_both_languages(topic: Topic, texts: list[str]) -> None:
    assert [text for text in texts if topic not in {said.topic for said in ANY.of(text)}] == []


@pytest.mark.parametrize(
    "text",
    [
        "the barista one froths better than the blue one and I will die on this hill",
        "lot 4471 sounds like a techno night",
        "would it kill them to answer",
        "my phone died on the train",
        "you killed it last night, great show",
        "my voucher has expired",
        "shoot me a message",
        "this team is on fire tonight",
        "football fever",
        "used all my data on holiday",
        "How do I change my password?",
        "In which shops can I buy it?",
        "My brake pads are worn",
        "¿En qué tiendas lo venden?",
        "trabajo en el centro y no me llega el pedido",
        "Lawyers are going to have a field day with this",
        "se me murió la batería",
        "una sangría en la playa",
        "me acostumbré al cartón nuevo",
        "les escribo para preguntar el horario",
        "uso diario",
        "No injuries reported",
        "No hay heridos",
        "nobody was hurt",
    ],
)
def test_a_manner_of_speaking_opens_no_gate(text: str) -> None:
    gates = {Topic.THREAT, Topic.SELF_HARM, Topic.INJURY, Topic.DATA_BREACH, Topic.LEGAL, Topic.REGULATOR, Topic.PRESS}
    assert not gates & {said.topic for said in ANY.of(text)}


@pytest.mark.parametrize("path", sorted(HOME.glob("topics.*.txt")), ids=lambda path: path.name)
def test_every_topic_has_phrases_each_once_in_their_normal_form_and_says_what_it_is(path: object) -> None:
    text = next(file for file in HOME.glob("topics.*.txt") if file == path).read_text(encoding="utf-8")
    topics = read_topics(text)
    assert topics.keys() == set(Topic) == NAMES.keys()
    assert text.startswith("// ")
    assert text.count("]\n// ") == len(Topic)
    for phrases in topics.values():
        assert len(phrases) >= 15
        assert sorted(set(phrases)) == sorted(phrases)
        assert [phrase for phrase in phrases if normal(phrase) != phrase or phrase[0] in "_*"] == []


@pytest.mark.parametrize("path", sorted(HOME.glob("topics.*.txt")), ids=lambda path: path.name)
def test_every_phrase_can_be_said(path: Path) -> None:
    unheard = []
    for topic, phrases in read_topics(path.read_text(encoding="utf-8")).items():
        for phrase in phrases:
            unheard += [text for text in said(phrase) if topic not in {found.topic for found in ANY.of(text)}]
    assert unheard == []


def said(phrase: str) -> list[str]:
    """Texts that say a phrase, so many that each of its words is in one."""
    places = [
        ["that" if word == ANY_WORD else word.removesuffix(REST) for word in place.split(OR)]
        for place in phrase.split()
        if place != GAP
    ]
    return [" ".join(place[n % len(place)] for place in places) for n in range(max(map(len, places)))]


def test_words_of_a_name_stand_for_it() -> None:
    text = "{limb} = arm|leg\n{part} = {limb}|eye\n[injury]\n// a remark\nbroke ~ {part}\n[money]\nrefund*\n"
    assert read_topics(text) == {Topic.INJURY: ["broke ~ arm|leg|eye"], Topic.MONEY: ["refund*"]}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("My daughter was burnt by your kettle", Topic.INJURY),
        ("Mi hija se quemó con el hervidor", Topic.INJURY),
        ("there was a screw in my salad", Topic.PRODUCT_SAFETY),
        ("se me derritió el cargador", Topic.PRODUCT_SAFETY),
        ("I know where your office is", Topic.THREAT),
        ("sé dónde está tu oficina", Topic.THREAT),
        ("I can see another customer's orders", Topic.DATA_BREACH),
        ("veo los pedidos de otro cliente", Topic.DATA_BREACH),
        ("I'm writing a piece about this", Topic.PRESS),
        ("estoy preparando un reportaje", Topic.PRESS),
    ],
)
def test_what_happens_to_people_is_found_in_their_own_words(text: str, topic: Topic) -> None:
    assert topic in {said.topic for said in ANY.of(text)}


@pytest.mark.parametrize(
    "text",
    [
        "it broke my heart",
        "my dad fell asleep in your lounge",
        "your story touched me",
        "this cost an arm and a leg",
        "the kids fell in love with it",
        "I burnt the toast, on the other hand it was cheap",
        "me parte el corazón",
        "mi hijo se durmió",
        "se me cae la cara de vergüenza",
        "me costó un ojo de la cara",
        "shoot the new car in the desert",
    ],
)
def test_a_turn_of_phrase_is_no_danger(text: str) -> None:
    assert [said for said in ANY.of(text) if said.topic in {Topic.THREAT, Topic.INJURY, Topic.PRODUCT_SAFETY}] == []


@given(st.text(max_size=300))
def test_any_text_at_all_has_topics_or_none(text: str) -> None:
    assert all(said.words for said in ANY.of(text))

"""config.yaml: where it is found, what it means, and every mistake in it with its line and path."""

from pathlib import Path
from types import SimpleNamespace
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import pytest
from msgspec import Meta, Struct

from warroom import config_rules
from warroom.config import choose_zone, example_config, find_config, load_config, read_config
from warroom.domain.triage.topics import Topic
from warroom.services.lexicon import load_lexicon
from warroom.services.weights import load_weights
from warroom.services.words import english
from warroom.services.yamlfile import ConfigError

HERE = Path("/home/alba/config.yaml")


class WireOptions(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The options of a feed that uses every kind of field there is."""

    url: str
    token: str | None = None
    every: Annotated[int, Meta(ge=10, le=3600)] = 60
    ratio: Annotated[float, Meta(gt=0)] | None = None
    match: bool = False
    how: Literal["fast", "slow"] = "slow"
    where: Path | None = None
    tags: tuple[str, ...] | str = ()
    columns: dict[str, str] = {}
    zone: str = ""

    def __post_init__(self) -> None:
        if self.zone == "mars":
            raise ValueError("mars has no zone")


@pytest.fixture(autouse=True)
def wire(monkeypatch: pytest.MonkeyPatch) -> None:
    """One type of feed, so that no test here depends on the options of a real one."""
    types = {"wire": WireOptions}
    known = SimpleNamespace(types=lambda: tuple(types), options=types.__getitem__)
    monkeypatch.setattr(config_rules, "registry", known)


def complaints(text: str) -> list[str]:
    """What is said about a configuration, one line a problem."""
    with pytest.raises(ConfigError) as caught:
        read_config(text, HERE)
    return [problem.text(english().say) for problem in caught.value.problems]


FULL = """\
organisation:
  name: Nordavena
language: es
timezone: Europe/Madrid
people:
  - initials: AM
    name: Alba Mena
    title: Head of Communication
    roles: [lead, comms]
  - {initials: ES, name: Elena Soto, spokesperson: true, roles: [spokes]}
watch:
  terms: [nordavena, 4471]
feeds:
  - name: desk
    type: wire
    url: https://news.example/rss
    every: 120
    token: file:secrets/desk
    where: inbox/desk.jsonl
    tags: [a, b]
  - {name: off, type: wire, enabled: false, url: 'https://x.example', tags: one}
approvals:
  solo_wait: 90
statement:
  networks: [web, x]
  allowed: [press@nordavena.example]
  protected_names: [Ada Ejemplo]
  texts:
    - {purpose: holding, lang: es, text: 'Volvemos a las [hora].'}
pulse: {expected_per_minute: 2.5}
data_dir: data
theme: warroom-light
keys: {feed.reply: R}
"""


# --- what it means -------------------------------------------------------------------------------------


def test_a_full_file_becomes_values() -> None:
    config = read_config(FULL, HERE)
    assert (config.organisation.name, config.language, config.timezone) == ("Nordavena", "es", "Europe/Madrid")
    assert [(who.initials, who.title, who.spokesperson) for who in config.people] == [
        ("AM", "Head of Communication", False),
        ("ES", "", True),
    ]
    assert config.roles == {"lead": "AM", "comms": "AM", "spokes": "ES"}
    assert config.watch.terms == ("nordavena", "4471")
    assert config.plan.id == "social-crisis"
    assert (config.approvals.solo_wait, config.pulse.expected_per_minute) == (90, 2.5)
    assert config.statement.networks == ("web", "x")
    assert config.statement.protected_names == ("Ada Ejemplo",)
    assert config.statement.texts[0].text == "Volvemos a las [hora]."
    assert (config.theme, config.keys, config.file) == ("warroom-light", {"feed.reply": "R"}, HERE)


def test_feeds_carry_their_own_options() -> None:
    desk, off = read_config(FULL, HERE).feeds
    assert (desk.name, desk.type, desk.enabled, off.enabled) == ("desk", "wire", True, False)
    assert isinstance(desk.options, WireOptions)
    assert isinstance(off.options, WireOptions)
    assert (desk.options.every, desk.options.tags, off.options.tags) == (120, ("a", "b"), "one")


def test_relative_paths_start_from_the_folder_of_the_file() -> None:
    config = read_config(FULL, HERE)
    options = config.feeds[0].options
    assert isinstance(options, WireOptions)
    assert config.data_dir == Path("/home/alba/data")
    assert options.where == Path("/home/alba/inbox/desk.jsonl")
    assert options.token == "file:/home/alba/secrets/desk"
    assert read_config("data_dir: /srv/room\n", HERE).data_dir == Path("/srv/room")
    assert read_config("data_dir: ~/room\n", HERE).data_dir == Path.home() / "room"


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "people:\nfeeds:\nwatch:\nlanguage:\n"])
def test_what_is_left_out_or_empty_has_its_default(text: str) -> None:
    config = read_config(text, HERE)
    assert (config.language, config.timezone, config.people, config.feeds) == ("auto", "auto", (), ())
    assert (config.plan.id, config.approvals.solo_wait, config.data_dir) == ("social-crisis", 120, None)


def test_without_a_file_there_are_the_defaults() -> None:
    config = load_config(None)
    assert (config.file, config.plan.id, config.feeds) == (None, "social-crisis", ())


@pytest.mark.parametrize(("written", "meant"), [("ON", "ON"), ("007", "007"), ("14:02", "14:02"), ("1e3", "1e3")])
def test_text_is_what_was_written_whatever_yaml_would_make_of_it(written: str, meant: str) -> None:
    assert read_config(f"watch: {{terms: ['a', {written}]}}\n", HERE).watch.terms[1] == meant


def test_ones_own_plan_is_read_from_the_folder_of_the_file(tmp_path: Path) -> None:
    plan = "{id: x, version: 1, name: &}"
    (tmp_path / "mine.yaml").write_text(
        "id: mine\nversion: 1\nname: {en: Mine, es: Mío}\nroles: {chief: {en: Chief, es: Jefa}}\n"
        "steps:\n  - {id: a, name: {en: A, es: A}, owner: chief, due: 1, done_when: {en: A, es: A}}\n",
        "utf-8",
    )
    text = "plan: mine.yaml\npeople:\n  - {initials: AM, name: Alba, roles: [chief]}\n"
    config = read_config(text, tmp_path / "config.yaml")
    assert (config.plan.id, config.roles) == ("mine", {"chief": "AM"})
    (tmp_path / "mine.yaml").write_text(plan, "utf-8")
    with pytest.raises(ConfigError, match=r"^mine\.yaml:1: "):
        read_config(text, tmp_path / "config.yaml")


# --- mistakes ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("organisation:", "organization:", "1: organization: unknown key. Did you mean 'organisation'?"),
        ("name: Nordavena", "nmae: Nordavena", "2: organisation.nmae: unknown key. Did you mean 'name'?"),
        ("pulse:", "zzz:", "30: zzz: unknown key."),
        ("language: es", "language: fr", "3: language: 'fr' is not known here. One of: auto, en, es."),
        (
            "Europe/Madrid",
            "Europe/Madird",
            "4: timezone: 'Europe/Madird' is not a time zone. Write one like 'Europe/Madrid', or 'auto'. "
            "Did you mean 'Europe/Madrid'?",
        ),
        ("Europe/Madrid", "Europe", "4: timezone: 'Europe' is not a time zone. "),
        ("Europe/Madrid", "../etc/passwd", "4: timezone: '../etc/passwd' is not a time zone. "),
        ("    name: Alba Mena\n", "", "6: people[0].name: is missing."),
        ("initials: ES", "initials: Am", "10: people[1].initials: 'Am' are already somebody's initials: "),
        ("initials: AM", "initials: ALBAM", "6: people[0].initials: initials are one to four letters or digits, "),
        ("initials: AM", "initials: A M", "6: people[0].initials: initials are one to four letters or digits, "),
        ("comms]", "coms]", "9: people[0].roles[1]: 'coms' is not a role of the plan. Did you mean 'comms'?"),
        ("[spokes]", "[lead]", "10: people[1].roles[0]: 'lead' is already held by AM."),
        ("[spokes]", "spokes", "10: people[1].roles: a list is expected here, not 'spokes'."),
        ("spokesperson: true", "spokesperson: maybe", "10: people[1].spokesperson: true or false is expected here, "),
        ("  terms: [nordavena, 4471]", "  terms: [a, [b]]", "12: watch.terms[1]: text is expected here, not a list."),
        ("  terms: [nordavena, 4471]", "  terms: [a, ]\n  exlude: [b]", "13: watch.exlude: unknown key. Did you mean "),
        ("name: desk", "name: ''", "14: feeds[0].name: a feed needs a name."),
        ("name: off", "name: Desk", "21: feeds[1].name: 'Desk' is the name of another feed already."),
        ("type: wire\n", "type: wier\n", "15: feeds[0].type: 'wier' is not a type of feed. Did you mean 'wire'?"),
        ("    type: wire\n", "", "14: feeds[0].type: is missing."),
        ("    url: https", "    ulr: https", "16: feeds[0].ulr: unknown key. Did you mean 'url'?"),
        ("    url: https://news.example/rss\n", "", "14: feeds[0].url: is missing."),
        ("enabled: false", "enabeld: false", "21: feeds[1].enabeld: unknown key. Did you mean 'enabled'?"),
        ("every: 120", "every: 5", "17: feeds[0].every: a whole number from 10 to 3,600 is expected here, not '5'."),
        ("every: 120", "ratio: 0", "17: feeds[0].ratio: a number above 0 is expected here, not '0'."),
        ("every: 120", "ratio: .nan", "17: feeds[0].ratio: a number above 0 is expected here, not '.nan'."),
        ("every: 120", "ratio: 1.0e+999", "17: feeds[0].ratio: a number above 0 is expected here, not '1.0e+999'."),
        ("every: 120", "every: " + "9" * 400, "17: feeds[0].every: a whole number from 10 to 3,600 is expected here, "),
        ("every: 120", "match: 1", "17: feeds[0].match: true or false is expected here, not '1'."),
        ("every: 120", "how: fst", "17: feeds[0].how: 'fst' is not known here. Did you mean 'fast'?"),
        ("every: 120", "columns: [a]", "17: feeds[0].columns: a group of lines 'key: value' is expected here, not a "),
        ("every: 120", "columns: {a: [b]}", "17: feeds[0].columns.a: text is expected here, not a list."),
        ("every: 120", "zone: mars", "14: feeds[0]: mars has no zone"),
        ("tags: [a, b]", "tags: [a, {b: c}]", "20: feeds[0].tags[1]: text is expected here, not a group of lines"),
        ("solo_wait: 90", "solo_wait: -1", "23: approvals.solo_wait: a whole number from 0 to 3,600 is expected here"),
        ("purpose: holding", "purpose: hold", "29: statement.texts[0].purpose: 'hold' is not known here. Did you mean"),
        ("lang: es", "lang: de", "29: statement.texts[0].lang: 'de' is not known here. One of: en, es."),
        ("minute: 2.5", "minute: -2", "30: pulse.expected_per_minute: a number from 0 upwards is expected here, "),
        ("keys: {feed", "keys: {feed.close: R, feed", "33: keys.feed.reply: 'R' is already the key of 'feed.close'."),
        ("feed.reply: R", "feed.replay: R", "33: keys.feed.replay: there is no action of this name; "),
        ("feed.reply: R", "feed.reply: F5", "33: keys.feed.reply: 'F5' never reaches the program: "),
        ("data_dir: data", "plan: social-crisi", "31: plan: there is no plan of this name, and no such file. Did you"),
    ],
)
def test_each_mistake_names_its_line_and_path(old: str, new: str, said: str) -> None:
    assert old in FULL
    lines = complaints(FULL.replace(old, new, 1))
    assert any(line.startswith(f"config.yaml:{said}") for line in lines), lines


def test_every_mistake_is_told_at_once_in_the_order_of_the_lines() -> None:
    text = (
        FULL.replace("language: es", "langauge: es")
        .replace("comms]", "coms]")
        .replace("every: 120", "every: often")
        .replace("type: wire, enabled", "type: telex, enabled")
        .replace("purpose: holding", "purpose: x")
        .replace("solo_wait: 90", "solo_wait: soon")
    )
    assert [line.split(": ")[:2] for line in complaints(text)] == [
        ["config.yaml:3", "langauge"],
        ["config.yaml:9", "people[0].roles[1]"],
        ["config.yaml:17", "feeds[0].every"],
        ["config.yaml:21", "feeds[1].type"],
        ["config.yaml:23", "approvals.solo_wait"],
        ["config.yaml:29", "statement.texts[0].purpose"],
    ]


@pytest.mark.parametrize(
    "secret",
    ["hunter2", "'env:'", "env:7 UP", "env:DESK TOKEN", "'file:'", "[hunter2]", "{a: hunter2}", "'12'", "ENV:X"],
)
def test_a_secret_in_the_file_is_refused_and_never_repeated(secret: str) -> None:
    (line,) = complaints(FULL.replace("file:secrets/desk", secret))
    assert line.startswith("config.yaml:18: feeds[0].token: a secret does not belong in this file. Write env:NAME ")
    assert "hunter2" not in line


def test_a_secret_may_be_named_or_left_out() -> None:
    for written, kept in (("env:DESK_TOKEN", "env:DESK_TOKEN"), ("file:/run/desk", "file:/run/desk"), ("", None)):
        options = read_config(FULL.replace("file:secrets/desk", written), HERE).feeds[0].options
        assert isinstance(options, WireOptions)
        assert options.token == kept


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- a\n", "config.yaml:1: this file has to start with a line like 'organisation:'."),
        ("nordavena\n", "config.yaml:1: this file has to start with a line like 'organisation:'."),
        ("feeds: wire\n", "config.yaml:1: feeds: a list is expected here, not 'wire'."),
        ("feeds: [wire]\n", "config.yaml:1: feeds[0]: a group of lines 'key: value' is expected here, not 'wire'."),
        ("people: {AM: Alba}\n", "config.yaml:1: people: a list is expected here, not a group of lines 'key: value'."),
        ("people: [Alba]\n", "config.yaml:1: people[0]: a group of lines 'key: value' is expected here, not 'Alba'."),
    ],
)
def test_a_file_of_another_shape_is_refused_with_a_sentence(text: str, said: str) -> None:
    assert said in complaints(text)


def test_a_long_or_unprintable_value_is_repeated_short_and_clean() -> None:
    (line,) = complaints(f'approvals: {{solo_wait: "\\e]0;x\\a{"y" * 80}"}}\n')
    assert line.endswith("not '·]0;x·" + "y" * 33 + "…'.")


# --- where it is found ---------------------------------------------------------------------------------


def test_the_file_is_looked_for_in_its_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    personal, here = tmp_path / "personal", tmp_path / "here"
    (personal / "warroom").mkdir(parents=True)
    here.mkdir()
    monkeypatch.setattr("platformdirs.user_config_path", lambda name, **_: personal / name)
    assert find_config(None, {}, here) is None
    (personal / "warroom" / "config.yaml").touch()
    assert find_config(None, {}, here) == personal / "warroom" / "config.yaml"
    (here / "config.yaml").touch()
    assert find_config(None, {}, here) == here / "config.yaml"
    assert find_config(None, {"WARROOM_CONFIG": "/etc/w.yaml"}, here) == Path("/etc/w.yaml")
    assert find_config("mine.yaml", {"WARROOM_CONFIG": "/etc/w.yaml"}, here) == here / "mine.yaml"


def test_a_named_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        load_config(find_config("none.yaml", {}, tmp_path))


def test_a_file_on_disk_is_read_with_its_own_folder(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text(FULL, "utf-8")
    config = load_config(find_config(None, {}, tmp_path))
    assert config.data_dir == tmp_path / "data"


# --- the zone ------------------------------------------------------------------------------------------


def test_the_zone_is_the_named_one_or_the_computers_or_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    assert choose_zone("America/Lima") == ZoneInfo("America/Lima")
    for said, meant in (("Europe/Madrid", "Europe/Madrid"), (None, "UTC"), ("Nowhere/Land", "UTC")):
        monkeypatch.setattr("tzlocal.get_localzone_name", lambda said=said: said)
        assert choose_zone("auto").key == meant


def test_the_example_is_the_file_at_the_top() -> None:
    assert example_config().startswith("# warroom: the configuration.")


# --- the voice, those who speak, the texts of the house --------------------------------------------------

SPEAKING = """\
people:
  - {initials: JS, name: Jana Solà}
  - {initials: ES, name: Elena Soto, spokesperson: true, speaks_at: [3, 2], expert: true, trained: false, available: false}
voice:
  address: formal
  forbidden: [synerg*]
  never: [it is only a few cases]
  values: [health first]
  tone: warm, plain
statement:
  networks: [web, mastodon, intranet]
  limits: {mastodon: 1000, intranet: 2000}
  texts:
    - {id: first, purpose: first-word, lang: en, text: 'We know. More at [hh:mm].', approved_by: JS, approved_on: 2026-01-15}
    - {id: first, purpose: first-word, lang: es, text: 'Lo sabemos. Más a las [hh:mm].', audience: staff}
    - {purpose: holding, lang: en, text: 'A.'}
    - {purpose: holding, lang: en, text: 'B.'}
"""  # noqa: E501


def test_the_voice_those_who_speak_and_the_texts_become_values() -> None:
    config = read_config(SPEAKING, HERE)
    voice = config.voice
    assert (voice.address, voice.tone, voice.forbidden) == ("formal", "warm, plain", ("synerg*",))
    assert (voice.never, voice.values) == (("it is only a few cases",), ("health first",))
    js, es = config.people
    assert (js.speaks_at, js.expert, js.trained, js.available) == ((), False, True, True)
    assert (es.speaks_at, es.expert, es.trained, es.available) == ((2, 3), True, False, False)
    assert config.statement.limits == {"mastodon": 1000, "intranet": 2000}
    assert [
        (text.id, text.lang, text.approved_by, text.approved_on, text.audience, text.own) for text in config.texts
    ] == [
        ("first", "en", "JS", "2026-01-15", "public", True),
        ("first", "es", "", "", "staff", True),
        ("own-holding", "en", "", "", "public", True),
        ("own-holding-4", "en", "", "", "public", True),
    ]
    assert [text.is_approved(config.people) for text in config.texts] == [True, False, False, False]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("address: formal", "address: formel", "5: voice.address: 'formel' is not known here. Did you mean 'formal'?"),
        ("forbidden: [synerg*]", "forbiden: [a]", "6: voice.forbiden: unknown key. Did you mean 'forbidden'?"),
        ("never: [it", "never: it #[", "7: voice.never: a list is expected here, not 'it'."),
        ("[3, 2]", "[5]", "3: people[1].speaks_at[0]: a whole number from 1 to 4 is expected here, not '5'."),
        ("trained: false", "trained: no idea", "3: people[1].trained: true or false is expected here, not 'no idea'."),
        ("mastodon: 1000", "mastodn: 1000", "12: statement.limits.mastodn: 'mastodn' is not a network that is known "),
        ("mastodon: 1000", "mastodon: 3", "12: statement.limits.mastodon: a whole number from 20 to 1,000,000 is "),
        ("approved_by: JS", "approved_by: JX", "14: statement.texts[0].approved_by: 'JX' is none of your people: a "),
        ("2026-01-15", "2026-02-31", "14: statement.texts[0].approved_on: a day is written like 2026-03-10."),
        ("approved_by: JS, ", "", "14: statement.texts[0].approved_by: is missing: say who approved the text on that "),
        ("lang: es", "lang: en", "15: statement.texts[1].id: 'first' is the id of another text in this language."),
        ("audience: staff", "audience: stuff", "15: statement.texts[1].audience: 'stuff' is not known here. Did you "),
        ("'A.'", "' '", "16: statement.texts[2].text: the text is empty."),
    ],
)  # fmt: skip
def test_each_mistake_in_them_names_its_line_and_path(old: str, new: str, said: str) -> None:
    assert old in SPEAKING
    lines = complaints(SPEAKING.replace(old, new, 1))
    assert any(line.startswith(f"config.yaml:{said}") for line in lines), lines


def test_a_voice_file_with_many_mistakes_is_told_all_of_them_at_once() -> None:
    text = (
        SPEAKING.replace("address: formal", "address: loud")
        .replace("values:", "valeus:")
        .replace("[3, 2]", "[0, 9]")
        .replace("approved_by: JS", "approved_by: XX")
        .replace("mastodon: 1000", "mastodon: long")
    )
    assert [line.split(": ")[:2] for line in complaints(text)] == [
        ["config.yaml:3", "people[1].speaks_at[0]"],
        ["config.yaml:3", "people[1].speaks_at[1]"],
        ["config.yaml:5", "voice.address"],
        ["config.yaml:8", "voice.valeus"],
        ["config.yaml:12", "statement.limits.mastodon"],
        ["config.yaml:14", "statement.texts[0].approved_by"],
    ]


def test_an_account_of_ours_is_a_handle() -> None:
    assert [line.split(": ", 1)[1] for line in complaints("organisation: {accounts: [nordavena, '@', a b]}\n")] == [
        "organisation.accounts[1]: an account is a handle like '@nordavena', without blanks.",
        "organisation.accounts[2]: an account is a handle like '@nordavena', without blanks.",
    ]


def test_words_of_ones_own_are_read_from_the_folder_of_the_file_and_every_wrong_line_is_named(tmp_path: Path) -> None:
    (tmp_path / "words.tsv").write_text("oatiful\t3\n", encoding="utf-8")
    (tmp_path / "wrong.tsv").write_text("// ours\noatiful 3\nlot\t12\n", encoding="utf-8")
    config = read_config("triage: {lexicon: [words.tsv]}", tmp_path / "config.yaml")
    assert load_lexicon(*config.triage.lexicon).value("oatiful") == 3
    with pytest.raises(ConfigError) as caught:
        read_config("language: de\ntriage:\n  lexicon:\n    - wrong.tsv\n    - gone.tsv\n", tmp_path / "config.yaml")
    assert [problem.text(english().say) for problem in caught.value.problems] == [
        "config.yaml:1: language: 'de' is not known here. One of: auto, en, es.",
        f"config.yaml:5: triage.lexicon[1]: {tmp_path / 'gone.tsv'} cannot be read.",
        "wrong.tsv:2: write a word or a few, a tab and a value from −4 to 4.",
        "wrong.tsv:3: write a word or a few, a tab and a value from −4 to 4.",
    ]


def test_who_is_known_is_a_handle() -> None:
    assert read_config("triage: {known: ['@diario.example', office]}\n", HERE).triage.known == (
        "@diario.example",
        "office",
    )
    assert [line.split(": ", 1)[1] for line in complaints("triage: {known: [ok, 'a b']}\n")] == [
        "triage.known[1]: an account is a handle like '@nordavena', without blanks.",
    ]


def test_weights_of_ones_own_change_what_they_name_and_every_mistake_in_them_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine.json").write_text('{"topics": {"boycott": 30}, "known": 9, "ranks": [80, 60, 40]}', "utf-8")
    config = read_config("triage: {weights: mine.json}", tmp_path / "config.yaml")
    ours, mine = load_weights(), load_weights(config.triage.weights)
    assert (mine.topics[Topic.BOYCOTT], mine.topics[Topic.THREAT]) == (30, ours.topics[Topic.THREAT])
    assert (mine.known, mine.ranks, mine.asking) == (9, (80, 60, 40), ours.asking)
    (tmp_path / "wrong.json").write_text(
        '{"topics": {"boycot": 3},\n "known": "much",\n "alarms": 4,\n "gates": {"threat": 900},\n "ranks": [1, 2]}',
        "utf-8",
    )
    with pytest.raises(ConfigError) as caught:
        read_config("language: de\ntriage: {weights: wrong.json}\n", tmp_path / "config.yaml")
    told = [problem.text(english().say) for problem in caught.value.problems]
    assert told[0].startswith("config.yaml:1: language")
    assert any("topics.boycot: unknown key. Did you mean 'boycott'?" in line for line in told)
    assert any(line.startswith("wrong.json:3: alarms: unknown key. Did you mean 'alarm'?") for line in told)
    assert sum(line.startswith("wrong.json:") for line in told) == 5
    assert any("ranks: write three numbers" in line for line in told)
    with pytest.raises(ConfigError, match=r"triage\.weights: there is no such file"):
        read_config("triage: {weights: gone.json}", tmp_path / "config.yaml")


def test_learning_is_on_unless_the_file_says_otherwise(tmp_path: Path) -> None:
    assert read_config("language: es", tmp_path / "config.yaml").triage.learning
    assert not read_config("triage: {learning: false}", tmp_path / "config.yaml").triage.learning
    with pytest.raises(ConfigError):
        read_config("triage: {learning: perhaps}", tmp_path / "config.yaml")

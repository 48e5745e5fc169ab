"""The example that `warroom init` writes works as it is, with the real feeds, on a machine that has nothing; and a
feed by which nothing could be heard is a mistake."""

from pathlib import Path

import msgspec
import pytest

from warroom.config import Config, example_config, read_config
from warroom.config_sections import Sections
from warroom.services.words import english
from warroom.services.yamlfile import ConfigError

HERE = Path("/nowhere/config.yaml")


def test_the_example_has_no_problem_and_every_role_is_held() -> None:
    config = read_config(example_config(), HERE)
    assert set(config.roles) == set(config.plan.roles)
    assert [who.initials for who in config.people if who.spokesperson] == ["AM", "ES"]
    assert config.organisation.name == "Nordavena"
    assert config.watch.terms


def test_the_example_shows_a_voice_spokespersons_and_texts_approved_by_somebody_of_the_team() -> None:
    config = read_config(example_config(), HERE)
    assert (config.voice.address, bool(config.voice.tone), bool(config.voice.never)) == ("informal", True, True)
    assert {who.initials: who.speaks_at for who in config.people if who.speaks_at} == {"AM": (4,), "ES": (2, 3)}
    assert config.statement.limits == {"mastodon": 1000}
    assert {(text.id, text.lang) for text in config.texts} == {("first-word", "en"), ("first-word", "es")}
    assert all(text.is_approved(config.people) for text in config.texts)


def test_the_example_shows_every_type_of_feed_and_needs_no_account() -> None:
    feeds = read_config(example_config(), HERE).feeds
    assert {feed.type: feed.enabled for feed in feeds} == {
        "files": True,
        "rss": False,
        "mastodon": False,
        "bluesky": False,
    }


def test_the_example_says_the_same_in_every_language() -> None:
    english, spanish = (read_config(example_config(lang), HERE) for lang in ("en", "es"))
    assert set(spanish.texts) == set(english.texts)
    told = ("organisation", "people", "watch", "feeds", "voice", "texts", "statement")
    for name in (field.name for field in msgspec.structs.fields(Config) if field.name not in told):
        assert getattr(spanish, name) == getattr(english, name), name
    rules = [msgspec.structs.replace(config.statement, texts=()) for config in (english, spanish)]
    assert rules[0] == rules[1]
    for one, other in zip(spanish.feeds, english.feeds, strict=True):
        assert (one.type, one.enabled, one.options) == (other.type, other.enabled, other.options)
    people = [[msgspec.structs.replace(who, title="") for who in config.people] for config in (english, spanish)]
    assert people[0] == people[1]


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_examples_addresses_are_fictional(lang: str) -> None:
    hosts = [word for word in example_config(lang).split() if "://" in word or "@" in word]
    assert hosts
    assert [host for host in hosts if ".example" not in host] == []


def test_the_remarks_of_the_example_can_be_switched_on() -> None:
    text = example_config()
    for line in ("data_dir: warroom-data", "theme: warroom-dark", "keys:", "  feed.reply: r"):
        assert f"# {line}\n" in text
        text = text.replace(f"# {line}\n", f"{line}\n")
    config = read_config(text, HERE)
    assert (config.data_dir, config.keys) == (Path("/nowhere/warroom-data"), {"feed.reply": "r"})


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_example_names_every_key_of_the_file(lang: str) -> None:
    text = example_config(lang)
    keys = [field.encode_name for field in msgspec.structs.fields(Sections)]
    assert [key for key in keys if f"\n{key}:" not in text and f"\n# {key}:" not in text] == []


@pytest.mark.parametrize(
    ("feed", "wrong"),
    [
        ("type: rss, url: news.example/feed", "An address of a feed starts with"),
        ("type: rss, url: 'https://news.example:99999/'", "An address of a feed starts with"),
        ("type: rss, url: 'https://news.example/', every: 0", "a number from 1 upwards"),
        ("type: rss, url: 'https://news.example/', match: true", "keeps only what holds a watch term"),
        ("type: bluesky", "keeps only what holds a watch term"),
        ("type: mastodon, server: social.example", "An address of a feed starts with"),
        ("type: files, path: m.csv, timezone: Mars/Olympus", "is not a time zone"),
        ("type: files, path: m.csv, columns: {txt: Text}", "A mention has no field"),
    ],
)
def test_a_feed_that_would_hear_nothing_is_a_mistake(feed: str, wrong: str) -> None:
    with pytest.raises(ConfigError) as error:
        read_config(f"feeds:\n  - {{name: a, {feed}}}\n", HERE)
    assert wrong in error.value.problems[0].text(english().say)

"""The example that `warroom init` writes works as it is, with the real feeds, on a machine that has nothing."""

from pathlib import Path

from warroom.config import example_config, read_config

HERE = Path("/nowhere/config.yaml")


def test_the_example_has_no_problem_and_every_role_is_held() -> None:
    config = read_config(example_config(), HERE)
    assert set(config.roles) == set(config.plan.roles)
    assert [who.initials for who in config.people if who.spokesperson] == ["ES"]
    assert config.organisation.name == "Nordavena"
    assert config.watch.terms


def test_the_example_shows_every_type_of_feed_and_needs_no_account() -> None:
    feeds = read_config(example_config(), HERE).feeds
    assert {feed.type: feed.enabled for feed in feeds} == {
        "files": True,
        "rss": False,
        "mastodon": False,
        "bluesky": False,
    }


def test_the_examples_addresses_are_fictional() -> None:
    hosts = [word for word in example_config().split() if "://" in word or "@" in word]
    assert hosts
    assert [host for host in hosts if ".example" not in host] == []


def test_the_remarks_of_the_example_can_be_switched_on() -> None:
    text = example_config()
    for line in ("data_dir: warroom-data", "theme: warroom-dark", "keys:", "  feed.reply: r"):
        assert f"# {line}\n" in text
        text = text.replace(f"# {line}\n", f"{line}\n")
    config = read_config(text, HERE)
    assert (config.data_dir, config.keys) == (Path("/nowhere/warroom-data"), {"feed.reply": "r"})

"""Paths as people write them."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from warroom.config import load_config
from warroom.domain.sentence import Refused
from warroom.services.planfile import find_plan
from warroom.services.typedpath import path_of
from warroom.services.words import Words
from warroom.services.yamlfile import ConfigError
from warroom.verbs.start import init


def test_the_tilde_is_ones_own_home_and_the_home_of_nobody_is_refused_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert path_of("~/x.md") == tmp_path / "x.md"
    assert path_of("x.md") == Path("x.md")
    with pytest.raises(Refused, match="no home folder"):
        path_of("~nobody-at-all/x.md")
    with pytest.raises(Refused, match="no home folder"):
        init(Words("en", ZoneInfo("UTC")), "~nobody-at-all", force=False)


def test_a_config_that_names_the_home_of_nobody_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.yaml"
    file.write_text("language: en\ndata_dir: ~nobody-at-all/room\n")
    with pytest.raises(ConfigError) as told:
        load_config(file)
    assert [(problem.line, "no home folder" in problem.sentence.id) for problem in told.value.problems] == [(2, True)]
    assert find_plan("~nobody-at-all/plan.yaml", tmp_path) is None

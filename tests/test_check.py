"""`warroom check` in a process of its own: findings, places, exit codes, and files that are no statement."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PATIENCE

ROOT = Path(__file__).resolve().parent.parent

GOOD = {
    "en": (
        "We are sorry that some of you felt ill after lot 4471. We have stopped line 3 and are testing the cartons.\n"
        "If you have one, please keep it and write to help.nordavena.example. "
        "Our next word comes on help.nordavena.example/4471 today."
    ),
    "es": (
        "Sentimos que algunas personas se encontraran mal con el lote 4471. Hemos parado la línea 3 y estamos "
        "analizando los cartones.\n"
        "Si tienes uno, guárdalo y escribe a help.nordavena.example. "
        "Volvemos a informar hoy en help.nordavena.example/4471."
    ),
}
BAD = "We have no comment.\r\nIt must have been a bad batch.\r\nCall [number].\r\n"


@pytest.fixture
def check(tmp_path: Path):  # type: ignore[no-untyped-def]
    env = {**os.environ, "WARROOM_DATA_DIR": str(tmp_path / "data"), "LANG": "C.UTF-8", "HOME": str(tmp_path)}
    for name in ("LC_ALL", "WARROOM_LANG", "WARROOM_CONFIG", "XDG_CONFIG_HOME"):
        env.pop(name, None)

    def run(text: str | bytes | None, *args: str, code: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
        given = text.encode() if isinstance(text, str) else text or b""
        done = subprocess.run(
            [sys.executable, "-m", "warroom", "check", *([] if text is None else ["-"]), *args],
            input=given,
            capture_output=True,
            cwd=tmp_path,
            env={**env, "PYTHONPATH": str(ROOT), **more},
            check=False,
            timeout=PATIENCE,
        )
        out = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
        assert out.returncode == code, (out.stdout, out.stderr)
        assert "Traceback" not in out.stderr
        return out

    return run


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_good_statement_is_held_by_nothing(check, lang: str) -> None:  # type: ignore[no-untyped-def]
    told = json.loads(check(GOOD[lang], "--lang", lang, "--json").stdout)
    assert [finding for finding in told if finding["level"] == "B"] == []


def test_json_is_a_list_of_findings_with_their_places_in_the_text(check) -> None:  # type: ignore[no-untyped-def]
    told = json.loads(check(BAD, "--json", "--lang", "en", code=4).stdout)
    assert {tuple(sorted(finding)) for finding in told} == {("end", "id", "level", "reason", "source", "start")}
    placed = {f["id"]: BAD[f["start"] : f["end"]] for f in told if f["start"] is not None}
    assert placed["H9"] == "no comment"
    assert placed["C9"] == "[number]"
    assert all(f["end"] is None for f in told if f["start"] is None)
    assert all(f["reason"] and f["source"] and f["level"] in ("B", "W", "I") for f in told)


def test_text_names_file_line_and_column_and_says_what_holds_it(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "draft.txt").write_bytes(BAD.encode())
    done = check(None, "draft.txt", code=4)
    assert "draft.txt:1:9  ✕ H9 blocks  “no comment” reads as guilt." in done.stdout
    assert "draft.txt:3:6  ✕ C9 blocks" in done.stdout
    assert "[playbook C9]" in done.stdout
    assert "held by" in done.stderr


def test_what_only_a_room_knows_is_named_as_not_judged_and_is_no_finding(check) -> None:  # type: ignore[no-untyped-def]
    for flags in ((), ("--json",)):
        done = check(GOOD["en"], "--lang", "en", *flags)
        assert "H1" not in done.stdout
        assert "Not judged" in done.stderr
        for id in ("H1", "T1", "P3", "M1", "C5"):
            assert id in done.stderr
    assert "C5" not in check(GOOD["en"], "--lang", "en", "--network", "web").stderr
    assert check(GOOD["en"], "--lang", "en", "-q").stderr == ""


def test_a_text_in_another_language_than_it_is_read_in_is_noticed(check) -> None:  # type: ignore[no-untyped-def]
    assert "Spanish: --lang es" in check(GOOD["es"], "--lang", "en", code=4).stderr
    assert "inglés: --lang en" in check(GOOD["en"], "--lang", "es", code=4).stderr
    for lang in ("en", "es"):
        assert f"--lang {lang}" not in check(GOOD[lang], "--lang", lang).stderr


def test_a_text_of_which_nothing_is_to_be_said_is_told_so(check) -> None:  # type: ignore[no-untyped-def]
    done = check("We cannot answer here yet, Ana. I am on it, and I write to you by 16:00.", "--kind", "reply")
    assert (done.stdout, "<stdin>: nothing is amiss in what was judged." in done.stderr) == ("", True)


def test_the_kind_of_crisis_is_judged_as_soon_as_it_is_told(check) -> None:  # type: ignore[no-untyped-def]
    text = GOOD["en"] + " It was an accident that nobody could foresee."
    untold = check(text, "--lang", "en")
    assert "S1" not in untold.stdout
    assert "S1" in untold.stderr
    told = check(text, "--lang", "en", "--cluster", "preventable")
    assert "S1" in told.stdout
    assert "S1" not in told.stderr
    assert "S7" in told.stderr, "that one asks what the facts say"


def test_a_first_word_is_held_only_by_the_few_checks_of_its_gate(check) -> None:  # type: ignore[no-untyped-def]
    text = "Lot 4471 is off the shelves. Our next word comes on help.nordavena.example/4471."
    check(text, "--kind", "full", "--lang", "en", code=4)
    done = check(text, "--kind", "first-word", "--lang", "en")
    assert "H3 blocks" in done.stdout, "it is said, but it does not hold the text"


def test_networks_are_named_one_by_one_or_in_a_list(check) -> None:  # type: ignore[no-untyped-def]
    text = "We are sorry. " * 200
    told = json.loads(check(text, "--network", "instagram,web", "--network", "x", "--json", code=4).stdout)
    assert sorted({f["level"] for f in told if f["id"] == "C5"}) == ["B", "I"]


@pytest.mark.parametrize(
    ("flags", "near"),
    [
        (("--kind", "frst-word"), "'first-word'"),
        (("--network", "x,mastodn"), "'mastodon'"),
        (("--cluster", "prevent"), "'preventable'"),
        (("--lang", "fr"), "en, es"),
        (("--knd", "full"), "--kind"),
        (("--severity", "9"), "--severity"),
    ],
)
def test_a_misspelt_name_is_wrong_usage_with_a_hint(check, flags: tuple[str, str], near: str) -> None:  # type: ignore[no-untyped-def]
    done = check(BAD, *flags, code=2)
    assert near in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be"])
def test_every_way_of_saving_a_text_gives_the_same_places(check, encoding: str) -> None:  # type: ignore[no-untyped-def]
    data = ("\ufeff" + BAD).encode(encoding) if encoding == "utf-16-be" else BAD.encode(encoding)
    told = json.loads(check(data, "--json", "--lang", "en", code=4).stdout)
    assert next(BAD[f["start"] : f["end"]] for f in told if f["id"] == "H9") == "no comment"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\x7fELF\x00\x00", b"Lo sent\xedmos mucho.", b"\xff\xfe\x00\xd8"])
def test_what_is_no_text_is_a_sentence(check, data: bytes) -> None:  # type: ignore[no-untyped-def]
    done = check(data, "--json", code=1)
    assert done.stdout == ""
    assert done.stderr.startswith("warroom: ")


def test_a_missing_file_and_a_folder_are_a_sentence(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    for name in ("nope.txt", str(tmp_path)):
        assert "cannot be read" in check(None, name, code=1).stderr
    assert "longer than any statement" in check(b"a" * 1_000_001, code=1).stderr


def test_a_hundred_thousand_characters_are_read(check) -> None:  # type: ignore[no-untyped-def]
    assert "H5" in check("We are sorry for it. " * 4_800, "--lang", "en", code=4).stdout


def test_hostile_characters_stay_off_the_terminal(check) -> None:  # type: ignore[no-untyped-def]
    done = check("Call [\x1b]0;owned\x07 \u202enow].", "--lang", "en", code=4)
    assert "C9" in done.stdout
    assert not set("\x1b\x07\u202e") & set(done.stdout)


def test_the_config_brings_what_is_allowed_and_whose_names_are_protected(check, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    text = GOOD["en"] + " Write to ana.vidal@nordavena.example. Ana Vidal is well."
    assert "C8" in check(text, "--lang", "en", code=4).stdout
    (tmp_path / "config.yaml").write_text(
        "statement:\n  networks: [x]\n  allowed: [ana.vidal@nordavena.example]\n  protected_names: [Ana Vidal]\n"
    )
    told = json.loads(check(text, "--lang", "en", "--json", code=4).stdout)
    assert {f["id"] for f in told if f["level"] == "B"} == {"H7"}
    assert "C5" in {f["id"] for f in told}, "its networks count where none is named"


def test_the_reader_may_speak_another_language_than_the_text(check) -> None:  # type: ignore[no-untyped-def]
    assert "suena a culpa" in check(BAD, "--lang", "en", code=4, WARROOM_LANG="es").stdout
    assert "reads as guilt" in check(BAD, "--lang", "en", code=4).stdout


def test_no_screen_is_loaded(tmp_path: Path) -> None:
    code = "import sys; import warroom.verbs.check; print('textual' in sys.modules, 'httpx' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, text=True)
    assert done.stdout.split() == ["False", "False"]

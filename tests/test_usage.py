"""How the command line reads and speaks: common flags by their precedence, help, wrong usage, completion, doctor."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from tests.patience import PATIENCE
from tests.test_command_line import a_crisis
from tests.usage_page import PAGES, page
from warroom import __main__ as program
from warroom.domain.events import Cluster, StatementKind
from warroom.services.words import LANGUAGES, Words
from warroom.verbs import setting as settings
from warroom.verbs.commands import CLUSTERS, KINDS, command_line
from warroom.verbs.doctor import NAMES
from warroom.verbs.failing import Failed
from warroom.verbs.flags import COMMON, Flags
from warroom.verbs.setting import settle
from warroom.verbs.usage import Verb, typed

ROOT = Path(__file__).resolve().parent.parent
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """A line typed at a prompt in a folder of its own: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.delenv("LC_ALL", raising=False)
    monkeypatch.setenv("WARROOM_DATA_DIR", str(tmp_path / "data"))

    def typed(*args: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["warroom", *args])
        with pytest.raises(SystemExit) as ended:
            program.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return typed


# --- the common flags ----------------------------------------------------------------------------------

SAID = {
    # field of Flags: flag, variable, line of the config, default; each another value
    "lang": (("es", "es"), ("WARROOM_LANG", "en"), ("language: es", "es"), "en"),
    "theme": (("nord", "nord"), ("WARROOM_THEME", "dracula"), ("theme: gruvbox", "gruvbox"), ""),
    "actor": (("FL", "FL"), ("WARROOM_AS", "EN"), ("as: CO", "CO"), None),
    "data_dir": (("/flag", "/flag"), ("WARROOM_DATA_DIR", "/environ"), ("data_dir: /config", "/config"), None),
    "ascii": ((True, True), ("WARROOM_ASCII", "0"), ("ascii: true", True), False),
    "color": ((False, False), ("WARROOM_NO_COLOR", "0"), ("no_color: true", False), True),
    "motion": ((False, False), ("WARROOM_NO_MOTION", "0"), ("no_motion: true", False), True),
    "input": ((False, False), ("WARROOM_NO_INPUT", "0"), ("no_input: true", False), True),
    "quiet": ((True, True), ("WARROOM_QUIET", "0"), ("quiet: true", True), False),
    "verbose": ((True, True), ("WARROOM_VERBOSE", "0"), ("verbose: true", True), False),
}  # fmt: skip
MEANT = {"0": {"ascii": False, "color": True, "motion": True, "input": True, "quiet": False, "verbose": False}}


def held(name: str, flags: Flags, environ: dict[str, str]) -> object:
    found = settle(flags, environ)
    return {"lang": found.words.lang, "data_dir": str(found.folder)}.get(name, getattr(found, name, None))


def test_every_common_flag_is_in_this_table() -> None:
    assert {*SAID, "config"} == {one.name for one in COMMON}


@pytest.mark.parametrize("name", SAID)
def test_a_flag_wins_over_its_variable_and_that_over_config_and_default(name: str, tmp_path: Path) -> None:
    (flag, said), (variable, value), (line, configured), default = SAID[name]
    (tmp_path / "config.yaml").write_text(line + "\n", encoding="utf-8")
    config = {"WARROOM_CONFIG": str(tmp_path / "config.yaml")}
    environ = {**config, variable: value}
    by_flag = Flags(**{name: flag})  # type: ignore[arg-type]
    assert held(name, by_flag, environ) == said
    assert held(name, Flags(), environ) == MEANT.get(value, {}).get(name, value)
    assert held(name, Flags(), config) == configured
    if default is not None:
        assert held(name, Flags(), {}) == default


def test_the_config_is_looked_for_by_flag_variable_folder_and_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "home"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home))
    (home / "warroom").mkdir(parents=True)
    for place, name in (("home/warroom/config.yaml", "HO"), ("flag.yaml", "FL"), ("env.yaml", "EN")):
        (tmp_path / place).write_text(f"as: {name}\n")
    assert settle(Flags(), {}).actor == "HO"
    (tmp_path / "config.yaml").write_text("as: HE\n")
    assert settle(Flags(), {}).actor == "HE"
    assert settle(Flags(), {"WARROOM_CONFIG": "env.yaml"}).actor == "EN"
    assert settle(Flags(config="flag.yaml"), {"WARROOM_CONFIG": "env.yaml"}).actor == "FL"


def test_no_color_of_everybody_counts_until_warroom_is_told_otherwise() -> None:
    assert not settle(Flags(), {"NO_COLOR": "1"}).color
    assert settle(Flags(), {"NO_COLOR": ""}).color
    assert settle(Flags(), {"NO_COLOR": "1", "WARROOM_NO_COLOR": "0"}).color
    assert settle(Flags(color=True), {"NO_COLOR": "1"}).color
    with pytest.raises(Failed):
        settle(Flags(), {"WARROOM_NO_COLOR": "perhaps"})


def test_common_flags_stand_before_and_behind_the_verb(run: Run, tmp_path: Path) -> None:
    for line in (("--lang", "es", "status"), ("status", "--lang=es"), ("status", "--lang", "es")):
        assert run(*line)[1] == "No hay crisis abierta.\n0 menciones guardadas. Ahora no escucha nadie.\n"
    assert run("note", "--as", "QQ", "x")[0] == 0
    assert run("note", "--", "--as", "is text here")[0] == 0
    assert "--as is text here" in (tmp_path / "data" / "timeline.db").read_bytes().decode("latin-1")


def test_the_folders_are_those_of_the_platform(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("WARROOM_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    assert settle(Flags(), {}).folder == tmp_path / "share" / "warroom"

    def broken(given: Flags) -> None:
        raise ZeroDivisionError("a fault of ours")

    monkeypatch.setattr(settings, "ready", broken)
    code, out, err = run("list")
    log = tmp_path / "state" / "warroom" / "warroom.log"
    assert (code, out) == (1, "")
    assert err == f"warroom: a fault of warroom: ZeroDivisionError. What is recorded is safe. Details: {log}\n"
    assert "a fault of ours" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0
    assert "a fault of ours" in run("list", "-v")[2]


def test_quiet_says_less_and_verbose_more(run: Run) -> None:
    lines = "--column", "text=Text"
    assert run("init")[0] == 0
    Path("m.csv").write_text("Text\nhello\n")
    assert "preview" in run("import", "m.csv", *lines, "--preview")[2]
    assert run("import", "m.csv", *lines, "--preview", "-q")[2] == ""
    assert "warroom: data: " in run("list", "-v")[2]


def test_without_questions_nothing_waits_for_a_person(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("--no-input")[::2] == (
        5,
        "warroom: --no-input: this needs somebody at the keys. For text: warroom status\n",
    )
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    for verb in ("check", "import", "triage", "evaluate"):
        code, _, err = run(verb, "-", "--no-input")
        assert (code, err) == (2, "warroom: --no-input: nothing comes through a pipe.\n"), verb


# --- help and wrong usage ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_leads_with_examples_at_each_level_in_the_readers_language(run: Run, lang: str) -> None:
    words = Words(lang, settle(Flags(), {}).words.zone)
    for flag in ("-h", "--help"):
        for name, verb in [("", None), *command_line().commands.items()]:
            code, out, err = run(*([name] if name else []), flag, "--lang", lang)
            assert (code, err) == (0, "")
            if isinstance(verb, Verb):
                assert " ".join(out.split()).startswith(words.say(verb.told))
                assert all(typed(line, words) in out for line, _ in verb.examples)
            if "  warroom " in out:
                assert out.index("  warroom ") < out.index(words.t("Usage:"))
            assert ("Usage" in out, "Options" in out, "Show this" in out) == (lang == "en",) * 3 or name == ""
            assert max(len(line) for line in out.splitlines()) <= 100


def test_help_speaks_the_language_of_the_config(run: Run) -> None:
    Path("config.yaml").write_text("language: es\n")
    assert "Uso: warroom tail" in run("tail", "-h")[1]
    assert "Usage: warroom tail" in run("tail", "-h", "--lang", "en")[1]


WRONG = (
    (("exprot",), "warroom: no command 'exprot'. Did you mean 'export'? See: warroom -h",
     "warroom: no existe la orden «exprot». ¿Querías decir «export»? Mira: warroom -h"),
    (("tail", "--serch", "x"), "warroom tail: no option '--serch'. Did you mean '--search'?",
     "warroom tail: no existe la opción «--serch». ¿Querías decir «--search»?"),
    (("list", "--thme", "x"), "warroom list: no option '--thme'. Did you mean '--theme'?",
     "warroom list: no existe la opción «--thme». ¿Querías decir «--theme»?"),
    (("list", "-x"), "warroom list: no option '-x'. See: warroom list -h",
     "warroom list: no existe la opción «-x». Mira: warroom list -h"),
    (("import",), "warroom import: FILE is missing. See: warroom import -h",
     "warroom import: falta ARCHIVO. Mira: warroom import -h"),
    (("list", "x"), "warroom list: 'x' is too much. See: warroom list -h",
     "warroom list: «x» sobra. Mira: warroom list -h"),
    (("tail", "-n", "x"), "warroom tail: -n is a number from 1 up; 'x' is not.",
     "warroom tail: -n es un número desde 1; «x» no lo es."),
    (("demo", "--speed", "500"), "warroom demo: --speed is a number from 1 to 120; '500' is not.",
     "warroom demo: --speed es un número de 1 a 120; «500» no lo es."),
    (("export", "--format", "pdf"), "warroom export: unknown format 'pdf'. One of: md, json, csv.",
     "warroom export: formato desconocido «pdf». Uno de: md, json, csv."),
    (("completion", "tcsh"), "warroom completion: unknown shell 'tcsh'. One of: bash, zsh, fish.",
     "warroom completion: intérprete desconocido «tcsh». Uno de: bash, zsh, fish."),
    (("export", "--format"), "warroom: --format needs a value.", "warroom: --format necesita un valor."),
)  # fmt: skip


@pytest.mark.parametrize(("line", "english", "spanish"), WRONG)
def test_wrong_usage_is_one_sentence_in_the_readers_language(
    run: Run, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...], english: str, spanish: str
) -> None:
    assert run(*line) == (2, "", f"{english}\n")
    monkeypatch.setenv("WARROOM_LANG", "es")
    assert run(*line) == (2, "", f"{spanish}\n")


def test_a_misspelt_crisis_gets_the_nearest_name(run: Run, tmp_path: Path) -> None:
    name = a_crisis(tmp_path / "data")
    wrong = f"{name[:-1]}x"
    assert run("export", wrong)[2] == (f"warroom: no crisis '{wrong}'. Did you mean '{name}'? See: warroom list\n")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_the_command_line_is_the_programs(lang: str) -> None:
    assert PAGES[lang].read_text("utf-8") == page(lang), "run: python -m tests.usage_page"


# --- what scripts rest on ------------------------------------------------------------------------------

KEYS = {
    "row", "at", "segment", "question", "source", "native_id", "text", "received_at", "feed", "url", "kind",
    "author_name", "author_handle", "author_url", "author_id", "followers", "title", "lang", "created_at", "edited_at",
    "deleted_at", "in_reply_to", "thread", "replies", "reposts", "likes", "quotes", "views", "score", "reach", "raw",
    "local_id",
}  # fmt: skip


def test_tail_as_json_is_one_object_a_line_with_the_same_keys_always(run: Run, tmp_path: Path) -> None:
    a_crisis(tmp_path / "data", mentions=2)
    lines = [json.loads(line) for line in run("tail", "--json")[1].splitlines()]
    assert len(lines) == 9
    for line in lines:
        assert set(line) == KEYS
        assert line["at"].endswith("Z")
        assert line["url"] is None


def test_status_as_json_has_the_same_keys_with_and_without_a_crisis(run: Run, tmp_path: Path) -> None:
    calm = json.loads(run("status", "--json")[1])
    assert calm["incident"] is None
    a_crisis(tmp_path / "data")
    told = json.loads(run("status", "--json")[1])
    assert set(told) == set(calm)
    assert told["declared_at"].endswith("Z")


def test_status_check_says_by_its_exit_code_that_something_is_late(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert run("status", "--check")[0] == 0
    a_crisis(tmp_path / "data")
    assert run("status", "--check")[0] == 0
    later = datetime.now(UTC) + timedelta(days=1)
    monkeypatch.setattr("warroom.verbs.lists.now", lambda: later)
    code, out, err = run("status", "--check")
    assert code == 4
    assert "Late: " in out
    assert err.endswith(" overdue\n")


def test_doctor_says_of_each_problem_how_to_mend_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    token = "feeds:\n  - {name: m, type: mastodon, server: 'https://m.example', token: 'env:NO_SUCH'}\n"
    Path("config.yaml").write_text(token)
    code, out, err = run("doctor")
    assert code == 4
    assert "✕ m: The variable NO_SUCH is not set.\n  → Give it (env:NO_SUCH)" in out
    assert err == "doctor: 1 problem: m: The variable NO_SUCH is not set.\n"
    for lang in LANGUAGES:
        told = json.loads(run("doctor", "--json", "--lang", lang)[1])
        assert set(told) == {"facts", "problems"}
        assert set(told["facts"]) == set(NAMES)
        assert [set(one) for one in told["problems"]] == [{"problem", "fix"}]
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    monkeypatch.setattr(shutil, "get_terminal_size", lambda fallback: os.terminal_size((58, 24)))
    monkeypatch.setenv("TERM", "xterm-256color")
    Path("config.yaml").unlink()
    assert run("doctor")[2] == "doctor: 1 problem: the terminal is 58 columns wide; 60 needed.\n"


# --- completion ----------------------------------------------------------------------------------------


def completed(shell: str, line: str, folder: Path) -> list[str]:
    """What the program answers a shell that stands at the end of this line."""
    words = line.split(" ")
    env = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "WARROOM_DATA_DIR": str(folder),
        "_WARROOM_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": line if shell != "fish" else " ".join(words),
        "COMP_CWORD": str(len(words) - 1) if shell != "fish" else words[-1],
    }
    command = [sys.executable, "-c", "import sys; sys.argv = ['warroom']; from warroom.__main__ import main; main()"]
    done = subprocess.run(command, env=env, capture_output=True, check=True, text=True, cwd=folder)
    return done.stdout.splitlines()


def test_a_tab_completes_verbs_options_formats_and_crises(tmp_path: Path) -> None:
    name = a_crisis(tmp_path)
    assert "plain,status" in completed("bash", "warroom st", tmp_path)
    assert f"plain,{name}" in completed("bash", "warroom export ", tmp_path)
    assert completed("bash", "warroom export --format j", tmp_path) == ["plain,json"]
    assert {"plain,--redact"} <= set(completed("bash", "warroom export --re", tmp_path))
    assert "plain,warroom-light" in completed("bash", "warroom --theme warroom-l", tmp_path)
    assert any("status" in line for line in completed("zsh", "warroom st", tmp_path))
    assert any("status" in line for line in completed("fish", "warroom st", tmp_path))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_is_one_that_the_shell_reads(run: Run, shell: str, tmp_path: Path) -> None:
    code, out, err = run("completion", shell)
    assert (code, err) == (0, "")
    assert f"{shell}_complete" in out
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    (tmp_path / "script").write_text(out)
    subprocess.run([shell, "-n", str(tmp_path / "script")], check=True)


def test_the_kinds_and_clusters_of_the_line_are_those_of_the_domain() -> None:
    assert get_args(StatementKind) == KINDS
    assert get_args(Cluster) == CLUSTERS


# --- how it ends ---------------------------------------------------------------------------------------


def test_who_reads_only_the_first_line_hears_no_complaint(tmp_path: Path) -> None:
    name = a_crisis(tmp_path, mentions=3)
    line = f"{sys.executable} -m warroom export {name} -o - --format json --data-dir {tmp_path} | head -1"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", line], env=env, capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("{\n", "")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_and_a_service_manager_end_with_130_and_what_was_heard_is_kept(ending: int, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text('{"native_id": "1", "text": "one"}\n')
    (tmp_path / "config.yaml").write_text("feeds:\n  - {name: box, type: files, path: in.jsonl, follow: true}\n")
    env = {**os.environ, "PYTHONPATH": str(ROOT), "WARROOM_DATA_DIR": str(tmp_path / "data"), "LANG": "C.UTF-8"}
    command = [sys.executable, "-m", "warroom", "listen"]
    with subprocess.Popen(command, cwd=tmp_path, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert b"box: live" in process.stdout.readline()
        from tests.test_command_line import stored

        end = time.monotonic() + PATIENCE
        while stored(tmp_path / "data" / "mentions.db") < 1:
            assert time.monotonic() < end
            time.sleep(0.05)
        process.send_signal(ending)
        _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 130
    assert b"Traceback" not in err
    assert stored(tmp_path / "data" / "mentions.db") == 1


def test_doctor_names_the_file_of_each_mistake_and_ends_with_one_sign(run: Run, tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_text("id: ours\nversion: one\n", "utf-8")
    (tmp_path / "config.yaml").write_text("voice: {address: posh}\nplan: ours.yaml\n", "utf-8")
    _, out, _ = run("--config", str(tmp_path / "config.yaml"), "doctor")
    assert "voice.address: 'posh' is not known here. One of: formal, informal.\n" in out
    assert f"→ Change that line of {tmp_path / 'config.yaml'}." in out
    assert "ours.yaml:2: version: a whole number is expected here" in out
    assert "→ Change that line of ours.yaml." in out
    (tmp_path / "config.yaml").write_text("plan: social-crisys\n", "utf-8")
    assert run("--config", str(tmp_path / "config.yaml"), "doctor")[2].endswith("Did you mean 'social-crisis'?\n")


def test_doctor_tells_of_a_file_that_is_not_there_and_of_a_theme_that_is_none(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    feed = "{name: inbox, type: files, path: none.jsonl}"
    config.write_text(f"theme: warroom-drak\nfeeds:\n  - {feed}\n", "utf-8")
    code, out, _ = run("--config", str(config), "doctor")
    assert code == 4
    assert "inbox: " in out
    assert "none.jsonl does not exist." in out
    assert "There is no theme 'warroom-drak'. Did you mean 'warroom-dark'?" in out
    config.write_text(f"theme: zzz\nfeeds:\n  - {feed.replace('}', ', enabled: false}')}\n", "utf-8")
    _, out, err = run("--config", str(config), "doctor")
    assert "inbox (files, switched off)" in out
    assert "There is no theme 'zzz'. One of: warroom-dark, warroom-light, warroom-contrast, …" in out
    assert err.startswith("doctor: 1 problem: ")
    config.write_text(f"feeds:\n  - {feed.replace('}', ', follow: true}')}\n", "utf-8")
    code, out, _ = run("--config", str(config), "doctor")
    assert code == 0, "what is followed may come later"
    assert "inbox (files, waits for none.jsonl)" in out


@pytest.mark.skipif(shutil.which("fish") is None, reason="fish is not installed")
def test_fish_shows_what_an_option_is_for_to_its_end(tmp_path: Path) -> None:
    warroom = tmp_path / "warroom"
    warroom.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m warroom "$@"\n', encoding="utf-8")
    warroom.chmod(0o755)
    env = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)}
    asked = 'warroom completion fish | source; complete -C "warroom export --form"'
    told = subprocess.run(["fish", "-c", asked], capture_output=True, text=True, env=env, check=True, timeout=PATIENCE)
    assert told.stdout == "--format\tFor people, for programs, for a spreadsheet.\n"

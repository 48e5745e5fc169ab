"""The command line in processes of their own: exit codes, sentences, files, and a log that can be believed."""

import asyncio
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tests.patience import PATIENCE
from tests.scenario import DECLARED
from warroom.domain.events import FeedLost
from warroom.domain.incident import stand_down
from warroom.domain.mention import Mention, Segment
from warroom.domain.triage.labelling import step
from warroom.services.room import open_room
from warroom.store.times import utc_now

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def wr(tmp_path: Path):  # type: ignore[no-untyped-def]
    env = {**os.environ, "WARROOM_DATA_DIR": str(tmp_path / "data"), "LANG": "C.UTF-8"}
    env.pop("LC_ALL", None)

    def run(*args: str, given: str | bytes = b"", code: int = 0, **more: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "warroom", *args],
            input=given if isinstance(given, bytes) else given.encode(),
            capture_output=True,
            cwd=tmp_path,
            env={**env, "PYTHONPATH": str(ROOT), **more},
            check=False,
            timeout=PATIENCE,
        )
        out = subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
        )
        assert out.returncode == code, (out.stdout, out.stderr)
        return out

    return run


def test_help_leads_with_examples_and_a_misspelt_verb_gets_a_hint(wr) -> None:  # type: ignore[no-untyped-def]
    assert "warroom demo" in wr("--help").stdout
    assert wr("lisst", code=2).stderr == "warroom: no command 'lisst'. Did you mean 'list'? See: warroom -h\n"
    assert "¿Querías decir «export»?" in wr("exprot", "--lang", "es", code=2).stderr
    assert wr("xyz", code=2).stderr == "warroom: no command 'xyz'. See: warroom -h\n"
    assert wr("--version").stdout.startswith("warroom ")


def test_without_a_terminal_the_screen_verbs_say_what_works(wr) -> None:  # type: ignore[no-untyped-def]
    for verb in ([], ["demo"]):
        assert "not a terminal" in wr(*verb, code=5).stderr


def test_what_comes_through_a_pipe_is_stored_while_the_pipe_is_open(tmp_path: Path) -> None:
    env = {**os.environ, "WARROOM_DATA_DIR": str(tmp_path), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "warroom", "import", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=tmp_path, env=env) as process:
        assert process.stdin is not None
        for n in (1, 2):
            process.stdin.write(f'{{"native_id": "{n}", "text": "one"}}\n{{"native_id": "'.encode())
            process.stdin.flush()
            end = time.monotonic() + PATIENCE
            while stored(tmp_path / "mentions.db") < 2 * n - 1:
                assert time.monotonic() < end
                time.sleep(0.05)
            process.stdin.write(f'{n}b", "text": "a line that came in two parts"}}\n\n'.encode())
        process.stdin.close()
        assert process.wait(PATIENCE) == 0
    assert stored(tmp_path / "mentions.db") == 4


def stored(path: Path) -> int:
    """How many mentions there are; none while there is no store."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM mention").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_mentions_come_in_twice_and_are_kept_once(wr) -> None:  # type: ignore[no-untyped-def]
    lines = "".join(
        json.dumps({"native_id": str(n), "source": "x", "text": f"nordavena {n}"}) + "\n" for n in range(50)
    )
    first = wr("import", "-", given=lines + '{"broken\n')
    assert "50 new" in first.stdout
    assert 'line 51: no JSON: {"broken' in first.stderr
    assert "0 new, 0 edited, 50 known already." in wr("import", "-", given=lines).stdout
    told = [json.loads(line) for line in wr("tail", "--json", "-n", "100").stdout.splitlines()]
    assert len(told) == 50
    assert all(line["segment"] for line in told)
    assert len(wr("tail", "--search", "49").stdout.splitlines()) == 1


def test_an_unknown_crisis_is_exit_three_with_a_hint(wr) -> None:  # type: ignore[no-untyped-def]
    assert "See: warroom list" in wr("export", "avena", code=3).stderr
    assert "warroom demo" in wr("export", code=3).stderr


def test_an_unknown_format_is_wrong_usage(wr) -> None:  # type: ignore[no-untyped-def]
    told = wr("export", "--format", "pdf", code=2).stderr
    assert told == "warroom export: unknown format 'pdf'. One of: md, json, csv.\n"


def test_a_note_is_a_line_of_the_log_and_a_changed_byte_is_found(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    wr("note", "the", "plant", "called")
    assert "1 event, every chain whole." in wr("verify").stdout
    wr("note", "and again")
    db = sqlite3.connect(tmp_path / "data" / "timeline.db")
    db.execute("UPDATE event SET body = replace(body, 'plant', 'plent') WHERE pos = 1")
    db.commit()
    db.close()
    told = wr("verify", code=4).stderr
    assert "1" in told


def test_every_mistake_of_the_config_is_said_at_once_with_its_line(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "config.yaml").write_text(
        "organisation:\n  nmae: X\nfeeds:\n  - name: a\n    type: rss\n    ulr: https://a.example\n"
        "  - name: b\n    type: rsss\n"
    )
    told = wr("list", code=2).stderr
    assert "config.yaml:2: organisation.nmae" in told
    assert "name" in told
    assert "config.yaml:6: feeds[0].ulr" in told
    assert "config.yaml:8: feeds[1].type" in told


def test_init_writes_an_example_that_doctor_finds_in_order(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    wr("init")
    assert "exists already" in wr("init", code=1).stderr
    told = json.loads(wr("doctor", "--json").stdout)
    assert told["problems"] == []
    assert told["facts"]["config"].endswith("config.yaml")


def test_the_language_of_the_reader_wins_by_flag_then_environment(wr) -> None:  # type: ignore[no-untyped-def]
    assert "No hay" in wr("status", "--lang", "es").stdout
    assert "No hay" in wr("status", WARROOM_LANG="es").stdout
    assert "No open crisis" in wr("status", "--lang", "en", WARROOM_LANG="es").stdout


def test_a_read_only_folder_is_a_sentence_and_not_a_traceback(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "file").write_text("x")
    told = wr("note", "x", "--data-dir", str(tmp_path / "file" / "room"), code=1).stderr
    assert "Traceback" not in told
    assert told.startswith("warroom: ")


def test_a_newer_file_is_left_alone(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    wr("note", "x")
    db = sqlite3.connect(tmp_path / "data" / "timeline.db")
    db.execute("PRAGMA user_version = 99")
    db.close()
    told = wr("note", "y", code=1).stderr
    assert "newer" in told


def test_a_refusal_is_a_sentence_and_not_a_traceback(wr) -> None:  # type: ignore[no-untyped-def]
    assert wr("note", " ", code=1).stderr == "warroom: The note is empty.\n"
    assert wr("listen", code=2).stderr.startswith("warroom: No feed is enabled.")
    assert wr("list", "--lang", "xx", code=2).stderr == "warroom list: unknown language 'xx'. One of: en, es.\n"


def test_a_name_that_nobody_has_is_not_verified_in_another_ones_place(wr) -> None:  # type: ignore[no-untyped-def]
    wr("note", "x")
    assert "no crisis 'avena'" in wr("verify", "avena", code=3).stderr
    assert "warroom demo" in wr("replay", "demo", code=3).stderr
    assert "Did you mean" not in wr("export", "demos", code=3).stderr


def a_crisis(
    folder: Path,
    *,
    mentions: int = 0,
    close: bool = False,
    ago: timedelta = timedelta(0),
    roles: dict[str, str] | None = None,
) -> str:
    """Declare a crisis in a room, with mentions of it before and long before; its name."""

    async def work() -> str:
        async with open_room(folder, clock=utc_now, actor="AM") as room:
            first = utc_now() - timedelta(minutes=30)

            def heard(name: str, at: datetime) -> Mention:
                return Mention(source="x", native_id=name, text="oat", received_at=utc_now(), created_at=at)

            before = [(heard(f"old {room.board.pos} {n}", first - timedelta(days=2)), None) for n in range(7)]
            now = [(heard(f"new {room.board.pos} {n}", utc_now()), None) for n in range(mentions)]
            added = await room.mentions.add([*before, *now])
            room.board.row = added.last_row
            declaration = msgspec.structs.replace(
                DECLARED,
                declared_at=utc_now() - ago,
                first_mention_at=first - ago,
                roles=DECLARED.roles if roles is None else roles,
            )
            (declared,) = await room.do(lambda board: declaration)
            if close:
                await room.do(lambda board: stand_down(board.incidents[declared.inc], "quiet"))
            return declared.inc

    return asyncio.run(work())


def test_an_export_counts_the_mentions_of_its_own_crisis(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    name = a_crisis(tmp_path / "data", mentions=3, close=True)
    wr("import", "-", given=b'{"native_id": "later", "source": "x", "text": "after the end"}\n')
    assert "- **Mentions kept**: 3\n" in wr("export", name, "-o", "-").stdout


def test_an_export_is_the_whole_file_or_the_one_before(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    name = a_crisis(tmp_path / "data")
    wr("export", name)
    written = tmp_path / f"{name}.md"
    written.write_text("what was there", encoding="utf-8")
    assert "--force" in wr("export", name, code=1).stderr
    assert written.read_text(encoding="utf-8") == "what was there"
    (tmp_path / "link.md").symlink_to(written)
    wr("export", name, "-o", "link.md", "--force")
    assert (tmp_path / "link.md").is_symlink()
    assert written.read_text(encoding="utf-8").startswith("# ")
    assert not list(tmp_path.glob(".*part"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no disk here is full for ever")
def test_an_output_that_takes_no_more_is_a_sentence(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    name = a_crisis(tmp_path / "data")
    assert "could not write /dev/full" in wr("export", name, "-o", "/dev/full", "--force", code=1).stderr
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "warroom", "export", name, "-o", "-", "--data-dir", str(tmp_path / "data")],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(ROOT), "WARROOM_LANG": "en"},
            check=False,
            text=True,
        )
    assert (done.returncode, done.stderr) == (1, "warroom: the output could not be written: the disk is full.\n")


def test_an_export_of_a_changed_log_says_that_it_does_not_hold(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    name = a_crisis(tmp_path / "data")
    wr("note", "the plant called")
    db = sqlite3.connect(tmp_path / "data" / "timeline.db")
    db.execute("UPDATE event SET body = replace(body, 'plant', 'plent') WHERE pos = 2")
    db.commit()
    db.close()
    told = wr("export", name, "-o", "-")
    assert "The event at position 2 was changed." in told.stderr
    assert "cannot be believed as a whole" in told.stdout
    assert "Head of the chain" not in told.stdout


def test_initials_of_nobody_are_warned_of_and_taken(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "config.yaml").write_text("people:\n  - {initials: AM, name: A. Martín}\n", encoding="utf-8")
    told = wr("note", "hello", "--as", "MA")
    assert told.stdout == "Noted.\n"
    assert told.stderr == (
        "warroom: “MA” is nobody in config.yaml (people: AM); the timeline is signed with it all the same.\n"
    )
    assert wr("note", "hello", "--as", "AM").stderr == ""
    assert wr("note", "hello").stderr == ""
    (tmp_path / "config.yaml").unlink()
    assert wr("note", "hello", "--as", "MA").stderr == ""


def test_a_theme_that_does_not_exist_is_said_by_every_verb_with_a_screen(wr) -> None:  # type: ignore[no-untyped-def]
    for verb in ([], ["demo"], ["replay"]):
        assert "There is no theme 'darkk'" in wr(*verb, "--theme", "darkk", code=2).stderr
    assert wr("list", "--theme", "darkk").stderr == ""


def test_list_status_and_tail_say_that_the_log_does_not_hold(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    a_crisis(tmp_path / "data")
    wr("note", "the plant called")
    for verb in ("list", "status", "tail"):
        assert "believed" not in wr(verb).stderr
    with closing(sqlite3.connect(tmp_path / "data" / "timeline.db")) as db:
        db.execute("UPDATE event SET body = replace(body, 'plant', 'plent') WHERE pos = 2")
        db.commit()
    for verb in ("list", "status", "tail"):
        told = wr(verb)
        assert told.stderr.startswith("warroom: The event at position 2 was changed. This log cannot be believed")
        assert told.stderr.endswith(" Run: warroom verify\n")
        assert told.stdout or verb == "tail"


def test_listen_says_how_much_could_not_be_read(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "in.jsonl").write_text('{"native_id": "1", "text": "one"}\nno JSON\n{"native_id": "2"}\n')
    (tmp_path / "config.yaml").write_text("feeds:\n  - {name: box, type: files, path: in.jsonl, follow: true}\n")
    told = wr("listen", "--seconds", "2")
    assert "box: 2 could not be read" in told.stdout
    assert told.stdout.count("could not be read") == 1
    assert '(line 3: no text: {"native_id": "2"})' in told.stdout
    as_json = [json.loads(line) for line in wr("listen", "--seconds", "2", "--json").stdout.splitlines()]
    assert all("bad" in line and "dropped" in line for line in as_json if line.get("feed") == "box")


def test_a_damaged_mention_store_stops_neither_note_nor_status(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    a_crisis(tmp_path / "data", mentions=3)
    data = tmp_path / "data"
    damaged = (data / "mentions.db").read_bytes()[:20_000]
    (data / "mentions.db").write_bytes(damaged)
    told = wr("status")
    assert "is damaged" in told.stderr
    assert "How many mentions there are is not known." in told.stdout
    assert json.loads(wr("status", "--json").stdout)["mentions"] is None
    noted = wr("note", "the plant called")
    assert noted.stdout == "Noted.\n"
    assert "The store of mentions was damaged: it is kept as mentions.damaged-" in noted.stderr
    [kept] = data.glob("mentions.damaged-*.db")
    assert kept.read_bytes() == damaged
    assert wr("note", "and again").stderr == ""
    assert any(kept.name in one["problem"] for one in json.loads(wr("doctor", "--json", code=4).stdout)["problems"])
    wr("verify")
    line = json.dumps({"native_id": "new", "text": "one more"}).encode()
    wr("import", "-", given=line)
    told = wr("recover", "--into", "new")
    assert "3 events kept.\n11 mentions kept." in told.stdout
    assert "one more" in wr("tail", "--data-dir", "new").stdout


def test_a_damaged_room_is_recovered_into_a_new_one(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    a_crisis(tmp_path / "data", mentions=3)
    wr("note", "the plant called")
    wr("note", "the press called")
    whole = wr("recover", "--into", "copy")
    assert "3 events kept." in whole.stdout
    assert "10 mentions kept." in whole.stdout
    assert wr("verify", "--data-dir", "copy").stdout.startswith("3 events, every chain whole.")
    file = tmp_path / "data" / "timeline.db"
    data = file.read_bytes()
    assert data.count(b"the plant called") == 1
    file.write_bytes(data.replace(b"the plant called", b"the plent called"))
    before = {one.name: one.read_bytes() for one in (tmp_path / "data").iterdir()}
    told = wr("recover", code=4)
    assert "Missing events: 1, at positions 2." in told.stdout
    assert "The new log holds up to there: An event was removed at position 2." in told.stdout
    assert told.stderr.endswith("warroom: Not everything could be recovered.\n")
    assert {one.name: one.read_bytes() for one in (tmp_path / "data").iterdir()} == before
    assert "An event was removed at position 2." in wr("verify", "--data-dir", "data-recovered", code=4).stderr
    assert "is there already and not empty" in wr("recover", code=1).stderr
    assert "does not exist" in wr("recover", "--data-dir", "nowhere", code=3).stderr


def test_a_damaged_mention_store_does_not_hold_back_the_log_of_the_acts(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    name = a_crisis(tmp_path / "data", mentions=3)
    os.truncate(tmp_path / "data" / "mentions.db", 20_000)
    told = wr("export", name, "-o", "-")
    assert "is damaged" in told.stderr
    assert "- **Mentions kept**: not known\n" in told.stdout
    assert "Declared" in told.stdout


def test_a_file_that_was_emptied_is_said_to_be_empty(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    wr("note", "x")
    os.truncate(tmp_path / "data" / "timeline.db", 0)
    for verb in ("list", "verify", "status"):
        assert "is empty" in wr(verb, code=1).stderr


def test_doctor_says_that_a_folder_cannot_be_made_where_a_file_is(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "file").write_text("")
    told = wr("doctor", "--data-dir", "file/room", code=4).stdout
    assert "file cannot be written." in told
    assert "Choose another folder" in told


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[fd00::1]", "192.168.1.9"])
def test_doctor_foresees_that_an_address_of_ones_own_network_is_not_asked(wr, tmp_path: Path, host: str) -> None:  # type: ignore[no-untyped-def]
    feed = "feeds:\n  - {{name: blog, type: rss, url: 'http://{host}:8000/a.xml'{more}}}\n"
    (tmp_path / "config.yaml").write_text(feed.format(host=host, more=""))
    told = wr("doctor", code=4).stdout
    assert "is an address of a private network." in told
    assert "write “internal: true” to this source." in told
    (tmp_path / "config.yaml").write_text(feed.format(host=host, more=", internal: true"))
    wr("doctor")


def test_doctor_looks_whether_a_secret_can_be_read(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "config.yaml").write_text(
        "feeds:\n  - {name: m, type: mastodon, server: 'https://m.example', token: 'file:token'}\n"
    )
    assert "token cannot be read" in wr("doctor", code=4).stdout
    (tmp_path / "token").write_text("t")
    (tmp_path / "token").chmod(0o644)
    assert "chmod 600" in wr("doctor", code=4).stdout


def test_mistakes_are_told_in_the_language_of_the_config(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "config.yaml").write_text("language: es\n")
    assert "no hay ninguna crisis" in wr("export", "avena", code=3).stderr


def test_the_reason_of_the_system_is_said_in_the_readers_language(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert "es una carpeta" in wr("import", str(tmp_path), "--lang", "es", code=1).stderr


def test_the_line_is_read_without_the_screen_the_network_or_the_events() -> None:
    late = ("textual", "httpx", "warroom.domain.events", "warroom.domain.text")
    code = f"import sys; import warroom.__main__; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_what_is_only_printed_loads_no_screen() -> None:
    code = "import sys; import warroom.verbs.lists; print('textual' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=True, text=True)
    assert done.stdout == "False\n"


def test_status_claims_no_rate_while_nobody_listens_or_no_source_is_heard(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    a_crisis(tmp_path / "data", mentions=3)
    (tmp_path / "config.yaml").write_text(
        "feeds:\n- {name: news, type: files, path: x.jsonl}\n- {name: b, type: files, path: y, enabled: false}\n"
    )
    assert " mentions kept. Nobody listens now; the last one came in at " in wr("status").stdout
    told = json.loads(wr("status", "--json").stdout)
    assert (told["listening"], told["mentions_per_minute"], told["lost_sources"]) == (False, None, [])

    async def listened_to() -> None:
        async with open_room(tmp_path / "data", clock=utc_now, actor="auto") as room:
            assert await room.mentions.lease("test", timedelta(minutes=5))
            assert " mentions kept, " in wr("status").stdout
            lost = FeedLost(feed="news", since=utc_now(), reason="gone")
            await room.do(lambda board: lost)
            assert ": no source is heard since." in (out := wr("status").stdout)
            assert "Lost: news since " in out
            told = json.loads(wr("status", "--json").stdout)
            assert (told["listening"], told["lost_sources"]) == (True, ["news"])
            assert told["heard_until"] == lost.since.isoformat(timespec="seconds").replace("+00:00", "Z")

    asyncio.run(listened_to())


def test_the_first_start_asks_who_you_are_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    env = {"HOME": str(home), "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "TERM": "xterm"}
    env["COLUMNS"] = "80"
    asked = (
        "from warroom.verbs.first import first_run; from warroom.verbs.setting import Flags, settle;"
        "found = first_run(settle(Flags())); print(found.actor, found.words.lang)"
    )

    def start(given: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", asked],
            input=given,
            env=env,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    first = start("2\nabcde\nam\n")
    assert "Language / Idioma [1]" in first
    assert first.count("Iniciales") == 2
    assert "\ncifras.\n" in first  # no word is cut at the edge
    assert "«abcde» no vale" in first
    assert first.splitlines()[-1].endswith("AM es")
    assert start("") == "AM es\n"
    [written] = home.rglob("config.yaml")
    assert "as: 'AM'" in written.read_text()


def test_an_import_reads_by_what_was_learnt_and_leaves_what_was_said(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    lines = [{"source": "x", "native_id": str(n), "text": f"kraftwerk {n} noted"} for n in range(1, 21)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    wr("import", "in.jsonl")

    async def correct() -> None:
        async with open_room(tmp_path / "data", clock=utc_now, actor="AM") as room:
            kepts = room.mentions.page(1, 20)
            assert {kept.segment for kept in kepts} == {Segment.NEUTRAL}
            await room.do(lambda board: [step(kept, kept.segment, -2) for kept in kepts])

    asyncio.run(correct())
    new = {"source": "x", "native_id": "99", "text": "kraftwerk again noted"}
    edited = {**lines[0], "text": "Thank you, I love it!", "edited_at": "2030-01-01T00:00:00Z"}
    wr("import", "-", given=json.dumps(new) + "\n" + json.dumps(edited) + "\n")
    found = [json.loads(line) for line in wr("tail", "--json", "-n", "30").stdout.splitlines()]
    segments = {one["native_id"]: one["segment"] for one in found}
    assert segments["99"] in ("dislike", "hate")
    assert segments["1"] == "hate"
    assert [one["text"] for one in found if one["native_id"] == "1"] == ["Thank you, I love it!"]


def test_status_says_what_is_late_and_by_whom_or_that_nobody_owns_it(wr, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    a_crisis(tmp_path / "data", ago=timedelta(hours=1), roles={"lead": "AM"})
    told = wr("status", "--check", code=4).stdout
    assert re.search(r"^First word: \+45:\d\d late \(promised for \d\d:\d\d\)$", told, re.M), told
    assert re.search(r"^Late: Freeze scheduled posts, \d\d min, no owner yet$", told, re.M), told
    assert re.search(r"^Late: Objectives, \d\d min, owner AM$", told, re.M), told

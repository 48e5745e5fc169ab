"""`warroom triage` and `warroom evaluate` as processes: lines in, lines out, and files that are neither."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import START
from tests.patience import PATIENCE
from tests.services.test_learnt import taught
from warroom.domain.board import Board
from warroom.domain.mention import Kept, Mention, Segment
from warroom.domain.triage.triage import Triage
from warroom.services.lexicon import load_lexicon
from warroom.services.report.dossier import as_json
from warroom.services.sorting import Rules, Sorting
from warroom.services.weighing import Weighing
from warroom.services.words import english

ROOT = Path(__file__).resolve().parent.parent
SCENARIO = ROOT / "warroom" / "data" / "scenarios" / "nordavena.en.jsonl"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    env = {**os.environ, "WARROOM_DATA_DIR": str(tmp_path / "data"), "LANG": "C", "HOME": str(tmp_path)}
    for name in ("LC_ALL", "WARROOM_LANG", "WARROOM_CONFIG", "XDG_CONFIG_HOME"):
        env.pop(name, None)

    def work(*args: str, given: str | bytes = b"", code: int = 0) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "warroom", *args],
            input=given.encode() if isinstance(given, str) else given,
            capture_output=True,
            cwd=tmp_path,
            env={**env, "PYTHONPATH": str(ROOT)},
            check=False,
            timeout=PATIENCE,
        )
        told = subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())
        assert told.returncode == code, (told.stdout, told.stderr)
        assert "Traceback" not in told.stderr
        return told

    return work


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def jsonl(*objects: object) -> str:
    return "".join(json.dumps(one) + "\n" for one in objects)


def test_each_mention_is_one_line_with_its_name_side_segment_question_and_group(run: Run, tmp_path: Path) -> None:
    text = "Nobody at the company answers the phone after two glasses of lot 4471"
    found = lines(
        run(
            "triage",
            "-",
            given=jsonl(
                {"source": "X", "native_id": "1", "text": text},
                {"source": "x", "native_id": "2", "text": "Thank you, the best! Where can I buy it?"},
                {"source": "x", "native_id": "3", "text": f"RT @nora: {text}!! https://a.example", "other": [1]},
            ),
        )
    )
    assert [(one["source"], one["native_id"], one["cluster"]) for one in found] == [
        ("x", "1", "x|1"),
        ("x", "2", "x|2"),
        ("x", "3", "x|1"),
    ]
    assert (found[1]["polarity"], found[1]["segment"], found[1]["question"]) == ("pos", "love", True)
    likely = found[1]["probabilities"]
    assert isinstance(likely, dict)
    assert list(likely) == ["neg", "neu", "pos"]
    assert sum(likely.values()) == pytest.approx(1, abs=0.001)
    assert "best" in str(found[1]["hits"])
    assert not (tmp_path / "data").exists(), "nothing is kept"


def test_strange_texts_are_read_and_broken_lines_are_counted_and_shown(run: Run) -> None:
    given = jsonl(
        {"native_id": "empty", "text": ""},
        {"native_id": "emoji", "text": "😡😡"},
        {"native_id": "long", "text": "scam " * 2_000},
        {"native_id": "mixed", "text": "qué asco, total scam \u202e مرحبا \x1b[31m"},
    )
    done = run("triage", "-", given=given + 'broken\n[1]\n{"x": 1}\n\n{"text": "cut')
    wrong = ["line 5: no JSON: broken", "line 6: no object: [1]", "line 7: no text: ", "line 9: no JSON: "]
    assert [words for words in wrong if words not in done.stderr] == []
    assert [(one["native_id"], one["polarity"]) for one in lines(done)] == [
        ("empty", "neu"),
        ("emoji", "neg"),
        ("long", "neg"),
        ("mixed", "neg"),
    ]
    assert "4 lines could not be read" in done.stderr
    spanish = run("triage", "-", "--lang", "es", given='{"text": broken\n', code=1)
    assert 'línea 1: no es JSON: {"text": broken' in spanish.stderr
    assert run("triage", "-", "-q", given="broken\n", code=1).stdout == ""
    assert run("triage", "-").stdout == ""


@pytest.mark.parametrize("verb", ["triage", "evaluate"])
def test_a_row_of_a_table_that_could_not_be_read_is_named_by_its_line(run: Run, tmp_path: Path, verb: str) -> None:
    table = tmp_path / "labels.csv"
    table.write_text('text,polarity\n"a scam\nof theirs",neg\nthanks!,pos\n' + "y" * 1_100_000 + ",neg\nlovely,pos\n")
    assert "line 5: too long: yyy" in run(verb, str(table)).stderr
    assert "línea 5: demasiado larga: yyy" in run(verb, str(table), "--lang", "es").stderr


def test_two_lines_that_say_nothing_are_not_the_same(run: Run) -> None:
    found = lines(run("triage", "-", given=jsonl({"text": ""}, {"text": "  "}, {"text": "😡"}, {"text": "…"})))
    assert len({one["cluster"] for one in found}) == 4
    assert len({one["native_id"] for one in found}) == 4


def test_labels_are_learnt_first_and_what_a_person_said_stands(run: Run, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(
        jsonl(
            {"source": "x", "native_id": "1", "text": "The purple cap came with my carton"},
            {"source": "x", "native_id": "2", "text": "A purple cap came with a carton of mine too"},
            {"source": "x", "native_id": "3", "text": "Press conference at four"},
        )
    )
    (tmp_path / "labels.jsonl").write_text(
        jsonl(
            {"source": "x", "native_id": "1", "polarity": "pos"},
            {"source": "x", "native_id": "1", "segment": "hate"},
            *({"text": f"purple cap came with it, {word}", "polarity": "negative"} for word in "abcdef"),
            {"source": "x", "native_id": "gone", "segment": "love"},
            {"text": "odd", "polarity": "purple"},
        )
    )
    untaught = lines(run("triage", "in.jsonl"))
    done = run("triage", "in.jsonl", "--labels", "labels.jsonl")
    taught = lines(done)
    assert [one["polarity"] for one in untaught] == ["neu", "neu", "neu"]
    assert [(one["segment"], one["labelled"]) for one in taught] == [
        ("hate", True),
        ("dislike", False),
        ("neutral", False),
    ]
    assert "Learnt 7" in done.stderr
    assert "1 label has no text" in done.stderr
    assert "purple (1)" in done.stderr
    assert run("triage", "in.jsonl", "--labels", "labels.jsonl").stdout == done.stdout, "the same again"
    piped = run("triage", "-", "--labels", "labels.jsonl", given=(tmp_path / "in.jsonl").read_text())
    assert lines(piped)[0]["segment"] == "hate"
    assert "2 labels have no text: they stand" in piped.stderr, "a pipe is not read twice"


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_a_file_with_labels_is_judged_with_its_confusion_and_its_curve(run: Run, tmp_path: Path, form: str) -> None:
    rows = [("Awful, useless", "negative"), ("Press conference at four", "neutral"), ("Great, thank you", "pos")] * 20
    rows += [("The purple cap came again", "neg")] * 40
    sign = {"csv": ",", "tsv": "\t"}.get(form)
    if sign is None:
        body = jsonl(*({"text": text, "polarity": side} for text, side in rows))
    else:
        body = f"text{sign}polarity\n" + "".join(f'"{text}"{sign}{side}\n' for text, side in rows)
    (tmp_path / f"own.{form}").write_text(body)
    told = run("evaluate", f"own.{form}").stdout
    assert "100 texts with a label" in told
    found = json.loads(run("evaluate", f"own.{form}", "--json").stdout)
    assert found["texts"] == 100
    assert found["polarity"]["confusion"]["neg"] == {"neg": 20, "neu": 40, "pos": 0}
    assert found["segment"] is None
    assert [point["labels"] for point in found["curve"]] == [0, 50]
    assert f"{found['polarity']['macro_f1']:.3f}" in told


def test_a_column_of_segments_is_judged_in_both_tables(run: Run) -> None:
    given = jsonl(
        {"text": "You liars and thieves", "segment": "hate"},
        {"text": "The best!", "segment": "advocate"},
        {"text": "no label"},
    )
    done = run("evaluate", "-", "--json", given=given)
    found = json.loads(done.stdout)
    assert (found["segment"]["macro_f1"], found["polarity"]["macro_f1"]) == (1, 1)
    assert "1 line has no label" in done.stderr


@pytest.mark.parametrize(
    ("verb", "given", "code", "told"),
    [
        ("triage", "a,b\n1,2\n", 1, "No column is known to hold the text. There are: a, b."),
        ("evaluate", "text,stars\nhello,5\n", 2, "There are: text, stars"),
        ("evaluate", '{"text": "x", "polarity": "odd"}\n', 2, "no label is known: odd"),
        ("evaluate", "", 2, "-: no line in it is a mention."),
        ("evaluate", '{"text": "a"}\n', 2, "no column “polarity” or “segment”"),
        ("triage", '[{"text": "x"}]', 1, "one JSON array"),
    ],
)
def test_what_cannot_be_used_is_named(run: Run, verb: str, given: str, code: int, told: str) -> None:
    assert told in run(verb, "-", given=given, code=code).stderr


def test_columns_of_any_name_are_told_by_a_flag(run: Run) -> None:
    given = "Review;Mood\nAwful, useless;NEGATIVE\n"
    done = run("evaluate", "-", "--column", "text=Review", "--column", "polarity=Mood", "--json", given=given)
    assert json.loads(done.stdout)["polarity"]["right"] == 1
    assert "has no field “mood”" in run("evaluate", "-", "--column", "mood=Mood", given=given, code=2).stderr
    assert "No column is called “Text”" in run("triage", "-", "--column", "text=Text", given=given, code=1).stderr


@pytest.mark.parametrize("verb", ["import", "triage", "evaluate"])
def test_a_column_that_cannot_be_is_told_alike_by_every_verb_that_reads_a_file(run: Run, verb: str) -> None:
    told = run(verb, "-", "--column", "text", given="{}", code=2).stderr
    assert "Write --column as field=heading; “text” is not." in told
    assert "A mention has no field “texto”." in run(verb, "-", "--column", "texto=Body", given="{}", code=2).stderr


def test_only_who_judges_a_mention_reads_a_column_of_judgements(run: Run) -> None:
    given = "Body;Mood\nI love it;positive\n"
    columns = ("--column", "text=Body", "--column", "polarity=Mood")
    assert "A mention has no field “polarity”." in run("import", "-", *columns, given=given, code=2).stderr
    assert "1 text with a label" in run("evaluate", "-", *columns, given=given).stdout


def test_every_encoding_is_read_and_a_missing_file_is_a_sentence(run: Run, tmp_path: Path) -> None:
    for encoding in ("utf-8-sig", "utf-16", "cp1252"):
        (tmp_path / "in.jsonl").write_text('{"native_id": "1", "text": "qué vergüenza"}\n', encoding=encoding)
        assert lines(run("triage", "in.jsonl"))[0]["hits"], encoding
    assert "cannot be read" in run("triage", "nowhere.jsonl", code=1).stderr
    assert "cannot be read" in run("triage", "in.jsonl", "--labels", "nowhere", code=1).stderr


def test_a_table_of_blank_lines_is_as_empty_as_no_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "blank.csv").write_text("\n\n\n")
    assert run("triage", "blank.csv").stdout == ""


def test_each_line_says_how_soon_it_is_to_be_read_and_every_part_of_that(run: Run) -> None:
    given = jsonl(
        {"native_id": "1", "text": "My son is in hospital after drinking it", "followers": 900},
        {"native_id": "2", "text": "Good morning"},
    )
    first, second = lines(run("triage", "-", given=given))
    parts = first["parts"]
    assert isinstance(parts, list)
    assert sum(part["points"] for part in parts) == first["priority"]
    assert all(part["why"] for part in parts)
    assert (first["rank"], first["hint"], first["unknown_reach"]) == ("P1", "escalate", False)
    assert (second["rank"], second["unknown_reach"], second["topics"]) == ("P4", True, [])


def test_the_organisations_own_words_are_known(run: Run, tmp_path: Path) -> None:
    (tmp_path / "own.tsv").write_text("oatiful\t3\n")
    (tmp_path / "config.yaml").write_text("triage:\n  lexicon: [own.tsv]\n")
    given = jsonl({"text": "it is oatiful", "polarity": "pos"})
    assert lines(run("triage", "-", given=given))[0]["hits"] == [["oatiful", 3]]
    assert json.loads(run("evaluate", "-", "--json", given=given).stdout)["polarity"]["right"] == 1


def test_the_demo_goes_through_whole(run: Run) -> None:
    given = "".join(line for line in SCENARIO.read_text(encoding="utf-8").splitlines(keepends=True) if '"text"' in line)
    found = lines(run("triage", "-", given=given))
    assert len(found) == given.count("\n")
    assert len({one["cluster"] for one in found}) < len(found)


def test_the_labels_of_an_export_teach_a_file_what_they_taught_the_room(run: Run, tmp_path: Path) -> None:
    """As `jq -c '.labels[]'` takes them out of it (docs/export.md)."""
    scenario = taught()
    board, incident = scenario.board, scenario.board.incident
    assert incident is not None
    body = json.loads(as_json(board, incident, english()))
    (tmp_path / "labels.jsonl").write_text(jsonl(*body["labels"]))
    probe = "Nobody answers the phone, and the refund came the same day"
    (tmp_path / "in.jsonl").write_text(jsonl({"source": "x", "native_id": "99", "text": probe}))
    done = run("triage", "in.jsonl", "--labels", "labels.jsonl")
    [read] = lines(done)
    triage = Triage(load_lexicon())
    untaught = triage.read(probe).probabilities
    triage.restore(board.labels.to_learn(incident.id))
    likely = dict(zip(("neg", "neu", "pos"), [round(one, 4) for one in triage.read(probe).probabilities], strict=True))
    assert read["probabilities"] == likely
    assert list(likely.values()) != [round(one, 4) for one in untaught]
    assert "Learnt 4 · agreement" in done.stderr


def test_what_a_file_can_tell_weighs_as_much_there_as_in_a_room(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("triage:\n  known: ['@Diario.Example']\n")
    at = START.isoformat()
    texts = [
        "The oat drink of lot 4471 gave my daughter a rash, and nobody answers since Friday",
        "RT @x: The oat drink of lot 4471 gave my daughter a rash, and nobody answers since Friday!",
        "Which shops sold it? I want my money back",
        "Diario asks for an interview about the recall",
    ]
    given = [
        {
            "source": "x",
            "native_id": str(n),
            "text": text,
            "created_at": at,
            "followers": None if n == 2 else 900 * (n + 1),
            "reposts": n,
            "author_handle": "diario.example" if n == 3 else f"u{n}.example",
        }
        for n, text in enumerate(texts)
    ]
    sorting = Sorting(Triage(load_lexicon()), Rules(known=["diario.example"]))
    for row, (fields, line) in enumerate(zip(given, lines(run("triage", "-", given=jsonl(*given))), strict=True), 1):
        mention = Mention(**{**fields, "created_at": START, "received_at": START})  # type: ignore[arg-type]
        kept = Kept(row, mention, Segment(str(line["segment"])), bool(line["question"]))
        sorting.look([kept])
        found = Weighing(sorting).priority(kept, Board(), START)
        told = [(part.name, part.points) for part in found.parts]
        assert [(part["name"], part["points"]) for part in line["parts"]] == told  # type: ignore[attr-defined]
        assert (line["priority"], line["rank"], line["hint"]) == (found.points, found.rank, found.hint)
        assert line["cluster"] == sorting.group(row)
    assert "known" in [name for name, _ in told]

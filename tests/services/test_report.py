"""The exported log: complete, in order, escaped, readable as plain text, valid CommonMark."""

import csv
import io
import json
import re
from datetime import datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from tests.scenario import DECLARED, PLAN, Scenario, declared, kept
from warroom.domain.aftermath import agree_action, note_lesson, note_question
from warroom.domain.approval import approve
from warroom.domain.criteria import proven
from warroom.domain.desk import act_on, pin, undo
from warroom.domain.events import (
    DeadlineMoved,
    FactRecorded,
    MentionPinned,
    Place,
    PromiseKept,
    PromiseMade,
    PromiseMoved,
    ShiftHandedOver,
    StatementApproved,
    StatementPublished,
    StatementRevised,
)
from warroom.domain.freeze import hold, list_item
from warroom.domain.incident import add_note, confirm_objectives, correct_title, stand_down
from warroom.domain.ledger import break_promise, make_promise, record_fact
from warroom.domain.mention import Segment
from warroom.domain.pinned import pinned_mentions
from warroom.domain.publishing import publish
from warroom.domain.reply import guide
from warroom.domain.sentence import say
from warroom.domain.stance import choose_stance
from warroom.domain.statement import override, submit
from warroom.domain.steps import finish_step
from warroom.domain.text import one_line, plain
from warroom.services.logbook import ahead
from warroom.services.report.after_action import deadline_told
from warroom.services.report.dossier import as_json
from warroom.services.report.log import markdown
from warroom.services.report.marked import cells, escaped, quoted, table
from warroom.services.report.redaction import HIDDEN
from warroom.services.report.table import as_csv
from warroom.services.words import Words

WORDS = Words("en", ZoneInfo("Europe/Madrid"))
EVIL = "<script>alert(1)</script> [click](javascript:x) ![i](http://x.example/i.png) # *b* `c` | \x1b]0;t\x07 \u202e"


def whole() -> Scenario:
    """A crisis with one of everything."""
    scenario = declared().minutes(9).when(lambda i: confirm_objectives(i, ["Nobody drinks lot 4471"]))
    scenario.given(pin(scenario.board.desk, kept(5, EVIL, url="https://x.example/5", followers=5400)))
    scenario.given(act_on(scenario.board.desk, kept(6, "second"), "reply"))
    scenario.by("PG").given(
        StatementRevised(
            statement="S1", revision=1, text="We are sorry.\n\n# not a heading", purpose="first-word", lang="en"
        )
    )
    scenario.when(lambda i: submit(i.statements["S1"], blocking=()))
    scenario.by("AM").when(
        lambda i: approve(i, i.statements["S1"], by="AM", digest=i.statements["S1"].head.digest, now=scenario.now)
    )
    places = (Place("x", "https://x.example/1"), Place("web"))
    scenario.minutes(3).when(lambda i: publish(i.statements["S1"], places=places, blocking=(), now=scenario.now))
    scenario.given(PromiseMade(promise="P1", text="next word at 15:00", due_at=scenario.now))
    scenario.given(add_note("back-dated", now=scenario.now, happened_at=scenario.log[0].at))
    return scenario


def narrow(text: str) -> str:
    """Without the blanks that make columns stand under each other."""
    return re.sub(" {2,}", " ", text)


def test_the_log_holds_head_figures_timeline_statements_mentions_and_promises() -> None:
    scenario = whole().minutes(10).when(lambda i: stand_down(i, "quiet"))
    board = scenario.board
    incident = board.incidents["oat-4471"]
    text = markdown(board, incident, WORDS, head="abc123")
    for expected in (
        "# Reactions to oat drink, lot 4471",
        "14:02:00 +01:00 (2026-03-10 13:02:00 UTC)",
        "A. Martín (AM)",
        "1. Nobody drinks lot 4471",
        "**First word**",
        "target 15 min: met",
        "+12 min · ¶ Published: First word S1 v1 on X, Web",
        "> We are sorry.",
        "`" + incident.statements["S1"].head.digest + "`",
        "<https://x.example/1>",
        "link missing",
        "Approved by: A. Martín (AM)",
        "next word at 15:00 (**still open**)",
        "added 14:14",
        "abc123",
        "Stood down",
        "reach 5.4k",
        "<https://x.example/5>",
    ):
        assert expected in text, expected


def test_a_text_from_which_every_word_was_taken_says_so() -> None:
    scenario = whole()
    scenario.given(StatementRevised(statement="S2", revision=1, text=" ", purpose="holding", lang="en"))
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert "### Holding statement S2 v1\n\n*No text: every word was taken out.*" in text


def test_what_was_written_outside_is_shown_as_text_and_obeyed_by_nobody() -> None:
    scenario = whole()
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert "\x1b" not in text
    assert "\u202e" not in text
    html = MarkdownIt("commonmark").render(text)
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in [word for word in html.split('"') if word.startswith("javascript:")]
    assert "<h1>not a heading" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def shown(text: str) -> str:
    """What a reader of the rendered markdown reads."""
    html = MarkdownIt("commonmark").render(text)
    return unescape(re.sub(r"</?(?:p|blockquote)>|<br />", "", html)).strip()


@settings(max_examples=400, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab 19.)#>-+=*_`~[](){}<>!|&;:/\\\n\t ¡ñ"), max_size=30))
def test_whatever_was_written_is_read_as_it_was_written(text: str) -> None:
    assert shown(escaped(text)) == one_line(text)
    read = [line.strip() for line in shown(quoted(text)).split("\n")]
    assert [line for line in read if line] == [line.strip() for line in plain(text).split("\n") if line.strip()]


def test_the_lines_of_a_statement_stay_lines() -> None:
    html = MarkdownIt("commonmark").render(quoted("We are sorry.\nCall 900 123 456.\n\n    Not code."))
    assert "sorry.<br />" in html
    assert "<code" not in html
    assert html.count("<p>") == 2


def test_a_new_day_ends_the_list_of_the_day_before() -> None:
    scenario = declared().minutes(24 * 60)
    scenario.given(add_note("the day after", now=scenario.now))
    scenario.given(add_note("late to the log", now=scenario.now, happened_at=scenario.log[0].at))
    text = markdown(scenario.board, scenario.incident, WORDS)
    html = MarkdownIt("commonmark").render(text)
    assert "<p><strong>Wed 11 Mar 2026</strong></p>" in html
    assert "- Tue 10 Mar 2026 14:02:00 +01:00 · +00 min · ✎ late to the log" in text


def test_a_clock_that_went_back_is_said_and_changes_no_order() -> None:
    scenario = declared().minutes(5)
    scenario.given(add_note("before", now=scenario.now)).minutes(-60)
    scenario.given(add_note("an hour back", now=scenario.now)).minutes(1)
    scenario.given(add_note("and on", now=scenario.now))
    lines = markdown(scenario.board, scenario.incident, WORDS).split("## Timeline")[1].splitlines()
    assert [line.endswith("the clock went back") for line in lines if "✎" in line] == [False, True, False]


def test_an_hour_ahead_of_its_neighbours_is_a_doubt_and_changes_no_order() -> None:
    scenario = declared().minutes(5)
    scenario.given(add_note("before", now=scenario.now)).minutes(600)
    scenario.given(add_note("the clock was wrong", now=scenario.now))
    scenario.given(add_note("and still", now=scenario.now)).minutes(-598)
    scenario.given(add_note("right again", now=scenario.now)).minutes(400)
    scenario.given(add_note("the morning after", now=scenario.now)).minutes(10)
    scenario.given(add_note("and on", now=scenario.now))
    assert [line.pos for line in ahead(scenario.board.timeline)] == [3, 4]
    assert "ahead" not in markdown(scenario.board, scenario.incident, WORDS)


def test_a_night_without_an_entry_is_no_doubt() -> None:
    scenario = declared().minutes(700)
    for n in range(30):
        scenario.given(add_note(f"day {n}", now=scenario.now)).minutes(50)
    assert ahead(scenario.board.timeline) == []


def test_a_correction_says_what_it_corrects_and_hides_what_is_hidden() -> None:
    scenario = whole()
    old = scenario.log[-1]
    scenario.minutes(1).given(add_note("It was 13:50.", now=scenario.now, corrects=old.id))
    pinned = next(line for line in scenario.board.timeline if isinstance(line.recorded.data, MentionPinned))
    scenario.given(add_note("Not hers.", now=scenario.now, corrects=pinned.recorded.id))
    scenario.given(add_note("Gone.", now=scenario.now, corrects="elsewhere"))
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert "Corrects the entry of 14:02:00, “back-dated”: It was 13:50." in text
    assert "Correction of an earlier entry: Gone." in text
    assert "marta.example" in text
    assert "marta.example" not in markdown(scenario.board, scenario.incident, WORDS, redact=True)


def test_the_columns_of_a_table_stand_under_each_other_in_plain_text() -> None:
    lines = list(table(("Paso", "n"), [("a", "1"), ("食べ物 ñ", "1.000"), ("x" * 90, "2")], right=(1,)))
    assert lines == [
        "| Paso     |     n |",
        "| -------- | ----: |",
        "| a        |     1 |",
        "| 食べ物 ñ | 1.000 |",
        f"| {'x' * 90} |     2 |",
    ]
    for scenario in (whole(),):
        text = markdown(scenario.board, scenario.incident, WORDS)
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            assert len({cells(line) for line in block.splitlines()}) == 1, block
        html = MarkdownIt("commonmark").enable("table").render(text)
        assert html.count("<table>") == len(re.findall(r"^\| -", text, re.MULTILINE))


def test_a_log_that_does_not_hold_says_so_at_its_end() -> None:
    scenario = whole()
    doubt = say("This log cannot be believed as a whole: {doubt}", doubt="The event at position 2 was changed.")
    text = markdown(scenario.board, scenario.incident, WORDS, doubts=[doubt], counted=False)
    assert "**This log cannot be believed as a whole: The event at position 2 was changed.**" in text
    assert "- **Mentions kept**: not known" in text
    assert "| Audience" not in text


def test_an_open_step_says_that_it_is_overdue_and_on_which_day_it_is_due() -> None:
    scenario = declared().minutes(8)
    scenario.given(add_note("eight minutes in", now=scenario.now))
    scenario.given(DeadlineMoved(step="objectives", due=24 * 60))
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert "| Freeze scheduled posts | 14:07 (+5 min) | PG | open, overdue |" in narrow(text)
    assert "| Objectives | Wed 11 Mar 2026 14:02 (+24 h) | AM | not done yet |" in narrow(text)


def test_a_step_that_comes_back_is_counted_and_one_that_waits_says_for_what() -> None:
    back, word = replace(PLAN.steps[1], every=30, items=()), replace(PLAN.steps[3], verify=("first-word", "links"))
    plan = replace(PLAN, steps=(PLAN.steps[0], back, word))
    scenario = Scenario().given(replace(DECLARED, plan=plan, proofs="verified"))
    for minutes in (4, 29, 35):
        scenario.minutes(minutes).by("PG").when(lambda i: finish_step(i.steps, "freeze"))
    out = StatementRevised(statement="S1", revision=1, text="We know.", purpose="first-word", lang="en")
    scenario.given(out).when(
        lambda i: StatementPublished(
            statement="S1",
            revision=1,
            digest="d",
            purpose="first-word",
            places=(Place("x"),),
            published_at=scenario.now,
        )
    )
    scenario.given(*proven(scenario.board, scenario.incident, scenario.now))
    text = narrow(markdown(scenario.board, scenario.incident, WORDS))
    assert "| Freeze scheduled posts | 15:40 (+98 min) | PG | done 3 times, last 15:10 by PG; next 15:40 |" in text
    waits = "open, overdue; it has happened; still open: 1 link is missing"
    assert f"| First word | 14:17 (+15 min) | PG | {waits} |" in text
    assert "| Freeze scheduled posts | 14:07 | 15:10 | done 3 times, last 15:10 by PG; 1 time too late |" in text
    assert "15:10:00 +01:00 · +68 min · ! First word is not done yet; still open: the links · PG" in text
    assert (
        "| First word | 14:17 | – | it happened at 15:10: missed by 53 min; not all that belongs to it is done |"
        in text
    )
    assert "✓ Done: Freeze scheduled posts, round 3 · PG" in text
    late = scenario.minutes(31).given(add_note("late", now=scenario.now))
    text = narrow(markdown(late.board, late.incident, WORDS))
    assert "1 time too late; missed: not done again by 15:40 |" in text


def test_the_silence_begins_with_the_first_mention() -> None:
    first = DECLARED.declared_at - timedelta(minutes=20)
    scenario = Scenario().given(msgspec.structs.replace(DECLARED, first_mention_at=first)).minutes(5)
    scenario.given(add_note("five minutes in", now=scenario.now))
    assert "- **Longest silence**: 25 min (13:42" in markdown(scenario.board, scenario.incident, WORDS)


def test_the_timeline_is_in_the_order_of_the_log() -> None:
    scenario = whole()
    lines = [line for line in markdown(scenario.board, scenario.incident, WORDS).splitlines() if " min · " in line]
    assert len(lines) == len(scenario.board.timeline)
    assert "Declared" in lines[0]
    assert "back-dated" in lines[-1]


def test_redacted_the_author_of_a_watched_mention_is_gone_too() -> None:
    scenario = declared()
    loud = kept(8, "shame", author_handle="secret.example", url="https://x.example/8")
    scenario.given(guide(loud, ("true:opinion", "insult:yes"), "monitor", "a rant"))
    told = markdown(scenario.board, scenario.incident, WORDS)
    assert "secret.example" in told
    for text in (
        markdown(scenario.board, scenario.incident, WORDS, redact=True),
        as_json(scenario.board, scenario.incident, WORDS, redact=True),
    ):
        assert "a rant" in text
        assert "secret.example" not in text
        assert "x.example/8" not in text


def test_redacted_nothing_in_a_text_leads_to_its_author() -> None:
    scenario = declared()
    text = "@marta.example cierto, escríbeme a marta@mail.example o al 612 345 678, https://x.example/marta/9 u/marta_r"
    scenario.given(pin(scenario.board.desk, kept(9, text, author_handle="line_3.example", url="https://x.example/9")))
    scenario.given(add_note("We called LINE_3.example, and A. Martín answers @line_3.example", now=scenario_now()))
    for told in (
        markdown(scenario.board, scenario.incident, WORDS, redact=True),
        as_json(scenario.board, scenario.incident, WORDS, redact=True),
        as_csv(scenario.board, scenario.incident, WORDS, redact=True),
    ):
        for left in ("marta", "612", "line_3", "LINE_3", "line\\_3", "x.example/9", "x|9"):
            assert left not in told, (left, told)
        assert "cierto, escríbeme" in told
        assert "A. Martín answers" in told


def test_redacted_a_handle_in_the_title_is_gone_and_our_own_stays() -> None:
    title = "“@kai.example: glass in it”, they tell @nordavena"
    scenario = Scenario().given(msgspec.structs.replace(DECLARED, title=title, organisation="Nordavena"))
    scenario.when(lambda i: correct_title(i, "Glass, says @kai.example"))
    for text in (
        markdown(scenario.board, scenario.incident, WORDS, redact=True),
        as_json(scenario.board, scenario.incident, WORDS, redact=True),
        as_csv(scenario.board, scenario.incident, WORDS, redact=True),
    ):
        assert "kai.example" not in text
        assert "nordavena" in text


def test_redacted_the_authors_of_mentions_are_gone() -> None:
    scenario = whole()
    for text in (
        markdown(scenario.board, scenario.incident, WORDS, redact=True),
        as_json(scenario.board, scenario.incident, WORDS, redact=True),
        as_csv(scenario.board, scenario.incident, WORDS, redact=True),
    ):
        assert "marta" not in text
        assert "x.example/5" not in text
        assert HIDDEN.id in text.replace("\\", "")


def test_json_has_stable_keys_and_utc_times() -> None:
    scenario = whole()
    body = json.loads(as_json(scenario.board, scenario.incident, WORDS))
    assert body["declared_at"] == "2026-03-10T13:02:00.000Z"
    assert body["entries"][0]["type"] == "incident.declared"
    assert len(body["entries"]) == len(scenario.board.timeline)


def test_a_cell_that_a_spreadsheet_would_take_for_a_formula_gets_an_apostrophe() -> None:
    scenario = declared().when(lambda i: add_note('=HYPERLINK("http://x.example")', now=scenario_now()))
    table = list(csv.reader(io.StringIO(as_csv(scenario.board, scenario.incident, WORDS))))
    assert table[-1][table[0].index("text")].startswith("'=HYPERLINK")


def scenario_now() -> datetime:
    return declared().now


def test_the_log_is_written_in_the_readers_language() -> None:
    scenario = whole()
    text = markdown(scenario.board, scenario.incident, Words("es", ZoneInfo("Europe/Madrid")))
    assert "## Cronología" in text
    assert "## Timeline" not in text


def test_escaping_leaves_ordinary_words_alone() -> None:
    assert escaped("Hola, ¿qué tal? 50 % más — «sí»") == "Hola, ¿qué tal? 50 % más — «sí»"
    assert escaped("1. one") == "1\\. one"
    assert escaped("#NordAvena: ¡vaya! P&G, nota_de_prensa (lote 4471)") == (
        "#NordAvena: ¡vaya! P&G, nota_de_prensa (lote 4471)"
    )
    assert msgspec.json.encode(escaped("a\nb")) == b'"a b"'


def test_the_look_back_says_what_was_planned_what_happened_and_what_was_let_pass() -> None:
    scenario = whole()
    scenario.when(lambda i: override(i.statements["S1"], "H3", "no time: [children] drink it"))
    scenario.by("JS").when(lambda i: choose_stance(i.plan, "accidental", reason="a valve failed"))
    scenario.when(lambda i: record_fact(i.facts, "41 reports"))
    scenario.when(lambda i: make_promise(i.promises, "refunds", scenario.now, owner="PG"))
    scenario.when(lambda i: break_promise(i.promises, "P2", "the bank is closed"))
    scenario.when(lambda i: note_question(i.questions, "Is it safe?"))
    scenario.when(lambda i: list_item(i.freeze, "Spring recipe")).when(lambda i: hold(i.freeze, "Z1"))
    scenario.when(lambda i: note_lesson("why", "the valve was old"))
    scenario.when(lambda i: agree_action(i.actions, "New valve", "AM", "2026-05-31"))
    scenario.when(lambda i: finish_step(i.steps, "freeze", items_open_ok=True)).minutes(90)
    scenario.when(lambda i: stand_down(i, "quiet"))
    text = markdown(scenario.board, scenario.board.incidents["oat-4471"], WORDS)
    back = narrow(text[text.index("## Look back") :])
    for expected in (
        "### What was planned",
        "First word within 15 min, holding statement within 60 min",
        "Kind of crisis: an accident: a valve failed · J. Solà (JS)",
        "- First word: after 12 min",
        "- Holding statement: never",
        "Promises: kept 0, not kept 1, open 1",
        "People asked: Is it safe? (not answered)",
        "Scheduled posts: held 1, released 0",
        "| Freeze scheduled posts | 14:07 | 14:14 | missed by 7 min |",
        "| Objectives | 14:12 | 14:11 | met |",
        "| Holding statement | 15:02 | – | missed: not done |",
        "- S1: concern for those affected first (H3) · A. Martín (AM), 14:14: no time: \\[children\\] drink it",
        "### Why it went so\n\n- the valve was old · J. Solà (JS)",
        "### What changes\n\nNobody has written it down yet.",
        "- [ ] **A1** New valve · A. Martín (AM) · 2026-05-31",
    ):
        assert expected in back, expected
    assert "(not kept 14:14: the bank is closed)" in text
    assert "Say thank you" not in back


def test_who_is_late_by_less_than_a_second_is_not_late() -> None:
    scenario = declared()
    now = scenario.now + timedelta(milliseconds=400)
    due = scenario.now
    assert deadline_told(now, due, WORDS) == "met"
    assert deadline_told(due + timedelta(seconds=8), due, WORDS) == "missed by 8 s"


def test_a_promise_that_ends_in_a_full_stop_has_no_second_one() -> None:
    scenario = whole()
    scenario.when(lambda i: make_promise(i.promises, "Our next word is here at 15:30.", scenario.now, owner="PG"))
    scenario.when(lambda i: break_promise(i.promises, "P2", "nobody wrote it"))
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert "Promise not kept: Our next word is here at 15:30 (nobody wrote it)" in text


def test_the_effect_of_a_statement_is_shown_with_its_numbers_and_without_a_cause() -> None:
    scenario = whole()
    out = int(scenario.incident.publications[0].published_at.timestamp() // 60)
    for offset in range(1, 20):
        scenario.board.pulse.count(out - offset, Segment.HATE, 8)
        scenario.board.pulse.count(out - offset, Segment.LIKE, 2)
        scenario.board.pulse.count(out + offset, Segment.HATE, 4)
        scenario.board.pulse.count(out + offset, Segment.LIKE, 6)
    text = markdown(
        scenario.minutes(17).when(lambda i: stand_down(i, "quiet")).board, scenario.board.incidents["oat-4471"], WORDS
    )
    assert "| First word 14:14 | 15 | 80% (n=150) | 40% (n=150) | moved |" in narrow(text)
    assert "| First word 14:14 | 30 |" not in narrow(text)
    assert "because" not in text


def test_what_went_out_is_read_for_the_record_by_paragraph_and_principle() -> None:
    text = "We are sorry. It was our mistake.\n\nWe will refund every carton. You can write to help.nordavena.example."
    scenario = declared().by("PG")
    scenario.given(StatementRevised(statement="S1", revision=1, text=text, purpose="apology", lang="en"))
    assert "By paragraph" not in markdown(scenario.board, scenario.incident, WORDS)
    digest = scenario.incident.statements["S1"].head.digest
    scenario.given(
        StatementPublished(
            statement="S1",
            revision=1,
            digest=digest,
            purpose="apology",
            places=(Place("web"),),
            published_at=scenario.now,
        )
    )
    log = markdown(scenario.board, scenario.incident, WORDS)
    assert "- By paragraph: 1: Admission and apology; 2: Made smaller: compensation" in log
    assert "- Principles: – known, not known, being done · ✓ a feeling named · ✓ something to do · ✓ respect" in log
    assert "- Parts of the apology: 3 of 6" in log


def test_an_approval_in_somebodys_place_or_past_a_silent_approver_says_so() -> None:
    scenario = declared().by("PG")
    scenario.given(StatementRevised(statement="S1", revision=1, text="We know.", purpose="first-word", lang="en"))
    mark = scenario.incident.statements["S1"].head.digest
    yes = StatementApproved(statement="S1", revision=1, digest=mark)
    scenario.given(msgspec.structs.replace(yes, roles=("lead",), stood_in=("lead",)))
    scenario.given(msgspec.structs.replace(yes, roles=("legal", "lead", "top"), stood_in=("lead", "top")))
    scenario.given(msgspec.structs.replace(yes, roles=("legal",)))
    scenario.given(msgspec.structs.replace(yes, emergency="people are drinking it"))
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert ", in the place of lead · " in text
    assert ", as legal and in the place of lead, top · " in text
    assert "First word S1 v1 approved, as legal and in the place of lead, top" in text
    assert ", as legal · " in text
    assert ", past a silent approver: people are drinking it · " in text


def test_a_promise_says_its_day_that_it_was_moved_and_how_late_it_was_kept() -> None:
    scenario = declared()
    due = scenario.now + timedelta(days=1)
    scenario.given(PromiseMade(promise="P1", text="A letter", due_at=due))
    scenario.given(PromiseMoved(promise="P1", due_at=due + timedelta(hours=2), reason="the printer"))
    scenario.minutes(27 * 60).given(PromiseKept(promise="P1"))
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert "◇ Promised for Wed 11 Mar 2026 14:02: A letter" in text
    assert "◇ Promise moved to Wed 11 Mar 2026 16:02: A letter (the printer)" in text
    assert "(kept Wed 11 Mar 2026 17:02, 60 min late: the printer)" in text
    assert "promised before for Wed 11 Mar 2026 14:02" in text


def test_a_statement_tells_the_facts_it_cites_and_the_log_who_led_when() -> None:
    scenario = declared().given(FactRecorded(fact="F1", text="It was the valve", status="confirmed", source="LR"))
    scenario.given(
        StatementRevised(statement="S1", revision=1, text="We know.", purpose="first-word", lang="en", facts=("F1",))
    )
    scenario.minutes(30).by("JS").given(ShiftHandedOver(lead="JS", brief="0" * 64))
    text = markdown(scenario.board, scenario.incident, WORDS)
    assert "- Cites F1, confirmed: It was the valve" in text
    assert " → " in next(line for line in text.splitlines() if line.startswith("- **Lead**"))
    assert "JS" in next(line for line in text.splitlines() if line.startswith("- **Lead**"))


def test_a_mention_whose_escalation_was_taken_back_is_not_listed_as_escalated() -> None:
    scenario = declared()
    desk = scenario.board.desk
    scenario.given(pin(desk, kept(1)), act_on(desk, kept(2), "escalate"), act_on(desk, kept(3), "escalate"))
    assert {ref.key for ref in pinned_mentions(scenario.board.timeline)} == {"x|1", "x|2", "x|3"}
    scenario.given(undo(desk, scenario.log[-1]), act_on(desk, kept(2), "escalate"), act_on(desk, kept(1), "escalate"))
    assert {ref.key for ref in pinned_mentions(scenario.board.timeline)} == {"x|1"}
    scenario.given(act_on(desk, kept(1), "escalate"))
    assert {ref.key for ref in pinned_mentions(scenario.board.timeline)} == {"x|1"}, "still pinned"

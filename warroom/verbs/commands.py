"""The verbs of the command line: what each takes, an example of each, and where it is done.

What a verb does is in the other modules of this package, imported when it is called: `warroom -h` loads no screen.
"""

from collections.abc import Callable
from typing import Any

import click

from warroom.domain.sentence import Sentence, say
from warroom.verbs.complete import SHELLS, incidents, scenarios, themes
from warroom.verbs.usage import Arg, Example, Given, Number, OneOf, Opt, Verb, Verbs, common_options

FORMATS = ("md", "json", "csv")
KINDS = ("first-word", "holding", "full", "update", "apology", "reply")
CLUSTERS = ("victim", "accidental", "preventable", "unknown")
"""As the domain has them; that is not imported here, for each Tab would wait for it."""
JSON = say("As JSON.")
LINES = say("One JSON object a line.")
FORCE = say("Write over a file that exists.")
NAME = say("Its name; see “warroom list”.")
COLUMN = say("For CSV: field=column, like text='Full Text'.")

Work = Callable[..., None]


def command_line() -> Verbs:
    """Every verb, in the order in which a person meets them."""
    common = common_options(themes)
    verbs = Verbs(
        "warroom",
        told=say("The live war room for a crisis in the social networks."),
        examples=(
            ("warroom demo", say("a fictional crisis, no account needed")),
            ("warroom", say("the console: the open crisis, else calm")),
            ("warroom drill", say("practise, against the clock")),
            ("warroom export --redact -o report.md", say("the log of the last crisis")),
            (say("warroom status --check || notify-send late"), say("for scripts: is a step overdue?")),
        ),
        common=[Opt("--version", "-V", told=say("Say the version and leave."), is_flag=True, expose_value=False,
                    is_eager=True, callback=_version), *common],
    )  # fmt: skip
    verbs.callback = _console

    def verb(name: str, told: Sentence, *params: click.Parameter, do: Work, examples: tuple[Example, ...] = ()) -> None:
        verbs.add_command(Verb(name, told=told, examples=examples, common=common, params=params, callback=do))

    _beginnings(verb)
    _screens(verb)
    _mentions(verb)
    _logs(verb)
    _texts(verb)
    _house(verb)
    return verbs


Add = Callable[..., None]


def _beginnings(verb: Add) -> None:
    verb(
        "demo",
        say("A fictional crisis to try everything on; only the last run is kept, as “demo”."),
        Opt("--speed", value="N", type=Number(1, 120), default=8, told=say("How many times faster its clock runs.")),
        Opt("--seed", value="N", type=Number(0), default=7, told=say("Another number, other small timings.")),
        Opt("--calm", is_flag=True, told=say("Begin before it begins: nothing is declared yet.")),
        do=_demo,
        examples=(("warroom demo --lang es", say("first contact, in Spanish")),),
    )
    verb(
        "drill",
        say("An exercise against the clock, in a room of its own; it ends with a report."),
        Arg("scenario", value="SCENARIO", required=False, complete=scenarios, told=say("Which one; see --list.")),
        Opt("--list", "listed", is_flag=True, told=say("The scenarios there are.")),
        Opt("--keep", is_flag=True, told=say("Keep this run; without it the next drill takes its place.")),
        Opt("--speed", value="N", type=Number(1, 60), default=6, told=say("How many times faster its clock runs.")),
        do=_drill,
        examples=(
            ("warroom drill", say("the shortest one: an hour in ten minutes")),
            ("warroom drill --list", say("what can be practised, and how long it takes")),
            ("warroom export drill -o -", say("its log, titled DRILL")),
        ),
    )


def _screens(verb: Add) -> None:
    verb(
        "replay",
        say("A recorded crisis again, exactly; read-only."),
        Arg("incident", value="CRISIS", required=False, complete=incidents, told=NAME),
        Opt("--at", value="+HH:MM", told=say("Start at, from the declaration: +00:20.")),
        Opt("--speed", value="N", type=Number(1), default=8, told=say("1, 2, 4, 8, 16 or 60.")),
        do=_replay,
        examples=(("warroom replay demo --at +00:20 --speed 16", say("the demo, from minute twenty on")),),
    )


def _mentions(verb: Add) -> None:
    verb(
        "listen",
        say("Run the feeds without the screen: one line per change of state."),
        Opt("--json", "as_json", is_flag=True, told=LINES),
        Opt("--seconds", value="N", type=Number(0, whole=False), told=say("Stop after so many seconds.")),
        do=_listen,
        examples=(("warroom listen --json >> feeds.log", say("on a server, day and night")),),
    )
    verb(
        "import",
        say("Bring mentions in from a file (JSONL, CSV) or from standard input (-)."),
        Arg("file", value="FILE", told=say("The file; - is standard input.")),
        Opt("--column", "columns", value="FIELD=COLUMN", multiple=True, told=COLUMN),
        Opt("--source", value="NETWORK", default="import", told=say("The network, where the file does not say.")),
        Opt("--later", is_flag=True, told=say("Sort by audience later, in the console.")),
        Opt("--preview", is_flag=True, told=say("Show what would come in; write nothing.")),
        do=_import,
        examples=(("warroom import export.csv --column text='Full Text' --preview", say("look before it comes in")),),
    )
    verb(
        "tail",
        say("The newest mentions; with --follow, those that come."),
        Opt("-n", "n", value="N", type=Number(1), default=20, told=say("How many.")),
        Opt("--search", value="WORDS", default="", told=say("Only those with these words.")),
        Opt("--json", "as_json", is_flag=True, told=LINES),
        Opt("--follow", "-f", is_flag=True, told=say("Go on until Ctrl+C.")),
        do=_tail,
        examples=(
            ("warroom tail -f", say("what comes in, as it comes")),
            ("warroom tail --json | jq -r 'select(.segment==\"hate\").url'", say("the links of the worst")),
        ),
    )


def _logs(verb: Add) -> None:
    verb(
        "list",
        say("Every crisis of the room."),
        Opt("--json", "as_json", is_flag=True, told=JSON),
        do=_list,
    )
    verb(
        "status",
        say("The open crisis in a few lines."),
        Opt("--json", "as_json", is_flag=True, told=JSON),
        Opt("--check", is_flag=True, told=say("Exit code 4 when a step or a promise is overdue.")),
        do=_status,
        examples=(
            (say('warroom status --check || notify-send "warroom: a step is overdue"'), say("every minute, by cron")),
        ),
    )
    verb(
        "note",
        say("Write a line into the timeline."),
        Arg("text", value="TEXT", nargs=-1, required=True, told=say("What happened.")),
        do=_note,
        examples=((say("warroom note the plant has called back --as LR"), say("signed LR")),),
    )
    verb(
        "export",
        say("The log of a crisis as markdown, JSON or CSV."),
        Arg("incident", value="CRISIS", required=False, complete=incidents, told=NAME),
        Opt("--output", "-o", value="FILE", told=say("The file; - is standard output.")),
        Opt(
            "--format", "form", value="md|json|csv", type=OneOf(FORMATS, say("unknown format")), default="md",
            told=say("For people, for programs, for a spreadsheet."),
        ),
        Opt("--redact", is_flag=True, told=say("Hide the authors of mentions.")),
        Opt("--force", is_flag=True, told=FORCE),
        do=_export,
        examples=(
            ("warroom export avena-4471 --redact -o report.md", say("for the review meeting")),
            ("warroom export demo -o - --lang es", say("the demo's, in Spanish, on the terminal")),
        ),
    )  # fmt: skip
    verb(
        "verify",
        say("Compute every chain of the log again."),
        Arg(
            "incident", value="CRISIS", required=False, complete=incidents,
            told=say("Its name: its room's log is verified; “demo” is the demo's."),
        ),
        do=_verify,
    )  # fmt: skip
    verb(
        "recover",
        say("Copy what is intact in a damaged room into a new one; the old one stays as it is."),
        Opt("--into", value="DIR", told=say("The new folder; else the old one's name with -recovered.")),
        do=_recover,
    )


def _texts(verb: Add) -> None:
    verb(
        "check",
        say("Read a text as the statement desk does; exit code 4 when something holds it."),
        Arg("file", value="FILE", told=say("The text; - is standard input.")),
        Opt(
            "--kind", value="KIND", default="full", complete=lambda given: KINDS,
            told=say("What kind of text: {kinds}.", kinds=", ".join(KINDS)),
        ),
        Opt("--severity", value="N", type=Number(1, 4), default=2, told=say("Of the crisis, 1 to 4.")),
        Opt(
            "--cluster", value="NAME", complete=lambda given: CLUSTERS,
            told=say("The kind of crisis: {names}.", names=", ".join(CLUSTERS)),
        ),
        Opt(
            "--network", "networks", value="NETWORKS", multiple=True,
            told=say("Where it goes out: x,web… May be given several times."),
        ),
        Opt("--json", "as_json", is_flag=True, told=JSON),
        do=_check,
        examples=(
            ("warroom check draft.txt --kind holding --network x,web", say("before it is sent to be approved")),
            ("pbpaste | warroom check - --lang es", say("a text in Spanish, from the clipboard")),
        ),
    )  # fmt: skip
    verb(
        "triage",
        say(
            "Say of each mention of a file who speaks, what is the same again and how soon to read it; JSONL out, "
            "nothing kept. Only a room knows whether it waits, was answered or speaks to us, and whether the alarm is "
            "red: in a file these parts are not known and count nothing."
        ),
        Arg("file", value="FILE", told=say("JSONL or CSV; - is standard input.")),
        Opt("--labels", value="FILE", told=say("Learn the labels of this file first (JSONL or CSV).")),
        Opt("--column", "columns", value="FIELD=COLUMN", multiple=True, told=COLUMN),
        Opt("--source", value="NETWORK", default="import", told=say("The network, where the file does not say.")),
        do=_triage,
        examples=(("warroom triage mentions.jsonl > read.jsonl", say("every mention with its audience")),),
    )
    verb(
        "evaluate",
        say("How well a file with a column “polarity” or “segment” is read, and what learning gives."),
        Arg("file", value="FILE", told=say("JSONL, CSV or TSV; - is standard input.")),
        Opt(
            "--column", "columns", value="FIELD=COLUMN", multiple=True,
            told=say("field=column, like text=Review or polarity=Sentiment."),
        ),
        Opt("--json", "as_json", is_flag=True, told=JSON),
        do=_evaluate,
    )  # fmt: skip


def _house(verb: Add) -> None:
    verb(
        "init",
        say("Write a commented config.yaml to start from."),
        Arg("path", value="FILE", required=False, default="config.yaml", told=say("Where to write it.")),
        Opt("--force", is_flag=True, told=FORCE),
        do=_init,
    )
    verb(
        "doctor",
        say("Look at terminal, language, paths, sources and store; say what to mend."),
        Opt("--json", "as_json", is_flag=True, told=JSON),
        do=_doctor,
    )
    verb(
        "completion",
        say("Complete verbs, options and names of crises in your shell."),
        Arg("shell", value="bash|zsh|fish", type=OneOf(SHELLS, say("unknown shell")), told=say("Your shell.")),
        do=_completion,
        examples=(
            ('eval "$(warroom completion bash)"', say("a line for ~/.bashrc")),
            ('eval "$(warroom completion zsh)"', say("a line for ~/.zshrc, after compinit")),
            ("warroom completion fish > ~/.config/fish/completions/warroom.fish", say("once")),
        ),
    )


# --- where it is done ----------------------------------------------------------------------------------


def _set(given: Given) -> Any:
    from warroom.verbs.setting import ready

    return ready(given.flags)


def _version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"warroom {version('warroom')}")
        ctx.exit()


@click.pass_context
def _console(ctx: click.Context) -> None:
    if ctx.invoked_subcommand is None:
        from warroom.verbs.screens import console

        console(_set(ctx.ensure_object(Given)))


@click.pass_obj
def _demo(given: Given, speed: int, seed: int, calm: bool) -> None:
    from warroom.verbs.screens import demo

    demo(_set(given), speed=speed, seed=seed, calm=calm)


@click.pass_obj
def _drill(given: Given, scenario: str | None, listed: bool, keep: bool, speed: int) -> None:
    from warroom.verbs.drills import drill, show_scenarios

    if listed:
        show_scenarios(_set(given))
    else:
        drill(_set(given), scenario, keep=keep, speed=speed)


@click.pass_obj
def _replay(given: Given, incident: str | None, at: str | None, speed: int) -> None:
    from warroom.verbs.screens import replay

    replay(_set(given), incident, at=at, speed=speed)


@click.pass_obj
def _listen(given: Given, as_json: bool, seconds: float | None) -> None:
    from warroom.verbs.listen import listen

    listen(_set(given), as_json=as_json, seconds=seconds)


@click.pass_obj
def _import(given: Given, file: str, columns: tuple[str, ...], source: str, later: bool, preview: bool) -> None:
    from warroom.verbs.importing import import_file

    import_file(_set(given), file, columns=columns, source=source, later=later, preview=preview)


@click.pass_obj
def _tail(given: Given, n: int, search: str, as_json: bool, follow: bool) -> None:
    from warroom.verbs.lists import tail

    tail(_set(given), n=n, search=search, as_json=as_json, follow=follow)


@click.pass_obj
def _list(given: Given, as_json: bool) -> None:
    from warroom.verbs.lists import show_list

    show_list(_set(given), as_json=as_json)


@click.pass_obj
def _status(given: Given, as_json: bool, check: bool) -> None:
    from warroom.verbs.lists import show_status

    show_status(_set(given), as_json=as_json, check=check)


@click.pass_obj
def _note(given: Given, text: tuple[str, ...]) -> None:
    from warroom.verbs.lists import write_note

    write_note(_set(given), " ".join(text))


@click.pass_obj
def _export(given: Given, incident: str | None, output: str | None, form: Any, redact: bool, force: bool) -> None:
    from warroom.verbs.logs import export

    export(_set(given), incident, output=output, form=form, redact=redact, force=force)


@click.pass_obj
def _verify(given: Given, incident: str | None) -> None:
    from warroom.verbs.logs import verify

    verify(_set(given), incident)


@click.pass_obj
def _recover(given: Given, into: str | None) -> None:
    from warroom.verbs.rescue import recover

    recover(_set(given), into)


@click.pass_obj
def _check(given: Given, file: str, kind: str, severity: int, cluster: str | None, networks: tuple[str, ...],
           as_json: bool) -> None:  # fmt: skip
    from warroom.verbs.check import check

    check(_set(given), file, kind=kind, severity=severity, cluster=cluster, networks=networks, as_json=as_json)


@click.pass_obj
def _triage(given: Given, file: str, labels: str | None, columns: tuple[str, ...], source: str) -> None:
    from warroom.verbs.triage import triage

    triage(_set(given), file, labels=labels, columns=columns, source=source)


@click.pass_obj
def _evaluate(given: Given, file: str, columns: tuple[str, ...], as_json: bool) -> None:
    from warroom.verbs.triage import evaluate

    evaluate(_set(given), file, columns=columns, as_json=as_json)


@click.pass_obj
def _init(given: Given, path: str, force: bool) -> None:
    from warroom.verbs.start import init

    init(given.early_words(), path, force=force)


@click.pass_obj
def _doctor(given: Given, as_json: bool) -> None:
    from warroom.verbs.doctor import doctor

    doctor(given.flags, given.early_words(), as_json=as_json)


@click.pass_context
def _completion(ctx: click.Context, shell: str) -> None:
    from warroom.verbs.complete import script

    print(script(ctx.find_root().command, shell))

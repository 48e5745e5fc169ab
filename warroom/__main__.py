"""The verbs of warroom. Read this first: each opens log ⊃ feeds ⊃ screen and closes them the other way round.

What a verb does is in `warroom.verbs`, imported when it is called, so that `warroom --help` loads no screen.
"""

import os
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer

from warroom.domain.sentence import say
from warroom.services.words import LANGUAGES, choose_lang, supported
from warroom.verbs.setting import FAILED, USAGE, Failed, Flags, Setting, settle, unknown_actor

COMMON = {
    "--lang": "lang",
    "--theme": "theme",
    "--config": "config",
    "--data-dir": "data_dir",
    "--as": "actor",
}
SWITCHES = {
    "--quiet": "quiet",
    "-q": "quiet",
    "--no-input": "no_input",
    "--no-color": "no_color",
    "--no-motion": "no_motion",
}


def common(argv: Sequence[str]) -> tuple[Flags, list[str]]:
    """The flags that every verb knows, wherever they stand, and the rest of the line. Raises `Failed` where one of
    them lacks its value or asks for a language that the program does not speak."""
    found: dict[str, Any] = {}
    rest: list[str] = []
    words = iter(argv)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif name in COMMON:
            given = value if equals else next(words, None)
            if given is None:
                raise Failed(USAGE, say("{flag} needs a value.", flag=name))
            found[COMMON[name]] = given
        elif word in SWITCHES:
            found[SWITCHES[word]] = True
        else:
            rest.append(word)
    if "lang" in found and supported(found["lang"]) is None:
        unknown = say("Unknown language “{lang}”. One of: {known}.", lang=found["lang"], known=", ".join(LANGUAGES))
        raise Failed(USAGE, unknown)
    return Flags(**found), rest


def known_verb(rest: Sequence[str], verbs: Sequence[str]) -> None:
    """Refuse a verb that does not exist with the nearest that does, in the reader's language."""
    verb = rest[0] if rest else "-"
    if verb.startswith("-") or verb in verbs:
        return
    from difflib import get_close_matches  # only a mistake needs it

    near = get_close_matches(verb, verbs, 1, 0.5)
    if near:
        raise Failed(USAGE, say("No command “{verb}”. Did you mean “{near}”? See: warroom -h", verb=verb, near=near[0]))
    raise Failed(USAGE, say("No command “{verb}”. See: warroom -h", verb=verb))


def build(flags: Flags) -> typer.Typer:
    """The command line in the reader's language."""
    t = _early_words(flags).t
    app = typer.Typer(
        name="warroom",
        add_completion=False,
        no_args_is_help=False,
        # A traceback in a frame, cut to its width, helps nobody who reports a fault.
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
        help=t(
            "The live war room for a crisis in the social networks.\n\n"
            "warroom demo                      a fictional crisis, no account needed\n\n"
            "warroom                           the console: the open crisis, else calm\n\n"
            "warroom export --redact -o -      the log of the last crisis\n\n"
            "Everywhere: --lang en|es, --config FILE, --data-dir DIR, --as INITIALS, --theme NAME, --no-color, "
            "--no-motion, -q."
        ),
    )

    def run(verb: Callable[[Setting], None]) -> None:
        setting = settle(flags)
        if (nobody := unknown_actor(setting)) is not None:
            print(f"warroom: {setting.words.say(nobody)}", file=sys.stderr)
        verb(setting)

    @app.callback(invoke_without_command=True)
    def console(
        context: typer.Context,
        version: Annotated[bool, typer.Option("--version", "-V", help=t("Say the version and leave."))] = False,
    ) -> None:
        if version:
            from importlib.metadata import version as installed

            print(f"warroom {installed('warroom')}")
            raise typer.Exit
        if context.invoked_subcommand is None:
            from warroom.verbs.screens import console as verb

            run(verb)

    @app.command(help=t("Write a commented config.yaml to start from."))
    def init(
        path: Annotated[str, typer.Argument(help=t("Where to write it."))] = "config.yaml",
        force: Annotated[bool, typer.Option("--force", help=t("Write over a file that exists."))] = False,
    ) -> None:
        from warroom.verbs.start import init as verb

        verb(flags, path, force=force)

    @app.command(help=t("A fictional crisis to try everything on; only the last run is kept, as “demo”."))
    def demo(
        speed: Annotated[int, typer.Option(min=1, max=120, help=t("How many times faster its clock runs."))] = 8,
        seed: Annotated[int, typer.Option(help=t("Another number, other small timings."))] = 7,
        calm: Annotated[
            bool, typer.Option("--calm", help=t("Begin before it begins: nothing is declared yet."))
        ] = False,
    ) -> None:
        from warroom.verbs.screens import demo as verb

        run(lambda setting: verb(setting, speed=speed, seed=seed, calm=calm))

    @app.command(help=t("Run the feeds without the screen: one line per change of state."))
    def listen(
        as_json: Annotated[bool, typer.Option("--json", help=t("One JSON object a line."))] = False,
        seconds: Annotated[float | None, typer.Option(help=t("Stop after so many seconds."))] = None,
    ) -> None:
        from warroom.verbs.intake import listen as verb

        run(lambda setting: verb(setting, as_json=as_json, seconds=seconds))

    @app.command("import", help=t("Bring mentions in from a file (JSONL, CSV) or from standard input (-)."))
    def import_(
        file: Annotated[str, typer.Argument(help=t("The file; - is standard input."))],
        columns: Annotated[
            list[str] | None, typer.Option("--column", help=t("For CSV: field=column, like text='Full Text'."))
        ] = None,
        source: Annotated[str, typer.Option(help=t("The network, where the file does not say."))] = "import",
        later: Annotated[bool, typer.Option("--later", help=t("Sort by audience later, in the console."))] = False,
        preview: Annotated[bool, typer.Option("--preview", help=t("Show what would come in; write nothing."))] = False,
    ) -> None:
        from warroom.verbs.intake import import_file as verb

        run(lambda setting: verb(setting, file, columns=columns or [], source=source, later=later, preview=preview))

    @app.command(help=t("A recorded crisis again, exactly; read-only."))
    def replay(
        incident: Annotated[str | None, typer.Argument(help=t("Its name; see “warroom list”."))] = None,
        at: Annotated[str | None, typer.Option("--at", help=t("Start at, from the declaration: +00:20."))] = None,
        speed: Annotated[int, typer.Option(help=t("1, 2, 4, 8, 16 or 60."))] = 8,
    ) -> None:
        from warroom.verbs.screens import replay as verb

        run(lambda setting: verb(setting, incident, at=at, speed=speed))

    @app.command(help=t("The log of a crisis as markdown, JSON or CSV."))
    def export(
        incident: Annotated[str | None, typer.Argument(help=t("Its name; see “warroom list”."))] = None,
        output: Annotated[str | None, typer.Option("-o", "--output", help=t("The file; - is standard output."))] = None,
        form: Annotated[str, typer.Option("--format", help="md, json, csv")] = "md",
        redact: Annotated[bool, typer.Option("--redact", help=t("Hide the authors of mentions."))] = False,
        force: Annotated[bool, typer.Option("--force", help=t("Write over a file that exists."))] = False,
    ) -> None:
        from warroom.verbs.logs import export as verb

        run(lambda setting: verb(setting, incident, output=output, form=form, redact=redact, force=force))

    @app.command("list", help=t("Every crisis of the room."))
    def list_(as_json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False) -> None:
        from warroom.verbs.lists import show_list as verb

        run(lambda setting: verb(setting, as_json=as_json))

    @app.command(help=t("The open crisis in a few lines."))
    def status(
        as_json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False,
        check: Annotated[bool, typer.Option("--check", help=t("Exit code 4 when something is overdue."))] = False,
    ) -> None:
        from warroom.verbs.lists import show_status as verb

        run(lambda setting: verb(setting, as_json=as_json, check=check))

    @app.command(help=t("The newest mentions; with --follow, those that come."))
    def tail(
        n: Annotated[int, typer.Option("-n", min=1, help=t("How many."))] = 20,
        search: Annotated[str, typer.Option("--search", help=t("Only those with these words."))] = "",
        as_json: Annotated[bool, typer.Option("--json", help=t("One JSON object a line."))] = False,
        follow: Annotated[bool, typer.Option("--follow", "-f", help=t("Go on until Ctrl+C."))] = False,
    ) -> None:
        from warroom.verbs.lists import tail as verb

        run(lambda setting: verb(setting, n=n, search=search, as_json=as_json, follow=follow))

    @app.command(help=t("Read a text as the statement desk does; exit code 4 when something holds it."))
    def check(
        file: Annotated[str, typer.Argument(help=t("The text; - is standard input."))],
        kind: Annotated[str, typer.Option("--kind", help="first-word, holding, full, update, apology, reply")] = "full",
        # `common` takes --lang from every line; it stands here for the help.
        lang: Annotated[str | None, typer.Option("--lang", help=t("The language of the text: en or es."))] = None,
        severity: Annotated[int, typer.Option(min=1, max=4, help=t("Of the crisis, 1 to 4."))] = 2,
        cluster: Annotated[
            str | None, typer.Option("--cluster", help="victim, accidental, preventable, unknown")
        ] = None,
        networks: Annotated[
            list[str] | None,
            typer.Option("--network", help=t("Where it goes out: x,web… May be given several times.")),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False,
    ) -> None:
        from warroom.verbs.check import check as verb

        run(
            lambda setting: verb(
                setting,
                file,
                kind=kind,
                severity=severity,
                cluster=cluster,
                networks=networks or [],
                as_json=as_json,
            )
        )

    @app.command(
        help=t("Say of each mention of a file who speaks and what is the same again; JSONL out, nothing kept.")
    )
    def triage(
        file: Annotated[str, typer.Argument(help=t("JSONL or CSV; - is standard input."))],
        labels: Annotated[
            str | None, typer.Option("--labels", help=t("Learn the labels of this file first (JSONL or CSV)."))
        ] = None,
        columns: Annotated[
            list[str] | None, typer.Option("--column", help=t("For CSV: field=column, like text='Full Text'."))
        ] = None,
        source: Annotated[str, typer.Option(help=t("The network, where the file does not say."))] = "import",
    ) -> None:
        from warroom.verbs.triage import triage as verb

        run(lambda setting: verb(setting, file, labels=labels, columns=columns or [], source=source))

    @app.command(help=t("How well a file with a column “polarity” or “segment” is read, and what learning gives."))
    def evaluate(
        file: Annotated[str, typer.Argument(help=t("JSONL, CSV or TSV; - is standard input."))],
        columns: Annotated[
            list[str] | None,
            typer.Option("--column", help=t("field=column, like text=Review or polarity=Sentiment.")),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False,
    ) -> None:
        from warroom.verbs.triage import evaluate as verb

        run(lambda setting: verb(setting, file, columns=columns or [], as_json=as_json))

    @app.command(help=t("Write a line into the timeline."))
    def note(text: Annotated[list[str], typer.Argument(help=t("What happened."))]) -> None:
        from warroom.verbs.lists import write_note as verb

        run(lambda setting: verb(setting, " ".join(text)))

    @app.command(help=t("Compute every chain of the log again."))
    def verify(
        incident: Annotated[
            str | None, typer.Argument(help=t("Its name: its room's log is verified; “demo” is the demo's."))
        ] = None,
    ) -> None:
        from warroom.verbs.logs import verify as verb

        run(lambda setting: verb(setting, incident))

    @app.command(help=t("Copy what is intact in a damaged room into a new one; the old one stays as it is."))
    def recover(
        into: Annotated[
            str | None, typer.Option("--into", help=t("The new folder; else the old one's name with -recovered."))
        ] = None,
    ) -> None:
        from warroom.verbs.rescue import recover as verb

        run(lambda setting: verb(setting, into))

    @app.command(help=t("Look at terminal, language, paths, sources and store; say what to mend."))
    def doctor(as_json: Annotated[bool, typer.Option("--json", help=t("As JSON."))] = False) -> None:
        from warroom.verbs.start import doctor as verb

        verb(flags, as_json=as_json)

    return app


def _early_words(flags: Flags) -> Any:
    """Words before the config is read: for help and for the mistakes of the config itself."""
    from datetime import UTC

    from warroom.services.words import Words

    return Words(choose_lang(flags.lang, os.environ, None), UTC)


def _words(flags: Flags) -> Any:
    """Words for what went wrong, in the language of the config where that can be read."""
    from warroom.services.yamlfile import ConfigError

    try:
        return settle(flags).words
    except (ConfigError, Failed):
        return _early_words(flags)


def main() -> None:
    """Run a verb; every expected mistake is one sentence on standard error and a defined exit code."""
    from warroom.domain.faults import why
    from warroom.domain.sentence import Refused
    from warroom.services.yamlfile import ConfigError
    from warroom.store.errors import StoreError

    flags = Flags()
    try:
        flags, rest = common(sys.argv[1:])
        try:
            app = build(flags)
            known_verb(
                rest, [verb.name or str(getattr(verb.callback, "__name__", "")) for verb in app.registered_commands]
            )
            app(args=rest, prog_name="warroom")
        finally:
            sys.stdout.flush()  # a full disk behind it is found here, and not when nobody can answer any more
    except ConfigError as error:
        words = _early_words(flags)
        for problem in error.problems:
            print(f"warroom: {problem.text(words.say)}", file=sys.stderr)
        sys.exit(USAGE)
    except (Failed, Refused, StoreError) as error:
        print(f"warroom: {_words(flags).say(error.sentence)}", file=sys.stderr)
        sys.exit(error.code if isinstance(error, Failed) else FAILED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except OSError as error:
        print(
            f"warroom: {_words(flags).t('the output could not be written: {reason}.', reason=why(error))}",
            file=sys.stderr,
        )
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()

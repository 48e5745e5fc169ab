"""How the command line reads and speaks: click does the reading, the words are ours, in the reader's language.

Help leads with examples. What was used wrongly is one sentence with the nearest that exists.
"""

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC
from difflib import get_close_matches
from typing import Any

import click
from click.shell_completion import CompletionItem

from warroom.domain.sentence import Sentence, say
from warroom.services.words import LANGUAGES, Words, choose_lang, supported
from warroom.verbs.failing import USAGE, Failed
from warroom.verbs.flags import COMMON, Common, Flags

Completer = Callable[["Given"], Iterable[str]]
Example = tuple[str | Sentence, Sentence]
"""A line to type, in the reader's language where it holds words, and what it is for."""
VALUES = (
    say("FILE"),
    say("DIR"),
    say("NAME"),
    say("INITIALS"),
    say("SCENARIO"),
    say("WORDS"),
    say("NETWORK"),
    say("NETWORKS"),
    say("FIELD=COLUMN"),
    say("TEXT"),
    say("KIND"),
)
"""What stands for a value in the help; what is not here is the same in every language."""
WIDE = 100
"""Columns of help at most; a line is not easier to read for being longer."""


class Given:
    """The common flags of one call. The language is looked for before the line is read, because its mistakes want to be
    said in it."""

    def __init__(self, argv: Sequence[str]) -> None:
        self.found: dict[str, Any] = {}
        self._early = {name: value for name in ("lang", "config") if (value := _early(argv, f"--{name}"))}

    @property
    def flags(self) -> Flags:
        return Flags(**{**self._early, **self.found})

    def words(self) -> Words:
        """Words for help and for mistakes: in the language of the config where it can be read."""
        from warroom.services.yamlfile import ConfigError
        from warroom.verbs.setting import settle

        try:
            return settle(self.flags).words
        except (ConfigError, Failed):
            return self.early_words()

    def early_words(self) -> Words:
        """Words while the config is not read, or cannot be."""
        return Words(choose_lang(self.flags.lang, os.environ, None), UTC)


def _early(argv: Sequence[str], option: str) -> str | None:
    """The value of a long option, wherever it stands."""
    words = list(argv[: argv.index("--")] if "--" in argv else argv)
    for place, word in enumerate(words):
        if word.startswith(f"{option}="):
            return word.partition("=")[2]
        if word == option and place + 1 < len(words):
            return words[place + 1]
    return None


# --- what may follow a verb ----------------------------------------------------------------------------


class Opt(click.Option):
    """An option, told in the reader's language. `complete` lists its values for the shell."""

    def __init__(
        self, *names: str, told: Sentence, complete: Completer | None = None, value: str | None = None, **more: Any
    ) -> None:
        super().__init__(names, metavar=value, shell_complete=_completing(complete), **more)
        self.told = told


class Arg(click.Argument):
    """An argument, told in the reader's language."""

    def __init__(
        self, name: str, *, told: Sentence, value: str, complete: Completer | None = None, **more: Any
    ) -> None:
        super().__init__([name], metavar=value, shell_complete=_completing(complete), **more)
        self.told = told


def _completing(complete: Completer | None) -> Any:
    if complete is None:
        return None

    def values(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[str]:
        given = ctx.find_object(Given) or Given(())
        return [one for one in complete(given) if one.startswith(incomplete)]

    return values


class Number(click.ParamType[float]):
    """A number not under `low` and not over `high`."""

    name = "n"

    def __init__(self, low: int, high: int | None = None, *, whole: bool = True) -> None:
        self.low, self.high, self.whole = low, high, whole

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        number = _number(str(value), whole=self.whole)
        if number is not None and number >= self.low and (self.high is None or number <= self.high):
            return number
        option = param.opts[-1] if param is not None else ""
        if self.high is None:
            wanted = say("a number from {low} up", low=self.low)
        else:
            wanted = say("a number from {low} to {high}", low=self.low, high=self.high)
        told = say("{option} is {wanted}; '{text}' is not.", option=option, wanted=wanted, text=value)
        raise Failed(USAGE, told, of=who(ctx))


def _number(text: str, *, whole: bool) -> float | None:
    try:
        return int(text) if whole else float(text)
    except ValueError:
        return None


class OneOf(click.ParamType[str]):
    """One of a few names. `unknown` says what another one is: "unknown format"."""

    name = "name"

    def __init__(self, names: Sequence[str], unknown: Sentence) -> None:
        self.names, self.unknown = tuple(names), unknown

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value in self.names:
            return str(value)
        known = ", ".join(self.names)
        told = say("{unknown} '{text}'. One of: {known}.", unknown=self.unknown, text=value, known=known)
        raise Failed(USAGE, told, of=who(ctx))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        return [CompletionItem(name) for name in self.names if name.startswith(incomplete)]


class Language(click.ParamType[str]):
    """A language that the program speaks, by any of its names."""

    name = "lang"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if supported(value) is not None:
            return str(value)
        known = ", ".join(LANGUAGES)
        raise Failed(USAGE, say("unknown language '{lang}'. One of: {known}.", lang=value, known=known), of=who(ctx))

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
        return [CompletionItem(name) for name in LANGUAGES if name.startswith(incomplete)]


def who(ctx: click.Context | None) -> str:
    """Who speaks of a wrong use: the verb."""
    return ctx.command_path if ctx is not None else "warroom"


# --- the common flags ----------------------------------------------------------------------------------


def common_options(themes: Completer) -> list[Opt]:
    """An option for each common flag; what is given goes into `Given`."""

    def keep(ctx: click.Context, param: click.Parameter, value: object) -> None:
        given = ctx.find_object(Given)
        if value is not None and given is not None and param.name is not None:
            given.found[param.name] = value

    return [_common(one, keep, themes) for one in COMMON]


def _common(one: Common, keep: Callable[..., None], themes: Completer) -> Opt:
    names = [one.name, *([one.short] if one.short else [])]
    more: dict[str, Any] = {"callback": keep, "expose_value": False, "default": None}
    if one.value is None:
        yes = one.option.replace("--no-", "--")
        no = f"--no-{yes.removeprefix('--')}"
        short = f"{one.short}/" if one.short else ""
        switch = f"{yes}/{no}"
        return Opt(one.name, *([short.rstrip("/")] if short else []), switch, told=one.told, **more)
    kind = Language() if one.name == "lang" else str
    complete = themes if one.name == "theme" else None
    return Opt(*names, one.option, told=one.told, value=one.value, type=kind, complete=complete, **more)


# --- verbs ---------------------------------------------------------------------------------------------


class Verb(click.Command):
    """A verb: what it does, examples, its options, and the common ones."""

    def __init__(
        self,
        name: str,
        *,
        told: Sentence,
        examples: Sequence[Example] = (),
        common: Sequence[Opt] = (),
        params: Sequence[click.Parameter] = (),
        callback: Callable[..., Any] | None = None,
        **more: Any,
    ) -> None:
        settings = {"help_option_names": ["-h", "--help"], "max_content_width": WIDE, "allow_extra_args": True}
        super().__init__(name, callback=callback, params=[*params, *common], context_settings=settings, **more)
        self.told = told
        self.examples = examples

    @property
    def own(self) -> list[Opt | Arg]:
        """The parameters of this verb alone."""
        return [one for one in self.params if isinstance(one, Opt | Arg) and one.expose_value]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = words_of(ctx)
        formatter.write_text(words.say(self.told))
        _examples(self.examples, words, formatter)
        formatter.write_paragraph()
        pieces = " ".join([words.t("[OPTIONS]"), *(_piece(one, words) for one in self.own if isinstance(one, Arg))])
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{words.t('Usage:')} ")
        rows = [record(one, words) for one in self.own]
        with formatter.section(words.t("Options")):
            formatter.write_dl([*rows, ("-h, --help", words.t("Show this page."))])
        _everywhere(ctx, words, formatter)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        rest = super().parse_args(ctx, args)
        if rest and not ctx.resilient_parsing:
            raise Failed(USAGE, say("'{text}' is too much. See: {verb} -h", text=rest[0], verb=who(ctx)), of=who(ctx))
        return rest

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        return _completed(self.params, words_of(ctx), incomplete)


class Verbs(click.Group):
    """All the verbs, in the order of the table."""

    def __init__(self, name: str, *, told: Sentence, examples: Sequence[Example], common: Sequence[Opt]) -> None:
        settings = {"help_option_names": ["-h", "--help"], "max_content_width": WIDE}
        super().__init__(name, params=list(common), context_settings=settings, invoke_without_command=True)
        self.told = told
        self.examples = examples

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        verb = args[0]
        if verb not in self.commands and not ctx.resilient_parsing and not verb.startswith("-"):
            near = get_close_matches(verb, self.commands, 1, 0.5)
            told = say("no command '{verb}'. See: warroom -h", verb=verb)
            if near:
                told = say("no command '{verb}'. Did you mean '{near}'? See: warroom -h", verb=verb, near=near[0])
            raise Failed(USAGE, told)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        words = words_of(ctx)
        formatter.write_text(words.say(self.told))
        _examples(self.examples, words, formatter)
        formatter.write_paragraph()
        formatter.write_usage(ctx.command_path, words.t("[OPTIONS] [COMMAND]"), prefix=f"{words.t('Usage:')} ")
        with formatter.section(words.t("Commands")):
            told = [(name, words.say(one.told)) for name, one in self.commands.items() if isinstance(one, Verb)]
            formatter.write_dl(told)
        with formatter.section(words.t("Everywhere")):
            rows = [record(one, words) for one in self.params if isinstance(one, Opt)]
            formatter.write_dl([*rows, ("-h, --help", words.t("Show this page, or that of a command."))])
        formatter.write_paragraph()
        formatter.write_text(words.t("Each can also be set by its variable (WARROOM_LANG=es) or in config.yaml."))

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        words = words_of(ctx)
        verbs = [
            CompletionItem(name, help=words.say(one.told))
            for name, one in self.commands.items()
            if isinstance(one, Verb) and name.startswith(incomplete)
        ]
        return [*verbs, *_completed(self.params, words, incomplete)]


def words_of(ctx: click.Context) -> Words:
    given = ctx.find_object(Given)
    return given.words() if given is not None else Words("en", UTC)


def record(one: Opt | Arg, words: Words) -> tuple[str, str]:
    """A parameter as a line of help: its names with its value, what it is, and its default."""
    told = words.say(one.told)
    if isinstance(one, Arg):
        return words.t(one.metavar or ""), told
    names = shown_names(one)
    if not one.is_flag:
        names += f" {words.t(one.metavar or '')}"
    default = one.default if isinstance(one.default, int | str) and not isinstance(one.default, bool) else ""
    return names, f"{told} [{default}]" if default != "" else told


def shown_names(one: Opt) -> str:
    """`-q, --quiet`. Of a pair the one that says something: `--no-color`, and not `--color`, which is so anyway."""
    common = next((flag for flag in COMMON if flag.name == one.name and not one.expose_value), None)
    names = [common.short, common.option] if common is not None else sorted(one.opts, key=len)
    return ", ".join(name for name in names if name)


def typed(line: str | Sentence, words: Words) -> str:
    """A line of an example."""
    return line if isinstance(line, str) else words.say(line)


def _piece(one: Arg, words: Words) -> str:
    name = f"{words.t(one.metavar or '')}{'…' if one.nargs == -1 else ''}"
    return name if one.required else f"[{name}]"


def _examples(examples: Sequence[Example], words: Words, formatter: click.HelpFormatter) -> None:
    if not examples:
        return
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_dl([(typed(line, words), words.say(told)) for line, told in examples], col_max=52)


def _everywhere(ctx: click.Context, words: Words, formatter: click.HelpFormatter) -> None:
    common = [one for one in ctx.command.params if isinstance(one, Opt) and not one.expose_value]
    names = ", ".join(shown_names(one).rpartition(", ")[2] for one in common)
    formatter.write_paragraph()
    formatter.write_text(f"{words.t('Everywhere')}: {names}. {words.t('See: warroom -h')}")


def _completed(params: Sequence[click.Parameter], words: Words, incomplete: str) -> list[CompletionItem[str]]:
    """The options that begin so; none while nothing is typed, because there are many."""
    if not incomplete.startswith("-"):
        return []
    return [
        CompletionItem(name, help=words.say(one.told))
        for one in params
        if isinstance(one, Opt)
        for name in shown_names(one).split(", ")
        if name.startswith(incomplete)
    ]


def mistake(error: click.UsageError) -> Sentence:
    """What was used wrongly, as a sentence. What click may say besides is passed on as it is."""
    match error:
        case click.NoSuchOption():
            if error.possibilities:
                near = error.possibilities[0]
                return say("no option '{name}'. Did you mean '{near}'?", name=error.option_name, near=near)
            return say("no option '{name}'. See: {verb} -h", name=error.option_name, verb=who(error.ctx))
        case click.MissingParameter() if error.param is not None:
            return say(
                "{name} is missing. See: {verb} -h", name=Sentence(str(error.param.metavar)), verb=who(error.ctx)
            )
        case click.BadOptionUsage():
            return say("{flag} needs a value.", flag=error.option_name)
        case _:
            return say("{told}", told=error.format_message())

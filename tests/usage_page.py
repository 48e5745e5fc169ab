"""docs/usage.md and docs/usage.es.md, made from the program: `python -m tests.usage_page` writes them anew."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

from warroom.config_sections import FeedHead, Sections
from warroom.services.wanted import expected
from warroom.services.words import LANGUAGES, Words
from warroom.verbs.commands import command_line
from warroom.verbs.flags import COMMON
from warroom.verbs.usage import Verb, record, typed

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "usage.md", "es": DOCS / "usage.es.md"}
SAID = {
    "en": {
        "head": "# The command line\n\n*[Español](usage.es.md)*\n\n"
        "`warroom -h` and `warroom VERB -h` say the same on the terminal, in your language. Results go to standard "
        "output, messages and progress to standard error. Keys: [keys.md](keys.md). Plans: [plan.md](plan.md). The "
        "JSON of an export: [export.md](export.md).",
        "common": "## Everywhere\n\nBefore or behind the verb. A flag wins over its variable, that over `config.yaml`, "
        "that over the default. The long form without `no-` switches back on (`--color`); a variable is 1 or 0. "
        "`NO_COLOR` counts like `WARROOM_NO_COLOR`. The time zone has a variable and a line only: `WARROOM_TIMEZONE`, "
        "`timezone`.\n\n| flag | variable | config.yaml | |\n|---|---|---|---|",
        "config": "## config.yaml\n\n`warroom init` writes one with a remark on every line. It is looked for as "
        "`--config`, `WARROOM_CONFIG`, `./config.yaml`, then in your configuration folder (`warroom doctor` says "
        "which). What is wrong in it is told at once, with its line.\n\n| key | what it takes |\n|---|---|",
        "exit": "## Exit codes\n\n| code | meaning |\n|---|---|",
        "default": "default",
    },
    "es": {
        "head": "# La línea de órdenes\n\n*[English](usage.md)*\n\n"
        "`warroom -h` y `warroom ORDEN -h` dicen lo mismo en la terminal, en tu idioma. Los resultados van a la salida "
        "estándar; los avisos y el progreso, a la de errores. Teclas: [keys.md](keys.md). Planes: "
        "[plan.es.md](plan.es.md). El JSON de una exportación: [export.es.md](export.es.md).",
        "common": "## En todas\n\nDelante o detrás de la orden. La opción gana a su variable, esta a `config.yaml` y "
        "este al valor de fábrica. La forma larga sin `no-` vuelve a encender (`--color`); una variable es 1 o 0. "
        "`NO_COLOR` cuenta como `WARROOM_NO_COLOR`. La zona horaria solo tiene variable y línea: `WARROOM_TIMEZONE`, "
        "`timezone`.\n\n| opción | variable | config.yaml | |\n|---|---|---|---|",
        "config": "## config.yaml\n\n`warroom init` escribe uno con una explicación en cada línea. Se busca en "
        "`--config`, `WARROOM_CONFIG`, `./config.yaml` y tu carpeta de configuración (`warroom doctor` dice cuál). Lo "
        "que esté mal se dice de una vez, con su línea.\n\n| clave | qué admite |\n|---|---|",
        "exit": "## Códigos de salida\n\n| código | significado |\n|---|---|",
        "default": "de fábrica",
    },
}
ENDS = {
    "en": {0: "done", 1: "failed", 2: "wrong usage or config", 3: "nothing by that name",
           4: "a check failed: `doctor`, `check`, `verify`, `recover`, `status --check`", 5: "no usable terminal",
           130: "interrupted; state is saved first"},
    "es": {0: "hecho", 1: "falló", 2: "uso o configuración incorrectos", 3: "no hay nada con ese nombre",
           4: "una comprobación falló: `doctor`, `check`, `verify`, `recover`, `status --check`",
           5: "no hay terminal utilizable", 130: "interrumpido; antes se guarda el estado"},
}  # fmt: skip


def page(lang: str) -> str:
    """The page as it has to be."""
    words, said = Words(lang, ZoneInfo("UTC")), SAID[lang]
    lines = [said["head"]]
    for name, verb in command_line().commands.items():
        if isinstance(verb, Verb):
            lines += ["", *_verb(name, verb, words)]
    lines += ["", said["common"], *_common(words)]
    lines += ["", said["config"], *_sections(Sections, words, said["default"])]
    lines += ["", said["exit"], *(f"| {code} | {told} |" for code, told in ENDS[lang].items())]
    return "\n".join(lines) + "\n"


def _verb(name: str, verb: Verb, words: Words) -> Iterator[str]:
    yield f"## warroom {name}"
    yield ""
    yield words.say(verb.told)
    if verb.examples:
        lines = [(typed(line, words), words.say(told)) for line, told in verb.examples]
        wide = max(len(line) for line, _ in lines)
        yield "\n```sh"
        yield from (f"{line:<{wide}}  # {told}" for line, told in lines)
        yield "```"
    rows = [record(one, words) for one in verb.own]
    if rows:
        yield "\n| | |\n|---|---|"
        yield from (f"| `{_cell(names)}` | {_cell(told)} |" for names, told in rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _common(words: Words) -> Iterator[str]:
    for one in COMMON:
        value = f" {words.t(one.value)}".replace("|", "\\|") if one.value else ""
        flag = f"`{', '.join(filter(None, (one.short, one.option)))}{value}`"
        yield f"| {flag} | `{one.variable}` | {f'`{one.key}`' if one.key else ''} | {words.say(one.told)} |"


def _sections(kind: type[Struct], words: Words, default: str, path: str = "") -> Iterator[str]:
    """Every key of the file, its type in words, its default."""
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        key, type_ = f"{path}{field.encode_name}", hints[field.name]
        inner = _struct_in(type_)
        if inner is not None:
            listed = "[]" if get_origin(_bare(type_)) is tuple else ""
            yield from _sections(inner, words, default, f"{key}{listed}.")
            continue
        value = field.default if field.default is not NODEFAULT else None
        shown = f" ({default}: `{str(value).lower()}`)" if value not in (None, "", (), {}) else ""
        yield f"| `{key}` | {words.say(expected(_meant(type_)))}{shown} |"
    if kind is Sections:
        yield from _sections(FeedHead, words, default, "feeds[].")


def _bare(type_: Any) -> Any:
    return get_args(type_)[0] if get_origin(type_) is Annotated else type_


def _meant(type_: Any) -> Any:
    """The type without "or nothing"."""
    args = [one for one in get_args(type_) if one is not type(None)]
    return args[0] if type(None) in get_args(type_) and get_origin(type_) is not Literal and len(args) == 1 else type_


def _struct_in(type_: Any) -> type[Struct] | None:
    """The Struct that a field holds, or a list of."""
    bare = _bare(type_)
    if get_origin(bare) in (tuple, list):
        bare = get_args(bare)[0]
    return bare if isinstance(bare, type) and issubclass(bare, Struct) else None


if __name__ == "__main__":
    for lang in LANGUAGES:
        PAGES[lang].write_text(page(lang), encoding="utf-8")

"""Makes the catalogues: `python -m warroom.data.locale.make` from a checkout.

Collects every literal handed to `t`, `say`, `tn` and `say_n`, and what a `Binding` is called, brings each
`warroom.po` up to date and compiles it to the `warroom.mo` that the program reads. New messages come in untranslated;
what the program no longer says is kept as a remark at the end of the file until `--prune` drops it. Needs `babel`;
the program itself never runs this.
"""

import ast
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DOMAIN = "warroom"
KEYWORDS: dict[str, tuple[int, ...]] = {"t": (1,), "say": (1,), "tn": (1, 2), "say_n": (1, 2), "Binding": (3,)}
"""Function → which of its arguments are message ids, counted from 1."""
SPOKEN_IN = ("warroom", "feeds")


def said(root: Path = ROOT) -> Catalog:
    """Every message that the program can say, as a catalogue without translations."""
    template = Catalog(domain=DOMAIN, project=DOMAIN)
    for package in SPOKEN_IN:
        for path in sorted((root / package).rglob("*.py")):
            place = path.relative_to(root).as_posix()
            for message in messages(path.read_text(encoding="utf-8")):
                template.add(message, None, [(place, 0)])
    return template


def messages(source: str) -> Iterator[str | tuple[str, str]]:
    """The message ids in a module, also those inside f-strings, which Babel's own extraction does not see."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if name not in KEYWORDS:
            continue
        wanted = [node.args[place - 1] if place <= len(node.args) else None for place in KEYWORDS[name]]
        texts = [arg.value for arg in wanted if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        if len(texts) == len(wanted) and all(texts):
            yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def languages() -> Iterator[str]:
    """The languages that have a catalogue."""
    yield from sorted(po.parent.parent.name for po in HERE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def po_path(lang: str) -> Path:
    """The catalogue that people edit; the compiled one lies beside it."""
    return HERE / lang / "LC_MESSAGES" / f"{DOMAIN}.po"


def catalogue(lang: str) -> Catalog:
    """The catalogue of a language as its file has it."""
    with po_path(lang).open("rb") as file:
        return read_po(file, locale=lang, domain=DOMAIN)


def updated(old: Catalog, template: Catalog) -> Catalog:
    """The catalogue with exactly the messages of the template, translated as far as it was."""
    old.update(template, no_fuzzy_matching=True, update_creation_date=False)
    return old


def is_translated(message: Message) -> bool:
    """Whether every form of a message has its words."""
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def compiled(full: Catalog) -> bytes:
    """The bytes that gettext reads."""
    file = BytesIO()
    write_mo(file, full)
    return file.getvalue()


def main(args: list[str]) -> None:
    template = said()
    for lang in languages():
        full = updated(catalogue(lang), template)
        if "--prune" in args:
            full.obsolete.clear()
        with po_path(lang).open("wb") as file:
            write_po(file, full, width=100, sort_output=True, include_lineno=False)
        po_path(lang).with_suffix(".mo").write_bytes(compiled(full))
        missing = sum(1 for message in full if message.id and not is_translated(message))
        print(f"{lang}: {len(full)} messages, {missing} without translation, {len(full.obsolete)} no longer said")


if __name__ == "__main__":
    main(sys.argv[1:])

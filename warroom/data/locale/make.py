"""Makes the catalogues: `python -m warroom.data.locale.make` from a checkout.

Collects every literal handed to `t`, `say`, `tn` and `say_n`, and what a `Binding` is called, brings each `warroom.po` up to date and compiles
it to the `warroom.mo` that the program reads. New messages come in untranslated; what the program no longer says
is kept as a remark at the end of the file until `--prune` drops it. Needs `babel`; the program itself never runs this.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
DOMAIN = "warroom"
KEYWORDS: dict[str, tuple[int, ...] | None] = {"t": None, "say": None, "tn": (1, 2), "say_n": (1, 2), "Binding": (3,)}
"""Function → which arguments are message ids (None: the first)."""
SPOKEN_IN = ("warroom", "feeds")


def said(root: Path = ROOT) -> Catalog:
    """Every message that the program can say, as a catalogue without translations."""
    template = Catalog(domain=DOMAIN, project=DOMAIN)
    for package in SPOKEN_IN:
        found = extract_from_dir(root / package, method_map=[("**.py", "python")], keywords=KEYWORDS)
        for name, _line, message, comments, context in found:
            template.add(message, None, [(f"{package}/{name}", 0)], auto_comments=comments, context=context)
    return template


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

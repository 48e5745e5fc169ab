"""The first start: two questions, and a config of two lines that keeps the answers."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from shutil import get_terminal_size
from textwrap import fill

from warroom.config import NAME
from warroom.domain.faults import why
from warroom.domain.text import one_line
from warroom.services.room import TIMELINE
from warroom.services.words import LANGUAGES, Words, supported
from warroom.verbs.setting import Setting, settle

SPOKEN = {"en": "English", "es": "Español"}
LONGEST = 4
"""Letters or digits of the initials (config: `as`)."""


def first_run(setting: Setting) -> Setting:
    """The setting as it was, or with what was answered. Nobody is asked twice, nor where it was said already who
    they are or where their room is."""
    if not _is_first(setting):
        return setting
    lang = _lang(setting)
    words = Words(lang, setting.words.zone, plain=setting.ascii)
    actor = _initials(words, setting.actor)
    path = _home()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            remark = words.t("Written at the first start. “warroom init” writes an example of all that can stand here.")
            file.write(f"# {remark}\nlanguage: {lang}\nas: '{actor}'\n")
    except OSError as error:
        print(
            f"warroom: {words.t('could not write {file}: {reason}.', file=str(path), reason=why(error))}",
            file=sys.stderr,
        )
    return settle(replace(setting.flags, lang=lang, actor=actor))


def _is_first(setting: Setting) -> bool:
    flags, environ = setting.flags, os.environ
    said = flags.actor or flags.data_dir or environ.get("WARROOM_AS") or environ.get("WARROOM_DATA_DIR")
    return setting.input and setting.config.file is None and not said and not (setting.folder / TIMELINE).exists()


def _home() -> Path:
    from platformdirs import user_config_path

    return user_config_path("warroom", appauthor=False) / NAME


def _lang(setting: Setting) -> str:
    """The language, unless it was named."""
    known = setting.words.lang
    if setting.flags.lang or supported(os.environ.get("WARROOM_LANG")):
        return known
    usual = LANGUAGES.index(known) + 1
    while True:
        for number, lang in enumerate(LANGUAGES, 1):
            print(f"  {number}  {SPOKEN[lang]}")
        said = input(f"Language / Idioma [{usual}]: ").strip() or str(usual)
        if said.isdecimal() and 1 <= int(said) <= len(LANGUAGES):
            return LANGUAGES[int(said) - 1]
        if (named := supported(said)) is not None:
            return named


def _initials(words: Words, usual: str) -> str:
    told = words.t("Your initials sign every line of the timeline: one to four letters or digits.")
    print(fill(told, get_terminal_size().columns))
    while True:
        said = input(f"{words.t('Initials')} [{usual}]: ").strip() or usual
        if said.isalnum() and len(said) <= LONGEST:
            return said.upper()
        told = words.t("“{said}” does not fit: one to four letters or digits, like AM.", said=one_line(said))
        print(fill(told, get_terminal_size().columns))

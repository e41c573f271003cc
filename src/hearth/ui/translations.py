"""The words of the interface in all languages: gathered from source and templates, checked, compiled.

English stands in the source. Every other language has `locale/<language>/LC_MESSAGES/django.po`, which is kept with the
source; the compiled `.mo` beside it is made at the start. Printed documents speak more languages than the pages: a catalogue
of a language that only paper speaks holds the messages of context "paper" and no others, and is whole with these.
"""

import io
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings

SOURCE = Path(__file__).resolve().parent.parent
LOCALE = SOURCE / "locale"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("**/templates/**.txt", "jinja2")]
OPTIONS = {
    "**/templates/**.html": {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"},
    "**/templates/**.txt": {"trimmed": "true", "silent": "false", "extensions": "jinja2.ext.do"},
}
KEYWORDS = DEFAULT_KEYWORDS | {
    f"{name}_lazy": DEFAULT_KEYWORDS[name] for name in ("gettext", "ngettext", "pgettext", "npgettext")
}
WIDTH = 110
SOURCE_LANGUAGE = "en"
PAPER = "paper"
# A catalogue changes with its words only: a date of the day would make two people's work collide for nothing.
WRITTEN = datetime(2026, 1, 1, tzinfo=UTC)


def extract() -> Catalog:
    """All words of the interface, from source and templates."""
    words = Catalog(project="Hearth", charset="utf-8", creation_date=WRITTEN)
    found = extract_from_dir(
        str(SOURCE),
        METHODS,
        OPTIONS,
        keywords=KEYWORDS,
        comment_tags=("Translators:",),
        strip_comment_tags=True,
    )
    for file, _line, message, comments, context in found:
        words.add(message, locations=[(file, 0)], auto_comments=comments, context=context)
    return words


def gather() -> None:
    """Brings the catalogue of every language up to date: new words come in untranslated, unused ones go."""
    words = extract()
    for language in _languages():
        catalogue = _read(language)
        catalogue.update(_wanted(language, words), no_fuzzy_matching=True)
        file = _file(language)
        file.parent.mkdir(parents=True, exist_ok=True)
        out = io.BytesIO()
        write_po(out, catalogue, width=WIDTH, ignore_obsolete=True, include_lineno=False, sort_by_file=True)
        file.write_bytes(out.getvalue())


def untranslated() -> list[str]:
    """What has no words yet in some language, or words whose placeholders do not fit: one line each."""
    words = extract()
    return [line for language in _languages() for line in _gaps(language, _wanted(language, words))]


def compile_catalogues() -> None:
    """Makes the `.mo` of every catalogue that changed. Safe while others read: the new file takes the old one's place."""
    for language in _languages():
        source, made = _file(language), _file(language).with_suffix(".mo")
        if not source.exists() or (made.exists() and made.stat().st_mtime_ns > source.stat().st_mtime_ns):
            continue
        draft = made.with_suffix(f".{os.getpid()}.draft")
        with draft.open("wb") as out:
            write_mo(out, _read(language))
        draft.replace(made)


def _gaps(language: str, words: Catalog) -> Iterator[str]:
    catalogue = _read(language)
    for wanted in words:
        if not wanted.id:
            continue
        message = catalogue.get(wanted.id, wanted.context)
        if message is None or message.fuzzy or not _is_full(message):
            yield f"{language}: {_said(wanted)}"
        else:
            yield from (f"{language}: {_said(wanted)}: {error}" for error in message.check(catalogue))


def _is_full(message: Message) -> bool:
    parts = message.string if isinstance(message.string, list | tuple) else (message.string,)
    return bool(parts) and all(parts)


def _said(message: Message) -> str:
    return message.id[0] if isinstance(message.id, list | tuple) else str(message.id)


def _wanted(language: str, words: Catalog) -> Catalog:
    """What this language has to say: everything, or only what is printed."""
    if language in settings.INTERFACE_LANGUAGES:
        return words
    printed = Catalog(project="Hearth", charset="utf-8", creation_date=WRITTEN)
    for message in words:
        if message.context == PAPER:
            printed[message.id] = message
    return printed


def _languages() -> list[str]:
    return [code for code in settings.PAPER_LANGUAGES if code != SOURCE_LANGUAGE]


def _file(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def _read(language: str) -> Catalog:
    file = _file(language)
    if not file.exists():
        return Catalog(locale=language, project="Hearth", charset="utf-8", creation_date=WRITTEN)
    with file.open("rb") as source:
        return read_po(source, locale=language)

"""Catalogues: everything said is gathered, what is missing is named, what changed is compiled."""

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from django.conf import settings

from hearth.ui import translations


@pytest.fixture
def locale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(translations, "LOCALE", tmp_path)
    return tmp_path


def test_words_of_source_and_templates_are_found() -> None:
    words = translations.extract()
    assert words.get("There is no such page") is not None
    assert words.get("Skip to the content") is not None
    assert words.get("Page %(number)s of %(total)s") is not None
    assert words.get("New", context="not read yet") is not None
    assert words.get("New") is None


def test_gathering_brings_new_words_in_and_keeps_what_was_translated(locale: Path) -> None:
    translations.gather()
    file = locale / "de/LC_MESSAGES/django.po"
    once = file.read_text()
    assert 'msgid "Skip to the content"\nmsgstr ""' in once
    translated = once.replace('msgid "Help"\nmsgstr ""', 'msgid "Help"\nmsgstr "Hilfe"')
    file.write_text(translated + '\nmsgid "Nobody says this any more"\nmsgstr "Das sagt niemand mehr"\n')
    translations.gather()
    assert file.read_text() == translated


def test_what_is_missing_is_named_with_its_language(locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Catalog()
    words.add("Help")
    words.add("Hello %(name)s", flags=["python-format"])
    words.add(("%(n)s answer", "%(n)s answers"), flags=["python-format"])
    monkeypatch.setattr(translations, "extract", lambda: words)
    write(locale, "de", 'msgid "Help"\nmsgstr "Hilfe"\n')
    write(locale, "fr", 'msgid "Help"\nmsgstr ""\n')
    missing = translations.untranslated()
    assert "fr: Help" in missing
    assert "de: Help" not in missing
    assert "de: %(n)s answer" in missing


def test_a_placeholder_that_got_lost_is_named(locale: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = Catalog()
    words.add("Hello %(name)s", flags=["python-format"])
    monkeypatch.setattr(translations, "extract", lambda: words)
    write(locale, "de", '#, python-format\nmsgid "Hello %(name)s"\nmsgstr "Hallo %(nam)s"\n')
    write(locale, "fr", '#, python-format\nmsgid "Hello %(name)s"\nmsgstr "Bonjour %(name)s"\n')
    assert [line.split(":")[0] for line in translations.untranslated()] == ["de"]


def test_what_changed_is_compiled_and_what_did_not_is_left(locale: Path) -> None:
    write(locale, "de", 'msgid "Help"\nmsgstr "Hilfe"\n')
    translations.compile_catalogues()
    made = locale / "de/LC_MESSAGES/django.mo"
    first = made.stat().st_mtime_ns
    assert b"Hilfe" in made.read_bytes()
    translations.compile_catalogues()
    assert made.stat().st_mtime_ns == first
    assert not (locale / "fr").exists()


def test_a_language_that_only_paper_speaks_holds_what_is_printed_and_no_more(
    locale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Catalog()
    words.add("Help")
    words.add("Come in", context="paper")
    monkeypatch.setattr(translations, "extract", lambda: words)
    translations.gather()
    gathered = (locale / "pl/LC_MESSAGES/django.po").read_text()
    assert 'msgctxt "paper"\nmsgid "Come in"' in gathered
    assert 'msgid "Help"' not in gathered
    assert 'msgid "Help"' in (locale / "de/LC_MESSAGES/django.po").read_text()


def test_a_language_that_only_paper_speaks_is_whole_with_what_is_printed(
    locale: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = Catalog()
    words.add("Help")
    words.add("Come in", context="paper")
    monkeypatch.setattr(translations, "extract", lambda: words)
    write(locale, "pl", 'msgctxt "paper"\nmsgid "Come in"\nmsgstr "Wejdź"\n')
    missing = translations.untranslated()
    assert [line for line in missing if line.startswith("pl:")] == []
    assert "es: Come in" in missing
    assert "es: Help" not in missing
    assert "de: Help" in missing
    translations.compile_catalogues()
    assert "Wejdź".encode() in (locale / "pl/LC_MESSAGES/django.mo").read_bytes()


def test_a_language_that_only_paper_speaks_is_not_offered_on_pages() -> None:
    assert set(settings.PAPER_LANGUAGES) == {"en", "de", "fr", "es", "it", "pl", "ar", "he"}
    assert set(dict(settings.LANGUAGES)) == {"en", "de", "fr"}


def write(locale: Path, language: str, messages: str) -> None:
    file = locale / language / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    head = f'msgid ""\nmsgstr ""\n"Language: {language}\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    file.write_text(f"{head}\n{messages}", encoding="utf-8")

"""In which language the fixed words of paper are said: in more languages than the pages, since they are few."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


@contextmanager
def in_words_of(language: str) -> Iterator[str]:
    """Say `pgettext("paper", …)` in this language, or in English where paper does not speak it; gives what is spoken."""
    plain = language.partition("-")[0].lower()
    spoken = plain if plain in settings.PAPER_LANGUAGES else "en"
    with translation.override(spoken):
        yield spoken

"""What holds for every test: settings of its own, a data folder of its own, words compiled, the browser or a reason."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

# Before the settings are read, which happens with the first import of Django's models.
DATA = Path(tempfile.mkdtemp(prefix="hearth-tests-"))
os.environ["DJANGO_SETTINGS_MODULE"] = "hearth.config.settings"
os.environ["HEARTH_DATA_DIR"] = str(DATA)
os.environ["HEARTH_SECRET_KEY"] = "only-for-tests-" + "k" * 40
os.environ.setdefault("HEARTH_LOG_LEVEL", "WARNING")
# A browser test drives an event loop of its own beside the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

IS_XDIST_WORKER = "PYTEST_XDIST_WORKER" in os.environ


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings

    # Hashed names need collectstatic, which tests do without.
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MAIL_MEMORY_SECONDS = 0  # each test has a mail account of its own, or none
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
    if not IS_XDIST_WORKER:
        _compile_words()


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(DATA, ignore_errors=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if os.environ.get("CHROMIUM"):
        return
    from hearth.config.cli.chromium import find_browser, how_to_install

    browser = find_browser()
    if browser:
        os.environ["CHROMIUM"] = browser
        return
    missing = pytest.mark.skip(reason=f"browser journeys need Chromium (install with: {how_to_install()})")
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(missing)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the browser, for tests marked `browser`."""
    return os.environ["CHROMIUM"]


def _compile_words() -> None:
    from hearth.ui.translations import compile_catalogues

    compile_catalogues()

"""Our own static files: one stylesheet and one script made of many small ones, the font, and htmx from its package.

A finder works everywhere: for collectstatic with hashed names, for a live server in tests, and for development.
"""

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import get_ident
from typing import Any

import django_htmx
import fontpkg_atkinson_hyperlegible as font
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import CheckMessage
from django.core.files.storage import FileSystemStorage, Storage

from hearth.ui import bundles

FONTS = ("Regular", "Bold", "Italic")
# Gone with the process: bundles are cheap to make, and never older than their parts.
FOLDER = TemporaryDirectory(prefix="hearth-ui-")


class UiFinder(BaseFinder):
    """Finds `ui/hearth.css`, `ui/hearth.js`, `ui/htmx.js`, `ui/fonts/…` and what few pages need (`apart`)."""

    def __init__(self, app_names: list[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._storage = FileSystemStorage(location=FOLDER.name)

    def check(self, **kwargs: Any) -> list[CheckMessage]:
        """Nothing is configured, so nothing can be wrong."""
        return []

    def find(self, path: str, find_all: bool = False) -> Any:
        """The file's place on disk; a bundle is made anew when asked for, so that a change is seen at once."""
        if path not in _makers():
            return []
        made = str(self._make(path))
        return [made] if find_all else made

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """All of them, for collectstatic."""
        for path in _makers():
            self._make(path)
            yield path, self._storage

    def _make(self, path: str) -> Path:
        content, file = _makers()[path](), Path(FOLDER.name) / path
        if not file.exists() or file.read_bytes() != content:
            file.parent.mkdir(parents=True, exist_ok=True)
            # Each thread writes a draft of its own: two requests may ask for the same file at the same moment.
            draft = file.with_suffix(f".{get_ident()}")
            draft.write_bytes(content)
            draft.replace(file)
        return file


def _makers() -> dict[str, Any]:
    htmx = Path(django_htmx.__file__).parent / "static/django_htmx/htmx-2.min.js"
    makers: dict[str, Any] = {
        "ui/hearth.css": bundles.stylesheet,
        "ui/hearth.js": bundles.script,
        "ui/htmx.js": htmx.read_bytes,
    }
    for file in (bundles.HERE / "js/apart").glob("*.js"):
        makers[f"ui/{file.name}"] = partial(bundles.script_apart, file)
    for file in (bundles.HERE / "css/apart").glob("*.css"):
        makers[f"ui/{file.name}"] = partial(bundles.stylesheet_apart, file)
    for style in FONTS:
        makers[f"ui/fonts/{style}.ttf"] = (font.ROOT / f"files/AtkinsonHyperlegible-{style}.ttf").read_bytes
    return makers

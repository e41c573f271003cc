"""A template of the test's own, set with the look that all paper shares."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from hearth.paper import typesetting

MADE = datetime(2026, 11, 22, 12, tzinfo=UTC)
Sets = Callable[..., bytes]


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sets:
    """Sets a template given as source: `sets("#data.words", words="…")`."""
    (tmp_path / "paper").mkdir()
    copy(typesetting.ROOT / "paper/hearth.typ", tmp_path / "paper")
    monkeypatch.setattr(typesetting, "ROOT", tmp_path)

    def set_source(source: str, language: str = "en", title: str = "A page", **rest: Any) -> bytes:
        asked = {"kind": rest.pop("kind", "pdf"), "pictures": rest.pop("pictures", None)}
        template = tmp_path / "page.typ"
        template.write_text(f'#import "/paper/hearth.typ": *\n#show: sheet.with(paper: "a4")\n{source}')
        return typesetting.typeset(
            template, rest, language=language, title=title, author="Hearth", made=MADE, **asked
        )

    return set_source

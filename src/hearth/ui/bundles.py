"""Many small files in, one file out: a stylesheet of tokens, shell and one file per component; a script of behaviours."""

import re
from pathlib import Path

from hearth.ui import tokens

HERE = Path(__file__).parent
# The order in which layers win is declared in the first file, so the order of the others does not matter.
FIRST = ("layers", "base", "shell", "reading", "print")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_EXPLAINING = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_BETWEEN = re.compile(r"\s*([{};,])\s*")


def stylesheet() -> bytes:
    """All of `css/`, without comments and needless space."""
    files = [HERE / f"css/{name}.css" for name in FIRST] + sorted((HERE / "css/components").glob("*.css"))
    return _tight("\n".join([file.read_text(encoding="utf-8") for file in files] + [tokens.css()]))


def stylesheet_apart(file: Path) -> bytes:
    """A stylesheet that few pages need, as they get it."""
    return _tight(file.read_text(encoding="utf-8"))


def script() -> bytes:
    """All of `js/`, each file in a block of its own, so that no name of one reaches another."""
    files = sorted((HERE / "js").glob("*.js"))
    return "".join(f"{{\n{_said(file)}}}\n" for file in files).encode()


def script_apart(file: Path) -> bytes:
    """A script that few pages need, as they get it."""
    return _said(file).encode()


def _said(file: Path) -> str:
    """What a script does, without the lines that only explain it."""
    return _EXPLAINING.sub("", file.read_text(encoding="utf-8").strip() + "\n")


def _tight(css: str) -> bytes:
    return (_BETWEEN.sub(r"\1", _COMMENT.sub("", css)).strip() + "\n").encode()

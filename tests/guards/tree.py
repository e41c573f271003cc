"""The source as the guards see it: files, functions, imports. Each takes the folder to look at, so a planted fault can be one."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "hearth"


@dataclass(frozen=True)
class Module:
    """One Python file: `name` is its path from the package, `tree` what it says."""

    name: str
    text: str
    tree: ast.Module

    @property
    def room(self) -> str:
        """Which room of its package the file belongs to: views.py and views/reading.py are both `views`."""
        parts = Path(self.name).with_suffix("").parts
        return parts[1] if len(parts) > 1 else parts[0]


@dataclass(frozen=True)
class Function:
    """One function or method, with the number of lines from its first decorator to its end."""

    where: str
    lines: int
    node: ast.FunctionDef | ast.AsyncFunctionDef
    module: Module


def modules(source: Path = SOURCE) -> Iterator[Module]:
    """Yield every Python file, without migrations, which Django writes."""
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source).as_posix()
        if "/migrations/" not in name:
            text = path.read_text(encoding="utf-8")
            yield Module(name, text, ast.parse(text))


def functions(source: Path = SOURCE) -> Iterator[Function]:
    """Yield every function and method of the tree."""
    for module in modules(source):
        for node, path in _defined(module.tree, ""):
            first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
            yield Function(f"{module.name}:{path}", (node.end_lineno or first) - first + 1, node, module)


def _defined(node: ast.AST, path: str) -> Iterator[tuple[ast.FunctionDef | ast.AsyncFunctionDef, str]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child, f"{path}{child.name}"
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield from _defined(child, f"{path}{child.name}.")
        else:
            yield from _defined(child, path)


def templates(source: Path = SOURCE) -> Iterator[tuple[str, str]]:
    """Yield name and text of every template."""
    for path in sorted(source.rglob("templates/**/*")):
        if path.is_file() and path.suffix in {".html", ".txt"}:
            yield path.relative_to(source).as_posix(), path.read_text(encoding="utf-8")


def imports(module: Module) -> Iterator[tuple[str, int]]:
    """Yield every imported name in full, with its line."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)

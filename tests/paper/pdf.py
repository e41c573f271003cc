"""Reads a PDF as a screen reader does: the structure tree first, then the words of each element, and says what is wrong.

A checker of our own, since no validator of PDF/UA can be installed everywhere. It knows the rules that decide whether a
person can read the page; the rule's number in ISO 14289-1 stands in brackets.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from io import BytesIO
from itertools import groupby
from typing import Any

import pikepdf

SMALLEST = 14.0


@dataclass
class Shown:
    """Some letters on a page, with the marked content that they belong to."""

    page: int
    mcid: int | None
    text: str
    size: float
    height: float
    is_artifact: bool


@dataclass
class Element:
    """One element of the structure tree."""

    tag: str
    about: Any
    parts: list[Any] = field(default_factory=list)

    def all(self) -> Iterator["Element"]:
        """Itself and all below, in reading order."""
        yield self
        for part in self.parts:
            if isinstance(part, Element):
                yield from part.all()


class Pdf:
    """A PDF that is read."""

    def __init__(self, document: bytes) -> None:
        self.file = pikepdf.open(BytesIO(document))
        self.root = self.file.Root

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return len(self.file.pages)

    @cached_property
    def shown(self) -> list[Shown]:
        """All letters in the order in which they are drawn."""
        return [shown for number, page in enumerate(self.file.pages) for shown in _shown(number, page)]

    @cached_property
    def tree(self) -> Element:
        """The structure tree."""
        return _element(self.root.StructTreeRoot, self._page_numbers(), page=0)

    def elements(self, *tags: str) -> list[Element]:
        """The elements with one of these tags, in reading order; all without tags."""
        return [element for element in self.tree.all() if not tags or element.tag in tags]

    def text(self, element: Element | None = None) -> str:
        """What is read aloud of the element, or of the whole document."""
        words = []
        for part in (element or self.tree).parts:
            if isinstance(part, Element):
                words.append(self.text(part))
            else:
                words.append(_in_order([shown for shown in self.shown if (shown.page, shown.mcid) == part]))
        return " ".join(" ".join(words).split())

    def problems(self) -> list[str]:
        """What keeps somebody from reading this document; nothing where all is well."""
        return [*self._of_the_document(), *self._of_fonts(), *self._of_letters(), *self._of_elements()]

    def _of_the_document(self) -> Iterator[str]:
        if "/StructTreeRoot" not in self.root:
            yield "no structure tree (7.1)"
        if not bool(self.root.get("/MarkInfo", {}).get("/Marked", False)):
            yield "not marked as tagged (6.2)"
        if not str(self.root.get("/Lang", "")):
            yield "no language (7.2)"
        if not str(self.file.docinfo.get("/Title", "")):
            yield "no title (7.1)"
        if not bool(self.root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)):
            yield "its title is not shown (7.1)"
        with self.file.open_metadata() as about:
            if str(about.get("pdfuaid:part", "")) != "1":
                yield "does not say that it is PDF/UA-1 (5)"

    def _of_fonts(self) -> Iterator[str]:
        for page in self.file.pages:
            for font in page.Resources.get("/Font", {}).values():
                if "/ToUnicode" not in font:
                    yield f"{font.get('/BaseFont')} cannot be read as text (7.21.7)"
                about = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
                if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(
                    about.get("/FontDescriptor", {}).keys()
                ):
                    yield f"{font.get('/BaseFont')} is not in the file (7.21.4.1)"

    def _of_letters(self) -> Iterator[str]:
        for shown in self.shown:
            if shown.mcid is None and not shown.is_artifact and shown.text.strip():
                yield f"{shown.text!r} belongs to no element (7.1)"
            if shown.size < SMALLEST - 0.01:
                yield f"{shown.text!r} is smaller than 14 pt"
            if "\ufffd" in shown.text:
                yield f"{shown.text!r} cannot be read as text (7.21.7)"

    def _of_elements(self) -> Iterator[str]:
        if "/StructTreeRoot" not in self.root:
            return
        level = 0
        for element in self.elements():
            about = element.about
            if element.tag == "Figure" and not str(about.get("/Alt", "")):
                yield "a figure without words (7.3)"
            if element.tag == "TH" and not attribute(about, "/Scope"):
                yield "a header of a table without its scope (7.5)"
            if heading := re.fullmatch("H([1-6])", element.tag):
                if int(heading[1]) > level + 1:
                    yield f"a heading of level {heading[1]} after {level} (7.4.2)"
                level = int(heading[1])

    def _page_numbers(self) -> dict[Any, int]:
        return {page.objgen: number for number, page in enumerate(self.file.pages)}


def attribute(about: Any, name: str) -> Any:
    """An attribute of an element, such as the scope of a header or the place of a figure."""
    given = about.get("/A", {})
    several = given if isinstance(given, pikepdf.Array) else [given]
    return next((one[name] for one in several if name in one), None)


def _element(node: Any, numbers: dict[Any, int], page: int) -> Element:
    if "/Pg" in node:
        page = numbers[node.Pg.objgen]
    element = Element(str(node.get("/S", "/Root"))[1:], node)
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            element.parts.append((page, kid))
        elif kid.get("/Type") == "/MCR":
            element.parts.append((numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)))
        elif kid.get("/Type") != "/OBJR":
            element.parts.append(_element(kid, numbers, page))
    return element


def _shown(number: int, page: Any) -> list[Shown]:
    pen = _Pen(number, page.Resources)
    for given, operator in pikepdf.parse_content_stream(page):
        pen.take(str(operator), given)
    return pen.shown


class _Pen:
    """Follows the drawing of one page as far as letters need it: marks, font, size, height on the page."""

    def __init__(self, page: int, resources: Any) -> None:
        self.page = page
        self.fonts = {name: _letters_of(font) for name, font in resources.get("/Font", {}).items()}
        self.shown: list[Shown] = []
        self.marks: list[dict[str, Any]] = []
        self.kept: list[tuple[float, float]] = []
        self.scale, self.height, self.line, self.letters, self.size = 1.0, 0.0, 1.0, {}, 0.0

    def take(self, operator: str, given: Any) -> None:
        """One drawing instruction (ISO 32000-1, annex A)."""
        match operator:
            case "q":
                self.kept.append((self.scale, self.height))
            case "Q":
                self.scale, self.height = self.kept.pop()
            case "cm":
                self.height += float(given[5]) * self.scale
                self.scale *= float(given[3])
            case "BDC" | "BMC":
                self.marks.append(_mark(given))
            case "EMC":
                self._end(self.marks.pop())
            case "Tf":
                self.letters, self.size = self.fonts[str(given[0])], float(given[1])
            case "Tm":
                self.line = float(given[3])
            case "Tj" | "TJ":
                self._show(_decoded(given[0] if operator == "TJ" else [given[0]], self.letters))

    def _show(self, text: str) -> None:
        instead = next((mark for mark in self.marks if "said" in mark), None)
        if instead is None:
            self.shown.append(self._as_shown(text))
        else:
            instead["drawn"] = True

    def _end(self, mark: dict[str, Any]) -> None:
        if mark.get("drawn"):
            self.shown.append(self._as_shown(mark["said"]))

    def _as_shown(self, text: str) -> Shown:
        mcid = next((mark["mcid"] for mark in reversed(self.marks) if "mcid" in mark), None)
        is_artifact = any(mark["tag"] == "/Artifact" for mark in self.marks)
        size = abs(self.size * self.line * self.scale)
        return Shown(self.page, mcid, text, round(size, 2), round(self.height, 1), is_artifact)


def _mark(given: Any) -> dict[str, Any]:
    mark: dict[str, Any] = {"tag": str(given[0])}
    about = given[1] if len(given) > 1 and isinstance(given[1], pikepdf.Dictionary) else {}
    if "/MCID" in about:
        mark["mcid"] = int(about["/MCID"])
    if "/ActualText" in about:
        mark["said"] = str(about["/ActualText"])
    return mark


def _letters_of(font: Any) -> dict[int, str]:
    found: dict[int, str] = {}
    if "/ToUnicode" not in font:
        return found
    table = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return found


def _in_order(shown: list[Shown]) -> str:
    """The runs as they are read: those of a line from right to left are drawn from its end."""
    lines = []
    for _height, line in groupby(shown, key=lambda one: one.height):
        texts = [one.text for one in line]
        lines.append("".join(reversed(texts) if _runs_left("".join(texts)) else texts))
    return " ".join(lines)


def _runs_left(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)


def _decoded(pieces: Any, letters: dict[int, str]) -> str:
    """The letters of a run; one that runs from right to left is drawn from its end."""
    codes = b"".join(bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String))
    drawn = [letters.get(int.from_bytes(codes[at : at + 2]), "�") for at in range(0, len(codes), 2)]
    return "".join(reversed(drawn) if _runs_left("".join(drawn)) else drawn)

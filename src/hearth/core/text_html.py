"""HTML from outside made safe, and HTML turned into text that reads well."""

import re
from html import unescape
from itertools import takewhile

import nh3

from hearth.core.text_plain import LINK_REL, text_to_html
from hearth.core.text_words import strip_controls

_INLINE = {
    "a",
    "b",
    "strong",
    "i",
    "em",
    "u",
    "s",
    "del",
    "ins",
    "sub",
    "sup",
    "code",
    "abbr",
    "cite",
    "q",
    "small",
    "bdi",
    "br",
}
_BLOCKS = {"p", "div", "blockquote", "pre", "h2", "h3", "h4", "hr", "ul", "ol", "li", "dl", "dt", "dd"}
_TABLE = {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
# Blocks that only frame others become `div`, so that words of two blocks stay apart; headings fit under a page's own.
_RENAMED = {
    "h1": "h2", "h5": "h4", "h6": "h4",
    **dict.fromkeys(
        ("address", "article", "aside", "center", "fieldset", "figcaption", "figure", "footer", "form", "header", "main",
         "nav", "option", "section", "details", "summary", "dir", "menu"),
        "div",
    ),
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_INLINE | _BLOCKS | _TABLE | set(_RENAMED),
    clean_content_tags={"script", "style", "title"},
    attributes={
        "*": {"lang", "dir"},
        "a": {"href"},
        "ol": {"start"},
        "li": {"value"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan", "scope"},
    },
    link_rel=LINK_REL,
    url_schemes={"http", "https", "mailto"},
    url_relative="deny",
)
_RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})(?=[\s>])")
# Parsers of HTML need time that grows with the square of the depth, and of the number of entities; nobody writes so.
_MANY_TAGS = 1000
_MANY_ENTITIES = 100_000
_DEEPEST = 100
_ANY_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")
_NEVER_NESTS = {
    "p",
    "li",
    "dt",
    "dd",
    "tr",
    "td",
    "th",
    "br",
    "hr",
    "img",
    "option",
    "wbr",
    "input",
    "meta",
    "link",
    "col",
}
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)((?:\s[a-z]+=\"[^\"]*\")*)>|([^<]+)")
_HREF = re.compile(r'href="([^"]*)"')
_SPACES = re.compile(r"[ \t\n]+")
_NUMBER = re.compile(r'(?:start|value)="(\d{1,6})"')
_MOST_MARKS = 8
# Blocks that stand apart from what is above and below them.
_WITH_GAP = {"p", "blockquote", "pre", "h2", "h3", "h4", "hr", "ul", "ol", "dl", "table"}


def clean_html(html: str) -> str:
    """Return the HTML with only harmless elements in it, balanced, and with every word that a reader would see.

    Links lead to http, https or mailto, and ask search engines not to follow. No style, class, id, image or script stays.
    Language and direction of writing stay. Time grows with the length of the input, whatever it is.
    """
    html = strip_controls(html)
    if html.count("<") > _MANY_TAGS:
        html = _ANY_TAG.sub(_Flattener(), html)
    if html.count("&") > _MANY_ENTITIES:
        return _words_only(html)
    cleaned = _CLEANER.clean(html)
    if len(cleaned) > 8 * len(html) + 1000:
        # Crossed elements are repeated by the parser for each block: a small mail would fill the disk.
        return _words_only(html)
    return _RENAMED_TAG.sub(lambda tag: f"<{tag[1]}{_RENAMED[tag[2]]}", cleaned)


def _words_only(html: str) -> str:
    return text_to_html(unescape(_ANY_TAG.sub(" ", html)))


class _Flattener:
    """Takes out the tags below a depth that no reader can follow, and their ends."""

    def __init__(self) -> None:
        self.open: dict[str, int] = {}
        self.left_out: dict[str, int] = {}
        self.depth = 0

    def __call__(self, tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name in _NEVER_NESTS:
            return tag[0]
        if not tag[1]:
            return self._opened(name, tag[0])
        if self.left_out.get(name):
            self.left_out[name] -= 1
            return ""
        if not self.open.get(name):
            return ""
        self.open[name] -= 1
        self.depth -= 1
        return tag[0]

    def _opened(self, name: str, tag: str) -> str:
        if self.depth >= _DEEPEST:
            self.left_out[name] = self.left_out.get(name, 0) + 1
            return ""
        self.open[name] = self.open.get(name, 0) + 1
        self.depth += 1
        return tag


def html_to_text(html: str) -> str:
    """Return HTML as text that reads well without it: paragraphs, "- " and "1. " lists, "> " quotes, links in brackets."""
    writer = _Writer()
    for end, name, attributes, text in _TOKEN.findall(clean_html(html)):
        if text:
            writer.write(unescape(text))
        elif end:
            writer.leave(name)
        else:
            writer.enter(name, attributes)
    return writer.finished()


class _Writer:
    """Writes lines, each behind the marks of the quotes and lists in which it stands."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.marks: list[str] = []
        self.bullet = ""
        self.numbers: list[int | None] = []
        self.href = ""
        self.link_start = 0
        self.pre = 0
        self.wants_gap = False
        self.marks_above = ""

    def write(self, text: str) -> None:
        if self.pre:
            first, *others = text.split("\n")
            self.line.append(first)
            for other in others:
                self.end_line(keep_empty=True)
                self.line.append(other)
            return
        text = _SPACES.sub(" ", text)
        if not self.line or self.line[-1].endswith(" "):
            text = text.lstrip(" ")
        if text:
            self.line.append(text)

    def enter(self, name: str, attributes: str) -> None:
        if name == "br":
            self.end_line(keep_empty=True)
        elif name == "a":
            href = _HREF.search(attributes)
            self.href, self.link_start = unescape(href[1]) if href else "", len(self.line)
        elif name in ("td", "th"):
            if self.line:
                self.line.append(" | ")
        elif name in _BLOCKS or name in _TABLE:
            self.end_line()
            self.wants_gap = self.wants_gap or (name in _WITH_GAP and not self.bullet)
            self.enter_block(name, attributes)

    def enter_block(self, name: str, attributes: str) -> None:
        if name == "hr":
            self.line.append("-" * 10)
            self.end_line()
        elif name == "pre":
            self.pre += 1
        elif name == "blockquote":
            self.marks.append("> ")
        elif name in ("ul", "ol"):
            start = _NUMBER.search(attributes)
            self.numbers.append(None if name == "ul" else int(start[1]) if start else 1)
            self.wants_gap = self.wants_gap and len(self.numbers) == 1
        elif name == "li":
            self.enter_item(attributes)

    def enter_item(self, attributes: str) -> None:
        number = self.numbers[-1] if self.numbers else None
        if number is not None:
            value = _NUMBER.search(attributes)
            number = int(value[1]) if value else number
            self.numbers[-1] = number + 1
        self.bullet = "- " if number is None else f"{number}. "
        self.marks.append(" " * len(self.bullet))

    def leave(self, name: str) -> None:
        if name == "a":
            self.leave_link()
        elif name not in ("td", "th") and (name in _BLOCKS or name in _TABLE):
            self.end_line()
            self.wants_gap = self.wants_gap or name in _WITH_GAP
            self.leave_block(name)

    def leave_link(self) -> None:
        shown = "".join(self.line[self.link_start :]).strip()
        address = self.href.removeprefix("mailto:")
        if address and shown not in (address, address.partition("://")[2], self.href):
            self.line.append(f" ({address})" if shown else address)
        self.href = ""

    def leave_block(self, name: str) -> None:
        if name == "pre":
            self.pre = max(0, self.pre - 1)
        elif name in ("ul", "ol") and self.numbers:
            self.numbers.pop()
            self.wants_gap = not self.numbers
        elif name in ("blockquote", "li") and self.marks:
            self.marks.pop()
            self.bullet = ""
            self.wants_gap = self.wants_gap and name == "blockquote"

    def end_line(self, keep_empty: bool = False) -> None:
        text = "".join(self.line).rstrip()
        self.line.clear()
        self.link_start = 0
        if not text and not keep_empty:
            return
        marks = "".join(self.marks[-_MOST_MARKS:])
        if self.wants_gap and self.lines:
            # The empty line between two blocks stands in those quotes in which both of them stand.
            self.lines.append(
                _shared_beginning(marks.removesuffix(" " * len(self.bullet)), self.marks_above).rstrip()
            )
        self.wants_gap, self.marks_above = False, marks
        if self.bullet and text:
            marks = marks.removesuffix(" " * len(self.bullet)) + self.bullet
            self.bullet = ""
        self.lines.append((marks + text).rstrip())

    def finished(self) -> str:
        self.end_line()
        return "\n".join(self.lines).strip("\n")


def _shared_beginning(one: str, other: str) -> str:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return "".join(letter for letter, _same in pairs)

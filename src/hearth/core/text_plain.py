"""Plain text turned into HTML: what a person typed, or what a mail carried, in paragraphs, lists, quotes and links.

The result is safe by construction: every character of the text is escaped, and the only elements are those written here.
"""

import re
from collections.abc import Iterator

from hearth.core.text_words import strip_controls

LINK_REL = "nofollow ugc noopener noreferrer"
_DEEPEST_QUOTE = 8
_QUOTE = re.compile(r" ?((?:> ?)+)")
_BULLET = re.compile(r"\s*[-*•–]\s+(?=\S)")
_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+(?=\S)")
_RULE = re.compile(r"\s*([-=_*~])\1{4,}\s*$")
_INDENTED = re.compile(r"(?: {4}|\t)")
_ALIGNED = re.compile(r"\S(?: {3,}|\t+)\S|^\s*[|+].*[|+]\s*$|--[+ ]+--")
_CODE_SIGN = re.compile(r"[{}=;$]|<-|\w\(|[)\]]$")
_URL = re.compile(r"(?<![\w@./-])(?:https?://|www\.(?=\w))[^\s<>\"]+", re.IGNORECASE)
# Names of hosts in Latin, Greek and Cyrillic letters; the last part is never a number, unless all four are (IPv4).
_LETTER = "a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u03ac-\u03ce\u0400-\u045f"
_LABEL = f"[{_LETTER}0-9](?:[{_LETTER}0-9-]{{0,61}}[{_LETTER}0-9])?"
_BYTE = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_WEB_HOST = re.compile(
    rf"(?:https?://)?(?:(?:{_LABEL}\.)*(?=[{_LETTER}]){_LABEL}|{_BYTE}(?:\.{_BYTE}){{3}})"
    r"(?::(?:[1-5][0-9]{4}|[0-9]{1,4}))?(?=[/?#]|$)",
    re.IGNORECASE,
)
_LONGEST_URL = 2000
_TRAILING = ".,;:!?'*_~”’»…"
_OPENER = {")": "(", "]": "[", "}": "{"}
# Mail programs break lines at 60 to 78 characters; a line to which its next word would still have fitted was ended by hand.
_WRAPPED_FROM = 60
_WRAPPED_TO = 80
_SHORTEST_WRAPPED = 48

Item = tuple[int | None, list[str]]


def text_to_html(text: str, *, hard_wrapped: bool = False) -> str:
    """Return safe HTML that shows the text as it was meant.

    Empty lines part paragraphs; "- " and "1. " make lists; "> " makes quotes; indented lines and tables drawn with
    spaces keep their columns; addresses of web pages become links. `hard_wrapped` is for mail, whose programs break
    lines by length: such lines are joined again, lines that were ended by hand are not. No word is lost, and time
    grows with the length of the text.
    """
    out: list[str] = []
    depth = 0
    for level, lines in _quote_runs(strip_controls(text)):
        out.extend(["</blockquote>"] * (depth - level) + ["<blockquote>"] * (level - depth))
        depth = level
        _add_blocks(out, lines, hard_wrapped)
    out.extend(["</blockquote>"] * depth)
    return "".join(out)


def _quote_runs(text: str) -> Iterator[tuple[int, list[str]]]:
    run: list[str] = []
    depth = 0
    for line in text.split("\n"):
        marks = _QUOTE.match(line)
        level = min(marks[1].count(">"), _DEEPEST_QUOTE) if marks else 0
        content = line[marks.end() :] if marks else line
        if not content.strip():
            # An empty line, quoted or not, parts paragraphs; it never ends a quote.
            run.append("")
            continue
        if level != depth:
            yield depth, run
            run, depth = [], level
        run.append(content)
    yield depth, run


def _add_blocks(out: list[str], lines: list[str], hard_wrapped: bool) -> None:
    chunk: list[str] = []
    for line in [*lines, ""]:
        if line and not _RULE.match(line):
            chunk.append(line)
            continue
        if chunk:
            _add_chunk(out, chunk, hard_wrapped)
            chunk = []
        if line:
            out.append("<hr>")


def _add_chunk(out: list[str], lines: list[str], hard_wrapped: bool) -> None:
    if _is_drawn(lines):
        _add_drawn(out, lines)
        return
    paragraph: list[str] = []
    at = 0
    while at < len(lines):
        items, after = _items(lines, at, hard_wrapped)
        if items and (not paragraph or len(items) > 1):
            _add_paragraph(out, paragraph, hard_wrapped)
            paragraph = []
            _add_list(out, items, hard_wrapped)
            at = after
            continue
        # One dash in running text is a dash; without this, looking ahead again from each line would take square time.
        after = after if items else at + 1
        if lines[at].rstrip() == "--":
            _add_paragraph(out, paragraph, hard_wrapped)
            paragraph = []
        paragraph.extend(lines[at:after])
        at = after
    _add_paragraph(out, paragraph, hard_wrapped)


def _is_drawn(lines: list[str]) -> bool:
    if all(_INDENTED.match(line) for line in lines):
        return True
    aligned = sum(1 for line in lines if _ALIGNED.search(line.strip()))
    if aligned >= 2 and aligned * 2 > len(lines):
        return True
    return _is_code(lines)


def _is_code(lines: list[str]) -> bool:
    indented = sum(1 for line in lines if line.startswith("  "))
    if not 1 < indented < len(lines) or _BULLET.match(lines[0]) or _NUMBER.match(lines[0]):
        return False
    return sum(1 for line in lines if _CODE_SIGN.search(line)) * 2 > len(lines)


def _add_drawn(out: list[str], lines: list[str]) -> None:
    body = escape("\n".join(line.rstrip() for line in lines))
    if out and out[-1] == "</pre>":
        out[-1] = f"\n\n{body}"
    else:
        out.append(f"<pre>{body}")
    out.append("</pre>")


def _items(lines: list[str], at: int, hard_wrapped: bool) -> tuple[list[Item], int]:
    """The list that begins at this line and the line after it; an empty list where none begins."""
    items: list[Item] = []
    marker = _BULLET if _BULLET.match(lines[at]) else _NUMBER
    while at < len(lines):
        line = lines[at]
        found = marker.match(line)
        if found:
            items.append((int(found[1]) if marker is _NUMBER else None, [line[found.end() :]]))
        elif items and (line.startswith("  ") or (hard_wrapped and len(lines[at - 1]) >= _WRAPPED_FROM)):
            items[-1][1].append(line.strip())
        else:
            break
        at += 1
    return items, at


def _add_list(out: list[str], items: list[Item], hard_wrapped: bool) -> None:
    first = items[0][0]
    name = "ul" if first is None else "ol"
    if out and out[-1] == f"</{name}>" and first != 1:
        out.pop()
        awaited = None
    else:
        out.append(f'<ol start="{first}">' if first not in (None, 1) else f"<{name}>")
        awaited = first
    for number, lines in items:
        out.append("<li>" if number == awaited else f'<li value="{number}">')
        out.append(_lines(lines, hard_wrapped))
        out.append("</li>")
        awaited = None if number is None else number + 1
    out.append(f"</{name}>")


def _add_paragraph(out: list[str], lines: list[str], hard_wrapped: bool) -> None:
    if lines:
        out.append(f"<p>{_lines([line.strip() for line in lines], hard_wrapped)}</p>")


def _lines(lines: list[str], hard_wrapped: bool) -> str:
    if not hard_wrapped:
        return "<br>".join(map(_linked, lines))
    parts: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        parts.append(_linked(line))
        if following:
            parts.append("\n" if _was_wrapped(line, following) else "<br>")
    return "".join(parts)


def _was_wrapped(line: str, following: str) -> bool:
    with_next_word = len(line) + len(following.split(" ", 1)[0])
    return _SHORTEST_WRAPPED <= len(line) <= _WRAPPED_TO and with_next_word >= _WRAPPED_FROM


def _linked(line: str) -> str:
    if "://" not in line and "www." not in line and "WWW." not in line:
        return escape(line)
    parts: list[str] = []
    at = 0
    for match in _URL.finditer(line):
        url = _without_trailing(match[0])
        if len(url) > _LONGEST_URL or not _WEB_HOST.match(url):
            continue
        href = url if "://" in url[:8] else f"https://{url}"
        parts.append(escape(line[at : match.start()]))
        parts.append(f'<a href="{escape(href)}" rel="{LINK_REL}">{escape(url)}</a>')
        at = match.start() + len(url)
    parts.append(escape(line[at:]))
    return "".join(parts)


def _without_trailing(url: str) -> str:
    """The address without the marks that belong to the sentence; a bracket stays where the address opened it."""
    surplus = {closer: url.count(closer) - url.count(opener) for closer, opener in _OPENER.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        if last in _OPENER and surplus[last] > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return url[:end]


def escape(text: str) -> str:
    """Return the text with the characters that mean something in HTML written as entities, as a parser writes them."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\xa0", "&nbsp;")

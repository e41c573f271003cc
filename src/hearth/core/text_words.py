"""Characters, words and sentences of plain text."""

import re
import unicodedata

# Letters that Unicode does not take apart into a plain letter and a mark, though people type the plain letter for them.
_PLAIN_LETTERS = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i"}
)
# Marks of Latin, Greek, Cyrillic, Hebrew and Arabic. Vowel signs of Indian scripts are letters to their readers and stay.
_MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
# Control characters but tab and newline, marks of byte order and annotation, halves of surrogate pairs, non-characters.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]+")
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_OVERRIDES = re.compile("[\u202d\u202e]+")
_DIRECTIONS = re.compile("[\u202a-\u202c\u2066-\u2069]")
_CLOSER = {"\u202a": "\u202c", "\u202b": "\u202c", "\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_UNSEEN = {"Zs", "Zl", "Zp", "Cc", "Cf"}
_SENTENCE_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s+[^a-zß-öø-ÿ\s])|[。！？]+[」』）]*")
# A full stop after one letter, or after one of these, does not end a sentence ("z. B.", "Dr. Keller").
_ABBREVIATION = re.compile(
    r"(?:^|[\s(.])(?:\w|dr|prof|mr|mrs|ms|st|hr|fr|nr|no|vs|bzw|ca|etc|evtl|usw|vgl|inkl|tel|str|art|mme|mlle|cf|ex)\.$",
    re.IGNORECASE,
)


def is_blank(text: str) -> bool:
    """Say whether a reader sees nothing of the text: spaces, control characters, characters without width."""
    return all(unicodedata.category(letter) in _UNSEEN for letter in text)


def strip_controls(text: str) -> str:
    """Return the text without characters that no reader sees and that do harm.

    Line ends become a newline. NUL, which PostgreSQL refuses, and lone surrogates, which no encoding takes, go. Marks
    that override the direction of writing go; those that set it apart stay where each is closed within its line.
    """
    if not _UNWANTED.search(text):
        return text
    text = _OVERRIDES.sub("", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))
    if not _DIRECTIONS.search(text):
        return text
    return "\n".join(
        line if _directions_close(line) else _DIRECTIONS.sub("", line) for line in text.split("\n")
    )


def _directions_close(line: str) -> bool:
    awaited: list[str] = []
    for mark in _DIRECTIONS.findall(line):
        if mark in _CLOSER:
            awaited.append(_CLOSER[mark])
        elif not awaited or awaited.pop() != mark:
            return False
    return not awaited


def fold(text: str) -> str:
    """Return the text for comparing without case and accents: "Größe" and "GROSSE" both become "grosse".

    Doing this in Python, for what is stored and for what is asked, gives SQLite and PostgreSQL the same answer.
    """
    if text.isascii():
        return text.lower()
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    # A second round: taking letters apart can bring capitals or marks to light that were hidden before.
    plain = _MARKS.sub("", unicodedata.normalize("NFKD", plain.translate(_PLAIN_LETTERS).casefold()))
    return unicodedata.normalize("NFC", plain.translate(_PLAIN_LETTERS))


def excerpt(text: str, length: int) -> str:
    """Return the beginning of the text in one line of at most `length` characters, cut after a sentence or a word.

    A cut inside a sentence is shown by "…". A first word that is longer than `length` is cut itself.
    """
    line = " ".join(text[: length * 4 + 200].split())
    if len(line) <= length:
        return line
    ends = [end for end in _sentence_ends(line[: length + 2]) if length // 2 <= end <= length]
    if ends:
        return line[: ends[-1]]
    space = line.rfind(" ", 0, length)
    return line[: space if space > 0 else length - 1].rstrip(" ,;:–—-(") + "…"


def first_sentences(text: str, n: int) -> str:
    """Return the first `n` sentences of the text in one line (the whole text where it has fewer)."""
    line = " ".join(text.split())
    ends = _sentence_ends(line)
    return line[: ends[n - 1]] if len(ends) >= n else line


def sentences(text: str) -> list[str]:
    """Return the sentences of the text, in order; a line end ends one too, as in a list or under a greeting."""
    found = []
    for line in (" ".join(line.split()) for line in text.split("\n")):
        begin = 0
        for end in [*_sentence_ends(line), len(line)]:
            if line[begin:end].strip():
                found.append(line[begin:end].strip())
            begin = end
    return found


def _sentence_ends(line: str) -> list[int]:
    return [
        match.end()
        for match in _SENTENCE_END.finditer(line)
        if not (match.group() == "." and _ABBREVIATION.search(line[max(0, match.end() - 8) : match.end()]))
    ]

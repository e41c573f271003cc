"""From an answered mail to the words that are new: our own first line is where they end."""

from mailparser_reply import EmailReplyParser

# Stands at both ends of the first line of every mail that can be answered, in every language.
MARK = "✉"
LANGUAGES = ["en", "de", "fr", "it", "pl", "sv", "da"]


def new_words(text: str) -> str:
    """Return what the person wrote above our mark, without the line that introduces the quote and without a signature."""
    lines = text.replace("\r\n", "\n").split("\n")
    for number, line in enumerate(lines):
        if line.count(MARK) >= 2:
            lines = _without_introduction(lines[:number])
            break
    found = EmailReplyParser(languages=LANGUAGES).parse_reply(text="\n".join(lines))
    words = (found or "").strip()
    only_quotes = all(line.startswith(">") for line in words.splitlines() if line.strip())
    return "" if only_quotes else words


def _without_introduction(lines: list[str]) -> list[str]:
    """Drop what a mail program puts between the answer and the quote: quote marks, and a line that ends in a colon."""
    while lines and not lines[-1].strip(" >\t"):
        lines.pop()
    dropped = 0
    while lines and dropped < 3 and _introduces(lines):
        lines.pop()
        dropped += 1
    return lines


def _introduces(lines: list[str]) -> bool:
    last = lines[-1].strip(" >\t")
    # A long introduction is wrapped, so the line above a colon can belong to it when it holds the address.
    return last.endswith(":") or ("@" in last and last.startswith(("<", "On ", "Am ", "Le ")))

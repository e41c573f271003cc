"""Text as people write it: cleaned, turned into HTML and back, shortened, folded for search. One door to `core.text_*`."""

from hearth.core.text_html import clean_html, html_to_text
from hearth.core.text_plain import text_to_html
from hearth.core.text_words import excerpt, first_sentences, fold, is_blank, sentences, strip_controls

__all__ = [
    "clean_html",
    "excerpt",
    "first_sentences",
    "fold",
    "html_to_text",
    "is_blank",
    "sentences",
    "strip_controls",
    "text_to_html",
]

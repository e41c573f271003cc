"""Subjects of mail: what was said, without "Re:" and list tags, and the key by which two subjects are the same."""

import re
import unicodedata
from dataclasses import dataclass

# "Re" as mail programs write it in the languages of Europe; "Re[2]:" and "RE^2:" are from older ones.
REPLY_WORDS = (
    "re", "aw", "antw", "antwort", "antwoord", "sv", "vs", "vá", "odp", "r", "rif", "réf", "ref", "rép", "rep",
    "rés", "res", "resp", "ynt", "απ", "σχετ", "отв", "ответ", "отг", "bls", "ats", "tb", "svar",
)  # fmt: skip
FORWARD_WORDS = (
    "fw", "fwd", "wg", "tr", "i", "fs", "vb", "vl", "enc", "rv", "pd", "doorst", "προθ", "пер", "пересл", "ilt", "ftw",
)  # fmt: skip
COLON = r"\s*(?:\[\d+\]|\(\d+\)|\^\d+|\*\d+)?\s*[:\uff1a]\s*"
REPLY = re.compile(rf"\s*(?:{'|'.join(REPLY_WORDS)}){COLON}", re.IGNORECASE)
FORWARD = re.compile(rf"\s*(?:{'|'.join(FORWARD_WORDS)}){COLON}", re.IGNORECASE)
TAG = re.compile(r"\s*\[[^\[\]]{1,40}\]\s*")
WAS = re.compile(
    r"^(?P<now>.*?)\s*[\[(]\s*(?:was|war|vorher|before|ex|était|antes|wcześniej)\s*:?\s+(?P<was>.+?)[\])]?\s*$",
    re.IGNORECASE,
)
LONGEST = 1_000
# What mail programs write where nobody wrote a subject: such messages have nothing in common.
NO_SUBJECT = frozenset(
    {
        "no subject", "none", "kein betreff", "ohne betreff", "sans objet", "aucun objet", "pas d'objet", "sin asunto",
        "nessun oggetto", "senza oggetto", "geen onderwerp", "sem assunto", "brak tematu", "bez tematu", "inget ämne",
        "intet emne", "ingen emne", "ei aihetta", "без темы", "χωρίς θέμα", "no hay asunto", "bez předmětu", "konu yok",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Title:
    """A subject taken apart. `key` is empty when the subject says nothing; `former_key` is that of "(was: ...)"."""

    key: str
    is_reply: bool
    tag: str = ""
    former_key: str = ""


def take_apart(subject: str) -> Title:
    """What a subject says beside its words: whether it answers, and the keys without reply words and tags."""
    rest, is_reply, first_tag = subject.strip()[:LONGEST], False, ""
    while True:
        reply, tag = REPLY.match(rest), TAG.match(rest)
        match = reply or FORWARD.match(rest) or tag
        if match is None:
            break
        is_reply = is_reply or reply is not None
        first_tag = first_tag or (tag[0].strip() if match is tag else "")
        rest = rest[match.end() :]
    was = WAS.match(rest)
    return Title(key_of(rest), is_reply, first_tag, key_of(was["was"]) if was else "")


def shown(subject: str, list_tags: frozenset[str] = frozenset()) -> str:
    """The subject for readers: without reply words and the tags of the list; other tags, as in "[ANN]", stay."""
    rest = subject.strip()
    while True:
        tag = TAG.match(rest)
        listed = tag if tag and tag[0].strip() in list_tags else None
        match = REPLY.match(rest) or FORWARD.match(rest) or listed
        if match is None:
            return rest if key_of(rest) else ""
        rest = rest[match.end() :].strip()


def key_of(shown: str) -> str:
    """Two subjects with one key are the same to a reader: case, accents' coding, blanks and end marks do not count."""
    folded = unicodedata.normalize("NFKC", shown).casefold()
    key = re.sub(r"[\s\"'“”‘’«»]+", " ", folded).strip().rstrip(" .!?…")[:200]
    return "" if key.strip("()[]<>- ") in NO_SUBJECT else key

"""Who wrote: senders as old archives give them, one person per address, the name that the person used most."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

# A plain word before " at " and a host with a dot after it; Mailman 2 hides addresses so in its text archives.
HIDDEN_AT = re.compile(
    r"([\w.+='/&-]+)\s*(?:\s(?:at|AT)\s|[\[({<]\s*(?:at|AT)\s*[\])}>])\s*([\w-]+(?:\.[\w-]+)+)"
)
HIDDEN_DOT = re.compile(r"(?<=[\w])\s*(?:\s(?:dot|DOT)\s|[\[(]\s*(?:dot|DOT)\s*[\])])\s*(?=[\w])")
ADDRESS = re.compile(r"[^\s<>()\[\]\",;:]{1,200}@[^\s<>()\[\]\",;:@]{1,200}")
ROUTE_END = re.compile(r"^@[^:]*:")
IN_BRACKETS = re.compile(r"<([^<>]*)>|\[mailto:([^\]]*)\]", re.IGNORECASE)
IN_PARENTHESES = re.compile(r"\(([^()]*)\)")
VIA = re.compile(r"\s+(?:via|über|par l'intermédiaire de)\s+.+$", re.IGNORECASE)
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Sender:
    """A name and an address, either may be empty. `via` is set when a mailing list stands in for the sender."""

    name: str
    address: str
    via: bool = False


def read_sender(value: str) -> Sender:
    """Understands `addr (Name)`, `Name <addr>`, `Name [mailto:addr]`, a bare address or name, and hidden addresses."""
    value = value[:1_000]
    bracketed = IN_BRACKETS.search(value)
    if bracketed:
        inside = bracketed[1] if bracketed[1] is not None else bracketed[2]
        address = find_address(inside) or find_address(value)
        outside = value[: bracketed.start()] + " " + value[bracketed.end() :]
        return _sender(outside if outside.strip() else "", address)
    comment = IN_PARENTHESES.search(value)
    rest = IN_PARENTHESES.sub(" ", value)
    address = find_address(rest)
    if address:
        return _sender(comment[1] if comment else "", address)
    return _sender(value, find_address(value))


def find_address(text: str) -> str:
    """The first e-mail address in `text`, plain or hidden as "name at host", in lower case; empty if there is none."""
    match = ADDRESS.search(ROUTE_END.sub("", text.strip()))
    if match is None and re.search(r"\bat\b", text, re.IGNORECASE):
        shown = HIDDEN_DOT.sub(".", text) if re.search(r"\bdot\b", text, re.IGNORECASE) else text
        hidden = HIDDEN_AT.search(shown)
        return f"{hidden[1]}@{hidden[2]}".casefold().strip(".'") if hidden else ""
    return match[0].casefold().strip(".'") if match else ""


def name_from_address(address: str) -> str:
    """A readable stand-in for a person without a name: what stands before the @, never the address itself."""
    return address.partition("@")[0].replace(".", " ").replace("_", " ").strip() or ""


def _sender(name: str, address: str) -> Sender:
    name = " ".join(name.replace("\\", "").split()).strip("\"'“”„ ,;")
    bare = VIA.sub("", name).strip("\"' ")
    # A name that is itself an address would publish what the keyed hash is there to hide.
    shown = "" if find_address(bare) else bare
    return Sender(shown[:LONGEST_NAME], address, via=bare != name and bool(bare))


class NameBook:
    """Counts the names under which each person wrote and answers with the usual one."""

    def __init__(self) -> None:
        self._variants: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def note(self, key: str, name: str) -> None:
        """Remember that the person `key` wrote once under `name`; an empty name counts the person only."""
        variants = self._variants[key]
        if name:
            variants[name] += 1

    def name_of(self, key: str) -> str:
        """The most frequent name; among equals the longest, then the first of the alphabet. Empty if never named."""
        variants = self._variants.get(key)
        if not variants:
            return ""
        return min(variants, key=lambda name: (-variants[name], -len(name), name))

    def __len__(self) -> int:
        return len(self._variants)

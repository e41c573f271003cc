"""Reading options: how a person wants to read today. Kept in one cookie, because sight and energy change within a day."""

from dataclasses import asdict, dataclass, fields
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

COOKIE = "reading"
COOKIE_AGE = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Reading:
    """The choices, each one of a few words; what is not in `CHOICES` never gets in."""

    text: str = "100"
    view: str = "full"
    contrast: str = "normal"
    theme: str = "auto"
    calm: str = "no"

    @classmethod
    def from_cookie(cls, cookie: str) -> "Reading":
        """What the cookie says; a part that is missing or made up becomes the usual choice."""
        return cls.of(dict(parse_qsl(cookie[:200])))

    @classmethod
    def of(cls, chosen: dict[str, Any]) -> "Reading":
        """The choices among `chosen` that we know."""
        return cls(**{name: chosen[name] for name in CHOICES if chosen.get(name) in CHOICES[name]})

    def to_cookie(self) -> str:
        """Only what differs from the usual, so that most people carry no cookie at all."""
        usual = Reading()
        return urlencode(
            {name: value for name, value in asdict(self).items() if value != getattr(usual, name)}
        )


CHOICES: dict[str, tuple[str, ...]] = {
    "text": ("100", "125", "150", "200"),
    "view": ("full", "simple"),
    "contrast": ("normal", "high"),
    "theme": ("auto", "light", "dark"),
    "calm": ("no", "yes"),
}
assert set(CHOICES) == {field.name for field in fields(Reading)}


def reading_of(request: HttpRequest) -> Reading:
    """The options of this request, the usual ones where no middleware has run (an error early on)."""
    found = getattr(request, "reading", None)
    return found if isinstance(found, Reading) else Reading()

"""What a browser tells of the languages and the country of the person in front of it, as a first guess."""

from babel.core import get_global
from django.utils.translation.trans_real import parse_accept_lang_header

from hearth.purpose.parts import FRAMES
from hearth.ui.names import lang_name

MOST_GUESSED = 3
# Where most people live, in countries whose zones begin with another one in the alphabet.
_LARGEST = {
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "CY": "Asia/Nicosia",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta",
    "KZ": "Asia/Almaty",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}


def known_languages() -> list[tuple[str, str]]:
    """Return the languages that a community can have, each by its own name, in the order of those names."""
    return sorted(((code, lang_name(code)) for code in FRAMES), key=lambda pair: pair[1].casefold())


def guessed_languages(accepted: str) -> list[str]:
    """Return the languages in an Accept-Language line (RFC 9110, 12.5.4) that we know, the preferred one first."""
    wanted = [code.partition("-")[0] for code, _weight in parse_accept_lang_header(accepted)]
    return [code for code in dict.fromkeys(wanted) if code in FRAMES][:MOST_GUESSED]


def guessed_country(accepted: str, language: str) -> str:
    """Return the two letters of a country: the one beside the preferred language, else where `language` is at home."""
    for code, _weight in parse_accept_lang_header(accepted):
        region = code.rpartition("-")[2].upper()
        if len(region) == 2 and "-" in code and region in get_global("territory_zones"):
            return region
    # English is spoken by members of many countries: from it alone nothing follows.
    home = "" if language == "en" else str(get_global("likely_subtags").get(language, "")).rpartition("_")[2]
    return home if len(home) == 2 and home.isalpha() else ""


def time_zone_of(country: str) -> str:
    """Return the time zone in which most people of a country live; that of Brussels where the country is not known."""
    zones = get_global("territory_zones").get(country, [])
    return _LARGEST.get(country) or (str(zones[0]) if zones else "Europe/Brussels")


def with_first(chosen: list[str], preferred: list[str]) -> list[str]:
    """Return the chosen languages with the one first that the person prefers, where it is among them."""
    first = next((code for code in preferred if code in chosen), None)
    return chosen if first is None else [first, *(code for code in chosen if code != first)]

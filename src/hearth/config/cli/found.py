"""`hearth found`: the first community, or one more, with its steward."""

from typing import Annotated
from zoneinfo import available_timezones

import typer

from hearth.config.cli.terminal import Stop, ready


def found(
    name: Annotated[str, typer.Option("--name", prompt="Name of the community", help="Its name.")],
    slug: Annotated[str, typer.Option("--slug", prompt="Short name for its address, such as lake-society")],
    country: Annotated[str, typer.Option("--country", prompt="Country, two letters, such as AT")],
    languages: Annotated[
        str, typer.Option("--languages", prompt="Languages, the first one first, such as de,en")
    ],
    steward: Annotated[str, typer.Option("--steward", prompt="Name of the steward")],
    email: Annotated[str, typer.Option("--email", prompt="E-mail address of the steward")],
    time_zone: Annotated[str, typer.Option("--time-zone", help="Such as Europe/Vienna.")] = "Europe/Brussels",
    space: Annotated[str, typer.Option("--space", help="Name of its first space.")] = "Welcome",
) -> None:
    """Found a community with its steward and a first space; print the link with which the steward comes in."""
    ready()
    from hearth.accounts.actions import operator_link
    from hearth.communities.queries import community_by_slug
    from hearth.core.clock import now
    from hearth.core.errors import DomainError
    from hearth.setup.actions.found import Beginning, begin

    codes = tuple(code.strip().lower() for code in languages.split(",") if code.strip())
    _refuse(slug, country, codes, email, time_zone)
    if community_by_slug(slug) is not None:
        raise Stop(f"A community lives at {slug} already. Choose another short name.")
    moment = now()
    try:
        begin(Beginning(name, slug, country.upper(), codes, time_zone, steward, email, space), now=moment)
        print(f"{name} is founded. Its steward comes in, once, within 24 hours:")
        print(operator_link(email=email, now=moment))
    except DomainError as error:
        raise Stop(str(error.reason)) from error


def _refuse(slug: str, country: str, languages: tuple[str, ...], email: str, time_zone: str) -> None:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email, validate_slug

    try:
        validate_slug(slug)
        validate_email(email)
    except ValidationError as error:
        raise Stop(
            f"{error.messages[0]} The short name is like lake-society, the address like you@example.org."
        ) from error
    if len(country) != 2 or not country.isalpha():
        raise Stop("Give the country as its two letters, such as AT.")
    if not languages:
        raise Stop("Give at least one language, such as de.")
    if time_zone not in available_timezones():
        raise Stop(f"{time_zone} is no time zone. It is like Europe/Vienna.")

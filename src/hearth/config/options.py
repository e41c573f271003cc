"""Every choice an operator can make, in one typed place: environment variables with the prefix HEARTH_.

`docs/settings.md` is written from these fields (`./hearth settings-page`), so a description is read by operators.
"""

import os
import secrets
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

# Those into which the interface is translated, by their own names.
INTERFACE_LANGUAGES = {"en": "English", "de": "Deutsch", "fr": "Français"}
# Printed documents have few words of their own, so they are said in more languages than the pages.
PAPER_ONLY_LANGUAGES = ["es", "it", "pl", "ar", "he"]


class Options(BaseSettings):
    """What the environment says, checked. A wrong value stops the start with the variable's name."""

    model_config = SettingsConfigDict(env_prefix="HEARTH_", env_ignore_empty=True, frozen=True)

    data_dir: Path = Field(
        default=Path("data"),
        description="Folder for everything that must be kept: database, uploads, keys. Back up this one.",
    )
    database_url: str = Field(
        default="",
        description=(
            "Where the database is, as `postgres://user:password@host:5432/name`. "
            "For a socket: `postgres:///name?host=/folder`. Empty means SQLite in the data folder."
        ),
    )
    secret_key: str = Field(
        default="",
        description=(
            "Key that signs sessions, links and reply addresses. "
            "Empty means `secret.key` in the data folder, made once."
        ),
    )
    site_url: str = Field(
        default="http://127.0.0.1:8000",
        description="Address under which people reach this network. It stands in every e-mail.",
    )
    debug: bool = Field(
        default=False,
        description="Show technical details of an error. Only for development, never for real people.",
    )
    host: str = Field(default="127.0.0.1", description="Address on which the web server listens.")
    port: int = Field(default=8000, ge=1, le=65535, description="Port on which the web server listens.")
    proxy: bool = Field(
        default=False,
        description="Yes where a proxy stands in front that sets `X-Forwarded-Proto` and `X-Forwarded-For` itself.",
    )
    web_workers: int = Field(default=2, ge=1, le=64, description="Number of web server processes.")
    web_threads: int = Field(
        default=4, ge=1, le=64, description="Pages that one web server process works on at the same time."
    )
    mail_domain: str = Field(
        default="hearth.localhost", description="Domain of the addresses to which people answer by e-mail."
    )
    mail_from: str = Field(
        default="",
        description="Address from which all e-mails come. Empty means `hearth@` and the mail domain.",
    )
    mail_listen_host: str = Field(
        default="127.0.0.1", description="Address on which incoming e-mail is taken in."
    )
    mail_listen_port: int = Field(
        default=8025, ge=0, le=65535, description="Port on which incoming e-mail is taken in. 0 turns it off."
    )
    smtp_url: str = Field(
        default="",
        description=(
            "Server that sends e-mail: `smtp://user:password@host:25`, `smtp+starttls://…:587` or `smtps://…:465`. "
            "Empty means that an operator sets it up on a page (`/operator/mail/`); until then e-mail waits."
        ),
    )
    dns_server: str = Field(
        default="",
        description=(
            "Name server that is asked what a mail domain says, as `192.0.2.1` or `192.0.2.1:53`. "
            "Empty means those of this machine."
        ),
    )
    languages: Annotated[tuple[str, ...], NoDecode] = Field(
        default=("en", "de", "fr"),
        description="Languages of the interface, the first one first, with commas between.",
    )
    time_zone: str = Field(default="UTC", description="Time zone of the network, such as `Europe/Zurich`.")
    sample_door: bool = Field(
        default=False,
        description="Yes lets anyone sign in as a sample person with one click. Set by `up` for the sample network only.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is written to the log."
    )

    @field_validator("data_dir")
    @classmethod
    def _absolute(cls, folder: Path) -> Path:
        return folder.expanduser().absolute()

    @field_validator("languages", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("languages")
    @classmethod
    def _spoken(cls, codes: tuple[str, ...]) -> tuple[str, ...]:
        if not codes or not INTERFACE_LANGUAGES.keys() >= set(codes):
            raise ValueError(f"name one or more of {', '.join(INTERFACE_LANGUAGES)}")
        return tuple(dict.fromkeys(codes))

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("name a time zone such as Europe/Zurich") from error

    @property
    def sender(self) -> str:
        """The From address of all e-mails."""
        return self.mail_from or f"hearth@{self.mail_domain}"

    def signing_key(self) -> str:
        """The secret key, from the environment or from the data folder. Makes it there at the first call."""
        return self.secret_key or _key_in(self.data_dir / "secret.key")


def _key_in(file: Path) -> str:
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f".secret.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(48))
        try:
            # Web, worker and listener may start at the same moment: link() lets exactly one of them win.
            os.link(draft, file)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return file.read_text().strip()


options = Options()

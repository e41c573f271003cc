"""The five ways in which the domain says no. Each carries a translated sentence saying what the person can do."""


class DomainError(Exception):
    """A refusal with a reason for the reader, in the reader's language; `core.http` maps each kind to one answer."""

    status = 400

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotFound(DomainError):
    """It is not there, or this reader may not know that it is (404; both answers are the same, byte for byte)."""

    status = 404


class NotAllowed(DomainError):
    """The reader may know of it but may not do this (403)."""

    status = 403


class Invalid(DomainError):
    """What was typed or sent cannot be used as it is (422)."""

    status = 422


class Conflict(DomainError):
    """Somebody else changed the thing meanwhile (409); nothing that was typed may be lost."""

    status = 409


class TooMany(DomainError):
    """Too often in too short a time (429)."""

    status = 429
